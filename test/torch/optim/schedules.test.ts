import { readFileSync } from 'node:fs';
import { describe, expect, test, vi } from 'vitest';
import * as torch from '../../../src/torch/index.ts';
import { learningRates } from '../../tolerances.ts';
import { expectWithin } from '../../within.ts';

/** Rates and momenta, epoch by epoch, against PyTorch's: test/fixtures/optim/schedules.py. */

const { optim } = torch;
const { lr_scheduler: schedulers, swa_utils } = optim;

type Plain = null | number | string | boolean | readonly Plain[] | { readonly [key: string]: Plain };
type Spec = readonly [name: string, args: readonly Plain[], kwargs: Readonly<Record<string, Plain>>];
type Row = readonly (readonly [rate: number, momentum: number])[];
interface Fixture {
  readonly cases: readonly { readonly optimizer: string; readonly spec: Spec; readonly rows: readonly Row[]; readonly last: number[] }[];
  readonly jumps: readonly { readonly spec: Spec; readonly rows: readonly (readonly [Row, number])[] }[];
  readonly errors: readonly { readonly name: string; readonly type: string; readonly message: string }[];
}
const golden = JSON.parse(readFileSync(new URL('../../fixtures/optim/schedules.json', import.meta.url), 'utf8')) as Fixture;

interface Schedule {
  last_epoch: number;
  step(epoch?: number): void;
  get_last_lr(): number[];
  state_dict(): Record<string, unknown>;
  load_state_dict(state: Record<string, unknown>): void;
}
interface AnyOptimizer {
  readonly param_groups: { lr: number; momentum?: number; betas?: readonly number[] }[];
  step(): unknown;
  state_dict(): torch.optim.OptimizerStateDict;
  load_state_dict(state: torch.optim.OptimizerStateDict): void;
}

const leaf = (): torch.Tensor => torch.zeros(1, { requires_grad: true });
const groups = (): { params: torch.Tensor[]; lr?: number }[] => [{ params: [leaf()], lr: 0.5 }, { params: [leaf()] }];
const optimizerOf = (kind: string): AnyOptimizer =>
  (kind === 'Adam' ? optim.Adam(groups(), { lr: 0.1 }) : optim.SGD(groups(), { lr: 0.1, momentum: 0.9 }));

const functions: Readonly<Record<string, (x: number) => number>> = {
  $halving: (x) => 0.5 ** x, $harmonic: (x) => 1 / (1 + x), $slow: () => 0.95,
};
const real = (value: Plain): unknown =>
  (typeof value === 'string' ? functions[value] ?? value : Array.isArray(value) ? value.map(real) : value);

const made = { ...schedulers, SWALR: swa_utils.SWALR } as unknown as Readonly<Record<string, (...args: unknown[]) => Schedule>>;

function build([name, args, kwargs]: Spec, owner: AnyOptimizer): Schedule {
  const options = Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, real(value)]));
  if (name !== 'SequentialLR' && name !== 'ChainedScheduler') return made[name](owner, ...args.map(real), options);
  const parts = (args[0] as unknown as Spec[]).map((part) => build(part, owner));
  return made[name](...(name === 'SequentialLR' ? [owner] : []), parts, ...args.slice(1), options);
}

const rowOf = ({ param_groups }: AnyOptimizer): Row =>
  param_groups.map(({ lr, momentum, betas }) => [lr, momentum ?? betas![0]] as const);

function expectRow(got: Row, wanted: Row, place: string): void {
  expect(got.length).toBe(wanted.length);
  got.forEach((pair, i) => pair.forEach((value, k) => expectWithin(value, wanted[i][k], learningRates, `${place}, group ${i}`)));
}

const title = (optimizer: string, spec: Spec): string => `${JSON.stringify(spec)} of ${optimizer}`;

const titled = golden.cases.map((each) => [title(each.optimizer, each.spec), each] as const);
const jumping = golden.jumps.map((each) => [JSON.stringify(each.spec), each] as const);

