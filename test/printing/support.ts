import { readFileSync } from 'node:fs';
import { roundToFormat } from '../../src/core/printing/digits.ts';
import type { FloatFormat } from '../../src/core/printing/digits.ts';
import type { PrintSource, PrintableKind, PrintableValue } from '../../src/core/printing/index.ts';

export function fixture<Content>(name: string): Content {
  return JSON.parse(readFileSync(new URL(`../fixtures/printing/${name}.json`, import.meta.url), 'utf8')) as Content;
}

export interface StoredArray {
  dtype: string;
  shape: number[];
  /** Little-endian bytes in base64. */
  data?: string;
  /** Element k is start + step * k. */
  affine?: [number, number];
}

function bytesOf(text: string): DataView {
  const bytes = Buffer.from(text, 'base64');
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

function readHalf(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0x1f) return fraction ? NaN : sign * Infinity;
  // oxlint-disable-next-line flambeau/tolerances -- the least half's unit
  return sign * (exponent === 0 ? fraction * 2 ** -24 : (fraction + 1024) * 2 ** (exponent - 25));
}

function readBrain(bits: number): number {
  const view = new DataView(new ArrayBuffer(4));
  view.setUint16(0, bits);
  return view.getFloat32(0);
}

type Reader = (view: DataView, offset: number) => number | bigint;

function narrow(value: bigint): number | bigint {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value;
}

const readers: Record<string, [number, Reader]> = {
  bool: [1, (view, at) => view.getUint8(at)],
  int8: [1, (view, at) => view.getInt8(at)],
  uint8: [1, (view, at) => view.getUint8(at)],
  int16: [2, (view, at) => view.getInt16(at, true)],
  uint16: [2, (view, at) => view.getUint16(at, true)],
  int32: [4, (view, at) => view.getInt32(at, true)],
  uint32: [4, (view, at) => view.getUint32(at, true)],
  int64: [8, (view, at) => narrow(view.getBigInt64(at, true))],
  uint64: [8, (view, at) => narrow(view.getBigUint64(at, true))],
  float16: [2, (view, at) => readHalf(view.getUint16(at, true))],
  bfloat16: [2, (view, at) => readBrain(view.getUint16(at, true))],
  float32: [4, (view, at) => view.getFloat32(at, true)],
  float64: [8, (view, at) => view.getFloat64(at, true)],
};

const components: Record<string, string> = { complex32: 'float16', complex64: 'float32', complex128: 'float64' };

function kindOf(dtype: string): PrintableKind {
  if (dtype === 'bool') return 'bool';
  if (dtype.startsWith('complex')) return 'complex';
  if (dtype.includes('float')) return 'float';
  return dtype.startsWith('u') ? 'uint' : 'int';
}

/** One number of the stored bytes. */
export function readNumber(data: string, dtype: string): number {
  return readers[dtype][1](bytesOf(data), 0) as number;
}

function cast(value: number, dtype: string): number {
  if (dtype === 'bool') return value === 0 ? 0 : 1;
  return dtype.includes('float') ? roundToFormat(value, dtype as FloatFormat) : Math.trunc(value);
}

/** A contiguous array that counts how many of its elements were read. */
export function sourceOf({ dtype, shape, data, affine }: StoredArray): PrintSource & { reads: number } {
  const component = components[dtype] ?? dtype;
  const complex = component !== dtype;
  const [size, read] = readers[component];
  const view = data === undefined ? undefined : bytesOf(data);
  const elementAt = (flat: number): PrintableValue => {
    if (view) {
      if (!complex) return read(view, flat * size);
      return [read(view, 2 * flat * size) as number, read(view, (2 * flat + 1) * size) as number];
    }
    const [start, step] = affine as [number, number];
    const value = cast(start + step * flat, component);
    return complex ? [value, 0] : value;
  };
  return {
    kind: kindOf(dtype),
    dtypeName: dtype,
    itemBits: size * 8,
    shape,
    reads: 0,
    at(index) {
      this.reads += 1;
      if (index.length !== shape.length || index.some((i, axis) => !(i >= 0 && i < shape[axis]))) {
        throw new RangeError(`index [${index.join()}] in shape [${shape.join()}]`);
      }
      return elementAt(index.reduce((flat, i, axis) => flat * shape[axis] + i, 0));
    },
  };
}
