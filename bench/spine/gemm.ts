import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as flambeau from 'flambeau';
import * as torch from 'flambeau/torch';
import { pair } from '../measure.ts';

/** A float32 product of 1024³ beside tfjs-wasm with one thread, in turn. Prints JSON. */

tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
await tf.setBackend('wasm');
await tf.ready();

const n = 1024;
torch.manual_seed(0);
const a = torch.randn(n, n);
const b = torch.randn(n, n);
const [tfA, tfB] = [a, b].map((x) => tf.tensor2d(Float32Array.from(x.flatten().tolist() as number[]), [n, n]));
const theirs = tf.matMul(tfA, tfB);
const [expected] = await theirs.data();
const found = a.matmul(b).at(0, 0).item() as number;
if (Math.abs(found - expected) > 1e-3) throw new Error(`the products differ: ${found} and ${expected}`);
const product = await pair(21, () => void a.matmul(b), () => tf.matMul(tfA, tfB).dispose());
console.log(JSON.stringify({ ...product, turbo: flambeau.info().turbo }));
