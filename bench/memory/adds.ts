import * as np from 'flambeau/numpy';

/** Adds in one job: into `out` and with results that are dropped, in turn, so many bytes of them. */

const elements = Number(process.env.ELEMENTS);
const held = Array.from({ length: Number(process.env.HELD ?? 0) }, (_, i) => ({ a: i, b: [i] }));
const rounds = 8;
const bytes = 2 ** 32;

const x = np.ones(elements, { dtype: np.float32 });
const y = np.ones(elements, { dtype: np.float32 });
const out = np.empty(elements, { dtype: np.float32 });
const perRound = Math.ceil(bytes / (4 * elements) / rounds);
for (let i = 0; i < 300; i++) np.add(x, y, { out });
let into = 0;
let fresh = 0;
for (let round = 0; round < rounds; round++) {
  let start = performance.now();
  for (let i = 0; i < perRound; i++) np.add(x, y, { out });
  into += performance.now() - start;
  start = performance.now();
  for (let i = 0; i < perRound; i++) np.add(x, y);
  fresh += performance.now() - start;
}
const micro = 1000 / (rounds * perRound);
console.log(JSON.stringify({
  into: into * micro, fresh: fresh * micro, peakMiB: process.resourceUsage().maxRSS / 1024, held: held.length,
}));
