import { NotImplementedError, RuntimeError, ValueError, iterable, listOf, shown } from '../../../core/errors.ts';
import { callable } from '../../../core/callable.ts';
import { isPromise } from '../../../core/realms.ts';
import { openGpus } from '../../device.ts';
import type { Call, NamesOf } from '../../../core/signature.ts';
import { Signature } from '../../../core/signature.ts';
import type { Generator } from '../../functions/random/generator.ts';
import { warn } from '../../arguments/warnings.ts';
import type { Collated } from './collate.ts';
import { default_collate, default_convert } from './collate.ts';
import type { Dataset, DatasetLike } from './dataset.ts';
import { IterableDataset, sampleAt } from './dataset.ts';
import { BatchSampler, RandomSampler, SequentialSampler, drawSeed } from './sampler.ts';

type LoaderParameters<T, B> = [
  dataset: DatasetLike<T>, batch_size?: number | null, shuffle?: boolean | null, sampler?: Iterable<number> | null,
  batch_sampler?: Iterable<readonly number[]> | null, num_workers?: number, collate_fn?: ((batch: readonly T[]) => B) | null,
  pin_memory?: boolean, drop_last?: boolean, timeout?: number, worker_init_fn?: null, multiprocessing_context?: null,
  generator?: Generator | null,
];

/** What concerns workers, of which there are none. */
interface WorkerOptions {
  readonly prefetch_factor?: number | null;
  readonly persistent_workers?: boolean;
  readonly pin_memory_device?: string;
  readonly in_order?: boolean;
}

/** All parameters but the data set, by name. */
export interface DataLoaderOptions<T, B> extends WorkerOptions {
  /** Samples to a batch, 1 unless said; null gives single samples. */
  readonly batch_size?: number | null;
  /** Whether every loop has an order of its own. */
  readonly shuffle?: boolean | null;
  /** In which order the samples are visited, in place of `shuffle`. */
  readonly sampler?: Iterable<number> | null;
  /** Which samples each batch has, in place of `batch_size`, `shuffle`, `sampler` and `drop_last`. */
  readonly batch_sampler?: Iterable<readonly number[]> | null;
  /** Loading runs in this thread: 0 only. */
  readonly num_workers?: number;
  /** What makes a batch of samples: default_collate unless said. */
  readonly collate_fn?: ((batch: readonly T[]) => B) | null;
  /** Of no effect: WebGPU copies from any memory alike. */
  readonly pin_memory?: boolean;
  /** Whether a last batch of fewer samples is left out. */
  readonly drop_last?: boolean;
  /** The stream that orders are drawn from, the default one unless said. */
  readonly generator?: Generator | null;
}

const text = [
  'dataset: object, batch_size: int | None = 1, shuffle=None, sampler=None, batch_sampler=None, num_workers=0, collate_fn: callable = None',
  'pin_memory=False, drop_last=False, timeout=0.0, worker_init_fn=None, multiprocessing_context=None',
  "generator=None, *, prefetch_factor: int | None = None, persistent_workers=False, pin_memory_device=''",
  'in_order=True',
] as const;
const loader = new Signature<NamesOf<typeof text>, LoaderParameters<never, unknown>, WorkerOptions>('DataLoader.__init__', text);
type LoaderCall<T, B> = Call<NamesOf<typeof text>, LoaderParameters<T, B>, WorkerOptions>;
type LoaderValues = ReturnType<typeof loader.read>;

/** The same index for ever: an iterable data set is asked for the next sample only. */
class InfiniteSampler implements Iterable<number> {
  * [Symbol.iterator](): Iterator<number> {
    for (;;) yield 0;
  }
}

function checkWorkers({ num_workers, prefetch_factor, persistent_workers, ...rest }: LoaderValues): void {
  if (num_workers < 0) {
    throw new ValueError('num_workers option should be non-negative; use num_workers=0 to disable multiprocessing.');
  }
  if (rest.timeout < 0) throw new ValueError('timeout option should be non-negative');
  if (num_workers > 0) {
    throw new NotImplementedError(
      `num_workers=${num_workers} is not supported: loop with \`for await\` over samples that are promises`);
  }
  if (prefetch_factor !== null) {
    throw new ValueError('prefetch_factor option could only be specified in multiprocessing.let num_workers > 0 to enable '
      + 'multiprocessing, otherwise set prefetch_factor to None.');
  }
  if (rest.worker_init_fn !== null || rest.multiprocessing_context !== null || rest.timeout !== 0 || rest.pin_memory_device !== '') {
    throw new NotImplementedError(
      'worker_init_fn, multiprocessing_context, timeout and pin_memory_device are not supported: there are no workers');
  }
  if (persistent_workers) throw new ValueError('persistent_workers option needs num_workers > 0');
}

