import { describe, test } from 'vitest';
import type { Call } from './support.ts';
import { checkCall, describeCall, fixture, groups } from './support.ts';


for (const group of groups) {
  describe(group, () => {
    fixture<Call[]>(group).forEach((call, i) => {
      test(`${i}: ${describeCall(call)}`, () => checkCall(call));
    });
  });
}
