import { median } from '../measure.ts';

/** Timing of work that is queued on a device: sides in turn, as often as the device's speed allows. */

/** Work that a side has made ready. */
export interface Prepared {
  /** Queues it so many times. */
  run(times: number): void;
  /** Does it `checkRuns` times and reads a few values of what comes out. */
  check(): Promise<number[]>;
  readonly checkRuns: number;
  /** Gives its operands back. */
  dispose(): void;
}

/** Who computes. */
export interface Side {
  readonly name: string;
  gemm(size: number): Prepared;
  add(elements: number): Prepared;
  exp(elements: number): Prepared;
  copy(elements: number): Prepared;
  /** The sum over all elements, or over one axis. */
  sum(rows: number, columns: number, axis: 0 | 1 | null): Prepared;
  /** An addition so small that only its launch costs; the results of a turn live together. */
  smallAdds(elements: number): Prepared;
  /** A step of the digit classifier; scoped steps give back at once what they made. */
  trainingStep(scoped: boolean): Prepared;
  /** Waits until all that was queued is done. */
  finish(): Promise<void>;
}

/** Milliseconds of one run: until it was queued, and until it was done. */
export interface Time {
  readonly host: number;
  readonly wall: number;
}

/** A side's times in one row, or why there are none. */
export interface Measured {
  readonly times: readonly Time[];
  /** Runs that each of the times is the mean of. */
  readonly runs: number;
  readonly values: readonly number[];
  readonly failure: string | null;
  readonly skipped: string | null;
}

/** What each time should span so that waiting for the device does not show. */
const turnMilliseconds = 100;
const mostRounds = 7;
/** What the rounds of a row may take; what takes half of it is timed once. */
const rowMilliseconds = 6000;
/** A row that would take a side longer is left out. */
const longest = 60_000;

async function turn(side: Side, prepared: Prepared, runs: number): Promise<Time> {
  // Finalizers run between tasks.
  await new Promise((resolve) => setTimeout(resolve, 0));
  const start = performance.now();
  prepared.run(runs);
  const queued = performance.now();
  await side.finish();
  return { host: (queued - start) / runs, wall: (performance.now() - start) / runs };
}

/** How many runs make a turn long enough, and a turn's time; ends with the device warm. */
async function calibrate(side: Side, prepared: Prepared, fixedRuns: number | null): Promise<{ runs: number; time: Time }> {
  if (fixedRuns !== null) {
    await turn(side, prepared, fixedRuns);
    return { runs: fixedRuns, time: await turn(side, prepared, fixedRuns) };
  }
  let runs = 1;
  for (;;) {
    const time = await turn(side, prepared, runs);
    const spent = time.wall * runs;
    if (spent >= turnMilliseconds) return { runs, time };
    if (spent >= turnMilliseconds / 4 || runs >= 10_000) return { runs: Math.ceil(turnMilliseconds / time.wall), time };
    runs = Math.ceil(runs * Math.min(10, turnMilliseconds / 2 / spent));
  }
}

const reasonOf = (error: unknown): string => (error instanceof Error ? error.message : String(error)).split('\n')[0];

/** Where one side stands in a row. */
class Entry implements Measured {
  readonly side: Side;
  times: Time[] = [];
  runs = 1;
  values: number[] = [];
  failure: string | null = null;
  skipped: string | null = null;
  /** Milliseconds of a turn; 0 where there are to be no turns. */
  expected = 0;
  prepared: Prepared | null = null;

  constructor(side: Side) {
    this.side = side;
  }

  async attempt(body: () => Promise<void>): Promise<void> {
    if (this.failure !== null) return;
    try {
      await body();
    } catch (error) {
      this.failure = reasonOf(error);
    }
  }

  /** Checks, warms up, and finds how often to run. `predicted` are the milliseconds of a run where they are known. */
  async start(prepare: (side: Side) => Prepared, fixedRuns: number | null, predicted: number | null): Promise<void> {
    if (predicted !== null && predicted > longest) {
      this.skipped = `left out, it would take ${Math.round(predicted / 1000)} s`;
      return;
    }
    this.prepared = prepare(this.side);
    await this.side.finish();
    const start = performance.now();
    this.values = await this.prepared.check();
    const wall = (performance.now() - start) / this.prepared.checkRuns;
    // Compiling may be most of a first run, but not of one that was foreseen.
    if (wall > rowMilliseconds / 2 && predicted !== null && wall < 2 * predicted) {
      this.times = [{ host: wall, wall }];
      return;
    }
    const { runs, time } = await calibrate(this.side, this.prepared, fixedRuns);
    this.runs = runs;
    if (time.wall * runs > rowMilliseconds / 2) this.times = [time];
    else this.expected = time.wall * runs;
  }

  async turn(): Promise<void> {
    this.times.push(await turn(this.side, this.prepared!, this.runs));
  }
}

/** One row: every side checked, warmed up, then timed in turn. `fixedRuns` instead of as many as fill a turn. */
export async function measure(
  sides: readonly Side[], prepare: (side: Side) => Prepared, fixedRuns: number | null, predict: (side: Side) => number | null,
): Promise<Measured[]> {
  const entries = sides.map((side) => new Entry(side));
  for (const entry of entries) await entry.attempt(() => entry.start(prepare, fixedRuns, predict(entry.side)));
  const expected = entries.reduce((sum, entry) => sum + entry.expected, 0);
  const rounds = Math.max(1, Math.min(mostRounds, Math.floor(rowMilliseconds / expected)));
  for (let round = 0; round < rounds; round++) {
    for (const entry of entries) if (entry.expected > 0) await entry.attempt(() => entry.turn());
  }
  for (const { prepared } of entries) prepared?.dispose();
  return entries;
}

/** How many times as fast the first is: the median over neighbouring turns. */
export function speedRatio(first: Measured, second: Measured, part: keyof Time): number | null {
  if ([first, second].some(({ times, failure }) => failure !== null || times.length === 0)) return null;
  if (first.times.length !== second.times.length) {
    return median(second.times.map((time) => time[part])) / median(first.times.map((time) => time[part]));
  }
  return median(first.times.map((time, i) => second.times[i][part] / time[part]));
}

/** What is wrong with values beside those that they should be, or null. Sums in float32 differ a little by their order. */
export function difference(values: readonly number[], expected: readonly number[]): string | null {
  const scale = Math.max(...expected.map(Math.abs));
  const wrong = values.length !== expected.length || !values.every((value, i) => Math.abs(value - expected[i]) <= 1e-3 * scale);
  return wrong ? `computes ${values.slice(0, 4)} where the CPU has ${expected.slice(0, 4)}` : null;
}
