import { Complex } from '../../core/complex.ts';
import { AssertionError, checkCallable, pythonTypeName, shown } from '../../core/errors.ts';
import { isMap } from '../../core/realms.ts';
import { StridedArray } from '../../core/strided.ts';
import { withWarnings } from '../../core/warnings.ts';
import { pythonGeneral, pythonRepr } from '../../core/printing/index.ts';
import type { PythonValue } from '../../core/printing/index.ts';
import { cast } from '../../ops/cast.ts';
import { isOptions } from '../arguments/options.ts';
import { routine } from '../arguments/routine.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { commonDType } from '../dtypes/promotion.ts';
import * as exceptions from '../exceptions.ts';
import { array_repr } from '../io/printing.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { isclose } from '../routines/logic.ts';
import { where } from '../routines/sorting.ts';
import { max } from '../routines/reductions.ts';
import * as ufuncs from '../ufuncs.ts';
import { compareArrays, isAll, message } from './compare.ts';
import { floatsBetween, spacings } from './ulps.ts';

/** Assertions about arrays, with NumPy's words where they fail: numpy.testing. */

export { AssertionError };

const ofValues = "err_msg: Any='', verbose=True";

/**
 * Throws an AssertionError where a condition does not hold; `msg` is its text, or a function that gives it. Source: numpy.testing.assert_.
 * @example
 * np.testing.assert_(np.array_equal([1], [2]), 'not equal') // → AssertionError: not equal
 */
export const assert_ = routine('testing.assert_', "val, msg: Any=''", (val: unknown, msg: string | (() => string) = ''): void => {
  const holds = val instanceof ndarray ? val.toBoolean() : Boolean(val);
  if (!holds) throw new AssertionError(typeof msg === 'function' ? msg() : msg);
});

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);
const scalarTypes = ['number', 'bigint', 'boolean', 'string'];
const isScalarValue = (value: unknown): boolean => value instanceof Complex || scalarTypes.includes(typeof value);

/** The entries of a dictionary: a plain object or a Map. */
function entriesOf(value: unknown): Map<unknown, unknown> | null {
  return isMap(value) ? value : isOptions(value) ? new Map(Object.entries(value)) : null;
}

const numberOf = (value: unknown): number | null =>
  (typeof value === 'number' || typeof value === 'bigint' || typeof value === 'boolean' ? Number(value) : null);
const partsOf = (value: unknown): readonly [unknown, unknown] => (value instanceof Complex ? [value.re, value.im] : [value, 0]);

/** A number of which every digit counts, however large it is. */
const exactly = (value: unknown, number: number): number | bigint =>
  typeof value === 'bigint' ? value : Number.isInteger(number) ? BigInt(number) : number;

function isEqualScalar(actual: unknown, desired: unknown): boolean {
  const [a, b] = [numberOf(actual), numberOf(desired)];
  if (a === null || b === null) return Object.is(actual, desired);
  if (Number.isNaN(a) && Number.isNaN(b)) return true;
  // Zeros of both signs are different; large integers are compared as such.
  return a === 0 && b === 0 ? Object.is(a, b) : exactly(actual, a) === exactly(desired, b);
}

/**
 * Throws an AssertionError unless two values are equal: numbers, texts, arrays, and lists and dictionaries of them. NaN equals NaN, and an
 * array may be compared with one number unless it is `strict`. Source: numpy.testing.assert_equal.
 * @example
 * np.testing.assert_equal([{ x: 4 }, [NaN]], [{ x: 4 }, [NaN]]) // → undefined
 */
export const assert_equal = routine('testing.assert_equal', ['actual: object, desired: object', ofValues, '*, strict=False'], (
  actual: unknown, desired: unknown, err_msg: unknown = '', verbose: boolean = true, strict: boolean = false,
): void => checkEqual(actual, desired, String(err_msg), verbose, strict));

