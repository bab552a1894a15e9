import { expect, it } from 'vitest';
import { dtypeOf } from '../backend/arrays.ts';
import { covers } from '../covering.ts';
import { worst } from '../ops/pointwiseFixtures.ts';
import type { StructuralFixtures } from '../ops/structuralRuns.ts';
import { decode, placementsOf, runsWith, structuralOps } from '../ops/structuralRuns.ts';
import { structuralTolerance } from '../tolerances.ts';
import { download, expectNone, held, onDevice, placed } from './arrays.ts';
import { jsonFixture, onGpu, where } from './place.ts';

/** Every op that is not pointwise × the dtypes that a GPU holds × layouts against NumPy. */

const { cases } = await jsonFixture<StructuralFixtures>('ops/structural.json');
const runs = runsWith((values, shape, dtype) => {
  const data = new dtype.array(values.length);
  values.forEach((value, i) => {
    data[i] = value as never;
  });
  return onDevice(new Uint8Array(data.buffer), shape, dtype);
});

/** Ops that read values on the host, which a GPU does not give at once: where a shape depends on them, or JavaScript computes. */
const readers: ReadonlySet<string> = new Set(['nonzero', 'maskedSelect', 'searchSorted']);

const layouts = where === 'dawn' ? [0, 1, 2, 3, 4] : [4, 1];

onGpu('every op', () => {
  it('has a fixture', () => {
    const covered = new Set(Object.keys(cases).map((name) => name.split(' ')[0]));
    expect(structuralOps.filter((name) => !covered.has(name))).toEqual([]);
    expect([...readers].filter((name) => !covered.has(name))).toEqual([]);
  });
});

onGpu.each(Object.entries(cases).filter(([, rows]) => Object.keys(rows).some((name) => held(dtypeOf(name)))))('%s', (name, rows) => {
  const op = name.split(' ')[0];
  it.for(Object.entries(rows).filter(([dtype]) => held(dtypeOf(dtype))))('%s', async ([dtypeName, { inputs, out }]) => {
    const refused = readers.has(op);
    covers(op, [dtypeName], refused ? 'refused' : 'forward');
    const outType = dtypeOf(out.dtype);
    const checks = layouts.map(async (i) => {
      const [x, y, z] = inputs.map((input, k) => {
        const all = placementsOf(input.shape);
        return placed(decode(input), dtypeOf(dtypeName), all[(i + k) % all.length]).array;
      });
      const label = `${name} ${dtypeName}, operand ${placementsOf(inputs[0].shape)[i].name}`;
      if (refused) {
        expect(() => runs[name](x, y, z)).toThrow(/cannot be read at once.*await x\.cpu\(\)/);
        return null;
      }
      const result = runs[name](x, y, z);
      expect([label, result.geometry.shape, result.dtypeCore.name]).toEqual([label, out.shape, out.dtype]);
      const { distance, text } = worst(label, await download(result), decode(out), outType);
      return distance > structuralTolerance(name) ? text : null;
    });
    expectNone(await Promise.all(checks));
  });
});
