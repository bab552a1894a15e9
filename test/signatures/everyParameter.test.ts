import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../src/core/signature.ts';
import { signatures } from '../../src/core/signature.ts';
import '../../src/numpy/index.ts';
import * as torch from '../../src/torch/index.ts';

/** Every parameter of PyTorch's own functions, by position and by name: the same result, and nothing that is not known. */

type Call = (...args: readonly unknown[]) => unknown;

const matrix = (): torch.Tensor => torch.tensor([[0.25, 0.5], [0.75, 0.125]]);
const integers = (): torch.Tensor => torch.tensor([[1, 3], [2, 1]]);
const vector = (): torch.Tensor => torch.tensor([0.25, 0.75]);
const mask = (): torch.Tensor => torch.tensor([[true, false], [false, true]]);
const places = (): torch.Tensor => torch.tensor([1, 0]);

/** What fits a kind, made anew for each call: some functions write into their operands. */
const byKind: Readonly<Record<string, () => unknown>> = {
  'Tensor': matrix, 'Number': () => 2, 'Number | Tensor': () => 2, 'Tensor | Number': matrix, 'float': () => 0.5, 'int': () => 1,
  'bool': () => true, 'str': () => 'add', 'tuple of ints': () => [1], 'tuple of ints | int': () => [0], 'torch.dtype': () => torch.float64,
  'torch.device': () => 'cpu', 'torch.layout': () => torch.strided, 'torch.memory_format': () => torch.preserve_format,
  'Generator': () => new torch.Generator().manual_seed(3), 'tuple of Tensors': () => [matrix(), matrix()], 'int | Tensor': () => 2,
  'torch.device | int': () => 'cpu', 'torch.dtype | str': () => torch.float64,
};

/** What fits a parameter by its name, in any function or in one. */
const byName: Readonly<Record<string, () => unknown>> = {
  size: () => [2, 2], mask, index: places, requires_grad: () => false, pin_memory: () => false, sparse_grad: () => false,
  dims: () => [0, 1], indices: () => [0, 1],
};
type Samples = Readonly<Record<string, () => unknown>>;
const ofIntegers: Samples = { input: integers, other: integers, self: integers };
const cube = (): torch.Tensor => matrix().unsqueeze(0);
const row = (): torch.Tensor => torch.tensor([[1, 0]]);
const scalar = (): torch.Tensor => torch.tensor(0.5);
const complex = (): torch.Tensor => torch.complex(matrix(), matrix());
const each = (names: readonly string[], samples: Samples): Readonly<Record<string, Samples>> =>
  Object.fromEntries(names.map((name) => [name, samples]));
const inPlaceToo = (names: readonly string[], samples: Samples): Readonly<Record<string, Samples>> =>
  each(names.flatMap((name) => [name, `${name}_`]), samples);
