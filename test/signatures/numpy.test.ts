import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../src/core/signature.ts';
import { signatures } from '../../src/core/signature.ts';
import * as np from '../../src/numpy/index.ts';
import * as outOfScope from '../../src/numpy/outOfScope.ts';
import * as creation from '../../src/numpy/routines/creation.ts';
import * as differences from '../../src/numpy/routines/differences.ts';
import * as einsum from '../../src/numpy/routines/einsum.ts';
import { apply_over_axes, fromiter, piecewise } from '../../src/numpy/routines/functional.ts';
import * as histograms from '../../src/numpy/routines/histograms.ts';
import * as indexing from '../../src/numpy/routines/indexing.ts';
import * as interpolation from '../../src/numpy/routines/interpolation.ts';
import * as joining from '../../src/numpy/routines/joining.ts';
import * as logic from '../../src/numpy/routines/logic.ts';
import * as manipulation from '../../src/numpy/routines/manipulation.ts';
import * as math from '../../src/numpy/routines/math.ts';
import * as matrices from '../../src/numpy/routines/matrices.ts';
import * as packing from '../../src/numpy/routines/packing.ts';
import * as padding from '../../src/numpy/routines/padding.ts';
import * as products from '../../src/numpy/routines/products.ts';
import * as ranges from '../../src/numpy/routines/ranges.ts';
import * as reductions from '../../src/numpy/routines/reductions.ts';
import * as sets from '../../src/numpy/routines/sets.ts';
import * as sorting from '../../src/numpy/routines/sorting.ts';
import * as special from '../../src/numpy/routines/special.ts';
import * as statistics from '../../src/numpy/routines/statistics.ts';
import * as windows from '../../src/numpy/routines/windows.ts';

/** Declared signatures of NumPy's functions against NumPy's own, and every parameter of theirs, by position and by name. */

type Texts = Readonly<Record<string, readonly string[]>>;
interface Fixtures {
  readonly numpy: Texts;
  readonly testing: Texts;
  readonly ufunc: Texts;
  readonly words: Readonly<Record<string, readonly [string | null, string | null]>>;
}
const file = new URL('../fixtures/signatures/numpy.json', import.meta.url);
const fixtures = JSON.parse(readFileSync(file, 'utf8')) as Fixtures;

type Call = (...args: readonly unknown[]) => unknown;

const isFunction = (value: unknown): value is Call =>
  typeof value === 'function' && !(value instanceof np.dtype) && !/^class\b/.test(Function.prototype.toString.call(value));
const exported = Object.entries(np).filter(([, value]) => isFunction(value)) as unknown as readonly [string, Call][];

/** Exported functions that need declare no signature here, and why. */
const undeclared: Readonly<Record<string, string>> = {
  slice: 'Python\'s own, of one to three bounds', dtype: 'a class in NumPy, held against it with the methods', finfo: 'as dtype',
  broadcast: 'a class in NumPy',
  iinfo: 'as dtype', poly1d: 'as dtype', printoptions: 'hands its arguments on to set_printoptions', vectorize: 'as dtype',
  ndenumerate: 'as dtype', ndindex: 'as dtype', nditer: 'as dtype', errstate: 'as dtype', fromregex: 'throws in any case',
  ...Object.fromEntries(Object.keys(outOfScope).map((name) => [name, 'throws in any case'])), void: 'throws in any case',
  __array_namespace_info__: 'a class in NumPy',
  ...Object.fromEntries(['c_', 'index_exp', 'mgrid', 'ogrid', 'r_', 's_'].map((name) => [name, 'has brackets in NumPy'])),
};

const ofUfuncs = "casting='same_kind', order='K', dtype=None, subok=True, signature=None";
const twoResults = `out1=None, out2=None, /, *, out=(None,None), where=True, ${ofUfuncs}`;

