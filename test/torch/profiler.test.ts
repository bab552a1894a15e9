import { describe, expect, it } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import * as torch from '../../src/torch/index.ts';
import { clockReadings } from '../tolerances.ts';
import { expectWithin } from '../within.ts';

const { profile, record_function } = torch.profiler;

const counts = (prof: torch.profiler.Profile): Record<string, number> =>
  Object.fromEntries(prof.key_averages().map((event) => [event.key, event.count]));

describe('torch.profiler', () => {
  it('counts ops forward and backward, in both façades', () => {
    const x = torch.ones(4, 3, { requires_grad: true });
    const prof = profile(() => {
      x.mul(2).exp().sum().backward();
      np.add(np.zeros(3), 1).sum();
    });
    expect(counts(prof)).toEqual({ mul: 3, exp: 1, sum: 2, view: 1, broadcastTo: 1, add: 1 });
    expect(counts(profile(() => torch.ones(2)))).toEqual({});
  });

  it('keeps the time of the ops that an op is made of apart from its own', () => {
    const x = torch.ones(2, 8);
    const events = profile(() => torch.logsumexp(x, 1)).key_averages();
    const whole = events.find(({ key }) => key === 'logSumExp')!;
    const inner = events.filter(({ key }) => key !== 'logSumExp');
    expect(inner.length).toBeGreaterThan(3);
    expect(whole.self_cpu_time_total).toBeLessThan(whole.cpu_time_total);
    const own = events.reduce((sum, event) => sum + event.self_cpu_time_total, 0);
    expectWithin(own, whole.cpu_time_total, clockReadings);
  });

  it('counts the bytes of results in memory of their own', () => {
    const x = torch.ones(10, 10);
    const events = profile(() => x.t().add(1)).key_averages();
    expect(events.map(({ key, cpu_memory_usage }) => [key, cpu_memory_usage])).toEqual([['permute', 0], ['add', 400]]);
  });

  it('goes on while others profile, stops when it is told to, and survives an error', () => {
    const outer = profile();
    const x = torch.ones(2);
    const inner = profile(() => x.add(1));
    expect(() => record_function('fails', () => x.reshape(3))).toThrow('invalid for input of size 2');
    x.neg();
    outer.stop();
    x.neg();
    expect(counts(inner)).toEqual({ add: 1 });
    expect(counts(outer)).toEqual({ fails: 1, neg: 1 });
    {
      using scoped = profile();
      x.neg();
      expect(counts(scoped)).toEqual({ neg: 1 });
    }
  });

  it('prints a table, sorted and cut', () => {
    const prof = profile({ record_shapes: true }, () => {
      const x = torch.ones(2, 3);
      x.add(1);
      x.add(1);
      x.neg();
    });
    const lines = prof.key_averages().table({ sort_by: 'count', row_limit: 1 }).split('\n');
    expect(lines[1]).toMatch(/Name +Self CPU % +Self CPU +CPU total % +CPU total +CPU time avg +CPU Mem +# of Calls +Input Shapes/);
    expect(lines[3]).toMatch(/^ *add .* 48b +2 +\[\[2,3\],\[\]\]$/);
    expect(lines).toHaveLength(7);
    expect(() => prof.key_averages().table({ sort_by: 'time' as 'count' })).toThrow('sort_by should be one of');
    expect(() => profile({ wrong: 1 } as never)).toThrow("profile() got an unexpected keyword argument 'wrong'");
  });
});
