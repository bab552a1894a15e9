import { ValueError, refuseWrites } from '../../core/errors.ts';
import { sizeOf } from '../../core/layout.ts';
import { Printed } from '../../core/printed.ts';
import { elementAt, exactScalar } from '../../ops/host.ts';
import { isReadOnly } from '../../ops/indexing/assign.ts';
import { countingLike } from '../../ops/integers.ts';
import { clone, reshapeTo } from '../../ops/movement.ts';
import { put } from '../routines/sorting.ts';
import type { Index } from './indexing.ts';
import { readIndex } from './indexing.ts';
import type { ArrayLike, ndarray } from './ndarray.ts';

/**
 * The elements of an array in row-major order, whatever its shape: what `x.flat` is. Source: numpy.flatiter.
 * @example
 * const x = np.array([[1, 2], [3, 4]]);
 * x.flat.at('1:3') // → [2 3]
 * x.flat.set([0, 3], 0);
 * x.flat.copy() // → [0 2 3 0]
 * x.flat.length // → 4
 */
export class flatiter extends Printed implements IterableIterator<number> {
  /** The array that it goes through. */
  readonly base: ndarray;
  private position = 0;

  constructor(base: ndarray) {
    super();
    this.base = base;
  }

  /** The number of elements. */
  get length(): number {
    return this.base.size;
  }

  /**
   * How many elements have been passed. Source: numpy.flatiter.index.
   * @example
   * const places = np.arange(6).reshape(2, 3).flat;
   * places.next();
   * places.index // → 1
   */
  get index(): number {
    return this.position;
  }

  /**
   * The index of the element that comes next; beyond the last one, that of the first row that is not there.
   * Source: numpy.flatiter.coords.
   * @example
   * const flat = np.arange(6).reshape(2, 3).flat;
   * flat.coords; // → [0, 0]
   * [...flat].length; // → 6
   * flat.coords // → [2, 0]
   */
  get coords(): number[] {
    const { shape, size, flags } = this.base;
    // At the end NumPy has gone round, unless it need not count by axes or has but two.
    let rest = this.position === size && shape.length > 2 && !flags.c_contiguous ? 0 : this.position;
    return shape.map((_, axis) => {
      const below = sizeOf(shape.slice(axis + 1));
      const place = below === 0 ? 0 : Math.floor(rest / below);
      rest -= place * below;
      return place;
    });
  }

  /**
   * The next element as a JavaScript value, as `item()` gives it: Python's `next(x.flat)`.
   * @example
   * np.array([4, 5]).flat.next().value // → 4
   */
  next(): IteratorResult<number, undefined> {
    const { base, position } = this;
    if (position >= base.size) return { done: true, value: undefined };
    const { offset, strides, shape } = base.geometry;
    let [place, rest] = [offset, position];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      place += rest % shape[axis] * strides[axis];
      rest = Math.floor(rest / shape[axis]);
    }
    this.position++;
    return { done: false, value: exactScalar(elementAt(base, place)) as number };
  }

  /** The elements that are left, since it is itself what goes through them. */
  [Symbol.iterator](): this {
    return this;
  }

  /** All elements, or those that an index of one dimension names, always a copy: Python's `x.flat[...]`; and starts again. */
  at(index: Index): ndarray {
    this.position = 0;
    return clone(readIndex(reshapeTo(this.base, [this.base.size]), [index]));
  }

  /** Writes values, again from the first where there are fewer, where an index says: Python's `x.flat[...] = values`. */
  set(index: Index, values: ArrayLike): void {
    if (isReadOnly(this.base)) throw new ValueError('underlying array is read-only');
    this.position = 0;
    const places = countingLike(this.base, this.length);
    put(this.base, readIndex(places, [index]), values);
  }

  /** The elements in an array of one dimension. */
  copy(): ndarray {
    return clone(reshapeTo(this.base, [this.length]));
  }

  override toString(): string {
    return '<numpy.flatiter object>';
  }
}
refuseWrites(flatiter, 'numpy.flatiter');
