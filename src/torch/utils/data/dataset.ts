import {
  AssertionError, IndexError, NotImplementedError, ValueError, lengthOf, listOf, pythonTypeName,
} from '../../../core/errors.ts';
import { int64 } from '../../../core/dtype.ts';
import { fromTyped } from '../../../ops/creation.ts';
import { cpu } from '../../../core/device.ts';
import { checkInteger } from '../../../core/layout.ts';
import { indexSelect } from '../../../ops/indexing.ts';
import { selectAxis } from '../../../ops/views.ts';
import { callable } from '../../../core/callable.ts';
import { Generator, default_generator } from '../../functions/random/generator.ts';
import { checkOptions } from '../../arguments/options.ts';
import { asTensor } from '../../arguments/operands.ts';
import { Tensor } from '../../tensor/tensor.ts';
import { warn } from '../../arguments/warnings.ts';

/** Data sets: Python's `dataset[i]` is `dataset.at(i)`, `len(dataset)` is `dataset.length`. */

/** What can be loaded: arrays are data sets too. A sample may be a promise, for loops with `for await`. */
export interface DatasetLike<T> {
  at(index: number): T | Promise<T> | undefined;
  readonly length: number;
}

/** A sample of what may be no data set at all. */
export function sampleAt<T>(dataset: DatasetLike<T>, index: number): T | Promise<T> | undefined {
  if (typeof (dataset as Partial<DatasetLike<T>> | null | undefined)?.at !== 'function') {
    throw new TypeError(`'${pythonTypeName(dataset)}' object is not subscriptable`);
  }
  return dataset.at(index);
}

/** A data set whose samples come at once, or whose samples are promises: R is which. */
type DatasetGiving<T, R> = DatasetLike<T> & { at(index: number): R | undefined };

/**
 * The base of data sets: write `at(index)` and `get length()`. Source: torch.utils.data.Dataset.
 * @example
 * class Squares extends torch.utils.data.Dataset<number> {
 *   get length() { return 4; }
 *   at(index: number) { return index * index; }
 * }
 * for (const batch of new torch.utils.data.DataLoader(new Squares(), { batch_size: 4 })) console.log(batch); // → tensor([0, 1, 4, 9])
 */
export abstract class Dataset<T = unknown> implements DatasetLike<T> {
  /**
   * The sample of an index, or the promise of it: Python's `dataset[index]`. Every data set writes its own.
   * @example
   * class Squares extends torch.utils.data.Dataset<number> {
   *   override at(index: number) { return index * index; }
   * }
   * new Squares().at(3); // → 9
   */
  at(_index: number): T | Promise<T> {
    throw new NotImplementedError('Subclasses of Dataset should implement at(index).');
  }

  /**
   * How many samples there are: Python's `len(dataset)`. A TypeError in data sets that do not say.
   * @example
   * torch.utils.data.TensorDataset(torch.zeros(4, 2)).length; // → 4
   */
  get length(): number {
    throw new TypeError(`object of type '${this.constructor.name}' has no len()`);
  }

  /** Several samples at once, where that is faster than one by one. */
  __getitems__?(indices: readonly number[]): readonly T[] | Promise<readonly T[]>;

  /** Several samples already collated as `default_collate` would, where that is faster; null where it is not possible. */
  __collated__?(indices: readonly number[]): unknown;
}

/**
 * A stream of samples: write `[Symbol.iterator]`, or `[Symbol.asyncIterator]` for one to wait for.
 * Source: torch.utils.data.IterableDataset.
 * @example
 * class Countdown extends torch.utils.data.IterableDataset<number> {
 *   override* [Symbol.iterator]() { for (let i = 3; i > 0; i--) yield i; }
 * }
 * [...new torch.utils.data.DataLoader(new Countdown(), { batch_size: 2 })]; // → [tensor([3, 2]), tensor([1])]
 */
export abstract class IterableDataset<T = unknown> extends Dataset<T> {
  /** The samples in order, from the first, for a loop. */
  [Symbol.iterator](): Iterator<T> {
    throw new NotImplementedError('Subclasses of IterableDataset should implement [Symbol.iterator].');
  }

  /** The samples in order, for a loop that waits for each. */
  [Symbol.asyncIterator]?(): AsyncIterator<T>;
}

/** A row counted from the start; negative ones count from the end. */
function rowOf(index: number, extent: number): number {
  checkInteger(index);
  const place = index < 0 ? index + extent : index;
  if (place < 0 || place >= extent) throw new IndexError(`index ${index} is out of bounds for dimension 0 with size ${extent}`);
  return place;
}

