import type { DType } from '../../core/dtype.ts';
import { bfloat16, bool, complex64, float16, float32, int32, int64, uint16, uint32, uint64, uint8 } from '../../core/dtype.ts';
import { StridedArray } from '../../core/strided.ts';
import type { WgslType } from './wgsl.ts';

/**
 * How elements lie in a buffer. 32-bit types are words; smaller ones share words, as in memory on the CPU. float16 and
 * bfloat16 are computed in f32. int64 has 32 bits: what goes in is checked, and so is arithmetic. complex64 is a vector of its parts.
 */

/** What takes the place of dtypes that WGSL cannot hold. */
const substitutes: Readonly<Record<string, string>> = {
  float64: 'float32', uint64: 'int32 or uint32', complex128: 'complex64',
};

/** Throws for a dtype that no GPU holds. */
export function checkHeld(dtype: DType): void {
  const substitute = substitutes[dtype.name];
  if (substitute !== undefined) {
    throw new TypeError(
      `Cannot make a WebGPU tensor of dtype ${dtype.name}: WGSL has no such type. Please use ${substitute} instead, or keep it on the CPU`);
  }
}

/** Bytes of one element in a buffer. */
export const bytesOf = (dtype: DType): number => (dtype === int64 ? 4 : dtype.itemsize);

/** Elements that share a 32-bit word; 1 where each has one or two to itself. */
export const perWord = (dtype: DType): number => Math.max(1, 4 / bytesOf(dtype));

/** The dtype of 32-bit words that stands in for one that shares words. */
export function wordDtype(dtype: DType): DType {
  if (perWord(dtype) === 1) return dtype;
  return dtype.kind === 'float' ? float32 : dtype.kind === 'int' ? int32 : uint32;
}

/** The same elements as bits, for kernels that only move them. */
export function bitsOf({ storage, dtypeCore, geometry }: StridedArray): StridedArray {
  const bytes = bytesOf(dtypeCore);
  return new StridedArray(storage, bytes === 8 ? uint64 : bytes === 4 ? uint32 : bytes === 2 ? uint16 : uint8, geometry);
}

/** What kernels compute an element in. */
export function computeType(dtype: DType): WgslType {
  if (dtype === int64) return 'i64';
  switch (dtype.kind) {
    case 'bool': return 'bool';
    case 'int': return 'i32';
    case 'uint': return 'u32';
    case 'complex': return 'c64';
    default: return 'f32';
  }
}

/** The type of a buffer's words, or of the pairs of words that elements are. */
export function wordType(dtype: DType): string {
  if (perWord(dtype) > 1) return 'u32';
  if (dtype === complex64) return 'vec2f';
  if (dtype === uint64) return 'vec2u';
  return dtype.kind === 'float' ? 'f32' : dtype === uint32 ? 'u32' : 'i32';
}

/** An expression of the element at `position` of a buffer; `word(index)` is the expression of its word. */
export function loadElement(dtype: DType, position: string, word: (index: string) => string): string {
  const lanes = perWord(dtype);
  if (lanes === 1) return word(position);
  const w = word(`(${position}) >> ${lanes === 4 ? '2u' : '1u'}`);
  const lane = `(${position}) & ${lanes - 1}u`;
  if (dtype === float16) return `flambeau_fromHalf(${w} >> ((${lane}) * 16u))`;
  if (dtype === bfloat16) return `bitcast<f32>((${w} >> ((${lane}) * 16u)) << 16u)`;
  const bits = dtype.itemsize * 8;
  const shift = `(${lane}) * ${bits}u`;
  if (dtype === bool) return `(((${w} >> (${shift})) & 255u) != 0u)`;
  return dtype.kind === 'int' ? `extractBits(bitcast<i32>(${w}), ${shift}, ${bits}u)` : `extractBits(${w}, ${shift}, ${bits}u)`;
}

/** The bits of a computed value as they go into a word that elements share, in its low end. */
export function packElement(dtype: DType, value: string): string {
  if (dtype === float16) return `flambeau_toHalf(${value})`;
  if (dtype === bfloat16) return `flambeau_toBrain(${value})`;
  if (dtype === bool) return `select(0u, 1u, ${value})`;
  const bits = dtype.kind === 'int' ? `bitcast<u32>(${value})` : value;
  return `(${bits} & ${dtype.itemsize === 1 ? '255u' : '65535u'})`;
}

/** An element of one dtype as one of another: integers wrap, floats lose their fraction as x86's truncating conversion has it. */
export function convertElement(from: DType, to: DType, value: string): string {
  const [source, target] = [computeType(from), computeType(to)];
  if (source === target) return value;
  if (source === 'c64') {
    return target === 'bool' ? `flambeau_truthy_c64(${value})` : convertElement(float32, to, `(${value}).x`);
  }
  if (target === 'c64') return `vec2f(${convertElement(from, float32, value)}, 0.0)`;
  // An ordered comparison, which != is for floats, is false of NaN.
  if (target === 'bool') return source === 'f32' ? `!(${value} == 0.0)` : source === 'u32' ? `(${value} != 0u)` : `(${value} != 0)`;
  if (source === 'bool') {
    return target === 'f32' ? `select(0.0, 1.0, ${value})` : target === 'u32' ? `select(0u, 1u, ${value})` : `select(0, 1, ${value})`;
  }
  switch (target) {
    case 'f32': return `f32(${value})`;
    case 'i32': return source === 'f32' ? `flambeau_toInt(${value})` : source === 'u32' ? `bitcast<i32>(${value})` : value;
    // Narrow types take the low bits of a 32-bit conversion, uint32 those of a 64-bit one.
    case 'u32': return source !== 'f32' ? `bitcast<u32>(${value})`
      : to === uint32 ? `flambeau_toUint(${value})` : `bitcast<u32>(flambeau_toInt(${value}))`;
    case 'i64': return source === 'f32' ? `flambeau_toInt_i64(${value})` : source === 'u32' ? `flambeau_toSigned_i64(${value})` : value;
  }
}