function checkEqual(actual: unknown, desired: unknown, err_msg: string, verbose: boolean, strict: boolean): void {
  const [actualEntries, desiredEntries] = [entriesOf(actual), entriesOf(desired)];
  if (desiredEntries !== null) {
    if (actualEntries === null) throw new AssertionError(`<class '${pythonTypeName(actual)}'>`);
    checkEqual(actualEntries.size, desiredEntries.size, err_msg, verbose, false);
    for (const [key, value] of desiredEntries) {
      const name = pythonRepr(key as string);
      if (!actualEntries.has(key)) throw new AssertionError(name);
      checkEqual(actualEntries.get(key), value, `key=${name}\n${err_msg}`, verbose, false);
    }
    return;
  }
  if (isList(actual) && isList(desired)) {
    checkEqual(actual.length, desired.length, err_msg, verbose, false);
    desired.forEach((value, i) => checkEqual(actual[i], value, `item=${i}\n${err_msg}`, verbose, false));
    return;
  }
  if (actual instanceof ndarray || desired instanceof ndarray) {
    compareArrays(ufuncs.equal, actual as ArrayLike, desired as ArrayLike, { err_msg, verbose, header: 'Arrays are not equal', strict });
    return;
  }
  const [a, b] = [partsOf(actual), partsOf(desired)];
  const complex = actual instanceof Complex || desired instanceof Complex;
  const equal = isScalarValue(actual) === isScalarValue(desired)
    && (complex ? isEqualScalar(a[0], b[0]) && isEqualScalar(a[1], b[1]) : isEqualScalar(actual, desired));
  if (!equal) throw new AssertionError(message([actual, desired], err_msg, undefined, verbose));
}

/**
 * Throws an AssertionError unless two arrays have one shape and equal elements; NaN equals NaN, and a number is compared with every
 * element unless it is `strict`, which looks at dtypes too. Source: numpy.testing.assert_array_equal.
 * @example
 * np.testing.assert_array_equal([1, 2], np.array([1, 2])) // → undefined
 */
export const assert_array_equal = routine('testing.assert_array_equal', ['actual, desired', ofValues, '*, strict=False'], (
  actual: ArrayLike, desired: ArrayLike, err_msg: unknown = '', verbose: boolean = true, strict: boolean = false,
): void => compareArrays(ufuncs.equal, actual, desired, { err_msg: String(err_msg), verbose, header: 'Arrays are not equal', strict }));

/**
 * Throws an AssertionError unless a comparison holds for all elements of two arrays, NaN and infinities being in the same places: what the
 * other assertions about arrays are made of. Source: numpy.testing.assert_array_compare.
 * @example
 * np.testing.assert_array_compare(np.less_equal, [1, NaN], [2, NaN]) // → undefined
 */
export const assert_array_compare = routine('testing.assert_array_compare', [
  'comparison: callable, x, y', ofValues, "header='', precision=6, equal_nan=True, equal_inf=True, *, strict=False",
  "names: iterable=('ACTUAL','DESIRED')",
], (
  comparison: (x: ndarray, y: ndarray) => ArrayLike, x: ArrayLike, y: ArrayLike, err_msg: unknown = '', verbose: boolean = true,
  header: string = '', precision: number = 6, equal_nan: boolean = true, equal_inf: boolean = true, strict: boolean = false,
  names: readonly [string, string] = ['ACTUAL', 'DESIRED'],
): void => compareArrays(comparison, x, y, { err_msg: String(err_msg), verbose, header, precision, equal_nan, equal_inf, strict, names }));

/** Throws an AssertionError unless elements agree to so many decimals. */
function checkDecimals(actual: ArrayLike, desired: ArrayLike, decimal: number, err_msg: string, verbose: boolean): void {
  compareArrays((x, y) => {
    const distance = ufuncs.absolute(ufuncs.subtract(x, cast(y, commonDType([y.dtypeCore], [0.5]))));
    return ufuncs.less(distance, 1.5 * 10 ** -decimal);
  }, actual, desired, { err_msg, verbose, header: `Arrays are not almost equal to ${decimal} decimals`, precision: decimal });
}

/**
 * Throws an AssertionError unless elements differ by less than 1.5 · 10^-decimal; `assert_allclose` is the better choice.
 * Source: numpy.testing.assert_array_almost_equal.
 * @example
 * np.testing.assert_array_almost_equal([1, 2.33333], [1, 2.33334], 4) // → undefined
 */
export const assert_array_almost_equal = routine('testing.assert_array_almost_equal', ['actual, desired, decimal=6', ofValues], (
  actual: ArrayLike, desired: ArrayLike, decimal: number = 6, err_msg: unknown = '', verbose: boolean = true,
): void => checkDecimals(actual, desired, decimal, String(err_msg), verbose));

/**
 * The same of numbers, arrays or lists, to 7 decimals unless said. Source: numpy.testing.assert_almost_equal.
 * @example
 * np.testing.assert_almost_equal(2.3333333, 2.33333334) // → undefined
 */
