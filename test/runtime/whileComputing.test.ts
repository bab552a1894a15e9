import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { provideCollector } from '../../src/backend/garbage.ts';
import { ImpatientCollector } from '../impatient.ts';
import type { Program } from '../torch/programs.ts';
import { run } from '../torch/programs.ts';

/** Garbage is collected, and overwritten, while functions compute: what they still need is never among it. */

const programs = JSON.parse(readFileSync(new URL('../fixtures/programs/programs.json', import.meta.url), 'utf8')) as Program[];

const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();

/** All of them take seconds, since a collection comes every few allocations. */
const thorough = process.env.FLAMBEAU_THOROUGH === '1';
const chosen = programs.filter((_, i) => thorough || i % 8 === 0);

test('programs compute what they do without', () => {
  const collector = new ImpatientCollector(20);
  provideCollector(collector);
  expect(chosen.filter(({ code, shown }) => plain(run(code)) !== plain(shown)).map(({ code }) => code)).toEqual([]);
  expect(collector.found).toBeGreaterThan(thorough ? 100 : 10);
});
