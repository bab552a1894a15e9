import { describe, expect, it } from 'vitest';
import {
  bfloat16, bool, dtypes, float16, float32, float64, int64, int8, isComplex, uint8,
} from '../../src/core/dtype.ts';
import type { DType } from '../../src/core/dtype.ts';
import { broadcastLayout, contiguousLayout, sizeOf, stridedLayout } from '../../src/core/layout.ts';
import { bfloatBitsToNumber, halfBitsToNumber, numberToBfloatBits, numberToHalfBits } from '../../src/core/scalar.ts';
import { StridedArray } from '../../src/core/strided.ts';
import { allocate, hostAccess, storageOf } from '../../src/backend/cpu/storage.ts';
import { gather, nonzero, scatter } from '../../src/backend/wasm/gather.ts';
import { cast } from '../../src/backend/wasm/move.ts';
import type { LayoutKind } from './arrays.ts';
import { Chance, empty, fromValues, laidOut, layoutKinds, relaid, valuesOf } from './arrays.ts';

/** 1, 2, 3, ... in any dtype (bool: alternating), through a cast from int64. */
function counted(shape: readonly number[], dtype: DType): StridedArray {
  const out = empty(shape, dtype);
  const count = Array.from({ length: sizeOf(shape) }, (_, i) => BigInt(dtype === bool ? i % 2 : (i % 120) + 1));
  cast(fromValues(count, shape, int64), out);
  return out;
}

const writable = layoutKinds.filter((kind) => kind !== 'broadcast');
const indices = (values: readonly number[], shape: readonly number[]): StridedArray =>
  fromValues(values.map(BigInt), shape, int64);

/** Elements of one row as numbers, components side by side. */
function rowsOf(array: StridedArray, rows: number): number[][] {
  const flat = Array.from(valuesOf(array), Number);
  const width = flat.length / rows;
  return Array.from({ length: rows }, (_, i) => flat.slice(i * width, (i + 1) * width));
}

describe('gather', () => {
  const chance = new Chance(5);
  const rowShapes: readonly (readonly number[])[] = [[], [1], [3], [17], [700], [2, 3], [3, 1, 5]];
  for (const dtype of dtypes) {
    it(`picks rows of ${dtype.name} through any layout`, () => {
      for (const row of rowShapes) {
        for (const positionShape of [[], [4], [2, 3]] as const) {
          const n = 5;
          const at = Array.from({ length: sizeOf(positionShape) }, () => chance.below(n));
          const table = counted([n, ...row], dtype);
          const rows = rowsOf(table, n);
          const expected = at.flatMap((position) => rows[position]);
          for (const [from, to, by] of [
            ['contiguous', 'contiguous', 'contiguous'], ['transposed', 'contiguous', 'reversed'],
            ['stepped', 'transposed', 'stepped'],
            ['reversed', 'stepped', 'contiguous'], ['offset', 'reversed', 'transposed'],
          ] as [LayoutKind, LayoutKind, LayoutKind][]) {
            const out = laidOut([...positionShape, ...row], dtype, to);
            gather(relaid(table, from), relaid(indices(at, positionShape), by), out);
            expect(Array.from(valuesOf(out), Number)).toEqual(expected);
          }
        }
      }
    });
  }

  it('reads a broadcast table and writes nothing where nothing is asked for', () => {
    const repeated = relaid(counted([4, 3], float64), 'broadcast');
    const out = empty([2, 3], float64);
    gather(repeated, indices([3, 1], [2]), out);
    expect(Array.from(valuesOf(out), Number)).toEqual([1, 2, 3, 1, 2, 3]);
    gather(counted([0, 3], float64), indices([], [0]), empty([0, 3], float64));
    gather(counted([4, 0], float64), indices([1], [1]), empty([1, 0], float64));
  });
});

