import { NotImplementedError, RuntimeError, ValueError, iterable, lengthOf, listOf, shown } from '../../../core/errors.ts';
import { multinomial } from '../../../random/torchMultinomial.ts';
import { signature } from '../../../core/signature.ts';
import { callable } from '../../../core/callable.ts';
import { Generator, default_generator } from '../../functions/random/generator.ts';
import { pythonRepr } from '../../../core/printing/index.ts';
import { Tensor } from '../../tensor/tensor.ts';

/** In which order a data set's samples are visited. Each draws from the stream of random numbers exactly as PyTorch does. */

interface Sized {
  readonly length: number;
}

/**
 * The base of samplers: an iterable of indices, or of lists of them. Source: torch.utils.data.Sampler.
 * @example
 * class Backwards extends torch.utils.data.Sampler {
 *   override* [Symbol.iterator]() { yield* [2, 1, 0]; }
 * }
 * [...torch.utils.data.DataLoader(['a', 'b', 'c'], { sampler: new Backwards(), batch_size: null })]; // → ['c', 'b', 'a']
 */
export abstract class Sampler<T = number> implements Iterable<T> {
  /** The indices of one loop, in order. */
  [Symbol.iterator](): Iterator<T> {
    throw new NotImplementedError('Subclasses of Sampler should implement [Symbol.iterator].');
  }
}

/** A seed for a stream of its own, drawn as PyTorch draws it. */
export function drawSeed(generator: Generator | null): bigint {
  const seed = new BigInt64Array(1);
  (generator ?? default_generator).stream.random(seed, 'int64', 0, 1);
  return seed[0];
}

const sequential = signature<[data_source: Sized]>()('SequentialSampler.__init__', 'data_source: object');

class SequentialSamplerClass extends Sampler {
  /** What is gone over. */
  readonly data_source: Sized;

  constructor(...given: typeof sequential.call) {
    super();
    this.data_source = sequential.read(given).data_source;
  }

  override * [Symbol.iterator](): Iterator<number> {
    for (let i = 0, { length } = this; i < length; i++) yield i;
  }

  /**
   * How many indices there are.
   * @example
   * torch.utils.data.SequentialSampler(['a', 'b', 'c']).length; // → 3
   */
  get length(): number {
    return lengthOf(this.data_source);
  }
}

/**
 * The indices 0 to n − 1 in order. Source: torch.utils.data.SequentialSampler.
 * @example
 * [...torch.utils.data.SequentialSampler(['a', 'b', 'c'])]; // → [0, 1, 2]
 */
export const SequentialSampler = callable('SequentialSampler', SequentialSamplerClass);
export type SequentialSampler = SequentialSamplerClass;

const random = signature<[data_source: Sized, replacement?: boolean, num_samples?: number | null, generator?: Generator | null]>()(
  'RandomSampler.__init__', 'data_source: object, replacement: Any = False, num_samples: int | None = None, generator=None');

function checkCount(count: number): void {
  if (!Number.isInteger(count) || count <= 0) {
    throw new ValueError(`num_samples should be a positive integer value, but got num_samples=${pythonRepr(count)}`);
  }
}

class RandomSamplerClass extends Sampler {
  /** What is gone over. */
  readonly data_source: Sized;
  /** Whether the same index may come again. */
  readonly replacement: boolean;
  /** The stream that is drawn from; null for one that the default stream seeds. */
  readonly generator: Generator | null;
  private readonly count: number | null;

  constructor(...given: typeof random.call) {
    super();
    const { data_source, replacement, num_samples, generator } = random.read(given);
    if (typeof replacement !== 'boolean') {
      throw new TypeError(`replacement should be a boolean value, but got replacement=${shown(replacement)}`);
    }
    this.data_source = data_source;
    this.replacement = replacement;
    this.count = num_samples;
    this.generator = generator;
    checkCount(this.num_samples);
  }

  /**
   * How many indices are drawn: unless said the length of the data set, which may change while a program runs.
   * @example
   * torch.utils.data.RandomSampler(['a', 'b', 'c'], { replacement: true, num_samples: 8 }).num_samples; // → 8
   */
  get num_samples(): number {
    return this.count ?? lengthOf(this.data_source);
  }

  override * [Symbol.iterator](): Iterator<number> {
    const n = lengthOf(this.data_source);
    const { stream } = this.generator ?? new Generator().manual_seed(drawSeed(null));
    const { num_samples } = this;
    if (this.replacement) {
      const draw = (count: number): number[] => {
        const out = new BigInt64Array(count);
        stream.randintInt64(0, n, out);
        return Array.from(out, Number);
      };
      for (let i = 0; i < Math.floor(num_samples / 32); i++) yield* draw(32);
      yield* draw(num_samples % 32);
    } else {
      for (let i = 0; i < Math.floor(num_samples / n); i++) yield* stream.randperm(n);
      // PyTorch draws an order more for the rest, also where there is none.
      yield* stream.randperm(n).subarray(0, num_samples % n);
    }
  }

