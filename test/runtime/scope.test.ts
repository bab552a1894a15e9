import { describe, expect, it } from 'vitest';
import { pool } from '../../src/backend/cpu/pool.ts';
import { cpu } from '../../src/core/device.ts';
import { float32, float64 } from '../../src/core/dtype.ts';
import { StridedArray } from '../../src/core/strided.ts';
import { newState } from '../../src/autograd/node.ts';
import { stateOf } from '../../src/autograd/viewHistory.ts';
import { runBackward } from '../../src/autograd/backward.ts';
import '../../src/ops/algebra.ts';
import { full, fullLike } from '../../src/ops/creation.ts';
import { elements } from '../../src/ops/host.ts';
import { exp, mul } from '../../src/ops/pointwise/index.ts';
import { sum } from '../../src/ops/reduce.ts';
import { scope } from '../../src/runtime/scope.ts';
import * as torch from '../../src/torch/index.ts';
import { getMemoryBudget, setMemoryBudget } from '../../src/runtime/memory.ts';
import { roundings } from '../tolerances.ts';
import { expectWithin } from '../within.ts';

const ones = (n: number): StridedArray => full(StridedArray, [n], 1, float64, cpu);

describe('scope', () => {
  it('frees what is not returned and keeps what is', () => {
    const before = pool.bytesInUse;
    let inner: StridedArray | undefined;
    const { kept } = scope(() => {
      inner = ones(1000);
      return { kept: [mul(inner, 2)] };
    });
    expect(elements(kept[0]).slice(0, 2)).toEqual([2, 2]);
    expect(() => mul(inner!, 1)).toThrow('this array was freed');
    expect(pool.bytesInUse - before).toBeLessThanOrEqual(2 * 8192);
  });

  it('keeps what the graph of a returned array needs', () => {
    const x = ones(3);
    x.state = newState(true);
    const loss = scope(() => sum(exp(mul(x, 2)), [0]));
    runBackward([loss], [fullLike(loss, 1)], { retainGraph: false, createGraph: false });
    expectWithin(elements(stateOf(x)!.grad!)[0] as number, 2 * Math.exp(2), roundings.float64);
  });

  it('keeps the gradients of leaves', () => {
    const x = ones(3);
    x.state = newState(true);
    scope(() => {
      const loss = sum(mul(x, x), [0]);
      runBackward([loss], [fullLike(loss, 1)], { retainGraph: false, createGraph: false });
    });
    expect(elements(stateOf(x)!.grad!)).toEqual([2, 2, 2]);
  });

  it('keeps the state of optimisers', () => {
    const run = (make: (x: torch.Tensor) => torch.optim.Optimizer<object>, around: (step: () => void) => void): unknown => {
      const x = torch.ones(3, { requires_grad: true });
      let optimizer = make(x);
      const step = (): void => {
        optimizer.zero_grad();
        x.mul(x).sum().backward();
        optimizer.step();
      };
      for (let i = 0; i < 3; i++) around(step);
      around(() => {
        const saved = optimizer.state_dict();
        optimizer = make(x);
        optimizer.load_state_dict(saved);
      });
      around(step);
      return x.tolist();
    };
    const kinds = [
      (x: torch.Tensor) => torch.optim.SGD([x], { lr: 0.1, momentum: 0.9 }), (x: torch.Tensor) => torch.optim.Adam([x], { lr: 0.1 }),
    ] as unknown as readonly ((x: torch.Tensor) => torch.optim.Optimizer<object>)[];
    for (const make of kinds) expect(run(make, scope)).toEqual(run(make, (step) => step()));
  });

  it('refuses asynchronous bodies', () => {
    expect(() => scope(async () => 1)).toThrow('scope takes a synchronous function');
  });
});

describe('memory', () => {
  it('overflows into ordinary buffers and computes the same there', () => {
    const budget = getMemoryBudget();
    const resident = full(StridedArray, [33], 2, float32, cpu);
    setMemoryBudget(0);
    try {
      const staged = mul(resident, 3);
      expect(pool.bytesInUse).toBeGreaterThan(0);
      expect(elements(mul(staged, staged)).every((value) => value === 36)).toBe(true);
    } finally {
      setMemoryBudget(budget);
    }
    expect(() => setMemoryBudget(-1)).toThrow('the memory budget must be a number of bytes');
  });

  it('returns blocks when the event loop turns', async () => {
    const before = pool.bytesInUse;
    for (let round = 0; round < 40 && (round < 5 || pool.bytesInUse > before + 64 * 2 ** 20); round++) {
      for (let i = 0; i < 20; i++) ones(2 ** 17);
      await new Promise((resolve) => setTimeout(resolve, 20));
      // Pressure that makes the engine collect.
      void Array.from({ length: 200 }, () => new ArrayBuffer(2 ** 20));
    }
    // 40 rounds would hold 800 MiB if nothing came back.
    expect(pool.bytesInUse).toBeLessThan(before + 400 * 2 ** 20);
  });
});
