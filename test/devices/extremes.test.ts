import { it } from 'vitest';
import type { DType } from '../../src/core/dtype.ts';
import { bool, complex64, float32 } from '../../src/core/dtype.ts';
import { runPointwise } from '../../src/ops/dispatch.ts';
import '../../src/ops/pointwise/index.ts';
import { pointwiseOps } from '../../src/ops/pointwise/row.ts';
import { resultDType, worst } from '../ops/pointwiseFixtures.ts';
import { gpuTolerance } from '../tolerances.ts';
import { download, onDevice } from './arrays.ts';
import { cpuResult, flushingDistance } from './flushing.ts';
import { onGpu } from './place.ts';

/**
 * Every pointwise op at infinities, NaN, zeros and the ends of float32's range, in all combinations, gives what the CPU does; of complex
 * numbers also where only one part is such.
 */

/** The ends of what is not subnormal. */
const [smallest, largest] = new Float32Array(Uint32Array.of(0x00800000, 0x7f7fffff).buffer);
/**
 * Operands for ops of one, two, three and more; the more operands, the fewer values of each. The last have no zero, whose sign a
 * subnormal addend would decide.
 */
const values: readonly (readonly number[])[] = [
  [0, -0, 1, -1, 0.5, 1.5, -2.5, 3, smallest * 1e8, -1e30, largest, -largest, 2 ** 127, smallest, -smallest, Infinity, -Infinity, NaN],
  [0, -0, 1, -1, 1.5, -2.5, 3, smallest * 1e8, -1e30, largest, -largest, 2 ** 127, smallest, -smallest, Infinity, -Infinity, NaN],
  [0, -0, 1, -3, largest, -largest, Infinity, -Infinity, NaN],
  [2, 1, -largest, Infinity, NaN],
];

/** The same for the parts of complex operands of ops of one, two, three and more. */
const parts: readonly (readonly number[])[] = [
  [0, -0, 1, -2.5, Infinity, -Infinity, NaN], [0, -0, 1.5, Infinity, NaN], [0, -3, Infinity], [2, NaN],
];

/** All elements that have each of the lists in one of its places, one place after the other. */
const combined = (lists: readonly (readonly number[])[]): readonly (readonly number[])[] => lists.reduce<readonly (readonly number[])[]>(
  (rows, list) => rows.flatMap((row) => list.map((value) => [...row, value])), [[]]);

const tried = [float32, complex64].flatMap((dtype) =>
  pointwiseOps().filter((op) => op.supports(dtype)).map((op) => [op.name, dtype.name, op, dtype] as const));

onGpu('extremes', () => {
  it.for(tried)('%s %s', async ([name, , op, dtype]) => {
    const { args, conditions } = op;
    const types = args.map((arg): DType => (conditions.includes(arg) ? bool : dtype));
    const place = Math.min(args.length, values.length) - 1;
    const rows = combined(types.flatMap((type) =>
      (type === bool ? [[0, 1]] : type === complex64 ? [parts[place], parts[place]] : [values[place]])));
    let first = 0;
    const operands = types.map((type) => {
      const { components } = type;
      const column = new type.array(rows.length * components);
      for (let part = 0; part < components; part++) rows.forEach((row, k) => (column[k * components + part] = row[first + part]));
      first += components;
      return new Uint8Array(column.buffer);
    });
    const got = await download(runPointwise(op, operands.map((bytes, i) => onDevice(bytes, [rows.length], types[i]))));
    const { distance, text, at } = worst(name, got, cpuResult(op, types, operands), resultDType(op, dtype), flushingDistance);
    if (distance > gpuTolerance(name, dtype.name)) throw new Error(`${text}, of ${rows[at].join()}`);
  });
});
