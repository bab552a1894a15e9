import { expect, it } from 'vitest';
import { misuse } from '../fuzz/misuse/engine.ts';
import type { FindingKind } from '../fuzz/misuse/findings.ts';

/**
 * Wrong arguments to every export of the built package: whatever they are, nothing traps, ends the process, tears a layout, leaks, or
 * touches an array that is not its own. How errors are worded, `npm run fuzz -- misuse` shows.
 */
const severe: readonly FindingKind[] = ['trap', 'process ended', 'layout', 'canary', 'argument changed', 'memory'];

it('wrong arguments do no harm', { timeout: 180_000 }, async () => {
  const { findings, targets } = await misuse({ seed: 20240607, calls: 5000, device: 'cpu' });
  expect(targets).toBeGreaterThan(1500);
  expect(findings.filter(({ kind }) => severe.includes(kind))).toEqual([]);
});
