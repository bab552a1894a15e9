import type { Action, DTypeName, Expression, Named } from '../program.ts';
import { call, none, operators, truth, unaryOperators, variable } from '../program.ts';
import type { Row, Scene, Variable } from '../scene.ts';
import { convertible, dtypeOf, hasNaN } from '../scene.ts';
import { drawScalar, isInexact, kindOf } from '../values.ts';

/** Universal functions with all that they take, operators, and functions of elements. */

const unary = [
  'abs', 'absolute', 'acos', 'acosh', 'arcsin', 'arcsinh', 'arctan', 'arctanh', 'cbrt', 'ceil', 'conj', 'cos', 'cosh', 'deg2rad',
  'degrees', 'exp', 'exp2', 'expm1', 'fabs', 'floor', 'invert', 'isfinite', 'isinf', 'isnan', 'log', 'log10', 'log1p', 'log2',
  'logical_not', 'negative', 'positive', 'rad2deg', 'radians', 'reciprocal', 'rint', 'sign', 'signbit', 'sin', 'sinh', 'sqrt',
  'square', 'tan', 'tanh', 'trunc',
] as const;
const binary = [
  'add', 'arctan2', 'bitwise_and', 'bitwise_or', 'bitwise_xor', 'copysign', 'divide', 'equal', 'float_power', 'floor_divide', 'fmax',
  'fmin', 'fmod', 'greater', 'greater_equal', 'heaviside', 'hypot', 'left_shift', 'less', 'less_equal', 'logaddexp', 'logical_and',
  'logical_or', 'logical_xor', 'maximum', 'minimum', 'mod', 'multiply', 'nextafter', 'not_equal', 'power', 'remainder',
  'right_shift', 'subtract', 'true_divide',
] as const;
const integersOnly = new Set(['invert', 'bitwise_and', 'bitwise_or', 'bitwise_xor', 'left_shift', 'right_shift']);
const signOfNaN = new Set(['signbit', 'copysign']);
const shifts = new Set(['left_shift', 'right_shift']);

/** Arrays that a function mostly has loops for. */
function suits(scene: Scene, name: string): (dtype: DTypeName) => boolean {
  if (integersOnly.has(name) && !scene.wrong()) return (dtype) => !isInexact(dtype);
  return () => true;
}

/** Somewhere for a result: an array of the dtype that it will probably have, or of another. */
function outFor(scene: Scene, shape: readonly number[]): Expression {
  const there = scene.find((array) => String(array.shape) === String(shape) && isInexact(dtypeOf(array)));
  if (there !== null && scene.draws.chance(0.4)) return variable(there.name);
  const dtype = scene.draws.pick<DTypeName>(['float64', 'complex128', 'float32', 'bool', 'int64', 'float64']);
  const larger = scene.draws.chance(0.1) ? [2, ...shape] : scene.wrong() ? [...shape, 2] : shape;
  return variable(scene.fresh(larger, dtype).name);
}

function ufuncNamed(scene: Scene, shape: readonly number[]): Record<string, Expression> {
  const { draws } = scene;
  const named: Record<string, Expression> = {};
  if (draws.chance(0.15)) named.out = outFor(scene, shape);
  // Without `out`, what `where` leaves out is not defined.
  if (named.out !== undefined && draws.chance(0.4)) named.where = scene.mask(shape);
  else if (draws.chance(0.02)) named.where = truth(true);
  if (draws.chance(0.06)) named.dtype = { dtype: scene.dtype() };
  if (draws.chance(0.03)) named.casting = { text: draws.pick(['same_kind', 'safe', 'no', 'equiv']) };
  if (draws.chance(0.02)) named.out = none;
  return named.out === none ? { out: none } : named;
}

const shapeTogether = (scene: Scene, x: Variable, y: Expression): readonly number[] => {
  if (!('variable' in y)) return x.array.shape;
  const other = scene.run.array(y.variable).shape;
  const ndim = Math.max(other.length, x.array.ndim);
  const at = (shape: readonly number[], i: number): number => shape[shape.length - ndim + i] ?? 1;
  return Array.from({ length: ndim }, (_, i) => (at(x.array.shape, i) === 1 ? at(other, i) : at(x.array.shape, i)));
};

const operandHasNaN = (scene: Scene, y: Expression): boolean => 'variable' in y && hasNaN(scene.run.array(y.variable));

const unaryCall: Row = (scene) => {
  const name = scene.draws.pick(unary);
  const accepts = suits(scene, name);
  const x = scene.find((array) => accepts(dtypeOf(array)) && !(signOfNaN.has(name) && hasNaN(array)));
  if (x === null) return null;
  // An integer's reciprocal of 0 is the processor's; NumPy's method `conj` gives real arrays themselves.
  if ((name === 'reciprocal' && !isInexact(dtypeOf(x.array))) || (name === 'conj' && kindOf(dtypeOf(x.array)) !== 'complex')) return null;
  if (scene.draws.chance(0.3)) return { kind: 'method', on: x.name, name, args: [], named: {} };
  return call(name, [variable(x.name)], ufuncNamed(scene, x.array.shape));
};

