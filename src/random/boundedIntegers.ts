/**
 * Uniform integers of every NumPy integer dtype and bool, drawn with the bits NumPy draws them with: masked rejection
 * for the legacy stream, Lemire's multiplication for `Generator`; 8 and 16 bit numbers and bools share a buffered word.
 */
import { ValueError, wholePart } from '../core/errors.ts';
import { lemireInterval, maskFor, multiplyWide } from './bitSource.ts';
import type { BitSource } from './bitSource.ts';

export type IntegerName =
  | 'bool' | 'int8' | 'int16' | 'int32' | 'int64' | 'uint8' | 'uint16' | 'uint32' | 'uint64';

/** Where integers go. 64-bit ones may also go to an Int32Array that holds low and high words in turn. */
export type IntegerOutput =
  | Int8Array | Int16Array | Int32Array | Uint8Array | Uint16Array | Uint32Array | BigInt64Array | BigUint64Array;

const limits: Record<IntegerName, readonly [bits: number, lowest: bigint, highest: bigint]> = {
  bool: [1, 0n, 1n],
  int8: [8, -128n, 127n],
  int16: [16, -32768n, 32767n],
  int32: [32, -2147483648n, 2147483647n],
  int64: [64, -(1n << 63n), (1n << 63n) - 1n],
  uint8: [8, 0n, 255n],
  uint16: [16, 0n, 65535n],
  uint32: [32, 0n, 4294967295n],
  uint64: [64, 0n, (1n << 64n) - 1n],
};

/** A view of `out` as 32-bit words, two to an element. */
export function asWords(out: IntegerOutput): Int32Array {
  if (out instanceof Int32Array) return out;
  if (out instanceof BigInt64Array || out instanceof BigUint64Array) {
    return new Int32Array(out.buffer, out.byteOffset, out.length * 2);
  }
  throw new TypeError('64-bit integers need a BigInt64Array, a BigUint64Array or an Int32Array of words');
}

/** NumPy takes a float bound by truncating it. */
function toBigInt(value: number | bigint): bigint {
  if (typeof value === 'bigint') return value;
  return BigInt(wholePart(value));
}

/** Fills `out[start .. start + count)` (elements, also for words) with integers of [low, high) or [low, high]. */
export function fillIntegers(
  source: BitSource, masked: boolean, dtype: IntegerName, low: number | bigint, high: number | bigint,
  endpoint: boolean, out: IntegerOutput, start: number, count: number,
): void {
  if (count === 0) return;
  const [bits, lowest, highest] = limits[dtype];
  const first = toBigInt(low);
  const last = toBigInt(high) - (endpoint ? 0n : 1n);
  if (first < lowest) throw new ValueError(`low is out of bounds for ${dtype}`);
  if (last > highest) throw new ValueError(`high is out of bounds for ${dtype}`);
  if (first > last) {
    if (first === 0n) throw new ValueError(endpoint ? 'high < 0' : 'high <= 0');
    throw new ValueError(endpoint ? 'low > high' : 'low >= high');
  }
  const range = last - first;
  if (bits === 64) {
    fill64(source, masked, first, range, asWords(out), start, count);
    return;
  }
  const narrow = out as Int32Array;
  const offset = Number(first);
  const span = Number(range);
  if (span === 0) narrow.fill(offset, start, start + count);
  else if (bits === 32) fill32(source, masked, offset, span, narrow, start, count);
  else if (bits === 1) fillBool(source, narrow, start, count);
  else fillSmall(source, masked, bits, offset, span, narrow, start, count);
}

function fillBool(source: BitSource, out: Int32Array, start: number, count: number): void {
  let buffer = 0;
  let left = 0;
  for (let index = start; index < start + count; index++) {
    if (left === 0) {
      buffer = source.nextInt32();
      left = 31;
    } else {
      buffer >>>= 1;
      left--;
    }
    out[index] = buffer & 1;
  }
}

