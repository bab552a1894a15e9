import type { DType } from '../../../core/dtype.ts';
import * as core from '../../../core/dtype.ts';
import { NotImplementedError, ValueError, listOf, pythonTypeName } from '../../../core/errors.ts';
import { warn } from '../../../core/warnings.ts';
import { Complex } from '../../../core/complex.ts';
import { isOptions } from '../../arguments/options.ts';
import { index as integerOf, pythonSignature } from '../../arguments/routine.ts';
import type { DTypeLike } from '../../dtypes/dtype.ts';
import { coreOf, dtypeOf } from '../../dtypes/dtype.ts';
import { asArray } from '../../ndarray/conversion.ts';
import type { ArrayLike, ndarray } from '../../ndarray/ndarray.ts';
import { reshapeTo } from '../../../ops/movement.ts';
import { shaped } from './columns.ts';
import { checkNdmin } from './loadtxt.ts';
import { readComplex, readFloat, readInteger, withoutUnderscores } from './numbers.ts';
import type { TextSource } from './source.ts';
import { readText } from './source.ts';

/** Texts with holes in them. */

type Value = number | bigint | boolean | Complex;
/** Of a field its value, undefined where it has none. */
type Reading = (field: string) => Value | undefined;

const readings: Readonly<Record<'bool' | 'int' | 'float' | 'complex', Reading>> = {
  bool: (field) => {
    const word = field.trim().toUpperCase();
    return word === 'TRUE' ? true : word === 'FALSE' ? false : undefined;
  },
  int: (field) => {
    const text = withoutUnderscores(field);
    return readInteger(text, 0, text.length);
  },
  float: (field) => {
    const text = withoutUnderscores(field);
    return readFloat(text, 0, text.length);
  },
  complex: (field) => readComplex(withoutUnderscores(field), true),
};
/** In the order in which dtype=None tries them, each with what stands for a hole. */
const ladder: readonly (readonly [kind: keyof typeof readings, dtype: DType, missing: Value])[] = [
  ['bool', core.bool, false], ['int', core.int64, -1], ['float', core.float64, NaN], ['complex', core.complex128, new Complex(NaN, 0)],
];

const rungOf = ({ kind }: DType): number => (kind === 'bool' ? 0 : kind === 'int' || kind === 'uint' ? 1 : kind === 'float' ? 2 : 3);

/** How a field of a dtype is read: integers of other widths than 64 bits by way of a float. */
function readingOf(dtype: DType): Reading {
  const rung = rungOf(dtype);
  if (rung !== 1 || dtype.itemsize === 8) return readings[ladder[rung][0]];
  return (field) => {
    const value = readings.float(field) as number | undefined;
    return value === undefined ? undefined : Math.trunc(value);
  };
}

type Splitting = (line: string) => string[];

function splitting(delimiter: unknown, comments: string | null, autostrip: boolean): Splitting {
  const bare = (line: string): string => (comments === null ? line : line.split(comments, 1)[0]);
  const cut = (line: string, widths: readonly number[]): string[] => {
    let at = 0;
    return widths.map((width) => line.slice(at, at += width));
  };
  let split: Splitting;
  if (Array.isArray(delimiter)) {
    split = (line) => (bare(line) === '' ? [] : cut(bare(line), delimiter as number[]));
  } else if (typeof delimiter === 'number' && delimiter !== 0) {
    split = (line) => {
      const text = bare(line).replaceAll(/^[\r\n]+|[\r\n]+$/g, '');
      return text === '' ? [] : cut(text, new Array<number>(Math.ceil(text.length / delimiter)).fill(delimiter));
    };
  } else {
    const separator = typeof delimiter === 'string' && delimiter !== '' ? delimiter : null;
    split = (line) => {
      const text = bare(line).replaceAll(/^[ \r\n]+|[ \r\n]+$/g, '');
      if (text === '') return [];
      return separator === null ? text.trim().split(/\s+/).filter((field) => field !== '') : text.split(separator);
    };
  }
  return autostrip ? (line) => split(line).map((field) => field.trim()) : split;
}

