import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { copyFile, mkdir, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { pointwiseOps } from '../src/ops/pointwise/row.ts';
import '../src/ops/pointwise/index.ts';
import { partNames } from '../src/platform/parts.ts';
import { writeKernelTables } from './build-tables.ts';
import { splitExports } from './build/exports.ts';
import { pack } from './build/pack.ts';
import { wasmInputs, writeStamp } from './build/stamp.ts';
import { emitCasts } from './emit/cast.ts';
import { emitProducts } from './emit/gemm.ts';
import { emitWalks } from './emit/iterate.ts';
import { emitNormalizations } from './emit/normalize.ts';
import { emitPointwise } from './emit/pointwise.ts';
import { emitReductions } from './emit/reduce.ts';
import { emitRows } from './emit/rows.ts';
import { emitTransfers } from './emit/transfers.ts';

/**
 * Generates the kernels that AssemblyScript cannot export as generics, joins those of wasm/kernels, compiles both modules and
 * writes their bytes as TypeScript.
 */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
/** For a build that is thrown away, as those of tests are: it is larger and slower, and made in a quarter of the time. */
const quick = process.env.FLAMBEAU_QUICK_BUILD === '1';
const shared = ['--noAssert', '--runtime', 'stub', '--enable', 'simd', '--enable', 'threads', '--importMemory', '--sharedMemory',
  '--initialMemory', '16', '--maximumMemory', '65536', quick ? '-O0' : '-O3',
  // Kernels hand vectors to one another, never to JavaScript.
  '--disableWarning', '112'];

/** The compiler in a process of its own: through the loader that runs this script, loading it would take longer than it does. */
const compiler = join(root, 'node_modules/assemblyscript/bin/asc.js');

async function compile(entry: string, name: string, options: readonly string[]): Promise<Uint8Array> {
  const binary = `build/wasm/${name}.wasm`;
  await promisify(execFile)(process.execPath, [compiler, entry, '--outFile', binary, ...shared, ...options], { cwd: root })
    .catch(({ stderr, message }: { stderr?: string; message: string }) => {
      throw new Error(`${entry}: ${stderr ?? message}`);
    });
  return readFile(join(root, binary));
}

await writeKernelTables();
const inputs = await wasmInputs();
await mkdir(join(root, 'build/wasm'), { recursive: true });
const emitted: Readonly<Record<string, string>> = {
  pointwise: emitPointwise(pointwiseOps()), casts: emitCasts(), reductions: emitReductions(), walks: emitWalks(),
  transfers: emitTransfers(), normalizations: emitNormalizations(),
};
/** Kernels that need no generation: the build exports whatever the files of this folder do. */
const written = (await readdir(join(root, 'wasm/kernels'))).sort().map((name) => `../../wasm/kernels/${name.replace(/\.ts$/, '')}`);
const sources: Readonly<Record<string, string>> = {
  ...emitted,
  rows: emitRows(),
  kernels: [...Object.keys(emitted).map((name) => `./${name}`), ...written].map((path) => `export * from '${path}';\n`).join(''),
  fma: emitProducts(),
};
for (const [name, text] of Object.entries(sources)) await writeFile(join(root, `build/wasm/${name}.ts`), text);

/** Where the static data of each part written in AssemblyScript lies: between `partsStart` and `heapStart` of the heap. */
const partBases: Readonly<Record<string, number>> = { convolutions: 960, fft: 896 };

/** A part's module: as it was built already, or compiled. */
async function partModule(name: string): Promise<Uint8Array> {
  const built = join(root, 'wasm', name, `${name}.wasm`);
  if (!existsSync(built)) return compile(`wasm/${name}/index.ts`, name, ['--memoryBase', String(partBases[name] * 1024), '--exportTable']);
  await copyFile(built, join(root, `build/wasm/${name}.wasm`));
  return readFile(built);
}

const products = (name: string, ...options: string[]): Promise<Uint8Array> =>
  compile('build/wasm/fma.ts', name, ['--memoryBase', String(256 * 1024), ...options]);
const [kernels, [fma, fmaRelaxed]] = await Promise.all([
  compile('build/wasm/kernels.ts', 'kernels', ['--exportTable']),
  // One after the other: a machine of two cores is busy with the kernels beside them.
  products('fma').then(async (plain) => [plain, await products('fmaRelaxed', '--enable', 'relaxed-simd')]),
]);
const parts: (readonly [name: string, module: Uint8Array])[] = [];
for (const name of partNames) parts.push([name, await partModule(name)]);
const modules = { kernels, fma, fmaRelaxed, ...Object.fromEntries(parts) };
/** Modules that are packed together are unpacked together: the two builds of one source have most of their bytes in common. */
function packed(name: string, ...modules: readonly Uint8Array[]): string {
  const parts = modules.map(splitExports);
  const text = Buffer.from(pack(Buffer.concat(parts.map(({ data }) => data)), quick ? 0 : 3)).toString('base64');
  const shapes = parts.map(({ data, start, count }) => `[${data.length}, ${start}, ${count}]`);
  return `export const ${name}: Packed = { modules: [${shapes.join(', ')}], packed: '${text}' };`;
}

/** The names of a module's functions as a type. */
function exportNames(type: string, module: Uint8Array): string {
  const exports = WebAssembly.Module.exports(new WebAssembly.Module(module as BufferSource));
  const names = exports.filter(({ kind }) => kind === 'function').map(({ name }) => `\n  | '${name}'`);
  return `export type ${type} =${names.join('')};`;
}

await mkdir(join(root, 'src/generated'), { recursive: true });
await writeFile(join(root, 'src/generated/wasmExports.ts'), [
  '/** The functions that the modules of kernels and of matrix products export; written by the build. */',
  exportNames('PlainExport', modules.kernels),
  exportNames('FusedExport', modules.fma),
  ...parts.map(([name, module]) => exportNames(`${name[0].toUpperCase()}${name.slice(1)}Export`, module)),
  '',
].join('\n'));
await writeFile(join(root, 'src/generated/binaries.ts'), [
  '/** The WebAssembly modules, packed and in base64; written by the build. */',
  '/** Of each module its length, where its exports begin in columns, and how many they are. */',
  'export interface Packed { readonly modules: readonly (readonly [number, number, number])[]; readonly packed: string }',
  packed('kernels', modules.kernels),
  packed('fmaBuilds', modules.fmaRelaxed, modules.fma),
  '',
].join('\n'));
await rm(join(root, 'src/generated/parts'), { recursive: true, force: true });
await mkdir(join(root, 'src/generated/parts'));
for (const [name, module] of parts) {
  await writeFile(join(root, `src/generated/parts/${name}.ts`), [
    "import { unpackModule } from '../../platform/packed.ts';",
    "import type { Packed } from '../binaries.ts';",
    packed('module', module).replace('export ', ''),
    '/** What the part brings along where there is no file of it; written by the build. */',
    'export const bytes: (() => Uint8Array<ArrayBuffer>) | null = () => unpackModule(module);',
    '',
  ].join('\n'));
}
for (const [name, bytes] of Object.entries(modules)) process.stdout.write(`${name}.wasm ${bytes.length} bytes\n`);
// The next build is not to take it for a whole one.
if (!quick) await writeStamp('wasm', inputs);