  /**
   * How many indices are drawn.
   * @example
   * torch.utils.data.RandomSampler(['a', 'b', 'c']).length; // → 3
   */
  get length(): number {
    return this.num_samples;
  }
}

/**
 * All indices in a random order, or `num_samples` of them; with `replacement` an index may come again.
 * Source: torch.utils.data.RandomSampler.
 * @example
 * [...torch.utils.data.RandomSampler(['a', 'b', 'c'], { generator: new torch.Generator().manual_seed(0) })];
 * // → [2, 0, 1]
 */
export const RandomSampler = callable('RandomSampler', RandomSamplerClass);
export type RandomSampler = RandomSamplerClass;

const subset = signature<[indices: readonly number[], generator?: Generator | null]>()(
  'SubsetRandomSampler.__init__', 'indices, generator=None');

class SubsetRandomSamplerClass extends Sampler {
  /** The indices that are put in order. */
  readonly indices: readonly number[];
  /** The stream that is drawn from; null for the default one. */
  readonly generator: Generator | null;

  constructor(...given: typeof subset.call) {
    super();
    ({ indices: this.indices, generator: this.generator } = subset.read(given));
  }

  override * [Symbol.iterator](): Iterator<number> {
    for (const i of (this.generator ?? default_generator).stream.randperm(this.length)) yield this.indices[i];
  }

  /**
   * How many indices there are.
   * @example
   * torch.utils.data.SubsetRandomSampler([4, 8]).length; // → 2
   */
  get length(): number {
    return lengthOf(this.indices);
  }
}

/**
 * Given indices in a random order. Source: torch.utils.data.SubsetRandomSampler.
 * @example
 * [...torch.utils.data.SubsetRandomSampler([10, 20, 30], new torch.Generator().manual_seed(0))]; // → [30, 10, 20]
 */
export const SubsetRandomSampler = callable('SubsetRandomSampler', SubsetRandomSamplerClass);
export type SubsetRandomSampler = SubsetRandomSamplerClass;

const weighted = signature<[
  weights: readonly number[] | Tensor, num_samples: number, replacement?: boolean, generator?: Generator | null,
]>()('WeightedRandomSampler.__init__', 'weights, num_samples, replacement: Any = True, generator=None');

class WeightedRandomSamplerClass extends Sampler {
  /** What each index weighs, in any unit. */
  readonly weights: readonly number[];
  /** How many indices are drawn. */
  readonly num_samples: number;
  /** Whether the same index may come again. */
  readonly replacement: boolean;
  /** The stream that is drawn from; null for the default one. */
  readonly generator: Generator | null;

  constructor(...call: typeof weighted.call) {
    super();
    const { weights, num_samples, ...given } = weighted.read(call);
    checkCount(num_samples);
    if (typeof given.replacement !== 'boolean') {
      throw new ValueError(`replacement should be a boolean value, but got replacement=${shown(given.replacement)}`);
    }
    const list = weights instanceof Tensor ? weights.tolist() : listOf(weights);
    if (!Array.isArray(list) || list.some((weight) => typeof weight !== 'number')) {
      throw new ValueError('weights should be a 1d sequence');
    }
    this.weights = list;
    this.num_samples = num_samples;
    this.replacement = given.replacement;
    this.generator = given.generator;
  }

  override * [Symbol.iterator](): Iterator<number> {
    const { weights, num_samples, replacement } = this;
    const { stream } = this.generator ?? default_generator;
    yield* multinomial(stream, Float64Array.from(weights), 'float64', 1, weights.length, num_samples, replacement);
  }

  /**
   * How many indices are drawn.
   * @example
   * torch.utils.data.WeightedRandomSampler([0.2, 0.8], 6).length; // → 6
   */
  get length(): number {
    return this.num_samples;
  }
}

/**
 * Indices drawn with weights: an index of twice the weight comes twice as often. Source: torch.utils.data.WeightedRandomSampler.
 * @example
 * torch.manual_seed(0);
 * [...torch.utils.data.WeightedRandomSampler([3, 0, 1], 6)]; // → [2, 0, 0, 2, 0, 2]
 */
export const WeightedRandomSampler = callable('WeightedRandomSampler', WeightedRandomSamplerClass);
export type WeightedRandomSampler = WeightedRandomSamplerClass;

const batched = signature<[sampler: Iterable<number>, batch_size: number, drop_last: boolean]>()(
  'BatchSampler.__init__', 'sampler, batch_size, drop_last');

class BatchSamplerClass extends Sampler<number[]> {
  /** Where the indices come from. */
  readonly sampler: Iterable<number>;
  /** How many indices a list has. */
  readonly batch_size: number;
  /** Whether a last list of fewer is left out. */
  readonly drop_last: boolean;

