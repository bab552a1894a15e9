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
interface Pace {
  readonly smallestWindow: number;
  readonly mostOfTheTime: number;
  readonly leastOfTheTime: number;
}
const steady: Pace = { smallestWindow: 2 ** 24, mostOfTheTime: 0.15, leastOfTheTime: 0.04 };
/** Of young objects, where memory that is still in a processor's cache makes up for more of them. */
const quick: Pace = { smallestWindow: 2 ** 23, mostOfTheTime: 0.6, leastOfTheTime: 0.25 };
/** The share of what was allocated since that may have lived, for these to be worth as many. */
const mostThatLives = 0.5;
const leastThatLives = 0.1;
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

  /** Collects what died young; false where the engine does not show it. */
  collectYoung(): boolean {
    const { engine } = this;
    if (engine === null || engine.collectYoung === null) return false;
    engine.releaseKept();
    engine.collectYoung();
    for (const watch of this.watches) watch.sweepYoung();
    this.restart(engine);
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
    this.restart(engine);
  }

  private restart(engine: Engine): void {
    this.sentinel = new WeakRef({});
    // Those that were found alive are not to be kept for it.
    engine.releaseKept();
  }
}

class OwnersWatch<H extends Held> implements Watch<H> {
  private readonly collector: JobCollector;
  private readonly garbage: Watchable<H>;
  private readonly memory: HeldMemory<H>;
  /** By the collections that they survived: none, one, or so many that collections of young objects pass them over. */
  private fresh: Watched<H>[] = [];
  private survivors: Watched<H>[] = [];
  private old: Watched<H>[] = [];
  private added = 0;
  /** How many of the fresh ones were alive when those were left out that had been given back by hand. */
  private tidied = 0;
  private youngWindow = steady.smallestWindow;
  /** Bytes in use after young objects were collected, and those at which they are again. */
  private grown = 0;
  private youngTrigger = steady.smallestWindow;
  private youngEnd = 0;
  private window = steady.smallestWindow;
  /** Bytes in use after the last collection, and those at which to look again. */
  private living = 0;
  private trigger = steady.smallestWindow;
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
    this.fresh.push(new Watched(owner, held));
    if (++this.added < watchedAtOnce) return;
    this.added = 0;
    this.collector.engine?.releaseKept();
    // What was given back by hand leaves references behind.
    if (this.fresh.length > 2 * this.tidied + 2 ** 14) {
      this.fresh = this.fresh.filter((each) => each.held.live);
      this.tidied = this.fresh.length;
    }
  }

  makeRoom(bytes: number): void {
    const { memory } = this;
    if (memory.bytesInUse + bytes <= Math.min(this.youngTrigger, this.trigger, memory.budget)) return;
    if (this.hasRoomFromYoung(bytes)) return;
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
    this.window = this.windowAfter(this.window, share, steady);
    this.lastEnd = end;
    this.settle();
    // Where nearly everything lives, the next collection would find as little.
    if (memory.bytesInUse + bytes > memory.budget - this.window / 4) this.doWithout(this.window);
    // It may have been the moment: try again some day.
    this.surcharge = 1 + (this.surcharge - 1) * 0.95;
  }

  /** Whether there is room, after young objects were collected where enough was allocated for that. */
  private hasRoomFromYoung(bytes: number): boolean {
    const { memory } = this;
    const before = memory.bytesInUse;
    if (before + bytes > this.youngTrigger) {
      const start = performance.now();
      if (!this.collector.collectYoung()) {
        this.youngTrigger = Infinity;
        return false;
      }
      const end = performance.now();
      const share = (end - start) / (end - this.youngEnd);
      this.youngEnd = end;
      const lived = (memory.bytesInUse - this.grown) / Math.max(before - this.grown, 1);
      const pace = memory.isCached ? quick : steady;
      // Fewer where more lives on, and so becomes old.
      const dear = lived > mostThatLives ? Infinity : lived < leastThatLives ? share : Math.max(share, pace.leastOfTheTime);
      this.youngWindow = this.windowAfter(this.youngWindow, dear, pace);
      this.restartYoung();
    }
    return memory.bytesInUse + bytes <= Math.min(this.trigger, memory.budget);
  }

  private windowAfter(window: number, share: number, { smallestWindow, mostOfTheTime, leastOfTheTime }: Pace): number {
    const next = share > mostOfTheTime ? Math.min(2 * window, this.memory.budget) : share < leastOfTheTime ? window / 2 : window;
    return Math.max(next, smallestWindow);
  }

  private restartYoung(): void {
    this.grown = this.memory.bytesInUse;
    if (this.youngTrigger < Infinity) this.youngTrigger = this.grown + this.youngWindow;
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
    this.restartYoung();
    this.refused = 0;
    this.trigger = Math.min(this.living + Math.max(this.window, this.living / 2), this.memory.budget);
  }

  sweep(): void {
    this.old = [...this.livingOf(this.old), ...this.livingOf(this.survivors), ...this.livingOf(this.fresh)];
    this.survivors = [];
    this.fresh = [];
    this.tidied = 0;
  }

  /** Leaves out those that are old. */
  sweepYoung(): void {
    for (const each of this.livingOf(this.survivors)) this.old.push(each);
    this.survivors = this.livingOf(this.fresh);
    this.fresh = [];
    this.tidied = 0;
  }

  /** Takes back what objects held that are gone. */
  private livingOf(watched: readonly Watched<H>[]): Watched<H>[] {
    return watched.filter((each) => {
      if (!each.held.live) return false;
      if (each.deref() !== undefined) return true;
      this.memory.give(each.held);
      return false;
    });
  }

  /** From references to finalizers, when nobody is to collect any more. */
  handOver(): void {
    for (const each of [...this.old.splice(0), ...this.survivors.splice(0), ...this.fresh.splice(0)]) {
      const owner = each.deref();
      if (owner === undefined) this.memory.give(each.held);
      else this.garbage.finalize(owner, each.held);
    }
  }
}
