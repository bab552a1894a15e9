import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/torch/index.ts';
import { optimisers } from '../../tolerances.ts';
import { expectWithin } from '../../within.ts';

/** Averages of models and their batch statistics against PyTorch's: test/fixtures/optim/averages.py. */

const { nn, optim } = torch;
const { swa_utils } = optim;

interface Fixture {
  readonly cases: readonly { readonly name: string; readonly use_buffers: boolean; readonly state: Readonly<Record<string, number[]>> }[];
  readonly statistics: Readonly<Record<string, number[]>>;
}
const golden = JSON.parse(readFileSync(new URL('../../fixtures/optim/averages.json', import.meta.url), 'utf8')) as Fixture;

const options: Readonly<Record<string, () => object>> = {
  plain: () => ({}),
  ema: () => ({ avg_fn: swa_utils.get_ema_avg_fn(0.75) }),
  'ema of many': () => ({ multi_avg_fn: swa_utils.get_ema_multi_avg_fn(0.75) }),
  swa: () => ({ avg_fn: swa_utils.get_swa_avg_fn() }),
  'swa of many': () => ({ multi_avg_fn: swa_utils.get_swa_multi_avg_fn() }),
};

function trained(): [torch.nn.Sequential, () => void, torch.Tensor] {
  torch.manual_seed(4);
  const model = nn.Sequential(nn.Linear(3, 4), nn.BatchNorm1d(4), nn.Linear(4, 1));
  const x = torch.randn(8, 3);
  const optimizer = optim.SGD(model.parameters(), { lr: 0.1 });
  return [model, () => {
    optimizer.zero_grad();
    model(x).pow(2).mean().backward();
    optimizer.step();
  }, x];
}

function expectState(state: Readonly<Record<string, torch.Tensor>>, wanted: Readonly<Record<string, number[]>>): void {
  expect(Object.keys(state)).toEqual(Object.keys(wanted));
  for (const [key, values] of Object.entries(wanted)) {
    const got = state[key].flatten().to(torch.float64).tolist() as number[];
    values.forEach((value, i) => expectWithin(got[i], value, optimisers.parameters, key));
  }
}

describe('averages', () => {
  test.each(golden.cases)('$name, of buffers: $use_buffers', ({ name, use_buffers, state }) => {
    const [model, step] = trained();
    const average = swa_utils.AveragedModel(model, { ...options[name](), use_buffers });
    for (let i = 0; i < 4; i++) {
      step();
      average.update_parameters(model);
    }
    expectState(average.state_dict() as Record<string, torch.Tensor>, state);
  });

  test('batch statistics are computed anew', () => {
    const [model, step, x] = trained();
    step();
    const average = swa_utils.AveragedModel(model);
    average.update_parameters(model);
    average.eval();
    swa_utils.update_bn([x.at('0:4'), [x.at('4:8'), 'label']], average);
    expectState(average.state_dict() as Record<string, torch.Tensor>, golden.statistics);
    expect(average.training).toBe(false);
    expect(average.modules().find((each) => each instanceof nn.BatchNorm1d)!.momentum).toBe(0.1);
  });

  test('the copy is of the same classes, and its weights its own', () => {
    const [model] = trained();
    const average = swa_utils.AveragedModel(model);
    expect(String(average.module)).toBe(String(model));
    torch.no_grad(() => model.parameters()[0].fill_(7));
    expect(average.parameters()[0].at(0, 0).item()).not.toBe(7);
    expect(average.parameters().every((each) => each instanceof nn.Parameter && each.requires_grad)).toBe(true);
  });

  test('bad arguments are refused', () => {
    const [model] = trained();
    const avg_fn = swa_utils.get_ema_avg_fn();
    expect(() => swa_utils.AveragedModel(model, { avg_fn, multi_avg_fn: swa_utils.get_swa_multi_avg_fn() }))
      .toThrow('Only one of avg_fn and multi_avg_fn should be provided');
    expect(() => swa_utils.get_ema_avg_fn(1.5)).toThrow('Invalid decay value 1.5 provided. Please provide a value in [0,1] range.');
  });
});
