import { constants } from 'node:buffer';
import { describe, expect, test } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import type { Member } from '../../src/core/files/zip.ts';
import { readDirectory, readEntry, writeZip } from '../../src/core/files/zip.ts';

/** Archives with places, sizes and counts of 64 bits. What NumPy and zipfile write lies among the fixtures of npy.test.ts. */

const { ValueError, MemoryError } = np.exceptions;
const [full16, full32] = [0xffff, 0xffffffff];
const endLength = 22;
const locatorLength = 20;
const wideEndLength = 56;

const text = (name: string): Member => ({ name, contents: Uint8Array.from(Buffer.from(`contents of ${name}`)) });
const members = ['first', 'second', 'third'].map(text);
const viewOf = (bytes: Uint8Array): DataView => new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
const read = (bytes: Uint8Array): Member[] =>
  readDirectory(bytes).map((entry) => ({ name: entry.name, contents: readEntry(bytes, entry) }));

interface Fields {
  readonly size?: bigint;
  readonly compressedSize?: bigint;
  readonly place?: bigint;
  readonly disk?: number;
}

/** An archive of one file, the given ones of whose fields stand in an extra field; `before` are other extra fields. */
function oneFile(wide: Fields, before: readonly number[] = [], declared: number | null = null): Uint8Array {
  const bytes = writeZip([members[0]], null);
  const central = viewOf(bytes).getUint32(bytes.length - 6, true);
  const nameEnd = central + 46 + members[0].name.length;
  const { size, compressedSize, place, disk } = wide;
  const large = [size, compressedSize, place].filter((value) => value !== undefined);
  const extra = new Uint8Array(4 + 8 * large.length + (disk === undefined ? 0 : 4));
  const view = viewOf(extra);
  view.setUint16(0, 1, true);
  view.setUint16(2, declared ?? extra.length - 4, true);
  large.forEach((value, i) => view.setBigUint64(4 + 8 * i, value, true));
  if (disk !== undefined) view.setUint32(extra.length - 4, disk, true);
  const out = Uint8Array.of(...bytes.subarray(0, nameEnd), ...before, ...extra, ...bytes.subarray(nameEnd));
  const outView = viewOf(out);
  const added = before.length + extra.length;
  outView.setUint16(central + 30, added, true);
  if (size !== undefined) outView.setUint32(central + 24, full32, true);
  if (compressedSize !== undefined) outView.setUint32(central + 20, full32, true);
  if (place !== undefined) outView.setUint32(central + 42, full32, true);
  if (disk !== undefined) outView.setUint16(central + 34, full16, true);
  outView.setUint32(out.length - 10, outView.getUint32(out.length - 10, true) + added, true);
  return out;
}

const length = BigInt(members[0].contents.length);

