import type { Scene, Variable } from '../programs/scene.ts';
import { dtypeOf } from '../programs/scene.ts';
import type { DTypeName, Expression } from '../programs/program.ts';
import { dtypeNames, integer, none, text, truth, tuple, variable } from '../programs/program.ts';
import { drawScalar, realText, sizeOf } from '../programs/values.ts';

/** What fits a parameter by its name, and now and then what does not. */

export class Arguments {
  readonly scene: Scene;
  readonly target: string;
  /** The array that the others are drawn to fit. */
  first: Variable | null = null;

  constructor(scene: Scene, target: string) {
    this.scene = scene;
    this.target = target;
  }

  get shape(): readonly number[] {
    return this.first?.array.shape ?? [];
  }

  array(shape: readonly number[] = this.scene.shape(0, 3), dtype: DTypeName = this.scene.dtype()): Expression {
    const made = this.scene.fresh(shape, dtype, 'plain');
    this.first ??= made;
    return variable(made.name);
  }

  /** The first array, or one beside it. */
  operand(): Expression {
    if (this.first === null) {
      if (this.scene.draws.chance(0.1)) return this.list();
      return this.array(vectors.test(this.target) && this.scene.draws.chance(0.9) ? this.scene.shape(1, 1) : undefined);
    }
    return this.scene.operand(this.shape, dtypeOf(this.first.array));
  }

  list(): Expression {
    const { draws } = this.scene;
    const dtype = this.scene.dtype();
    const row = (length: number): Expression => ({ list: Array.from({ length }, () => drawScalar(draws, dtype)) });
    if (draws.chance(0.2)) return drawScalar(draws, dtype);
    const length = draws.between(0, 3);
    return draws.chance(0.5) ? row(length) : { list: Array.from({ length: draws.between(1, 3) }, () => row(length)) };
  }

  integers(shape: readonly number[], low: number, high: number): Expression {
    const { draws } = this.scene;
    const drawn = (): Expression => integer(draws.between(low, high));
    return draws.weighted<() => Expression>([
      [3, () => variable(this.scene.freshIntegers(shape, low, high, draws.pick(['int64', 'int32'])).name)],
      [2, drawn],
      [2, () => ({ list: Array.from({ length: shape.at(-1) ?? 2 }, drawn) })],
      [0.3, () => this.odd()],
    ])();
  }

  /** What is seldom right. */
  odd(): Expression {
    return this.scene.draws.pick<Expression>([
      none, text('bogus'), { real: '1.5' }, integer(-1), { list: [] }, truth(true), { complex: ['1', '2'] }, { tuple: [] }, integer(100),
      { list: [integer(0), integer(0)] }, { real: realText(NaN) },
    ]);
  }
}

const vectors = new RegExp('bincount|interp|convolve|correlate|digitize|searchsorted|unwrap|trim_zeros|compress|vander|intersect1d|setxor1d'
  + '|shuffle|histogram|trapezoid|diag|packbits');

type Drawer = (own: Arguments) => Expression;

const fraction = (low: number, high: number): Drawer => ({ scene: { draws } }) =>
  ({ real: realText(low + Math.round(draws.fraction() * 64) / 64 * (high - low) + 1 / 128) });
const whole = (low: number, high: number): Drawer => ({ scene: { draws } }) => integer(draws.between(low, high));
const flag: Drawer = ({ scene: { draws } }) => (draws.chance(0.1) ? integer(draws.below(2)) : truth(draws.chance(0.6)));
const word = (...words: readonly string[]): Drawer => ({ scene: { draws } }) => text(draws.pick(words));
const operand: Drawer = (own) => own.operand();
const axis: Drawer = ({ scene, shape }) => scene.axis(shape.length);
const maybe = (drawer: Drawer): Drawer => (own) => (own.scene.draws.chance(0.15) ? none : drawer(own));
const axes: Drawer = ({ scene, shape }) => scene.axes(shape.length) ?? none;
const one = (...drawers: readonly Drawer[]): Drawer => (own) => own.scene.draws.pick(drawers)(own);
const scalar: Drawer = ({ scene, first }) => drawScalar(scene.draws, first === null ? scene.dtype() : dtypeOf(first.array));
const shapeLike: Drawer = ({ scene }) => one(() => tuple(scene.shape(0, 3)), whole(0, 4),
  () => ({ list: scene.shape(1, 2).map(integer) }))(
  { scene } as Arguments);
