import type * as np from 'flambeau/numpy';
import type { Action, Expression, Named } from '../program.ts';
import { call, integer, none, text, truth, tuple, variable } from '../program.ts';
import type { Row, Scene } from '../scene.ts';
import { dtypeOf, hasNaN } from '../scene.ts';
import { drawScalar, isInexact, kindOf } from '../values.ts';

/** Joining, splitting, repeating, ordering, searching, sets, and arrays from nothing. */

/** Other arrays of the same extents but along one axis. */
function companions(scene: Scene, shape: readonly number[], axis: number): Expression[] {
  const { draws } = scene;
  return Array.from({ length: draws.between(1, 2) }, () => {
    const other = scene.find((array) => array.ndim === shape.length && array.shape.every((extent, i) => i === axis || extent === shape[i]));
    if (other !== null && draws.chance(0.5)) return variable(other.name);
    const wanted = shape.map((extent, i) => (i === axis ? scene.extent() : scene.wrong() ? extent + 1 : extent));
    return variable(scene.fresh(wanted, scene.dtype()).name);
  });
}

const joining: Row = (scene) => {
  const { draws } = scene;
  const x = scene.atLeast(1);
  const { ndim, shape } = x.array;
  const axis = draws.between(0, ndim - 1);
  const along = integer(draws.chance(0.3) ? axis - ndim : axis);
  const stacked = { list: [variable(x.name), ...companions(scene, shape, -1)] };
  return draws.pick<() => Action | null>([
    () => call(draws.pick(['concatenate', 'concat']), [{ list: [variable(x.name), ...companions(scene, shape, axis)] }], { axis: along }),
    () => {
      const named: Named = draws.chance(0.2) ? { axis: none } : {};
      return call('concatenate', [{ list: [variable(x.name), ...companions(scene, shape, 0)] }], named);
    },
    () => call('stack', [stacked], { axis: scene.axis(ndim + 1) }),
    () => call(draws.pick(['vstack', 'hstack', 'dstack']), [stacked]),
    () => (ndim > 2 ? null : call('column_stack', [stacked])),
    () => call('append', [variable(x.name), companions(scene, shape, axis)[0]], draws.chance(0.7) ? { axis: along } : {}),
    () => call('delete', [variable(x.name), draws.chance(0.5) || shape[axis] === 0 ? integer(draws.between(-1, 0))
      : variable(scene.freshIntegers([2], 0, shape[axis] - 1).name)], { axis: along }),
    () => call('insert', [variable(x.name), integer(draws.between(0, shape[axis])), drawScalar(draws, dtypeOf(x.array))], { axis: along }),
    () => call(draws.pick(['array_split', 'split']), [variable(x.name), draws.chance(0.5) ? integer(draws.between(1, 3)) : tuple([1, 2])],
      { axis: along }),
    () => call(draws.pick(['hsplit', 'vsplit']), [variable(x.name), tuple([1])]),
  ])();
};

const repeating: Row = (scene) => {
  const { draws } = scene;
  const x = scene.need((array) => array.size < 40 && array.ndim > 0, () => scene.fresh(scene.shape(1, 2), scene.dtype()));
  const on = variable(x.name);
  const { ndim, shape } = x.array;
  const axis = draws.between(0, ndim - 1);
  const width = (): number => draws.between(0, 2);
  return draws.pick<() => Action | null>([
    () => call('repeat', [on, integer(draws.between(0, 3))], draws.chance(0.6) ? { axis: integer(axis) } : {}),
    () => call('repeat', [on, variable(scene.freshIntegers([shape[axis]], 0, 2).name)], { axis: integer(axis) }),
    () => {
      const named: Named = draws.chance(0.5) ? { axis: integer(axis) } : {};
      return { kind: 'method', on: x.name, name: 'repeat', args: [integer(2)], named };
    },
    () => call('tile', [on, draws.chance(0.5) ? integer(draws.between(0, 3)) : tuple([draws.between(1, 2), draws.between(1, 2)])]),
    () => call('resize', [on, tuple([draws.between(1, 4), draws.between(1, 3)])]),
    () => call('pad', [on, draws.chance(0.5) ? integer(width()) : tuple([width(), width()])],
      draws.chance(0.6) ? { mode: text(draws.pick(['edge', 'reflect', 'symmetric', 'wrap'])) } : {}),
    () => call('pad', [on, integer(width())], { constant_values: integer(draws.between(0, 3)) }),
  ])();
};

const ordering: Row = (scene) => {
  const { draws } = scene;
  const x = scene.any();
  const on = variable(x.name);
  const { ndim } = x.array;
  const named: Record<string, Expression> = {};
  if (draws.chance(0.6)) named.axis = scene.axis(ndim);
  else if (draws.chance(0.2)) named.axis = none;
  return draws.pick<() => Action | null>([
    () => call('sort', [on], named),
    () => ({ kind: 'method', on: x.name, name: 'sort', args: [], named: 'axis' in named && named.axis !== none ? named : {} }),
    // Equal elements come in an order of NumPy's own unless it is asked for a stable one.
    () => call('argsort', [on], { ...named, kind: text('stable') }),
    () => ({ kind: 'method', on: x.name, name: 'argsort', args: [], named: { ...named, kind: text('stable') } }),
    () => (ndim === 0 ? null : call('lexsort', [{ list: [on, variable(scene.fresh(x.array.shape, 'int64', 'plain').name)] }])),
    () => {
      const result = draws.pick<Record<string, Expression>>([{}, {}, { return_counts: truth(true) }, { return_inverse: truth(true) },
        { return_index: truth(true), return_counts: truth(true) }]);
      return call('unique', [on], result);
    },
  ])();
};

