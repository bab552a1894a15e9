/** Compares arrays element by element, in units in the last place. */
import type { DType } from '../../src/core/dtype.ts';
import { bfloat16, componentType, float16, float32 } from '../../src/core/dtype.ts';
import { bfloatBitsToNumber, halfBitsToNumber } from '../../src/core/scalar.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import { valuesOf } from './arrays.ts';

function numberOf(value: number | bigint, dtype: DType): number {
  if (dtype === float16) return halfBitsToNumber(Number(value));
  return dtype === bfloat16 ? bfloatBitsToNumber(Number(value)) : Number(value);
}

/** The distance of a number to the next of the dtype. */
export function unitInTheLastPlace(value: number, dtype: DType): number {
  const type = componentType(dtype);
  const [digits, lowest] = type === float16 ? [11, -14] : type === bfloat16 ? [8, -126]
    : type === float32 ? [24, -126] : [53, -1022];
  let exponent = Math.floor(Math.log2(Math.abs(value)));
  if (2 ** exponent > Math.abs(value)) exponent--;
  return 2 ** (Math.max(exponent, lowest) - digits + 1);
}

export interface Agreement {
  readonly tolerance: number;
  /** Whether 0 and −0 are told apart. */
  readonly signedZeros: boolean;
  /** Whether the error of a complex number is measured against its modulus. */
  readonly byModulus?: boolean;
  /** Smaller results are measured in units of this size. */
  readonly leastScale?: number;
}

function agree(got: number, wanted: number, scale: number, dtype: DType, agreement: Agreement): boolean {
  const { tolerance, signedZeros } = agreement;
  if (Object.is(got, wanted)) return true;
  if (got === wanted) return got !== 0 || !signedZeros;
  if (tolerance === 0 || !Number.isFinite(wanted)) return false;
  const unit = unitInTheLastPlace(scale, dtype);
  return Math.abs(got - wanted) <= tolerance * unit;
}

/** Null where all elements agree, else what the first that does not looks like. */
export function difference(got: StridedArray, wanted: StridedArray, agreement: Agreement): string | null {
  const dtype = wanted.dtypeCore;
  if (got.dtypeCore !== dtype) return `dtype ${got.dtypeCore.name}, not ${dtype.name}`;
  const [a, b] = [valuesOf(got), valuesOf(wanted)];
  if (a.length !== b.length) return `${a.length} components, not ${b.length}`;
  const inexact = dtype.kind === 'float' || dtype.kind === 'complex';
  for (let i = 0; i < b.length; i++) {
    if (a[i] === b[i]) {
      if (a[i] !== 0 || !inexact) continue;
    }
    const [x, y] = [numberOf(a[i], dtype), numberOf(b[i], dtype)];
    const first = i - i % dtype.components;
    const modulus = agreement.byModulus && dtype.components === 2
      ? Math.max(Math.abs(Number(b[first])), Math.abs(Number(b[first + 1]))) : Math.abs(y);
    const scale = Math.max(Number.isFinite(modulus) ? modulus : Math.abs(y), agreement.leastScale ?? 0);
    if (inexact && agree(x, y, scale, dtype, agreement)) continue;
    const text = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));
    return inexact
      ? `component ${i}: ${text(x)}, not ${text(y)} (${Math.abs(x - y) / unitInTheLastPlace(y, dtype)} units)`
      : `component ${i}: ${a[i]}, not ${b[i]}`;
  }
  return null;
}
