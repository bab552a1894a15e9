import { readFileSync } from 'node:fs';
import { expect, it, vi } from 'vitest';
import { ValueError } from '../../src/core/errors.ts';
import * as torch from '../../src/torch/index.ts';

/** What parameters do that few calls give, against PyTorch. */

type Values = Readonly<Record<string, unknown>>;
interface Fixtures {
  readonly weighted: Values;
  readonly older: Values;
  readonly others: Values;
}

const file = new URL('../fixtures/signatures/values.json', import.meta.url);
const { weighted, older, others } = JSON.parse(readFileSync(file, 'utf8')) as Fixtures;
const { nn } = torch;
const F = nn.functional;
const x = torch.tensor([[0.5, -1.5], [2, 3]]);
const target = torch.tensor([[1, 0.5], [-1, 2.5]]);
const weight = torch.tensor([[0.5, 2], [1, 3]]);

it.each(Object.entries(weighted))('%s with weights', (key, expected) => {
  const [name, reduction] = key.split(' ') as ['mse_loss', 'none' | 'sum' | 'mean'];
  expect(F[name](x, target, { weight, reduction }).tolist()).toEqual(expected);
});

it.each(Object.entries(older))('size_average and reduce are %s', (key, expected) => {
  const warned = vi.spyOn(console, 'warn').mockImplementation(() => {});
  const [size_average, reduce] = JSON.parse(key) as [boolean | null, boolean | null];
  expect(F.mse_loss(x, target, size_average, reduce).tolist()).toEqual(expected);
  expect(nn.MSELoss({ size_average, reduce })(x, target).tolist()).toEqual(expected);
  expect(warned).toHaveBeenCalledTimes(2);
  warned.mockRestore();
});

it('older bounds, a given table, a result that is written', () => {
  expect(nn.Hardtanh({ min_value: -0.25, max_value: 0.75 })(x).tolist()).toEqual(others.Hardtanh);
  const table = nn.Embedding(2, 2, { _weight: weight, _freeze: true });
  expect([table(torch.tensor([1, 0])).tolist(), table.weight.requires_grad]).toEqual([others.Embedding, false]);
  const out = torch.zeros(2, 2);
  expect(F.normalize(x, { out })).toBe(out);
  expect(out.tolist()).toEqual(others.normalize);
  expect(nn.BatchNorm1d(2, { bias: false }).bias).toBeNull();
});

const lossFunctions = Object.keys(F).filter((name) => /loss$|entropy|logits$|^kl_div$/.test(name)) as ('mse_loss')[];

/** What comes first where that is not an input and a target of one shape. */
const matrix = torch.tensor([[0.25, 0.5], [0.75, 0.125]]);
const signs = torch.tensor([1, -1]);
const operands: Readonly<Record<string, readonly unknown[]>> = {
  ctc_loss: [torch.zeros(3, 2, 4), torch.tensor([[1, 2], [2, 1]]), [3, 3], [2, 1]], gaussian_nll_loss: [matrix, matrix, matrix],
  triplet_margin_loss: [matrix, matrix, matrix], triplet_margin_with_distance_loss: [matrix, matrix, matrix],
  margin_ranking_loss: [matrix, matrix, signs], cosine_embedding_loss: [matrix, matrix, signs],
};
/** What PyTorch says of a reduction that it does not know, where that is shorter. */
const shorter: ReadonlySet<string> = new Set(['gaussian_nll_loss', 'multilabel_soft_margin_loss']);

it.each(lossFunctions)('%s takes no reduction that PyTorch does not know there', (name) => {
  const call = F[name] as (...args: readonly unknown[]) => unknown;
  const given = (reduction: string) => (): unknown => call(...operands[name] ?? [matrix, matrix], { reduction });
  const words = shorter.has(name) ? 'is not valid' : 'is not a valid value for reduction';
  const refusal = (reduction: string) => new ValueError(`${reduction} ${words}`);
  expect(given('all')).toThrow(refusal('all'));
  if ((name as string) === 'kl_div') expect(given('batchmean')).not.toThrow();
  else expect(given('batchmean')).toThrow(refusal('batchmean'));
});
