import type { Device } from './device.ts';
import type { DType, TypedArray } from './dtype.ts';
import { RuntimeError } from './errors.ts';

/** A block of bytes on one device, shared by every view of it. */
export abstract class Storage {
  readonly device: Device;
  readonly byteLength: number;
  /** Counts in-place writes; the tape compares it to know whether a saved array is still what it was. */
  version = 0;
  /** Outlives the scope that it was made in: gradients of leaves and the state of optimisers do. */
  pinned = false;

  constructor(device: Device, byteLength: number) {
    this.device = device;
    this.byteLength = byteLength;
  }

  abstract get freed(): boolean;

  /** Gives the block back at once. Using any array on it afterwards throws. */
  abstract free(): void;

  /** How many elements of a dtype it holds. */
  roomFor(dtype: DType): number {
    return this.byteLength / dtype.itemsize;
  }

  /** Components of a dtype from a place on, where they lie in memory that JavaScript reaches at once; null elsewhere. They keep it. */
  hostView(_dtype: DType, _start: number, _length: number): TypedArray | null {
    return null;
  }
}

export function assertLive(storage: Storage): void {
  if (storage.freed) {
    throw new RuntimeError('this array was freed (by `using`, `scope` or `free`) and cannot be used again: '
      + 'return from a scope, also inside lists and objects, what is to outlive it');
  }
}

type AllocationListener = (storage: Storage) => void;
let listener: AllocationListener | null = null;

/** Backends call it with every storage that they make. */
export function announceAllocation(storage: Storage): void {
  if (listener !== null) listener(storage);
}

/** Runs `body` and hands every storage that is made meanwhile to `onAllocate`, and to whoever listened before. */
export function trackAllocations<T>(onAllocate: AllocationListener, body: () => T): T {
  const previous = listener;
  listener = previous === null ? onAllocate : (storage) => {
    onAllocate(storage);
    previous(storage);
  };
  try {
    return body();
  } finally {
    listener = previous;
  }
}

let holders: Set<object> | null = null;

/** Tells the scope around that an object of outside may hold arrays which have to outlive it. */
export function announceHolder(holder: object): void {
  if (holders !== null) holders.add(holder);
}

/** Runs `body` and collects into `found` the objects that announce themselves meanwhile, also for whoever collected before. */
export function trackHolders<T>(found: Set<object>, body: () => T): T {
  const previous = holders;
  holders = found;
  try {
    return body();
  } finally {
    holders = previous;
    for (const holder of found) announceHolder(holder);
  }
}
