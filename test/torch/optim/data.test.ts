import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as torch from '../../../src/torch/index.ts';

/** Shares, stacks and chains of data sets against PyTorch's: test/fixtures/optim/data.py. */

const { data } = torch.utils;

interface Share {
  readonly size: number;
  readonly rank: number;
  readonly kwargs: object;
  readonly epochs: readonly number[][];
  readonly length: number;
}
interface Fixture {
  readonly shares: readonly Share[];
  readonly stacked: readonly unknown[][];
  readonly chained: readonly number[][];
  readonly length: number;
}
const golden = JSON.parse(readFileSync(new URL('../../fixtures/optim/data.json', import.meta.url), 'utf8')) as Fixture;

const range = (n: number): number[] => Array.from({ length: n }, (_, i) => i);
const plain = (value: unknown): unknown => (value instanceof torch.Tensor ? value.tolist() : Array.isArray(value) ? value.map(plain)
  : Object.fromEntries(Object.entries(value as object).map(([key, each]) => [key, plain(each)])));

class Count extends data.IterableDataset<number> {
  private readonly n: number;

  constructor(n: number) {
    super();
    this.n = n;
  }

  override* [Symbol.iterator](): Iterator<number> {
    yield* range(this.n);
  }

  override get length(): number {
    return this.n;
  }
}

class Later extends data.IterableDataset<number> {
  override async* [Symbol.asyncIterator](): AsyncIterator<number> {
    yield await Promise.resolve(7);
  }
}

test.each(golden.shares)('share $rank of $size with $kwargs', ({ size, rank, kwargs, epochs, length }) => {
  const sampler = data.DistributedSampler(range(size), { num_replicas: 4, rank, ...kwargs });
  [0, 3].forEach((epoch, i) => {
    sampler.set_epoch(epoch);
    expect([...sampler]).toEqual(epochs[i]);
  });
  expect(sampler.length).toBe(length);
});

test('stacks give lists or objects', () => {
  torch.manual_seed(7);
  const [x, y] = [data.TensorDataset(torch.arange(7)), torch.arange(7).mul(10)];
  const stacks = [data.StackDataset(x, y), data.StackDataset({ image: x, label: y })];
  const got = stacks.map((stack) => [...data.DataLoader(stack as torch.utils.data.Dataset, { batch_size: 3, shuffle: true })].map(plain));
  expect(got).toEqual(golden.stacked);
  expect(() => data.StackDataset([1], [1, 2])).toThrow('Size mismatch between datasets');
  expect(() => data.StackDataset()).toThrow('At least one dataset should be passed');
});

test('chains go on with the next stream', async () => {
  const chain = data.ChainDataset([new Count(3), new Count(4)]);
  expect([...data.DataLoader(chain, { batch_size: 2 })].map(plain)).toEqual(golden.chained);
  expect(chain.length).toBe(golden.length);
  expect(() => [...data.ChainDataset([[1]] as never)]).toThrow('ChainDataset only supports IterableDataset');
  const later: unknown[] = [];
  const mixed = data.ChainDataset<number>([new Count(2), new Later()]);
  for await (const each of { [Symbol.asyncIterator]: () => mixed[Symbol.asyncIterator]() }) later.push(each);
  expect(later).toEqual([0, 1, 7]);
});

test('bad shares are refused', () => {
  expect(() => data.DistributedSampler([1], { num_replicas: 2, rank: 2 })).toThrow('Invalid rank 2, rank should be in the interval [0, 1]');
  expect(() => data.DistributedSampler([1])).toThrow('Requires distributed package to be available');
  expect(data.get_worker_info()).toBeNull();
});
