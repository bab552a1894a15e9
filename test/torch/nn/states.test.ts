import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/torch/index.ts';
import { learningRates, optimisers } from '../../tolerances.ts';
import { expectWithin } from '../../within.ts';

/** States of schedules and optimisers go both ways between PyTorch and here: test/fixtures/objects/torchStates.py. */

const { nn, optim } = torch;
const { lr_scheduler: schedulers } = optim;

type Plain = null | number | string | boolean | readonly Plain[] | { readonly [key: string]: Plain };
interface Fixture {
  readonly schedules: Readonly<Record<string, {
    readonly state: Readonly<Record<string, Plain>>; readonly optimizer: Plain; readonly rates: readonly number[];
  }>>;
  readonly optimizers: Readonly<Record<string, { readonly state: Plain; readonly before: number[]; readonly after: number[] }>>;
}
const golden = JSON.parse(readFileSync(new URL('../../fixtures/objects/torchStates.json', import.meta.url), 'utf8')) as Fixture;

interface Schedule {
  step(measure?: number): void;
  get_last_lr(): number[];
  state_dict(): Record<string, unknown>;
  load_state_dict(state: Readonly<Record<string, unknown>>): void;
}
type Maker = (optimizer: torch.optim.SGD) => Schedule;
const makers: Readonly<Record<string, Maker>> = {
  StepLR: (optimizer) => new schedulers.StepLR(optimizer, 2),
  MultiStepLR: (optimizer) => new schedulers.MultiStepLR(optimizer, [2, 4, 4]),
  ExponentialLR: (optimizer) => new schedulers.ExponentialLR(optimizer, 0.9),
  CosineAnnealingLR: (optimizer) => new schedulers.CosineAnnealingLR(optimizer, 5),
  LambdaLR: (optimizer) => new schedulers.LambdaLR(optimizer, (epoch) => 0.5 ** epoch),
  LinearLR: (optimizer) => new schedulers.LinearLR(optimizer),
  ConstantLR: (optimizer) => new schedulers.ConstantLR(optimizer),
  PolynomialLR: (optimizer) => new schedulers.PolynomialLR(optimizer, 8, 2),
  MultiplicativeLR: (optimizer) => new schedulers.MultiplicativeLR(optimizer, () => 0.5),
  CosineAnnealingWarmRestarts: (optimizer) => new schedulers.CosineAnnealingWarmRestarts(optimizer, 2, 2),
  CyclicLR: (optimizer) => new schedulers.CyclicLR(optimizer, 0.01, 0.1, 2, { cycle_momentum: true }),
  OneCycleLR: (optimizer) => new schedulers.OneCycleLR(optimizer, 0.1, { total_steps: 8 }),
  ChainedScheduler: (optimizer) =>
    new schedulers.ChainedScheduler([new schedulers.StepLR(optimizer, 2), new schedulers.ConstantLR(optimizer)]),
  SequentialLR: (optimizer) => new schedulers.SequentialLR(
    optimizer, [new schedulers.ConstantLR(optimizer, { total_iters: 2 }), new schedulers.ExponentialLR(optimizer, 0.9)], [4]),
  SWALR: (optimizer) => new optim.swa_utils.SWALR(optimizer, 0.05),
  ReduceLROnPlateau: (optimizer) => new schedulers.ReduceLROnPlateau(optimizer, { patience: 1 }) as Schedule,
};

/** Tensors and infinities as JSON writes them. */
function read(value: Plain): unknown {
  if (value === 'inf' || value === '-inf') return value === 'inf' ? Infinity : -Infinity;
  if (Array.isArray(value)) return value.map(read);
  if (typeof value !== 'object' || value === null) return value;
  const fields = value as Readonly<Record<string, Plain>>;
  if ('tensor' in fields) return torch.tensor(fields.tensor as number[], { dtype: torch.float32 });
  return Object.fromEntries(Object.entries(fields).map(([key, each]) => [key, read(each)]));
}

function alike(got: unknown, wanted: unknown, path: string): void {
  if (wanted instanceof torch.Tensor) {
    [...(got as torch.Tensor).flatten()].forEach((each, i) =>
      expectWithin(each.item(), wanted.flatten().at(i).item(), optimisers.state, path));
  } else if (typeof wanted === 'number') {
    expectWithin(got as number, wanted, learningRates, path);
  } else if (typeof wanted === 'object' && wanted !== null) {
    expect(Object.keys(got as object).sort(), path).toEqual(Object.keys(wanted).sort());
    for (const [key, each] of Object.entries(wanted)) alike((got as Record<string, unknown>)[key], each, `${path}.${key}`);
  } else {
    expect(got, path).toBe(wanted);
  }
}

