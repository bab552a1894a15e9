import { record } from '../autograd/tape.ts';
import type { ArgReduction, Reduction, Scan } from '../backend/backend.ts';
import { backendOf } from '../backend/select.ts';
import { bool, int64, isComplex } from '../core/dtype.ts';
import { ValueError } from '../core/errors.ts';
import { contiguousLayout, sameShape } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { emptyLike } from './dispatch.ts';
import { fullLike } from './creation.ts';
import { broadcastTo, concatenate, permute, reshapeTo, sliceAxis } from './movement.ts';
import { conjugate, div, mul, sub } from './pointwise/arithmetic.ts';
import { eq } from './pointwise/comparison.ts';

/** Reductions over `axes`, which are sorted and distinct; the reduced axes stay with extent 1 where `keepdims`. */

export function keptShape(shape: readonly number[], axes: readonly number[], keepdims: boolean): number[] {
  return keepdims ? shape.map((extent, axis) => (axes.includes(axis) ? 1 : extent)) : shape.filter((_, axis) => !axes.includes(axis));
}

export function countOf(shape: readonly number[], axes: readonly number[]): number {
  return axes.reduce((count, axis) => count * shape[axis], 1);
}

function run<A extends StridedArray>(kind: Reduction, x: A, axes: readonly number[], keepdims: boolean): A {
  const { shape } = x.geometry;
  const dtype = kind === 'any' || kind === 'all' ? bool : x.dtypeCore;
  const out = emptyLike(x, contiguousLayout(keptShape(shape, axes, false)), dtype);
  backendOf(x.storage.device).reduce(kind, x, axes, out);
  return keepdims ? reshapeTo(out, keptShape(shape, axes, true)) : out;
}

/** A reduced result back over the shape that it was reduced from. */
function spread<A extends StridedArray>(g: A, shape: readonly number[], axes: readonly number[]): A {
  return broadcastTo(reshapeTo(g, keptShape(shape, axes, true)), shape);
}

/** The sum. Without axes it is named as PyTorch names a full sum. */
export function sum<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false, name?: string): A {
  const { shape } = x.geometry;
  const out = run('sum', x, axes, keepdims);
  return record(out, name ?? (axes.length === shape.length ? 'SumBackward0' : 'SumBackward1'), [x],
    [(g) => spread(g, shape, axes)]);
}

/** Sums over the axes that broadcasting to `g`'s shape repeated: the adjoint of broadcasting. */
export function sumTo<A extends StridedArray>(g: A, shape: readonly number[]): A {
  const from = g.geometry.shape;
  if (sameShape(from, shape)) return g;
  const lead = from.length - shape.length;
  const axes = from.map((_, axis) => axis)
    .filter((axis) => axis < lead || (shape[axis - lead] === 1 && from[axis] !== 1));
  return reshapeTo(sum(g, axes, false), shape);
}

/** The mean: the sum divided by the count, in the array's own (floating) dtype. */
export function mean<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false, name?: string): A {
  const { shape } = x.geometry;
  const count = countOf(shape, axes);
  const total = run('sum', x, axes, keepdims);
  const out = div(total, count);
  return record(out, name ?? (axes.length === shape.length ? 'MeanBackward0' : 'MeanBackward1'), [x],
    [(g) => div(spread(g, shape, axes), count)]);
}

/** Mean squared distance from the mean, with the count lowered by `correction`. Real for complex arrays. */
export function variance<A extends StridedArray>(x: A, axes: readonly number[], keepdims: boolean, correction: number): A {
  const { shape } = x.geometry;
  const divisor = Math.max(countOf(shape, axes) - correction, 0);
  const deviation = sub(x, mean(x, axes, true));
  const squares = isComplex(x.dtypeCore) ? mul(deviation, conjugate(deviation)) : mul(deviation, deviation);
  return div(sum(squares, axes, keepdims, 'VarBackward0'), divisor);
}

/** The product. Its gradient leaves each element out in turn, so zeros need no special case. */
export function prod<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false): A {
  const { shape } = x.geometry;
  const out = run('prod', x, axes, keepdims);
  return record(out, axes.length === shape.length ? 'ProdBackward0' : 'ProdBackward1', [x], [
    (g, { x: saved }: { x: A }) => mul(spread(g as A, shape, axes), conjugated(productOfOthers(saved, axes))),
  ], { x });
}

function conjugated<A extends StridedArray>(x: A): A {
  return isComplex(x.dtypeCore) ? conjugate(x) : x;
}

/**
 * For each element the product of all others: a running product from the left times one from the right, both shifted by
 * one. Products over several axes are taken over one axis that joins them.
 */
