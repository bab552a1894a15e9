import { EOFError, MemoryError, NotImplementedError, ValueError } from '../../core/errors.ts';
import { inflate } from '../../core/inflate.ts';

/** Zip archives in memory. Every place and size that an archive names is checked before it is used. */

const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
const largestComment = 65535;
const endLength = 22;
const centralLength = 46;
const localLength = 30;

/** Version 2.0 of the format: deflate, and directories. */
const versionNeeded = 20;
const utf8Flag = 1 << 11;
/** 1 January 1980, the earliest date there is: equal contents give equal archives. */
const date = 0x21;

export const stored = 0;
export const deflated = 8;

const table = new Uint32Array(256).map((_, byte) => {
  let value = byte;
  for (let bit = 0; bit < 8; bit++) value = value & 1 ? 0xedb88320 ^ (value >>> 1) : value >>> 1;
  return value;
});

export function crc32(bytes: Uint8Array): number {
  let value = -1;
  for (let i = 0; i < bytes.length; i++) value = table[(value ^ bytes[i]) & 255] ^ (value >>> 8);
  return ~value >>> 0;
}

export interface Entry {
  readonly name: string;
  readonly method: number;
  readonly crc: number;
  readonly compressedSize: number;
  readonly size: number;
  /** Where the contents begin. */
  readonly start: number;
}

function viewOf(bytes: Uint8Array): DataView {
  return new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}

const bad = (what: string): ValueError => new ValueError(what);

/** Where the record at the end of an archive stands; a comment may follow it. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - endLength; at >= 0 && at >= view.byteLength - endLength - largestComment; at--) {
    if (view.getUint32(at, true) === endSignature && at + endLength + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw bad('File is not a zip file');
}

/** What bytes from 128 on mean in names that are not said to be UTF-8: code page 437. */
const oldCharacters = 'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐'
  + '└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

function nameFrom(bytes: Uint8Array, utf8: boolean): string {
  if (!utf8) return Array.from(bytes, (byte) => (byte < 128 ? String.fromCharCode(byte) : oldCharacters[byte - 128])).join('');
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw bad('a name in the zip file is not valid UTF-8');
  }
}

/** The entries of an archive, in its directory's order. Nothing is unpacked. */
export function readDirectory(bytes: Uint8Array): Entry[] {
  const view = viewOf(bytes);
  const end = findEnd(view);
  const count = view.getUint16(end + 10, true);
  const directorySize = view.getUint32(end + 12, true);
  const directory = view.getUint32(end + 16, true);
  if (count === 0xffff || directorySize === 0xffffffff || directory === 0xffffffff) {
    throw new NotImplementedError('zip files with 65535 entries or more, or of 4 GiB and more, cannot be read');
  }
  if (view.getUint16(end + 4, true) !== 0 || view.getUint16(end + 6, true) !== 0 || view.getUint16(end + 8, true) !== count) {
    throw bad('zip files that span multiple disks are not supported');
  }
  if (directory + directorySize !== end || count * centralLength > directorySize) throw bad('Bad offset for central directory');
  const entries: Entry[] = [];
  const spans: { name: string; from: number; to: number }[] = [];
  let at = directory;
  for (let i = 0; i < count; i++) {
    if (at + centralLength > end) throw bad('Truncated central directory');
    if (view.getUint32(at, true) !== centralSignature) throw bad('Bad magic number for central directory');
    const nameLength = view.getUint16(at + 28, true);
    const next = at + centralLength + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
    if (next > end) throw bad('Truncated central directory');
    const flags = view.getUint16(at + 8, true);
    const rawName = bytes.subarray(at + centralLength, at + centralLength + nameLength);
    const name = nameFrom(rawName, (flags & utf8Flag) !== 0);
    const method = view.getUint16(at + 10, true);
    const compressedSize = view.getUint32(at + 20, true);
    const size = view.getUint32(at + 24, true);
    const local = view.getUint32(at + 42, true);
    if (compressedSize === 0xffffffff || size === 0xffffffff || local === 0xffffffff) {
      throw new NotImplementedError(`File '${name}' has 4 GiB or more and cannot be read`);
    }
    if (flags & 1) throw new NotImplementedError(`File '${name}' is encrypted and cannot be read`);
    if (method !== stored && method !== deflated) throw new NotImplementedError('That compression method is not supported');
    if (method === stored && compressedSize !== size) throw bad(`File '${name}' is stored in another number of bytes than it has`);
    const start = contentsStart(view, bytes, local, directory, rawName, name, method);
    if (start + compressedSize > directory) throw bad(`File '${name}' reaches beyond the zip file's contents`);
    entries.push({ name, method, crc: view.getUint32(at + 16, true), compressedSize, size, start });
    spans.push({ name, from: local, to: start + compressedSize });
    at = next;
  }
  if (at !== end) throw bad('Bad size of the central directory');
  spans.sort((a, b) => a.from - b.from);
  spans.forEach(({ name, to }, i) => {
    if (i + 1 < spans.length && to > spans[i + 1].from) throw bad(`Overlapped entries: '${name}' (possible zip bomb)`);
  });
  return entries;
}

