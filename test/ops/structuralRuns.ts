import type { DType } from '../../src/core/dtype.ts';
import { bool, int64 } from '../../src/core/dtype.ts';
import { stridedLayout } from '../../src/core/layout.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import * as components from '../../src/ops/components.ts';
import * as copies from '../../src/ops/copies.ts';
import * as indexing from '../../src/ops/indexing.ts';
import * as products from '../../src/ops/matmul.ts';
import * as movement from '../../src/ops/movement.ts';
import * as reduce from '../../src/ops/reduce.ts';
import * as sorting from '../../src/ops/sort.ts';
import * as vectors from '../../src/ops/vectors.ts';
import * as views from '../../src/ops/views.ts';
import type { Placement } from './placement.ts';

/** How every op that is not pointwise is called for its fixture, and the layouts that its operands are tried in. */

export interface Encoded {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly bytes: string;
}

/** By dtype. */
export type Row = Readonly<Record<string, { readonly inputs: readonly Encoded[]; readonly out: Encoded }>>;
export interface StructuralFixtures {
  readonly cases: Readonly<Record<string, Row>>;
}

export function decode({ bytes }: Encoded): Uint8Array {
  return Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
}

/** Makes an array where the op is tried. */
export type Make = (values: readonly (number | bigint)[], shape: readonly number[], dtype: DType) => StridedArray;
export type Run = (x: StridedArray, y: StridedArray, z: StridedArray) => StridedArray;

