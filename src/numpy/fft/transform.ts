import type { DType } from '../../core/dtype.ts';
import { complex128, complex64, complexTypeOf, componentType, float16, float32, float64, isComplex, isInexact } from '../../core/dtype.ts';
import { IndexError, ValueError, shapeText, shown } from '../../core/errors.ts';
import { broadcastPair, sameShape } from '../../core/layout.ts';
import { halfBitsToNumber, numberToHalfBits } from '../../core/scalar.ts';
import { cast } from '../../ops/cast.ts';
import { fitted } from '../../ops/fft/fitted.ts';
import { fftC2C, fftC2R, fftR2C } from '../../ops/fft/transforms.ts';
import { broadcastTo, normalizeAxis } from '../../ops/movement.ts';
import { index } from '../arguments/routine.ts';
import { axisWithin } from '../arguments/shapes.ts';
import { castAllowed } from '../dtypes/promotion.ts';
import { checkWritable, writeInto } from '../ndarray/conversion.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { castError, unsupported } from '../ufunc/ufunc.ts';

/** What all transforms have in common: lengths, norms and dtypes as NumPy has them, and where results go. */

/** Which direction divides: the inverse, both, or the forward one. */
export type Norm = 'backward' | 'ortho' | 'forward';

/** Of one axis: complex in either direction, from real numbers, or to them. */
export type Kind = 'fft' | 'ifft' | 'rfft' | 'irfft';

const swapped: Readonly<Record<string, Norm>> = { backward: 'forward', ortho: 'ortho', forward: 'backward' };

/** The norm that a transform of the other direction has for the same factor. */
export function otherNorm(norm: Norm | undefined): Norm {
  const other = Object.hasOwn(swapped, String(norm ?? 'backward')) ? swapped[norm ?? 'backward'] : undefined;
  if (other === undefined) throw new ValueError(`Invalid norm value ${shown(norm)}; should be "backward", "ortho" or "forward".`);
  return other;
}

/** How a dtype rounds. */
const roundingOf = (dtype: DType): ((value: number) => number) => (dtype === float64 ? Number
  : dtype === float16 ? (value) => halfBitsToNumber(numberToHalfBits(value)) : Math.fround);

/** What results are multiplied by, computed in the dtype. */
function factorOf(n: number, norm: Norm | undefined, dtype: DType): number {
  const round = roundingOf(dtype);
  switch (norm ?? 'backward') {
    case 'backward': return 1;
    case 'ortho': return round(1 / round(Math.sqrt(round(n))));
    case 'forward': return round(1 / round(n));
    default: throw new ValueError(`Invalid norm value ${shown(norm)}; should be "backward","ortho" or "forward".`);
  }
}

/** The real dtype of results. */
const realTypeOf = (dtype: DType): DType => (isInexact(dtype) ? componentType(dtype) : float64);

const toReal = (kind: Kind): boolean => kind === 'irfft';
const isForward = (kind: Kind): boolean => kind === 'fft' || kind === 'rfft';
const oneSide = (n: number): number => Math.floor(n / 2) + 1;

interface Settled {
  readonly axis: number;
  readonly scale: number;
  /** Whether there is nothing to multiply by. */
  readonly plain: boolean;
}

function settled(x: ndarray, n: number, axis: number, kind: Kind, norm: Norm | undefined): Settled {
  if (n < 1) throw new ValueError(`Invalid number of FFT data points (${n}) specified.`);
  const own = isForward(kind) ? norm : otherNorm(norm);
  const scale = factorOf(n, own, realTypeOf(x.dtypeCore));
  return { axis: normalizeAxis(axis, x.ndim), scale, plain: own === undefined || own === 'backward' };
}

function computed(x: ndarray, n: number, kind: Kind, { axis, scale }: Pick<Settled, 'axis' | 'scale'>): ndarray {
  const complex = complexTypeOf(realTypeOf(x.dtypeCore));
  if (toReal(kind)) return fftC2R(fitted(cast(x, complex), axis, oneSide(n)), axis, n, false, scale);
  if (isComplex(x.dtypeCore)) return fftC2C(fitted(x, axis, n), [axis], isForward(kind), scale);
  return fftR2C(fitted(cast(x, componentType(complex)), axis, n), axis, isForward(kind), kind === 'rfft', scale);
}

/** A result's dtype as it is computed: half floats are in single precision. */
const loopType = (x: ndarray, kind: Kind): DType => {
  const complex = complexTypeOf(realTypeOf(x.dtypeCore));
  return toReal(kind) ? componentType(complex) : complex;
};

/** Writes a result where it was asked for; all axes but the transformed one are broadcast. */
function deliverTo(out: ndarray, result: ndarray, given: ndarray, axis: number): ndarray {
  const others = (shape: readonly number[]): number[] => shape.filter((_, each) => each !== axis);
  const [loop, wanted] = [others(result.shape), others(out.shape)];
  const common = broadcastPair(loop, wanted);
  const extent = out.shape[axis];
  if (common === null) {
    throw new ValueError('operands could not be broadcast together with remapped shapes [original->remapped]: '
      + `${shapeText(given.shape)}->(${[...loop, 'newaxis'].join(',')}) ()->() ${shapeText(out.shape)}->${shapeText([...wanted, extent])}  `
      + `and requested shape (${extent})`);
  }
  if (!sameShape(common, wanted)) {
    throw new ValueError(`non-broadcastable output operand with shape ${shapeText(out.shape)} [remapped to `
      + `${shapeText([extent, ...wanted])}] doesn't match the broadcast shape ${shapeText([...common, extent])}`);
  }
  writeInto(out, broadcastTo(result, out.shape));
  return out;
}

