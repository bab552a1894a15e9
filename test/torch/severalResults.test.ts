import { describe, expect, it } from 'vitest';
import * as torch from '../../src/torch/index.ts';

/** Ops with several results: one rule sees the gradients of all of them at once. */

type Tensor = torch.Tensor;
type Context = torch.autograd.FunctionContext;

/** What the last backward pass was given. */
let calls: (Tensor | null)[][] = [];

/** a·b and a + b, and how many elements there are. */
class ProductAndSum extends torch.autograd.Function {
  static forward(ctx: Context, a: Tensor, b: Tensor): Tensor[] {
    ctx.save_for_backward(a, b);
    const [product, sum] = [a.mul(b), a.add(b)];
    return [product, sum, torch.tensor(a.numel())];
  }

  static backward(ctx: Context, product: Tensor, sum: Tensor): (Tensor | null)[] {
    calls.push([product, sum]);
    const [a, b] = ctx.saved_tensors as [Tensor, Tensor];
    return [product.mul(b).add(sum), ctx.needs_input_grad[1] ? product.mul(a).add(sum) : null];
  }
}

/** The same, told not to make zeros. */
class Sparse extends ProductAndSum {
  static override forward(ctx: Context, a: Tensor, b: Tensor): Tensor[] {
    ctx.set_materialize_grads(false);
    return ProductAndSum.forward(ctx, a, b);
  }

  static override backward(ctx: Context, product: Tensor | null, sum: Tensor | null): (Tensor | null)[] {
    calls.push([product, sum]);
    const [a, b] = ctx.saved_tensors as [Tensor, Tensor];
    const add = (x: Tensor | null, y: Tensor | null): Tensor | null => (x && y ? x.add(y) : x ?? y);
    return [add(product?.mul(b) ?? null, sum), add(product?.mul(a) ?? null, sum)];
  }
}

const leaf = (values: number[]): Tensor => torch.tensor(values, { dtype: torch.float64, requires_grad: true });
const inputs = (): [Tensor, Tensor] => [leaf([1.5, 2]), leaf([-1, 3])];

describe('a custom function with several outputs', () => {
  it('has its backward called once, with all gradients', () => {
    calls = [];
    const [a, b] = inputs();
    const [product, sum, count] = ProductAndSum.apply(a, b);
    expect(count.requires_grad).toBe(false);
    expect(sum.grad_fn!.name()).toBe('ProductAndSumBackward');
    product.mul(2).add(sum).sum().backward();
    expect(calls).toHaveLength(1);
    expect(calls[0].map((each) => each!.tolist())).toEqual([[2, 2], [1, 1]]);
    expect([a.grad!.tolist(), b.grad!.tolist()]).toEqual([[-1, 7], [4, 5]]);
  });

  it('gets zeros, or null, where no gradient arrives', () => {
    calls = [];
    const [a, b] = inputs();
    ProductAndSum.apply(a, b)[1].sum().backward();
    Sparse.apply(a, b)[1].sum().backward();
    expect(calls.map((each) => each.map((gradient) => gradient?.tolist() ?? null))).toEqual([[[0, 0], [1, 1]], [null, [1, 1]]]);
    expect(a.grad!.tolist()).toEqual([2, 2]);
  });

  it('says which inputs want a gradient, and skips the others', () => {
    const [a] = inputs();
    const b = torch.tensor([-1, 3], { dtype: torch.float64 });
    ProductAndSum.apply(a, b)[0].sum().backward();
    expect(a.grad!.tolist()).toEqual([-1, 3]);
    expect(b.grad).toBeNull();
  });

  it('differentiates twice through both outputs', () => {
    expect(torch.autograd.gradcheck((a: Tensor, b: Tensor) => ProductAndSum.apply(a, b).slice(0, 2), inputs())).toBe(true);
    expect(torch.autograd.gradgradcheck((a: Tensor, b: Tensor) => ProductAndSum.apply(a, b).slice(0, 2), inputs())).toBe(true);
  });

  it('notices that what it saved was overwritten, and names the output', () => {
    class KeepsSecond extends torch.autograd.Function {
      static forward(ctx: Context, x: Tensor): Tensor[] {
        const [low, high] = [x.mul(2), x.exp()];
        ctx.save_for_backward(high);
        return [low, high];
      }

      static backward(ctx: Context, low: Tensor, high: Tensor): Tensor {
        return low.mul(2).add(high.mul(ctx.saved_tensors[0]!));
      }
    }
    const x = leaf([0.5]);
    const [low, high] = KeepsSecond.apply(x);
    const total = low.add(high).sum();
    torch.no_grad(() => high.add_(1));
    expect(() => total.backward()).toThrow(
      'modified by an inplace operation: [torch.DoubleTensor [1]], which is output 1 of KeepsSecond, is at version 1; expected version 0');
  });

  it('keeps hooks, retained gradients and captured gradients apart by output', () => {
    const [a, b] = inputs();
    const [product, sum] = ProductAndSum.apply(a, b);
    product.retain_grad();
    sum.register_hook((gradient) => gradient.mul(10));
    product.add(sum).sum().backward({ retain_graph: true });
    expect(product.grad!.tolist()).toEqual([1, 1]);
    expect(a.grad!.tolist()).toEqual([9, 13]);
    const loss = product.mul(3).add(sum.mul(2)).sum();
    expect(torch.autograd.grad(loss, [product, sum]).map((each) => each!.tolist())).toEqual([[3, 3], [20, 20]]);
  });
});

describe('a gradient by the composite', () => {
  it('leaves what lies before its operands alone', () => {
    const [x] = inputs();
    const y = x.exp();
    const z = torch.nn.functional.cosine_similarity(y, y.mul(y), { dim: 0 });
    const [direct] = torch.autograd.grad(z, x, { retain_graph: true });
    z.backward();
    expect(x.grad!.tolist()).toEqual(direct!.tolist());
    expect(torch.autograd.gradgradcheck((a: Tensor, b: Tensor) => torch.nn.functional.cosine_similarity(a.exp(), b, { dim: 0 }), inputs()))
      .toBe(true);
  });
});

describe('gradients of named inputs', () => {
  it('compute nothing that does not lead to them', () => {
    const [a, b] = inputs();
    const product = a.exp().mul(b.sin());
    const prof = torch.profiler.profile(() => torch.autograd.grad(product.sum(), b));
    const names = prof.key_averages().map(({ key }) => key);
    expect(names).toContain('cos');
    expect(names).not.toContain('exp');
    // What was not passed is not freed: a second pass to the other input goes through.
    const [again] = torch.autograd.grad(a.exp().sum(), a);
    expect(again!.tolist()).toEqual(a.exp().tolist());
  });
});
