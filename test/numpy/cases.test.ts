import { describe, expect, test } from 'vitest';
import { check, fixture, run } from './support.ts';
import type { Expected } from './support.ts';

/** Every case of cases.txt gives what NumPy gives: dtype, shape, elements, or the error's class and message. */

interface Case extends Expected {
  readonly python: string;
  readonly ts: string;
}
interface Group {
  readonly name: string;
  readonly setup: readonly (readonly [string, string])[];
  readonly cases: readonly Case[];
}

const { groups } = fixture<{ groups: readonly Group[] }>('cases.json');

describe.each(groups)('$name', ({ setup, cases }) => {
  test.each(cases)('$python', (each) => {
    // Made anew for each case: some write into their operands.
    const names: Record<string, unknown> = {};
    for (const [name, code] of setup) names[name] = run(code, names);
    expect(check(each.ts, each, names)).toBeNull();
  });
});