class DataLoaderClass<T = unknown, B = Collated<T>> implements Iterable<B>, AsyncIterable<B> {
  /** The data set that is gone over. */
  readonly dataset: DatasetLike<T>;
  /** Samples to a batch; null where a `batch_sampler` decides, or where there are no batches. */
  readonly batch_size: number | null;
  /** Whether a last batch of fewer samples is left out. */
  readonly drop_last: boolean;
  /** In which order the samples are visited. */
  readonly sampler: Iterable<number>;
  /** Which samples each batch has; null where there are no batches. */
  readonly batch_sampler: Iterable<readonly number[]> | null;
  /** The stream that orders are drawn from; null for the default one. */
  readonly generator: Generator | null;
  /** Loading runs in this thread. */
  readonly num_workers = 0;
  /** Of no effect, as WebGPU copies from any memory alike. */
  readonly pin_memory: boolean;
  /** What makes a batch of samples, or the sample to give where there are no batches. */
  readonly collate_fn: (batch: readonly T[]) => B;

  constructor(...given: readonly unknown[]) {
    const values = loader.read(given);
    checkWorkers(values);
    const { batch_size, sampler, batch_sampler, drop_last, generator } = values;
    const dataset = values.dataset as DatasetLike<T>;
    const shuffle = values.shuffle ?? false;
    const streams = dataset instanceof IterableDataset;
    if (streams) {
      const name = 'DataLoader with IterableDataset: expected unspecified';
      if (shuffle) throw new ValueError(`${name} shuffle option, but got shuffle=True`);
      if (sampler !== null) throw new ValueError(`${name} sampler option, but got sampler=${shown(sampler)}`);
      if (batch_sampler !== null) throw new ValueError(`${name} batch_sampler option, but got batch_sampler=${shown(batch_sampler)}`);
    }
    if (sampler !== null && shuffle) throw new ValueError('sampler option is mutually exclusive with shuffle');
    if (batch_sampler !== null) {
      if (batch_size !== 1 || shuffle || sampler !== null || drop_last) {
        throw new ValueError('batch_sampler option is mutually exclusive with batch_size, shuffle, sampler, and drop_last');
      }
    } else if (batch_size === null && drop_last) {
      throw new ValueError('batch_size=None option disables auto-batching and is mutually exclusive with drop_last');
    }
    this.dataset = dataset;
    this.pin_memory = values.pin_memory;
    this.generator = generator;
    this.sampler = sampler ?? (streams ? new InfiniteSampler()
      : shuffle ? new RandomSampler(dataset, { generator: this.generator }) : new SequentialSampler(dataset));
    this.batch_size = batch_sampler === null ? batch_size : null;
    this.drop_last = drop_last;
    this.batch_sampler = batch_sampler ?? (batch_size === null ? null : new BatchSampler(this.sampler, batch_size, drop_last));
    this.collate_fn = (values.collate_fn
      ?? (this.batch_sampler === null ? default_convert : default_collate)) as unknown as (batch: readonly T[]) => B;
  }

  /**
   * How many batches a loop has: Python's `len(loader)`. A TypeError where the sampler has no length.
   * @example
   * torch.utils.data.DataLoader([1, 2, 3, 4, 5], { batch_size: 2 }).length; // → 3
   */
  get length(): number {
    if (this.dataset instanceof IterableDataset) {
      const { length } = this.dataset;
      return this.batch_size === null ? length
        : this.drop_last ? Math.floor(length / this.batch_size) : Math.ceil(length / this.batch_size);
    }
    const { length } = (this.batch_sampler ?? this.sampler) as unknown as { readonly length?: number };
    if (typeof length !== 'number') throw new TypeError('the sampler of this DataLoader has no length');
    return length;
  }

  /** The batches of one loop: `for (const batch of loader)`. */
  [Symbol.iterator](): IterableIterator<B> {
    this.begin();
    return this.dataset instanceof IterableDataset ? this.streamed(this.dataset) : this.looked();
  }

  /** The batches of one loop, for data sets that give promises: `for await (const batch of loader)`. */
  [Symbol.asyncIterator](): AsyncIterableIterator<B> {
    this.begin();
    return this.dataset instanceof IterableDataset ? this.streamedLater(this.dataset) : this.lookedLater();
  }

  /** What happens when an epoch begins, before the first sample is asked for. */
  private begin(): void {
    // WebGPU copies from any memory alike, so with a GPU there is nothing to do.
    if (this.pin_memory && openGpus().length === 0) {
      warn("'pin_memory' argument is set as true but no accelerator is found, then device pinned memory won't be used.");
    }
    // PyTorch draws a seed for its workers, also where it has none.
    drawSeed(this.generator);
  }

