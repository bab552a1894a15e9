import type { Kernel } from '../../backend/kernels.ts';
import { linalg } from '../../backend/parts.ts';
import { componentType, int32 } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { adjoint } from '../matmul.ts';
import { likeFirst, structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import { triangularSolve } from './lu.ts';
import { fromLower, halved, product } from './rules.ts';
import type { Matrices } from './shapes.ts';
import { extentsOf, inexact } from './shapes.ts';

/** Which triangle of a matrix is read, and of a factor is not 0. */
export interface UpperParams {
  readonly upper: boolean;
}

declare module '../../backend/kernels.ts' {
  interface Kernels {
    /** The factor, and the order of the first leading block that is not positive definite, 0 where all are. */
    cholesky: Kernel<UpperParams>;
  }
}

const choleskyOp = structural({
  name: 'cholesky', args: ['a'], names: ['factor', 'info'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, _: UpperParams) => [...likeFirst([a]), { shape: extentsOf(a).batch, dtype: int32 }],
  saves: ['factor'],
  vjp: {
    a: (g, { factor }, { upper }) => {
      const [l, gradient] = upper ? [adjoint(factor), adjoint(g)] : [factor, g];
      const inner = fromLower(product(adjoint(l), gradient), componentType(g.dtypeCore));
      // l⁻ᴴ inner l⁻¹
      const left = triangularSolve(adjoint(l), inner, { upper: true, unit: false });
      return halved(adjoint(triangularSolve(adjoint(l), adjoint(left), { upper: true, unit: false })));
    },
  },
  gradName: 'LinalgCholeskyExBackward0',
});

/** l of a = l lᴴ, or u of a = uᴴ u, from one triangle of a; the other one of the factor is 0. */
export function cholesky<A extends StridedArray>(a: A, upper: boolean): { factor: A; info: A } {
  const [factor, info] = run(choleskyOp, [a], { upper });
  return { factor, info };
}