const column = (): torch.Tensor => torch.tensor([[8.5], [9.5]]);
const edges = (): torch.Tensor => torch.tensor([0, 0.5, 1]);
const wave = (): torch.Tensor => torch.arange(8).float().sin();
const frames: Samples = {
  n_fft: () => 4, hop_length: () => 1, win_length: () => 3, window: () => torch.tensor([0.5, 1, 0.75]),
};
const factors = (): readonly [torch.Tensor, torch.Tensor] => {
  const { LU, pivots } = torch.linalg.lu_factor(matrix());
  return [LU, pivots];
};
/** The images of pooling, with options that all count. */
const poolings = Object.fromEntries([1, 2, 3].flatMap((dimensions) => {
  const sizes = Array.from({ length: dimensions }, () => 5);
  const samples: Samples = {
    input: () => torch.arange(2 * 5 ** dimensions).float().reshape([1, 2, ...sizes]), kernel_size: () => 2, stride: () => 2,
    dilation: () => 2,
  };
  return ['max_pool', 'avg_pool'].flatMap((name) =>
    ['', '_with_indices'].map((ending) => [`${name}${dimensions}d${ending}`, samples] as const));
})) as Readonly<Record<string, Samples>>;
const reading: Samples = {
  pickle_module: () => null, weights_only: () => true, classes: () => ({}), progress: () => () => {},
};
const own: Readonly<Record<string, Samples>> = {
  ...inPlaceToo(['not', 'and', 'or', 'xor', 'left_shift', 'right_shift'].map((name) => `bitwise_${name}`), ofIntegers),
  ...inPlaceToo(['div'], { rounding_mode: () => 'floor' }), ...each(['imag', 'view_as_real'], { input: complex }),
  is_nonzero: { input: scalar }, ...inPlaceToo(['masked_fill', 'index_fill'], { value: scalar }), fill_: { value: scalar },
  gather: { index: row }, ...inPlaceToo(['scatter', 'scatter#2', 'scatter_add'], { index: row }), 'scatter_#2': { index: row },
  ...inPlaceToo(['index_put'], { indices: () => [places(), places()], values: vector, input: matrix }),
  take_along_dim: { indices: row }, mv: { vec: vector }, ...inPlaceToo(['addmv'], { input: vector, vec: vector }),
  bmm: { input: cube, mat2: cube }, ...inPlaceToo(['baddbmm'], { input: cube, batch1: cube, batch2: cube }),
  dot: { input: vector, tensor: vector }, vdot: { input: vector, other: vector }, outer: { input: vector, vec2: vector },
  ...inPlaceToo(['addr'], { vec1: vector, vec2: vector }), tensordot: { dims: () => 1 },
  cross: { input: () => torch.ones(2, 3), other: () => torch.arange(6).reshape(2, 3).float() },
  ...each(['tensor', 'as_tensor', 'new_tensor'], { data: () => [[1.5, 2], [3, 4]] }), random_: { to: () => 9 }, bernoulli_: { p: matrix },
  bincount: { input: places, weights: vector, minlength: () => 4 }, ...each(['where', 'where#2', 'Tensor.where'], { condition: mask }),
  searchsorted: { sorted_sequence: vector, input: vector, side: () => 'right', sorter: places }, bucketize: { boundaries: vector },
  unfold: { size: () => 2 }, repeat: { repeats: () => [2, 1] }, tile: { dims: () => [2, 1] }, fill_diagonal_: { wrap: () => false },
  reshape: { shape: () => [4, 1] }, view: { size: () => [4, 1] }, unflatten: { sizes: () => [2, 1] }, select: { index: () => 1 },
  diagonal: { dim1: () => -1, dim2: () => 0 }, diag_embed: { dim1: () => 0 }, split: { split_size_or_sections: () => [1, 1] },
  tensor_split: { tensor_indices_or_sections: () => torch.tensor([1]) },
  'repeat_interleave': { repeats: () => torch.tensor([1, 2]), output_size: () => 3 },
  'repeat_interleave#2': { repeats: () => 2, dim: () => 0, output_size: () => 4 },
  ...each(['dsplit', 'dsplit#2'], { input: () => torch.ones(2, 2, 2) }), roll: { dims: () => [1] },
  norm: { p: () => 3 }, ...each(['randint#2', 'randint_like#2'], { high: () => 9 }), randint: { high: () => 9 },
  kthvalue: { k: () => 2 }, manual_seed: { seed: () => 5 }, is_tensor: { obj: matrix }, from_numpy: { ndarray: () => matrix().numpy() },
  set_default_dtype: { d: () => torch.float32 }, set_rng_state: { new_state: () => torch.get_rng_state() },
  narrow: { start: () => 0, length: () => 2 }, iinfo: { type: () => torch.int8 },
  ...each(['cumsum_', 'cumprod_'], { dtype: () => torch.float32 }), ...inPlaceToo(['gcd', 'lcm'], ofIntegers),
  float_power_: { input: () => matrix().double(), exponent: () => 3 },
  slice_scatter: { src: column, start: () => 1, end: () => 2 }, select_scatter: { src: vector, index: () => 1 },
  diagonal_scatter: { src: () => torch.tensor([9.5]), dim1: () => -1, dim2: () => 0 }, diagonal_copy: { dim1: () => -1, dim2: () => 0 },
  ...each(['as_strided', 'as_strided_copy', 'as_strided_scatter'], { size: () => [2, 1], stride: () => [2, 1], src: column }),
  select_copy: { index: () => 1 }, split_with_sizes_copy: { split_sizes: () => [1, 1] }, unfold_copy: { size: () => 2 },
  view_as_real_copy: { input: complex }, gradient: { spacing: () => 0.5, dim: () => 0 },
  cov: { fweights: () => torch.tensor([1, 2]), aweights: vector },
  ...each(['quantile', 'nanquantile'], { q: () => 0.3, interpolation: () => 'higher' }),
  histogram: { bins: edges, weight: matrix }, 'histogram#2': { bins: () => 3, range: () => [0, 1], weight: matrix },
  histogramdd: { range: () => [0, 1, 0, 1], weight: vector },
  'histogramdd#3': { bins: () => [edges(), edges()], range: () => [0, 1, 0, 1], weight: vector },
  'histogramdd#2': { bins: () => [2, 3], range: () => [0, 1, 0, 1], weight: vector },
  ...inPlaceToo(['scatter_reduce'], { index: row, reduce: () => 'prod' }),
  ...inPlaceToo(['index_reduce'], { source: matrix, reduce: () => 'amax' }),
  ...inPlaceToo(['addbmm'], { batch1: cube, batch2: cube }), ...inPlaceToo(['put'], { source: vector }),
  nonzero_static: { size: () => 3 }, asarray: { obj: () => [[1.5, 2], [3, 4]], requires_grad: () => true },
  frombuffer: { buffer: () => new Float64Array([0.5, 1.5, 2.5]).buffer, offset: () => 8 },
  combinations: { input: vector, r: () => 2 }, unravel_index: { indices: places, shape: () => [2, 2] }, vander: { x: vector, N: () => 3 },
  cdist: { compute_mode: () => 'donot_use_mm_for_euclid_dist' },
  bilinear: { weight: () => torch.arange(8).reshape(2, 2, 2).float(), bias: vector },
  // What is aligned to windows has no centres.
  stft: { ...frames, input: wave, center: () => false, pad_mode: () => 'constant' },
  istft: {
    ...frames, input: () => torch.stft(wave(), 4, { hop_length: 1, win_length: 3, return_complex: true }), length: () => 5,
    return_complex: () => false,
  },
  lu_solve: { LU_data: () => factors()[0], LU_pivots: () => factors()[1] },
  lu_unpack: { LU_data: () => factors()[0], LU_pivots: () => factors()[1] },
  ...poolings,
  load: { ...reading, f: () => torch.save({ weight: matrix() }), map_location: () => 'cpu', mmap: () => false },
  // Without a place it gives the bytes; the rest is refused with any other value.
  save: { ...reading, obj: () => [matrix()], f: () => null, pickle_protocol: () => 2 },
};

