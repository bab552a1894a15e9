import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { referenceBackend } from '../../src/backend/reference/index.ts';
import { cpu } from '../../src/core/device.ts';
import type { DType } from '../../src/core/dtype.ts';
import { bool, componentType, dtypeNamed, isComplex } from '../../src/core/dtype.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import * as np from '../../src/numpy/index.ts';
import { runPointwise } from '../../src/ops/dispatch.ts';
import '../../src/ops/pointwise/index.ts';
import type { PointwiseOp } from '../../src/ops/pointwise/op.ts';
import { pointwiseOps } from '../../src/ops/pointwise/row.ts';
import { fromBytes, valuesOf } from '../backend/arrays.ts';
import { served } from '../ops/fused.ts';
import { pointwiseTolerance } from '../tolerances.ts';
import { epsilon } from '../ulps.ts';

/** Complex functions at infinities, NaN and zeros of both signs against NumPy: the patterns exactly, finite numbers by their modulus. */

interface Entry {
  readonly name: string;
  readonly dtype: 'complex64' | 'complex128';
  readonly result: string;
  readonly offset: number;
  readonly operands: number;
}
const folder = new URL('../fixtures/complex/', import.meta.url);
const manifest = JSON.parse(readFileSync(new URL('grid.json', folder), 'utf8')) as
  { readonly parts: readonly string[]; readonly second: readonly string[]; readonly entries: readonly Entry[] };
const blob = inflateSync(readFileSync(new URL('grid.bin', folder)));

/** The registry's names, where they differ from NumPy's. */
const numpyNames: Readonly<Record<string, string>> = {
  abs: 'absolute', conj: 'conjugate', neg: 'negative', sub: 'subtract', mul: 'multiply', div: 'divide', pow: 'power', eq: 'equal',
  ne: 'not_equal', lt: 'less', le: 'less_equal', gt: 'greater', ge: 'greater_equal', logicalAnd: 'logical_and', logicalOr: 'logical_or',
  logicalXor: 'logical_xor', logicalNot: 'logical_not', asin: 'arcsin', acos: 'arccos', atan: 'arctan', asinh: 'arcsinh',
  acosh: 'arccosh', atanh: 'arctanh',
  // PyTorch divides, where NumPy has a formula of its own for a numerator of 1.
  reciprocal: 'oneOver',
  // It has no direction for what is infinite.
  sign: 'direction',
};
const opNames = Object.fromEntries(Object.entries(numpyNames).map(([op, name]) => [name, op]));

const numbers = (texts: readonly string[]): number[] => texts.map((text) => Number(text.replace('inf', 'Infinity')));
type Pair = readonly [number, number];
const gridOf = (parts: readonly number[]): Pair[] => parts.flatMap((re) => parts.map((im): Pair => [re, im]));
const rolled = (values: readonly Pair[], by: number): Pair[] => [...values.slice(-by), ...values.slice(0, -by)];
const single = gridOf(numbers(manifest.parts));
const second = gridOf(numbers(manifest.second));
const x = single.flatMap((each) => second.map(() => each));
const y = single.flatMap(() => second);
const several = [x, y, rolled(x, 1234), rolled(y, 567)];

const operandsOf = ({ operands }: Entry): readonly (readonly Pair[])[] => (operands === 1 ? [single] : several.slice(0, operands));

const made = new Map<readonly Pair[], Map<DType, Uint8Array>>();

/** The grid's numbers in a dtype; every test takes the same. */
function bytesOf(values: readonly Pair[], dtype: DType): Uint8Array {
  const ofValues = made.get(values) ?? new Map<DType, Uint8Array>();
  made.set(values, ofValues);
  const bytes = ofValues.get(dtype) ?? new Uint8Array(new dtype.array(values.flat() as never).buffer);
  ofValues.set(dtype, bytes);
  return bytes.slice();
}

function expectedOf(entry: Entry): { readonly dtype: DType; readonly values: ArrayLike<number> } {
  const dtype = dtypeNamed(entry.result)!;
  const length = operandsOf(entry)[0].length;
  const bytes = Uint8Array.from(blob.subarray(entry.offset, entry.offset + length * dtype.itemsize));
  return { dtype, values: new dtype.array(bytes.buffer) as unknown as ArrayLike<number> };
}