const dtype: Drawer = ({ scene: { draws } }) => draws.weighted<() => Expression>([
  [10, () => ({ dtype: draws.pick(dtypeNames) })],
  [2, () => text(draws.pick(['f4', '<i8', 'int', 'float', 'complex', '?', 'B', 'bool']))],
  [0.4, () => text(draws.pick(['bogus', 'float33', '']))], [1, () => none],
])();
const mask: Drawer = ({ scene, shape }) => (scene.draws.chance(0.1) ? truth(true) : scene.mask(shape));
const vector = (length: (own: Arguments) => number, type?: DTypeName): Drawer => (own) => {
  const { scene } = own;
  const off = scene.draws.chance(0.1) ? 1 : 0;
  return variable(scene.fresh([length(own) + off], type ?? scene.dtype(), 'plain').name);
};
const along: Drawer = (own) => own.integers(own.shape.length === 0 ? [2] : own.shape, 0, Math.max(0, Math.min(...own.shape, 3) - 1));
const sorted = (length: number): Drawer => ({ scene: { draws } }) => {
  let at = draws.between(-4, 0);
  return { list: Array.from({ length }, () => integer(at += draws.between(0, 3))) };
};
const several: Drawer = (own) => {
  const { scene } = own;
  const shape = scene.shape(1, 3);
  const again = (): Expression => own.array(scene.draws.chance(0.1) ? scene.shape(0, 3) : shape);
  if (scene.draws.chance(0.1)) return again();
  return { [scene.draws.chance(0.5) ? 'list' : 'tuple']: Array.from({ length: scene.draws.between(1, 3) },
    again) } as unknown as Expression;
};
const pairs: Drawer = (own) => {
  const { draws } = own.scene;
  const pair = (): Expression => ({ tuple: [integer(draws.between(0, 3)), integer(draws.between(0, 3))] });
  return one(whole(0, 3), pair, () => ({ list: own.shape.map(pair) }), () => ({ tuple: [integer(2)] }))(own);
};
const positive = fraction(0.2, 6);
const positives: Drawer = one(positive, positive, whole(1, 5),
  ({ scene: { draws } }) => ({ list: [1, 2].map(() => integer(draws.between(1, 4))) }));
const chanceOf: Drawer = one(fraction(0.05, 0.9), fraction(0.05, 0.9), () => ({ list: [{ real: '0.25' }, { real: '0.5' }] }));
const sections: Drawer = one(whole(1, 4), () => ({ list: [integer(1), integer(2)] }), () => ({ list: [integer(-1)] }));
const quantiles = (high: number): Drawer => one(fraction(0, high), fraction(0, high), whole(0, 1), () => ({ list: [0, 0.25, 0.5].map(
  (each) => (Number.isInteger(each * high) ? integer(each * high) : { real: String(each * high) })) }));

