import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { bool } from '../../src/core/dtype.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import '../../src/ops/pointwise/index.ts';
import { pointwiseOps } from '../../src/ops/pointwise/row.ts';
import { runPointwise } from '../../src/ops/dispatch.ts';
import { fromBytes, valuesOf } from '../backend/arrays.ts';
import { covers } from '../covering.ts';
import { pointwiseTolerance } from '../tolerances.ts';
import { place } from './placement.ts';
import type { Manifest } from './pointwiseFixtures.ts';
import { PointwiseFixtures, placements, resultDType, worst } from './pointwiseFixtures.ts';

/** Every op of the registry × its dtypes × layouts against NumPy and PyTorch. An op without a fixture fails. */

const folder = new URL('../fixtures/ops/', import.meta.url);
const blob = new Uint8Array(readFileSync(new URL('pointwise.bin', folder)));
const manifest = JSON.parse(readFileSync(new URL('pointwise.json', folder), 'utf8')) as Manifest;
const fixtures = new PointwiseFixtures(blob, manifest);

const lengths = [1, 3, 4, 5, 15, 16, 17, 127, 128, 129];

it('reads the fixture that its manifest describes', () => {
  expect(createHash('sha256').update(blob).digest('hex')).toBe(manifest.sha256);
});

it('has no fixture for an op that is not there', () => {
  const known = new Set(pointwiseOps().flatMap((op) => op.dtypes.map((dtype) => `${op.name} ${dtype.name}`)));
  expect([...fixtures.entries.keys()].filter((key) => !known.has(key))).toEqual([]);
});

describe.each(pointwiseOps().map((op) => [op.name, op] as const))('%s', (_, op) => {
  it.each(op.dtypes.map((dtype) => [dtype.name, dtype] as const))('%s', (__, dtype) => {
    covers(op.name, [dtype.name]);
    const entry = fixtures.entryOf(op.name, dtype.name);
    const slice = fixtures.slice.bind(fixtures);
    const types = op.args.map((name) => (op.conditions.includes(name) ? bool : dtype));
    const outType = resultDType(op, dtype);
    const tolerance = pointwiseTolerance(op.name, dtype.name);
    const failures: string[] = [];
    const check = (what: string, operands: StridedArray[], expected: Uint8Array): void => {
      const result = runPointwise(op, operands);
      expect(result.dtypeCore).toBe(outType);
      const { distance, text } = worst(`${op.name} ${dtype.name}`, valuesOf(result), expected, outType);
      if (distance > tolerance) failures.push(`${what}: ${text}`);
    };
    for (const n of lengths) {
      const operands = op.args.map((___, k) => fromBytes(slice(entry.args[k], n, types[k]), [n], types[k]));
      check(`${n} elements`, operands, slice(entry.out, n, outType));
    }
    check('no axes', op.args.map((___, k) => fromBytes(slice(entry.args[k], 1, types[k]), [], types[k])), slice(entry.out, 1, outType));
    check('empty', op.args.map((___, k) => fromBytes(new Uint8Array(0), [0, 3], types[k])), new Uint8Array(0));
    const expected = slice(entry.out, 128, outType);
    placements.forEach((placement, i) => {
      check(placement.name, op.args.map((___, k) => place(slice(entry.args[k], 128, types[k]), types[k], placement)), expected);
      // Each operand lies differently.
      const alike = placements.filter(({ shape }) => shape.length === placement.shape.length && shape[0] === placement.shape[0]);
      check(`${placement.name} and others`, op.args.map((___, k) =>
        place(slice(entry.args[k], 128, types[k]), types[k], alike[(i + k) % alike.length])), expected);
    });
    const last = op.args.length - 1;
    const repeated = fromBytes(slice(entry.args[last] + 5 * types[last].itemsize, 1, types[last]), [], types[last]);
    const others = op.args.slice(0, -1).map((___, k) => fromBytes(slice(entry.args[k], 128, types[k]), [8, 16], types[k]));
    if (others.length > 0) check('broadcast', [...others, repeated], slice(entry.broadcast, 128, outType));
    expect(failures).toEqual([]);
  });
});