  constructor(...given: typeof batched.call) {
    super();
    const { sampler, batch_size, drop_last: drops } = batched.read(given);
    if (!Number.isInteger(batch_size) || batch_size <= 0) {
      throw new ValueError(`batch_size should be a positive integer value, but got batch_size=${pythonRepr(batch_size)}`);
    }
    if (typeof drops !== 'boolean') throw new ValueError(`drop_last should be a boolean value, but got drop_last=${shown(drops)}`);
    this.sampler = sampler;
    this.batch_size = batch_size;
    this.drop_last = drops;
  }

  override * [Symbol.iterator](): Iterator<number[]> {
    const indices = iterable(this.sampler)[Symbol.iterator]();
    for (;;) {
      const batch: number[] = [];
      while (batch.length < this.batch_size) {
        const next = indices.next();
        if (next.done) break;
        batch.push(next.value);
      }
      if (batch.length === 0 || (this.drop_last && batch.length < this.batch_size)) return;
      yield batch;
    }
  }

  /**
   * How many lists there are; a TypeError where the sampler has no length.
   * @example
   * torch.utils.data.BatchSampler([4, 5, 6], 2, true).length; // → 1
   */
  get length(): number {
    const { length } = this.sampler as unknown as Sized;
    if (typeof length !== 'number') throw new TypeError('the sampler of this BatchSampler has no length');
    return this.drop_last ? Math.floor(length / this.batch_size) : Math.ceil(length / this.batch_size);
  }
}

/**
 * Lists of `batch_size` indices of another sampler. Source: torch.utils.data.BatchSampler.
 * @example
 * [...torch.utils.data.BatchSampler([4, 5, 6], 2, false)]; // → [[4, 5], [6]]
 */
export const BatchSampler = callable('BatchSampler', BatchSamplerClass);
export type BatchSampler = BatchSamplerClass;

const distributed = signature<[
  dataset: Sized, num_replicas?: number | null, rank?: number | null, shuffle?: boolean, seed?: number, drop_last?: boolean,
]>()('DistributedSampler.__init__', 'dataset: object, num_replicas: int = None, rank: int = None, shuffle=True, seed=0, drop_last=False');

class DistributedSamplerClass extends Sampler {
  /** What is gone over. */
  readonly dataset: Sized;
  /** Among how many programs the samples are shared. */
  readonly num_replicas: number;
  /** Which of them this one is, from 0. */
  readonly rank: number;
  /** Which pass this is: it is added to the seed. */
  epoch = 0;
  /** Whether samples that do not go round are left out, rather than given twice. */
  readonly drop_last: boolean;
  /** How many samples this program has. */
  readonly num_samples: number;
  /** How many all of them have together. */
  readonly total_size: number;
  /** Whether the order is drawn anew in each pass. */
  readonly shuffle: boolean;
  /** The seed that all of them share. */
  readonly seed: number;

  constructor(...given: typeof distributed.call) {
    super();
    const { dataset, num_replicas, rank, shuffle, seed, drop_last } = distributed.read(given);
    if (num_replicas === null || rank === null) throw new RuntimeError('Requires distributed package to be available');
    if (rank >= num_replicas || rank < 0) {
      throw new ValueError(`Invalid rank ${rank}, rank should be in the interval [0, ${num_replicas - 1}]`);
    }
    const size = lengthOf(dataset);
    this.dataset = dataset;
    this.num_replicas = num_replicas;
    this.rank = rank;
    this.drop_last = drop_last;
    this.num_samples = Math.ceil((drop_last && size % num_replicas !== 0 ? size - num_replicas : size) / num_replicas);
    this.total_size = this.num_samples * num_replicas;
    this.shuffle = shuffle;
    this.seed = seed;
  }

  override * [Symbol.iterator](): Iterator<number> {
    const size = lengthOf(this.dataset);
    const order = this.shuffle ? [...new Generator().manual_seed(this.seed + this.epoch).stream.randperm(size)] : null;
    // Where the samples do not go round, the first come again.
    for (let place = this.rank; place < this.total_size; place += this.num_replicas) yield order?.[place % size] ?? place % size;
  }

  /** How many samples this program has. */
  get length(): number {
    return this.num_samples;
  }

  /**
   * Says which pass comes next, so that its order is another one.
   * @example
   * const sampler = torch.utils.data.DistributedSampler(['a', 'b', 'c', 'd'], { num_replicas: 2, rank: 0 });
   * sampler.set_epoch(1);
   * sampler.epoch; // → 1
   */
  set_epoch(epoch: number): void {
    this.epoch = epoch;
  }
}

/**
 * A share of the indices for each of several programs that train together, drawn by all from the same seed: here the programs' number
 * and this one's are always said. Source: torch.utils.data.DistributedSampler.
 * @example
 * const share = torch.utils.data.DistributedSampler([1, 2, 3, 4, 5], { num_replicas: 2, rank: 1, shuffle: false });
 * [...share]; // → [1, 3, 0]
 * share.length; // → 3
 */
export const DistributedSampler = callable('DistributedSampler', DistributedSamplerClass);
export type DistributedSampler = DistributedSamplerClass;