describe('reading', () => {
  test('any of an entry\'s fields have 64 bits', () => {
    for (let kinds = 0; kinds < 16; kinds++) {
      const wide: Fields = {
        ...kinds & 1 ? { size: length } : {}, ...kinds & 2 ? { compressedSize: length } : {}, ...kinds & 4 ? { place: 0n } : {},
        ...kinds & 8 ? { disk: 0 } : {},
      };
      const other = [0x55, 0x54, 5, 0, 1, 2, 3, 4, 5];
      for (const before of [[], other]) expect(read(oneFile(wide, before)), String(kinds)).toEqual([members[0]]);
    }
  });

  test('each lie is an error', () => {
    const whole = { size: length, compressedSize: length, place: 0n };
    const lies: [string, Uint8Array, RegExp][] = [
      ['size', oneFile({ size: 1n << 60n, compressedSize: 1n << 60n }), /reaches beyond/],
      ['size of what is stored', oneFile({ size: 1n << 60n }), /stored in another number of bytes/],
      ['size, one more', oneFile({ size: length + 1n }), /stored in another number of bytes/],
      ['place', oneFile({ place: 1n << 63n }), /Truncated file header/],
      ['another place', oneFile({ place: 3n }), /Bad magic number for file header/],
      ['disk', oneFile({ disk: 1 }), /multiple disks/],
      ['short', oneFile(whole, [], 23), /Corrupt zip64 extra field of file 'first'/],
      ['long', oneFile(whole, [], 300), /Corrupt extra field of file 'first'/],
      ['long before', oneFile(whole, [0x55, 0x54, 200, 0]), /Corrupt extra field of file 'first'/],
      ['another kind', oneFile(whole, [0x55, 0x54, 28, 0]), /no zip64 extra field/],
    ];
    for (const [name, bytes, message] of lies) {
      expect(() => read(bytes), name).toThrow(message);
      expect(() => read(bytes), name).toThrow(ValueError);
    }
  });

  test('each lie of the two ends is an error', () => {
    type Edit = (view: DataView, wideEnd: number, locator: number, end: number) => void;
    const lies: [string, Edit, RegExp][] = [
      ['count', (view, at) => { for (const k of [24, 32]) view.setBigUint64(at + k, 4n, true); }, /Truncated central directory/],
      ['few', (view, at) => { for (const k of [24, 32]) view.setBigUint64(at + k, 2n, true); }, /Bad size of the central directory/],
      ['many', (view, at) => { for (const k of [24, 32]) view.setBigUint64(at + k, 1n << 62n, true); }, /Bad offset/],
      ['count on this disk', (view, at) => view.setBigUint64(at + 24, 2n, true), /multiple disks/],
      ['size', (view, at) => view.setBigUint64(at + 40, 1n << 63n, true), /Bad offset/],
      ['start', (view, at) => view.setBigUint64(at + 48, 1n, true), /Bad offset/],
      ['disk', (view, at) => view.setUint32(at + 16, 1, true), /contradict/],
      ['disk in both', (view, at, _, end) => { view.setUint32(at + 16, 1, true); view.setUint16(end + 4, 1, true); }, /multiple disks/],
      ['own size', (view, at) => view.setBigUint64(at + 4, 45n, true), /Bad size of the zip64 end/],
      ['signature', (view, at) => view.setUint32(at, 1, true), /Bad magic number for zip64 end/],
      ['its place', (view, _, locator) => view.setBigUint64(locator + 8, 1n, true), /Bad magic number for zip64 end/],
      ['its place, far', (view, _, locator) => view.setBigUint64(locator + 8, 1n << 63n, true), /Truncated zip64 end/],
      ['its disk', (view, _, locator) => view.setUint32(locator + 4, 1, true), /multiple disks/],
      ['disks', (view, _, locator) => view.setUint32(locator + 16, 2, true), /multiple disks/],
      ['no locator', (view, _, locator) => view.setUint32(locator, 1, true), /Bad offset|multiple disks/],
      ['another count', (view, _, __, end) => view.setUint16(end + 10, 2, true), /contradict/],
      ['another start', (view, _, __, end) => view.setUint32(end + 16, 2, true), /contradict/],
    ];
    for (const [name, edit, message] of lies) {
      const bytes = writeZip(members, null, 0);
      const end = bytes.length - endLength;
      edit(viewOf(bytes), end - locatorLength - wideEndLength, end - locatorLength, end);
      expect(() => readDirectory(bytes), name).toThrow(message);
      expect(() => readDirectory(bytes), name).toThrow(ValueError);
    }
  });

  // Newer engines would try.
  test.runIf(constants.MAX_LENGTH <= 2 ** 40)('a size that no buffer has is refused in words', () => {
    // It is a legal one, since a stream of so many bytes may hold it.
    const contents = new Uint8Array(2 ** 31 - 1);
    const entry = { name: 'x', method: 8, crc: 0, compressedSize: contents.length, size: 1032 * contents.length, start: 0 };
    expect(() => readEntry(contents, entry)).toThrow(MemoryError);
    expect(() => readEntry(contents, entry)).toThrow(`Unable to allocate ${entry.size} bytes for file 'x'`);
  });
});

