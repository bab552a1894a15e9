import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { brotliCompressSync } from 'node:zlib';
import { build } from 'esbuild';

/** What it takes until the first result: bytes that a browser loads, and the time of a process. */

/** A program of each side that prints the sum of six numbers. */
const programs: Readonly<Record<string, string>> = {
  'Flambeau': "import * as np from 'flambeau/numpy'; console.log(np.arange(6).sum().item());",
  'numpy-ts': "import * as np from 'numpy-ts/core'; console.log(np.sum(np.arange(6)));",
  'jax-js': "import { init, defaultDevice, numpy as np } from '@jax-js/jax';"
    + " await init('wasm'); defaultDevice('wasm'); console.log(np.sum(np.arange(6)).js());",
  'tfjs-wasm': "import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm'; import * as tf from '@tensorflow/tfjs-core';"
    + " import { createRequire } from 'node:module'; import { dirname } from 'node:path';"
    + " setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);"
    + " await tf.setBackend('wasm'); console.log((await tf.sum(tf.tensor([0, 1, 2, 3, 4, 5])).data())[0]);",
  'NumPy': 'import numpy as np; print(np.arange(6).sum())',
  'PyTorch': 'import torch; print(torch.arange(6).sum().item())',
};

const folder = fileURLToPath(new URL('.', import.meta.url));
const brotli = (bytes: Uint8Array): number => brotliCompressSync(bytes).length;

/** Brotli-packed bytes of the program as esbuild bundles it for browsers, with the module that tfjs fetches; null of Python's. */
export async function carried(name: string): Promise<number | null> {
  const program = programs[name];
  if (!program.includes('from \'')) return null;
  const contents = program.replace(/ import \{ createRequire.*?setWasmPaths\([^;]*;/, '');
  const { outputFiles } = await build({
    stdin: { contents, resolveDir: folder }, bundle: true, minify: true, format: 'esm', platform: 'browser', splitting: true,
    outdir: folder, write: false, logLevel: 'error', external: ['node:*'],
  });
  const first = outputFiles.filter(({ path }) => !/web(?:gpu|gl)[^/]*$/.test(path));
  const bytes = first.reduce((sum, { contents }) => sum + brotli(contents), 0);
  if (name !== 'tfjs-wasm') return bytes;
  const backend = createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm');
  return bytes + brotli(readFileSync(new URL('tfjs-backend-wasm-simd.wasm', `file://${backend}`)));
}

/** Milliseconds of a process that computes the sum and ends, the fastest of ten. */
export function started(name: string, python: string | undefined): number {
  const isPython = name === 'NumPy' || name === 'PyTorch';
  const [command, args] = isPython ? [python!, ['-c', programs[name]]]
    : [process.execPath, ['--input-type=module', '-e', programs[name]]];
  let fastest = Infinity;
  for (let i = 0; i < 10; i++) {
    const start = performance.now();
    const { status, stdout, stderr } = spawnSync(command, args, { cwd: folder, encoding: 'utf8' });
    fastest = Math.min(fastest, performance.now() - start);
    if (status !== 0 || !stdout.endsWith('15\n')) throw new Error(`${name}: ${stdout}${stderr}`);
  }
  return fastest;
}
