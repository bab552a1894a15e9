import { expect, test } from 'vitest';
import { openBackend } from '../../src/backend/webgpu/index.ts';
import { init } from '../../src/index.ts';
import { gpuPart } from '../../src/runtime/gpuPart.ts';

/** `flambeau/webgpu` brings the GPU's code, and `init` takes it from there. */

test('init opens the GPU by what the program brought', async () => {
  expect(gpuPart.open).toBeNull();
  await import('../../src/webgpu.ts');
  expect(gpuPart.open).toBe(openBackend);
  gpuPart.open = () => Promise.reject(new Error('asked'));
  await expect(init({ webgpu: true })).rejects.toThrow('asked');
});
