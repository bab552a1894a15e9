import * as core from '../../core/dtype.ts';
import { cpu } from '../../core/device.ts';
import { NotImplementedError, ValueError, pythonTypeName } from '../../core/errors.ts';
import { scalarStr } from '../../core/printing/index.ts';
import { isArrayBuffer } from '../../core/realms.ts';
import { warn } from '../../core/warnings.ts';
import { fromTyped } from '../../ops/creation.ts';
import { elements, printSource } from '../../ops/host.ts';
import { method, parsed, routine } from '../arguments/routine.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { fromScalar } from '../ndarray/conversion.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import type { FileBytes, FilePath } from '../../core/files/paths.ts';
import { isPath } from '../../core/files/paths.ts';
import { fileSystem } from '../../core/files/platform.ts';
import { Column } from './text/columns.ts';
import type { TextSink } from './text/savetxt.ts';
import { PercentFormat } from './text/percent.ts';

/** Bare bytes of elements, and texts of numbers without lines. */

/** The numbers of a text between separators, of which a space stands for any number of spaces, none among them. */
function numbersIn(
  text: string, dtype: core.DType, count: number, separator: string,
): { readonly column: Column; readonly whole: boolean } {
  const column = new Column(dtype);
  if (text.trim() === '') return { column, whole: true };
  const escaped = separator.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`).replaceAll(/\s+/g, String.raw`\s*`);
  const pieces = separator.trim() === '' ? text.trim().split(/\s+/) : text.split(new RegExp(escaped));
  // What follows the last separator may be nothing.
  if (pieces.length > 1 && pieces.at(-1)?.trim() === '') pieces.pop();
  for (const piece of pieces) {
    if (column.count === count) break;
    const value = piece.trim();
    if (!column.read(value, 0, value.length)) return { column, whole: false };
  }
  return { column, whole: true };
}

const unmatched = (): ValueError => new ValueError('string or file could not be read to its end due to unmatched data');

/**
 * The numbers of a text between separators, all of them or the first `count`; a ValueError where one is none. For bytes there is
 * frombuffer. Source: numpy.fromstring.
 * @example
 * np.fromstring('1, 2, 3', { sep: ',', dtype: 'int64' }) // → [1 2 3]
 */
export const fromstring = routine('fromstring', "string, dtype='float', count=-1, *, sep='', like=None", (
  string: string, dtype: DTypeLike | null = 'float64', count: number = -1, sep: string = '', _like?: ndarray | null,
): ndarray => {
  const type = coreOf(dtype) ?? core.float64;
  if (typeof string !== 'string') throw new TypeError(`fromstring() argument 1 must be str, not ${pythonTypeName(string)}`);
  if (sep === '') throw new ValueError('The binary mode of fromstring is removed, use frombuffer instead');
  const { column, whole } = numbersIn(string, type, count, sep);
  if (!whole) throw unmatched();
  if (column.count < count) warn(`RuntimeWarning: string is smaller than requested size: ${count} numbers wanted, ${column.count} found`);
  return column.array([column.count]);
}, parsed);

function bytesIn(file: unknown): Uint8Array {
  // Node's own arrays of bytes share memory where others copy.
  if (isPath(file)) return core.bytesOf(fileSystem().readFileSync(file));
  if (ArrayBuffer.isView(file)) return core.bytesOf(file);
  if (isArrayBuffer(file)) return new Uint8Array(file);
  throw new TypeError('fromfile() takes a path, an ArrayBuffer or a Uint8Array');
}

/**
 * The elements that a file holds one after the other, by its path or its bytes: bare bytes, or with `sep` a text. From `offset` bytes on,
 * all of them or `count`. Source: numpy.fromfile.
 * @example
 * np.fromfile(new Uint8Array([1, 0, 2, 0]), 'int16') // → [1 2]
 */
export const fromfile = routine('fromfile', "file, dtype=None, count=-1, sep='', offset=0, *, like=None", (
  file: FilePath | FileBytes, dtype?: DTypeLike | null, count: number = -1, sep: string = '', offset: number = 0,
  _like?: ndarray | null,
): ndarray => {
  const type = coreOf(dtype) ?? core.float64;
  if (sep !== '') {
    if (offset !== 0) throw new TypeError("'offset' argument only permitted for binary files");
    const { column, whole } = numbersIn(new TextDecoder().decode(bytesIn(file).slice()), type, count, sep);
    if (!whole) throw unmatched();
    return column.array([column.count]);
  }
  const all = bytesIn(file);
  if (offset < 0) throw new ValueError('offset must be non-negative');
  const available = Math.max(Math.floor((all.length - offset) / type.itemsize), 0);
  const length = count < 0 ? available : Math.min(count, available);
  const part = all.slice(offset, offset + length * type.itemsize);
  return fromTyped(ndarray, new type.array(part.buffer, 0, length * type.components), [length], type, cpu);
}, parsed);

/** The method of arrays that fromfile undoes. */
export const tofile = method('tofile', "fid: object, sep='', format='%s'", (
  x: ndarray, fid: FilePath | TextSink, sep: string = '', format: string = '%s',
): void => {
  const isSink = typeof (fid as Partial<TextSink> | null)?.write === 'function';
  if (!isPath(fid) && !isSink) throw new TypeError('tofile() takes a path, or an object with a method write');
  if (sep === '') {
    if (!isPath(fid)) throw new NotImplementedError('tofile: bytes are written to a path; elsewhere take x.tobytes()');
    fileSystem().writeFileSync(fid, core.bytesOf(x.toTypedArray()));
    return;
  }
  const pattern = new PercentFormat(format === '' ? '%s' : format);
  const text = elements(x).map((value) => {
    const written = scalarStr(printSource(fromScalar(value, x.dtypeCore)));
    return pattern.write([{ value: typeof value === 'object' ? written : value, text: written }]);
  }).join(sep);
  if (isPath(fid)) fileSystem().writeFileSync(fid, new TextEncoder().encode(text));
  else (fid as TextSink).write(text);
}, parsed);

/**
 * Not here: what it finds are records, of which there are no arrays. Source: numpy.fromregex.
 * @example
 * np.fromregex()
 * // → NotImplementedError: fromregex gives arrays with named fields, which there are none of here: use text.matchAll(pattern)
 */
export const fromregex = (..._args: readonly unknown[]): never => {
  throw new NotImplementedError('fromregex gives arrays with named fields, which there are none of here: use text.matchAll(pattern)');
};

