import type { DType } from './dtype.ts';
import { MemoryError, OverflowError, ValueError, notAnInteger, shapeText, tupleText } from './errors.ts';

const largest = Number.MAX_SAFE_INTEGER;

/** Throws for what is no whole number, or one that a double does not count exactly. */
export function checkInteger(value: unknown): asserts value is number {
  if (Number.isSafeInteger(value)) return;
  if (Number.isInteger(value)) throw new OverflowError('Python int too large to convert to C long');
  throw notAnInteger(value);
}

/**
 * How a strided array lies in its storage. Immutable, so arrays of one shape share one object. Strides and offset count elements.
 * A class, and not whatever has these members, so that its constructor alone says what a layout is: whole numbers, and no extent
 * below 0. `StridedArray` holds it against the storage.
 */
export class Layout {
  readonly shape: readonly number[];
  readonly size: number;
  // Where the elements of two equal arrays lie may differ: tools that compare arrays by their properties do not see it.
  readonly #strides: readonly number[];
  readonly #offset: number;
  readonly #contiguous: boolean;
  /** All elements lie from `low` up to but without `end`. */
  readonly #low: number;
  readonly #end: number;

  private constructor(shape: readonly number[], strides: readonly number[] | null, offset: number) {
    const ndim = shape.length;
    // Copies, since the lists may be a caller's own.
    const extents = new Array<number>(ndim);
    const steps = new Array<number>(ndim);
    let run = 1;
    let low = offset;
    let end = offset + 1;
    let contiguous = true;
    let empty = false;
    for (let axis = ndim - 1; axis >= 0; axis--) {
      const extent = shape[axis];
      const step = strides === null ? run : strides[axis];
      if (!Number.isSafeInteger(extent) || !Number.isSafeInteger(step)) [extent, step].forEach(checkInteger);
      extents[axis] = extent;
      steps[axis] = step;
      if (extent > 1) {
        if (step !== run) contiguous = false;
        if (step < 0) low += (extent - 1) * step;
        else end += (extent - 1) * step;
        run *= extent;
      } else if (extent < 1) {
        if (extent < 0) throw new ValueError('negative dimensions are not allowed');
        empty = true;
      }
    }
    if (!Number.isSafeInteger(offset)) checkInteger(offset);
    if (!empty && (run > largest || low < -largest || end > largest)) throw tooBig();
    this.shape = extents;
    this.size = empty ? 0 : run;
    this.#strides = steps;
    this.#offset = offset;
    this.#contiguous = contiguous || empty;
    this.#low = empty ? 0 : low;
    this.#end = empty ? 0 : end;
  }

  get strides(): readonly number[] {
    return this.#strides;
  }

  get offset(): number {
    return this.#offset;
  }

  /** Row-major without gaps; the offset may be anything. */
  get contiguous(): boolean {
    return this.#contiguous;
  }

  /** Row-major without gaps where there are no strides. */
  static of(shape: readonly number[], strides: readonly number[] | null, offset: number): Layout {
    return new Layout(shape, strides, offset);
  }

  /** Whether a storage that has room for `room` elements holds them all. */
  isWithin(room: number): boolean {
    return this.#low >= 0 && this.#end <= room;
  }