/** Images and weights of so many dimensions, and options that all count. */
const convolutions = Object.fromEntries([1, 2, 3].flatMap((dimensions) => {
  const sizes = (extent: number): number[] => Array.from({ length: dimensions }, () => extent);
  const ramp = (shape: readonly number[]) => (): torch.Tensor =>
    torch.arange(shape.reduce((product, extent) => product * extent, 1)).float().reshape([...shape]);
  const samples: Samples = {
    input: ramp([1, 2, ...sizes(6)]), bias: () => torch.tensor([0.5, 1.5]), stride: () => 2, padding: () => 1, dilation: () => 2,
    groups: () => 2, output_padding: () => 1,
  };
  return [
    [`conv${dimensions}d`, { ...samples, weight: ramp([2, 1, ...sizes(2)]) }],
    [`conv_transpose${dimensions}d`, { ...samples, weight: ramp([2, 1, ...sizes(2)]) }],
  ] as const;
})) as Readonly<Record<string, Samples>>;

const positive = (): torch.Tensor => torch.tensor([[2, 0.5], [0.5, 1]]);
const rows = (): torch.Tensor => torch.tensor([[0.5, 1, 2], [3, 5, 8]]);

/** Functions of modules within torch. */
const ofModules: Readonly<Record<string, Samples>> = {
  ...each(['fftfreq', 'rfftfreq'].map((name) => `fft.fft_${name}`), { n: () => 5 }),
  ...each(['', 'i', 'r', 'ir', 'h', 'ih'].map((kind) => `fft.${kind}fft`), { n: () => 3, dim: () => 0, norm: () => 'forward' }),
  ...each(['', 'i', 'r', 'ir', 'h', 'ih'].flatMap((kind) => [`fft.${kind}fft2`, `fft.${kind}fftn`]),
    { s: () => [3, 2], dim: () => [1, 0], norm: () => 'ortho' }),
  ...each(['linalg.cholesky', 'linalg.cholesky_ex'], { input: positive }), 'linalg.qr': { mode: () => 'complete' },
  // For GPUs of another kind.
  ...each(['linalg.svd', 'linalg.svdvals'], { driver: () => null }),
  ...each(['linalg.eigh', 'linalg.eigvalsh'], { UPLO: () => 'U' }), 'linalg.cond': { p: () => 'fro' },
  'linalg.linalg_norm': { ord: () => 1 }, 'linalg.matrix_norm': { ord: () => 1, dim: () => [1, 0] },
  'linalg.lu_solve': { LU: () => factors()[0], pivots: () => factors()[1] },
  'linalg.lstsq': {
    input: () => torch.tensor([[1.5, 1], [2, 4], [0.5, 3]]), b: () => torch.tensor([[1.5], [2], [4]]), driver: () => 'gelsd',
    rcond: () => 0.125,
  },
  'linalg.tensorsolve': { input: () => torch.eye(4).mul(2).reshape(4, 2, 2), dims: () => [0] },
  'linalg.cross': { input: rows, other: rows },
  'linalg.diagonal': { dim1: () => -1, dim2: () => 0 }, 'linalg.vander': { x: vector, N: () => 3 },
  ...Object.fromEntries(Object.keys(torch.signal.windows).map((name) => [`signal.windows.${name}`, {
    // Those that are symmetric have no other centre.
    M: () => 5, sym: () => false, center: () => 0.5, a: () => [0.5, 0.25],
  }])),
};

