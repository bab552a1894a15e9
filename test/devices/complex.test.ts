import { expect, it } from 'vitest';
import { Complex } from '../../src/core/complex.ts';
import { complex64 } from '../../src/core/dtype.ts';
import { StridedArray } from '../../src/core/strided.ts';
import * as flambeau from '../../src/index.ts';
import { fromTyped } from '../../src/ops/creation.ts';
import { fftC2C } from '../../src/ops/fft/transforms.ts';
import { indexSelect } from '../../src/ops/indexing.ts';
import { scatterInto } from '../../src/ops/indexing/kernels.ts';
import { concatenate } from '../../src/ops/movement.ts';
import * as torch from '../../src/torch/index.ts';
import { download } from './arrays.ts';
import { onGpu, place } from './place.ts';

/** Complex tensors on the GPU as a program meets them: made, looked at, viewed by their parts, moved, added up and multiplied. */

/** Small whole numbers, of which sums and products are exact. */
function whole(shape: readonly number[], salt = 0): torch.Tensor {
  const count = shape.reduce((product, extent) => product * extent, 1);
  const part = (step: number): torch.Tensor =>
    torch.tensor(Float32Array.from({ length: count }, (_, i) => (i * step + salt) % 13 - 6)).reshape(...shape);
  return torch.complex(part(7), part(11));
}

type Program = (...operands: torch.Tensor[]) => torch.Tensor;

/** That a program gives the same on the GPU, to the bit but for the sign of zeros. */
async function expectSame(what: string, program: Program, ...operands: torch.Tensor[]): Promise<void> {
  const wanted = program(...operands.map((x) => x.clone()));
  const made = program(...operands.map((x) => x.to('webgpu')));
  expect([what, String(made.device), made.dtype, [...made.shape]]).toEqual([what, 'webgpu:0', wanted.dtype, [...wanted.shape]]);
  const got = await made.cpu();
  expect(torch.equal(got, wanted), `${what}: ${String(got)} instead of ${String(wanted)}`).toBe(true);
}

