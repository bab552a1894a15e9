import { expect, it } from 'vitest';
import { stateOf } from '../../src/autograd/viewHistory.ts';
import { pool } from '../../src/backend/cpu/pool.ts';
import * as torch from '../../src/torch/index.ts';

/** The engine gives gradients back as it consumes them, but never one that somebody else can see. */

it('hands out what one call of a custom backward computed for several inputs', () => {
  class Product extends torch.autograd.Function {
    static forward(ctx: torch.autograd.FunctionContext, a: torch.Tensor, b: torch.Tensor): torch.Tensor {
      ctx.save_for_backward(a, b);
      return a.mul(b);
    }

    static backward(ctx: torch.autograd.FunctionContext, g: torch.Tensor): torch.Tensor[] {
      const [a, b] = ctx.saved_tensors as torch.Tensor[];
      return [g.mul(b), g.mul(a)];
    }
  }
  const a = torch.tensor([1.5, 2], { requires_grad: true });
  const b = torch.tensor([3, 4], { requires_grad: true });
  Product.apply(a, b).sum().backward();
  expect([String(a.grad), String(b.grad)]).toEqual(['tensor([3., 4.])', 'tensor([1.5000, 2.0000])']);
});

it('leaves alone what a custom backward or a hook has kept', () => {
  const kept: torch.Tensor[] = [];
  class Keep extends torch.autograd.Function {
    static forward(_: torch.autograd.FunctionContext, x: torch.Tensor): torch.Tensor {
      return x.mul(2);
    }

    static backward(_: torch.autograd.FunctionContext, g: torch.Tensor): torch.Tensor {
      const twice = g.mul(2);
      kept.push(g, twice);
      return twice.mul(1);
    }
  }
  const x = torch.ones(3, { requires_grad: true });
  const y = x.mul(1);
  y.register_hook((g) => void kept.push(g));
  Keep.apply(y).mul(5).sum().backward();
  expect(kept.map(String)).toEqual(['tensor([5., 5., 5.])', 'tensor([10., 10., 10.])', 'tensor([10., 10., 10.])']);
  expect(String(x.grad)).toBe('tensor([10., 10., 10.])');
});

it('shares one gradient among operands without giving it back early', () => {
  const w = torch.ones(2, { requires_grad: true });
  const seed = torch.ones(2);
  const shared = w.add(w);
  shared.add(shared.mul(2)).backward(seed);
  expect([String(w.grad), String(seed)]).toEqual(['tensor([6., 6.])', 'tensor([1., 1.])']);
});

it('needs no more memory for a long chain than for a short one', () => {
  const used = (length: number): number => {
    const x = torch.ones(1000, { requires_grad: true });
    let y: torch.Tensor = x;
    for (let i = 0; i < length; i++) y = y.mul(1.001);
    const total = y.sum();
    const before = pool.bytesInUse;
    total.backward();
    return pool.bytesInUse - before;
  };
  used(3);
  expect(used(200)).toBeLessThanOrEqual(used(10) + 4096);
});

it('gives forgotten gradients back at once, unless somebody has seen them', () => {
  const x = torch.ones(1000, { requires_grad: true });
  const optimizer = torch.optim.SGD([x], { lr: 0.1 });
  const step = (): void => {
    optimizer.zero_grad();
    x.mul(2).sum().backward();
    optimizer.step();
  };
  step();
  const seen = x.grad!;
  step();
  expect(seen.sum().item()).toBe(2000);
  const before = pool.bytesInUse;
  step();
  const gradient = stateOf(x)!.grad!;
  optimizer.zero_grad();
  expect(gradient.storage.freed).toBe(true);
  expect(x.grad).toBeNull();
  expect(pool.bytesInUse).toBeLessThanOrEqual(before + 3 * 4096);
});