/** The ops as the generator's lines call them, by the op's name, with a word behind it where there are several. */
export function runsWith(make: Make): Readonly<Record<string, Run>> {
  const positions = (values: readonly number[], shape: readonly number[] = [values.length]): StridedArray =>
    make(values.map(BigInt), shape, int64);
  const index = (): StridedArray => positions([0, 3, 3, 1, 2, 0, 2, 2, 1], [3, 3]);
  const mask = (): StridedArray => make([1, 0, 1], [3], bool);
  return {
    'matmul': (a, b) => products.matmul(a, b),
    'matmul batched': (a, b) => products.matmul(a, b),
    'matrixProduct': (a, b) => products.matrixProduct(a, b, 'MmBackward0'),
    'addmm': (c, a, b) => products.addmm(c, a, b),
    'innerProduct': (a, b) => vectors.innerProduct(a, b),
    'matrixVector': (a, b) => vectors.matrixVector(a, b),
    'broadcastTo': (x) => movement.broadcastTo(x, [2, 3, 4]),
    'clone': (x) => movement.clone(x),
    'concatenate': (x, y) => movement.concatenate([x, y, x], 1),
    'contiguous': (x) => movement.contiguous(x),
    'copyFrom': (x, y) => movement.copyFrom(movement.clone(x), y),
    'embed': (x) => movement.embed(x, [5, 4], (zeros) => movement.sliceAxis(zeros, 0, 1, 3)),
    'fillWith': (x) => movement.fillWith(movement.clone(x), 3),
    'permute': (x) => movement.permute(x, [2, 0, 1]),
    'reshapeTo': (x) => movement.reshapeTo(movement.permute(x, [1, 0]), [2, 6]),
    'sliceAxis': (x) => movement.sliceAxis(x, 1, 3, 2, -2),
    'squeeze': (x) => movement.squeeze(x, [0, 2]),
    'swapAxes': (x) => movement.swapAxes(x, 0, 1),
    'tryView': (x) => movement.tryView(movement.contiguous(x), [12])!,
    'unsqueeze': (x) => movement.unsqueeze(x, 1),
    'detach': (x) => movement.detach(x),
    'asStrided': (x) => movement.asStrided(movement.clone(x), stridedLayout([2, 2], [1, 5], 0)),
    'cumprod': (x) => reduce.cumprod(x, 0),
    'cumsum': (x) => reduce.cumsum(x, 1),
    'cumulativeExtreme': (x) => reduce.cumulativeExtreme('cummax', x, 1),
    'extreme': (x) => reduce.extreme('max', x, [1]),
    'mean': (x) => reduce.mean(x, [0]),
    'prod': (x) => reduce.prod(x, [0, 2]),
    'sum': (x) => reduce.sum(x, [0, 2]),
    'sumTo': (x) => reduce.sumTo(x, [3, 1]),
    'variance': (x) => reduce.variance(x, [1], false, 1),
    'any': (x) => reduce.any(x, [1]),
    'all': (x) => reduce.all(x, [0]),
    'argExtreme': (x) => reduce.argExtreme('argmin', x, 1),
    'index': (x) => indexing.index(x, [[2, 0, 2], '1:'], 'numpy'),
    'assign': (x, y) => {
      const out = movement.clone(x);
      indexing.assign(out, ['1:', '::2'], y, 'numpy');
      return out;
    },
    'gatherAlong': (x) => indexing.gatherAlong(x, 1, index(), 'torch'),
    'scatterAlong': (x, y) => indexing.scatterAlong(x, 1, index(), y, 'torch'),
    'scatterAlong accumulating': (x, y) => indexing.scatterAlong(x, 1, index(), y, 'torch', { accumulate: true }),
    'indexSelect': (x) => indexing.indexSelect(x, 0, positions([2, 0, 2])),
    'maskedSelect': (x) => indexing.maskedSelect(x, mask()),
    'maskedFill': (x) => indexing.maskedFill(x, mask(), 1),
    'take': (x) => indexing.take(x, positions([3, 0, 3]), 1, 'numpy'),
    'nonzero': (x) => indexing.nonzero(x),
    'diagonalMatrix': (x) => copies.diagonalMatrix(x, 1, 0, 1),
    'flip': (x) => copies.flip(x, [0]),
    'roll': (x) => copies.roll(x, [1], [1]),
    'stack': (x, y) => copies.stack([x, y], 1),
    'tile': (x) => copies.tile(x, [2, 1]),
    'triangle': (x) => copies.triangle(x, 'lower', 0),
    'sort': (x) => sorting.sort(x, 1),
    'sortWithIndices': (x) => sorting.sortWithIndices(x, 0).values,
    'argsort': (x) => sorting.argsort(x, 1),
    'searchSorted': (x) => sorting.searchSorted(sorting.sort(x, 0), x, false),
    'diagonalView': (x) => views.diagonalView(x, 1, 0, 1),
    'selectAxis': (x) => views.selectAxis(x, 1, 2),
    'slidingWindows': (x) => views.slidingWindows(x, 1, 2, 1),
    'realView': (x) => components.realView(x),
    'imagView': (x) => components.imagView(x),
    'partsView': (x) => views.partsView(x),
    'complexView': (x) => views.complexView(views.partsView(x)),
  };
}

/** Every op; helpers of ops are none, and conversions have a suite of their own. */
const modules = { components, copies, indexing, movement, products, reduce, sorting, vectors, views };
const notOps = new Set([
  'inferShape', 'normalizeAxes', 'normalizeAxis', 'countOf', 'keptShape', 'triangleMask',
  'allAxes', 'spread', 'adjoint', 'standardDeviation',
]);
export const structuralOps: readonly string[] =
  Object.values(modules).flatMap((module) => Object.keys(module)).filter((name) => !notOps.has(name));

export function placementsOf(shape: readonly number[]): Placement[] {
  const forward = shape.map((_, axis) => axis);
  const backward = [...forward].reverse();
  return [
    { name: 'contiguous', shape, order: forward, step: 1, offset: 0, reversed: [] },
    { name: 'offset', shape, order: forward, step: 1, offset: 3, reversed: [] },
    { name: 'transposed', shape, order: backward, step: 1, offset: 0, reversed: [] },
    { name: 'reversed', shape, order: forward, step: 1, offset: 2, reversed: forward },
    { name: 'transposed, reversed, spaced', shape, order: backward, step: 3, offset: 1, reversed: forward.slice(0, 1) },
  ];
}
