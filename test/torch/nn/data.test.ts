import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/torch/index.ts';
import { readCases } from './support.ts';

const { data } = torch.utils;

interface LoaderCase {
  readonly name: string;
  readonly length: number;
  readonly epochs: number[][][];
  readonly after: number;
}

const ds = new data.TensorDataset(torch.arange(10), torch.arange(10).mul(2));
const stream = (): torch.Generator => new torch.Generator().manual_seed(4);
type Loader = Iterable<readonly torch.Tensor[]> & { readonly length: number };
const loaders: Record<string, () => Loader> = {
  sequential: () => data.DataLoader(ds, { batch_size: 4 }),
  shuffled: () => data.DataLoader(ds, { batch_size: 4, shuffle: true }),
  even: () => data.DataLoader(ds, { batch_size: 5, shuffle: true }),
  dropping: () => data.DataLoader(ds, { batch_size: 4, shuffle: true, drop_last: true }),
  'own stream': () => data.DataLoader(ds, { batch_size: 4, shuffle: true, generator: stream() }),
  'own stream, even': () => data.DataLoader(ds, { batch_size: 5, shuffle: true, generator: stream(), drop_last: true }),
  replacement: () => data.DataLoader(ds, { batch_size: 16, sampler: data.RandomSampler(ds, { replacement: true, num_samples: 70 }) }),
  'more samples': () => data.DataLoader(ds, { batch_size: 7, sampler: data.RandomSampler(ds, { num_samples: 25 }) }),
  subset: () => data.DataLoader(ds, { batch_size: 2, sampler: data.SubsetRandomSampler([1, 3, 5, 7, 9]) }),
  weighted: () => data.DataLoader(ds, { batch_size: 6, sampler: data.WeightedRandomSampler([0.1, 0.9, 0.4, 0.7, 3, 0.6], 12) }),
  'weighted once': () => data.DataLoader(ds, {
    batch_size: 6, sampler: data.WeightedRandomSampler([0.1, 0.9, 0.4, 0.7, 3, 0.6], 5, { replacement: false }),
  }),
  batches: () => data.DataLoader(ds, { batch_sampler: data.BatchSampler(data.SequentialSampler(ds), 3, true) }),
  split: () => data.DataLoader(data.random_split(ds, [0.55, 0.45])[0], { batch_size: 2, shuffle: true }),
  'split lengths': () => data.DataLoader(data.random_split(ds, [3, 7], { generator: stream() })[1], { batch_size: 2 }),
  concatenated: () => data.DataLoader(data.ConcatDataset([ds, data.Subset(ds, [0, 1])]), { batch_size: 5, shuffle: true }) as Loader,
};

describe('the order of batches', () => {
  test.each(readCases<LoaderCase>('data'))('$name', ({ name, length, epochs, after }) => {
    torch.manual_seed(9);
    const loader = loaders[name]();
    const got = epochs.map(() => [...loader].map(([x]) => x.reshape(-1).tolist()));
    expect(got).toEqual(epochs);
    expect(loader.length).toBe(length);
    expect(torch.rand(1).item()).toBe(Math.fround(after));
  });
});

