import type { DType } from '../../src/core/dtype.ts';
import { bool, complex128, float64, int64 } from '../../src/core/dtype.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import * as casts from '../../src/ops/cast.ts';
import * as components from '../../src/ops/components.ts';
import * as indexing from '../../src/ops/indexing.ts';
import * as products from '../../src/ops/matmul.ts';
import * as movement from '../../src/ops/movement.ts';
import * as copies from '../../src/ops/copies.ts';
import * as vectors from '../../src/ops/vectors.ts';
import * as reduce from '../../src/ops/reduce.ts';
import * as sorting from '../../src/ops/sort.ts';
import * as views from '../../src/ops/views.ts';
import { mul } from '../../src/ops/pointwise/index.ts';
import type { Differentiable, Input } from './numericGradient.ts';

/** Calls with gradients of every op that is not pointwise, or its place among those that have none. */

const modules = { casts, components, indexing, products, movement, copies, vectors, reduce, sorting, views };

function input(shape: readonly number[], salt = 0, dtype: DType = float64): Input {
  const count = shape.reduce((product, extent) => product * extent, 1) * dtype.components;
  return { shape, values: Array.from({ length: count }, (_, i) => 1.6 * Math.sin(2.399 * i + 1.3 * salt + 0.4) + 0.05 * i), dtype };
}

const indices = (values: readonly number[], shape: readonly number[] = [values.length]): Input =>
  ({ shape, values: values.map(BigInt) as unknown as number[], dtype: int64, differentiable: false });
const mask = (values: readonly number[]): Input => ({ shape: [values.length], values, dtype: bool, differentiable: false });

export interface Case {
  readonly f: Differentiable;
  readonly inputs: readonly Input[];
}

/** In-place ops are tried on a copy, whose own history must go on through them. */
const onCopy = (f: (target: StridedArray, ...rest: StridedArray[]) => void): Differentiable => (x, ...rest) => {
  const target = mul(x, 1.5);
  f(target, ...rest);
  return mul(target, target);
};

