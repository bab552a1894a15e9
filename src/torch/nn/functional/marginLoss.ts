import { int64 } from '../../../core/dtype.ts';
import { RuntimeError, ValueError } from '../../../core/errors.ts';
import { sameShape } from '../../../core/layout.ts';
import { declare } from '../../../core/signature.ts';
import { cast } from '../../../ops/cast.ts';
import { zerosLike } from '../../../ops/creation.ts';
import { elements, isDeferred } from '../../../ops/host.ts';
import { gatherAlong, indexSelect, scatterAlong } from '../../../ops/indexing.ts';
import { detach, reshapeTo, unsqueeze } from '../../../ops/movement.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import { cumsum } from '../../../ops/reduce.ts';
import { checkBroadcast, checkResultType, commonType, floatingType, renamed } from '../../arguments/operands.ts';
import { listText } from '../../arguments/sizes.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import * as reductions from '../../functions/reductions.ts';
import * as pointwise from '../../pointwise.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { logsigmoid } from './activation.ts';
import type { Reduction } from './support.ts';
import { checkFloating, chosenReduction, notNegative, older, reduced, reductionOf } from './support.ts';

/** Losses that ask for a distance between what is right and what is wrong. */

type Older = [size_average?: boolean | null, reduce?: boolean | null, reduction?: Reduction];

/** In the dtype of what a margin is added to, which is a float in PyTorch. */
const floating = (x: Tensor): Tensor => cast(x, floatingType(x.dtypeCore));

/**
 * max(0, −target · (input1 − input2) + margin), where target is 1 if input1 should be the larger and −1 if input2 should.
 * Source: torch.nn.functional.margin_ranking_loss.
 * @example
 * const [a, b] = [torch.tensor([0.5, 2]), torch.tensor([1, 1]).float()];
 * nn.functional.margin_ranking_loss(a, b, torch.tensor([1, 1])); // → tensor(0.2500)
 */
export const margin_ranking_loss = declare<[input1: Tensor, input2: Tensor, target: Tensor, margin?: number, ...Older]>()(
  'nn.functional.margin_ranking_loss', ['input1: Tensor, input2: Tensor, target, margin: float = 0', older],
  ({ input1, input2, target, margin, ...rest }): Tensor => {
    const reduction = chosenReduction(rest);
    const ranks = [input1, input2, target].map(({ geometry }) => geometry.shape.length);
    if (ranks[0] !== ranks[1] || ranks[0] !== ranks[2]) {
      throw new RuntimeError('margin_ranking_loss : All input tensors should have same dimension but got sizes: '
        + `input1: ${input1.shape}, input2: ${input2.shape}, target: ${target.shape} `);
    }
    return reduced(notNegative(floating(pointwise.neg(target).mul(input1.sub(input2))).add(margin)), reduction);
  });

/**
 * The input where target is 1, and max(0, margin − input) where it is −1: of distances of what is alike and what is not.
 * Source: torch.nn.functional.hinge_embedding_loss.
 * @example
 * nn.functional.hinge_embedding_loss(torch.tensor([0.5, 0.2]), torch.tensor([1, -1])); // → tensor(0.6500)
 */
export const hinge_embedding_loss = declare<[input: Tensor, target: Tensor, margin?: number, ...Older]>()(
  'nn.functional.hinge_embedding_loss', ['input, target, margin=1.0', older], ({ input, target, margin, ...rest }): Tensor => {
    const reduction = chosenReduction(rest);
    checkBroadcast([input, target]);
    const apart = ops.where(ops.ne(target, 1), notNegative(pointwise.neg(input).add(margin)), 0) as Tensor;
    return reduced(apart.add(ops.where(ops.ne(target, -1), input, 0) as Tensor), reduction);
  });

/** What PyTorch adds to squared lengths, lest one is 0. */
const leastSquare = 1e-12;

/**
 * 1 − cos of pairs of vectors whose target is 1, and max(0, cos − margin) of those whose target is −1: (N, D), (N, D) and (N).
 * Source: torch.nn.functional.cosine_embedding_loss.
 * @example
 * const [a, b] = [torch.tensor([[1, 0]]).float(), torch.tensor([[1, 1]]).float()];
 * nn.functional.cosine_embedding_loss(a, b, torch.tensor([1])); // → tensor(0.2929)
 */