/** Rows as a tensor for lookups. */
function rowNumbers(indices: readonly number[], extent: number): Tensor {
  const numbers = BigInt64Array.from(indices, (index) => BigInt(rowOf(index, extent)));
  return fromTyped(Tensor, numbers, [indices.length], int64, cpu);
}

class TensorDatasetClass<T extends readonly Tensor[] = readonly Tensor[]> extends Dataset<T> {
  /** The tensors whose rows are the samples. */
  readonly tensors: T;

  constructor(...tensors: T) {
    super();
    if (tensors.some((tensor) => asTensor(tensor, 'size').size(0) !== tensors[0].size(0))) {
      throw new AssertionError('Size mismatch between tensors');
    }
    this.tensors = tensors;
  }

  /** The first extent of the tensors. */
  override get length(): number {
    if (this.tensors.length === 0) throw new IndexError('tuple index out of range');
    return this.tensors[0].size(0);
  }

  /**
   * A row of each tensor; an IndexError where there is none.
   * @example
   * torch.utils.data.TensorDataset(torch.arange(4)).at(-1); // → [tensor(3)]
   */
  override at(index: number): T {
    const place = rowOf(index, this.length);
    return this.tensors.map((tensor) => selectAxis(tensor, 0, place)) as unknown as T;
  }

  /** One lookup of all rows instead of a stack of single ones. A subclass with samples of its own goes the long way. */
  override __collated__(indices: readonly number[]): Tensor[] | null {
    if (this.at !== TensorDatasetClass.prototype.at) return null;
    const rows = rowNumbers(listOf(indices), this.length);
    const batch = this.tensors.map((tensor) => indexSelect(tensor, 0, rows));
    rows.storage.free();
    return batch;
  }
}

interface TensorDatasetConstructor {
  new <T extends readonly Tensor[] = readonly Tensor[]>(...tensors: T): TensorDatasetClass<T>;
  <T extends readonly Tensor[] = readonly Tensor[]>(...tensors: T): TensorDatasetClass<T>;
  readonly prototype: TensorDatasetClass;
}

/**
 * Rows of tensors that have the same first extent, as tuples; an AssertionError where they have not.
 * Source: torch.utils.data.TensorDataset.
 * @example
 * torch.utils.data.TensorDataset(torch.arange(4), torch.arange(4).mul(10)).at(2); // → [tensor(2), tensor(20)]
 */
export const TensorDataset = callable('TensorDataset', TensorDatasetClass) as unknown as TensorDatasetConstructor;
export type TensorDataset<T extends readonly Tensor[] = readonly Tensor[]> = TensorDatasetClass<T>;

class ConcatDatasetClass<T = unknown> extends Dataset<T> {
  /** The data sets, in order. */
  readonly datasets: readonly DatasetLike<T>[];
  /** Where each data set ends. */
  readonly cumulative_sizes: readonly number[];

  constructor(datasets: Iterable<DatasetLike<T>>) {
    super();
    this.datasets = listOf(datasets);
    if (this.datasets.length === 0) throw new AssertionError('datasets should not be an empty iterable');
    if (this.datasets.some((dataset) => dataset instanceof IterableDataset)) {
      throw new AssertionError('ConcatDataset does not support IterableDataset');
    }
    let total = 0;
    this.cumulative_sizes = this.datasets.map((dataset) => total += lengthOf(dataset));
  }

  /** How many samples all of them have. */
  override get length(): number {
    return this.cumulative_sizes.at(-1)!;
  }

  /**
   * A sample of one of them; negative indices count from the end of the last.
   * @example
   * torch.utils.data.ConcatDataset([[1, 2], [3]]).at(-2); // → 2
   */
  override at(index: number): T | Promise<T> {
    checkInteger(index);
    if (index < 0 && -index > this.length) throw new ValueError('absolute value of index should not exceed dataset length');
    const place = index < 0 ? this.length + index : index;
    const which = this.cumulative_sizes.findIndex((end) => place < end);
    if (which < 0) throw new IndexError(`index ${index} is out of range for a dataset of ${this.length} samples`);
    return sampleAt(this.datasets[which], which === 0 ? place : place - this.cumulative_sizes[which - 1]) as T;
  }
}

interface ConcatDatasetConstructor {
  new <T>(datasets: Iterable<DatasetLike<T>>): ConcatDatasetClass<T>;
  <T>(datasets: Iterable<DatasetLike<T>>): ConcatDatasetClass<T>;
  readonly prototype: ConcatDatasetClass;
}

/**
 * Data sets one after the other. Source: torch.utils.data.ConcatDataset.
 * @example
 * torch.utils.data.ConcatDataset([[1, 2], [3]]).at(2); // → 3
 */
