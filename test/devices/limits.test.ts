import { expect, it } from 'vitest';
import type { Gpu } from '../../src/backend/webgpu/gpu.ts';
import { MemoryError } from '../../src/core/errors.ts';
import * as torch from '../../src/torch/index.ts';
import { withOwn } from './ownDevice.ts';
import { isHere, onGpu } from './place.ts';

/** Beyond what one binding, one row of workgroups and one kernel's axes hold. */

/** An operation on the GPU and the same on the CPU, from operands with the same values. */
type Operation = (x: torch.Tensor, y: torch.Tensor) => torch.Tensor;
type Operations = Readonly<Record<string, Operation>>;

const numbers = (shape: readonly number[], salt: number, dtype: torch.dtype): torch.Tensor => {
  const count = shape.reduce((product, extent) => product * extent, 1);
  const real = torch.tensor(Float32Array.from({ length: count }, (_, i) => (i * 7 + salt) % 31 - 8)).reshape(...shape);
  return dtype.is_complex ? torch.complex(real, real.mul(-2).add(1)) : real.to(dtype);
};

/** Element-wise work of every kind, on matrices. */
const elementwise: Operations = {
  'add': (x, y) => x.add(y),
  'of a transposed operand': (x, y) => x.t().add(y.t()),
  'into a transposed result': (x, y) => x.clone().t().copy_(y.t()).t(),
  'reversed': (x, y) => torch.flip(x, 0).mul(y),
  'stepped': (x, y) => x.at('::2', '1::3').sub(y.at('::2', '1::3')),
  'into a stepped view': (x, y) => {
    const out = x.clone();
    out.at('::2', '1::3').copy_(y.at('::2', '1::3'));
    return out;
  },
  'broadcast rows': (x, y) => x.add(y.at('0')),
  'broadcast columns': (x, y) => x.add(y.at(':', '0:1')),
  'compare': (x, y) => x.gt(y),
  'where': (x, y) => torch.where(x.gt(0), x, y),
  'fill': (x) => torch.full_like(x, 3),
  'cast': (x) => x.to(torch.float32).to(torch.int32),
  'in place': (x, y) => x.clone().add_(y),
  'concatenate': (x, y) => torch.cat([x, y], 1),
  'roll': (x) => torch.roll(x, 3, 0),
  'broadcast': (x) => x.at('0:1').expand(x.shape[0], -1).contiguous(),
};

/** Operations that a kernel does with whole tensors: right, or refused with an error that says why. */
const whole: Operations = {
  'sum of rows': (x) => x.sum(1), 'sum of columns': (x) => x.sum(0), 'sum': (x) => x.sum(),
  'max': (x) => x.amax(1), 'argmax': (x) => x.argmax(1), 'cumsum': (x) => x.cumsum(1),
  'matmul': (x, y) => x.matmul(y.t()), 'sort': (x) => torch.sort(x, 1)[0],
  'index_select': (x) => torch.index_select(x, 0, torch.tensor([3, 0, 5])),
  'scatter_add': (x) => torch.zeros_like(x).index_put_([torch.tensor([1, 4, 1])], x.at('0:3'), true),
};

/** The operations that give other values than the CPU, or throw. */
async function differences(name: string, dtype: torch.dtype, shape: readonly number[], operations: Operations): Promise<string[]> {
  const [x, y] = [numbers(shape, 1, dtype), numbers(shape, 12, dtype)];
  const [a, b] = [x.to(name), y.to(name)];
  return (await Promise.all(Object.entries(operations).map(async ([what, f]) => {
    const expected = f(x, y);
    try {
      const got = await f(a, b).cpu();
      return torch.equal(got, expected) ? null : `${what}: wrong values`;
    } catch (error) {
      return `${what}: ${String(error)}`;
    }
  }))).filter((text) => text !== null);
}

/** With all buffers beyond what one binding may span. */
const bound = (gpu: Gpu, bytes: number): void => {
  gpu.bindingLimit = bytes;
};