const sgd = (): torch.optim.SGD => new optim.SGD([new nn.Parameter(torch.ones(2))], { lr: 0.1, momentum: 0.5 });

function advance(optimizer: torch.optim.SGD, schedule: Schedule): number {
  optimizer.step();
  schedule.step(...(schedule instanceof schedulers.ReduceLROnPlateau ? [1] : []));
  return schedule.get_last_lr()[0];
}

describe('schedules', () => {
  test('all of them', () => {
    const classes = Object.keys({ ...schedulers, SWALR: optim.swa_utils.SWALR }).filter((name) => name !== 'LRScheduler');
    expect(classes.sort()).toEqual(Object.keys(golden.schedules).sort());
  });

  test.each(Object.keys(golden.schedules))('the state of %s has the keys and values of PyTorch', (name) => {
    const optimizer = sgd();
    const schedule = makers[name](optimizer);
    for (let step = 0; step < 3; step++) advance(optimizer, schedule);
    alike(schedule.state_dict(), read(golden.schedules[name].state), name);
    alike(optimizer.state_dict(), read(golden.schedules[name].optimizer), `${name} of SGD`);
  });

  test.each(Object.keys(golden.schedules))('the state that PyTorch saved of %s goes on here', (name) => {
    const optimizer = sgd();
    const schedule = makers[name](optimizer);
    const { state, optimizer: saved, rates } = golden.schedules[name];
    optimizer.load_state_dict(read(saved) as torch.optim.OptimizerStateDict);
    schedule.load_state_dict(read(state) as Record<string, unknown>);
    expect(schedule.get_last_lr()).toEqual(read(state._last_lr));
    for (const rate of rates) expectWithin(advance(optimizer, schedule), rate, learningRates, name);
  });
});

interface AnyOptimizer {
  step(): null;
  state_dict(): torch.optim.OptimizerStateDict;
  load_state_dict(state: torch.optim.OptimizerStateDict): void;
}
const make = (name: string, parameter: torch.Tensor): AnyOptimizer =>
  (optim as unknown as Record<string, (parameters: torch.Tensor[], options: object) => AnyOptimizer>)[name](
    [parameter], { lr: 0.1, ...(name === 'SGD' ? { momentum: 0.9 } : {}) });

describe('optimisers', () => {
  test.each(Object.keys(golden.optimizers))('the state of %s has the keys of PyTorch, and one of PyTorch goes on here', (name) => {
    const { state, before, after } = golden.optimizers[name];
    const saved = read(state) as torch.optim.OptimizerStateDict;
    const first = new nn.Parameter(torch.tensor([1, -2], { dtype: torch.float32 }));
    first.grad = torch.tensor([0.5, -0.25]);
    const stepped = make(name, first);
    stepped.step();
    alike(stepped.state_dict(), saved, name);
    const parameter = new nn.Parameter(torch.tensor(before, { dtype: torch.float32 }));
    parameter.grad = torch.tensor([0.5, -0.25]);
    const optimizer = make(name, parameter);
    optimizer.load_state_dict(saved);
    optimizer.step();
    alike(parameter, torch.tensor(after, { dtype: torch.float32 }), name);
  });

  test('a state of another optimiser is refused, and nothing changes', () => {
    const names = Object.keys(golden.optimizers);
    for (const [own, other] of [['SGD', 'Adam'], ['Adam', 'SGD'], ['RMSprop', 'Adam'], ['Adagrad', 'SGD'], ['Adadelta', 'SGD']]) {
      expect(names).toContain(own);
      const optimizer = make(own, new nn.Parameter(torch.ones(2)));
      const before = JSON.stringify(optimizer.state_dict());
      expect(() => optimizer.load_state_dict(read(golden.optimizers[other].state) as torch.optim.OptimizerStateDict), own)
        .toThrow(expect.objectContaining({ name: 'KeyError' }));
      expect(JSON.stringify(optimizer.state_dict())).toBe(before);
    }
  });

  test('a state from before an option was there takes its default', () => {
    const optimizer = make('SGD', new nn.Parameter(torch.ones(2)));
    const { state, param_groups: [{ maximize: _maximize, fused: _fused, ...older }] } = optimizer.state_dict();
    optimizer.load_state_dict({ state, param_groups: [older] });
    expect(optimizer.state_dict().param_groups[0]).toMatchObject({ maximize: false, fused: null });
  });
});
