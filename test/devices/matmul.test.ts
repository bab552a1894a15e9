import { beforeAll, afterAll, expect, it } from 'vitest';
import { float32 } from '../../src/core/dtype.ts';
import { contiguousLayout, stridedLayout } from '../../src/core/layout.ts';
import { StridedArray } from '../../src/core/strided.ts';
import { fromTyped } from '../../src/ops/creation.ts';
import { matmul } from '../../src/backend/webgpu/matmul.ts';
import { Chance } from '../backend/arrays.ts';
import { productTolerance } from '../tolerances.ts';
import type { OwnDevice } from './ownDevice.ts';
import { openOwn } from './ownDevice.ts';
import { isHere, onGpu } from './place.ts';

/**
 * Matrix products with the kernels of real GPUs, which a software adapter would not choose, against sums in float64: shapes around
 * the tiles' edges, with either operand as it is or transposed.
 */

const shapes: readonly (readonly [number, number, number])[] = [
  [64, 64, 64], [65, 63, 17], [130, 129, 40], [200, 16, 33], [16, 200, 70], [33, 31, 600], [1, 300, 129], [300, 2, 64], [5, 7, 1],
];

function numbers(count: number, seed: number): Float32Array {
  const chance = new Chance(seed);
  return Float32Array.from({ length: count }, () => chance.fraction() * 2 - 1);
}

/** A matrix, row by row or column by column in memory. */
function matrix(data: Float32Array, rows: number, columns: number, byColumns: boolean, own: OwnDevice): StridedArray {
  const stored = byColumns
    ? Float32Array.from(data, (_, i) => data[(i % rows) * columns + Math.floor(i / rows)]) : data;
  const { storage } = fromTyped(StridedArray, stored, [data.length], float32, own.place);
  return new StridedArray(storage, float32, stridedLayout([rows, columns], byColumns ? [1, rows] : [columns, 1], 0));
}

onGpu('products by the kernels of real GPUs', () => {
  let own: OwnDevice;
  beforeAll(async () => {
    own = await openOwn();
  });
  afterAll(() => own.gpu.destroy());

  it.each(shapes.filter((_, i) => isHere(i)))('%i × %i over %i', async (m, n, k) => {
    const [a, b] = [numbers(m * k, 1), numbers(k * n, 2)];
    const expected = new Float64Array(m * n);
    const scale = new Float64Array(m * n);
    for (let i = 0; i < m; i++) {
      for (let l = 0; l < k; l++) {
        for (let j = 0; j < n; j++) {
          const product = a[i * k + l] * b[l * n + j];
          expected[i * n + j] += product;
          scale[i * n + j] += Math.abs(product);
        }
      }
    }
    for (const [first, second] of [[false, false], [true, false], [false, true], [true, true]]) {
      const { storage } = fromTyped(StridedArray, new Float32Array(m * n).fill(NaN), [m * n], float32, own.place);
      const out = new StridedArray(storage, float32, contiguousLayout([m, n]));
      matmul(own.gpu, matrix(a, m, k, first, own), matrix(b, k, n, second, own), out, 'gpu');
      const got = await own.backend.download(out) as Float32Array;
      const worst = got.reduce((most, value, i) => Math.max(most, Math.abs(value - expected[i]) / scale[i]), 0);
      expect(worst, `transposed: ${first}, ${second}`).toBeLessThan(productTolerance(k));
      expect(got.some(Number.isNaN)).toBe(false);
    }
  });
});