/** Signatures that say more, or less, than NumPy's. */
const unlike: Readonly<Record<string, readonly [reason: string, text: string]>> = {
  arange: ['its first parameter has two names in NumPy', 'start=None, stop=None, step=None, dtype=None, *, device=None, like=None'],
  clip: ['the keyword arguments are those of ufuncs, in full',
    "a, a_min=None, a_max=None, out=None, *, min=None, max=None, where=True, casting='same_kind', order='K', dtype=None, subok=True"],
  pad: ['the keyword arguments of all modes, in full',
    "array, pad_width, mode='constant', *, constant_values=None, end_values=None, stat_length=None, reflect_type=None"],
  einsum: ['the keyword arguments in full', "*operands, out=None, optimize=False, dtype=None, order='K', casting='safe'"],
  ...Object.fromEntries(['savez', 'savez_compressed'].map((name) => [name, [
    'arrays that are named come in the last object', 'file, *args, allow_pickle=True',
  ]])),
  apply_along_axis: ['what is named is passed on to the function by position', 'func1d, axis, arr, *args'],
  fromfunction: ['nothing but coordinates is passed on to the function', "function, shape, *, dtype='float', like=None"],
  piecewise: ['as apply_along_axis', 'x, condlist, funclist, *args'],
  fromstring: ['what is left out is an error of its own', "string, dtype='float', count=-1, *, sep='', like=None"],
  genfromtxt: ['names of fields are made of nothing, and a default with commas cannot be declared', [
    "fname, dtype='float', comments='#', delimiter=None, skip_header=0, skip_footer=0, converters=None, missing_values=None",
    'filling_values=None, usecols=None, names=None, excludelist=None, deletechars=None',
    "replace_space='_', autostrip=False, case_sensitive=True, defaultfmt='f%i', unpack=None, usemask=False, loose=True",
    'invalid_raise=True, max_rows=None, encoding=None, *, ndmin=0, like=None',
  ].join(', ')],
  frompyfunc: ['its keyword arguments by name', 'func, /, nin, nout, *, identity=None'],
  divmod: ['what NumPy lists before the star has to be named as well', `x1, x2, ${twoResults}`],
  ...Object.fromEntries(['modf', 'frexp'].map((name) => [name, ['as divmod', `x, ${twoResults}`]])),
  ...Object.fromEntries(['matmul', 'vecdot', 'matvec', 'vecmat'].map((name) => [name, [
    'the docstring does not mention keepdims',
    `x1, x2, /, out=None, *, ${ofUfuncs}, axes=None, axis=None, keepdims=False`,
  ]])),
};

/** A default as the fixtures write it. */
function text(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `(${value.map(text).join(',')})`;
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2').replace(/^0\.00001$/, '1e-05');
}

function texts(parameters: readonly Parameter[]): string[] {
  return parameters.flatMap(({ name, byDefault, keywordOnly, positionalOnly, variadic }, i) => [
    ...(keywordOnly && parameters[i - 1]?.keywordOnly !== true && parameters[i - 1]?.variadic !== true ? ['*'] : []),
    `${variadic ? '*' : ''}${name}${byDefault === undefined || variadic ? '' : `=${text(byDefault)}`}`,
    ...(positionalOnly && !variadic && parameters[i + 1]?.positionalOnly !== true ? ['/'] : []),
  ]);
}

const declaredBy = (call: Call): string => `numpy.${call.name}`;

describe('signatures', () => {
  it.each(exported)('np.%s', (name, call) => {
    const declared = signatures.get(declaredBy(call));
    if (name in undeclared) return;
    const original = fixtures.numpy[name] ?? fixtures.ufunc[name] ?? fixtures.numpy[call.name] ?? fixtures.ufunc[call.name];
    const own = texts(declared!.parameters).join(', ');
    if (name in unlike) {
      expect(own).toBe(unlike[name][1]);
      expect(own).not.toBe(original.join(', '));
    } else expect(own).toBe(original.join(', '));
  });
});

/** They take what follows by position, as the function is called that they are given. */
const handsOn = ['assert_raises', 'assert_raises_regex', 'assert_warns', 'assert_no_warnings'];

describe('signatures of np.testing', () => {
  it.each(Object.entries(np.testing).filter(([name]) => name.startsWith('assert_')))('np.testing.%s', (name) => {
    const declared = signatures.get(`numpy.testing.${name}`);
    if (handsOn.includes(name)) expect(declared).toBeUndefined();
    else expect(texts(declared!.parameters).join(', ')).toBe(fixtures.testing[name].join(', '));
  });
});

const modules = [
  creation, differences, einsum, histograms, indexing, joining, logic, manipulation, math, matrices, padding, products, ranges, reductions,
  sets, sorting, statistics, interpolation, special, windows, packing, { apply_over_axes, fromiter, piecewise },
];
const ownFunctions = new Set<unknown>(modules.flatMap((each) => Object.values(each) as unknown[]));
/** By the names that they say in errors: an alias is tried once. */
const named = exported.filter(([, call]) => ownFunctions.has(call)).map(([, call]) => [call.name, call] as const);
const routines = [...new Map(named).entries()];

