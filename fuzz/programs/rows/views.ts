import type { Action, Expression } from '../program.ts';
import { call, integer, text, tuple, variable } from '../program.ts';
import type { Row, Scene } from '../scene.ts';
import { dtypeOf, hasNaN } from '../scene.ts';
import { bitsOf, isInexact, kindOf, sizeOf } from '../values.ts';

/** Other shapes and orders of the same elements, mostly views. */

const attribute: Row = (scene) => {
  const x = scene.any();
  const name = scene.draws.pick(['T', 'T', 'real', 'imag', 'mT', 'shape', 'size', 'ndim', 'itemsize', 'nbytes']);
  return { kind: 'attribute', on: x.name, name };
};

/** Extents whose product is the same, one of them perhaps left open. */
function reshapedTo(scene: Scene, size: number): number[] {
  const { draws } = scene;
  const shape: number[] = [];
  let left = size;
  for (let i = draws.between(0, 3); i > 0 && left > 0; i--) {
    const divisors = Array.from({ length: left }, (_, each) => each + 1).filter((each) => left % each === 0);
    const extent = draws.pick(divisors);
    shape.push(extent);
    left /= extent;
  }
  if (left !== 1) shape.push(left);
  if (draws.chance(0.3) && shape.length > 0) shape[draws.below(shape.length)] = -1;
  if (scene.wrong() && shape.length > 0) shape[draws.below(shape.length)] += 1;
  return shape;
}

const reshape: Row = (scene) => {
  const { draws } = scene;
  const x = scene.any();
  const shape = reshapedTo(scene, x.array.size);
  const named: Record<string, Expression> = draws.chance(0.1) ? { order: text(draws.pick(['C', 'F'])) } : {};
  if (draws.chance(0.5)) return call('reshape', [variable(x.name), tuple(shape)], named);
  const spread = draws.chance(0.5) && shape.length > 0;
  return { kind: 'method', on: x.name, name: 'reshape', args: spread ? shape.map(integer) : [tuple(shape)], named };
};

const transpose: Row = (scene) => {
  const { draws } = scene;
  const x = scene.atLeast(1);
  const { ndim } = x.array;
  const order = draws.shuffled(Array.from({ length: ndim }, (_, i) => (draws.chance(0.1) ? i - ndim : i)));
  if (scene.wrong()) order[0] = order[order.length - 1];
  return draws.pick<() => Action>([
    () => ({ kind: 'method', on: x.name, name: 'transpose', args: order.map(integer), named: {} }),
    () => call('transpose', [variable(x.name), tuple(order)]),
    () => call('permute_dims', [variable(x.name)], draws.chance(0.5) ? { axes: tuple(order) } : {}),
    () => call('swapaxes', [variable(x.name), scene.axis(ndim), scene.axis(ndim)]),
    () => ({ kind: 'method', on: x.name, name: 'swapaxes', args: [scene.axis(ndim), scene.axis(ndim)], named: {} }),
    () => call('moveaxis', [variable(x.name), scene.axis(ndim), scene.axis(ndim)]),
    () => call('rollaxis', [variable(x.name), scene.axis(ndim)], draws.chance(0.5) ? { start: integer(draws.between(0, ndim)) } : {}),
  ])();
};

