import { describe, expect, test } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import { RuntimeError } from '../../src/core/errors.ts';
import * as torch from '../../src/torch/index.ts';

/** What belongs to the class and the namespace rather than to one function. */

const inspect = Symbol.for('nodejs.util.inspect.custom');
const shown = (value: object): string => (value as Record<symbol, () => string>)[inspect]();

describe('attributes', () => {
  const x = torch.tensor([[1, 2, 3], [4, 5, 6]], { dtype: torch.float });

  test('shape, size, dtype, device', () => {
    expect(String(x.shape)).toBe('torch.Size([2, 3])');
    expect(x.shape.numel()).toBe(6);
    expect([x.ndim, x.dim(), x.size(1), x.numel(), x.nbytes, x.itemsize, x.length]).toEqual([2, 2, 3, 6, 24, 4, 2]);
    expect(x.stride()).toEqual([3, 1]);
    expect([String(x.dtype), shown(x.device), x.is_cuda, x.is_leaf, x.grad, x.grad_fn]).toEqual(
      ['torch.float32', "device(type='cpu')", false, true, null, null]);
    expect(x.at(1).data_ptr() - x.data_ptr()).toBe(12);
    expect(x.view(-1).data_ptr()).toBe(x.data_ptr());
    expect(x.clone().data_ptr()).not.toBe(x.data_ptr());
  });

  test('views of the dimensions', () => {
    expect(String(x.T.shape)).toBe('torch.Size([3, 2])');
    expect(String(torch.ones(2, 3, 4).mT.shape)).toBe('torch.Size([2, 4, 3])');
    expect(() => torch.ones(3).mT).toThrow('tensor.mT is only supported on matrices or batches of matrices. Got 1-D tensor.');
    expect(String(torch.tensor([[new torch.Complex(1, 2)]]).H)).toBe('tensor([[1.-2.j]])');
    x.T.set([0, 0], 9);
    expect(x.at(0, 0).item()).toBe(9);
    x.set([0, 0], 1);
  });

  test('iteration, JSON, numbers', () => {
    expect([...x].map(String)).toEqual(['tensor([1., 2., 3.])', 'tensor([4., 5., 6.])']);
    expect(JSON.stringify({ x })).toBe('{"x":[[1,2,3],[4,5,6]]}');
    expect(x.toJSON()).toEqual(x.tolist());
    expect(x.toString()).toBe(String(x));
    expect(Number(torch.tensor(2.5))).toBe(2.5);
    expect(() => torch.tensor(1).length).toThrow('len() of a 0-d tensor');
    expect(torch.tensor(2n ** 62n).toBigInt()).toBe(2n ** 62n);
    expect(torch.tensor(2n ** 62n).item()).toBe(2 ** 62);
    expect(() => torch.tensor(2n ** 62n + 1n).item()).toThrow('toBigInt()');
    const [row] = x as unknown as number[][];
    expect(() => row as unknown as number + 1).toThrow('write a.add(b) for a + b, a.lt(b) for a < b');
    expect(torch.tensor([2.5]) as unknown as number + 1).toBe(3.5);
  });

  test('truth values and complex numbers by words of their own', () => {
    expect([torch.tensor(0), torch.tensor([[true]]), torch.tensor(NaN)].map((each) => each.toBoolean())).toEqual([false, true, true]);
    expect(() => x.toBoolean()).toThrow(new RuntimeError('Boolean value of Tensor with more than one value is ambiguous'));
    expect(() => torch.empty(0).toBoolean()).toThrow(new RuntimeError('Boolean value of Tensor with no values is ambiguous'));
    expect(torch.tensor(2).toComplex()).toEqual(new torch.Complex(2, 0));
    expect(() => x.toComplex()).toThrow('only one element tensors can be converted to Python scalars');
  });

  test('indexing', () => {
    expect(String(x.at(':', 1))).toBe('tensor([2., 5.])');
    expect(String(x.at('1:, 1:'))).toBe('tensor([[5., 6.]])');
    expect(String(x.at(x.gt(4)))).toBe('tensor([5., 6.])');
    expect(() => x.at(2)).toThrow('index 2 is out of bounds for dimension 0 with size 2');
    const y = torch.zeros(3);
    expect(y.set([torch.tensor([true, false, true])], torch.tensor(2))).toBe(y);
    expect(String(y)).toBe('tensor([2., 0., 2.])');
    expect(() => y.set([[0, 1]], torch.tensor([1, 2])))
      .toThrow('Index put requires the source and destination dtypes match, got Float for the destination and Long for the source.');
    expect(() => y.set([0], [1] as never)).toThrow("can't assign a list to a torch.FloatTensor");
  });
});

