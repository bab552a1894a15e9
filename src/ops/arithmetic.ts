import type { Operand } from '../backend/backend.ts';
import type { Scalar } from '../core/complex.ts';
import { isInexact } from '../core/dtype.ts';
import { broadcastShapes } from '../core/layout.ts';
import { StridedArray } from '../core/strided.ts';
import { zerosLike } from './creation.ts';
import { onOneDevice, runPointwise } from './dispatch.ts';
import { conj, div, floorDivide, fmod, mul, reciprocal, square, sub, truncate } from './pointwise/arithmetic.ts';
import { pow, sqrt } from './pointwise/elementary.ts';
import { inexact, numeric } from './pointwise/row.ts';
import type { Binary } from './pointwise/row.ts';
import { likeFirst, structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Arithmetic of single elements in several steps, recorded as one op. */

/** The exponents that have a shorter and more exact way. */
const shortPowers: ReadonlyMap<number, (x: StridedArray) => StridedArray> = new Map([
  [0.5, (x) => sqrt(x)],
  [-0.5, (x) => reciprocal(sqrt(x))],
  [1, (x) => x],
  [2, (x) => square(x)],
  [3, (x) => mul(square(x), x)],
  [-1, (x) => reciprocal(x)],
  [-2, (x) => reciprocal(square(x))],
]);

export function hasShortPower(exponent: number): boolean {
  return shortPowers.has(exponent);
}

const powerOp = structural({
  name: 'power', args: ['x'], dtypes: inexact,
  results: (operands: readonly [StridedArray], _: { readonly exponent: number }) => likeFirst(operands),
  composite: ([x], { exponent }) => [shortPowers.get(exponent)!(x)],
  saves: ['x'],
  vjp: { x: (g, { x }, { exponent }) => mul(g, conj(mul(power(x, exponent - 1), exponent))) },
  gradName: 'PowBackward0',
});

/** Floating elements to the power of a number: ±0.5, ±1, ±2 and 3 by roots and products. */
export function power<A extends StridedArray>(x: A, exponent: number): A {
  return hasShortPower(exponent) ? run(powerOp, [x], { exponent })[0] : pow(x, exponent);
}

export type Rounding = 'trunc' | 'floor';

interface QuotientParams {
  readonly rounding: Rounding;
  /** What stands for an operand that is null. */
  readonly numbers: readonly (Scalar | null)[];
}

type Quotient = readonly [StridedArray | null, StridedArray | null];

const call = (op: Binary, x: Operand, y: Operand): StridedArray => runPointwise(op.op, [x, y]);

const quotientOp = structural({
  name: 'roundedQuotient', args: ['x', 'y'], optional: ['x', 'y'], dtypes: numeric,
  results: (operands: Quotient, _: QuotientParams) => {
    const arrays = operands.filter((operand) => operand !== null);
    return [{ shape: broadcastShapes(arrays.map(({ geometry }) => geometry.shape)), dtype: arrays[0].dtypeCore }];
  },
  composite: (operands, { rounding, numbers }) => {
    const [x, y] = operands.map((operand, i) => operand ?? numbers[i]!);
    if (rounding === 'floor') return [call(floorDivide, x, y)];
    if (isInexact((operands[0] ?? operands[1]!).dtypeCore)) {
      const quotient = call(div, x, y);
      return [truncate(quotient, quotient)];
    }
    // Exact for integers of any size: without its remainder the dividend is a multiple of the divisor.
    return [call(floorDivide, call(sub, x, call(fmod, x, y)), y)];
  },
  // A step function.
  vjp: { x: (g) => zerosLike(g), y: (g) => zerosLike(g) },
  gradName: 'DivBackward2',
});

/** The quotient rounded towards zero or down; its gradient is 0. */
export function roundedQuotient<A extends StridedArray>(x: A | Operand, y: A | Operand, rounding: Rounding): A {
  const operands = onOneDevice('div', [x, y]);
  const arrays = operands.map((operand) => (operand instanceof StridedArray ? operand as A : null));
  const numbers = operands.map((operand) => (operand instanceof StridedArray ? null : operand));
  return run(quotientOp, arrays, { rounding, numbers })[0];
}
