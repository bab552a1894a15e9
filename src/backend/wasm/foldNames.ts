import type { DType } from '../../core/dtype.ts';

/** The operations that reductions and scans repeat. */
export type Fold = 'sum' | 'prod' | 'min' | 'max';

const bits = (dtype: DType): number => dtype.itemsize * 8;

/** Element type in the name of a fold's kernel. Sums and products of signed and unsigned integers are the same bits. */
export function foldElement(fold: Fold, dtype: DType): string {
  switch (dtype.kind) {
    case 'float': return `f${bits(dtype)}`;
    case 'complex': return `c${bits(dtype)}`;
    case 'int': return `i${bits(dtype)}`;
    case 'uint':
    case 'bool': return `${fold === 'sum' || fold === 'prod' ? 'i' : 'u'}${bits(dtype)}`;
  }
}

/** Element type in the name of the kernels that ask what is not zero. */
export function truthElement(dtype: DType): string {
  return dtype.kind === 'float' || dtype.kind === 'complex' ? foldElement('max', dtype) : `u${bits(dtype)}`;
}

/** The fold that does the same to truths, which are the bytes 0 and 1: a sum of truths is "or", a product "and". */
export function foldOf(fold: Fold, dtype: DType): Fold {
  if (dtype.kind !== 'bool') return fold;
  return fold === 'sum' ? 'max' : fold === 'prod' ? 'min' : fold;
}
