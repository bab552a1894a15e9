import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { buildLinalg } from '../../scripts/build-linalg.ts';
import { heapStart, partsStart } from '../../src/backend/cpu/heap.ts';

/** The module of decompositions is part of the repository: it has to be what its sources say. */

const bytes = readFileSync(new URL('../../wasm/linalg/linalg.wasm', import.meta.url));

it('imports the memory alone', () => {
  expect(WebAssembly.Module.imports(new WebAssembly.Module(bytes))).toEqual([{ module: 'env', name: 'memory', kind: 'memory' }]);
});

it('is what emscripten makes of wasm/linalg, where there is one', async ({ skip }) => {
  const built = await buildLinalg();
  if (built === null) skip('there is no emscripten here');
  expect(built!.equals(bytes)).toBe(true);
}, 300_000);

it('writes between the heap and the modules that are always there', async () => {
  const memory = new WebAssembly.Memory({ initial: 16, maximum: 65536, shared: true });
  const { exports } = await WebAssembly.instantiate(new WebAssembly.Module(bytes), { env: { memory } });
  const routine = exports.setProduct as (type: number, multiply: number, work: number) => void;
  routine(3, 0, 0);
  const { eigh_f64: eigh } = exports as Readonly<Record<string, (...args: number[]) => number>>;
  // Small enough to need no product of the other module: matrix, values, vectors, info, workspace.
  const at = heapStart - 64 * 1024;
  new Float64Array(memory.buffer, at, 4).set([2, 1, 1, 2]);
  eigh(1, 2, at, 4, 2, 1, 0, at + 64, at + 128, at + 256, at + 512, 60_000);
  expect([...new Float64Array(memory.buffer, at + 64, 2)].map(Math.round)).toEqual([1, 3]);
  const written = new Uint8Array(memory.buffer).findLastIndex((byte, i) => byte !== 0 && i < at);
  expect([new Uint8Array(memory.buffer, 0, partsStart).every((byte) => byte === 0), written < 896 * 1024]).toEqual([true, true]);
});
