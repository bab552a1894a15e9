import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What the built package imports on demand. */

const dist = join(import.meta.dirname, '../../dist');

test('bundlers are told not to follow what is outside of the package', () => {
  const found = readdirSync(dist, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.js'))
    .flatMap((path) => readFileSync(join(dist, path), 'utf8').match(/\bimport\((?!")[^)]*\)/g) ?? []);
  expect(found).not.toEqual([]);
  expect([...new Set(found)]).toEqual(['import(/* webpackIgnore: true */ /* turbopackIgnore: true */ /* @vite-ignore */ name)']);
});
