import { ValueError } from '../../core/errors.ts';
import { sizeOf } from '../../core/layout.ts';
import { elements, exactScalar } from '../../ops/host.ts';
import { index as integerOf, pythonSignature, routine } from '../arguments/routine.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike, Item } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';

/** Going through the indices of arrays. */

/** The indices of a shape in row-major order, each in a list of its own. */
export function * indicesOf(shape: readonly number[]): Generator<number[], undefined> {
  const index = new Array<number>(shape.length).fill(0);
  for (let left = sizeOf(shape); left > 0; left--) {
    yield [...index];
    for (let axis = shape.length - 1; axis >= 0; axis--) {
      if (++index[axis] < shape[axis]) break;
      index[axis] = 0;
    }
  }
}

const declared = pythonSignature('ndindex', '*shape: Any');

/**
 * Every index of an array of a shape, in row-major order. Source: numpy.ndindex.
 * @example
 * for (const index of np.ndindex(2, 2)) console.log(index.join()); // → 0,0
 *                                                                  //   0,1
 *                                                                  //   1,0
 *                                                                  //   1,1
 */
export function ndindex(...shape: readonly number[] | readonly [shape: readonly number[]]): Generator<number[], undefined> {
  const [given] = declared.list(shape) as [readonly unknown[]];
  const [first] = given;
  const extents = given.length === 1 && (Array.isArray(first) || first instanceof ndarray) ? [...first as Iterable<unknown>] : given;
  const checked = extents.map(integerOf);
  if (checked.some((extent) => extent < 0)) throw new ValueError('negative dimensions are not allowed');
  return indicesOf(checked);
}

function * enumerated(x: ndarray): Generator<[index: number[], value: Item], undefined> {
  let i = 0;
  const values = elements(x);
  for (const index of indicesOf(x.shape)) yield [index, exactScalar(values[i++])];
}

/**
 * Every index of an array with the element that is there, as `item()` gives it. Source: numpy.ndenumerate.
 * @example
 * for (const [index, value] of np.ndenumerate([[1, 2], [3, 4]])) console.log(index.join(), value); // → 0,0 1
 *                                                                                                  //   0,1 2
 *                                                                                                  //   1,0 3
 *                                                                                                  //   1,1 4
 */
export const ndenumerate = routine('ndenumerate', 'arr', (arr: ArrayLike): Generator<[index: number[], value: Item], undefined> =>
  enumerated(asArray(arr)));
