import { broadcastShapes } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { zerosLike } from './creation.ts';
import type { ResultSpec } from './registry/op.ts';
import { likeFirst, structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Random choices. The numbers come from a façade's own stream. */

interface DrawParams {
  readonly draw: (like: StridedArray) => StridedArray;
}

const bernoulliOp = structural({
  name: 'bernoulli', args: ['x'], moves: true,
  results: (operands: readonly [StridedArray], _: DrawParams) => likeFirst(operands),
  composite: ([x], { draw }) => [draw(x)],
  // What was chosen is constant around almost every chance.
  vjp: { x: (g) => zerosLike(g) },
});

const normalOp = structural({
  name: 'normalDraw', args: ['mean', 'deviation'], optional: ['mean', 'deviation'], moves: true,
  results: ([mean, deviation]: readonly [StridedArray | null, StridedArray | null], _: DrawParams): readonly ResultSpec[] => {
    const given = [mean, deviation].filter((each) => each !== null);
    return [{ shape: broadcastShapes(given.map(({ geometry }) => geometry.shape)), dtype: given[0].dtypeCore }];
  },
  composite: ([mean, deviation], { draw }) => [draw((mean ?? deviation)!)],
  vjp: { mean: (g) => zerosLike(g), deviation: (g) => zerosLike(g) },
});

/** Normal numbers, as `draw` makes them of what is given of means and deviations, which have gradients of zeros, as in PyTorch. */
export function normalDraw<A extends StridedArray>(mean: A | null, deviation: A | null, draw: () => A): A {
  const name = `NormalBackward${mean === null ? 2 : deviation === null ? 1 : 3}`;
  return run(normalOp, [mean, deviation] as (A | null)[], { draw }, name)[0];
}

/** An array of 0 and 1 like `x`, as `draw` chooses them. */
export function bernoulli<A extends StridedArray>(x: A, draw: (like: A) => A): A {
  return run(bernoulliOp, [x], { draw: draw as unknown as DrawParams['draw'] })[0];
}
