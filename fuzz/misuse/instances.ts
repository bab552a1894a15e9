import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';

/** Objects that the exports make, whose members are called too. */

export interface Instance {
  readonly name: string;
  readonly facade: 'numpy' | 'torch';
  readonly make: () => object;
  /** The class whose members are those of another instance as well. */
  readonly known?: object;
}

const { nn, optim, autograd, utils, profiler } = torch;

const parameter = (): torch.Tensor => new nn.Parameter(torch.ones(3)) as torch.Tensor;
const optimizer = (): torch.optim.SGD => new optim.SGD([parameter()], { lr: 0.1, momentum: 0.9 });
const layer = (): torch.nn.Module => new nn.Linear(2, 3);
const dataset = (): torch.utils.data.TensorDataset => new utils.data.TensorDataset(torch.ones(5, 2), torch.zeros(5));

class Doubled extends autograd.Function {
  static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor): torch.Tensor {
    ctx.save_for_backward(x);
    return x.mul(2);
  }

  static backward(ctx: torch.autograd.FunctionContext, grad: torch.Tensor): torch.Tensor {
    return grad.mul(ctx.needs_input_grad.length * 2);
  }
}

class Net extends nn.Module {
  readonly fc = new nn.Linear(2, 3);
  readonly norm = new nn.BatchNorm1d(3);

  override forward(x: torch.Tensor): torch.Tensor {
    return this.norm(this.fc(x)) as torch.Tensor;
  }
}

/** A context as a function of one's own is given it. */
function context(): object {
  let kept: object = {};
  class Kept extends autograd.Function {
    static forward(ctx: torch.autograd.FunctionContext, x: torch.Tensor): torch.Tensor {
      kept = ctx;
      return x.mul(2);
    }

    static backward(_: torch.autograd.FunctionContext, grad: torch.Tensor): torch.Tensor {
      return grad;
    }
  }
  Kept.apply(parameter());
  return kept;
}

function profiled(): torch.profiler.Profile {
  const made = profiler.profile();
  made.start();
  torch.ones(3).add(1);
  made.stop();
  return made;
}

