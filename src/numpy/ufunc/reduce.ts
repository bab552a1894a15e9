import type { Scalar } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { ValueError, noIdentity, remappedError, shapeText } from '../../core/errors.ts';
import { broadcastPair, sameShape } from '../../core/layout.ts';
import { isLarge } from '../../core/parts.ts';
import { cast } from '../../ops/cast.ts';
import { full } from '../../ops/creation.ts';
import { broadcastTo, normalizeAxes, normalizeAxis, reshapeTo } from '../../ops/movement.ts';
import { inParts } from '../../ops/parts.ts';
import * as ops from '../../ops/pointwise/index.ts';
import * as reduce from '../../ops/reduce.ts';
import type { Reduction } from '../../ops/reduce.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { checkCast, promote } from '../dtypes/promotion.ts';
import { axesOf } from '../arguments/options.ts';
import { watcher } from './errorState.ts';
import { deliver, maskOf } from './ufunc.ts';

/** Reductions with NumPy's dtype rules and options. */

export { maskOf };

export type Axis = number | readonly number[] | null;

export interface ReduceOptions {
  /** The axis or axes to reduce; all of them if left out. */
  axis?: Axis;
  /** The dtype of the computation and its result. */
  dtype?: DTypeLike | null;
  out?: ndarray | null;
  /** Whether reduced axes stay, with extent 1. */
  keepdims?: boolean;
  /** Starts the reduction. */
  initial?: ArrayLike;
  /** Which elements take part. */
  where?: ArrayLike | null;
}

interface Kind {
  /** The ufunc in NumPy's errors. */
  readonly ufunc: string;
  readonly combine: (a: ndarray, b: ndarray) => ndarray;
  /** The value of no elements; null where there is none. */
  readonly identity: number | boolean | null;
}

const kinds: Readonly<Record<Reduction, Kind>> = {
  sum: { ufunc: 'add', combine: (a, b) => ops.add<ndarray>(a, b), identity: 0 },
  prod: { ufunc: 'multiply', combine: (a, b) => ops.mul<ndarray>(a, b), identity: 1 },
  min: { ufunc: 'minimum', combine: (a, b) => extremeOf(a, b, ops.minimum, ops.le), identity: null },
  max: { ufunc: 'maximum', combine: (a, b) => extremeOf(a, b, ops.maximum, ops.ge), identity: null },
  any: { ufunc: 'logical_or', combine: (a, b) => ops.logicalOr<ndarray>(a, b), identity: false },
  all: { ufunc: 'logical_and', combine: (a, b) => ops.logicalAnd<ndarray>(a, b), identity: true },
};

/** The value of no elements; null where there is none. */
export const identityOf = (kind: Reduction): number | boolean | null => kinds[kind].identity;

function extremeOf(a: ndarray, b: ndarray, real: typeof ops.minimum, compare: typeof ops.le): ndarray {
  if (!core.isComplex(a.dtypeCore)) return real<ndarray>(a, b);
  return ops.where(ops.logicalOr<ndarray>(compare<ndarray>(a, b), ops.isnan<ndarray>(a)), a, b) as ndarray;
}

/** Sorted axes, of what is no ufunc's reduction. */
export const axesWithin = (axis: Axis | undefined, ndim: number): number[] => normalizeAxes(axesOf(axis), ndim);

/** Sorted axes to reduce; an array of no dimensions has axis 0 as well, which is no tuple, as in NumPy. */
export function reducedAxes(axis: Axis | undefined, ndim: number): number[] {
  return ndim === 0 && (axis === 0 || axis === -1) ? [] : axesWithin(axis, ndim);
}

/** The dtype that sums and products are taken in: small integers widen. */
export function accumulatorDType(dtype: DType): DType {
  if (dtype.kind === 'bool' || dtype.kind === 'int') return core.int64;
  return dtype.kind === 'uint' ? core.uint64 : dtype;
}

