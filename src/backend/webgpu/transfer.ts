import { deviceText } from '../../core/device.ts';
import type { TypedArray } from '../../core/dtype.ts';
import { int64 } from '../../core/dtype.ts';
import { OverflowError, RuntimeError } from '../../core/errors.ts';
import type { StridedArray } from '../../core/strided.ts';
import { blockOf } from './buffers.ts';
import { bytesOf } from './elements.ts';
import type { Gpu } from './gpu.ts';
import { withTemporaries } from './temporaries.ts';

/** The way between the GPU and JavaScript. */

/** int64 elements in the 32 bits that they have on the GPU. */
function narrowed(bytes: Uint8Array): Uint8Array<ArrayBuffer> {
  const wide = new BigInt64Array(bytes.slice().buffer);
  const narrow = new Int32Array(wide.length);
  for (let i = 0; i < wide.length; i++) {
    narrow[i] = Number(wide[i]);
    if (BigInt(narrow[i]) !== wide[i]) {
      throw new OverflowError(
        `the int64 value ${wide[i]} cannot be moved to the GPU, where int64 has 32 bits (-2147483648 to 2147483647): keep it on the CPU, `
        + 'or convert the tensor to float32');
    }
  }
  return new Uint8Array(narrow.buffer);
}

/** Overwrites a contiguous array; WebGPU copies bytes before the call returns. */
export function upload(gpu: Gpu, out: StridedArray, bytes: Uint8Array): void {
  const { geometry: layout, dtypeCore: dtype } = out;
  if (layout.size === 0) return;
  const block = blockOf(out, gpu.pool);
  const own = dtype === int64 ? narrowed(bytes) : bytes;
  const start = layout.offset * bytesOf(dtype);
  const whole = layout.offset === 0 && own.length === out.storage.byteLength;
  if (start % 4 !== 0 || (own.length % 4 !== 0 && !whole)) {
    // Words that are shared with other elements are written by a kernel.
    withTemporaries(gpu, (temporaries) => temporaries.apart(out, dtype, (apart) => upload(gpu, apart, bytes)));
    return;
  }
  // Buffers end on a multiple of 4 bytes; shared memory cannot be handed over.
  const padded = new Uint8Array(Math.ceil(own.length / 4) * 4);
  padded.set(own);
  gpu.write(block, start, padded);
}

/** The bytes of an array's buffer from `start` to `end`. All of them are copied before anything that is asked later can change one. */
async function readParts(gpu: Gpu, array: StridedArray, start: number, end: number): Promise<ArrayBuffer> {
  const block = blockOf(array, gpu.pool);
  const { largestRead } = gpu;
  if (end - start <= largestRead) return gpu.read(block, start, end - start);
  const parts: Promise<ArrayBuffer>[] = [];
  for (let at = start; at < end; at += largestRead) parts.push(gpu.read(block, at, Math.min(largestRead, end - at)));
  const bytes = new Uint8Array(end - start);
  (await Promise.all(parts)).forEach((part, i) => bytes.set(new Uint8Array(part), i * largestRead));
  return bytes.buffer;
}

/** The elements in row-major order, in the dtype's own components, once everything before is done. */
export async function download(gpu: Gpu, array: StridedArray): Promise<TypedArray> {
  const { geometry: layout, dtypeCore: dtype } = array;
  // What is queued is read before the copy's memory serves something else.
  if (!layout.contiguous) return withTemporaries(gpu, (temporaries) => download(gpu, temporaries.converted(array, dtype)));
  const start = layout.offset * bytesOf(dtype);
  const end = start + layout.size * bytesOf(dtype);
  const first = Math.floor(start / 4) * 4;
  const buffer = await readParts(gpu, array, first, layout.size === 0 ? first : Math.ceil(end / 4) * 4);
  const bytes = buffer.slice(start - first, end - first);
  if (dtype === int64) return BigInt64Array.from(new Int32Array(bytes), BigInt);
  return new dtype.array(bytes);
}

/** What every way to read at once says. */
export function refuseRead(array: StridedArray): never {
  throw new RuntimeError(
    `a tensor on ${deviceText(array.storage.device)} cannot be read at once, since the GPU computes on its own time: `
    + 'await x.cpu() first, for instance (await x.cpu()).item(). This holds for item(), tolist(), numpy(), and operations whose '
    + 'result\'s shape depends on values (nonzero, boolean masks, unique)');
}
