import type { Array as JaxArray } from '@jax-js/jax';
import { defaultDevice, init, numpy as np } from '@jax-js/jax';
import { uniform } from '../gpu/inputs.ts';
import peers from '../peers.json' with { type: 'json' };
import { report } from './rows.ts';

await init('wasm');
defaultDevice('wasm');

const random = (seed: number, ...shape: number[]): JaxArray =>
  np.array(uniform(shape.reduce((size, extent) => size * extent, 1), seed)).reshape(shape);
const [a, b, c, d] = [random(0, 1024, 1024), random(1, 1024, 1024), random(0, 64, 64), random(1, 64, 64)];
const [x, y, u, v] = [random(0, 1e6), random(1, 1e6), random(0, 64), random(1, 64)];

/** Functions take their operands' references, and compute once they are waited for. */
async function done(result: JaxArray): Promise<void> {
  await result.blockUntilReady();
  result.dispose();
}

await report(peers['@jax-js/jax'], {
  product: () => done(np.matmul(a.ref, b.ref)),
  smallProduct: () => done(np.matmul(c.ref, d.ref)),
  add: () => done(np.add(x.ref, y.ref)),
  smallAdd: () => done(np.add(u.ref, v.ref)),
  exp: () => done(np.exp(x.ref)),
  sum: () => done(np.sum(x.ref)),
  sort: () => done(np.sort(x.ref)),
});
