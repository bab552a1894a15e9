/**
 * PyTorch's CPU random stream (`torch.Generator`, `torch.manual_seed`): the numbers of PyTorch's x86 wheels to the bit.
 * (On Intel CPUs those draw `bernoulli_` with one probability from MKL; this is what they draw on others.)
 *
 * Samplers fill `out[start .. start + count)` with numbers of `dtype`. 64-bit integers may go to a BigInt64Array or to
 * an Int32Array of low and high words; `start` and `count` are elements in either case.
 */
import { RuntimeError, ValueError, pythonTypeName } from '../core/errors.ts';
import { productHigh } from './bitSource.ts';
import { asWords } from './boundedIntegers.ts';
import type { IntegerOutput } from './boundedIntegers.ts';
import { boxMuller16Float32, boxMuller16Float64 } from './boxMuller.ts';
import { bfloat16Bits, float16Bits } from './halfBits.ts';
import { angle, fma, log1p, sinCos } from './math.ts';
import { Mt19937 } from './mt19937.ts';
import { checkBounds, factsOf, isFloatName, notImplementedFor, partName, roundTo, streamText, titleOf } from './torchDtypes.ts';
import type { FloatName, TorchName, TorchOutput } from './torchDtypes.ts';

export type { FloatName, TorchIntegerName, TorchName, TorchOutput } from './torchDtypes.ts';

/** The seed of a generator that was never seeded. */
export const defaultSeed = 67280421310721n;

const stateBytes = 5056;
const int64Lowest = -(1n << 63n);
const fround = Math.fround;
const floatScale = 2 ** -24;
const doubleScale = 2 ** -53;

export class TorchGenerator {
  private readonly engine = new Mt19937();
  private seedValue = defaultSeed;
  private nextDoubleNormal: number | undefined;
  private nextFloatNormal: number | undefined;

  constructor() {
    this.manualSeed(defaultSeed);
  }

  /** Seeds with an integer of [-2**63, 2**64); a negative one counts modulo 2**64. The low 32 bits make the state. */
  manualSeed(seed: number | bigint): this {
    if (typeof seed !== 'bigint' && !Number.isInteger(seed)) {
      throw new RuntimeError(`manual_seed expected a long, but got ${pythonTypeName(seed)}`);
    }
    const value = BigInt(seed);
    if (value < int64Lowest || value >= 1n << 64n) throw new ValueError('Overflow when unpacking long long');
    this.seedValue = BigInt.asUintN(64, value);
    this.engine.seed(Number(BigInt.asIntN(32, value)));
    this.nextDoubleNormal = undefined;
    this.nextFloatNormal = undefined;
    return this;
  }

  initialSeed(): bigint {
    return this.seedValue;
  }

  /** Seeds with a number from the system's entropy and returns it. */
  seed(): bigint {
    const [low, high] = globalThis.crypto.getRandomValues(new Uint32Array(2));
    this.manualSeed((BigInt(high) << 32n) | BigInt(low));
    return this.seedValue;
  }

  /** `get_state()`: the 5056 bytes that PyTorch keeps. */
  getState(): Uint8Array {
    const bytes = new Uint8Array(stateBytes);
    const view = new DataView(bytes.buffer);
    const { key, position } = this.engine.getState();
    const fresh = this.engine.isFresh;
    view.setBigUint64(0, this.seedValue, true);
    view.setInt32(8, fresh ? 1 : 625 - position, true);
    view.setInt32(12, 1, true);
    view.setUint32(16, fresh ? 0 : position, true);
    key.forEach((word, index) => view.setUint32(24 + 8 * index, word, true));
    if (this.nextDoubleNormal !== undefined) {
      view.setFloat64(5024, this.nextDoubleNormal, true);
      view.setInt32(5040, 1, true);
    }
    if (this.nextFloatNormal !== undefined) {
      view.setFloat32(5048, this.nextFloatNormal, true);
      view.setUint8(5052, 1);
    }
    return bytes;
  }

