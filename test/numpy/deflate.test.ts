import { readFileSync } from 'node:fs';
import { constants, deflateRawSync, inflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { NotImplementedError, ValueError } from '../../src/core/errors.ts';
import * as np from '../../src/numpy/index.ts';
import { deflate, inflate } from '../../src/core/files/deflate.ts';
import { crc32, deflated, readEntry } from '../../src/core/files/zip.ts';
import { randomBytes } from '../randomBytes.ts';

const strategies = {
  default: constants.Z_DEFAULT_STRATEGY,
  'fixed codes': constants.Z_FIXED,
  'codes alone': constants.Z_HUFFMAN_ONLY,
  'runs alone': constants.Z_RLE,
};

describe.each(Object.entries(strategies))('streams with %s', (_name, strategy) => {
  test.each([0, 1, 2, 3, 257, 258, 259, 32767, 32768, 65535, 65536, 200_000])('%i bytes', length => {
    for (const range of [1, 2, 17, 256]) {
      for (const level of [0, 1, 6, 9]) {
        const bytes = randomBytes(length + range, length, range);
        const unpacked = inflate(deflateRawSync(bytes, { strategy, level }), length);
        expect(Buffer.compare(unpacked, bytes)).toBe(0);
      }
    }
  });
});

const original = randomBytes(1, 3000, 5);
const packed = new Uint8Array(deflateRawSync(original));

test('a stream that ends early is refused wherever it ends', () => {
  for (let end = 0; end < packed.length; end++) expect(() => inflate(packed.subarray(0, end), 3000)).toThrow(ValueError);
});

test('another length than the declared one is refused', () => {
  for (const length of [0, 1, 2999, 3001, 4000]) expect(() => inflate(packed, length)).toThrow(ValueError);
});

test('a length that the stream cannot hold is refused before anything is allocated', () => {
  for (const length of [2 ** 40, Infinity, NaN, -1]) {
    expect(() => inflate(packed, length)).toThrow(`invalid compressed data: ${packed.length} bytes cannot hold ${length}`);
  }
});

test('no bytes are no stream, and 2 GiB are too many', () => {
  expect(() => inflate(new Uint8Array(0), 0)).toThrow('invalid compressed data: it ends early');
  // Nobody touches these bytes, so that they take no memory.
  const long = new Uint8Array(2 ** 31);
  expect(() => inflate(long, 10)).toThrow(NotImplementedError);
  expect(() => deflate(long)).toThrow(NotImplementedError);
});

/** A stream as the only member of an archive that says what it holds. */
const memberOf = (stream: Uint8Array, contents: Uint8Array): Uint8Array => readEntry(stream, {
  name: 'x', method: deflated, crc: crc32(contents), compressedSize: stream.length, size: contents.length, start: 0,
});

/** The bytes of a stream's bits, of which the first are the lowest. */
const bits = (text: string): Uint8Array => Uint8Array.from(
  text.replaceAll(' ', '').match(/.{1,8}/g)!, (byte) => Number.parseInt([...byte].reverse().join(''), 2));
const byteBits = (value: number): string => [...value.toString(2).padStart(8, '0')].reverse().join('');
const literal = (value: number): string => (0x30 + value).toString(2).padStart(8, '0');
const endOfBlock = '0000000';

test('codes that do not exist are refused', () => {
  const kinds: [string, string][] = [
    ['a block of an unknown kind', `1 11 ${endOfBlock}`],
    ['a stored block of two lengths', `1 00 00000 ${[1, 0, 0xfe, 0xfe, 97].map(byteBits).join('')}`],
    ['a stored block that is cut', `1 00 00000 ${[2, 0, 0xfd, 0xff, 97].map(byteBits).join('')}`],
    ['an unknown length', `1 10 ${literal(97)} 11000110 00000 ${endOfBlock}`],
    ['an unknown distance', `1 10 ${literal(97)} 0000001 11110 ${endOfBlock}`],
    ['another unknown distance', `1 10 ${literal(97)} 0000001 11111 ${endOfBlock}`],
    ['a distance before the start', `1 10 ${literal(97)} 0000001 00001 ${endOfBlock}`],
    ['no codes', `1 01 00000 00000 0000 ${'0'.repeat(200)}`],
    ['too many codes', `1 01 11111 11111 1111 ${'100'.repeat(19)} ${'0'.repeat(400)}`],
  ];
  const contents = Uint8Array.of(97);
  expect([...memberOf(bits(`1 10 ${literal(97)} ${endOfBlock}`), contents)]).toEqual([97]);
  expect([...memberOf(bits(`1 00 00000 ${[1, 0, 0xfe, 0xff, 97].map(byteBits).join('')}`), contents)]).toEqual([97]);
  for (const [name, stream] of kinds) {
    expect(() => inflateRawSync(bits(stream)), name).toThrow();
    expect(() => memberOf(bits(stream), contents), name).toThrow(ValueError);
  }
});

/** What a function gives, or null where it refuses: as a ValueError, unless it is zlib. */
function given(unpack: () => Uint8Array, isOurs = true): Uint8Array | null {
  try {
    return unpack();
  } catch (error) {
    if (isOurs) expect(error).toBeInstanceOf(ValueError);
    return null;
  }
}

test('corrupt streams give what zlib makes of them or are errors, and nothing but what the archive says', () => {
  const kinds = [
    randomBytes(1, 700, 256), randomBytes(2, 900, 4), new Uint8Array(1500),
    randomBytes(3, 900, 256).map((byte, i) => (i % 7 === 0 ? byte : 0)),
    Uint8Array.from({ length: 2000 }, (_, i) => i % 19 + (i >> 9)),
  ];
  const streams = kinds.flatMap((contents) => Object.values(strategies).flatMap((strategy) => [0, 1, 9].map((level) =>
    ({ contents, stream: new Uint8Array(deflateRawSync(contents, { strategy, level })) }))));
  let [refused, same, intact] = [0, 0, 0];
  for (let round = 0; round < 3000; round++) {
    const { contents, stream } = streams[round % streams.length];
    const [places, values] = [randomBytes(round, 8, 256), randomBytes(round + 1e6, 3, 8)];
    const range = round % 2 === 0 ? Math.min(stream.length, 60) : stream.length;
    const place = (i: number): number => (places[2 * i] << 8 | places[2 * i + 1]) % range;
    let corrupt = stream.slice();
    if (round % 5 === 0) corrupt = corrupt.subarray(0, place(3));
    else for (let i = 0; i <= round % 3; i++) corrupt[place(i)] ^= 1 << values[i];
    const wanted = given(() => inflateRawSync(corrupt), false);
    // Of the length that zlib finds, without a checksum: never anything else.
    const ours = given(() => inflate(corrupt, (wanted ?? contents).length));
    if (wanted !== null) expect(ours !== null && Buffer.compare(ours, wanted) === 0, `round ${round}`).toBe(true);
    const member = given(() => memberOf(corrupt, contents));
    if (member === null) refused++;
    else expect(Buffer.compare(member, contents), `round ${round}`).toBe(0);
    if (member !== null && wanted === null) intact++;
    else if (member !== null) same++;
  }
  expect(refused).toBeGreaterThan(2500);
  expect(same).toBeGreaterThan(5);
  // Codes that a block lists, does not use and could not have: the bytes are those that the archive's checksum is of.
  expect(intact).toBeLessThan(8);
});

describe('packing', () => {
  const random = np.random.default_rng(0);
  const samples: [string, Uint8Array][] = [
    ['nothing', new Uint8Array(0)],
    ['one byte', Uint8Array.of(7)],
    ['zeros', new Uint8Array(200000)],
    ['noise', random.bytes(150000)],
    ['few values', Uint8Array.from(random.integers(0, 4, 100000).toTypedArray() as BigInt64Array, Number)],
    ['text', Uint8Array.from(Buffer.from(readFileSync(import.meta.filename)))],
    ['floats', new Uint8Array(np.sin(np.arange(20000)).toTypedArray().buffer as ArrayBuffer)],
    ['skewed', Uint8Array.from({ length: 90000 }, (_, i) => Math.clz32(Math.imul(i, 0x9e3779b1)))],
    ['every length of match', Uint8Array.from({ length: 70000 }, (_, i) => (i % 301 === 0 ? i / 301 : i % 301))],
  ];

  test.each(samples)("%s is what zlib and inflate unpack", (_, bytes) => {
    const packed = deflate(bytes);
    expect(Buffer.from(inflateRawSync(packed)).equals(Buffer.from(bytes))).toBe(true);
    expect(Buffer.from(inflate(packed, bytes.length)).equals(Buffer.from(bytes))).toBe(true);
    expect(packed.length).toBeLessThanOrEqual(bytes.length + 5 * Math.ceil(bytes.length / 20000) + 5);
  });

  test.each(samples)("%s gets about as small as zlib makes it", (_, bytes) => {
    expect(deflate(bytes).length).toBeLessThanOrEqual(1.1 * deflateRawSync(bytes).length + 60);
  });

  test('crc32', () => {
    expect(crc32(Uint8Array.from(Buffer.from('123456789')))).toBe(0xcbf43926);
  });
});
