import type { DTypeName, Expression, Named } from '../program.ts';
import { call, integer, truth, variable } from '../program.ts';
import type { Row, Scene, Variable } from '../scene.ts';
import { dtypeOf } from '../scene.ts';
import { drawScalar, isInexact, kindOf } from '../values.ts';

/** What ufuncs do beside computing element by element: reduce, accumulate, reduceat, outer and at. */

const anything = ['add', 'multiply', 'maximum', 'minimum', 'logical_and', 'logical_or', 'logical_xor', 'fmax', 'fmin', 'subtract'] as const;
const wholes = ['bitwise_and', 'bitwise_or', 'bitwise_xor'] as const;
// NumPy's vector loop of arctan2 forgets what it has reduced.
const reals = ['hypot', 'logaddexp', 'divide', 'copysign'] as const;
const pairs = ['less', 'equal', 'greater_equal', 'power', 'floor_divide', 'remainder'] as const;

function drawName(scene: Scene, x: Variable, more: readonly string[] = []): string {
  const { draws } = scene;
  const dtype = dtypeOf(x.array);
  const own = isInexact(dtype) ? reals : wholes;
  return draws.pick<string>([...anything, ...anything, ...(kindOf(dtype) === 'complex' ? ['divide'] : own), ...more]);
}

/** Somewhere for a result without some axes. */
function outOf(scene: Scene, x: Variable, shape: readonly number[]): Expression {
  // What is computed in floats and written into integers is rounded wherever NumPy's loops break off.
  const whole: DTypeName = isInexact(dtypeOf(x.array)) ? 'float64' : 'int64';
  const dtype = scene.draws.pick<DTypeName>(['float64', dtypeOf(x.array), whole, 'complex128', 'float32']);
  return variable(scene.fresh(shape, dtype, 'plain').name);
}

const withoutAxis = (shape: readonly number[], axis: number): number[] =>
  shape.filter((_, i) => i !== (axis < 0 ? axis + shape.length : axis));

const reduce: Row = (scene) => {
  const { draws } = scene;
  const x = scene.atLeast(draws.chance(0.1) ? 0 : 1);
  const { ndim, shape } = x.array;
  const name = drawName(scene, x);
  const named: Record<string, Expression> = {};
  const axis = draws.chance(0.25) ? scene.axes(ndim) : scene.axis(ndim);
  if (axis !== undefined) named.axis = axis;
  if (draws.chance(0.25)) named.keepdims = truth(true);
  if (draws.chance(0.15)) named.initial = drawScalar(draws, dtypeOf(x.array));
  if (draws.chance(0.12)) named.where = scene.mask(shape);
  if (draws.chance(0.1)) named.dtype = { dtype: scene.dtype() };
  if (draws.chance(0.1) && axis !== undefined && 'integer' in axis && named.keepdims === undefined && ndim > 0) {
    named.out = outOf(scene, x, withoutAxis(shape, Number(axis.integer)));
  }
  return call(`${name}.reduce`, [variable(x.name)], named);
};

const accumulate: Row = (scene) => {
  const { draws } = scene;
  const x = scene.atLeast(1);
  const name = drawName(scene, x);
  const named: Record<string, Expression> = {};
  if (draws.chance(0.7)) named.axis = scene.axis(x.array.ndim);
  if (draws.chance(0.1)) named.dtype = { dtype: scene.dtype() };
  if (draws.chance(0.1)) named.out = outOf(scene, x, x.array.shape);
  return call(`${name}.accumulate`, [variable(x.name)], named);
};

const reduceat: Row = (scene) => {
  const { draws } = scene;
  const x = scene.atLeast(1);
  const { ndim, shape } = x.array;
  const axis = draws.between(0, ndim - 1);
  if (shape[axis] === 0) return null;
  const last = shape[axis] - 1 + (scene.wrong() ? 2 : 0);
  const indices: Expression = draws.chance(0.5)
    ? { list: Array.from({ length: draws.between(1, 4) }, () => integer(draws.between(0, last))) }
    : variable(scene.freshIntegers([draws.between(1, 4)], 0, last).name);
  const named: Named = axis === 0 && draws.chance(0.5) ? {} : { axis: integer(axis) };
  return call(`${drawName(scene, x)}.reduceat`, [variable(x.name), indices], named);
};

const outer: Row = (scene) => {
  const x = scene.need((array) => array.size <= 12, () => scene.fresh([3], scene.dtype()));
  const name = drawName(scene, x, pairs);
  const accepts = (dtype: DTypeName): boolean => !wholes.some((each) => each === name) || !isInexact(dtype);
  if (!accepts(dtypeOf(x.array))) return null;
  const dtype = scene.dtype();
  const y = scene.fresh(scene.shape(0, 2), accepts(dtype) ? dtype : 'int64');
  const named: Named = scene.draws.chance(0.1) ? { dtype: { dtype: scene.dtype() } } : {};
  return call(`${name}.outer`, [variable(x.name), variable(y.name)], named);
};

const at: Row = (scene) => {
  const { draws } = scene;
  const x = scene.atLeast(1);
  const { shape } = x.array;
  if (shape[0] === 0) return null;
  // What is rounded otherwise would be another array from then on.
  const name = isInexact(dtypeOf(x.array)) ? draws.pick(['add', 'subtract', 'logical_and', 'logical_xor', 'floor_divide'])
    : draws.pick([...anything, ...wholes, 'power', 'floor_divide']);
  const count = draws.between(1, 5);
  const places = variable(scene.freshIntegers([count], -shape[0], shape[0] - 1).name);
  const index: Expression = draws.chance(0.6) ? places
    : draws.chance(0.5) ? { list: [integer(0), integer(-1)] } : variable(scene.freshMask([shape[0]]).name);
  if (draws.chance(0.15)) return call(`${draws.pick(['negative', 'conjugate', 'logical_not', 'invert'])}.at`, [variable(x.name), index]);
  const named = x.array.at(scene.run.value(index) as never).shape;
  const dtype = dtypeOf(x.array);
  const value = draws.chance(0.4) ? drawScalar(draws, dtype) : variable(scene.fresh(scene.besides(named), dtype).name);
  return call(`${name}.at`, [variable(x.name), index, value]);
};

/** The two halves of a ufunc that gives both. */
const both: Row = (scene) => {
  const { draws } = scene;
  const x = scene.find((array) => kindOf(dtypeOf(array)) !== 'complex');
  if (x === null) return null;
  const { shape } = x.array;
  const outs: Expression = { tuple: [outOf(scene, x, shape), draws.chance(0.5) ? { none: true } : outOf(scene, x, shape)] };
  const named: Record<string, Expression> = draws.chance(0.6) ? { out: outs } : {};
  if (named.out !== undefined && draws.chance(0.3)) named.where = scene.mask(shape);
  if (named.where !== undefined && 'tuple' in outs && 'none' in outs.tuple[1]) return null;
  return draws.chance(0.5) ? call('modf', [variable(x.name)], named)
    : call('divmod', [variable(x.name), drawScalar(draws, dtypeOf(x.array))], named);
};

export const methodRows: readonly (readonly [number, Row])[] = [
  [1.5, reduce], [1, accumulate], [0.6, reduceat], [0.6, outer], [1, at], [0.4, both],
];
