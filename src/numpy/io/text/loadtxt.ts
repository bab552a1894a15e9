import { ValueError, iterable, pythonTypeName } from '../../../core/errors.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { warn } from '../../../core/warnings.ts';
import * as core from '../../../core/dtype.ts';
import { isOptions } from '../../arguments/options.ts';
import { routine } from '../../arguments/routine.ts';
import type { DTypeLike } from '../../dtypes/dtype.ts';
import { coreOf } from '../../dtypes/dtype.ts';
import type { ndarray } from '../../ndarray/ndarray.ts';
import { Column, shaped } from './columns.ts';
import type { TextSource } from './source.ts';
import { readText } from './source.ts';
import { Tokens } from './tokens.ts';

/** A function for every column, or one for each by its place; it gets a field as text. */
export type TextConverters = ((field: string) => unknown) | Readonly<Record<number, (field: string) => unknown>>;

const unreadable = (value: unknown): ValueError => new ValueError(
  `fname must be a string, filehandle, list of strings,\nor generator. Got <class '${pythonTypeName(value)}'> instead.`);

function controlCharacter(value: unknown, name: string): string | null {
  if (value === undefined || value === null) return null;
  if (typeof value !== 'string' || [...value].length !== 1) {
    const shown = typeof value === 'string' ? `'${value}'` : String(value);
    throw new TypeError(`Text reading control character must be a single unicode character or None; but got: ${shown}`);
  }
  if (value === '\n' || value === '\r') throw new TypeError(`control character '${name}' cannot be a newline (\`\\r\` or \`\\n\`).`);
  return value;
}

function commentsOf(value: unknown): readonly string[] {
  if (value === null) return [];
  const list = typeof value === 'string' ? [value] : [...iterable(value as Iterable<unknown>)];
  for (const each of list) {
    if (typeof each !== 'string') throw new TypeError('comments must be strings');
    if (each === '') throw new ValueError('comments cannot be an empty string. Use comments=None to disable comments.');
  }
  return list as string[];
}

function columnsOf(value: unknown): readonly number[] | null {
  if (value === undefined || value === null) return null;
  const list: readonly unknown[] = Array.isArray(value) || typeof value === 'object' ? [...iterable(value as Iterable<unknown>)] : [value];
  return list.map((each) => {
    if (Number.isInteger(each) || typeof each === 'bigint') return Number(each);
    throw new TypeError('usecols must be an int or a sequence of ints but '
      + `it contains at least one element of type '${pythonTypeName(each)}'`);
  });
}

function countOf(value: unknown): number {
  if (!Number.isInteger(value) && typeof value !== 'bigint') throw new TypeError('argument must be an integer');
  if (Number(value) < 0) throw new ValueError('argument must be nonnegative');
  return Number(value);
}

type Converter = (field: string) => unknown;

/** The functions by the places of their columns in the file. */
function convertersOf(value: unknown): Converter | ReadonlyMap<number, Converter> | null {
  if (value === undefined || value === null) return null;
  if (typeof value === 'function') return value as Converter;
  if (!isOptions(value)) {
    throw new TypeError('converters must be a dictionary mapping columns to converter functions or a single callable.');
  }
  return new Map(Object.entries(value).map(([key, each]) => {
    if (!/^-?\d+$/.test(key)) throw new TypeError('keys of the converters dictionary must be integers; got key');
    if (typeof each !== 'function') {
      throw new TypeError(`values of the converters dictionary must be callable, but the value associated with key ${key} is not`);
    }
    return [Number(key), each as Converter];
  }));
}

/** The function of each column that is read, for lines of so many fields. */
function placed(given: Converter | ReadonlyMap<number, Converter> | null, fields: number, columns: readonly number[] | null): Converter[] {
  const count = columns?.length ?? fields;
  const result = new Array<Converter>(count);
  if (given === null) return result;
  if (typeof given === 'function') return result.fill(given);
  for (const [key, each] of given) {
    if (columns !== null && columns.includes(key)) {
      result[columns.indexOf(key)] = each;
      continue;
    }
    const place = key < 0 ? key + fields : key;
    if (place < 0 || place >= fields) {
      throw new ValueError(`converter specified for column ${key}, which is invalid for the number of fields ${fields}.`);
    }
    const at = columns === null ? place : columns.indexOf(place);
    if (at >= 0) result[at] = each;
  }
  return result;
}

