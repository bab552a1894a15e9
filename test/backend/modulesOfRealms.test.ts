import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { isModule } from '../../src/backend/wasm/module.ts';

/** Edge runtimes compile modules outside of the realm that programs run in. */

test('a compiled module is known by what it is, not by its realm', () => {
  const header = new Uint8Array([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]);
  const foreign: unknown = runInNewContext('new WebAssembly.Module(bytes)', { bytes: header });
  expect(foreign instanceof WebAssembly.Module).toBe(false);
  expect([foreign, new WebAssembly.Module(header), header, {}].map(isModule)).toEqual([true, true, false, false]);
});
