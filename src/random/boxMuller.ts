/**
 * PyTorch's Box-Muller transform of 16 uniform numbers at a time: eight radii from the first half, eight angles from
 * the second, cosines written to the first and sines to the second.
 *
 * The float32 form does in float32 what PyTorch's AVX2 kernel does, with the same polynomials (Cephes' logf, sinf and
 * cosf) and fused steps, so that it gives the numbers that PyTorch gives on x86.
 */
import { angle, fma, log, sinCos } from './math.ts';

const fround = Math.fround;

const word = new Int32Array(1);
const wordAsFloat = new Float32Array(word.buffer);

const sqrtHalf = fround(Math.SQRT1_2);
const logP0 = fround(7.0376836292e-2);
const logP1 = fround(-1.151461031e-1);
const logP2 = fround(1.1676998740e-1);
const logP3 = fround(-1.2420140846e-1);
const logP4 = fround(1.4249322787e-1);
const logP5 = fround(-1.6668057665e-1);
const logP6 = fround(2.0000714765e-1);
const logP7 = fround(-2.4999993993e-1);
const logP8 = fround(3.3333331174e-1);
const ln2Low = fround(-2.1219444e-4);
const ln2High = 0.693359375;

const fourOverPi = fround(1.27323954473516);
const quarterPi1 = -0.78515625;
const quarterPi2 = fround(-2.4187564849853516e-4);
const quarterPi3 = fround(-3.774894977445941e-8);
const sinP0 = fround(-1.9515295891e-4);
const sinP1 = fround(8.3321608736e-3);
const sinP2 = fround(-1.6666654611e-1);
const cosP0 = fround(2.443315711809948e-5);
const cosP1 = fround(-1.388731625493765e-3);
const cosP2 = fround(4.166664568298827e-2);
const twoPi = fround(2 * Math.PI);

/** Natural logarithm of a positive normal float32. A fused step is a double product and sum, rounded once. */
function logFloat32(x: number): number {
  wordAsFloat[0] = x;
  let exponent = (word[0] >>> 23) - 126;
  word[0] = (word[0] & 0x007fffff) | 0x3f000000;
  let m = wordAsFloat[0];
  if (m < sqrtHalf) {
    exponent--;
    m = fround(fround(m - 1) + m);
  } else {
    m = fround(m - 1);
  }
  const z = fround(m * m);
  let y = fround(logP0 * m + logP1);
  y = fround(y * m + logP2);
  y = fround(y * m + logP3);
  y = fround(y * m + logP4);
  y = fround(y * m + logP5);
  y = fround(y * m + logP6);
  y = fround(y * m + logP7);
  y = fround(y * m + logP8);
  y = fround(y * m);
  y = fround(y * z + fround(exponent * ln2Low));
  y = fround(y - z * 0.5);
  return fround(exponent * ln2High + fround(m + y));
}

/** Transforms `data[offset .. offset + 16)`, uniform in [0, 1), into normal numbers. */
export function boxMuller16Float32(data: Float32Array, offset: number, mean: number, std: number): void {
  for (let index = offset; index < offset + 8; index++) {
    const radius = fround(Math.sqrt(fround(-2 * logFloat32(fround(1 - data[index])))));
    const theta = fround(twoPi * data[index + 8]);

    const octant = ((fround(theta * fourOverPi) | 0) + 1) & ~1;
    let x = fround(octant * quarterPi1 + theta);
    x = fround(octant * quarterPi2 + x);
    x = fround(octant * quarterPi3 + x);
    const z = fround(x * x);
    let c = fround(cosP0 * z + cosP1);
    c = fround(c * z + cosP2);
    c = fround(c * z);
    c = fround(fround(c * z - z * 0.5) + 1);
    let s = fround(sinP0 * z + sinP1);
    s = fround(s * z + sinP2);
    s = fround(s * z);
    s = fround(s * x + x);

    const swap = (octant & 2) !== 0;
    const sine = swap ? c : s;
    const cosine = swap ? s : c;
    const sinePart = fround(radius * (octant & 4 ? -sine : sine));
    const cosinePart = fround(radius * ((octant - 2) & 4 ? cosine : -cosine));
    data[index] = cosinePart * std + mean;
    data[index + 8] = sinePart * std + mean;
  }
}

export function boxMuller16Float64(data: Float64Array, offset: number, mean: number, std: number): void {
  for (let index = offset; index < offset + 8; index++) {
    const radius = Math.sqrt(-2 * log(1 - data[index]));
    sinCos(6.283185307179586 * data[index + 8]);
    data[index] = fma(radius * angle.cos, std, mean);
    data[index + 8] = fma(radius * angle.sin, std, mean);
  }
}
