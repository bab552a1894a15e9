import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dtypes, float64, int64 } from '../../src/core/dtype.ts';
import { stridedLayout } from '../../src/core/layout.ts';
import { StridedArray } from '../../src/core/strided.ts';
import { sort } from '../../src/backend/wasm/sort.ts';
import { dtypeOf, empty, fromBytes, fromValues, laidOut, relaid, valuesOf } from './arrays.ts';

interface SortCase { dtype: string; length: number; input: number; ascending?: number; descending?: number }
const folder = new URL('../fixtures/sort/', import.meta.url);
const { cases } = JSON.parse(readFileSync(new URL('sort.json', folder), 'utf8')) as { cases: SortCase[] };
const blob = new Uint8Array(readFileSync(new URL('sort.bin', folder)));

const bytesOf = (view: ArrayLike<unknown>): number[] => {
  const { buffer, byteOffset, byteLength } = view as Uint8Array;
  return [...new Uint8Array(buffer, byteOffset, byteLength)];
};

/** The row's elements in that order, as bytes, so that the sign of a zero and the bits of a NaN count. */
function permuted(row: Uint8Array, order: ArrayLike<number>, itemsize: number): number[] {
  return Array.from(order).flatMap((index) => [...row.subarray(index * itemsize, (index + 1) * itemsize)]);
}

function orderAt(offset: number, length: number): number[] {
  return [...new Uint16Array(blob.slice(offset, offset + length * 2).buffer)];
}

describe('sort', () => {
  it('has a fixture for every dtype', () => {
    expect(new Set(cases.map((each) => each.dtype))).toEqual(new Set(dtypes.map((dtype) => dtype.name)));
  });

  for (const direction of ['ascending', 'descending'] as const) {
    it.each(cases.filter((each) => each[direction] !== undefined))(`${direction}: $dtype × $length`, (each) => {
      const dtype = dtypeOf(each.dtype);
      const row = blob.slice(each.input, each.input + each.length * dtype.itemsize);
      const order = orderAt(each[direction]!, each.length);
      const input = fromBytes(row, [each.length], dtype);
      const expected = permuted(row, order, dtype.itemsize);
      const out = empty([each.length], dtype);
      const indices = empty([each.length], int64);
      sort(input, out, indices, direction === 'descending');
      expect(Array.from(valuesOf(indices), Number)).toEqual(order);
      expect(bytesOf(valuesOf(out))).toEqual(expected);
      // Each result alone, through strides, and in place.
      const spread = laidOut([each.length], dtype, 'stepped');
      sort(relaid(input, 'reversed'), spread, null, direction === 'descending');
      expect(bytesOf(valuesOf(spread))).toEqual(expected);
      const backwards = laidOut([each.length], int64, 'reversed');
      sort(relaid(input, 'stepped'), null, backwards, direction === 'descending');
      expect(Array.from(valuesOf(backwards), Number)).toEqual(order);
      sort(input, input, null, direction === 'descending');
      expect(bytesOf(valuesOf(input))).toEqual(expected);
    });
  }

  it('sorts the last axis of any layout', () => {
    const input = fromValues(Array.from({ length: 24 }, (_, i) => (i * 7) % 24), [2, 3, 4], float64);
    const swapped = new StridedArray(input.storage, float64, stridedLayout([4, 2, 3], [1, 12, 4], 0));
    const out = laidOut([4, 2, 3], float64, 'transposed');
    const indices = laidOut([4, 2, 3], int64, 'offset');
    sort(swapped, out, indices, false);
    const before = Array.from(valuesOf(swapped), Number);
    const rows = Array.from({ length: 8 }, (_, row) => before.slice(row * 3, row * 3 + 3));
    expect(Array.from(valuesOf(out), Number)).toEqual(rows.flatMap((row) => [...row].sort((a, b) => a - b)));
    expect(Array.from(valuesOf(indices), Number))
      .toEqual(rows.flatMap((row) => [0, 1, 2].sort((a, b) => row[a] - row[b])));
  });

  it('takes arrays without elements and without axes', () => {
    sort(empty([3, 0], float64), empty([3, 0], float64), empty([3, 0], int64), false);
    const out = empty([], float64);
    const indices = empty([], int64);
    sort(fromValues([2.5], [], float64), out, indices, true);
    expect([valuesOf(out)[0], valuesOf(indices)[0]]).toEqual([2.5, 0n]);
  });
});
