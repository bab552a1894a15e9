/** How memory comes back that hangs on objects which were dropped. */

/** What an object holds of a device's memory. */
export interface Held {
  /** False once it was given back. */
  readonly live: boolean;
}

export interface HeldMemory<H extends Held> {
  /** Bytes that living objects hold, and dropped ones of which nobody knows yet. */
  readonly bytesInUse: number;
  readonly budget: number;
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

/** What finds garbage within a job. */
export interface Collector {
  /** False while it is turned off. */
  readonly enabled: boolean;
  watchOver<H extends Held>(garbage: Garbage<H>): Watch<H>;
  /** Collects at once; false where the engine turns out not to be able to. */
  collect(): boolean;
  /** What is watched is watched by finalizers while it is turned off. */
  enable(wanted: boolean): void;
}

/** Null where the engine cannot be asked to collect: then finalizers tell, between jobs. */
export let collector: Collector | null = null;

export function provideCollector(means: Collector): void {
  collector = means;
}

export class Garbage<H extends Held> {
  readonly memory: HeldMemory<H>;
  private readonly finalizers = typeof FinalizationRegistry === 'undefined'
    ? null : new FinalizationRegistry<H>((held) => this.memory.give(held));
  private ownWatch: Watch<H> | null = null;

  constructor(memory: HeldMemory<H>) {
    this.memory = memory;
  }

  private get watch(): Watch<H> | null {
    return collector?.enabled ? (this.ownWatch ??= collector.watchOver(this)) : null;
  }

  /** Whether anything tells of objects that are dropped: some edge runtimes have no finalizers. */
  get isSeen(): boolean {
    return this.finalizers !== null || this.watch !== null;
  }

  /** Whether they are found within a job. */
  get isSeenInJobs(): boolean {
    return this.watch !== null;
  }

  /** Gives `held` back when `owner` is gone. */
  add(owner: object, held: H): void {
    const { watch } = this;
    if (watch !== null) watch.add(owner, held);
    else this.finalize(owner, held);
  }

  /** Not unregistered when it is given back by hand: a token would make every registration several times dearer. */
  finalize(owner: object, held: H): void {
    this.finalizers!.register(owner, held);
  }

  makeRoom(bytes: number): void {
    this.watch?.makeRoom(bytes);
  }
}
