import { it } from 'vitest';
import { bool, float32 } from '../../src/core/dtype.ts';
import { runPointwise } from '../../src/ops/dispatch.ts';
import '../../src/ops/pointwise/index.ts';
import { pointwiseOps } from '../../src/ops/pointwise/row.ts';
import { resultDType, worst } from '../ops/pointwiseFixtures.ts';
import { gpuTolerance } from '../tolerances.ts';
import { download, onDevice } from './arrays.ts';
import { cpuResult, flushingDistance } from './flushing.ts';
import { onGpu } from './place.ts';

/** Every pointwise op at infinities, NaN, zeros and the ends of float32's range, in all combinations, gives what the CPU does. */

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

const ops = pointwiseOps().filter((op) => op.supports(float32)).map((op) => [op.name, op] as const);

onGpu('extremes', () => {
  it.for(ops)('%s', async ([name, op]) => {
    const { args, conditions } = op;
    const types = args.map((arg) => (conditions.includes(arg) ? bool : float32));
    const lists = types.map((type) => (type === bool ? [0, 1] : values[Math.min(args.length, values.length) - 1]));
    const rows = lists.reduce<readonly (readonly number[])[]>(
      (combined, list) => combined.flatMap((row) => list.map((value) => [...row, value])), [[]]);
    const operands = types.map((type, i) => {
      const column = new type.array(rows.length);
      rows.forEach((row, k) => (column[k] = row[i]));
      return new Uint8Array(column.buffer);
    });
    const got = await download(runPointwise(op, operands.map((bytes, i) => onDevice(bytes, [rows.length], types[i]))));
    const type = resultDType(op, float32);
    const { distance, text, at } = worst(name, got, cpuResult(op, types, operands), type, flushingDistance);
    if (distance > gpuTolerance(name, 'float32')) throw new Error(`${text}, of ${rows[at].join()}`);
  });
});