const matrix = input([3, 4]);
export const cases: Readonly<Record<string, readonly Case[]>> = {
  cast: [{ f: (x) => casts.cast(casts.cast(x, complex128), float64), inputs: [matrix] }],
  castCopy: [{ f: (x) => casts.castCopy(x, float64), inputs: [matrix] }],
  castGradient: [{ f: (x) => casts.castGradient(x, complex128), inputs: [matrix] }],
  realView: [{ f: (x) => components.realView(x), inputs: [input([3], 1, complex128)] }],
  imagView: [{ f: (x) => components.imagView(x), inputs: [input([3], 1, complex128)] }],

  partsView: [{ f: (x) => views.partsView(x), inputs: [input([3], 1, complex128)] }],
  complexView: [{ f: (x) => views.complexView(x), inputs: [input([3, 2], 1)] }],

  matmul: [
    { f: (a, b) => products.matmul(a, b), inputs: [input([3, 4]), input([4, 2], 1)] },
    { f: (a, b) => products.matmul(a, b), inputs: [input([4]), input([4, 2], 1)] },
    { f: (a, b) => products.matmul(a, b), inputs: [input([2, 3, 4]), input([4], 1)] },
    { f: (a, b) => products.matmul(a, b), inputs: [input([2, 1, 2, 3]), input([3, 3, 2], 1)] },
    { f: (a, b) => products.matmul(a, b), inputs: [input([2, 3], 0, complex128), input([3, 2], 1, complex128)] },
  ],
  matrixProduct: [{ f: (a, b) => products.matrixProduct(a, b, 'MmBackward0'), inputs: [input([3, 4]), input([4, 2], 1)] }],
  addmm: [
    { f: (c, a, b) => products.addmm(c, a, b), inputs: [input([2]), input([3, 4], 1), input([4, 2], 2)] },
    { f: (c, a, b) => products.addmm(c, a, b, 0.5, 2), inputs: [input([3, 1]), input([3, 4], 1), input([4, 2], 2)] },
  ],

  matrixVector: [{ f: (a, b) => vectors.matrixVector(a, b), inputs: [input([3, 4]), input([4], 1)] }],
  innerProduct: [{ f: (a, b) => vectors.innerProduct(a, b), inputs: [input([4]), input([4], 1)] }],

  asStrided: [],
  broadcastTo: [{ f: (x) => movement.broadcastTo(x, [2, 3, 4]), inputs: [input([3, 1])] }],
  clone: [{ f: (x) => movement.clone(x), inputs: [matrix] }],
  concatenate: [{ f: (x, y) => movement.concatenate([x, y, x], 1), inputs: [matrix, input([3, 2], 1)] }],
  contiguous: [{ f: (x) => movement.contiguous(movement.permute(x, [1, 0])), inputs: [matrix] }],
  copyFrom: [{ f: onCopy((x, y) => movement.copyFrom(x, y)), inputs: [matrix, input([4], 1)] }],
  embed: [{ f: (x) => movement.embed(x, [5, 4], (zeros) => movement.sliceAxis(zeros, 0, 1, 3)), inputs: [matrix] }],
  fillWith: [{ f: onCopy((x) => movement.fillWith(x, 3)), inputs: [matrix] }],
  permute: [{ f: (x) => movement.permute(x, [2, 0, 1]), inputs: [input([2, 3, 2])] }],
  reshapeTo: [
    { f: (x) => movement.reshapeTo(x, [2, 6]), inputs: [matrix] },
    { f: (x) => movement.reshapeTo(movement.permute(x, [1, 0]), [2, 6]), inputs: [matrix] },
  ],
  sliceAxis: [{ f: (x) => movement.sliceAxis(x, 1, 3, 2, -2), inputs: [matrix] }],
  squeeze: [{ f: (x) => movement.squeeze(x, [0, 2]), inputs: [input([1, 3, 1])] }],
  swapAxes: [{ f: (x) => movement.swapAxes(x, 0, 1), inputs: [matrix] }],
  tryView: [{ f: (x) => movement.tryView(x, [12])!, inputs: [matrix] }],
  unsqueeze: [{ f: (x) => movement.unsqueeze(x, 1), inputs: [matrix] }],

  cumprod: [
    { f: (x) => reduce.cumprod(x, 1), inputs: [matrix] },
    { f: (x) => reduce.cumprod(x, 0), inputs: [{ shape: [4], values: [1.5, 0, -0.7, 2] }] },
  ],
  cumsum: [{ f: (x) => reduce.cumsum(x, 0), inputs: [matrix] }],
  extreme: [
    { f: (x) => reduce.extreme('max', x, [1]), inputs: [matrix] },
    { f: (x) => reduce.extreme('min', x, [0, 1]), inputs: [matrix] },
  ],
  mean: [{ f: (x) => reduce.mean(x, [0]), inputs: [matrix] }, { f: (x) => reduce.mean(x, [0, 1], true), inputs: [matrix] }],
  prod: [
    { f: (x) => reduce.prod(x, [1]), inputs: [matrix] },
    { f: (x) => reduce.prod(x, [0, 2], true), inputs: [input([2, 2, 3])] },
    { f: (x) => reduce.prod(x, [0]), inputs: [{ shape: [4], values: [1.5, 0, -0.7, 2] }] },
  ],
  sum: [
    { f: (x) => reduce.sum(x, [0, 1]), inputs: [matrix] }, { f: (x) => reduce.sum(x, [1], true), inputs: [matrix] },
    { f: (x) => reduce.sum(x, [0]), inputs: [input([3, 2], 0, complex128)] },
  ],
  sumTo: [{ f: (x) => reduce.sumTo(x, [3, 1]), inputs: [input([2, 3, 4])] }],
  variance: [
    { f: (x) => reduce.variance(x, [1], false, 1), inputs: [matrix] },
    { f: (x) => reduce.variance(x, [0, 1], true, 0), inputs: [matrix] },
    { f: (x) => casts.cast(reduce.variance(x, [0], false, 1), complex128), inputs: [input([4], 0, complex128)] },
  ],

  index: [
    { f: (x) => indexing.index(x, ['1:', '::2'], 'torch'), inputs: [matrix] },
    { f: (x) => indexing.index(x, [[0, 2, 0], [1, 1, 3]], 'torch'), inputs: [matrix] },
    { f: (x, m) => indexing.index(x, [m], 'torch'), inputs: [matrix, mask([1, 0, 1])] },
    { f: (x) => indexing.index(x, [1, null, '...'], 'torch'), inputs: [matrix] },
  ],
  assign: [
    { f: onCopy((x, y) => indexing.assign(x, ['1:', 0], y, 'torch')), inputs: [matrix, input([2], 1)] },
    { f: onCopy((x, y) => indexing.assign(x, [[0, 2]], y, 'torch')), inputs: [matrix, input([2, 4], 1)] },
    { f: onCopy((x, m) => indexing.assign(x, [m], 0, 'torch')), inputs: [matrix, mask([1, 0, 1])] },
  ],
  gatherAlong: [{ f: (x, i) => indexing.gatherAlong(x, 1, i, 'torch'), inputs: [matrix, indices([0, 3, 3, 1, 2, 0], [3, 2])] }],
  scatterAlong: [
    { f: (x, i, y) => indexing.scatterAlong(x, 1, i, y, 'torch'), inputs: [matrix, indices([0, 3, 3, 1, 2, 0], [3, 2]), input([3, 2], 1)] },
    {
      f: (x, i, y) => indexing.scatterAlong(x, 1, i, y, 'torch', { accumulate: true }),
      inputs: [matrix, indices([0, 0, 3, 1, 2, 2], [3, 2]), input([3, 2], 1)],
    },
  ],
  indexSelect: [{ f: (x, i) => indexing.indexSelect(x, 1, i), inputs: [matrix, indices([3, 0, 3])] }],
  maskedSelect: [{ f: (x, m) => indexing.maskedSelect(x, m), inputs: [input([3]), mask([1, 0, 1])] }],
  maskedFill: [{ f: (x, m) => indexing.maskedFill(x, m, 2), inputs: [input([3]), mask([1, 0, 1])] }],
  take: [{ f: (x, i) => indexing.take(x, i, 1, 'numpy'), inputs: [matrix, indices([3, 0, 3])] }],

  diagonalMatrix: [{ f: (x) => copies.diagonalMatrix(x, 1, 0, 1), inputs: [input([3])] }],
  flip: [{ f: (x) => copies.flip(x, [0]), inputs: [matrix] }],
  roll: [{ f: (x) => copies.roll(x, [1], [1]), inputs: [matrix] }],
  stack: [{ f: (x, y) => copies.stack([x, y], 1), inputs: [matrix, input([3, 4], 1)] }],
  tile: [{ f: (x) => copies.tile(x, [2, 1]), inputs: [matrix] }],
  triangle: [{ f: (x) => copies.triangle(x, 'lower', 0), inputs: [matrix] }],

  sort: [{ f: (x) => sorting.sort(x, 1), inputs: [matrix] }],
  sortWithIndices: [{ f: (x) => sorting.sortWithIndices(x, 1).values, inputs: [matrix] }],

  diagonalView: [{ f: (x) => views.diagonalView(x, 1, 0, 1), inputs: [matrix] }],
  selectAxis: [{ f: (x) => views.selectAxis(x, 1, 2), inputs: [matrix] }],
  slidingWindows: [],
};

/** Results without a gradient: integers, booleans, or no array at all. */
export const withoutGradient: ReadonlySet<string> = new Set([
  'inferShape', 'normalizeAxes', 'normalizeAxis', 'countOf', 'keptShape', 'triangleMask', 'allAxes', 'spread', 'adjoint',
  'standardDeviation', 'argsort', 'searchSorted', 'argExtreme',
  'any', 'all', 'nonzero', 'detach', 'cumulativeExtreme', 'asStrided', 'slidingWindows',
]);

export const names: readonly string[] = Object.values(modules).flatMap((module) => Object.keys(module));
