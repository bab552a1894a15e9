import { afterEach, expect, it } from 'vitest';
import { backendOf } from '../../src/backend/select.ts';
import { openBackend } from '../../src/backend/webgpu/index.ts';
import { webgpu } from '../../src/core/device.ts';
import { IndexError, MemoryError, OverflowError, RuntimeError } from '../../src/core/errors.ts';
import { largestBytes } from '../../src/core/layout.ts';
import * as flambeau from '../../src/index.ts';
import { gpuInUse } from '../../src/runtime/gpuInUse.ts';
import * as functional from '../../src/torch/nn/functional/index.ts';
import * as torch from '../../src/torch/index.ts';
import { roundings } from '../tolerances.ts';
import { expectWithin } from '../within.ts';
import { inPlaceOf, withOwn } from './ownDevice.ts';
import { onGpu, place } from './place.ts';

/** What is refused, and what goes wrong, says so and what to do; the CPU goes on. */

const device = 'webgpu';

/** Fails unless an error of the class comes that says all of this. */
async function refuses(body: () => unknown, Class: new (message: string) => Error, ...texts: readonly (string | RegExp)[]): Promise<void> {
  let caught: unknown = null;
  try {
    await body();
  } catch (error) {
    caught = error;
  }
  expect(caught).toBeInstanceOf(Class);
  for (const text of texts) expect((caught as Error).message).toMatch(text);
}

