import { describe, expect, test } from 'vitest';
import { pool } from '../../../src/backend/cpu/pool.ts';
import * as torch from '../../../src/torch/index.ts';
import { learningRates, optimisers, roundings } from '../../tolerances.ts';
import { expectWithin } from '../../within.ts';
import type { Packed } from './support.ts';
import { expectClose, readCases } from './support.ts';

const { nn, optim } = torch;

interface OptimizerCase {
  readonly name: string;
  readonly kwargs: Record<string, unknown>;
  readonly repr: string;
  readonly losses: number[];
  readonly parameters: Packed[];
  readonly state: Record<string, Record<string, Packed>>;
}

interface ScheduleCase {
  readonly name: string;
  readonly args: unknown[];
  readonly kwargs: Record<string, unknown>;
  readonly rates: number[][];
  readonly measures?: number[];
}

interface Schedule {
  step(measure?: number): void;
  get_last_lr(): number[];
}

type AnyOptimizer = torch.optim.Optimizer;
type Maker = (parameters: Iterable<torch.Tensor>, options: object) => AnyOptimizer;
const makers = optim as unknown as Record<string, Maker>;

function problem(): { net: torch.nn.Module & ((x: torch.Tensor) => torch.Tensor); x: torch.Tensor; y: torch.Tensor } {
  torch.manual_seed(2);
  const net = nn.Sequential(nn.Linear(3, 4), nn.Tanh(), nn.Linear(4, 2));
  return { net, x: torch.randn(6, 3), y: torch.randn(6, 2) };
}

const cases = readCases<OptimizerCase>('optim').map((each) => [`${each.name} ${JSON.stringify(each.kwargs)}`, each] as const);

describe('optimisers', () => {
  test.each(cases)('%s', (_title, { name, kwargs, repr, losses, parameters, state }) => {
    const { net, x, y } = problem();
    const optimizer = makers[name](net.parameters(), kwargs);
    const got = losses.map(() => {
      const loss = nn.functional.mse_loss(net(x), y);
      optimizer.zero_grad();
      loss.backward();
      optimizer.step();
      return loss.item() as number;
    });
    expect(String(optimizer)).toBe(repr);
    got.forEach((loss, i) => expectWithin(loss, losses[i], optimisers.losses, `loss of step ${i}`));
    net.parameters().forEach((parameter, i) => expectClose(parameter, parameters[i], optimisers.parameters, `parameter ${i}`));
    const kept = optimizer.state_dict().state;
    expect(Object.keys(kept)).toEqual(Object.keys(state));
    for (const [key, parts] of Object.entries(state)) {
      expect(Object.keys(kept[Number(key)]).sort()).toEqual(Object.keys(parts).sort());
      for (const [part, packed] of Object.entries(parts)) {
        expectClose(kept[Number(key)][part] as torch.Tensor | null, packed, optimisers.state, `${part} of ${key}`);
      }
    }
  });

  test.each(cases)('%s goes on from its state', (_title, { name, kwargs }) => {
    const run = (restart: boolean): unknown => {
      const { net, x, y } = problem();
      let optimizer = makers[name](net.parameters(), kwargs);
      for (let i = 0; i < 6; i++) {
        if (restart && i === 3) {
          const saved = optimizer.state_dict();
          optimizer = makers[name](net.parameters(), {});
          optimizer.load_state_dict(saved);
        }
        nn.functional.mse_loss(net(x), y).backward();
        optimizer.step();
        optimizer.zero_grad();
      }
      return net.parameters().map((parameter) => parameter.tolist());
    };
    expect(run(true)).toEqual(run(false));
  });

  test.each(cases)('a step of %s keeps no memory', (_title, { name, kwargs }) => {
    const { net, x, y } = problem();
    const optimizer = makers[name](net.parameters(), kwargs);
    nn.functional.mse_loss(net(x), y).backward();
    optimizer.step();
    const before = pool.bytesInUse;
    for (let i = 0; i < 3; i++) optimizer.step();
    expect(pool.bytesInUse).toBe(before);
  });

  test('a closure computes the loss again, with recording on', () => {
    const w = torch.tensor([1.5], { requires_grad: true });
    const optimizer = optim.SGD([w], { lr: 0.1 });
    const loss = torch.no_grad(() => optimizer.step(() => {
      optimizer.zero_grad();
      const value = w.pow(2).sum();
      value.backward();
      return value;
    }));
    expect(loss.item()).toBe(2.25);
    expectWithin(w.item() as number, 1.2, roundings.float32);
    expect(optimizer.step()).toBeNull();
  });

  test('groups have options of their own, and more can be added', () => {
    const [a, b] = [torch.ones(1, { requires_grad: true }), torch.ones(1, { requires_grad: true })];
    const optimizer = optim.SGD([{ params: [a], lr: 0.5 }], { lr: 0.1 });
    optimizer.add_param_group({ params: b });
    for (const each of [a, b]) each.mul(1).sum().backward();
    optimizer.step();
    expect([a.item(), b.item()]).toEqual([0.5, Math.fround(1 - Math.fround(0.1))]);
    expect(() => optimizer.add_param_group({ params: [torch.ones(1, { requires_grad: true })], rate: 1 } as never))
      .toThrow("SGD() got an unexpected keyword argument 'rate'");
  });

  test('parameters without gradients stay, and have no state', () => {
    const [a, b] = [torch.ones(1, { requires_grad: true }), torch.ones(1, { requires_grad: true })];
    const optimizer = optim.Adam([a, b], { lr: 0.1 });
    a.sum().backward();
    optimizer.step();
    expect(b.item()).toBe(1);
    expect([optimizer.state.size, optimizer.state.has(a)]).toEqual([1, true]);
    expect(optimizer.param_groups[0].params[0]).toBe(a);
  });
});

