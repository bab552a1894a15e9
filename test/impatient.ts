import type { Block } from '../src/backend/cpu/pool.ts';
import { bytesOfClass } from '../src/backend/cpu/pool.ts';
import { heapBytes } from '../src/backend/cpu/heap.ts';
import type { Collector, Held, Watch, Watchable } from '../src/platform/collector.ts';
import { findEngine } from '../src/platform/engine.ts';

/**
 * A collector that does not wait until it pays: it collects once in so many allocations, wherever they are, and overwrites what comes back,
 * so that who still uses memory whose arrays are gone computes nonsense.
 */
export class ImpatientCollector implements Collector {
  readonly enabled = true;
  /** What came back so far. */
  found = 0;
  private readonly engine = findEngine()!;
  private readonly every: number;
  private allocations = 0;
  private watched: { readonly reference: WeakRef<object>, readonly give: () => void, readonly held: Held }[] = [];

  constructor(every: number) {
    this.every = every;
  }

  watchOver<H extends Held>({ memory }: Watchable<H>): Watch<H> {
    return {
      add: (owner, held) => {
        const give = (): void => {
          if ('address' in held) {
            const { address, sizeClass } = held as unknown as Block;
            heapBytes().fill(0xa5, address, address + bytesOfClass(sizeClass));
          }
          memory.give(held);
        };
        this.watched.push({ reference: new WeakRef(owner), give, held });
      },
      makeRoom: () => {
        if (++this.allocations % this.every === 0) this.collect();
      },
    };
  }

  collect(): boolean {
    this.engine.releaseKept();
    this.engine.collect();
    this.watched = this.watched.filter(({ reference, give, held }) => {
      if (!held.live) return false;
      if (reference.deref() !== undefined) return true;
      give();
      this.found++;
      return false;
    });
    this.engine.releaseKept();
    return true;
  }

  enable(): void {}
}
