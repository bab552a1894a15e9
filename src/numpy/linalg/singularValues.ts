import { cast } from '../../ops/cast.ts';
import { svdvals } from '../../ops/linalg/svd.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { asReal, checkInfo, checkMatrices, typesOf } from './operands.ts';

/** The singular values of matrices, in descending order. */
export function singularValues(x: ndarray): ndarray {
  checkMatrices(x);
  const types = typesOf(x);
  const { s, info } = svdvals<ndarray>(cast(x, types.work));
  checkInfo(info, 'SVD did not converge');
  return asReal(s, types);
}
