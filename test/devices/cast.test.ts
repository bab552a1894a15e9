import { it } from 'vitest';
import { Complex } from '../../src/core/complex.ts';
import type { DType, TypedArray } from '../../src/core/dtype.ts';
import { int64 } from '../../src/core/dtype.ts';
import { readElement } from '../../src/core/scalar.ts';
import { cast } from '../../src/ops/cast.ts';
import { dtypeOf } from '../backend/arrays.ts';
import { covers } from '../covering.ts';
import { download, expectNone, held, onDevice, placed, typedOf } from './arrays.ts';
import { fixture, jsonFixture, onGpu } from './place.ts';

/** Conversions between any two dtypes that a GPU holds, against NumPy's. */

interface Source { readonly dtype: string; readonly length: number; readonly offset: number }
interface Pair { readonly from: string; readonly to: string; readonly offset: number; readonly unsettled: readonly number[] }
const { sources, pairs } = await jsonFixture<{ sources: Source[]; pairs: Pair[] }>('cast/cast.json');
const blob = await fixture('cast/cast.bin');

/** Real numbers have an imaginary part of 0, as they have where they become complex. */
type Parts = readonly [re: number, im: number];

function numbers(data: TypedArray, dtype: DType): Parts[] {
  return Array.from({ length: data.length / dtype.components }, (_, i) => {
    const value = readElement(data, i * dtype.components, dtype);
    return value instanceof Complex ? [value.re, value.im] : [Number(value), 0];
  });
}

// oxlint-disable-next-line flambeau/tolerances -- the least normal float32
const isSubnormal = (value: number): boolean => value !== 0 && Math.abs(value) < 2 ** -126;
const fits = (value: number): boolean => value >= -(2 ** 31) && value < 2 ** 31;

/** Elements whose conversion NumPy settles and the GPU's 32 bits hold. */
function chosen({ unsettled }: Pair, given: readonly Parts[], expected: readonly Parts[], source: DType, target: DType): number[] {
  const skip = new Set(unsettled);
  const fitting = (i: number): boolean => (source !== int64 || fits(given[i][0])) && (target !== int64 || fits(expected[i][0]));
  return given.map((_, i) => i).filter((i) => !skip.has(i) && fitting(i));
}

/** Zeros of both signs differ, NaNs do not, subnormal numbers may be taken for zero, and stand for themselves in bool. */
function agree(got: number, expected: number, given: number): boolean {
  return Object.is(got, expected) || (Number.isNaN(got) && Number.isNaN(expected))
    || (isSubnormal(expected) && got === 0) || (isSubnormal(given) && got === 0);
}

onGpu.each(sources.filter(({ dtype }) => held(dtypeOf(dtype))))('from $dtype', ({ dtype: from, length, offset }) => {
  const source = dtypeOf(from);
  const bytes = blob.slice(offset, offset + length * source.itemsize);
  const given = numbers(typedOf(bytes, source), source);
  it.for(pairs.filter((pair) => pair.from === from && held(dtypeOf(pair.to))))('to $to', async (pair) => {
    covers(`cast to ${pair.to}`, [from]);
    const target = dtypeOf(pair.to);
    const expected = numbers(typedOf(blob.slice(pair.offset, pair.offset + length * target.itemsize), target), target);
    const places = chosen(pair, given, expected, source, target);
    const picked = new Uint8Array(places.length * source.itemsize);
    places.forEach((at, i) => picked.set(bytes.subarray(at * source.itemsize, (at + 1) * source.itemsize), i * source.itemsize));
    const shape = [places.length];
    const spaced = placed(picked, source, { name: 'spaced', shape, order: [0], step: 3, offset: 1, reversed: [0] }).array;
    const results = [cast(onDevice(picked, shape, source), target), cast(spaced, target)];
    expectNone((await Promise.all(results.map(download))).flatMap((data) => numbers(data, target).flatMap((got, i) => {
      const [wanted, original] = [expected[places[i]], given[places[i]]];
      const same = got.every((part, k) => agree(part, wanted[k], original[k]));
      return same ? [] : [`${from} ${original.join(' ')} → ${pair.to} ${got.join(' ')}, expected ${wanted.join(' ')}`];
    })));
  });
});