function productOfOthers<A extends StridedArray>(x: A, axes: readonly number[]): A {
  const { shape } = x.geometry;
  const kept = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const order = [...kept, ...axes];
  const front = kept.map((axis) => shape[axis]);
  const joined = reshapeTo(permute(x, order), [...front, countOf(shape, axes)]);
  const last = front.length;
  const extent = joined.geometry.shape[last];
  const one = fullLike(sliceAxis(joined, last, 0, Math.min(1, extent)), 1);
  const before = (part: A): A => concatenate([one, sliceAxis(cumprod(part, last), last, 0, Math.max(extent - 1, 0))], last) as A;
  const others = mul(before(joined), flip(before(flip(joined, last)), last));
  const inverse = order.map((_, axis) => order.indexOf(axis));
  return permute(reshapeTo(others, order.map((axis) => shape[axis])), inverse);
}

export function any<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false): A {
  return run('any', x, axes, keepdims);
}

export function all<A extends StridedArray>(x: A, axes: readonly number[], keepdims = false): A {
  return run('all', x, axes, keepdims);
}

/** The extreme; where several elements share it, they share the gradient (amax, amin). */
export function extreme<A extends StridedArray>(kind: 'min' | 'max', x: A, axes: readonly number[], keepdims = false, name?: string): A {
  const { shape } = x.geometry;
  if (countOf(shape, axes) === 0 && x.geometry.size === 0) {
    throw new ValueError(`zero-size array to reduction operation ${kind === 'min' ? 'minimum' : 'maximum'} which has no identity`);
  }
  const out = run(kind, x, axes, keepdims);
  return record(out, name ?? (kind === 'max' ? 'AmaxBackward0' : 'AminBackward0'), [x], [
    (g, saved: { x: A; out: A }) => {
      const hits = cast(eq(saved.x, spread(saved.out, shape, axes)), (g as A).dtypeCore) as A;
      return mul(div(hits, sum(hits, axes, true)), spread(g as A, shape, axes));
    },
  ], { x, out });
}

/** Position of the first extreme along one axis. */
export function argExtreme<A extends StridedArray>(kind: ArgReduction, x: A, axis: number, keepdims = false): A {
  const { shape } = x.geometry;
  if (shape[axis] === 0) throw new ValueError(`attempt to get ${kind} of an empty sequence`);
  const out = emptyLike(x, contiguousLayout(keptShape(shape, [axis], false)), int64);
  backendOf(x.storage.device).argReduce(kind, x, axis, out);
  return keepdims ? reshapeTo(out, keptShape(shape, [axis], true)) : out;
}

function runScan<A extends StridedArray>(kind: Scan, x: A, axis: number): A {
  const out = emptyLike(x, contiguousLayout(x.geometry.shape));
  backendOf(x.storage.device).scan(kind, x, axis, out);
  return out;
}

function flip<A extends StridedArray>(x: A, axis: number): A {
  const extent = x.geometry.shape[axis];
  return sliceAxis(x, axis, extent - 1, extent, -1, 'FlipBackward0');
}

export function cumsum<A extends StridedArray>(x: A, axis: number): A {
  return record(runScan('cumsum', x, axis), 'CumsumBackward0', [x], [(g) => flip(cumsum(flip(g, axis), axis), axis)]);
}

/** Running product. Its gradient takes a pass for each place along the axis, which is exact for any zeros. */
export function cumprod<A extends StridedArray>(x: A, axis: number): A {
  return record(runScan('cumprod', x, axis), 'CumprodBackward0', [x], [
    (g, saved: { x: A }) => cumprodGradient(g as A, saved.x, axis),
  ], { x });
}

/** Sum over k ≥ i of g[k] · (product of x[0..k] without x[i]), one row of products for each i: exact for any zeros. */
function cumprodGradient<A extends StridedArray>(g: A, x: A, axis: number): A {
  const extent = x.geometry.shape[axis];
  const columns: A[] = [];
  for (let i = 0; i < extent; i++) {
    const rest = sliceAxis(x, axis, i + 1, extent - i - 1);
    const head = i === 0 ? fullLike(sliceAxis(x, axis, 0, 1), 1) : prod(sliceAxis(x, axis, 0, i), [axis], true);
    const products = mul(cumprod(concatenate([fullLike(head, 1), rest], axis) as A, axis), head);
    columns.push(sum(mul(sliceAxis(g, axis, i, extent - i), conjugated(products)), [axis], true));
  }
  return columns.length === 0 ? g : concatenate(columns, axis) as A;
}

/** Running extreme; no gradient. */
export function cumulativeExtreme<A extends StridedArray>(kind: 'cummax' | 'cummin', x: A, axis: number): A {
  return runScan(kind, x, axis);
}