  setState(bytes: Uint8Array): this {
    if (bytes.length !== stateBytes) {
      throw new RuntimeError(
        `Expected a CPUGeneratorImplState of size ${stateBytes} but found the input RNG state size to be ` +
          String(bytes.length),
      );
    }
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const left = view.getInt32(8, true);
    const next = view.getUint32(16, true);
    if (view.getInt32(12, true) !== 1 || left <= 0 || left > 624 || next > 624) {
      throw new RuntimeError('Invalid mt19937 state');
    }
    const key = Uint32Array.from({ length: 624 }, (_, index) => view.getUint32(24 + 8 * index, true));
    this.engine.setState({ key, position: left === 1 ? 624 : next }, left === 1 && next === 0);
    this.seedValue = view.getBigUint64(0, true);
    this.nextDoubleNormal = view.getInt32(5040, true) ? view.getFloat64(5024, true) : undefined;
    this.nextFloatNormal = view.getUint8(5052) ? view.getFloat32(5048, true) : undefined;
    return this;
  }

  /** A generator in the same state. */
  clone(): TorchGenerator {
    return new TorchGenerator().setState(this.getState());
  }

  /** 32 bits, unsigned. */
  random32(): number {
    return this.engine.nextUint32();
  }

  /** 64 bits, unsigned. */
  random64(): bigint {
    this.engine.next64();
    return (BigInt(this.engine.high >>> 0) << 32n) | BigInt(this.engine.low >>> 0);
  }

  /** A double of 53 bits in [0, 1). */
  uniformDouble(): number {
    const high = this.engine.nextInt32() & 0x001fffff;
    return (high * 4294967296 + (this.engine.nextInt32() >>> 0)) * doubleScale;
  }

  /** A float32 of 24 bits in [0, 1). */
  uniformFloat(): number {
    return (this.engine.nextInt32() & 0x00ffffff) * floatScale;
  }

  /** `uniform_(from, to)`; `rand` with the defaults. */
  uniform(out: TorchOutput, dtype: TorchName, start: number, count: number, from = 0, to = 1): void {
    const part = partName(dtype);
    if (part !== undefined) {
      this.uniform(out, part, 2 * start, 2 * count, from, to);
      return;
    }
    if (!isFloatName(dtype)) throw notImplementedFor('check_uniform_bounds', dtype);
    checkBounds(from, 'from', dtype);
    checkBounds(to, 'to', dtype);
    if (!(from <= to)) {
      throw new RuntimeError(
        `uniform_ expects to return a [from, to) range, but found from=${streamText(from)} > to=${streamText(to)}`,
      );
    }
    if (to - from > Number(factsOf(dtype).highest)) {
      throw new RuntimeError(
        `uniform_ expects to-from <= std::numeric_limits<${titleOf(dtype)}>::max(), but found ` +
          `to=${streamText(to)} and from=${streamText(from)} which result in to-from to exceed the limit`,
      );
    }
    const end = start + count;
    if (dtype === 'float64') {
      const target = out as Float64Array;
      const range = to - from;
      if (from === 0 && range === 1) {
        for (let index = start; index < end; index++) target[index] = this.uniformDouble();
        return;
      }
      for (let index = start; index < end; index++) {
        const value = fma(this.uniformDouble(), range, from);
        target[index] = value === to ? from : value;
      }
      return;
    }
    const first = fround(from);
    const range = fround(fround(to) - first);
    if (dtype === 'float32') {
      const target = out as Float32Array;
      const last = fround(to);
      for (let index = start; index < end; index++) {
        const value = fround(this.uniformFloat() * range + first);
        target[index] = value === last ? first : value;
      }
      return;
    }
    const bits = bitsOf(dtype);
    const target = out as Uint16Array;
    const last = bits(to);
    const firstBits = bits(from);
    for (let index = start; index < end; index++) {
      const value = bits(fround(this.uniformFloat() * range + first));
      target[index] = value === last ? firstBits : value;
    }
  }

