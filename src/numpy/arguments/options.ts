import { notAnInteger } from '../../core/errors.ts';
import { checkOptions, isOptions } from '../../core/options.ts';

/** Arguments as Python takes them: the first by position, the rest by name in one object, and none unknown. */

export { checkOptions, isOptions };

/** An axis argument: undefined where all axes are meant. */
export function axesOf(axis: number | readonly number[] | null | undefined): readonly number[] | undefined {
  if (axis === null || axis === undefined) return undefined;
  if (typeof axis === 'number') return [axis];
  if (!Array.isArray(axis)) throw notAnInteger(axis);
  return axis as readonly number[];
}