/** A shape with new axes, which NumPy leaves out in front. */
export function remappedText(shape: readonly number[]): string {
  const first = shape.findIndex((extent) => extent >= 0);
  const shown = first < 0 ? [] : shape.slice(first).map((extent) => (extent < 0 ? 'newaxis' : extent));
  return `(${shown.join(',')}${shape.length === 1 && shown.length === 1 ? ',' : ''})`;
}

/** Leaves a result in `out` where one is given; `from` is what was reduced. */
export function finish(
  ufunc: string, result: ndarray, out: ndarray | null | undefined, from?: { shape: readonly number[]; axes: readonly number[] },
): ndarray {
  if (out === undefined || out === null) return result;
  if (!(out instanceof ndarray)) throw new TypeError('output must be an array');
  if (out.ndim !== result.ndim) {
    throw new ValueError(
      `output parameter for reduction operation ${ufunc} has the wrong number of dimensions: `
      + `Found ${out.ndim} but expected ${result.ndim}`);
  }
  if (!sameShape(out.shape, result.shape)) {
    let next = 0;
    const remapped = (from?.shape ?? result.shape).map((_, axis) => (from?.axes.includes(axis) ? -1 : out.shape[next++]));
    throw remappedError(
      `${shapeText(out.shape)}->${remappedText(remapped)} ${shapeText(from?.shape ?? result.shape)}`
      + `${from === undefined ? `->${shapeText(result.shape)}` : ''} `);
  }
  return deliver(ufunc, result, out, undefined, 'unsafe');
}

/** Leaves what is found by position in `out`, which must be of its shape and of a dtype that its own holds. */
export function fitted(name: string, result: ndarray, out: ndarray | null | undefined): ndarray {
  if (!out) return result;
  if (!sameShape(out.shape, result.shape)) throw new ValueError(`output array does not match result of ${name}`);
  checkCast(out.dtypeCore, result.dtypeCore, 'safe', result.ndim === 0 ? 'scalar' : undefined);
  return deliver(name, result, out, undefined, 'unsafe');
}

function extremes(kind: 'min' | 'max', x: ndarray, axes: readonly number[], keepdims: boolean): ndarray {
  if (x.dtypeCore !== core.bool) return reduce.extreme<ndarray>(kind, x, axes, keepdims);
  if (x.size === 0 && reduce.countOf(x.shape, axes) === 0) {
    throw noIdentity(kinds[kind].ufunc);
  }
  return kind === 'min' ? reduce.all<ndarray>(x, axes, keepdims) : reduce.any<ndarray>(x, axes, keepdims);
}

function run(kind: Reduction, x: ndarray, axes: readonly number[], keepdims: boolean): ndarray {
  switch (kind) {
    case 'sum': return reduce.sum<ndarray>(x, axes, keepdims);
    case 'prod': return reduce.prod<ndarray>(x, axes, keepdims);
    case 'any': return reduce.any<ndarray>(x, axes, keepdims);
    case 'all': return reduce.all<ndarray>(x, axes, keepdims);
    default: return extremes(kind, x, axes, keepdims);
  }
}

/** The reduction in a dtype of the elements that a mask leaves, in whose place there is `rest`. */
function masked(
  kind: Reduction, given: ndarray, mask: ndarray | null, rest: Scalar | ndarray | undefined, dtype: DType, axes: readonly number[],
  keepdims: boolean,
): ndarray {
  const logical = kind === 'any' || kind === 'all';
  const prepared = (part: ndarray, among: ndarray | null): ndarray => {
    const x = cast(part, dtype);
    return among === null ? x : ops.where(among, logical ? cast(x, core.bool) : x, rest!) as ndarray;
  };
  if (!isLarge(given, dtype)) {
    const x = prepared(given, mask);
    const result = run(kind, x, axes, keepdims);
    if (x !== given) x.storage.free();
    return result;
  }
  const { combine } = kinds[kind];
  if (mask === null) return reduce.foldAs(given, dtype, axes, keepdims, (part, over, keep) => run(kind, part, over, keep), combine);
  const [result] = inParts([given, broadcastTo<ndarray>(mask, given.shape)], axes, dtype, ([part, among]) =>
    [run(kind, prepared(part, among), axes, true)], ([first], [second]) => [combine(first, second)]);
  return reshapeTo(result, reduce.keptShape(given.shape, axes, keepdims));
}