describe('schedules', () => {
  test.each(titled)('%s', (_title, { optimizer, spec, rows, last }) => {
    const owner = optimizerOf(optimizer);
    const schedule = build(spec, owner);
    expectRow(rowOf(owner), rows[0], 'at first');
    rows.slice(1).forEach((row, i) => {
      owner.step();
      schedule.step();
      expectRow(rowOf(owner), row, `step ${i}`);
    });
    schedule.get_last_lr().forEach((rate, i) => expectWithin(rate, last[i], learningRates));
    expect(schedule).toBeInstanceOf(schedulers.LRScheduler);
  });

  test.each(titled)(
    '%s goes on from its state', (_title, { optimizer, spec, rows }) => {
      const [first, second] = [optimizerOf(optimizer), optimizerOf(optimizer)];
      const before = build(spec, first);
      for (let i = 0; i < 5; i++) {
        first.step();
        before.step();
      }
      const after = build(spec, second);
      second.load_state_dict(first.state_dict());
      after.load_state_dict(JSON.parse(JSON.stringify(before.state_dict())) as Record<string, unknown>);
      rows.slice(6).forEach((row, i) => {
        second.step();
        after.step();
        expectRow(rowOf(second), row, `step ${i + 5}`);
      });
    });

  test.each(jumping)('%s by the number of the epoch', (_title, { spec, rows }) => {
    const warnings = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const owner = optimizerOf('SGD');
    const schedule = build(spec, owner);
    const epochs = [4, 2, 9, 0, spec[0] === 'CosineAnnealingWarmRestarts' ? 5.5 : 5];
    rows.forEach(([row, last], i) => {
      owner.step();
      schedule.step(epochs[i]);
      expectRow(rowOf(owner), row, `epoch ${epochs[i]}`);
      expect(schedule.last_epoch).toBe(last);
    });
    warnings.mockRestore();
  });

  const plateau = (o: torch.optim.SGD): never => schedulers.ReduceLROnPlateau(o) as never;
  const fails: Readonly<Record<string, (o: torch.optim.SGD) => unknown>> = {
    constant: (o) => schedulers.ConstantLR(o, { factor: 1.5 }),
    multiplicative: (o) => schedulers.MultiplicativeLR(o, [() => 1]),
    'not a function': (o) => schedulers.MultiplicativeLR(o, 3 as never),
    T_0: (o) => schedulers.CosineAnnealingWarmRestarts(o, 0),
    T_mult: (o) => schedulers.CosineAnnealingWarmRestarts(o, 2, 0),
    'restart epoch': (o) => schedulers.CosineAnnealingWarmRestarts(o, 2).step(-1),
    'cyclic mode': (o) => schedulers.CyclicLR(o, 0.1, 0.2, { mode: 'square' as never }),
    'cyclic lengths': (o) => schedulers.CyclicLR(o, [0.1], 0.2),
    'cyclic momentum': () => schedulers.CyclicLR(optim.Adagrad([leaf()]), 0.1, 0.2),
    'no steps': (o) => schedulers.OneCycleLR(o, 0.1),
    total_steps: (o) => schedulers.OneCycleLR(o, 0.1, { total_steps: 0 }),
    epochs: (o) => schedulers.OneCycleLR(o, 0.1, { epochs: -1, steps_per_epoch: 2 }),
    steps_per_epoch: (o) => schedulers.OneCycleLR(o, 0.1, { epochs: 2, steps_per_epoch: 0 }),
    pct_start: (o) => schedulers.OneCycleLR(o, 0.1, { total_steps: 4, pct_start: 1.5 }),
    anneal: (o) => schedulers.OneCycleLR(o, 0.1, { total_steps: 4, anneal_strategy: 'up' as never }),
    max_lr: (o) => schedulers.OneCycleLR(o, [0.1], { total_steps: 4 }),
    'no schedules': (o) => schedulers.SequentialLR(o, [], []),
    milestones: (o) => schedulers.SequentialLR(o, [schedulers.StepLR(o, 2)], [1]),
    'sequential plateau': (o) => schedulers.SequentialLR(o, [plateau(o)], []),
    'no chain': () => schedulers.ChainedScheduler([]),
    'chained plateau': (o) => schedulers.ChainedScheduler([plateau(o)]),
    'swa strategy': (o) => swa_utils.SWALR(o, 0.1, { anneal_strategy: 'up' as never }),
    'swa epochs': (o) => swa_utils.SWALR(o, 0.1, { anneal_epochs: -1 }),
    'swa lengths': (o) => swa_utils.SWALR(o, [0.1]),
    'no optimizer': () => schedulers.CyclicLR(3 as never, 0.1, 0.2),
    resumed: (o) => schedulers.ConstantLR(o, { last_epoch: 3 }),
    abstract: (o) => new (class extends schedulers.LRScheduler {})(o).get_lr(),
    'too far': (o) => {
      const schedule = schedulers.OneCycleLR(o, 0.1, { total_steps: 2 });
      for (let i = 0; i < 4; i++) {
        o.step();
        schedule.step();
      }
    },
  };
  test.each(golden.errors)('$name is refused as in PyTorch', ({ name, type, message }) => {
    const owner = optim.SGD(groups(), { lr: 0.1, momentum: 0.9 });
    expect(() => fails[name](owner)).toThrow(expect.objectContaining({ name: type, message }));
  });

  test('rates are not asked of get_lr but by step', () => {
    const warnings = vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    schedulers.StepLR(optim.SGD([leaf()], { lr: 0.1 }), 2).get_lr();
    expect(String(warnings.mock.calls[0]?.[0])).toContain('To get the last learning rate computed by the scheduler');
    warnings.mockRestore();
  });
});