  /** `normal_(mean, std)`; `randn` with the defaults. From 16 numbers on it matters if the tensor is contiguous. */
  normal(
    out: TorchOutput, dtype: TorchName, start: number, count: number, mean = 0, std = 1, contiguous = true,
  ): void {
    if (!(std >= 0)) throw new RuntimeError(`normal expects std >= 0.0, but found std ${streamText(std)}`);
    if (count === 0) return;
    const part = partName(dtype);
    if (part !== undefined) {
      // Each part has half the variance.
      this.normal(out, part, 2 * start, 2 * count, mean, std / Math.SQRT2, contiguous);
      return;
    }
    if (!isFloatName(dtype)) throw notImplementedFor('normal_kernel_cpu', dtype);
    if (count >= 16 && contiguous) {
      this.normalFill(out, dtype, start, count, mean, std);
      return;
    }
    const end = start + count;
    if (dtype === 'float32' || dtype === 'float64') {
      const target = out as Float64Array;
      for (let index = start; index < end; index++) target[index] = fma(this.nextNormal(), std, mean);
    } else {
      const bits = bitsOf(dtype);
      const target = out as Uint16Array;
      for (let index = start; index < end; index++) target[index] = bits(fma(this.nextNormal(), std, mean));
    }
  }

  /** One normal number in double precision; its twin is kept for the next call. */
  nextNormal(): number {
    const kept = this.nextDoubleNormal;
    if (kept !== undefined) {
      this.nextDoubleNormal = undefined;
      return kept;
    }
    const u1 = this.uniformDouble();
    const u2 = this.uniformDouble();
    const radius = Math.sqrt(-2 * log1p(-u2));
    sinCos(6.283185307179586 * u1);
    this.nextDoubleNormal = radius * angle.sin;
    return radius * angle.cos;
  }

  /** `exponential_(lambda)`. */
  exponential(out: TorchOutput, dtype: TorchName, start: number, count: number, lambda = 1): void {
    if (!(lambda > 0)) {
      throw new RuntimeError(`exponential_ expects lambda > 0.0, but found lambda=${streamText(lambda)}`);
    }
    if (!isFloatName(dtype)) {
      throw new RuntimeError(
        'Exponential distribution is a continuous probability distribution. dtype must be a floating point but you ' +
          `specified ${titleOf(dtype)}`,
      );
    }
    const factor = -1 / lambda;
    const end = start + count;
    if (dtype === 'float32' || dtype === 'float64') {
      const target = out as Float64Array;
      for (let index = start; index < end; index++) target[index] = factor * log1p(-this.uniformDouble());
    } else {
      const bits = bitsOf(dtype);
      const target = out as Uint16Array;
      for (let index = start; index < end; index++) target[index] = bits(factor * log1p(-this.uniformDouble()));
    }
  }

  /** `bernoulli_(p)` with one probability. */
  bernoulli(out: TorchOutput, dtype: TorchName, start: number, count: number, p = 0.5): void {
    if (!(p >= 0 && p <= 1)) throw new RuntimeError(`bernoulli_ expects p to be in [0, 1], but got p=${streamText(p)}`);
    const [target, one, step] = indicatorTarget(out, dtype);
    const end = (start + count) * step;
    for (let index = start * step; index < end; index += step) {
      target[index] = this.uniformDouble() < p ? one : 0;
      if (step === 2) target[index + 1] = 0;
    }
  }

  /** `bernoulli(p)` with a probability to each element, as values of p's dtype. */
  bernoulliEach(
    p: ArrayLike<number>, pDtype: TorchName, out: TorchOutput, dtype: TorchName, start: number, count: number,
  ): void {
    if (!isFloatName(pDtype)) throw notImplementedFor('bernoulli_tensor_cpu_p_', pDtype);
    const [target, one, step] = indicatorTarget(out, dtype);
    const isDouble = pDtype === 'float64';
    for (let index = 0; index < count; index++) {
      const chance = p[index];
      if (!(chance >= 0 && chance <= 1)) {
        throw new RuntimeError(
          'Expected p_in >= 0 && p_in <= 1 to be true, but got false.  (Could this error message be improved?  If ' +
            'so, please report an enhancement request to PyTorch.)',
        );
      }
      const uniform = isDouble ? this.uniformDouble() : this.uniformFloat();
      const place = (start + index) * step;
      target[place] = uniform < chance ? one : 0;
      if (step === 2) target[place + 1] = 0;
    }
  }

