import { withGradMode } from '../../../autograd/mode.ts';
import { record } from '../../../autograd/tape.ts';
import { backendOf } from '../../../backend/select.ts';
import { int64 } from '../../../core/dtype.ts';
import { RuntimeError, ValueError } from '../../../core/errors.ts';
import { sizeOf } from '../../../core/layout.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { cast } from '../../../ops/cast.ts';
import { full } from '../../../ops/creation.ts';
import { scatterAlong, indexSelect } from '../../../ops/indexing.ts';
import { scatterInto } from '../../../ops/indexing/kernels.ts';
import { addmm, matrixProduct } from '../../../ops/matmul.ts';
import { detach, reshapeTo, sliceAxis, squeeze, swapAxes, unsqueeze } from '../../../ops/movement.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import * as reduce from '../../../ops/reduce.ts';
import { bindArguments } from '../../arguments/bind.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import { checkTensor, writeInPlace } from '../../arguments/operands.ts';
import { checkOptions } from '../../arguments/options.ts';
import * as random from '../../functions/random/random.ts';
import { norm, sum } from '../../functions/reductions.ts';
import { Tensor, wrapDimension } from '../../tensor/tensor.ts';

/** Layers as functions: their weights are arguments. */

/**
 * input · weightᵀ + bias over the last dimension; weight is (out, in). Source: torch.nn.functional.linear.
 * @example
 * nn.functional.linear(torch.tensor([[1.5, 2]]), torch.tensor([[1, 0], [1, 1]]).float(), torch.tensor([0.5, 0]));
 * // → tensor([[2.0000, 3.5000]])
 */
