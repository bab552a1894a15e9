import { ValueError, listOf } from '../../../core/errors.ts';
import { ndarray } from '../../ndarray/ndarray.ts';

/** The 624 words of a Mersenne Twister's key and its position, checked. */
export function readKey(key: ndarray | ArrayLike<number>, pos: number): { key: Uint32Array; position: number } {
  const words = key instanceof ndarray ? Array.from(key.flat, Number) : listOf(key as unknown as Iterable<number>);
  if (words.length !== 624 || words.some((word) => !(Number.isInteger(word) && word >= 0 && word < 2 ** 32))) {
    throw new ValueError('state must be 624 longs');
  }
  if (!Number.isInteger(pos) || pos < 0 || pos > 624) throw new ValueError('pos must be between 0 and 624');
  return { key: Uint32Array.from(words), position: pos };
}
