import { describe, expect, it } from 'vitest';
import { Tensor } from '../../src/torch/tensor/tensor.ts';
import { gradientFailuresOf } from '../ops/numericGradient.ts';
import type { Anything, Area, Call } from './gradientCalls.ts';
import { asFunction, complexCall, entriesOf, fitsFirst, operandsOf, writing, written } from './gradientCalls.ts';

/** Compares the gradients of calls with differences, to second order, for every function of some modules. */

const failures = (f: Anything, call: Call): string[] => gradientFailuresOf(Tensor, asFunction(f, call), operandsOf(call));

/** Checks the gradients of every function that the area's modules export. */
export function testGradients(area: Area): void {
  const { entries, tried, keyOf } = entriesOf(area);

  it('knows every function', () => {
    // Another name of the same function needs no calls of its own.
    const known = new Set(entries.filter((entry) => keyOf(entry) !== null).map(({ f }) => f));
    expect(entries.filter(({ f }) => !known.has(f)).map(({ full }) => full)).toEqual([]);
  });

  it('names only functions that there are, once', () => {
    const used = new Set(entries.map(keyOf));
    const listed = [...Object.keys(area.calls), ...Object.values(area.without).flat()];
    expect(listed.filter((name, i) => !used.has(name) || listed.indexOf(name) !== i)).toEqual([]);
    expect([...area.complex ?? [], ...area.writers ?? []].filter((name) => !Object.hasOwn(area.calls, name))).toEqual([]);
  });

  describe.each(tried.map(({ entry, calls }) => [entry.full, entry, calls] as const))('%s', (_, entry, calls) => {
    const { name, f } = entry;
    const writes = area.writers?.includes(name);
    it.each(calls.map((call, i) => [i, call] as const))('call %i', (__, call) => {
      expect(failures(writes ? written(f) : f, call)).toEqual([]);
    });

    if (area.complex?.includes(name)) it.each(calls.map((call, i) => [i, call] as const))('call %i, complex', (__, call) => {
      expect(failures(writes ? written(f) : f, complexCall(call) as Call)).toEqual([]);
    });

    const write = writing(entry);
    if (write !== null) it('in place', () => {
      const fitting = calls.filter((call) => fitsFirst(f, call));
      expect(fitting.length).toBeGreaterThan(0);
      for (const call of fitting) expect(failures(written(write), call)).toEqual([]);
    });
  });
}
