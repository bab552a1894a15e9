import { expect, test } from 'vitest';
import * as torch from '../../src/torch/index.ts';
import { fixture } from './support.ts';

/** The calls of test/fixtures/torch/draws.py, each after the same seed, and what the stream gives next. */

const p = [0.1, 0.5, 0.9, 0, 1];
const w = [[1, 2, 3, 4], [4, 0.5, 0, 1]];
const floats = (data: number[] | number[][], dtype = torch.float): torch.Tensor => torch.tensor(data, { dtype });

const calls: Record<string, () => torch.Tensor> = {
  rand: () => torch.rand(2, 3),
  randDouble: () => torch.rand(3, { dtype: torch.double }),
  randn: () => torch.randn(5),
  randint: () => torch.randint(3, 9, [6]),
  randintHigh: () => torch.randint(5, [2, 2]),
  randperm: () => torch.randperm(7),
  normalSized: () => torch.normal(2, 0.5, [3]),
  normalTensors: () => torch.normal(floats([1, 10]), floats([0.5, 2])),
  randLike: () => torch.rand_like(torch.zeros(3)),
  randnLike: () => torch.randn_like(torch.zeros(3, { dtype: torch.double })),
  randintLike: () => torch.randint_like(torch.zeros(4), 2, 7),
  randComplex: () => torch.rand(3, { dtype: torch.complex64 }),
  randnComplex: () => torch.randn(20, { dtype: torch.complex64 }),
  randnComplexDouble: () => torch.randn_like(torch.zeros(3, { dtype: torch.complex128 })),
  normalComplex_: () => torch.zeros(3, { dtype: torch.complex64 }).normal_(1, 2),
  uniformComplex_: () => torch.zeros(3, { dtype: torch.complex128 }).uniform_(-1, 1),
  dropoutComplex: () => torch.nn.functional.dropout(torch.ones(6, { dtype: torch.complex64 }), 0.5),
  uniform_: () => torch.zeros(4).uniform_(-1, 1),
  normal_: () => torch.zeros(4).normal_(1, 2),
  random_: () => torch.zeros(4, { dtype: torch.long }).random_(0, 100),
  exponential_: () => torch.zeros(4).exponential_(2),
  bernoulliEach: () => torch.bernoulli(floats(p)),
  bernoulliDouble: () => floats(p, torch.double).bernoulli(),
  bernoulliFill: () => torch.zeros(5).bernoulli_(floats(p)),
  multinomial: () => torch.multinomial(floats(w), 2),
  multinomialReplacement: () => torch.multinomial(floats(w[0]), 6, { replacement: true }),
  multinomialOne: () => floats(w).multinomial(1),
};

const printed = fixture<Record<string, [string, string]>>('draws');

test('no call is left out', () => {
  expect(Object.keys(calls)).toEqual(Object.keys(printed));
});

test.each(Object.keys(calls))('%s', (name) => {
  torch.manual_seed(7);
  const result = String(calls[name]());
  expect([result, String(torch.rand(1))]).toEqual(printed[name]);
});

test('a generator of its own does not move the default stream', () => {
  torch.manual_seed(7);
  const first = torch.rand(3).tolist();
  torch.manual_seed(7);
  const generator = new torch.Generator().manual_seed(7);
  torch.bernoulli(floats(p), { generator });
  torch.multinomial(floats(w), 1, { generator });
  expect(torch.rand(3).tolist()).toEqual(first);
});

test('bad input', () => {
  expect(() => torch.bernoulli(floats([0.5, 2]))).toThrow('Expected p_in >= 0 && p_in <= 1 to be true');
  expect(() => torch.bernoulli(torch.tensor([1, 0]))).toThrow('"bernoulli_tensor_cpu_p_" not implemented for \'Long\'');
  expect(() => torch.multinomial(torch.ones(2, 2, 2), 1)).toThrow('prob_dist must be 1 or 2 dim');
  expect(() => torch.multinomial(torch.ones(2), 3)).toThrow('cannot sample n_sample > prob_dist.size(-1) samples without replacement');
  expect(() => torch.multinomial(torch.ones(2), 0)).toThrow('cannot sample n_sample <= 0 samples');
});
