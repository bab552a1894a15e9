/**
 * The export section of a packed module. Its names are made of the same few parts, and its numbers follow each other, which shows once
 * each lies with its like: the heads of all names (empty where it is that of the name before), their tails, both parts ended by a 0,
 * then the low and high bytes of each function's number, counted from the one before, and the kinds. The build writes it so:
 * `scripts/build/exports.ts`.
 */

/** An integer as the module's format writes it: 7 bits a byte, the lowest first. */
export function leb128(value: number): number[] {
  return value < 128 ? [value] : [value & 127 | 128, ...leb128(value >>> 7)];
}

/** The module whose columns of `count` exports begin at `start`. */
export function joinExports(data: Uint8Array, start: number, count: number): Uint8Array<ArrayBuffer> {
  let at = start;
  const parts = Array.from({ length: 2 * count }, () => {
    const from = at;
    while (data[at] !== 0) at++;
    return [...data.subarray(from, at++)];
  });
  const section = leb128(count);
  let head: number[] = [];
  let index = -1;
  for (let i = 0; i < count; i++) {
    if (parts[i].length > 0) head = parts[i];
    const name = [...head, ...parts[count + i]];
    index = index + 1 + data[at + i] + (data[at + count + i] << 8) & 0xffff;
    section.push(name.length, ...name, data[at + 2 * count + i], ...leb128(index));
  }
  const opening = [7, ...leb128(section.length)];
  const rest = data.subarray(at + 3 * count);
  const module = new Uint8Array(start + opening.length + section.length + rest.length);
  module.set(data.subarray(0, start));
  module.set(opening, start);
  module.set(section, start + opening.length);
  module.set(rest, start + opening.length + section.length);
  return module;
}
