import { Complex } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { bfloat16, complex64, float32, isInteger, uint32, uint64 } from '../../core/dtype.ts';
import type { Value } from './elements.ts';
import { isTrue } from './elements.ts';

/** The nearest float32 in one rounding: what lies beyond a double's significand is kept as one sticky bit. */
function toSingle(value: bigint): number {
  if (value === BigInt.asIntN(53, value)) return Math.fround(Number(value));
  const sticky = (value & 0x7ffn) === 0n ? 0n : 1n;
  return Math.fround(Number((value >> 11n) | sticky)) * 2048;
}

const truncated = (value: number, low: number, end: number): bigint | null =>
  (Math.trunc(value) >= low && value < end ? BigInt(Math.trunc(value)) : null);

/** What a truncating conversion of x86 gives; the smallest integer stands for all that do not fit. */
const toInt32 = (value: number): bigint => truncated(value, -(2 ** 31), 2 ** 31) ?? -(2n ** 31n);
const toInt64 = (value: number): bigint => truncated(value, -(2 ** 63), 2 ** 63) ?? -(2n ** 63n);

function toInteger(value: number, to: DType): bigint {
  if (to === uint64 && value >= 2 ** 63) return toInt64(value - 2 ** 63) + 2n ** 63n;
  return to.itemsize === 8 || to === uint32 ? toInt64(value) : toInt32(value);
}

function toNumber(value: number | bigint | boolean, to: DType): number {
  if (typeof value !== 'bigint') return Number(value);
  return to === float32 || to === bfloat16 || to === complex64 ? toSingle(value) : Number(value);
}

/** A value as one of another dtype; storing it rounds and wraps. */
export function convert(value: Value, to: DType): Value {
  if (to.kind === 'bool') return isTrue(value);
  if (to.kind === 'complex') return value instanceof Complex ? value : new Complex(toNumber(value, to), 0);
  const real = value instanceof Complex ? value.re : value;
  if (!isInteger(to)) return toNumber(real, to);
  return typeof real === 'number' ? toInteger(real, to) : BigInt(real);
}
