import { complexTypeOf } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { realView } from '../components.ts';
import { concatenate, contiguous, embed, reshapeTo, reverse, sliceAxis, swapAxes } from '../movement.ts';
import { matrixProduct } from '../matmul.ts';
import { conj, mul } from '../pointwise/arithmetic.ts';
import { chirpLike, matrixLike, twiddlesLike } from './constants.ts';

/** Fourier transforms of any length in terms of products and sums: where a device has no kernel for them. */

/** Lengths up to which a transform is one product with a matrix. */
const largestMatrix = 64;

const lastExtent = ({ geometry: { shape } }: StridedArray): number => shape[shape.length - 1];

/** The largest factor that one product takes; 1 where there is none. */
function factorOf(n: number): number {
  for (let factor = largestMatrix; factor > 1; factor--) if (n % factor === 0) return factor;
  return 1;
}

/** Along the last axis. */
function transformed(x: StridedArray, forward: boolean): StridedArray {
  const n = lastExtent(x);
  if (n === 1) return x;
  if (n <= largestMatrix) {
    const rows = reshapeTo(x, [x.geometry.size / n, n]);
    return reshapeTo(matrixProduct(rows, matrixLike(x, n, forward)), x.geometry.shape);
  }
  const first = factorOf(n);
  return first === 1 ? convolved(x, forward) : split(x, first, n / first, forward);
}

/** Number j1·m + j2 of what is transformed contributes to number k1 + n·k2: two transforms with twiddles between them. */
function split(x: StridedArray, n: number, m: number, forward: boolean): StridedArray {
  const { shape } = x.geometry;
  const outer = shape.slice(0, -1);
  const axis = outer.length;
  const columns = swapAxes(reshapeTo(x, [...outer, n, m]), axis, axis + 1);
  const turned = mul(swapAxes(transformed(contiguous(columns), forward), axis, axis + 1), twiddlesLike(x, n, m, forward));
  return reshapeTo(swapAxes(transformed(contiguous(turned), forward), axis, axis + 1), shape);
}

/** As a convolution with a chirp (Bluestein), for prime lengths. */
function convolved(x: StridedArray, forward: boolean): StridedArray {
  const n = lastExtent(x);
  const padded = 2 ** Math.ceil(Math.log2(2 * n - 1));
  const chirp = chirpLike(x, n, forward);
  const axis = x.geometry.shape.length - 1;
  const other = conj(chirp);
  const length = [padded - 2 * n + 1];
  const gap = embed(sliceAxis(other, 0, 0, 0), length, (zeros) => sliceAxis(zeros, 0, 0, 0));
  const around = concatenate([other, gap, reverse(sliceAxis(other, 0, 1, n - 1), [0])], 0);
  const shape = [...x.geometry.shape.slice(0, -1), padded];
  const wide = embed(mul(x, chirp), shape, (zeros) => sliceAxis(zeros, axis, 0, n));
  const product = mul(transformed(wide, true), mul(transformed(around, true), 1 / padded));
  return mul(sliceAxis(transformed(product, false), axis, 0, n), chirp);
}

/** A complex transform along axes, one after the other. */
export function complexTransform(x: StridedArray, axes: readonly number[], forward: boolean, scale: number): StridedArray {
  let out = x;
  for (const axis of axes) {
    const last = x.geometry.shape.length - 1;
    out = swapAxes(transformed(contiguous(swapAxes(out, axis, last)), forward), axis, last);
  }
  return mul(out, scale);
}

/** The spectrum of real numbers, as far as half their number where it is one-sided. */
export function spectrum(x: StridedArray, axis: number, forward: boolean, onesided: boolean, scale: number): StridedArray {
  const whole = complexTransform(cast(x, complexTypeOf(x.dtypeCore)), [axis], forward, scale);
  return onesided ? sliceAxis(whole, axis, 0, Math.floor(x.geometry.shape[axis] / 2) + 1) : whole;
}

/** The `n` real numbers of one side of a spectrum. */
export function fromSpectrum(x: StridedArray, axis: number, n: number, forward: boolean, scale: number): StridedArray {
  const others = n - x.geometry.shape[axis];
  const mirrored = conj(reverse(sliceAxis(x, axis, 1, others), [axis]));
  return realView(complexTransform(concatenate([x, mirrored], axis), [axis], forward, scale));
}
