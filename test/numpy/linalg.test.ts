import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { dtypes, isComplex } from '../../src/core/dtype.ts';
import type { DType } from '../../src/core/dtype.ts';
import type { Parameter } from '../../src/core/signature.ts';
import { signatures } from '../../src/core/signature.ts';
import * as np from '../../src/numpy/index.ts';
import { linalgResidue, linalgRoom } from '../tolerances.ts';
import { componentValue } from '../ulps.ts';

/** np.linalg against NumPy's: results with their dtypes and shapes, and errors, each call by position, by name and mixed. */

type Entry = readonly [dtype: DType['name'], shape: readonly number[], offset: number];
/** An entry's number, or dtype and shape alone. */
type Result = number | readonly [dtype: string, shape: readonly number[]];
interface Case {
  readonly f: string;
  readonly a: Readonly<Record<string, unknown>>;
  readonly r?: readonly Result[];
  readonly type?: string;
  readonly check?: 'svd' | 'eigh' | 'eig' | 'eigvals' | 'qr' | 'lstsq';
  /** Eigenvectors, and what errors are magnified by in them. */
  readonly v?: readonly [entry: number, m: number];
  readonly m?: number;
  readonly own?: boolean;
  readonly error?: readonly [name: string, message: string];
}

const read = (name: string): Buffer => gunzipSync(readFileSync(new URL(`../fixtures/numpyLinalg/${name}`, import.meta.url)));
const fixture = JSON.parse(read('cases.json.gz').toString()) as {
  readonly printed: readonly (readonly [code: string, text: string])[];
  readonly arrays: readonly Entry[];
  readonly cases: readonly Case[];
};
const { buffer, byteOffset } = read('arrays.bin.gz');

const dtypeOf = (name: string): DType => dtypes.find((each) => each.name === name)!;

/** The components of an array of the fixture. */
function components(place: number): { readonly dtype: DType; readonly shape: readonly number[]; readonly values: number[] } {
  const [name, shape, offset] = fixture.arrays[place];
  const dtype = dtypeOf(name);
  const count = shape.reduce((product, extent) => product * extent, dtype.components);
  const start = byteOffset + offset;
  const bytes = buffer.slice(start, start + (count * dtype.itemsize) / dtype.components);
  const raw = new dtype.array(bytes as ArrayBuffer) as ArrayLike<number>;
  return { dtype, shape, values: Array.from(raw, (each) => componentValue(each, dtype)) };
}

function arrayOf(place: number): np.ndarray {
  const [name, shape, offset] = fixture.arrays[place];
  const { itemsize } = dtypeOf(name);
  const size = shape.reduce((product, extent) => product * extent, itemsize);
  const start = byteOffset + offset;
  return np.frombuffer(buffer.slice(start, start + size) as ArrayBuffer, { dtype: name }).reshape([...shape]);
}

/** The same elements in another order in memory, or among others. */
function laid(x: np.ndarray, layout: string): np.ndarray {
  if (layout === 'columns') return np.asfortranarray(x);
  if (layout === 'backwards') return np.flip(np.flip(x).copy());
  const wide = np.zeros(x.shape.map((extent) => 2 * extent + 1), { dtype: x.dtype });
  const view = wide.at(...x.shape.map((extent) => np.slice(1, 2 * extent + 1, 2)));
  view.set(['...'], x);
  return view;
}

interface Written {
  readonly array?: number;
  readonly layout?: string;
  readonly number?: string;
}

function argument(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(argument);
  if (typeof value !== 'object' || value === null) return value;
  const { array, layout, number } = value as Written;
  if (number !== undefined) return { inf: Infinity, '-inf': -Infinity, nan: NaN }[number];
  return layout === undefined ? arrayOf(array!) : laid(arrayOf(array!), layout);
}

type Call = (...args: readonly unknown[]) => unknown;
const functions = np.linalg as unknown as Readonly<Record<string, Call>>;
const parametersOf = (name: string): readonly Parameter[] => signatures.get(`numpy.linalg.${name}`)!.parameters;

/** The ways in which a call can be written: the first few arguments by position, the others by name. */
function spellings({ f, a }: Case): (() => unknown)[] {
  const parameters = parametersOf(f).filter(({ name }) => name in a);
  const least = parameters.findLastIndex(({ positionalOnly }) => positionalOnly) + 1;
  // What stands behind an argument that is left out has to be named.
  const inOrder = parametersOf(f).findIndex(({ name, keywordOnly }) => keywordOnly || !(name in a));
  const most = inOrder < 0 ? parameters.length : inOrder;
  return Array.from({ length: most - least + 1 }, (_, i) => () => {
    const given = parameters.map(({ name }) => [name, argument(a[name])] as const);
    const named = given.slice(least + i);
    return functions[f](...given.slice(0, least + i).map(([, value]) => value), ...named.length > 0 ? [Object.fromEntries(named)] : []);
  });
}

