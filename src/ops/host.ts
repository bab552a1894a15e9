import { backendOf } from '../backend/select.ts';
import type { Scalar } from '../core/complex.ts';
import type { TypedArray } from '../core/dtype.ts';
import { OverflowError } from '../core/errors.ts';
import { checkList } from '../core/layout.ts';
import { nest } from '../core/literal.ts';
import type { PrintSource } from '../core/printing/source.ts';
import { Complex } from '../core/complex.ts';
import { readElement } from '../core/scalar.ts';
import type { StridedArray } from '../core/strided.ts';

/** Elements of an array as JavaScript values. */

/** Whether the array's device computes on its own time, so that its elements cannot be read at once. */
export function isDeferred(array: StridedArray): boolean {
  return backendOf(array.storage.device).deferred !== null;
}

/** A copy of the elements in row-major order, in the dtype's own components: half floats as bits, complex numbers interleaved. */
export function hostValues(array: StridedArray): TypedArray {
  return backendOf(array.storage.device).toHost(array);
}

/** Every element in row-major order; 64-bit integers beyond 2^53 come as bigints. */
export function elements(array: StridedArray): Scalar[] {
  const { dtypeCore: dtype, geometry: layout } = array;
  checkList(layout.size);
  const data = hostValues(array);
  const values = new Array<Scalar>(layout.size);
  for (let i = 0; i < values.length; i++) values[i] = readElement(data, i * dtype.components, dtype);
  return values;
}

export function elementAt(array: StridedArray, position: number): Scalar {
  return backendOf(array.storage.device).read(array, position);
}

/** A number, boolean or Complex; throws where no number is a 64-bit integer exactly, and names the way that works. */
export function exactScalar(value: Scalar): number | boolean | Complex {
  if (typeof value === 'bigint') {
    const number = Number(value);
    if (BigInt(number) === value) return number;
    throw new OverflowError(
      `${value} is beyond the integers that a JavaScript number holds exactly; read it with toBigInt() or tolist({ bigint: true })`);
  }
  return value;
}

/** What an array becomes where JavaScript wants a number or text: one element is its number, any array prints itself. */
export function primitiveOf(array: StridedArray, hint: string, words: string): number | boolean | string {
  if (hint === 'string') return array.toString();
  const { size, offset } = array.geometry;
  if (size !== 1) {
    throw new TypeError(`${words}: write a.add(b) for a + b, a.lt(b) for a < b`);
  }
  const value = exactScalar(elementAt(array, offset));
  if (value instanceof Complex) throw new TypeError("float() argument must be a string or a real number, not 'complex'");
  return value;
}

export function toNested(array: StridedArray, bigint = false): unknown {
  const wide = bigint && array.dtypeCore.itemsize === 8 && (array.dtypeCore.kind === 'int' || array.dtypeCore.kind === 'uint');
  const values = elements(array).map((value) => (wide ? BigInt(value as number) : exactScalar(value)));
  return nest<unknown>(values, array.geometry.shape);
}

/** How the printers read an array. */
export function printSource(array: StridedArray): PrintSource {
  const { dtypeCore: dtype, geometry: layout } = array;
  const backend = backendOf(array.storage.device);
  return {
    kind: dtype.kind,
    dtypeName: dtype.name,
    itemBits: (dtype.itemsize / dtype.components) * 8,
    shape: layout.shape,
    at: (index) => {
      let position = layout.offset;
      for (let axis = 0; axis < index.length; axis++) position += index[axis] * layout.strides[axis];
      const value = backend.read(array, position);
      if (value instanceof Complex) return [value.re, value.im];
      return typeof value === 'boolean' ? Number(value) : value;
    },
  };
}
