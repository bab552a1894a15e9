import type { Kernel } from '../../backend/kernels.ts';
import { int32 } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { linalg } from '../../backend/parts.ts';
import { likeFirst, structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import type { Matrices } from './shapes.ts';
import { extentsOf, inexact } from './shapes.ts';

/** Triangular factors with rows exchanged, and the systems of equations that they solve. `info` is as LAPACK's: 0 where all went well. */

export interface AdjointParams {
  readonly adjoint: boolean;
}

export interface TriangleParams {
  readonly upper: boolean;
  /** Whether the diagonal, which is not read then, is all ones. */
  readonly unit: boolean;
}

declare module '../../backend/kernels.ts' {
  interface Kernels {
    /** Both triangles in one matrix, the rows that were exchanged, counted from 1, and the first pivot that is 0. */
    luFactor: Kernel;
    luSolve: Kernel<AdjointParams>;
    triangularSolve: Kernel<TriangleParams>;
    inverse: Kernel;
  }
}

const factorOp = structural({
  name: 'luFactor', args: ['a'], names: ['lu', 'pivots', 'info'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, _: null) => {
    const { batch, least } = extentsOf(a);
    return [...likeFirst([a]), { shape: [...batch, least], dtype: int32 }, { shape: batch, dtype: int32 }];
  },
  vjp: null,
});

/** p a = l u: the triangles in one array, LAPACK's pivots, and which pivot is the first that is 0. */
export function luFactor<A extends StridedArray>(a: A): { lu: A; pivots: A; info: A } {
  const [lu, pivots, info] = run(factorOp, [a], null);
  return { lu, pivots, info };
}

const likeLast = (operands: readonly StridedArray[]): ReturnType<typeof likeFirst> => likeFirst([operands[operands.length - 1]]);

const solveFactoredOp = structural({
  name: 'luSolve', args: ['lu', 'pivots', 'b'], apart: ['pivots'], dtypes: inexact, part: linalg,
  results: (operands: readonly [StridedArray, StridedArray, StridedArray], _: AdjointParams) => likeLast(operands),
  vjp: null,
});

/** x of a x = b, or of aᴴ x = b, from what `luFactor` makes of a. The batches are equal. */
export function luSolve<A extends StridedArray>(lu: A, pivots: A, b: A, { adjoint = false }: { readonly adjoint?: boolean } = {}): A {
  return run(solveFactoredOp, [lu, pivots, b], { adjoint })[0];
}

const triangularOp = structural({
  name: 'triangularSolve', args: ['a', 'b'], dtypes: inexact, part: linalg,
  results: (operands: readonly [StridedArray, StridedArray], _: TriangleParams) => likeLast(operands),
  vjp: null,
});

/** x of a x = b for the upper or lower triangle of a; the other one is not read. The batches are equal. */
export function triangularSolve<A extends StridedArray>(a: A, b: A, { upper, unit }: TriangleParams): A {
  return run(triangularOp, [a, b], { upper, unit })[0];
}

/** x of a x = b, for matrices b, and which pivot of a is the first that is 0. The batches are equal. */
export function solve<A extends StridedArray>(a: A, b: A): { x: A; info: A } {
  const { lu, pivots, info } = luFactor(a);
  return { x: luSolve(lu, pivots, b), info };
}

const inverseOp = structural({
  name: 'inverse', args: ['a'], names: ['inverse', 'info'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, _: null) => [...likeFirst([a]), { shape: extentsOf(a).batch, dtype: int32 }],
  vjp: null,
});

/** a⁻¹, and which pivot of a is the first that is 0. */
export function inverse<A extends StridedArray>(a: A): { inverse: A; info: A } {
  const [inverse, info] = run(inverseOp, [a], null);
  return { inverse, info };
}
