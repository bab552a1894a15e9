import { describe, expect, test } from 'vitest';
import {
  array2string,
  arrayRepr,
  arrayStr,
  defaultPrintOptions,
  mergePrintOptions,
  scalarRepr,
  scalarStr,
} from '../../src/core/printing/index.ts';
import type { Array2StringLayout, PrintOptionChanges } from '../../src/core/printing/index.ts';
import { fixture, sourceOf } from './support.ts';
import type { StoredArray } from './support.ts';

interface ArrayCase extends StoredArray {
  options?: PrintOptionChanges;
  layout?: Array2StringLayout;
  text?: string;
  str?: string;
  repr?: string;
}

function label(item: ArrayCase, k: number): string {
  return `${k}: ${item.dtype} (${item.shape.join()}) ${JSON.stringify(item.options ?? item.layout ?? {})}`;
}

describe('arrays print as in NumPy', () => {
  const { cases } = fixture<{ cases: ArrayCase[] }>('numpy-arrays');
  test('there are cases', () => expect(cases.length).toBeGreaterThan(700));
  cases.forEach((item, k) => {
    test(label(item, k), () => {
      const source = sourceOf(item);
      const options = mergePrintOptions(defaultPrintOptions, item.options ?? {});
      if (item.layout) {
        expect(array2string(source, options, item.layout)).toBe(item.text);
      } else {
        expect(arrayStr(source, options)).toBe(item.str);
        expect(arrayRepr(source, options)).toBe(item.repr);
      }
    });
  });
});

describe('scalars print as in NumPy', () => {
  const { cases } = fixture<{ cases: [string, string, string, string][] }>('numpy-scalars');
  for (const [dtype, data, str, repr] of cases) {
    test(`${dtype} ${str}`, () => {
      const source = sourceOf({ dtype, shape: [], data });
      expect(scalarStr(source)).toBe(str);
      expect(scalarRepr(source)).toBe(repr);
    });
  }
  test('an array is not a scalar', () => {
    expect(() => scalarStr(sourceOf({ dtype: 'int64', shape: [2], affine: [0, 1] }))).toThrow(TypeError);
  });
});

test('a summary reads only what it shows', () => {
  const line = sourceOf({ dtype: 'float64', shape: [1_000_000], affine: [0, 1] });
  arrayRepr(line);
  expect(line.reads).toBe(12);
  const grid = sourceOf({ dtype: 'float64', shape: [1000, 1000], affine: [0, 1] });
  arrayStr(grid);
  expect(grid.reads).toBe(72);
});

test('bfloat16, which NumPy lacks, prints by the same rules with its own precision', () => {
  const source = sourceOf({ dtype: 'bfloat16', shape: [3], affine: [0.25, 0.1] });
  expect(arrayRepr(source)).toBe('array([0.25, 0.35, 0.45], dtype=bfloat16)');
  expect(scalarRepr(sourceOf({ dtype: 'bfloat16', shape: [], affine: [3.140625, 0] }))).toBe('np.bfloat16(3.14)');
});

describe('set_printoptions', () => {
  interface OptionCase {
    changes: Record<string, unknown>;
    result?: object;
    error?: 'ValueError' | 'TypeError';
    message?: string;
  }
  for (const { changes, result, error, message } of fixture<{ cases: OptionCase[] }>('numpy-options').cases) {
    test(JSON.stringify(changes), () => {
      const before = { ...defaultPrintOptions };
      const merge = () => mergePrintOptions(defaultPrintOptions, changes as PrintOptionChanges);
      if (error) expect(merge).toThrow(expect.objectContaining({ name: error, message }));
      else expect(merge()).toEqual(result);
      expect(defaultPrintOptions).toEqual(before);
    });
  }
  test('values that JSON cannot hold', () => {
    expect(() => mergePrintOptions(defaultPrintOptions, { threshold: NaN })).toThrow(
      'threshold must be non-NAN, try sys.maxsize for untruncated representation',
    );
    expect(mergePrintOptions(defaultPrintOptions, { threshold: Infinity }).threshold).toBe(Infinity);
  });
  test('a negative precision is refused when a float is printed', () => {
    const options = mergePrintOptions(defaultPrintOptions, { precision: -1 });
    const source = sourceOf({ dtype: 'float64', shape: [2], affine: [0.5, 1] });
    expect(() => arrayStr(source, options)).toThrow('precision must be >= 0');
  });
});