const drawers: Readonly<Record<string, Drawer>> = {
  ...Object.fromEntries(['a', 'x', 'm', 'arr', 'v', 'y', 'b', 'ary', 'array', 'A', 'B', 'x1', 'x2', 'z', 'f', 'val', 'ar', 'ar1', 'ar2',
    'a1', 'a2',
    'element', 'test_elements', 'object', 'prototype', 'filt', 'other', 'array1', 'array2', 'p'].map((name) => [name, operand])),
  axis: one(axis, axis, axes), axis1: axis, axis2: axis, axisa: axis, axisb: axis, axisc: axis, source: one(axis, axes),
  destination: one(axis, axes),
  start: whole(-2, 3), stop: whole(0, 9), step: one(whole(1, 3), fraction(0.25, 2)), start_or_stop: whole(0, 6), num: whole(0, 6),
  dtype, keepdims: flag, where: mask, initial: scalar, order: word('C', 'F', 'A', 'K', 'K', 'c', 'X'), copy: maybe(flag),
  casting: word('no', 'equiv', 'safe', 'same_kind', 'unsafe', 'same_value', 'bogus'), subok: flag, ndmin: whole(0, 4), ndmax: whole(0, 4),
  mode: word('raise', 'wrap', 'clip', 'bogus'), side: word('left', 'right', 'bogus'),
  kind: maybe(word('quicksort', 'stable', 'mergesort', 'heapsort')),
  stable: maybe(flag), kth: whole(0, 2), sorter: vector(({ shape }) => shape[0] ?? 1, 'int64'), ddof: one(whole(0, 2), fraction(0, 1)),
  correction: one(whole(0, 2), fraction(0, 1)), returned: flag, weights: maybe((own) => own.array(own.shape, own.scene.dtype())),
  minlength: one(whole(0, 6), whole(0, 6), (own) => own.odd()), bins: one(whole(1, 6), sorted(4), word('auto', 'sqrt', 'fd', 'bogus')),
  range: maybe(({ scene: { draws } }) => ({ tuple: [integer(draws.between(-4, 1)), integer(draws.between(0, 6))] })),
  density: maybe(flag),
  shape: shapeLike, size: maybe(shapeLike), reps: shapeLike, dimensions: shapeLike, new_shape: shapeLike, dims: shapeLike,
  indices: along, ind: along, obj: one(along, whole(-2, 2), () => ({ slice: ['0', '2', null], object: true })),
  multi_index: (own) => ({ tuple: [own.integers([2], 0, 2), own.integers([2], 0, 2)] }),
  repeats: one(whole(0, 3), (own) => own.integers([own.shape[0] ?? 1], 0, 3)),
  fill_value: one(scalar, scalar, operand), k: whole(-2, 3), n: whole(0, 4), N: whole(0, 4), M: maybe(whole(0, 4)),
  offset: whole(-2, 2), ndim: whole(1, 3),
  prepend: one(scalar, operand), append: one(scalar, operand), to_end: one(scalar, operand), to_begin: one(scalar, operand),
  values: one(scalar, operand), vals: one(scalar, operand), dst: operand, src: operand, condition: mask, mask,
  a_min: maybe(one(scalar, operand)), a_max: maybe(one(scalar, operand)), min: maybe(scalar), max: maybe(scalar),
  decimals: whole(-2, 3), deg: flag, q: quantiles(1), method: word('linear', 'lower', 'higher', 'midpoint', 'nearest', 'hazen', 'weibull',
    'median_unbiased', 'inverted_cdf', 'averaged_inverted_cdf', 'closest_observation', 'bogus'),
  overwrite_input: flag, equal_nan: flag, rtol: fraction(0, 1), atol: fraction(0, 1), return_index: flag, return_inverse: flag,
  return_counts: flag,
  assume_unique: flag, invert: flag, return_indices: flag, sorted: flag, arrays: several, tup: several, keys: several,
  indices_or_sections: sections, shift: one(whole(-3, 3), () => tuple([1, -1])),
  axes: one(axes, ({ scene }) => tuple(scene.draws.shuffled([0, 1]))),
  endpoint: flag, retstep: flag, base: one(whole(2, 4), fraction(1, 9)), increasing: flag, right: flag, wrap: flag,
  bitorder: word('big', 'little', 'bogus'),
  count: maybe(whole(-3, 9)), dx: one(fraction(0.25, 2), scalar), edge_order: whole(1, 2), nan: scalar, posinf: maybe(scalar),
  neginf: maybe(scalar),
  rowvar: flag, bias: flag, fweights: (own) => own.integers([own.shape.at(-1) ?? 1], 0, 3),
  aweights: vector(({ shape }) => shape.at(-1) ?? 1),
  include_initial: flag, period: fraction(1, 7), discont: maybe(fraction(1, 7)), trim: word('fb', 'f', 'b', 'x'), pad_width: pairs,
  mean: operand,
  xp: sorted(4), fp: vector(() => 4), left: maybe(scalar), sample: operand, type1: dtype, tol: fraction(1, 200), value: scalar,
  replace: flag, shuffle: flag, low: whole(-3, 2), high: maybe(whole(3, 300)), loc: one(scalar, fraction(-2, 2)), scale: positives,
  df: positives, dfnum: positives, dfden: positives, nonc: positives, lam: positives, sigma: positives, kappa: positives,
  mu: fraction(-3, 3),
  alpha: () => ({ list: [integer(1), integer(2), { real: '0.5' }] }),
  pvals: () => ({ list: [{ real: '0.25' }, { real: '0.25' }, { real: '0.5' }] }),
  ngood: whole(1, 9), nbad: whole(1, 9), nsample: whole(1, 6), colors: () => ({ list: [integer(3), integer(4), integer(2)] }),
};

