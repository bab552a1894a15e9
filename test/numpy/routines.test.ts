import { readdirSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { check, fixture, run } from './support.ts';
import type { Expected } from './support.ts';

/** Every call that test/fixtures/numpy/routines spells gives what NumPy gives: dtype, shape, elements, or the error's class and message. */

interface Case extends Expected {
  readonly python: string;
  readonly ts: string;
}
interface Group {
  readonly name: string;
  readonly setup: readonly (readonly [string, string])[];
  readonly cases: readonly Case[];
}

const folder = new URL('../fixtures/numpy/routines/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));

describe.each(files)('%s', (file) => {
  const { groups } = fixture<{ groups: readonly Group[] }>(`routines/${file}`);
  describe.each(groups)('$name', ({ setup, cases }) => {
    test.each(cases)('$python', (each) => {
      const names: Record<string, unknown> = {};
      for (const [name, code] of setup) names[name] = run(code, names);
      expect(check(each.ts, each, names)).toBeNull();
    });
  });
});
