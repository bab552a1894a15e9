import { gradMode } from '../../autograd/mode.ts';
import type { DType } from '../../core/dtype.ts';
import { componentType, float64, int32, int64, isComplex } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { fullLike, vectorOf } from '../creation.ts';
import { adjoint } from '../matmul.ts';
import { broadcastTo } from '../movement.ts';
import { add, conj, div, mul, sub } from '../pointwise/arithmetic.ts';
import { bitwiseAnd } from '../pointwise/bitwise.ts';
import { eq, gt, lt, ne, where } from '../pointwise/comparison.ts';
import { abs, log } from '../pointwise/elementary.ts';
import { prod, sum } from '../reduce.ts';
import { likeFirst, structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import { diagonalView } from '../views.ts';
import { luFactor, luSolve, solve } from './lu.ts';
import { alongColumns, diagonalOf, diagonals } from './rules.ts';
import type { Matrices } from './shapes.ts';
import { extentsOf, inexact } from './shapes.ts';

/** Determinants. */

/** −1 for what is odd, else 1. */
const minus = <A extends StridedArray>(count: A, dtype: DType): A =>
  cast(sub.reversed<A>(1, mul(bitwiseAnd(cast(count, int64), 1), 2)), dtype);

/** The sign of the exchanges of rows. */
function parity<A extends StridedArray>(pivots: A, dtype: DType): A {
  const { species, geometry: { shape }, storage: { device } } = pivots;
  const last = shape.length - 1;
  const exchanged = ne(pivots, vectorOf(species, shape[last], (place) => place + 1, int32, device));
  return minus(sum(cast(exchanged, int64), [last]), dtype) as A;
}

const ofFactors = (lu: StridedArray, pivots: StridedArray): StridedArray =>
  mul(prod(diagonalOf(lu), [lu.geometry.shape.length - 2]), parity(pivots, lu.dtypeCore));

/** What can be divided by: a pivot that is 0 is as small as is next to 1, which the determinant's gradient does not notice. */
function regular(lu: StridedArray): StridedArray {
  const epsilon = componentType(lu.dtypeCore) === float64 ? 2 ** -52 : 2 ** -23;
  const pivots = diagonalOf(lu);
  return add(lu, diagonals(where(eq(pivots, 0), fullLike(pivots, epsilon), 0) as StridedArray));
}

const determinantOp = structural({
  name: 'determinant', args: ['a'], names: ['det', 'lu', 'pivots'], dtypes: inexact,
  results: ([a]: Matrices, _: null) => {
    const { batch, rows } = extentsOf(a);
    return [{ shape: batch, dtype: a.dtypeCore }, ...likeFirst([a]), { shape: [...batch, rows], dtype: int32 }];
  },
  composite: ([a]) => {
    const { lu, pivots } = luFactor(a);
    return [ofFactors(lu, pivots), lu, pivots];
  },
  saves: ['a', 'det', 'lu', 'pivots'],
  vjp: ([g], { a, det, lu, pivots }) => {
    const scaled = (by: StridedArray): StridedArray => diagonals(broadcastTo(alongColumns(mul(g!, conj(by))), pivots.geometry.shape));
    // The factors are not part of a graph, but a is.
    if (gradMode.enabled) return [solve(adjoint(a), scaled(determinant(a))).x];
    const all = regular(lu);
    return [luSolve(all, pivots, scaled(where(eq(det, 0), ofFactors(all, pivots), det) as StridedArray), { adjoint: true })];
  },
  differentiable: 1, gradName: 'LinalgDetBackward0',
});

/** The product of the pivots, and its sign; singular matrices have a gradient too, but that has none. */
export function determinant<A extends StridedArray>(a: A): A {
  return run(determinantOp, [a], null)[0];
}

/**
 * The sign of the determinant, of modulus 1 or 0, and the logarithm of its absolute value: those of the triangle's diagonal, and of how
 * often rows were exchanged.
 */
export function signAndLogarithm<A extends StridedArray>(a: A): { sign: A; logarithm: A } {
  const { dtypeCore: dtype } = a;
  const { batch } = extentsOf(a);
  const { lu, pivots, info } = luFactor(a);
  const factors = diagonalView(lu, 0, batch.length, batch.length + 1);
  const sizes = abs(factors);
  // No sign is NaN, as in NumPy.
  const signs = isComplex(dtype) ? div(factors, cast(sizes, dtype)) : minus(lt(factors, 0), dtype);
  const singular = gt(info, 0);
  return {
    sign: where(singular, 0, mul(prod(signs, [batch.length]), parity(pivots, dtype))) as A,
    logarithm: where(singular, -Infinity, sum(log(sizes), [batch.length])) as A,
  };
}
