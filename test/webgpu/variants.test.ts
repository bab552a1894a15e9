import { expect, it } from 'vitest';
import type { Form, Lane } from '../../src/backend/webgpu/pointwise.ts';
import { variantOf } from '../../src/backend/webgpu/pointwise.ts';
import type { DType } from '../../src/core/dtype.ts';
import { bool, dtypes, float32, int32 } from '../../src/core/dtype.ts';

/** Kernels are kept by a key of their lanes, and two that differ must never share one. */

const sources = ['array', 'scalar', 'result'] as const;
const forms: readonly Form[] = ['flat', 'gathered', 'strided'];
const arrays = (...types: DType[]): Lane[] => types.map((dtype) => ({ dtype, source: 'array' }));
const floats = (count: number): Lane[] => arrays(...new Array<DType>(count).fill(float32));

it('tells lanes apart that a double of six bits each took for one another', () => {
  const before = (lanes: readonly Lane[], out: DType): number => lanes.reduce(
    (code, { dtype, source }) => code * 64 + dtype.code * 3 + sources.indexOf(source), out.code * 6);
  const read: Lane[] = [...floats(7), { dtype: int32, source: 'array' }];
  const given: Lane[] = [...floats(7), { dtype: int32, source: 'scalar' }];
  expect(before(read, float32)).toBe(before(given, float32));
  expect(variantOf(read, float32, 'flat', false)).not.toBe(variantOf(given, float32, 'flat', false));
});

it('has a number for up to eight lanes and a text for more', () => {
  for (let count = 0; count <= 8; count++) {
    const lanes = new Array<Lane>(count).fill({ dtype: dtypes.at(-1)!, source: 'result' });
    expect(variantOf(lanes, dtypes.at(-1)!, 'strided', true)).toBeTypeOf('number');
  }
  expect(variantOf(floats(9), float32, 'flat', false)).toBeTypeOf('string');
});

it('has a key of its own for every lane, its place, how many there are, the result and the form', () => {
  const keys: (number | string)[] = [];
  for (const count of [1, 2, 7, 8, 9, 12]) {
    for (let place = 0; place < count; place++) {
      // A place that holds what the others do would be met again.
      for (const dtype of dtypes.filter((each) => each !== float32)) {
        for (const source of sources) {
          const lanes = floats(count);
          lanes[place] = { dtype, source };
          for (const out of [bool, float32, int32]) {
            for (const form of forms) keys.push(variantOf(lanes, out, form, false), variantOf(lanes, out, form, true));
          }
        }
      }
    }
  }
  // All of whose digits are 0, so that nothing but the count tells them apart.
  for (const count of [0, 2, 3, 8, 9]) keys.push(variantOf(arrays(...new Array<DType>(count).fill(bool)), bool, 'flat', false));
  expect(new Set(keys).size).toBe(keys.length);
});
