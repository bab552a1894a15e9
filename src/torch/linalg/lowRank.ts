import { ValueError } from '../../core/errors.ts';
import { matmul } from '../../ops/matmul.ts';
import { broadcastTo } from '../../ops/movement.ts';
import { sub } from '../../ops/pointwise/arithmetic.ts';
import { adjoint } from '../../ops/matmul.ts';
import { mean } from '../../ops/reduce.ts';
import { qr } from '../../ops/linalg/qr.ts';
import { inPython, keyed } from '../arguments/keyed.ts';
import { dtypeOf } from '../dtypes/dtypes.ts';
import { randn } from '../functions/random/random.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { singularParts } from './decompositions.ts';
import { extentsOf, shapeOf } from './operands.ts';

/** The largest singular values of matrices of low rank, from what they make of a few random vectors. */

type Parts = [U: Tensor, S: Tensor, V: Tensor];

/** Columns that what a matrix does to random vectors lies in. */
function basis(A: Tensor, q: number, niter: number, M: Tensor | null): Tensor {
  const times = (X: Tensor, turned: boolean): Tensor => {
    const product = (each: Tensor): Tensor => matmul(turned ? adjoint(each) : each, X);
    return M === null ? product(A) : sub(product(A), product(M));
  };
  let Q = qr(times(randn(extentsOf(A)[1], q, { dtype: dtypeOf(A.dtypeCore) }), false), false).q;
  for (let i = 0; i < niter; i++) {
    Q = qr(times(Q, true), false).q;
    Q = qr(times(Q, false), false).q;
  }
  return Q;
}

function approximated(given: Tensor, q: number, niter: number, mean: Tensor | null): Parts {
  const [rows, columns] = extentsOf(given);
  const turned = rows < columns;
  const A = turned ? adjoint(given) : given;
  const M = mean !== null && turned ? adjoint(mean) : mean;
  const Q = basis(A, q, niter, M);
  const product = matmul(adjoint(Q), A);
  const [inner, S, Vh] = singularParts(M === null ? product : sub(product, matmul(adjoint(Q), M)), false);
  const [U, V] = [matmul(Q, inner), adjoint(Vh)];
  return turned ? [V, S, U] : [U, S, V];
}

/**
 * About the `q` largest singular values of a matrix (or of it less M) and their vectors, by random numbers and `niter` steps. Source:
 * torch.svd_lowrank.
 * @example
 * const [U, S, V] = torch.svd_lowrank(torch.eye(4), 2);
 * S.round({ decimals: 3 }); // → tensor([1., 1.])
 */
export const svd_lowrank = keyed('svd_lowrank', 'A: Tensor, q: int | None = 6, niter: int | None = 2, M: Tensor = None', (
  A: Tensor, q: number | null = 6, niter: number | null = 2, M?: Tensor | null,
): Parts => approximated(A, q ?? 6, niter ?? 2, M ? broadcastTo(M, shapeOf(A)) : null), inPython);

/**
 * As svd_lowrank of a matrix less the mean of its rows: its principal components. Source: torch.pca_lowrank.
 * @example
 * const [U, S, V] = torch.pca_lowrank(torch.Tensor([[1, 1], [2, 2], [3, 3]]), 1);
 * S.round({ decimals: 3 }); // → tensor([2.])
 */
export const pca_lowrank = keyed('pca_lowrank', 'A: Tensor, q: int = None, center=True, niter=2', (
  A: Tensor, q?: number | null, center: boolean = true, niter: number = 2,
): Parts => {
  const [m, n] = extentsOf(A);
  const least = Math.min(m, n);
  const count = q ?? Math.min(6, least);
  if (count < 0 || count > least) {
    throw new ValueError(`q(=${count}) must be non-negative integer and not greater than min(m, n)=${least}`);
  }
  if (niter < 0) throw new ValueError(`niter(=${niter}) must be non-negative integer`);
  return approximated(center ? sub(A, mean(A, [shapeOf(A).length - 2], true)) : A, count, niter, null);
}, inPython);
