import { ValueError } from '../../core/errors.ts';
import { sizeOf } from '../../core/layout.ts';
import { Printed } from '../../core/printed.ts';
import { elements, exactScalar } from '../../ops/host.ts';
import { broadcastTo } from '../../ops/movement.ts';
import { routine } from '../arguments/routine.ts';
import { asArray } from '../ndarray/conversion.ts';
import { flatiter } from '../ndarray/flat.ts';
import type { ArrayLike, Item, ndarray } from '../ndarray/ndarray.ts';
import { broadcast_shapes } from './manipulation.ts';

/** Arrays seen under their common shape, element by element. */

class Broadcast extends Printed implements Iterable<Item[]> {
  /** The common shape. */
  readonly shape: readonly number[];
  /** How many arrays there are. */
  readonly numiter: number;
  /** The elements of each under the common shape. */
  readonly iters: readonly flatiter[];
  /** How many elements have been gone through. */
  index = 0;

  constructor(arrays: readonly ndarray[]) {
    super();
    this.shape = broadcast_shapes(...arrays.map((each) => each.shape));
    this.numiter = arrays.length;
    this.iters = arrays.map((each) => new flatiter(broadcastTo<ndarray>(each, this.shape)));
  }

  get nd(): number {
    return this.shape.length;
  }

  get ndim(): number {
    return this.shape.length;
  }

  get size(): number {
    return sizeOf(this.shape);
  }

  /** Goes back to the first elements. */
  reset(): void {
    this.index = 0;
  }

  /** The elements of all arrays at one place after another, from where it was left on. */
  * [Symbol.iterator](): Generator<Item[], undefined> {
    const lists = this.iters.map(({ base }) => elements(base));
    while (this.index < this.size) {
      const place = this.index++;
      yield lists.map((list) => exactScalar(list[place]));
    }
  }

  override toString(): string {
    return '<numpy.broadcast object>';
  }
}
export type { Broadcast };

/**
 * What goes through several arrays at once, under the shape that they have together: `shape`, `size`, and the elements one place after
 * another. Source: numpy.broadcast.
 * @example
 * const pairs = np.broadcast([[1], [2]], [3, 4]);
 * pairs.shape; // → [2, 2]
 * [...pairs] // → [[1, 3], [1, 4], [2, 3], [2, 4]]
 */
export const broadcast = routine('broadcast', '*arrays', (arrays: readonly ArrayLike[]): Broadcast => {
  if (arrays.length > 64) throw new ValueError('Need at least 0 and at most 64 array objects.');
  return new Broadcast(arrays.map((each) => asArray(each)));
}) as unknown as (...arrays: readonly ArrayLike[]) => Broadcast;