/** The dtype of a reduction that names none: that of the ufunc's result for what it is written into and what is reduced. */
export function reductionType(given: DType, out: ndarray | null | undefined, summing: boolean): DType {
  return out instanceof ndarray ? promote(out.dtypeCore, given) : summing ? accumulatorDType(given) : given;
}

/** A mask may repeat over what is reduced, and not the other way round. */
function checkMaskShape(mask: readonly number[], shape: readonly number[]): void {
  if (mask.length > shape.length) throw new ValueError('input operand has more dimensions than allowed by the axis remapping');
  const full = broadcastPair(shape, mask);
  if (full === null) {
    throw remappedError(`${shapeText(shape)} ${shapeText(mask)} `);
  }
  if (!sameShape(full, shape)) {
    throw new ValueError(
      `non-broadcastable operand with shape ${shapeText(shape)} doesn't match the broadcast shape ${shapeText(full)}`);
  }
}

/** One reduction with all of NumPy's options. */
export function reduction(kind: Reduction, a: ArrayLike, options: ReduceOptions): ndarray {
  const { ufunc, identity, combine } = kinds[kind];
  const given = asArray(a);
  const summing = kind === 'sum' || kind === 'prod';
  const logical = kind === 'any' || kind === 'all';
  const wanted = coreOf(options.dtype) ?? reductionType(given.dtypeCore, options.out, summing);
  const axes = reducedAxes(options.axis, given.ndim);
  const type = logical ? given.dtypeCore : wanted;
  const keepdims = options.keepdims ?? false;
  const mask = maskOf(options.where);
  if (mask !== null) {
    checkMaskShape(mask.shape, given.shape);
    if (identity === null && options.initial === undefined) {
      throw new ValueError(
        `reduction operation '${ufunc}' does not have an identity, so to use a where mask one has to specify 'initial'`);
    }
  }
  const initial = options.initial === undefined ? undefined : asArray(options.initial, logical ? core.bool : wanted);
  if (initial !== undefined && initial.ndim > 0) throw new TypeError('`initial` must be a single value');
  let result: ndarray;
  if (identity === null && initial !== undefined && given.size === 0 && reduce.countOf(given.shape, axes) === 0) {
    result = full(ndarray, reduce.keptShape(given.shape, axes, keepdims), initial.item(), wanted, given.storage.device);
  } else {
    result = masked(kind, given, mask, identity ?? initial, type, axes, keepdims);
    if (initial !== undefined) result = combine(result, initial);
  }
  if (watcher !== null && summing) watcher.folded('reduce', given, result, axes);
  return finish(ufunc, result, options.out, keepdims ? undefined : { shape: given.shape, axes });
}

export interface ScanOptions {
  axis?: number | null;
  dtype?: DTypeLike | null;
  out?: ndarray | null;
}

/** A running reduction along one axis; of the flattened array where none is named. */
export function scan(kind: 'cumsum' | 'cumprod' | 'cummax' | 'cummin', a: ArrayLike, options: ScanOptions): ndarray {
  const given = asArray(a);
  const summing = kind === 'cumsum' || kind === 'cumprod';
  const dtype = coreOf(options.dtype) ?? reductionType(given.dtypeCore, options.out, summing);
  const flat = options.axis === undefined || options.axis === null;
  const shaped = flat ? reshapeTo(given, [given.size]) : given.ndim === 0 ? reshapeTo(given, [1]) : given;
  const axis = flat ? 0 : normalizeAxis(options.axis as number, shaped.ndim);
  const x = cast(shaped, dtype);
  const result = kind === 'cumsum' ? reduce.cumsum<ndarray>(x, axis) : kind === 'cumprod' ? reduce.cumprod<ndarray>(x, axis)
    : reduce.cumulativeExtreme<ndarray>(kind, x, axis);
  if (watcher !== null && summing) watcher.folded('accumulate', x, result, [axis]);
  return finish(summing ? (kind === 'cumsum' ? 'add' : 'multiply') : kind, result, options.out);
}
