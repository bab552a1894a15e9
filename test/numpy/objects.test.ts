import { readFileSync } from 'node:fs';
import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import * as np from '../../src/numpy/index.ts';

/** The objects around arrays: flags, flat, the limits of types. test/fixtures/objects/generate.py asks NumPy. */

interface Fixture {
  readonly refusals: Readonly<Record<string, readonly [name: string, message: string]>>;
  readonly finfo: Readonly<Record<string, { readonly text: string; readonly fields: Readonly<Record<string, string>> }>>;
  readonly iinfo: Readonly<Record<string, string>>;
  readonly flags: Readonly<Record<string, string>>;
}
const golden = JSON.parse(readFileSync(new URL('../fixtures/objects/objects.json', import.meta.url), 'utf8')) as Fixture;

function fixed(): np.ndarray {
  const x = np.arange(6).astype(np.float64).reshape(2, 3);
  x.flags.writeable = false;
  return x;
}

const refusals: Readonly<Record<string, (x: np.ndarray) => unknown>> = {
  set: (x) => x.set([0, 0], 1),
  setList: (x) => x.set([[0]], 1),
  setMask: (x) => x.set([x.gt(1)], 1),
  fill: (x) => x.fill(1),
  add: (x) => np.add(x, 1, { out: x }),
  sort: (x) => x.sort(),
  put: (x) => np.put(x, [0], 1),
  copyto: (x) => np.copyto(x, 1),
  fill_diagonal: (x) => np.fill_diagonal(x, 1),
  put_along_axis: (x) => np.put_along_axis(x, [[0]], 1, 1),
  shuffle: (x) => np.random.default_rng(0).shuffle(x),
  random: (x) => np.random.default_rng(0).random({ out: x }),
  flatSet: (x) => x.flat.set(0, 1),
  flat: (x) => {
    x.flat = 1;
  },
  'add.at': (x) => np.add.at(x, 0, 1),
  cumsum: (x) => np.cumsum(x, { axis: 1, out: x }),
  clip: (x) => np.clip(x, 0, 1, { out: x }),
  matmul: (x) => np.matmul(x, np.ones([3, 3]), { out: x }),
  view: (x) => x.at(0).set([0], 1),
  transposed: (x) => x.T.fill(1),
  diagonal: () => np.diagonal(np.ones([2, 2])).set([0], 1),
};

describe('read-only arrays', () => {
  test('the fixture and the calls are the same', () => {
    expect(Object.keys(refusals)).toEqual(Object.keys(golden.refusals));
  });

  test.each(Object.keys(refusals))('%s is refused as in NumPy, and nothing is written', (name) => {
    const x = fixed();
    const [error, message] = golden.refusals[name];
    expect(() => refusals[name](x)).toThrow(message);
    expect(() => refusals[name](x)).toThrow(expect.objectContaining({ name: error }));
    expect(x.tolist()).toEqual([[0, 1, 2], [3, 4, 5]]);
  });

  test('no method that works in place writes', () => {
    const methods = Object.getOwnPropertyNames(np.ndarray.prototype).filter((name) => /^[a-z].*_$/.test(name));
    expect(methods.length).toBeGreaterThan(60);
    for (const name of methods) {
      const x = fixed();
      const call = (x as unknown as Record<string, (other: number) => unknown>)[name];
      expect(() => call.call(x, 2), name).toThrow();
      expect(x.tolist(), name).toEqual([[0, 1, 2], [3, 4, 5]]);
    }
  });

  test('views take the flag over when they are made', () => {
    const x = np.ones([2, 2]);
    const before = x.at(0);
    x.flags.writeable = false;
    const views = [x.at(0), x.T, x.reshape(-1), x.ravel(), np.asarray(x), x.view(), x.view(np.int64), x.real, np.swapaxes(x, 0, 1),
      np.atleast_3d(x), np.broadcast_to(x, [2, 2]),
      np.expand_dims(x, 0), np.split(x, 2)[0], [...x][0], np.array(x, { copy: null, ndmin: 3 })];
    expect(views.map(({ flags }) => flags.writeable)).toEqual(views.map(() => false));
    expect([before, x.copy(), x.add(1), x.at([0])].map(({ flags }) => flags.writeable)).toEqual([true, true, true, true]);
    before.fill(3);
    expect(String(x)).toBe('[[3. 3.]\n [1. 1.]]');
  });

  test('the flag goes back where the owner of the memory may be written', () => {
    const x = np.ones(3);
    const view = x.at(':');
    view.setflags({ write: false });
    view.flags.writeable = true;
    view.fill(2);
    x.setflags(false);
    const late = x.at('1:');
    expect(() => {
      late.flags.writeable = true;
    }).toThrow('cannot set WRITEABLE flag to True of this array');
    x.flags.writeable = true;
    late.flags.writeable = true;
    late.fill(5);
    expect(String(x)).toBe('[2. 5. 5.]');
    expect(() => {
      np.broadcast_to(x, [2, 3]).flags.writeable = true;
    }).toThrow('cannot set WRITEABLE flag to True of this array');
  });
});

