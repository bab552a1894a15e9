import { AssertionError, ValueError, lengthOf, listOf } from '../../../core/errors.ts';
import { callable } from '../../../core/callable.ts';
import { isOptions } from '../../../core/options.ts';
import { signature } from '../../../core/signature.ts';
import type { DatasetLike } from './dataset.ts';
import { Dataset, IterableDataset, sampleAt } from './dataset.ts';

/** Streams one after the other, and data sets side by side. */

const chain = signature<[datasets: Iterable<IterableDataset>]>()('ChainDataset.__init__', 'datasets');

class ChainDatasetClass<T = unknown> extends IterableDataset<T> {
  /** The streams, in order. */
  readonly datasets: Iterable<IterableDataset<T>>;

  constructor(datasets: Iterable<IterableDataset<T>> | { readonly datasets: Iterable<IterableDataset<T>> }) {
    super();
    this.datasets = chain.read([datasets]).datasets as Iterable<IterableDataset<T>>;
  }

  private * streams(): Generator<IterableDataset<T>> {
    for (const dataset of this.datasets) {
      if (!(dataset instanceof IterableDataset)) throw new AssertionError('ChainDataset only supports IterableDataset');
      yield dataset;
    }
  }

  override * [Symbol.iterator](): Iterator<T> {
    for (const dataset of this.streams()) yield* { [Symbol.iterator]: () => dataset[Symbol.iterator]() };
  }

  /** Waits for the samples of those that come later. */
  override async * [Symbol.asyncIterator](): AsyncIterator<T> {
    for (const dataset of this.streams()) {
      const later = dataset[Symbol.asyncIterator]?.();
      if (later !== undefined) yield* { [Symbol.asyncIterator]: () => later };
      else yield* { [Symbol.iterator]: () => dataset[Symbol.iterator]() };
    }
  }

  /** How many samples all of them have; a TypeError where one does not say. */
  override get length(): number {
    let total = 0;
    for (const dataset of this.streams()) total += lengthOf(dataset);
    return total;
  }
}

interface ChainDatasetConstructor {
  new <T>(datasets: Iterable<IterableDataset<T>> | { readonly datasets: Iterable<IterableDataset<T>> }): ChainDatasetClass<T>;
  <T>(datasets: Iterable<IterableDataset<T>> | { readonly datasets: Iterable<IterableDataset<T>> }): ChainDatasetClass<T>;
  readonly prototype: ChainDatasetClass;
}

/**
 * Streams one after the other. Source: torch.utils.data.ChainDataset.
 * @example
 * class Countdown extends torch.utils.data.IterableDataset<number> {
 *   override* [Symbol.iterator]() { for (let i = 3; i > 0; i--) yield i; }
 * }
 * const { ChainDataset, DataLoader } = torch.utils.data;
 * [...new DataLoader(ChainDataset([new Countdown(), new Countdown()]), { batch_size: 4 })];
 * // → [tensor([3, 2, 1, 3]), tensor([2, 1])]
 */
export const ChainDataset = callable('ChainDataset', ChainDatasetClass) as unknown as ChainDatasetConstructor;
export type ChainDataset<T = unknown> = ChainDatasetClass<T>;

type Stack = readonly DatasetLike<unknown>[] | Readonly<Record<string, DatasetLike<unknown>>>;

/** The sample of each data set in a stack: a list of them, or under their names. */
type Stacked<S extends Stack> = { -readonly [K in keyof S]: S[K] extends DatasetLike<infer T> ? T : never };

class StackDatasetClass<S extends Stack = Stack> extends Dataset<Stacked<S>> {
  /** The data sets, in a list or by name. */
  readonly datasets: S;
  private readonly count: number;

  constructor(...given: readonly (DatasetLike<unknown> | Stack)[]) {
    super();
    const last = given.at(-1);
    const named = isOptions(last) ? last as Readonly<Record<string, DatasetLike<unknown>>> : {};
    const list = (isOptions(last) ? given.slice(0, -1) : given) as readonly DatasetLike<unknown>[];
    const all = [...list, ...Object.values(named)];
    if (list.length > 0 && list.length < all.length) {
      throw new ValueError('Supported either ``tuple``- (via ``args``) or``dict``- (via ``kwargs``) like input/output, but both types are '
        + 'given.');
    }
    if (all.length === 0) throw new ValueError('At least one dataset should be passed');
    this.count = lengthOf(all[0]);
    if (all.some((dataset) => lengthOf(dataset) !== this.count)) throw new ValueError('Size mismatch between datasets');
    this.datasets = (list.length > 0 ? list : named) as S;
  }

  /** How many samples each of them has. */
  override get length(): number {
    return this.count;
  }

  /** A list of what stands in each place, or an object. */
  private joined(values: readonly unknown[]): Stacked<S> {
    return (Array.isArray(this.datasets) ? values
      : Object.fromEntries(Object.keys(this.datasets).map((name, i) => [name, values[i]]))) as Stacked<S>;
  }

  /**
   * The samples of an index, of all data sets.
   * @example
   * torch.utils.data.StackDataset(['a', 'b'], [1, 2]).at(1); // → ['b', 2]
   */
  override at(index: number): Stacked<S> | Promise<Stacked<S>> {
    const values: readonly unknown[] = Object.values(this.datasets).map((dataset: DatasetLike<unknown>) => sampleAt(dataset, index));
    if (!values.some((value) => value instanceof Promise)) return this.joined(values);
    return Promise.all(values).then((found) => this.joined(found));
  }

  /** Several samples, by the data sets' own way where they have one. */
  override __getitems__(indices: readonly number[]): Stacked<S>[] | Promise<Stacked<S>[]> {
    const columns = Object.values(this.datasets).map((dataset: DatasetLike<unknown>) => {
      const many = (dataset as Dataset).__getitems__;
      return many === undefined ? indices.map((index) => sampleAt(dataset, index)) : many.call(dataset, indices);
    });
    const rows = (found: readonly (readonly unknown[])[]): Stacked<S>[] => {
      for (const column of found) {
        if (listOf(column).length !== indices.length) {
          throw new ValueError(`Nested dataset's output size mismatch. Expected ${indices.length}, got ${column.length}`);
        }
      }
      return indices.map((_, i) => this.joined(found.map((column) => column[i])));
    };
    const later = columns.some((column) => column instanceof Promise || column.some((value) => value instanceof Promise));
    if (!later) return rows(columns as readonly (readonly unknown[])[]);
    return Promise.all(columns.map(async (column) => Promise.all(await column))).then(rows);
  }
}

interface StackDatasetConstructor {
  new <S extends readonly DatasetLike<unknown>[]>(...datasets: S): StackDatasetClass<S>;
  new <S extends Readonly<Record<string, DatasetLike<unknown>>>>(datasets: S): StackDatasetClass<S>;
  <S extends readonly DatasetLike<unknown>[]>(...datasets: S): StackDatasetClass<S>;
  <S extends Readonly<Record<string, DatasetLike<unknown>>>>(datasets: S): StackDatasetClass<S>;
  readonly prototype: StackDatasetClass;
}

/**
 * Data sets of one length side by side, as lists or, by name, as objects; a ValueError where the lengths differ.
 * Source: torch.utils.data.StackDataset.
 * @example
 * torch.utils.data.StackDataset({ image: ['a', 'b'], label: [1, 2] }).at(0); // → { image: 'a', label: 1 }
 */
export const StackDataset = callable('StackDataset', StackDatasetClass) as unknown as StackDatasetConstructor;
export type StackDataset<S extends Stack = Stack> = StackDatasetClass<S>;
