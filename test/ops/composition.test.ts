import { describe, expect, it } from 'vitest';
import { runBackward } from '../../src/autograd/backward.ts';
import { newState } from '../../src/autograd/node.ts';
import type { Backend, Operand } from '../../src/backend/backend.ts';
import { backendOf } from '../../src/backend/select.ts';
import { cpu } from '../../src/core/device.ts';
import type { DType } from '../../src/core/dtype.ts';
import { bfloat16, float16, float32, float64, isHalf } from '../../src/core/dtype.ts';
import { writeElement } from '../../src/core/scalar.ts';
import { StridedArray } from '../../src/core/strided.ts';
import '../../src/ops/algebra.ts';
import { fromTyped } from '../../src/ops/creation.ts';
import { runPointwise } from '../../src/ops/dispatch.ts';
import { composed } from '../../src/ops/pointwise/composition.ts';
import '../../src/ops/pointwise/index.ts';
import type { PointwiseOp } from '../../src/ops/pointwise/op.ts';
import { pointwiseOps } from '../../src/ops/pointwise/row.ts';
import { valuesOf } from '../backend/arrays.ts';
import { componentValue } from '../ulps.ts';
import { served } from './fused.ts';
import { inputsOf } from './gradientInputs.ts';

/** Rows that give slopes: their kernels against the ops of which the same expressions are put together, to the bit. */

const special = [
  0, -0, 1, -1, 0.5, -0.5, 2.5, -2.5, 3, -3, 6, -6.5, 19.5, 20, -20, 21, 50, -90, 110, Infinity, -Infinity, NaN,
  ...[-130, -24, -10, 100].flatMap((power) => [2 ** power, -(2 ** power)]),
];
const types: readonly DType[] = [float16, bfloat16, float32, float64];
const sloped = pointwiseOps().filter(({ slopes }) => slopes.some((slope) => slope !== null));
/** Where an op has a kernel of its own to be compared. */
const hasKernel = (op: PointwiseOp, dtype: DType): boolean => op.supports(dtype) && op.compiled.includes(isHalf(dtype) ? float32 : dtype);

function arrayOf(values: readonly number[], dtype: DType): StridedArray {
  const data = new dtype.array(values.length);
  values.forEach((value, i) => writeElement(data, i, dtype, value));
  return fromTyped(StridedArray, data, [values.length], dtype, cpu);
}

/** Every special value of the operand numbered `k` meets another one of each of the others, and in time many of them. */
const operand = (k: number, dtype: DType): StridedArray => arrayOf(
  Array.from({ length: special.length ** 2 }, (_, i) => special[(i + k * Math.floor(i / special.length) + 5 * k) % special.length]), dtype);

function numbersOf(array: StridedArray): number[] {
  const values = valuesOf(array);
  return Array.from({ length: values.length }, (_, i) => componentValue(values[i], array.dtypeCore));
}

function expectAlike(op: PointwiseOp, operands: readonly Operand[]): void {
  const [kernel, composite] = [runPointwise(op, operands), composed(op, operands)];
  expect(composite.dtypeCore).toBe(kernel.dtypeCore);
  expect(composite.geometry.shape).toEqual(kernel.geometry.shape);
  expect(numbersOf(composite)).toEqual(numbersOf(kernel));
}

it('finds the rows that give slopes', () => {
  expect(sloped.length).toBeGreaterThan(15);
  expect(sloped.filter((op) => hasKernel(op, float32)).length).toBeGreaterThan(7);
});

describe.each(sloped.filter((op) => hasKernel(op, float32)).map((op) => [op.name, op] as const))('%s', (_, op) => {
  const kernels = [op, ...op.slopes.filter((slope) => slope !== null)];

  it.each(types.filter((dtype) => hasKernel(op, dtype)).map((dtype) => [dtype.name, dtype] as const))('%s', (__, dtype) => {
    for (const kernel of kernels) {
      const operands = kernel.args.map((___, k) => operand(k, dtype));
      expectAlike(kernel, operands);
      // Parameters are numbers nearly always.
      for (const value of [0, -0.5, 1.7, 20]) {
        expectAlike(kernel, operands.map((each, k) => (op.args.includes(kernel.args[k]) && k > 1 ? value : each)));
      }
    }
  });

  it('is one kernel forward and one for each gradient, unless that is recorded', () => {
    const calls: string[] = [];
    const backend = backendOf(cpu);
    const counting = Object.assign(Object.create(backend) as Backend, {
      pointwise: (...args: Parameters<Backend['pointwise']>): ReturnType<Backend['pointwise']> => {
        calls.push(args[0].name);
        return backend.pointwise(...args);
      },
    });
    const inputs = inputsOf(op).map(({ values, differentiable }) => {
      const array = arrayOf(values, float32);
      if (differentiable !== false) array.state = newState(true);
      return array;
    });
    const gradients = (createGraph: boolean): (StridedArray | null)[] => {
      const out = runPointwise(op, inputs);
      const wanted = inputs.filter(({ state }) => state !== null);
      const seed = arrayOf([1, -2, 0.5, 3, 1], float32);
      if (createGraph) seed.state = newState(true);
      return runBackward([out], [seed], { retainGraph: createGraph, createGraph, inputs: wanted });
    };
    const plain = served(cpu, counting, () => gradients(false));
    expect(calls).toEqual(kernels.map(({ name }) => name));
    const recorded = gradients(true);
    expect(recorded.map((each) => each!.state !== null)).toEqual(recorded.map(() => true));
    expect(recorded.map((each) => numbersOf(each!))).toEqual(plain.map((each) => numbersOf(each!)));
  });
});
