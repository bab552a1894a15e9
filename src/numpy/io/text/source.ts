import { bytesOf } from '../../../core/dtype.ts';
import { NotImplementedError, ValueError } from '../../../core/errors.ts';
import { isArrayBuffer } from '../../../core/realms.ts';
import type { FileBytes, FilePath } from '../../../core/files/paths.ts';
import { isPath } from '../../../core/files/paths.ts';
import { fileSystem, gunzip } from '../../../core/files/platform.ts';

/** Where texts of numbers come from. */

/** A path or file: URL, the bytes of a file, or lines, as `text.split('\n')` gives them. */
export type TextSource = FilePath | FileBytes | Iterable<string | FileBytes>;

export const nameOf = (path: FilePath): string => (typeof path === 'string' ? path : path.pathname);

export function decoder(encoding: string | null | undefined): (bytes: Uint8Array) => string {
  const label = encoding === undefined || encoding === null ? 'utf-8' : encoding === 'bytes' ? 'latin1' : encoding;
  try {
    const made = new TextDecoder(label);
    // Memory that threads share is refused.
    return (bytes) => made.decode(bytes.slice());
  } catch (cause) {
    throw new ValueError(`unknown encoding: ${label}`, { cause });
  }
}

/** The bytes of a file, of one that was compressed by gzip what it held. */
export function fileContents(path: FilePath): Uint8Array {
  const bytes = fileSystem().readFileSync(path);
  const name = nameOf(path);
  if (/\.(?:bz2|xz|lzma)$/.test(name)) throw new NotImplementedError(`${name}: only gzip is known of compressed texts`);
  return name.endsWith('.gz') ? gunzip(bytes) : bytes;
}

/** One text of all lines; `unreadable` is what is wrong with anything else. */
export function readText(source: unknown, encoding: string | null | undefined, unreadable: (value: unknown) => Error): string {
  const decode = decoder(encoding);
  if (isPath(source)) return decode(fileContents(source));
  if (ArrayBuffer.isView(source)) return decode(bytesOf(source));
  if (isArrayBuffer(source)) return decode(new Uint8Array(source));
  if (typeof (source as Partial<Iterable<unknown>> | null | undefined)?.[Symbol.iterator] !== 'function') throw unreadable(source);
  const lines: string[] = [];
  for (const each of source as Iterable<unknown>) {
    const line = typeof each === 'string' ? each : ArrayBuffer.isView(each) ? decode(bytesOf(each))
      : isArrayBuffer(each) ? decode(new Uint8Array(each)) : null;
    if (line === null) throw new TypeError('non-string returned while reading data');
    lines.push(line.replace(/\r\n$|[\r\n]$/, ''));
  }
  return lines.join('\n');
}
