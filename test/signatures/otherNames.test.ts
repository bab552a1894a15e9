import { expect, it, test } from 'vitest';
import { signatures } from '../../src/core/signature.ts';
import * as torch from '../../src/torch/index.ts';

/** NumPy's names for PyTorch's parameters, and tensors without axes for numbers, wherever a built-in function has such a parameter. */

type Call = (...args: unknown[]) => unknown;

const functions = Object.entries(torch as unknown as Record<string, Call>)
  .filter(([name, value]) => typeof value === 'function' && signatures.has(name) && !/rand|empty|normal|poisson|bernoulli/.test(name));

const outcome = (call: Call, args: unknown[]): string => {
  torch.manual_seed(1);
  try {
    return String(call(...args));
  } catch (error) {
    return String(error);
  }
};

/** Functions written in Python know their own names alone; they also word what is missing otherwise. */
const builtin = functions.filter(([, call]) =>
  /missing \d+ required positional arguments?: "|invalid combination of arguments/.test(outcome(call, [])));

/** Functions that give something where the canonical spelling is used, and so must where the other is. */
const sameWhere = (canonical: () => unknown[], other: () => unknown[]): string[] => builtin.flatMap(([name, call]) => {
  const wanted = outcome(call, canonical());
  if (/Error/.test(wanted)) return [];
  return outcome(call, other()) === wanted ? [`same: ${name}`] : [`different: ${name}: ${outcome(call, other())}`];
});

const matrix = (): torch.Tensor => torch.tensor([[3, 1, 2], [6, 5, 4]]);

test.each([
  ['axis', 20, () => [matrix(), { dim: 1 }], () => [matrix(), { axis: 1 }]],
  ['keepdims', 5, () => [matrix(), { dim: 1, keepdim: true }], () => [matrix(), { axis: 1, keepdims: true }]],
  ['x', 60, () => [{ input: matrix() }], () => [{ x: matrix() }]],
  ['a', 60, () => [{ input: matrix() }], () => [{ a: matrix() }]],
  ['x1 and x2', 20, () => [{ input: matrix(), other: matrix() }], () => [{ x1: matrix(), x2: matrix() }]],
  ['a tensor for an integer', 20, () => [matrix(), { dim: 1 }], () => [matrix(), { dim: torch.tensor(1) }]],
] as const)('%s', (_, least, canonical, other) => {
  const found = sameWhere(canonical as () => unknown[], other as () => unknown[]);
  expect(found.filter((text) => text.startsWith('different'))).toEqual([]);
  expect(found.filter((text) => text.startsWith('same')).length).toBeGreaterThan(least);
});

it('takes either name once, and no tensor that is no single number', () => {
  const x = matrix();
  const call = torch.sum as unknown as Call;
  expect(() => call(x, { dim: 0, axis: 0 })).toThrow(TypeError);
  expect(() => call(x, { dim: torch.tensor([0]) })).toThrow(/must be tuple of ints/);
  expect(() => (torch.cumsum as Call)(x, torch.tensor(0.5))).toThrow("cumsum(): argument 'dim' (position 2) must be int, not Tensor");
});

it('has types that know both names', () => {
  const x = matrix();
  const last = { axis: 1 } as const;
  const rows = [
    torch.sum(x, { axis: 1, keepdim: true }), torch.sum(x, { dim: 1, keepdims: true }), x.amax({ axis: 1, keepdims: true }),
    x.max({ axis: 1, keepdim: true }).values, torch.max(x, { axis: 1, keepdims: true }).values,
  ];
  expect(rows.map((each) => each.shape.join())).toEqual(['2,1', '2,1', '2,1', '2,1', '2,1']);
  expect(torch.cumsum(x, last).tolist()).toEqual(x.cumsum(1).tolist());
  expect(torch.cat([x, x], last).shape).toEqual(torch.cat([x, x], 1).shape);
  expect(torch.add({ x1: x, x2: x }).tolist()).toEqual(x.mul(2).tolist());
  expect(x.float().std(last).tolist()).toEqual(torch.var(x.float(), { axis: 1, keepdims: true }).sqrt().reshape(-1).tolist());
  expect(x.median(last).indices.tolist()).toEqual([2, 1]);
  // @ts-expect-error what must be given is given under one name or the other
  expect(() => torch.cumsum(x, {})).toThrow(TypeError);
  // @ts-expect-error no function has this name
  expect(() => torch.sum(x, { axes: 1 })).toThrow(TypeError);
  // @ts-expect-error written in Python, it knows PyTorch's name alone
  expect(() => torch.nn.functional.softmax(x, last)).toThrow(TypeError);
});
