import type { Complex } from './complex.ts';
import { deviceText } from './device.ts';
import type { DType, TypedArray } from './dtype.ts';
import { componentType } from './dtype.ts';
import { tupleText } from './errors.ts';
import type { Layout } from './layout.ts';
import { readElement } from './scalar.ts';
import type { Storage } from './storage.ts';

/** Texts that are the same where dtype, shape and elements are, and differ where one of them does. */

interface Contents {
  readonly storage: Storage;
  readonly dtypeCore: DType;
  readonly geometry: Layout;
}

/** Up to so many elements are written out; of more there is a digest. */
const written = 16;

/** Calls `visit` with the position of every element in row-major order. */
function walk({ shape, strides, offset, size }: Layout, visit: (position: number) => void): void {
  const index = new Array<number>(shape.length).fill(0);
  const last = shape.length - 1;
  const [extent, step] = last < 0 ? [1, 0] : [shape[last], strides[last]];
  let start = offset;
  for (let done = 0; done < size; done += extent) {
    for (let i = 0; i < extent; i++) visit(start + i * step);
    for (let axis = last - 1; axis >= 0; axis--) {
      start += strides[axis];
      if (++index[axis] < shape[axis]) break;
      start -= shape[axis] * strides[axis];
      index[axis] = 0;
    }
  }
}

function elementText(value: number | bigint | boolean | Complex): string {
  if (typeof value === 'object') return `${elementText(value.re)}${elementText(value.im).replace(/^(?!-)/, '+')}j`;
  return Object.is(value, -0) ? '-0' : String(value);
}

/** The bits of a NaN that stands for all of them, and what tells one from numbers: an exponent of ones over a fraction that is not 0. */
const nans: { readonly [name: string]: readonly [exponent: number, fraction: number] } = {
  float16: [0x7c00, 0x3ff], bfloat16: [0x7f80, 0x7f], float32: [0x7f800000, 0x7fffff], float64: [0x7ff00000, 0xfffff],
};

const littleEndian = new Uint8Array(new Uint16Array([1]).buffer)[0] === 1;

/** Two 32-bit numbers that depend on every bit of every element, but not on which NaN there is. */
function digest(data: TypedArray, dtype: DType, layout: Layout): string {
  const component = componentType(dtype);
  const { itemsize } = component;
  const nan = nans[component.name];
  const words = itemsize === 1 ? new Uint8Array(data.buffer, data.byteOffset, data.length)
    : itemsize === 2 ? new Uint16Array(data.buffer, data.byteOffset, data.length)
      : new Uint32Array(data.buffer, data.byteOffset, data.byteLength / 4);
  let a = 0x9e3779b9;
  let b = 0x85ebca6b;
  const mix = (word: number): void => {
    a = Math.imul(a ^ word, 0x9e3779b1);
    a ^= a >>> 15;
    b = Math.imul((b << 13 | b >>> 19) + word | 0, 0xc2b2ae35) + a | 0;
  };
  const isNan = (high: number, low: number): boolean =>
    nan !== undefined && (high & nan[0]) === nan[0] && ((high & nan[1]) !== 0 || low !== 0);
  walk(layout, (position) => {
    for (let part = 0; part < dtype.components; part++) {
      const place = position * dtype.components + part;
      if (itemsize < 8) {
        mix(isNan(words[place], 0) ? nan[0] | nan[1] : words[place]);
      } else {
        const high = words[2 * place + (littleEndian ? 1 : 0)];
        const low = words[2 * place + (littleEndian ? 0 : 1)];
        const isNone = isNan(high, low);
        mix(isNone ? nan[0] | nan[1] : high);
        mix(isNone ? 0 : low);
      }
    }
  });
  const hex = (word: number): string => (word >>> 0).toString(16).padStart(8, '0');
  return hex(a ^ b >>> 16) + hex(Math.imul(b ^ a >>> 13, 0x27d4eb2f));
}

const numbers = new WeakMap<Storage, number>();
let numbered = 0;

/** Elements that cannot be read are the same where they are the same memory. */
function memoryText(storage: Storage, { strides, offset }: Layout): string {
  if (!numbers.has(storage)) numbers.set(storage, numbered++);
  return `memory ${numbers.get(storage)} from ${offset} by ${tupleText(strides)}`;
}

/** `int64 (3,): 0 1 2`. */
export function contentsOf({ storage, dtypeCore: dtype, geometry: layout }: Contents): string {
  const head = `${dtype.name} ${tupleText(layout.shape)}`;
  if (storage.freed) return `${head}, freed: ${memoryText(storage, layout)}`;
  if (layout.size === 0) return head;
  const [, high] = layout.range;
  const data = storage.hostView(dtype, 0, (high + 1) * dtype.components);
  if (data === null) return `${head} on ${deviceText(storage.device)}: ${memoryText(storage, layout)}`;
  if (layout.size > written) return `${head}: ${digest(data, dtype, layout)}`;
  const texts: string[] = [];
  walk(layout, (position) => texts.push(elementText(readElement(data, position * dtype.components, dtype))));
  return `${head}: ${texts.join(' ')}`;
}
