import type { Kernel } from '../../backend/kernels.ts';
import { linalg } from '../../backend/parts.ts';
import type { StridedArray } from '../../core/strided.ts';
import { likeFirst, structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import type { Matrices } from './shapes.ts';
import { extentsOf, inexact } from './shapes.ts';

/** Orthogonal and unitary matrices as products of Householder's reflections. */

export interface ColumnsParams {
  readonly columns: number;
}

declare module '../../backend/kernels.ts' {
  interface Kernels {
    /** LAPACK's form: r in the upper triangle, reflections below it and in `tau`. */
    geqrf: Kernel;
    /** So many first columns of the product of reflections. */
    householderProduct: Kernel<ColumnsParams>;
  }
}

const geqrfOp = structural({
  name: 'geqrf', args: ['a'], names: ['h', 'tau'], dtypes: inexact, part: linalg,
  results: ([a]: Matrices, _: null) => {
    const { batch, least } = extentsOf(a);
    return [...likeFirst([a]), { shape: [...batch, least], dtype: a.dtypeCore }];
  },
  vjp: null,
});

/** a = q r: r in the upper triangle of h, and q as reflections, whose vectors are below it and whose factors are tau. */
export function geqrf<A extends StridedArray>(a: A): { h: A; tau: A } {
  const [h, tau] = run(geqrfOp, [a], null);
  return { h, tau };
}

const productOp = structural({
  name: 'householderProduct', args: ['h', 'tau'], dtypes: inexact, part: linalg,
  results: ([h]: readonly [StridedArray, StridedArray], { columns }: ColumnsParams) => {
    const { batch, rows } = extentsOf(h);
    return [{ shape: [...batch, rows, columns], dtype: h.dtypeCore }];
  },
  vjp: null,
});

/** The first columns, at most as many as there are rows, of the product of the reflections in the columns of h. */
export function householderProduct<A extends StridedArray>(h: A, tau: A, columns: number): A {
  return run(productOp, [h, tau], { columns })[0];
}