function binaryParts(scene: Scene, name: string): { x: Variable; y: Expression } | null {
  const accepts = suits(scene, name);
  const x = scene.find((array) => accepts(dtypeOf(array)));
  if (x === null) return null;
  const dtype = dtypeOf(x.array);
  const y = shifts.has(name)
    ? variable(scene.freshIntegers(scene.besides(x.array.shape), 0, 7).name) : scene.operand(x.array.shape, dtype, accepts);
  if (signOfNaN.has(name) && (hasNaN(x.array) || operandHasNaN(scene, y))) return null;
  return { x, y };
}

const binaryCall: Row = (scene) => {
  const name = scene.draws.pick(binary);
  const parts = binaryParts(scene, name);
  if (parts === null) return null;
  const { x, y } = parts;
  const shape = shapeTogether(scene, x, y);
  if (scene.draws.chance(0.1) && 'variable' in y) return call(name, [y, variable(x.name)], ufuncNamed(scene, shape));
  const { where: mask, ...named } = ufuncNamed(scene, shape);
  // A comparison with an integer out of bounds ends NumPy's process where there is a mask.
  return call(name, [variable(x.name), y], mask === undefined || 'integer' in y ? named : { ...named, where: mask });
};

const operator: Row = (scene) => {
  const { draws } = scene;
  if (draws.chance(0.15)) {
    const x = scene.any();
    return { kind: 'operator', on: x.name, name: draws.pick(Object.keys(unaryOperators)), value: null };
  }
  const name = draws.pick(Object.keys(operators).filter((each) => each !== 'matmul'));
  const parts = binaryParts(scene, name);
  return parts && { kind: 'operator', on: parts.x.name, name, value: parts.y };
};

const updates = [
  'add', 'sub', 'mul', 'div', 'floor_divide', 'mod', 'pow', 'bitwise_and', 'bitwise_or', 'bitwise_xor', 'left_shift', 'right_shift',
] as const;
const update: Row = (scene) => {
  const name = scene.draws.pick([...updates, 'add', 'sub', 'mul']);
  const parts = binaryParts(scene, name);
  return parts && { kind: 'update', on: parts.x.name, name, value: parts.y };
};

const clip: Row = (scene) => {
  const { draws } = scene;
  const x = scene.any();
  const dtype = dtypeOf(x.array);
  const bound = (): Expression => draws.weighted<() => Expression>([
    [1, () => none], [4, () => drawScalar(draws, dtype)], [2, () => scene.operand(x.array.shape, dtype)],
  ])();
  const bounds = [bound(), bound()];
  if (bounds.some((each) => 'complex' in each)) return null;
  if (draws.chance(0.2)) return call('clip', [variable(x.name)], { a_min: bounds[0], a_max: bounds[1] });
  if (draws.chance(0.3)) return { kind: 'method', on: x.name, name: 'clip', args: bounds, named: {} };
  const named: Named = draws.chance(0.1) ? { out: outFor(scene, x.array.shape) } : {};
  return call('clip', [variable(x.name), ...bounds], named);
};

const round: Row = (scene) => {
  const { draws } = scene;
  const x = scene.any();
  const decimals = draws.chance(0.3) ? [] : [{ integer: String(draws.between(-1, 3)) }];
  if (draws.chance(0.4)) return { kind: 'method', on: x.name, name: 'round', args: decimals, named: {} };
  return call(draws.pick(['round', 'around']), [variable(x.name), ...decimals]);
};

const where: Row = (scene) => {
  const x = scene.any();
  const shape = x.array.shape;
  const y = scene.operand(shape, dtypeOf(x.array));
  const condition = scene.draws.chance(0.8) ? scene.mask(shape) : scene.operand(shape, 'bool');
  return call('where', [condition, ...scene.draws.shuffled([variable(x.name), y])]);
};

const others: Row = (scene) => {
  const { draws } = scene;
  const x = scene.any();
  const on = variable(x.name);
  const other = (): Expression => scene.operand(x.array.shape, dtypeOf(x.array));
  return draws.pick<() => Action | null>([
    () => call('divmod', [on, other()]),
    () => (kindOf(dtypeOf(x.array)) === 'complex' ? null : call('modf', [on])),
    () => call('isclose', [on, other()], draws.chance(0.3) ? { equal_nan: truth(true) } : {}),
    () => call('allclose', [on, other()]),
    () => call('array_equal', [on, other()]),
    () => call('array_equiv', [on, other()]),
    () => call('nan_to_num', [on]),
    () => call('angle', [on], draws.chance(0.3) ? { deg: truth(true) } : {}),
    () => call(draws.pick(['isreal', 'iscomplex', 'real', 'imag']), [on]),
    () => call('fix', [on]),
  ])();
};

const cast: Row = (scene) => {
  const { draws } = scene;
  const x = scene.any();
  const to = scene.dtype();
  if (!convertible(x.array, to)) return null;
  const named: Record<string, Expression> = {};
  if (draws.chance(0.15)) named.copy = truth(draws.chance(0.5));
  if (draws.chance(0.1)) named.casting = { text: draws.pick(['safe', 'same_kind', 'unsafe', 'no', 'equiv']) };
  return { kind: 'method', on: x.name, name: 'astype', args: [{ dtype: to }], named };
};

export const elementwiseRows: readonly (readonly [number, Row])[] = [
  [5, unaryCall], [7, binaryCall], [5, operator], [5, update], [1, clip], [0.6, round], [1, where], [1.2, others], [1.5, cast],
];
