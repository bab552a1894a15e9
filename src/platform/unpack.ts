/**
 * The inlined modules' compression: matches at distances that include the last four, literals, and which of both, in the context of the
 * byte before, all of it coded bit by bit in adaptive binary arithmetic. It takes a third less than DEFLATE on WebAssembly, and
 * its decoder is small. The encoder, which the build uses, is `scripts/build/pack.ts`; both walk through the same model.
 */

/** By how many places the slow estimate's error is moved down: the more bits it has seen, the less each tells. */
const rates = Uint8Array.from(
  [[2, 3], [3, 5], [4, 12], [5, 30], [6, 60], [7, 1]].flatMap(([rate, bits]) => new Array<number>(bits).fill(rate)));

/** The bit's probability of being 0, in 1/65536, as the mean of a quick and a slow estimate. */
export class Bits {
  readonly quick: Uint16Array;
  readonly slow: Uint16Array;
  private readonly seen: Uint8Array;

  constructor(count: number) {
    this.quick = new Uint16Array(count).fill(32768);
    this.slow = new Uint16Array(count).fill(32768);
    this.seen = new Uint8Array(count);
  }

  /** Never 0 or 65536: the steps below end before. */
  zero(index: number): number {
    return this.quick[index] + this.slow[index] >>> 1;
  }

  update(index: number, bit: number): void {
    const seen = this.seen[index];
    const rate = rates[seen];
    if (seen < rates.length - 1) this.seen[index] = seen + 1;
    if (bit === 0) {
      this.quick[index] += 65535 - this.quick[index] >> 2;
      this.slow[index] += 65535 - this.slow[index] >> rate;
    } else {
      this.quick[index] -= this.quick[index] >> 2;
      this.slow[index] -= this.slow[index] >> rate;
    }
  }
}

/** A bit under an adaptive probability, or one that is as likely as not; a decoder ignores `bit` and returns the one it read. */
export interface Coder {
  bit(bits: Bits, index: number, bit: number): number;
  evenBit(bit: number): number;
}

export const shortestMatch = 2;
export const longestMatch = 272;

/** The parts of the format that encoder and decoder share: how numbers become bits. */
export class Model {
  readonly coder: Coder;
  /** After a literal, one match, or more than one. */
  state = 0;
  private readonly matches = new Bits(3 << 8);
  readonly isRepeat = new Bits(3);
  readonly whichRepeat = new Bits(5);
  private readonly literals = new Bits(256 << 8);
  private readonly matchedLiterals = new Bits(2 << 8);
  private readonly lengths = [new Bits(512), new Bits(512)] as const;
  private readonly slots = new Bits(4 << 6);
  private readonly lowBits = new Bits(16 << 5);
  private readonly alignment = new Bits(16);

  constructor(coder: Coder) {
    this.coder = coder;
  }

  private tree(bits: Bits, base: number, width: number, value: number): number {
    let node = 1;
    for (let i = width - 1; i >= 0; i--) node = node << 1 | this.coder.bit(bits, base + node, value >> i & 1);
    return node - (1 << width);
  }

  /** Whether a match follows `previous`. */
  isMatch(previous: number, value: number): number {
    return this.coder.bit(this.matches, this.state << 8 | previous, value);
  }

  /** A byte after `previous`; right after a match, in the light of the byte that would have gone on with it. */
  literal(previous: number, expected: number, value: number): number {
    let node = 1;
    let i = 7;
    if (this.state > 0) {
      for (let agrees = true; agrees && i >= 0; i--) {
        const guess = expected >> i & 1;
        const bit = this.coder.bit(this.matchedLiterals, guess << 8 | node, value >> i & 1);
        node = node << 1 | bit;
        agrees = bit === guess;
      }
    }
    for (; i >= 0; i--) node = node << 1 | this.coder.bit(this.literals, previous << 8 | node, value >> i & 1);
    return node & 255;
  }

