import { RuntimeError } from '../../core/errors.ts';
import { fma, fmaRelaxed, kernels } from '../../generated/binaries.ts';
import { getHeap, scratchStart } from '../cpu/heap.ts';

/** A row kernel's address and byte-stride pairs, out last, then the row's length. */
export type RowKernel = (...args: number[]) => void;
export type Exports = Readonly<Record<string, (...args: number[]) => number>>;

/** Where JavaScript and kernels hand small things to each other. */
export const scratch = {
  splats: scratchStart,
  counters: scratchStart + 256,
  descriptor: scratchStart + 512,
  scalars: scratchStart + 2048,
} as const;

function decode(base64: string): Uint8Array<ArrayBuffer> {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}

/** Turns the import of a shared memory into that of an unshared one: bit 1 of its limits' flags. */
function takeUnsharedMemory(bytes: Uint8Array<ArrayBuffer>): Uint8Array<ArrayBuffer> {
  const name = [3, 0x65, 0x6e, 0x76, 6, 0x6d, 0x65, 0x6d, 0x6f, 0x72, 0x79, 2];
  for (let i = 8; i < bytes.length - name.length; i++) {
    if (name.every((byte, k) => bytes[i + k] === byte)) {
      bytes[i + name.length] &= ~2;
      return bytes;
    }
  }
  throw new RuntimeError('the WebAssembly module imports no memory named env.memory');
}

function instantiate(base64: string): WebAssembly.Instance {
  const { memory, shared } = getHeap();
  const bytes = decode(base64);
  const module = new WebAssembly.Module(shared ? bytes : takeUnsharedMemory(bytes));
  return new WebAssembly.Instance(module, { env: { memory } });
}

function startPlain(): WebAssembly.Instance {
  const instance = instantiate(kernels);
  const exports = instance.exports as unknown as Exports;
  if (exports.heapBase() > scratchStart) throw new RuntimeError('the kernels\' static data runs into the scratch area');
  exports.setScratch(scratch.splats);
  exports.setCounters(scratch.counters);
  return instance;
}

let plain: WebAssembly.Instance | undefined;
let fused: Exports | undefined;

function plainInstance(): WebAssembly.Instance {
  return (plain ??= startPlain());
}

export function plainExports(): Exports {
  return plainInstance().exports as unknown as Exports;
}

let relaxed: boolean | undefined;

/** Whether the engine takes relaxed SIMD, whose fused multiply-add doubles matrix products. */
export function hasRelaxedSimd(): boolean {
  return (relaxed ??= WebAssembly.validate(decode(fmaRelaxed)));
}

/** The module of matrix products, in the fastest form that the engine validates. */
export function fusedExports(): Exports {
  return (fused ??= instantiate(hasRelaxedSimd() ? fmaRelaxed : fma).exports as unknown as Exports);
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

export function rowKernel(name: string): RowKernel {
  const kernel = plainExports()[name] as RowKernel | undefined;
  if (!kernel) throw new RuntimeError(`there is no kernel ${name}`);
  return kernel;
}

