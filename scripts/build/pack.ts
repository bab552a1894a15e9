import type { Bits, Coder } from '../../src/platform/unpack.ts';
import { Model, longestMatch, shortestMatch } from '../../src/platform/unpack.ts';

/** The encoder of the format that `src/platform/unpack.ts` reads. */

class Encoder implements Coder {
  /** What the last piece cost, in bits. */
  cost = 0;
  private readonly bytes: number[] = [];
  private low = 0;
  private range = 0xffffffff;
  /** The byte that a carry could still change, and how many 255s follow it; before the first byte there is none. */
  private cache = -1;
  private pending = 0;

  bit(bits: Bits, index: number, bit: number): number {
    const zero = bits.zero(index);
    const bound = (this.range >>> 16) * zero;
    this.cost -= Math.log2((bit === 0 ? zero : 65536 - zero) / 65536);
    bits.update(index, bit);
    if (bit === 0) {
      this.range = bound;
    } else {
      this.low += bound;
      this.range -= bound;
    }
    this.normalize();
    return bit;
  }

  evenBit(bit: number): number {
    this.range >>>= 1;
    if (bit === 1) this.low += this.range;
    this.cost++;
    this.normalize();
    return bit;
  }

  finish(): Uint8Array {
    for (let i = 0; i < 5; i++) this.shift();
    return Uint8Array.from(this.bytes);
  }

  private normalize(): void {
    while (this.range < 0x1000000) {
      this.range = this.range << 8 >>> 0;
      this.shift();
    }
  }

  private shift(): void {
    const carry = this.low >= 2 ** 32 ? 1 : 0;
    if (this.low < 0xff000000 || carry === 1) {
      if (this.cache >= 0) this.bytes.push(this.cache + carry);
      for (; this.pending > 0; this.pending--) this.bytes.push(0xff + carry & 255);
      this.cache = this.low >>> 24 & 255;
    } else {
      this.pending++;
    }
    this.low = (this.low & 0xffffff) * 256;
  }
}

interface Match {
  readonly length: number;
  readonly distance: number;
}

const longestChain = 400;

/** For every position the earlier places that go on alike, each longer than the one before it, which is nearer. */
function findMatches(data: Uint8Array): readonly (readonly Match[])[] {
  const heads = new Int32Array(1 << 16).fill(-1);
  const earlier = new Int32Array(data.length).fill(-1);
  return Array.from(data, (_, i) => {
    const found: Match[] = [];
    if (i + 2 >= data.length) return found;
    const hash = Math.imul(data[i] | data[i + 1] << 8 | data[i + 2] << 16, 0x9e3779b1) >>> 16;
    let longest = shortestMatch;
    for (let j = heads[hash], tries = 0; j >= 0 && tries < longestChain && longest < longestMatch; j = earlier[j], tries++) {
      if (data[j + longest] !== data[i + longest]) continue;
      const length = commonLength(data, j, i);
      if (length > longest) found.push({ length: longest = length, distance: i - j });
    }
    earlier[i] = heads[hash];
    heads[hash] = i;
    return found;
  });
}

function commonLength(data: Uint8Array, j: number, i: number): number {
  const most = Math.min(longestMatch, data.length - i);
  let length = 0;
  while (length < most && data[j + length] === data[i + length]) length++;
  return length;
}

/** A stretch of the data: one literal (distance 0) or a match. */
interface Piece {
  readonly start: number;
  readonly length: number;
  readonly distance: number;
}

/** What pieces cost on average in the pass before, in bits. */
interface Costs {
  readonly literal: (position: number) => number;
  readonly match: number;
  readonly repeat: number;
  readonly length: (length: number) => number;
  readonly distance: (distance: number) => number;
}

const firstGuess: Costs = {
  literal: () => 6.6,
  match: 3.5,
  repeat: 3,
  length: length => 4 + 0.8 * Math.log2(length),
  distance: distance => 5 + Math.max(0, Math.log2(distance) - 1),
};

function moveToFront(distances: readonly number[], distance: number): readonly number[] {
  return [distance, ...distances.filter(other => other !== distance)].slice(0, 4);
}

/** A long match is rarely worth cutting short. */
function* lengthsWorthTrying(from: number, most: number): Generator<number> {
  for (let length = from; length <= Math.min(most, 40); length++) yield length;
  if (most > 40) yield most;
}