  private * looked(): IterableIterator<B> {
    if (this.batch_sampler === null) {
      for (const index of iterable(this.sampler)) yield this.single(present(this.sample(index)));
      return;
    }
    for (const indices of iterable(this.batch_sampler)) yield this.ready(indices) ?? this.collate_fn(this.samples(indices).map(present));
  }

  private async * lookedLater(): AsyncIterableIterator<B> {
    if (this.batch_sampler === null) {
      for (const index of iterable(this.sampler)) yield this.single(await this.sample(index));
      return;
    }
    for (const indices of iterable(this.batch_sampler)) {
      yield this.ready(indices) ?? this.collate_fn(await Promise.all(await (this.asked(indices) ?? this.samples(indices))));
    }
  }

  /** Without batches the collate function is given a sample. */
  private single(sample: T): B {
    return this.collate_fn(sample as unknown as readonly T[]);
  }

  private sample(index: number): T | Promise<T> {
    const sample = sampleAt(this.dataset, index);
    if (sample === undefined) throw new RuntimeError(`the data set has no sample at ${index}`);
    return sample;
  }

  private asked(indices: readonly number[]): readonly T[] | Promise<readonly T[]> | undefined {
    return (this.dataset as Dataset<T>).__getitems__?.(indices);
  }

  private samples(indices: readonly number[]): readonly (T | Promise<T>)[] {
    const several = this.asked(indices);
    if (isPromise(several)) throw asynchronous();
    return several ?? listOf(indices).map((index) => this.sample(index));
  }

  /** The batch itself, where the data set makes it at once and nobody wants it made otherwise. */
  private ready(indices: readonly number[]): B | null {
    if (this.collate_fn as unknown !== default_collate) return null;
    return ((this.dataset as Dataset<T>).__collated__?.(indices) ?? null) as B | null;
  }

  private * streamed(dataset: IterableDataset<T>): IterableIterator<B> {
    if (this.batch_sampler === null) {
      for (const sample of dataset) yield this.single(sample);
      return;
    }
    let batch: T[] = [];
    for (const sample of dataset) {
      batch.push(present(sample));
      if (batch.length < this.batch_size!) continue;
      yield this.collate_fn(batch);
      batch = [];
    }
    if (batch.length > 0 && !this.drop_last) yield this.collate_fn(batch);
  }

  private async * streamedLater(dataset: IterableDataset<T>): AsyncIterableIterator<B> {
    let batch: T[] = [];
    for await (const sample of dataset as AsyncIterable<T> | Iterable<T>) {
      if (this.batch_sampler === null) {
        yield this.single(sample);
        continue;
      }
      batch.push(sample);
      if (batch.length < this.batch_size!) continue;
      yield this.collate_fn(batch);
      batch = [];
    }
    if (batch.length > 0 && !this.drop_last) yield this.collate_fn(batch);
  }
}

function asynchronous(): RuntimeError {
  return new RuntimeError('this data set gives its samples as promises: loop over the loader with `for await`');
}

function present<T>(sample: T | Promise<T>): T {
  if (isPromise(sample)) throw asynchronous();
  return sample;
}

interface DataLoaderConstructor {
  new <T, B = Collated<T>>(dataset: DatasetLike<T>, options?: DataLoaderOptions<T, B>): DataLoaderClass<T, B>;
  new <T, B = Collated<T>>(...given: LoaderCall<T, B>): DataLoaderClass<T, B>;
  <T, B = Collated<T>>(dataset: DatasetLike<T>, options?: DataLoaderOptions<T, B>): DataLoaderClass<T, B>;
  <T, B = Collated<T>>(...given: LoaderCall<T, B>): DataLoaderClass<T, B>;
  readonly prototype: DataLoaderClass;
}

/**
 * Goes over a data set in batches, in order or shuffled, once for every loop over it; `for await` where samples are promises.
 * Source: torch.utils.data.DataLoader.
 * @example
 * const data = new torch.utils.data.TensorDataset(torch.arange(4), torch.arange(4).mul(10));
 * for (const [x, y] of new torch.utils.data.DataLoader(data, { batch_size: 2 })) {
 *   console.log(`${x} ${y}`);
 * } // → tensor([0, 1]) tensor([ 0, 10])
 *   //   tensor([2, 3]) tensor([20, 30])
 */
export const DataLoader = callable('DataLoader', DataLoaderClass) as unknown as DataLoaderConstructor;
export type DataLoader<T = unknown, B = Collated<T>> = DataLoaderClass<T, B>;
