/** How memory comes back that hangs on objects which were dropped, where that is found within a job. */

/** What an object holds of a device's memory. */
export interface Held {
  /** False once it was given back. */
  readonly live: boolean;
}

export interface HeldMemory<H extends Held> {
  /** Bytes that living objects hold, and dropped ones of which nobody knows yet. */
  readonly bytesInUse: number;
  readonly budget: number;
  /** Whether memory that was just given back is faster than other: it may still be in a processor's cache. */
  readonly isCached: boolean;
  /** Takes back what a dropped object held; what was given back before is left as it is. */
  give(held: H): void;
  /** Milliseconds that it takes to do without memory for so many bytes, instead of collecting for them. */
  costOfDoingWithout(bytes: number): number;
}

/** The objects that hold a device's memory, as one collector sees them. */
export interface Watch<H extends Held> {
  add(owner: object, held: H): void;
  /** Sees to it that so many bytes can be allocated, where it pays to collect for them. */
  makeRoom(bytes: number): void;
}

/** What a collector watches over, and leaves to finalizers when it is turned off. */
export interface Watchable<H extends Held> {
  readonly memory: HeldMemory<H>;
  finalize(owner: object, held: H): void;
}

/** What finds garbage within a job. */
export interface Collector {
  /** False while it is turned off. */
  readonly enabled: boolean;
  watchOver<H extends Held>(garbage: Watchable<H>): Watch<H>;
  /** Collects at once; false where the engine turns out not to be able to. */
  collect(): boolean;
  /** What is watched is watched by finalizers while it is turned off. */
  enable(wanted: boolean): void;
}
