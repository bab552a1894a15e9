import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as torch from '../../../src/torch/index.ts';
import type { Room } from '../../tolerances.ts';
import { muon, optimisers, optimisersOfDoubles } from '../../tolerances.ts';
import { expectWithin } from '../../within.ts';

/** Steps of optimisers, their states and errors against PyTorch's: test/fixtures/optim/optimizers.py. */

const { nn, optim } = torch;

interface Packed { readonly shape: readonly number[]; readonly values: readonly number[] }
type Plain = Packed | number | null | readonly Plain[];
type State = Readonly<Record<string, Readonly<Record<string, Plain>>>>;
interface Run {
  readonly kwargs: Readonly<Record<string, unknown>>;
  readonly repr: string;
  readonly parameters: readonly Packed[];
  readonly state: State;
}
type Name = 'float32' | 'float64' | 'complex128';
interface Case extends Run {
  readonly name: string;
  readonly dtype: Name;
  readonly losses: readonly number[];
  readonly after: readonly Packed[];
}
interface Fixture {
  readonly cases: readonly Case[];
  readonly muon: readonly Run[];
  readonly errors: readonly { readonly name: string; readonly type: string; readonly message: string }[];
}
const golden = JSON.parse(readFileSync(new URL('../../fixtures/optim/optimizers.json', import.meta.url), 'utf8')) as Fixture;

interface AnyOptimizer {
  step(): unknown;
  step<L>(closure: () => L): L;
  zero_grad(): void;
  state_dict(): torch.optim.OptimizerStateDict;
  load_state_dict(state: torch.optim.OptimizerStateDict): void;
}
const makers = optim as unknown as Readonly<Record<string, (parameters: torch.Tensor[], options: object) => AnyOptimizer>>;

const dtypes: Readonly<Record<Name, torch.dtype>> = { float32: torch.float32, float64: torch.float64, complex128: torch.complex128 };

/** The classifier that its twin makes from the same seed; complex weights are trained by themselves. */
function problem(name: Name): [torch.Tensor[], () => torch.Tensor] {
  torch.manual_seed(2);
  const dtype = dtypes[name];
  if (name === 'complex128') {
    const [w, x] = [nn.Parameter(torch.randn(4, 3, { dtype })), torch.randn(6, 4, { dtype })];
    return [[w], () => x.matmul(w).sub(1).abs().pow(2).mean()];
  }
  const net = nn.Sequential(nn.Linear(3, 4, { dtype }), nn.Tanh(), nn.Linear(4, 2, { dtype }));
  const [x, y] = [torch.randn(6, 3, { dtype }), torch.randn(6, 2, { dtype })];
  return [net.parameters(), () => nn.functional.mse_loss(net(x), y)];
}

function alike(got: unknown, wanted: Plain, room: Room, place: string): void {
  if (wanted === null) expect(got, place).toBeNull();
  else if (Array.isArray(wanted)) {
    expect((got as unknown[]).length, place).toBe(wanted.length);
    wanted.forEach((each: Plain, i) => alike((got as unknown[])[i], each, room, `${place}[${i}]`));
  } else if (typeof wanted === 'number') expectWithin(got as number, wanted, room, place);
  else {
    const { shape, values } = wanted as Packed;
    if (typeof got === 'number') {
      expect(shape, place).toEqual([]);
      expectWithin(got, values[0], room, place);
      return;
    }
    const tensor = got as torch.Tensor;
    const real = tensor.is_complex() ? torch.view_as_real(tensor) : tensor;
    expect([...real.shape], place).toEqual(shape);
    [...real.detach().flatten().to(torch.float64).tolist() as number[]].forEach((each, i) => expectWithin(each, values[i], room, place));
  }
}

function expectState(optimizer: AnyOptimizer, state: State, room: Room): void {
  const kept = optimizer.state_dict().state;
  expect(Object.keys(kept)).toEqual(Object.keys(state));
  for (const [key, parts] of Object.entries(state)) {
    expect(Object.keys(kept[Number(key)]).sort()).toEqual(Object.keys(parts).sort());
    for (const [part, value] of Object.entries(parts)) alike(kept[Number(key)][part], value, room, `${part} of ${key}`);
  }
}

