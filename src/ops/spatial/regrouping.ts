import type { StridedArray } from '../../core/strided.ts';
import { clone, permute, reshapeTo } from '../movement.ts';
import { structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';

/** Axes split, reordered and joined again, as one op. */

export interface Regrouping {
  /** The axes, split. */
  readonly apart: readonly number[];
  readonly order: readonly number[];
  readonly shape: readonly number[];
}

const regroupOp = structural({
  name: 'regroup', args: ['x'], moves: true,
  results: ([x]: readonly [StridedArray], { shape }: Regrouping) => [{ shape, dtype: x.dtypeCore }],
  composite: ([x], { apart, order, shape }) => [reshapeTo(clone(permute(reshapeTo(x, apart), order)), shape)],
  vjp: {
    x: (g, { shapes: [shape] }, { apart, order }) => regroup(g, {
      apart: order.map((axis) => apart[axis]), order: order.map((_, axis) => order.indexOf(axis)), shape,
    }),
  },
});

/** The same elements under another shape, their axes in another order in between. */
export function regroup<A extends StridedArray>(x: A, regrouping: Regrouping, name?: string): A {
  return run(regroupOp, [x], regrouping, name)[0];
}