export const cosine_embedding_loss = declare<[input1: Tensor, input2: Tensor, target: Tensor, margin?: number, ...Older]>()(
  'nn.functional.cosine_embedding_loss', ['input1: Tensor, input2: Tensor, target, margin: float = 0', older],
  ({ input1, input2, target, margin, ...rest }): Tensor => {
    const reduction = chosenReduction(rest);
    const axis = target.geometry.shape.length;
    if (axis > 1) throw new RuntimeError('0D or 1D target tensor expected, multi-target not supported');
    if ([input1, input2].some(({ geometry }) => geometry.shape.length !== axis + 1)) {
      throw new RuntimeError(`${axis}D target tensor expects ${axis + 1}D input tensors, but found inputs with sizes `
        + `${listText(input1.geometry.shape)} and ${listText(input2.geometry.shape)}.`);
    }
    const lengths = [input1, input2].map((each) => reductions.sum(each.mul(each), axis).add(leastSquare));
    const cosine = reductions.sum(input1.mul(input2), axis).div(pointwise.sqrt(lengths[0].mul(lengths[1])));
    const alike = ops.where(ops.eq(target, 1), pointwise.neg(cosine).add(1), 0) as Tensor;
    const unlike = ops.where(ops.eq(target, -1), notNegative(cosine.sub(margin)), 0) as Tensor;
    return reduced(alike.add(unlike), reduction);
  });

/**
 * log(1 + exp(−target · input)), where targets are 1 or −1. Source: torch.nn.functional.soft_margin_loss.
 * @example
 * nn.functional.soft_margin_loss(torch.tensor([0.5, -2]), torch.tensor([1, -1])); // → tensor(0.3005)
 */
export const soft_margin_loss = declare<[input: Tensor, target: Tensor, ...Older]>()(
  'nn.functional.soft_margin_loss', ['input, target', older], ({ input, target, ...rest }): Tensor => {
    const reduction = chosenReduction(rest);
    const losses = pointwise.log1p(pointwise.exp(pointwise.neg(input).mul(target)));
    checkResultType(losses.dtypeCore, commonType([input, target]));
    return renamed(reduced(losses, reduction), 'SoftMarginLossBackward0');
  });

/** Rows of scores: one for each sample, and one for a vector. */
function rowsOf(input: Tensor): { readonly rows: Tensor; readonly isVector: boolean } {
  const { shape } = input.geometry;
  const isVector = shape.length < 2;
  if (shape.length > 2 || shape.at(-1) === 0) {
    throw new RuntimeError(`Expected non-empty vector or matrix with optional 0-dim batch size, but got: ${listText(shape)}`);
  }
  return { rows: isVector ? reshapeTo(input, [1, input.geometry.size]) : input, isVector };
}

function checkLong(target: Tensor): void {
  if (target.dtypeCore !== int64) throw new RuntimeError(`expected scalar type Long but found ${scalarTypeName(target.dtypeCore)}`);
}

/** Refuses classes that there are not; on a device that cannot be read they are checked where they are looked up. */
function checkRange(target: Tensor, least: number, classes: number, words: string): void {
  if (isDeferred(target)) return;
  const isWrong = (each: unknown): boolean => (each as number) < least || (each as number) >= classes;
  if (elements(detach(target)).some(isWrong)) throw new RuntimeError(words);
}

/**
 * The mean over the classes but the right one of max(0, margin − input[target] + input[class])ᵖ, p being 1 or 2, for scores (N, C)
 * and classes (N), weighted by `weight[target]`. Source: torch.nn.functional.multi_margin_loss.
 * @example
 * nn.functional.multi_margin_loss(torch.tensor([[0.1, 0.2, 0.8]]), torch.tensor([2])); // → tensor(0.2333)
 */
export const multi_margin_loss = declare<[
  input: Tensor, target: Tensor, p?: number, margin?: number, weight?: Tensor | null, ...Older,
]>()('nn.functional.multi_margin_loss', ['input, target, p=1, margin=1.0, weight=None', older],
  ({ input, target, p, margin, weight, ...rest }): Tensor => {
    const reduction = chosenReduction(rest);
    if (p !== 1 && p !== 2) throw new ValueError('only p == 1 and p == 2 supported');
    if (weight !== null && weight.geometry.shape.length !== 1) throw new ValueError('weight must be one-dimensional');
    const { rows, isVector } = rowsOf(input);
    const [samples, classes] = rows.geometry.shape;
    if (target.geometry.shape.length > 1 || target.geometry.size !== samples) {
      const [wrong, shape] = [target, input].map(({ geometry }) => listText(geometry.shape));
      throw new RuntimeError('multi_margin_loss: target tensor should be 1-D with size equal to the number of input samples (batch size). '
        + `Expected target size [${samples}], but got ${wrong}. Input has shape ${shape}.`);
    }
    if (weight !== null && weight.geometry.size !== classes) {
      throw new RuntimeError(`inconsistent weight size, expected ${classes} but got ${listText(weight.geometry.shape)}`);
    }
    checkFloating('multi_margin_loss_cpu_kernel', input.dtypeCore);
    checkLong(target);
    checkRange(target, 0, classes, 'target out of range');
    const places = reshapeTo(target, [samples, 1]);
    const right = gatherAlong(rows, 1, places, 'torch');
    const distances = pointwise.relu(pointwise.neg(right).add(margin).add(rows));
    const powers = p === 1 ? distances : distances.mul(distances);
    // The right class has no distance to itself.
    const wrong = scatterAlong(powers, 1, places, 0, 'torch');
    const weighed = weight === null ? wrong : wrong.mul(unsqueeze(indexSelect(weight, 0, reshapeTo(target, [samples])), 1));
    const each = reductions.sum(weighed, 1).div(classes);
    const loss = reduced(isVector && target.geometry.shape.length === 0 ? reshapeTo(each, []) : each, reduction);
    return renamed(loss, 'MultiMarginLossBackward0');
  });

