import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { splitExports } from '../../scripts/build/exports.ts';
import { pack } from '../../scripts/build/pack.ts';
import { joinExports } from '../../src/platform/exports.ts';
import { unpack } from '../../src/platform/unpack.ts';
import { randomBytes } from '../randomBytes.ts';

function expectToReturn(data: Uint8Array): void {
  for (const passes of [3, 0]) expect(Buffer.compare(unpack(pack(data, passes), data.length), data)).toBe(0);
}

describe('what is packed comes back', () => {
  test.each([0, 1, 2, 3, 4, 5, 271, 272, 273, 274, 545, 1000, 5000])('%i bytes', length => {
    for (const range of [1, 2, 3, 17, 256]) expectToReturn(randomBytes(length * 7 + range, length, range));
  });

  test('matches at every distance, near and far', () => {
    const block = randomBytes(1, 300, 256);
    for (const gap of [0, 1, 2, 3, 4, 5, 7, 8, 15, 31, 100, 1000, 40_000, 70_000]) {
      expectToReturn(Buffer.concat([block, new Uint8Array(gap).fill(7), block, randomBytes(gap, 50, 256), block.subarray(0, 40)]));
    }
  });

  test('long runs of the highest bytes, which carry', () => {
    expectToReturn(new Uint8Array(20_000).fill(255));
    for (let seed = 0; seed < 20; seed++) expectToReturn(randomBytes(seed, 3000, 256).map(byte => byte < 250 ? 255 : byte));
  });
});

test('a module takes less than four fifths of what DEFLATE makes of it', () => {
  const module = readFileSync(join(import.meta.dirname, '../../build/wasm/fma.wasm'));
  const packed = pack(module);
  expect(Buffer.compare(unpack(packed, module.length), module)).toBe(0);
  expect(packed.length).toBeLessThan(0.8 * deflateRawSync(module, { level: 9 }).length);
});

test.each(['kernels', 'fma'])('the exports of %s come back from their columns', name => {
  const module = readFileSync(join(import.meta.dirname, `../../build/wasm/${name}.wasm`));
  const { data, start, count } = splitExports(module);
  expect(count).toBe(WebAssembly.Module.exports(new WebAssembly.Module(module)).length);
  expect(Buffer.compare(joinExports(data, start, count), module)).toBe(0);
});
