/** Timing that bears a shared machine: both sides in turn, warmed up, medians. */

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Milliseconds of each of `rounds` runs of `body`, with a turn of the event loop before each. */
export async function times(rounds: number, body: () => void): Promise<number[]> {
  const result: number[] = [];
  for (let round = 0; round < rounds; round++) {
    await new Promise((resolve) => setImmediate(resolve));
    const start = performance.now();
    body();
    result.push(performance.now() - start);
  }
  return result;
}

/** Both bodies in turn: their medians and the median of the ratios of neighbouring runs. */
export async function pair(rounds: number, ours: () => void, theirs: () => void): Promise<{ ours: number; theirs: number; ratio: number }> {
  await times(3, ours);
  await times(3, theirs);
  const mine: number[] = [];
  const other: number[] = [];
  for (let round = 0; round < rounds; round++) {
    mine.push(...await times(1, ours));
    other.push(...await times(1, theirs));
  }
  return { ours: median(mine), theirs: median(other), ratio: median(mine.map((each, i) => other[i] / each)) };
}

export function line(name: string, text: string): void {
  console.log(`${name.padEnd(44)} ${text}`);
}
