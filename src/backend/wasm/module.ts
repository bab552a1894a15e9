import { RuntimeError } from '../../core/errors.ts';
import { isCompiledModule, messageOf } from '../../core/realms.ts';
import { surroundings } from '../../core/surroundings.ts';
import type { FusedExport, PlainExport } from '../../generated/wasmExports.ts';
import { getHeap, scratchStart } from '../cpu/heap.ts';
import type { Exports } from './binaries.ts';
import { takeBinaries, takePart } from './binaries.ts';
import type { PartName } from '../../platform/parts.ts';
import type { Binary } from '../../platform/platform.ts';
import { prepareTurbo, settleTurbo } from './turbo.ts';

/** A row kernel's address and byte-stride pairs, out last, then the row's length. */
export type RowKernel = (...args: number[]) => void;

/** Where JavaScript and kernels hand small things to each other. */
export const scratch = {
  splats: scratchStart,
  counters: scratchStart + 256,
  descriptor: scratchStart + 512,
  scalars: scratchStart + 2048,
} as const;

/** Turns the import of a shared memory into that of an unshared one: bit 1 of its limits' flags. */
function takeUnsharedMemory(original: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const bytes = original.slice();
  const name = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2];
  for (let i = 8; i < bytes.length - name.length; i++) {
    if (name.every((byte, k) => bytes[i + k] === byte)) {
      bytes[i + name.length] &= ~2;
      return bytes;
    }
  }
  throw new RuntimeError('the WebAssembly module imports no memory named env.memory');
}

/** What engines say where they are not allowed to compile. */
const forbidden = /unsafe-eval|blocked by CSP|Content Security Policy|disallowed by embedder/i;

function compile(bytes: Uint8Array<ArrayBuffer>): WebAssembly.Module {
  try {
    return new WebAssembly.Module(bytes);
  } catch (cause) {
    if (!forbidden.test(messageOf(cause))) throw cause;
    const { kind } = surroundings();
    throw new RuntimeError(kind === 'workerd' || kind === 'edge-light'
      ? `${kind} compiles no WebAssembly at run time: bundle under the condition '${kind}', by which the kernels are imported statically`
      : "the Content-Security-Policy forbids WebAssembly: add 'wasm-unsafe-eval' to its script-src (or to default-src, where there is no "
        + "script-src); it allows no eval of JavaScript", { cause });
  }
}

function instantiate(binary: Binary): WebAssembly.Instance {
  if (!hasSimd()) throw new RuntimeError('this engine has no WebAssembly SIMD, which Flambeau needs');
  const { memory, shared } = getHeap();
  const compiled = isCompiledModule(binary);
  if (compiled && !shared) {
    throw new RuntimeError('this engine refuses shared memory, which a compiled module cannot do without: give configure() its bytes');
  }
  prepareTurbo();
  const bytes = binary as Uint8Array<ArrayBuffer>;
  const module = compiled ? binary : compile(shared ? bytes : takeUnsharedMemory(bytes));
  return new WebAssembly.Instance(module, { env: { memory } });
}

function startPlain(): WebAssembly.Instance {
  const instance = instantiate(takeBinaries().kernels());
  const exports = instance.exports as unknown as Exports<PlainExport>;
  if (exports.heapBase() > scratchStart) throw new RuntimeError('the kernels\' static data runs into the scratch area');
  exports.setScratch(scratch.splats);
  exports.setCounters(scratch.counters);
  return instance;
}

let plain: WebAssembly.Instance | undefined;
let fused: Exports<FusedExport> | undefined;

function plainInstance(): WebAssembly.Instance {
  return (plain ??= startPlain());
}

export function plainExports(): Exports<PlainExport> {
  return plainInstance().exports as unknown as Exports<PlainExport>;
}

/** Whether the engine takes a function that returns a v128 and has this body. */
function validates(...body: number[]): boolean {
  return WebAssembly.validate(new Uint8Array([
    0, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 5, 1, 0x60, 0, 1, 0x7b, 3, 2, 1, 0, 10, body.length + 4, 1, body.length + 2, 0, ...body, 0x0b,
  ]));
}

const splat = [0x41, 0, 0xfd, 0x0f];
let simd: boolean | undefined;
let relaxed: boolean | undefined;

export function hasSimd(): boolean {
  return (simd ??= validates(...splat));
}

/** Whether the engine takes relaxed SIMD, whose fused multiply-add doubles matrix products. */
export function hasRelaxedSimd(): boolean {
  return (relaxed ??= validates(...splat, ...splat, ...splat, 0xfd, 0x85, 2));
}

function startFused(): Exports<FusedExport> {
  const exports = instantiate(takeBinaries().fma(hasRelaxedSimd())).exports as unknown as Exports<FusedExport>;
  settleTurbo(exports);
  return exports;
}

/** The module of matrix products, in the fastest form that the engine validates. */
export function fusedExports(): Exports<FusedExport> {
  return (fused ??= startFused());
}

/** A part's module, once it is asked for. */
export function partModule<Name extends string>(name: PartName): () => Exports<Name> {
  let exports: Exports<Name> | undefined;
  return () => (exports ??= instantiate(takePart(name)).exports as unknown as Exports<Name>);
}

const tableIndices = new Map<RowKernel, number>();

/** The kernel's entry in the function table, through which `iterate` calls it row by row. */
export function tableIndex(kernel: RowKernel): number {
  let index = tableIndices.get(kernel);
  if (index === undefined) {
    const table = plainInstance().exports.table as WebAssembly.Table;
    index = table.grow(1);
    table.set(index, kernel);
    tableIndices.set(kernel, index);
  }
  return index;
}

/** A name that no kernel has does not compile; a module that the program configured itself may still lack one. */
export function rowKernel(name: PlainExport): RowKernel {
  const kernel = plainExports()[name] as RowKernel | undefined;
  if (!kernel) throw new RuntimeError(`there is no kernel ${name}`);
  return kernel;
}
