import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import type { TfTensor, TfVariable } from '@tensorflow/tfjs-core';
import { batch, classes, classifierParameters, images, labels, pixels, uniform } from '../gpu/inputs.ts';
import peers from '../peers.json' with { type: 'json' };
import { loadTfjs } from '../tfjs.ts';
import { report } from './rows.ts';

const version = peers['@tensorflow/tfjs-core'];
const tf = await loadTfjs<typeof import('./tfjsEntry.ts')>(new URL('tfjsEntry.ts', import.meta.url), `wasm-${version}`);
tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
tf.setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
await tf.setBackend('wasm');
await tf.ready();

const random = (seed: number, ...shape: number[]): TfTensor =>
  tf.tensor(uniform(shape.reduce((size, extent) => size * extent, 1), seed), shape);
const [a, b, c, d] = [random(0, 1024, 1024), random(1, 1024, 1024), random(0, 64, 64), random(1, 64, 64)];
const [x, y, u, v] = [random(0, 1e6), random(1, 1e6), random(0, 64), random(1, 64)];

const pictures = tf.tensor(images(), [batch, pixels]);
const digits = tf.oneHot(tf.tensor(labels(), [batch], 'int32'), classes);
const parameters: TfVariable[] = classifierParameters().map(({ shape, values }) => tf.variable(tf.tensor(values, [...shape])));
const [weight1, bias1, weight2, bias2] = parameters;
const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);

await report(version, {
  product: () => tf.matMul(a, b).dispose(),
  smallProduct: () => tf.matMul(c, d).dispose(),
  add: () => tf.add(x, y).dispose(),
  smallAdd: () => tf.add(u, v).dispose(),
  exp: () => tf.exp(x).dispose(),
  sum: () => tf.sum(x).dispose(),
  training: () => optimizer.minimize(() => {
    const inner = tf.relu(tf.add(tf.matMul(pictures, weight1, false, true), bias1));
    return tf.losses.softmaxCrossEntropy(digits, tf.add(tf.matMul(inner, weight2, false, true), bias2));
  }, true).dispose(),
});
