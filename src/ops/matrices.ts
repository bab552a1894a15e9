import type { Device } from '../core/device.ts';
import type { DType } from '../core/dtype.ts';
import { contiguousLayout } from '../core/layout.ts';
import type { Species, StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { full } from './creation.ts';
import { copyInto, emptyLike, fillInto } from './dispatch.ts';
import { clone, embed, sliceAxis, unsqueeze } from './movement.ts';
import { sum } from './reduce.ts';
import type { ResultSpec } from './registry/op.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';
import { diagonalView } from './views.ts';

/** Matrices out of their diagonals and blocks, and the other way round. Axes are normalised by the caller. */

/** Ones on the diagonal that lies `offset` places above the main one, zeros elsewhere. */
export function eye<A extends StridedArray>(
  species: Species<A>, rows: number, columns: number, offset: number, dtype: DType, device: Device,
): A {
  const out = full(species, [rows, columns], 0, dtype, device);
  const line = diagonalView(out, offset, 0, 1);
  if (line.geometry.size > 0) fillInto(line, 1);
  return out;
}

type One = readonly [StridedArray];

interface DiagonalParams {
  readonly offset: number;
  readonly axis1: number;
  readonly axis2: number;
}

/** The other axes and, last, the diagonal's extent. */
function diagonalShape({ geometry: { shape } }: StridedArray, { offset, axis1, axis2 }: DiagonalParams): number[] {
  const [rows, columns] = [shape[axis1], shape[axis2]];
  const extent = Math.max(0, offset >= 0 ? Math.min(rows, columns - offset) : Math.min(rows + offset, columns));
  return [...shape.filter((_, axis) => axis !== axis1 && axis !== axis2), extent];
}

/** Zeros of `shape` with `line`, broadcast, on a diagonal. */
const onDiagonal = <A extends StridedArray>(line: A, shape: readonly number[], { offset, axis1, axis2 }: DiagonalParams): A =>
  embed(line, shape, (zeros) => diagonalView(zeros, offset, axis1, axis2));

const diagonalOp = structural({
  name: 'diagonal', args: ['x'], moves: true,
  results: ([x]: One, params: DiagonalParams) => [{ shape: diagonalShape(x, params), dtype: x.dtypeCore }],
  composite: ([x], { offset, axis1, axis2 }) => [clone(diagonalView(x, offset, axis1, axis2))],
  vjp: { x: (g, { shapes: [shape] }, params) => onDiagonal(g, shape, params) },
  gradName: 'DiagonalBackward0_copy',
});

/** As `diagonalView`, as a copy. */
export function diagonal<A extends StridedArray>(x: A, offset: number, axis1: number, axis2: number): A {
  return run(diagonalOp, [x], { offset, axis1, axis2 })[0];
}

const traceOp = structural({
  name: 'trace', args: ['x'],
  results: ([x]: One, { dtype, ...place }: DiagonalParams & { readonly dtype: DType }) =>
    [{ shape: diagonalShape(x, place).slice(0, -1), dtype }],
  composite: ([x], { dtype, offset, axis1, axis2 }) =>
    [sum(cast(diagonalView(x, offset, axis1, axis2), dtype), [x.geometry.shape.length - 2])],
  vjp: { x: (g, { shapes: [shape] }, params) => onDiagonal(unsqueeze(g, shape.length - 2), shape, params) }, widensRules: false,
});

/** The sum along a diagonal of two axes, in a dtype of its own. */
export function trace<A extends StridedArray>(x: A, offset: number, axis1: number, axis2: number, dtype: DType): A {
  return run(traceOp, [x], { offset, axis1, axis2, dtype })[0];
}

/** Where each matrix begins in a larger one that has them along its diagonal, and where the last one ends. */
function cornersOf(shapes: readonly (readonly number[])[]): (readonly [row: number, column: number])[] {
  let [row, column] = [0, 0];
  return [[0, 0], ...shapes.map(([rows, columns]) => [row += rows, column += columns] as const)];
}

const blockOf = <A extends StridedArray>(whole: A, [row, column]: readonly number[], [rows, columns]: readonly number[]): A =>
  sliceAxis(sliceAxis(whole, 0, row, rows), 1, column, columns);

const blocksOp = structural({
  name: 'blockDiagonal', args: ['blocks'], moves: true,
  results: (blocks: readonly StridedArray[], _: null): readonly ResultSpec[] =>
    [{ shape: cornersOf(blocks.map(({ geometry }) => geometry.shape))[blocks.length], dtype: blocks[0].dtypeCore }],
  composite: (blocks) => {
    const shapes = blocks.map(({ geometry }) => geometry.shape);
    const corners = cornersOf(shapes);
    const out = emptyLike(blocks[0], contiguousLayout(corners[blocks.length]));
    fillInto(out, 0);
    blocks.forEach((block, i) => copyInto(block, blockOf(out, corners[i], shapes[i])));
    return [out];
  },
  vjp: ([g], { shapes }, _, wanted) => {
    const corners = cornersOf(shapes);
    return shapes.map((shape, i) => (wanted[i] ? blockOf(g!, corners[i], shape) : null));
  },
  gradName: 'BlockDiagBackward0',
});

/** Matrices along the diagonal of a larger one that is 0 elsewhere. */
export function blockDiagonal<A extends StridedArray>(blocks: readonly A[]): A {
  return run(blocksOp, blocks, null)[0];
}
