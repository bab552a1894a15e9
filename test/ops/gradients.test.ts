import { describe, expect, it } from 'vitest';
import { bool, complex128, float64 } from '../../src/core/dtype.ts';
import { runPointwise } from '../../src/ops/dispatch.ts';
import { covers } from '../covering.ts';
import { broadcastInputs, differentiable, inputsOf, numbers } from './gradientInputs.ts';
import type { Input } from './numericGradient.ts';
import { gradientFailures } from './numericGradient.ts';

/** Every differentiable op of the registry, in float64 and where it has one in complex128, to second order. */

it('finds the differentiable ops', () => {
  expect(differentiable.length).toBeGreaterThan(40);
});

describe.each(differentiable.map((op) => [op.name, op] as const))('%s', (name, op) => {
  const inputs = inputsOf(op);

  it('float64', () => {
    covers(name, ['float64'], 'gradient');
    expect(gradientFailures((...arrays) => runPointwise(op, arrays), inputs)).toEqual([]);
  });

  if (op.args.length > 1) it('broadcast operands', () => {
    expect(gradientFailures((...arrays) => runPointwise(op, arrays), broadcastInputs(op), false)).toEqual([]);
  });

  if (op.supports(complex128) && op.supports(float64)) it('complex128', () => {
    covers(name, ['complex128'], 'gradient');
    const complex = inputs.map((input, k): Input => (input.dtype === bool ? input
      : { ...input, dtype: complex128, values: numbers(10, [0.4, 1.6], k + 5) }));
    expect(gradientFailures((...arrays) => runPointwise(op, arrays), complex)).toEqual([]);
  });
});