export function linear(input: Tensor, weight: Tensor, bias: Tensor | null = null): Tensor {
  checkTensor('linear', 'input', input);
  checkTensor('linear', 'weight', weight);
  const { shape } = input.geometry;
  if (shape.length === 0 || weight.geometry.shape.length === 0) {
    throw new RuntimeError(
      `both arguments to linear need to be at least 1D, but they are ${shape.length}D and ${weight.geometry.shape.length}D`);
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
}

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

/** Dimensions start_dim to end_dim as one. Source: torch.flatten. */
export function flatten(input: Tensor, start_dim = 0, end_dim = -1): Tensor {
  const { shape } = input.geometry;
  if (shape.length === 0) return reshapeTo(input, [1]);
  const start = wrapDimension(start_dim, shape.length);
  const end = wrapDimension(end_dim, shape.length);
  if (start > end) throw new RuntimeError('flatten() has invalid args: start_dim cannot come after end_dim');
  return reshapeTo(input, [...shape.slice(0, start), sizeOf(shape.slice(start, end + 1)), ...shape.slice(end + 1)]);
}

export interface DropoutParameters {
  readonly p: number;
  readonly training: boolean;
  readonly inplace: boolean;
}

export function checkProbability(p: number): void {
  if (p >= 0 && p <= 1) return;
  throw new ValueError(`dropout probability has to be between 0 and 1, but got ${pythonRepr(p)}`);
}

/**
 * Zeroes elements with probability p and scales the others by 1 / (1 − p). Source: torch.nn.functional.dropout.
 * @example
 * nn.functional.dropout(torch.ones(2), { p: 0.5, training: false }); // → tensor([1., 1.])
 */
export function dropout(input: Tensor, ...given: readonly (number | boolean | Partial<DropoutParameters>)[]): Tensor {
  checkTensor('dropout', 'input', input);
  const { p, training, inplace } = bindArguments<DropoutParameters>('dropout', given, { p: 0.5, training: true, inplace: false });
  checkProbability(p);
  return masked(input, input.geometry.shape, p, training, inplace);
}

/** As dropout, but whole channels at once: (N, C, ...) loses entries of N × C. Source: torch.nn.functional.dropout2d. */
export function feature_dropout(input: Tensor, ...given: readonly (number | boolean | Partial<DropoutParameters>)[]): Tensor {
  checkTensor('dropout', 'input', input);
  const { p, training, inplace } = bindArguments<DropoutParameters>('dropout', given, { p: 0.5, training: true, inplace: false });
  checkProbability(p);
  const { shape } = input.geometry;
  if (shape.length < 2) throw new RuntimeError('Feature dropout requires at least 2 dimensions in the input');
  return masked(input, shape.map((extent, axis) => (axis < 2 ? extent : 1)), p, training, inplace);
}

function masked(input: Tensor, shape: readonly number[], p: number, training: boolean, inplace: boolean): Tensor {
  if (p === 0 || !training || input.geometry.size === 0) return input;
  const noise = full(Tensor, shape, 0, input.dtypeCore, input.storage.device);
  if (p < 1) {
    random.bernoulli_(noise, 1 - p);
    ops.div(noise, 1 - p, noise);
  }
  return inplace ? writeInPlace(input, ops.mul(input, noise)) : ops.mul(input, noise);
}

/**
 * One row of `weight` for each index. The row `padding_idx` has no gradient. Source: torch.nn.functional.embedding.
 * @example
 * nn.functional.embedding(torch.tensor([1, 1, 0]), torch.tensor([[0.5], [1.5]])); // → tensor([[1.5000],
 *                                                                                 //           [1.5000],
 *                                                                                 //           [0.5000]])
 */
export function embedding(
  input: Tensor, weight: Tensor, options: number | null | { readonly padding_idx?: number | null } = {},
): Tensor {
  checkTensor('embedding', 'input', input);
  checkTensor('embedding', 'weight', weight);
  if (typeof options === 'object' && options !== null) checkOptions('embedding', options, ['padding_idx']);
  const given = typeof options === 'number' ? options : options?.padding_idx ?? null;
  const [rows] = weight.geometry.shape;
  if (given !== null && (given >= rows || given < -rows)) throw new RuntimeError('Padding_idx must be within num_embeddings');
  return lookUp(weight, input, given !== null && given < 0 ? given + rows : given);
}

function lookUp(weight: Tensor, indices: Tensor, padding: number | null): Tensor {
  const { shape } = indices.geometry;
  const out = withGradMode(false, () =>
    reshapeTo(indexSelect(weight, 0, reshapeTo(indices, [indices.geometry.size])), [...shape, ...weight.geometry.shape.slice(1)]));
  return record(out, 'EmbeddingBackward0', [weight], [(g) => spreadRows(g as Tensor, indices, weight.geometry.shape, padding)]);
}

/** The adjoint of looking up: rows of the gradient added where they came from. */
function spreadRows(g: Tensor, indices: Tensor, shape: readonly number[], padding: number | null): Tensor {
  const out = full(Tensor, shape, 0, g.dtypeCore, g.storage.device);
  const positions = cast(indices, int64);
  scatterInto(out, positions, g, true);
  if (padding !== null) backendOf(g.storage.device).fill(withGradMode(false, () => sliceAxis(out, 0, padding, 1)), 0);
  return record(out, 'EmbeddingDenseBackward0', [g], [
    (gg) => {
      const rows = gg as Tensor;
      if (padding === null) return lookUp(rows, indices, null);
      const place = full(Tensor, [shape[0], ...shape.slice(1).map(() => 1)], 1, rows.dtypeCore, rows.storage.device);
      backendOf(rows.storage.device).fill(withGradMode(false, () => sliceAxis(place, 0, padding, 1)), 0);
      return lookUp(ops.mul(rows, place), indices, null);
    },
  ]);
}

/**
 * 1 at each index and 0 elsewhere, along a new last dimension of `num_classes`. int64. Source: torch.nn.functional.one_hot.
 * @example
 * nn.functional.one_hot(torch.tensor([2, 0])); // → tensor([[0, 0, 1],
 *                                              //           [1, 0, 0]])
 */
export function one_hot(input: Tensor, num_classes: number | { readonly num_classes?: number } = -1): Tensor {
  checkTensor('one_hot', 'input', input);
  if (typeof num_classes === 'object') checkOptions('one_hot', num_classes, ['num_classes']);
  const asked = typeof num_classes === 'number' ? num_classes : num_classes.num_classes ?? -1;
  if (input.dtypeCore !== int64) throw new RuntimeError('one_hot is only applicable to index tensor of type LongTensor.');
  const axes = input.geometry.shape.map((_, axis) => axis);
  const extreme = (kind: 'min' | 'max'): number => (reduce.extreme(kind, input, axes) as Tensor).item() as number;
  if (input.geometry.size === 0) {
    if (asked <= 0) throw new RuntimeError('Can not infer total number of classes from empty tensor.');
  } else if (asked < 0 || backendOf(input.storage.device).deferred === null) {
    // Where the number of classes is given, a device that cannot be read at once checks them as it scatters.
    if (extreme('min') < 0) throw new RuntimeError('Class values must be non-negative.');
    if (asked >= 0 && extreme('max') >= asked) throw new RuntimeError('Class values must be smaller than num_classes.');
  }
  const classes = asked >= 0 ? asked : extreme('max') + 1;
  const { shape } = input.geometry;
  const zeros = full(Tensor, [...shape, classes], 0, int64, input.storage.device);
  if (zeros.geometry.size === 0) return zeros;
  return scatterAlong(zeros, shape.length, unsqueeze(detach(input), shape.length), 1, 'torch', { inPlace: true });
}

/**
 * Vectors along `dim` divided by their p-norm, or by `eps` where that is larger. Source: torch.nn.functional.normalize.
 * @example
 * nn.functional.normalize(torch.tensor([[3, 4]]).float()); // → tensor([[0.6000, 0.8000]])
 */
export function normalize(input: Tensor, ...given: readonly (number | Partial<{ p: number; dim: number; eps: number }>)[]): Tensor {
  checkTensor('normalize', 'input', input);
  const { p, dim, eps } = bindArguments('normalize', given, { p: 2, dim: 1, eps: 1e-12 });
  return input.div(norm(input, p, dim, true).clamp({ min: eps }));
}

/**
 * The cosine of the angle between vectors along `dim`. Source: torch.nn.functional.cosine_similarity.
 * @example
 * nn.functional.cosine_similarity(torch.tensor([[1, 0]]).float(), torch.tensor([[1, 1]]).float());
 * // → tensor([0.7071])
 */
export function cosine_similarity(x1: Tensor, x2: Tensor, ...given: readonly (number | Partial<{ dim: number; eps: number }>)[]): Tensor {
  const { dim, eps } = bindArguments('cosine_similarity', given, { dim: 1, eps: 1e-8 });
  const [a, b] = [x1, x2].map((x) => x.div(norm(x, 2, dim, true).clamp({ min: eps })));
  return sum(a.mul(b), dim);
}
