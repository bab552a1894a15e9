import { spawnSync } from 'node:child_process';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import '@tensorflow/tfjs-backend-wasm';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import * as flambeau from 'flambeau';
import * as torch from 'flambeau/torch';
import { line, median, pair, times } from '../measure.ts';

/** The spine's three figures: a large product beside tfjs, the cost of a small op, and memory in a loop that drops its results. */

console.log(`Node ${process.version}\n${flambeau.info()}\n`);

tf.env().set('WASM_HAS_MULTITHREAD_SUPPORT', false);
setWasmPaths(`${dirname(createRequire(import.meta.url).resolve('@tensorflow/tfjs-backend-wasm'))}/`);
await tf.setBackend('wasm');
await tf.ready();

const n = 1024;
const flops = 2 * n ** 3;
torch.manual_seed(0);
const a = torch.randn(n, n);
const b = torch.randn(n, n);
const [tfA, tfB] = [a, b].map((x) => tf.tensor2d(Float32Array.from((x.view(-1).tolist() as number[])), [n, n]));
const product = await pair(15, () => void a.matmul(b), () => tf.matMul(tfA, tfB).dispose());
const rate = (ms: number): string => `${(flops / ms / 1e6).toFixed(1)} GFLOP/s`;
line('float32 gemm 1024³, flambeau', `${product.ours.toFixed(1)} ms, ${rate(product.ours)}`);
line('float32 gemm 1024³, tfjs-wasm, one thread', `${product.theirs.toFixed(1)} ms, ${rate(product.theirs)}`);
line('  ratio (at least 1.5)', product.ratio.toFixed(2));

const x = torch.ones(8, 8);
const y = torch.ones(8, 8);
const calls = 20_000;
const loop = (): void => {
  for (let i = 0; i < calls; i++) x.add(y);
};
await times(10, loop);
const small = median(await times(25, loop)) / calls * 1000;
line('a.add(b) on 8×8, flambeau', `${small.toFixed(3)} µs (at most 1)`);
const [tfX, tfY] = [tf.ones([8, 8]), tf.ones([8, 8])];
const tfLoop = (): void => {
  for (let i = 0; i < calls / 10; i++) tf.add(tfX, tfY).dispose();
};
await times(5, tfLoop);
const theirs = median(await times(9, tfLoop)) / (calls / 10) * 1000;
line('a.add(b) on 8×8, tfjs-wasm', `${theirs.toFixed(3)} µs`);

const script = fileURLToPath(new URL('droppedResults.ts', import.meta.url));
const child = spawnSync(process.execPath, ['--disable-warning=ExperimentalWarning', script], { encoding: 'utf8' });
if (child.status !== 0) {
  console.error(child.stderr);
  throw new Error(`the loop of dropped results died with status ${child.status} ${child.signal ?? ''}`);
}
const { milliseconds, peakMiB } = JSON.parse(child.stdout) as { milliseconds: number; peakMiB: number };
const each = (milliseconds / 5000).toFixed(3);
line('5,000 dropped 1 MiB results in one job', `${each} ms each, peak resident ${peakMiB.toFixed(0)} MiB (under 1536)`);
