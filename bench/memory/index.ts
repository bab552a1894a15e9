import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { info } from 'flambeau';
import { runChild } from '../child.ts';
import { line, median } from '../measure.ts';

/**
 * What it costs a job to drop its results: adds beside the same loop into `out`, 4 GB each, and beside NumPy where FLAMBEAU_PYTHON names a
 * Python that has it; training beside the same with `scope` and with the event loop turning; and beside other people's objects.
 */

console.log(`Node ${process.version}\n${info()}\n`);

interface Adds {
  readonly into: number;
  readonly fresh: number;
  readonly peakMiB: number;
}

interface Training {
  readonly milliseconds: number;
  readonly peakMiB: number;
}

const runs = 3;
const sizes = [64, 1000, 100_000, 262_144, 4_194_304];
const adds = new URL('adds.ts', import.meta.url);

/** The run with the median of a figure. */
function middle<T>(run: () => T, figure: (result: T) => number): T {
  const results = Array.from({ length: runs }, run);
  const wanted = median(results.map(figure));
  return results.find((each) => figure(each) === wanted)!;
}

function inNumPy(): Readonly<Record<string, number>> | null {
  const python = process.env.FLAMBEAU_PYTHON;
  if (python === undefined) return null;
  const { status, stdout, stderr } = spawnSync(
    python, [fileURLToPath(new URL('adds.py', import.meta.url)), ...sizes.map(String)], { encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return JSON.parse(stdout) as Record<string, number>;
}

const numpy = inNumPy();
const micro = (value: number): string => `${value.toFixed(value < 10 ? 2 : 1)} µs`;
for (const elements of sizes) {
  const { into, fresh, peakMiB } = middle(
    () => runChild<Adds>(adds, { ELEMENTS: String(elements) }), ({ fresh, into }) => fresh / into);
  const beside = numpy === null ? '' : `, NumPy ${micro(numpy[elements])}`;
  line(`adds of ${elements} float32, dropped`, `${micro(fresh)}, into out ${micro(into)}, `
    + `${(fresh / into).toFixed(2)} times (at most 2.5)${beside}; ${peakMiB.toFixed(0)} MiB (1024)`);
}

for (const elements of [64, 100_000]) {
  const run = (held?: number): Adds => middle(
    () => runChild<Adds>(adds, { ELEMENTS: String(elements), ...(held === undefined ? {} : { HELD: String(held) }) }),
    ({ fresh }) => fresh);
  const [without, beside] = [run(), run(5_000_000)];
  line(`adds of ${elements} beside 500 MB of objects`,
    `${micro(beside.fresh)}, without ${micro(without.fresh)}, ${(beside.fresh / without.fresh).toFixed(2)} times (at most 1.3)`);
}

const training = new URL('training.ts', import.meta.url);
const train = (model: string, steps: number, around: string): Training =>
  middle(() => runChild<Training>(training, { MODEL: model, STEPS: String(steps), AROUND: around }), ({ milliseconds }) => milliseconds);
for (const [name, model, steps, beside] of [
  ['3,000 steps of Adam on two layers', 'layers', 3000, 'turning'], ['50 steps of a character GPT', 'gpt', 50, 'scope'],
] as const) {
  const [plain, scope, turning] = ['plain', 'scope', 'turning'].map((around) => train(model, steps, around));
  const other = beside === 'scope' ? scope : turning;
  line(`${name}, one job`,
    `${plain.milliseconds.toFixed(3)} ms, with scope ${scope.milliseconds.toFixed(3)}, the event loop turning `
    + `${turning.milliseconds.toFixed(3)}: ${(plain.milliseconds / other.milliseconds).toFixed(2)} times ${beside} (at most 1.1); `
    + `${plain.peakMiB.toFixed(0)} MiB (1024)`);
}
