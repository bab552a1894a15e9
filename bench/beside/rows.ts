/** What every side computes, on one thread of the CPU in float32: the same work under the same names. */

export const rows = {
  product: 'a product of 1024×1024',
  smallProduct: 'a product of 64×64',
  add: 'a sum of two arrays of a million',
  smallAdd: 'a sum of two arrays of 64',
  exp: 'exp of a million',
  sum: 'the sum of a million',
  sort: 'a million, sorted',
  training: 'a step of Adam, 784-128-10, 64 digits',
} as const;

export type Row = keyof typeof rows;

/** A run of a row; what it leaves behind is its side's to give back. */
export type Work = Partial<Record<Row, () => unknown>>;

export interface Report {
  readonly version: string;
  /** Microseconds of a run. */
  readonly times: Partial<Record<Row, number>>;
}

const now = (): number => performance.now();
/** Milliseconds of a sample, so that it has its share of collected garbage. */
const shortest = 100;

/** Milliseconds of so many runs. Whoever computes on the side has to be waited for. */
async function lasting(run: () => unknown, times: number): Promise<number> {
  const start = now();
  for (let i = 0; i < times; i++) {
    const result = run();
    if (result instanceof Promise) await result;
  }
  return now() - start;
}

/** Times every row and prints the report: warmed up, the fastest of some samples, which a shared machine disturbs least. */
export async function report(version: string, work: Work): Promise<void> {
  const times: Partial<Record<Row, number>> = {};
  for (const [row, run] of Object.entries(work) as [Row, () => unknown][]) {
    let count = 1;
    for (;;) {
      const milliseconds = await lasting(run, count);
      if (milliseconds >= shortest) break;
      count *= 2;
    }
    await lasting(run, count);
    const samples: number[] = [];
    for (let i = 0; i < 7; i++) {
      await new Promise((resolve) => setImmediate(resolve));
      samples.push(await lasting(run, count) / count * 1000);
    }
    times[row] = Math.min(...samples);
  }
  const result: Report = { version, times };
  process.stdout.write(`${JSON.stringify(result)}\n`);
}
