import * as core from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { full } from '../../ops/creation.ts';
import { concatenate, normalizeAxis, reshapeTo, sliceAxis, unsqueeze } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { sumAs } from '../../ops/reduce.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, fromNumbers } from '../ndarray/conversion.ts';
import { routine } from '../arguments/routine.ts';

/** Bits in bytes. */

export type BitOrder = 'big' | 'little';

/** By how much each of a byte's bits is shifted, as the last axis. */
function shiftsOf(order: BitOrder): ndarray {
  const places = [0, 1, 2, 3, 4, 5, 6, 7];
  return fromNumbers(order.startsWith('b') ? places.reverse() : places, core.uint8);
}

/** The operand and the axis that is meant: of a flattened one without an axis. */
function along(x: ndarray, axis: number | null | undefined): [ndarray, number] {
  if (axis === undefined || axis === null || x.ndim === 0) return [reshapeTo(x, [x.size]), 0];
  return [x, normalizeAxis(axis, x.ndim)];
}

/** As many zeros behind an axis. */
function padded(x: ndarray, axis: number, count: number): ndarray {
  if (count === 0) return x;
  const shape = x.shape.map((extent, each) => (each === axis ? count : extent));
  return concatenate<ndarray>([x, full(ndarray, shape, 0, x.dtypeCore, x.storage.device)], axis);
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
  const shifts = shiftsOf(bitorder);
  const given = asArray(a);
  if (given.dtypeCore.kind !== 'bool' && !core.isInteger(given.dtypeCore)) {
    throw new TypeError('Expected an input array of integer or boolean data type');
  }
  const [x, axisOf] = along(given, axis);
  const count = Math.ceil(x.shape[axisOf] / 8);
  const ones = ops.where(ops.ne<ndarray>(x, 0), fromNumbers([1], core.uint8, []), 0) as ndarray;
  const bits = padded(ones, axisOf, 8 * count - x.shape[axisOf]);
  const grouped = reshapeTo(bits, [...x.shape.slice(0, axisOf), count, 8, ...x.shape.slice(axisOf + 1)]);
  const weights = reshapeTo(shifts, [8, ...x.shape.slice(axisOf + 1).map(() => 1)]);
  return sumAs<ndarray>(ops.leftShift<ndarray>(grouped, weights), core.uint8, [axisOf + 1]);
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
  const shifts = shiftsOf(bitorder);
  const given = asArray(a);
  if (given.dtypeCore !== core.uint8) throw new TypeError('Expected an input array of unsigned byte data type');
  const [x, axisOf] = along(given, axis);
  const places = reshapeTo(shifts, [8, ...x.shape.slice(axisOf + 1).map(() => 1)]);
  const bits = ops.bitwiseAnd<ndarray>(ops.rightShift<ndarray>(unsqueeze<ndarray>(x, axisOf + 1), places), 1);
  const extent = 8 * x.shape[axisOf];
  const all = reshapeTo(bits, [...x.shape.slice(0, axisOf), extent, ...x.shape.slice(axisOf + 1)]);
  if (count === undefined || count === null) return all;
  if (count < -extent) throw new ValueError('-count larger than number of elements');
  const wanted = count < 0 ? extent + count : count;
  return wanted <= extent ? sliceAxis<ndarray>(all, axisOf, 0, wanted) : padded(all, axisOf, wanted - extent);
});