/** What fits a parameter by its name, made anew for each call, and not its default. */
type Samples = Readonly<Record<string, () => unknown>>;
const matrix = (): np.ndarray => np.array([[3, 1.5, 2], [0.5, 4, 1]]);
const integers = (): np.ndarray => np.array([[3, 1, 2], [0, 4, 1]]);
const vector = (): np.ndarray => np.array([3, 1.5, 2]);
const square = (): np.ndarray => np.array([[1, 2], [3, 4.5]]);
const missing = (): np.ndarray => np.array([[3, NaN, 2], [0.5, 4, 1]]);
const common: Samples = {
  a: matrix, x: matrix, m: matrix, arr: matrix, v: matrix, ar: integers, array: matrix, ary: matrix, object: matrix, b: matrix, z: matrix,
  f: matrix, y: matrix, val: matrix, prototype: matrix, A: matrix,
  axis: () => 1, dtype: () => 'float32', out: () => undefined, keepdims: () => true, initial: () => 9, where: () => [[true, false, true]],
  ddof: () => 1, mean: () => [[1], [2]], correction: () => 1, order: () => 'F', subok: () => true, device: () => 'cpu',
  like: () => np.array(1),
  copy: () => true, weights: () => [[9, 1, 1], [1, 1, 3]], q: () => [0.25, 0.5], method: () => 'hazen', overwrite_input: () => true,
  returned: () => true, kind: () => 'stable', stable: () => true, indices: () => [[1], [0]], mode: () => 'wrap', ind: () => [0, 7],
  values: () => [[9], [8]], side: () => 'right', sorter: () => [2, 1, 0], right: () => true, bins: () => 3, minlength: () => 7,
  range: () => [0, 3], density: () => true, return_index: () => true, return_inverse: () => true, return_counts: () => true,
  equal_nan: () => true, sorted: () => false, shape: () => [3, 2], axes: () => [1, 0], axis1: () => 1, axis2: () => 0, source: () => 0,
  destination: () => 1, start: () => 1, shift: () => 1, k: () => 1, offset: () => 1, axisa: () => 0, axisb: () => 0, axisc: () => 0,
  arrays: () => [matrix(), matrix()], tup: () => [matrix(), matrix()], casting: () => 'unsafe', indices_or_sections: () => [1],
  reps: () => [2, 1], repeats: () => 2, new_shape: () => [2, 2], obj: () => 1, pad_width: () => [[1, 2]], dst: matrix, src: vector,
  fill_value: () => 7, ndmin: () => 3, N: () => 3, M: () => 4, n: () => 2, m_: () => 3, ndim: () => 3, wrap: () => true,
  condition: () => [true, false], condlist: () => [[true, false], [false, false]], choicelist: () => [[1, 2], [3, 4]], default: () => 5,
  dimensions: () => [2, 3], sparse: () => true, a1: missing, a2: missing, rtol: () => 0.5, atol: () => 2, max_work: () => 1,
  prepend: () => 1, append: () => 2, xp: () => [1, 2, 3], fp: () => [10, 20, 40], left: () => -1, right_: () => 1, period: () => 2.5,
  num: () => 4, endpoint: () => false, retstep: () => true, stop: () => 9, step: () => 2, base: () => 2, decimals: () => 1, deg: () => true,
  a_min: () => 1, a_max: () => 2, min: () => 1, max: () => 2, x1: () => [7, 8], x2: () => [2, 3], axis_: () => 0, increasing: () => true,
  element: () => [1, 2, 3], test_elements: () => [2, 5], assume_unique: () => true, invert: () => true, ar1: () => [3, 1, 2, 1],
  ar2: () => [1, 3, 3], return_indices: () => true, rowvar: () => false, bias: () => true, fweights: () => [1, 2, 1],
  aweights: () => [0.5, 1, 2], dx: () => 2, edge_order: () => 2, nan: () => 5, posinf: () => 6, neginf: () => 7, optimize: () => true,
  multi_index: () => [[1, 0], [2, 1]], dims: () => [2, 3], buffer: () => new Uint8Array([1, 0, 2, 0, 3, 0, 4, 0]), count: () => 1,
  keys: () => [[1, 0, 1], [0, 1, 0]], out1: () => undefined, out2: () => undefined, signature: () => undefined, ndmax: () => 4,
  constant_values: () => 5, end_values: () => 5, stat_length: () => 1, reflect_type: () => 'odd', indexing: () => 'ij',
};
const each = (names: readonly string[], samples: Samples): Readonly<Record<string, Samples>> =>
  Object.fromEntries(names.map((name) => [name, samples]));
