import { breathe, sleep } from './dom.ts';
import type { Evaluation, Trainer } from './trainer.ts';

/** Trains in small portions, so that the page stays awake. */

export interface LoopEvents {
  /** The mean loss of the last steps. */
  readonly loss: (step: number, loss: number) => void;
  readonly evaluation: (step: number, evaluation: Evaluation) => void;
  readonly speed: (stepsPerSecond: number) => void;
  /** The rounds are over. */
  readonly done: () => void;
}

/** For so long steps are taken, or asked of the GPU, before the page has its turn. */
const portion = 30;
/** So often the loss is read from the GPU, about. */
const readingInterval = 120;
const slowStep = 60;
/** Tests take so much of the time at most, unless the pause between them were too long; the first one compiles kernels. */
const shareOfTests = 0.2;
const longestPause = 2000;
/** So often the weights are kept that a lost GPU would take with it. */
const savingInterval = 3000;

export class Loop {
  slow = false;
  /** The step at which the loop ends. */
  end = 0;
  private readonly trainer: Trainer;
  private readonly events: LoopEvents;
  private wanted = false;
  private running: Promise<void> | null = null;
  private nextTest = 0;
  private testsOver = 0;
  private nextSave = 0;

  constructor(trainer: Trainer, events: LoopEvents) {
    this.trainer = trainer;
    this.events = events;
  }

  get active(): boolean {
    return this.wanted;
  }

  /** Trains until `stop` or the end; rejects where the device fails. */
  start(): Promise<void> {
    this.wanted = true;
    this.running ??= this.run().finally(() => {
      this.wanted = false;
      this.running = null;
    });
    return this.running;
  }

  /** Resolves when the steps that were begun are over. */
  async stop(): Promise<void> {
    this.wanted = false;
    // Whoever started it hears of its failure.
    await this.running?.catch(() => {});
  }

  /** Tests the model now. */
  async test(): Promise<void> {
    const { trainer } = this;
    const { step } = trainer;
    const start = performance.now();
    const evaluation = await trainer.evaluate();
    const now = performance.now();
    // Often at first, when much changes.
    this.nextTest = step + Math.min(50, 4 + Math.floor(step / 10));
    this.testsOver = now + Math.min(longestPause, (now - start) * (1 / shareOfTests - 1));
    this.events.evaluation(step, evaluation);
  }

  private async run(): Promise<void> {
    const { trainer } = this;
    // Whoever stops it may want it again before its last steps are over.
    do {
      await this.steps();
      await this.test();
    } while (this.wanted && trainer.step < this.end);
    if (this.wanted) this.events.done();
  }

  private async steps(): Promise<void> {
    const { trainer, events } = this;
    let count = 4;
    let before: Promise<void> | null = null;
    let last = performance.now();
    let speed = 0;
    while (this.wanted && trainer.step < this.end) {
      const first = trainer.step;
      const on = trainer.place;
      await this.take(this.slow ? 1 : count);
      const taken = trainer.step - first;
      const { step } = trainer;
      const reading = trainer.loss().then((loss) => events.loss(step, loss));
      // Whether it fails is looked at one turn later.
      reading.catch(() => {});
      // The GPU has its next steps before those that it did are looked at.
      await (on === 'cpu' ? reading : before);
      before = reading;
      if (this.slow) await sleep(slowStep);
      const now = performance.now();
      const elapsed = now - last;
      last = now;
      const weight = speed === 0 ? 1 : Math.min(1, elapsed / 700);
      speed += weight * ((1000 * taken) / elapsed - speed);
      events.speed(speed);
      if (!this.slow) count = Math.max(1, Math.min(2 * count, Math.round(count * readingInterval / elapsed)));
      if (step >= this.nextTest && now >= this.testsOver) await this.test();
      if (on !== 'cpu' && now >= this.nextSave) {
        await trainer.save();
        this.nextSave = performance.now() + savingInterval;
      }
    }
    await before;
  }

  /** Some steps, fewer on the CPU where they take too long for the page. */
  private async take(count: number): Promise<void> {
    const { trainer } = this;
    const onCpu = trainer.place === 'cpu';
    let pause = performance.now() + portion;
    for (let i = 0; i < count && this.wanted && trainer.step < this.end; i++) {
      trainer.train();
      if (performance.now() < pause) continue;
      if (onCpu) break;
      await breathe();
      pause = performance.now() + portion;
    }
    await breathe();
  }
}