onGpu('errors', () => {
  afterEach(async () => {
    // Neither device is the worse for it.
    expect(torch.arange(4).add(1).tolist()).toEqual([1, 2, 3, 4]);
    const again = await torch.arange(4, { dtype: torch.float32, device }).add(1).cpu();
    expect(again.tolist()).toEqual([1, 2, 3, 4]);
  });

  it.for([torch.int32, torch.int64, torch.int16, torch.uint8])('divides integers, whose zeros are not looked for: %s', async (dtype) => {
    const [x, y] = [[7, 9, 5, 6], [2, 4, 0, 3]].map((values) => torch.tensor(values, { dtype }).to(device));
    const results = [torch.floor_divide(x, y), torch.remainder(x, y), torch.fmod(x, y), torch.div(x, y, { rounding_mode: 'trunc' })];
    // As on PyTorch's GPUs a divisor of 0 is no error; what it gives is left open there, and 0 here.
    const wanted = [[3, 2, 0, 2], [1, 1, 0, 0], [1, 1, 0, 0], [3, 2, 0, 2]];
    expect(await Promise.all(results.map(async (each) => (await each.cpu()).tolist()))).toEqual(wanted);
    expect((await x.clone().floor_divide_(y).cpu()).tolist()).toEqual(wanted[0]);
    expect(() => torch.floor_divide(x, 0)).toThrow('ZeroDivisionError');
  });

  it.for([
    ['float64', torch.float64, 'float32'], ['complex128', torch.complex128, 'complex64'], ['uint64', torch.uint64, 'int32 or uint32'],
  ] as const)('%s is refused, and what to use instead is named', async ([name, dtype, instead]) => {
    for (const body of [
      () => torch.ones(2, { dtype, device }), () => torch.ones(2, { dtype }).to(device), () => torch.ones(2, { device }).to(dtype),
      () => torch.tensor([1, 2], { dtype, device }), () => torch.ones(2, { dtype }).cuda(),
    ]) await refuses(body, TypeError, `dtype ${name}`, instead, 'CPU');
  });

  it('int64 beyond 32 bits is refused on the way in', async () => {
    for (const value of [2n ** 31n, -(2n ** 31n) - 1n, 2n ** 62n]) {
      await refuses(() => torch.tensor([1n, value]).to(device), OverflowError, String(value), 'CPU', 'float32');
      await refuses(() => torch.ones(2, { dtype: torch.int64, device }).add(value), OverflowError, String(value), 'CPU');
    }
    const edges = [2n ** 31n - 1n, -(2n ** 31n), 0n];
    expect((await torch.tensor(edges).to(device).cpu()).tolist()).toEqual(edges.map(Number));
  });

  it('int64 results beyond 32 bits are reported at the next read', async () => {
    const large = torch.tensor([2 ** 30, -(2 ** 31), 5], { dtype: torch.int64 }).to(device);
    const floats = torch.tensor([3e9, 1.5]).to(device);
    const twice = torch.cat([large.at('0:1'), large.at('0:1')]);
    const cases: (readonly [string, () => torch.Tensor])[] = [
      ['add', () => large.add(large)], ['sub', () => large.sub(large.mul(0).add(2 ** 30))], ['mul', () => large.mul(2)],
      ['neg', () => large.neg()], ['abs', () => large.abs()], ['square', () => large.square()],
      ['sum', () => twice.sum()], ['cumsum', () => twice.cumsum(0)], ['prod', () => twice.prod()], ['to', () => floats.to(torch.int64)],
      ['matmul', () => large.at('0:1').reshape(1, 1).matmul(large.at('2:3').reshape(1, 1))],
    ];
    for (const [name, body] of cases) {
      let message = `${name}: nothing was said`;
      try {
        await body().cpu();
      } catch (error) {
        expect([name, error]).toEqual([name, expect.any(OverflowError)]);
        ({ message } = error as Error);
      }
      expect(message).toMatch(/int64.*32 bits/);
      // It was said once; values that do not depend on it are to be had.
      expect((await large.at('2:3').cpu()).tolist()).toEqual([5]);
    }
  });

  it('int64 that fits is computed to the last bit', async () => {
    const x = torch.tensor([2 ** 31 - 2, -(2 ** 31) + 1, 65535]).to(device);
    const y = torch.tensor([1, -1, 32768], { dtype: torch.int64 }).to(device);
    const [sum, product, difference] = await Promise.all([x.add(y).cpu(), x.at('2:').mul(y.at('2:')).cpu(), x.sub(y).cpu()]);
    expect([sum.tolist(), product.tolist(), difference.tolist()])
      .toEqual([[2 ** 31 - 1, -(2 ** 31), 98303], [2147450880], [2 ** 31 - 3, -(2 ** 31) + 2, 32767]]);
  });

  it('an index out of bounds is reported at the next read', async () => {
    const table = torch.arange(12, { dtype: torch.float32 }).reshape(3, 4).to(device);
    const good = torch.tensor([0, 2]).to(device);
    for (const wrong of [3, -4, 1000]) {
      const bad = torch.tensor([0, wrong]).to(device);
      const cases = [
        () => torch.index_select(table, 0, bad), () => table.at(bad), () => torch.gather(table, 0, bad.reshape(1, 2)),
        () => torch.take(table, bad.add(wrong === 3 ? 12 : wrong * 3)), () => functional.embedding(bad, table),
        () => table.clone().index_put_([bad], torch.zeros(2, 4, { device })),
        () => torch.scatter_add(table, 0, bad.reshape(1, 2), torch.ones(1, 2, { device })),
        () => functional.nll_loss(table.at('0:2', '0:3'), bad),
      ];
      for (const body of cases) {
        await refuses(async () => (await body().cpu()), IndexError, /out of bounds/);
        expect((await torch.index_select(table, 0, good).cpu()).tolist()).toEqual([[0, 1, 2, 3], [8, 9, 10, 11]]);
      }
    }
  });

  it('numbers that may not be negative are not', async () => {
    const table = torch.zeros(3, 4, { device });
    const bad = torch.tensor([-1]).to(device);
    const row = torch.ones(1, 4, { device });
    for (const body of [
      () => torch.index_add(table, 0, bad, row), () => torch.index_copy(table, 0, bad, row),
      () => torch.gather(table, 0, bad.reshape(1, 1)), () => functional.nll_loss(table.at('0:1'), bad),
    ]) await refuses(async () => (await body().cpu()), IndexError, /index -1 is out of bounds for an axis with size [34]/);
    const wrapped = await torch.index_fill(table, 0, bad, 5).cpu();
    expect(wrapped.at(':', 0).tolist()).toEqual([0, 0, 5]);
  });

  it('values that a loss refuses are reported at the next read', async () => {
    const target = torch.ones(2, { device });
    const wrong = torch.tensor([0.5, 1.5]).to(device);
    await refuses(async () => (await functional.binary_cross_entropy(wrong, target).cpu()), RuntimeError,
      'all elements of input should be between 0 and 1');
    const right = functional.binary_cross_entropy(torch.tensor([0.5, 1]).to(device), target);
    expectWithin((await right.cpu()).item() as number, Math.LN2 / 2, roundings.float32);
  });

  it('an index out of bounds that the host knows is refused at once', async () => {
    const table = torch.ones(3, 4, { device });
    await refuses(() => table.at(3), IndexError, 'out of bounds');
    await refuses(() => table.at([0, 5]), IndexError, 'out of bounds');
    await refuses(() => torch.index_select(table, 0, torch.tensor([7])), IndexError, /out of|range/);
  });

  it('nothing is read at once', async () => {
    const x = torch.tensor([1, 2, 3.5], { device });
    const one = x.sum();
    const reads = [
      () => one.item(), () => x.tolist(), () => x.numpy(), () => Number(one), () => `${one.item()}`, () => torch.nonzero(x),
      () => x.at(x.gt(1)), () => torch.masked_select(x, x.gt(1)), () => torch.unique(x),
      () => torch.equal(x, x), () => torch.allclose(x, x), () => JSON.stringify(x), () => x.at(0).item(),
      () => [...x].map((each) => each.item()), () => x.to('cpu'),
    ];
    for (const read of reads) await refuses(read, Error, /await (x|tensor)\.cpu\(\)/);
    // It may be looked at.
    expect(String(x)).toMatch(/device='webgpu:0', size=\(3,\)/);
  });

  it('operands on two devices are refused in PyTorch\'s words', async () => {
    const x = torch.ones(2, 2, { device });
    const y = torch.ones(2, 2);
    for (const body of [
      () => x.add(y), () => y.mul(x), () => x.add_(y), () => y.add_(x), () => torch.matmul(x, y), () => torch.cat([x, y]),
      () => torch.where(x.gt(0), x, y), () => torch.stack([y, x]), () => torch.addmm(y, x, x), () => functional.linear(x, y),
      () => functional.mse_loss(x, y), () => x.sum().add(y), () => torch.maximum(y, x),
    ]) await refuses(body, RuntimeError, /Expected all tensors to be on the same device.*(cpu.*webgpu:0|webgpu:0.*cpu)/);
    // A number of the CPU's goes anywhere, also as a tensor without axes.
    expect((await x.add(torch.tensor(2)).cpu()).tolist()).toEqual([[3, 3], [3, 3]]);
  });

  it('a shader that does not compile is an error at the next call, and the device goes on', () => withOwn(async (own) => {
    const { name, gpu } = own;
    const x = torch.ones(4, { device: name });
    const { pool } = gpu;
    const kernel = gpu.kernel('broken', () => ({
      buffers: [{ name: 'result', access: 'write', type: 'f32' }], skeletons: ['map'],
      code: 'fn element(index: u32) -> f32 { return nothing; }\nfn destination(index: u32) -> u32 { return index; }',
    }));
    const storage = pool.allocate(16);
    gpu.dispatch(kernel, [{ block: storage.lease!.block, offset: 0, size: storage.lease!.block.size }], [4], 1);
    await refuses(() => x.cpu(), RuntimeError, 'GPU refused an operation', /nothing/);
    expect((await torch.ones(4, { device: name }).add(1).cpu()).tolist()).toEqual([2, 2, 2, 2]);
    expect(backendOf(own.place).available).toBe(true);
  }));

  it('a lost device is an error on the next call, and a fresh init recovers', async () => {
    const name = gpuInUse.name;
    const { backend, gpu } = await openBackend(place);
    await inPlaceOf(place, backend, async () => {
      const x = torch.ones(3, { device });
      const pending = x.add(1).cpu();
      expect((await pending).tolist()).toEqual([2, 2, 2]);
      const unfinished = x.add(2);
      gpu.destroy();
      await gpu.device.lost;
      const lost = [/GPU device was lost/, /await flambeau\.init/] as const;
      await refuses(() => unfinished.cpu(), RuntimeError, ...lost);
      await refuses(() => x.add(1), RuntimeError, ...lost);
      await refuses(() => torch.ones(2, { device }), RuntimeError, ...lost);
      await refuses(() => torch.ones(2).to(device), RuntimeError, ...lost);
      await refuses(() => torch.webgpu.synchronize(0), RuntimeError, 'flambeau.init');
      expect(backend.available).toBe(false);
      expect(torch.ones(2).add(1).tolist()).toEqual([2, 2]);

      await flambeau.init({ webgpu: true });
      expect(torch.webgpu.is_available()).toBe(true);
      expect((await torch.ones(3, { device }).add(1).cpu()).tolist()).toEqual([2, 2, 2]);
      // What lay on the lost one stays gone.
      await refuses(() => x.add(1), RuntimeError, /lost|gone/);
      await refuses(() => torch.ones(3, { device }).add(x), RuntimeError, /lost|gone/);
    });
    expect(gpuInUse.name).toBe(name);
  });

  it('a budget that is used up is an error that says what to do', () => withOwn(async ({ name, gpu }) => {
    flambeau.setMemoryBudget(2 ** 20, name);
    const kept = torch.ones(2 ** 17, { device: name });
    await refuses(() => torch.ones(2 ** 18, { device: name }), MemoryError, 'Unable to allocate', '512', /setMemoryBudget/, /scope/);
    await refuses(() => {
      const all: torch.Tensor[] = [];
      for (let i = 0; i < 10; i++) all.push(kept.add(i));
    }, MemoryError, 'Unable to allocate');
    expect((await kept.at('0:2').cpu()).tolist()).toEqual([1, 1]);
    expect(gpu.pool.memory.inUse).toBeLessThanOrEqual(2 ** 20);
    flambeau.setMemoryBudget(2 ** 26, name);
    expect((await torch.ones(2 ** 18, { device: name }).sum().cpu()).item()).toBe(2 ** 18);
  }));

  it('more than a buffer holds is refused', () => withOwn(async ({ name, gpu }) => {
    flambeau.setMemoryBudget(2 ** 50, name);
    const elements = gpu.device.limits.maxBufferSize / 4 + 1;
    // Where buffers hold more than any array has, the array's size is refused first.
    const words = elements * 4 > largestBytes ? [] : ['at most'];
    await refuses(() => torch.empty(elements, { device: name }), MemoryError, 'Unable to allocate', ...words);
  }));

  it('reads give what was there when they were asked for', async () => {
    const x = torch.zeros(1000, { device });
    const reads: Promise<torch.Tensor>[] = [];
    for (let i = 1; i <= 20; i++) {
      x.add_(1);
      reads.push(x.at(`${i}:${i + 2}`).cpu());
      if (i === 10) x.copy_(torch.full([1000], 100).to(device));
    }
    const values = (await Promise.all(reads)).map((each) => each.tolist());
    expect(values).toEqual(Array.from({ length: 20 }, (_, k) => (k < 10 ? [k + 1, k + 1] : [100 + k - 9, 100 + k - 9])));
    // A buffer that is reused does not show its last tenant.
    for (let i = 0; i < 20; i++) {
      const old = torch.full([256], i, { device });
      const read = old.cpu();
      flambeau.scope(() => torch.full([256], -1, { device }).add(i));
      expect((await read).at(0).item()).toBe(i);
    }
  });

  it('says what the device is called that does not exist', async () => {
    await refuses(() => torch.ones(2, { device: 'webgpu:7' }), RuntimeError, 'webgpu:7', 'flambeau.init');
    await refuses(() => torch.ones(2, { device: 'tpu' }), RuntimeError, 'tpu', 'webgpu');
    expect(webgpu(0)).toBe(place);
  });
});
