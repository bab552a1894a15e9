import { collect } from './collect.js';
import wanted from './wanted.json' with { type: 'json' };

declare const test: (name: string, run: () => Promise<void>) => void;
declare const expect: (value: unknown) => { toEqual(wanted: unknown): void };

/** Jest, Vitest, Bun and Deno; the consumer writes what is wanted. */
test('the program prints what it has to', async () => {
  expect(await collect()).toEqual(wanted);
});
