import { Complex } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { isInteger } from '../../core/dtype.ts';
import { stridedLayout } from '../../core/layout.ts';
import type { StridedArray } from '../../core/strided.ts';
import type { ArgReduction, Reduction, Scan } from '../families.ts';
import type { Value } from './elements.ts';
import { hasNan, isTrue, linesOf, positionsOf, readValue, rounding, wrapping, writeValue } from './elements.ts';
import { compareValues } from './order.ts';

type Fold = (sofar: Value, value: Value) => Value;

const add: Fold = (a, b) => {
  if (a instanceof Complex && b instanceof Complex) return new Complex(a.re + b.re, a.im + b.im);
  if (typeof a === 'boolean') return a || isTrue(b);
  return typeof a === 'bigint' ? a + (b as bigint) : (a as number) + (b as number);
};

const multiply: Fold = (a, b) => {
  if (a instanceof Complex && b instanceof Complex) {
    return new Complex(a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re);
  }
  if (typeof a === 'boolean') return a && isTrue(b);
  return typeof a === 'bigint' ? a * (b as bigint) : (a as number) * (b as number);
};

/** The first NaN stays; of equal values the first does. */
const extreme = (direction: 1 | -1): Fold => (a, b) => {
  if (hasNan(a)) return a;
  return hasNan(b) || compareValues(b, a) * direction > 0 ? b : a;
};

export const folds = { sum: add, prod: multiply, min: extreme(-1), max: extreme(1) } as const;

function constant(dtype: DType, value: 0 | 1): Value {
  if (dtype.kind === 'bool') return value === 1;
  if (isInteger(dtype)) return BigInt(value);
  return dtype.kind === 'complex' ? new Complex(value, 0) : value;
}

export function reduce(reduction: Reduction, input: StridedArray, axes: readonly number[], out: StridedArray): void {
  const { geometry: layout, dtypeCore: dtype } = input;
  const part = (reduced: boolean, offset: number): number[] => {
    const pick = (values: readonly number[]): number[] => values.filter((_, axis) => axes.includes(axis) === reduced);
    return positionsOf(stridedLayout(pick(layout.shape), pick(layout.strides), offset));
  };
  const within = part(true, 0);
  const starts = part(false, layout.offset);
  positionsOf(out.geometry).forEach((position, i) => {
    const values = within.map((offset) => readValue(input, starts[i] + offset));
    let result: Value;
    switch (reduction) {
      case 'any': result = values.some(isTrue); break;
      case 'all': result = values.every(isTrue); break;
      case 'sum': result = values.reduce(add, constant(dtype, 0)); break;
      case 'prod': result = values.reduce(multiply, constant(dtype, 1)); break;
      default: result = values.reduce(folds[reduction]);
    }
    writeValue(out, position, result);
  });
}

export function argReduce(reduction: ArgReduction, input: StridedArray, axis: number, out: StridedArray): void {
  const lines = linesOf(input.geometry, axis);
  const better = folds[reduction === 'argmin' ? 'min' : 'max'];
  positionsOf(out.geometry).forEach((position, i) => {
    const values = lines[i].map((at) => readValue(input, at));
    let best = 0;
    values.forEach((value, k) => {
      if (k > 0 && better(values[best], value) !== values[best] && !hasNan(values[best])) best = k;
    });
    writeValue(out, position, BigInt(best));
  });
}

const scanFolds: Readonly<Record<Scan, Fold>> = { cumsum: add, cumprod: multiply, cummax: folds.max,
  cummin: folds.min };

/** Each step is rounded to the dtype; half floats run in float32. */
export function scan(kind: Scan, input: StridedArray, axis: number, out: StridedArray): void {
  const keep = keeping(input.dtypeCore);
  const targets = linesOf(out.geometry, axis);
  linesOf(input.geometry, axis).forEach((line, i) => {
    let sofar: Value | undefined;
    line.forEach((position, k) => {
      const value = readValue(input, position);
      sofar = sofar === undefined ? value : keep(scanFolds[kind](sofar, value));
      writeValue(out, targets[i][k], sofar);
    });
  });
}

function keeping(dtype: DType): (value: Value) => Value {
  const double = dtype.itemsize / dtype.components === 8;
  const round = double ? (value: number): number => value : Math.fround;
  const wrap = wrapping(dtype);
  return (value) => {
    if (value instanceof Complex) return new Complex(round(value.re), round(value.im));
    return typeof value === 'bigint' ? wrap(value) : typeof value === 'number' ? round(value) : value;
  };
}

/** Sums in float64, or exactly, rounded once. */
export function matmul(a: StridedArray, b: StridedArray, out: StridedArray): void {
  const { shape } = out.geometry;
  const batch = shape.slice(0, -2);
  const [m, n] = shape.slice(-2);
  const k = a.geometry.shape[a.geometry.shape.length - 1];
  const starts = [a, b, out].map((array) => matrixStarts(array, batch));
  const at = (array: StridedArray, start: number, row: number, column: number): number => {
    const [rowStride, columnStride] = array.geometry.strides.slice(-2);
    return start + row * rowStride + column * columnStride;
  };
  const round = rounding(out.dtypeCore);
  starts[2].forEach((start, i) => {
    for (let row = 0; row < m; row++) {
      for (let column = 0; column < n; column++) {
        let sum = constant(out.dtypeCore, 0);
        for (let inner = 0; inner < k; inner++) {
          sum = add(sum, multiply(
            readValue(a, at(a, starts[0][i], row, inner)), readValue(b, at(b, starts[1][i], inner, column))));
        }
        writeValue(out, at(out, start, row, column), typeof sum === 'number' ? round(sum) : sum);
      }
    }
  });
}

/** Where the matrices of the batch start, repeated as broadcasting repeats them. */
function matrixStarts({ geometry: layout }: StridedArray, batch: readonly number[]): number[] {
  const lead = batch.length - (layout.shape.length - 2);
  const strides = batch.map((extent, axis) =>
    (axis < lead || (layout.shape[axis - lead] === 1 && extent !== 1) ? 0 : layout.strides[axis - lead]));
  return positionsOf(stridedLayout(batch, strides, layout.offset));
}
