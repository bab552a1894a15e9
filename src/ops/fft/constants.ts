import { complex128 } from '../../core/dtype.ts';
import { rootsOfUnity } from '../../core/fourier/roots.ts';
import type { StridedArray } from '../../core/strided.ts';
import { fromTyped } from '../creation.ts';

/** Tables of complex numbers that transforms are composed of, in an array's dtype and on its device. */

/** Pairs of parts as an array of a shape. */
function tableLike(like: StridedArray, parts: Float64Array, shape: readonly number[]): StridedArray {
  const { dtypeCore: dtype, storage: { device } } = like;
  return fromTyped(like.species, dtype === complex128 ? parts : Float32Array.from(parts), shape, dtype, device);
}

/** The numbers e^(∓2πi·k/n) for the multiples k that `multiple` gives in each place. */
function rootsLike(
  like: StridedArray, n: number, forward: boolean, shape: readonly number[], multiple: (place: number) => number,
): StridedArray {
  const roots = rootsOfUnity(n);
  const sign = forward ? -1 : 1;
  const parts = new Float64Array(2 * shape.reduce((size, extent) => size * extent, 1));
  for (let place = 0; place < parts.length / 2; place++) {
    const k = multiple(place) % n;
    parts[2 * place] = roots[2 * k];
    parts[2 * place + 1] = sign * roots[2 * k + 1];
  }
  return tableLike(like, parts, shape);
}

/** The matrix of a transform of n numbers. */
export const matrixLike = (like: StridedArray, n: number, forward: boolean): StridedArray =>
  rootsLike(like, n, forward, [n, n], (place) => Math.floor(place / n) * (place % n));

/** By what number j of the transform k of rows × columns numbers is turned between their two steps. */
export const twiddlesLike = (like: StridedArray, rows: number, columns: number, forward: boolean): StridedArray =>
  rootsLike(like, rows * columns, forward, [rows, columns], (place) => Math.floor(place / columns) * (place % columns));

/** The numbers e^(∓πi·j²/n). */
export const chirpLike = (like: StridedArray, n: number, forward: boolean): StridedArray =>
  rootsLike(like, 2 * n, forward, [n], (j) => (j * j) % (2 * n));

/** Factors of one axis, broadcast along the others: 1 for what a spectrum of `n` real numbers has once, and another for the rest. */
export function spectrumWeights(like: StridedArray, axis: number, n: number, factor: number): StridedArray {
  const shape = like.geometry.shape.map((extent, each) => (each === axis ? extent : 1));
  const parts = Float64Array.from({ length: 2 * shape[axis] }, (_, i) => (i % 2 === 1 ? 0 : i === 0 || i === n ? 1 : factor));
  return tableLike(like, parts, shape);
}
