import { describe, test } from 'vitest';
import type { Call } from './support.ts';
import { checkCall, describeCall, fixture } from './support.ts';

const groups = [
  'shape', 'joining', 'rearrange', 'products', 'indexing', 'searching', 'extremes', 'reductions', 'converting', 'components',
  'unary', 'binary', 'forms',
];

for (const group of groups) {
  describe(group, () => {
    fixture<Call[]>(group).forEach((call, i) => {
      test(`${i}: ${describeCall(call)}`, () => checkCall(call));
    });
  });
}
