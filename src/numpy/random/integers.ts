import type { Scalar } from '../../core/complex.ts';
import { Complex, isScalar } from '../../core/complex.ts';
import { int64 } from '../../core/dtype.ts';
import type { DType } from '../../core/dtype.ts';
import { integerRange } from '../../core/dtype.ts';
import { OverflowError, ValueError, notReal, wholePart } from '../../core/errors.ts';
import { checkList, sizeOf } from '../../core/layout.ts';
import { elementAt, elements } from '../../ops/host.ts';
import { broadcastTo } from '../../ops/movement.ts';
import { maskFor } from '../../random/bitSource.ts';
import type { IntegerName, IntegerOutput } from '../../random/boundedIntegers.ts';
import type { ArrayLike, Item } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { dtypeRepr, dtype as dtypeNamed } from '../dtypes/dtype.ts';
import type { AnySignature } from '../arguments/routine.ts';
import type { Size } from './draw.ts';
import { fillFresh, resultShape, shapeFrom } from './draw.ts';

/** Uniform integers between bounds, which may be arrays. */

/** Draws `count` integers of [low, high] into `out` from `start` on. */
export type FillIntegers = (
  low: number | bigint, high: number | bigint, dtype: IntegerName, out: IntegerOutput, start: number, count: number,
) => void;

/** The function that asks: its signature, its stream, and whether the stream rejects by masking. */
export interface IntegersCaller {
  readonly declared: AnySignature;
  readonly fill: FillIntegers;
  readonly masked: boolean;
}

function boundOf(value: ArrayLike): number | bigint | ndarray {
  if (typeof value === 'number' || typeof value === 'bigint') return value;
  const operand: Scalar | ndarray = isScalar(value) ? value : asArray(value);
  const single: Scalar | ndarray = isScalar(operand) ? operand : operand.ndim === 0 ? elementAt(operand, operand.geometry.offset) : operand;
  if (single instanceof Complex || (!isScalar(single) && single.dtypeCore.kind === 'complex')) {
    throw notReal('complex');
  }
  return typeof single === 'boolean' ? Number(single) : single;
}

function truncate(value: Scalar): bigint {
  if (typeof value === 'bigint') return value;
  return BigInt(wholePart(Number(value)));
}

const columnOf = (bound: number | bigint | ndarray, shape: readonly number[]): bigint[] => (
  typeof bound === 'object'
    ? elements(broadcastTo<ndarray>(bound, shape)).map(truncate)
    : new Array<bigint>(sizeOf(shape)).fill(truncate(bound)));

/** What NumPy's random functions take for integers: bool and the integer dtypes. */
function integerType(name: string, dtype: DTypeLike | null | undefined): DType {
  const type = dtype === undefined ? int64 : dtypeNamed(dtype).core;
  if (type.kind === 'float' || type.kind === 'complex') throw new TypeError(`Unsupported dtype ${dtypeRepr(type)} for ${name}`);
  return type;
}

const rangeOf = (type: DType): readonly [bigint, bigint] => (type.kind === 'bool' ? [0n, 1n] : integerRange(type));

/**
 * One number where neither a size nor an array is given, else an array. A bound that is a bigint makes the number one.
 */