onGpu('limits', () => {
  const boundDtypes = ([
    ['float32', torch.float32], ['int64', torch.int64], ['uint8', torch.uint8], ['bool', torch.bool], ['float16', torch.float16],
    ['complex64', torch.complex64],
  ] as const).filter((_, i) => isHere(i));
  it.for(boundDtypes)('element-wise %s beyond what one binding spans', ([, dtype]) => withOwn(async ({ name, gpu }) => {
    bound(gpu, 4096);
    // There is no difference of logical values, and no order of complex numbers.
    const { stepped, compare, where, cast, ...common } = elementwise;
    const own = dtype === torch.bool ? { ...common, compare, where, cast } : dtype === torch.complex64 ? { ...common, stepped }
      : elementwise;
    expect(await differences(name, dtype, [70, 96], own)).toEqual([]);
  }));

  it.runIf(isHere(2))('whole tensors beyond what one binding spans are computed or refused', () => withOwn(async ({ name, gpu }) => {
    expect(await differences(name, torch.float32, [70, 96], whole)).toEqual([]);
    bound(gpu, 4096);
    const refused = await differences(name, torch.float32, [70, 96], whole);
    expect(refused.filter((text) => !/MemoryError: .*would bind.*more than the .* of this GPU/.test(text))).toEqual([]);
    // What fits goes on.
    expect(await differences(name, torch.float32, [6, 16], whole)).toEqual([]);
    // Complex numbers have no order.
    const { max: _, argmax: __, sort: ___, ...arithmetic } = whole;
    expect(await differences(name, torch.complex64, [6, 16], arithmetic)).toEqual([]);
    const large = await differences(name, torch.complex64, [70, 96], arithmetic);
    expect(large.filter((text) => !/MemoryError: .*would bind.*more than the .* of this GPU/.test(text))).toEqual([]);
  }));

  it.runIf(isHere(0))('more workgroups than one row has', async () => {
    // 65,535 workgroups of 256, and some.
    const count = 65535 * 256 + 1000;
    const data = new Float32Array(count);
    for (let i = 0; i < count; i++) data[i] = i % 4099;
    const y = torch.tensor(data).to('webgpu').mul(2);
    const places = [0, 255, 65535 * 256 - 1, 65535 * 256, count - 1];
    const read = await Promise.all([...places.map((at) => y.at(`${at}:${at + 1}`).cpu()), y.gt(8000).sum().cpu(), y.amax().cpu()]);
    expect(read.slice(0, places.length).map((each) => each.at(0).item())).toEqual(places.map((at) => 2 * (at % 4099)));
    expect(read[places.length].item()).toBe(data.reduce((sum, value) => sum + (value > 4000 ? 1 : 0), 0));
    expect(read[places.length + 1].item()).toBe(2 * 4098);
  });

  it.runIf(isHere(1))('more axes than one kernel walks', async () => {
    const shape = [2, 3, 2, 1, 2, 3, 2, 2, 2, 2];
    const axes = [9, 0, 5, 2, 7, 4, 1, 8, 3, 6];
    const operations: Operations = {
      'permuted': (x, y) => x.permute(...axes).add(y.permute(...axes)),
      'permuted and as it is': (x, y) => x.permute(...axes).contiguous().reshape(-1).add(y.reshape(-1)),
      'in place': (x, y) => {
        const out = x.clone();
        out.permute(...axes).add_(y.permute(...axes));
        return out;
      },
      'reversed': (x) => torch.flip(x, [0, 2, 4, 6, 8]),
      'stepped': (x) => x.at('...', '::2', ':', '::2').mul(2),
      'reduced': (x) => x.permute(...axes).sum([0, 2, 4, 6, 8]),
      'cumulative': (x) => x.permute(...axes).cumsum(4),
      'concatenated': (x, y) => torch.cat([x.permute(...axes), y.permute(...axes)], 3),
      'selected': (x) => torch.index_select(x, 5, torch.tensor([2, 0])),
      'matmul': (x, y) => x.matmul(y),
      'sorted': (x) => torch.sort(x.permute(...axes), 2)[0],
    };
    const { sorted: _, ...unordered } = operations;
    expect(await differences('webgpu', torch.complex64, shape, unordered)).toEqual([]);
    for (const dtype of [torch.float32, torch.uint8]) expect(await differences('webgpu', dtype, shape, operations)).toEqual([]);
  });

  it('a tensor larger than its binding is still read and freed', () => withOwn(async ({ name, gpu }) => {
    bound(gpu, 4096);
    const x = torch.arange(5000, { dtype: torch.float32 }).to(name);
    expect((await x.cpu()).at(4999).item()).toBe(4999);
    expect((await x.at('4000:4003').add(0.5).cpu()).tolist()).toEqual([4000.5, 4001.5, 4002.5]);
    expect(() => torch.sort(x)).toThrow(MemoryError);
  }));

  it('reads of more than one buffer holds, as it was when they were asked for', async () => {
    await withOwn(async ({ gpu, name }) => {
      gpu.largestRead = 1024;
      for (const dtype of [torch.float32, torch.uint8, torch.int64]) {
        const wanted = numbers([1001], 0, dtype);
        const x = wanted.to(name);
        const reading = x.at('1:').cpu();
        x.zero_();
        expect((await reading).tolist()).toEqual(wanted.at('1:').tolist());
      }
    });
  });
});
