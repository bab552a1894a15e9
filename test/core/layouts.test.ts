import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { DType } from '../../src/core/dtype.ts';
import { float32, float64, int8 } from '../../src/core/dtype.ts';
import { Layout, contiguousLayout, stridedLayout } from '../../src/core/layout.ts';
import { StridedArray } from '../../src/core/strided.ts';
import { allocate } from '../../src/backend/cpu/storage.ts';
import * as np from '../../src/numpy/index.ts';
import * as torch from '../../src/torch/index.ts';

/** Whatever a caller does: a layout is whole numbers within its storage, and what is too large or too deep is refused at once. */

interface Case {
  readonly library: 'np' | 'torch';
  readonly python: string;
  readonly javascript: string;
  readonly result?: unknown;
  readonly error?: string;
  readonly message?: string;
}

const cases = JSON.parse(readFileSync(new URL('../fixtures/layouts/expected.json', import.meta.url), 'utf8')) as Case[];

const nested = (depth: number, inner: unknown = 1): unknown => (depth === 0 ? inner : nested(depth - 1, [inner]));
const cyclic: unknown[] = [];
cyclic.push(cyclic);
const around = [cyclic, 1];
const twice: unknown[] = [];
twice.push(twice, twice);
const behind: unknown[] = [1];
behind.push(behind);
const scope = { np, torch, nested, cyclic, around, twice, behind, inf: Infinity, nan: NaN };

function plain(result: unknown): unknown {
  if (Array.isArray(result)) return result.map(plain);
  if (!(result instanceof StridedArray)) return result;
  const { shape, size } = result.geometry;
  return { shape: [...shape], values: size <= 64 ? (result as np.ndarray).tolist() : null };
}

/** PyTorch's errors of arguments tell of C++ signatures; allocators say how many bytes, NumPy of which array. */
function words({ library, error, message }: Case): string | undefined {
  return error === 'TypeError' || (library === 'torch' && error === 'MemoryError') ? undefined : message;
}

describe('calls with sizes that are none, too large or too deep', () => {
  for (const each of cases) {
    it(each.python, () => {
      const [x, v] = each.library === 'np' ? [np.arange(12).reshape(3, 4), np.ones(4)] : [torch.arange(12).reshape(3, 4), torch.ones(4)];
      const run = new Function('x', 'v', ...Object.keys(scope), `return ${each.javascript}`) as (...args: unknown[]) => unknown;
      const start = performance.now();
      let outcome: unknown;
      try {
        outcome = plain(run(x, v, ...Object.values(scope)));
      } catch (error) {
        const { name, message } = error as Error;
        outcome = words(each) === undefined ? { error: name } : { error: name, message };
      }
      expect(performance.now() - start, 'milliseconds').toBeLessThan(20_000);
      const message = words(each);
      expect(outcome).toEqual(each.error === undefined ? each.result
        : message === undefined ? { error: each.error } : { error: each.error, message });
    });
  }
});

it('lists that hold themselves twice are refused at once, where NumPy runs out of memory', () => {
  for (const make of [() => np.array(twice as never), () => np.array([true, twice] as never), () => torch.tensor(twice as never)]) {
    const start = performance.now();
    expect(make).toThrow(/maximum number of dimension of 64|inhomogeneous shape after 1 dimensions|too many dimensions 'list'/);
    expect(performance.now() - start, 'milliseconds').toBeLessThan(1000);
  }
});

describe('a layout', () => {
  const wrong: readonly unknown[] = [0.5, NaN, Infinity, -Infinity, 2 ** 53, 1e300, undefined, null, '1', [1], {}];

  it('is made of whole numbers only', () => {
    for (const value of wrong as readonly number[]) {
      for (const make of [
        () => stridedLayout([value], [1], 0), () => stridedLayout([1, value], [1, 1], 0), () => stridedLayout([2], [value], 0),
        () => stridedLayout([2], [1], value), () => contiguousLayout([value]), () => contiguousLayout([2, value, 3]),
      ]) expect(make, String(value)).toThrow(/cannot be interpreted as an integer|too large to convert/);
    }
    expect(() => contiguousLayout([-1])).toThrow('negative dimensions are not allowed');
    expect(() => contiguousLayout([0, -1])).toThrow('negative dimensions are not allowed');
    expect(() => contiguousLayout([2 ** 30, 2 ** 30])).toThrow('array is too big');
    expect(() => stridedLayout([3], [2 ** 52], 0)).toThrow('array is too big');
  });

  it('keeps lists of its own', () => {
    const [shape, strides] = [[2, 3], [3, 1]];
    const layout = stridedLayout(shape, strides, 0);
    shape[0] = 100;
    strides.length = 0;
    expect([layout.shape, layout.strides]).toEqual([[2, 3], [3, 1]]);
    const x = np.zeros([2, 3]);
    expect(() => { (x.shape as number[])[0] = 100; }).toThrow(TypeError);
    expect(x.shape).toEqual([2, 3]);
    const given = [2, 3];
    const y = np.zeros(given);
    given[0] = 100;
    expect(y.shape).toEqual([2, 3]);
  });

  it('is nothing that looks like one', () => {
    const layout = contiguousLayout([2]);
    // @ts-expect-error -- spreading loses what only the constructor gives
    const spread: Layout = { ...layout, offset: 0 };
    expect(spread).not.toBeInstanceOf(Layout);
    // @ts-expect-error -- the constructor is private
    expect(() => new Layout([1], [1], 0)).not.toThrow();
  });

  it('lies within the storage of an array, or there is no array', () => {
    const storage = allocate(64);
    const made = (layout: Layout, dtype: DType = float32): StridedArray => new StridedArray(storage, dtype, layout);
    for (const fits of [
      stridedLayout([16], [1], 0), stridedLayout([8], [2], 0), stridedLayout([8], [-2], 15), stridedLayout([4, 4], [1, 4], 0),
      stridedLayout([2 ** 40], [0], 15), stridedLayout([0], [1], 16), stridedLayout([0, 5], [99, 99], 7), stridedLayout([], [], 15),
    ]) expect(made(fits).geometry).toBe(fits);
    for (const outside of [
      stridedLayout([17], [1], 0), stridedLayout([16], [1], 1), stridedLayout([9], [2], 0), stridedLayout([8], [-2], 13),
      stridedLayout([4, 4], [1, 5], 0), stridedLayout([1], [1], -1), stridedLayout([], [], 16), stridedLayout([2 ** 40], [0], 16),
    ]) expect(() => made(outside)).toThrow(/^setStorage: .* are out of bounds for storage of size 64$/);
    expect(made(stridedLayout([64], [1], 0), int8).geometry.size).toBe(64);
    expect(() => made(stridedLayout([9], [1], 0), float64)).toThrow(
      'setStorage: sizes [9], strides [1], storage offset 0, and itemsize 8 requiring a storage size of 72 are out of bounds for storage '
      + 'of size 64');
  });
});
