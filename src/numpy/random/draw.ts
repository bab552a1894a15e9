import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import { float64, int32 } from '../../core/dtype.ts';
import { OverflowError, ValueError, mismatchError, tupleText } from '../../core/errors.ts';
import { broadcastPair, checkShape, sameShape, sizeOf } from '../../core/layout.ts';
import { empty, fromTyped } from '../../ops/creation.ts';
import { broadcastTo } from '../../ops/movement.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { AnySignature } from '../arguments/routine.ts';
import { cythonSignature } from '../arguments/routine.ts';

/** How numbers drawn from a stream become results: a number where no size is given, else an array. */

/** A result's shape: the extents, or one number for one axis. */
export type Size = number | readonly number[];

type Named<Names extends string, Value, SizeType> = { readonly [Name in Names]?: Value } & { readonly size?: SizeType };

/** A distribution without parameters. */
export interface Sampler {
  (size?: null): number;
  (options: { readonly size?: null }): number;
  (size: Size): ndarray;
  (options: { readonly size: Size }): ndarray;
  (size?: Size | null | { readonly size?: Size | null }): number | ndarray;
}

/** A distribution of one parameter A; Numbers and Arrays are that parameter under its name. */
export interface Sampler1<
  A extends string, Numbers extends readonly unknown[] = [a?: number], Arrays extends readonly unknown[] = [a: ArrayLike | undefined],
> {
  (...args: [...Numbers, size?: null]): number;
  (options: Named<A, number, null>): number;
  (...args: [...Arrays, size: Size]): ndarray;
  (options: Named<A, ArrayLike, Size> & { readonly size: Size }): ndarray;
  (...args: [...Arrays, options: { readonly size: Size }]): ndarray;
  (a?: ArrayLike | Named<A, ArrayLike, Size | null>, size?: Size | null | { readonly size?: Size | null }): number | ndarray;
}

/** A distribution of two parameters A and B; Numbers and Arrays are those under their names. */
export interface Sampler2<
  A extends string, B extends string, Numbers extends readonly unknown[] = [a?: number, b?: number],
  Arrays extends readonly unknown[] = [a: ArrayLike | undefined, b: ArrayLike | undefined],
> {
  (...args: [...Numbers, size?: null]): number;
  (options: Named<A | B, number, null>): number;
  (...args: [...Arrays, size: Size]): ndarray;
  (options: Named<A | B, ArrayLike, Size> & { readonly size: Size }): ndarray;
  (...args: [...Arrays, options: { readonly size: Size }]): ndarray;
  (a: ArrayLike, options: Named<B, ArrayLike, Size> & { readonly size: Size }): ndarray;
  (
    a?: ArrayLike | Named<A | B, ArrayLike, Size | null>, b?: ArrayLike | Named<B, ArrayLike, Size | null>,
    size?: Size | null | { readonly size?: Size | null },
  ): number | ndarray;
}

export type Uniform = Sampler2<'low', 'high', [low?: number, high?: number], [low: ArrayLike | undefined, high: ArrayLike | undefined]>;
export type Normal = Sampler2<'loc', 'scale', [loc?: number, scale?: number], [loc: ArrayLike | undefined, scale: ArrayLike | undefined]>;
export type Exponential = Sampler1<'scale', [scale?: number], [scale: ArrayLike | undefined]>;

/** The extents of a size, checked before anything is drawn or allocated; results have that dtype. */
export function shapeFrom(size: Size, dtype?: DType): readonly number[] {
  const shape = typeof size === 'number' ? [size] : [...size];
  checkShape(shape, dtype);
  return shape;
}

/** A fresh array, its memory filled by `fill`. */
export function fillFresh<T>(shape: readonly number[], dtype: DType, fill: (out: T) => void): ndarray {
  const out = empty(ndarray, shape, dtype, cpu);
  fill(out.data as T);
  return out;
}

/** Numbers of a distribution without parameters. */
export function drawStandard(size: Size | null | undefined, fill: (out: Float64Array) => void): number | ndarray {
  if (size === undefined || size === null) {
    const one = new Float64Array(1);
    fill(one);
    return one[0];
  }
  return fillFresh<Float64Array>(shapeFrom(size, float64), float64, fill);
}

/** A distribution that is a function of its parameters and of numbers from a standard one. */
export interface Family {
  /** Its parameters, which are numbers or arrays of them, and the size. */
  readonly declared: AnySignature;
  /** Fills with parameters that are the same for every number; refuses them where they are no good. */
  readonly fill: (values: readonly number[], out: Float64Array) => void;
  /** Refuses parameters, each an array of one number per result. */
  readonly check: (values: readonly Float64Array[]) => void;
  /** Fills from the standard distribution. */
  readonly standard: (out: Float64Array) => void;
  readonly transform: (values: readonly number[], standard: number) => number;
}

