import * as flambeau from 'flambeau';
import * as torch from 'flambeau/torch';
import { runChild } from '../child.ts';
import { line, median, times } from '../measure.ts';

/** The spine's figures: a large product beside tfjs, the cost of a small op, and memory in a loop that drops its results. */

console.log(`Node ${process.version}\n${flambeau.info()}\n`);

interface Product {
  readonly ours: number;
  readonly theirs: number;
  readonly ratio: number;
  readonly turbo: string;
}

const rate = (milliseconds: number): string => `${milliseconds.toFixed(1)} ms, ${(2 * 1024 ** 3 / milliseconds / 1e6).toFixed(1)} GFLOP/s`;
for (const turbo of ['0', '1']) {
  const product = runChild<Product>(new URL('gemm.ts', import.meta.url), { FLAMBEAU_TURBO: turbo });
  console.log(`float32 gemm 1024³, one thread, turbo ${product.turbo}`);
  line('  flambeau', rate(product.ours));
  line('  tfjs-wasm', rate(product.theirs));
  line('  times as fast (at least 1.5)', product.ratio.toFixed(2));
}

const x = torch.ones(8, 8);
const y = torch.ones(8, 8);
const calls = 20_000;
const loop = (): void => {
  for (let i = 0; i < calls; i++) x.add(y);
};
await times(10, loop);
line('a.add(b) on 8×8', `${(median(await times(25, loop)) / calls * 1000).toFixed(3)} µs (at most 1)`);

interface Dropped {
  readonly milliseconds: number;
  readonly peakMiB: number;
}

const dropped = runChild<Dropped>(new URL('droppedResults.ts', import.meta.url));
line('5,000 dropped 1 MiB results in one job',
  `${(dropped.milliseconds / 5000).toFixed(3)} ms each, peak resident ${dropped.peakMiB.toFixed(0)} MiB (under 1536)`);
