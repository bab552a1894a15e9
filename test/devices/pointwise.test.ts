import { expect, it } from 'vitest';
import type { Operand } from '../../src/backend/backend.ts';
import type { Scalar } from '../../src/core/complex.ts';
import type { DType, TypedArray } from '../../src/core/dtype.ts';
import { bool, int64 } from '../../src/core/dtype.ts';
import { sizeOf } from '../../src/core/layout.ts';
import { readElement } from '../../src/core/scalar.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import { runPointwise } from '../../src/ops/dispatch.ts';
import '../../src/ops/pointwise/index.ts';
import type { PointwiseOp } from '../../src/ops/pointwise/op.ts';
import { pointwiseOps } from '../../src/ops/pointwise/row.ts';
import { covers } from '../covering.ts';
import type { Manifest } from '../ops/pointwiseFixtures.ts';
import { PointwiseFixtures, entryLength, placements, resultDType, worst } from '../ops/pointwiseFixtures.ts';
import { gpuTolerance } from '../tolerances.ts';
import { download, expectNone, held, onDevice, placed, storageBytes, typedOf } from './arrays.ts';
import { cpuResult, flushedResult, flushingDistance } from './flushing.ts';
import { fixture, inEveryForm, isHere, jsonFixture, onGpu } from './place.ts';

/** Every op of the registry × the dtypes that a GPU holds × layouts against NumPy and PyTorch. An op without a fixture fails. */

const fixtures = new PointwiseFixtures(await fixture('ops/pointwise.bin'), await jsonFixture<Manifest>('ops/pointwise.json'));

/** Ops that int64's 32 bits are not enough for. */
const withoutInt64: ReadonlySet<string> = new Set(['pow', 'leftShift']);

/** Expected elements, and what they would be if operands were flushed, where that differs. */
interface Expected {
  readonly bytes: Uint8Array;
  readonly flushed: Uint8Array | null;
}

/** Elements of each operand, row-major, and what the op makes of them. */
interface Sample {
  readonly types: readonly DType[];
  readonly args: readonly Uint8Array[];
  readonly out: Expected;
  /** One element that stands in for the last operand, and the results then. */
  readonly repeated: Uint8Array;
  readonly broadcast: Expected;
}

const element = (bytes: Uint8Array, i: number, { itemsize }: DType): Uint8Array => bytes.subarray(i * itemsize, (i + 1) * itemsize);
const first = (bytes: Uint8Array, count: number, { itemsize }: DType): Uint8Array => bytes.subarray(0, count * itemsize);

function take(bytes: Uint8Array, places: readonly number[], dtype: DType): Uint8Array {
  const out = new Uint8Array(places.length * dtype.itemsize);
  places.forEach((from, to) => out.set(element(bytes, from, dtype), to * dtype.itemsize));
  return out;
}

/** Far enough from 32 bits for any three of them to be multiplied. */
const small = (value: bigint): boolean => value >= -1000n && value <= 1000n;

/** As many elements as the fixture has; of int64 those alone that are small, again and again. */
function sampleOf(op: PointwiseOp, dtype: DType): Sample {
  const entry = fixtures.entryOf(op.name, dtype.name);
  const outType = resultDType(op, dtype);
  const types = op.args.map((name) => (op.conditions.includes(name) ? bool : dtype));
  const all = op.args.map((_, k) => fixtures.slice(entry.args[k], entryLength, types[k]));
  const out = fixtures.slice(entry.out, entryLength, outType);
  const last = op.args.length - 1;
  const withRepeated = (args: readonly Uint8Array[], repeated: Uint8Array): Uint8Array[] =>
    args.map((bytes, k) => (k === last ? repeated : first(bytes, 128, types[k])));
  if (dtype !== int64) {
    const repeated = element(all[last], 5, types[last]);
    const broadcast = fixtures.slice(entry.broadcast, 128, outType);
    return {
      types, args: all, repeated, out: { bytes: out, flushed: flushedResult(op, types, all) },
      broadcast: { bytes: broadcast, flushed: flushedResult(op, types, withRepeated(all, repeated)) },
    };
  }
  const typed = all.map((bytes, k) => typedOf(bytes, types[k]));
  const fitting = Array.from({ length: entryLength }, (_, i) => i).filter((i) => typed.every((list) => small(BigInt(list[i]))));
  expect(fitting.length).toBeGreaterThan(30);
  const places = Array.from({ length: entryLength }, (_, i) => fitting[i % fitting.length]);
  const args = all.map((bytes, k) => take(bytes, places, types[k]));
  const repeated = element(args[last], 5, types[last]);
  return {
    types, args, repeated, out: { bytes: take(out, places, outType), flushed: null },
    broadcast: { bytes: cpuResult(op, types, withRepeated(args, repeated)), flushed: null },
  };
}