/** What reads a list of its own behind its signature: held in tests of their own. */
const gathering: ReadonlySet<string> = new Set([
  'einsum', 'chain_matmul', 'atleast_1d', 'atleast_2d', 'atleast_3d', 'broadcast_tensors', 'cartesian_prod', 'block_diag', 'meshgrid',
]);

const sampleOf = (callable: string, { name, kind }: Parameter): unknown =>
  ((own[callable] ?? convolutions[callable] ?? ofModules[callable])?.[name] ?? byName[name] ?? byKind[kind])?.();

const ofModule = /^(fft|linalg|signal\.windows)\./;
const builtin = [...signatures].filter(([key]) =>
  (!key.includes('.') || key === 'Tensor.where' || ofModule.test(key)) && !gathering.has(key));

/** The function of the namespace, or of one within, by PyTorch's own name, which says what is of torch.special. */
const functionOf = (name: string): unknown => {
  const path = name.replace(/^special_/, 'special.').replace(/^(fft|linalg)\.\1_/, '$1.').split('.');
  return path.reduce((owner: unknown, own) => (owner as Readonly<Record<string, unknown>> | undefined)?.[own], torch);
};

/** The function of the namespace, or the method, called on its first argument. */
function callOf(name: string, isMethod: boolean): Call {
  const found = functionOf(name);
  if (typeof found === 'function' && !isMethod) return found as Call;
  const method = (torch.Tensor.prototype as unknown as Readonly<Record<string, Call>>)[name];
  return (...[input, ...rest]) => method.apply(input, rest);
}

const shown = (value: unknown): unknown => (value instanceof torch.Tensor ? `${String(value)} ${String(value.dtype)} ${String(value.shape)}`
  : Array.isArray(value) ? value.map(shown) : typeof value === 'object' && value !== null && !(value instanceof Promise)
    ? Object.entries(value).map(([key, each]) => [key, shown(each)]) : String(value));

