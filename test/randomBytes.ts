/** A small generator of our own, so that a failure repeats. */
export function randomBytes(seed: number, length: number, range: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let i = 0, state = seed; i < length; i++) {
    state = Math.imul(state, 1664525) + 1013904223 | 0;
    bytes[i] = (state >>> 16) % range;
  }
  return bytes;
}
