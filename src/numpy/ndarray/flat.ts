import { Printed } from '../../core/printed.ts';
import { ValueError, refuseWrites } from '../../core/errors.ts';
import { elements, exactScalar } from '../../ops/host.ts';
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
export class flatiter extends Printed implements Iterable<number> {
  /** The array that it goes through. */
  readonly base: ndarray;

  constructor(base: ndarray) {
    super();
    this.base = base;
  }

  /** The number of elements. */
  get length(): number {
    return this.base.size;
  }

  /** The elements as JavaScript values, as `item()` gives them. */
  * [Symbol.iterator](): Generator<number, undefined> {
    for (const value of elements(this.base)) yield exactScalar(value) as number;
  }

  /** All elements, or those that an index of one dimension names, always a copy: Python's `x.flat[...]`. */
  at(index: Index): ndarray {
    return clone(readIndex(reshapeTo(this.base, [this.base.size]), [index]));
  }

  /** Writes values, again from the first where there are fewer, where an index says: Python's `x.flat[...] = values`. */
  set(index: Index, values: ArrayLike): void {
    if (isReadOnly(this.base)) throw new ValueError('underlying array is read-only');
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
