import type { Complex } from '../../core/complex.ts';
import type { DType, TypedArray } from '../../core/dtype.ts';
import { componentType, isInteger } from '../../core/dtype.ts';
import { IndexError, RuntimeError, ValueError, notAnInteger } from '../../core/errors.ts';
import type { Layout } from '../../core/layout.ts';
import { sameShape, stridedLayout } from '../../core/layout.ts';
import type { Nested, NestedList } from '../../core/literal.ts';
import { asComplex, isTrue } from '../../core/scalar.ts';
import type { Storage } from '../../core/storage.ts';
import { StridedArray, viewOf } from '../../core/strided.ts';
import { elementAt, exactScalar, primitiveOf, toNested } from '../../ops/host.ts';
import { clone, permute } from '../../ops/movement.ts';
import type { dtype } from '../dtypes/dtype.ts';
import { dtypeOf } from '../dtypes/dtype.ts';
import { checkOptions } from '../arguments/options.ts';
import { Flags } from './flags.ts';
import { array_str } from './printing.ts';

const onlyOne = 'only 0-dimensional arrays can be converted to Python scalars';

/** What functions take where NumPy takes an array-like: arrays, numbers, typed arrays and nested lists of them. */
export type ArrayLike = ndarray | Nested | readonly ArrayLike[];

/** One element as JavaScript sees it. */
export type Item = number | boolean | Complex;

/**
 * NumPy's array: elements of one dtype under a shape, perhaps a view of another array's memory. Arrays are made by
 * `np.array`, `np.zeros` and so on. What NumPy gives as a scalar is here an array of no dimensions: it prints as the
 * scalar does, and `item()` or `Number(x)` reads it. Source: numpy.ndarray.
 * @example
 * const x = np.array([[1, 2], [3, 4]], { dtype: np.float32 });
 * x.T // → [[1. 3.]
 *     //    [2. 4.]]
 * x.sum().item() // → 10
 */
export class ndarray extends StridedArray {
  constructor(storage: Storage, dtype: DType, layout: Layout) {
    super(storage, dtype, layout);
    const ndim = layout.shape.length;
    if (ndim > 64) throw new ValueError(`maximum supported dimension for an ndarray is currently 64, found ${ndim}`);
  }

  /**
   * The number of axes. Source: numpy.ndarray.ndim.
   * @example
   * np.zeros([2, 3]).ndim // → 2
   */
  get ndim(): number {
    return this.geometry.shape.length;
  }

  /**
   * The number of elements. Source: numpy.ndarray.size.
   * @example
   * np.zeros([2, 3]).size // → 6
   */
  get size(): number {
    return this.geometry.size;
  }

  /**
   * The type of the elements: `np.float64`, `np.int64`, ... Source: numpy.ndarray.dtype.
   * @example
   * np.array([1, 2]).dtype // → int64
   */
  get dtype(): dtype {
    return dtypeOf(this.dtypeCore);
  }

  /**
   * Bytes of one element. Source: numpy.ndarray.itemsize.
   * @example
   * np.zeros(3, { dtype: 'float32' }).itemsize // → 4
   */
  get itemsize(): number {
    return this.dtypeCore.itemsize;
  }

  /**
   * Bytes of all elements, each counted once for every place where it is seen. Source: numpy.ndarray.nbytes.
   * @example
   * np.zeros([2, 3]).nbytes // → 48
   */
  get nbytes(): number {
    return this.geometry.size * this.dtypeCore.itemsize;
  }

  /**
   * Bytes from one element to the next along each axis. Source: numpy.ndarray.strides.
   * @example
   * np.zeros([2, 3]).strides // → [24, 8]
   */
  get strides(): readonly number[] {
    return this.geometry.strides.map((stride) => stride * this.dtypeCore.itemsize);
  }

  /**
   * The axes in reverse order, a view. Source: numpy.ndarray.T.
   * @example
   * np.array([[1, 2], [3, 4]]).T // → [[1 3]
   *                              //    [2 4]]
   */
  get T(): ndarray {
    const { ndim } = this;
    if (ndim < 2) return viewOf<ndarray>(this, this.geometry);
    return permute<ndarray>(this, this.geometry.shape.map((_, axis) => ndim - 1 - axis));
  }

  /**
   * The last two axes swapped, a view. Throws a ValueError where there are not two. Source: numpy.ndarray.mT.
   * @example
   * np.zeros([5, 2, 3]).mT.shape // → [5, 3, 2]
   */
  get mT(): ndarray {
    const { ndim } = this;
    if (ndim < 2) throw new ValueError('matrix transpose with ndim < 2 is undefined');
    return permute<ndarray>(this, this.geometry.shape.map((_, axis) => (axis < ndim - 2 ? axis : 2 * ndim - 3 - axis)));
  }

  /**
   * How the array lies in memory, and whether it may be written. Source: numpy.ndarray.flags.
   * @example
   * np.zeros([2, 3]).T.flags.c_contiguous // → false
   */
  get flags(): Flags {
    return new Flags(this);
  }