export const assert_almost_equal = routine('testing.assert_almost_equal', ['actual, desired, decimal=7', ofValues], (
  actual: ArrayLike, desired: ArrayLike, decimal: number = 7, err_msg: unknown = '', verbose: boolean = true,
): void => {
  const isWhole = (value: unknown): boolean => isList(value) || value instanceof ndarray || ArrayBuffer.isView(value);
  if (isWhole(actual) || isWhole(desired)) return checkDecimals(actual, desired, decimal, String(err_msg), true);
  const [a, b] = [partsOf(actual), partsOf(desired)];
  const near = [0, 1].every((part) => {
    const [x, y] = [Number(a[part]), Number(b[part])];
    if (!Number.isFinite(x) || !Number.isFinite(y)) return Object.is(x, y);
    return Math.abs(y - x) < 1.5 * 10 ** -decimal;
  });
  if (near) return undefined;
  throw new AssertionError(
    message([actual, desired], String(err_msg), `Arrays are not almost equal to ${decimal} decimals`, verbose));
});

/** Python's float of a number, a text or an array of one element. */
function asFloat(value: unknown): number {
  const isNumber = value instanceof StridedArray || /^(number|bigint|boolean|string)$/.test(typeof value);
  if (!isNumber) throw new TypeError(`float() argument must be a string or a real number, not '${pythonTypeName(value)}'`);
  return Number(value);
}

/**
 * Throws an AssertionError unless two numbers agree in so many significant digits. Source: numpy.testing.assert_approx_equal.
 * @example
 * np.testing.assert_approx_equal(0.12345677777777e-20, 0.1234567e-20) // → undefined
 */
export const assert_approx_equal = routine('testing.assert_approx_equal', ['actual, desired, significant=7', ofValues], (
  actual: ArrayLike, desired: ArrayLike, significant: number = 7, err_msg: unknown = '', verbose: boolean = true,
): void => {
  const [a, b] = [asFloat(actual), asFloat(desired)];
  if (a === b) return;
  const scale = 10 ** Math.floor(Math.log10(0.5 * (Math.abs(a) + Math.abs(b))));
  const near = Number.isFinite(a) && Number.isFinite(b) ? Math.abs(b / scale - a / scale) < 10 ** -(significant - 1) : Object.is(a, b);
  if (near) return;
  throw new AssertionError(pythonFloats([a, b], String(err_msg), `Items are not equal to ${significant} significant digits:`, verbose));
});

/** The message about two numbers that were taken for floats. */
function pythonFloats(values: readonly number[], err_msg: string, header: string, verbose: boolean): string {
  const text = message(values, err_msg, header, false);
  if (!verbose) return text;
  return [text, ...['ACTUAL', 'DESIRED'].map((name, i) => ` ${name}: ${pythonRepr(values[i], { float: true })}`)].join('\n');
}

/**
 * Throws an AssertionError unless every element of the first array is less than that of the second.
 * Source: numpy.testing.assert_array_less.
 * @example
 * np.testing.assert_array_less([1, 2], 3) // → undefined
 */
export const assert_array_less = routine('testing.assert_array_less', ['x, y', ofValues, '*, strict=False'], (
  x: ArrayLike, y: ArrayLike, err_msg: unknown = '', verbose: boolean = true, strict: boolean = false,
): void => compareArrays(ufuncs.less, x, y, {
  err_msg: String(err_msg), verbose, header: 'Arrays are not strictly ordered `x < y`', equal_inf: false, strict, names: ['x', 'y'],
}));

/**
 * Throws an AssertionError unless |actual - desired| ≤ atol + rtol · |desired| for all elements. Source: numpy.testing.assert_allclose.
 * @example
 * np.testing.assert_allclose([1, 2], [1, 2.001], { rtol: 0.01 }) // → undefined
 */
export const assert_allclose = routine('testing.assert_allclose', [
  'actual, desired, rtol: float=1e-07, atol: float=0, equal_nan=True', ofValues, '*, strict=False',
], (
  actual: ArrayLike, desired: ArrayLike, rtol: number = 1e-7, atol: number = 0, equal_nan: boolean = true, err_msg: unknown = '',
  verbose: boolean = true, strict: boolean = false,
): void => compareArrays((x, y) => isclose(x, y, rtol, atol, equal_nan), actual, desired, {
  err_msg: String(err_msg), verbose, equal_nan, strict,
  header: `Not equal to tolerance rtol=${pythonGeneral(rtol)}, atol=${pythonGeneral(atol)}`,
}));