const searching: Row = (scene) => {
  const { draws } = scene;
  const sorted = scene.find((array) => array.ndim === 1 && kindOf(dtypeOf(array)) !== 'complex' && array.size > 0 && !hasNaN(array));
  const bins = sorted ?? scene.freshIntegers([4], 0, 0);
  const x = scene.need((array) => kindOf(dtypeOf(array)) !== 'complex', () => scene.fresh(scene.shape(), 'float64'));
  const on = variable(x.name);
  const right: Record<string, Expression> = draws.chance(0.4) ? { side: text(draws.pick(['left', 'right'])) } : {};
  const rising: Expression = { list: [-3, 0, 1, 4].map((each) => integer(each)) };
  return draws.pick<() => Action | null>([
    () => call('searchsorted', [rising, on], right),
    () => (isRising(bins.array) ? call('searchsorted', [variable(bins.name), on], right) : null),
    () => call('digitize', [on, rising], draws.chance(0.3) ? { right: truth(true) } : {}),
    () => call('bincount', [variable(scene.freshIntegers([draws.between(0, 6)], 0, 5).name)],
      draws.chance(0.4) ? { minlength: integer(draws.between(0, 8)) } : {}),
    () => (x.array.size === 0 || hasInfinity(scene, on) ? null : call('histogram', [on], { bins: integer(draws.between(1, 5)) })),
    () => call('interp', [on, rising, { list: [1, 5, -2, 3].map((each) => integer(each)) }]),
    () => call('isin', [on, scene.operand([3], dtypeOf(x.array))], draws.chance(0.3) ? { invert: truth(true) } : {}),
    () => {
      const other = variable(scene.fresh([draws.between(0, 5)], dtypeOf(x.array)).name);
      return call(draws.pick(['union1d', 'intersect1d', 'setdiff1d', 'setxor1d']), [on, other]);
    },
  ])();
};

/** Whether the elements are in order, which NumPy takes for granted. */
function isRising(array: np.ndarray): boolean {
  const list = (array.tolist({ bigint: true }) as readonly (number | bigint)[]);
  return list.every((each, i) => i === 0 || list[i - 1] <= each);
}

function hasInfinity(scene: Scene, on: Expression): boolean {
  const array = scene.run.array((on as { variable: string }).variable);
  return isInexact(dtypeOf(array)) && [...array.flat].some((each) => !Number.isFinite(Number(each)));
}

const creating: Row = (scene) => {
  const { draws } = scene;
  const dtype = scene.dtype();
  const typed: Record<string, Expression> = draws.chance(0.5) ? { dtype: { dtype } } : {};
  const x = scene.any();
  const whole = (): Expression => integer(draws.between(-3, 6));
  const fraction = (): Expression => ({ real: String(draws.between(-3, 6) + 0.5) });
  const number = (): Expression => (draws.chance(0.6) ? whole() : fraction());
  return draws.pick<() => Action | null>([
    () => call(draws.pick(['zeros', 'ones']), [tuple(scene.shape())], typed),
    () => {
      const named: Named = draws.chance(0.3) ? { dtype: { dtype: 'complex128' } } : {};
      return call('full', [tuple(scene.shape()), drawScalar(draws, dtype === 'bool' ? 'int64' : 'float64')], named);
    },
    () => call(draws.pick(['zeros_like', 'ones_like']), [variable(x.name)], typed),
    () => call('full_like', [variable(x.name), integer(draws.between(0, 5))], typed),
    () => {
      const step = draws.pick([integer(2), integer(-1), { real: '0.5' }]);
      return call('arange', draws.pick([[whole()], [whole(), number()], [whole(), number(), step]]), isInexact(dtype) ? typed : {});
    },
    () => call('linspace', [number(), number(), integer(draws.between(0, 7))], draws.chance(0.3) ? { endpoint: truth(false) } : {}),
    () => {
      const named: Record<string, Expression> = { ...typed };
      if (draws.chance(0.5)) named.M = integer(draws.between(0, 4));
      if (draws.chance(0.5)) named.k = integer(draws.between(-2, 2));
      return call(draws.pick(['eye', 'tri']), [integer(draws.between(0, 4))], named);
    },
    () => call('identity', [integer(draws.between(0, 4))], typed),
    () => call('indices', [tuple(scene.shape(1, 2))]),
    () => call(draws.pick(['tril_indices', 'triu_indices']), [integer(draws.between(0, 4)), integer(draws.between(-1, 2))]),
    () => call('meshgrid', [variable(scene.fresh([2], dtype).name), variable(scene.fresh([3], scene.dtype()).name)],
      draws.chance(0.5) ? { indexing: text('ij') } : {}),
    () => {
      const named: Named = draws.chance(0.5) ? { N: integer(3), increasing: truth(draws.chance(0.5)) } : {};
      return x.array.ndim === 1 ? call('vander', [variable(x.name)], named) : null;
    },
  ])();
};

export const arrangementRows: readonly (readonly [number, Row])[] = [
  [2.5, joining], [1.2, repeating], [2, ordering], [1, searching], [1.5, creating],
];