export function drawIntegers(caller: IntegersCaller, args: readonly unknown[]): Item | bigint | ndarray {
  const [first, second, size, dtype, endpoint = false] = caller.declared.list(args) as [
    ArrayLike | null, ArrayLike?, Size?, (DTypeLike | null)?, boolean?,
  ];
  const type = integerType(caller.declared.name, dtype);
  if (first === null) throw notReal('NoneType');
  const low = second === undefined ? 0 : boundOf(first);
  const high = boundOf(second ?? first);
  const name = type.name as IntegerName;
  if (size !== undefined && sizeOf(shapeFrom(size, type)) === 0) {
    return fillFresh(shapeFrom(size), type, () => {});
  }
  if (typeof low === 'object' || typeof high === 'object') {
    return drawBetweenArrays(caller, low, high, endpoint, type, size);
  }
  const last = truncate(high) - (endpoint ? 0n : 1n);
  const least = truncate(low);
  checkBounds([least], [last], type, endpoint);
  if (size !== undefined) {
    return fillFresh<IntegerOutput>(shapeFrom(size), type, (out) => caller.fill(least, last, name, out, 0, out.length));
  }
  const wide = typeof low === 'bigint' || typeof high === 'bigint';
  if (!wide && (last > Number.MAX_SAFE_INTEGER || least < Number.MIN_SAFE_INTEGER)) {
    throw new OverflowError(
      'a JavaScript number does not hold integers of this range exactly: give the bounds as bigints to get a bigint, or a size');
  }
  const out = new type.array(1);
  caller.fill(least, last, name, out as IntegerOutput, 0, 1);
  if (type.kind === 'bool') return out[0] !== 0;
  return wide ? BigInt(out[0]) : Number(out[0]);
}

function checkBounds(first: readonly bigint[], last: readonly bigint[], type: DType, endpoint: boolean): void {
  const [lowest, highest] = rangeOf(type);
  if (first.some((value) => value < lowest)) throw new ValueError(`low is out of bounds for ${type.name}`);
  if (last.some((value) => value > highest)) throw new ValueError(`high is out of bounds for ${type.name}`);
  if (first.some((value, i) => value > last[i])) {
    if (first.every((value) => value === 0n)) throw new ValueError(endpoint ? 'high < 0' : 'high <= 0');
    throw new ValueError(endpoint ? 'low > high' : 'low >= high');
  }
}

function drawBetweenArrays(
  caller: IntegersCaller, low: number | bigint | ndarray, high: number | bigint | ndarray, endpoint: boolean, type: DType,
  size: Size | null | undefined,
): ndarray {
  const shape = resultShape([low, high].map((bound) => (typeof bound === 'object' ? bound.shape : [])), size, true);
  checkList(sizeOf(shape), 2 ** 23);
  const first = columnOf(low, shape);
  const last = columnOf(high, shape).map((value) => (endpoint ? value : value - 1n));
  checkBounds(first, last, type, endpoint);
  const name = type.name as IntegerName;
  return fillFresh<IntegerOutput>(shape, type, (out) => {
    if (type.itemsize >= 4) {
      for (let i = 0; i < out.length; i++) caller.fill(first[i], last[i], name, out, i, 1);
    } else {
      const small = new SmallIntegers(caller, type);
      for (let i = 0; i < out.length; i++) (out as Int32Array)[i] = small.next(Number(first[i]), Number(last[i]));
    }
  });
}

/** Integers of 1, 8 and 16 bits with a range each, which take their bits in turn from one word. */
class SmallIntegers {
  private readonly caller: IntegersCaller;
  private readonly bits: number;
  private readonly word = new Uint32Array(1);
  private buffer = 0;
  private left = 0;

  constructor(caller: IntegersCaller, type: DType) {
    this.caller = caller;
    this.bits = type.kind === 'bool' ? 1 : type.itemsize * 8;
  }

  next(low: number, high: number): number {
    const span = high - low;
    if (span === 0) return low;
    const { bits } = this;
    const full = (1 << bits) - 1;
    if (bits === 1) return low + this.take(1);
    if (span === full) return low + this.take(full);
    if (this.caller.masked) {
      const mask = maskFor(span);
      let part = this.take(mask);
      while (part > span) part = this.take(mask);
      return low + part;
    }
    const range = span + 1;
    const threshold = (full - span) % range;
    let product = this.take(full) * range;
    while ((product & full) < threshold) product = this.take(full) * range;
    return low + (product >>> bits);
  }

  private take(mask: number): number {
    if (this.left === 0) {
      this.caller.fill(0, 4294967295, 'uint32', this.word, 0, 1);
      this.buffer = this.word[0];
      this.left = 32 / this.bits - 1;
    } else {
      this.buffer >>>= this.bits;
      this.left--;
    }
    return this.buffer & mask;
  }
}
