import type { Scalar } from '../../core/complex.ts';
import { isScalar } from '../../core/complex.ts';
import * as core from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { elementAt } from '../../ops/host.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { all, allAxes } from '../../ops/reduce.ts';
import { quietly } from '../../ops/registry/quietly.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, asOperand } from '../ndarray/conversion.ts';
import { isOptions } from '../arguments/options.ts';
import { outCount, routine, ufunc } from '../arguments/routine.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { finfo } from '../dtypes/limits.ts';
import { coreOf } from '../dtypes/dtype.ts';
import type { Casting } from '../dtypes/promotion.ts';
import { castAllowed, commonDType, isIntegerLiteral, outOfBounds } from '../dtypes/promotion.ts';
import { described } from '../ufunc/description.ts';
import { fractionsAndExponents } from '../../ops/numbers.ts';
import { arranged, castError, deliver, unsupported } from '../ufunc/ufunc.ts';
import { watcher } from '../ufunc/errorState.ts';
import * as ufuncs from '../ufuncs.ts';
import type { MemoryOrder } from './creation.ts';
import { copyto } from './joining.ts';

/** Functions of single elements that are made of several ops. */

type Out = ndarray | null;
/** What ufuncs of two results take after their operands. */
type TwoResults = [
  out1?: Out, out2?: Out, out?: readonly [Out, Out], where?: ArrayLike, casting?: Casting, order?: MemoryOrder, dtype?: DTypeLike | null,
  subok?: boolean, signature?: null,
];
const twoResults = [
  'out1: tuple = None, out2: tuple = None, /, *',
  "out: array_like = (None,None), where: array_like = True, casting='same_kind', order='K', dtype=None, subok: Any = True",
  'signature: none = None',
] as const;

/** Both results where they belong, once both are computed: an operand may be written into. */
function deliverBoth(
  name: string, nin: 1 | 2, results: readonly [ndarray, ndarray],
  ...[out1, out2, out = [out1 ?? null, out2 ?? null], where, casting, order]: TwoResults
): [ndarray, ndarray] {
  results.forEach(({ dtypeCore: type }, i) => {
    const given = out[i];
    if (given instanceof ndarray && !castAllowed(type, given.dtypeCore, casting ?? 'same_kind')) {
      throw castError(name, `output ${nin + i}`, type, given.dtypeCore, casting ?? 'same_kind');
    }
  });
  // Nothing is written until both fit.
  return [true, false].map((onlyChecked) => results.map((result, i) => {
    const given = out[i] ?? undefined;
    return deliver(name, given === undefined ? arranged(result, order, [result]) : result, given, where, casting, undefined, onlyChecked);
  }))[1] as [ndarray, ndarray];
}

function checkBoth(out1: Out | undefined, out2: Out | undefined, out: readonly [Out, Out] | undefined): void {
  if (out === undefined) return;
  if (out1 || out2) throw new TypeError("cannot specify 'out' as both a positional and keyword argument");
  if (!Array.isArray(out)) throw new TypeError("'out' must be a tuple of arrays");
  if (out.length !== 2) throw outCount();
}

/**
 * The quotient rounded down and its remainder. Source: numpy.divmod.
 * @example
 * np.divmod(7, 2).map(String) // → ['3', '1']
 */
export const divmod = described(routine('divmod', ['x1, x2', ...twoResults], (
  x1: ArrayLike, x2: ArrayLike, ...rest: TwoResults
): [ndarray, ndarray] => {
  const [out1, out2, out, , casting, order, dtype, subok] = rest;
  checkBoth(out1, out2, out);
  const options = { dtype, casting, order, subok };
  const compute = (): [ndarray, ndarray] => [ufuncs.floor_divide(x1, x2, options), ufuncs.remainder(x1, x2, options)];
  return deliverBoth('divmod', 2, watcher === null ? compute() : watcher.within('divmod', compute), ...rest);
}, ufunc), 2, 2, 'bBhHiIlLefd');

/**
 * The fraction and the whole part, both with x's sign. Source: numpy.modf.
 * @example
 * np.modf(2.5).map(String) // → ['0.5', '2.0']
 */
export const modf = described(routine('modf', ['x', ...twoResults], (x: ArrayLike, ...rest: TwoResults): [ndarray, ndarray] => {
  const [out1, out2, out, , casting, order, dtype, subok] = rest;
  checkBoth(out1, out2, out);
  // The whole part as a ufunc gives it, of floats alone.
  if (core.isComplex(asArray(x).dtypeCore)) throw unsupported('modf');
  const whole = ufuncs.trunc(ufuncs.fabs(x, { dtype, casting, order, subok }));
  const array = cast(asArray(x), whole.dtypeCore);
  const signed = ops.copysign<ndarray>(whole, array);
  const fraction = ops.where(ops.isinf<ndarray>(array), 0, ops.sub<ndarray>(array, signed)) as ndarray;
  return deliverBoth('modf', 1, [ops.copysign<ndarray>(fraction, array), signed], ...rest);
}, ufunc), 1, 2, 'efd');