/** The cheapest way through the data. The last four distances at a position are those of the cheapest way to it. */
function parse(data: Uint8Array, matches: readonly (readonly Match[])[], costs: Costs): Piece[] {
  const total = new Float64Array(data.length + 1).fill(Infinity);
  const start = new Int32Array(data.length + 1);
  const taken = new Int32Array(data.length + 1);
  const recent: (readonly number[])[] = [[]];
  total[0] = 0;
  const offer = (from: number, length: number, distance: number, cost: number): void => {
    const end = from + length;
    if (total[from] + cost >= total[end]) return;
    total[end] = total[from] + cost;
    start[end] = from;
    taken[end] = distance;
  };
  for (let i = 0; i < data.length; i++) {
    if (i > 0) recent[i] = taken[i] === 0 ? recent[start[i]] : moveToFront(recent[start[i]], taken[i]);
    offer(i, 1, 0, costs.literal(i));
    recent[i].forEach((distance, rank) => {
      const most = commonLength(data, i - distance, i);
      const base = costs.repeat + 0.7 * rank;
      for (const length of lengthsWorthTrying(1, most)) offer(i, length, distance, base + costs.length(length));
    });
    let tried = shortestMatch - 1;
    for (const { length: most, distance } of matches[i]) {
      const base = costs.match + costs.distance(distance);
      for (const length of lengthsWorthTrying(tried + 1, most)) offer(i, length, distance, base + costs.length(length));
      tried = most;
    }
  }
  const pieces: Piece[] = [];
  for (let end = data.length; end > 0; end = start[end]) pieces.push({ start: start[end], length: end - start[end], distance: taken[end] });
  return pieces.reverse();
}

/** A mean by class, with a guess where little is known. */
class Means {
  private readonly sums = new Map<number, { sum: number; count: number }>();

  add(key: number, value: number): void {
    const entry = this.sums.get(key) ?? { sum: 0, count: 0 };
    this.sums.set(key, { sum: entry.sum + value, count: entry.count + 1 });
  }

  of(key: number, guess: number): number {
    const entry = this.sums.get(key);
    return entry && entry.count > 3 ? entry.sum / entry.count : guess;
  }
}

const sizeOf = (distance: number): number => 32 - Math.clz32(distance);

/** Writes the pieces, and tells what they cost. */
function encode(data: Uint8Array, pieces: readonly Piece[]): { readonly bytes: Uint8Array; readonly costs: Costs } {
  const coder = new Encoder();
  const model = new Model(coder);
  const [byteCosts, lengthCosts, distanceCosts, kinds] = [new Means(), new Means(), new Means(), new Means()];
  const literalCosts = new Float64Array(data.length);
  let distances: readonly number[] = [1, 1, 1, 1];
  const spent = (): number => {
    const { cost } = coder;
    coder.cost = 0;
    return cost;
  };
  for (const { start, length, distance } of pieces) {
    model.isMatch(data[start - 1] ?? 0, distance > 0 ? 1 : 0);
    if (distance === 0) {
      model.literal(data[start - 1] ?? 0, data[start - distances[0]] ?? 0, data[start]);
      model.state = 0;
      literalCosts[start] = spent();
      byteCosts.add(data[start], literalCosts[start]);
      continue;
    }
    const rank = distances.indexOf(distance);
    coder.bit(model.isRepeat, model.state, rank >= 0 ? 1 : 0);
    if (rank >= 0) model.repeat(rank);
    kinds.add(rank >= 0 ? 1 : 0, spent());
    model.length(rank >= 0, rank >= 0 ? length - 1 : length - shortestMatch);
    lengthCosts.add(length, spent());
    if (rank < 0) {
      model.distance(length, distance - 1);
      distanceCosts.add(sizeOf(distance), spent());
      distances = [distance, ...distances.slice(0, 3)];
    } else {
      distances = [distance, ...distances.slice(0, rank), ...distances.slice(rank + 1)];
    }
    model.state = Math.min(model.state + 1, 2);
  }
  const costs: Costs = {
    literal: position => literalCosts[position] || byteCosts.of(data[position], 9),
    match: kinds.of(0, 4),
    repeat: kinds.of(1, 3),
    length: length => lengthCosts.of(length, 5 + Math.log2(length)),
    distance: distance => distanceCosts.of(sizeOf(distance), sizeOf(distance) + 3),
  };
  return { bytes: coder.finish(), costs };
}

/** Packs bytes for `unpack`: a pass by guesses, then passes that know what pieces cost in the one before; without any, as literals. */
export function pack(data: Uint8Array, passes = 3): Uint8Array {
  if (passes === 0) return encode(data, Array.from(data, (_, start) => ({ start, length: 1, distance: 0 }))).bytes;
  const matches = findMatches(data);
  let costs = firstGuess;
  let smallest: Uint8Array | undefined;
  for (let pass = 0; pass < passes; pass++) {
    const result = encode(data, parse(data, matches, costs));
    costs = result.costs;
    if (!smallest || result.bytes.length < smallest.length) smallest = result.bytes;
  }
  return smallest!;
}