const flat = { axis: (): unknown => 0 };
const withNaN = { a: missing };
const own: Readonly<Record<string, Samples>> = {
  any: { a: () => [[0, 1, 0], [0, 1, 0]] }, all: { a: () => [[1, 0, 1], [1, 0, 1]] },
  ...each(['min', 'amin'], { initial: () => 0, where: () => [[false, true, true]] }),
  nanmin: { a: missing, initial: () => 0, where: () => [[false, true, true]] },
  ...each(['nansum', 'nanprod', 'nanmax', 'nanmean', 'nanvar', 'nanstd', 'nanargmax', 'nanargmin', 'nancumsum'], withNaN),
  put_along_axis: { indices: () => [[1], [2]] }, take_along_axis: { indices: () => [[1, 0, 1]], axis: () => 0 }, put: { v: () => [9, 8] },
  take: { indices: () => [[1], [-1]], axis: () => 0 }, where: { condition: () => [true, false], x: () => 1, y: () => 2 },
  lexsort: { keys: () => [[[1, 0], [0, 1]], [[0, 0], [1, 0]]], axis: () => 0 },
  searchsorted: { a: () => [2, 2, 1], v: () => [2, 1] }, digitize: { x: () => [1, 2], bins: () => [1, 2] },
  bincount: { x: () => [1, 1, 3], weights: () => [0.5, 1, 2] },
  unique: { ar: () => np.array([[1, NaN, 1], [NaN, 2, 1]]), axis: () => 1, equal_nan: () => false },
  ...each(['sort', 'argsort'], { axis: () => 0, order: () => undefined }), diff: { n: () => 2, axis: () => 0 },
  trapezoid: { x: () => [0, 1, 3], axis: () => 0 },
  swapaxes: { axis1: () => 0, axis2: () => 1 }, squeeze: { a: () => np.ones([1, 3, 1]), axis: () => 0 },
  transpose: { a: () => np.ones([2, 3, 4]), axes: () => [1, 0, 2] }, rollaxis: { a: () => np.ones([2, 3, 4]), axis: () => 2 },
  moveaxis: { a: () => np.ones([2, 3, 4]) }, rot90: { k: () => 2, axes: () => [1, 0] },
  expand_dims: flat, broadcast_to: { array: vector, shape: () => [2, 3] }, size: { axis: () => 0 },
  ...each(['diagonal', 'trace'], { a: () => np.arange(24).reshape(2, 3, 4), axis1: () => 2, axis2: () => 0, offset: () => 1 }),
  ...each(['concatenate', 'stack'], { axis: () => 1 }), split: { ary: square }, hsplit: {}, vsplit: {},
  array_split: { indices_or_sections: () => 2 }, dsplit: { ary: () => np.ones([1, 2, 3]) },
  append: { values: () => [[9, 8, 7]], axis: () => 0 }, insert: { values: () => 9 }, delete: {},
  copyto: { where: () => [true, false, true] }, pad: { mode: () => 'edge' }, tile: {}, resize: {},
  frombuffer: { buffer: () => new Uint8Array(24).fill(1), dtype: () => 'int16', offset: () => 8 },
  fromfunction: { function: () => (i: np.ndarray, j: np.ndarray) => i.add(j) },
  ...each(['empty', 'empty_like'], {}), array: { copy: () => true },
  ...each(['asarray', 'asanyarray'], { a: () => [[1, 2], [3, 4]] }), identity: {}, eye: { k: () => -1 },
  ...each(['diag', 'diagflat'], { v: () => [1, 2] }), vander: { x: () => [1, 2], N: () => 4 },
  tri: { M: () => 5 }, ...each(['tril_indices', 'triu_indices'], { n: () => 3, m: () => 1 }), ...each(['tril', 'triu'], { m: matrix }),
  unravel_index: { indices: () => [1, 4], shape: () => [2, 3] }, ravel_multi_index: { mode: () => 'clip' },
  fill_diagonal: { a: () => np.zeros([5, 2]), val: () => [3, 4] }, extract: { condition: () => [1, 0, 1], arr: vector },
  compress: { condition: () => [false, true], axis: () => 1 },
  apply_along_axis: { func1d: () => (row: np.ndarray) => row.sum(), args: () => [] },
  indices: { dtype: () => 'float32' }, fromiter: { iter: () => [1, 0, 2], dtype: () => 'int16', count: () => 2 },
  piecewise: { condlist: () => [[true, false, true]], x: vector, funclist: () => [5, 6], args: () => [] },
  apply_over_axes: { func: () => (a: np.ndarray, axis: number) => a.sum(axis), axes: () => [0] },
  isclose: { b: () => missing().add(1), a: missing }, allclose: { b: () => matrix().add(1), rtol: () => 2 },
  ...each(['may_share_memory', 'shares_memory'], { a: vector, b: vector }), interp: { x: () => [0.5, 1.5, 4], right: () => 99 },
  ...each(['linspace', 'logspace', 'geomspace'], { start: () => [1, 2], stop: () => [4, 9], axis: () => 1 }),
  arange: { start: () => 1, stop: () => 9, step: () => 2 }, meshgrid: { xi: () => [[1, 2], [3, 4, 5]], copy: () => false },
  angle: { z: () => new np.Complex(1, 2) }, ...each(['round', 'around'], { a: () => [1.26, 2.55] }), fix: { x: () => [1.5, -1.5] },
  divmod: { x1: matrix, x2: () => 2 }, modf: {}, frexp: { dtype: () => undefined }, isneginf: {}, isposinf: {},
  matvec: { x1: () => np.arange(12).reshape(3, 2, 2), x2: () => np.ones([3, 2]), axes: () => [[-1, -2], -1, -1],
    axis: () => undefined, keepdims: () => undefined },
  vecmat: { x1: () => np.ones([3, 2]), x2: () => np.arange(12).reshape(3, 2, 2), axes: () => [-1, [-1, -2], -1],
    axis: () => undefined, keepdims: () => undefined },
  matmul: { x1: square, x2: () => square().add(1), axes: () => [[1, 0], [0, 1], [0, 1]], axis: () => undefined,
    keepdims: () => undefined },
  vecdot: { x1: () => np.arange(12).reshape(2, 3, 2), x2: () => np.ones([2, 3, 2]), axis: () => 0, axes: () => [0, 0] },
  ...each(['dot', 'vdot', 'inner', 'outer', 'kron'], { a: square, b: square }), tensordot: { a: square, b: square, axes: () => 1 },
  cross: { a: () => np.arange(9).reshape(3, 3), b: () => np.array([[1, 2, 3], [0, 1, 4], [5, 6, 0]]), axis: () => 0 },
  isin: { kind: () => 'table' }, convolve: { a: vector, v: vector, mode: () => 'same' },
  gradient: { f: () => np.array([[1, 2, 4], [3, 5, 9], [4, 4, 1]]), varargs: () => [2], axis: () => 1 },
  cov: { y: () => [[5, 2, 3]], ddof: () => 0, m: () => [[1, 2, 4], [3, 2, 1]] },
  corrcoef: { x: () => [[1, 2, 4], [3, 2, 1]], y: () => [[5, 2, 3]] },
  nan_to_num: { x: () => np.array([NaN, Infinity, -Infinity]), copy: () => false },
  einsum_path: { operands: () => ['ij,j,jk->ik', square(), [1, 2], square()], optimize: () => false, einsum_call: () => true },
  einsum: { operands: () => ['ij,j->ij', square(), [1, 2]], dtype: () => 'complex128' },
  ...each(['partition', 'argpartition'], { kth: () => [0, 1], kind: () => 'introselect', order: () => undefined, axis: () => 0 }),
  ...each(['unique_all', 'unique_counts', 'unique_inverse', 'unique_values'], {}), sort_complex: {},
  asarray_chkfinite: { a: () => [[1, 2], [3, 4]] }, require: { requirements: () => ['F'] }, astype: {},
  ...each(['cumulative_sum', 'cumulative_prod'], { x: () => [3, 1.5, 2], axis: () => 0, include_initial: () => true }),
  unstack: {}, iscomplexobj: {}, isrealobj: {}, isfortran: {}, iterable: { y: () => [1, 2] },
  real_if_close: { a: () => np.array([new np.Complex(1, 0.5)]), tol: () => 1 }, diag_indices_from: { arr: square },
  mask_indices: { n: () => 3, mask_func: () => np.triu }, place: { mask: () => [[1, 0, 1], [0, 0, 1]], vals: () => [7, 8] },
  putmask: { mask: () => [[1, 0, 1], [0, 0, 1]], values: () => [7, 8] },
  choose: { a: () => [0, 1, 0], choices: () => [[1, 2, 3], [4, 5, 6]], mode: () => 'clip' },
  row_stack: {},
  packbits: { a: () => [[1, 0, 1], [1, 1, 1]], bitorder: () => 'little' },
  unpackbits: { a: () => np.array([[1, 2], [3, 4]], 'uint8'), bitorder: () => 'little', count: () => 3 },
  histogramdd: { sample: () => [[1, 2, 3], [1, 1, 3]], bins: () => [2, 3], range: () => [[0, 4], [0, 4]], weights: () => [1, 2, 3] },
  histogram2d: { x: () => [1, 2, 3], y: () => [1, 1, 3], bins: () => [2, 3], range: () => [[0, 4], [0, 4]], weights: () => [1, 2, 3] },
  ...each(['nanmedian', 'nancumprod', 'nanquantile'], withNaN), nanpercentile: { a: missing, q: () => [25, 50] },
  correlate: { a: vector, v: vector, mode: () => 'same' }, ediff1d: { ary: vector, to_end: () => 5, to_begin: () => [7, 8] },
  unwrap: { p: () => [[1, 6, 0.5], [3, 9.5, 2]], discont: () => 7, axis: () => 0, period: () => 5 },
  trim_zeros: { filt: () => np.array([[0, 0, 0], [0, 1, 0]]), trim: () => 'f', axis: () => 0 }, kaiser: { beta: () => 3 },
  ...each(['setdiff1d', 'setxor1d'], { ar1: () => [3, 1, 2, 3], ar2: () => [1] }), average: { a: matrix },
  block: { arrays: () => [[1, 2], [3, 4]] }, quantile: {},
  percentile: { q: () => [25, 50] },
  histogram: { a: integers }, histogram_bin_edges: { a: integers }, select: {}, ptp: {}, count_nonzero: { a: integers },
  ix_: { args: () => [[0, 1], [2]] },
  ...each(['atleast_1d', 'atleast_2d', 'atleast_3d'], { arys: () => [3, [1, 2]] }), broadcast_shapes: { args: () => [[2, 1], [3]] },
  broadcast_arrays: { args: () => [[1, 2], [[3]]] }, full: { shape: () => [2, 2] },
};
/** Parameters that exclude each other, left out where all are given. */
const together: Readonly<Record<string, Samples>> = {
  ...each(['var', 'std', 'nanvar', 'nanstd'], { correction: () => undefined }), ...each(['sort', 'argsort'], { kind: () => undefined }),
  clip: { min: () => undefined, max: () => undefined, where: () => undefined },
  ...each(['quantile', 'percentile', 'nanquantile', 'nanpercentile'], { method: () => 'inverted_cdf' }),
  vecdot: { axes: () => undefined }, ...each(['cov', 'corrcoef'], { rowvar: () => undefined }),
  pad: { mode: () => 'constant', end_values: () => undefined, stat_length: () => undefined, reflect_type: () => undefined },
  interp: { left: () => undefined, right: () => undefined }, lexsort: {},
};
/** What a parameter needs beside it to mean anything. */
const beside: Readonly<Record<string, Samples>> = {
  ...Object.fromEntries(['quantile', 'percentile', 'nanquantile', 'nanpercentile'].map((name) => [
    `${name} weights`, { method: () => 'inverted_cdf' }])),
  'clip a_min': { a_max: () => 9 }, 'clip a_max': { a_min: () => 0 }, 'pad constant_values': { mode: () => 'constant' },
  'pad end_values': { mode: () => 'linear_ramp' }, 'pad stat_length': { mode: () => 'maximum' },
  'pad reflect_type': { mode: () => 'reflect' },
  'arange start': { stop: () => 9 }, 'arange step': { stop: () => 9 }, 'arange dtype': { stop: () => 9 },
  'arange device': { stop: () => 9 }, 'arange like': { stop: () => 9 }, 'where x': { y: () => 2 }, 'where y': { x: () => 1 },
  'max where': { initial: () => 0 }, 'min where': { initial: () => 99 }, 'amax where': { initial: () => 0 },
  'amin where': { initial: () => 99 },
  'nanmax where': { initial: () => 0 }, 'nanmin where': { initial: () => 99 }, 'take mode': { indices: () => [[9], [0]] },
  'diagonal axis2': { axis1: () => 1 }, 'trace axis2': { axis1: () => 1 }, 'allclose equal_nan': { a: missing, b: missing },
  'choose mode': { a: () => [0, 1, 3] }, 'put mode': { ind: () => [9] }, 'ravel_multi_index mode': { multi_index: () => [[5], [1]] },
};