/** What stands for every column, from one value, a list, or an object by place. */
function byColumn(given: unknown, count: number, columns: readonly number[] | null): unknown[] {
  const result = new Array<unknown>(count).fill(undefined);
  if (given === undefined || given === null) return result;
  if (Array.isArray(given)) return result.map((_, i) => given[i] as unknown);
  if (!isOptions(given)) return result.fill(given);
  for (const [key, value] of Object.entries(given)) {
    const place = Number(key);
    const at = columns !== null && columns.includes(place) ? columns.indexOf(place) : place;
    if (!(at >= 0 && at < count)) throw new ValueError(`there is no column ${key} among ${count}`);
    result[at] = value;
  }
  return result;
}

const textsOf = (given: unknown): string[] =>
  (given === undefined ? [] : Array.isArray(given) ? given.map(String) : String(given).split(','));

interface Reader {
  /** Throws a ValueError where `loose` does not hold and the field is neither a value nor missing. */
  read(field: string, loose: boolean): unknown;
}

function reader(
  dtype: DType, convert: ((field: string) => unknown) | undefined, missing: readonly string[], filling: unknown,
): Reader {
  const reading = readingOf(dtype);
  const hole = filling ?? ladder[rungOf(dtype)][2];
  return {
    read: (field, loose) => {
      let value: unknown;
      if (convert !== undefined) {
        try {
          value = convert(field);
        } catch (error) {
          if (!(error instanceof ValueError)) throw error;
        }
      } else {
        value = reading(field);
      }
      if (value !== undefined) return value;
      const bare = field.trim();
      if (!loose && bare !== '' && !missing.includes(bare)) throw new ValueError(`Cannot convert string '${field}'`);
      return hole;
    },
  };
}

/** The first rung on which all fields of a column have values or are missing; null where all are missing. */
function climbed(fields: readonly string[], missing: readonly string[]): DType | null {
  const isMissing = (field: string): boolean => field.trim() === '' || missing.includes(field.trim());
  if (fields.every(isMissing)) return null;
  const rung = ladder.find(([kind]) => fields.every((field) => readings[kind](field) !== undefined || isMissing(field)));
  if (rung === undefined) {
    throw new NotImplementedError('genfromtxt: a column holds texts, of which there are no arrays here: leave it out by usecols');
  }
  return rung[1];
}

function columnsOf(usecols: unknown): number[] {
  return (Array.isArray(usecols) ? listOf(usecols as readonly unknown[]) : [usecols]).map((each) => {
    if (typeof each === 'string') throw new NotImplementedError(`genfromtxt: columns have no names here, so that '${each}' is none`);
    return integerOf(each);
  });
}

interface Lines {
  readonly rows: string[][];
  readonly invalid: (readonly [line: number, count: number])[];
}

type Converters = Readonly<Record<number, (field: string) => unknown>>;

function refuseRecords(names: unknown, usemask: boolean): void {
  if (names !== undefined && names !== null) {
    throw new NotImplementedError('genfromtxt: there are no arrays with named fields here: leave names out, and skip them by skip_header');
  }
  if (usemask) throw new NotImplementedError('genfromtxt: there are no masked arrays here: holes are what filling_values says');
}

const unreadable = (value: unknown): TypeError => new TypeError('fname must be a string, a filehandle, a sequence of strings,\n'
  + `or an iterator of strings. Got <class '${pythonTypeName(value)}'> instead.`);

const declared = pythonSignature('genfromtxt', [
  "fname, dtype='float', comments: Any='#', delimiter: Any=None, skip_header: int=0, skip_footer: int=0, converters: Any=None",
  'missing_values: Any=None, filling_values: Any=None, usecols: Any=None, names: Any=None, excludelist: Any=None',
  "deletechars: Any=None, replace_space='_', autostrip=False, case_sensitive: Any=True, defaultfmt='f%i', unpack: Any=None",
  'usemask=False, loose=True, invalid_raise=True, max_rows: Any=None, encoding: Any=None, *, ndmin: Any=0, like=None',
]);

