import { Garbage } from '../garbage.ts';
import type { Block } from './pool.ts';
import { bytesOfClass, leaveUnused, pool, returnBlock, sizeClassOf, takeBlock } from './pool.ts';

/**
 * Who holds which block of the heap. Every storage holds a lease, and a block goes back when its lease is gone. Small arrays share one, so
 * that it costs them next to nothing to be watched: a block is cut into equal parts, which are used again one by one as they are
 * given back by hand, and all together when all of their arrays were dropped.
 */
export class Lease {
  readonly block: Block;
  /** Bytes of the parts that small arrays get; 0 where one array has the block to itself. */
  readonly partBytes: number;
  /** Parts that are free, as bits. */
  free: number;
  /** The address of what was taken last. */
  taken: number;
  /** Whether it is in the list of those that have free parts. */
  listed = false;

  constructor(block: Block, partBytes: number) {
    this.block = block;
    this.partBytes = partBytes;
    this.free = partBytes === 0 ? 0 : allParts;
    this.taken = block.address;
  }
}

const partsOfBlock = 16;
const allParts = 2 ** partsOfBlock - 1;
/** Bytes of the largest arrays that share a block. */
const largestShared = 4096;

/** Leases with free parts by size class; parts are taken from the last. */
const withParts: Lease[][] = Array.from({ length: sizeClassOf(largestShared) + 1 }, () => []);

/** Milliseconds that an array costs more in an ordinary buffer, and each of its bytes. */
const overflowOfArray = 0.0015;
const overflowOfByte = 2.5e-7;
/** How many arrays took how many bytes. */
const taken = { arrays: 0, bytes: 0 };

const garbage = new Garbage<Block>({
  get bytesInUse() { return pool.bytesInUse; },
  get budget() { return pool.budget; },
  isCached: true,
  give: returnBlock,
  costOfDoingWithout(bytes) {
    return bytes * (overflowOfByte + overflowOfArray * taken.arrays / Math.max(taken.bytes, 1));
  },
});

/** Collects garbage where it pays to have so many bytes in the heap. */
export function makeRoom(bytes: number): void {
  garbage.makeRoom(bytes);
}

function leaseOf(block: Block | null, partBytes: number): Lease | null {
  if (block === null) return null;
  const lease = new Lease(block, partBytes);
  garbage.add(lease, block);
  return lease;
}

function leaseWithParts(sizeClass: number): Lease | null {
  const list = withParts[sizeClass];
  for (let last = list.at(-1); last !== undefined; last = list.at(-1)) {
    if (last.block.live) return last;
    list.pop();
  }
  const partBytes = bytesOfClass(sizeClass);
  const lease = leaseOf(takeBlock(partBytes * partsOfBlock), partBytes);
  if (lease !== null) {
    leaveUnused(lease.block, partBytes * partsOfBlock);
    lease.listed = true;
    list.push(lease);
  }
  return lease;
}

/**
 * Room for so many bytes at `taken` of what is returned; null where the budget is spent. Some edge runtimes have no finalizers, so a block
 * would never come back from an array that is dropped: there every storage is a buffer, which the engine collects.
 */
export function takeLease(bytes: number): Lease | null {
  if (!garbage.isSeen) return null;
  // Of late: what was taken before counts less and less.
  if (++taken.arrays > 2 ** 16) {
    taken.arrays /= 2;
    taken.bytes /= 2;
  }
  taken.bytes += bytes;
  if (bytes > largestShared) return leaseOf(takeBlock(bytes), 0);
  const sizeClass = sizeClassOf(bytes);
  if (pool.bytesInUse + bytesOfClass(sizeClass) > pool.budget) return null;
  const lease = leaseWithParts(sizeClass);
  if (lease === null) return null;
  const part = 31 - Math.clz32(lease.free & -lease.free);
  lease.free ^= 1 << part;
  lease.taken = lease.block.address + part * lease.partBytes;
  leaveUnused(lease.block, -lease.partBytes);
  if (lease.free === 0) {
    lease.listed = false;
    withParts[sizeClass].pop();
  }
  return lease;
}

/** Gives back what was taken at an address. */
export function giveBack(lease: Lease, address: number): void {
  const { block, partBytes } = lease;
  if (partBytes === 0) {
    returnBlock(block);
    return;
  }
  lease.free |= 1 << ((address - block.address) / partBytes);
  leaveUnused(block, partBytes);
  const list = withParts[sizeClassOf(partBytes)];
  if (lease.free === allParts && list.length > 0 && list.at(-1) !== lease) returnBlock(block);
  else if (!lease.listed) {
    lease.listed = true;
    list.push(lease);
  }
}
