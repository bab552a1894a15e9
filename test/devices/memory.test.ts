import { expect, it } from 'vitest';
import * as flambeau from '../../src/index.ts';
import * as torch from '../../src/torch/index.ts';
import { nn, optim } from '../../src/torch/index.ts';
import { gpuGradients } from '../tolerances.ts';
import { expectWithin } from '../within.ts';
import type { OwnDevice } from './ownDevice.ts';
import { withOwn } from './ownDevice.ts';
import { isHere, onGpu, thorough } from './place.ts';

/** What training leaves behind on the GPU: nothing. */

const steps = thorough ? 300 : 100;

type Optimize = (parameters: readonly torch.Tensor[]) => Pick<optim.Optimizer, 'zero_grad' | 'step'>;

/** A classifier in training: a function that takes one step and gives its loss. */
function training({ name }: OwnDevice, optimizer: Optimize): () => torch.Tensor {
  torch.manual_seed(0);
  const model = nn.Sequential(nn.Linear(8, 16), nn.ReLU(), nn.Linear(16, 4)).to(name);
  const lossFunction = nn.CrossEntropyLoss();
  const stepper = optimizer([...model.parameters()]);
  const x = torch.randn(32, 8).to(name);
  const y = torch.arange(32).remainder(4).to(name);
  return () => {
    stepper.zero_grad();
    const loss = lossFunction(model(x), y);
    loss.backward();
    stepper.step();
    return loss.detach();
  };
}

const optimizers: readonly (readonly [string, Optimize])[] = [
  ['SGD with momentum', (parameters) => optim.SGD(parameters, { lr: 0.1, momentum: 0.9 })],
  ['Adam', (parameters) => optim.Adam(parameters, { lr: 0.01 })],
];

onGpu('memory', () => {
  const own = optimizers.filter((_, i) => isHere(i + 1));
  it.for(own)('steps of %s in scopes keep the buffers in use constant', ([, optimizer]) => withOwn(async (own) => {
    const { pool, counts } = own.gpu;
    const step = training(own, optimizer);
    const loss = torch.zeros([], { device: own.name });
    const run = async (count: number): Promise<number> => {
      for (let i = 0; i < count; i++) flambeau.scope(() => void loss.copy_(step()));
      return (await loss.cpu()).item() as number;
    };
    const first = await run(1);
    await run(2);
    const use = (): readonly number[] => [pool.blocksInUse, pool.memory.inUse, pool.memory.peak, pool.memory.free, counts.kernels];
    const before = use();
    for (let i = 0; i < steps / 50; i++) {
      const last = await run(50);
      expect(use()).toEqual(before);
      expect(last).toBeLessThan(first);
    }
    // Commands travel together.
    expect(counts.dispatches / counts.submits).toBeGreaterThan(5);
  }));

  it('steps without scopes stay within a budget, as long as something is awaited', () => withOwn(async (own) => {
    const budget = 2 ** 28;
    flambeau.setMemoryBudget(budget, own.name);
    const x = torch.ones(2 ** 19, { device: own.name });
    let y = x;
    // More than twice the budget in all.
    for (let i = 0; i < 300; i++) {
      y = y.add(x);
      if (i % 10 === 9) await torch.webgpu.synchronize(own.name);
    }
    expect((await y.at(0).cpu()).item()).toBe(301);
    expect(own.gpu.pool.memory.peak).toBeLessThanOrEqual(budget);
  }));

  it('a graph gives its memory back with backward', () => withOwn(async ({ name, gpu }) => {
    const x = torch.ones(1000, { device: name }).requires_grad_();
    const used = (): number => gpu.pool.blocksInUse;
    const before = used();
    flambeau.scope(() => {
      x.exp().mul(x).sin().sum().backward();
    });
    // The gradient alone is left.
    expect(used()).toBe(before + 1);
    const gradient = (await x.grad!.at(0).cpu()).item() as number;
    expectWithin(gradient, 2 * Math.E * Math.cos(Math.E), { relative: gpuGradients.first, absolute: 0 });
  }));
});