/**
 * Throws an AssertionError unless elements differ by at most so many spacings of floats there.
 * Source: numpy.testing.assert_array_almost_equal_nulp.
 * @example
 * np.testing.assert_array_almost_equal_nulp(np.array([1.5]), np.array([1.5 + 2 ** -52])) // → undefined
 */
export const assert_array_almost_equal_nulp = routine('testing.assert_array_almost_equal_nulp', 'x, y, nulp=1', (
  x: ArrayLike, y: ArrayLike, nulp: number = 1,
): void => {
  const [a, b] = [asArray(x), asArray(y)];
  const [sizeA, sizeB] = [ufuncs.absolute(a), ufuncs.absolute(b)];
  const allowed = ufuncs.multiply(spacings(where(ufuncs.greater(sizeA, sizeB), sizeA, sizeB)), nulp);
  if (isAll(ufuncs.less_equal(ufuncs.absolute(ufuncs.subtract(a, b)), allowed))) return;
  const complex = [a, b].some(({ dtypeCore }) => dtypeCore.kind === 'complex');
  throw new AssertionError(`Arrays are not equal to ${nulp} ULP${
    complex ? '' : ` (max is ${pythonGeneral(Number(max(floatsBetween(a, b))))})`}`);
});

/**
 * How many floats lie between the elements; throws an AssertionError where there are more than `maxulp`.
 * Source: numpy.testing.assert_array_max_ulp.
 * @example
 * np.testing.assert_array_max_ulp(np.array([1.5]), np.array([1.5 + 2 ** -52])) // → [[1.]]
 */
export const assert_array_max_ulp = routine('testing.assert_array_max_ulp', 'a, b, maxulp=1, dtype=None', (
  a: ArrayLike, b: ArrayLike, maxulp: number = 1, dtype?: DTypeLike | null,
): ndarray => {
  const type = dtype === undefined || dtype === null ? undefined : coreOf(dtype);
  const distances = floatsBetween(asArray(a, type), asArray(b, type));
  if (isAll(ufuncs.less_equal(distances, maxulp))) return distances;
  throw new AssertionError(`Arrays are not almost equal up to ${pythonGeneral(maxulp)} ULP `
    + `(max difference is ${pythonGeneral(Number(max(distances)))} ULP)`);
});

/** A class of errors. */
export type ErrorClass = abstract new (...args: never[]) => unknown;

/** Calls `body`, which must throw an error of one of the classes; that error. */
function thrownBy(classes: ErrorClass | readonly ErrorClass[], body: unknown, args: readonly unknown[]): unknown {
  const wanted = isList(classes) ? classes as readonly ErrorClass[] : [classes as ErrorClass];
  for (const each of wanted) {
    if (typeof each !== 'function') throw new TypeError(`assert_raises() takes a class of errors first, not ${shown(each)}`);
  }
  checkCallable(body);
  try {
    (body as (...values: readonly unknown[]) => unknown)(...args);
  } catch (error) {
    if (wanted.some((each) => error instanceof each)) return error;
    throw error;
  }
  const tuple = wanted.map(({ name }) => `<class '${name}'>`).join(', ');
  const names = isList(classes) ? `(${tuple}${wanted.length === 1 ? ',' : ''})` : wanted[0].name;
  throw new AssertionError(`${names} not raised by ${body.name === '' ? '<lambda>' : body.name}`);
}

/**
 * Throws an AssertionError unless `callable(...args)` throws an error of the class, or of one in a list.
 * Source: numpy.testing.assert_raises.
 * @example
 * np.testing.assert_raises(TypeError, np.add, 1) // → undefined
 */
export function assert_raises(
  exception_class: ErrorClass | readonly ErrorClass[], callable: (...args: never[]) => unknown, ...args: readonly unknown[]
): void {
  thrownBy(exception_class, callable, args);
}

/**
 * The same, where the error's message must match a pattern, too. Source: numpy.testing.assert_raises_regex.
 * @example
 * np.testing.assert_raises_regex(TypeError, 'positional arguments', np.add, 1) // → undefined
 */
export function assert_raises_regex(
  exception_class: ErrorClass | readonly ErrorClass[], expected_regexp: RegExp | string, callable: (...args: never[]) => unknown,
  ...args: readonly unknown[]
): void {
  const { message: text } = thrownBy(exception_class, callable, args) as Error;
  const pattern = new RegExp(expected_regexp);
  if (!pattern.test(text)) throw new AssertionError(`"${pattern.source}" does not match "${text}"`);
}

