import { describe, expect, it } from 'vitest';
import { float64 } from '../../src/core/dtype.ts';
import type { Dialect } from '../../src/ops/indexing.ts';
import { assign } from '../../src/ops/indexing.ts';
import { clone } from '../../src/ops/movement.ts';
import { layoutKinds, relaid } from '../backend/arrays.ts';
import type { Failure, Part } from './support.ts';
import {
  argumentsOf, backward, counted, describeIndex, failureOf, gradientName, load, numbers, requiringGrad,
} from './support.ts';

interface WriteCase {
  readonly shape: readonly number[];
  readonly index: readonly Part[];
  /** A number, or the shape of the values 100, 101, ... */
  readonly value: number | readonly number[];
  readonly error?: Failure;
  readonly values?: readonly number[];
  readonly name?: string;
  readonly gradient?: readonly number[];
  readonly valueGradient?: readonly number[];
}

const valueText = (value: WriteCase['value']): string =>
  (typeof value === 'number' ? String(value) : `array of ${JSON.stringify(value)}`);
const title = ({ shape, index, value }: WriteCase): string =>
  `${JSON.stringify(shape)} at ${describeIndex(index)} = ${valueText(value)}`;

for (const dialect of ['numpy', 'torch'] satisfies Dialect[]) {
  describe(`writing as ${dialect}`, () => {
    const dtype = dialect === 'torch' ? float64 : undefined;
    const cases = load<WriteCase>(`${dialect}-write`);
    const valueOf = (value: WriteCase['value']) => (typeof value === 'number' ? value : counted(value, dtype, 100));

    it.each(cases.map((each) => [title(each), each] as const))(
      '%s', (_, { shape, index: parts, value, error, values }) => {
        const x = counted(shape, dtype);
        const write = (): void => assign(x, argumentsOf(parts, 'values'), valueOf(value), dialect);
        if (error) {
          expect(failureOf(write)).toEqual(error);
          expect(numbers(x)).toEqual(numbers(counted(shape)));
        } else {
          write();
          expect(numbers(x)).toEqual(values);
        }
      });

    it('writes the same into every layout', () => {
      for (const each of cases) {
        const { shape, index: parts, value, values } = each;
        if (!values) continue;
        for (const kind of layoutKinds) {
          if (kind === 'broadcast') continue;
          const x = relaid(counted(shape, dtype), kind);
          const given = valueOf(value);
          assign(x, argumentsOf(parts, 'values'), typeof given === 'number' ? given : relaid(given, kind), dialect);
          expect(numbers(x), `${kind} ${title(each)}`).toEqual(values);
        }
      }
    });
  });
}

describe('gradients of writing', () => {
  it('reach the old values and the new ones as PyTorch\'s do', () => {
    for (const each of load<WriteCase>('torch-write')) {
      if (each.error) continue;
      const x = requiringGrad(counted(each.shape, float64));
      const value = typeof each.value === 'number' ? each.value : requiringGrad(counted(each.value, float64, 100));
      const y = clone(x);
      assign(y, argumentsOf(each.index, 'values'), value, 'torch');
      const label = title(each);
      // PyTorch fills by 64-bit indices alone, and puts by narrower ones.
      const narrow = each.index.some((part) => JSON.stringify(part).includes('int32'));
      if (!narrow) expect(gradientName(y), label).toBe(each.name);
      const [gradient, valueGradient] = backward(y, typeof value === 'number' ? [x] : [x, value]);
      expect(numbers(gradient!), label).toEqual(each.gradient);
      if (!each.valueGradient) continue;
      // No gradient at all is one of zeros.
      const expected = valueGradient ? numbers(valueGradient) : each.valueGradient.map(() => 0);
      expect(expected, label).toEqual(each.valueGradient);
    }
  });
});
