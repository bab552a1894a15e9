import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { NotImplementedError, ValueError, tupleText } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { hostValues } from '../../ops/host.ts';
import { promote } from '../dtypes/promotion.ts';
import { fromNumbers, numbersOf } from '../ndarray/conversion.ts';
import type { ndarray } from '../ndarray/ndarray.ts';

/** Distances between floats, counted in floats. */

/** The type in which numbers of both are compared: that of floats, double precision where there are integers. */
function commonFloat(x: ndarray, y: ndarray): DType {
  const floating = (type: DType): DType => (core.isInexact(type) ? type : core.float64);
  return promote(floating(x.dtypeCore), floating(y.dtypeCore));
}

/** Floats as numbers that count them from 0 on, negative ones below. */
function places(x: ndarray, type: DType): ArrayLike<bigint> {
  const bits = hostValues(x);
  const width = BigInt(type.itemsize * 8);
  const half = 1n << (width - 1n);
  const words = type.itemsize === 8 ? new BigUint64Array(bits.buffer, bits.byteOffset, bits.length)
    : type.itemsize === 4 ? new Uint32Array(bits.buffer, bits.byteOffset, bits.length) : bits;
  return Array.from(words as ArrayLike<number | bigint>, (word) => {
    const value = BigInt(word);
    return value < half ? value : half - value;
  });
}

/** How many floats lie between two of each place; the result has one axis more in front, as NumPy's. */
export function floatsBetween(x: ndarray, y: ndarray): ndarray {
  const type = commonFloat(x, y);
  if (type.kind === 'complex') throw new NotImplementedError('_nulp not implemented for complex array');
  const [shapeX, shapeY] = [[1, ...x.shape], [1, ...y.shape]];
  if (!sameShape(shapeX, shapeY)) {
    throw new ValueError(`Arrays do not have the same shape: ${tupleText(shapeX)} - ${tupleText(shapeY)}`);
  }
  const [a, b] = [places(cast(x, type), type), places(cast(y, type), type)];
  // Differences of 64-bit integers wrap, as NumPy's do.
  const distances = Float64Array.from(a, (place, i) => Math.abs(Number(BigInt.asIntN(64, place - b[i]))));
  return fromNumbers(distances, type, shapeX);
}

const fractionBits: Readonly<Record<string, readonly [bits: number, least: number]>> = {
  float16: [10, -14], float32: [23, -126], float64: [52, -1022],
};
const view = new DataView(new ArrayBuffer(8));

/** From each number to the next float of its type away from 0. */
export function spacings(x: ndarray): ndarray {
  const type = core.isInexact(x.dtypeCore) ? x.dtypeCore : core.float64;
  const [bits, least] = fractionBits[type.name];
  return fromNumbers(numbersOf(cast(x, type)).map((value) => {
    if (!Number.isFinite(value)) return NaN;
    view.setFloat64(0, value);
    return 2 ** (Math.max((view.getUint16(0) >> 4 & 0x7ff) - 1023, least) - bits);
  }), type, x.shape);
}
