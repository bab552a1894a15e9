import type { Kernel } from '../backend/kernels.ts';
import type { HalfDType } from '../core/dtype.ts';
import { dtypeNamed, isComplex, isHalf } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { realView } from './components.ts';
import { reshapeTo } from './movement.ts';
import { add, conj, div, mul, sub } from './pointwise/arithmetic.ts';
import { isinf, where } from './pointwise/comparison.ts';
import { exp, log } from './pointwise/elementary.ts';
import { floats, inexact } from './pointwise/row.ts';
import type { AxesParams } from './reduce.ts';
import { countOf, extreme, keptShape, sum } from './reduce.ts';
import type { AxisParams, ResultSpec } from './registry/op.ts';
import { likeFirst, structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Exponentials and their sums, shifted so that none overflows. */

declare module '../backend/kernels.ts' {
  interface Kernels {
    softmax: Kernel<AxisParams>;
    logSoftmax: Kernel<LogSoftmaxParams>;
  }
}

type One = readonly [StridedArray];

const sameAs = (operands: One, _: AxisParams): readonly ResultSpec[] => likeFirst(operands);

/** The one axis; an array without axes is a line of one element. */
const lineOf = ({ geometry: { shape } }: StridedArray, { axis }: AxisParams): readonly number[] => (shape.length === 0 ? [] : [axis]);

const softmaxOp = structural({
  name: 'softmax', args: ['x'], dtypes: floats, results: sameAs,
  composite: ([x], params) => {
    const axes = lineOf(x, params);
    if (x.geometry.size === 0) return [exp(x)];
    const powers = exp(sub(x, extreme('max', x, axes, true)));
    return [div(powers, sum(powers, axes, true), powers)];
  },
  saves: ['out'],
  vjp: {
    x: (g, { out }, params) => {
      const weighted = mul(g, out);
      return sub(weighted, mul(out, sum(weighted, lineOf(out, params), true)));
    },
  },
});

/** exp(x) over its sum along an axis. */
export function softmax<A extends StridedArray>(x: A, axis: number): A {
  return run(softmaxOp, [x], { axis })[0];
}

interface LogSoftmaxParams extends AxisParams {
  /** The half floats that sums and their logarithms are rounded to on the way; null where they are not. */
  readonly sums: HalfDType['name'] | null;
}

const through = <A extends StridedArray>(x: A, name: HalfDType['name'] | null): A =>
  (name === null ? x : cast(cast(x, dtypeNamed(name)!), x.dtypeCore));

const logSoftmaxOp = structural({
  name: 'logSoftmax', args: ['x'], dtypes: floats, results: (operands: One, params: LogSoftmaxParams) => sameAs(operands, params),
  composite: ([x], params) => {
    const axes = lineOf(x, params);
    if (x.geometry.size === 0) return [exp(x)];
    const shifted = sub(x, extreme('max', x, axes, true));
    const total = through(sum(exp(shifted), axes, true), params.sums);
    return [sub(shifted, through(log(total, total), params.sums), shifted)];
  },
  saves: ['out'],
  vjp: { x: (g, { out }, params) => sub(g, mul(exp(out), sum(g, lineOf(out, params), true))) },
});

/** The logarithm of softmax. As in PyTorch the sums along the last axis are kept in the array's own dtype, others in float32. */
export function logSoftmax<A extends StridedArray>(x: A, axis: number): A {
  const { dtypeCore: dtype, geometry: { shape } } = x;
  const sums = isHalf(dtype) && axis >= shape.length - 1 ? dtype.name : null;
  return run(logSoftmaxOp, [x], { axis, sums })[0];
}

/** An array with 0 for infinities, which taken from themselves would give NaN. */
const finite = (x: StridedArray): StridedArray => where(isinf(x), 0, x) as StridedArray;

const logSumExpOp = structural({
  name: 'logSumExp', args: ['x'], dtypes: inexact,
  results: ([x]: One, { axes, keepdims }: AxesParams) =>
    [{ shape: keptShape(x.geometry.shape, axes, keepdims), dtype: x.dtypeCore }],
  composite: ([x], { axes, keepdims }) => {
    const { dtypeCore: type } = x;
    // Of no elements there is no peak, nor a need of one.
    const peak = countOf(x.geometry.shape, axes) === 0 ? 0
      : cast(finite(extreme('max', isComplex(type) ? realView(x) : x, axes, true)), type);
    const total = add(log(sum(exp(sub(x, peak)), axes, true)), peak);
    return [reshapeTo(total, keptShape(x.geometry.shape, axes, keepdims))];
  },
  saves: ['x', 'out'],
  vjp: {
    x: (g, { x, out }, { axes }) => {
      const kept = keptShape(x.geometry.shape, axes, true);
      return mul(conj(exp(sub(x, reshapeTo(out, kept)))), reshapeTo(g, kept));
    },
  },
  gradName: 'LogsumexpBackward0',
});

/** log(sum(exp(x))) over axes. */
export function logSumExp<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false): A {
  return run(logSumExpOp, [x], { axes, keepdims })[0];
}
