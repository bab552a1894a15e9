/**
 * DEFLATE (RFC 1951) for platforms that have no synchronous one of their own: matches from hash chains, in blocks that each
 * have their own Huffman codes, or are stored where those would be longer.
 */

const windowSize = 32768;
const shortest = 3;
const longest = 258;
/** How many earlier places with the same three bytes are tried. */
const chainLength = 32;
const blockTokens = 32768;
const largestStored = 65535;
const hashBits = 15;

const lengthSymbols = new Uint16Array(longest + 1);
const lengthBases: number[] = [];
const lengthExtras: number[] = [];
const distanceBases: number[] = [];
const distanceExtras: number[] = [];
{
  let base = shortest;
  for (let symbol = 0; symbol < 28; symbol++) {
    const extra = symbol < 8 ? 0 : (symbol >> 2) - 1;
    lengthBases.push(base);
    lengthExtras.push(extra);
    lengthSymbols.fill(257 + symbol, base, Math.min(base + (1 << extra), longest));
    base += 1 << extra;
  }
  lengthBases.push(longest);
  lengthExtras.push(0);
  lengthSymbols[longest] = 285;
  base = 1;
  for (let symbol = 0; symbol < 30; symbol++) {
    const extra = symbol < 4 ? 0 : (symbol >> 1) - 1;
    distanceBases.push(base);
    distanceExtras.push(extra);
    base += 1 << extra;
  }
}

function distanceSymbol(distance: number): number {
  if (distance <= 4) return distance - 1;
  const top = 31 - Math.clz32(distance - 1);
  return 2 * top + (((distance - 1) >> (top - 1)) & 1);
}

class BitWriter {
  private bytes = new Uint8Array(1024);
  private length = 0;
  private bits = 0;
  private count = 0;

  /** Up to 16 bits, the lowest first. */
  write(value: number, count: number): void {
    this.bits |= value << this.count;
    this.count += count;
    while (this.count >= 8) {
      this.push(this.bits & 255);
      this.bits >>>= 8;
      this.count -= 8;
    }
  }

  align(): void {
    if (this.count > 0) this.write(0, 8 - this.count);
  }

  append(bytes: Uint8Array): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.length);
    this.length += bytes.length;
  }

  finish(): Uint8Array {
    this.align();
    return this.bytes.slice(0, this.length);
  }

  private push(byte: number): void {
    if (this.length === this.bytes.length) this.reserve(1);
    this.bytes[this.length++] = byte;
  }

  private reserve(count: number): void {
    if (this.length + count <= this.bytes.length) return;
    const larger = new Uint8Array(Math.max(2 * this.bytes.length, this.length + count));
    larger.set(this.bytes.subarray(0, this.length));
    this.bytes = larger;
  }
}

/** Lengths of Huffman codes of at most `limit` bits. */
function codeLengths(frequencies: Uint32Array, limit: number): Uint8Array {
  const lengths = new Uint8Array(frequencies.length);
  let weights = Array.from(frequencies);
  for (;;) {
    const order = weights.map((_, symbol) => symbol).filter((symbol) => weights[symbol] > 0).sort((a, b) => weights[a] - weights[b]);
    lengths.fill(0);
    if (order.length < 2) {
      if (order.length === 1) lengths[order[0]] = 1;
      return lengths;
    }
    // Leaves come sorted and inner nodes are made in order of weight, so two queues are all that is needed.
    const total = 2 * order.length - 1;
    const weight = new Float64Array(total);
    const parent = new Int32Array(total);
    order.forEach((symbol, i) => { weight[i] = weights[symbol]; });
    let leaf = 0;
    let inner = order.length;
    for (let node = order.length; node < total; node++) {
      for (let child = 0; child < 2; child++) {
        const pick = leaf < order.length && (inner >= node || weight[leaf] <= weight[inner]) ? leaf++ : inner++;
        weight[node] += weight[pick];
        parent[pick] = node;
      }
    }
    const depth = new Uint16Array(total);
    for (let node = total - 2; node >= 0; node--) depth[node] = depth[parent[node]] + 1;
    if (depth[0] <= limit) {
      order.forEach((symbol, i) => { lengths[symbol] = depth[i]; });
      return lengths;
    }
    // Flatter weights make flatter trees.
    weights = weights.map((value) => (value === 0 ? 0 : (value >> 1) | 1));
  }
}

