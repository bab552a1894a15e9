import type { TfTensor, TfVariable } from '@tensorflow/tfjs-core';
import peers from '../peers.json' with { type: 'json' };
import { loadTfjs } from '../tfjs.ts';
import { batch, classes, classifierParameters, images, labels, pixels, uniform } from './inputs.ts';
import type { Prepared, Side } from './timing.ts';

/** tfjs on WebGPU, in the same process and through the same `navigator.gpu`. */

const version = peers['@tensorflow/tfjs-backend-webgpu'];

/** The side, or an error that says why tfjs does not run. */
export async function tfjsSide(name: string): Promise<Side> {
  const tf = await loadTfjs<typeof import('@tensorflow/tfjs-core')>(new URL('tfjsEntry.ts', import.meta.url), `webgpu-${version}`);
  if (!await tf.setBackend('webgpu')) throw new Error('its WebGPU backend refuses to start');
  await tf.ready();
  // It would do small operations on the CPU.
  tf.env().set('WEBGPU_CPU_FORWARD', false);
  const marker = tf.tensor(new Float32Array(1), [1]);

  async function firstValues(result: TfTensor): Promise<number[]> {
    const first = tf.tidy(() => tf.slice(tf.reshape(result, [-1]), [0], [Math.min(8, result.size)]));
    const values = [...await first.data()];
    first.dispose();
    return values;
  }

  const operation = (operands: TfTensor[], body: () => TfTensor): Prepared => ({
    run(times) {
      for (let i = 0; i < times; i++) body().dispose();
    },
    async check() {
      const result = body();
      const values = await firstValues(result);
      result.dispose();
      return values;
    },
    checkRuns: 1,
    dispose() {
      for (const operand of operands) operand.dispose();
    },
  });

  return {
    name: `${name} ${version}`,
    gemm(size) {
      const operands = [0, 1].map((seed) => tf.tensor(uniform(size * size, seed, -1, 1), [size, size]));
      return operation(operands, () => tf.matMul(operands[0], operands[1]));
    },
    add(elements) {
      const operands = [0, 1].map((seed) => tf.tensor(uniform(elements, seed), [elements]));
      return operation(operands, () => tf.add(operands[0], operands[1]));
    },
    exp(elements) {
      const x = tf.tensor(uniform(elements, 0), [elements]);
      return operation([x], () => tf.exp(x));
    },
    // Its clone shares the memory, so an addition of zero stands for the copy.
    copy(elements) {
      const x = tf.tensor(uniform(elements, 0), [elements]);
      return operation([x], () => tf.add(x, 0));
    },
    sum(rows, columns, axis) {
      const x = tf.tensor(uniform(rows * columns, 0), [rows, columns]);
      return operation([x], () => (axis === null ? tf.sum(x) : tf.sum(x, axis)));
    },
    smallAdds(elements) {
      const operands = [0, 1].map((seed) => tf.tensor(uniform(elements, seed), [elements]));
      const [x, y] = operands;
      return {
        ...operation(operands, () => tf.add(x, y)),
        run(times) {
          tf.tidy(() => {
            for (let i = 0; i < times; i++) tf.add(x, y);
          });
        },
      };
    },
    // It frees what a step makes by itself, scoped or not.
    trainingStep() {
      const pictures = tf.tensor(images(), [batch, pixels]);
      const digits = tf.tidy(() => tf.oneHot(tf.tensor(labels(), [batch], 'int32'), classes));
      const parameters: TfVariable[] = classifierParameters().map(({ shape, values }) => tf.variable(tf.tensor(values, [...shape])));
      const [weight1, bias1, weight2, bias2] = parameters;
      const optimizer = tf.train.adam(1e-3, 0.9, 0.999, 1e-8);
      const step = (): TfTensor => optimizer.minimize(() => {
        const inner = tf.relu(tf.add(tf.matMul(pictures, weight1, false, true), bias1));
        return tf.losses.softmaxCrossEntropy(digits, tf.add(tf.matMul(inner, weight2, false, true), bias2));
      }, true);
      return {
        run(times) {
          for (let i = 0; i < times; i++) step().dispose();
        },
        async check() {
          const losses = [step(), step(), step()];
          const values = (await Promise.all(losses.map(firstValues))).flat();
          for (const loss of losses) loss.dispose();
          return values;
        },
        checkRuns: 3,
        dispose() {
          optimizer.dispose();
          for (const tensor of [pictures, digits, ...parameters]) tensor.dispose();
        },
      };
    },
    async finish() {
      const last = tf.add(marker, 1);
      await last.data();
      last.dispose();
    },
  };
}
