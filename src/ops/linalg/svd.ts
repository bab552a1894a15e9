import type { Kernel } from '../../backend/kernels.ts';
import { linalg } from '../../backend/parts.ts';
import { componentType, int32 } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import type { Matrices } from './shapes.ts';
import { extentsOf, inexact } from './shapes.ts';

/** Singular values, which descend, and vectors. `info` is as for eigenvalues. */

export interface FullParams {
  /** Whether the vectors are as many as rows and columns, rather than as values. */
  readonly full: boolean;
}

declare module '../../backend/kernels.ts' {
  interface Kernels {
    /** u, s and vᴴ. */
    svd: Kernel<FullParams>;
    svdvals: Kernel;
  }
}

const svdOp = structural({
  name: 'svd', args: ['a'], names: ['u', 's', 'vh', 'info'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, { full }: FullParams) => {
    const { batch, rows, columns, least } = extentsOf(a);
    const { dtypeCore: dtype } = a;
    return [
      { shape: [...batch, rows, full ? rows : least], dtype }, { shape: [...batch, least], dtype: componentType(dtype) },
      { shape: [...batch, full ? columns : least, columns], dtype }, { shape: batch, dtype: int32 },
    ];
  },
  vjp: null,
});

/** a = u s vᴴ with as many columns of u and rows of vᴴ as there are singular values, or with all of them. */
export function svd<A extends StridedArray>(a: A, full: boolean): { u: A; s: A; vh: A; info: A } {
  const [u, s, vh, info] = run(svdOp, [a], { full });
  return { u, s, vh, info };
}

const svdvalsOp = structural({
  name: 'svdvals', args: ['a'], names: ['s', 'info'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, _: null) => {
    const { batch, least } = extentsOf(a);
    return [{ shape: [...batch, least], dtype: componentType(a.dtypeCore) }, { shape: batch, dtype: int32 }];
  },
  vjp: null,
});

export function svdvals<A extends StridedArray>(a: A): { s: A; info: A } {
  const [s, info] = run(svdvalsOp, [a], null);
  return { s, info };
}