onGpu('complex tensors', () => {
  it('are made, looked at and read', async () => {
    const x = torch.tensor([new Complex(1, -2), 3], { device: 'webgpu' });
    expect(x.dtype).toBe(torch.complex64);
    expect(String(x)).toMatch(/device='webgpu:0', size=\(2,\), dtype=torch\.complex64/);
    expect(() => x.at(0).item()).toThrow(/await x\.cpu\(\)/);
    const back = await x.mul(new Complex(0, 1)).cpu();
    expect(back.tolist()).toEqual([new Complex(2, 1), new Complex(0, 3)]);
    expect(back.at(0).item()).toEqual(new Complex(2, 1));
    expect(String(back)).toBe('tensor([2.+1.j, 0.+3.j])');
  });

  it('share memory with their parts', async () => {
    const written = (write: (x: torch.Tensor) => unknown): Program => (x) => {
      write(x);
      return x;
    };
    const programs: Readonly<Record<string, (x: torch.Tensor) => unknown>> = {
      'the real part is added to': (x) => x.real.add_(1),
      'the imaginary part becomes the real one': (x) => x.imag.copy_(x.real),
      'both parts of one row': (x) => torch.view_as_real(x).at(1).mul_(2),
      'numbers from real parts of others': (x) => x.at('0:2').copy_(x.real.at('2:4')),
      'real parts from the sizes of others': (x) => x.real.at('0:2').copy_(x.at('2:4').abs().square().round()),
      'a real part with the numbers themselves': (x) => x.mul_(x.imag),
      'filled': (x) => x.at('1:3').fill_(new Complex(0.5, 4)),
    };
    for (const [what, write] of Object.entries(programs)) await expectSame(what, written(write), whole([4, 3]));
    await expectSame('seen as pairs, and as numbers again', (x) => torch.view_as_complex(torch.view_as_real(x).neg()), whole([5]));
    await expectSame('real and imaginary parts of a transposed view', (x) => x.t().real.sub(x.t().imag), whole([4, 3]));
  });

  it('move without a change of their bits', async () => {
    const bits = Uint32Array.of(0x7fc12345, 0xffc54321, 0x80000000, 1, 0x7f800000, 0xff800000, 0x3f800000, 0x80000001);
    const x = fromTyped(StridedArray, new Float32Array(bits.buffer), [4], complex64, place);
    const rows = fromTyped(StridedArray, Int32Array.of(3, 0, 2, 1), [4], torch.int32.core, place);
    const bitsOf = async (array: StridedArray): Promise<number[]> => [...new Uint32Array((await download(array)).buffer)];
    const moved = [3, 0, 2, 1].flatMap((at) => [...bits.subarray(2 * at, 2 * at + 2)]);
    expect(await bitsOf(indexSelect(x, 0, rows))).toEqual(moved);
    const target = fromTyped(StridedArray, new Float32Array(8), [4], complex64, place);
    scatterInto(target, rows, indexSelect(x, 0, rows), false);
    expect(await bitsOf(target)).toEqual([...bits]);
    expect(await bitsOf(concatenate([x, x], 0))).toEqual([...bits, ...bits]);
  });

  it('add up, however many there are', async () => {
    const many = whole([5000]);
    await expectSame('sum', (x) => x.sum(), many);
    await expectSame('sum of columns', (x) => x.reshape(100, 50).sum(0), many);
    await expectSame('running sum', (x) => x.cumsum(0), many);
    await expectSame('running sums of columns', (x) => x.reshape(1000, 5).cumsum(0), many);
    const turns = torch.complex(many.real.remainder(2), torch.sub(1, many.real.remainder(2)));
    await expectSame('product', (x) => x.prod(), turns);
    await expectSame('running product', (x) => x.cumprod(0), turns);
    await expectSame('how many are not zero', (x) => torch.count_nonzero(x), many);
    await expectSame('onto rows that repeat', (x, rows) => torch.zeros(7, 2, { dtype: x.dtype, device: x.device })
      .index_add(0, rows, x.reshape(50, 100).at(':', '0:2')), many, torch.arange(50).remainder(7));
  });

  it('multiply as matrices', async () => {
    const product: Program = (a, b) => a.matmul(b);
    await expectSame('large', product, whole([65, 33]), whole([33, 70], 3));
    await expectSame('batches', product, whole([3, 5, 7]), whole([3, 7, 4], 3));
    await expectSame('one for all of a batch', product, whole([2, 3, 5, 7]), whole([7, 4], 3));
    await expectSame('transposed', (a, b) => a.t().matmul(b.t()), whole([9, 6]), whole([5, 9], 3));
    await expectSame('the conjugate transpose', (a, b) => a.mH.matmul(b), whole([9, 6]), whole([9, 5], 3));
    await expectSame('with a vector', product, whole([9, 6]), whole([6], 3));
    await expectSame('a vector with it', product, whole([9]), whole([9, 6], 3));
    await expectSame('of nothing', product, whole([3, 0]), whole([0, 2]));
    await expectSame('einsum', (a, b) => torch.einsum('ij,kj->ik', a, b), whole([4, 6]), whole([5, 6], 3));
  });

  it('are not sorted, in words', () => {
    const x = whole([3]).to('webgpu');
    expect(() => torch.sort(x)).toThrow();
    expect(() => x.to(torch.complex128)).toThrow(/complex128.*use complex64 instead, or keep it on the CPU/);
  });

  it('are transformed with tables that outlive a scope', async () => {
    const x = fromTyped(StridedArray, Float32Array.of(1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 0), [6], complex64, place);
    const sums = (): StridedArray => flambeau.scope(() => fftC2C(x, [0], true));
    const first = [...await download(sums())];
    expect(first.slice(0, 2)).toEqual([21, 0]);
    expect([...await download(sums())]).toEqual(first);
  });
});
