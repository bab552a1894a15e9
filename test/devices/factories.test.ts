import { expect, it } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import * as torch from '../../src/torch/index.ts';
import { nn } from '../../src/torch/index.ts';
import { onGpu } from './place.ts';

/** Every function that makes a tensor makes it on the device that it is told, or that its input lies on, with the CPU's values. */

type Make = (device: string) => torch.Tensor;
const like = (device: string): torch.Tensor => torch.ones(3, 2, { device });

const makes: Readonly<Record<string, Make>> = {
  'tensor of a list': (device) => torch.tensor([1, 2], { device }),
  'tensor of a typed array': (device) => torch.tensor(new Float32Array([1.5, 2]), { device, dtype: torch.int32 }),
  'tensor of a tensor': (device) => torch.tensor(torch.arange(3), { device, dtype: torch.float32 }),
  as_tensor: (device) => torch.as_tensor(torch.arange(3), { device }),
  zeros: (device) => torch.zeros(2, { device }),
  ones: (device) => torch.ones([2, 2], { device, dtype: torch.bool }),
  full: (device) => torch.full([2], 3, { device }),
  eye: (device) => torch.eye(3, { device }),
  arange: (device) => torch.arange(3, { device }),
  linspace: (device) => torch.linspace(0, 1, 4, { device }),
  logspace: (device) => torch.logspace(0, 2, 3, { device }),
  'zeros_like another device': (device) => torch.zeros_like(torch.ones(2), { device }),
  zeros_like: (device) => torch.zeros_like(like(device)),
  ones_like: (device) => torch.ones_like(like(device)),
  full_like: (device) => torch.full_like(like(device), 2),
  rand: (device) => torch.rand(5, { device }),
  randn: (device) => torch.randn(20, { device }),
  randint: (device) => torch.randint(0, 9, [5], { device }),
  randperm: (device) => torch.randperm(6, { device }),
  rand_like: (device) => torch.rand_like(like(device)),
  randn_like: (device) => torch.randn_like(torch.ones(3), { device }),
  randint_like: (device) => torch.randint_like(like(device), 0, 9),
  normal: (device) => torch.normal(1, 2, [4], { device }),
  normal_: (device) => torch.empty(4, { device }).normal_(),
  uniform_: (device) => like(device).uniform_(-1, 1),
  new_ones: (device) => like(device).new_ones([2]),
  new_zeros: (device) => like(device).new_zeros([2]),
  new_full: (device) => like(device).new_full([2], 4),
  new_tensor: (device) => like(device).new_tensor([1.5, 2]),
  one_hot: (device) => nn.functional.one_hot(torch.tensor([0, 2], { device }), 3),
  dropout: (device) => nn.functional.dropout(like(device)),
  'a layer\'s own device': (device) => nn.Linear(3, 2, { device }).weight.detach(),
  'a copy from the CPU': (device) => torch.empty(2, 2, { device }).copy_(torch.tensor([[1, 2], [3, 4]])),
  'complex numbers of a list': (device) => torch.tensor([new np.Complex(1, -2), 3], { device }),
  'complex zeros': (device) => torch.zeros(2, { device, dtype: torch.complex64 }),
  'a complex number in each place': (device) => torch.full([2, 2], new np.Complex(1, -2), { device }),
  'complex normal numbers': (device) => torch.randn(4, { device, dtype: torch.complex64 }),
  'complex numbers out of parts': (device) => torch.complex(like(device), like(device).mul(2)),
  'complex numbers from the CPU': (device) => torch.tensor([new np.Complex(0.1, 2)]).to(device),
  'to another device and dtype': (device) => torch.tensor([1.5, 2.5], { dtype: torch.float64 }).to(device, torch.float32),
};

onGpu('what makes tensors', () => {
  it.each(Object.entries(makes))('%s', async (_, make) => {
    const [wanted, made] = ['cpu', 'webgpu'].map((device) => {
      torch.manual_seed(7);
      return make(device);
    });
    expect(String(made.device)).toBe('webgpu:0');
    expect(made.dtype).toBe(wanted.dtype);
    expect((await made.cpu()).tolist()).toEqual(wanted.tolist());
  });

  it('heeds the default device', async () => {
    expect(String(torch.get_default_device())).toBe('cpu');
    torch.set_default_device('cuda');
    try {
      expect(String(torch.get_default_device())).toBe('webgpu:0');
      const model = nn.Linear(2, 2);
      const made = [torch.zeros(2), torch.tensor([1, 2]), torch.as_tensor(np.arange(3)), torch.randn(3), torch.arange(4), model.weight];
      for (const each of made) {
        expect(String(each.device)).toBe('webgpu:0');
      }
      expect(String(torch.zeros(2, { device: 'cpu' }).device)).toBe('cpu');
      expect(String(torch.zeros_like(torch.zeros(2, { device: 'cpu' })).device)).toBe('cpu');
      expect((await model(torch.ones(1, 2)).cpu()).shape.toString()).toBe('torch.Size([1, 2])');
    } finally {
      torch.set_default_device(null);
    }
    expect(String(torch.zeros(2).device)).toBe('cpu');
    expect(() => torch.set_default_device('cuda:7')).toThrow('webgpu:7 is not available');
  });

  it('takes pinned memory where there is a GPU', () => {
    expect(torch.ones(2, { pin_memory: true }).tolist()).toEqual([1, 1]);
    const loader = new torch.utils.data.DataLoader([1, 2], { pin_memory: true });
    expect([...loader].length).toBe(2);
  });

  it('refuses to bring a tensor to the CPU at once', () => {
    expect(() => torch.tensor(like('webgpu'), { device: 'cpu' })).toThrow('await x.cpu() instead');
    expect(() => torch.as_tensor(like('webgpu'), { device: 'cpu' })).toThrow('await x.cpu() instead');
  });

  it('moves modules there and back, with their gradients', async () => {
    const model = nn.Sequential(nn.Linear(2, 3), nn.BatchNorm1d(3));
    const before = model[0].weight.tolist();
    model.to('cuda:0');
    expect([...model.parameters(), ...model.buffers()].every(({ is_cuda }) => is_cuda)).toBe(true);
    model(torch.ones(4, 2, { device: 'cuda' })).sum().backward();
    expect(await model.cpu()).toBe(model);
    expect(model[0].weight.tolist()).toEqual(before);
    expect(String(model[0].weight.grad!.device)).toBe('cpu');
    expect(model.state_dict()['1.num_batches_tracked'].item()).toBe(1);
  });

  it('loads states from the CPU into what lies on the GPU', async () => {
    const [from, to] = [nn.Linear(2, 2), nn.Linear(2, 2).to('cuda')];
    to.load_state_dict(from.state_dict());
    expect(to.weight.is_cuda).toBe(true);
    expect((await to.weight.cpu()).tolist()).toEqual(from.weight.tolist());
  });
});
