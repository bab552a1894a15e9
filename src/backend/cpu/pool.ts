import { platform } from '../../platform/current.ts';
import { growTo, heapStart } from './heap.ts';

/**
 * Blocks of the WebAssembly heap by size class: four classes per power of two, so at most a quarter of a block is slack.
 * Freed blocks wait in their class's list. When the budget is reached, neighbouring free blocks are merged into regions
 * and cut anew, so a change of working sizes does not strand memory.
 */
export interface Block {
  readonly address: number;
  readonly sizeClass: number;
  /** False once it was returned: what tells that its holder is gone may still come. */
  live: boolean;
  /** Bytes of it that nobody uses, where several arrays share it. */
  slack: number;
}

const smallest = 16;

/** What takes more lies beyond the heap, since kernels count with signed integers. */
const largestKept = 2 ** 31;

function computeSizeClass(bytes: number): number {
  if (bytes <= smallest) return 0;
  const units = Math.ceil(bytes / smallest);
  const exponent = 31 - Math.clz32(units - 1 || 1);
  if (exponent < 2) return units - 1;
  const quarter = 2 ** (exponent - 2);
  const step = Math.ceil((units - 2 ** exponent) / quarter);
  return exponent * 4 - 4 + step - 1;
}

/** Of small blocks, by their number of units of 2^4 bytes: most arrays of a loop that is in a hurry. */
const smallClasses = Uint8Array.from({ length: 257 }, (_, units) => computeSizeClass(units * smallest));
export const sizeClassOf = (bytes: number): number =>
  (bytes <= 256 * smallest ? smallClasses[(bytes + smallest - 1) >> 4] : computeSizeClass(bytes));

const classBytes: number[] = [];
for (let units = 1; units < 2 ** 29; units++) {
  const sizeClass = sizeClassOf(units * smallest);
  const exponent = 31 - Math.clz32(units);
  classBytes[sizeClass] = units * smallest;
  if (exponent >= 3) units += 2 ** (exponent - 2) - 1;
}

export const bytesOfClass = (sizeClass: number): number => classBytes[sizeClass];

const freeLists: number[][] = classBytes.map(() => []);
let regions: { start: number; end: number }[] = [];
let top = heapStart;
let bytesInUse = 0;
let bytesSlack = 0;
let bytesFree = 0;
let peakBytes = 0;
let budget = platform.budget;

export const pool = {
  get budget(): number { return budget; },
  set budget(bytes: number) { budget = bytes; },
  /** Bytes of live blocks, but for what nobody uses of them. */
  get bytesInUse(): number { return bytesInUse - bytesSlack; },
  /** Bytes cut from the heap so far, live and free. */
  get bytesReserved(): number { return top - heapStart; },
  get bytesFree(): number { return bytesFree + bytesSlack; },
  get peakBytes(): number { return peakBytes; },
};

function cut(bytes: number): number {
  for (let i = 0; i < regions.length; i++) {
    const region = regions[i];
    if (region.end - region.start >= bytes) {
      const address = region.start;
      region.start += bytes;
      if (region.start === region.end) regions.splice(i, 1);
      return address;
    }
  }
  return 0;
}

function mergeFreeBlocks(): void {
  const free = regions;
  freeLists.forEach((list, sizeClass) => {
    for (const address of list) free.push({ start: address, end: address + classBytes[sizeClass] });
    list.length = 0;
  });
  free.sort((a, b) => a.start - b.start);
  regions = [];
  for (const region of free) {
    const last = regions.at(-1);
    if (last && last.end === region.start) last.end = region.end;
    else regions.push(region);
  }
}

/**
 * A block of at least `bytes`, or null where the budget (`force`: the engine's own limit) is reached.
 * Forced blocks are for staging: they go back within the same call.
 */
export function takeBlock(bytes: number, force = false): Block | null {
  const sizeClass = sizeClassOf(bytes);
  const size = classBytes[sizeClass];
  if (size === undefined || (!force && (bytesInUse + size > budget || size > largestKept))) return null;
  let address = freeLists[sizeClass].pop() ?? 0;
  if (address === 0 && regions.length > 0) address = cut(size);
  if (address === 0 && bytesFree >= size && top - heapStart + size > budget) {
    // The heap has grown as far as it should: make room from what lies free in other classes.
    mergeFreeBlocks();
    address = cut(size);
  }
  if (address !== 0) {
    bytesFree -= size;
  } else {
    if (!growTo(top + size)) return null;
    address = top;
    top += size;
  }
  bytesInUse += size;
  if (bytesInUse > peakBytes) peakBytes = bytesInUse;
  return { address, sizeClass, live: true, slack: 0 };
}

/** Counts so many bytes of a block as used by nobody. */
export function leaveUnused(block: Block, bytes: number): void {
  block.slack += bytes;
  bytesSlack += bytes;
}

/** Takes a block back; a second time changes nothing. */
export function returnBlock(block: Block): void {
  if (!block.live) return;
  block.live = false;
  const size = classBytes[block.sizeClass];
  leaveUnused(block, -block.slack);
  bytesInUse -= size;
  bytesFree += size;
  freeLists[block.sizeClass].push(block.address);
}
