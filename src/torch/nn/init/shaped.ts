import { float64 } from '../../../core/dtype.ts';
import { cpu } from '../../../core/device.ts';
import { ValueError } from '../../../core/errors.ts';
import { declare } from '../../../core/signature.ts';
import { fromTyped, full } from '../../../ops/creation.ts';
import { elementAt, elements } from '../../../ops/host.ts';
import { diagonal } from '../../../ops/matrices.ts';
import { qr } from '../../../ops/linalg/qr.ts';
import { copyFrom, fillWith, reshapeTo, sliceAxis, swapAxes } from '../../../ops/movement.ts';
import * as ops from '../../../ops/pointwise/index.ts';
import { allAxes, any } from '../../../ops/reduce.ts';
import { asTensor } from '../../arguments/operands.ts';
import { warn } from '../../arguments/warnings.ts';
import * as random from '../../functions/random/random.ts';
import { to } from '../../tensor/conversions.ts';
import { Tensor } from '../../tensor/tensor.ts';
import type { Stream } from './support.ts';
import { from, unrecorded } from './support.ts';

/** First values that depend on a tensor's shape, or are drawn until they fit. */

/** A tensor on the CPU like another one, or that one itself: random numbers come from there, and are looked at. */
const workplace = (tensor: Tensor): Tensor => (tensor.storage.device === cpu ? tensor
  : full(Tensor, tensor.geometry.shape, 0, tensor.dtypeCore, cpu));

function deliver(tensor: Tensor, result: Tensor): Tensor {
  if (tensor === result) return tensor;
  return copyFrom(tensor, tensor.storage.device === cpu ? result : to(result, { device: tensor.device }));
}

const holds = (mask: Tensor): boolean => elementAt(any(mask, allAxes(mask)), 0) === true;

/** How much of the standard normal distribution lies between two bounds. */
function share(low: number, high: number): number {
  const bounds = fromTyped(Tensor, Float64Array.of(low / Math.SQRT2, high / Math.SQRT2), [2], float64, cpu);
  const [below, upTo] = elements(ops.erf(bounds)) as number[];
  return (1 + upTo) / 2 - (1 + below) / 2;
}

type Truncated = readonly [mean: number, std: number, a: number, b: number];

/** Normal numbers, drawn again where they are outside. */
function redrawn(place: Tensor, [mean, std, a, b]: Truncated, generator: Stream): Tensor {
  const [low, high] = [a, b].map((bound) => elementAt(full(Tensor, [], bound, place.dtypeCore, cpu), 0) as number);
  let result = random.normal_(place, mean, std, from(generator));
  for (;;) {
    const outside = ops.logicalOr(ops.lt(result, low), ops.gt(result, high));
    if (!holds(outside)) return result;
    const fresh = random.normal_(full(Tensor, place.geometry.shape, 0, place.dtypeCore, cpu), mean, std, from(generator));
    result = ops.where(outside, fresh, result) as Tensor;
  }
}

/** Uniform numbers, taken with the density's probability: quick where the bounds are far from the mean. */
function accepted(place: Tensor, [mean, std, a, b]: Truncated, generator: Stream): Tensor {
  const peak = -0.5 * ((Math.max(a, Math.min(mean, b)) - mean) / std) ** 2;
  const like = (): Tensor => full(Tensor, place.geometry.shape, 0, place.dtypeCore, cpu);
  /** Where candidates are refused. */
  const refused = (candidates: Tensor): Tensor => {
    const distances = ops.div(ops.sub(candidates, mean), std);
    const logs = ops.sub(ops.mul(ops.mul(distances, distances), -0.5), peak);
    return ops.gt(ops.log(random.uniform_(like(), 0, 1, from(generator))), logs);
  };
  let result = random.uniform_(place, a, b, from(generator));
  let pending = refused(result);
  while (holds(pending)) {
    const candidates = random.uniform_(like(), a, b, from(generator));
    result = ops.where(pending, candidates, result) as Tensor;
    pending = ops.logicalAnd(pending, refused(candidates));
  }
  return result;
}

/**
 * Normal with `mean` and `std`, but within [a, b]. Source: torch.nn.init.trunc_normal_.
 * @example
 * nn.init.trunc_normal_(torch.empty(2), { std: 0.1, generator: new torch.Generator().manual_seed(0) });
 * // → tensor([ 0.1541, -0.0293])
 */
