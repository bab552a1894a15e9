import { linalgKernels } from '../../backend/parts.ts';
import type { DType } from '../../core/dtype.ts';
import { int32 } from '../../core/dtype.ts';
import { RuntimeError } from '../../core/errors.ts';
import { contiguousLayout } from '../../core/layout.ts';
import type { StridedArray } from '../../core/strided.ts';
import { emptyLike } from '../dispatch.ts';

/**
 * Decompositions of one square matrix of the CPU, without gradients and without their module: for what only some programs call of those
 * that have it. Where a program has it not, a RuntimeError says how it comes by it.
 */

/** A kernel, which Node reads from the package, and other programs have where they have one of the ops. */
function there<K>(kernel: K | undefined): K {
  if (kernel === undefined) throw new RuntimeError('this program has no kernels of linear algebra');
  return kernel;
}

const made = <A extends StridedArray>(like: A, shape: readonly number[], dtype: DType = like.dtypeCore): A =>
  emptyLike(like, contiguousLayout(shape), dtype);

/** As `svd` of svd.ts. */
export function singularParts<A extends StridedArray>(a: A): { u: A; s: A; vh: A; info: A } {
  const { shape } = a.geometry;
  const [u, s, vh, info] = [made(a, shape), made(a, shape.slice(1)), made(a, shape), made(a, [], int32)];
  there(linalgKernels.svd)([a], { full: true }, [u, s, vh, info]);
  return { u, s, vh, info };
}

/** As `eigh` of eigen.ts, from the lower triangle. */
export function hermitianParts<A extends StridedArray>(a: A): { values: A; vectors: A; info: A } {
  const { shape } = a.geometry;
  const [values, vectors, info] = [made(a, shape.slice(1)), made(a, shape), made(a, [], int32)];
  there(linalgKernels.eigh)([a], { upper: false }, [values, vectors, info]);
  return { values, vectors, info };
}

/** As `cholesky` of cholesky.ts, from the lower triangle. */
export function lowerFactor<A extends StridedArray>(a: A): { factor: A; info: A } {
  const [factor, info] = [made(a, a.geometry.shape), made(a, [], int32)];
  there(linalgKernels.cholesky)([a], { upper: false }, [factor, info]);
  return { factor, info };
}
