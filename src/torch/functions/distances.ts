import type { DType } from '../../core/dtype.ts';
import { float32, float64, isInexact } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError, ValueError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { full } from '../../ops/creation.ts';
import { indexSelect } from '../../ops/indexing.ts';
import { countingLike, repeatedLike } from '../../ops/integers.ts';
import { permute, reshapeTo, swapAxes, tryView, unsqueeze } from '../../ops/movement.ts';
import { cosineSimilarity, vectorNorm } from '../../ops/norms.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { sum } from '../../ops/reduce.ts';
import { inPython, keyed } from '../arguments/keyed.ts';
import { broadcastShape, commonType, renamed } from '../arguments/operands.ts';
import { expanded } from '../arguments/sizes.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';
import { norm } from './reductions.ts';

/** Distances of vectors and the angles between them, and what is made of two vectors at a time. */

/**
 * The cosine of the angle between vectors along `dim`. Source: torch.cosine_similarity.
 * @example
 * torch.cosine_similarity(torch.tensor([[1, 0]]).float(), torch.tensor([[1, 1]]).float()); // → tensor([0.7071])
 */
export const cosine_similarity = keyed('cosine_similarity', 'x1: Tensor, x2: Tensor, dim=1, eps=1e-08',
  (x1: Tensor, x2: Tensor, dim: number = 1, eps: number = 1e-8): Tensor => {
    const type = commonType([x1, x2]);
    if (!isInexact(type)) throw new RuntimeError(`expected common dtype to be floating point, yet common dtype is ${scalarTypeName(type)}`);
    const shape = broadcastShape([x1.geometry.shape, x2.geometry.shape]);
    const [x, y] = [x1, x2].map((each) => expanded(cast(each, type), shape));
    return cosineSimilarity(x, y, wrapDimension(dim, shape.length), eps);
  });

/**
 * The p-norm of x1 − x2 + eps along the last dimension. Source: torch.pairwise_distance.
 * @example
 * torch.pairwise_distance(torch.tensor([[1.5, 2]]), torch.tensor([[4.5, 6]])); // → tensor([5.0000])
 */
export const pairwise_distance = keyed('pairwise_distance', 'x1: Tensor, x2: Tensor, p: float = 2, eps=1e-06, keepdim=False',
  (x1: Tensor, x2: Tensor, p: number = 2, eps: number = 1e-6, keepdim: boolean = false): Tensor =>
    renamed(norm(x1.sub(x2).add(eps), p, -1, keepdim), 'NormBackward1'));

const hasKernel = (type: DType): boolean => type === float32 || type === float64;

/** The lengths of differences; of vectors without elements 0. */
function lengths(difference: Tensor, p: number, name: string): Tensor {
  const { shape } = difference.geometry;
  const axis = shape.length - 1;
  if (shape[axis] === 0) return full(Tensor, shape.slice(0, axis), 0, difference.dtypeCore, difference.storage.device);
  // The number of what differs has a gradient of zeros.
  if (p === 0) return renamed(sum(ops.where(ops.ne(difference, 0), 1, ops.mul(difference, 0)) as Tensor, [axis]), name);
  return renamed(vectorNorm(difference, p, [axis]), name);
}

/**
 * The p-norms of the differences of all pairs of rows (N, D), of the first with the others, then of the second, and so on.
 * Source: torch.pdist.
 * @example
 * torch.pdist(torch.tensor([[0, 0], [3, 4], [0, 1]]).float()); // → tensor([5.0000, 1.0000, 4.2426])
 */
export const pdist = keyed('pdist', 'input, p: float = 2', (input: Tensor, p: number = 2): Tensor => {
  const { shape } = input.geometry;
  if (shape.length !== 2) throw new RuntimeError(`pdist only supports 2D tensors, got: ${shape.length}D`);
  if (input.dtypeCore.kind !== 'float') throw new RuntimeError('pdist only supports floating-point dtypes');
  if (!(p >= 0)) throw new RuntimeError('pdist only supports non-negative p values');
  if (!hasKernel(input.dtypeCore)) throw new NotImplementedError(`"pdist" not implemented for '${scalarTypeName(input.dtypeCore)}'`);
  const [rows] = shape;
  const partners = Array.from({ length: rows }, (_, row) => rows - 1 - row);
  const firsts = repeatedLike(input, partners);
  let [row, end] = [0, rows - 1];
  const seconds = countingLike(input, firsts.geometry.size, (place) => {
    while (place >= end) end += partners[++row];
    return rows - (end - place);
  });
  return lengths(indexSelect(input, 0, firsts).sub(indexSelect(input, 0, seconds)), p, 'PdistBackward0');
});

const computeModes = ['use_mm_for_euclid_dist_if_necessary', 'use_mm_for_euclid_dist', 'donot_use_mm_for_euclid_dist'];
/** More rows than these and euclidean distances come from a product of matrices, unless said. */
const fewRows = 25;

/** In another shape or the same one, a view either way. */
const asView = (x: Tensor, shape: readonly number[]): Tensor => tryView(x, shape) ?? x;