/** Where a name means something else than elsewhere. */
const own: Readonly<Record<string, Drawer>> = {
  'np.tril_indices.m': whole(0, 4), 'np.triu_indices.m': whole(0, 4),
  'np.percentile.q': quantiles(100), 'np.nanpercentile.q': quantiles(100),
  'np.convolve.mode': word('full', 'same', 'valid', 'f', 'bogus'),
  'np.correlate.mode': word('full', 'same', 'valid', 'f', 'bogus'),
  'np.pad.mode': word('constant', 'edge', 'reflect', 'symmetric', 'wrap', 'maximum', 'mean', 'linear_ramp', 'empt'),
  'np.isin.kind': maybe(word('sort', 'table', 'bogus')), 'np.interp.right': maybe(scalar), 'np.digitize.bins': sorted(4),
  'np.bincount.x': (each) => each.integers([4], 0, 5), 'np.bincount.weights': vector(() => 4), 'np.tile.A': operand,
  'np.searchsorted.a': sorted(4),
  'np.searchsorted.sorter': () => ({ list: [0, 1, 2, 3].map(integer) }), 'np.unravel_index.indices': (each) => each.integers([2], 0, 5),
  'np.unravel_index.shape': () => tuple([2, 3]), 'np.ravel_multi_index.dims': () => tuple([3, 4]),
  'np.linspace.start': one(scalar, operand),
  'np.linspace.stop': one(scalar, operand), 'np.logspace.start': scalar, 'np.logspace.stop': scalar, 'np.geomspace.start': positives,
  'np.geomspace.stop': positives,
  'np.reshape.shape': (each) => one(() => integer(-1), () => tuple([...each.shape].reverse()), () => tuple([sizeOf(each.shape)]),
    shapeLike)(each),
  'np.broadcast_to.shape': (each) => one(() => tuple([2, ...each.shape]), shapeLike)(each),
  'ndarray.reshape.shape': (each) => tuple([...each.shape].reverse()),
  'np.lexsort.keys': several,
  'np.packbits.a': (each) => each.array(undefined, each.scene.draws.pick(['bool', 'uint8', 'int64', 'float32'])),
  'np.unpackbits.a': (each) => each.array(undefined, each.scene.draws.chance(0.9) ? 'uint8' : 'int8'),
  'np.roll.axis': maybe(one(axis, axes)),
  'np.trim_zeros.axis': maybe(axes), 'np.kaiser.beta': fraction(0, 9), 'np.tri.N': whole(0, 4), 'np.clip.a': operand,
  'np.expand_dims.axis': one(axis, axes),
  'np.transpose.axes': maybe(({ scene, shape }) => tuple(scene.draws.shuffled(shape.map((_, i) => i)))),
  'np.tensordot.axes': one(whole(0, 2), () => tuple([0, 0]), () => tuple([0, 1])), 'np.unwrap.p': operand,
};
const distribution = /^(default_rng|RandomState)\./;
const ofRandom: Readonly<Record<string, Drawer>> = {
  a: positives, b: positives, p: chanceOf, n: whole(0, 9), shape: positives, mean: positives, left: fraction(-3, -1),
  mode: fraction(-1, 1),
  right: fraction(1, 3), x: operand, dtype: one(word('float32', 'float64'), dtype),
  method: word('zig', 'inv', 'marginals', 'count', 'bogus'),
  axis: one(whole(-1, 1), maybe(whole(0, 1))),
};
const special: Readonly<Record<string, Drawer>> = {
  choice: one(whole(1, 9), operand), 'choice.p': maybe(() => ({ list: [{ real: '0.25' }, { real: '0.75' }] })), zipf: fraction(1.1, 4),
  permutation: operand, 'integers.dtype': dtype, 'randint.dtype': dtype,
};

/** Null of a parameter of which nothing is known. */
export function drawerOf(target: string, name: string): Drawer | null {
  if (distribution.test(target)) {
    const method = target.replace(distribution, '');
    return special[`${method}.${name}`] ?? (name === 'a' ? special[method] : undefined) ?? ofRandom[name] ?? drawers[name] ?? null;
  }
  return own[`${target}.${name}`] ?? drawers[name] ?? null;
}
