/** What the samplers need to know of PyTorch's dtypes. */
import { cTypeName, dtypeNamed, integerRange, scalarTypeName } from '../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../core/errors.ts';
import { bfloat16Bits, bfloat16Value, float16Bits, float16Value } from './halfBits.ts';

export type FloatName = 'float16' | 'bfloat16' | 'float32' | 'float64';
export type TorchIntegerName =
  | 'bool' | 'uint8' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint16' | 'uint32' | 'uint64';
export type TorchName = FloatName | TorchIntegerName;

/** float16 and bfloat16 are bits in a Uint16Array, bool is 0 and 1 in a Uint8Array. */
export type TorchOutput =
  | Float32Array | Float64Array | Uint16Array | Uint8Array | Int8Array | Int16Array | Int32Array | Uint32Array
  | BigInt64Array | BigUint64Array;

interface DtypeFacts {
  lowest: number | bigint;
  highest: number | bigint;
  /** Bits of the significand; 0 for integers. */
  digits: number;
}

const floatFacts: Record<FloatName, readonly [highest: number, digits: number]> = {
  float16: [65504, 11], bfloat16: [3.3895313892515355e38, 8], float32: [3.4028234663852886e38, 24], float64: [Number.MAX_VALUE, 53],
};

export function factsOf(dtype: TorchName): DtypeFacts {
  if (isFloatName(dtype)) {
    const [highest, digits] = floatFacts[dtype];
    return { lowest: -highest, highest, digits };
  }
  if (dtype === 'bool') return { lowest: 0n, highest: 1n, digits: 0 };
  const [lowest, highest] = integerRange(dtypeNamed(dtype)!);
  // PyTorch's samplers count in int64.
  return { lowest, highest: dtype === 'uint64' ? (1n << 63n) - 1n : highest, digits: 0 };
}

/** The dtype of a complex one's parts; undefined of others. */
export function partName(dtype: string): FloatName | undefined {
  return dtype === 'complex64' ? 'float32' : dtype === 'complex128' ? 'float64' : undefined;
}

export function isFloatName(dtype: TorchName): dtype is FloatName {
  return dtype in floatFacts;
}

/** The value that a float dtype holds after a conversion. */
export function roundTo(dtype: FloatName, value: number): number {
  if (dtype === 'float64') return value;
  if (dtype === 'float32') return Math.fround(value);
  return dtype === 'float16' ? float16Value(float16Bits(value)) : bfloat16Value(bfloat16Bits(value));
}

/** PyTorch's name of a dtype in messages: `Float`, `Long`. */
export const titleOf = (dtype: TorchName): string => scalarTypeName(dtypeNamed(dtype)!);

export function notImplementedFor(kernel: string, dtype: TorchName): NotImplementedError {
  return new NotImplementedError(`"${kernel}" not implemented for '${titleOf(dtype)}'`);
}

export function checkBounds(value: number | bigint, name: string, dtype: TorchName): void {
  const { lowest, highest } = factsOf(dtype);
  if (!(value >= lowest && value <= highest)) {
    throw new RuntimeError(`${name} is out of bounds for ${cTypeName(dtypeNamed(dtype)!)}`);
  }
}

/** A C++ double on an output stream: six significant digits. */
export function streamText(value: number): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  const exponent = Number(value.toExponential(5).split('e')[1]);
  if (exponent < -4 || exponent >= 6) {
    const [digits, power] = value.toExponential(5).split('e');
    const short = digits.includes('.') ? digits.replace(/\.?0+$/, '') : digits;
    return `${short}e${power[0]}${power.slice(1).padStart(2, '0')}`;
  }
  const text = value.toPrecision(6);
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