function checkNdmin(ndmin: unknown): void {
  if (ndmin !== 0 && ndmin !== 1 && ndmin !== 2) throw new ValueError(`Illegal value of ndmin keyword: ${String(ndmin)}`);
}

/**
 * The numbers of a text, one row for each line: of a file by its path or its bytes, or of lines in a list. Throws a ValueError that names
 * the place where a field is no number or a line has another number of fields. Source: numpy.loadtxt.
 * @example
 * np.loadtxt(['# x y', '1 2', '3 4.5']) // → [[1.  2. ]
 *                                       //    [3.  4.5]]
 */
export const loadtxt = routine('loadtxt', [
  "fname, dtype='float', comments: Any='#', delimiter: Any=None, converters: Any=None, skiprows: Any=0, usecols: Any=None, unpack=False",
  'ndmin: Any=0, encoding: Any=None, max_rows: Any=None, *, quotechar: Any=None, like=None',
], (
  fname: TextSource, dtype: DTypeLike | null = 'float64', comments: string | readonly string[] | null = '#', delimiter?: string | null,
  converters?: TextConverters | null, skiprows: number | bigint = 0, usecols?: number | readonly number[] | null, unpack: boolean = false,
  ndmin: 0 | 1 | 2 = 0, encoding?: string | null, max_rows?: number | bigint | null, quotechar?: string | null, _like?: ndarray | null,
): ndarray => {
  checkNdmin(ndmin);
  const type = coreOf(dtype) ?? core.float64;
  const separators = {
    delimiter: controlCharacter(delimiter, 'delimiter'), comments: commentsOf(comments), quote: controlCharacter(quotechar, 'quotechar'),
  };
  const columns = columnsOf(usecols);
  const functions = convertersOf(converters);
  const [skipped, most] = [countOf(skiprows), max_rows === undefined || max_rows === null ? Infinity : countOf(max_rows)];
  const lines = Array.isArray(fname) ? fname as readonly unknown[] : null;
  if (lines?.some((line) => typeof line === 'string' && /[\r\n]./s.test(line.replace(/\r\n$/, ''))) && separators.quote === null) {
    throw new ValueError('Found an unquoted embedded newline within a single line of input.  This is currently not supported.');
  }
  const tokens = new Tokens(readText(fname, encoding, unreadable), separators);
  for (let i = 0; i < skipped; i++) tokens.skip();
  const values = new Column(type);
  let [row, fields, width] = [0, -1, columns?.length ?? 1];
  let own: Converter[] = [];
  while (row < most && tokens.next()) {
    if (fields < 0) {
      fields = tokens.count;
      own = placed(functions, fields, columns);
      width = columns?.length ?? fields;
    }
    if (columns === null && tokens.count !== fields) {
      throw new ValueError(`the number of columns changed from ${fields} to ${tokens.count} at row ${row + 1}; `
        + 'use `usecols` to select a subset and avoid this error');
    }
    for (let i = 0; i < width; i++) {
      let place = i;
      if (columns !== null) {
        place = columns[i] < 0 ? columns[i] + tokens.count : columns[i];
        if (place < 0 || place >= tokens.count) {
          throw new ValueError(`invalid column index ${columns[i]} at row ${row + 1} with ${tokens.count} columns`);
        }
      }
      const convert = own[i] as Converter | undefined;
      const unfit = (cause?: unknown): ValueError => new ValueError(
        `could not convert string ${pythonRepr(tokens.field(place))} to ${type.name} at row ${row}, column ${place + 1}.`, { cause });
      if (convert === undefined) {
        if (!values.readField(tokens, place)) throw unfit();
        continue;
      }
      let value: unknown;
      try {
        value = convert(tokens.field(place));
        values.take(value);
      } catch (cause) {
        throw unfit(cause);
      }
    }
    row++;
  }
  if (row === 0) warn(`loadtxt: input contained no data: "${typeof fname === 'string' ? fname : pythonTypeName(fname)}"`);
  return shaped(values.array([row, width]), ndmin, unpack);
});

export { checkNdmin, columnsOf };
