import { ValueError } from '../../core/errors.ts';

/** Numbers of triangles as NumPy takes them, which makes them out of ranges: they need not be whole, and too small is none. */

/** The extent that a number of rows or columns means. */
export function extentOf(count: number): number {
  if (Number.isNaN(count)) throw new ValueError('arange: cannot compute length');
  if (count === Infinity) throw new ValueError('Maximum allowed size exceeded');
  return Math.max(Math.ceil(count), 0);
}

/** The diagonal: integers are counted from it, which never leave a fraction between 0 and 1; the upper part is what a lower one leaves. */
export function diagonalOf(k: number, part: 'lower' | 'upper'): number {
  if (!Number.isFinite(k)) throw new ValueError('arange: cannot compute length');
  const lower = part === 'lower' ? k : k - 1;
  const whole = lower > 0 && lower < 1 ? Number.MAX_SAFE_INTEGER : Math.trunc(lower);
  return part === 'lower' ? whole : whole + 1;
}