/** From the squares and a product, which is quick for many rows and less exact for near ones. */
function byProduct(x1: Tensor, x2: Tensor): Tensor {
  const last = x1.geometry.shape.length - 1;
  const squares = [x1, x2].map((each) => sum(ops.mul(each, each), [each.geometry.shape.length - 1], true));
  const product = x1.matmul(swapAxes(x2, x2.geometry.shape.length - 2, x2.geometry.shape.length - 1)).mul(-2);
  const square = product.add(squares[0]).add(swapAxes(squares[1], last - 1, last));
  // The root has no slope at 0, and the distance none there.
  const isApart = ops.gt(square, 0);
  const roots = ops.sqrt(ops.where(isApart, square, 1) as Tensor);
  return asView(renamed(ops.where(isApart, roots, 0) as Tensor, 'EuclideanDistBackward0'), product.geometry.shape);
}

/**
 * The p-norms of the differences of each row of (..., P, D) with each of (..., R, D): (..., P, R). Source: torch.cdist.
 * @example
 * torch.cdist(torch.tensor([[0, 0], [3, 4]]).float(), torch.tensor([[0, 1]]).float()); // → tensor([[1.0000],
 *                                                                                      //           [4.2426]])
 */
export const cdist = keyed('cdist', "x1: Tensor, x2: Tensor, p: float = 2, compute_mode: str = 'use_mm_for_euclid_dist_if_necessary'",
  (x1: Tensor, x2: Tensor, p: number = 2, compute_mode: string = computeModes[0]): Tensor => {
    if (!computeModes.includes(compute_mode)) throw new ValueError(`${compute_mode} is not a valid value for compute_mode`);
    const [first, second] = [x1.geometry.shape, x2.geometry.shape];
    [first, second].forEach(({ length }, i) => {
      if (length < 2) throw new RuntimeError(`cdist only supports at least 2D tensors, X${i + 1} got: ${length}D`);
    });
    if (first.at(-1) !== second.at(-1)) {
      throw new RuntimeError(`X1 and X2 must have the same number of columns. X1: ${first.at(-1)} X2: ${second.at(-1)}`);
    }
    [x1, x2].forEach(({ dtypeCore }, i) => {
      if (dtypeCore.kind !== 'float') {
        throw new RuntimeError(`cdist only supports floating-point dtypes, X${i + 1} got: ${scalarTypeName(dtypeCore)}`);
      }
    });
    if (!(p >= 0)) throw new RuntimeError('cdist only supports non-negative p values');
    if (x1.dtypeCore !== x2.dtypeCore) {
      throw new RuntimeError(`expected scalar type ${scalarTypeName(x1.dtypeCore)} but found ${scalarTypeName(x2.dtypeCore)}`);
    }
    broadcastShape([first.slice(0, -2), second.slice(0, -2)]);
    const many = Math.max(first.at(-2) ?? 0, second.at(-2) ?? 0) > fewRows;
    const multiplies = p === 2 && first.at(-1) !== 0
      && (compute_mode === computeModes[1] || (compute_mode === computeModes[0] && many));
    if (multiplies) return byProduct(x1, x2);
    if (!hasKernel(x1.dtypeCore)) throw new NotImplementedError(`"cdist" not implemented for '${scalarTypeName(x1.dtypeCore)}'`);
    const difference = unsqueeze(x1, first.length - 1).sub(unsqueeze(x2, second.length - 2));
    return lengths(difference, p, 'CdistBackward0');
  }, inPython);

/**
 * x1ᵀ · weight[k] · x2 for each k, and a bias: (..., I) and (..., J) with weights (K, I, J). Source: torch.bilinear.
 * @example
 * torch.bilinear(torch.tensor([1.5, 2]), torch.tensor([1, 0.5]), torch.ones(1, 2, 2)); // → tensor([5.2500])
 */
export const bilinear = keyed('bilinear', 'input1: Tensor, input2: Tensor, weight: Tensor, bias: Tensor = None',
  (input1: Tensor, input2: Tensor, weight: Tensor, bias?: Tensor | null): Tensor => {
    const [first, second, kernel] = [input1, input2, weight].map(({ geometry }) => geometry.shape);
    if (first.length !== second.length) {
      throw new RuntimeError(`bilinear(): input dimensions do not match: got ${first.length} and ${second.length}`);
    }
    const axis = first.length - 1;
    for (let i = 0; i < axis; i++) {
      if (first[i] === second[i]) continue;
      throw new RuntimeError(`bilinear(): input batch dimensions do not match at dim ${i}: got ${first[i]} and ${second[i]}`);
    }
    wrapDimension(2, kernel.length);
    [first, second].forEach((shape, i) => {
      if (shape[axis] === kernel[i + 1]) return;
      throw new RuntimeError(
        `bilinear(): input${i + 1} size does not match weight size: got ${shape[axis]} but expected ${kernel[i + 1]}`);
    });
    const [outputs, inner] = kernel;
    if (bias && bias.geometry.shape[0] !== outputs) {
      throw new RuntimeError(`bilinear(): bias size does not match weight size: got ${bias.geometry.shape[0]} but expected ${outputs}`);
    }
    const batch = first.slice(0, axis);
    const rows = batch.reduce((product, extent) => product * extent, 1);
    const table = reshapeTo(permute(weight, [1, 0, 2]), [inner, outputs * second[axis]]);
    const half = reshapeTo(reshapeTo(input1, [rows, inner]).matmul(table), [rows, outputs, second[axis]]);
    const products = half.mul(reshapeTo(input2, [rows, 1, second[axis]]));
    const out = asView(renamed(sum(products, [2]), 'TrilinearBackward0'), [...batch, outputs]);
    return bias ? out.add(bias) : out;
  });
