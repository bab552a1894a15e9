import { deflateSync, inflateSync } from 'fflate';
import { NotImplementedError, ValueError } from '../errors.ts';

/** DEFLATE (RFC 1951) in synchronous calls: the streams that engines have are asynchronous. */

/** A pair of a length and a distance takes two bits at least and stands for at most 258 bytes. */
const largestExpansion = 1032;
/** From here on fflate's positions, which have 32 bits, are wrong. */
const tooManyBytes = 2 ** 31;

const corrupt = (what: string, cause?: unknown): ValueError => new ValueError(`invalid compressed data: ${what}`, { cause });

/** The bytes as a raw DEFLATE stream. */
export function deflate(bytes: Uint8Array): Uint8Array {
  if (bytes.length >= tooManyBytes) throw new NotImplementedError('2 GiB and more cannot be compressed here, only stored');
  return deflateSync(bytes);
}

/**
 * The bytes of a raw DEFLATE stream that is said to hold `byteLength` of them. A stream that cannot be followed, or whose length is
 * another, throws a ValueError; a length that `packed` cannot hold is refused before anything is allocated. Codes that do not exist
 * are not always found out, so that the bytes must be held against a checksum.
 */
export function inflate(packed: Uint8Array, byteLength: number): Uint8Array<ArrayBuffer> {
  const { length } = packed;
  if (!(byteLength >= 0) || byteLength > length * largestExpansion) throw corrupt(`${length} bytes cannot hold ${byteLength}`);
  if (length >= tooManyBytes) throw new NotImplementedError('compressed data of 2 GiB and more cannot be read');
  // Of no bytes fflate makes the whole of `out`.
  if (length === 0) throw corrupt('it ends early');
  // What is written beyond the end gets lost in silence; one byte more shows that there was something.
  const out = new Uint8Array(byteLength + 1);
  // Stored blocks, and nothing else, are written by `set`; fflate does not look at their second length.
  out.set = (block, at = 0) => {
    const start = (block as Uint8Array).byteOffset - packed.byteOffset;
    if (block.length !== ((packed[start - 2] | packed[start - 1] << 8) ^ 0xffff)) throw corrupt('a stored block of two lengths');
    if (at + block.length > byteLength) throw corrupt('it is longer than declared');
    Uint8Array.prototype.set.call(out, block, at);
  };
  let contents: Uint8Array<ArrayBuffer>;
  try {
    contents = inflateSync(packed, { out });
  } catch (error) {
    throw error instanceof ValueError ? error : corrupt((error as Error).message, error);
  }
  if (contents.length !== byteLength) throw corrupt(`it is ${contents.length > byteLength ? 'longer' : 'shorter'} than declared`);
  return contents;
}
