import { expect, test } from 'vitest';
import { fusedExports, plainExports } from '../../src/backend/wasm/module.ts';
import { requestTurbo, turboState } from '../../src/backend/wasm/turbo.ts';

test('turbo that is asked for after the kernels were compiled stays off and says so', () => {
  expect(turboState()).toBe('off');
  plainExports();
  requestTurbo();
  fusedExports();
  expect(turboState()).toBe("off: the kernels were compiled before 'flambeau/turbo' was imported");
});
