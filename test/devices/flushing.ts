import type { DType, TypedArray } from '../../src/core/dtype.ts';
import { bfloat16, componentType, float32 } from '../../src/core/dtype.ts';
import { runPointwise } from '../../src/ops/dispatch.ts';
import type { PointwiseOp } from '../../src/ops/pointwise/op.ts';
import { fromBytes, valuesOf } from '../backend/arrays.ts';
import { equalUpToFlushing } from '../tolerances.ts';
import { ulpDistance } from '../ulps.ts';
import { typedOf } from './arrays.ts';

/** WGSL lets a GPU take subnormal numbers for zero, as operands, in between and as results. */

/** Units in the last place, where a subnormal number is as good as a zero of its sign. Half floats are computed in float32. */
export function flushingDistance(got: number, expected: number, dtype: DType): number {
  return equalUpToFlushing(got, expected) ? 0 : ulpDistance(got, expected, dtype);
}

/** Zeros, with their signs, in place of subnormal elements; null where there are none. */
function flush(data: TypedArray, dtype: DType): TypedArray | null {
  if (componentType(dtype) !== float32 && dtype !== bfloat16) return null;
  const [bits, exponent, sign] = componentType(dtype) === float32
    ? [new Uint32Array(data.slice().buffer), 0x7f800000, 0x80000000] : [new Uint16Array(data.slice().buffer), 0x7f80, 0x8000];
  const subnormal = (word: number): boolean => (word & exponent) === 0 && (word & ~sign) !== 0;
  if (!bits.some(subnormal)) return null;
  bits.forEach((word, i) => {
    if (subnormal(word)) bits[i] = word & sign;
  });
  return new dtype.array(bits.buffer);
}

/** What the CPU makes of operands, given as their bytes; one of a single element is repeated. */
export function cpuResult(op: PointwiseOp, types: readonly DType[], args: readonly Uint8Array[]): Uint8Array {
  const operands = args.map((bytes, k) => {
    const count = bytes.length / types[k].itemsize;
    return fromBytes(bytes, count === 1 ? [] : [count], types[k]);
  });
  const { buffer } = valuesOf(runPointwise(op, operands)) as TypedArray;
  return new Uint8Array(buffer as ArrayBuffer);
}

/** The same once the operands' subnormal elements are zeros; null where they have none. */
export function flushedResult(op: PointwiseOp, types: readonly DType[], args: readonly Uint8Array[]): Uint8Array | null {
  const flushed = args.map((bytes, k) => flush(typedOf(bytes, types[k]), types[k]));
  if (flushed.every((list) => list === null)) return null;
  return cpuResult(op, types, args.map((bytes, k) => {
    const list = flushed[k];
    return list === null ? bytes : new Uint8Array(list.buffer, list.byteOffset, list.byteLength);
  }));
}
