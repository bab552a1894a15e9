import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import { float64, int32 } from '../../core/dtype.ts';
import { ValueError, mismatchError, tupleText } from '../../core/errors.ts';
import { broadcastPair, checkShape, sameShape } from '../../core/layout.ts';
import { empty, fromTyped } from '../../ops/creation.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';

/** How numbers drawn from a stream become results: a number where no size is given, else an array. */

/** A result's shape: the extents, or one number for one axis. */
export type Size = number | readonly number[];

/** Parameters under their names; those that are needed must be there. */
type Named<Names extends string, Value, SizeType, Needed extends string> =
  & { readonly [Name in Exclude<Names, Needed>]?: Value } & { readonly [Name in Extract<Names, Needed>]: Value }
  & { readonly size?: SizeType };

/** Arguments of which the first must be there if any parameter must. */
type AtLeast<Needed, Args extends readonly unknown[]> =
  [Needed] extends [never] ? Args : Args extends readonly [(infer First)?, ...infer Rest] ? [a: First, ...Rest] : never;

/** A distribution without parameters. */
export interface Sampler {
  (size?: null): number;
  (options: { readonly size?: null }): number;
  (size: Size): ndarray;
  (options: { readonly size: Size }): ndarray;
  (size?: Size | null | { readonly size?: Size | null }): number | ndarray;
}

/** A distribution of one parameter A; Numbers and Arrays are that parameter under its name, and Needed names it where it must be given. */
export interface Sampler1<
  A extends string, Numbers extends readonly unknown[] = [a?: number], Arrays extends readonly unknown[] = [a: ArrayLike | undefined],
  Needed extends A = never,
> {
  (...args: [...Numbers, size?: null]): number;
  (options: Named<A, number, null, Needed>): number;
  (...args: [...Arrays, size: Size]): ndarray;
  (options: Named<A, ArrayLike, Size, Needed> & { readonly size: Size }): ndarray;
  (...args: [...Arrays, options: { readonly size: Size }]): ndarray;
  (...args: AtLeast<Needed, [
    a?: ArrayLike | Named<A, ArrayLike, Size | null, Needed>, size?: Size | null | { readonly size?: Size | null },
  ]>): number | ndarray;
}

/** A distribution of two parameters A and B; Numbers and Arrays are those under their names, and Needed are those that must be given. */
export interface Sampler2<
  A extends string, B extends string, Numbers extends readonly unknown[] = [a?: number, b?: number],
  Arrays extends readonly unknown[] = [a: ArrayLike | undefined, b: ArrayLike | undefined], Needed extends A | B = never,
> {
  (...args: [...Numbers, size?: null]): number;
  (options: Named<A | B, number, null, Needed>): number;
  (...args: [...Arrays, size: Size]): ndarray;
  (options: Named<A | B, ArrayLike, Size, Needed> & { readonly size: Size }): ndarray;
  (...args: [...Arrays, options: { readonly size: Size }]): ndarray;
  (a: ArrayLike, options: Named<B, ArrayLike, Size, Extract<Needed, B>> & { readonly size: Size }): ndarray;
  (...args: AtLeast<Needed, [
    a?: ArrayLike | Named<A | B, ArrayLike, Size | null, Needed>, b?: ArrayLike | Named<B, ArrayLike, Size | null, Extract<Needed, B>>,
    size?: Size | null | { readonly size?: Size | null },
  ]>): number | ndarray;
}

/** A distribution of three parameters, all of which must be given. */
export interface Sampler3<
  A extends string, B extends string, C extends string, Numbers extends readonly unknown[], Arrays extends readonly unknown[],
> {
  (...args: [...Numbers, size?: null]): number;
  (options: Named<A | B | C, number, null, A | B | C>): number;
  (...args: [...Arrays, size: Size]): ndarray;
  (options: Named<A | B | C, ArrayLike, Size, A | B | C> & { readonly size: Size }): ndarray;
  (...args: [...Arrays, options: { readonly size: Size }]): ndarray;
  (
    a: ArrayLike | Named<A | B | C, ArrayLike, Size | null, A | B | C>, b?: ArrayLike | Named<B | C, ArrayLike, Size | null, B | C>,
    c?: ArrayLike | Named<C, ArrayLike, Size | null, C>, size?: Size | null | { readonly size?: Size | null },
  ): number | ndarray;
}

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

/** Positions as an array. */
export function indexArray(order: Int32Array, shape: readonly number[] = [order.length]): ndarray {
  return fromTyped(ndarray, order, shape, int32, cpu);
}
