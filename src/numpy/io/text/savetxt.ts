import { AttributeError, ValueError, shown as shownName } from '../../../core/errors.ts';
import * as core from '../../../core/dtype.ts';
import type { Scalar } from '../../../core/complex.ts';
import { Complex } from '../../../core/complex.ts';
import { pythonRepr, scalarStr } from '../../../core/printing/index.ts';
import { elements, printSource } from '../../../ops/host.ts';
import { reshapeTo } from '../../../ops/movement.ts';
import { isOptions } from '../../arguments/options.ts';
import { pythonSignature } from '../../arguments/routine.ts';
import { asArray, fromScalar } from '../../ndarray/conversion.ts';
import type { ArrayLike, ndarray } from '../../ndarray/ndarray.ts';
import type { FilePath } from '../../../core/files/paths.ts';
import { isPath } from '../../../core/files/paths.ts';
import { fileSystem, gzip } from '../../../core/files/platform.ts';
import type { Shown } from './percent.ts';
import { PercentFormat } from './percent.ts';
import { nameOf } from './source.ts';

export interface SaveTextOptions {
  /** How numbers are written, as Python's `%` says it: one format for all, one for each column, or one for whole lines. */
  fmt?: string | readonly string[];
  /** What stands between columns. */
  delimiter?: string;
  /** What ends a line. */
  newline?: string;
  /** A text before the numbers, each of its lines a comment. */
  header?: string;
  /** A text after them. */
  footer?: string;
  /** What begins a comment. */
  comments?: string;
  /** How the text becomes bytes: 'latin1' or 'utf-8', which are the same for numbers. */
  encoding?: string | null;
}

/** What a text can be written to, piece by piece. */
export interface TextSink {
  write(text: string): unknown;
}

const rest = "fmt: Any='%.18e', delimiter=' ', newline='\\n', header='', footer='', comments='# ', encoding: Any=None";
const saved = pythonSignature('savetxt', `fname, X, ${rest}`);
const savedText = pythonSignature('savetxt#text', `X, ${rest}`);

/** The format of a line. */
function formatOf(fmt: unknown, columns: number, complex: boolean, delimiter: string): string {
  if (Array.isArray(fmt)) {
    const formats = fmt as readonly string[];
    if (formats.length !== columns) throw new AttributeError(`fmt has wrong shape.  ${pythonRepr(formats)}`);
    return formats.join(delimiter);
  }
  if (typeof fmt !== 'string') throw new ValueError(`invalid fmt: ${shownName(fmt)}`);
  const count = fmt.split('%').length - 1;
  if (count === 1) return new Array<string>(columns).fill(complex ? ` (${fmt}+${fmt}j)` : fmt).join(delimiter);
  if (count !== (complex ? 2 * columns : columns)) throw new ValueError(`fmt has wrong number of % formats:  ${fmt}`);
  return fmt;
}

function shownParts(value: Scalar, text: (value: Scalar) => string): Shown[] {
  if (value instanceof Complex) return [value.re, value.im].map((part) => ({ value: part, text: text(part) }));
  return [{ value, text: text(value) }];
}

function write(x: ndarray, values: readonly unknown[]): string {
  const [fmt = '%.18e', delimiter = ' ', newline = '\n', header = '', footer = '', comments = '# '] = values as [
    unknown, string?, string?, string?, string?, string?,
  ];
  if (x.ndim === 0 || x.ndim > 2) throw new ValueError(`Expected 1D or 2D array, got ${x.ndim}D array instead`);
  const table = x.ndim === 1 ? reshapeTo(x, [x.size, 1]) : x;
  const [rows, columns] = table.shape;
  const complex = core.isComplex(x.dtypeCore);
  const line = formatOf(fmt, columns, complex, delimiter);
  const format = new PercentFormat(line);
  const part = core.componentType(x.dtypeCore);
  // What str() makes of an element is asked for by %s alone.
  const textOf = /%[-+ #0\d.]*[sra]/.test(line) ? (value: Scalar): string => scalarStr(printSource(fromScalar(value, part)))
    : part.kind === 'float' ? (): string => '.' : (): string => '';
  const flat = elements(table);
  const pieces: string[] = [];
  if (header !== '') pieces.push(comments + header.replaceAll('\n', `\n${comments}`) + newline);
  for (let row = 0; row < rows; row++) {
    const given = flat.slice(row * columns, (row + 1) * columns).flatMap((value) => shownParts(value, textOf));
    let text: string;
    try {
      text = format.write(given);
    } catch (cause) {
      if (!(cause instanceof TypeError)) throw cause;
      throw new TypeError(`Mismatch between array dtype ('${x.dtypeCore.name}') and format specifier ('${line}')`, { cause });
    }
    pieces.push((complex ? text.replaceAll('+-', '-') : text) + newline);
  }
  if (footer !== '') pieces.push(comments + footer.replaceAll('\n', `\n${comments}`) + newline);
  return pieces.join('');
}

type TextArguments = [
  fmt?: string | readonly string[], delimiter?: string, newline?: string, header?: string, footer?: string, comments?: string,
  encoding?: string | null,
];

/**
 * Writes an array of one or two axes as a text, a line for each row, to a path (one that ends in .gz compressed) or to what has a method
 * `write`; without either, returns the text's bytes. Source: numpy.savetxt.
 * @example
 * const bytes = np.savetxt([[1, 2], [3, 4]], { fmt: '%d', delimiter: ',' });
 * new TextDecoder().decode(bytes).split('\n') // → ['1,2', '3,4', '']
 * np.loadtxt(bytes, { delimiter: ',' }).shape // → [2, 2]
 */
export function savetxt(X: ArrayLike, options?: SaveTextOptions): Uint8Array<ArrayBuffer>;
export function savetxt(fname: FilePath | TextSink, X: ArrayLike, options?: SaveTextOptions): void;
export function savetxt(fname: FilePath | TextSink, X: ArrayLike, ...rest: TextArguments): void;
export function savetxt(options: SaveTextOptions & { fname: FilePath | TextSink; X: ArrayLike }): void;
export function savetxt(...args: readonly unknown[]): Uint8Array<ArrayBuffer> | void {
  const [first] = args;
  const isSink = typeof (first as Partial<TextSink> | null | undefined)?.write === 'function';
  if (args.length > 0 && !isPath(first) && !isSink && !(isOptions(first) && 'fname' in first)) {
    const [X, ...values] = savedText.list(args);
    return new TextEncoder().encode(write(asArray(X as ArrayLike), values));
  }
  const [fname, X, ...values] = isSink ? [first, ...savedText.list(args.slice(1))] : saved.list(args);
  if (isPath(fname)) {
    const bytes = new TextEncoder().encode(write(asArray(X as ArrayLike), values));
    fileSystem().writeFileSync(fname, nameOf(fname).endsWith('.gz') ? gzip(bytes) : bytes);
    return;
  }
  if (typeof (fname as Partial<TextSink> | null)?.write !== 'function') throw new ValueError('fname must be a string or file handle');
  (fname as TextSink).write(write(asArray(X as ArrayLike), values));
}