export interface GenfromtxtOptions {
  /** null for the narrowest dtype that all columns fit. */
  dtype?: DTypeLike | null;
  /** What begins a comment; null for none. */
  comments?: string | null;
  /** What stands between fields; a number, or a list of them, are the widths of fields. */
  delimiter?: string | number | readonly number[] | null;
  /** How many lines to leave out in front, and at the end. */
  skip_header?: number;
  skip_footer?: number;
  /** Functions of fields by column. */
  converters?: Converters | null;
  /** Texts that stand for a hole: for all columns, in a list for each, or by column. */
  missing_values?: unknown;
  /** What holes become: for all columns, in a list for each, or by column. */
  filling_values?: unknown;
  usecols?: number | readonly number[] | null;
  /** Whether fields lose the spaces around them. */
  autostrip?: boolean;
  /** Whether columns come first. */
  unpack?: boolean | null;
  /** Whether what is neither a number nor missing is a hole as well, and no error. */
  loose?: boolean;
  /** Whether lines with another number of fields are an error, or are left out with a warning. */
  invalid_raise?: boolean;
  max_rows?: number | null;
  encoding?: string | null;
  ndmin?: 0 | 1 | 2;
  /** Only null and false: there are no arrays with named fields, and no masked ones. */
  names?: null;
  usemask?: false;
  /** What names of fields are made of, of which there are none. */
  excludelist?: readonly string[] | null;
  deletechars?: string | null;
  replace_space?: string;
  case_sensitive?: boolean | 'upper' | 'lower';
  defaultfmt?: string;
  like?: ndarray | null;
}
type Positional = [
  fname: TextSource, dtype?: DTypeLike | null, comments?: string | null, delimiter?: string | number | readonly number[] | null,
  skip_header?: number, skip_footer?: number, converters?: Converters | null, missing_values?: unknown, filling_values?: unknown,
  usecols?: number | readonly number[] | null, names?: null, excludelist?: readonly string[] | null, deletechars?: string | null,
  replace_space?: string, autostrip?: boolean, case_sensitive?: boolean | 'upper' | 'lower', defaultfmt?: string, unpack?: boolean | null,
  usemask?: false, loose?: boolean, invalid_raise?: boolean, max_rows?: number | null, encoding?: string | null,
];

/**
 * The numbers of a text in which some are missing: what is no number becomes NaN, -1 of integers, or what `filling_values` says. With
 * `dtype: null` it is the narrowest that all columns fit. Throws a ValueError that lists the lines with another number of fields.
 * Source: numpy.genfromtxt.
 * @example
 * np.genfromtxt(['1,2,3', '4,,x'], { delimiter: ',' }) // → [[ 1.  2.  3.]
 *                                                      //    [ 4. nan nan]]
 */
