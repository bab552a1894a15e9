import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Program } from './programs.ts';
import { run } from './programs.ts';

const programs = JSON.parse(readFileSync(new URL('../fixtures/programs/programs.json', import.meta.url), 'utf8')) as Program[];

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

test.each(programs)('$code', ({ code, shown }) => {
  // What assertions say is their result, to the last blank.
  if (code.includes('.testing.')) expect(run(code)).toBe(shown);
  else expect(plain(run(code))).toBe(plain(shown));
});