/** The codes of given lengths, their bits reversed as the stream wants them. */
function codesOf(lengths: Uint8Array): Uint16Array {
  const next = new Uint16Array(17);
  for (const length of lengths) if (length > 0) next[length + 1]++;
  for (let length = 1; length <= 16; length++) next[length] = (next[length] + next[length - 1]) << 1;
  return Uint16Array.from(lengths, (length) => {
    if (length === 0) return 0;
    let code = next[length]++;
    let reversed = 0;
    for (let bit = 0; bit < length; bit++, code >>= 1) reversed = reversed << 1 | code & 1;
    return reversed;
  });
}

const lengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Code lengths as runs: a symbol, and the extra bits behind it. */
function runsOf(lengths: readonly number[]): (readonly [symbol: number, extra: number, bits: number])[] {
  const runs: (readonly [number, number, number])[] = [];
  for (let i = 0; i < lengths.length;) {
    const value = lengths[i];
    let count = 1;
    while (i + count < lengths.length && lengths[i + count] === value) count++;
    i += count;
    if (value !== 0) {
      runs.push([value, 0, 0]);
      count--;
    }
    while (count > 0) {
      const most = value === 0 ? 138 : 6;
      const run = Math.min(count, most);
      if (run < 3) runs.push([value, 0, 0]);
      else if (value !== 0) runs.push([16, run - 3, 2]);
      else runs.push(run < 11 ? [17, run - 3, 3] : [18, run - 11, 7]);
      count -= run < 3 ? 1 : run;
    }
  }
  return runs;
}

/** A block's literals (distance 0) and matches. */
interface Tokens {
  readonly values: Uint16Array;
  readonly distances: Uint16Array;
  count: number;
}

function writeBlock(out: BitWriter, tokens: Tokens, source: Uint8Array, last: boolean): void {
  const symbolCounts = new Uint32Array(286);
  const distanceCounts = new Uint32Array(30);
  symbolCounts[256] = 1;
  for (let i = 0; i < tokens.count; i++) {
    if (tokens.distances[i] === 0) {
      symbolCounts[tokens.values[i]]++;
    } else {
      symbolCounts[lengthSymbols[tokens.values[i]]]++;
      distanceCounts[distanceSymbol(tokens.distances[i])]++;
    }
  }
  const symbolLengths = codeLengths(symbolCounts, 15);
  const distanceLengths = codeLengths(distanceCounts, 15);
  const used = (lengths: Uint8Array, least: number): number => Math.max(least, lengths.findLastIndex((length) => length > 0) + 1);
  const literals = used(symbolLengths, 257);
  const distances = used(distanceLengths, 1);
  const runs = runsOf([...symbolLengths.subarray(0, literals), ...distanceLengths.subarray(0, distances)]);
  const runCounts = new Uint32Array(19);
  for (const [symbol] of runs) runCounts[symbol]++;
  const runLengths = codeLengths(runCounts, 7);
  const listed = Math.max(4, lengthOrder.findLastIndex((symbol) => runLengths[symbol] > 0) + 1);

  let bits = 17 + 3 * listed;
  for (const [symbol, , extra] of runs) bits += runLengths[symbol] + extra;
  symbolCounts.forEach((count, symbol) => { bits += count * (symbolLengths[symbol] + (lengthExtras[symbol - 257] ?? 0)); });
  distanceCounts.forEach((count, symbol) => { bits += count * (distanceLengths[symbol] + distanceExtras[symbol]); });
  if (bits > 8 * source.length + 40 * Math.ceil(source.length / largestStored)) {
    writeStored(out, source, last);
    return;
  }
  out.write(Number(last), 1);
  out.write(2, 2);
  out.write(literals - 257, 5);
  out.write(distances - 1, 5);
  out.write(listed - 4, 4);
  for (const symbol of lengthOrder.slice(0, listed)) out.write(runLengths[symbol], 3);
  const runCodes = codesOf(runLengths);
  for (const [symbol, value, extra] of runs) {
    out.write(runCodes[symbol], runLengths[symbol]);
    out.write(value, extra);
  }
  const symbolCodes = codesOf(symbolLengths);
  const distanceCodes = codesOf(distanceLengths);
  for (let i = 0; i < tokens.count; i++) {
    const value = tokens.values[i];
    const distance = tokens.distances[i];
    if (distance === 0) {
      out.write(symbolCodes[value], symbolLengths[value]);
      continue;
    }
    const symbol = lengthSymbols[value];
    out.write(symbolCodes[symbol], symbolLengths[symbol]);
    out.write(value - lengthBases[symbol - 257], lengthExtras[symbol - 257]);
    const far = distanceSymbol(distance);
    out.write(distanceCodes[far], distanceLengths[far]);
    out.write(distance - distanceBases[far], distanceExtras[far]);
  }
  out.write(symbolCodes[256], symbolLengths[256]);
}

