import { gradMode } from '../../autograd/mode.ts';
import type { Kernel } from '../../backend/kernels.ts';
import { linalg } from '../../backend/parts.ts';
import { int32 } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { fullLike, vectorOf } from '../creation.ts';
import { adjoint as adjointOf } from '../matmul.ts';
import { eye } from '../matrices.ts';
import { broadcastTo, concatenate, sliceAxis } from '../movement.ts';
import { add, neg, sub } from '../pointwise/arithmetic.ts';
import { likeFirst, structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import { diagonalOf, diagonals, lower, product, upper as upperPart } from './rules.ts';
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
  saves: ['lu', 'pivots'],
  vjp: {
    a: (g, { lu, pivots }) => {
      const { rows, columns } = extentsOf(lu);
      if (rows !== columns) return rectangularGradient(g, lu, pivots);
      const [l, u] = trianglesOf(lu);
      const inner = add(lower(product(adjointOf(l), lower(g, -1)), -1), upperPart(product(upperPart(g), adjointOf(u))));
      // p l⁻ᴴ inner u⁻ᴴ, where solving aᴴ x = uᴴ inner gives the first three.
      const left = luSolve(lu, pivots, product(adjointOf(u), inner), { adjoint: true });
      return adjointOf(triangularSolve(u, adjointOf(left), { upper: true, unit: false }));
    },
  },
  gradName: 'LinalgLuFactorExBackward0',
});

/** Where there are more columns than rows, or more rows than columns, what is beside or below the square has no factor of its own. */
function rectangularGradient(g: StridedArray, lu: StridedArray, pivots: StridedArray): StridedArray {
  const { batch, rows, columns, least } = extentsOf(lu);
  const axis = batch.length + (columns > rows ? 1 : 0);
  const first = (x: StridedArray): StridedArray => sliceAxis(x, axis, 0, least);
  const others = (x: StridedArray): StridedArray => sliceAxis(x, axis, least, Math.max(rows, columns) - least);
  const [l, u] = trianglesOf(first(lu));
  const [beyond, ofBeyond] = [others(lu), others(g)];
  const ofL = product(adjointOf(l), lower(first(g), -1));
  const ofU = product(upperPart(first(g)), adjointOf(u));
  const inner = columns > rows
    ? add(lower(sub(ofL, product(ofBeyond, adjointOf(beyond))), -1), upperPart(ofU))
    : add(lower(ofL, -1), upperPart(sub(ofU, product(adjointOf(beyond), ofBeyond))));
  const byL = (x: StridedArray): StridedArray => triangularSolve(adjointOf(l), x, { upper: true, unit: true });
  const byU = (x: StridedArray): StridedArray => adjointOf(triangularSolve(u, adjointOf(x), { upper: true, unit: false }));
  const whole = concatenate([byU(byL(inner)), columns > rows ? byL(ofBeyond) : byU(ofBeyond)], axis);
  return product(permutationMatrix(lu, pivots), whole);
}

/** p of a = p l u, which is 1 where a row of the product comes to stand. */
export function permutationMatrix<A extends StridedArray>(like: A, pivots: A): A {
  const { species, dtypeCore: dtype, storage: { device } } = like;
  const { batch, rows, least } = extentsOf(like);
  const one = broadcastTo(eye(species, rows, rows, 0, dtype, device), [...batch, rows, rows]);
  const rest = vectorOf(species, rows - least, (i) => least + i + 1, int32, device);
  const all = rows === least ? pivots : concatenate([pivots, broadcastTo(rest, [...batch, rows - least])], batch.length);
  // Where both factors are 1, solving exchanges rows and does nothing else.
  return adjointOf(luSolve(one, all, one));
}

/** The factors that lie in one matrix. */
function trianglesOf(lu: StridedArray): readonly [l: StridedArray, u: StridedArray] {
  return [add(lower(lu, -1), diagonals(fullLike(diagonalOf(lu), 1))), upperPart(lu)];
}

/** p a = l u: the triangles in one array, LAPACK's pivots, and which pivot is the first that is 0. */
export function luFactor<A extends StridedArray>(a: A): { lu: A; pivots: A; info: A } {
  const [lu, pivots, info] = run(factorOp, [a], null);
  return { lu, pivots, info };
}

const likeLast = (operands: readonly StridedArray[]): ReturnType<typeof likeFirst> => likeFirst([operands[operands.length - 1]]);

