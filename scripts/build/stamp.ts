import { createHash } from 'node:crypto';
import { mkdir, readFile, readdir, writeFile } from 'node:fs/promises';
import { dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Hashes of what a build step read, kept so that the next build can skip what has not changed. */

export const root = join(dirname(fileURLToPath(import.meta.url)), '../..');

async function filesUnder(path: string): Promise<string[]> {
  const entries = await readdir(join(root, path), { recursive: true, withFileTypes: true });
  return entries.filter(entry => entry.isFile()).map(entry => relative(root, join(entry.parentPath, entry.name))).sort();
}

/** One hash over the contents of files and of folders without their generated parts, and over the tools' versions. */
async function hashOf(folders: readonly string[], files: readonly string[], tools: readonly string[]): Promise<string> {
  const listed = [...(await Promise.all(folders.map(filesUnder))).flat().filter(path => !path.startsWith('src/generated')), ...files];
  const versions = tools.map(tool => `node_modules/${tool}/package.json`);
  const hash = createHash('sha256');
  for (const path of listed) hash.update(path).update('\0').update(await readFile(join(root, path))).update('\0');
  for (const path of versions) hash.update((JSON.parse(await readFile(join(root, path), 'utf8')) as { version: string }).version);
  return hash.digest('hex');
}

/** What the WebAssembly modules are made from. */
export function wasmInputs(): Promise<string> {
  const parts = ['pack', 'sections', 'exports'].map(name => `scripts/build/${name}.ts`);
  const own = ['scripts/build-wasm.ts', 'src/backend/wasm/names.ts', 'src/platform/parts.ts', ...parts];
  return hashOf(['wasm', 'src/ops/pointwise', 'src/core', 'scripts/emit'], own, ['assemblyscript']);
}

/** What the package is made from, beside the modules. */
export function packageInputs(): Promise<string> {
  const own = [
    'rollup.config.mjs', 'scripts/build.ts', 'scripts/build-shaders.ts', 'scripts/build-tables.ts', 'package.json', 'tsconfig.json',
    'tsconfig.build.json',
  ];
  return hashOf(['src', 'gpu', 'scripts/build'], own, ['rollup', '@rollup/plugin-node-resolve', 'esbuild', 'typescript', 'fflate']);
}

const stampPath = (name: string): string => join(root, 'build/stamps', name);

export async function readStamp(name: string): Promise<string | null> {
  return readFile(stampPath(name), 'utf8').catch(() => null);
}

export async function writeStamp(name: string, value: string): Promise<void> {
  await mkdir(dirname(stampPath(name)), { recursive: true });
  await writeFile(stampPath(name), value);
}