/** Where an entry's contents begin, behind a header of its own that must agree with the directory. */
function contentsStart(
  view: DataView, bytes: Uint8Array, local: number, limit: number, rawName: Uint8Array, name: string, method: number,
): number {
  if (local + localLength > limit) throw bad('Truncated file header');
  if (view.getUint32(local, true) !== localSignature) throw bad('Bad magic number for file header');
  const nameLength = view.getUint16(local + 26, true);
  const start = local + localLength + nameLength + view.getUint16(local + 28, true);
  if (start > limit) throw bad('Truncated file header');
  const at = local + localLength;
  if (nameLength !== rawName.length || rawName.some((byte, i) => bytes[at + i] !== byte)) {
    throw bad(`File name in directory '${name}' and header differ.`);
  }
  if (view.getUint16(local + 8, true) !== method) throw bad(`File '${name}' has two compression methods`);
  return start;
}

/** An entry's contents. What it unpacks to is never longer than it says, nor than its bytes can hold. */
export function readEntry(bytes: Uint8Array, entry: Entry): Uint8Array {
  const packed = bytes.subarray(entry.start, entry.start + entry.compressedSize);
  if (packed.length < entry.compressedSize) throw new EOFError(`File '${entry.name}' ends early`);
  let contents: Uint8Array;
  try {
    contents = entry.method === stored ? packed : inflate(packed, entry.size);
  } catch (error) {
    if (error instanceof RangeError) throw new MemoryError(`Unable to allocate ${entry.size} bytes for file '${entry.name}'`);
    throw error;
  }
  if (crc32(contents) !== entry.crc) throw bad(`Bad CRC-32 for file '${entry.name}'`);
  return contents;
}

/** A file to write. */
export interface Member {
  readonly name: string;
  readonly contents: Uint8Array;
}

function header(kind: 'local' | 'central', name: Uint8Array, fields: Entry, utf8: boolean, local: number): Uint8Array {
  const length = kind === 'local' ? localLength : centralLength;
  const out = new Uint8Array(length + name.length);
  const view = viewOf(out);
  view.setUint32(0, kind === 'local' ? localSignature : centralSignature, true);
  // The central header has one more field, the version that made it, before the same ones.
  const at = kind === 'local' ? 4 : 6;
  if (kind === 'central') view.setUint16(4, versionNeeded, true);
  view.setUint16(at, versionNeeded, true);
  view.setUint16(at + 2, utf8 ? utf8Flag : 0, true);
  view.setUint16(at + 4, fields.method, true);
  view.setUint16(at + 8, date, true);
  view.setUint32(at + 10, fields.crc, true);
  view.setUint32(at + 14, fields.compressedSize, true);
  view.setUint32(at + 18, fields.size, true);
  view.setUint16(at + 22, name.length, true);
  if (kind === 'central') view.setUint32(42, local, true);
  out.set(name, length);
  return out;
}

const tooLong = (): ValueError => new ValueError('a zip file of 4 GiB or more cannot be written');

/** An archive of files; `compress`, where given, deflates each. */
export function writeZip(members: readonly Member[], compress: ((bytes: Uint8Array) => Uint8Array) | null): Uint8Array<ArrayBuffer> {
  if (members.length >= 0xffff) throw new ValueError(`a zip file holds at most 65534 files, not ${members.length}`);
  const parts: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let position = 0;
  for (const { name, contents } of members) {
    const rawName = new TextEncoder().encode(name);
    if (rawName.length > 0xffff) throw new ValueError('a name in a zip file has at most 65535 bytes');
    const packed = compress === null ? contents : compress(contents);
    const utf8 = rawName.some((byte) => byte > 127);
    if (Math.max(position, packed.length, contents.length) >= 0xffffffff) throw tooLong();
    const entry: Entry = {
      name, method: compress === null ? stored : deflated, crc: crc32(contents), compressedSize: packed.length,
      size: contents.length, start: 0,
    };
    const local = header('local', rawName, entry, utf8, 0);
    directory.push(header('central', rawName, entry, utf8, position));
    parts.push(local, packed);
    position += local.length + packed.length;
  }
  const directorySize = directory.reduce((sum, part) => sum + part.length, 0);
  if (position + directorySize >= 0xffffffff) throw tooLong();
  const end = new Uint8Array(endLength);
  const view = viewOf(end);
  view.setUint32(0, endSignature, true);
  view.setUint16(8, members.length, true);
  view.setUint16(10, members.length, true);
  view.setUint32(12, directorySize, true);
  view.setUint32(16, position, true);
  const out = new Uint8Array(position + directorySize + endLength);
  let at = 0;
  for (const part of [...parts, ...directory, end]) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}