const solveFactoredOp = structural({
  name: 'luSolve', args: ['lu', 'pivots', 'b'], apart: ['pivots'], dtypes: inexact, part: linalg,
  results: (operands: readonly [StridedArray, StridedArray, StridedArray], _: AdjointParams) => likeLast(operands),
  saves: { lu: ['lu', 'pivots', 'b', 'out'], b: ['lu', 'pivots'] },
  vjp: {
    lu: (g, { lu, pivots, b, out }, { adjoint }) => {
      const [l, u] = trianglesOf(lu);
      if (!adjoint) {
        const first = triangularSolve(adjointOf(u), g, { upper: false, unit: false });
        const second = triangularSolve(adjointOf(l), first, { upper: true, unit: true });
        return neg(add(upperPart(product(first, adjointOf(out))), lower(product(second, adjointOf(product(u, out))), -1)));
      }
      const first = triangularSolve(adjointOf(u), b, { upper: false, unit: false });
      const second = triangularSolve(adjointOf(l), first, { upper: true, unit: true });
      // u⁻¹ l⁻¹ pᴴ g
      const solved = luSolve(lu, pivots, g);
      return neg(add(upperPart(product(first, adjointOf(solved))), lower(product(second, adjointOf(product(u, solved))), -1)));
    },
    pivots: null,
    b: (g, { lu, pivots }, { adjoint }) => luSolve(lu, pivots, g, { adjoint: !adjoint }),
  },
  gradName: 'LinalgLuSolveBackward0',
});

/** x of a x = b, or of aᴴ x = b, from what `luFactor` makes of a. The batches are equal. */
export function luSolve<A extends StridedArray>(lu: A, pivots: A, b: A, { adjoint = false }: { readonly adjoint?: boolean } = {}): A {
  return run(solveFactoredOp, [lu, pivots, b], { adjoint })[0];
}

const triangularOp = structural({
  name: 'triangularSolve', args: ['a', 'b'], dtypes: inexact, part: linalg,
  results: (operands: readonly [StridedArray, StridedArray], _: TriangleParams) => likeLast(operands),
  saves: { a: ['a', 'out'], b: ['a'] },
  vjp: {
    a: (g, { a, out }, { upper, unit }) => {
      const whole = neg(product(triangularSolve(adjointOf(a), g, { upper: !upper, unit }), adjointOf(out)));
      return upper ? upperPart(whole, unit ? 1 : 0) : lower(whole, unit ? -1 : 0);
    },
    b: (g, { a }, { upper, unit }) => triangularSolve(adjointOf(a), g, { upper: !upper, unit }),
  },
  gradName: 'LinalgSolveTriangularBackward0',
});

/** x of a x = b for the upper or lower triangle of a; the other one is not read. The batches are equal. */
export function triangularSolve<A extends StridedArray>(a: A, b: A, { upper, unit }: TriangleParams): A {
  return run(triangularOp, [a, b], { upper, unit })[0];
}

const solveOp = structural({
  name: 'solve', args: ['a', 'b'], names: ['x', 'lu', 'pivots', 'info'], dtypes: inexact,
  results: ([a, b]: readonly [StridedArray, StridedArray], _: null) => {
    const { batch, rows } = extentsOf(a);
    return [...likeFirst([b]), ...likeFirst([a]), { shape: [...batch, rows], dtype: int32 }, { shape: batch, dtype: int32 }];
  },
  composite: ([a, b]) => {
    const { lu, pivots, info } = luFactor(a);
    return [luSolve(lu, pivots, b), lu, pivots, info];
  },
  saves: ['a', 'x', 'lu', 'pivots'],
  vjp: ([g], { a, x, lu, pivots }, _, [ofA, ofB]) => {
    // The factors are not part of a graph, but a is.
    const ofRight = gradMode.enabled ? solve(adjointOf(a), g!).x : luSolve(lu, pivots, g!, { adjoint: true });
    return [ofA ? neg(product(ofRight, adjointOf(x))) : null, ofB ? ofRight : null];
  },
  differentiable: 1, gradName: 'LinalgSolveExBackward0',
});

/** x of a x = b, for matrices b, and which pivot of a is the first that is 0. The batches are equal. */
export function solve<A extends StridedArray>(a: A, b: A): { x: A; info: A } {
  const [x, , , info] = run(solveOp, [a, b], null);
  return { x, info };
}

const inverseOp = structural({
  name: 'inverse', args: ['a'], names: ['inverse', 'info'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, _: null) => [...likeFirst([a]), { shape: extentsOf(a).batch, dtype: int32 }],
  saves: ['inverse'],
  vjp: {
    a: (g, { inverse }) => {
      const turned = adjointOf(inverse);
      return neg(product(turned, g, turned));
    },
  },
  gradName: 'LinalgInvExBackward0',
});

/** a⁻¹, and which pivot of a is the first that is 0. */
export function inverse<A extends StridedArray>(a: A): { inverse: A; info: A } {
  const [inverse, info] = run(inverseOp, [a], null);
  return { inverse, info };
}