describe('writing', () => {
  test('what is large in any way is read again', () => {
    for (const wideFrom of [0, 1, 2, 3, 16, 17, 18, 60, 100, 150, 200, 1000]) {
      expect(read(writeZip(members, null, wideFrom)), String(wideFrom)).toEqual(members);
    }
  });

  test('as many files as there are', () => {
    const many = Array.from({ length: 65536 }, (_, i) => ({ name: i.toString(36), contents: Uint8Array.of(i) }));
    const bytes = writeZip(many, null);
    expect(viewOf(bytes).getUint16(bytes.length - 12, true)).toBe(full16);
    const entries = readDirectory(bytes);
    expect(entries.length).toBe(65536);
    for (const i of [0, 1, 65534, 65535]) expect([entries[i].name, [...readEntry(bytes, entries[i])]]).toEqual([many[i].name, [i & 255]]);
  });

  test('65535 files without a second end are as many, as Python writes them', () => {
    const bytes = writeZip(Array.from({ length: full16 }, (_, i) => ({ name: i.toString(36), contents: new Uint8Array(0) })), null);
    const wideEnd = bytes.length - endLength - locatorLength - wideEndLength;
    const view = viewOf(bytes);
    const [size, start] = [40, 48].map((at) => Number(view.getBigUint64(wideEnd + at, true)));
    const out = new Uint8Array(wideEnd + endLength);
    out.set(bytes.subarray(0, wideEnd));
    out.set(bytes.subarray(-endLength), wideEnd);
    viewOf(out).setUint32(wideEnd + 12, size, true);
    viewOf(out).setUint32(wideEnd + 16, start, true);
    expect(readDirectory(out).length).toBe(full16);
  });
});

// Node 20 has no buffers of more than 4 GiB.
test.runIf(constants.MAX_LENGTH > 2 ** 33)('a file behind 4 GiB is read', () => {
  const large = 2 ** 32 + 5;
  // The large file's bytes are touched by nobody, so that they take no memory.
  const head = writeZip([{ name: 'large', contents: new Uint8Array(0) }], null);
  const central = viewOf(head).getUint32(head.length - 6, true);
  const tail = writeZip([members[1]], null);
  const tailCentral = viewOf(tail).getUint32(tail.length - 6, true);
  const place = BigInt(central + large);
  const wideCentral = (entry: Uint8Array, values: readonly bigint[], fields: readonly number[]): Uint8Array => {
    const out = new Uint8Array(entry.length + 4 + 8 * values.length);
    out.set(entry);
    const view = viewOf(out);
    view.setUint16(30, 4 + 8 * values.length, true);
    for (const at of fields) view.setUint32(at, full32, true);
    view.setUint16(entry.length, 1, true);
    view.setUint16(entry.length + 2, 8 * values.length, true);
    values.forEach((value, i) => view.setBigUint64(entry.length + 4 + 8 * i, value, true));
    return out;
  };
  const directory = Buffer.concat([
    wideCentral(head.subarray(central, -endLength), [BigInt(large), BigInt(large)], [24, 20]),
    wideCentral(tail.subarray(tailCentral, -endLength), [place], [42]),
  ]);
  const start = central + large + tailCentral;
  const ends = writeZip([], null, 0);
  const bytes = new Uint8Array(start + directory.length + ends.length);
  bytes.set(head.subarray(0, central));
  bytes.set(tail.subarray(0, tailCentral), Number(place));
  bytes.set(directory, start);
  bytes.set(ends, start + directory.length);
  const view = viewOf(bytes);
  const end = start + directory.length;
  for (const at of [24, 32]) view.setBigUint64(end + at, 2n, true);
  view.setBigUint64(end + 40, BigInt(directory.length), true);
  view.setBigUint64(end + 48, BigInt(start), true);
  view.setBigUint64(end + wideEndLength + 8, BigInt(end), true);
  const entries = readDirectory(bytes);
  expect(entries.map(({ name, size }) => [name, size])).toEqual([['large', large], ['second', members[1].contents.length]]);
  expect(readEntry(bytes, entries[1])).toEqual(members[1].contents);
});
