/** What a printer needs to know of an array; strided arrays and tensors are printed through an adapter to this. */

export type PrintableKind = 'bool' | 'int' | 'uint' | 'float' | 'complex';

/** One element: 0 or 1 for booleans, a bigint for integers that are not safe as numbers, `[re, im]` for complex. */
export type PrintableValue = number | bigint | readonly [number, number];

export interface PrintSource {
  readonly kind: PrintableKind;
  /** 'float32', 'int64', 'bfloat16', 'complex64', 'bool', ... */
  readonly dtypeName: string;
  /** 8, 16, 32 or 64; for complex the bits of one component. */
  readonly itemBits: number;
  readonly shape: readonly number[];
  /** The element at a full multi-index. The index array may be reused by the caller after the call. */
  at(index: readonly number[]): PrintableValue;
}

export function elementCount(shape: readonly number[]): number {
  return shape.reduce((count, length) => count * length, 1);
}

/** The indices along one axis that a summary shows: all of a short axis, else both ends. */
export function edgeIndices(length: number, edgeItems: number): number[] {
  if (length <= 2 * edgeItems) return Array.from({ length }, (_, i) => i);
  const indices: number[] = [];
  for (let i = 0; i < edgeItems; i++) indices.push(i);
  for (let i = length - edgeItems; i < length; i++) indices.push(i);
  return indices;
}

/** The elements at every combination of the given indices, in row-major order. */
export function gather(source: PrintSource, axes: readonly (readonly number[])[]): PrintableValue[] {
  const values: PrintableValue[] = [];
  const index: number[] = axes.map(() => 0);
  const visit = (axis: number): void => {
    if (axis === axes.length) {
      values.push(source.at(index));
      return;
    }
    for (const position of axes[axis]) {
      index[axis] = position;
      visit(axis + 1);
    }
  };
  visit(0);
  return values;
}

/** A Python tuple of numbers: `()`, `(3,)`, `(2, 3)`. */
export function shapeText(shape: readonly number[]): string {
  return shape.length === 1 ? `(${shape[0]},)` : `(${shape.join(', ')})`;
}
