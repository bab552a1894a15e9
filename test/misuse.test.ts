import { expect, it } from 'vitest';
import { misuse } from '../fuzz/misuse/engine.ts';

/**
 * Wrong arguments to everything that the built package exports and makes: whatever they are, nothing traps, ends the process, tears a
 * layout, leaks, touches an array that is not its own, or speaks of the engine.
 */
const thorough = process.env.FLAMBEAU_THOROUGH === '1';

it('wrong arguments are refused in words of their own, and do no harm', { timeout: 300_000 }, async () => {
  const { findings, targets } = await misuse({ seed: 20240607, calls: thorough ? 30_000 : 4500, device: 'cpu', guided: thorough });
  expect(targets).toBeGreaterThan(3400);
  expect(findings).toEqual([]);
});
