/**
 * Makes a fresh clone ready: installs the development tools where they are missing or not those of package-lock.json, then
 * builds what has changed (`--force`: everything). It runs before anything is installed, so it uses Node alone. `--install`
 * stops before the build.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

/** @param {string} path */
const readPackages = path => JSON.parse(readFileSync(join(root, path), 'utf8')).packages;

/** Whether node_modules holds what the lock file asks for; optional packages depend on the platform. */
function isInstalled() {
  const record = 'node_modules/.package-lock.json';
  if (!existsSync(join(root, record))) return false;
  const installed = readPackages(record);
  return Object.entries(readPackages('package-lock.json')).every(([path, wanted]) =>
    path === '' || wanted.optional || installed[path]?.version === wanted.version);
}

/** @param {string} command @param {string[]} args @param {boolean} shell */
function run(command, args, shell) {
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: 'inherit', shell });
  if (error) throw error;
  if (status !== 0) process.exit(status ?? 1);
}

if (Number(process.versions.node.split('.')[0]) < 20) {
  console.error(`Flambeau needs Node 20 or later, this is ${process.version}`);
  process.exit(1);
}
if (!isInstalled()) {
  console.log('installing the development tools (npm ci)');
  run('npm', ['ci', '--no-fund', '--no-audit'], process.platform === 'win32');
}
if (!process.argv.includes('--install')) {
  run(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), join(root, 'scripts/build.ts'), ...process.argv.slice(2)], false);
}
