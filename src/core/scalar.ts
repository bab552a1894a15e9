import type { Scalar } from './complex.ts';
import { Complex } from './complex.ts';
import type { DType, TypedArray } from './dtype.ts';
import { bfloat16, float16, isComplex } from './dtype.ts';

/** Elements as JavaScript values, to and from the typed arrays that hold them. */

const float32Word = new Float32Array(1);
const uint32Word = new Uint32Array(float32Word.buffer);

export function halfBitsToNumber(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  if (exponent === 31) return fraction ? NaN : sign * Infinity;
  return exponent === 0 ? sign * fraction * 2 ** -24 : sign * (1 + fraction / 1024) * 2 ** (exponent - 15);
}

/** Rounds to the nearest float16, halves to even. */
export function numberToHalfBits(value: number): number {
  if (Number.isNaN(value)) return 0x7e00;
  const sign = value < 0 || Object.is(value, -0) ? 0x8000 : 0;
  const magnitude = Math.abs(value);
  if (magnitude >= 65520) return sign | 0x7c00;
  const exponent = Math.max(magnitude === 0 ? -14 : Math.floor(Math.log2(magnitude)), -14);
  // log2 may be off by one at powers of two; the significand says so.
  const significand = magnitude / 2 ** exponent;
  const adjusted = significand >= 2 ? exponent + 1 : significand < 1 && exponent > -14 ? exponent - 1 : exponent;
  const units = magnitude / 2 ** (adjusted - 10);
  const floor = Math.floor(units);
  const rest = units - floor;
  const rounded = rest > 0.5 || (rest === 0.5 && floor % 2 === 1) ? floor + 1 : floor;
  // A carry out of the fraction moves on into the exponent by itself.
  return sign | (((adjusted + 14) << 10) + rounded);
}

export function bfloatBitsToNumber(bits: number): number {
  uint32Word[0] = bits << 16;
  return float32Word[0];
}

export function numberToBfloatBits(value: number): number {
  if (Number.isNaN(value)) return 0x7fc0;
  float32Word[0] = value;
  const bits = uint32Word[0];
  return ((bits + 0x7fff + ((bits >>> 16) & 1)) >>> 16) & 0xffff;
}

export function readElement(data: TypedArray, index: number, dtype: DType): Scalar {
  const value = data[index];
  if (typeof value === 'bigint') {
    const number = Number(value);
    return Number.isSafeInteger(number) ? number : value;
  }
  if (dtype.kind === 'bool') return value !== 0;
  if (isComplex(dtype)) return new Complex(value, data[index + 1] as number);
  if (dtype === float16) return halfBitsToNumber(value);
  if (dtype === bfloat16) return bfloatBitsToNumber(value);
  return value;
}

/** Writes one element, converting as a C cast would: integers wrap, and floats lose their fraction. */
export function writeElement(data: TypedArray, index: number, dtype: DType, value: Scalar): void {
  const real = value instanceof Complex ? value.re : value;
  if (data instanceof BigInt64Array || data instanceof BigUint64Array) {
    data[index] = typeof real === 'bigint' ? real : toBigInt(Number(real));
    return;
  }
  const numbers = data as Float64Array;
  if (dtype.kind === 'bool') {
    numbers[index] = isTrue(value) ? 1 : 0;
  } else if (isComplex(dtype)) {
    numbers[index] = Number(real);
    numbers[index + 1] = value instanceof Complex ? value.im : 0;
  } else if (dtype === float16) {
    numbers[index] = numberToHalfBits(Number(real));
  } else if (dtype === bfloat16) {
    numbers[index] = numberToBfloatBits(Number(real));
  } else if (typeof real === 'bigint' && dtype.kind !== 'float') {
    numbers[index] = Number(BigInt.asIntN(32, real));
  } else {
    numbers[index] = Number(real);
  }
}

function toBigInt(value: number): bigint {
  return Number.isFinite(value) ? BigInt(Math.trunc(value)) : -(1n << 63n);
}

/** Python's `bool(value)`. */
export function isTrue(value: Scalar): boolean {
  return value instanceof Complex ? value.re !== 0 || value.im !== 0 : Boolean(value) || Number.isNaN(value);
}

/** Python's `complex(value)`. */
export function asComplex(value: Scalar): Complex {
  return value instanceof Complex ? value : new Complex(Number(value));
}
