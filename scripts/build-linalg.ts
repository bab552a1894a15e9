import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';

/**
 * Builds the kernels of linear algebra with Debian's emscripten, whose compilers make the same bytes of the same sources every time. The
 * module is part of the repository, so that only who changes wasm/linalg needs the compiler: `npx tsx scripts/build-linalg.ts`.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const built = join(root, 'wasm/linalg/linalg.wasm');
const run = promisify(execFile);

/** Static data and stack lie between `partsStart` and 896 KiB of the heap, and nothing is imported but the memory. */
const compileOptions = [
  // Loops that pay are written with vectors, and the others are small so.
  '-std=c++17', '-O2', '-fno-vectorize', '-fno-slp-vectorize', '-fno-unroll-loops', '-msimd128', '-pthread', '-matomics',
  '-mbulk-memory', '-fno-exceptions', '-fno-rtti', '-fno-math-errno', '-ffp-contract=off', '-Wall', '-Werror', '-c',
];
const linkOptions = [
  '--no-entry', '--import-memory', '--shared-memory', '--max-memory=4294967296', `--global-base=${512 * 1024}`, '-z',
  `stack-size=${128 * 1024}`, '--export-table', '--growable-table', '--strip-all', '--gc-sections',
];

/** The module's bytes, or null where there is no emscripten. */
export async function buildLinalg(): Promise<Buffer | null> {
  const folder = await mkdtemp(join(tmpdir(), 'linalg-'));
  try {
    const object = join(folder, 'linalg.o');
    const module = join(folder, 'linalg.wasm');
    await run('em++', [...compileOptions, 'wasm/linalg/exports.cpp', '-o', object], { cwd: root });
    await run('wasm-ld-14', [...linkOptions, '-o', module, object], { cwd: root });
    return await readFile(module);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return null;
    throw error;
  } finally {
    await rm(folder, { recursive: true });
  }
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const bytes = await buildLinalg();
  if (bytes === null) throw new Error('em++ and wasm-ld-14 are needed: apt-get install emscripten');
  await writeFile(built, bytes);
  process.stdout.write(`linalg.wasm ${bytes.length} bytes\n`);
}
