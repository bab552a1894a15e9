import { MemoryError } from '../../core/errors.ts';
import type { DType, TypedArray } from '../../core/dtype.ts';
import { dtypes, uint8 } from '../../core/dtype.ts';

/**
 * The one WebAssembly memory that all kernels work on. Below `heapStart` lie the modules' static data, from `partsStart` on that of the
 * parts, and before them the scratch area through which JavaScript hands scalars and loop descriptors to the kernels.
 */
export const scratchStart = 384 * 1024;
export const partsStart = 512 * 1024;
export const heapStart = 1024 * 1024;
const pageSize = 65536;

interface Heap {
  readonly memory: WebAssembly.Memory;
  /** Whether the memory is shared; where the engine refuses that, modules are patched to take an unshared one. */
  readonly shared: boolean;
  readonly maximumBytes: number;
}

function createHeap(): Heap {
  const initial = 2 * heapStart / pageSize;
  for (const shared of [true, false]) {
    for (const maximum of [65536, 32768, 16384, 8192, 4096]) {
      try {
        const memory = new WebAssembly.Memory({ initial, maximum, shared });
        return { memory, shared, maximumBytes: maximum * pageSize };
      } catch {
        // The engine or its address space refuses this size: try the next smaller one.
      }
    }
  }
  throw new MemoryError('cannot create a WebAssembly memory of 256 MiB on this platform');
}

let heap: Heap | undefined;

export function getHeap(): Heap {
  return (heap ??= createHeap());
}

/** Views of the whole memory, one per typed-array class, renewed when the memory grows. */
let views: (TypedArray | undefined)[] = [];
let viewedBytes = 0;

export function heapView(dtype: DType): TypedArray {
  const { memory } = getHeap();
  if (memory.buffer.byteLength !== viewedBytes) {
    views = new Array<TypedArray | undefined>(dtypes.length);
    viewedBytes = memory.buffer.byteLength;
  }
  return (views[dtype.code] ??= new dtype.array(memory.buffer));
}

export function heapBytes(): Uint8Array {
  return heapView(uint8) as Uint8Array;
}

/** Makes the memory at least `bytes` long; false where the engine has no more. */
export function growTo(bytes: number): boolean {
  const { memory, maximumBytes } = getHeap();
  const current = memory.buffer.byteLength;
  if (bytes <= current) return true;
  if (bytes > maximumBytes) return false;
  // Growing is slow enough to do in strides, and pages cost nothing before they are touched.
  const wanted = Math.min(Math.max(bytes, current + Math.max(current / 4, 1 << 22)), maximumBytes);
  for (const target of [wanted, bytes]) {
    try {
      memory.grow(Math.ceil((target - current) / pageSize));
      return true;
    } catch {
      // Try the exact amount before giving up.
    }
  }
  return false;
}