export function genfromtxt(fname: TextSource, options?: GenfromtxtOptions): ndarray;
export function genfromtxt(options: GenfromtxtOptions & { fname: TextSource }): ndarray;
export function genfromtxt(...args: Positional): ndarray;
export function genfromtxt(...args: readonly unknown[]): ndarray {
  const [
    fname, dtype, comments = '#', delimiter, skip_header = 0, skip_footer = 0, converters, missing_values, filling_values, usecols, names,
    , , , autostrip = false, , , unpack, usemask = false, loose = true, invalid_raise = true, max_rows, encoding, ndmin = 0,
  ] = declared.list(args) as unknown as [...Required<Positional>, 0 | 1 | 2];
  checkNdmin(ndmin);
  refuseRecords(names, usemask);
  const most = max_rows ?? null;
  if (most !== null && skip_footer !== 0) {
    throw new ValueError("The keywords 'skip_footer' and 'max_rows' can not be specified at the same time.");
  }
  if (most !== null && most < 1) throw new ValueError("'max_rows' must be at least 1.");
  const functions = converters ?? {};
  if (!isOptions(functions)) {
    throw new TypeError(
      `The input argument 'converter' should be a valid dictionary (got '<class '${pythonTypeName(functions)}'>' instead)`);
  }
  const text = readText(fname, encoding, unreadable);
  const lines = text.split(/\r\n|[\r\n]/);
  if (lines.at(-1) === '') lines.pop();
  const split = splitting(delimiter, comments, autostrip);
  let at = skip_header;
  let first: string[] = [];
  while (at < lines.length && first.length === 0) first = split(lines[at++]);
  if (first.length === 0) warn(`genfromtxt: Empty input file: "${typeof fname === 'string' ? fname : pythonTypeName(fname)}"`);
  const columns = usecols === undefined || usecols === null ? null : columnsOf(usecols).map((column) =>
    (column < 0 ? column + first.length : column));
  const count = columns === null || columns.length === 0 ? first.length : columns.length;
  const { rows, invalid } = readRows(first.length === 0 ? [] : [first, ...lines.slice(at).map(split)], columns, count, most, skip_header);
  const footer = dropInvalid(invalid, rows.length, skip_header, skip_footer, count, invalid_raise);
  if (footer > 0) rows.splice(Math.max(rows.length - footer, 0));
  const missing = byColumn(missing_values, count, columns).map(textsOf);
  const fillings = byColumn(filling_values, count, columns);
  const given = dtype === null ? undefined : coreOf(dtype) ?? core.float64;
  const types = new Set<DType>();
  const readers = Array.from({ length: count }, (_, i) => {
    const key = columns === null ? i : columns[i];
    const convert = functions[key] as ((field: string) => unknown) | undefined;
    const type = given ?? (convert === undefined ? climbed(rows.map((row) => row[i]), missing[i]) : core.float64);
    if (type !== null) types.add(type);
    return reader(type ?? core.bool, convert, missing[i], fillings[i]);
  });
  if (types.size > 1) {
    const named = [...types].map((type) => dtypeOf(type).name).join(', ');
    throw new NotImplementedError(
      `genfromtxt: the columns are of several dtypes (${named}), which an array cannot have here: give one by dtype`);
  }
  const [only = core.float64] = types;
  const values = rows.flatMap((row) => row.map((field, i) => readers[i].read(field, loose)));
  const made = asArray(values as ArrayLike, given ?? only);
  const table = reshapeTo(made, rows.length === 0 ? [0] : [rows.length, count]);
  return shaped(table, ndmin, unpack ?? false);
}

function readRows(
  lines: readonly (readonly string[])[], columns: readonly number[] | null, count: number, most: number | null, skipped: number,
): Lines {
  const result: Lines = { rows: [], invalid: [] };
  for (const [i, fields] of lines.entries()) {
    if (fields.length === 0) continue;
    const selected = columns !== null && columns.length > 0;
    if (selected ? columns.some((column) => column >= fields.length || column < -fields.length) : fields.length !== count) {
      result.invalid.push([i + skipped + 1, fields.length]);
      continue;
    }
    result.rows.push(selected ? columns.map((column) => fields.at(column) ?? '') : [...fields]);
    if (result.rows.length === most) break;
  }
  return result;
}

/** Throws, or warns, of lines with another number of fields; how many lines are left to drop at the end. */
function dropInvalid(
  invalid: Lines['invalid'], rows: number, header: number, footer: number, count: number, raising: boolean,
): number {
  const inFooter = footer > 0 ? invalid.filter(([line]) => line > rows + header).length : 0;
  const wrong = footer > 0 ? invalid.slice(0, invalid.length - inFooter) : invalid;
  if (wrong.length > 0) {
    const message = ['Some errors were detected !', ...wrong.map(([line, found]) =>
      `    Line #${line} (got ${found} columns instead of ${count})`)].join('\n');
    if (raising) throw new ValueError(message);
    warn(`ConversionWarning: ${message}`);
  }
  return footer - inFooter;
}