describe('constructors', () => {
  test('torch.Tensor is the class and makes tensors', () => {
    const made = torch.Tensor([1, 2]);
    expect(String(made)).toBe('tensor([1., 2.])');
    expect(made instanceof torch.Tensor).toBe(true);
    expect(torch.ones(2) instanceof torch.Tensor).toBe(true);
    expect(new torch.Tensor(2, 3).shape).toEqual([2, 3]);
    expect(String(torch.Tensor())).toBe('tensor([])');
    expect(torch.Tensor(made).storage).toBe(made.storage);
    expect(() => torch.Tensor(3.5)).toThrow('new(): data must be a sequence (got float)');
    expect(torch.Tensor(torch.ones(2, 2).shape as never).shape).toEqual([2, 2]);
  });

  test('typed ones', () => {
    expect(String(torch.FloatTensor([1, 2]))).toBe('tensor([1., 2.])');
    expect(String(torch.LongTensor([1, 2]))).toBe('tensor([1, 2])');
    expect(String(torch.BoolTensor([1, 0]))).toBe('tensor([ True, False])');
    expect(torch.LongTensor(2).dtype).toBe(torch.int64);
    expect(() => torch.DoubleTensor(torch.ones(2))).toThrow(TypeError);
  });

  test('of another tensor', () => {
    const x = torch.ones(2, { dtype: torch.double });
    expect(x.new_empty(3).dtype).toBe(torch.float64);
    expect(torch.empty(2, 3).shape).toEqual([2, 3]);
    expect(torch.empty_like(x).dtype).toBe(torch.float64);
    expect(torch.as_tensor(x)).toBe(x);
  });
});

describe('dtypes and devices', () => {
  test('limits', () => {
    expect(String(torch.finfo(torch.float32))).toBe(
      'finfo(resolution=1e-06, min=-3.40282e+38, max=3.40282e+38, eps=1.19209e-07, smallest_normal=1.17549e-38, '
      + 'tiny=1.17549e-38, dtype=float32)');
    expect(String(torch.finfo(torch.bfloat16))).toBe(
      'finfo(resolution=0.01, min=-3.38953e+38, max=3.38953e+38, eps=0.0078125, smallest_normal=1.17549e-38, '
      + 'tiny=1.17549e-38, dtype=bfloat16)');
    // oxlint-disable-next-line flambeau/tolerances -- what is asked for
    expect(torch.finfo(torch.float64).eps).toBe(Number.EPSILON);
    expect(String(torch.iinfo(torch.int8))).toBe('iinfo(min=-128, max=127, dtype=int8)');
    expect(torch.iinfo(torch.int64).max).toBe(2n ** 63n - 1n);
    expect(() => torch.iinfo(torch.float32)).toThrow(
      "torch.iinfo() requires an integer input type. Use torch.finfo to handle 'torch.iinfo'");
    expect(() => torch.finfo(torch.int8)).toThrow(
      "torch.finfo() requires a floating point input type. Use torch.iinfo to handle 'torch.finfo'");
  });

  test('the default dtype', () => {
    expect(torch.get_default_dtype()).toBe(torch.float32);
    torch.set_default_dtype(torch.float64);
    try {
      expect(String(torch.tensor(1.5))).toBe('tensor(1.5000)');
      expect(torch.ones(2).dtype).toBe(torch.float64);
      expect(String(torch.tensor([1.5], { dtype: torch.float32 }))).toBe('tensor([1.5000], dtype=torch.float32)');
    } finally {
      torch.set_default_dtype(torch.float32);
    }
    expect(() => torch.set_default_dtype(torch.int32)).toThrow('only floating-point types are supported as the default type');
  });

  test('devices', async () => {
    expect(shown(torch.device('cpu'))).toBe("device(type='cpu')");
    expect(new torch.device('cuda', 1).index).toBe(1);
    expect(torch.cuda.is_available()).toBe(false);
    expect([torch.cuda.device_count(), torch.webgpu.device_count()]).toEqual([0, 0]);
    await expect(torch.cuda.synchronize()).resolves.toBeUndefined();
    await expect(torch.cuda.synchronize(1)).rejects.toThrow('GPU 1 is not available');
    expect(() => torch.ones(2).cuda()).toThrow('is not available');
    expect(() => torch.ones(2).to('cuda')).toThrow('is not available');
    expect(() => torch.ones(2).to('nowhere')).toThrow('device type at start of device string: nowhere');
    expect(torch.ones(2).to('cpu', torch.double).dtype).toBe(torch.float64);
    torch.set_default_device('cpu');
    expect(() => torch.set_default_device('cuda')).toThrow('is not available');
    expect(shown(torch.get_default_device())).toBe("device(type='cpu')");
  });

  test('settings', () => {
    expect(torch.get_num_threads()).toBe(1);
    torch.set_num_threads(1);
    expect(() => torch.set_num_threads(0)).toThrow('set_num_threads expects a positive integer');
    torch.set_printoptions({ precision: 2 });
    expect(String(torch.tensor(Math.PI))).toBe('tensor(3.14)');
    torch.set_printoptions({ profile: 'default' });
    expect(String(torch.strided)).toBe('torch.strided');
    expect([torch.pi, torch.inf, torch.newaxis]).toEqual([Math.PI, Infinity, null]);
    expect(torch.inference_mode(() => torch.is_grad_enabled())).toBe(false);
  });

  test('the random stream', () => {
    torch.manual_seed(5);
    const state = torch.get_rng_state();
    const first = torch.rand(2).tolist();
    torch.set_rng_state(state);
    expect(torch.rand(2).tolist()).toEqual(first);
    expect(torch.initial_seed()).toBe(5n);
    expect(typeof torch.seed()).toBe('bigint');
  });
});