const numbers = (x: np.ndarray): number[] =>
  Array.from(x.toTypedArray() as unknown as ArrayLike<number>, (each) => componentValue(each, dtypeOf(x.dtype.name)));

const largest = (values: readonly number[]): number =>
  values.reduce((most, each) => (Number.isFinite(each) ? Math.max(most, Math.abs(each)) : most), 0);

const same = (got: number, wanted: number, room: number): boolean =>
  (Number.isFinite(wanted) ? Math.abs(got - wanted) <= room : Object.is(got, wanted));

const header = (dtype: string, shape: readonly number[]): string => `${dtype} (${shape.join(', ')})`;

/** What is wrong with a result, or null. */
function difference(actual: unknown, expected: Result, { m = 1, own = false }: Case, anyOrder = false): string | null {
  if (!(actual instanceof np.ndarray)) return `no array: ${String(actual)}`;
  const [name, shape] = typeof expected === 'number' ? fixture.arrays[expected] : expected;
  if (header(actual.dtype.name, actual.shape) !== header(name, shape)) {
    return `${header(actual.dtype.name, actual.shape)}, not ${header(name, shape)}`;
  }
  if (typeof expected !== 'number') return null;
  const wanted = components(expected);
  const room = linalgRoom(wanted.dtype, m, own) * largest(wanted.values);
  const got = numbers(actual);
  if (anyOrder) return unmatched(got, wanted.values, isComplex(wanted.dtype) ? 2 : 1, room);
  const wrong = wanted.values.findIndex((each, i) => !same(got[i], each, room));
  return wrong < 0 ? null : `component ${wrong} is ${got[wrong]}, not ${wanted.values[wrong]}; there is room for ${room}`;
}

/** Eigenvalues are a set: each must have its own counterpart. */
function unmatched(got: readonly number[], wanted: readonly number[], step: number, room: number): string | null {
  const left = new Set(Array.from({ length: got.length / step }, (_, i) => i));
  for (let i = 0; i < wanted.length; i += step) {
    const found = [...left].find((place) => Array.from({ length: step }, (_, k) => k)
      .every((k) => same(got[place * step + k], wanted[i + k], room)));
    if (found === undefined) {
      return `nothing is ${wanted.slice(i, i + step).join(', ')}, among ${got.join(', ')}; there is room for ${room}`;
    }
    left.delete(found);
  }
  return null;
}

/** What is wrong with eigenvectors, each of which is compared with that of its eigenvalue, or with its negative. */
function strayVector([w, v]: readonly np.ndarray[], { r, v: given }: Case): string | null {
  const [entry, m] = given!;
  const wanted = wide(arrayOf(entry));
  const values = wide(arrayOf(r![0] as number));
  const [got, found] = [wide(v), wide(w)];
  const n = w.shape[w.ndim - 1];
  const room = linalgResidue(dtypeOf(v.dtype.name), m);
  for (let batch = 0; batch < w.size / n; batch++) {
    const [ofWanted, ofGot] = [wanted, got].map((x) => x.reshape(-1, n, n).at(batch));
    const [p, q] = [values, found].map((x) => x.reshape(-1, n).at(batch));
    for (let k = 0; k < n; k++) {
      const place = np.argmin(np.abs(q.sub(p.at(k)))).item();
      const [a, b] = [ofWanted.at(':', k), ofGot.at(':', place)];
      const off = Math.min(size(a.sub(b)), size(a.add(b)));
      if (!(off <= room)) return `vector ${k} is ${String(b)}, not ${String(a)}: off by ${off}; there is room for ${room}`;
    }
  }
  return null;
}

const wide = (x: np.ndarray): np.ndarray => x.astype('complex128');
const adjoint = (x: np.ndarray): np.ndarray => x.mT.conj();
const size = (x: np.ndarray): number => largest(numbers(x));