/**
 * The sum over right classes y and wrong ones k of max(0, 1 − (input[y] − input[k])), over the number of classes. Scores and right
 * classes are (N, C); those from the first −1 on do not count. Source: torch.nn.functional.multilabel_margin_loss.
 * @example
 * nn.functional.multilabel_margin_loss(torch.tensor([[0.1, 0.2, 0.4, 0.8]]), torch.tensor([[3, 0, -1, 1]])); // → tensor(0.8500)
 */
export const multilabel_margin_loss = declare<[input: Tensor, target: Tensor, ...Older]>()(
  'nn.functional.multilabel_margin_loss', ['input, target', older], ({ input, target, ...rest }): Tensor => {
    const reduction = chosenReduction(rest);
    const { rows, isVector } = rowsOf(input);
    if (!sameShape(target.geometry.shape, input.geometry.shape) && !(isVector && target.geometry.size === input.geometry.size)) {
      throw new RuntimeError(
        `inconsistent target size: ${listText(target.geometry.shape)} for input of size: ${listText(input.geometry.shape)}`);
    }
    checkFloating('multilabel_margin_loss_forward_out_frame', input.dtypeCore);
    checkLong(target);
    const [, classes] = rows.geometry.shape;
    checkRange(target, -1, classes, "argument #2 'target' is out of range");
    const labels = reshapeTo(target, rows.geometry.shape);
    const counts = ops.eq(cumsum(cast(ops.lt(labels, 0), int64), 1), 0);
    const places = ops.where(counts, labels, 0) as Tensor;
    const counting = cast(counts, input.dtypeCore);
    const isRight = ops.gt(scatterAlong(zerosLike(counting), 1, places, counting, 'torch', { accumulate: true }), 0);
    const right = unsqueeze(gatherAlong(rows, 1, places, 'torch'), 2);
    const distances = pointwise.relu(pointwise.neg(right).add(1).add(unsqueeze(rows, 1)));
    const counted = distances.mul(unsqueeze(counting, 2)).mul(unsqueeze(cast(ops.logicalNot(isRight), input.dtypeCore), 1));
    const each = reductions.sum(counted, [1, 2]).div(classes);
    return renamed(reduced(isVector ? reshapeTo(each, []) : each, reduction), 'MultilabelMarginLossBackward0');
  });

/**
 * Binary cross entropy of sigmoid(input) of each class, and the mean over the classes: (N, C) and targets of 0 and 1 alike.
 * Source: torch.nn.functional.multilabel_soft_margin_loss.
 * @example
 * nn.functional.multilabel_soft_margin_loss(torch.tensor([[0.5, -2]]), torch.tensor([[1, 0]])); // → tensor(0.3005)
 */
export const multilabel_soft_margin_loss = declare<[input: Tensor, target: Tensor, weight?: Tensor | null, ...Older]>()(
  'nn.functional.multilabel_soft_margin_loss', ['input, target, weight=None', older], ({ input, target, weight, ...rest }): Tensor => {
    const wrong = pointwise.neg(target).add(1).mul(logsigmoid(pointwise.neg(input)));
    const each = pointwise.neg(target.mul(logsigmoid(input)).add(wrong));
    const weighed = weight === null ? each : each.mul(weight);
    const axis = input.geometry.shape.length - 1;
    const loss = reductions.sum(weighed, axis).div(input.geometry.shape[axis] ?? 1);
    const reduction = reductionOf(rest);
    if (reduction !== 'none' && reduction !== 'mean' && reduction !== 'sum') throw new ValueError(`${reduction} is not valid`);
    return reduced(loss, reduction);
  });
