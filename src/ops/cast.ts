import { record } from '../autograd/tape.ts';
import { backendOf } from '../backend/select.ts';
import type { DType } from '../core/dtype.ts';
import { componentType, isComplex, isInexact } from '../core/dtype.ts';
import { contiguousLayout, isDense, layoutAt } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { emptyLike } from './dispatch.ts';
import { reported } from './registry/listener.ts';

/** The array in another dtype, by NumPy's conversion rules; itself where it has that dtype already. */
export function cast<A extends StridedArray>(x: A, dtype: DType): A {
  return x.dtypeCore === dtype ? x : castCopy(x, dtype);
}

/** As `cast`, but always a copy. Keeps the order of axes in memory. */
export function castCopy<A extends StridedArray>(x: A, dtype: DType): A {
  const { geometry: layout } = x;
  const keepsOrder = !layout.contiguous && isDense(layout) && layout.strides.every((stride) => stride >= 0);
  const out = emptyLike(x, keepsOrder ? layoutAt(layout, 0) : contiguousLayout(layout.shape), dtype);
  reported('cast', [x], dtype, () => {
    backendOf(x.storage.device).cast(x, out);
    return [out];
  });
  if (!isInexact(dtype) || !isInexact(x.dtypeCore)) return out;
  const from = x.dtypeCore;
  return record(out, 'ToCopyBackward0', [x], [(g) => castGradient(g, from)]);
}

/** A gradient in its operand's dtype: of a real operand the real part. */
export function castGradient<A extends StridedArray>(g: A, dtype: DType): A {
  return cast(g, isComplex(g.dtypeCore) && !isComplex(dtype) ? componentType(dtype) : dtype);
}