function result(call: Call, args: readonly unknown[]): unknown {
  torch.manual_seed(0);
  return shown(call(...args));
}

/** What may be an object like that of the names, so that it comes by position. */
const objects: Readonly<Record<string, string>> = { save: 'what is saved' };

interface Case {
  readonly key: string;
  readonly name: string;
  readonly call: Call;
  /** How many come by position at least: a method has its tensor before it. */
  readonly least: number;
  readonly parameters: readonly Parameter[];
}

const cases = builtin.map(([key, { name: shownName, parameters }]): readonly [string, Case] => {
  const name = key.replace(/#.*/, '').replace('Tensor.', '');
  const isMethod = key.startsWith('Tensor.') || typeof functionOf(name) !== 'function';
  const nameless = parameters.filter(({ positionalOnly }) => positionalOnly).length;
  const least = Math.max(Number(isMethod || name in objects), nameless);
  return [key, { key, name: shownName, parameters, call: callOf(name, isMethod), least }];
});

const isOut = ({ name }: Parameter): boolean => name === 'out';

/** So many by position, the rest by name. */
function argumentsOf({ key, parameters }: Case, count: number): unknown[] {
  const given = parameters.map((parameter) => (isOut(parameter) ? undefined : sampleOf(key, parameter)));
  const names = Object.fromEntries(parameters.flatMap((parameter, i) =>
    (i < count || isOut(parameter) ? [] : [[parameter.name, given[i]] as const])));
  return [...given.slice(0, count), ...(Object.keys(names).length > 0 ? [names] : [])];
}

const positionalOf = ({ parameters }: Case): number => parameters.filter(({ keywordOnly }) => !keywordOnly).length;

describe('makers of tensors', () => {
  const makers: Readonly<Record<string, (options: torch.FactoryOptions) => torch.Tensor>> = {
    zeros: (options) => torch.zeros(2, options), full: (options) => torch.full([2], 1.5, options), eye: (options) => torch.eye(2, options),
    arange: (options) => torch.arange(2, options), linspace: (options) => torch.linspace(0, 1, 2, options),
    logspace: (options) => torch.logspace(0, 1, 2, options), rand: (options) => torch.rand(2, options),
    randint: (options) => torch.randint(5, [2], options), randperm: (options) => torch.randperm(2, options),
  };

  it.each(Object.entries(makers))('%s: `out` decides what is not said, and agrees with what is', (_, make) => {
    torch.manual_seed(0);
    const expected = make({ dtype: torch.float64 });
    torch.manual_seed(0);
    const out = torch.zeros(expected.shape, { dtype: torch.float64 });
    expect(make({ out, requires_grad: true }) === out).toBe(true);
    expect([String(out.detach()), out.requires_grad]).toEqual([String(expected), true]);
    expect(() => make({ out, dtype: torch.float32 })).toThrow('dtype Float does not match dtype of out parameter (Double)');
    expect(() => make({ pin_memory: true })).toThrow(/pinned memory/);
  });

  it('two results go into two tensors', () => {
    const x = torch.tensor([[1, 4], [3, 2]]);
    const call = torch.aminmax as unknown as Call;
    for (const f of [torch.max as unknown as Call, torch.median as unknown as Call]) {
      const out = [torch.zeros(2, { dtype: torch.int64 }), torch.zeros(2, { dtype: torch.int64 })];
      expect(shown(f(x, 1, { out }))).toEqual(shown(f(x, 1)));
      expect(out.map(String)).toEqual(Object.values(f(x, 1) as object).filter((each) => each instanceof torch.Tensor).map(String));
      expect(() => f(x, 1, { out: [out[0], 3] })).toThrow(TypeError);
    }
    expect(() => call(x, { out: [x] })).toThrow('expected tuple of 2 elements but got 1');
  });

  it('modules move to what is said, and refuse the rest', () => {
    const to = (...target: readonly unknown[]): unknown => {
      const layer = torch.nn.Linear(1, 1);
      return (layer.to as Call).apply(layer, [...target]);
    };
    const words = 'to() received an invalid combination of arguments';
    for (const wrong of [[torch.float64, 'cpu'], [{ bogus: 1 }], [3], ['cpu', torch.float64, false, 1]]) {
      expect(() => to(...wrong)).toThrow(words);
    }
    for (const right of [[torch.float64], ['cpu', torch.float64], [{ dtype: torch.float64 }], [torch.zeros(1, { dtype: torch.float64 })]]) {
      expect(String((to(...right) as torch.nn.Linear).weight.dtype)).toBe('torch.float64');
    }
  });

  it('a complex alpha is for complex tensors', () => {
    const j = new torch.Complex(0, 1);
    const z = torch.ones(1, { dtype: torch.complex128 });
    expect(String(torch.add(z, 2, { alpha: j }))).toBe(String(torch.add(z, new torch.Complex(0, 2))));
    expect(() => torch.add(torch.ones(1), 2, { alpha: j })).toThrow('argument alpha must not be a complex number');
  });
});

describe('every parameter of torch', () => {
  it.each(cases)('%s by position, by name and mixed', (key, each) => {
    const { call, least, parameters } = each;
    expect(parameters.filter((parameter) => !isOut(parameter) && sampleOf(key, parameter) === undefined)).toEqual([]);
    const positional = positionalOf(each);
    const all = result(call, argumentsOf(each, positional));
    for (let count = least; count < positional; count++) {
      expect([count, result(call, argumentsOf(each, count))]).toEqual([count, all]);
    }
  });

  const withOut = cases.filter(([, { parameters }]) => parameters.some(isOut))
    // With places in a tuple there is nothing to write.
    .filter(([key]) => key !== 'nonzero');

  it.each(withOut)('%s writes its result where `out` says', (_, each) => {
    const { call, parameters } = each;
    const place = parameters.findIndex(isOut);
    const count = Math.min(positionalOf(each), place);
    torch.manual_seed(0);
    const expected = call(...argumentsOf(each, count));
    const single = expected instanceof torch.Tensor;
    const results = single ? [expected] : [...expected as Iterable<torch.Tensor>];
    const outs = results.map((result) => torch.zeros_like(result.detach()));
    const args = argumentsOf(each, count);
    const named = args.length > count ? args.pop() as object : {};
    torch.manual_seed(0);
    const returned = call(...args, { ...named, out: single ? outs[0] : outs });
    expect((single ? [returned] : [...returned as Iterable<unknown>]).every((result, i) => result === outs[i])).toBe(true);
    expect(outs.map(shown)).toEqual(results.map((result) => shown(result.detach())));
    const refusal = single ? /must be Tensor, not int|invalid combination of arguments/
      : /must be tuple of Tensors, not int|invalid combination of arguments|object of type 'int' has no len/;
    expect(() => call(...args, { ...named, out: 3 })).toThrow(refusal);
    if (!single) expect(() => call(...args, { ...named, out: [...outs, outs[0]] })).toThrow(/expected tuple of \d elements|invalid/);
  });

  const single = cases.filter(([key]) => !key.includes('#') && !signatures.has(`${key}#2`));

  it.each(single)('%s refuses what it does not know, what comes twice, and too much', (_, each) => {
    const { call, name, least, parameters } = each;
    const positional = positionalOf(each);
    const all = argumentsOf(each, positional).slice(0, positional);
    expect(() => call(...all, { bogus: 1 })).toThrow(`${name}() got an unexpected keyword argument 'bogus'`);
    if (parameters.some(({ variadic }) => variadic)) return;
    const surplus = new RegExp(`^${name}\\(\\) takes .*positional arguments? but ${positional + 1} (was|were) given$`);
    expect(() => call(...all, 1)).toThrow(surplus);
    if (positional > least) {
      const doubled = parameters[positional - 1];
      if (isOut(doubled)) return;
      expect(() => call(...all, { [doubled.name]: all.at(-1) })).toThrow(`${name}() got multiple values for argument '${doubled.name}'`);
    }
  });
});
