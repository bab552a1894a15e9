import { describe, expect, test } from 'vitest';
import { defaultTorchPrintOptions, mergeTorchPrintOptions, tensorRepr } from '../../src/core/printing/index.ts';
import type { TensorReprOptions, TorchPrintOptionChanges, TorchProfile } from '../../src/core/printing/index.ts';
import { fixture, sourceOf } from './support.ts';
import type { StoredArray } from './support.ts';

interface TensorCase extends StoredArray {
  print?: TorchPrintOptionChanges;
  options?: TensorReprOptions;
  repr: string;
}

describe('tensors print as in PyTorch', () => {
  const { cases } = fixture<{ cases: TensorCase[] }>('torch-tensors');
  test('there are cases', () => expect(cases.length).toBeGreaterThan(700));
  cases.forEach((item, k) => {
    const shown = JSON.stringify({ ...item.print, ...item.options });
    test(`${k}: ${item.dtype} (${item.shape.join()}) ${shown}`, () => {
      const print = mergeTorchPrintOptions(defaultTorchPrintOptions, item.print ?? {});
      expect(tensorRepr(sourceOf(item), { ...item.options, print })).toBe(item.repr);
    });
  });
});

test('a summary reads only what it shows', () => {
  const grid = sourceOf({ dtype: 'float32', shape: [1000, 1000], affine: [0, 1] });
  tensorRepr(grid);
  expect(grid.reads).toBe(72);
});

describe('set_printoptions', () => {
  interface OptionCase {
    changes: TorchPrintOptionChanges;
    result: { threshold: number | 'inf' };
  }
  const start = mergeTorchPrintOptions(defaultTorchPrintOptions, { profile: 'default', precision: 6, sci_mode: true });
  for (const { changes, result } of fixture<{ cases: OptionCase[] }>('torch-options').cases) {
    test(JSON.stringify(changes), () => {
      const threshold = result.threshold === 'inf' ? Infinity : result.threshold;
      expect(mergeTorchPrintOptions(start, changes)).toEqual({ ...result, threshold });
      expect(start.precision).toBe(6);
    });
  }
  test('what is not known is refused', () => {
    const wrong = { digits: 3 } as TorchPrintOptionChanges;
    expect(() => mergeTorchPrintOptions(start, wrong)).toThrow("got an unexpected keyword argument 'digits'");
    expect(() => mergeTorchPrintOptions(start, { profile: 'long' as TorchProfile })).toThrow('profile must be one of');
    expect(() => mergeTorchPrintOptions(start, { precision: 1.5 })).toThrow(TypeError);
    expect(() => mergeTorchPrintOptions(start, { edgeitems: -1 })).toThrow('edgeitems must be >= 0');
  });
});