  /**
   * The memory itself as a typed array, row-major: writing into it writes into the array. Complex numbers lie as
   * pairs, float16 as its bits. Throws a ValueError where the elements are not contiguous. The view keeps
   * the memory, but for an array that is freed by hand. It lies in shared memory where the engine has that, which ImageData, Blob,
   * TextDecoder and others refuse: give them `toTypedArray()`, a copy outside of it.
   * @example
   * const x = np.arange(3);
   * x.data[0] = 5n;
   * x // → [5 1 2]
   */
  get data(): TypedArray {
    if (!this.geometry.contiguous) throw new ValueError('the elements are not contiguous in memory: take x.copy().data');
    const { dtypeCore, geometry: layout } = this;
    const view = this.storage.hostView(dtypeCore, layout.offset * dtypeCore.components, layout.size * dtypeCore.components);
    if (view === null) {
      throw new RuntimeError(
        `the memory of ${this.storage.device.type} cannot be viewed: await x.cpu() first`);
    }
    return view;
  }

  /**
   * The extent of the first axis, Python's `len(x)`. Throws a TypeError where there is none.
   * @example
   * np.zeros([2, 3]).length // → 2
   */
  get length(): number {
    if (this.geometry.shape.length === 0) throw new TypeError('len() of unsized object');
    return this.geometry.shape[0];
  }

  /**
   * The array's parts along its first axis, as views: rows, or arrays of no dimensions; `x.flat` goes through the numbers. An array of no
   * dimensions has none, and is not iterable for the language either: tools that compare what is iterable part by part end there.
   */
  get [Symbol.iterator](): () => Generator<ndarray, undefined> {
    return this.geometry.shape.length === 0 ? undefined as never : parts;
  }

  /**
   * One element as a JavaScript value: of an array with one element, at a row-major position, or at an index per axis. Of a bool array
   * it is true or false, of a complex one a Complex, as in Python; `toBoolean` and `toComplex` have these types.
   * @example
   * np.array([[1, 2], [3, 4]]).item(1, 0) // → 3
   */
  item(...index: readonly number[] | readonly [readonly number[]]): number {
    const [first] = index;
    return exactScalar(elementAt(this, this.positionOf(index.length === 1 && Array.isArray(first) ? first : index as number[]))) as number;
  }

  /**
   * Python's `bool(x)`: whether the one element is not 0. JavaScript takes every object for true, so this is how an array decides.
   * @example
   * if (np.any(np.array([0, 2])).toBoolean()) console.log('some'); // → some
   */
  toBoolean(): boolean {
    const { size, offset } = this.geometry;
    if (size === 1) return isTrue(elementAt(this, offset));
    throw new ValueError(size === 0
      ? 'The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.'
      : 'The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()');
  }

  /**
   * Python's `complex(x)`: the one element with its imaginary part, which is 0 for real numbers.
   * @example
   * np.array(2.5).toComplex().im // → 0
   */
  toComplex(): Complex {
    if (this.geometry.size !== 1) throw new TypeError(onlyOne);
    return asComplex(elementAt(this, this.geometry.offset));
  }

  private positionOf(index: readonly number[]): number {
    const { shape, strides, offset, size } = this.geometry;
    if (index.length === 0) {
      if (size !== 1) throw new ValueError('can only convert an array of size 1 to a Python scalar');
      return offset;
    }
    for (const each of index) {
      if (typeof each === 'bigint') return this.positionOf(index.map(Number));
      if (!Number.isInteger(each)) throw notAnInteger(each);
    }
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
   * `bigint: true` asks for bigints. The type is what the place calls for, `number[]` where nothing says: it cannot know the dimensions.
   * @example
   * np.arange(4).reshape(2, 2).tolist() // → [[0, 1], [2, 3]]
   */
  tolist<T extends NestedList = number[]>(options: { bigint?: boolean } = {}): T {
    checkOptions('tolist', options, ['bigint']);
    return toNested(this, options.bigint ?? false) as T;
  }

  /**
   * Integers as bigints: one for an array of no dimensions, else nested lists.
   * @example
   * np.array([2n ** 62n]).toBigInt<bigint[]>()[0] // → 4611686018427387904
   */
  toBigInt<T extends NestedList = bigint>(): T {
    if (!isInteger(this.dtypeCore) && this.dtypeCore.kind !== 'bool') {
      throw new TypeError(
        `cannot read ${this.dtypeCore.name} as integers`);
    }
    const convert = (value: unknown): NestedList => (Array.isArray(value) ? value.map(convert) : BigInt(value as bigint));
    return convert(toNested(this, true)) as T;
  }

  /**
   * A copy of the elements in row-major order, outside of the library's memory.
   * @example
   * np.arange(4).reshape(2, 2).T.toTypedArray() // → 0,2,1,3
   */
  toTypedArray(): TypedArray {
    return (this.geometry.contiguous ? this : clone<ndarray>(this)).data.slice();
  }

  /** What Python's `print(x)` shows. */
  override toString(): string {
    return array_str(this);
  }

  /** Nested lists, as `tolist()`. */
  toJSON(): NestedList {
    return this.tolist();
  }

  /** The number of one element, so that `+x` is Python's `float(x)`; text for `${x}`. Operators do not work on more elements. */
  [Symbol.toPrimitive](hint: string): number | boolean | string {
    return primitiveOf(this, hint, onlyOne);
  }

  /** Gives the memory back at once; every view of it is unusable from then on. */
  [Symbol.dispose](): void {
    this.storage.free();
  }
}

function * parts(this: ndarray): Generator<ndarray, undefined> {
  const { shape, strides, offset } = this.geometry;
  for (let i = 0; i < shape[0]; i++) {
    yield viewOf<ndarray>(this, stridedLayout(shape.slice(1), strides.slice(1), offset + i * strides[0]));
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