const shares = pointwiseOps()
  .map((op, i) => {
    const own = op.dtypes.filter(held).map((dtype, k) => [dtype.name, dtype, i + k] as const);
    return [op.name, op, own.filter(([, , part]) => isHere(part))] as const;
  })
  .filter(([, , own]) => own.length > 0);

onGpu.each(shares)('%s', (_, op, own) => {
  it.for(own)('%s', async ([, dtype, part]) => {
    const sample = sampleOf(op, dtype);
    const { types, args } = sample;
    const outType = resultDType(op, dtype);
    if (dtype === int64 && withoutInt64.has(op.name)) {
      covers(op.name, [dtype.name], 'refused');
      const operands = args.map((bytes, k) => onDevice(bytes, [entryLength], types[k]));
      expect(() => runPointwise(op, operands)).toThrow(/int64 is not supported on the GPU.*int32/);
      return;
    }
    covers(op.name, [dtype.name]);
    const tolerance = gpuTolerance(op.name, dtype.name);
    const checks: Promise<string | null>[] = [];
    const distance = (got: TypedArray, expected: Uint8Array): ReturnType<typeof worst> =>
      worst(`${op.name} ${dtype.name}`, got, expected, outType, flushingDistance);
    const compare = async (what: string, array: StridedArray, { bytes, flushed }: Expected): Promise<string | null> => {
      const got = await download(array);
      const plain = distance(got, bytes);
      if (plain.distance <= tolerance) return null;
      // Each element may have been computed from operands that were flushed.
      const { components } = outType;
      const gotAt = (i: number): TypedArray => got.subarray(i * components, (i + 1) * components) as TypedArray;
      const wrong = flushed === null ? plain.at : Array.from({ length: got.length / components }).findIndex((_, i) =>
        [bytes, flushed].every((each) => distance(gotAt(i), element(each, i, outType)).distance > tolerance));
      if (wrong < 0) return null;
      const operands = args.map((each, k) => typedOf(element(each, wrong, types[k]), types[k]).join(' '));
      const { text } = distance(gotAt(wrong), element(bytes, wrong, outType));
      return `${what}: ${text}, at ${wrong} of ${operands.join()}`;
    };
    const check = (what: string, array: StridedArray, expected: Expected): void => {
      expect([what, array.dtypeCore.name]).toEqual([what, outType.name]);
      checks.push(compare(what, array, expected));
    };
    const mapped = ({ bytes, flushed }: Expected, f: (bytes: Uint8Array) => Uint8Array): Expected =>
      ({ bytes: f(bytes), flushed: flushed && f(flushed) });
    const firstOut = (count: number): Expected => mapped(sample.out, (bytes) => first(bytes, count, outType));
    const contiguous = (count: number, shape: readonly number[] = [count]): StridedArray[] =>
      args.map((bytes, k) => onDevice(first(bytes, count, types[k]), shape, types[k]));

    check('129 elements', runPointwise(op, contiguous(129)), sample.out);
    if (!inEveryForm(part)) {
      expectNone(await Promise.all(checks));
      return;
    }
    check('no axes', runPointwise(op, contiguous(1, [])), firstOut(1));
    check('empty', runPointwise(op, contiguous(0, [0, 3])), firstOut(0));
    placements.forEach((placement, i) => {
      const alike = placements.filter(({ shape }) => shape.length === placement.shape.length && shape[0] === placement.shape[0]);
      const operands = args.map((bytes, k) => placed(first(bytes, 128, types[k]), types[k], alike[(i + k) % alike.length]).array);
      check(`${placement.name} and others`, runPointwise(op, operands), firstOut(128));
    });

    const last = args.length - 1;
    if (last > 0) {
      const others: Operand[] = args.slice(0, -1).map((bytes, k) => onDevice(first(bytes, 128, types[k]), [8, 16], types[k]));
      const scalar: Scalar = readElement(typedOf(sample.repeated, types[last]), 0, types[last]);
      check('broadcast', runPointwise(op, [...others, onDevice(sample.repeated, [], types[last])]), sample.broadcast);
      check('scalar', runPointwise(op, [...others, scalar]), sample.broadcast);
    }

    // Into a view of something larger, whose other elements stay as they are.
    const spaced = placements[5];
    const whole = mapped(firstOut(128), (bytes) => storageBytes(bytes, outType, spaced));
    const target = placed(new Uint8Array(sizeOf(spaced.shape) * outType.itemsize), outType, spaced);
    runPointwise(op, contiguous(128, spaced.shape), target.array);
    check('into a strided view', target.base, whole);
    if (types[0] === outType) {
      const operands = args.map((bytes, k) => placed(first(bytes, 128, types[k]), types[k], spaced));
      runPointwise(op, operands.map(({ array }) => array), operands[0].array);
      check('in place', operands[0].base, whole);
    }
    expectNone(await Promise.all(checks));
  });
});
