import * as core from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import * as bits from '../../ops/bits.ts';
import { cast } from '../../ops/cast.ts';
import { full } from '../../ops/creation.ts';
import { concatenate, contiguous, normalizeAxis, reshapeTo, sliceAxis, swapAxes } from '../../ops/movement.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import { routine } from '../arguments/routine.ts';

/** Bits in bytes. */

export type BitOrder = 'big' | 'little';

/** What `compute` makes of the last axis along another: of a flattened operand without an axis. */
function along(x: ndarray, axis: number | null | undefined, compute: (x: ndarray) => ndarray): ndarray {
  if (axis === undefined || axis === null || x.ndim === 0) return compute(reshapeTo(x, [x.size]));
  const place = normalizeAxis(axis, x.ndim);
  const last = x.ndim - 1;
  return place === last ? compute(x) : contiguous(swapAxes(compute(contiguous(swapAxes(x, place, last))), place, last));
}

/**
 * Eight elements along an axis, or in row-major order, as the bits of one byte: those that are not 0 are set. The last byte is filled with
 * zeros. Source: numpy.packbits.
 * @example
 * np.packbits([1, 0, 1, 0, 0, 0, 0, 0, 1]) // → [160 128]
 */
export const packbits = routine('packbits', "a, /, axis: int | None = None, bitorder='big'", (
  a: ArrayLike, axis?: number | null, bitorder: BitOrder = 'big',
): ndarray => {
  if (bitorder !== 'big' && bitorder !== 'little') throw new ValueError("'order' must be either 'little' or 'big'");
  const given = asArray(a);
  if (given.dtypeCore.kind !== 'bool' && !core.isInteger(given.dtypeCore)) {
    throw new TypeError('Expected an input array of integer or boolean data type');
  }
  return along(cast(given, core.bool), axis, (x) => bits.packBits(x, bitorder === 'little'));
});

/**
 * The bits of bytes along an axis, or in row-major order, as zeros and ones: so many as `count` says, or without so many at the end where
 * it is negative. Source: numpy.unpackbits.
 * @example
 * np.unpackbits(np.array([5], 'uint8')) // → [0 0 0 0 0 1 0 1]
 */
export const unpackbits = routine('unpackbits', "a, /, axis: int | None = None, count: int = None, bitorder='big'", (
  a: ArrayLike, axis?: number | null, count?: number | null, bitorder: BitOrder = 'big',
): ndarray => {
  if (!/^[bl]/.test(bitorder)) throw new ValueError("'order' must begin with 'l' or 'b'");
  const given = asArray(a);
  if (given.dtypeCore !== core.uint8) throw new TypeError('Expected an input array of unsigned byte data type');
  return along(given, axis, (x) => {
    const all = bits.unpackBits(x, bitorder.startsWith('l'));
    if (count === undefined || count === null) return all;
    const last = x.ndim - 1;
    const extent = all.shape[last];
    if (count < -extent) throw new ValueError('-count larger than number of elements');
    const wanted = count < 0 ? extent + count : count;
    if (wanted <= extent) return contiguous(sliceAxis<ndarray>(all, last, 0, wanted));
    const zeros = full(ndarray, [...x.shape.slice(0, last), wanted - extent], 0, core.uint8, x.storage.device);
    return concatenate<ndarray>([all, zeros], last);
  });
});
