import { readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../src/core/signature.ts';
import { signatures } from '../../src/core/signature.ts';
import * as np from '../../src/numpy/index.ts';

/** Ufuncs, methods of NumPy's classes and what is around them: their parameters against NumPy's, and each by position and by name. */

type Texts = readonly string[];
type Section = Readonly<Record<string, Texts>>;
type Call = (...args: readonly unknown[]) => unknown;
const file = new URL('../fixtures/signatures/numpyMethods.json', import.meta.url);
const fixtures = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Section>>;

/** A default as the fixtures write it. */
function text(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `'${value}'`;
  return Array.isArray(value) ? `(${value.map(text).join(', ')})` : String(value).replace(/e-(\d)$/, 'e-0$1');
}

function textsOf(parameters: readonly Parameter[]): string[] {
  const found: string[] = [];
  parameters.forEach(({ name, byDefault, keywordOnly, positionalOnly, variadic }, i) => {
    const before = parameters.slice(0, i);
    if (keywordOnly && !before.some((each) => each.keywordOnly || each.variadic)) found.push('*');
    found.push(variadic ? `*${name}` : byDefault === undefined ? name : `${name}=${text(byDefault)}`);
    if (positionalOnly && !variadic && parameters[i + 1]?.positionalOnly !== true) found.push('/');
  });
  return found;
}

/** What NumPy shows in another way than it reads its arguments, or reads more strictly. */
const unlike: Readonly<Record<string, string>> = {
  choose: 'several arrays by position are the choices',
  dot: 'the C code calls the operand b', swapaxes: 'has names, as the function', clip: 'NumPy shows **kwargs', view: 'NumPy shows *args',
  setflags: 'takes them by position as well',
  std: 'has the correction of the function', var: 'has the correction of the function',
};
/** Methods without a declaration. */
const undeclared: Readonly<Record<string, string>> = {
  dump: 'always throws', dumps: 'always throws',
  item: 'reads indices', tolist: 'has one option that NumPy lacks', resize: 'always throws', conj: 'a ufunc', conjugate: 'a ufunc',
};
/** The parameters of a method: its own, or a function's less the first. */
function ownParameters(name: string): readonly Parameter[] | undefined {
  const own = signatures.get(`numpy.ndarray.${name}`)?.parameters;
  return own === undefined ? signatures.get(`numpy.${name}`)?.parameters.slice(1) : own.filter((each) => each.name !== 'self');
}

const keyOf = (section: string, name: string): string => {
  if (section === 'random.__init__') return `numpy.${section}#${name}`;
  if (section === 'numpy') return `numpy.${name}`;
  const own = `numpy.${section}.${name}`;
  return section !== 'random' || signatures.has(own) ? own : `numpy.random.RandomState.${name}`;
};

const rng = np.random.default_rng(1);
const classes: Readonly<Record<string, object>> = {
  'random.Generator': rng, 'random.RandomState': new np.random.RandomState(1), 'random.PCG64': new np.random.PCG64(1),
  'random.MT19937': new np.random.MT19937(1), 'random.PCG64DXSM': new np.random.PCG64DXSM(1), 'random.Philox': new np.random.Philox(1),
  'random.BitGenerator': new np.random.SFC64(1),
  'random.SeedSequence': new np.random.SeedSequence(1), random: np.random,
  'random.__init__': np.random, numpy: np,
};
/** Sections of functions and methods that are here, each with those of its names that are. */
const sections = Object.entries(classes).map(([section, owner]) =>
  [section, Object.keys(fixtures[section]).filter((name) => name in owner)] as const);

describe.each(sections)('%s', (section, names) => {
  it.each(names)('%s declares what NumPy does', (name) => {
    // What NumPy gathers under any name cannot be declared.
    const expected = fixtures[section][name].filter((each) => !each.startsWith('**'));
    const own = textsOf(signatures.get(keyOf(section, name))!.parameters);
    expect(own).toEqual(name === 'dtype' ? [...expected, 'metadata=None'] : expected);
  });
});

it('every function of np.random and every method of its classes is declared', () => {
  for (const [section, names] of sections) {
    const owner = classes[section];
    const members = [...Object.keys(owner), ...Object.getOwnPropertyNames(Object.getPrototypeOf(owner) as object ?? {})];
    if (!section.startsWith('random.') || section === 'random.__init__') continue;
    const callables = members.filter((name) => typeof (owner as Readonly<Record<string, unknown>>)[name] === 'function'
      && !['constructor', 'toString', 'floats', 'choiceStyle'].includes(name));
    expect([section, callables.filter((name) => !names.includes(name))]).toEqual([section, []]);
  }
});

describe('methods of arrays', () => {
  const upstream = Object.entries(fixtures.ndarray);

  it.each(upstream)('%s declares what NumPy does', (name, expected) => {
    const own = ownParameters(name);
    if (name in undeclared) return;
    // The functions tell what is left out from false and true, which the methods do not.
    const found = textsOf(own!).map((each) => each.replace('keepdims=None', 'keepdims=False').replace('where=None', 'where=True'));
    if (name in unlike) expect(found).not.toEqual(expected);
    else expect(found).toEqual(expected);
  });
});

/** Something that fits each parameter of a method. */
const samples: Readonly<Record<string, () => unknown>> = {
  fid: () => join(tmpdir(), 'flambeau-tofile'), sep: () => ' ', format: () => '%.1f', val: () => 7,
  axis: () => 1, axis1: () => 1, axis2: () => 0, dtype: () => np.float64, keepdims: () => true, where: () => [true, false, true],
  offset: () => 1, order: () => 'F', casting: () => 'same_kind', subok: () => false, copy: () => false, inplace: () => true, kth: () => 1,
  kind: () => 'stable', stable: () => null, decimals: () => 1, side: () => 'right', sorter: () => [0, 1, 2], indices: () => [1, 0],
  values: () => [7, 8], mode: () => 'clip', repeats: () => 2, condition: () => [true, false], min: () => 1, max: () => 3, ddof: () => 1,
  correction: () => undefined, initial: () => 2, v: () => 2.5, value: () => 5, device: () => 'cpu', stream: () => null, b: () => [1, 2, 3],
  type: () => np.ndarray, write: () => true, align: () => null, uic: () => null, mean: () => undefined, out: () => undefined,
  choices: () => [[1, 2, 3], [4, 5, 6]],
};
const own: Readonly<Record<string, Readonly<Record<string, () => unknown>>>> = {
  argsort: { order: () => null }, sort: { order: () => null }, partition: { kind: () => 'introselect', order: () => null },
  argpartition: { kind: () => 'introselect', order: () => null }, squeeze: { axis: () => 0 },
  trace: { dtype: () => np.float32, axis1: () => -2, axis2: () => -1 },
  clip: { where: () => true }, max: { where: () => true }, min: { where: () => true },
  diagonal: { axis1: () => -2, axis2: () => -1 }, compress: { axis: () => 1 }, cumsum: { axis: () => 1 }, view: { dtype: () => np.int64 },
  choose: { mode: () => 'clip' }, getfield: { dtype: () => np.float32, offset: () => 4 },
  setfield: { dtype: () => np.float32, offset: () => 4 },
};
const receivers: Readonly<Record<string, () => np.ndarray>> = {
  squeeze: () => np.array([[1, 2.5, 4]]), searchsorted: () => np.array([1, 2.5, 4]), choose: () => np.array([0, 1, 0]),
};
const receiver = (name: string): np.ndarray => (receivers[name] ?? (() => np.array([[3, 1.5, 2], [0.25, 5, 4]])))();
const sampleOf = (method: string, name: string): unknown => (own[method]?.[name] ?? samples[name])();

const shown = (value: unknown): unknown => (value instanceof np.ndarray
  ? [String(value.dtype), [...value.shape], String(value), value.flags.f_contiguous] : Array.isArray(value) ? value.map(shown)
    : value instanceof Uint8Array ? [...value] : value);
/** What a method gives, and the array after it. */
const outcome = (name: string, args: readonly unknown[]): unknown => {
  const x = receiver(name);
  return [shown(methodsOf(x)[name](...args)), shown(x)];
};

const methods = Object.keys(fixtures.ndarray).filter((name) => !(name in undeclared));

describe('every parameter of a method', () => {
  it.each(methods)('%s takes by position and by name alike', (name) => {
    const parameters = ownParameters(name)!;
    if (parameters.some(({ variadic }) => variadic)) return;
    const positional = parameters.filter(({ keywordOnly }) => !keywordOnly);
    const named = (from: number): Record<string, unknown> => Object.fromEntries(parameters.filter((each, i) =>
      (i >= from || each.keywordOnly) && !each.positionalOnly).map((each) => [each.name, sampleOf(name, each.name)]));
    const hidden = positional.filter(({ positionalOnly }) => positionalOnly).length;
    const values = positional.map((each) => sampleOf(name, each.name));
    const all = outcome(name, [...values.slice(0, hidden), named(hidden)]);
    for (let count = hidden; count <= positional.length; count++) {
      expect([count, outcome(name, [...values.slice(0, count), named(count)])]).toEqual([count, all]);
    }
    // Each by itself.
    const required = positional.filter(({ byDefault }) => byDefault === undefined).length;
    positional.slice(Math.max(required, hidden)).forEach((each, i) => {
      const place = Math.max(required, hidden) + i;
      const skipped = positional.slice(required, place).map(() => undefined);
      const value = sampleOf(name, each.name);
      expect([each.name, outcome(name, [...values.slice(0, required), ...skipped, value])])
        .toEqual([each.name, outcome(name, [...values.slice(0, required), { [each.name]: value }])]);
    });
  });

  it.each(methods)('%s refuses what it does not know, twice the same, and too much, and changes nothing', (name) => {
    const parameters = ownParameters(name)!;
    const positional = parameters.filter(({ keywordOnly, variadic }) => !keywordOnly && !variadic);
    const values = positional.map((each) => sampleOf(name, each.name));
    const required = values.slice(0, positional.filter(({ byDefault }) => byDefault === undefined).length);
    const refused = (args: readonly unknown[], words: RegExp): void => {
      const x = receiver(name);
      const before = shown(x);
      expect(() => methodsOf(x)[name](...args)).toThrow(words);
      expect(shown(x)).toEqual(before);
    };
    refused([...required, { bogus: 1 }], /got an unexpected keyword argument 'bogus'/);
    if (positional.length === parameters.filter(({ keywordOnly }) => !keywordOnly).length && name !== 'choose') {
      refused([...values, 1], /takes .*positional arguments? but \d+ were given/);
    }
    const [first] = positional;
    if (first !== undefined && !first.positionalOnly && name !== 'choose') {
      refused([...values, { [first.name]: values[0] ?? null }], /multiple values for argument|given by name \(/);
    }
    if (required.length > 0) refused([], /missing/);
  });

  it('set takes an index and a value, and nothing else', () => {
    const x = np.zeros(3);
    expect(() => (x.set as Call)(0, 1, 5)).toThrow('set() takes 2 positional arguments but 3 were given');
    expect(() => (x.set as Call)(0)).toThrow("set() missing 1 required positional argument: 'value'");
    expect(x.tolist()).toEqual([0, 0, 0]);
  });
});

type Ufunc = Call & { readonly nin: 1 | 2 } & Readonly<Record<'reduce' | 'accumulate' | 'reduceat' | 'outer' | 'at', Call>>;
const exported: Readonly<Record<string, unknown>> = { ...np };
const ufuncs = Object.keys(fixtures.ufuncs).filter((name) => typeof exported[name] === 'function' && 'resolve_dtypes' in exported[name])
  .map((name) => [name, exported[name] as Ufunc] as const);
const bits = /^(bitwise|invert|left_shift|right_shift|gcd|lcm)/;
/** Ufuncs that are no methods of arrays. */
const isMethod = (name: string): boolean => name in np.ndarray.prototype;
const operandsOf = (name: string, nin: number): np.ndarray[] => (name === 'ldexp'
  ? [np.array([[0.25, 0.5], [0.75, 1]]), np.array([[1, 2], [2, 1]])] : bits.test(name)
  ? [np.array([[5, 6], [7, 1]]), np.array([[1, 2], [2, 1]])] : [np.array([[0.25, 0.5], [0.75, 1]]), np.array([[1.5, 2], [0.5, 3]])])
  .slice(0, nin);
const methodsOf = (x: np.ndarray): Readonly<Record<string, Call>> => x as unknown as Readonly<Record<string, Call>>;

describe('ufuncs', () => {
  it.each(ufuncs)('%s declares what NumPy does', (name, ufunc) => {
    expect(textsOf(signatures.get(`numpy.${ufunc.name}`)!.parameters)).toEqual(fixtures.ufuncs[name]);
  });

  it.each(ufuncs)('%s takes out by position and by name, and options after it', (name, ufunc) => {
    const operands = operandsOf(name, ufunc.nin);
    const expected = ufunc(...operands) as np.ndarray;
    const fresh = (): np.ndarray => np.full_like(expected, 1);
    for (const call of [
      (out: np.ndarray) => ufunc(...operands, out), (out: np.ndarray) => ufunc(...operands, { out }),
      (out: np.ndarray) => ufunc(...operands, { out: [out] }),
      (out: np.ndarray) => ufunc(...operands, out, { where: true, casting: 'same_kind', order: 'K', subok: true }),
      ...(!isMethod(name) ? [] : [
        (out: np.ndarray) => methodsOf(operands[0])[name](...operands.slice(1), out),
        (out: np.ndarray) => methodsOf(operands[0])[name](...operands.slice(1), { out }),
      ]),
    ]) {
      const out = fresh();
      expect(call(out)).toBe(out);
      expect(shown(out)).toEqual(shown(expected));
    }
    expect(() => ufunc(...operands, [fresh()])).toThrow('return arrays must be of ArrayType');
    const where = [[true, false], [false, true]];
    const mixed = shown(np.where(where, expected, fresh()));
    for (const call of [
      (out: np.ndarray) => ufunc(...operands, out, { where }), (out: np.ndarray) => ufunc(...operands, { out, where }),
    ]) expect(shown(call(fresh()))).toEqual(mixed);
    expect(shown(ufunc(...operands, null, { where: true, out: undefined }))).toEqual(shown(expected));
    expect((ufunc(...operands, { order: 'F' }) as np.ndarray).flags.f_contiguous).toBe(true);
    expect(shown(ufunc(...operands, { subok: false, casting: 'no', dtype: null, signature: null }))).toEqual(shown(expected));
    const codes = [...operands, expected].map(({ dtype }) => dtype.char);
    const signature = `${codes.slice(0, -1).join('')}->${codes.at(-1)}`;
    expect(shown(ufunc(...operands, { signature }))).toEqual(shown(expected));
    expect(shown(ufunc(...operands, { signature: codes }))).toEqual(shown(expected));
  });

  it.each(ufuncs.filter(([name]) => isMethod(name)))('%s in place takes where and casting', (name, ufunc) => {
    const [x, ...rest] = operandsOf(name, ufunc.nin);
    const result = ufunc(x, ...rest) as np.ndarray;
    const where = [[true, false], [false, true]];
    const expected = np.where(where, result.astype(x.dtype), x);
    const call = methodsOf(x)[`${name}_`].bind(x) as Call;
    expect(call(...rest, { where, casting: 'unsafe' })).toBe(x);
    expect(shown(x)).toEqual(shown(expected));
    const before = shown(x);
    expect(() => call(...rest, { out: x })).toThrow("cannot specify 'out' as both a positional and keyword argument");
    expect(() => call(...rest, { bogus: 1 })).toThrow("got an unexpected keyword argument 'bogus'");
    expect(() => call(...rest, x)).toThrow(/takes from \d to \d positional arguments but \d were given/);
    expect(shown(x)).toEqual(before);
  });

  it.each(ufuncs)('%s refuses what it does not know, twice the same, too little and too much', (name, ufunc) => {
    const operands = operandsOf(name, ufunc.nin);
    const { nin } = ufunc;
    const range = `${ufunc.name}() takes from ${nin} to ${nin + 1} positional arguments but`;
    expect(() => ufunc()).toThrow(`${range} 0 were given`);
    if (nin === 2) expect(() => ufunc(operands[0])).toThrow(`${range} 1 was given`);
    expect(() => ufunc(...operands, null, null)).toThrow(`${range} ${nin + 2} were given`);
    expect(() => ufunc(...operands, { bogus: 1 })).toThrow(`${ufunc.name}() got an unexpected keyword argument 'bogus'`);
    expect(() => ufunc(...operands, { [nin === 1 ? 'x' : 'x1']: 1 })).toThrow('got an unexpected keyword argument');
    expect(() => ufunc(...operands, operands[0], { out: operands[0] })).toThrow("cannot specify 'out' as both");
    expect(() => ufunc(...operands, 3)).toThrow('return arrays must be of ArrayType');
    expect(() => ufunc(...operands, { out: [operands[0], operands[0]] })).toThrow("The 'out' tuple must have exactly one entry");
    expect(() => ufunc(...operands, { casting: 'bogus' })).toThrow("casting must be one of 'no', 'equiv'");
    expect(() => ufunc(...operands, { casting: 1 })).toThrow('casting must be str, not int');
    expect(() => ufunc(...operands, { order: 'X' })).toThrow("order must be one of 'C', 'F', 'A', or 'K' (got 'X')");
    expect(() => ufunc(...operands, { where: np.array([1, 0]) })).toThrow("Cannot cast array data from dtype('int64')");
    expect(() => ufunc(...operands, { signature: 'd' })).toThrow('Use `dtype` or  fill the tuple with more than one');
    expect(() => ufunc(...operands, { signature: 'dd->d', dtype: 'float64' })).toThrow("cannot specify both 'signature' and 'dtype'");
  });

  const binary = ufuncs.filter(([, { nin }]) => nin === 2);

  it.each(['reduce', 'accumulate', 'reduceat'])('%s declares what NumPy does', (name) => {
    const own = textsOf(signatures.get(`numpy.ufunc.${name}`)!.parameters);
    // The array has a name, whatever is shown, and the rest of reduce's are not shown.
    expect(own.slice(0, fixtures.ufunc[name].filter((each) => !/^(\/|\*\*)/.test(each)).length))
      .toEqual(fixtures.ufunc[name].filter((each) => !/^(\/|\*\*)/.test(each)));
  });

  it.each(binary)('%s has outer, and at for elements that are named twice', (name, ufunc) => {
    const [x, y] = operandsOf(name, 2);
    const outer = ufunc.outer(x, y) as np.ndarray;
    expect([...outer.shape]).toEqual([2, 2, 2, 2]);
    expect(shown(outer.at(1, 0))).toEqual(shown(ufunc(x.at(1, 0), y)));
    expect(() => ufunc.outer(x)).toThrow('exactly two arguments expected');
    expect(() => ufunc.outer(x, y, { bogus: 1 })).toThrow("got an unexpected keyword argument 'bogus'");
    const [flat, operand] = [x.flatten(), y.at(0)];
    const expected = flat.copy();
    for (const [place, i] of [[3, 0], [0, 1], [3, 1]]) {
      expected.set([place], (ufunc(expected.at(place), operand.at(i)) as np.ndarray).astype(flat.dtype));
    }
    ufunc.at(flat, [3], operand.at(0));
    ufunc.at(flat, [0, 3], operand.at(1));
    expect(shown(flat)).toEqual(shown(expected));
    const twice = x.flatten();
    ufunc.at(twice, [1, 1], operand);
    const after = (ufunc((ufunc(x.at(0, 1), operand.at(0)) as np.ndarray).astype(x.dtype), operand.at(1)) as np.ndarray).astype(x.dtype);
    expect(shown(twice.at(1))).toEqual(shown(after));
    expect(() => ufunc.at(twice, [1])).toThrow('second operand needed for ufunc');
    expect(() => ufunc.at(twice, [1], 1, 2)).toThrow('at() takes at most 3 arguments (4 given)');
    expect(() => ufunc.at(twice, [1], { b: 1 })).toThrow('ufunc.at() takes no keyword arguments');
  });
});

/** Something that fits each parameter of a random function. */
const draws: Readonly<Record<string, unknown>> = {
  low: 2, high: 9, loc: 1.5, scale: 2.5, size: [2, 3], dtype: 'float32', out: undefined, endpoint: true, method: 'inv', a: [3, 1, 4, 1],
  replace: false, p: [0.25, 0.25, 0.25, 0.25], axis: 0, shuffle: false, x: [[1, 2], [3, 4]], length: 3, n_children: 2, seed: 3,
  legacy: false, output: true, delta: 5, jumps: 2, n_words: 3, n: 10, b: 1.5, df: 3, dfnum: 4, dfden: 5, nonc: 1.5, alpha: [1, 2],
  pvals: [0.2, 0.8], colors: [5, 6], nsample: 4, ngood: 5, nbad: 6, left: 0, mode: 1, right: 3, mu: 0.5, kappa: 2, mean: 1.5, sigma: 0.5,
  lam: 4, shape: 2, cov: [[4, 1], [1, 2]], check_valid: 'raise', tol: 0.5,
};
const drawOf = (method: string, name: string): unknown =>
  (name === 'dtype' && /^rand?int|integers/.test(method) ? 'int32' : name === 'dtype' && method === 'generate_state' ? 'uint64'
    : name === 'a' && method !== 'choice' ? 2.5 : name === 'p' && method !== 'choice' ? 0.3
    : name === 'method' && method === 'multivariate_hypergeometric' ? 'count'
    : name === 'method' && method === 'multivariate_normal' ? 'eigh' : name === 'mean' && method === 'multivariate_normal' ? [1, -2]
    : name === 'size' && method === 'choice' ? 2 : name === 'low' && method === 'uniform' ? -2
      : name === 'x' && method === 'shuffle' ? np.array([[1, 2], [3, 4], [5, 6]]) : draws[name]);
const makers: Readonly<Record<string, () => object>> = {
  'random.Generator': () => np.random.default_rng(7), 'random.RandomState': () => new np.random.RandomState(7),
  'random.PCG64': () => new np.random.PCG64(7), 'random.MT19937': () => new np.random.MT19937(7),
  'random.PCG64DXSM': () => new np.random.PCG64DXSM(7), 'random.Philox': () => new np.random.Philox(7),
  'random.BitGenerator': () => new np.random.SFC64(7),
  'random.SeedSequence': () => new np.random.SeedSequence(7),
  random: () => {
    np.random.seed(7);
    return np.random;
  },
};

const drawings = sections.filter(([section]) => section in makers).flatMap(([section, names]) => names
  .filter((name) => !['rand', 'randn', 'set_state', 'get_state', 'set_bit_generator'].includes(name))
  .map((name) => [section, name] as const));

describe('every parameter of a random function', () => {
  const text = (value: unknown): unknown => (Array.isArray(value) ? value.map(text) : value instanceof np.ndarray ? shown(value)
    : typeof value === 'object' && value !== null && 'random_raw' in value ? String((value as np.random.PCG64).random_raw())
      : typeof value === 'object' && value !== null && 'random' in value ? String((value as np.random.Generator).random()) : String(value));
  const drawn = (section: string, name: string, args: () => readonly unknown[]): unknown => {
    const owner = makers[section]() as Readonly<Record<string, Call>>;
    const given = args();
    const result = text(owner[name](...given));
    return [result, given.map((each) => (each instanceof np.ndarray ? shown(each) : null)).filter((each) => each !== null)];
  };

  it.each(drawings)('%s.%s takes by position and by name alike, and nothing else', (section, name) => {
    const { parameters } = signatures.get(keyOf(section, name))!;
    const valueOf = (each: Parameter): unknown => drawOf(name, each.name);
    const named = (from: number): Record<string, unknown> =>
      Object.fromEntries(parameters.slice(from).map((each) => [each.name, valueOf(each)]));
    const all = drawn(section, name, () => [named(0)]);
    const positional = parameters.filter(({ keywordOnly }) => !keywordOnly);
    for (let count = 1; count <= positional.length; count++) {
      const [result] = drawn(section, name, () => [...parameters.slice(0, count).map(valueOf), named(count)]) as [unknown];
      expect([count, result]).toEqual([count, (all as [unknown])[0]]);
    }
    const required = parameters.filter(({ byDefault }) => byDefault === undefined).length;
    positional.slice(required).forEach((each, i) => {
      const skipped = parameters.slice(required, required + i).map(() => undefined);
      const first = (): unknown[] => parameters.slice(0, required).map(valueOf);
      const [alone] = drawn(section, name, () => [...first(), { [each.name]: valueOf(each) }]) as [unknown];
      const [placed] = drawn(section, name, () => [...first(), ...skipped, valueOf(each)]) as [unknown];
      expect([each.name, placed]).toEqual([each.name, alone]);
    });
    const call = (...args: unknown[]) => () => (makers[section]() as Readonly<Record<string, Call>>)[name](...args);
    const first = parameters.slice(0, required).map(valueOf);
    expect(call(...first, { bogus: 1 })).toThrow(`${name === 'ranf' || name === 'sample' ? 'random_sample' : name}() got an unexpected`);
    expect(call(...positional.map(valueOf), 1)).toThrow(/takes (at most|exactly) \d positional arguments? \(\d given\)/);
    if (parameters.length > 0) {
      const { name: doubled } = parameters[0];
      expect(call(...positional.map(valueOf), { [doubled]: 1 })).toThrow(`got multiple values for keyword argument '${doubled}'`);
    }
    if (required > 0) expect(call()).toThrow(/takes (at least|exactly) \d positional arguments? \(0 given\)/);
  });
});
