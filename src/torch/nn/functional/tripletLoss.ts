import { RuntimeError, ValueError } from '../../../core/errors.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { declare } from '../../../core/signature.ts';
import * as pointwise from '../../pointwise.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { pairwise_distance } from './distance.ts';
import type { Reduction } from './support.ts';
import { checkReduction, chosenReduction, notNegative, older, reduced } from './support.ts';

/** Losses of an anchor, what should be near it and what should be far from it. */

/** How far apart two tensors of vectors are. */
export type DistanceFunction = (x1: Tensor, x2: Tensor) => Tensor;

export function checkMargin(margin: number): void {
  if (margin <= 0) throw new ValueError(`margin must be greater than 0, got ${pythonRepr(margin)}`);
}

function tripletLoss(
  [anchor, positive, negative]: readonly [Tensor, Tensor, Tensor], distance: DistanceFunction, margin: number, swap: boolean,
): Tensor {
  const ranks = [anchor, positive, negative].map(({ geometry }) => geometry.shape.length);
  if (ranks[0] !== ranks[1] || ranks[1] !== ranks[2]) {
    throw new RuntimeError('The anchor, positive, and negative tensors are expected to have the same number of dimensions, but got: '
      + `anchor ${ranks[0]}D, positive ${ranks[1]}D, and negative ${ranks[2]}D inputs`);
  }
  const near = distance(anchor, positive);
  const far = distance(anchor, negative);
  return notNegative(near.add(margin).sub(swap ? pointwise.minimum(far, distance(positive, negative)) : far));
}

/**
 * max(0, margin + |anchor − positive| − |anchor − negative|), the p-norms of vectors (..., D); with `swap` the negative's distance to
 * the positive counts where it is the smaller. Source: torch.nn.functional.triplet_margin_loss.
 * @example
 * const [a, b, c] = [torch.zeros(1, 2), torch.ones(1, 2), torch.ones(1, 2).mul(2)];
 * nn.functional.triplet_margin_loss(a, b, c, { margin: 2 }); // → tensor(0.5858)
 */
export const triplet_margin_loss = declare<[
  anchor: Tensor, positive: Tensor, negative: Tensor, margin?: number, p?: number, eps?: number, swap?: boolean,
  size_average?: boolean | null, reduce?: boolean | null, reduction?: Reduction,
]>()('nn.functional.triplet_margin_loss', [
  'anchor: Tensor, positive: Tensor, negative: Tensor, margin=1.0, p: float = 2, eps=1e-06, swap=False', older,
], ({ anchor, positive, negative, margin, p, eps, swap, ...rest }): Tensor => {
  const reduction = chosenReduction(rest);
  checkMargin(margin);
  return reduced(tripletLoss([anchor, positive, negative], (a, b) => pairwise_distance(a, b, p, eps), margin, swap), reduction);
});

/**
 * As triplet_margin_loss, with a distance of one's own. Source: torch.nn.functional.triplet_margin_with_distance_loss.
 * @example
 * const [a, b, c] = [torch.zeros(1, 2), torch.ones(1, 2), torch.ones(1, 2).mul(2)];
 * const distance_function = (x: torch.Tensor, y: torch.Tensor) => x.sub(y).abs().sum(-1);
 * nn.functional.triplet_margin_with_distance_loss(a, b, c, { distance_function, margin: 3 }); // → tensor(1.)
 */
export const triplet_margin_with_distance_loss = declare<[
  anchor: Tensor, positive: Tensor, negative: Tensor, distance_function?: DistanceFunction | null, margin?: number, swap?: boolean,
  reduction?: Reduction,
]>()('nn.functional.triplet_margin_with_distance_loss', [
  'anchor: Tensor, positive: Tensor, negative: Tensor, *, distance_function: callable | None = None, margin=1.0, swap=False',
  "reduction='mean'",
], ({ anchor, positive, negative, distance_function, margin, swap, reduction }): Tensor => {
  checkReduction(reduction);
  checkMargin(margin);
  return reduced(tripletLoss([anchor, positive, negative], distance_function ?? pairwise_distance, margin, swap), reduction);
});
