import { readFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { DType } from '../../src/core/dtype.ts';
import { bool, componentType, isComplex } from '../../src/core/dtype.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import '../../src/ops/pointwise/index.ts';
import { pointwiseOps } from '../../src/ops/pointwise/row.ts';
import type { PointwiseOp } from '../../src/ops/pointwise/op.ts';
import { runPointwise } from '../../src/ops/dispatch.ts';
import { fromBytes, valuesOf } from '../backend/arrays.ts';
import { pointwiseTolerance } from '../tolerances.ts';
import type { Placement } from './placement.ts';
import { place } from './placement.ts';
import { componentValue, epsilon, ulpDistance } from '../ulps.ts';

/** Every op of the registry × its dtypes × layouts against NumPy and PyTorch. An op without a fixture fails. */

interface Entry {
  readonly op: string;
  readonly dtype: string;
  readonly args: readonly number[];
  readonly out: number;
  readonly broadcast: number;
}

const folder = new URL('../fixtures/ops/', import.meta.url);
const blob = new Uint8Array(readFileSync(new URL('pointwise.bin', folder)));
interface Manifest {
  readonly sha256: string;
  readonly entries: readonly Entry[];
}

const manifest = JSON.parse(readFileSync(new URL('pointwise.json', folder), 'utf8')) as Manifest;
const entries = new Map(manifest.entries.map((entry) => [`${entry.op} ${entry.dtype}`, entry]));

const lengths = [1, 3, 4, 5, 15, 16, 17, 127, 128, 129];

function slice(offset: number, count: number, dtype: DType): Uint8Array {
  return blob.subarray(offset, offset + count * dtype.itemsize);
}

const plain = { step: 1, offset: 0, reversed: [] } as const;
const placements: readonly Placement[] = [
  { ...plain, name: 'offset', shape: [128], order: [0], offset: 3 },
  { ...plain, name: 'every third', shape: [128], order: [0], step: 3 },
  { ...plain, name: 'reversed', shape: [128], order: [0], reversed: [0] },
  { ...plain, name: 'matrix', shape: [8, 16], order: [0, 1] },
  { ...plain, name: 'transposed', shape: [8, 16], order: [1, 0] },
  { ...plain, name: 'transposed, reversed, spaced', shape: [8, 16], order: [1, 0], step: 2, offset: 5, reversed: [0] },
  { ...plain, name: 'permuted', shape: [4, 2, 16], order: [2, 0, 1] },
  { ...plain, name: 'rows of one', shape: [128, 1], order: [1, 0] },
];

function resultDType(op: PointwiseOp, dtype: DType): DType {
  return op.result === 'bool' ? bool : op.result === 'component' ? componentType(dtype) : dtype;
}

/** The worst distance between a result and the expected bytes, with a text that shows where. */
function worst(op: PointwiseOp, result: StridedArray, expectedBytes: Uint8Array, dtype: DType): { distance: number; text: string } {
  const type = result.dtypeCore;
  const got = valuesOf(result);
  const copy = new Uint8Array(expectedBytes);
  const expected = new type.array(copy.buffer, 0, got.length);
  let distance = 0;
  let text = '';
  const note = (d: number, i: number, a: unknown, b: unknown): void => {
    if (d > distance) {
      distance = d;
      text = `${op.name} ${dtype.name}: element ${i} is ${String(a)}, expected ${String(b)}, off by ${d}`;
    }
  };
  for (let i = 0; i < got.length; i++) {
    if (isComplex(type)) {
      if (i % 2) continue;
      const [re, im, wantRe, wantIm] = [got[i], got[i + 1], expected[i], expected[i + 1]] as number[];
      const error = Math.hypot(re - wantRe, im - wantIm) / Math.max(Math.hypot(wantRe, wantIm), Number.MIN_VALUE);
      const same = Object.is(re, wantRe) && Object.is(im, wantIm);
      note(same || error === 0 ? 0 : Number.isNaN(error) ? Infinity : error / epsilon(type), i / 2, `${re} ${im}`, `${wantRe} ${wantIm}`);
    } else if (type.kind === 'float') {
      const [a, b] = [componentValue(got[i], type), componentValue(expected[i], type)];
      note(ulpDistance(a, b, type), i, a, b);
    } else {
      note(got[i] === expected[i] ? 0 : Infinity, i, got[i], expected[i]);
    }
  }
  return { distance, text };
}

it('reads the fixture that its manifest describes', () => {
  expect(createHash('sha256').update(blob).digest('hex')).toBe(manifest.sha256);
});

it('has no fixture for an op that is not there', () => {
  const known = new Set(pointwiseOps.flatMap((op) => op.dtypes.map((dtype) => `${op.name} ${dtype.name}`)));
  expect([...entries.keys()].filter((key) => !known.has(key))).toEqual([]);
});

describe.each(pointwiseOps.map((op) => [op.name, op] as const))('%s', (_, op) => {
  it.each(op.dtypes.map((dtype) => [dtype.name, dtype] as const))('%s', (__, dtype) => {
    const entry = entries.get(`${op.name} ${dtype.name}`);
    if (!entry) throw new Error(`${op.name} has no fixture for ${dtype.name}: add its line to test/fixtures/ops/generate.py`);
    const types = op.args.map((name) => (op.conditions.includes(name) ? bool : dtype));
    const outType = resultDType(op, dtype);
    const tolerance = pointwiseTolerance(op.name, dtype.name);
    const failures: string[] = [];
    const check = (what: string, operands: StridedArray[], expected: Uint8Array): void => {
      const result = runPointwise(op, operands);
      expect(result.dtypeCore).toBe(outType);
      const { distance, text } = worst(op, result, expected, dtype);
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