  /** A number from 0 to 271; repeats and other matches each have their own statistics. */
  length(repeat: boolean, value: number): number {
    const bits = this.lengths[repeat ? 1 : 0];
    const { coder } = this;
    if (coder.bit(bits, 0, value < 8 ? 0 : 1) === 0) return this.tree(bits, 16, 3, value);
    if (coder.bit(bits, 1, value < 16 ? 0 : 1) === 0) return 8 + this.tree(bits, 32, 3, value - 8);
    return 16 + this.tree(bits, 256, 8, value - 16);
  }

  /** A distance less one: its two highest bits and its size as a slot, then the rest, the last four of many as a tree. */
  distance(length: number, value: number): number {
    const high = 31 - Math.clz32(value);
    const slot = this.tree(this.slots, Math.min(length - shortestMatch, 3) << 6, 6, value < 4 ? value : 2 * high + (value >> high - 1 & 1));
    if (slot < 4) return slot;
    const extra = (slot >> 1) - 1;
    const base = (2 | slot & 1) << extra;
    const rest = value - base;
    if (extra <= 5) return base + this.tree(this.lowBits, slot << 5, extra, rest);
    let upper = 0;
    for (let i = extra - 1; i >= 4; i--) upper = upper << 1 | this.coder.evenBit(rest >> i & 1);
    return base + (upper << 4) + this.tree(this.alignment, 0, 4, rest & 15);
  }

  /** Which of the last four distances. */
  repeat(value: number): number {
    const { coder, whichRepeat, state } = this;
    if (coder.bit(whichRepeat, state, value > 0 ? 1 : 0) === 0) return 0;
    if (coder.bit(whichRepeat, 3, value > 1 ? 1 : 0) === 0) return 1;
    return 2 + coder.bit(whichRepeat, 4, value > 2 ? 1 : 0);
  }
}

class Decoder implements Coder {
  private readonly input: Uint8Array;
  private position = 4;
  private range = 0xffffffff;
  private code: number;

  constructor(input: Uint8Array) {
    this.input = input;
    this.code = (input[0] << 24 | input[1] << 16 | input[2] << 8 | input[3]) >>> 0;
  }

  bit(bits: Bits, index: number): number {
    const bound = (this.range >>> 16) * bits.zero(index);
    const bit = this.code < bound ? 0 : 1;
    bits.update(index, bit);
    if (bit === 0) {
      this.range = bound;
    } else {
      this.range -= bound;
      this.code -= bound;
    }
    this.normalize();
    return bit;
  }

  evenBit(): number {
    this.range >>>= 1;
    const bit = this.code < this.range ? 0 : 1;
    if (bit === 1) this.code -= this.range;
    this.normalize();
    return bit;
  }

  private normalize(): void {
    while (this.range < 0x1000000) {
      this.range = this.range << 8 >>> 0;
      this.code = (this.code << 8 | this.input[this.position++]) >>> 0;
    }
  }
}

/** The `byteLength` bytes that `pack` made `input` from; input of another origin gives bytes without sense. */
export function unpack(input: Uint8Array, byteLength: number): Uint8Array<ArrayBuffer> {
  const out = new Uint8Array(byteLength);
  const coder = new Decoder(input);
  const model = new Model(coder);
  const distances = [1, 1, 1, 1];
  for (let position = 0; position < byteLength;) {
    const previous = out[position - 1] ?? 0;
    if (model.isMatch(previous, 0) === 0) {
      out[position] = model.literal(previous, out[position - distances[0]] ?? 0, 0);
      position++;
      model.state = 0;
      continue;
    }
    let length: number;
    if (coder.bit(model.isRepeat, model.state) === 1) {
      distances.unshift(...distances.splice(model.repeat(0), 1));
      length = model.length(true, 0) + 1;
    } else {
      length = model.length(false, 0) + shortestMatch;
      distances.unshift(model.distance(length, 0) + 1);
      distances.pop();
    }
    model.state = Math.min(model.state + 1, 2);
    const [distance] = distances;
    for (const end = position + length; position < end; position++) out[position] = out[position - distance];
  }
  return out;
}
