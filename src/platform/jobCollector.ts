import type { Collector, Held, HeldMemory, Watch, Watchable } from './collector.ts';
import type { Engine } from './engine.ts';

/** When garbage is looked for within a job: often enough that memory stays small, and seldom enough that it costs little. */

/** An object that is watched, and what it holds. */
class Watched<H> extends WeakRef<object> {
  readonly held: H;

  constructor(owner: object, held: H) {
    super(owner);
    this.held = held;
  }
}

/** Bytes that may be allocated between two collections at the least, and the share of the time that these may take. */
const smallestWindow = 2 ** 24;
const mostOfTheTime = 0.15;
const leastOfTheTime = 0.04;
/** Objects that were just watched are kept, in a table that grows slower with every one. */
const watchedAtOnce = 256;
/** Milliseconds for a MiB of JavaScript objects, before any collection was measured. */
const firstRate = 0.8;

export class JobCollector implements Collector {
  private readonly open: () => Engine | null;
  private opened: Engine | null = null;
  private on = true;
  private readonly watches: OwnersWatch<never>[] = [];
  private millisecondsPerMiB = firstRate;
  /** Is empty once the engine has collected since the last sweep. */
  private sentinel: WeakRef<object> | null = null;

  constructor(open: () => Engine | null) {
    this.open = open;
  }

  /** What asks the engine, opened when it is first needed. Where that fails, finalizers take over. */
  get engine(): Engine | null {
    if (this.opened === null) {
      this.opened = this.open();
      if (this.opened === null) this.enable(false);
    }
    return this.opened;
  }

  get enabled(): boolean {
    return this.on;
  }

  enable(wanted: boolean): void {
    this.on = wanted;
    if (!wanted) for (const watch of this.watches) watch.handOver();
  }

  watchOver<H extends Held>(garbage: Watchable<H>): Watch<H> {
    const watch = new OwnersWatch(this, garbage);
    this.watches.push(watch as unknown as OwnersWatch<never>);
    return watch;
  }

  collect(): boolean {
    const { engine } = this;
    if (engine === null) return false;
    const MiB = engine.heapBytes() / 2 ** 20;
    const start = performance.now();
    engine.releaseKept();
    engine.collect();
    this.sweep(engine);
    this.millisecondsPerMiB = (performance.now() - start) / MiB;
    return true;
  }

  /** Milliseconds that a collection will take: most of them go to other people's objects. */
  expected(engine: Engine): number {
    return this.millisecondsPerMiB * engine.heapBytes() / 2 ** 20;
  }

  /** Sweeps where the engine has collected by itself. */
  sweepIfCollected(engine: Engine): boolean {
    if (this.sentinel === null || this.sentinel.deref() !== undefined) return false;
    this.sweep(engine);
    return true;
  }

  private sweep(engine: Engine): void {
    for (const watch of this.watches) watch.sweep();
    this.sentinel = new WeakRef({});
    // Those that were found alive are not to be kept for it.
    engine.releaseKept();
  }
}

class OwnersWatch<H extends Held> implements Watch<H> {
  private readonly collector: JobCollector;
  private readonly garbage: Watchable<H>;
  private readonly memory: HeldMemory<H>;
  private watched: Watched<H>[] = [];
  private fresh = 0;
  private afterSweep = 0;
  private window = smallestWindow;
  /** Bytes in use after the last collection, and those at which to look again. */
  private living = 0;
  private trigger = smallestWindow;
  private lastEnd = 0;
  private settled = performance.now();
  private ownTime = 0;
  /** Bytes that were done without since the last collection, and those that shall be before the next is thought of. */
  private refused = 0;
  private patience = 0;
  /** When the last of these began, and how many bytes it was for: what doing without costs is measured. */
  private refusing: { readonly since: number, readonly bytes: number } | null = null;
  /** How many times as much as was estimated. */
  private surcharge = 1;

  constructor(collector: JobCollector, garbage: Watchable<H>) {
    this.collector = collector;
    this.garbage = garbage;
    this.memory = garbage.memory;
  }

  add(owner: object, held: H): void {
    this.watched.push(new Watched(owner, held));
    if (++this.fresh < watchedAtOnce) return;
    this.fresh = 0;
    this.collector.engine?.releaseKept();
    // What was given back by hand leaves references behind.
    if (this.watched.length > 2 * this.afterSweep + 2 ** 14) {
      this.watched = this.watched.filter((each) => each.held.live);
      this.afterSweep = this.watched.length;
    }
  }

  makeRoom(bytes: number): void {
    const { memory } = this;
    if (memory.bytesInUse + bytes <= Math.min(this.trigger, memory.budget)) return;
    const estimated = memory.costOfDoingWithout(memory.bytesInUse - this.living + this.refused + bytes);
    if (this.patience > 0 && estimated < Infinity) {
      this.patience -= bytes;
      this.refused += bytes;
      return;
    }
    const { engine } = this.collector;
    if (engine === null) return;
    this.measure();
    if (this.collector.sweepIfCollected(engine)) {
      this.settle();
      if (memory.bytesInUse + bytes <= this.trigger) return;
    }
    if (this.collector.expected(engine) > this.surcharge * estimated) {
      if (this.trigger < memory.budget) this.trigger = Math.min(2 * this.trigger, memory.budget);
      else this.doWithout(Math.max(this.window, memory.budget / 8));
      return;
    }
    const start = performance.now();
    this.collector.collect();
    const end = performance.now();
    const share = (end - start) / (end - this.lastEnd);
    if (share > mostOfTheTime) this.window = Math.max(Math.min(2 * this.window, memory.budget), smallestWindow);
    else if (share < leastOfTheTime) this.window = Math.max(this.window / 2, smallestWindow);
    this.lastEnd = end;
    this.settle();
    // Where nearly everything lives, the next collection would find as little.
    if (memory.bytesInUse + bytes > memory.budget - this.window / 4) this.doWithout(this.window);
    // It may have been the moment: try again some day.
    this.surcharge = 1 + (this.surcharge - 1) * 0.95;
  }

  private doWithout(bytes: number): void {
    const since = performance.now();
    // What the program itself takes for as many bytes.
    if (this.refused === 0) this.ownTime = (since - this.settled) / Math.max(this.memory.bytesInUse - this.living, 1);
    this.patience = bytes;
    this.refusing = { since, bytes };
  }

  /** Where the engine is slow with ordinary buffers, as it is beside many objects, a collection is worth more. */
  private measure(): void {
    if (this.refusing === null) return;
    const { since, bytes } = this.refusing;
    const took = performance.now() - since - this.ownTime * bytes;
    this.surcharge = Math.max(took / this.memory.costOfDoingWithout(bytes), 1);
    this.refusing = null;
  }

  private settle(): void {
    this.settled = performance.now();
    this.living = this.memory.bytesInUse;
    this.refused = 0;
    this.trigger = Math.min(this.living + Math.max(this.window, this.living / 2), this.memory.budget);
  }

  /** Takes back what objects held that are gone. */
  sweep(): void {
    const { watched, memory } = this;
    let kept = 0;
    for (const each of watched) {
      if (!each.held.live) continue;
      if (each.deref() === undefined) memory.give(each.held);
      else watched[kept++] = each;
    }
    watched.length = kept;
    this.afterSweep = kept;
  }

  /** From references to finalizers, when nobody is to collect any more. */
  handOver(): void {
    for (const each of this.watched.splice(0)) {
      const owner = each.deref();
      if (owner === undefined) this.memory.give(each.held);
      else this.garbage.finalize(owner, each.held);
    }
  }
}