/** What no constructor makes by itself, or not of what is at hand. */
const made: readonly (readonly [name: string, facade: Instance['facade'], make: () => object])[] = [
  ['np.ndarray.flat', 'numpy', () => np.arange(6).reshape(2, 3).flat],
  ['np.ndarray.flags', 'numpy', () => np.arange(6).flags],
  ['np.float32', 'numpy', () => np.float32], ['np.floating', 'numpy', () => np.floating],
  ['np.finfo()', 'numpy', () => np.finfo('float32')], ['np.iinfo()', 'numpy', () => np.iinfo('int8')],
  ['np.Complex()', 'numpy', () => new np.Complex(1, 2)],
  ['np.random.default_rng()', 'numpy', () => np.random.default_rng(0)],
  ['np.random.RandomState()', 'numpy', () => new np.random.RandomState(0)],
  ['np.random.PCG64()', 'numpy', () => new np.random.PCG64(0)],
  ['np.random.MT19937()', 'numpy', () => new np.random.MT19937(0)],
  ['np.random.SeedSequence()', 'numpy', () => new np.random.SeedSequence(0)],
  ['torch.float32', 'torch', () => torch.float32], ['torch.device()', 'torch', () => new torch.device('cpu')],
  ['torch.finfo()', 'torch', () => new torch.finfo(torch.float32)], ['torch.Size()', 'torch', () => torch.ones(2, 3).shape],
  ['torch.contiguous_format', 'torch', () => torch.contiguous_format],
  ['torch.max()', 'torch', () => torch.ones(2, 3).max(0) as object], ['torch.Generator()', 'torch', () => new torch.Generator()],
  ['torch.Tensor.grad_fn', 'torch', () => parameter().mul(2).grad_fn!],
  ['torch.Tensor.register_hook()', 'torch', () => parameter().register_hook((grad: torch.Tensor) => grad)],
  ['torch.autograd.FunctionContext', 'torch', context],
  ['torch.no_grad()', 'torch', () => torch.no_grad() as object],
  ['torch.cuda.Event()', 'torch', () => new torch.cuda.Event()],
  ['torch.profiler.profile()', 'torch', profiled],
  ['torch.profiler.profile().key_averages()', 'torch', () => profiled().key_averages()],
  ['torch.profiler.profile().key_averages()[0]', 'torch', () => profiled().key_averages()[0]],
  ['torch.nn.Linear()', 'torch', layer], ['Net()', 'torch', () => new Net()],
  ['torch.nn.Linear().register_forward_hook()', 'torch', () => layer().register_forward_hook(() => undefined)],
  ['torch.nn.Linear() with hooks', 'torch', () => {
    const hooked = layer();
    hooked.register_forward_pre_hook((_: unknown, args: unknown) => args as never);
    hooked.register_forward_hook((_: unknown, __: unknown, output: unknown) => output as never);
    return hooked;
  }],
  ['torch.nn.Sequential()', 'torch', () => new nn.Sequential(layer(), new nn.ReLU())],
  ['torch.nn.ModuleList()', 'torch', () => new nn.ModuleList([layer(), layer()])],
  ['torch.nn.ModuleDict()', 'torch', () => new nn.ModuleDict({ a: layer(), b: layer() })],
  ['torch.nn.ParameterList()', 'torch', () => new nn.ParameterList([parameter(), parameter()] as never)],
  ['torch.nn.Parameter()', 'torch', parameter],
  ['torch.utils.data.TensorDataset()', 'torch', dataset],
  // The default has 44 million numbers.
  ['torch.nn.Transformer()', 'torch', () => new nn.Transformer(4, 2, 1, 1, 8)],
  ['torch.utils.data.ConcatDataset()', 'torch', () => new utils.data.ConcatDataset([dataset(), dataset()])],
  ['torch.utils.data.Subset()', 'torch', () => new utils.data.Subset(dataset(), [0, 2])],
  ['torch.utils.data.DataLoader()', 'torch', () => new utils.data.DataLoader(dataset(), { batch_size: 2, shuffle: true })],
  ['torch.utils.data.DataLoader() over a list', 'torch', () => new utils.data.DataLoader([1, 2, 3] as never, { batch_size: 2 })],
  ['torch.utils.data.RandomSampler()', 'torch', () => new utils.data.RandomSampler(dataset())],
  ['torch.utils.data.SequentialSampler()', 'torch', () => new utils.data.SequentialSampler(dataset())],
  ['torch.utils.data.SubsetRandomSampler()', 'torch', () => new utils.data.SubsetRandomSampler([0, 2, 4])],
  ['torch.utils.data.WeightedRandomSampler()', 'torch', () => new utils.data.WeightedRandomSampler([0.1, 0.9], 4)],
  ['torch.utils.data.BatchSampler()', 'torch',
    () => new utils.data.BatchSampler(new utils.data.SequentialSampler(dataset()), 2, false)],
  ['torch.optim.lr_scheduler.LambdaLR()', 'torch', () => new optim.lr_scheduler.LambdaLR(optimizer(), (epoch: number) => 1 / (epoch + 1))],
  ['torch.optim.lr_scheduler.ReduceLROnPlateau()', 'torch', () => new optim.lr_scheduler.ReduceLROnPlateau(optimizer())],
];

/** A function of one's own, whose `apply` is called; the class is nothing that is exported. */
export const ownFunction = Doubled;

/** The first arguments that make an instance of a class. */
const candidates: readonly (() => readonly unknown[])[] = [
  () => [], () => [3], () => [2, 3], () => [[3]], () => [0.5], () => [1, 2], () => [1, [3, 1]],
];

type Class = new (...args: readonly unknown[]) => object;

function recipe(make: (args: readonly unknown[]) => object): (() => object) | null {
  for (const args of candidates) {
    try {
      make(args());
      return () => make(args());
    } catch {
      // The next arguments may do.
    }
  }
  return null;
}

/** Instances of a module's classes, of whatever arguments make them. */
function instancesOf(prefix: string, module: object, known: object | undefined, before: () => readonly unknown[] = () => []): Instance[] {
  return Object.entries(module).flatMap(([name, value]: [string, unknown]) => {
    if (typeof value !== 'function' || typeof (value as { prototype?: unknown }).prototype !== 'object' || !/^[A-Z]/.test(name)) return [];
    const make = recipe((args) => new (value as Class)(...before(), ...args));
    return make === null ? [] : [{ name: `${prefix}.${name}()`, facade: 'torch', make, known } as const];
  });
}

export function instances(): Instance[] {
  const listed = made.map(([name, facade, make]) => ({ name, facade, make }));
  const known = new Set(listed.map(({ name }) => name));
  const found = [
    ...instancesOf('torch.nn', nn, nn.Module.prototype), ...instancesOf('torch.optim', optim, undefined, () => [[parameter()], 0.1]),
    ...instancesOf('torch.optim.lr_scheduler', optim.lr_scheduler, undefined, () => [optimizer()]),
  ];
  return [...listed, ...found.filter(({ name }) => !known.has(name))];
}
