import { ValueError } from './errors.ts';

/**
 * DEFLATE (RFC 1951) in one synchronous call. The engine's own DecompressionStream is asynchronous, and both the inlined
 * modules and compressed archives are read synchronously.
 */

const lengthBases = [3, 4, 5, 6, 7, 8, 9, 10, 11, 13, 15, 17, 19, 23, 27, 31, 35, 43, 51, 59, 67, 83, 99, 115, 131, 163, 195, 227, 258];
const lengthBits = [0, 0, 0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3, 4, 4, 4, 4, 5, 5, 5, 5, 0];
const distanceBases = [1, 2, 3, 4, 5, 7, 9, 13, 17, 25, 33, 49, 65, 97, 129, 193, 257, 385, 513, 769, 1025, 1537, 2049, 3073, 4097, 6145,
  8193, 12289, 16385, 24577];
const distanceBits = [0, 0, 0, 0, 1, 1, 2, 2, 3, 3, 4, 4, 5, 5, 6, 6, 7, 7, 8, 8, 9, 9, 10, 10, 11, 11, 12, 12, 13, 13];
/** The order in which a block lists the lengths of the codes for code lengths. */
const lengthCodeOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];
/** A pair of a length and a distance takes two bits at least and stands for at most 258 bytes. */
const largestExpansion = 1032;

/** A code as a table indexed by the next `width` bits of the stream; an entry is symbol · 16 + length, or 0 where none fits. */
interface Code {
  readonly width: number;
  readonly entries: Uint16Array;
}

function corrupt(what: string): ValueError {
  return new ValueError(`invalid compressed data: ${what}`);
}

function buildCode(lengths: Uint8Array): Code {
  const counts = new Uint16Array(16);
  for (const length of lengths) counts[length]++;
  counts[0] = 0;
  let width = 15;
  while (width > 1 && counts[width] === 0) width--;
  const next = new Uint16Array(17);
  for (let length = 1; length <= 15; length++) next[length + 1] = (next[length] + counts[length]) << 1;
  if (next[16] > 1 << 16) throw corrupt('an oversubscribed code');
  const entries = new Uint16Array(1 << width);
  for (let symbol = 0; symbol < lengths.length; symbol++) {
    const length = lengths[symbol];
    if (length === 0) continue;
    let code = next[length]++;
    if (code >= 1 << length) throw corrupt('an oversubscribed code');
    // The stream holds codes from their highest bit on, everything else from the lowest.
    let reversed = 0;
    for (let bit = 0; bit < length; bit++, code >>= 1) reversed = reversed << 1 | code & 1;
    for (let index = reversed; index < entries.length; index += 1 << length) entries[index] = symbol << 4 | length;
  }
  return { width, entries };
}

let fixedCodes: readonly [Code, Code] | undefined;

function getFixedCodes(): readonly [Code, Code] {
  return (fixedCodes ??= [
    buildCode(new Uint8Array(288).fill(8, 0, 144).fill(9, 144, 256).fill(7, 256, 280).fill(8, 280)),
    buildCode(new Uint8Array(30).fill(5)),
  ]);
}

/** Reads bits from the lowest on. Past the end come zeros, which `finish` refuses. */
class BitReader {
  readonly input: Uint8Array;
  position = 0;
  bits = 0;
  available = 0;

  constructor(input: Uint8Array) {
    this.input = input;
  }

  peek(count: number): number {
    while (this.available < count) {
      this.bits |= (this.position < this.input.length ? this.input[this.position] : 0) << this.available;
      this.position++;
      this.available += 8;
    }
    return this.bits & (1 << count) - 1;
  }

  skip(count: number): void {
    this.bits >>>= count;
    this.available -= count;
    if (this.position - (this.available >> 3) > this.input.length) throw corrupt('it ends early');
  }

  read(count: number): number {
    const value = this.peek(count);
    this.skip(count);
    return value;
  }

  symbol(code: Code): number {
    const entry = code.entries[this.peek(code.width)];
    if (entry === 0) throw corrupt('a code that stands for nothing');
    this.skip(entry & 15);
    return entry >> 4;
  }