describe('scatter', () => {
  const chance = new Chance(6);
  for (const dtype of dtypes) {
    it(`puts and adds rows of ${dtype.name} through any layout`, () => {
      for (const row of [[], [3], [21], [2, 5]] as const) {
        for (const positionShape of [[], [6], [2, 3]] as const) {
          const n = 4;
          const at = Array.from({ length: sizeOf(positionShape) }, () => chance.below(n));
          const values = counted([...positionShape, ...row], dtype);
          const valueRows = rowsOf(values, at.length);
          for (const accumulate of [false, true]) {
            const start = counted([n, ...row], dtype);
            const rows = rowsOf(start, n);
            at.forEach((position, i) => {
              rows[position] = accumulate
                ? addRows(rows[position], valueRows[i], dtype) : valueRows[i];
            });
            for (const kind of writable) {
              const target = relaid(start, kind);
              scatter(target, relaid(indices(at, positionShape), kind), relaid(values, kind), accumulate);
              expect(Array.from(valuesOf(target), Number)).toEqual(rows.flat());
            }
          }
        }
      }
    });
  }

  function addRows(a: readonly number[], b: readonly number[], dtype: DType): number[] {
    return a.map((value, i) => {
      if (dtype === bool) return value | b[i];
      if (dtype === int8) return (value + b[i]) << 24 >> 24;
      if (dtype === uint8) return (value + b[i]) & 255;
      if (dtype === float16) return numberToHalfBits(halfBitsToNumber(value) + halfBitsToNumber(b[i]));
      if (dtype === bfloat16) return numberToBfloatBits(bfloatBitsToNumber(value) + bfloatBitsToNumber(b[i]));
      return value + b[i];
    });
  }

  it('repeats values that are broadcast', () => {
    const target = counted([4, 3], float32);
    const one = fromValues([9], [1], float32);
    const values = new StridedArray(one.storage, float32, broadcastLayout(one.geometry, [2, 3]));
    scatter(target, indices([0, 3], [2]), values, false);
    expect(Array.from(valuesOf(target), Number)).toEqual([9, 9, 9, 4, 5, 6, 7, 8, 9, 9, 9, 9]);
    scatter(target, indices([1, 1], [2]), values, true);
    expect(Array.from(valuesOf(target), Number)).toEqual([9, 9, 9, 22, 23, 24, 7, 8, 9, 9, 9, 9]);
  });

  it('reads values out of the target before it changes', () => {
    const target = counted([5], float64);
    const shifted = new StridedArray(target.storage, float64, stridedLayout([4], [1], 0));
    scatter(target, indices([1, 2, 3, 4], [4]), shifted, false);
    expect(Array.from(valuesOf(target), Number)).toEqual([1, 1, 2, 3, 4]);
    const positions = indices([1, 0, 0], [3]);
    scatter(positions, positions, indices([5, 6, 7], [3]), false);
    expect(Array.from(valuesOf(positions), Number)).toEqual([7, 5, 0]);
  });

  it('adds in the order of the positions', () => {
    // In float32 1e8 + 1 − 1e8 is 0 and 1e8 − 1e8 + 1 is 1.
    const target = fromValues([0, 0], [2], float32);
    scatter(target, indices([0, 0, 0, 1, 1, 1], [6]), fromValues([1e8, 1, -1e8, 1e8, -1e8, 1], [6], float32), true);
    expect(Array.from(valuesOf(target), Number)).toEqual([0, 1]);
  });
});

describe('nonzero', () => {
  it.each(dtypes.map((dtype) => [dtype.name, dtype] as const))('finds what is not zero in %s', (_, dtype) => {
    const chance = new Chance(11);
    for (const shape of [[0], [], [1], [15], [16], [33], [7, 9], [3, 4, 5]]) {
      const data = Array.from({ length: sizeOf(shape) * dtype.components }, () => (chance.below(3) === 0 ? 1 : 0));
      const values = dtype.array === BigInt64Array || dtype.array === BigUint64Array ? data.map(BigInt) : data;
      const array = fromValues(values, shape, dtype);
      for (const kind of writable) {
        const input = relaid(array, kind);
        const expected: number[] = [];
        for (let i = 0; i < sizeOf(shape); i++) {
          const parts = data.slice(i * dtype.components, (i + 1) * dtype.components);
          if (parts.some((part) => part !== 0)) expected.push(i);
        }
        const { storage, count } = nonzero(input);
        expect(count).toBe(expected.length);
        const found = new StridedArray(storage, int64, contiguousLayout([count]));
        expect(Array.from(valuesOf(found), Number)).toEqual(expected);
      }
    }
  });

  it('takes NaN for true and both zeros for false', () => {
    for (const dtype of dtypes.filter((each) => each.kind === 'float' || isComplex(each))) {
      const input = empty([4], dtype);
      cast(fromValues([NaN, -0, 0, 2], [4], float64), input);
      const { storage, count } = nonzero(input);
      expect(count).toBe(2);
      const { data, base } = hostAccess(storageOf(new StridedArray(storage, int64, contiguousLayout([2]))), int64);
      expect([data[base], data[base + 1]]).toEqual([0n, 3n]);
    }
  });

  it('gives a fresh storage for an array without elements', () => {
    const { storage, count } = nonzero(new StridedArray(allocate(0), float64, contiguousLayout([0, 3])));
    expect([storage.byteLength, count]).toEqual([0, 0]);
  });
});
