/** Times rows in JavaScript: every one as a function of the operands' names, the median of some samples. */

export interface Report {
  readonly version: string;
  /** Microseconds of a run by row and size. */
  readonly times: Readonly<Record<string, number>>;
}

interface Group {
  readonly sizes: readonly number[];
  readonly rows: readonly string[];
}

type Operands = Readonly<Record<string, unknown>>;

const now = (): number => performance.now();
const sample = 10;
/** What takes longer, in milliseconds, is not run again. */
const long = 2000;

/** Gives back what a run left, where the library wants that. */
export type GiveBack = (result: unknown) => void;

export function report(version: string, operands: (n: number) => Operands, giveBack: GiveBack): void {
  const times: Record<string, number> = {};
  for (const { sizes, rows } of JSON.parse(process.env.ROWS!) as Group[]) {
    for (const n of sizes) {
      const given = operands(n);
      for (const row of rows) {
        const run = new Function(...Object.keys(given), `return ${row}`) as (...values: readonly unknown[]) => unknown;
        const values = Object.values(given);
        const lasting = (count: number): number => {
          const start = now();
          for (let i = 0; i < count; i++) giveBack(run(...values));
          return now() - start;
        };
        try {
          const once = lasting(1);
          let count = 1;
          if (once < sample) while (lasting(count) < sample) count *= 2;
          const samples = once > long ? [once] : Array.from({ length: 5 }, () => lasting(count) / count);
          times[`${row} ${n}`] = samples.sort((a, b) => a - b)[samples.length >> 1] * 1000;
        } catch (error) {
          if (process.env.SHOW_ERRORS) console.error(`${row} ${n}: ${(error as Error).message}`);
        }
      }
    }
  }
  console.log(JSON.stringify({ version, times }));
}