function writeStored(out: BitWriter, source: Uint8Array, last: boolean): void {
  let start = 0;
  do {
    const part = source.subarray(start, start + largestStored);
    start += part.length;
    out.write(Number(last && start === source.length), 1);
    out.write(0, 2);
    out.align();
    out.write(part.length, 16);
    out.write(part.length ^ 0xffff, 16);
    out.append(part);
  } while (start < source.length);
}

/** The bytes as a raw DEFLATE stream. */
export function deflate(input: Uint8Array): Uint8Array {
  const out = new BitWriter();
  const heads = new Int32Array(1 << hashBits).fill(-1);
  const previous = new Int32Array(windowSize);
  const tokens: Tokens = { values: new Uint16Array(blockTokens), distances: new Uint16Array(blockTokens), count: 0 };
  const end = input.length;
  const hashed = end - shortest;
  const enter = (at: number): number => {
    const hash = Math.imul(input[at] | input[at + 1] << 8 | input[at + 2] << 16, 0x9e3779b1) >>> (32 - hashBits);
    const head = heads[hash];
    previous[at & (windowSize - 1)] = head;
    heads[hash] = at;
    return head;
  };
  let position = 0;
  let blockStart = 0;
  do {
    tokens.count = 0;
    blockStart = position;
    while (position < end && tokens.count < blockTokens) {
      let length = 0;
      let distance = 0;
      if (position <= hashed) {
        const most = Math.min(longest, end - position);
        let candidate = enter(position);
        for (let tries = chainLength; candidate >= 0 && position - candidate < windowSize && tries > 0; tries--) {
          if (input[candidate + length] === input[position + length]) {
            let same = 0;
            while (same < most && input[candidate + same] === input[position + same]) same++;
            if (same > length) {
              length = same;
              distance = position - candidate;
              if (same === most) break;
            }
          }
          candidate = previous[candidate & (windowSize - 1)];
        }
      }
      if (length < shortest) {
        tokens.values[tokens.count] = input[position];
        tokens.distances[tokens.count++] = 0;
        position++;
        continue;
      }
      tokens.values[tokens.count] = length;
      tokens.distances[tokens.count++] = distance;
      for (let i = 1; i < length; i++) if (position + i <= hashed) enter(position + i);
      position += length;
    }
    writeBlock(out, tokens, input.subarray(blockStart, position), position === end);
  } while (position < end);
  return out.finish();
}
