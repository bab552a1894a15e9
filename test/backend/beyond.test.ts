import { describe, expect, it } from 'vitest';
import { pool } from '../../src/backend/cpu/pool.ts';
import * as np from '../../src/numpy/index.ts';
import * as torch from '../../src/torch/index.ts';

/**
 * Arrays of more than 2^31 elements, which take up to 7 GB, and reductions of large arrays in wider dtypes. Only with FLAMBEAU_THOROUGH=1,
 * in a process of its own: npx vitest run --project 'cpu apart' test/backend/beyond.test.ts
 */
const count = 2 ** 31 + 10;

describe.skipIf(process.env.FLAMBEAU_THOROUGH !== '1')('more than 2^31 elements', () => {
  it('are summed, compared, added in place, and taken from', () => {
    const x = np.ones(count, { dtype: 'int8' });
    expect(x.sum().item()).toBe(count);
    expect(x.mean().item()).toBe(1);
    expect(np.add(x, 2, { out: x })).toBe(x);
    x.set([count - 2], 7);
    expect([x.at(0).item(), x.at(-1).item(), x.at(count - 2).item(), x.at(2 ** 31 + 1).item()]).toEqual([3, 3, 7, 3]);
    expect(x.at([0, count - 2, -1]).tolist()).toEqual([3, 7, 3]);
    expect(np.take(x, np.array([count - 2])).tolist()).toEqual([7]);
    expect([np.argmax(x).item(), np.max(x).item(), np.min(x).item()]).toEqual([count - 2, 7, 3]);
    const hits = np.equal(x, 7);
    expect([np.any(hits).item(), np.all(hits).item(), np.count_nonzero(hits).item()]).toEqual([true, false, 1]);
    expect(np.nonzero(hits)[0].tolist()).toEqual([count - 2]);
    expect(x.at(hits).tolist()).toEqual([7]);
    x.set([[5, count - 1]], [8, 9]);
    expect([x.at(5).item(), x.at(count - 1).item()]).toEqual([8, 9]);
  }, 600_000);

  it('are tensors, too', () => {
    const x = torch.zeros(count, { dtype: torch.int8 });
    x.add_(1);
    expect(x.sum().item()).toBe(count);
    expect(x.index_select(0, torch.tensor([count - 1])).tolist()).toEqual([1]);
    expect(x.eq(1).all().item()).toBe(true);
  }, 600_000);
});

describe.skipIf(process.env.FLAMBEAU_THOROUGH !== '1')('reductions in a wider dtype', () => {
  it('take little memory besides', () => {
    const x = np.ones(6e8, { dtype: 'int8' });
    const before = pool.peakBytes;
    expect(x.sum().item()).toBe(6e8);
    expect(x.mean().item()).toBe(1);
    expect(x.var().item()).toBe(0);
    expect(np.count_nonzero(x).item()).toBe(6e8);
    expect(torch.ones(3e8, { dtype: torch.float16 }).mean().item()).toBe(1);
    expect(pool.peakBytes - before).toBeLessThan(2 ** 30);
  }, 600_000);
});
