import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Program } from './programs.ts';
import { run } from './programs.ts';

const programs = JSON.parse(readFileSync(new URL('../fixtures/programs/programs.json', import.meta.url), 'utf8')) as Program[];

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

test.each(programs)('$code', ({ code, shown }) => {
  expect(plain(run(code))).toBe(plain(shown));
});
