import { EOFError, MemoryError, NotImplementedError, ValueError } from '../errors.ts';
import { inflate } from './deflate.ts';
import { builtinCrc32 } from './platform.ts';
import type { Reading } from './ranges.ts';
import { joined, readPresent } from './ranges.ts';

/**
 * Zip archives, in memory or read in parts, those of more than 4 GiB or 65535 entries included. Every place and size that an archive
 * names is checked before it is used; those of 64 bits may be rounded, where they lie far beyond every archive's end.
 */

const localSignature = 0x04034b50;
const centralSignature = 0x02014b50;
const endSignature = 0x06054b50;
const wideEndSignature = 0x06064b50;
const locatorSignature = 0x07064b50;
const largestComment = 65535;
const endLength = 22;
const wideEndLength = 56;
const locatorLength = 20;
const centralLength = 46;
const localLength = 30;

/** Fields of these values stand elsewhere in 64 bits: the directory's in a second end, an entry's in an extra field. */
const full16 = 0xffff;
const full32 = 0xffffffff;
const wideField = 1;
/** PyTorch's own padding: 'FB', and Zs. */
const paddingField = 0x4246;
const paddingByte = 0x5a;

/** Version 4.5 of the format: sizes of 64 bits. */
const versionNeeded = 45;
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

/** The checksum of bytes that follow those whose checksum is `before`. */
export function crc32(bytes: Uint8Array, before = 0): number {
  const builtin = builtinCrc32();
  if (builtin !== null) return builtin(bytes, before);
  let value = ~before;
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

/** Where the record at the end of an archive stands, in the last bytes of it; a comment may follow it. */
function findEnd(view: DataView): number {
  for (let at = view.byteLength - endLength; at >= 0 && at >= view.byteLength - endLength - largestComment; at--) {
    if (view.getUint32(at, true) === endSignature && at + endLength + view.getUint16(at + 20, true) === view.byteLength) return at;
  }
  throw bad('File is not a zip file');
}

function getWide(view: DataView, at: number): number {
  return Number(view.getBigUint64(at, true));
}

const severalDisks = (): ValueError => bad('zip files that span multiple disks are not supported');

interface Directory {
  readonly count: number;
  readonly start: number;
  readonly end: number;
}

/** Where an archive's directory is, which ends where the records at the end begin. */
function * findDirectory(length: number): Reading<Directory> {
  const tailStart = Math.max(0, length - endLength - largestComment - locatorLength);
  const view = viewOf(yield { start: tailStart, end: length });
  const narrow = findEnd(view);
  let end = narrow;
  let fields = [4, 6, 8, 10].map((at) => view.getUint16(narrow + at, true)).concat([12, 16].map((at) => view.getUint32(narrow + at, true)));
  const locator = end - locatorLength;
  end += tailStart;
  if (locator >= 0 && view.getUint32(locator, true) === locatorSignature) {
    if (view.getUint32(locator + 4, true) !== 0 || view.getUint32(locator + 16, true) > 1) throw severalDisks();
    end = getWide(view, locator + 8);
    if (end + wideEndLength > locator + tailStart) throw bad('Truncated zip64 end of central directory');
    const record = viewOf(yield { start: end, end: end + wideEndLength });
    if (record.getUint32(0, true) !== wideEndSignature) throw bad('Bad magic number for zip64 end of central directory');
    if (end + 12 + getWide(record, 4) !== locator + tailStart) throw bad('Bad size of the zip64 end of central directory');
    const wide = [16, 20].map((at) => record.getUint32(at, true)).concat([24, 32, 40, 48].map((at) => getWide(record, at)));
    if (fields.some((field, i) => field !== wide[i] && field !== (i < 4 ? full16 : full32))) {
      throw bad('the two ends of the zip file contradict each other');
    }
    fields = wide;
  }
  const [disk, firstDisk, countHere, count, size, start] = fields;
  if (disk !== 0 || firstDisk !== 0 || countHere !== count) throw severalDisks();
  if (start + size !== end || count * centralLength > size) throw bad('Bad offset for central directory');
  return { count, start, end };
}

/** An entry's size, compressed size, place and disk, of which those that are full stand in its extra field, in this order. */
function widened(view: DataView, fields: readonly number[], name: string, from: number, to: number): readonly number[] {
  const isFull = fields.map((field, i) => field === (i < 3 ? full32 : full16));
  if (!isFull.includes(true)) return fields;
  for (let at = from; at + 4 <= to;) {
    const id = view.getUint16(at, true);
    let next = at + 4;
    at = next + view.getUint16(at + 2, true);
    if (at > to) throw bad(`Corrupt extra field of file '${name}'`);
    if (id !== wideField) continue;
    return fields.map((field, i) => {
      if (!isFull[i]) return field;
      const place = next;
      next += i < 3 ? 8 : 4;
      if (next > at) throw bad(`Corrupt zip64 extra field of file '${name}'`);
      return i < 3 ? getWide(view, place) : view.getUint32(place, true);
    });
  }
  throw bad(`File '${name}' has no zip64 extra field for its sizes`);
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
export const readDirectory = (bytes: Uint8Array): Entry[] => readPresent('readDirectory', bytes, directoryOf);

/** The same of an archive of so many bytes that is read in parts. */
export function * directoryOf(length: number): Reading<Entry[]> {
  const { count, start: directory, end: directoryEnd } = yield * findDirectory(length);
  const bytes = (yield { start: directory, end: directoryEnd }).slice();
  const view = viewOf(bytes);
  const end = bytes.length;
  const entries: Entry[] = [];
  const spans: { name: string; from: number; to: number }[] = [];
  let at = 0;
  for (let i = 0; i < count; i++) {
    if (at + centralLength > end) throw bad('Truncated central directory');
    if (view.getUint32(at, true) !== centralSignature) throw bad('Bad magic number for central directory');
    const nameLength = view.getUint16(at + 28, true);
    const extra = at + centralLength + nameLength;
    const extraEnd = extra + view.getUint16(at + 30, true);
    const next = extraEnd + view.getUint16(at + 32, true);
    if (next > end) throw bad('Truncated central directory');
    const flags = view.getUint16(at + 8, true);
    const rawName = bytes.subarray(at + centralLength, extra);
    const name = nameFrom(rawName, (flags & utf8Flag) !== 0);
    const method = view.getUint16(at + 10, true);
    const narrow = [...[24, 20, 42].map((field) => view.getUint32(at + field, true)), view.getUint16(at + 34, true)];
    const [size, compressedSize, local, disk] = widened(view, narrow, name, extra, extraEnd);
    if (disk !== 0) throw severalDisks();
    if (flags & 1) throw new NotImplementedError(`File '${name}' is encrypted and cannot be read`);
    if (method !== stored && method !== deflated) throw new NotImplementedError('That compression method is not supported');
    if (method === stored && compressedSize !== size) throw bad(`File '${name}' is stored in another number of bytes than it has`);
    const start = yield * contentsStart(local, directory, rawName, name, method);
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
function * contentsStart(local: number, limit: number, rawName: Uint8Array, name: string, method: number): Reading<number> {
  if (local + localLength > limit) throw bad('Truncated file header');
  const bytes = yield { start: local, end: Math.min(local + localLength + rawName.length, limit) };
  const view = viewOf(bytes);
  if (view.getUint32(0, true) !== localSignature) throw bad('Bad magic number for file header');
  const nameLength = view.getUint16(26, true);
  const start = local + localLength + nameLength + view.getUint16(28, true);
  if (start > limit) throw bad('Truncated file header');
  if (nameLength !== rawName.length || rawName.some((byte, i) => bytes[localLength + i] !== byte)) {
    throw bad(`File name in directory '${name}' and header differ.`);
  }
  if (view.getUint16(8, true) !== method) throw bad(`File '${name}' has two compression methods`);
  return start;
}

/** An entry's contents. What it unpacks to is never longer than it says, nor than its bytes can hold. */
export function readEntry(bytes: Uint8Array, entry: Entry): Uint8Array {
  return unpack(bytes.subarray(entry.start, entry.start + entry.compressedSize), entry);
}

/** The same of an archive that is read in parts. */
export function * entryOf(entry: Entry): Reading<Uint8Array> {
  return unpack(yield { start: entry.start, end: entry.start + entry.compressedSize }, entry);
}

/** How many bytes of a stored entry are read at a time. */
const portion = 2 ** 24;

/** An entry's contents in order, a portion at a time where they are stored; `take` may not keep them. */
export function * entryInParts(entry: Entry, take: (bytes: Uint8Array, at: number) => void): Reading<void> {
  if (entry.method !== stored) {
    take(yield * entryOf(entry), 0);
    return;
  }
  let crc = 0;
  for (let at = 0; at < entry.size; at += portion) {
    const start = entry.start + at;
    const bytes = yield { start, end: Math.min(start + portion, entry.start + entry.size) };
    crc = crc32(bytes, crc);
    take(bytes, at);
  }
  if (crc !== entry.crc) throw bad(`Bad CRC-32 for file '${entry.name}'`);
}

function unpack(packed: Uint8Array, entry: Entry): Uint8Array {
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

/** The extra field that holds numbers in 64 bits, if there are any. */
function wideExtra(values: readonly number[]): Uint8Array {
  if (values.length === 0) return new Uint8Array(0);
  const out = new Uint8Array(4 + 8 * values.length);
  const view = viewOf(out);
  view.setUint16(0, wideField, true);
  view.setUint16(2, 8 * values.length, true);
  values.forEach((value, i) => view.setBigUint64(4 + 8 * i, BigInt(value), true));
  return out;
}

/** Extra fields with one more, of no meaning, behind which what stands at `end` stands at a multiple of `alignment`. */
function paddedExtra(extra: Uint8Array, end: number, alignment: number): Uint8Array {
  const padding = (alignment - (end + 4) % alignment) % alignment;
  const out = new Uint8Array(extra.length + 4 + padding).fill(paddingByte);
  out.set(extra);
  const view = viewOf(out);
  view.setUint16(extra.length, paddingField, true);
  view.setUint16(extra.length + 2, padding, true);
  return out;
}

/** An entry's header: that in the directory, where a place is given, or that before the contents, whose sizes always have 64 bits. */
function header(
  entry: Entry, rawName: Uint8Array, utf8: boolean, place: number | null, wideFrom: number, position = 0, alignment = 1,
): Uint8Array {
  const { size, compressedSize } = entry;
  const [isLocal, length] = place === null ? [true, localLength] : [false, centralLength];
  const wideSizes = isLocal || Math.max(size, compressedSize) >= wideFrom;
  const widePlace = place !== null && place >= wideFrom;
  const wide = wideExtra([...wideSizes ? [size, compressedSize] : [], ...widePlace ? [place] : []]);
  const unpadded = position + length + rawName.length + wide.length;
  const extra = isLocal && alignment > 1 ? paddedExtra(wide, unpadded, alignment) : wide;
  const out = new Uint8Array(length + rawName.length + extra.length);
  const view = viewOf(out);
  view.setUint32(0, isLocal ? localSignature : centralSignature, true);
  // The central header has one more field, the version that made it, before the same ones.
  const at = isLocal ? 4 : 6;
  if (!isLocal) view.setUint16(4, versionNeeded, true);
  view.setUint16(at, versionNeeded, true);
  view.setUint16(at + 2, utf8 ? utf8Flag : 0, true);
  view.setUint16(at + 4, entry.method, true);
  view.setUint16(at + 8, date, true);
  view.setUint32(at + 10, entry.crc, true);
  view.setUint32(at + 14, wideSizes ? full32 : compressedSize, true);
  view.setUint32(at + 18, wideSizes ? full32 : size, true);
  view.setUint16(at + 22, rawName.length, true);
  view.setUint16(at + 24, extra.length, true);
  if (place !== null) view.setUint32(42, widePlace ? full32 : place, true);
  out.set(rawName, length);
  out.set(extra, length + rawName.length);
  return out;
}

/** The records behind a directory: the one in 64 bits and what tells its place only where they are needed. */
function ends(count: number, size: number, start: number, wideFrom: number): Uint8Array[] {
  const isWide = count >= Math.min(full16, wideFrom) || Math.max(size, start) >= wideFrom;
  const end = new Uint8Array(endLength);
  const view = viewOf(end);
  view.setUint32(0, endSignature, true);
  for (const at of [8, 10]) view.setUint16(at, isWide ? full16 : count, true);
  view.setUint32(12, isWide ? full32 : size, true);
  view.setUint32(16, isWide ? full32 : start, true);
  if (!isWide) return [end];
  const wide = new Uint8Array(wideEndLength + locatorLength);
  const wideView = viewOf(wide);
  wideView.setUint32(0, wideEndSignature, true);
  wideView.setUint32(4, wideEndLength - 12, true);
  for (const at of [12, 14]) wideView.setUint16(at, versionNeeded, true);
  [count, count, size, start].forEach((value, i) => wideView.setBigUint64(24 + 8 * i, BigInt(value), true));
  wideView.setUint32(wideEndLength, locatorSignature, true);
  wideView.setBigUint64(wideEndLength + 8, BigInt(start + size), true);
  wideView.setUint32(wideEndLength + 16, 1, true);
  return [wide, end];
}

/** An archive of files; `compress`, where given, deflates each. Sizes and places from `wideFrom` on are written in 64 bits. */
export function writeZip(
  members: readonly Member[], compress: ((bytes: Uint8Array) => Uint8Array) | null, wideFrom: number = full32,
): Uint8Array<ArrayBuffer> {
  const parts = [...zipParts(members, compress, wideFrom)];
  try {
    return joined(parts);
  } catch (cause) {
    const length = parts.reduce((sum, part) => sum + part.length, 0);
    throw new MemoryError(`Unable to allocate ${length} bytes for a zip file`, { cause });
  }
}

/** The same part by part, each member made when it is its turn; contents begin at multiples of `alignment`. */
export function * zipParts(
  members: Iterable<Member>, compress: ((bytes: Uint8Array) => Uint8Array) | null, wideFrom: number = full32, alignment = 1,
): Generator<Uint8Array, void> {
  const directory: Uint8Array[] = [];
  let position = 0;
  for (const { name, contents } of members) {
    const rawName = new TextEncoder().encode(name);
    if (rawName.length > full16) throw new ValueError('a name in a zip file has at most 65535 bytes');
    const packed = compress === null ? contents : compress(contents);
    const utf8 = rawName.some((byte) => byte > 127);
    const entry: Entry = {
      name, method: compress === null ? stored : deflated, crc: crc32(contents), compressedSize: packed.length,
      size: contents.length, start: 0,
    };
    const local = header(entry, rawName, utf8, null, wideFrom, position, alignment);
    directory.push(header(entry, rawName, utf8, position, wideFrom));
    yield local;
    yield packed;
    position += local.length + packed.length;
  }
  const directorySize = directory.reduce((sum, part) => sum + part.length, 0);
  yield * directory;
  yield * ends(directory.length, directorySize, position, wideFrom);
}