/**
 * Fractions from a half to 1 and the powers of 2, as int32, that they are times. Source: numpy.frexp.
 * @example
 * np.frexp(6).map(String) // → ['0.75', '3']
 */
export const frexp = described(routine('frexp', ['x', ...twoResults], (x: ArrayLike, ...rest: TwoResults): [ndarray, ndarray] => {
  const [out1, out2, out, , casting, order, dtype, subok] = rest;
  checkBoth(out1, out2, out);
  // Both results would have to be of one dtype.
  if (coreOf(dtype) !== undefined) throw new TypeError('No loop matching the specified signature and casting was found for ufunc frexp');
  if (core.isComplex(asArray(x).dtypeCore)) throw unsupported('frexp');
  const { dtypeCore } = ufuncs.fabs(x, { casting, order, subok });
  const both = quietly(() => fractionsAndExponents(cast(asArray(x), dtypeCore))) as [ndarray, ndarray];
  return deliverBoth('frexp', 1, both, ...rest);
}, ufunc), 1, 2, 'efd');

type ClipArguments = [
  a: ArrayLike, a_min?: ArrayLike | null, a_max?: ArrayLike | null, out?: Out, min?: ArrayLike | null, max?: ArrayLike | null,
  where?: ArrayLike, casting?: Casting, order?: MemoryOrder, dtype?: DTypeLike | null, subok?: boolean,
];
const clipped = routine('clip', [
  'a, a_min=None, a_max=None, out: outs = None, *',
  "min=None, max=None, where: array_like = True, casting='same_kind', order='K', dtype=None, subok=True",
], (...[a, a_min, a_max, out, min, max, where, casting, order, dtype]: ClipArguments): ndarray => {
  const given = asArray(a);
  const bounds = [clipBound(a_min ?? min, given.dtypeCore, -1), clipBound(a_max ?? max, given.dtypeCore, 1)].map(
    (bound) => (bound === undefined ? undefined : asOperand(bound)));
  // Numbers take the dtype that all have together.
  const scalars = bounds.filter((bound) => bound !== undefined && !(bound instanceof ndarray)) as Scalar[];
  const arrays = [given, ...bounds].filter((each) => each instanceof ndarray);
  const x = cast(given, commonDType(arrays.map((each) => each.dtypeCore), scalars));
  const options = { dtype, casting, order };
  const [low, high] = bounds;
  // Between two numbers of its own kind it takes one step.
  const plain = (bound: unknown): bound is number => typeof bound === 'number' && (core.isFloating(x.dtypeCore)
    || (core.isInteger(x.dtypeCore) && Number.isInteger(bound) && outOfBounds(bound, x.dtypeCore) === 0));
  if (plain(low) && plain(high) && (dtype ?? casting ?? order ?? null) === null) {
    return deliver('clip', ops.clamp<ndarray>(x, low, high) as ndarray, out ?? undefined, where, casting);
  }
  const raised = low === undefined ? x : ufuncs.maximum(x, low, options);
  const result = high === undefined ? raised : ufuncs.minimum(raised, high, options);
  return deliver('clip', result === x ? ufuncs.positive(x, options) : result, out ?? undefined, where, casting);
});

/**
 * x limited to [min, max]; either may be null. Source: numpy.clip.
 * @example
 * np.clip([-5, 0, 5], -1, 1) // → [-1  0  1]
 */
export const clip = ((...args: Parameters<typeof clipped>): ndarray => {
  const last = args[args.length - 1];
  const options: object = isOptions(last) ? last : {};
  const count = isOptions(last) ? args.length - 1 : args.length;
  const [low, high] = [count > 1 || 'a_min' in options, count > 2 || 'a_max' in options];
  if (low !== high) throw new TypeError(`clip() missing 1 required positional argument: '${low ? 'a_max' : 'a_min'}'`);
  if (low && ('min' in options || 'max' in options)) {
    throw new ValueError('Passing `min` or `max` keyword argument when `a_min` and `a_max` are provided is forbidden.');
  }
  return clipped(...args);
}) as typeof clipped;

/** A bound of clip; undefined where it is left out, or an integer below (-1) or above (1) all that the dtype holds. */
function clipBound(bound: ArrayLike | null | undefined, dtype: core.DType, beyond: -1 | 1): ArrayLike | undefined {
  if (bound === undefined || bound === null) return undefined;
  const integer = typeof bound === 'bigint' || (typeof bound === 'number' && isIntegerLiteral(bound));
  return integer && core.isInteger(dtype) && outOfBounds(bound, dtype) === beyond ? undefined : bound;
}

