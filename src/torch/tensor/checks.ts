import { RuntimeError, pythonTypeName } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import { dtypeOf } from '../dtypes/dtypes.ts';

/** What is refused where something is put into a tensor's fields. */

const sizes = ({ geometry: { shape } }: StridedArray): string => `[${shape.join(', ')}]`;

/** Refuses a gradient of another shape or dtype than the tensor's own. */
export function checkGradient(gradient: StridedArray, tensor: StridedArray): void {
  if (!(gradient instanceof StridedArray)) {
    throw new TypeError(`assigned grad expected to be a Tensor or None but got grad of type ${pythonTypeName(gradient)}`);
  }
  if (!sameShape(gradient.geometry.shape, tensor.geometry.shape)) {
    throw new RuntimeError(
      `attempting to assign a gradient of size '${sizes(gradient)}' to a tensor of size '${sizes(tensor)}'. `
      + 'Please ensure that the gradient and the tensor are the same size');
  }
  if (gradient.dtypeCore !== tensor.dtypeCore) {
    throw new RuntimeError(
      `attempting to assign a gradient with dtype '${dtypeOf(gradient.dtypeCore)}' to a tensor with dtype `
      + `'${dtypeOf(tensor.dtypeCore)}'. The gradient must match the tensor's dtype.`);
  }
}
