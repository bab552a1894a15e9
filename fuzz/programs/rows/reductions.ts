import type { DTypeName, Expression } from '../program.ts';
import { call, integer, truth, variable } from '../program.ts';
import type { Row, Scene, Variable } from '../scene.ts';
import { dtypeOf } from '../scene.ts';
import { bitsOf, drawScalar, isInexact, kindOf } from '../values.ts';

/** Reductions, running sums and statistics, with all that they take. */

const sums = ['sum', 'prod', 'max', 'min', 'any', 'all', 'amax', 'amin'] as const;
const withInitial = new Set<string>(['sum', 'prod', 'max', 'min', 'amax', 'amin']);
const withDType = new Set<string>(['sum', 'prod', 'mean', 'std', 'var', 'nansum', 'nanprod', 'nanmean']);
const methods = new Set<string>([
  'sum', 'prod', 'max', 'min', 'any', 'all', 'mean', 'std', 'var', 'argmax', 'argmin', 'cumsum', 'cumprod',
]);

function alone(scene: Scene, name: string, x: Variable, named: Record<string, Expression>): ReturnType<Row> {
  if (methods.has(name) && scene.draws.chance(0.4)) return { kind: 'method', on: x.name, name, args: [], named };
  return call(name, [variable(x.name)], named);
}

function reductionNamed(scene: Scene, x: Variable, name: string): Record<string, Expression> {
  const { draws } = scene;
  const named: Record<string, Expression> = {};
  const axis = scene.axes(x.array.ndim);
  if (axis !== undefined) named.axis = axis;
  if (draws.chance(0.3)) named.keepdims = truth(draws.chance(0.8));
  if (withInitial.has(name) && draws.chance(0.15)) {
    named.initial = drawScalar(draws, dtypeOf(x.array));
  }
  if (draws.chance(0.15) && name !== 'ptp' && name !== 'median') {
    named.where = scene.mask(x.array.shape);
    if (['max', 'min', 'amax', 'amin'].includes(name) && !scene.wrong()) named.initial ??= integer(1);
  }
  if (withDType.has(name) && draws.chance(0.12)) named.dtype = { dtype: scene.dtype() };
  if (named.dtype === undefined && draws.chance(0.06) && typeof axis === 'object' && 'integer' in axis && x.array.ndim > 0) {
    const at = Number(axis.integer);
    const shape = x.array.shape.filter((_, i) => i !== (at < 0 ? at + x.array.ndim : at));
    const dtypes: DTypeName[] = ['float64', dtypeOf(x.array), kindOf(dtypeOf(x.array)) === 'int' ? 'int64' : 'float64'];
    if (named.keepdims === undefined) named.out = variable(scene.fresh(shape, draws.pick(dtypes)).name);
  }
  return named;
}

const reduction: Row = (scene) => {
  const name = scene.draws.pick([...sums, 'sum', 'max', 'min']);
  const x = scene.any();
  return alone(scene, name, x, reductionNamed(scene, x, name));
};

const moments: Row = (scene) => {
  const { draws } = scene;
  const name = draws.pick(['mean', 'std', 'var', 'mean', 'median']);
  const x = scene.find((array) => name !== 'median' || kindOf(dtypeOf(array)) !== 'complex');
  if (x === null) return null;
  const named = reductionNamed(scene, x, name);
  if ((name === 'std' || name === 'var') && draws.chance(0.3)) named.ddof = integer(draws.between(0, 1));
  // Casting floats to integers on the way is the processor's.
  if (named.dtype !== undefined && 'dtype' in named.dtype && !isInexact(named.dtype.dtype)) delete named.dtype;
  return alone(scene, name, x, named);
};

const places: Row = (scene) => {
  const { draws } = scene;
  const name = draws.pick(['argmax', 'argmin']);
  const x = scene.any();
  const named: Record<string, Expression> = {};
  if (draws.chance(0.7)) named.axis = scene.axis(x.array.ndim);
  if (draws.chance(0.2)) named.keepdims = truth(true);
  return alone(scene, name, x, named);
};

const running: Row = (scene) => {
  const { draws } = scene;
  const name = draws.pick(['cumsum', 'cumprod', 'cumsum']);
  const x = scene.any();
  const named: Record<string, Expression> = {};
  if (draws.chance(0.7)) named.axis = scene.axis(x.array.ndim);
  const dtype = scene.dtype();
  if (draws.chance(0.15) && (isInexact(dtype) || !isInexact(dtypeOf(x.array)))) named.dtype = { dtype };
  return alone(scene, name, x, named);
};

const withoutNaN: Row = (scene) => {
  const { draws } = scene;
  const name = draws.pick(['nansum', 'nanprod', 'nanmax', 'nanmin', 'nanmean', 'nanstd', 'nanvar', 'nanargmax', 'nanargmin', 'nancumsum']);
  const x = scene.any();
  const named: Record<string, Expression> = {};
  if (draws.chance(0.6)) named.axis = scene.axis(x.array.ndim);
  if (draws.chance(0.2) && name !== 'nancumsum' && !name.startsWith('nanarg')) named.keepdims = truth(true);
  return call(name, [variable(x.name)], named);
};

const quantiles: Row = (scene) => {
  const { draws } = scene;
  // Differences of small integers overflow in NumPy.
  const x = scene.find((array) => kindOf(dtypeOf(array)) !== 'complex' && dtypeOf(array) !== 'bool' && array.size > 0
    && (isInexact(dtypeOf(array)) || bitsOf(dtypeOf(array)) > 16));
  if (x === null) return null;
  const percent = draws.chance(0.5);
  const q = (): Expression => ({ real: String(draws.pick([0.25, 0.5, 0.75, 0.9, 0.125]) * (percent ? 100 : 1)) });
  const named: Record<string, Expression> = {};
  if (draws.chance(0.6)) named.axis = scene.axis(x.array.ndim);
  if (draws.chance(0.2)) named.keepdims = truth(true);
  if (draws.chance(0.3)) named.method = { text: draws.pick(['linear', 'lower', 'higher', 'midpoint', 'nearest']) };
  return call(percent ? 'percentile' : 'quantile', [variable(x.name), draws.chance(0.6) ? q() : { list: [q(), q()] }], named);
};

const others: Row = (scene) => {
  const { draws } = scene;
  const x = scene.atLeast(1);
  const on = variable(x.name);
  const { ndim, shape } = x.array;
  const axis = draws.between(0, ndim - 1);
  switch (draws.below(6)) {
    case 0: return call('ptp', [on], draws.chance(0.7) ? { axis: scene.axis(ndim) } : {});
    case 1: return call('count_nonzero', [on], draws.chance(0.7) ? { axis: scene.axis(ndim) } : {});
    case 2: return call('average', [on], { axis: integer(axis), weights: variable(scene.fresh([shape[axis]], 'uint8', 'plain').name) });
    case 3: {
      const named: Record<string, Expression> = {};
      if (draws.chance(0.5)) named.n = integer(draws.between(0, 2));
      if (draws.chance(0.6)) named.axis = scene.axis(ndim);
      if (draws.chance(0.2)) named.prepend = drawScalar(draws, dtypeOf(x.array));
      return call('diff', [on], named);
    }
    case 4: return call('trapezoid', [on], { axis: integer(axis) });
    default: return isInexact(dtypeOf(x.array)) ? call('gradient', [on], draws.chance(0.5) ? { axis: scene.axis(ndim) } : {}) : null;
  }
};

export const reductionRows: readonly (readonly [number, Row])[] = [
  [5, reduction], [2, moments], [1.2, places], [1.5, running], [1, withoutNaN], [0.6, quantiles], [1, others],
];