const rounding = (name: string) => routine(name, 'a, decimals: int = 0, out=None', (
  a: ArrayLike, decimals: number = 0, out?: Out,
): ndarray => rounded(asArray(a), decimals, out ?? undefined));

/**
 * Rounds to a number of decimals (0), halves to even; integers stay integers. Source: numpy.round.
 * @example
 * np.round([1.25, 2.55], 1) // → [1.2 2.6]
 */
export const round = rounding('round');

function rounded(x: ndarray, decimals: number, out?: ndarray): ndarray {
  if (out !== undefined && out.size !== x.size) throw new ValueError('invalid output shape');
  const type = x.dtypeCore;
  if (core.isComplex(type)) {
    const target = out ?? castCopy<ndarray>(x, type);
    // The imaginary part of an array without one takes nothing.
    for (const part of ['real', 'imag'] as const) target[part].set(['...'], rounded(x[part], decimals));
    return target;
  }
  const whole = core.isInteger(type);
  if (whole && decimals >= 0) {
    if (out === undefined) return castCopy(x, type);
    copyto(out, x);
    return out;
  }
  if (decimals === 0) return ufuncs.rint(x, { out });
  // A float, which it is of itself beside what holds fractions.
  const scale = type === core.bool ? asArray(10 ** Math.abs(decimals), core.float64) : 10 ** Math.abs(decimals);
  const [first, second] = decimals > 0 ? [ufuncs.multiply, ufuncs.divide] : [ufuncs.divide, ufuncs.multiply];
  const target = out ?? (core.isFloating(type) ? undefined : castCopy<ndarray>(x, whole ? core.float64 : type));
  const scaled = first(x, scale, target);
  ufuncs.rint(scaled, scaled);
  second(scaled, scale, scaled);
  return out === undefined ? cast(scaled, type) : out;
}

/**
 * Another name of round. Source: numpy.around.
 * @example
 * np.around(1.5) // → 2.0
 */
export const around = rounding('around');
/**
 * Each element without its fraction, as a float. Source: numpy.fix.
 * @example
 * np.fix([-1.5, 1.5]) // → [-1.  1.]
 */
export const fix = routine('fix', 'x, out: outs = None', (x: ArrayLike, out?: Out): ndarray => ufuncs.trunc(x, { out }));

/**
 * The real parts: of an array a view, real ones themselves. Source: numpy.real.
 * @example
 * np.real([1, 2]) // → [1 2]
 */
export const real = routine('real', 'val', (val: ArrayLike): ndarray => asArray(val).real);

/**
 * The imaginary parts: of an array a view, 0 for real ones. Source: numpy.imag.
 * @example
 * np.imag([1, 2]) // → [0 0]
 */
export const imag = routine('imag', 'val', (val: ArrayLike): ndarray => {
  const { imag: part } = asArray(val);
  // A number has one of its own.
  return isScalar(val) ? castCopy(part, part.dtypeCore) : part;
});

/**
 * The real parts where all imaginary ones are closer to 0 than `tol` (100) spacings at 1, or than `tol` itself where that is at most 1.
 * Source: numpy.real_if_close.
 * @example
 * np.real_if_close([new np.Complex(2, 4e-14), new np.Complex(3, 0)], 1000) // → [2. 3.]
 */
export const real_if_close = routine('real_if_close', 'a, tol: float = 100', (a: ArrayLike, tol: number = 100): ndarray => {
  const x = asArray(a);
  if (!core.isComplex(x.dtypeCore)) return x;
  const least = tol > 1 ? Number(finfo(x.dtype).eps) * tol : tol;
  const near = ufuncs.less(ufuncs.absolute(x.imag), least);
  return elementAt(all<ndarray>(near, allAxes(near)), 0) === true ? x.real : x;
});

/**
 * The angle of complex numbers in radians. Source: numpy.angle.
 * @example
 * np.angle(new np.Complex(0, 1)) // → 1.5707963267948966
 */
export const angle = routine('angle', 'z, deg=False', (z: ArrayLike, deg: boolean = false): ndarray => {
  const x = asArray(z);
  // The imaginary part of a boolean is an integer zero.
  const result = ufuncs.arctan2(x.imag, x.dtypeCore === core.bool ? cast(x, core.int64) : x.real);
  return deg ? ufuncs.multiply(result, 180 / Math.PI) : result;
});

/**
 * Whether numbers have an imaginary part of 0. Source: numpy.isreal.
 * @example
 * np.isreal([1, 2]) // → [ True  True]
 */
export const isreal = routine('isreal', 'x', (x: ArrayLike): ndarray => ufuncs.equal(asArray(x).imag, 0));

/**
 * Whether numbers have an imaginary part other than 0. Source: numpy.iscomplex.
 * @example
 * np.iscomplex([1, 2]) // → [False False]
 */
export const iscomplex = routine('iscomplex', 'x', (x: ArrayLike): ndarray => ufuncs.not_equal(asArray(x).imag, 0));