describe('batches', () => {
  const images = torch.randn(20, 2, 3);
  const labels = torch.arange(20);

  test('a lookup of all rows gives what a stack of single ones does', () => {
    class Plain extends data.Dataset<[torch.Tensor, torch.Tensor]> {
      override get length(): number { return 20; }
      override at(index: number): [torch.Tensor, torch.Tensor] { return [images.at(index), labels.at(index)]; }
    }
    const batches = (dataset: torch.utils.data.DatasetLike<readonly torch.Tensor[]>): unknown => {
      torch.manual_seed(1);
      const loader = data.DataLoader(dataset, { batch_size: 6, shuffle: true });
      return [...loader].map((batch) => batch.map((part) => [String(part.dtype), part.tolist()]));
    };
    const whole = new data.TensorDataset(images, labels);
    expect(batches(whole)).toEqual(batches(new Plain()));
    const chosen = [3, 1, 4, 1, 5, 9, 2, 6];
    expect(batches(data.Subset(whole, chosen))).toEqual(batches(data.Subset<readonly torch.Tensor[]>(new Plain(), chosen)));
  });

  test('a subclass with samples of its own is asked for them', () => {
    class Doubled extends data.TensorDataset<[torch.Tensor, torch.Tensor]> {
      override at(index: number): [torch.Tensor, torch.Tensor] {
        const [x, y] = super.at(index);
        return [x, y.mul(2)];
      }
    }
    const [[, y]] = [...data.DataLoader(new Doubled(images, labels), { batch_size: 3 })];
    expect(y.tolist()).toEqual([0, 2, 4]);
  });

  test('samples are views, by index from both ends', () => {
    const whole = new data.TensorDataset(images, labels);
    expect(whole.length).toBe(20);
    expect(whole.at(-1)[1].item()).toBe(19);
    expect(() => whole.at(20)).toThrow('index 20 is out of bounds for dimension 0 with size 20');
    expect(() => new data.TensorDataset(images, torch.zeros(3))).toThrow('Size mismatch between tensors');
    const both = data.ConcatDataset([[1, 2], [3]]);
    expect([both.at(-1), both.at(0), both.length]).toEqual([3, 1, 3]);
  });

  test('default_collate follows the samples', () => {
    const batch = data.default_collate([
      { image: torch.zeros(2), label: 1, weight: 0.5, name: 'a', pair: [true, 2] as [boolean, number], raw: new Float64Array([1, 2]) },
      { image: torch.ones(2), label: 2, weight: 1, name: 'b', pair: [false, 3] as [boolean, number], raw: new Float64Array([3, 4]) },
    ]);
    expect(batch.image.tolist()).toEqual([[0, 0], [1, 1]]);
    expect(String(batch.label)).toBe('tensor([1, 2])');
    expect(String(batch.weight)).toBe('tensor([0.5000, 1.0000], dtype=torch.float64)');
    expect(batch.name).toEqual(['a', 'b']);
    expect(String(batch.pair[0])).toBe('tensor([ True, False])');
    expect(String(batch.pair[1])).toBe('tensor([2, 3])');
    expect(String(batch.raw.dtype)).toBe('torch.float64');
  });

  test('arrays are data sets, batch_size null gives samples, collate_fn is asked', () => {
    expect([...data.DataLoader([1, 2, 3, 4, 5], { batch_size: 2 })].map(String))
      .toEqual(['tensor([1, 2])', 'tensor([3, 4])', 'tensor([5])']);
    expect([...data.DataLoader([1, 2], { batch_size: null })]).toEqual([1, 2]);
    const sums = data.DataLoader([1, 2, 3, 4], { batch_size: 2, collate_fn: (batch) => batch.reduce((a, b) => a + b) });
    expect([...sums]).toEqual([3, 7]);
  });

  test('streams are batched as they come', async () => {
    class Stream extends data.IterableDataset<number> {
      override * [Symbol.iterator](): Iterator<number> { yield* [1, 2, 3, 4, 5]; }
    }
    expect([...data.DataLoader(new Stream(), { batch_size: 2 })].map(String)).toEqual(['tensor([1, 2])', 'tensor([3, 4])', 'tensor([5])']);
    expect([...data.DataLoader(new Stream(), { batch_size: 2, drop_last: true })].length).toBe(2);
    expect(() => data.DataLoader(new Stream(), { shuffle: true })).toThrow('expected unspecified shuffle option');
    const later: string[] = [];
    for await (const batch of data.DataLoader(new Stream(), { batch_size: 3 })) later.push(String(batch));
    expect(later).toEqual(['tensor([1, 2, 3])', 'tensor([4, 5])']);
  });

  test('samples that come later are awaited together', async () => {
    let waiting = 0;
    let most = 0;
    class Later extends data.Dataset<[torch.Tensor, number]> {
      override get length(): number { return 5; }
      override async at(index: number): Promise<[torch.Tensor, number]> {
        most = Math.max(most, ++waiting);
        await new Promise((resolve) => setTimeout(resolve, 1));
        waiting--;
        return [torch.full([2], index), index];
      }
    }
    const loader = data.DataLoader(new Later(), { batch_size: 2 });
    const seen: unknown[] = [];
    for await (const [x, y] of loader) seen.push([x.tolist(), y.tolist()]);
    expect(seen).toEqual([[[[0, 0], [1, 1]], [0, 1]], [[[2, 2], [3, 3]], [2, 3]], [[[4, 4]], [4]]]);
    expect(most).toBe(2);
    expect(() => [...loader]).toThrow('for await');
  });
});
