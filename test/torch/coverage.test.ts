import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as torch from '../../src/torch/index.ts';
import { readCases } from './nn/support.ts';
import type { Call } from './support.ts';
import { fixture, groups } from './support.ts';

/** Every function of the namespace and every method is called by some test whose answer comes from PyTorch. */

const calls = [...groups, 'linalg'].flatMap((group) => fixture<Call[]>(group));
const ofItsOwn = JSON.parse(readFileSync(join(import.meta.dirname, '../fixtures/convolution/functions.json'), 'utf8')) as {
  readonly cases: readonly { readonly name: string }[];
};
const answered = new Set([...calls.filter((call) => call.answer), ...ofItsOwn.cases].map((call) => call.name));

/** What other tests call of torch with answers. */
for (const { space, name, error } of readCases<{ space: string; name: string; error?: unknown }>('losses')) {
  if (space === 'torch' && error === undefined) answered.add(name);
}

/** What the tests with programs of their own call. */
const programs = readdirSync(import.meta.dirname).filter((file) => file.endsWith('.test.ts') && file !== 'coverage.test.ts')
  .map((file) => readFileSync(join(import.meta.dirname, file), 'utf8')).join('\n');

function isCovered(name: string): boolean {
  return answered.has(name) || new RegExp(`\\.${name}\\(`).test(programs);
}

test('every function is called', () => {
  const functions = Object.entries(torch).filter(([name, value]) =>
    typeof value === 'function' && /^[a-z_0-9]+$/.test(name) && name !== 'dtype');
  expect(functions.length).toBeGreaterThan(250);
  expect(functions.map(([name]) => name).filter((name) => !isCovered(name))).toEqual([]);
});

test('every method is called', () => {
  const methods = Object.getOwnPropertyNames(torch.Tensor.prototype)
    .filter((name) => typeof Object.getOwnPropertyDescriptor(torch.Tensor.prototype, name)!.value === 'function' && name !== 'constructor');
  expect(methods.length).toBeGreaterThan(350);
  expect(methods.filter((name) => !isCovered(name))).toEqual([]);
});
