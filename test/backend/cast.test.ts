import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { dtypes, float16, bfloat16 } from '../../src/core/dtype.ts';
import type { DType } from '../../src/core/dtype.ts';
import { readElement } from '../../src/core/scalar.ts';
import { Complex } from '../../src/core/complex.ts';
import { sizeOf } from '../../src/core/layout.ts';
import { storageBytes, storageOf } from '../../src/backend/cpu/storage.ts';
import { cast, fill } from '../../src/backend/wasm/move.ts';
import { covers } from '../covering.ts';
import { Chance, dtypeOf, empty, fromBytes, laidOut, relaid, valuesOf } from './arrays.ts';

interface Source { dtype: string; length: number; offset: number }
interface Pair { from: string; to: string; offset: number; unsettled: number[] }
const folder = new URL('../fixtures/cast/', import.meta.url);
const manifest = readFileSync(new URL('cast.json', folder), 'utf8');
const { sources, pairs } = JSON.parse(manifest) as { sources: Source[]; pairs: Pair[] };
const blob = new Uint8Array(readFileSync(new URL('cast.bin', folder)));

/** Elements as text: zeros with their sign, every NaN alike, for its bits are nobody's promise. */
function texts(data: ArrayLike<number> | ArrayLike<bigint>, dtype: DType): string[] {
  const text = (value: unknown): string => (Object.is(value, -0) ? '-0' : String(value));
  return Array.from({ length: data.length / dtype.components }, (_, i) => {
    const value = readElement(data as never, i * dtype.components, dtype);
    return value instanceof Complex ? `${text(value.re)} ${text(value.im)}` : text(value);
  });
}

const sourceOf = (name: string): Source => sources.find((each) => each.dtype === name)!;

describe('cast', () => {
  it('has a fixture for every pair of dtypes', () => {
    expect(pairs.length).toBe(dtypes.length * (dtypes.length - 1));
  });

  it.each(pairs)('$from → $to', ({ from, to, offset, unsettled }) => {
    covers(`cast to ${to}`, [from]);
    const source = dtypeOf(from);
    const target = dtypeOf(to);
    const { length, offset: start } = sourceOf(from);
    const input = fromBytes(blob.slice(start, start + length * source.itemsize), [length], source);
    const expected = texts(new target.array(blob.slice(offset, offset + length * target.itemsize).buffer), target);
    const skip = new Set(unsettled);
    const given = texts(valuesOf(input), source);
    const report = (result: readonly string[]): string[] =>
      result.map((value, i) => (skip.has(i % length) ? '' : `${given[i % length]} → ${value}`));
    const wanted = report(expected);
    const out = empty([length], target);
    cast(input, out);
    expect(report(texts(valuesOf(out), target))).toEqual(wanted);
    // Vectors and single elements must agree whatever the position and the stride.
    const whole = texts(valuesOf(out), target);
    for (const [x, y] of [
      ['stepped', 'contiguous'], ['contiguous', 'stepped'], ['reversed', 'offset'], ['offset', 'reversed'],
    ] as const) {
      const spread = laidOut([length], target, y);
      cast(relaid(input, x), spread);
      expect(texts(valuesOf(spread), target)).toEqual(whole);
    }
    for (let first = 1; first < 17 && first < length; first++) {
      const part = fromBytes(blob.slice(start + first * source.itemsize, start + length * source.itemsize),
        [length - first], source);
      const rest = empty([length - first], target);
      cast(part, rest);
      expect(texts(valuesOf(rest), target)).toEqual(whole.slice(first));
    }
  });

  it.each(dtypes.map((dtype) => [dtype.name, dtype] as const))('copies %s between any two layouts', (_, dtype) => {
    const chance = new Chance(3);
    for (const shape of [[], [5], [4, 4], [37, 45], [3, 33, 6], [5, 2, 3, 34]]) {
      const bytes = Uint8Array.from({ length: sizeOf(shape) * dtype.itemsize }, () => chance.below(256));
      const expected = valuesOf(fromBytes(bytes, shape, dtype));
      for (const from of ['contiguous', 'transposed', 'reversed', 'stepped'] as const) {
        const input = relaid(fromBytes(bytes, shape, dtype), from);
        for (const to of ['contiguous', 'transposed', 'reversed', 'offset'] as const) {
          const out = laidOut(shape, dtype, to);
          cast(input, out);
          expect(valuesOf(out)).toEqual(expected);
        }
      }
    }
  });

  it('repeats what is broadcast, also across', () => {
    const column = fromBytes(new Uint8Array(new Float32Array(40).map((_, i) => i).buffer), [40, 1], dtypeOf('float32'));
    const out = laidOut([3, 40, 36], dtypeOf('float32'), 'transposed');
    cast(column, out);
    expect(Array.from(valuesOf(out), Number))
      .toEqual(Array.from({ length: 3 * 40 * 36 }, (_, i) => Math.floor(i / 36) % 40));
  });

  it.each(dtypes.map((dtype) => [dtype.name, dtype] as const))('fills %s and nothing beside it', (_, dtype) => {
    const wide = dtype.array === BigInt64Array || dtype.array === BigUint64Array;
    for (const kind of ['contiguous', 'offset', 'transposed', 'reversed', 'stepped'] as const) {
      const out = laidOut([3, 5], dtype, kind);
      const bytes = storageBytes(storageOf(out));
      bytes.fill(0x5a);
      fill(out, 1);
      const one = dtype === float16 ? 0x3c00 : dtype === bfloat16 ? 0x3f80 : wide ? 1n : 1;
      const zero = wide ? 0n : 0;
      expect(Array.from(valuesOf(out) as ArrayLike<number>))
        .toEqual(Array.from({ length: 15 * dtype.components }, (__, i) => (i % dtype.components === 0 ? one : zero)));
      const untouched = bytes.length - 15 * dtype.itemsize;
      expect(bytes.filter((byte) => byte === 0x5a).length).toBe(untouched);
    }
    if (dtype.components === 2) {
      const out = laidOut([2], dtype, 'stepped');
      fill(out, new Complex(2, -3));
      expect(Array.from(valuesOf(out), Number)).toEqual([2, -3, 2, -3]);
    }
  });

  it('converts every half float and back', () => {
    for (const half of [float16, bfloat16]) {
      const bits = Uint16Array.from({ length: 65536 }, (_, i) => i);
      const input = fromBytes(new Uint8Array(bits.buffer), [65536], half);
      for (const wide of ['float32', 'float64', 'complex64'].map(dtypeOf)) {
        const middle = empty([65536], wide);
        cast(input, middle);
        const numbers = texts(valuesOf(middle), wide).map((text) => text.split(' ')[0]);
        expect(numbers).toEqual(texts(bits, half));
        const back = empty([65536], half);
        cast(middle, back);
        expect(texts(valuesOf(back), half)).toEqual(texts(bits, half));
      }
    }
  });
});