  /** First and last element index that it touches, both inclusive; the size must not be 0. */
  get range(): readonly [number, number] {
    return [this.#low, this.#end - 1];
  }
}

/** Whether the elements lie column by column without gaps. */
export function isByColumns({ shape, strides, size }: Layout): boolean {
  let run = 1;
  for (let axis = 0; axis < shape.length && size > 0; axis++) {
    if (shape[axis] !== 1 && strides[axis] !== run) return false;
    run *= shape[axis];
  }
  return true;
}

/** The most bytes that one array may take: pointers have 32 bits. */
export const largestBytes = 2 ** 32;

/** The most members that a list of JavaScript's may be given: the engine ends the process, rather than throw, not far above. */
const largestList = 2 ** 26;

/** Throws before a list of so many members is made. */
export function checkList(length: number, most: number = largestList): void {
  if (length > most) throw new MemoryError(`Unable to allocate a list of ${length} elements`);
}

/** The same where every member is an array. */
export function checkArrays(count: number): void {
  checkList(count, 2 ** 22);
}

const tooBig = (): ValueError =>
  new ValueError('array is too big; `arr.size * arr.dtype.itemsize` is larger than the maximum possible size.');

export function sizeOf(shape: readonly number[]): number {
  let size = 1;
  for (let axis = 0; axis < shape.length; axis++) size *= shape[axis];
  return size;
}

const units = ['bytes', 'KiB', 'MiB', 'GiB', 'TiB', 'PiB', 'EiB'];

/** An amount of memory to three digits: `7.28 TiB`, `728. TiB`. */
export function bytesText(bytes: number): string {
  let unit = 0;
  for (; bytes >= 1024 && unit < units.length - 1; unit++) bytes /= 1024;
  const digits = bytes.toPrecision(3);
  return `${unit > 0 && !digits.includes('.') ? `${digits}.` : digits} ${units[unit]}`;
}

/** Throws for a shape that no array can have; `dtype` is what it would hold, bytes if left out. */
export function checkShape(shape: readonly number[], dtype?: DType): void {
  for (const extent of shape) {
    if (!Number.isInteger(extent)) checkInteger(extent);
    if (extent < 0) throw new ValueError('negative dimensions are not allowed');
  }
  // An empty array may have huge other extents in NumPy only while their product fits.
  let size = 1;
  for (const extent of shape) if (extent > 0) size *= extent;
  const bytes = size * (dtype?.itemsize ?? 1);
  if (bytes > largestBytes) {
    if (shape.some((extent) => extent >= 2 ** 63)) throw new ValueError('Maximum allowed dimension exceeded');
    if (bytes >= 2 ** 63 || shape.includes(0)) throw tooBig();
    const what = dtype === undefined ? '' : ` and data type ${dtype.name}`;
    throw new MemoryError(`Unable to allocate ${bytesText(bytes)} for an array with shape ${tupleText(shape)}${what}`);
  }
}

export function contiguousStrides(shape: readonly number[]): number[] {
  const strides = new Array<number>(shape.length);
  let step = 1;
  for (let axis = shape.length - 1; axis >= 0; axis--) {
    strides[axis] = step;
    step *= Math.max(shape[axis], 1);
  }
  return strides;
}

/** Whether elements under these strides follow one another in row-major order. */
export function isContiguous(shape: readonly number[], strides: readonly number[]): boolean {
  return Layout.of(shape, strides, 0).contiguous;
}

/** A fresh row-major layout at offset 0. The shape must have been checked where it came from a user. */
export function contiguousLayout(shape: readonly number[]): Layout {
  return Layout.of(shape, null, 0);
}

export function stridedLayout(shape: readonly number[], strides: readonly number[], offset: number): Layout {
  return Layout.of(shape, strides, offset);
}

/** The same with the first element elsewhere. */
export function layoutAt(layout: Layout, offset: number): Layout {
  return layout.offset === offset ? layout : Layout.of(layout.shape, layout.strides, offset);
}

export const scalarLayout: Layout = contiguousLayout([]);

export function sameShape(a: readonly number[], b: readonly number[]): boolean {
  if (a === b) return true;
  if (a.length !== b.length) return false;
  for (let axis = 0; axis < a.length; axis++) if (a[axis] !== b[axis]) return false;
  return true;
}

/** The broadcast of two shapes, or null where they do not fit. */
export function broadcastPair(a: readonly number[], b: readonly number[]): readonly number[] | null {
  if (sameShape(a, b)) return a;
  const ndim = Math.max(a.length, b.length);
  const shape = new Array<number>(ndim);
  for (let axis = 1; axis <= ndim; axis++) {
    const extentA = axis <= a.length ? a[a.length - axis] : 1;
    const extentB = axis <= b.length ? b[b.length - axis] : 1;
    if (extentA !== extentB && extentA !== 1 && extentB !== 1) return null;
    shape[ndim - axis] = extentA === 1 ? extentB : extentA;
  }
  return shape;
}

/** The common shape of all, with NumPy's error where there is none. */
export function broadcastShapes(shapes: readonly (readonly number[])[]): readonly number[] {
  let common: readonly number[] = shapes.length > 0 ? shapes[0] : [];
  for (let i = 1; i < shapes.length; i++) {
    const next = broadcastPair(common, shapes[i]);
    if (!next) {
      throw new ValueError(
        `operands could not be broadcast together with shapes ${shapes.map(shapeText).join(' ')} `);
    }
    common = next;
  }
  return common;
}

/** The same elements seen under a larger shape, with stride 0 where they repeat. The shapes must fit. */
export function broadcastLayout(layout: Layout, shape: readonly number[]): Layout {
  if (sameShape(layout.shape, shape)) return layout;
  const lead = shape.length - layout.shape.length;
  const strides = shape.map((extent, axis) =>
    axis < lead || (layout.shape[axis - lead] === 1 && extent !== 1) ? 0 : layout.strides[axis - lead]);
  return stridedLayout(shape, strides, layout.offset);
}

/**
 * Strides that show the same elements under a new shape without a copy, or null where there are none.
 * Runs of axes that lie densely one in the other are matched against runs of new axes with the same product.
 */
export function reshapedStrides(layout: Layout, shape: readonly number[]): readonly number[] | null {
  if (layout.size === 0 || layout.contiguous) return contiguousStrides(shape);
  const oldShape: number[] = [];
  const oldStrides: number[] = [];
  layout.shape.forEach((extent, axis) => {
    if (extent !== 1) {
      oldShape.push(extent);
      oldStrides.push(layout.strides[axis]);
    }
  });
  const strides = new Array<number>(shape.length).fill(0);
  let oldAxis = 0;
  let newAxis = 0;
  while (oldAxis < oldShape.length) {
    let oldEnd = oldAxis + 1;
    let newEnd = newAxis + 1;
    let oldProduct = oldShape[oldAxis];
    let newProduct = shape[newAxis] ?? 1;
    while (oldProduct !== newProduct) {
      if (newProduct < oldProduct) newProduct *= shape[newEnd++];
      else oldProduct *= oldShape[oldEnd++];
    }
    for (let axis = oldAxis; axis < oldEnd - 1; axis++) {
      if (oldStrides[axis] !== oldShape[axis + 1] * oldStrides[axis + 1]) return null;
    }
    strides[newEnd - 1] = oldStrides[oldEnd - 1];
    for (let axis = newEnd - 1; axis > newAxis; axis--) strides[axis - 1] = strides[axis] * shape[axis];
    oldAxis = oldEnd;
    newAxis = newEnd;
  }
  const last = newAxis > 0 ? strides[newAxis - 1] : 1;
  for (let axis = newAxis; axis < shape.length; axis++) strides[axis] = last;
  return strides;
}

/** Every element in one dense block, in whatever order of axes: its layout can be given to a fresh result. */
export function isDense(layout: Layout): boolean {
  if (layout.contiguous) return true;
  const axes = axesByStride(layout).filter((axis) => layout.shape[axis] !== 1);
  let step = 1;
  for (let i = axes.length - 1; i >= 0; i--) {
    if (layout.strides[axes[i]] !== step) return false;
    step *= layout.shape[axes[i]];
  }
  return true;
}

/** Axes from the slowest to the fastest in memory. */
export function axesByStride(layout: Layout): number[] {
  return layout.shape.map((_, axis) => axis)
    .sort((a, b) => Math.abs(layout.strides[b]) - Math.abs(layout.strides[a]) || a - b);
}