/** What differs, one line for an element. */
function differences(got: ArrayLike<number | bigint>, entry: Entry, room: number): string[] {
  const { dtype, values } = expectedOf(entry);
  const operands = operandsOf(entry);
  const width = isComplex(dtype) ? 2 : 1;
  const unit = dtype === bool ? 0 : epsilon(componentType(dtype));
  const lines: string[] = [];
  const isThere = (at: number): boolean => Object.is(got[at], values[at]);
  for (let i = 0; i < values.length; i += width) {
    if (isThere(i) && isThere(i + width - 1)) continue;
    const [actual, wanted] = [got, values].map((from) => Array.from({ length: width }, (_, k) => Number(from[i + k])));
    const modulus = Math.hypot(...wanted);
    const same = wanted.every((want, k) => Object.is(actual[k], want) || (want !== 0 && Number.isFinite(want)
      && Math.abs(actual[k] - want) <= room * unit * (Number.isFinite(modulus) ? modulus : Math.abs(want))));
    const at = operands.map((operand) => operand[i / width].map((part) => (Object.is(part, -0) ? '-0' : part)).join(' ')).join(', ');
    if (!same) lines.push(`${entry.name}(${at}) is ${actual.join(' ')}, not ${wanted.join(' ')}`);
  }
  return lines;
}

const complexOps = pointwiseOps().filter(({ dtypes }) => dtypes.some(isComplex));
const entriesOf = (name: string): readonly Entry[] => manifest.entries.filter((entry) => entry.name === name);

it('has every complex op of the registry', () => {
  // That one is PyTorch's alone.
  const inNumpy = complexOps.map(({ name }) => name).filter((name) => name !== 'rsqrt');
  expect(inNumpy.filter((name) => entriesOf(numpyNames[name] ?? name).length !== 2)).toEqual([]);
});

/** Real dtypes' kernels take several steps of their own for a power. */
const roomOf = ({ name, dtype }: Entry): number => pointwiseTolerance(opNames[name] ?? (name === 'float_power' ? 'pow' : name), dtype);

type Call = (...args: unknown[]) => np.ndarray;
const calls = np as unknown as Readonly<Record<string, Call | undefined>>;

describe("NumPy's functions", () => {
  const public_ = manifest.entries.filter(({ name }) => name in np && name !== 'where');

  test.each(public_.map((entry) => [entry.name, entry.dtype, entry] as const))('%s %s', (name, dtypeName, entry) => {
    const operands = operandsOf(entry).map((values) => np.frombuffer(bytesOf(values, dtypeNamed(dtypeName)!), { dtype: dtypeName }));
    const result = calls[name]!(...operands);
    expect(result.dtype.name).toBe(entry.result);
    expect(differences(valuesOf(result), entry, roomOf(entry))).toEqual([]);
  });
});

/** Ops as PyTorch has them too. A power multiplied out is NumPy's own, above. */
describe("the registry's ops", () => {
  const rows = complexOps.filter(({ name }) => name !== 'pow')
    .flatMap((op) => entriesOf(numpyNames[op.name] ?? op.name).map((entry) => [op.name, entry.dtype, op, entry] as const));
  const run = (op: PointwiseOp, entry: Entry): StridedArray => runPointwise(op, operandsOf(entry).map((values, k) => {
    const isCondition = op.conditions.includes(op.args[k]);
    return isCondition ? fromBytes(Uint8Array.from(values, ([re]) => Number(re > 0)), [values.length], bool)
      : fromBytes(bytesOf(values, dtypeNamed(entry.dtype)!), [values.length], dtypeNamed(entry.dtype)!);
  }));

  test.each(rows)('%s %s', (_, __, op, entry) => {
    expect(differences(valuesOf(run(op, entry)), entry, roomOf(entry))).toEqual([]);
    const byReference = served(cpu, referenceBackend, () => valuesOf(run(op, entry)));
    expect(differences(byReference, entry, roomOf(entry))).toEqual([]);
  });
});
