import { expect, it } from 'vitest';
import type { DType } from '../../src/core/dtype.ts';
import { complex128, complex64, componentType, float32, float64, isComplex } from '../../src/core/dtype.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import { complexTransform, fromSpectrum, spectrum } from '../../src/ops/fft/composites.ts';
import { fftC2C, fftC2R, fftR2C } from '../../src/ops/fft/transforms.ts';
import { sliceAxis, swapAxes } from '../../src/ops/movement.ts';
import { fromValues, valuesOf } from '../backend/arrays.ts';
import { transformRoom } from '../tolerances.ts';

/** Kernels of Fourier transforms against what they are composed of elsewhere, at lengths of every kind, and in every place. */

const lengths = [
  ...Array.from({ length: 70 }, (_, i) => i + 1), 97, 100, 121, 127, 128, 131, 134, 169, 202, 243, 256, 262, 509, 1000, 1009, 1024, 2018,
  3125, 4096,
];
const types: readonly DType[] = [complex64, complex128];

function waves(shape: readonly number[], dtype: DType): StridedArray {
  const size = shape.reduce((product, extent) => product * extent, dtype.components);
  return fromValues(Array.from({ length: size }, (_, i) => ((i * 37) % 401 - 200) / 256), shape, dtype);
}

/** How far two results are apart, in units of the room around them: the larger the sums, the larger their errors. */
function distance(got: StridedArray, wanted: StridedArray): number {
  expect([got.geometry.shape, got.dtypeCore]).toEqual([wanted.geometry.shape, wanted.dtypeCore]);
  const [a, b] = [got, wanted].map((each) => valuesOf(each) as ArrayLike<number>);
  let [apart, largest] = [0, 0];
  for (let i = 0; i < a.length; i++) {
    apart = Math.max(apart, Number.isNaN(a[i]) ? Infinity : Math.abs(a[i] - b[i]));
    largest = Math.max(largest, Math.abs(b[i]));
  }
  return largest === 0 ? apart : apart / (largest * transformRoom(got.dtypeCore.name, a.length));
}

/** Products add up in order, so that their errors grow faster than those of a transform. */
const most = 4;

it.each(lengths)('%d numbers', (n) => {
  for (const dtype of types) {
    for (const forward of [true, false]) {
      const x = waves([3, n], dtype);
      expect(distance(fftC2C(x, [1], forward, 0.5), complexTransform(x, [1], forward, 0.5))).toBeLessThan(most);
      for (const onesided of [true, false]) {
        const real = waves([3, n], componentType(dtype));
        const got = fftR2C(real, 1, forward, onesided, 0.5);
        expect(distance(got, spectrum(real, 1, forward, onesided, 0.5))).toBeLessThan(most);
      }
      const half = waves([2, Math.floor(n / 2) + 1], dtype);
      expect(distance(fftC2R(half, 1, n, forward, 0.5), fromSpectrum(half, 1, n, forward, 0.5))).toBeLessThan(most);
    }
  }
});

/** Lines that lie one after the other, side by side (so many, and more than are taken at once), and with gaps. */
const places: readonly (readonly [name: string, shape: readonly number[], axis: number, view: (x: StridedArray) => StridedArray])[] = [
  ['rows', [5, 24], 1, (x) => x],
  ['one column', [24, 1], 0, (x) => x],
  ['three columns', [24, 3], 0, (x) => x],
  ['columns', [24, 77], 0, (x) => x],
  ['columns of large primes', [67, 35], 0, (x) => x],
  ['blocks of columns', [3, 15, 5], 1, (x) => x],
  ['many short rows', [300, 2], 1, (x) => x],
  ['a transposed matrix', [30, 20], 0, (x) => swapAxes(x, 0, 1)],
  ['every other column', [16, 12], 0, (x) => sliceAxis(x, 1, 1, 6, 2)],
  ['rows read backwards', [4, 9], 1, (x) => sliceAxis(x, 1, 8, 9, -1)],
  ['columns read backwards', [9, 4], 0, (x) => sliceAxis(x, 1, 3, 4, -1)],
  ['rows of a larger array', [4, 12], 1, (x) => sliceAxis(sliceAxis(x, 1, 2, 8), 0, 1, 2)],
];

it.each(places)('%s', (_, shape, axis, view) => {
  for (const dtype of [float32, float64, ...types]) {
    const x = view(waves(shape, dtype));
    const n = x.geometry.shape[axis];
    if (isComplex(dtype)) {
      expect(distance(fftC2C(x, [axis], true), complexTransform(x, [axis], true, 1))).toBeLessThan(most);
      expect(distance(fftC2C(x, [0, 1], false), complexTransform(x, [0, 1], false, 1))).toBeLessThan(most);
      for (const length of [2 * n - 2, 2 * n - 1]) {
        expect(distance(fftC2R(x, axis, length, false), fromSpectrum(x, axis, length, false, 1))).toBeLessThan(most);
      }
    } else {
      for (const onesided of [true, false]) {
        expect(distance(fftR2C(x, axis, true, onesided), spectrum(x, axis, true, onesided, 1))).toBeLessThan(most);
      }
    }
  }
});

it('gives back what it was given, at lengths of millions', () => {
  for (const n of [2 ** 20, 10 ** 6, 3 ** 12, 1_000_003]) {
    const x = waves([n], complex128);
    expect(distance(fftC2C(fftC2C(x, [0], true), [0], false, 1 / n), x)).toBeLessThan(most);
    const real = waves([n], float64);
    expect(distance(fftC2R(fftR2C(real, 0, true, true), 0, n, false, 1 / n), real)).toBeLessThan(most);
  }
});
