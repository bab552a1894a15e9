/** Small helpers of the samplers. */

/** 0 to n - 1. */
export function identity(n: number): Int32Array {
  const order = new Int32Array(n);
  for (let index = 0; index < n; index++) order[index] = index;
  return order;
}

/** The first `length` bytes of `words`, least significant byte first. */
export function littleEndianBytes(words: Uint32Array, length: number): Uint8Array {
  const bytes = new Uint8Array(words.length * 4);
  const view = new DataView(bytes.buffer);
  for (let index = 0; index < words.length; index++) view.setUint32(4 * index, words[index], true);
  return bytes.slice(0, length);
}