/** Parameters that change nothing that these samples show, and why. */
const silent: Readonly<Record<string, string>> = {
  subok: 'there are no subclasses', device: 'there is one device',
  like: 'all arrays are NumPy\'s', overwrite_input: 'operands are left as they are',
  kind: 'all kinds are stable here, and give the same', stable: 'as kind', sorted: 'the order is allowed to be sorted',
  optimize: 'of speed alone',
  signature: 'nothing but None is known', casting: 'these samples may be cast under any rule', copy: 'the elements are the same',
  out: 'of a test of its own', out1: 'as out', out2: 'as out', max_work: 'these samples share no memory',
  'histogram_bin_edges weights': 'they count where the bins are estimated alone', 'isin assume_unique': 'of speed alone',
  'array ndmax': 'the samples have fewer axes',
  'cumulative_sum axis': 'the sample has one axis', 'cumulative_prod axis': 'as cumulative_sum',
};

const plain = (_: string, value: unknown): unknown => (
  value instanceof np.Complex || (typeof value === 'number' && !Number.isFinite(value)) ? String(value) : value);
const shown = (value: unknown): unknown => {
  if (value instanceof np.ndarray) return [value.dtype.name, value.shape, value.strides, JSON.stringify(value, plain)];
  return Array.isArray(value) ? value.map(shown) : String(value);
};