describe('printed as NumPy prints them', () => {
  test('flags', () => {
    const last = np.array([1.5]);
    last.flags.writeable = false;
    const arrays = { ones: np.ones([2, 2]), transposed: np.ones([2, 2]).T, row: np.ones([2, 2]).at(0), fixed: last };
    expect(Object.fromEntries(Object.entries(arrays).map(([name, { flags }]) => [name, String(flags)]))).toEqual(golden.flags);
    expect(inspect(last.flags)).toBe(golden.flags.fixed);
    expect(last.flags.at('WRITEABLE')).toBe(false);
    expect(() => Object.assign(last.flags, { bogus: true })).toThrow(TypeError);
  });

  test.each(Object.entries(golden.finfo))('finfo(%s)', (name, { text, fields }) => {
    const info = np.finfo(name);
    expect(String(info)).toBe(text);
    expect(inspect(info)).toBe(text);
    expect(Object.fromEntries(Object.keys(fields).map((field) => [field, String(info[field as keyof np.FloatInfo])]))).toEqual(fields);
    expect(info.max.dtype).toBe(info.dtype);
    expect(Number(info.max)).toBeGreaterThan(65_000);
    expect(() => info.eps.fill(1)).toThrow('read-only');
  });

  test('iinfo', () => {
    expect(Object.fromEntries(Object.keys(golden.iinfo).map((name) => [name, String(np.iinfo(name))]))).toEqual(golden.iinfo);
    expect([np.iinfo('uint64').max, np.iinfo(np.int8).min]).toEqual([2n ** 64n - 1n, -128]);
  });
});

describe('flat', () => {
  test('is read and written by its index, in row-major order', () => {
    const x = np.arange(6).reshape(2, 3).T;
    expect([...x.flat]).toEqual([0, 3, 1, 4, 2, 5]);
    expect([x.flat.at(1), x.flat.at('1:4'), x.flat.at([1, -1]), x.flat.at(x.flat.copy().gt(3))].map(String))
      .toEqual(['3', '[3 1 4]', '[3 5]', '[4 5]']);
    x.flat.at(':').fill(9);
    x.flat.set([0, 1], 7);
    x.flat.set('2:6', [-1, -2]);
    expect(String(x)).toBe('[[ 7  7]\n [-1 -2]\n [-1 -2]]');
    x.flat = [1, 2, 3];
    expect(String(x)).toBe('[[1 2]\n [3 1]\n [2 3]]');
    expect([x.flat.length, x.flat.base === x, String(x.flat)]).toEqual([6, true, '<numpy.flatiter object>']);
    expect(() => x.flat.at(6)).toThrow('index 6 is out of bounds');
  });
});

test('brackets say what to write', () => {
  const x = np.ones(3) as unknown as number[];
  expect(() => {
    x[1] = 9;
  }).toThrow('write a.at(1) for a[1], and a.set([1], value) to assign');
  expect(() => x[0]).toThrow(TypeError);
  expect(() => {
    x[-1] = 9;
  }).toThrow(TypeError);
  expect(String(x)).toBe('[1. 1. 1.]');
});

test('at least so many axes, of one array or of several', () => {
  const shapes = (arrays: np.ndarray[]): readonly (readonly number[])[] => arrays.map(({ shape }) => shape);
  expect(shapes(np.atleast_1d(1, [2], [[3]]))).toEqual([[1], [1], [1, 1]]);
  expect(shapes(np.atleast_2d(1, [2, 3]))).toEqual([[1, 1], [1, 2]]);
  expect(shapes(np.atleast_3d(1, [2, 3], [[4], [5]]))).toEqual([[1, 1, 1], [1, 2, 1], [2, 1, 1]]);
  expect(np.atleast_2d()).toEqual([]);
  expect(np.atleast_2d([2, 3]).shape).toEqual([1, 2]);
});