/** How far two arrays are from each other, or columns from being orthonormal, in units of what there is room for. */
function apart(what: string, a: np.ndarray, b: np.ndarray, scale: number, { m = 1 }: Case, dtype: DType): string | null {
  const room = linalgResidue(dtype, m) * scale;
  const off = size(a.sub(b));
  return off <= room ? null : `${what} is off by ${off}; there is room for ${room}`;
}
const orthonormal = (x: np.ndarray, each: Case, dtype: DType): string | null => {
  const w = wide(x);
  return apart('orthonormality', adjoint(w).matmul(w), np.eye(x.shape[x.ndim - 1]), 1, each, dtype);
};

const first = (...found: (string | null)[]): string | null => found.find((each) => each !== null) ?? null;

/** What is wrong with factors, which are held against what they are factors of. */
function factors(parts: readonly np.ndarray[], each: Case): string | null {
  let a = wide(argument(each.a.a) as np.ndarray);
  const dtype = dtypeOf(parts[0].dtype.name);
  if (a.size === 0) return null;
  const scale = Math.max(1, size(a));
  switch (each.check) {
    case 'svd': {
      const [u, s, vh] = parts.map(wide);
      const k = s.shape[s.ndim - 1];
      const product = u.at('...', np.slice(k)).multiply(np.expand_dims(s, -2)).matmul(vh.at('...', np.slice(k), ':'));
      return first(apart('u · s · vh', product, a, scale, each, dtype), orthonormal(u, each, dtype), orthonormal(adjoint(vh), each, dtype));
    }
    case 'qr': {
      const [q, r] = parts.map(wide);
      const below = size(np.tril(r, -1));
      return first(
        apart('q · r', q.matmul(r), a, scale, each, dtype), orthonormal(q, each, dtype), below === 0 ? null : 'r is no triangle');
    }
    case 'eigh': {
      const upper = String(each.a.UPLO ?? 'L').toUpperCase() === 'U';
      const half = upper ? np.triu(a, 1) : np.tril(a, -1);
      a = half.add(adjoint(half)).add(np.eye(a.shape[a.ndim - 1]).multiply(np.expand_dims(np.linalg.diagonal(a).real, -1)));
      const [w, v] = parts.map(wide);
      return first(apart('a · v', a.matmul(v), v.multiply(np.expand_dims(w, -2)), scale, each, dtype), orthonormal(v, each, dtype));
    }
    default: {
      const [w, v] = parts.map(wide);
      const lengths = np.linalg.vector_norm(v, { axis: -2 });
      return first(apart('a · v', a.matmul(v), v.multiply(np.expand_dims(w, -2)), scale, each, dtype),
        apart('the length of v', lengths, np.ones_like(lengths), 1, each, dtype), each.v === undefined ? null : strayVector(parts, each));
    }
  }
}

function wrongWith(each: Case, compute: () => unknown): string | null {
  let result: unknown;
  try {
    result = compute();
  } catch (error) {
    const { name, message } = error as Error;
    const [wanted, words] = each.error ?? ['nothing', ''];
    return name === wanted && message === words ? null : `threw ${name}: ${message}\n      not ${wanted}: ${words}`;
  }
  if (each.error !== undefined) return `gave ${String(result)}\n      and did not throw ${each.error.join(': ')}`;
  const expected = each.r!;
  const isList = result instanceof np.ndarray ? false : Symbol.iterator in (result as object);
  const parts = isList ? [...result as Iterable<np.ndarray>] : [result as np.ndarray];
  if (parts.length !== expected.length) return `${parts.length} results, not ${expected.length}`;
  const type = Array.isArray(result) || !isList ? undefined : (result as object).constructor.name;
  if (type !== each.type) return `a ${type}, not a ${each.type}`;
  const anyOrder = each.check === 'eig' || each.check === 'eigvals';
  const wrong = parts.map((part, i) => difference(part, expected[i], each, anyOrder)).findIndex((text) => text !== null);
  if (wrong >= 0) return `result ${wrong}: ${difference(parts[wrong], expected[wrong], each, anyOrder)}`;
  return each.check === 'svd' || each.check === 'qr' || each.check === 'eigh' || each.check === 'eig' ? factors(parts, each) : null;
}

const names = [...new Set(fixture.cases.map(({ f }) => f))];

