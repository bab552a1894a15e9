import { expect, it } from 'vitest';
import { backendOf } from '../../src/backend/select.ts';
import { cpu } from '../../src/core/device.ts';
import type { Device } from '../../src/core/device.ts';
import type { DType } from '../../src/core/dtype.ts';
import { complex128, complex64, float32, float64, isComplex } from '../../src/core/dtype.ts';
import { StridedArray } from '../../src/core/strided.ts';
import { fromTyped } from '../../src/ops/creation.ts';
import { fftC2C, fftC2R, fftR2C } from '../../src/ops/fft/transforms.ts';
import { sliceAxis, swapAxes } from '../../src/ops/movement.ts';
import { valuesOf } from '../backend/arrays.ts';
import type { Differentiable, Input } from '../ops/numericGradient.ts';
import { gpuTransformRoom } from '../tolerances.ts';
import { expectNone } from './arrays.ts';
import { deviceFailures } from './gradients.ts';
import { withOwn } from './ownDevice.ts';
import { onGpu, place } from './place.ts';

/** Fourier transforms on the GPU against the CPU's in double precision, at lengths of every kind, in every place, and their gradients. */

/** Numbers that float32 holds, between −1 and 1. */
function waves(shape: readonly number[], components: number): number[] {
  const size = shape.reduce((product, extent) => product * extent, components);
  return Array.from({ length: size }, (_, i) => ((i * 37) % 401 - 200) / 256);
}

type Transform = (x: StridedArray) => StridedArray;

/** How far the largest difference goes beyond the room for it; null where it does not. */
async function failure(
  what: string, shape: readonly number[], dtype: DType, transform: Transform, there = place,
): Promise<string | null> {
  const values = waves(shape, dtype.components);
  const on = (device: Device, type: DType): StridedArray => {
    const data = new type.array(values.length);
    values.forEach((value, i) => (data[i] = value));
    return transform(fromTyped(StridedArray, data, shape, type, device));
  };
  const got = on(there, dtype);
  const wanted = on(cpu, isComplex(dtype) ? complex128 : float64);
  expect([what, got.geometry.shape, got.dtypeCore.kind]).toEqual([what, wanted.geometry.shape, wanted.dtypeCore.kind]);
  const [a, b] = [await backendOf(there).download(got), valuesOf(wanted)] as ArrayLike<number>[];
  let [apart, largest] = [0, 0];
  for (let i = 0; i < b.length; i++) {
    apart = Math.max(apart, Number.isNaN(a[i]) ? Infinity : Math.abs(a[i] - b[i]));
    largest = Math.max(largest, Math.abs(b[i]));
  }
  const room = largest * gpuTransformRoom(shape.reduce((product, extent) => product * extent, 1));
  return apart <= room ? null : `${what} of ${shape.join(' × ')}: off by ${apart}, where there is room for ${room}`;
}

/** Powers of factors, several of them, primes, and what is only done as a convolution. */
const lengths = [1, 2, 3, 4, 5, 7, 8, 12, 25, 30, 49, 61, 64, 67, 97, 100, 128, 131, 210, 243, 514, 1000, 1009, 1024, 4096];

onGpu('transforms', () => {
  it.for(lengths)('of %d numbers', async (n) => {
    const half = [2, Math.floor(n / 2) + 1];
    expectNone(await Promise.all([
      failure('forward', [3, n], complex64, (x) => fftC2C(x, [1], true)),
      failure('inverse', [3, n], complex64, (x) => fftC2C(x, [1], false, 1 / n)),
      failure('of columns', [n, 2], complex64, (x) => fftC2C(x, [0], true, 0.5)),
      failure('real', [3, n], float32, (x) => fftR2C(x, 1, true, true)),
      failure('real, all of it', [2, n], float32, (x) => fftR2C(x, 1, false, false, 0.25)),
      failure('to real numbers', half, complex64, (x) => fftC2R(x, 1, n, false, 1 / n)),
    ]));
  });

  it('along several axes, and of numbers that lie anywhere', async () => {
    expectNone(await Promise.all([
      failure('two axes', [12, 20], complex64, (x) => fftC2C(x, [0, 1], true)),
      failure('three axes', [5, 6, 14], complex64, (x) => fftC2C(x, [2, 0, 1], false, 0.125)),
      failure('the middle one of three', [3, 15, 4], complex64, (x) => fftC2C(x, [1], true)),
      failure('axes of which one is a convolution', [3, 257, 4], complex64, (x) => fftC2C(x, [0, 1, 2], true, 0.5)),
      failure('that and others, in another order', [2, 257, 5], complex64, (x) => fftC2C(x, [1, 2], false, 0.5)),
      failure('transposed', [30, 20], complex64, (x) => fftC2C(swapAxes(x, 0, 1), [1], true)),
      failure('every other column', [16, 12], complex64, (x) => fftC2C(sliceAxis(x, 1, 1, 6, 2), [0], true)),
      failure('backwards', [4, 9], float32, (x) => fftR2C(sliceAxis(x, 1, 8, 9, -1), 1, true, true)),
      failure('part of rows', [4, 12], complex64, (x) => fftC2R(sliceAxis(x, 1, 2, 8), 1, 15, false)),
      failure('no rows', [0, 8], complex64, (x) => fftC2C(x, [1], true)),
    ]));
  });

  it('beyond what one binding spans', () => withOwn(async ({ gpu, place: own }) => {
    gpu.bindingLimit = 4096;
    expectNone(await Promise.all([
      failure('rows', [6, 200], complex64, (x) => fftC2C(x, [1], true), own),
      failure('real columns', [100, 12], float32, (x) => fftR2C(x, 0, true, true), own),
      failure('to real numbers', [8, 66], complex64, (x) => fftC2R(x, 1, 131, false), own),
    ]));
  }));

  const cases: readonly (readonly [string, Differentiable, readonly number[], DType])[] = [
    ['forward', (x) => fftC2C(x, [1], true, 0.5), [2, 6], complex128],
    ['a convolution', (x) => fftC2C(x, [0], false, 0.25), [257], complex128],
    ['two axes', (x) => fftC2C(x, [0, 1], true), [3, 4], complex128],
    ['real', (x) => fftR2C(x, 1, true, true), [2, 7], float64],
    ['real, all of it', (x) => fftR2C(x, 0, true, false), [6], float64],
    ['to real numbers', (x) => fftC2R(x, 1, 8, false, 0.125), [2, 5], complex128],
    ['to an odd count of real numbers', (x) => fftC2R(x, 0, 9, false), [5], complex128],
  ];
  it.for(cases)('have gradients: %s', async ([, f, shape, dtype]) => {
    const input: Input = { shape, dtype, values: waves(shape, dtype.components) };
    expectNone(await deviceFailures(StridedArray, f, [input]));
  });
});
