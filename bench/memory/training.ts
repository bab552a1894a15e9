import * as flambeau from 'flambeau';
import * as torch from 'flambeau/torch';
import { models } from './models.ts';

/** Steps of a model's training in one job, in one job with `scope`, or with the event loop turning. */

const steps = Number(process.env.STEPS);
torch.manual_seed(0);
const step = models[process.env.MODEL!]();

const around: Readonly<Record<string, () => unknown>> = {
  plain: step,
  scope: () => flambeau.scope(step),
  turning: () => new Promise((resolve) => {
    step();
    setImmediate(resolve);
  }),
};
const run = around[process.env.AROUND!];
const start = performance.now();
for (let i = 0; i < steps; i++) {
  const waits = run();
  if (waits instanceof Promise) await waits;
}
console.log(JSON.stringify({ milliseconds: (performance.now() - start) / steps, peakMiB: process.resourceUsage().maxRSS / 1024 }));
