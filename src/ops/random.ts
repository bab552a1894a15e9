import type { StridedArray } from '../core/strided.ts';
import { zerosLike } from './creation.ts';
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

/** An array of 0 and 1 like `x`, as `draw` chooses them. */
export function bernoulli<A extends StridedArray>(x: A, draw: (like: A) => A): A {
  return run(bernoulliOp, [x], { draw: draw as unknown as DrawParams['draw'] })[0];
}
