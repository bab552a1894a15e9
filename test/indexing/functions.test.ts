import { describe, expect, it } from 'vitest';
import { bool, float64, int64 } from '../../src/core/dtype.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import type { Dialect, TakeMode } from '../../src/ops/indexing.ts';
import {
  gatherAlong, indexSelect, maskedFill, maskedSelect, nonzero, scatterAlong, take,
} from '../../src/ops/indexing.ts';
import { clone } from '../../src/ops/movement.ts';
import { fromValues, relaid } from '../backend/arrays.ts';
import type { ArrayPart, Failure } from './support.ts';
import { arrayOf, backward, counted, failureOf, gradientName, load, numbers, requiringGrad } from './support.ts';

interface Case {
  readonly name: string;
  readonly shape: readonly number[];
  readonly index: ArrayPart;
  readonly axis?: number;
  readonly mode?: string;
  readonly value?: number | readonly number[];
  readonly error?: Failure;
  readonly result?: {
    readonly shape: readonly number[];
    readonly values: readonly number[];
    readonly gradName?: string;
  };
  readonly gradient?: readonly number[];
  readonly valueGradient?: readonly number[];
}

function call(
  each: Case, dialect: Dialect, x: StridedArray, index: StridedArray, value: StridedArray | number,
): StridedArray {
  const axis = each.axis ?? 0;
  switch (each.name) {
    case 'take': return take(x, index, each.axis ?? null, dialect, each.mode as TakeMode | undefined);
    case 'take_along_axis': case 'gather': return gatherAlong(x, axis, index, dialect);
    case 'put_along_axis': return scatterAlong(x, axis, index, value, dialect, { inPlace: true });
    case 'scatter': return scatterAlong(x, axis, index, value, dialect);
    case 'scatter_add': return scatterAlong(x, axis, index, value, dialect, { accumulate: true });
    case 'index_select': return indexSelect(x, axis, index);
    case 'masked_select': return maskedSelect(x, index);
    case 'masked_fill': return maskedFill(x, index, value);
    case 'masked_fill_': return maskedFill(clone(x), index, value, true);
    default: throw new Error(`no function is called ${each.name}`);
  }
}

const title = ({ name, shape, index, ...rest }: Case): string =>
  `${name} of ${JSON.stringify(shape)} by ${JSON.stringify(index.array)} under ${JSON.stringify(index.shape)} `
  + `${rest.axis ?? ''} ${rest.mode ?? ''} ${JSON.stringify(rest.value) ?? ''}`;

for (const dialect of ['numpy', 'torch'] satisfies Dialect[]) {
  describe(`functions as ${dialect}`, () => {
    it.each(load<Case>(`${dialect}-functions`).map((each) => [title(each), each] as const))('%s', (_, each) => {
      const dtype = dialect === 'torch' ? float64 : undefined;
      for (const kind of ['contiguous', 'transposed', 'reversed'] as const) {
        const x = relaid(counted(each.shape, dtype), kind);
        const index = relaid(arrayOf(each.index), kind);
        const value = typeof each.value === 'object' ? relaid(counted(each.value, dtype, 100), kind) : each.value ?? 0;
        if (each.error) {
          expect(failureOf(() => call(each, dialect, x, index, value))).toEqual(each.error);
          continue;
        }
        if (dialect === 'torch') {
          requiringGrad(x);
          if (typeof value === 'object') requiringGrad(value);
        }
        const result = call(each, dialect, x, index, value);
        expect(result.geometry.shape).toEqual(each.result!.shape);
        expect(numbers(result)).toEqual(each.result!.values);
        if (each.result!.gradName) expect(gradientName(result)).toBe(each.result!.gradName);
        if (each.gradient) {
          const [gradient, valueGradient] = backward(result, typeof value === 'object' ? [x, value] : [x]);
          expect(numbers(gradient!)).toEqual(each.gradient);
          if (each.valueGradient) expect(numbers(valueGradient!)).toEqual(each.valueGradient);
        }
      }
    });
  });
}

describe('scatter', () => {
  it('gives a larger source a gradient of zeros beyond the index', () => {
    const x = requiringGrad(counted([2, 3], float64));
    const source = requiringGrad(counted([3, 3], float64));
    const y = scatterAlong(x, 1, fromValues([2n, 0n], [1, 2], int64), source, 'torch');
    const [gradient, sourceGradient] = backward(y, [x, source]);
    expect(numbers(gradient!)).toEqual([0, 2, 0, 4, 5, 6]);
    expect(numbers(sourceGradient!)).toEqual([3, 1, 0, 0, 0, 0, 0, 0, 0]);
  });
});

describe('nonzero', () => {
  it('lists coordinates in row-major order, of any layout', () => {
    const x = fromValues([0, 1, 0, 1, 0, 1], [2, 3], bool);
    for (const kind of ['contiguous', 'transposed', 'reversed'] as const) {
      const found = nonzero(relaid(x, kind));
      expect(found.geometry.shape).toEqual([3, 2]);
      expect(found.dtypeCore.name).toBe('int64');
      expect(numbers(found)).toEqual([0, 1, 1, 0, 1, 2]);
    }
    expect(numbers(nonzero(fromValues([0, 3, 0, -1], [4], float64)))).toEqual([1, 3]);
  });

  it('has a row and no columns for a true element without axes', () => {
    expect(nonzero(fromValues([5], [], float64)).geometry.shape).toEqual([1, 0]);
    expect(nonzero(fromValues([0], [], float64)).geometry.shape).toEqual([0, 0]);
    expect(nonzero(fromValues([], [0, 4], float64)).geometry.shape).toEqual([0, 2]);
  });
});
