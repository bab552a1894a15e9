import * as core from '../../core/dtype.ts';
import { RuntimeError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { triangle } from '../../ops/copies.ts';
import { fullLike } from '../../ops/creation.ts';
import { chainOrder } from '../../ops/linalg/chain.ts';
import { matrixExp } from '../../ops/linalg/exponential.ts';
import { eye } from '../../ops/matrices.ts';
import * as matrix from '../../ops/matmul.ts';
import { broadcastTo, clone, concatenate, reshapeTo, sliceAxis, unsqueeze } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { cross as vectorProduct } from '../../ops/products.ts';
import { cumprod, sum } from '../../ops/reduce.ts';
import { diagonalView } from '../../ops/views.ts';
import { keyed, keyedOut } from '../arguments/keyed.ts';
import { ofDiagonal } from '../arguments/dims.ts';
import { checkBroadcast } from '../arguments/operands.ts';
import { listText } from '../arguments/sizes.ts';
import { cTypeName } from '../dtypes/dtypes.ts';
import * as products from '../functions/blas.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { wrapDimension } from '../tensor/tensor.ts';
import { checkInexact, checkSameType, checkSquare, extentsOf, inLinalg, linalg, shapeOf } from './operands.ts';
import { inverses } from './solving.ts';

/** Products of vectors and matrices, and parts of matrices. */

/**
 * The matrix product, as torch.matmul. Source: torch.linalg.matmul.
 * @example
 * torch.linalg.matmul(torch.tensor([[1, 2], [3, 4]]), torch.tensor([1, 1])); // → tensor([3, 7])
 */
export const matmul = linalg('matmul', 'input, other, *, out=None', (input: Tensor, other: Tensor): Tensor =>
  products.matmul(input, other));

/**
 * The vector product along a dimension of extent 3, the last one unless said. Source: torch.linalg.cross.
 * @example
 * torch.linalg.cross(torch.tensor([1, 0, 0]), torch.tensor([0, 1, 0])); // → tensor([0, 0, 1])
 */
export const cross = linalg('cross', 'input, other, *, dim=-1, out=None', (input: Tensor, other: Tensor, dim: number = -1): Tensor => {
  const [shapeA, shapeB] = [shapeOf(input), shapeOf(other)];
  if (shapeA.length !== shapeB.length) throw new RuntimeError('linalg.cross: inputs must have the same number of dimensions.');
  const axis = wrapDimension(dim, shapeA.length);
  if (shapeA[axis] !== 3 || shapeB[axis] !== 3) {
    throw new RuntimeError(`linalg.cross: inputs dimension ${dim} must have length 3. Got ${shapeA[axis]} and ${shapeB[axis]}`);
  }
  checkBroadcast([input, other]);
  return vectorProduct(input, other, axis - shapeA.length);
});

/**
 * The sum of products of vectors along a dimension, the first conjugated. Source: torch.linalg.vecdot.
 * @example
 * torch.linalg.vecdot(torch.Tensor([[1, 2], [3, 4]]), torch.Tensor([1, 10])); // → tensor([21., 43.])
 */
export const vecdot = linalg('vecdot', 'x: Tensor, y: Tensor, *, dim=-1, out=None', (x: Tensor, y: Tensor, dim: number = -1): Tensor => {
  checkInexact('linalg.vecdot', x.dtypeCore);
  checkSameType('linalg.vecdot', x, y, ['x', 'y']);
  if (shapeOf(x).length === 1 && shapeOf(y).length === 1) return products.vdot(x, y);
  checkBroadcast([x, y]);
  const both = ops.mul(ops.conj(x), y);
  return sum(both, [wrapDimension(dim, shapeOf(both).length)]);
});

/** Refuses chains of matrices that do not fit, of which the first and the last may be vectors. */
function checkChain(name: string, tensors: readonly Tensor[]): void {
  const last = tensors.length - 1;
  tensors.forEach((each, i) => {
    const { length } = shapeOf(each);
    const end = i === 0 ? 'first' : i === last ? 'last' : null;
    if (end !== null ? length !== 1 && length !== 2 : length !== 2) {
      throw new RuntimeError(end === null ? `${name}(): tensor ${i} must be 2D but got ${length}D`
        : `${name}(): the ${end} tensor must be 1D or 2D but got ${length}D`);
    }
    if (each.dtypeCore !== tensors[0].dtypeCore) {
      throw new RuntimeError(`${name}(): all tensors must have be the same dtype but tensor 0 is ${cTypeName(tensors[0].dtypeCore)} `
        + `and tensor ${i} ${cTypeName(each.dtypeCore)}`);
    }
  });
}

/** The product of two or more matrices in the order of the fewest multiplications. */
export function chained(name: string, tensors: readonly Tensor[]): Tensor {
  const last = tensors.length - 1;
  if (last < 1) throw new RuntimeError(`${name}(): expected at least 2 tensors but got ${tensors.length}`);
  checkChain(name, tensors);
  const [row, column] = [shapeOf(tensors[0]).length === 1, shapeOf(tensors[last]).length === 1];
  const factors = tensors.map((each, i) =>
    (i === 0 && row ? unsqueeze(each, 0) : i === last && column ? unsqueeze(each, 1) : each));
  for (let i = 0; i < last; i++) {
    if (shapeOf(factors[i])[1] !== shapeOf(factors[i + 1])[0]) {
      throw new RuntimeError(`${name}(): tensors ${i} and ${i + 1} with shapes ${listText(shapeOf(tensors[i]))} and `
        + `${listText(shapeOf(tensors[i + 1]))} cannot be multiplied`);
    }
  }
  const order = chainOrder([...factors.map((each) => shapeOf(each)[0]), shapeOf(factors[last])[1]]);
  const product = (i: number, j: number): Tensor =>
    (i === j ? factors[i] : products.mm(product(i, order[i][j]), product(order[i][j] + 1, j)));
  const whole = product(0, last);
  return row || column ? reshapeTo(whole, shapeOf(whole).filter((_, i) => !(i === 0 ? row : column))) : whole;
}

/**
 * The product of two or more matrices, of which the first and the last may be vectors, in the order of the fewest multiplications.
 * Source: torch.linalg.multi_dot.
 * @example
 * torch.linalg.multi_dot([torch.tensor([[1, 2], [3, 4]]), torch.tensor([[0, 1], [1, 0]]), torch.tensor([1, 2])]); // → tensor([ 4, 10])
 */
export const multi_dot = keyedOut('linalg.multi_dot', 'tensors: tuple of Tensors, *, out=None', (tensors: readonly Tensor[]): Tensor =>
  chained('multi_dot', tensors), inLinalg);

/** A square matrix to a whole power, by squaring. */
export function powerOf(input: Tensor, n: number): Tensor {
  checkSquare('linalg.matrix_power', input);
  const { species, dtypeCore: dtype, storage: { device } } = input;
  if (n === 0) {
    const [rows] = extentsOf(input);
    // Nothing of the input, which is recorded nevertheless.
    return ops.add(triangle(input, 'upper', rows), eye(species, rows, rows, 0, dtype, device) as Tensor);
  }
  let square = n < 0 ? inverses(input, 'linalg.inv')[0] : input;
  let power = Math.abs(n);
  if (power === 1) return n < 0 ? square : clone(square);
  let result: Tensor | null = null;
  while (true) {
    if (power % 2 === 1) result = result === null ? square : matrix.matmul(result, square);
    power = Math.floor(power / 2);
    if (power === 0) return result!;
    square = matrix.matmul(square, square);
  }
}

/**
 * A square matrix to a whole power, by squaring; a negative one is that of the inverse. Throws a LinAlgError where there is none.
 * Source: torch.linalg.matrix_power.
 * @example
 * torch.linalg.matrix_power(torch.Tensor([[1, 1], [1, 0]]), 10); // → tensor([[89., 55.],
 *                                                                //           [55., 34.]])
 */
export const matrix_power = linalg('matrix_power', 'input, n: int, *, out=None', powerOf);

/** The sum of all powers, each over its factorial, of what was checked. */
export function exponentialOf(input: Tensor): Tensor {
  checkSquare('linalg.matrix_exp', input);
  checkInexact('linalg.matrix_exp', input.dtypeCore);
  return core.isHalf(input.dtypeCore) ? cast(matrixExp(cast(input, core.float32)), input.dtypeCore) : matrixExp(input);
}

/**
 * The exponential of a square matrix: the sum of its powers, each over its factorial. Source: torch.linalg.matrix_exp.
 * @example
 * torch.linalg.matrix_exp(torch.Tensor([[0, 1], [0, 0]])); // → tensor([[1., 1.],
 *                                                          //           [0., 1.]])
 */
export const matrix_exp = keyed('linalg.matrix_exp', 'input', exponentialOf, inLinalg);

/**
 * A diagonal of each matrix, a view. Source: torch.linalg.diagonal.
 * @example
 * torch.linalg.diagonal(torch.tensor([[1, 2], [3, 4]])); // → tensor([1, 4])
 */
export const diagonal = keyed('linalg.diagonal', 'A: Tensor, *, offset=0, dim1=-2, dim2=-1', (
  A: Tensor, offset: number = 0, dim1: number = -2, dim2: number = -1,
): Tensor => diagonalView(A, offset, ...ofDiagonal(shapeOf(A).length, dim1, dim2)), inLinalg);

/** The powers of each element, from the 0th on, in a new last dimension. */
export function powersOf(x: Tensor, count: number): Tensor {
  const wide = core.isInexact(x.dtypeCore) ? x : cast(x, core.int64);
  const last = shapeOf(wide).length;
  const column = unsqueeze(wide, last);
  const ones = fullLike(column, 1);
  if (count <= 1) return sliceAxis(ones, last, 0, count);
  return concatenate([ones, cumprod(broadcastTo(column, [...shapeOf(wide), count - 1]), last)], last);
}

/**
 * The powers of each element from the 0th on, `N` of them, or as many as there are elements. Source: torch.linalg.vander.
 * @example
 * torch.linalg.vander(torch.tensor([2, 3, 4])); // → tensor([[ 1,  2,  4],
 *                                               //           [ 1,  3,  9],
 *                                               //           [ 1,  4, 16]])
 */
export const vander = keyed('linalg.vander', 'x: Tensor, *, N: int = None', (x: Tensor, N?: number | null): Tensor => {
  const count = N ?? shapeOf(x)[shapeOf(x).length - 1] ?? 0;
  if (count <= 1) throw new RuntimeError('N must be greater than 1.');
  return powersOf(x, count);
}, inLinalg);
