import { spawnSync } from 'node:child_process';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';
import { inJavaScriptWords } from '../scripts/consume/words.ts';

/** The tutorials print what their Python originals print, and say nothing that the types of the package do not know by themselves. */

const root = join(import.meta.dirname, '..');
const folder = join(root, 'examples/tutorials');
const tutorials = readdirSync(folder).filter((name) => name.endsWith('.ts')).map((name) => name.slice(0, -3)).sort();

/** Casts, non-null assertions and comments that switch the compiler off. */
function unproved(path: string): string[] {
  const text = readFileSync(path, 'utf8');
  const { program, comments, errors } = parseSync(path, text);
  expect(errors).toEqual([]);
  const found = comments.filter(({ value }) => value.includes('@ts-')).map(({ value }) => value);
  const visit = (node: unknown): void => {
    if (Array.isArray(node)) {
      node.forEach(visit);
    } else if (typeof node === 'object' && node !== null) {
      const { type, start, end } = node as { readonly type?: string; readonly start: number; readonly end: number };
      const cast = ['TSAsExpression', 'TSTypeAssertion', 'TSNonNullExpression', 'TSAnyKeyword', 'TSUnknownKeyword'];
      if (type !== undefined && cast.includes(type)) found.push(text.slice(start, end));
      Object.values(node).forEach(visit);
    }
  };
  visit(program);
  return found;
}

describe('tutorials', () => {
  test('each has its original and its output', () => {
    expect(tutorials).toEqual(['numpyBeginner', 'pytorchBeginner']);
    expect(readdirSync(join(folder, 'golden')).sort()).toEqual(tutorials.flatMap((name) => [`${name}.py`, `${name}.txt`]));
  });

  test.each(tutorials)('%s needs no cast', (name) => {
    expect(unproved(join(folder, `${name}.ts`))).toEqual([]);
  });

  test.each(tutorials)('%s prints what Python prints', (name) => {
    const { stdout, stderr, status } = spawnSync(
      process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), join(folder, `${name}.ts`)], { cwd: root, encoding: 'utf8' });
    expect(status, stderr).toBe(0);
    expect(inJavaScriptWords(stdout)).toBe(inJavaScriptWords(readFileSync(join(folder, 'golden', `${name}.txt`), 'utf8')));
  });
});
