import type { DType } from '../src/core/dtype.ts';
import { componentType } from '../src/core/dtype.ts';
import { bfloatBitsToNumber, halfBitsToNumber } from '../src/core/scalar.ts';

/** Distances between floating values, counted in representable numbers. */

const words = new DataView(new ArrayBuffer(8));

/** A float's bits as an integer that orders as the floats do. */
function ordered(value: number, dtype: DType): bigint {
  if (dtype.name === 'float64') {
    words.setFloat64(0, value);
    const bits = words.getBigInt64(0);
    return bits < 0n ? -(bits & 0x7fffffffffffffffn) : bits;
  }
  words.setFloat32(0, value);
  const bits = BigInt(words.getInt32(0));
  const signed = bits < 0n ? -(bits & 0x7fffffffn) : bits;
  return signed;
}

/** Units in the last place between two values of a float dtype; 0 for two NaNs, infinite where only one is NaN or infinite. */
export function ulpDistance(a: number, b: number, dtype: DType): number {
  if (Number.isNaN(a) || Number.isNaN(b)) return Number.isNaN(a) && Number.isNaN(b) ? 0 : Infinity;
  if (a === b) return Object.is(a, b) || a !== 0 ? 0 : 1;
  const distance = ordered(a, dtype) - ordered(b, dtype);
  const steps = Number(distance < 0n ? -distance : distance);
  if (!Number.isFinite(a) || !Number.isFinite(b)) return steps <= 1 ? steps : Infinity;
  // Half floats are spaced more widely than the float32 that their values were widened to.
  if (dtype.name === 'float16') return steps / 2 ** 13;
  if (dtype.name === 'bfloat16') return steps / 2 ** 16;
  return steps;
}

/** A component as a number: half floats are read from their bits. */
export function componentValue(raw: number | bigint, dtype: DType): number {
  if (dtype.name === 'float16') return halfBitsToNumber(raw as number);
  if (dtype.name === 'bfloat16') return bfloatBitsToNumber(raw as number);
  return Number(raw);
}

/** Machine epsilon of a dtype's components. */
export function epsilon(dtype: DType): number {
  // oxlint-disable-next-line flambeau/tolerances -- the units themselves
  return { float64: 2 ** -52, float32: 2 ** -23, float16: 2 ** -10, bfloat16: 2 ** -7 }[componentType(dtype).name as 'float64'] ?? 0;
}
