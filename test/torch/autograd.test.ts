import { describe, expect, test } from 'vitest';
import * as torch from '../../src/torch/index.ts';
import { fixture } from './support.ts';

/** The programs of test/fixtures/torch/autograd.py, line by line, against what Python printed. */

type Tensor = torch.Tensor;
type Context = torch.autograd.FunctionContext;
const { Function } = torch.autograd;

const printed = fixture<Record<string, string[]>>('autograd');

function failure(body: () => unknown): string {
  try {
    body();
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`;
  }
  return 'no error';
}

/** Booleans and nothing as Python prints them. */
const str = (value: unknown): string => (value === true ? 'True' : value === false ? 'False' : value === null ? 'None' : String(value));

const leaf = (data: number | number[] | number[][]): Tensor => torch.tensor(data, { dtype: torch.float, requires_grad: true });

class Scale extends Function {
  static forward(ctx: Context, x: Tensor, factor: number): Tensor {
    ctx.factor = factor;
    ctx.save_for_backward(x);
    return x.mul(factor);
  }

  static backward(ctx: Context, g: Tensor): (Tensor | null)[] {
    const [x] = ctx.saved_tensors;
    return [g.mul(ctx.factor as number).add(x!.mul(0)), null];
  }
}

class Wrong extends Function {
  static forward(_ctx: Context, x: Tensor): Tensor {
    return x.mul(1);
  }

  static backward(_ctx: Context, g: Tensor): Tensor[] {
    return [g, g];
  }
}

class Misshapen extends Function {
  static forward(_ctx: Context, x: Tensor): Tensor {
    return x.mul(1);
  }

  static backward(): Tensor {
    return torch.ones(3);
  }
}

class Both extends Function {
  static forward(ctx: Context, x: Tensor, y: Tensor): Tensor[] {
    ctx.save_for_backward(x, y);
    return [x.mul(y), x.add(y)];
  }

  static backward(ctx: Context, g: Tensor, h: Tensor): Tensor[] {
    const [x, y] = ctx.saved_tensors;
    return [g.mul(y!).add(h), g.mul(x!).add(h)];
  }
}

class Apart extends Function {
  static forward(x: Tensor): Tensor {
    return x.exp();
  }

  static setup_context(ctx: Context, _inputs: readonly unknown[], output: Tensor): void {
    ctx.save_for_backward(output);
  }

  static backward(ctx: Context, g: Tensor): Tensor {
    return g.mul(ctx.saved_tensors[0]!);
  }
}

class Squared extends Function {
  static forward(ctx: Context, x: Tensor): Tensor {
    ctx.mark_dirty(x);
    ctx.save_for_backward(x.clone());
    return x.mul_(x);
  }

  static backward(ctx: Context, g: Tensor): Tensor {
    return g.mul(2).mul(ctx.saved_tensors[0]!);
  }
}

class Misscaled extends Function {
  static forward(_ctx: Context, x: Tensor): Tensor {
    return x.mul(2);
  }

  static backward(_ctx: Context, g: Tensor): Tensor {
    return g.mul(3);
  }
}

const programs: Record<string, () => unknown[]> = {
  accumulation: () => {
    const x = leaf([1, 2]);
    x.mul(x).sum().backward();
    const first = String(x.grad);
    x.mul(3).sum().backward();
    const second = String(x.grad);
    x.grad = null;
    x.sum().backward();
    return [first, second, x.grad, x.is_leaf, x.grad_fn];
  },
  graph: () => {
    const x = leaf(2);
    const y = x.mul(x);
    const z = y.add(1);
    return [z, z.grad_fn!.name(), z.grad_fn!.next_functions[0][0]!.name(), y.is_leaf, z.requires_grad];
  },
  twice: () => {
    const x = leaf(2);
    const y = x.mul(x);
    y.backward({ retain_graph: true });
    y.backward();
    return [x.grad, failure(() => y.backward())];
  },
  higher_order: () => {
    const x = leaf([1, 2]);
    const y = x.pow(3).sum();
    const [g] = torch.autograd.grad(y, x, { create_graph: true });
    const [h] = torch.autograd.grad(g!.sum(), x, { create_graph: true });
    const [k] = torch.autograd.grad(h!.sum(), x);
    return [g!.detach(), h!.detach(), k];
  },
  vector_jacobian: () => {
    const x = leaf([1, 2, 3]);
    const y = x.mul(2);
    y.backward(torch.tensor([1, 0.1, 0.01]));
    return [x.grad, failure(() => x.mul(2).backward()), failure(() => x.mul(2).backward(torch.ones(2))),
      failure(() => torch.ones(2).sum().backward())];
  },
  leaf_in_place: () => {
    const x = torch.ones(2, { requires_grad: true });
    const message = failure(() => x.add_(1));
    torch.no_grad(() => x.add_(1));
    return [message, x];
  },
  in_place_history: () => {
    const x = leaf([1, 2]);
    const y = x.mul(2);
    y.add_(1);
    y.sin_();
    y.mul_(torch.tensor([3, 4], { dtype: torch.float }));
    y.sum().backward();
    return [y, x.grad];
  },
  stale: () => {
    const x = leaf([1, 2]);
    const y = x.exp();
    y.add_(1);
    // What to do about it is not the same here.
    return [failure(() => y.sum().backward()).split(' Hint')[0]];
  },
  modes: () => {
    const x = torch.ones(2, { requires_grad: true });
    const [inside, nested] = torch.no_grad(() => [x.mul(2).requires_grad, torch.enable_grad(() => x.mul(2).requires_grad)]);
    let off: boolean;
    {
      using _ = torch.set_grad_enabled(false);
      off = torch.is_grad_enabled();
    }
    return [inside, nested, off, torch.is_grad_enabled(), x.detach(), x.mul(2).detach().requires_grad];
  },
  flags: () => {
    const x = torch.ones(2);
    x.requires_grad_();
    const y = x.mul(2);
    return [String(x), failure(() => y.requires_grad_(false)), failure(() => torch.ones(2, { dtype: torch.long }).requires_grad_()),
      x.requires_grad_(false).requires_grad];
  },
  hooks: () => {
    const x = torch.ones(2, { requires_grad: true });
    const seen: string[] = [];
    const handle = x.register_hook((g) => void seen.push(String(g)));
    const y = x.mul(3);
    y.register_hook((g) => g.mul(2));
    y.retain_grad();
    y.sum().backward();
    handle.remove();
    x.mul(5).sum().backward();
    return [...seen, x.grad, y.grad];
  },
  unused: () => {
    const x = torch.ones(1, { requires_grad: true });
    const z = torch.ones(1, { requires_grad: true });
    const y = x.mul(2);
    const found = torch.autograd.grad(y, [x, z], { allow_unused: true });
    const zeros = torch.autograd.grad(x.mul(2).sum(), [x, z], { materialize_grads: true });
    return [found[0], found[1], zeros[1], failure(() => torch.autograd.grad(x.mul(2), torch.ones(1)))];
  },
  writing_into_slices: () => {
    const x = leaf([1, 2, 3]);
    const v = leaf(10);
    const y = x.mul(2);
    y.set([1], v);
    y.set(['2:'], 7);
    y.mul(torch.tensor([1, 2, 3])).sum().backward();
    return [y.detach(), x.grad, v.grad];
  },
  custom_function: () => {
    const x = leaf([1, 2]);
    const y = Scale.apply(x, 3);
    y.sum().backward();
    return [y, x.grad, failure(() => y.sum().backward())];
  },
  custom_stale: () => {
    const x = leaf([1, 2]);
    const y = x.mul(1);
    const z = Scale.apply(y, 3);
    y.add_(1);
    return [failure(() => z.sum().backward()).slice(0, 120)];
  },
  custom_mistakes: () => {
    const x = leaf([1, 2]);
    return [failure(() => Wrong.apply(x).sum().backward()), failure(() => Misshapen.apply(x).sum().backward())];
  },
  custom_outputs: () => {
    const x = leaf([1, 2]);
    const y = leaf([3, 4]);
    const [p, s] = Both.apply(x, y);
    p.mul(2).add(s).sum().backward();
    return [p, s, x.grad, y.grad];
  },
  custom_apart: () => {
    const x = leaf([0, 1]);
    const y = Apart.apply(x);
    const [g] = torch.autograd.grad(y.sum(), x, { create_graph: true });
    const [h] = torch.autograd.grad(g!.sum(), x);
    return [y, g!.detach(), h];
  },
  custom_dirty: () => {
    const x = leaf([2, 3]);
    const y = x.mul(1);
    const z = Squared.apply(y);
    z.sum().backward();
    return [z === y, y, x.grad];
  },
  checks: () => {
    const x = torch.tensor([0.5, 2], { dtype: torch.double, requires_grad: true });
    const z = torch.tensor([new torch.Complex(0.5, 1), 2], { dtype: torch.cdouble, requires_grad: true });
    const good = torch.autograd.gradcheck((a) => a.mul(a.exp()).sum(), [x]);
    const second = torch.autograd.gradgradcheck((a) => a.mul(a.exp()).sum(), [x]);
    const complex = torch.autograd.gradcheck((a) => a.mul(a), [z]);
    const bad = torch.autograd.gradcheck((a) => Misscaled.apply(a), [x], { raise_exception: false });
    const none = failure(() => torch.autograd.gradcheck((a) => a, [torch.ones(1)]));
    return [good, second, complex, bad, failure(() => torch.autograd.gradcheck((a) => Misscaled.apply(a), [x])), none];
  },
  matrices: () => {
    const x = torch.tensor([[1, 2], [3, 4]], { dtype: torch.float });
    const y = torch.tensor([1, 2], { dtype: torch.float });
    const [a, b] = torch.autograd.functional.jacobian((u, v) => u.matmul(v), [x, y]);
    const h = torch.autograd.functional.hessian((u) => u.pow(3).sum(), y);
    return [a, b, h];
  },
};

describe('programs about gradients', () => {
  test('none is left out', () => {
    expect(Object.keys(programs).sort()).toEqual(Object.keys(printed).sort());
  });

  test.each(Object.keys(programs))('%s', (name) => {
    expect(programs[name]().map(str)).toEqual(printed[name]);
  });
});
