import { withGradMode } from '../autograd/mode.ts';
import { record } from '../autograd/tape.ts';
import { NotImplementedError, RuntimeError } from '../core/errors.ts';
import { float32, float64, int64 } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { full } from './creation.ts';
import { stack } from './copies.ts';
import { gatherAlong, indexSelect, scatterAlong } from './indexing.ts';
import { countingLike, integersLike } from './integers.ts';
import { broadcastTo, concatenate, reshapeTo, sliceAxis, unsqueeze } from './movement.ts';
import { add, mul, neg, sub } from './pointwise/arithmetic.ts';
import { eq, ge, gt, isinf, le, logicalAnd, lt, maximum, ne, where } from './pointwise/comparison.ts';
import { exp, log } from './pointwise/elementary.ts';
import type { ResultSpec } from './registry/op.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/**
 * Connectionist temporal classification: the probability of a sequence of labels, summed over all alignments with a longer sequence of
 * steps. Labels have blanks between them and around, in places 0 to 2 · (most labels).
 */

interface CtcParams {
  readonly steps: readonly number[];
  readonly lengths: readonly number[];
  readonly blank: number;
  /** Whether the gradient of what has no alignment is 0. */
  readonly forgives: boolean;
}

type Pair = readonly [StridedArray, StridedArray];

const asOp = (array: StridedArray | number): StridedArray => array as StridedArray;

/** log(exp(a) + exp(b) + ...), where any may be −infinity. */
function logAdded(parts: readonly StridedArray[]): StridedArray {
  const peak = parts.reduce((most, each) => maximum(most, each));
  const finite = asOp(where(eq(peak, -Infinity), 0, peak));
  return add(log(parts.map((each) => exp(sub(each, finite))).reduce((sum, each) => add(sum, each))), finite);
}

interface Setting {
  /** The steps, samples and places. */
  readonly extents: readonly [number, number, number];
  /** The logarithms of the labels' probabilities: steps × samples × places. */
  readonly emissions: StridedArray;
  /** 0 where an alignment may come from two places before, −infinity elsewhere. */
  readonly leaps: StridedArray;
  /** 0 at the last two places of each sample, −infinity elsewhere. */
  readonly ends: StridedArray;
}

const constant = (like: StridedArray, shape: readonly number[], value: number): StridedArray =>
  full(like.species, shape, value, like.dtypeCore, like.storage.device);

/** A column with a number for each sample. */
const column = (like: StridedArray, values: readonly number[]): StridedArray => integersLike(like, values, [values.length, 1]);

function settingOf(logs: StridedArray, labels: StridedArray, { lengths, blank }: CtcParams): Setting {
  const [steps, samples] = logs.geometry.shape;
  const places = labels.geometry.shape[1];
  const index = broadcastTo(unsqueeze(labels, 0), [steps, samples, places]);
  const emissions = gatherAlong(logs, 2, index, 'torch');
  const none = constant(logs, [1], -Infinity);
  const open = (mask: StridedArray): StridedArray => asOp(where(mask, 0, none));
  const before = shifted(labels, 2, blank);
  const place = countingLike(labels, places);
  const last = column(labels, lengths.map((length) => 2 * length));
  return {
    extents: [steps, samples, places], emissions,
    leaps: open(logicalAnd(ne(labels, blank), ne(labels, before))),
    ends: open(logicalAnd(le(place, last), ge(place, sub(last, 1)))),
  };
}

/** Along the places by `distance`, forward or backward, `fill` coming in. */
function shifted(x: StridedArray, distance: number, fill: number): StridedArray {
  const [rows, places] = x.geometry.shape;
  const size = Math.min(Math.abs(distance), places);
  const coming = constant(x, [rows, size], fill);
  return distance > 0 ? concatenate([coming, sliceAxis(x, 1, 0, places - size)], 1)
    : concatenate([sliceAxis(x, 1, size, places - size), coming], 1);
}

const stepOf = (x: StridedArray, step: number): StridedArray => reshapeTo(sliceAxis(x, 0, step, 1), x.geometry.shape.slice(1));

/** The logarithms of the probabilities of all alignments up to each step that are at each place then. */
function forward({ extents: [steps, samples, places], emissions, leaps }: Setting): StridedArray {
  const start = asOp(where(lt(countingLike(emissions, places), 2), 0, constant(emissions, [samples, 1], -Infinity)));
  const found: StridedArray[] = [];
  let current = start;
  for (let step = 0; step < steps; step++) {
    const arriving = step === 0 ? start
      : logAdded([current, shifted(current, 1, -Infinity), add(shifted(current, 2, -Infinity), leaps)]);
    current = add(arriving, stepOf(emissions, step));
    found.push(current);
  }
  return stack(found, 0);
}

