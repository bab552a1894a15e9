import { RuntimeError } from '../../../core/errors.ts';
import { sizeOf } from '../../../core/layout.ts';
import { declare } from '../../../core/signature.ts';
import { addmm, matrixProduct } from '../../../ops/matmul.ts';
import { reshapeTo, squeeze, swapAxes } from '../../../ops/movement.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import * as distances from '../../functions/distances.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** Linear layers as functions: their weights are arguments. */

/**
 * input · weightᵀ + bias over the last dimension; weight is (out, in). Source: torch.nn.functional.linear.
 * @example
 * nn.functional.linear(torch.tensor([[1.5, 2]]), torch.tensor([[1, 0], [1, 1]]).float(), torch.tensor([0.5, 0]));
 * // → tensor([[2.0000, 3.5000]])
 */
export const linear = declare<[input: Tensor, weight: Tensor, bias?: Tensor | null]>()(
  'nn.functional.linear', 'input, weight, bias: Tensor = None',
  ({ input, weight, bias }): Tensor => {
  const { shape } = input.geometry;
  if (shape.length === 0 || weight.geometry.shape.length === 0) {
    throw new RuntimeError(
      `both arguments to linear need to be at least 1D, but they are ${shape.length}D and ${weight.geometry.shape.length}D`);
  }
  if (weight.geometry.shape.length === 1) {
    if (bias !== null) throw new RuntimeError('addmm: mat2 must be a matrix, got 1-D tensor');
    return input.matmul(weight);
  }
  if (weight.geometry.shape.length !== 2) throw new RuntimeError('linear(): weight must have two dimensions, (out_features, in_features)');
  const [outputs, inputs] = weight.geometry.shape;
  const extent = shape[shape.length - 1];
  if (input.dtypeCore !== weight.dtypeCore) {
    throw new RuntimeError(
      `mat1 and mat2 must have the same dtype, but got ${scalarTypeName(input.dtypeCore)} and ${scalarTypeName(weight.dtypeCore)}`);
  }
  const rows = sizeOf(shape.slice(0, -1));
  if (extent !== inputs) {
    throw new RuntimeError(
      `${bias ? 'addmm' : 'mm'}: mat1 and mat2 shapes cannot be multiplied (${rows}x${extent} and ${inputs}x${outputs})`);
  }
  if (bias !== null) checkBias(bias, weight, rows, outputs);
  const matrix = shape.length === 2 ? input : reshapeTo(input, [rows, extent]);
  const transposed = swapAxes(weight, 0, 1, 'TBackward0');
  const out = bias === null ? matrixProduct(matrix, transposed, 'MmBackward0') : addmm(bias, matrix, transposed);
  if (shape.length === 2) return out;
  if (shape.length === 1 && bias === null) return squeeze(out, [0], 'SqueezeBackward4');
  return reshapeTo(out, [...shape.slice(0, -1), outputs], 'UnsafeViewBackward0');
});

function checkBias(bias: Tensor, weight: Tensor, rows: number, outputs: number): void {
  const { shape } = bias.geometry;
  const last = shape.at(-1) ?? 1;
  if (shape.length > 2 || (last !== outputs && last !== 1)) {
    throw new RuntimeError(
      `The expanded size of the tensor (${outputs}) must match the existing size (${last}) at non-singleton dimension 1.  `
      + `Target sizes: [${rows}, ${outputs}].  Tensor sizes: [${shape.join(', ')}]`);
  }
  if (bias.dtypeCore !== weight.dtypeCore) {
    throw new RuntimeError(
      `self and mat2 must have the same dtype, but got ${scalarTypeName(bias.dtypeCore)} and ${scalarTypeName(weight.dtypeCore)}`);
  }
}

/**
 * x1ᵀ · weight[k] · x2 for each k, and a bias: (..., I) and (..., J) with weights (K, I, J). Source: torch.nn.functional.bilinear.
 * @example
 * nn.functional.bilinear(torch.tensor([1.5, 2]), torch.tensor([1, 0.5]), torch.ones(1, 2, 2)); // → tensor([5.2500])
 */
export const bilinear = declare<[input1: Tensor, input2: Tensor, weight: Tensor, bias?: Tensor | null]>()(
  'nn.functional.bilinear', 'input1: Tensor, input2: Tensor, weight, bias: Tensor = None', ({ input1, input2, weight, bias }): Tensor =>
    distances.bilinear(input1, input2, weight, bias));
