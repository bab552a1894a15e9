import { describe, expect, test } from 'vitest';
import { AttributeError, RuntimeError } from '../../src/core/errors.ts';
import { scope } from '../../src/runtime/scope.ts';
import * as torch from '../../src/torch/index.ts';

/** What PyTorch promises of `data`, of modes of recording, and of what a scope leaves. Values and words are those of PyTorch 2.15. */

const { nn } = torch;
const leaf = (...values: number[]): torch.Tensor => torch.tensor(values, { dtype: torch.float32, requires_grad: true });

describe('data', () => {
  test('writes into it are not seen by the graph, those into detach() are', () => {
    const x = leaf(1, 1);
    const loss = x.mul(x).sum();
    x.data.mul_(10);
    x.data.at(0).add_(5);
    expect([x._version, x.data._version]).toEqual([0, 0]);
    loss.backward();
    expect(String(x.grad)).toBe('tensor([30., 20.])');
    const y = leaf(1, 1);
    const other = y.mul(y).sum();
    y.detach().mul_(2);
    expect(() => other.backward()).toThrow('is at version 1; expected version 0 instead');
  });

  test('is assigned: the tensor stays itself and stands on other memory', () => {
    const x = leaf(1, 1);
    const loss = x.mul(x).sum();
    const values = torch.full([2], 5).float();
    x.data = values;
    values.add_(1);
    expect([String(x), x._version, values._version]).toEqual(['tensor([6., 6.], requires_grad=True)', 0, 1]);
    loss.backward();
    expect(String(x.grad)).toBe('tensor([12., 12.])');
    const parameter = new nn.Parameter(torch.ones(2));
    parameter.data = torch.ones(3, { dtype: torch.float64 });
    expect(String(parameter)).toBe('Parameter containing:\ntensor([1., 1., 1.], dtype=torch.float64, requires_grad=True)');
    parameter.data = parameter.data.mul(2);
    expect(parameter.sum().item()).toBe(6);
  });

  test('refuses what PyTorch refuses', () => {
    const assign = (value: unknown) => () => {
      leaf(1).data = value as torch.Tensor;
    };
    expect(assign(3)).toThrow(new TypeError('Variable data has to be a tensor, but got int'));
    expect(assign(null)).toThrow(new TypeError('Variable data has to be a tensor, but got NoneType'));
    expect(assign([1])).toThrow(new TypeError('Variable data has to be a tensor, but got list'));
    expect(assign(torch.tensor([1])))
      .toThrow(new RuntimeError('data set to a tensor that requires gradients must be floating point or complex dtype'));
  });

  test('writes through a tensor whose data was assigned are seen by the graph', () => {
    const x = leaf(1, 1);
    x.data = torch.ones(2).mul(3);
    const loss = x.mul(x).sum();
    torch.no_grad(() => x.mul_(2));
    expect(() => loss.backward()).toThrow('is at version 1; expected version 0 instead');
  });
});

describe('modes of recording', () => {
  test('a bare statement changes nothing, as in Python', () => {
    torch.no_grad();
    torch.inference_mode();
    expect(torch.is_grad_enabled()).toBe(true);
    torch.no_grad(() => {
      torch.enable_grad();
      expect(torch.is_grad_enabled()).toBe(false);
    });
  });

  test('using holds to the end of the block', () => {
    const seen: boolean[] = [];
    const see = (): void => void seen.push(torch.is_grad_enabled());
    {
      using _outer = torch.no_grad();
      see();
      {
        using _inner = torch.enable_grad();
        see();
      }
      see();
    }
    see();
    expect(() => {
      using _ = torch.no_grad();
      throw new Error('left');
    }).toThrow('left');
    see();
    expect(seen).toEqual([false, true, false, true, true]);
  });

  test('set_grad_enabled acts at once', () => {
    const previous = torch.set_grad_enabled(false);
    expect(torch.is_grad_enabled()).toBe(false);
    previous[Symbol.dispose]();
    expect(torch.is_grad_enabled()).toBe(true);
  });
});

class Counter extends nn.Module {
  declare seen: torch.Tensor;
  history: torch.Tensor[] = [];
  last: torch.Tensor = torch.zeros(1);

  constructor() {
    super();
    this.register_buffer('seen', torch.zeros(1));
  }

  override forward(x: torch.Tensor): torch.Tensor {
    this.seen = this.seen.add(x.sum());
    this.last = x.mul(2);
    return x.add(this.seen);
  }
}

describe('a scope leaves', () => {
  test('buffers and other tensors in fields of modules that were called, nested ones too', () => {
    const counter = new Counter();
    const model = new nn.Sequential(counter);
    for (let step = 0; step < 3; step++) {
      scope(() => {
        scope(() => void model(torch.ones(2)));
        return model(torch.ones(2)).sum().item();
      });
    }
    expect([counter.seen.item(), counter.last.sum().item()]).toEqual([12, 4]);
  });

  test('parameters whose data was assigned', () => {
    const parameter = new nn.Parameter(torch.ones(2));
    scope(() => {
      parameter.data = parameter.data.mul(3);
    });
    expect(String(parameter.detach())).toBe('tensor([3., 3.])');
  });

  test('nothing in variables, and says what to do', () => {
    let outside = torch.zeros(2);
    scope(() => {
      outside = outside.add(1);
    });
    expect(() => outside.add(1)).toThrow('return from a scope, also inside lists and objects, what is to outlive it');
    let kept = torch.zeros(2);
    kept = scope(() => kept.add(1));
    expect(String(kept)).toBe('tensor([1., 1.])');
  });
});

test('initialisers refuse what is no tensor by the words of PyTorch', () => {
  const { bias } = nn.Linear(2, 3, false);
  const { init } = nn;
  const calls: readonly (readonly [attribute: string, call: (tensor: torch.Tensor) => unknown])[] = [
    ['zero_', (tensor) => init.zeros_(tensor)], ['fill_', (tensor) => init.ones_(tensor)],
    ['fill_', (tensor) => init.constant_(tensor, 1)], ['uniform_', (tensor) => init.uniform_(tensor)],
    ['normal_', (tensor) => init.normal_(tensor)], ['dim', (tensor) => init.xavier_uniform_(tensor)],
    ['dim', (tensor) => init.xavier_normal_(tensor)], ['shape', (tensor) => init.kaiming_uniform_(tensor)],
    ['shape', (tensor) => init.kaiming_normal_(tensor)], ['ndimension', (tensor) => init.eye_(tensor)],
    ['ndimension', (tensor) => init.dirac_(tensor)], ['ndimension', (tensor) => init.orthogonal_(tensor)],
    ['ndimension', (tensor) => init.sparse_(tensor, 0.5)], ['is_meta', (tensor) => init.trunc_normal_(tensor)],
  ];
  expect(calls.length).toBe(Object.keys(init).filter((name) => name.endsWith('_')).length);
  for (const [attribute, call] of calls) {
    expect(() => call(bias)).toThrow(new AttributeError(`'NoneType' object has no attribute '${attribute}'`));
  }
});