  /** `random_()`: the whole non-negative range of an integer dtype, 0 to 2**digits of a float dtype. */
  random(out: TorchOutput, dtype: TorchName, start: number, count: number): void {
    const engine = this.engine;
    const end = start + count;
    if (dtype === 'uint16' || dtype === 'uint32' || dtype === 'uint64' || partName(dtype) !== undefined) {
      throw notImplementedFor('random_kernel_cpu', dtype);
    }
    if (dtype === 'int64') {
      const target = asWords(out as IntegerOutput);
      for (let index = 2 * start; index < 2 * end; index += 2) {
        target[index + 1] = engine.nextInt32() & 0x7fffffff;
        target[index] = engine.nextInt32();
      }
    } else if (dtype === 'float64') {
      const target = out as Float64Array;
      const modulus = (1n << 53n) + 1n;
      for (let index = start; index < end; index++) target[index] = Number(this.random64() % modulus);
    } else {
      const { digits, highest } = factsOf(dtype);
      const modulus = digits > 0 ? 2 ** digits + 1 : Number(highest) + 1;
      const bits = dtype === 'float16' || dtype === 'bfloat16' ? bitsOf(dtype) : undefined;
      const target = out as Int32Array;
      for (let index = start; index < end; index++) {
        const value = engine.nextUint32() % modulus;
        target[index] = bits ? bits(value) : value;
      }
    }
  }

  /** `random_(from, to)`, `randint(from, to)`: integers of [from, to); to the dtype's greatest where `to` is null. */
  randomFromTo(
    from: number | bigint, to: number | bigint | null, out: TorchOutput, dtype: TorchName, start: number, count: number,
  ): void {
    if (partName(dtype) !== undefined) {
      throw new RuntimeError('check_random_bounds handles only integral, floating-point and boolean types');
    }
    checkInt64(from);
    let first = BigInt(from);
    let last: bigint;
    if (to !== null) {
      checkInt64(to);
      let limit = BigInt(to);
      if (first >= limit) {
        throw new RuntimeError(`random_ expects 'from' to be less than 'to', but got from=${first} >= to=${limit}`);
      }
      if (isFloatName(dtype)) {
        first = nextHeldFrom(dtype, first);
        limit = nextHeldTo(dtype, limit);
        if (first >= limit) {
          throw new RuntimeError(
            "random_ expects 'from' casted to dtype to be less than 'to' casted to dtype, but got " +
              `from=${first} >= to=${limit}`,
          );
        }
      }
      last = limit - 1n;
    } else if (first === int64Lowest) {
      this.random64Bits(out, dtype, start, count);
      return;
    } else if (isFloatName(dtype)) {
      last = 1n << BigInt(factsOf(dtype).digits);
      first = nextHeldFrom(dtype, first);
      if (first >= last) {
        throw new RuntimeError(
          "random_ expects 'from' casted to dtype to be less than or equal to 'to_inc' casted to dtype, but got " +
            `from=${first} > to_inc=${last}`,
        );
      }
    } else {
      // PyTorch takes the greatest uint64 as an int64, which is -1 and out of bounds.
      last = dtype === 'uint64' ? -1n : BigInt(factsOf(dtype).highest);
    }
    checkBounds(first, 'from', dtype);
    checkBounds(last, 'to - 1', dtype);
    this.fillModulo(first, last - first + 1n, out, dtype, start, count);
  }

  /** Fast form of `randint` for int64. */
  randintInt64(low: number | bigint, high: number | bigint, out: BigInt64Array): void {
    this.randomFromTo(low, high, out, 'int64', 0, out.length);
  }

  /** `randperm(n)`. */
  randperm(n: number): Int32Array {
    if (n < 0) throw new RuntimeError(`Trying to create tensor with negative dimension ${n}: [${n}]`);
    const engine = this.engine;
    const order = new Int32Array(n);
    if (n < 214748364) {
      for (let index = 0; index < n; index++) order[index] = index;
      for (let index = 0; index < n - 1; index++) {
        const other = index + (engine.nextUint32() % (n - index));
        const item = order[index];
        order[index] = order[other];
        order[other] = item;
      }
      return order;
    }
    for (let index = 0; index < n; index++) {
      const other = this.remainder64(index + 1);
      order[index] = order[other];
      order[other] = index;
    }
    return order;
  }

