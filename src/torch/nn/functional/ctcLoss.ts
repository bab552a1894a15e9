import { float32, float64, int64, isInteger } from '../../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../../core/errors.ts';
import { declare } from '../../../core/signature.ts';
import { cast } from '../../../ops/cast.ts';
import { fullLike, zerosLike } from '../../../ops/creation.ts';
import { ctcLoss } from '../../../ops/ctc.ts';
import { elements } from '../../../ops/host.ts';
import { indexSelect } from '../../../ops/indexing.ts';
import { integersLike } from '../../../ops/integers.ts';
import { detach, reshapeTo, squeeze, unsqueeze } from '../../../ops/movement.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import { Tensor } from '../../tensor/tensor.ts';
import type { Reduction } from './support.ts';
import { checkReduction, reduced } from './support.ts';

/** How many steps or labels each sample has: integers, or a tensor of them. */
export type Lengths = Tensor | readonly number[];

function lengthsOf(name: string, given: Lengths, samples: number): number[] {
  if (given instanceof Tensor && !isInteger(given.dtypeCore)) throw new RuntimeError(`${name} must be integral`);
  const lengths = given instanceof Tensor ? (elements(detach(given)) as number[]).map(Number) : [...given];
  if (lengths.length !== samples) throw new RuntimeError(`${name} must be of size batch_size`);
  return lengths;
}

const checking = '(while checking arguments for ctc_loss_allocate_outputs)';

function checkLengths(name: string, lengths: readonly number[], most: number): void {
  for (const length of lengths) {
    if (length < 0) throw new RuntimeError(`Expected ${name} to have value at least 0, but got value ${length} ${checking}`);
    if (length > most) throw new RuntimeError(`Expected ${name} to have value at most ${most}, but got value ${length} ${checking}`);
  }
}

/** The labels of all samples with blanks between and around, in rows of one length. */
function withBlanks(targets: Tensor, lengths: readonly number[], blank: number): Tensor {
  const samples = lengths.length;
  const most = Math.max(0, ...lengths);
  const { shape, size } = targets.geometry;
  let start = 0;
  const places: number[] = [];
  const isLabel: number[] = [];
  lengths.forEach((length, sample) => {
    const first = shape.length === 2 ? sample * shape[1] : start;
    for (let place = 0; place <= 2 * most; place++) {
      const label = place % 2 === 1 && (place - 1) / 2 < length;
      isLabel.push(label ? 1 : 0);
      places.push(label ? first + (place - 1) / 2 : 0);
    }
    start += length;
  });
  const like = cast(detach(targets), int64);
  const rows = [samples, 2 * most + 1];
  const blanks = fullLike(integersLike(like, isLabel, rows), blank);
  if (size === 0) return blanks;
  const labels = indexSelect(reshapeTo(like, [size]), 0, integersLike(like, places));
  return ops.where(ops.ne(integersLike(like, isLabel, rows), 0), reshapeTo(labels, rows), blanks) as Tensor;
}

/**
 * The negative logarithm of the probability of the targets, summed over their alignments with more steps: `log_probs` is (T, N, C) or
 * (T, C), targets are (N, S) or all in one vector; the mean is over the samples, each over its number of labels. With `zero_infinity`
 * what has no alignment counts 0. Source: torch.nn.functional.ctc_loss.
 * @example
 * const log_probs = torch.tensor([[[0.5, 0.5]], [[0.25, 0.75]]]).log();
 * nn.functional.ctc_loss(log_probs, torch.tensor([[1]]), [2], [1]); // → tensor(0.1335)
 */
export const ctc_loss = declare<[
  log_probs: Tensor, targets: Tensor, input_lengths: Lengths, target_lengths: Lengths, blank?: number, reduction?: Reduction,
  zero_infinity?: boolean,
]>()('nn.functional.ctc_loss', [
  'log_probs: Tensor, targets: Tensor, input_lengths: Tensor | list, target_lengths: Tensor | list, blank=0',
  "reduction='mean', zero_infinity=False",
], ({ log_probs, targets, input_lengths, target_lengths, blank, reduction, zero_infinity }): Tensor => {
  checkReduction(reduction);
  const isBatch = log_probs.geometry.shape.length > 2;
  const logs = isBatch ? log_probs : unsqueeze(log_probs, Math.min(1, log_probs.geometry.shape.length));
  if (logs.geometry.shape.length !== 3) {
    throw new RuntimeError(`Expected 3-dimensional tensor, but got ${logs.geometry.shape.length}-dimensional tensor for argument #1 `
      + `'log_probs' ${checking}`);
  }
  const [most, samples, classes] = logs.geometry.shape;
  const steps = lengthsOf('input_lengths', input_lengths, samples);
  const lengths = lengthsOf('target_lengths', target_lengths, samples);
  if (logs.dtypeCore !== float32 && logs.dtypeCore !== float64) {
    throw new NotImplementedError(`"ctc_loss_cpu" not implemented for '${scalarTypeName(logs.dtypeCore)}'`);
  }
  if (blank < 0 || blank >= classes) throw new RuntimeError('blank must be in label range');
  checkLengths('input_lengths', steps, most);
  checkLengths('target_lengths', lengths, Infinity);
  const { shape } = targets.geometry;
  const total = lengths.reduce((sum, length) => sum + length, 0);
  const wanted = shape.length === 1 ? total : samples;
  if (shape.length > 2 || shape[0] !== wanted) {
    throw new RuntimeError(
      `Expected tensor to have size ${wanted} at dimension 0, but got size ${shape[0]} for argument #2 'targets' ${checking}`);
  }
  const longest = Math.max(0, ...lengths);
  if (shape.length === 2 && shape[1] < longest) {
    throw new RuntimeError(
      `Expected tensor to have size at least ${longest} at dimension 1, but got size ${shape[1]} for argument #2 'targets' ${checking}`);
  }
  const losses = ctcLoss(logs, withBlanks(targets, lengths, blank), { steps, lengths, blank, forgives: zero_infinity });
  const finite = zero_infinity ? ops.where(ops.eq(losses, Infinity), zerosLike(detach(losses)), losses) as Tensor : losses;
  if (reduction === 'mean') {
    const counts = integersLike(losses, lengths.map((length) => Math.max(length, 1)));
    return reduced(finite.div(cast(counts, losses.dtypeCore)), 'mean');
  }
  return reduction === 'none' && !isBatch ? squeeze(finite, [0]) : reduced(finite, reduction);
});