/** A state as PyTorch has it. */
function read(value: Plain, dtype: torch.dtype): torch.optim.StateValue {
  if (value === null || typeof value === 'number') return value;
  if (Array.isArray(value)) return value.map((each: Plain) => read(each, dtype));
  const { shape, values } = value as Packed;
  const isPair = dtype === torch.complex128 && shape.at(-1) === 2;
  const tensor = torch.tensor(values, { dtype: dtype === torch.complex128 ? torch.float64 : dtype }).reshape([...shape]);
  return isPair ? torch.view_as_complex(tensor) : tensor;
}

/** Python knows whether a whole number was a float. */
const withoutPoints = (text: string): string => text.replaceAll(/(\d)\.0\b/g, '$1');

const title = (name: string, kwargs: object, dtype: string): string => `${name} ${JSON.stringify(kwargs)} in ${dtype}`;
const cases = golden.cases.map((each) => [title(each.name, each.kwargs, each.dtype), each] as const);

describe('optimisers', () => {
  test.each(cases)('%s', (_title, { name, kwargs, dtype, losses, parameters, state, repr }) => {
    const [weights, evaluate] = problem(dtype);
    const optimizer = makers[name](weights, kwargs);
    const room = dtype === 'float32' ? optimisers : optimisersOfDoubles;
    for (const [i, wanted] of losses.entries()) {
      const loss = optimizer.step(() => {
        optimizer.zero_grad();
        const value = evaluate();
        value.backward();
        return value;
      });
      expectWithin(loss.item() as number, wanted, room.losses, `loss of step ${i}`);
    }
    weights.forEach((weight, i) => alike(weight, parameters[i], room.parameters, `parameter ${i}`));
    expectState(optimizer, state, room.state);
    expect(withoutPoints(String(optimizer))).toBe(withoutPoints(repr));
  });

  test.each(cases)('%s goes on from the state that PyTorch saved', (_title, { name, kwargs, dtype, parameters, state, after }) => {
    const [weights, evaluate] = problem(dtype);
    const optimizer = makers[name](weights, kwargs);
    torch.no_grad(() => weights.forEach((weight, i) => weight.copy_(read(parameters[i], dtypes[dtype]) as torch.Tensor)));
    const given = Object.fromEntries(Object.entries(state).map(([key, parts]) =>
      [key, Object.fromEntries(Object.entries(parts).map(([part, value]) => [part, read(value, dtypes[dtype])]))]));
    optimizer.load_state_dict({ ...optimizer.state_dict(), state: given });
    for (let i = 0; i < 2; i++) {
      optimizer.step(() => {
        optimizer.zero_grad();
        const value = evaluate();
        value.backward();
        return value;
      });
    }
    const room = dtype === 'float32' ? optimisers : optimisersOfDoubles;
    weights.forEach((weight, i) => alike(weight, after[i], room.parameters, `parameter ${i}`));
  });

  test.each(golden.muon)('Muon $kwargs', ({ kwargs, parameters, state, repr }) => {
    torch.manual_seed(3);
    const weights = [nn.Parameter(torch.randn(4, 6)), nn.Parameter(torch.randn(5, 3))];
    const optimizer = optim.Muon(weights, kwargs);
    for (let i = 0; i < 3; i++) {
      for (const weight of weights) weight.grad = torch.randn([...weight.shape]);
      optimizer.step();
    }
    weights.forEach((weight, i) => alike(weight, parameters[i], muon, `parameter ${i}`));
    expectState(optimizer, state, optimisers.state);
    expect(withoutPoints(String(optimizer))).toBe(withoutPoints(repr));
  });

  const w = (...shape: number[]): torch.nn.Parameter => nn.Parameter(torch.ones(shape.length > 0 ? shape : [2]));
  const complex = (...shape: number[]): torch.nn.Parameter => {
    const weight = nn.Parameter(torch.ones(shape, { dtype: torch.complex64 }));
    weight.grad = torch.ones_like(weight.detach());
    return weight;
  };
  const fails: Readonly<Record<string, () => unknown>> = {
    'Rprop rate': () => optim.Rprop([w()], { lr: -1 }),
    'Rprop etas': () => optim.Rprop([w()], { etas: [1, 0.5] }),
    'ASGD rate': () => optim.ASGD([w()], { lr: -1 }),
    'ASGD lambd': () => optim.ASGD([w()], { lambd: -1 }),
    'ASGD alpha': () => optim.ASGD([w()], { alpha: -1 }),
    'ASGD decay': () => optim.ASGD([w()], { weight_decay: -0.5 }),
    'Adafactor rate': () => optim.Adafactor([w()], { lr: -1 }),
    'Adafactor decay': () => optim.Adafactor([w()], { beta2_decay: 0.5 }),
    'Adafactor eps1': () => optim.Adafactor([w()], { eps: [-1, 0.1] }),
    'Adafactor eps2': () => optim.Adafactor([w()], { eps: [null, -1] }),
    'Adafactor d': () => optim.Adafactor([w()], { d: 0.5 }),
    'Adafactor weights': () => optim.Adafactor([w()], { weight_decay: -1 }),
    'Muon rate': () => optim.Muon([w(2, 2)], { lr: -1 }),
    'Muon momentum': () => optim.Muon([w(2, 2)], { momentum: -1 }),
    'Muon weights': () => optim.Muon([w(2, 2)], { weight_decay: -1 }),
    'Muon adjusting': () => optim.Muon([w(2, 2)], { adjust_lr_fn: 'more' as never }),
    'Muon vector': () => optim.Muon([w(3)]),
    'Muon steps': () => {
      const weight = w(2, 2);
      weight.grad = torch.ones(2, 2);
      optim.Muon([weight], { ns_steps: 100 }).step();
    },
    'LBFGS rate': () => optim.LBFGS([w()], { lr: -1 }),
    'LBFGS groups': () => optim.LBFGS([{ params: [w()] }, { params: [w()] }]),
    'LBFGS closure': () => optim.LBFGS([w()]).step(),
    'Adafactor complex': () => optim.Adafactor([complex(2)]).step(),
    'Muon complex': () => optim.Muon([complex(2, 2)]).step(),
    'fused and foreach': () => optim.Adam([w()], { fused: true, foreach: true }),
    'pre hook': () => {
      const optimizer = optim.SGD([w()]);
      optimizer.register_step_pre_hook(() => 3 as never);
      optimizer.step();
    },
    names: () => optim.SGD([{ params: [['a', w()]] }, { params: [w()] }]),
  };
  test.each(golden.errors)('$name is refused as in PyTorch', ({ name, type, message }) => {
    // PyTorch names the function by its address.
    const words = name === 'pre hook' ? expect.stringContaining(message.slice(message.indexOf(' must return'), -2)) as string : message;
    expect(fails[name]).toThrow(expect.objectContaining({ name: type, message: words }));
  });

  test('what it cannot do is refused by name', () => {
    for (const option of ['capturable', 'differentiable']) {
      expect(() => optim.Adam([w()], { [option]: true })).toThrow(`Adam: ${option}=true is not supported`);
    }
  });
});