  private normalFill(
    out: TorchOutput, dtype: FloatName, start: number, count: number, mean: number, std: number,
  ): void {
    const end = start + count;
    const wholeEnd = end - (count % 16);
    if (dtype === 'float64') {
      const target = out as Float64Array;
      for (let index = start; index < end; index++) target[index] = this.uniformDouble();
      for (let index = start; index < wholeEnd; index += 16) boxMuller16Float64(target, index, mean, std);
      if (wholeEnd < end) {
        for (let index = end - 16; index < end; index++) target[index] = this.uniformDouble();
        boxMuller16Float64(target, end - 16, mean, std);
      }
      return;
    }
    const floatMean = fround(mean);
    const floatStd = fround(std);
    if (dtype === 'float32') {
      const target = out as Float32Array;
      for (let index = start; index < end; index++) target[index] = this.uniformFloat();
      for (let index = start; index < wholeEnd; index += 16) boxMuller16Float32(target, index, floatMean, floatStd);
      if (wholeEnd < end) {
        for (let index = end - 16; index < end; index++) target[index] = this.uniformFloat();
        boxMuller16Float32(target, end - 16, floatMean, floatStd);
      }
      return;
    }
    const bits = bitsOf(dtype);
    const target = out as Uint16Array;
    const block = new Float32Array(16);
    for (let index = start; index < end; index += 16) {
      for (let lane = 0; lane < 16; lane++) block[lane] = this.uniformFloat();
      boxMuller16Float32(block, 0, floatMean, floatStd);
      const place = Math.min(index, end - 16);
      for (let lane = 0; lane < 16; lane++) target[place + lane] = bits(block[lane]);
    }
  }

  /** A draw of 64 bits modulo `modulus`, at most 2**32: long division with a quotient that may be off by one. */
  private remainder64(modulus: number): number {
    this.engine.next64();
    const low = this.engine.low >>> 0;
    const high = (this.engine.high >>> 0) % modulus;
    const quotient = Math.min(Math.floor((high * 4294967296 + low) / modulus), 4294967295);
    const productLow = Math.imul(quotient, modulus) >>> 0;
    const rest = (high - productHigh(quotient, modulus, productLow)) * 4294967296 + (low - productLow);
    return rest < 0 ? rest + modulus : rest >= modulus ? rest - modulus : rest;
  }

  /** All 64 bits, as a signed integer. */
  private random64Bits(out: TorchOutput, dtype: TorchName, start: number, count: number): void {
    if (dtype !== 'int64' && dtype !== 'float64' && dtype !== 'float32' && dtype !== 'bfloat16') {
      throw new RuntimeError('random_full_64_bits_range_kernel_cpu handles only int64, double, float and bfloat16');
    }
    const end = start + count;
    if (dtype === 'int64') {
      const target = asWords(out as IntegerOutput);
      for (let index = 2 * start; index < 2 * end; index += 2) {
        target[index + 1] = this.engine.nextInt32();
        target[index] = this.engine.nextInt32();
      }
      return;
    }
    const target = out as Float64Array;
    for (let index = start; index < end; index++) {
      const value = heldNumber(dtype, BigInt.asIntN(64, this.random64()));
      target[index] = dtype === 'bfloat16' ? bfloat16Bits(value) : value;
    }
  }

