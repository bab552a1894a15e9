import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { differing } from './differing.ts';
import type { Docstring } from './run.ts';
import { runDocstring } from './run.ts';

/** The examples of NumPy's own docstrings print here what they print there. */

const file = new URL('../../fixtures/docstrings/docstrings.json', import.meta.url);
const docstrings = JSON.parse(readFileSync(file, 'utf8')) as Docstring[];

/** Blanks before the ends of lines, of which Python's documentation has its own. */
const plain = (text: string): string => text.replaceAll(/ +$/gm, '').trimEnd();

interface Compared {
  readonly python: string;
  readonly shown: string;
  readonly expected: string;
}

const compared = docstrings.map((docstring) => {
  const shown = runDocstring(docstring);
  return [docstring.name, docstring.examples.flatMap(([, expected, python], i): Compared[] =>
    (expected === null ? [] : [{ python, shown: plain(shown[i]), expected: plain(expected) }]))] as const;
});

describe("the examples of NumPy's docstrings", () => {
  test('are many', () => {
    const equal = compared.flatMap(([, examples]) => examples.filter(({ shown, expected }) => shown === expected));
    expect(equal.length).toBeGreaterThan(700);
  });

  test.each(compared.filter(([name]) => !(name in differing)))('%s', (_, examples) => {
    for (const { python, shown, expected } of examples) expect([python, shown]).toEqual([python, expected]);
  });

  test('differ where it is said', () => {
    const names = compared.filter(([, examples]) => examples.some(({ shown, expected }) => shown !== expected)).map(([name]) => name);
    expect(Object.keys(differing).filter((name) => !names.includes(name))).toEqual([]);
  });
});
