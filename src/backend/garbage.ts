import type { Collector, Held, HeldMemory, Watch, Watchable } from '../platform/collector.ts';
import { platform } from '../platform/current.ts';

/** How memory comes back that hangs on objects which were dropped. */

/** Null where the engine cannot be asked to collect: then finalizers tell, between jobs. */
export let collector: Collector | null = platform.collector;

export function provideCollector(means: Collector): void {
  collector = means;
}

export class Garbage<H extends Held> implements Watchable<H> {
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