describe('np.linalg', () => {
  test.each(names)('%s gives what NumPy gives', (name) => {
    const wrong: string[] = [];
    let count = 0;
    for (const each of fixture.cases.filter(({ f }) => f === name)) {
      for (const [i, compute] of spellings(each).entries()) {
        count++;
        const text = wrongWith(each, compute);
        if (text !== null) wrong.push(`${name}(${describeArguments(each.a)}) as written in way ${i}: ${text}`);
      }
    }
    expect(count).toBeGreaterThan(0);
    if (wrong.length > 0) expect.fail(`${wrong.length} of ${count}:\n${wrong.slice(0, 12).join('\n')}`);
  });

  test('eigenvalues come in the order of LAPACK, but for a few that other roundings find sooner', () => {
    const all = fixture.cases.filter(({ f, error }) => (f === 'eig' || f === 'eigvals') && error === undefined);
    const turned = all.filter((each) => {
      const result = spellings(each)[0]();
      return difference(result instanceof np.ndarray ? result : [...result as Iterable<np.ndarray>][0], each.r![0], each) !== null;
    });
    expect(turned.length * 20).toBeLessThan(all.length);
  });

  test.each(fixture.printed)('%s prints as in Python', (code, text) => {
    const result: unknown = new Function('np', `return ${code}`)(np);
    expect(String(result)).toBe(text);
  });

  test('results come apart by name, by place and in order', () => {
    const result = np.linalg.svd(np.eye(3).at(np.slice(2)));
    const [u, s, vh] = result;
    expect([result.U, result.S, result.Vh]).toEqual([u, s, vh]);
    expect([result[0], result[1], result[2], result.length]).toEqual([u, s, vh, 3]);
    const { Q, R } = np.linalg.qr(np.eye(2));
    expect([Q.shape, R.shape]).toEqual([[2, 2], [2, 2]]);
  });

  test('LinAlgError is a ValueError', () => {
    expect(() => np.linalg.inv([[1, 1], [1, 1]])).toThrow(np.linalg.LinAlgError);
    expect(() => np.linalg.inv([[1, 1], [1, 1]])).toThrow(np.exceptions.ValueError);
  });

  test('multi_dot writes where it is told to', () => {
    const out = np.zeros([2, 2]);
    expect(np.linalg.multi_dot([np.eye(2), np.eye(2), [[1, 2], [3, 4]]], { out })).toBe(out);
    expect(out.tolist()).toEqual([[1, 2], [3, 4]]);
  });

  test('operands are left as they are', () => {
    const a = np.array([[4, 1], [2, 3]], { dtype: 'float64' });
    const { solve, inv, det, qr, svd, eig, eigh, cholesky, lstsq } = np.linalg;
    for (const call of [() => solve(a, a), () => inv(a), () => det(a), () => qr(a), () => svd(a), () => eig(a), () => eigh(a),
      () => cholesky(a), () => lstsq(a, a)]) {
      call();
      expect(a.tolist()).toEqual([[4, 1], [2, 3]]);
    }
  });
});

function describeArguments(given: Readonly<Record<string, unknown>>): string {
  const text = (value: unknown): string => {
    const { array, layout } = (typeof value === 'object' && value !== null ? value : {}) as Written;
    if (Array.isArray(value)) return `[${value.map(text).join(', ')}]`;
    if (array === undefined) return JSON.stringify(value);
    const [dtype, shape] = fixture.arrays[array];
    const values = shape.reduce((product, extent) => product * extent, 1) <= 9 ? ` ${JSON.stringify(arrayOf(array).tolist())}` : '';
    return `${header(dtype, shape)}${layout === undefined ? '' : ` by ${layout}`}${values}`;
  };
  return Object.entries(given).map(([name, value]) => `${name}: ${text(value)}`).join(', ');
}

/** Signatures, as NumPy shows them. */
const shown = JSON.parse(readFileSync(new URL('../fixtures/signatures/numpy.json', import.meta.url), 'utf8')) as {
  readonly linalg: Readonly<Record<string, readonly string[]>>;
};

describe('signatures of np.linalg', () => {
  test.each(Object.keys(shown.linalg))('np.linalg.%s', (name) => {
    const texts = parametersOf(name).flatMap(({ name: each, byDefault, keywordOnly, positionalOnly }, i, all) => [
      ...(keywordOnly && all[i - 1]?.keywordOnly !== true ? ['*'] : []),
      `${each}${byDefault === undefined ? '' : `=${defaultText(byDefault)}`}`,
      ...(positionalOnly && all[i + 1]?.positionalOnly !== true ? ['/'] : []),
    ]);
    expect(texts.join(', ')).toBe(shown.linalg[name].join(', '));
  });

  test('nothing of np.linalg is missing', () => {
    expect(Object.keys(shown.linalg).filter((name) => !(name in np.linalg))).toEqual([]);
  });
});

function defaultText(value: unknown): string {
  // A None that means something stands beside it in NumPy, whose own mark shows as None.
  if (value === null || value === '<no value>') return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? `'${value}'` : String(value);
}