/** One axis transformed, `n` numbers long: trimmed or padded with zeros at the end. */
export function transform(
  x: ndarray, n: number, axis: number, kind: Kind, norm: Norm | undefined, out: ndarray | undefined,
): ndarray {
  const how = settled(x, n, axis, kind, norm);
  const extent = kind === 'rfft' ? oneSide(n) : n;
  if (out !== undefined && (out.ndim !== x.ndim || out.shape[how.axis] !== extent)) throw new ValueError('output array has wrong shape.');
  const name = kind === 'rfft' ? `rfft_n_${n % 2 === 0 ? 'even' : 'odd'}` : kind;
  if (out !== undefined) checkWritable(out, 'output array');
  if (kind === 'rfft' && isComplex(x.dtypeCore)) throw unsupported(name);
  if (out === undefined) {
    const result = computed(x, n, kind, how);
    return toReal(kind) ? cast(result, realTypeOf(x.dtypeCore)) : result;
  }
  // NumPy's choice of a loop: that of the operands if there is just theirs, else that of single precision where the result is to be so.
  const fits = !how.plain && x.dtypeCore === (kind === 'rfft' ? float32 : complex64);
  const operand = fits || loopType(x, kind) === out.dtypeCore ? x : cast(x, isComplex(x.dtypeCore) ? complex128 : float64);
  const type = loopType(operand, kind);
  if (!castAllowed(type, out.dtypeCore, 'same_kind')) throw castError(name, 'output', type, out.dtypeCore, 'same_kind');
  return deliverTo(out, computed(operand, n, kind, how), x, how.axis);
}

/** The length of an axis where none is given. */
export const lengthOf = (x: ndarray, n: number | undefined, axis: number): number => n ?? x.shape[axisWithin(axis, x.ndim)];

/** The same for transforms to real numbers: twice as many as there are beside the first and last. */
export const realLengthOf = (x: ndarray, n: number | undefined, axis: number): number =>
  n ?? (x.shape[axisWithin(axis, x.ndim)] - 1) * 2;

export type Extents = Iterable<number | bigint | null | ndarray>;

/** Axes and their lengths; undefined for a length that is the transform's own. */
export interface Transforms {
  readonly axes: readonly number[];
  readonly lengths: readonly (number | undefined)[];
}

/** The extents of axes that a list names. */
function taken({ shape, ndim }: ndarray, axes: readonly number[]): number[] {
  if (ndim === 0 && axes.length > 0) throw new IndexError('cannot do a non-empty take from an empty axes.');
  return axes.map((axis) => {
    if (axis < -ndim || axis >= ndim) throw new IndexError(`index ${axis} is out of bounds for axis 0 with size ${ndim}`);
    return shape[axis < 0 ? axis + ndim : axis];
  });
}

/** What the arguments of transforms along several axes mean. */
export function transformsOf(
  x: ndarray, s: Extents | undefined, given: number | readonly number[] | undefined, real = false,
): Transforms {
  if (typeof given === 'number') {
    throw new TypeError(s === undefined ? "'numpy.int64' object is not iterable" : "object of type 'int' has no len()");
  }
  const extents = s === undefined ? null : Array.from(s, (each) => (each === null ? undefined : index(each)));
  const lengths: (number | undefined)[] = extents ?? (given === undefined ? [...x.shape] : taken(x, given));
  const axes = given ?? lengths.map((_, i) => i - lengths.length);
  if (lengths.length !== axes.length) throw new ValueError('Shape and axes have different lengths.');
  if (real && extents === null) {
    if (axes.length === 0) throw new IndexError('list index out of range');
    lengths[axes.length - 1] = realLengthOf(x, undefined, axes[axes.length - 1]);
  }
  return { axes, lengths: lengths.map((each, i) => (each === -1 ? x.shape[axisWithin(axes[i], x.ndim)] : each)) };
}

/** Complex transforms along axes in their order. Those that need no padding are one pass over the array after the other. */
export function transformAll(
  x: ndarray, { axes, lengths }: Transforms, kind: 'fft' | 'ifft', norm: Norm | undefined, out: ndarray | undefined,
): ndarray {
  let result = x;
  if (out !== undefined) {
    axes.forEach((axis, i) => {
      result = transform(result, lengthOf(result, lengths[i], axis), axis, kind, norm, out);
    });
    return result;
  }
  let pending: number[] = [];
  let factor = 1;
  const become = (next: ndarray): void => {
    if (next.storage !== result.storage && result.storage !== x.storage) result.storage.free();
    result = next;
  };
  const flush = (): void => {
    if (pending.length > 0) become(fftC2C(result, pending, isForward(kind), factor));
    pending = [];
    factor = 1;
  };
  axes.forEach((given, i) => {
    const n = lengthOf(result, lengths[i], given);
    const { axis, scale } = settled(result, n, given, kind, norm);
    if (!isComplex(result.dtypeCore)) {
      become(computed(result, n, kind, { axis, scale }));
      return;
    }
    // What is padded first is less to transform.
    if (n > result.shape[axis] || (n < result.shape[axis] && pending.includes(axis))) flush();
    become(fitted(result, axis, n));
    pending.push(axis);
    factor *= scale;
  });
  flush();
  return result;
}