  /** Drops the rest of the current byte and hands out whole ones. */
  bytes(count: number): Uint8Array {
    const start = this.position - (this.available >> 3);
    if (start + count > this.input.length) throw corrupt('it ends early');
    this.bits = this.available = 0;
    this.position = start + count;
    return this.input.subarray(start, start + count);
  }
}

function readCodes(reader: BitReader): readonly [Code, Code] {
  const literals = reader.read(5) + 257;
  const distances = reader.read(5) + 1;
  const listed = reader.read(4) + 4;
  if (literals > 286 || distances > 30) throw corrupt('too many codes');
  const lengthLengths = new Uint8Array(19);
  for (let i = 0; i < listed; i++) lengthLengths[lengthCodeOrder[i]] = reader.read(3);
  const lengthCode = buildCode(lengthLengths);
  const lengths = new Uint8Array(literals + distances);
  for (let i = 0; i < lengths.length;) {
    const symbol = reader.symbol(lengthCode);
    if (symbol < 16) {
      lengths[i++] = symbol;
      continue;
    }
    if (symbol === 16 && i === 0) throw corrupt('nothing to repeat');
    const value = symbol === 16 ? lengths[i - 1] : 0;
    const times = symbol === 16 ? 3 + reader.read(2) : symbol === 17 ? 3 + reader.read(3) : 11 + reader.read(7);
    if (i + times > lengths.length) throw corrupt('too many code lengths');
    lengths.fill(value, i, i + times);
    i += times;
  }
  return [buildCode(lengths.subarray(0, literals)), buildCode(lengths.subarray(literals))];
}

/** Decodes one block's symbols into `out` from `position` on and returns where it ended. */
function decodeSymbols(reader: BitReader, [literals, distances]: readonly [Code, Code], out: Uint8Array, position: number): number {
  for (;;) {
    const symbol = reader.symbol(literals);
    if (symbol === 256) return position;
    if (symbol < 256) {
      if (position >= out.length) throw corrupt('it is longer than declared');
      out[position++] = symbol;
      continue;
    }
    if (symbol > 285) throw corrupt('an unknown length');
    const length = lengthBases[symbol - 257] + reader.read(lengthBits[symbol - 257]);
    const distanceSymbol = reader.symbol(distances);
    const distance = distanceBases[distanceSymbol] + reader.read(distanceBits[distanceSymbol]);
    if (distance > position) throw corrupt('a distance that reaches before its start');
    if (position + length > out.length) throw corrupt('it is longer than declared');
    if (distance >= length) {
      out.copyWithin(position, position - distance, position - distance + length);
      position += length;
    } else {
      for (const end = position + length; position < end; position++) out[position] = out[position - distance];
    }
  }
}

/**
 * The bytes of a raw DEFLATE stream that is said to hold `byteLength` of them. A stream that is corrupt, or whose length is
 * another, throws a ValueError; a length that `input` cannot hold is refused before anything is allocated.
 */
export function inflate(input: Uint8Array, byteLength: number): Uint8Array<ArrayBuffer> {
  if (!(byteLength >= 0) || byteLength > input.length * largestExpansion) throw corrupt(`${input.length} bytes cannot hold ${byteLength}`);
  const out = new Uint8Array(byteLength);
  const reader = new BitReader(input);
  let position = 0;
  for (let last = false; !last;) {
    last = reader.read(1) === 1;
    const kind = reader.read(2);
    if (kind === 0) {
      const header = reader.bytes(4);
      const length = header[0] | header[1] << 8;
      if (length !== ((header[2] | header[3] << 8) ^ 0xffff)) throw corrupt('a stored block of two lengths');
      if (position + length > out.length) throw corrupt('it is longer than declared');
      out.set(reader.bytes(length), position);
      position += length;
    } else if (kind === 3) {
      throw corrupt('a block of no known kind');
    } else {
      position = decodeSymbols(reader, kind === 1 ? getFixedCodes() : readCodes(reader), out, position);
    }
  }
  if (position !== byteLength) throw corrupt('it is shorter than declared');
  return out;
}