function fillSmall(
  source: BitSource, masked: boolean, bits: number, offset: number, span: number, out: Int32Array, start: number,
  count: number,
): void {
  const full = (1 << bits) - 1;
  const perWord = 32 / bits - 1;
  const mask = masked ? maskFor(span) : full;
  const range = span + 1;
  const threshold = (full - span) % range;
  let buffer = 0;
  let left = 0;
  for (let index = start; index < start + count; index++) {
    for (;;) {
      if (left === 0) {
        buffer = source.nextInt32();
        left = perWord;
      } else {
        buffer >>>= bits;
        left--;
      }
      const part = buffer & mask;
      if (masked || span === full) {
        if (part > span) continue;
        out[index] = offset + part;
      } else {
        const product = part * range;
        if ((product & full) < threshold) continue;
        out[index] = offset + (product >>> bits);
      }
      break;
    }
  }
}

function fill32(
  source: BitSource, masked: boolean, offset: number, span: number, out: Int32Array, start: number, count: number,
): void {
  const end = start + count;
  if (span === 4294967295) {
    for (let index = start; index < end; index++) out[index] = offset + (source.nextInt32() >>> 0);
  } else if (masked) {
    const mask = maskFor(span);
    for (let index = start; index < end; index++) {
      let value = (source.nextInt32() & mask) >>> 0;
      while (value > span) value = (source.nextInt32() & mask) >>> 0;
      out[index] = offset + value;
    }
  } else {
    for (let index = start; index < end; index++) out[index] = offset + lemireInterval(source, span);
  }
}

function fill64(
  source: BitSource, masked: boolean, first: bigint, range: bigint, out: Int32Array, start: number, count: number,
): void {
  const offsetLow = Number(BigInt.asIntN(32, first));
  const offsetHigh = Number(BigInt.asIntN(32, first >> 32n));
  const end = 2 * (start + count);
  const rangeHigh = Number(range >> 32n);
  const rangeLow = Number(range & 0xffffffffn);
  if (rangeHigh === 0) {
    const mask = maskFor(rangeLow);
    for (let index = 2 * start; index < end; index += 2) {
      let value = 0;
      if (rangeLow !== 0) {
        if (rangeLow === 4294967295) value = source.nextInt32();
        else if (!masked) value = lemireInterval(source, rangeLow);
        else do value = source.nextInt32() & mask; while (value >>> 0 > rangeLow);
      }
      const low = (value + offsetLow) | 0;
      out[index] = low;
      out[index + 1] = offsetHigh + (low >>> 0 < offsetLow >>> 0 ? 1 : 0);
    }
    return;
  }
  const maskHigh = maskFor(rangeHigh);
  const whole = rangeHigh === 4294967295 && rangeLow === 4294967295;
  const draw = masked || whole ? undefined : new WideLemire(source, range);
  for (let index = 2 * start; index < end; index += 2) {
    let low: number;
    let high: number;
    if (draw !== undefined) {
      draw.next();
      low = draw.low;
      high = draw.high;
    } else {
      do {
        source.next64();
        low = source.low;
        high = source.high & maskHigh;
      } while (high >>> 0 > rangeHigh || (high >>> 0 === rangeHigh && low >>> 0 > rangeLow));
    }
    const sum = (low + offsetLow) | 0;
    out[index] = sum;
    out[index + 1] = high + offsetHigh + (sum >>> 0 < offsetLow >>> 0 ? 1 : 0);
  }
}

/** Uniform in [0, range] for 2**32 <= range < 2**64 - 1: the upper half of a 128-bit product. */
class WideLemire {
  low = 0;
  high = 0;
  private readonly source: BitSource;
  private readonly product = new Int32Array(4);
  private readonly rangeLow: number;
  private readonly rangeHigh: number;
  private readonly thresholdLow: number;
  private readonly thresholdHigh: number;

  constructor(source: BitSource, range: bigint) {
    this.source = source;
    const exclusive = range + 1n;
    const threshold = ((1n << 64n) - exclusive) % exclusive;
    this.rangeLow = Number(exclusive & 0xffffffffn);
    this.rangeHigh = Number(exclusive >> 32n);
    this.thresholdLow = Number(threshold & 0xffffffffn);
    this.thresholdHigh = Number(threshold >> 32n);
  }

  next(): void {
    const { source, product } = this;
    do {
      source.next64();
      multiplyWide(source.low, source.high, this.rangeLow, this.rangeHigh, product);
    } while (this.isBelowThreshold(product[0] >>> 0, product[1] >>> 0));
    this.low = product[2];
    this.high = product[3];
  }

  private isBelowThreshold(low: number, high: number): boolean {
    return high < this.thresholdHigh || (high === this.thresholdHigh && low < this.thresholdLow);
  }
}