function parameterOf(value: unknown): number | ndarray {
  if (typeof value === 'number') return value;
  if (value === null) throw new TypeError('must be real number, not NoneType');
  const array = asArray(value as ArrayLike, float64);
  return array.ndim === 0 ? array.item() as number : array;
}

/** The common shape of parameters, with the error that NumPy's iterators raise where there is none. */
function commonShape(shapes: readonly (readonly number[])[]): readonly number[] {
  let common: readonly number[] = [];
  shapes.forEach((shape, i) => {
    const next = broadcastPair(common, shape);
    if (next === null) {
      const first = shapes.findIndex((other) => broadcastPair(other, shape) === null);
      throw mismatchError(first, shapes[first], i, shape);
    }
    common = next;
  });
  return common;
}

/**
 * The shape of results for parameters of the given shapes, which a size may only repeat. NumPy counts the size as the first
 * of the shapes or as the last, which shows in its message.
 */
export function resultShape(
  shapes: readonly (readonly number[])[], size: Size | null | undefined, sizeLast = false,
): readonly number[] {
  if (size === undefined || size === null) return commonShape(shapes);
  const shape = shapeFrom(size, float64);
  const common = commonShape(sizeLast ? [...shapes, shape] : [shape, ...shapes]);
  if (!sameShape(common, shape)) {
    throw new ValueError(
      `Output size ${tupleText(shape)} is not compatible with broadcast dimensions of inputs ${tupleText(common)}.`);
  }
  return shape;
}

/** Numbers of a distribution with parameters, given as Python gives them. */
export function drawFamily(family: Family, args: readonly unknown[]): number | ndarray {
  const { declared } = family;
  const given = declared.list(args);
  const size = given.pop() as Size | undefined;
  const values = given.map((value, i) => (value === undefined ? declared.parameters[i].byDefault as number : parameterOf(value)));
  if (values.every((value) => typeof value === 'number')) return drawStandard(size, (out) => family.fill(values, out));
  const shape = resultShape(values.map((value) => (typeof value === 'number' ? [] : value.shape)), size);
  const columns = values.map((value) => (typeof value === 'number'
    ? new Float64Array(sizeOf(shape)).fill(value)
    : broadcastTo<ndarray>(value, shape).toTypedArray() as Float64Array));
  family.check(columns);
  return fillFresh<Float64Array>(shape, float64, (out) => {
    family.standard(out);
    for (let i = 0; i < out.length; i++) out[i] = family.transform(columns.map((column) => column[i]), out[i]);
  });
}

const nonNegative = (name: string, values: Float64Array): void => {
  if (values.some((value) => value < 0 || Object.is(value, -0))) throw new ValueError(`${name} < 0`);
};

/** What a stream offers to the families below. */
export interface Stream {
  uniform(low: number, high: number, out: Float64Array): void;
  normal(loc: number, scale: number, out: Float64Array): void;
  exponential(scale: number, out: Float64Array): void;
  standardNormal(out: Float64Array): void;
  standardExponential(out: Float64Array): void;
}

type Families<T> = Readonly<Record<'uniform' | 'normal' | 'exponential', T>>;

/** The signatures of a class of generators. */
export const signaturesOf = (owner: string): Families<AnySignature> => ({
  uniform: cythonSignature(`random.${owner}.uniform`, 'low: array_like=0.0, high: array_like=1.0, size=None'),
  normal: cythonSignature(`random.${owner}.normal`, 'loc: array_like=0.0, scale: array_like=1.0, size=None'),
  exponential: cythonSignature(`random.${owner}.exponential`, 'scale: array_like=1.0, size=None'),
});

/** uniform, normal and exponential over a stream; `ordered` where bounds in the wrong order are an error. */
export function familiesOf(stream: Stream, declared: Families<AnySignature>, ordered: boolean): Families<Family> {
  return {
    uniform: {
      declared: declared.uniform,
      fill: ([low, high], out) => stream.uniform(low, high, out),
      check: ([low, high]) => {
        const range = high.map((value, i) => value - low[i]);
        if (!range.every(Number.isFinite)) throw new OverflowError('Range exceeds valid bounds');
        if (ordered) nonNegative('high - low', range);
      },
      standard: (out) => stream.uniform(0, 1, out),
      transform: ([low, high], unit) => low + (high - low) * unit,
    },
    normal: {
      declared: declared.normal,
      fill: ([loc, scale], out) => stream.normal(loc, scale, out),
      check: ([, scale]) => nonNegative('scale', scale),
      standard: (out) => stream.standardNormal(out),
      transform: ([loc, scale], unit) => loc + scale * unit,
    },
    exponential: {
      declared: declared.exponential,
      fill: ([scale], out) => stream.exponential(scale, out),
      check: ([scale]) => nonNegative('scale', scale),
      standard: (out) => stream.standardExponential(out),
      transform: ([scale], unit) => scale * unit,
    },
  };
}

/** Positions as an array. */
export function indexArray(order: Int32Array, shape: readonly number[] = [order.length]): ndarray {
  return fromTyped(ndarray, order, shape, int32, cpu);
}