/** As `forward`, from each sample's last step back. */
function backward({ extents: [steps], emissions, leaps, ends }: Setting, lasts: StridedArray): StridedArray {
  const found: StridedArray[] = [];
  const leaving = shifted(leaps, -2, -Infinity);
  let current: StridedArray | null = null;
  for (let step = steps - 1; step >= 0; step--) {
    const going: StridedArray = current === null ? ends
      : asOp(where(eq(lasts, step), ends,
        logAdded([current, shifted(current, -1, -Infinity), add(shifted(current, -2, -Infinity), leaving)])));
    const within = asOp(where(le(constantIndex(lasts, step), lasts), going, -Infinity));
    current = add(within, stepOf(emissions, step));
    found.unshift(current);
  }
  return stack(found, 0);
}

const constantIndex = (like: StridedArray, value: number): StridedArray =>
  full(like.species, like.geometry.shape, value, like.dtypeCore, like.storage.device);

/** The losses of the samples from what reached their last two places in their last steps. */
function lossesOf(
  logs: StridedArray, alphas: StridedArray, { ends, extents: [, samples, places] }: Setting, { steps, lengths }: CtcParams,
): StridedArray {
  const rows = steps.map((step, sample) => Math.max(step - 1, 0) * samples + sample);
  const final = add(indexSelect(reshapeTo(alphas, [alphas.geometry.shape[0] * samples, places]), 0, integersLike(logs, rows)), ends);
  const parts = Array.from({ length: places }, (_, place) => place).map((place) => sliceAxis(final, 1, place, 1));
  const losses = reshapeTo(neg(logAdded(parts)), [samples]);
  // Without steps there is one way to say nothing, and none to say anything.
  const empty = steps.map((step, sample) => (step > 0 ? -1 : lengths[sample] === 0 ? 0 : Infinity));
  if (!empty.some((each) => each !== -1)) return losses;
  const given = cast(integersLike(logs, empty.map((each) => (each === Infinity ? 1 : each))), logs.dtypeCore);
  return asOp(where(lt(given, 0), losses, asOp(where(gt(given, 0), Infinity, given))));
}

const ctcOp = structural({
  name: 'ctcLoss', args: ['logs', 'labels'], apart: ['labels'], dtypes: [float32, float64], names: ['out', 'alphas'], differentiable: 1,
  results: ([logs, labels]: Pair, _: CtcParams): readonly ResultSpec[] => {
    const [steps, samples] = logs.geometry.shape;
    return [{ shape: [samples], dtype: logs.dtypeCore }, { shape: [steps, samples, labels.geometry.shape[1]], dtype: logs.dtypeCore }];
  },
  composite: ([logs, labels], params) => {
    const setting = settingOf(logs, labels, params);
    const alphas = forward(setting);
    return [lossesOf(logs, alphas, setting, params), alphas];
  },
  saves: ['logs', 'labels', 'out', 'alphas'],
  vjp: ([g], { logs, labels, out, alphas }, params) => {
    const slope = withGradMode(false, () => slopes(g!, logs, labels, out, alphas, params));
    const again = (): never => {
      throw new RuntimeError('derivative for aten::_ctc_loss_backward is not implemented');
    };
    return [record(slope, 'CtcLossBackwardBackward0', [g, logs], [again, again]), null];
  },
});

/** Of softmax and loss together, as PyTorch has it: each probability less what of it belongs to alignments. */
function slopes(
  g: StridedArray, logs: StridedArray, labels: StridedArray, losses: StridedArray, alphas: StridedArray, params: CtcParams,
): StridedArray {
  const setting = settingOf(logs, labels, params);
  const { extents: [steps, samples, places] } = setting;
  const lasts = column(labels, params.steps.map((step) => step - 1));
  const betas = backward(setting, lasts);
  const loss = reshapeTo(losses, [1, samples, 1]);
  const through = sub(add(alphas, betas), setting.emissions);
  // What cannot be reached has no share, whatever its own probability.
  const reached = logicalAnd(ne(alphas, -Infinity), ne(betas, -Infinity));
  const shares = asOp(where(reached, exp(add(through, loss)), 0));
  const index = broadcastTo(unsqueeze(labels, 0), [steps, samples, places]);
  const taken = scatterAlong(constant(logs, logs.geometry.shape, 0), 2, index, shares, 'torch', { accumulate: true });
  const each = sub(exp(logs), taken);
  const lost = isinf(loss);
  const whole = mul(asOp(where(lost, params.forgives ? 0 : NaN, each)), reshapeTo(g, [1, samples, 1]));
  const within = reshapeTo(le(reshapeTo(countingLike(labels, steps), [steps, 1]), reshapeTo(lasts, [1, samples])), [steps, samples, 1]);
  return asOp(where(within, whole, 0));
}

/**
 * Of logarithms of probabilities (steps, samples, classes) and labels with blanks between (samples, places) the negative logarithms of
 * the probabilities of the labels: (samples).
 */
export function ctcLoss<A extends StridedArray>(logs: A, labels: StridedArray, params: CtcParams): A {
  if (labels.dtypeCore !== int64) throw new NotImplementedError('labels are int64');
  return run(ctcOp, [logs, labels] as A[], params)[0];
}