const extents: Row = (scene) => {
  const { draws } = scene;
  const x = scene.any();
  const on = variable(x.name);
  const { ndim, shape } = x.array;
  const thin = shape.flatMap((extent, axis) => (extent === 1 ? [axis] : []));
  return draws.pick<() => Action>([
    () => call('expand_dims', [on, scene.axis(ndim + 1)]),
    () => call('squeeze', [on], thin.length > 0 && draws.chance(0.6) ? { axis: integer(draws.pick(thin)) } : {}),
    () => ({ kind: 'method', on: x.name, name: 'squeeze', args: [], named: {} }),
    () => {
      const larger = shape.map((each) => (each === 1 ? draws.between(1, 3) : each));
      return call('broadcast_to', [on, tuple(draws.chance(0.5) ? [2, ...larger] : larger)]);
    },
    () => call('broadcast_arrays', [on, variable(scene.fresh(scene.besides(shape), 'int64').name)]),
    () => call(draws.pick(['atleast_1d', 'atleast_2d', 'atleast_3d']), [on]),
    () => call('ravel', [on], draws.chance(0.2) ? { order: text(draws.pick(['C', 'F'])) } : {}),
    () => ({ kind: 'method', on: x.name, name: draws.pick(['ravel', 'flatten']), args: [], named: {} }),
    () => ({ kind: 'method', on: x.name, name: 'copy', args: [], named: {} }),
    () => call(draws.pick(['copy', 'asarray', 'ascontiguousarray', 'asfortranarray']), [on]),
  ])();
};

const turns: Row = (scene) => {
  const { draws } = scene;
  const x = scene.any();
  const on = variable(x.name);
  const { ndim } = x.array;
  const axis = (): Record<string, Expression> => {
    const axes = scene.axes(ndim);
    return axes === undefined ? {} : { axis: axes };
  };
  return draws.pick<() => Action | null>([
    () => call('flip', [on], axis()),
    () => call(draws.pick(['fliplr', 'flipud']), [on]),
    () => call('rot90', [on], draws.chance(0.5) ? { k: integer(draws.between(-2, 5)) } : {}),
    () => call('roll', [on, integer(draws.between(-5, 5))], draws.chance(0.5) ? { axis: scene.axis(ndim) } : {}),
    () => (ndim < 2 ? null : call('roll', [on, tuple([draws.between(-2, 2), draws.between(-2, 2)]), tuple([0, 1])])),
  ])();
};

const diagonals: Row = (scene) => {
  const { draws } = scene;
  const x = scene.atLeast(2);
  const on = variable(x.name);
  const offset: Record<string, Expression> = draws.chance(0.5) ? { offset: integer(draws.between(-2, 2)) } : {};
  if (draws.chance(0.3) && x.array.ndim > 2) Object.assign(offset, { axis1: scene.axis(x.array.ndim), axis2: scene.axis(x.array.ndim) });
  const k: Record<string, Expression> = draws.chance(0.6) ? { k: integer(draws.between(-2, 2)) } : {};
  return draws.pick<() => Action>([
    () => call('diagonal', [on], offset),
    () => ({ kind: 'method', on: x.name, name: 'diagonal', args: [], named: offset }),
    () => call('trace', [on], offset),
    () => call(draws.pick(['tril', 'triu']), [on], k),
    () => call('diag', [variable(scene.need((array) => array.ndim === 1 || array.ndim === 2, () => scene.fresh([3], 'int64')).name)], k),
    () => call('diagflat', [variable(scene.need((array) => array.size < 8, () => scene.fresh([2], 'int64')).name)], k),
    () => call('fill_diagonal', [on, draws.chance(0.5) ? integer(7) : variable(scene.fresh([2], dtypeOf(x.array)).name)]),
  ])();
};

/** The bytes as another dtype; the sign of NaN is the processor's, so arrays that hold one stay what they are. */
const reinterpreted: Row = (scene) => {
  const { draws } = scene;
  const x = scene.any();
  const from = dtypeOf(x.array);
  const to = scene.dtype();
  if (from === 'bool' || to === 'bool' || hasNaN(x.array) || sizeOf(x.array.shape) === 0) return null;
  // Bits of integers are no numbers to go on with.
  if (isInexact(to) && kindOf(from) !== 'complex') return null;
  if (bitsOf(from) !== bitsOf(to) && draws.chance(0.5)) return null;
  return { kind: 'method', on: x.name, name: 'view', args: [{ dtype: to }], named: {} };
};

export const viewRows: readonly (readonly [number, Row])[] = [
  [1.5, attribute], [2.5, reshape], [2, transpose], [2, extents], [1.2, turns], [1.2, diagonals], [0.5, reinterpreted],
];
