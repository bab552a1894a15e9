import { Complex } from '../../core/complex.ts';
import type { Scalar } from '../../core/complex.ts';
import type { DType, TypedArray } from '../../core/dtype.ts';
import { componentType, isComplex, isInteger } from '../../core/dtype.ts';
import { IndexError, RuntimeError, ValueError } from '../../core/errors.ts';
import type { Layout } from '../../core/layout.ts';
import { contiguousStrides, sameShape, stridedLayout } from '../../core/layout.ts';
import type { Nested } from '../../core/literal.ts';
import type { Storage } from '../../core/storage.ts';
import { StridedArray, viewOf } from '../../core/strided.ts';
import { imagView, realView } from '../../ops/components.ts';
import { elementAt, elements, exactScalar, toNested } from '../../ops/host.ts';
import { full } from '../../ops/creation.ts';
import { broadcastTo, clone, permute } from '../../ops/movement.ts';
import type { dtype } from '../dtypes/dtype.ts';
import { dtypeOf } from '../dtypes/dtype.ts';
import { checkOptions } from '../arguments/options.ts';
import { array_str } from './printing.ts';

/** What functions take where NumPy takes an array-like: arrays, numbers, typed arrays and nested lists of them. */
export type ArrayLike = ndarray | Nested | readonly ArrayLike[];

/** One element as JavaScript sees it. */
export type Item = number | boolean | Complex;

export interface Flags {
  /** Row-major without gaps. */
  readonly c_contiguous: boolean;
  /** Column-major without gaps. */
  readonly f_contiguous: boolean;
  readonly contiguous: boolean;
  readonly fnc: boolean;
  readonly forc: boolean;
}

/** The elements in row-major order, whatever the shape. */
export interface FlatIterable extends Iterable<Item> {
  readonly length: number;
}

/**
 * NumPy's array: elements of one dtype under a shape, perhaps a view of another array's memory.
 * Arrays are made by `np.array`, `np.zeros` and so on. What NumPy gives as a scalar is here an array of no dimensions:
 * it prints as the scalar does, and `item()` or `Number(x)` reads it.
 * Source: numpy.ndarray.
 */
export class ndarray extends StridedArray {
  constructor(storage: Storage, dtype: DType, layout: Layout) {
    super(storage, dtype, layout);
    const ndim = layout.shape.length;
    if (ndim > 64) throw new ValueError(`maximum supported dimension for an ndarray is currently 64, found ${ndim}`);
  }

  /** The extent of each axis. */
  get shape(): readonly number[] {
    // A tuple in Python: nobody may write the layout's own list.
    return Object.freeze(this.geometry.shape);
  }

  /** The number of axes. */
  get ndim(): number {
    return this.geometry.shape.length;
  }

  /** The number of elements. */
  get size(): number {
    return this.geometry.size;
  }

  /** The type of the elements: `np.float64`, `np.int64`, ... */
  get dtype(): dtype {
    return dtypeOf(this.dtypeCore);
  }

  /** Bytes of one element. */
  get itemsize(): number {
    return this.dtypeCore.itemsize;
  }

  /** Bytes of all elements, each counted once for every place where it is seen. */
  get nbytes(): number {
    return this.geometry.size * this.dtypeCore.itemsize;
  }

  /** Bytes from one element to the next along each axis. */
  get strides(): readonly number[] {
    return this.geometry.strides.map((stride) => stride * this.dtypeCore.itemsize);
  }

  /** The axes in reverse order, a view. */
  get T(): ndarray {
    const { ndim } = this;
    if (ndim < 2) return viewOf<ndarray>(this, this.geometry);
    return permute<ndarray>(this, this.geometry.shape.map((_, axis) => ndim - 1 - axis));
  }

  /** The last two axes swapped, a view. */
  get mT(): ndarray {
    const { ndim } = this;
    if (ndim < 2) throw new ValueError('matrix transpose with ndim < 2 is undefined');
    return permute<ndarray>(this, this.geometry.shape.map((_, axis) => (axis < ndim - 2 ? axis : 2 * ndim - 3 - axis)));
  }

  /** The elements in row-major order. */
  get flat(): FlatIterable {
    const array = this;
    return {
      length: array.size,
      * [Symbol.iterator](): Iterator<Item> {
        for (const value of elements(array)) yield exactScalar(value);
      },
    };
  }

  /** The real parts, a view; the array itself where it is real. */
  get real(): ndarray {
    return isComplex(this.dtypeCore) ? realView<ndarray>(this) : this;
  }

  /** The imaginary parts, a view; zeros that cannot be written where the array is real. */
  get imag(): ndarray {
    return isComplex(this.dtypeCore) ? imagView<ndarray>(this)
      : broadcastTo(full<ndarray>(ndarray, [], 0, this.dtypeCore, this.storage.device), this.shape);
  }

  get flags(): Flags {
    const { shape, strides, contiguous, size } = this.geometry;
    const reversed = [...contiguousStrides([...shape].reverse())].reverse();
    const fortran = size === 0 || shape.every((extent, axis) => extent === 1 || strides[axis] === reversed[axis]);
    return {
      c_contiguous: contiguous, f_contiguous: fortran, contiguous, fnc: fortran && !contiguous, forc: fortran || contiguous,
    };
  }

