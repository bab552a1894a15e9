import { expect, test } from 'vitest';
import { backendOf } from '../../src/backend/select.ts';
import { cpu } from '../../src/core/device.ts';
import { info } from '../../src/index.ts';
import { add, arange, array, matmul, ones } from '../../src/numpy/index.ts';

/** An engine that refuses shared memories: the modules are patched to take an unshared one. */
const { Memory } = WebAssembly;
WebAssembly.Memory = class extends Memory {
  constructor(descriptor: WebAssembly.MemoryDescriptor) {
    if (descriptor.shared) throw new TypeError('refused');
    super(descriptor);
  }
};

test('without shared memory the kernels compute the same', () => {
  expect(backendOf(cpu).name).toBe('wasm');
  expect(String(add(arange(5), array([1, 2, 3, 4, 5])))).toBe('[1 3 5 7 9]');
  expect(String(matmul(ones([2, 3]), ones([3, 2])))).toBe('[[3. 3.]\n [3. 3.]]');
  expect(info().sharedMemory).toBe(false);
  expect(String(info())).toContain('threads       1 (this engine refuses shared memory)');
});

test('growing an unshared memory detaches its views, which are renewed', () => {
  const before = arange(10);
  const large = ones([3, 1024, 1024]);
  expect(String(before)).toBe('[0 1 2 3 4 5 6 7 8 9]');
  expect(large.size).toBe(3 * 2 ** 20);
  expect(String(add(before, 1))).toBe('[ 1  2  3  4  5  6  7  8  9 10]');
});