describe('hooks', () => {
  const sgd = (): torch.optim.SGD => optim.SGD([nn.Parameter(torch.ones(1))], { lr: 0.5 });

  test('of states are called in order, may be put first, and may change them', () => {
    const optimizer = sgd();
    const calls: string[] = [];
    optimizer.register_state_dict_pre_hook(() => void calls.push('second'));
    optimizer.register_state_dict_pre_hook(() => void calls.push('first'), { prepend: true });
    const last = optimizer.register_state_dict_post_hook((_optimizer, { state, param_groups }) => {
      calls.push('third');
      return { state, param_groups: param_groups.map((group) => ({ ...group, lr: 2 })) };
    });
    const saved = optimizer.state_dict();
    expect([calls, saved.param_groups[0].lr]).toEqual([['first', 'second', 'third'], 2]);
    last.remove();
    expect(optimizer.state_dict().param_groups[0].lr).toBe(0.5);
    optimizer.register_load_state_dict_pre_hook((_optimizer, { state, param_groups }) =>
      ({ state, param_groups: param_groups.map((group) => ({ ...group, momentum: 0.25 })) }));
    let seen: unknown = null;
    optimizer.register_load_state_dict_post_hook(({ param_groups: [group] }) => {
      seen = [group.lr, group.momentum];
    }, true);
    optimizer.load_state_dict(saved);
    expect(seen).toEqual([2, 0.25]);
  });

  test('of steps see the arguments, and may change them', () => {
    const optimizer = sgd();
    const seen: unknown[] = [];
    optimizer.register_step_pre_hook((_optimizer, args) => {
      seen.push(args.length);
      return [[() => 7], {}];
    });
    optimizer.register_step_post_hook((_optimizer, args, kwargs) => void seen.push(args.length, kwargs));
    expect(optimizer.step(() => 3)).toBe(7);
    expect(seen).toEqual([1, 1, {}]);
  });
});