export const ConcatDataset = callable('ConcatDataset', ConcatDatasetClass) as unknown as ConcatDatasetConstructor;
export type ConcatDataset<T = unknown> = ConcatDatasetClass<T>;

/** R is what the data set's own `at` gives: a sample, or the promise of one. */
class SubsetClass<T = unknown, R extends T | Promise<T> = T | Promise<T>> extends Dataset<T> {
  /** The whole data set. */
  readonly dataset: DatasetLike<T>;
  /** Which of its samples there are, in order. */
  readonly indices: readonly number[];

  constructor(dataset: DatasetLike<T>, indices: readonly number[]) {
    super();
    this.dataset = dataset;
    this.indices = indices;
  }

  /** How many samples were chosen. */
  override get length(): number {
    return lengthOf(this.indices);
  }

  private place(index: number): number {
    checkInteger(index);
    const place = this.indices[index < 0 ? index + this.length : index] as number | undefined;
    if (place === undefined) throw new IndexError('list index out of range');
    return place;
  }

  /**
   * The sample of the index at a place.
   * @example
   * torch.utils.data.Subset(['a', 'b', 'c'], [2, 0]).at(1); // → a
   */
  override at(index: number): R {
    return sampleAt(this.dataset, this.place(index)) as R;
  }

  override __collated__(indices: readonly number[]): unknown {
    if (this.at !== SubsetClass.prototype.at) return null;
    return (this.dataset as Dataset<T>).__collated__?.(listOf(indices).map((index) => this.place(index))) ?? null;
  }
}

interface SubsetConstructor {
  new <T, R extends T | Promise<T> = T | Promise<T>>(dataset: DatasetGiving<T, R>, indices: readonly number[]): SubsetClass<T, R>;
  <T, R extends T | Promise<T> = T | Promise<T>>(dataset: DatasetGiving<T, R>, indices: readonly number[]): SubsetClass<T, R>;
  readonly prototype: SubsetClass;
}

/**
 * Some of a data set's samples, by their indices. Source: torch.utils.data.Subset.
 * @example
 * torch.utils.data.Subset([10, 20, 30], [2, 0]).at(0); // → 30
 */
export const Subset = callable('Subset', SubsetClass) as unknown as SubsetConstructor;
export type Subset<T = unknown, R extends T | Promise<T> = T | Promise<T>> = SubsetClass<T, R>;

/**
 * Splits a data set at random into subsets of the given lengths, or of the given fractions, which sum to 1.
 * Source: torch.utils.data.random_split.
 * @example
 * const generator = new torch.Generator().manual_seed(0);
 * const [train, test] = torch.utils.data.random_split([10, 20, 30, 40], [0.75, 0.25], { generator });
 * [train.length, test.at(0)]; // → [3, 30]
 */
export function random_split<T, R extends T | Promise<T> = T | Promise<T>>(
  dataset: DatasetGiving<T, R>, lengths: readonly number[], options: Generator | { readonly generator?: Generator } = {},
): Subset<T, R>[] {
  if (!(options instanceof Generator)) checkOptions('random_split', options, ['generator']);
  const generator = options instanceof Generator ? options : options.generator ?? default_generator;
  if (!(generator instanceof Generator)) throw new TypeError(`generator must be torch.Generator, not ${pythonTypeName(generator)}`);
  const sizes = splitSizes(lengthOf(dataset), listOf(lengths));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  if (total !== dataset.length) throw new ValueError('Sum of input lengths does not equal the length of the input dataset!');
  const order = [...generator.stream.randperm(total)];
  let start = 0;
  return sizes.map((size) => new Subset(dataset, order.slice(start, start += size)));
}

function splitSizes(length: number, lengths: readonly number[]): readonly number[] {
  const wrong = lengths.find((each) => typeof each !== 'number');
  if (wrong !== undefined) throw new TypeError(`unsupported operand type(s) for +: 'int' and '${pythonTypeName(wrong)}'`);
  const total = lengths.reduce((sum, each) => sum + each, 0);
  // As Python's math.isclose, and not above 1.
  if (Math.abs(total - 1) > 1e-9 * Math.max(Math.abs(total), 1) || total > 1) return lengths;
  lengths.forEach((fraction, i) => {
    if (fraction < 0 || fraction > 1) throw new ValueError(`Fraction at index ${i} is not between 0 and 1`);
  });
  const sizes = lengths.map((fraction) => Math.floor(length * fraction));
  const rest = length - sizes.reduce((sum, size) => sum + size, 0);
  for (let i = 0; i < rest; i++) sizes[i % sizes.length]++;
  sizes.forEach((size, i) => {
    if (size === 0) warn(`Length of split at index ${i} is 0. This might result in an empty dataset.`);
  });
  return sizes;
}
