import { bool } from '../../src/core/dtype.ts';
import '../../src/ops/pointwise/index.ts';
import type { PointwiseOp } from '../../src/ops/pointwise/op.ts';
import { pointwiseOps } from '../../src/ops/pointwise/row.ts';
import type { Input } from './numericGradient.ts';

/** Where the gradients of pointwise ops are tried. */

/** Where an op is smooth; ops that are not named take any numbers that are neither small nor equal. */
const ranges: Readonly<Record<string, readonly [number, number]>> = {
  sqrt: [0.3, 3], log: [0.3, 3], log2: [0.3, 3], log10: [0.3, 3], log1p: [-0.5, 3], asin: [-0.8, 0.8], acos: [-0.8, 0.8],
  atanh: [-0.8, 0.8], acosh: [1.3, 3], pow: [0.4, 2.5], cbrt: [0.3, 3], tan: [-1, 1], lerp: [0.1, 0.9], fmod: [1.1, 2.9],
  remainder: [1.1, 2.9], hypot: [0.4, 2], atan2: [0.4, 2], reciprocal: [0.5, 2], div: [0.5, 2], addcdiv: [0.5, 2],
  clamp: [-2, 2], rsqrt: [0.3, 3], erfinv: [-0.8, 0.8], ndtri: [0.1, 0.9],
};

/** Numbers spread over a range, the same every time, none of them at the corners where ops are not smooth. */
export function numbers(count: number, [low, high]: readonly [number, number], salt: number): number[] {
  return Array.from({ length: count }, (_, i) => low + (high - low) * (0.5 + 0.5 * Math.sin(2.399 * i + 1.3 * salt + 0.7)));
}

function operand(name: string, position: number, size: number, condition: boolean): Input {
  if (condition) {
    const values = Array.from({ length: size }, (_, i) => (i + position) % 2);
    return { shape: [size], values, dtype: bool, differentiable: false };
  }
  return { shape: [size], values: numbers(size, ranges[name] ?? [-2.2, 2.3], position) };
}

export const differentiable: readonly PointwiseOp[] = pointwiseOps().filter((op) => op.differentiable);

/** Five elements for each operand. */
export function inputsOf(op: PointwiseOp): Input[] {
  return op.args.map((arg, k) => {
    const input = operand(op.name, k, 5, op.conditions.includes(arg));
    return op.rules[k] === null ? { ...input, differentiable: false } : input;
  });
}

/** The same, the first as a column, the last as one element. */
export function broadcastInputs(op: PointwiseOp): Input[] {
  const last = op.args.length - 1;
  return inputsOf(op).map((input, k) => (k === last
    ? { ...input, shape: [1, 1], values: input.values.slice(0, 1) } : k === 0 ? { ...input, shape: [5, 1] } : { ...input, shape: [5] }));
}
