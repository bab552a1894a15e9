import { Complex, isScalar } from '../../core/complex.ts';
import { complex128, isComplex } from '../../core/dtype.ts';
import { IndexError, ZeroDivisionError, lengthOf, pythonTypeName } from '../../core/errors.ts';
import { elementAt } from '../../ops/host.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import * as ufuncs from '../ufuncs.ts';
import { points } from './evaluation.ts';
import { asSeries, at, inexact } from './series.ts';

/** Intervals, and the lines that map one onto another. */

/** The smallest interval that holds points, or the corners of the smallest rectangle. */
export function domainOf(x: ArrayLike): ndarray {
  const [places] = asSeries([x], false);
  const { real, imag } = places;
  if (!isComplex(places.dtypeCore)) return asArray([real.min(), real.max()]);
  return asArray([new Complex(real.min().item(), imag.min().item()), new Complex(real.max().item(), imag.max().item())], complex128);
}

function ends(interval: ArrayLike): readonly [ArrayLike, ArrayLike] {
  if (interval instanceof ndarray) return [at(interval, 0), at(interval, 1)];
  if (typeof interval === 'object' && !isScalar(interval)) return [endOf(interval, 0), endOf(interval, 1)];
  throw new TypeError(`'${pythonTypeName(interval)}' object is not subscriptable`);
}

function endOf(list: { readonly [place: number]: ArrayLike | bigint }, place: number): ArrayLike {
  if (place < lengthOf(list)) return list[place];
  throw new IndexError('list index out of range');
}

/** Offset and scale of the line that maps one interval onto another. */
export function mapParameters(old: ArrayLike, next: ArrayLike): [off: ndarray, scl: ndarray] {
  const [[a, b], [c, d]] = [ends(old), ends(next)];
  const extent = ufuncs.subtract(b, a);
  // Python's own numbers do not divide by 0.
  if (isScalar(a) && isScalar(b) && !ufuncs.not_equal(extent, 0).toBoolean()) {
    const whole = [a, b, c, d].every((each) => Number.isInteger(each));
    throw new ZeroDivisionError(whole ? 'division by zero' : 'float division by zero');
  }
  const off = ufuncs.divide(ufuncs.subtract(ufuncs.multiply(b, c), ufuncs.multiply(a, d)), extent);
  return [off, ufuncs.divide(ufuncs.subtract(d, c), extent)];
}

/** Points mapped as one interval is onto another. */
export function mapped(places: ArrayLike, old: ArrayLike, next: ArrayLike): ndarray {
  const line = mapParameters(old, next);
  const x = points(places);
  // Intervals of Python's numbers leave the points their dtype.
  const [off, scl] = [...ends(old), ...ends(next)].every(isScalar) ? line.map((each) => elementAt(each, each.geometry.offset)) : line;
  return inexact(ufuncs.add(off, ufuncs.multiply(scl, x instanceof ndarray ? inexact(x) : x)));
}