  /** `base + bits % range`: 32 bits for ranges below 2**28, 64 for others. */
  private fillModulo(
    base: bigint, range: bigint, out: TorchOutput, dtype: TorchName, start: number, count: number,
  ): void {
    const engine = this.engine;
    const end = start + count;
    const isWide = dtype === 'int64' || dtype === 'uint64';
    if (range >= 1n << 28n) {
      const words = isWide ? asWords(out as IntegerOutput) : undefined;
      const target = out as Float64Array;
      const bits = dtype === 'float16' || dtype === 'bfloat16' ? bitsOf(dtype) : undefined;
      const modulus = range <= 4294967296n ? Number(range) : 0;
      if (modulus !== 0 && words) {
        const baseLow = Number(BigInt.asIntN(32, base));
        const baseHigh = Number(BigInt.asIntN(32, base >> 32n));
        for (let index = 2 * start; index < 2 * end; index += 2) {
          const low = (baseLow + this.remainder64(modulus)) | 0;
          words[index] = low;
          words[index + 1] = baseHigh + (low >>> 0 < baseLow >>> 0 ? 1 : 0);
        }
        return;
      }
      for (let index = start; index < end; index++) {
        const value = base + (this.random64() % range);
        if (words) {
          words[2 * index] = Number(BigInt.asIntN(32, value));
          words[2 * index + 1] = Number(BigInt.asIntN(32, value >> 32n));
        } else {
          const number = isFloatName(dtype) ? heldNumber(dtype, value) : Number(value);
          target[index] = bits ? bits(number) : number;
        }
      }
      return;
    }
    const modulus = Number(range);
    if (isWide) {
      const words = asWords(out as IntegerOutput);
      const baseLow = Number(BigInt.asIntN(32, base));
      const baseHigh = Number(BigInt.asIntN(32, base >> 32n));
      for (let index = 2 * start; index < 2 * end; index += 2) {
        const low = (baseLow + (engine.nextUint32() % modulus)) | 0;
        words[index] = low;
        words[index + 1] = baseHigh + (low >>> 0 < baseLow >>> 0 ? 1 : 0);
      }
      return;
    }
    const offset = Number(base);
    if (dtype === 'float16' || dtype === 'bfloat16') {
      const bits = bitsOf(dtype);
      const target = out as Uint16Array;
      for (let index = start; index < end; index++) target[index] = bits(offset + (engine.nextUint32() % modulus));
    } else {
      const target = out as Int32Array;
      for (let index = start; index < end; index++) target[index] = offset + (engine.nextUint32() % modulus);
    }
  }
}

function checkInt64(value: number | bigint): void {
  if (value < int64Lowest || value > -int64Lowest - 1n) throw new ValueError('Overflow when unpacking long long');
}

function bitsOf(dtype: 'float16' | 'bfloat16'): (value: number) => number {
  return dtype === 'float16' ? float16Bits : bfloat16Bits;
}

/** The array to write 0 and 1 to, what 1 is there, and the words to an element. */
function indicatorTarget(out: TorchOutput, dtype: TorchName): [target: Int32Array, one: number, step: 1 | 2] {
  if (dtype === 'uint16' || dtype === 'uint32' || dtype === 'uint64' || partName(dtype) !== undefined) {
    throw notImplementedFor('bernoulli_scalar_cpu_', dtype);
  }
  if (dtype === 'int64') return [asWords(out as IntegerOutput), 1, 2];
  const one = dtype === 'float16' ? 0x3c00 : dtype === 'bfloat16' ? 0x3f80 : 1;
  return [out as Int32Array, one, 1];
}

/** An int64 as a float dtype holds it. */
function heldNumber(dtype: FloatName, value: bigint): number {
  if (dtype === 'float64') return Number(value);
  // To float32 with one rounding: fold what a double would drop into a sticky bit.
  const size = value < 0n ? -value : value;
  const drop = BigInt(Math.max(0, size.toString(2).length - 50));
  let kept = size >> drop;
  if (kept << drop !== size) kept |= 1n;
  const rounded = fround(Number(kept) * 2 ** Number(drop));
  return roundTo(dtype, value < 0n ? -rounded : rounded);
}

/** An int64 converted to a float dtype and back; what does not fit gives the lowest int64, as on x86. */
function heldInteger(dtype: FloatName, value: bigint): bigint {
  const held = heldNumber(dtype, value);
  return held >= -(2 ** 63) && held < 2 ** 63 ? BigInt(held) : int64Lowest;
}

/** `from`, moved right to the next integer that the dtype holds, where its conversion would move it left. */
function nextHeldFrom(dtype: FloatName, from: bigint): bigint {
  const held = heldInteger(dtype, from + 1n);
  if (held >= from) return from;
  const size = from + 1n < 0n ? -(from + 1n) : from + 1n;
  return held + (1n << BigInt(size.toString(2).length - factsOf(dtype).digits));
}

/** `to`, moved left likewise. */
function nextHeldTo(dtype: FloatName, to: bigint): bigint {
  const held = heldInteger(dtype, to - 1n);
  if (held < to) return to;
  const size = to - 1n < 0n ? -(to - 1n) : to - 1n;
  return held - (1n << BigInt(size.toString(2).length - factsOf(dtype).digits));
}
