import { cast } from '../../ops/cast.ts';
import { svdvals } from '../../ops/linalg/svd.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { asReal, checkConverged, checkMatrices, typesOf } from './operands.ts';

/** The singular values of matrices, in descending order. */
export function singularValues(x: ndarray): ndarray {
  checkMatrices(x);
  const types = typesOf(x);
  const wide = cast(x, types.work);
  const { s, info } = svdvals<ndarray>(wide);
  checkConverged(wide, info, 'SVD did not converge', true);
  return asReal(s, types);
}
