import * as np from 'numpy-ts';
import { uniform } from '../gpu/inputs.ts';
import peers from '../peers.json' with { type: 'json' };
import { report } from './rows.ts';

const random = (seed: number, ...shape: number[]): np.NDArray =>
  np.array(uniform(shape.reduce((size, extent) => size * extent, 1), seed), 'float32').reshape(...shape);

const [a, b, c, d] = [random(0, 1024, 1024), random(1, 1024, 1024), random(0, 64, 64), random(1, 64, 64)];
const [x, y, u, v] = [random(0, 1e6), random(1, 1e6), random(0, 64), random(1, 64)];
if (x.dtype !== 'float32') throw new Error(`numpy-ts computes in ${x.dtype}`);

// Without this its memory is full after some results, and it goes on more slowly.
const done = (result: np.NDArray): void => result.dispose();

await report(peers['numpy-ts'], {
  product: () => done(np.matmul(a, b)),
  smallProduct: () => done(np.matmul(c, d)),
  add: () => done(np.add(x, y)),
  smallAdd: () => done(np.add(u, v)),
  exp: () => done(np.exp(x)),
  sum: () => np.sum(x),
  sort: () => done(np.sort(x)),
});
