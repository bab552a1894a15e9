import { AssertionError, ValueError, shown, tupleText } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { pythonGeneral } from '../../core/printing/index.ts';
import type { PythonValue } from '../../core/printing/index.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import { elementAt } from '../../ops/host.ts';
import { all, allAxes } from '../../ops/reduce.ts';
import { array2string, array_repr } from '../io/printing.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { broadcast_to, ravel } from '../routines/manipulation.ts';
import { max, sum } from '../routines/reductions.ts';
import { argwhere } from '../routines/sorting.ts';
import * as ufuncs from '../ufuncs.ts';

/** How arrays are compared, and what is said where they differ: NumPy's assert_array_compare. */

/** What a comparison of two arrays says and looks at. */
export interface CompareOptions {
  readonly err_msg: string;
  readonly verbose: boolean;
  readonly header: string;
  readonly precision?: number;
  readonly equal_nan?: boolean;
  readonly equal_inf?: boolean;
  readonly strict?: boolean;
  readonly names?: readonly [string, string];
}

function repr(value: unknown, precision: number): string {
  if (value instanceof ndarray) return array_repr(value, { precision });
  try {
    return pythonRepr(value as PythonValue);
  } catch {
    return shown(value);
  }
}

/** The text of an error: a header, what the caller adds, and both values. */
export function message(
  values: readonly unknown[], err_msg: string, header = 'Items are not equal:', verbose = true,
  names: readonly string[] = ['ACTUAL', 'DESIRED'], precision = 8,
): string {
  const lines = [`\n${header}`];
  if (err_msg !== '') {
    if (!err_msg.includes('\n') && err_msg.length < 79 - header.length) lines[0] += ` ${err_msg}`;
    else lines.push(err_msg);
  }
  if (verbose) {
    values.forEach((value, i) => {
      const text = repr(value, precision);
      const rows = text.split('\n');
      lines.push(` ${names[i]}: ${rows.length > 4 ? `${rows.slice(0, 3).join('\n')}...` : text}`);
    });
  }
  return lines.join('\n');
}

export const isAll = (mask: ndarray): boolean => elementAt(all<ndarray>(mask, allAxes(mask)), 0) === true;
const isAny = (mask: ndarray): boolean => !isAll(ufuncs.logical_not(mask));

/** Elements where a mask of the same shape is set, of an array or of one that counts for all. */
const where = (x: ndarray, mask: ndarray): ndarray => ravel(x).at(ravel(mask.ndim === 0 ? broadcast_to(mask, x.shape) : mask));

/** The greatest differences among the elements that were refused. */
function differences(x: ndarray, y: ndarray, invalid: ndarray): string[] {
  // NumPy subtracts no booleans, and says nothing of differences then.
  if (x.dtypeCore.kind === 'bool' && y.dtypeCore.kind === 'bool') return [];
  let error = ufuncs.absolute(ufuncs.subtract(x, y));
  if (x.dtypeCore.kind === 'uint') error = ufuncs.minimum(error, ufuncs.absolute(ufuncs.subtract(y, x)));
  const remarks = [`Max absolute difference among violations: ${array2string(max(where(error, invalid)))}`];
  const wide = broadcast_to(y, error.shape);
  const counts = ufuncs.logical_and(invalid, ufuncs.not_equal(wide, 0));
  const relative = isAny(counts) ? max(ufuncs.divide(where(error, counts), ufuncs.absolute(where(wide, counts)))) : asArray(Infinity);
  return [...remarks, `Max relative difference among violations: ${array2string(relative)}`];
}

/** The first places of the elements that were refused, with both elements. */
function places(x: ndarray, y: ndarray, positions: ndarray, names: readonly [string, string]): string {
  const element = (array: ndarray, place: readonly number[]): string => String(array.ndim === 0 ? array : array.at(...place));
  const count = positions.shape[0];
  const lines: string[] = [];
  for (let i = 0; i < Math.min(count, 5); i++) {
    const place = positions.at(i).tolist();
    lines.push(` [${place.join(', ')}]: ${element(x, place)} (${names[0]}), ${element(y, place)} (${names[1]})`);
  }
  const head = count === 1 ? 'Mismatch at index' : count <= 5 ? 'Mismatch at indices' : 'First 5 mismatches are at indices';
  return `${head}:\n${lines.join('\n')}`;
}

const falsehood = (): ndarray => asArray(false);

/** Throws an AssertionError where a comparison does not hold for all elements, or what is special lies in other places. */
export function compareArrays(
  comparison: (x: ndarray, y: ndarray) => ArrayLike, actual: ArrayLike, desired: ArrayLike, options: CompareOptions,
): void {
  const { err_msg, verbose, header, precision = 6, equal_nan = true, equal_inf = true, strict = false } = options;
  const { names = ['ACTUAL', 'DESIRED'] } = options;
  const [x, y] = [asArray(actual), asArray(desired)];
  const fail = (a: ndarray, b: ndarray, reason: string): AssertionError =>
    new AssertionError(message([a, b], `${err_msg}\n${reason}`, header, verbose, names, precision));
  const same = sameShape(x.shape, y.shape);
  if (strict ? !same || x.dtypeCore !== y.dtypeCore : !same && x.ndim > 0 && y.ndim > 0) {
    throw fail(x, y, same ? `(dtypes ${x.dtype.name}, ${y.dtype.name} mismatch)`
      : `(shapes ${tupleText(x.shape)}, ${tupleText(y.shape)} mismatch)`);
  }
  /** Where elements are special, which must be the same places of both. */
  const inSamePlaces = (special: (z: ndarray) => ndarray, what: string): ndarray => {
    const [inX, inY] = [special(x), special(y)];
    if (!isAll(ufuncs.equal(inX, inY))) throw fail(x, y, `${what} location mismatch:`);
    return inX.ndim === 0 ? inX : inY;
  };
  try {
    let flagged = equal_nan ? inSamePlaces((z) => ufuncs.isnan(z), 'nan') : falsehood();
    if (equal_inf) {
      const regular = ufuncs.logical_not(flagged);
      const infinite = inSamePlaces((z) => ufuncs.logical_and(ufuncs.isinf(z), regular), 'inf');
      if (isAny(infinite)) {
        const [a, b] = x.ndim > 0 && y.ndim > 0 ? [where(x, infinite), where(y, infinite)] : [x, y];
        if (!isAll(ufuncs.equal(a, b))) throw fail(a, b, 'inf values mismatch:');
      }
      flagged = ufuncs.logical_or(flagged, infinite);
    }
    const several = flagged.ndim > 0;
    if (!several && elementAt(flagged, flagged.geometry.offset) === true) return;
    const left = ufuncs.logical_not(flagged);
    const [a, b] = several ? [where(x, left), where(y, left)] : [x, y];
    if (several && a.size === 0) return;
    const valid = asArray(comparison(a, b));
    if (isAll(valid)) return;
    const invalid = ufuncs.logical_not(valid);
    const mismatches = Number(sum(invalid));
    const elements = several ? flagged.size : valid.size;
    const remarks = [`Mismatched elements: ${mismatches} / ${elements} (${pythonGeneral(100 * mismatches / elements, 3)}%)`];
    if (invalid.ndim > 0) {
      remarks.push(places(x, y, several ? argwhere(left).at(invalid) : argwhere(invalid), names));
    }
    throw fail(x, y, [...remarks, ...differences(a, b, invalid)].join('\n'));
  } catch (error) {
    if (!(error instanceof ValueError)) throw error;
    throw new ValueError(message([x, y], err_msg, `error during assertion:\n\n${error.message}\n\n${header}`, verbose, names, precision));
  }
}
