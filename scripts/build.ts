import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, rename, rm } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { partNames } from '../src/platform/parts.ts';
import { writeShaders } from './build-shaders.ts';
import { writeKernelTables } from './build-tables.ts';
import { packageInputs, readStamp, root, wasmInputs, writeStamp } from './build/stamp.ts';

/** Builds what has changed: the WebAssembly modules (`build/`, `src/generated/`), then the package (`dist/`). */

const force = process.argv.includes('--force');
const binaries = ['kernels', 'fma', 'fmaRelaxed', ...partNames];

async function buildWasm(): Promise<boolean> {
  const outputs = [...binaries.map(name => `build/wasm/${name}.wasm`), 'src/generated/binaries.ts', 'src/generated/wasmExports.ts'];
  const present = outputs.every(path => existsSync(join(root, path)));
  if (!force && present && await readStamp('wasm') === await wasmInputs()) return false;
  const script = join(root, 'scripts/build-wasm.ts');
  const { status } = spawnSync(process.execPath, [...process.execArgv, script], { cwd: root, stdio: 'inherit' });
  if (status !== 0) throw new Error('the WebAssembly modules could not be built');
  return true;
}

/** Bundles as rollup.config.mjs says, but into `folder` instead of `dist`. */
async function bundle(folder: string): Promise<void> {
  const [{ rollup }, { loadConfigFile }] = await Promise.all([import('rollup'), import('rollup/loadConfigFile')]);
  const { options } = await loadConfigFile(join(root, 'rollup.config.mjs'), {});
  for (const each of options) {
    const build = await rollup(each);
    for (const output of each.output) await build.write({ ...output, dir: join(folder, relative(join(root, 'dist'), output.dir!)) });
    await build.close();
  }
}

/** Everything goes into a folder beside `dist`, which it then replaces, so that nobody sees half a build. */
async function buildPackage(): Promise<boolean> {
  const stamp = `${await packageInputs()} ${await readStamp('wasm')}`;
  const dist = join(root, 'dist');
  if (!force && existsSync(dist) && await readStamp('package') === stamp) return false;
  const { writeDeclarations } = await import('./build/declarations.ts');
  // As deep as `dist`, which source maps count on.
  const fresh = join(root, `.dist-${process.pid}`);
  try {
    await mkdir(join(fresh, 'wasm'), { recursive: true });
    // Both end before the folder goes, whichever fails.
    const parts = await Promise.allSettled([bundle(fresh), writeDeclarations(join(fresh, 'types'))]);
    for (const part of parts) if (part.status === 'rejected') throw part.reason;
    for (const name of binaries) await cp(join(root, `build/wasm/${name}.wasm`), join(fresh, `wasm/${name}.wasm`));
    await rm(dist, { recursive: true, force: true });
    await rename(fresh, dist);
  } finally {
    await rm(fresh, { recursive: true, force: true });
  }
  await writeStamp('package', stamp);
  return true;
}

const start = performance.now();
try {
  await writeShaders();
  await writeKernelTables();
  const built = [await buildWasm() && 'WebAssembly modules', await buildPackage() && 'package'].filter(Boolean);
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (built.length > 0) process.stdout.write(`built the ${built.join(' and the ')} in ${seconds} s\n`);
} catch (error) {
  process.stderr.write(`the build failed: ${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