/**
 * The text of an error about several values: a header, what the caller adds, and the values under their names.
 * Source: numpy.testing.build_err_msg.
 * @example
 * np.testing.build_err_msg([1, 2], 'oops').split('\n') // → ['', 'Items are not equal: oops', ' ACTUAL: 1', ' DESIRED: 2']
 */
export const build_err_msg = routine('testing.build_err_msg', [
  "arrays: iterable, err_msg: Any, header='Items are not equal:', verbose=True, names: iterable=('ACTUAL','DESIRED'), precision=8",
], (
  arrays: readonly unknown[], err_msg: unknown, header?: string, verbose?: boolean, names?: readonly string[], precision?: number,
): string => message(arrays, String(err_msg), header, verbose, names, precision));

/**
 * Throws an AssertionError with a text of the caller's unless two values are equal. Source: numpy.testing.print_assert_equal.
 * @example
 * np.testing.print_assert_equal('The test', [0, 1], [0, 1]) // → undefined
 */
export const print_assert_equal = routine('testing.print_assert_equal', 'test_string: str, actual: object, desired: object', (
  test_string: string, actual: unknown, desired: unknown,
): void => {
  try {
    checkEqual(actual, desired, '', false, false);
  } catch (error) {
    if (!(error instanceof AssertionError)) throw error;
    const shownAs = (value: unknown): string => (value instanceof ndarray ? array_repr(value) : pythonRepr(value as PythonValue));
    throw new AssertionError(`${test_string} failed\nACTUAL: \n${shownAs(actual)}\nDESIRED: \n${shownAs(desired)}\n`);
  }
});

/**
 * Throws an AssertionError unless two texts are equal; it shows the lines that differ. Source: numpy.testing.assert_string_equal.
 * @example
 * np.testing.assert_string_equal('abc', 'abc') // → undefined
 */
export const assert_string_equal = routine('testing.assert_string_equal', 'actual: object, desired: object', (
  actual: unknown, desired: unknown,
): void => {
  for (const each of [actual, desired]) if (typeof each !== 'string') throw new AssertionError(`<class '${pythonTypeName(each)}'>`);
  if (actual === desired) return;
  const [found, wanted] = [actual, desired].map((each) => (each as string).split(/(?<=\n)/));
  const lines = Array.from({ length: Math.max(found.length, wanted.length) }, (_, i) => (found[i] === wanted[i] ? ''
    : `${found[i] === undefined ? '' : `- ${found[i]}`}${wanted[i] === undefined ? '' : `+ ${wanted[i]}`}`));
  throw new AssertionError(`Differences in strings:\n${lines.join('').trimEnd()}`);
});

/** The class of a warning, by the name before its message. */
const classOf = (text: string): string => /^(\w*Warning): /.exec(text)?.[1] ?? 'UserWarning';
const calling = (func: (...args: never[]) => unknown): string => ` when calling ${func.name === '' ? '<lambda>' : func.name}`;

/** Whether a warning is of a class, or of one that it is derived from. */
function isOf(name: string, wanted: ErrorClass): boolean {
  const known = Object.values<unknown>(exceptions).find((each) => typeof each === 'function' && each.name === name);
  return name === wanted.name || (typeof known === 'function' && known.prototype instanceof wanted);
}

/**
 * Throws an AssertionError unless `func(...args)` warns, by a class of warnings such as `np.exceptions.DeprecationWarning`; what it gives.
 * Source: numpy.testing.assert_warns.
 * @example
 * np.testing.assert_warns(np.exceptions.DeprecationWarning, np.row_stack, [[1], [2]]).shape // → [2, 1]
 */
export function assert_warns<A extends readonly unknown[], R>(warning_class: ErrorClass, func: (...args: A) => R, ...args: A): R {
  checkCallable(func);
  const { result, messages } = withWarnings(() => func(...args));
  if (messages.some((each) => isOf(classOf(each), warning_class))) return result;
  throw new AssertionError(`No warning raised${calling(func)}`);
}

/**
 * Throws an AssertionError where `func(...args)` warns; what it gives. Source: numpy.testing.assert_no_warnings.
 * @example
 * np.testing.assert_no_warnings(np.add, 1, 2) // → 3
 */
export function assert_no_warnings<A extends readonly unknown[], R>(func: (...args: A) => R, ...args: A): R {
  checkCallable(func);
  const { result, messages } = withWarnings(() => func(...args));
  if (messages.length === 0) return result;
  throw new AssertionError(`Got warnings${calling(func)}: [${messages.map((each) => pythonRepr(each)).join(', ')}]`);
}
