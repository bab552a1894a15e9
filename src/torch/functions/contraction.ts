import { ValueError, RuntimeError, pythonTypeName, shown } from '../../core/errors.ts';
import { einsum as contract } from '../../ops/einsum.ts';
import * as products from '../../ops/products.ts';
import { builtinSignature, inPython, keyed } from '../arguments/keyed.ts';
import { intoOut } from '../arguments/operands.ts';
import { checkFound, checkSame } from '../arguments/products.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';

/** Sums of products over any dimensions; these functions are no methods. */

const einsumCall = builtinSignature('einsum', 'equation: str, *operands', inPython);

/**
 * The sum of products over dimensions that a text names: `torch.einsum('ij,jk->ik', a, b)`. Source: torch.einsum.
 * @example
 * torch.einsum('i,i->', torch.tensor([1, 2]), torch.tensor([3, 4])); // → tensor(11)
 */
export const einsum = ((...given: readonly unknown[]): Tensor => {
  if (given.length < 2) {
    throw new ValueError(
      'einsum(): must specify the equation string and at least one operand, or at least one operand and its subscripts list');
  }
  const [equation, gathered] = einsumCall.list(given) as [string, Tensor[]];
  const tensors = (Array.isArray(gathered[0]) ? gathered[0] : gathered) as Tensor[];
  tensors.forEach((tensor, i) => {
    if (tensor instanceof Tensor) return;
    throw new TypeError(`expected Tensor as element ${i} in argument 1, but got ${pythonTypeName(tensor)}`);
  });
  const types = new Set(tensors.map((tensor) => tensor.dtypeCore));
  if (types.size > 1 && tensors.length > 1) checkFound(tensors[0], tensors.find((tensor) => tensor.dtypeCore !== tensors[0].dtypeCore)!);
  return contract(equation, tensors, 'torch');
}) as {
  (equation: string, ...operands: readonly Tensor[]): Tensor;
  (equation: string, operands: readonly Tensor[]): Tensor;
};

function pairs(dims: number | readonly [readonly number[], readonly number[]], a: Tensor, b: Tensor): [number[], number[]] {
  const [ndimA, ndimB] = [a.geometry.shape.length, b.geometry.shape.length];
  if (typeof dims === 'number') {
    if (dims < 0) throw new RuntimeError(`tensordot expects dims >= 0, but got dims=${dims}`);
    if (dims > Math.min(ndimA, ndimB)) throw new RuntimeError(`tensordot expects dims < ndim_a or ndim_b, but got dims=${dims}`);
    return [Array.from({ length: dims }, (_, i) => ndimA - dims + i), Array.from({ length: dims }, (_, i) => i)];
  }
  if (!Array.isArray(dims) || dims.length !== 2 || !dims.every(Array.isArray)) {
    throw new RuntimeError(
      'tensordot expects dims to be int or tuple[list[int], list[int]] or list[list[int]] containing two lists, but got '
      + `dims=${shown(dims)}`);
  }
  if (dims[0].length !== dims[1].length) throw new RuntimeError('both dimension lists should have same length');
  return [dims[0].map((dim) => wrapDimension(dim, ndimA)), dims[1].map((dim) => wrapDimension(dim, ndimB))];
}

/**
 * The sum of products over pairs of dimensions: the last and first `dims` ones, or those of two lists. Source:
 * torch.tensordot.
 * @example
 * torch.tensordot(torch.ones(2, 3, 4), torch.ones(3, 4, 5)).shape; // → torch.Size([2, 5])
 * torch.tensordot(torch.ones(2, 3), torch.ones(4, 2), [[0], [1]]).shape; // → torch.Size([3, 4])
 */
export const tensordot = keyed('tensordot', 'a: Tensor, b: Tensor, dims: Any = 2, out=None', (
  a: Tensor, b: Tensor, asked: number | readonly [readonly number[], readonly number[]] = 2, out?: Tensor | null,
): Tensor => {
  const [axesA, axesB] = pairs(asked, a, b);
  const [shapeA, shapeB] = [a.geometry.shape, b.geometry.shape];
  axesA.forEach((axis, i) => {
    if (shapeA[axis] !== shapeB[axesB[i]] && shapeA[axis] !== 1 && shapeB[axesB[i]] !== 1) {
      const [dimA, dimB] = typeof asked === 'number' ? [axis - shapeA.length, axesB[i]] : [asked[0][i], asked[1][i]];
      throw new RuntimeError(
        `contracted dimensions need to match, but first has size ${shapeA[axis]} in dim ${dimA} and second has size `
        + `${shapeB[axesB[i]]} in dim ${dimB}`);
    }
  });
  checkSame(a, b);
  const result = products.tensordot(a, b, axesA, axesB);
  return out ? intoOut('tensordot', result, out, [a, b]) : result;
}, inPython);