describe('schedules', () => {
  const title = ({ name, args, kwargs }: ScheduleCase): string => `${name} ${JSON.stringify([args, kwargs])}`;
  test.each(readCases<ScheduleCase>('schedules').map((each) => [title(each), each] as const))(
    '%s', (_title, { name, args, kwargs, rates, measures }) => {
      const leaf = (): torch.Tensor => torch.zeros(1, { requires_grad: true });
      const optimizer = measures ? optim.SGD([leaf()], { lr: 0.1 })
        : optim.SGD([{ params: [leaf()], lr: 0.5 }, { params: [leaf()] }], { lr: 0.1 });
      const given = name === 'LambdaLR' ? [(epoch: number): number => 1 / (1 + epoch)] : args;
      const make = (optim.lr_scheduler as unknown as Record<string, (...args: unknown[]) => Schedule>)[name];
      const schedule = make(optimizer, ...given, kwargs);
      const got: number[][] = [];
      if (measures) {
        for (const measure of measures) {
          schedule.step(measure);
          got.push(schedule.get_last_lr());
        }
      } else {
        got.push(schedule.get_last_lr());
        while (got.length < rates.length) {
          optimizer.step();
          schedule.step();
          got.push(optimizer.param_groups.map((group) => group.lr));
        }
      }
      got.forEach((row, i) => row.forEach((rate, k) => expectWithin(rate, rates[i][k], learningRates)));
      expect(got.length).toBe(rates.length);
    });

  test('a schedule is saved and restored', () => {
    const make = (): { optimizer: torch.optim.SGD; schedule: torch.optim.lr_scheduler.StepLR } => {
      const optimizer = optim.SGD([torch.zeros(1, { requires_grad: true })], { lr: 0.1 });
      return { optimizer, schedule: optim.lr_scheduler.StepLR(optimizer, 2, { gamma: 0.5 }) };
    };
    const [a, b] = [make(), make()];
    for (let i = 0; i < 3; i++) {
      a.optimizer.step();
      a.schedule.step();
    }
    b.optimizer.load_state_dict(a.optimizer.state_dict());
    b.schedule.load_state_dict(a.schedule.state_dict());
    b.schedule.step();
    a.schedule.step();
    expect(b.schedule.get_last_lr()).toEqual(a.schedule.get_last_lr());
    expect(b.schedule.last_epoch).toBe(4);
  });
});
