import { describe, expect, it } from 'vitest';
import { float64 } from '../../src/core/dtype.ts';
import type { Dialect } from '../../src/ops/indexing.ts';
import { index } from '../../src/ops/indexing.ts';
import { layoutKinds, relaid } from '../backend/arrays.ts';
import type { Failure, Part, Spelling } from './support.ts';
import {
  argumentsOf, backward, counted, describeIndex, failureOf, gradientName, load, numbers, requiringGrad,
} from './support.ts';

interface ReadCase {
  readonly shape: readonly number[];
  readonly index: readonly Part[];
  readonly error?: Failure;
  readonly result?: {
    readonly shape: readonly number[];
    readonly values: readonly number[];
    readonly view: boolean | null;
    readonly name?: string;
    readonly gradient?: readonly number[];
  };
}

const spellings: readonly Spelling[] = ['values', 'strings', 'one string'];

for (const dialect of ['numpy', 'torch'] satisfies Dialect[]) {
  describe(`reading as ${dialect}`, () => {
    const cases = load<ReadCase>(`${dialect}-read`);

    it.each(cases.map((each) => [`${JSON.stringify(each.shape)} at ${describeIndex(each.index)}`, each] as const))(
      '%s', (_, { shape, index: parts, error, result }) => {
        for (const spelling of spellings) {
          const x = counted(shape);
          const items = argumentsOf(parts, spelling);
          if (error) {
            expect(failureOf(() => index(x, items, dialect))).toEqual(error);
            continue;
          }
          const got = index(x, items, dialect);
          expect(got.geometry.shape).toEqual(result!.shape);
          expect(numbers(got)).toEqual(result!.values);
          if (result!.view !== null) expect(got.storage === x.storage).toBe(result!.view);
        }
      });

    it('reads the same from every layout', () => {
      for (const { shape, index: parts, result } of cases) {
        if (!result) continue;
        for (const kind of layoutKinds) {
          // A broadcast array repeats its first row: other values.
          if (kind === 'broadcast') continue;
          const got = index(relaid(counted(shape), kind), argumentsOf(parts, 'values'), dialect);
          expect(numbers(got), `${kind} ${JSON.stringify(shape)} at ${describeIndex(parts)}`).toEqual(result.values);
        }
      }
    });
  });
}

describe('gradients of reading', () => {
  it('are named and placed as PyTorch does', () => {
    for (const { shape, index: parts, result } of load<ReadCase>('torch-read')) {
      if (!result) continue;
      const x = requiringGrad(counted(shape, float64));
      const y = index(x, argumentsOf(parts, 'values'), 'torch');
      const label = `${JSON.stringify(shape)} at ${describeIndex(parts)}`;
      expect(gradientName(y), label).toBe(result.name);
      const [gradient] = backward(y, [x]);
      expect(gradient!.geometry.shape, label).toEqual(shape);
      expect(numbers(gradient!), label).toEqual(result.gradient);
    }
  });
});
