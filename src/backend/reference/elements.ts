import type { Scalar } from '../../core/complex.ts';
import { Complex } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { bfloat16, float16, float32, isInteger } from '../../core/dtype.ts';
import type { Layout } from '../../core/layout.ts';
import { broadcastLayout, stridedLayout } from '../../core/layout.ts';
import {
  bfloatBitsToNumber, halfBitsToNumber, numberToBfloatBits, numberToHalfBits, writeElement,
} from '../../core/scalar.ts';
import type { StridedArray } from '../../core/strided.ts';
import { hostAccess, storageOf } from '../cpu/storage.ts';

/** An element in the reference: integers of every width are bigints, so nothing is lost between them. */
export type Value = number | bigint | boolean | Complex;

/** Storage positions of the elements, in row-major order. */
export function positionsOf({ shape, strides, offset }: Layout): number[] {
  let positions = [offset];
  shape.forEach((extent, axis) => {
    const steps = Array.from({ length: extent }, (_, i) => i * strides[axis]);
    positions = positions.flatMap((position) => steps.map((step) => position + step));
  });
  return positions;
}

/** The same, repeated as broadcasting to `shape` repeats them. */
export function positionsOver(layout: Layout, shape: readonly number[]): number[] {
  return positionsOf(broadcastLayout(layout, shape));
}

/** Positions of the lines along one axis: for each index of the other axes, those of the elements on it. */
export function linesOf(layout: Layout, axis: number): number[][] {
  const without = (values: readonly number[]): number[] => values.filter((_, i) => i !== axis);
  const starts = positionsOf(stridedLayout(without(layout.shape), without(layout.strides), layout.offset));
  const extent = layout.shape[axis] ?? 1;
  const stride = layout.strides[axis] ?? 0;
  return starts.map((start) => Array.from({ length: extent }, (_, i) => start + i * stride));
}

export function readValue(array: StridedArray, position: number): Value {
  const dtype = array.dtypeCore;
  const { data, base } = hostAccess(storageOf(array), dtype);
  const at = base + position * dtype.components;
  const first = data[at];
  if (dtype.kind === 'bool') return first !== 0;
  if (isInteger(dtype)) return BigInt(first);
  if (dtype.kind === 'complex') return new Complex(Number(first), Number(data[at + 1]));
  if (dtype === float16) return halfBitsToNumber(Number(first));
  if (dtype === bfloat16) return bfloatBitsToNumber(Number(first));
  return Number(first);
}

/** Stores a value of the dtype's own kind, rounding numbers and wrapping integers. */
export function writeValue(array: StridedArray, position: number, value: Value): void {
  const dtype = array.dtypeCore;
  const { data, base } = hostAccess(storageOf(array), dtype);
  const at = base + position * dtype.components;
  const store = (index: number, component: number | bigint): void => {
    data[index] = component as never;
  };
  if (value instanceof Complex) {
    store(at, value.re);
    store(at + 1, value.im);
  } else if (typeof value === 'bigint') {
    store(at, dtype.itemsize === 8 ? value : Number(BigInt.asIntN(32, value)));
  } else if (typeof value === 'boolean') {
    store(at, value ? 1 : 0);
  } else if (dtype === float16) {
    store(at, numberToHalfBits(value));
  } else if (dtype === bfloat16) {
    store(at, numberToBfloatBits(value));
  } else {
    store(at, value);
  }
}

export function valuesOf(array: StridedArray, layout: Layout = array.geometry): Value[] {
  return positionsOf(layout).map((position) => readValue(array, position));
}

/** A JavaScript scalar as an element of the dtype. */
export function scalarValue(scalar: Scalar, dtype: DType): Value {
  const data = new dtype.array(dtype.components);
  writeElement(data, 0, dtype, scalar);
  const [first, second] = [data[0], data[1]];
  if (dtype.kind === 'bool') return first !== 0;
  if (isInteger(dtype)) return BigInt(first);
  if (dtype.kind === 'complex') return new Complex(Number(first), Number(second));
  if (dtype === float16) return halfBitsToNumber(Number(first));
  return dtype === bfloat16 ? bfloatBitsToNumber(Number(first)) : Number(first);
}

/** The value that the dtype keeps of a number. */
export function rounding(dtype: DType): (value: number) => number {
  if (dtype === float16) return (value) => halfBitsToNumber(numberToHalfBits(value));
  if (dtype === bfloat16) return (value) => bfloatBitsToNumber(numberToBfloatBits(value));
  return dtype === float32 ? Math.fround : (value) => value;
}

export function wrapping(dtype: DType): (value: bigint) => bigint {
  const bits = dtype.itemsize * 8;
  return dtype.kind === 'uint' ? (value) => BigInt.asUintN(bits, value) : (value) => BigInt.asIntN(bits, value);
}

/** Whether a value counts as true: NaN does. */
export function isTrue(value: Value): boolean {
  if (value instanceof Complex) return isTrue(value.re) || isTrue(value.im);
  return typeof value === 'number' ? value !== 0 : Boolean(value);
}

export function hasNan(value: Value): boolean {
  if (value instanceof Complex) return Number.isNaN(value.re) || Number.isNaN(value.im);
  return typeof value === 'number' && Number.isNaN(value);
}
