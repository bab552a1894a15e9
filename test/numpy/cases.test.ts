import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check, fixture, run } from './support.ts';
import type { Expected } from './support.ts';

/** Every case of the texts of the fixtures gives what NumPy gives: dtype, shape, elements, or the error's class and message. */

interface Case extends Expected {
  readonly python: string;
  readonly ts: string;
}
interface Group {
  readonly name: string;
  readonly setup: readonly (readonly [string, string])[];
  readonly cases: readonly Case[];
}

const texts = readdirSync(new URL('../fixtures/numpy', import.meta.url)).filter((name) => name.endsWith('.txt'));
const groups = texts.flatMap((name) => fixture<{ groups: readonly Group[] }>(name.replace('.txt', '.json')).groups);

describe.each(groups)('$name', ({ setup, cases }) => {
  test.each(cases)('$python', (each) => {
    // Made anew for each case: some write into their operands.
    const names: Record<string, unknown> = {};
    for (const [name, code] of setup) names[name] = run(code, names);
    expect(check(each.ts, each, names)).toBeNull();
  });
});
