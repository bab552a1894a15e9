import { expect, test } from 'vitest';
import * as flambeau from '../../src/index.ts';
import { configure } from '../../src/slim.ts';

/** No function of the package itself takes more than it has. */

type Call = (...args: unknown[]) => unknown;

/** What each is called with when it is called right. */
const right: { readonly [name: string]: readonly unknown[] } = {
  info: [], init: [{}], scope: [() => 1], collect: [], getCollection: [], setCollection: [true], getMemoryBudget: ['cpu'],
  setMemoryBudget: [2 ** 29, 'cpu'], pack: [1, {}], unpack: [flambeau.pack(1)],
};

test.each(Object.entries({ ...flambeau, configure } as unknown as Readonly<Record<string, Call>>))('%s', async (name, call) => {
  const given = name === 'configure' ? [{}] : right[name];
  await expect((async () => call(...given, 1))()).rejects.toThrow(new RegExp(`^${name}\\(\\) takes \\d positional arguments? but \\d w`));
  if (given.length > 0 && name !== 'init' && !name.startsWith('get')) await expect((async () => call())()).rejects.toThrow();
});
