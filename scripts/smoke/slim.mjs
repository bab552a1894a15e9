/** The slim entry points, with the modules read from files, compiled beforehand, and a wrong one. */
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import { configure, info } from 'flambeau/slim';
import * as np from 'flambeau/slim/numpy';

const read = name => readFile(new URL(import.meta.resolve(`flambeau/wasm/${name}.wasm`)));
assert.equal(info().kernels, false);
assert.throws(() => np.add([1, 2], 1), { name: 'RuntimeError', message: /call await configure/ });
await assert.rejects(configure({ kernels: new Uint8Array([1, 2, 3]), fma: await read('fma') }), { name: 'RuntimeError' });
await assert.rejects(configure({ kernels: await read('kernels'), fma: await read('fma'), other: 1 }), { name: 'TypeError' });
await configure({ kernels: await WebAssembly.compile(await read('kernels')), fma: await read('fma') });
assert.equal(String(np.add([1, 2], 1)), '[2 3]');
assert.equal(String(np.matmul(np.ones([2, 2]), np.ones([2, 2]))), '[[2. 2.]\n [2. 2.]]');
const late = configure({ kernels: await read('kernels'), fma: await read('fma') });
await assert.rejects(late, { name: 'RuntimeError', message: /before the first/ });
console.log('slim');
