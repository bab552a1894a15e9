import type { DType, TypedArray } from '../../../core/dtype.ts';
import * as core from '../../../core/dtype.ts';
import { cpu } from '../../../core/device.ts';
import { fromTyped } from '../../../ops/creation.ts';
import { reshapeTo, squeeze } from '../../../ops/movement.ts';
import { asArray, checkedElement, fromNumbers } from '../../ndarray/conversion.ts';
import type { ArrayLike } from '../../ndarray/ndarray.ts';
import { ndarray } from '../../ndarray/ndarray.ts';
import { Complex, isScalar } from '../../../core/complex.ts';
import type { Tokens } from './tokens.ts';
import { readComplex, readFloat, readInteger } from './numbers.ts';

/** Numbers as they are read, one after the other, of which nobody knows how many there will be. */
export class Column {
  readonly dtype: DType;
  count = 0;
  private readonly whole: boolean;
  private readonly limits: readonly [low: number | bigint, high: number | bigint];
  private values: Float64Array<ArrayBuffer>;
  /** Integers of 64 bits. */
  private wide: BigInt64Array<ArrayBuffer> | BigUint64Array<ArrayBuffer> | null;

  constructor(dtype: DType) {
    this.dtype = dtype;
    this.whole = core.isInteger(dtype) || dtype.kind === 'bool';
    this.limits = dtype.kind === 'bool' ? [-(2n ** 63n), 2n ** 63n - 1n] : core.isInteger(dtype) ? core.integerRange(dtype) : [0, 0];
    const isWide = core.isInteger(dtype) && dtype.itemsize === 8;
    this.values = new Float64Array(isWide ? 0 : 1024);
    this.wide = !isWide ? null : dtype.kind === 'int' ? new BigInt64Array(1024) : new BigUint64Array(1024);
  }

  private room(): void {
    const { wide, values, count } = this;
    const parts = core.isComplex(this.dtype) ? 2 : 1;
    if (wide !== null && count === wide.length) {
      this.wide = wide instanceof BigInt64Array ? new BigInt64Array(2 * count) : new BigUint64Array(2 * count);
      this.wide.set(wide as BigInt64Array<ArrayBuffer>);
    } else if (wide === null && (count + 1) * parts > values.length) {
      this.values = new Float64Array(2 * values.length);
      this.values.set(values);
    }
  }

  private push(value: number | bigint | Complex): void {
    this.room();
    const place = this.count++;
    if (this.wide !== null) {
      this.wide[place] = BigInt(value as number);
    } else if (core.isComplex(this.dtype)) {
      this.values[2 * place] = value instanceof Complex ? value.re : Number(value);
      this.values[2 * place + 1] = value instanceof Complex ? value.im : 0;
    } else {
      this.values[place] = this.dtype.kind === 'bool' ? Number(Number(value) !== 0) : Number(value);
    }
  }

  /** Takes what is between two places of a text; false where that is no number of the dtype. */
  read(text: string, start: number, end: number): boolean {
    const value = this.whole ? readInteger(text, start, end)
      : core.isComplex(this.dtype) ? readComplex(text.slice(start, end), false) : readFloat(text, start, end);
    if (value === undefined) return false;
    if (this.whole && !(value instanceof Complex) && (value < this.limits[0] || value > this.limits[1])) return false;
    this.push(value);
    return true;
  }

  readField(tokens: Tokens, i: number): boolean {
    if (!tokens.isQuoted(i)) return this.read(tokens.text, tokens.starts[i], tokens.ends[i]);
    const field = tokens.field(i);
    return this.read(field, 0, field.length);
  }

  /** Takes a value as an assignment to an element would. */
  take(value: unknown): void {
    const scalar = value instanceof ndarray ? value.item() : value;
    const given = isScalar(scalar) ? checkedElement(scalar, this.dtype) : asArray(value as ArrayLike, this.dtype).item();
    this.push(typeof given === 'boolean' ? Number(given) : given);
  }

  array(shape: readonly number[]): ndarray {
    const { wide, dtype, count } = this;
    if (wide !== null) return fromTyped(ndarray, wide.slice(0, count), shape, dtype, cpu);
    const numbers = this.values.slice(0, count * dtype.components);
    if (core.isFloating(dtype)) return fromNumbers(numbers, dtype, shape);
    const typed = new dtype.array(numbers.length) as Exclude<TypedArray, BigInt64Array | BigUint64Array>;
    typed.set(numbers);
    return fromTyped(ndarray, typed, shape, dtype, cpu);
  }
}

/** Without axes of extent 1 beyond those that are wanted, and with as many as that, columns if it is one line. */
export function shaped(x: ndarray, ndmin: number, unpack: boolean): ndarray {
  let result = x;
  if (result.ndim > ndmin) {
    const single = result.shape.flatMap((extent, axis) => (extent === 1 ? [axis] : []));
    result = squeeze<ndarray>(result, single);
  }
  if (result.ndim < ndmin) result = ndmin === 1 ? reshapeTo(result, [1]) : reshapeTo(result, [result.size, 1]);
  return unpack ? result.T : result;
}