type Values = Readonly<Record<string, unknown>>;

const sampleOf = (name: string, parameter: string, overriding?: Samples): unknown => {
  const found = [overriding, own[name], common].find((samples) => samples !== undefined && Object.hasOwn(samples, parameter));
  if (found === undefined) throw new Error(`no sample of ${parameter} in ${name}`);
  return found[parameter]();
};
const samplesOf = (name: string, parameters: readonly Parameter[], overriding?: Samples): Values =>
  Object.fromEntries(parameters.map((parameter) => [parameter.name, sampleOf(name, parameter.name, overriding)]));

/** What a call gives and what it writes into its first argument, or how it fails. */
function outcome(call: Call, args: readonly unknown[]): unknown {
  const [first] = args;
  const target: unknown = first instanceof np.ndarray ? first : Object.values(Object(first) as object)[0];
  try {
    const result = call(...args);
    // What is not initialised is not compared.
    if (call.name.startsWith('empty')) return (({ shape, dtype, strides }) => [shape, dtype.name, strides])(result as np.ndarray);
    return [shown(result), result === undefined ? shown(target) : null];
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
}

const parametersOf = (call: Call): readonly Parameter[] => signatures.get(declaredBy(call))!.parameters;
const isRequired = ({ byDefault, variadic }: Parameter): boolean => byDefault === undefined || variadic;
/** How many parameters have no name for those who call: all before a slash, and what takes the rest. */
const leastOf = (parameters: readonly Parameter[]): number =>
  parameters.findLastIndex(({ positionalOnly, variadic }) => positionalOnly || variadic) + 1;
/** How many parameters come by position where nothing is named that must be given. */
const requiredOf = (parameters: readonly Parameter[]): number => Math.max(leastOf(parameters), parameters.findLastIndex(isRequired) + 1);

/** Arguments of which the first `count` are given by position, or more where they have no name, and the rest of the values by name. */
function argumentsOf(parameters: readonly Parameter[], count: number, values: Values): unknown[] {
  const hidden = parameters.findLastIndex(({ name, positionalOnly }) => positionalOnly && values[name] !== undefined);
  const most = Math.max(count, hidden + 1);
  const before = parameters.slice(0, most).flatMap(({ name, variadic }) => (
    variadic ? values[name] as readonly unknown[] : [values[name]]));
  const after = parameters.slice(most).map(({ name }) => [name, values[name]] as const).filter(([, value]) => value !== undefined);
  return after.length > 0 ? [...before, Object.fromEntries(after)] : before;
}

/** Values of what must be given, and of what a parameter needs beside it. */
function around(call: Call, key: string): Values {
  const others = Object.keys(beside[key] ?? {}).map((each) => [each, beside[key][each]()] as const);
  return { ...samplesOf(call.name, parametersOf(call).filter(isRequired), beside[key]), ...Object.fromEntries(others) };
}

describe('every parameter', () => {
  it.each(routines)('%s takes by position and by name alike', (name, call) => {
    const parameters = parametersOf(call);
    const all = (count: number): unknown => outcome(call, argumentsOf(parameters, count, samplesOf(name, parameters, together[name])));
    const expected = all(leastOf(parameters));
    expect(expected).not.toBeTypeOf('string');
    const most = parameters.filter(({ keywordOnly }) => !keywordOnly).length;
    for (let count = leastOf(parameters); count <= most; count++) expect([count, all(count)]).toEqual([count, expected]);
  });

  const entries = routines.flatMap(([name, call]) => parametersOf(call).filter(({ variadic }) => !variadic)
    .map((parameter) => [`${name} ${parameter.name}`, call, parameter] as const));
  const optional = entries.filter(([, , parameter]) => !isRequired(parameter));

  it.each(optional)('%s is heeded by name, and by position', (key, call, parameter) => {
    const parameters = parametersOf(call);
    const sample = (): unknown => sampleOf(call.name, parameter.name);
    const given = (): Values => ({ ...around(call, key), [parameter.name]: sample() });
    const alone = outcome(call, argumentsOf(parameters, requiredOf(parameters), given()));
    if (sample() !== undefined) expect(alone).not.toBeTypeOf('string');
    if (!parameter.keywordOnly) {
      expect(outcome(call, argumentsOf(parameters, parameters.indexOf(parameter) + 1, given()))).toEqual(alone);
    }
    if (parameter.name in silent || key in silent || sample() === undefined) return;
    expect(outcome(call, argumentsOf(parameters, requiredOf(parameters), around(call, key)))).not.toEqual(alone);
  });

  it.each(routines)('%s refuses what it does not know, twice the same, and too much', (name, call) => {
    const parameters = parametersOf(call);
    const few = argumentsOf(parameters, requiredOf(parameters), around(call, `${name} start`));
    const needed = few.filter((each) => Object.getPrototypeOf(Object(each)) !== Object.prototype);
    expect(() => call(...(name === 'arange' ? [9] : needed), { bogus: 1 })).toThrow(
      new TypeError(`${call.name}() got an unexpected keyword argument 'bogus'`));
    const [{ name: first, positionalOnly, variadic }] = parameters;
    if (!variadic && !positionalOnly) {
      const doubled = { [first]: sampleOf(name, first) };
      expect(() => call(...(name === 'arange' ? [9] : needed), doubled)).toThrow(/got multiple values for argument|given by name/);
    }
    const [missed, surplus] = fixtures.words[name];
    // NumPy counts from 1 there, and has other words.
    if (name === 'frombuffer' || name === 'fromiter') return;
    if (missed !== null) expect(() => call()).toThrow(new TypeError(missed));
    if (surplus !== null) expect(() => call(...Array.from({ length: 16 }, () => 0))).toThrow(new TypeError(surplus));
    expect(surplus === null).toBe(parameters.some((parameter) => parameter.variadic));
  });

  const whole = entries.filter(([key, call, { kind, name }]) =>
    ['int', 'ints', 'shape'].includes(kind) && sampleOf(call.name, name, beside[key]) !== undefined);

  it.each(whole)('%s takes every integer, and nothing but integers', (key, call, parameter) => {
    const parameters = parametersOf(call);
    const run = (value: unknown): unknown =>
      outcome(call, argumentsOf(parameters, leastOf(parameters), { ...around(call, key), [parameter.name]: value }));
    const sample = sampleOf(call.name, parameter.name, beside[key]) as number | number[];
    const expected = run(sample);
    expect(expected).not.toBeTypeOf('string');
    expect(run(Array.isArray(sample) ? sample.map(BigInt) : BigInt(sample))).toEqual(expected);
    expect(run(np.array(sample))).toEqual(expected);
    for (const wrong of [0.5, [0.5], 'a']) {
      expect(run(wrong)).toMatch(/^TypeError: .*(cannot be interpreted as an integer|expected a sequence of integers)/);
    }
  });

  const writing = routines.filter(([, call]) => parametersOf(call).some(({ name }) => name === 'out'));

  it.each(writing)('%s writes its result into out', (name, call) => {
    const parameters = parametersOf(call);
    const given = (): Values => ({ ...around(call, name), ...(name === 'clip' ? { a_min: 1, a_max: 2 } : {}) });
    const result = call(...argumentsOf(parameters, requiredOf(parameters), given())) as np.ndarray | np.ndarray[];
    const results = Array.isArray(result) ? result : [result];
    const outs = results.map((each) => np.full_like(each, 77));
    const written = call(...argumentsOf(parameters, requiredOf(parameters), { ...given(), out: Array.isArray(result) ? outs : outs[0] }));
    [written].flat().forEach((each, i) => expect(each).toBe(outs[i]));
    expect(outs.map(shown)).toEqual(results.map((each) => shown(each.copy())));
    expect(() => call(...argumentsOf(parameters, requiredOf(parameters), { ...given(), out: 3 }))).toThrow(TypeError);
  });
});
