/** What the samplers need to know of PyTorch's dtypes. */
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
  /** Name in `ScalarType`. */
  title: string;
  /** Name of the C++ type, which messages quote. */
  cxx: string;
  lowest: number | bigint;
  highest: number | bigint;
  /** Bits of the significand; 0 for integers. */
  digits: number;
}

export const dtypeFacts: Record<TorchName, DtypeFacts> = {
  bool: { title: 'Bool', cxx: 'bool', lowest: 0n, highest: 1n, digits: 0 },
  uint8: { title: 'Byte', cxx: 'unsigned char', lowest: 0n, highest: 255n, digits: 0 },
  int8: { title: 'Char', cxx: 'signed char', lowest: -128n, highest: 127n, digits: 0 },
  int16: { title: 'Short', cxx: 'short int', lowest: -32768n, highest: 32767n, digits: 0 },
  int32: { title: 'Int', cxx: 'int', lowest: -2147483648n, highest: 2147483647n, digits: 0 },
  int64: { title: 'Long', cxx: 'long int', lowest: -(1n << 63n), highest: (1n << 63n) - 1n, digits: 0 },
  uint16: { title: 'UInt16', cxx: 'short unsigned int', lowest: 0n, highest: 65535n, digits: 0 },
  uint32: { title: 'UInt32', cxx: 'unsigned int', lowest: 0n, highest: 4294967295n, digits: 0 },
  uint64: { title: 'UInt64', cxx: 'long unsigned int', lowest: 0n, highest: (1n << 63n) - 1n, digits: 0 },
  float16: {
    title: 'Half', cxx: 'c10::Half', lowest: -65504, highest: 65504, digits: 11,
  },
  bfloat16: {
    title: 'BFloat16', cxx: 'c10::BFloat16', lowest: -3.3895313892515355e38, highest: 3.3895313892515355e38, digits: 8,
  },
  float32: {
    title: 'Float', cxx: 'float', lowest: -3.4028234663852886e38, highest: 3.4028234663852886e38, digits: 24,
  },
  float64: {
    title: 'Double', cxx: 'double', lowest: -1.7976931348623157e308, highest: 1.7976931348623157e308, digits: 53,
  },
};

export function isFloatName(dtype: TorchName): dtype is FloatName {
  return dtypeFacts[dtype].digits > 0;
}

/** The value that a float dtype holds after a conversion. */
export function roundTo(dtype: FloatName, value: number): number {
  if (dtype === 'float64') return value;
  if (dtype === 'float32') return Math.fround(value);
  return dtype === 'float16' ? float16Value(float16Bits(value)) : bfloat16Value(bfloat16Bits(value));
}

export function notImplementedFor(kernel: string, dtype: TorchName): NotImplementedError {
  return new NotImplementedError(`"${kernel}" not implemented for '${dtypeFacts[dtype].title}'`);
}

export function checkBounds(value: number | bigint, name: string, dtype: TorchName): void {
  const { lowest, highest, cxx } = dtypeFacts[dtype];
  if (!(value >= lowest && value <= highest)) throw new RuntimeError(`${name} is out of bounds for ${cxx}`);
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