describe('in place', () => {
  test('shapes never change', () => {
    const x = torch.ones(1, 2);
    const refused: readonly [() => unknown, string][] = [
      [() => x.t_(), 'x.t()'], [() => x.squeeze_(), 'x.squeeze'], [() => x.unsqueeze_(0), 'x.unsqueeze'],
      [() => x.resize_(2), 'x.new_empty'], [() => x.transpose_(0, 1), 'x.transpose'], [() => x.swapaxes_(0, 1), 'x.swapaxes'],
      [() => x.resize_as_(torch.ones(2)), 'torch.empty_like'], [() => x.set_(torch.ones(2)), 'assign'],
    ];
    for (const [body, alternative] of refused) expect(body).toThrow(alternative);
    expect(x.shape).toEqual([1, 2]);
  });

  test('out=', () => {
    const out = torch.zeros(2);
    expect(torch.add(torch.ones(2), 1, { out })).toBe(out);
    expect(String(out)).toBe('tensor([2., 2.])');
    const matrix = torch.zeros(2, 2);
    expect(torch.mm(torch.ones(2, 1), torch.ones(1, 2), { out: matrix })).toBe(matrix);
    expect(matrix.sum().item()).toBe(4);
    expect(() => torch.add(torch.ones(2, { requires_grad: true }), 1, { out })).toThrow(
      "add(): functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad.");
    expect(() => torch.add(torch.ones(2), 1.5, { out: torch.zeros(2, { dtype: torch.long }) }))
      .toThrow("result type Float can't be cast to the desired output type Long");
  });

  const sized = {
    view: ['size', [3, 2]], reshape: ['shape', [3, 2]], expand: ['size', [2, 2, 3]], broadcast_to: ['size', [2, 2, 3]],
    permute: ['dims', [1, 0]],
    flip: ['dims', [0, 1]], tile: ['dims', [2, 1]], repeat: ['repeats', [2, 1]],
  } as const;

  test.each(Object.entries(sized))('%s takes its sizes one by one, in a list and by name, and nothing else', (name, [parameter, sizes]) => {
    const x = torch.arange(6).reshape(2, 3) as unknown as Record<string, (...args: readonly unknown[]) => unknown>;
    const expected = String(x[name](...sizes));
    expect([String(x[name](sizes)), String(x[name]({ [parameter]: sizes }))]).toEqual([expected, expected]);
    expect(String(x[name](...sizes.map(BigInt)))).toBe(expected);
    // It also takes a dtype, and so speaks of both.
    const refused = (words: string): string => (name === 'view' ? 'view() received an invalid combination of arguments' : words);
    expect(() => x[name]()).toThrow(refused(`${name}() missing 1 required positional arguments: "${parameter}"`));
    expect(() => x[name]({ bogus: 1 })).toThrow(refused(`${name}() got an unexpected keyword argument 'bogus'`));
    expect(() => x[name](...sizes, { [parameter]: sizes })).toThrow(refused(`${name}() got multiple values for argument '${parameter}'`));
    expect(() => x[name](0.5)).toThrow(refused(`${name}(): argument '${parameter}' (position 1) must be tuple of ints, not float`));
    expect(() => x[name]([1, null]))
      .toThrow(refused(`argument '${parameter}' (position 1) must be tuple of ints, but found element of type NoneType at pos 1`));
    expect(() => x[name](1, 'a')).toThrow(`argument '${parameter}' failed to unpack the object at pos 2`);
  });

  test('tensors one by one and in a list', () => {
    const [x, y] = [torch.tensor([1, 2]), torch.tensor([3, 4])];
    expect(torch.meshgrid([x, y], { indexing: 'xy' }).map(String)).toEqual(torch.meshgrid(x, y, { indexing: 'xy' }).map(String));
    expect(torch.atleast_2d([x, y]).map(String)).toEqual(torch.atleast_2d(x, y).map(String));
    expect(torch.atleast_1d([x]).map(String)).toEqual([String(x)]);
    expect(String(torch.einsum('i,i->', [x, y]))).toBe(String(torch.einsum('i,i->', x, y)));
    expect(() => torch.broadcast_tensors([x, y] as never)).toThrow('expected Tensor as element 0 in argument 0, but got list');
  });

  test('parameters by name and by position', () => {
    const x = torch.arange(6).reshape(2, 3);
    expect(String(x.transpose({ dim0: 0, dim1: 1 }))).toBe(String(x.T));
    expect(String(x.topk(1, { dim: 0 }).values)).toBe('tensor([[3, 4, 5]])');
    expect(() => x.flatten(1, { start_dim: 0 } as never)).toThrow("flatten() got multiple values for argument 'start_dim'");
    expect(() => x.flatten({ start: 0 } as never)).toThrow("flatten() got an unexpected keyword argument 'start'");
    expect(() => (x.flatten as (...args: number[]) => unknown)(0, 1, 2))
      .toThrow('flatten() takes from 1 to 3 positional arguments but 4 were given');
    expect(() => torch.unsqueeze(x, 1.5)).toThrow("unsqueeze(): argument 'dim' (position 2) must be int, not float");
    const incomplete = torch.unsqueeze as unknown as (input: torch.Tensor) => unknown;
    expect(() => incomplete(x)).toThrow('unsqueeze() missing 1 required positional arguments: "dim"');
  });
});

describe('arrays of the other façade', () => {
  test('share memory both ways', () => {
    const array = np.zeros(3);
    const tensor = torch.from_numpy(array);
    tensor.set([1], 5);
    expect(array.item(1)).toBe(5);
    array.set([0], 7);
    expect(String(tensor)).toBe('tensor([7., 5., 0.], dtype=torch.float64)');
    expect(tensor.numpy().item(0)).toBe(7);
    expect(torch.as_tensor(array).storage).toBe(array.storage);
    expect(torch.tensor(array).storage).not.toBe(array.storage);
  });

  test('refusals', () => {
    const x = torch.ones(2, { requires_grad: true });
    expect(() => x.numpy()).toThrow("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.");
    expect(x.numpy({ force: true }).item(0)).toBe(1);
    expect(() => torch.ones(1, { dtype: torch.bfloat16 }).numpy()).toThrow('Got unsupported ScalarType BFloat16');
    expect(() => torch.from_numpy([1] as never)).toThrow('expected np.ndarray (got list)');
    expect(() => torch.from_numpy(np.arange(4).at('::-1'))).toThrow('At least one stride in the given numpy array is negative');
  });
});