export const trunc_normal_ = declare<[tensor: Tensor, mean?: number, std?: number, a?: number, b?: number, generator?: Stream]>()(
  'nn.init.trunc_normal_', 'tensor, mean=0.0, std=1.0, a=-2.0, b=2.0, generator=None',
  ({ tensor, mean, std, a, b, generator }): Tensor => {
    asTensor(tensor, 'is_meta');
    if (mean < a - 2 * std || mean > b + 2 * std) {
      warn('mean is more than 2 std from [a, b] in nn.init.trunc_normal_. The distribution of values may be incorrect.');
    }
    const draw = share((a - mean) / std, (b - mean) / std) > 0.3 ? redrawn : accepted;
    return unrecorded(() => deliver(tensor, draw(workplace(tensor), [mean, std, a, b], generator)));
  });

/**
 * What a convolution needs to pass on as many channels as it can, in each of `groups`: 1 in the middle, 0 elsewhere.
 * Source: torch.nn.init.dirac_.
 * @example
 * nn.init.dirac_(torch.empty(2, 1, 3)); // → tensor([[[0., 1., 0.]],
 *                                       //
 *                                       //           [[0., 0., 0.]]])
 */
export const dirac_ = declare<[tensor: Tensor, groups?: number]>()('nn.init.dirac_', 'tensor, groups=1', ({ tensor, groups }): Tensor => {
  const { shape } = asTensor(tensor, 'ndimension').geometry;
  if (shape.length < 3 || shape.length > 5) throw new ValueError('Only tensors with 3, 4, or 5 dimensions are supported');
  if (shape[0] % groups !== 0) throw new ValueError('dim 0 must be divisible by groups');
  const each = shape[0] / groups;
  const count = Math.min(each, shape[1]);
  const places = Array.from({ length: groups * count }, (_, i) => [Math.floor(i / count) * each + i % count, i % count]);
  return unrecorded(() => {
    fillWith(tensor, 0);
    const middle = shape.slice(2).map((extent) => Math.floor(extent / 2));
    if (places.length > 0) tensor.set([places.map(([out]) => out), places.map(([, input]) => input), ...middle], 1);
    return tensor;
  });
});

/**
 * Orthogonal rows or columns of length `gain`, of the matrix that (out, in, ...) is with all but the first dimension together.
 * Source: torch.nn.init.orthogonal_.
 * @example
 * const w = nn.init.orthogonal_(torch.empty(2, 3));
 * torch.allclose(w.matmul(w.t()), torch.eye(2), { atol: 1e-6 }); // → true
 */
export const orthogonal_ = declare<[tensor: Tensor, gain?: number, generator?: Stream]>()(
  'nn.init.orthogonal_', 'tensor, gain: float = 1, generator=None', ({ tensor, gain, generator }): Tensor => {
    const { shape, size } = asTensor(tensor, 'ndimension').geometry;
    if (shape.length < 2) throw new ValueError('Only tensors with 2 or more dimensions are supported');
    if (size === 0) return tensor;
    const [rows] = shape;
    const isWide = rows < size / rows;
    return unrecorded(() => {
      const flat = random.normal_(full(Tensor, [rows, size / rows], 0, tensor.dtypeCore, cpu), 0, 1, from(generator));
      const { q, r } = qr(isWide ? swapAxes(flat, 0, 1) : flat, false);
      const turned = ops.mul(q, ops.sign(diagonal(r, 0, 0, 1)));
      const result = reshapeTo(isWide ? swapAxes(turned, 0, 1) : turned, shape);
      return deliver(tensor, ops.mul(result, gain));
    });
  });

/**
 * Normal with `std`, and in each column a share `sparsity` of zeros at random places: (out, in).
 * Source: torch.nn.init.sparse_.
 * @example
 * torch.manual_seed(0);
 * nn.init.sparse_(torch.empty(4, 2), 0.5).eq(0).sum(0); // → tensor([2, 2])
 */
export const sparse_ = declare<[tensor: Tensor, sparsity: number, std?: number, generator?: Stream]>()(
  'nn.init.sparse_', 'tensor, sparsity: float, std=0.01, generator=None', ({ tensor, sparsity, std, generator }): Tensor => {
    const { shape } = asTensor(tensor, 'ndimension').geometry;
    if (shape.length !== 2) throw new ValueError('Only tensors with 2 dimensions are supported');
    const [rows, columns] = shape;
    const zeros = Math.ceil(sparsity * rows);
    return unrecorded(() => {
      random.normal_(tensor, 0, std, from(generator));
      for (let column = 0; column < columns; column++) {
        const places = sliceAxis(random.randperm(rows), 0, 0, Math.min(zeros, rows));
        tensor.set([tensor.storage.device === cpu ? places : to(places, { device: tensor.device }), column], 0);
      }
      return tensor;
    });
  });
