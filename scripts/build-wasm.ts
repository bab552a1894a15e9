import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';
import { pointwiseOps } from '../src/ops/pointwise/row.ts';
import '../src/ops/pointwise/index.ts';
import { writeKernelTables } from './build-tables.ts';
import { emitCasts } from './emit/cast.ts';
import { emitPointwise } from './emit/pointwise.ts';
import { pack } from './build/pack.ts';
import { wasmInputs, writeStamp } from './build/stamp.ts';
import { emitReductions } from './emit/reduce.ts';

/** Generates the kernels from the registry, compiles both modules and writes their bytes as TypeScript. */

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const shared = ['--noAssert', '--runtime', 'stub', '--enable', 'simd', '--enable', 'threads', '--importMemory', '--sharedMemory',
  '--initialMemory', '8', '--maximumMemory', '65536', '-O3',
  // Kernels hand vectors to one another, never to JavaScript.
  '--disableWarning', '112'];

async function compile(entry: string, name: string, options: readonly string[]): Promise<Uint8Array> {
  const binary = join('build/wasm', `${name}.wasm`);
  const { error, stderr } = await asc.main(
    [entry, '--outFile', binary, '--baseDir', root, ...shared, ...options], {
      readFile: async (file, baseDir) => readFile(join(baseDir, file), 'utf8').catch(() => null),
      writeFile: async (file, contents, baseDir) => writeFile(join(baseDir, file), contents),
    });
  if (error) throw new Error(`${entry}: ${stderr.toString()}`);
  return readFile(join(root, binary));
}

await writeKernelTables();
const inputs = await wasmInputs();
await mkdir(join(root, 'build/wasm'), { recursive: true });
await writeFile(join(root, 'build/wasm/pointwise.ts'), emitPointwise(pointwiseOps));
await writeFile(join(root, 'build/wasm/casts.ts'), emitCasts());
await writeFile(join(root, 'build/wasm/reductions.ts'), emitReductions());
await writeFile(join(root, 'build/wasm/kernels.ts'), [
  "export * from './pointwise';",
  "export * from './casts';",
  "export * from './reductions';",
  "export * from '../../wasm/index';",
  '',
].join('\n'));

const modules = {
  kernels: await compile('build/wasm/kernels.ts', 'kernels', ['--exportTable']),
  fma: await compile('wasm/fma.ts', 'fma', ['--memoryBase', String(256 * 1024)]),
  fmaRelaxed: await compile('wasm/fma.ts', 'fmaRelaxed', ['--memoryBase', String(256 * 1024), '--enable', 'relaxed-simd']),
};
/** Modules that are packed together are unpacked together: the two builds of one source have most of their bytes in common. */
function packed(name: string, ...parts: readonly Uint8Array[]): string {
  const text = Buffer.from(pack(Buffer.concat(parts))).toString('base64');
  return `export const ${name}: Packed = { byteLengths: [${parts.map(part => part.length).join(', ')}], packed: '${text}' };`;
}

await mkdir(join(root, 'src/generated'), { recursive: true });
await writeFile(join(root, 'src/generated/binaries.ts'), [
  '/** The WebAssembly modules, packed and in base64; written by the build. */',
  'export interface Packed { readonly byteLengths: readonly number[]; readonly packed: string }',
  packed('kernels', modules.kernels),
  packed('fmaBuilds', modules.fmaRelaxed, modules.fma),
  '',
].join('\n'));
for (const [name, bytes] of Object.entries(modules)) process.stdout.write(`${name}.wasm ${bytes.length} bytes\n`);
await writeStamp('wasm', inputs);