  /**
   * The memory itself as a typed array, row-major: writing into it writes into the array. Complex numbers lie as pairs,
   * float16 as its bits. Throws a ValueError where the elements are not contiguous. The view stays valid as long as the
   * array lives.
   */
  get data(): TypedArray {
    if (!this.geometry.contiguous) throw new ValueError('the elements are not contiguous in memory: take x.copy().data');
    const { dtypeCore, geometry: layout } = this;
    const access = this.storage.hostView(dtypeCore);
    if (access === null) {
      throw new RuntimeError(
        `the memory of ${this.storage.device.type} cannot be viewed: await x.cpu() first`);
    }
    const { data, base } = access;
    const start = base + layout.offset * dtypeCore.components;
    return data.subarray(start, start + layout.size * dtypeCore.components);
  }

  /** The extent of the first axis, Python's `len(x)`. */
  get length(): number {
    if (this.geometry.shape.length === 0) throw new TypeError('len() of unsized object');
    return this.geometry.shape[0];
  }

  /** Rows of the array, or the elements of a one-dimensional one. */
  * [Symbol.iterator](): Generator<ndarray | Item> {
    const { shape, strides, offset } = this.geometry;
    if (shape.length === 0) throw new TypeError('iteration over a 0-d array');
    for (let i = 0; i < shape[0]; i++) {
      const position = offset + i * strides[0];
      yield shape.length === 1
        ? exactScalar(elementAt(this, position))
        : viewOf<ndarray>(this, stridedLayout(shape.slice(1), strides.slice(1), position));
    }
  }

  /**
   * One element as a JavaScript value: of an array with one element, at a row-major position, or at an index per axis.
   * @example
   * np.array([[1, 2], [3, 4]]).item(1, 0) // → 3
   */
  item(...index: readonly number[] | readonly [readonly number[]]): Item {
    const [first] = index;
    return exactScalar(elementAt(this, this.positionOf(index.length === 1 && Array.isArray(first) ? first : index as number[])));
  }

  private positionOf(index: readonly number[]): number {
    const { shape, strides, offset, size } = this.geometry;
    if (index.length === 0) {
      if (size !== 1) throw new ValueError('can only convert an array of size 1 to a Python scalar');
      return offset;
    }
    for (const each of index) if (!Number.isInteger(each)) throw new TypeError('an integer is required');
    let position = offset;
    if (index.length === 1 && shape.length !== 1) {
      let rest = index[0] < 0 ? index[0] + size : index[0];
      if (rest < 0 || rest >= size) throw new IndexError(`index ${index[0]} is out of bounds for size ${size}`);
      for (let axis = shape.length - 1; axis >= 0; axis--) {
        position += (rest % shape[axis]) * strides[axis];
        rest = Math.floor(rest / shape[axis]);
      }
      return position;
    }
    if (index.length !== shape.length) throw new ValueError('incorrect number of indices for array');
    for (let axis = 0; axis < shape.length; axis++) {
      const each = index[axis] < 0 ? index[axis] + shape[axis] : index[axis];
      if (each < 0 || each >= shape[axis]) {
        throw new IndexError(`index ${index[axis]} is out of bounds for axis ${axis} with size ${shape[axis]}`);
      }
      position += each * strides[axis];
    }
    return position;
  }

  /**
   * The elements as nested lists. 64-bit integers are numbers where those are exact, and an error where not, unless
   * `bigint: true` asks for bigints.
   * @example
   * np.arange(4).reshape(2, 2).tolist() // → [[0, 1], [2, 3]]
   */
  tolist(options: { bigint?: boolean } = {}): Nested {
    checkOptions('tolist', options, ['bigint']);
    return toNested(this, options.bigint ?? false) as Nested;
  }

  /** Integers as bigints: one for an array of no dimensions, else nested lists. */
  toBigInt(): Nested {
    if (!isInteger(this.dtypeCore) && this.dtypeCore.kind !== 'bool') {
      throw new TypeError(
        `cannot read ${this.dtypeCore.name} as integers`);
    }
    const convert = (value: unknown): Nested => (Array.isArray(value) ? value.map(convert) : BigInt(value as bigint));
    return convert(toNested(this, true));
  }

  /** A copy of the elements in row-major order, outside of the library's memory. */
  toTypedArray(): TypedArray {
    return (this.geometry.contiguous ? this : clone<ndarray>(this)).data.slice();
  }

  /** What Python's `print(x)` shows. */
  override toString(): string {
    return array_str(this);
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return array_str(this);
  }

  /** Nested lists, as `tolist()`. */
  toJSON(): Nested {
    return this.tolist();
  }

  [Symbol.toPrimitive](hint: string): string | number | bigint | boolean {
    if (hint === 'string') return String(array_str(this));
    if (this.geometry.size === 1) {
      const value: Scalar = elementAt(this, this.geometry.offset);
      if (!(value instanceof Complex)) return value;
      if (hint === 'number') throw new TypeError("float() argument must be a string or a real number, not 'complex'");
      return array_str(this);
    }
    if (hint === 'number') throw new TypeError('only 0-dimensional arrays can be converted to Python scalars');
    return array_str(this);
  }

  /** Gives the memory back at once; every view of it is unusable from then on. */
  [Symbol.dispose](): void {
    this.storage.free();
  }
}

/** Whether two arrays are the very same view. */
export function sameView(a: ndarray, b: ndarray): boolean {
  return a.storage === b.storage && a.dtypeCore === b.dtypeCore && a.geometry.offset === b.geometry.offset
    && sameShape(a.geometry.shape, b.geometry.shape) && sameShape(a.geometry.strides, b.geometry.strides);
}

/** The dtype of the real and imaginary parts; other types' own. */
export function realDType(x: ndarray): dtype {
  return dtypeOf(componentType(x.dtypeCore));
}
