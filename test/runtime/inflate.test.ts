import { constants, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { ValueError } from '../../src/core/errors.ts';
import { inflate } from '../../src/core/inflate.ts';

/** A small generator of our own, so that a failure repeats. */
function randomBytes(seed: number, length: number, range: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0, state = seed; i < length; i++) {
    state = Math.imul(state, 1664525) + 1013904223 | 0;
    bytes[i] = (state >>> 16) % range;
  }
  return bytes;
}

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

test('a corrupt stream ends in a ValueError or in bytes, never in another error', () => {
  let refused = 0;
  for (let seed = 0; seed < 2000; seed++) {
    const corrupt = packed.slice();
    const [position, value] = [randomBytes(seed, 4, 256).reduce((sum, byte) => sum * 256 + byte, 0) % packed.length, seed % 256];
    corrupt[position] ^= value || 1;
    try {
      expect(inflate(corrupt, 3000).length).toBe(3000);
    } catch (error) {
      expect(error).toBeInstanceOf(ValueError);
      refused++;
    }
  }
  expect(refused).toBeGreaterThan(500);
});
