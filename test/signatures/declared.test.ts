import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Parameter } from '../../src/core/signature.ts';
import { signatures } from '../../src/core/signature.ts';
import * as torch from '../../src/torch/index.ts';
import { Tensor } from '../../src/torch/tensor/tensor.ts';

/** Declared signatures against those of PyTorch: names, order, defaults, and what is given by name alone. */

const file = new URL('../fixtures/signatures/torch.json', import.meta.url);
const fixtures = JSON.parse(readFileSync(file, 'utf8')) as Readonly<Record<string, Readonly<Record<string, readonly string[]>>>>;

const { nn, optim } = torch;
const namespaces: Readonly<Record<string, object>> = {
  'torch.nn': nn, 'torch.nn.functional': nn.functional, 'torch.nn.init': nn.init, 'torch.nn.utils': nn.utils,
  'torch.nn.utils.rnn': nn.utils.rnn, 'torch.nn.utils.parametrizations': nn.utils.parametrizations,
  'torch.nn.utils.parametrize': nn.utils.parametrize, 'torch.nn.utils.stateless': nn.utils.stateless,
  'torch.utils.data': torch.utils.data, 'torch.optim': optim, 'torch.optim.lr_scheduler': optim.lr_scheduler,
  'torch.optim.swa_utils': optim.swa_utils, 'torch.testing': torch.testing,
};

/** What takes the same as in PyTorch without a declaration, or by one of another name. */
const undeclared: Readonly<Record<string, string>> = {
  Module: 'has no parameters, and passes on those of its subclasses', Identity: 'takes anything', Sequential: 'takes any number of modules',
  RNN: 'hands on what it is given to RNNBase', LSTM: 'hands on what it is given to RNNBase', GRU: 'hands on what it is given to RNNBase',
  ModuleList: 'one parameter', ModuleDict: 'one parameter', ParameterList: 'one parameter',
  ...Object.fromEntries(['uniform', 'normal', 'constant', 'eye', 'dirac', 'xavier_uniform', 'xavier_normal', 'kaiming_uniform',
    'kaiming_normal', 'orthogonal', 'sparse'].map((name) => [name, 'passes all on to the function with an underscore'])),
  cached: 'a function, or none: a mode',
  Optimizer: 'a base class', LRScheduler: 'a base class', flatten: 'that of torch',
  conv1d: 'that of torch', conv2d: 'that of torch', conv3d: 'that of torch', conv_transpose1d: 'that of torch',
  conv_transpose2d: 'that of torch', conv_transpose3d: 'that of torch', Sampler: 'a base class',
};
const sharedBy: Readonly<Record<string, string>> = Object.fromEntries(
  ['Dropout', 'Dropout1d', 'Dropout2d', 'Dropout3d', 'AlphaDropout', 'FeatureAlphaDropout'].map((name) => [name, '_DropoutNd']));
/** Functions that PyTorch has elsewhere. */
const elsewhere: ReadonlySet<string> = new Set([
  'nn.functional.feature_dropout', 'nn.Module.to', 'nn.Module.to#2', 'nn.Module.to#3',
  // Classes in PyTorch.
  'set_grad_enabled', 'finfo', 'iinfo',
  // A static function, and methods of tuples and modules.
  'nn.Transformer.generate_square_subsequent_mask', 'ParametrizationList.right_inverse',
  ...['double', 'float', 'half', 'long', 'int', 'short', 'char', 'byte', 'is_pinned', 'cpu', 'cuda']
    .map((name) => `PackedSequence.${name}`),
  // Its docstring's parameters go over several lines, without their star.
  'nn.functional.scaled_dot_product_attention',
  // Not a sampler.
  'ChainDataset.__init__', 'utils.data.get_worker_info',
]);

const keyOf = (namespace: string, name: string): string =>
  (/^[A-Z]/.test(name) ? `${sharedBy[name] ?? name}.__init__` : `${namespace.slice('torch.'.length)}.${name}`);

type Overloads = Readonly<Record<string, readonly (readonly string[])[]>>;

/** Functions that read several overloads of PyTorch's as one, or lack a parameter of theirs. */
const unlike: Readonly<Record<string, string>> = {
  ...Object.fromEntries(['random_', 'sort', 'argsort', 'squeeze', 'sum', 'prod', 'mean', 'round', 'round_', 'scatter', 'scatter_', 'eye',
    'rand', 'randn', 'randint', 'randperm', 'rand_like', 'randn_like', 'randint_like'].map((name) => [name, 'several overloads as one'])),
  einsum: 'a Python function of *args that reads them itself',
  range: 'the stub has pin_memory, which the function refuses, and leaves out layout, which it takes',
  load: 'classes and progress in the place of what is handed on to pickle',
  save: 'without a place it returns the bytes; classes; one module that pickles',
  ...Object.fromEntries(['tensor', 'new_tensor'].map((name) => [name, 'the stub leaves out the star, which the function has'])),
  ...Object.fromEntries(['float', 'double', 'half', 'bfloat16', 'long', 'int', 'short', 'char', 'byte', 'bool', 'cfloat', 'cdouble']
    .map((name) => [name, 'the stub leaves out memory_format, which the method has'])),
};

/** A signature without its `out`, and without the star that stood before that alone. */
const comparable = (parameters: readonly string[]): string =>
  parameters.filter((each) => each !== 'out=None').join(', ').replace(/, \*$/, '').replaceAll('from_=', 'from=')
    .replace(/memory_format=torch\.\w+/, 'memory_format=None');

/** A default as the fixtures write it. */
function text(value: unknown): string {
  if (value === null) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'string') return `'${value}'`;
  if (Array.isArray(value)) return `(${value.map(text).join(',')})`;
  return String(value).replace(/e([+-])(\d)$/, 'e$10$2').replace(/^0\.00001$/, '1e-05').replace(/^0\.000001$/, '1e-06');
}

function texts(parameters: readonly Parameter[]): string[] {
  const found: string[] = [];
  parameters.forEach(({ name, byDefault, keywordOnly, variadic }, i) => {
    const before = parameters[i - 1];
    if (keywordOnly && before?.keywordOnly !== true && before?.variadic !== true) found.push('*');
    found.push(variadic ? `*${name}` : byDefault === undefined ? name : `${name}=${text(byDefault)}`);
  });
  return found;
}

const callables = Object.entries(namespaces).flatMap(([namespace, members]) => Object.keys(fixtures[namespace])
  .filter((name) => name in members).map((name) => [`${namespace}.${name}`, namespace, name] as const));

describe('signatures', () => {
  it.each(callables)('%s', (_, namespace, name) => {
    const declared = signatures.get(keyOf(namespace, name));
    if (name in undeclared) {
      expect(declared).toBeUndefined();
      return;
    }
    // Those that choose between two functions by an argument show neither's parameters.
    const upstream = fixtures[namespace][`_${name}`] ?? fixtures[namespace][name];
    // Functions without parameters hand on what they are given to Module, which refuses it.
    // The default of an activation is the function of that name.
    const ofFunction = (each: string): string => (name.startsWith('Transformer') ? each.replace("='relu'", '=<function relu>') : each);
    const own = name === 'one_hot' ? ['tensor', ...texts(declared!.parameters).slice(1)] : texts(declared!.parameters);
    // Its documentation says tensor, and it takes input alone.
    expect(own.map(ofFunction)).toEqual(upstream[0] === '*args' ? [] : upstream);
  });

  const builtin = [...signatures].filter(([key]) => (!key.includes('.') || key.startsWith('Tensor.')) && !elsewhere.has(key));

  it.each(builtin)('torch.%s', (key, { parameters }) => {
    const name = key.replace(/#.*/, '').replace('Tensor.', '');
    const ofMethod = (each: readonly string[]): readonly string[] => ['input', ...each];
    const one = (each: readonly string[] | undefined): readonly (readonly string[])[] => (each === undefined ? [] : [each]);
    const overloads = [
      ...(fixtures.torch as unknown as Overloads)[name] ?? [], ...one(fixtures['torch (Python)'][name]),
      ...((fixtures['torch.Tensor'] as unknown as Overloads)[name] ?? []).flatMap((each) => [each, ofMethod(each)]),
      ...one(fixtures['torch.Tensor (Python)'][name]).flatMap((each) => [each, ofMethod(each)]),
      ...one(fixtures['torch.special'][name.replace(/^special_/, '')]),
    ];
    const own = texts(parameters).map((each) => each.replace(/^self$/, 'input'));
    if (name in unlike) expect(overloads.map(comparable)).not.toContain(comparable(own));
    else expect(overloads.map(comparable)).toContain(comparable(own));
  });

  /** Functions whose `out` is not where PyTorch has it. */
  const otherwise: Readonly<Record<string, string>> = Object.fromEntries(
    ['split_copy', 'split_with_sizes_copy', 'unbind_copy'].map((name) => [name, 'with it PyTorch returns nothing']));

  it.each(builtin.filter(([key]) => !/[.#]/.test(key)))('torch.%s takes `out` where PyTorch does', (name, { parameters }) => {
    const own = texts(parameters).map((each) => each.replace(/^self$/, 'input'));
    const overloads = (fixtures.torch as unknown as Partial<Overloads>)[name] ?? [];
    const same = overloads.filter((each) => comparable(each) === comparable(own));
    if (same.length === 0) return;
    const agrees = same.some((each) => each.includes('out=None') === own.includes('out=None'));
    expect([name, agrees]).toEqual([name, !(name in otherwise)]);
  });

  const functions = torch as unknown as Readonly<Record<string, Make | undefined>>;
  // In PyTorch too einsum asks for its equation in words of its own.
  const ofOneText = builtin.filter(([key, { parameters }]) => typeof functions[key] === 'function' && key !== 'einsum'
    && !signatures.has(`${key}#2`) && parameters.some(({ byDefault, variadic }) => byDefault === undefined && !variadic));

  it.each(ofOneText)('torch.%s says what is missing in the words of what it is written in', (key) => {
    expect(() => functions[key]?.()).toThrow(key in fixtures['torch (Python)'] ? /missing \d required positional arguments?: '/
      : /missing \d required positional arguments?: "/);
  });

  /** Modules of functions within torch, and what PyTorch has before their names where errors name them. */
  const within = ['fft', 'linalg', 'signal.windows'];
  const ofModules = [...signatures].filter(([key]) => within.some((each) => key.startsWith(`${each}.`)));
  const originalsOf = (key: string): readonly string[] => {
    const [, namespace, name] = /^(.*)\.(?:fft_|linalg_)?(\w+)(?:#\d)?$/.exec(key)!;
    const originals = fixtures[`torch.${namespace}`][name] as unknown as Overloads[string] | readonly string[];
    const overloads = typeof originals[0] === 'string' ? [originals as readonly string[]] : originals as Overloads[string];
    return overloads.map(withItsOut);
  };
  const withItsOut = (parameters: readonly string[]): string =>
    comparable(parameters).replace('layout=torch.strided', 'layout=None') + (parameters.includes('out=None') ? ', and out' : '');

  it.each(ofModules)('torch.%s', (key, { parameters }) => {
    expect(originalsOf(key)).toContain(withItsOut(texts(parameters)));
  });

  const owners: Readonly<Record<string, string>> = {
    Module: 'torch.nn Module', Optimizer: 'torch.optim Optimizer', LBFGS: 'torch.optim LBFGS',
    ...Object.fromEntries(['LRScheduler', 'ReduceLROnPlateau', 'CosineAnnealingWarmRestarts']
      .map((name) => [name, `torch.optim.lr_scheduler ${name}`])),
    AveragedModel: 'torch.optim.swa_utils AveragedModel',
    'autograd': 'torch.autograd', 'webgpu': 'torch.cuda', 'autograd.functional': 'torch.autograd.functional',
  };
  const ownerOf = (key: string): string => key.slice(0, key.lastIndexOf('.'));
  const methods = [...signatures].filter(([key]) => ownerOf(key) in owners && !key.endsWith('__'));
  /** Methods that read less than PyTorch's, and refuse the rest. */
  const shorter: Readonly<Record<string, string>> = {
    'Module.register_forward_hook': 'hooks come in the order of their registration, with inputs alone',
    'Module.register_forward_pre_hook': 'hooks come in the order of their registration, with inputs alone',
    'Module.state_dict': 'by name alone: by position PyTorch warns',
    'autograd.gradcheck': 'one way of checking', 'autograd.gradgradcheck': 'one way of checking',
    'autograd.functional.jacobian': 'one way of computing', 'autograd.functional.hessian': 'one way of computing',
  };

  it.each(methods)('%s', (key, { parameters }) => {
    const upstream = fixtures[owners[ownerOf(key)]][key.slice(key.lastIndexOf('.') + 1)];
    const own = texts(parameters);
    if (key in shorter) {
      expect(own).not.toEqual(upstream);
      expect(upstream).toEqual(expect.arrayContaining(own.filter((each) => each !== '*')));
    } else {
      expect(own).toEqual(upstream);
    }
  });

  const forwards = [...signatures].filter(([key]) => key.endsWith('.forward'));

  it.each(forwards)('%s', (key, { parameters }) => {
    expect(texts(parameters)).toEqual(fixtures['torch.nn forward'][key.split('.')[0]]);
  });

  it('calls of layers are read as those of functions', () => {
    const x = torch.tensor([-1.5, 2]);
    const relu = nn.ReLU() as unknown as Make;
    expect(String(relu({ input: x }))).toBe(String(relu(x)));
    expect(() => relu(x, x)).toThrow('ReLU.forward() takes 2 positional arguments but 3 were given');
    expect(() => relu()).toThrow("ReLU.forward() missing 1 required positional argument: 'input'");
    expect(() => relu(x, { bogus: 1 })).toThrow("ReLU.forward() got an unexpected keyword argument 'bogus'");
    const loss = nn.MSELoss() as unknown as Make;
    expect(String(loss({ target: x, input: x.mul(2) }))).toBe(String(loss(x.mul(2), x)));
    const model = nn.Linear(2, 1);
    expect(model.named_parameters({ prefix: 'a' }).map(([name]) => name)).toEqual(['a.weight', 'a.bias']);
    expect(() => model.zero_grad({ bogus: true } as never)).toThrow("Module.zero_grad() got an unexpected keyword argument 'bogus'");
    expect(() => (model.eval as Make)(1)).toThrow('Module.eval() takes 1 positional argument but 2 were given');
  });

  /** Functions of torch that read what they are given by themselves. */
  const plain: Readonly<Record<string, string>> = {
    ...Object.fromEntries(['no_grad', 'enable_grad', 'inference_mode'].map((name) => [name, 'a body to run'])),
    set_grad_enabled: 'a class in PyTorch',
    broadcast_shapes: 'any number of shapes', set_printoptions: 'options alone, checked there',
    ...Object.fromEntries(['device', 'dtype', 'finfo', 'iinfo'].map((name) => [name, 'a class'])), slice: "Python's own",
  };

  it('every function of torch declares its parameters, itself or under its other name', () => {
    const declared = new Set<unknown>(builtin.map(([key]) => (torch as unknown as Readonly<Record<string, unknown>>)[key]));
    const functions = Object.entries(torch).filter(([name, value]) => typeof value === 'function' && !/^[A-Z]/.test(name));
    expect(functions.filter(([, value]) => !declared.has(value)).map(([name]) => name).sort()).toEqual(Object.keys(plain).sort());
  });

  it('name no kind that is not known, which would not be checked', () => {
    const unchecked = new Set(['', 'Any', 'object', 'array_like']);
    const strange = [...signatures].flatMap(([key, { parameters }]) =>
      parameters.filter(({ kind, reader }) => reader === null && !unchecked.has(kind)).map(({ name, kind }) => `${key} ${name}: ${kind}`));
    expect(strange).toEqual([]);
  });

  it('all have an original', () => {
    const known = new Set([
      ...callables.map(([, namespace, name]) => keyOf(namespace, name)), ...builtin.map(([name]) => name), ...methods.map(([name]) => name),
      ...forwards.map(([name]) => name), ...ofModules.map(([name]) => name),
    ]);
    const unknown = [...signatures.keys()].filter((name) => !known.has(name) && !elsewhere.has(name) && !name.startsWith('numpy.'));
    expect(unknown).toEqual([]);
  });
});

/** Something that fits each parameter and differs from its default. */
const weights = torch.tensor([0.25, 0.5, 0.75]);
const sgd = (): torch.optim.SGD => optim.SGD([torch.ones(2, { requires_grad: true })], { lr: 0.5 });
const samples: Readonly<Record<string, unknown>> = {
  num_features: 3, in_features: 3, out_features: 2, num_embeddings: 5, embedding_dim: 3, normalized_shape: [3], num_parameters: 3,
  threshold: 0.75, value: 3, dim: 1, unflattened_size: [1, 3], start_dim: 0, end_dim: 1, bias: false, eps: 0.125, momentum: 0.25,
  affine: false, track_running_stats: false, elementwise_affine: false, device: 'cpu', dtype: torch.float64, p: 0.25, inplace: true,
  init: 0.75, padding_idx: 2, _freeze: true, weight: weights, pos_weight: weights, ignore_index: 1, reduction: 'sum', size_average: false,
  reduce: false, label_smoothing: 0.25, beta: 0.75, delta: 0.75, log_target: true, negative_slope: 0.25, alpha: 0.75,
  approximate: 'tanh', lambd: 0.25, min_val: -2, max_val: 2, min_value: -3, max_value: 3, lr: 0.25, betas: [0.5, 0.75],
  weight_decay: 0.25, amsgrad: true, maximize: true, decoupled_weight_decay: true, momentum_decay: 0.25, lr_decay: 0.25,
  initial_accumulator_value: 0.25, rho: 0.25, centered: true, dampening: 0.25, nesterov: false, gamma: 0.25, step_size: 3,
  milestones: [2, 3], T_max: 4, eta_min: 0.125, start_factor: 0.25, end_factor: 0.5, total_iters: 3, mode: 'max', factor: 0.25,
  patience: 2, threshold_mode: 'abs', cooldown: 2, min_lr: 0.125, last_epoch: -1, training: true, a: 0.25, b: 0.5, mean: 0.5, std: 0.25,
  val: 0.5, gain: 0.5, max_norm: 0.5, nonlinearity: 'relu', clip_value: 0.25, error_if_nonfinite: true, data_source: [1, 2, 3],
  replacement: true, num_samples: 2, indices: [2, 0],
  batch_size: 2, drop_last: true, dataset: [1, 2, 3], num_workers: 0, collate_fn: (batch: readonly number[]) => batch.length,
  pin_memory: true, timeout: 0, worker_init_fn: null, multiprocessing_context: null, prefetch_factor: null, persistent_workers: false,
  pin_memory_device: '', in_order: true,
  // Anything else is refused, by a test of its own.
  foreach: false, capturable: false, differentiable: false, fused: false, norm_type: 2, scale_grad_by_freq: false,
  sparse: false, _weight: null,
  num_groups: 1, num_channels: 3, groups: 2, upscale_factor: 2, downscale_factor: 2, padding: 1, k: 2, size: 2, scale_factor: 2,
  align_corners: true, recompute_scale_factor: true, output_size: 3, kernel_size: 2, dilation: 1, stride: 1, use_input_stats: false,
  embed_dim: 4, num_heads: 2, dropout: 0.25, add_bias_kv: true, add_zero_attn: true, kdim: 3, vdim: 5, batch_first: true, input_size: 3,
  hidden_size: 4, num_layers: 2, bidirectional: true, proj_size: 2, num_chunks: 2, d_model: 4, nhead: 2, dim_feedforward: 5,
  activation: 'gelu', layer_norm_eps: 0.125, norm_first: true, num_encoder_layers: 1, num_decoder_layers: 1, custom_encoder: null,
  custom_decoder: null, norm: null, enable_nested_tensor: false, mask_check: false, embed_dim_to_check: 4, in_proj_bias: null,
  bias_k: null, bias_v: null, dropout_p: 0.25, out_proj_bias: null, key_padding_mask: null, need_weights: false,
  use_separate_proj_weight: false, q_proj_weight: null, k_proj_weight: null, v_proj_weight: null, static_k: null, static_v: null,
  average_attn_weights: false, is_causal: false, scale: 0.25, enable_gqa: false, enforce_sorted: false, padding_value: 0.5,
  total_length: 4, padding_side: 'left', bn_eps: 0.125, transpose: true, n_power_iterations: 2, unsafe: true, tensor_name: 'weight',
  leave_parametrized: true, name: 'weight', tie_weights: false, strict: true, kwargs: null,
  margin: 0.5, swap: true, distance_function: null, full: true, log_input: false, blank: 3, zero_infinity: true, tau: 0.5, hard: true,
  lower: 0.25, upper: 0.5, keepdim: true, in1_features: 3, in2_features: 2, sparsity: 0.5,
  lr_lambda: (epoch: number) => 0.5 ** epoch, etas: [0.25, 1.5], step_sizes: [0.01, 10], t0: 3, d: 2, beta2_decay: -0.5, max_iter: 3,
  max_eval: 7, tolerance_grad: 0.25, tolerance_change: 0.25, history_size: 5, line_search_fn: 'strong_wolfe', ns_coefficients: [1, 2, 3],
  ns_steps: 3, adjust_lr_fn: 'original', power: 2, T_0: 3, T_mult: 2, base_lr: 0.125, max_lr: 0.5, step_size_up: 3, step_size_down: 4,
  scale_fn: (x: number) => 1 / (1 + x), scale_mode: 'iterations', cycle_momentum: false, base_momentum: 0.25, max_momentum: 0.75,
  total_steps: 8, epochs: 2, steps_per_epoch: 3, pct_start: 0.25, anneal_strategy: 'linear', div_factor: 5, final_div_factor: 10,
  three_phase: true, swa_lr: 0.125, anneal_epochs: 3, decay: 0.5, use_buffers: true, avg_fn: null, multi_avg_fn: null,
  num_replicas: 2, rank: 1, seed: 3, shuffle: true,
};
/** Tensors, made anew for each call: some functions write into them. */
const matrix = (): torch.Tensor => torch.tensor([[0.25, 0.5, 0.75], [0.125, 0.875, 0.375]]);
const vector = (): torch.Tensor => torch.tensor([0.25, 0.5, 0.75]);
const tensors: Readonly<Record<string, () => unknown>> = {
  params: () => [torch.ones(2, { requires_grad: true })], optimizer: sgd, input: matrix, target: matrix, x1: matrix,
  x2: () => matrix().mul(2), vec: vector,
  parameters: () => [torch.tensor([1, 2]).float()], generator: () => new torch.Generator().manual_seed(3),
  model: () => nn.BatchNorm1d(3), loader: () => [matrix()],
  running_mean: vector, running_var: vector, tensor: () => torch.tensor([1, 0]),
};
const tokens = (): torch.Tensor => torch.ones(3, 2, 4);
const packed = (): unknown => nn.utils.rnn.pack_sequence([vector(), vector()]);

class Constant extends nn.Module {
  override forward(): torch.Tensor {
    return torch.ones(2);
  }
}

const linear = (): torch.nn.Linear => nn.Linear(3, 2);
const normalized = { bn_rm: vector, bn_rv: vector, bn_w: vector, bn_b: vector };
const square = { weight: (): torch.Tensor => matrix().mul(2) };
const classed = { target: (): torch.Tensor => torch.tensor([1, 2]) };
const pairs = { input1: matrix, input2: matrix };
const triplets = { anchor: matrix, positive: () => matrix().mul(2), negative: () => matrix().add(1), p: () => 1 };
/** Schedules belong to the optimiser that comes with them. */
const owner = sgd();
const chained = { optimizer: (): torch.optim.SGD => owner, schedulers: (): unknown[] => [optim.lr_scheduler.StepLR(owner, 2)] };
const own: Readonly<Record<string, Readonly<Record<string, () => unknown>>>> = {
  mse_loss: square, l1_loss: square, huber_loss: square, nll_loss: classed, cross_entropy: classed,
  linear: { weight: matrix, bias: () => torch.tensor([1, 2]).float() }, layer_norm: { bias: vector }, batch_norm: { bias: vector },
  Embedding: { max_norm: () => null }, prelu: { weight: vector },
  embedding: { max_norm: () => null, input: () => torch.tensor([1, 0]), weight: matrix, padding_idx: () => 1 },
  one_hot: { input: () => torch.tensor([1, 0]), num_classes: () => 5 },
  dropout: { training: () => false }, normalize: { dim: () => 0, out: () => null },
  clip_grad_norm_: { foreach: () => false }, get_total_norm: { tensors: () => [vector()] },
  clip_grads_with_norm_: { total_norm: () => torch.tensor(2).float() },
  calculate_gain: { nonlinearity: () => 'leaky_relu', param: () => 0.5 },
  parameters_to_vector: { parameters: () => [vector()] }, vector_to_parameters: { parameters: () => [vector()] },
  eye_: { tensor: matrix }, ...Object.fromEntries(['xavier_uniform_', 'xavier_normal_', 'kaiming_uniform_', 'kaiming_normal_',
    '_calculate_fan_in_and_fan_out'].map((each) => [each, { tensor: matrix, mode: () => 'fan_out' }])),
  ...Object.fromEntries(['uniform_', 'normal_', 'constant_', 'ones_', 'zeros_'].map((each) => [each, { tensor: vector }])),
  BatchSampler: { sampler: () => [0, 1, 2] }, WeightedRandomSampler: { weights: () => [0.25, 0.75] },
  DataLoader: { sampler: () => null, batch_sampler: () => null, shuffle: () => true },
  Adafactor: { eps: () => [0.5, 0.25] }, Muon: { params: () => [torch.ones(2, 2, { requires_grad: true })] },
  CyclicLR: { mode: () => 'triangular2' }, SequentialLR: { ...chained, milestones: () => [] }, ChainedScheduler: chained,
  softmax: { _stacklevel: () => 2 }, softmin: { _stacklevel: () => 2 }, log_softmax: { _stacklevel: () => 2 },
  cosine_similarity: { dim: () => 0 },
  pad: { pad: () => [1, 2], mode: () => 'constant' }, group_norm: { bias: vector },
  instance_norm: { input: () => torch.arange(6).float().reshape(1, 3, 2), bias: vector },
  local_response_norm: { input: () => torch.ones(1, 2, 3) }, channel_shuffle: { input: () => torch.arange(4).reshape(1, 4, 1) },
  pixel_shuffle: { input: () => torch.ones(4, 1, 1) }, pixel_unshuffle: { input: () => torch.ones(1, 2, 2) },
  grid_sample: {
    input: () => torch.ones(1, 1, 2, 2), grid: () => torch.zeros(1, 1, 1, 2), mode: () => 'nearest', padding_mode: () => 'border',
  },
  affine_grid: { theta: () => torch.ones(1, 2, 3), size: () => [1, 1, 2, 2] },
  unfold: { input: () => torch.ones(1, 1, 3, 3) }, fold: { input: () => torch.ones(1, 4, 4), padding: () => 0 },
  Upsample: { mode: () => 'bilinear' },
  RNNBase: { mode: () => 'LSTM' }, RNNCell: { nonlinearity: () => 'relu' },
  TransformerEncoder: { encoder_layer: () => nn.TransformerEncoderLayer(4, 2, 5), norm: () => nn.LayerNorm(4) },
  TransformerDecoder: { decoder_layer: () => nn.TransformerDecoderLayer(4, 2, 5), norm: () => nn.LayerNorm(4) },
  scaled_dot_product_attention: { query: matrix, key: matrix, value: matrix, attn_mask: () => torch.ones(2, 2) },
  multi_head_attention_forward: {
    query: tokens, key: tokens, value: tokens, in_proj_weight: () => torch.ones(12, 4), out_proj_weight: () => torch.ones(4, 4),
    attn_mask: () => torch.ones(3, 3),
  },
  invert_permutation: { permutation: () => torch.tensor([1, 2, 0]) },
  pack_padded_sequence: { input: () => torch.ones(2, 2), lengths: () => [2, 1] },
  pad_packed_sequence: { sequence: packed }, unpack_sequence: { packed_sequences: packed },
  pad_sequence: { sequences: () => [vector(), vector()] }, pack_sequence: { sequences: () => [vector(), vector()] },
  unpad_sequence: { padded_sequences: matrix, lengths: () => torch.tensor([2, 1]) },
  PackedSequence: {
    data: () => [vector(), torch.tensor([2, 1])], batch_sizes: () => torch.tensor([2, 1]), sorted_indices: () => torch.tensor([1, 0]),
    unsorted_indices: () => torch.tensor([1, 0]),
  },
  fuse_conv_bn_weights: { ...normalized, conv_w: () => torch.ones(3, 3, 1), conv_b: vector },
  fuse_linear_bn_weights: { ...normalized, linear_w: () => torch.ones(3, 2), linear_b: vector },
  fuse_conv_bn_eval: { conv: () => nn.Linear(2, 2).eval(), bn: () => nn.BatchNorm1d(2).eval() },
  fuse_linear_bn_eval: { linear: () => nn.Linear(2, 3).eval(), bn: () => nn.BatchNorm1d(3).eval() },
  weight_norm: { module: linear }, spectral_norm: { module: linear },
  remove_weight_norm: { module: () => nn.utils.weight_norm(linear()) },
  remove_spectral_norm: { module: () => nn.utils.spectral_norm(linear()) },
  is_parametrized: { module: linear }, type_before_parametrizations: { module: linear },
  register_parametrization: { module: linear, parametrization: () => nn.Tanh() },
  remove_parametrizations: { module: () => nn.utils.parametrizations.weight_norm(linear()) },
  transfer_parametrizations_and_params: { from_module: () => nn.utils.parametrizations.weight_norm(linear()), to_module: linear },
  ParametrizationList: { modules: () => [nn.Tanh()], original: vector },
  functional_call: {
    module: () => new Constant(), parameters_and_buffers: () => ({}), args: vector,
  },
  margin_ranking_loss: pairs, cosine_embedding_loss: { ...pairs, target: () => torch.tensor([1, -1]) },
  multi_margin_loss: { ...classed, p: () => 2 }, MultiMarginLoss: { p: () => 2 },
  multilabel_margin_loss: { target: () => torch.tensor([[1, 2, 0], [0, -1, 0]]) },
  triplet_margin_loss: triplets, triplet_margin_with_distance_loss: triplets, gaussian_nll_loss: { var: matrix },
  ctc_loss: {
    log_probs: () => torch.ones(3, 2, 4).mul(-1), targets: () => torch.tensor([[1, 2], [2, 1]]), input_lengths: () => [3, 3],
    target_lengths: () => [2, 1],
  },
  glu: { input: () => torch.ones(2, 4) }, gumbel_softmax: { logits: matrix },
  bilinear: { ...pairs, weight: () => torch.ones(2, 3, 3), bias: () => torch.ones(2) },
  dropout3d: { input: () => torch.ones(2, 3, 1, 2) }, orthogonal_: { tensor: matrix }, sparse_: { tensor: matrix },
  dirac_: { tensor: () => torch.ones(2, 3, 1) }, trunc_normal_: { tensor: vector, a: () => -1 },
  ...Object.fromEntries([1, 2, 3].flatMap((spatial) => {
    const common = { in_channels: () => 4, out_channels: () => 2, stride: () => 2, dilation: () => 3 };
    return [
      [`Conv${spatial}d`, { ...common, padding_mode: () => 'reflect' }],
      // These know one.
      [`ConvTranspose${spatial}d`, { ...common, output_padding: () => 1, padding_mode: () => 'zeros' }],
    ] as const;
  })),
};
const image = (spatial: number): torch.Tensor =>
  torch.arange(2 * 6 ** spatial).reshape([1, 2, ...new Array<number>(spatial).fill(6)]).float();
const poolings: Readonly<Record<string, Readonly<Record<string, () => unknown>>>> = Object.fromEntries([1, 2, 3].flatMap((spatial) => {
  const common = {
    input: () => image(spatial), kernel_size: () => 2, stride: () => 1, padding: () => 1, dilation: () => 2, ceil_mode: () => true,
    return_indices: () => true, count_include_pad: () => false, divisor_override: () => 3, output_size: () => 2, norm_type: () => 3,
    output_ratio: () => null, _random_samples: () => null,
  };
  const back = {
    ...common, output_size: () => null, padding: () => 0, indices: () => torch.zeros(image(spatial).shape, { dtype: torch.int64 }),
  };
  return [
    ...['max_pool', 'avg_pool', 'lp_pool', 'adaptive_avg_pool', 'adaptive_max_pool', 'fractional_max_pool'].flatMap((name) =>
      [`${name}${spatial}d`, `${name}${spatial}d_with_indices`]), ...['MaxPool', 'AvgPool', 'LPPool', 'AdaptiveAvgPool', 'AdaptiveMaxPool',
      'FractionalMaxPool'].map((name) => `${name}${spatial}d`),
  ].map((name): [string, Readonly<Record<string, () => unknown>>] => [name, common])
    .concat([[`max_unpool${spatial}d`, back], [`MaxUnpool${spatial}d`, back]]);
}));
const sampleOf = (name: string, callable = ''): unknown =>
  (own[callable]?.[name] ?? poolings[callable]?.[name] ?? tensors[name] ?? (() => samples[name]))();

/** Calls a function, or makes an object of a class. */
type Make = (...args: readonly unknown[]) => object | undefined;

const maker = (namespace: string, name: string): Make => (...args) => {
  torch.manual_seed(0);
  return (namespaces[namespace] as Readonly<Record<string, Make>>)[name](...args);
};

/** What a call has made of its arguments: the fields that are not random. */
function fieldsOf(made: object | undefined): unknown[] {
  if (made === undefined) return [];
  if (made instanceof Tensor) return [String(made), String(made.dtype)];
  const shown = (value: unknown): unknown => (value instanceof Tensor ? [String(value.dtype), [...value.shape], value.requires_grad]
    : Array.isArray(value) ? value.map(shown) : typeof value === 'function' || (typeof value === 'object' && value !== null) ? typeof value
      : value);
  const { defaults } = made as { readonly defaults?: object };
  return [String(made), Object.entries(made).map(([key, value]) => [key, shown(value)]), JSON.stringify(defaults)];
}

/** What gives nothing to compare, and takes two of its parameters together or not at all, has programs of its own. */
const asserting = 'torch.testing';
/** Its defaults are a model of 44 million numbers. */
const large = 'Transformer';
const together: ReadonlySet<string> = new Set(['interpolate', 'upsample', 'upsample_nearest', 'upsample_bilinear', 'instance_norm',
  'OneCycleLR', 'DistributedSampler']);
const constructed = callables.filter(([, namespace, name]) =>
  !(name in undeclared) && namespace !== asserting && !together.has(name) && name !== large
  // These ask for one of two parameters.
  && !/^fractional/i.test(name));

describe('every parameter', () => {
  it.each(constructed)('%s takes by position and by name alike', (_, namespace, name) => {
    const make = maker(namespace, name);
    const { parameters } = signatures.get(keyOf(namespace, name))!;
    const positional = parameters.filter(({ keywordOnly }) => !keywordOnly);
    const named = (from: number, to = parameters.length): Record<string, unknown> => Object.fromEntries(
      parameters.slice(from, to).map((parameter) => [parameter.name, sampleOf(parameter.name, name)]));
    expect(parameters.filter((parameter) => sampleOf(parameter.name, name) === undefined)).toEqual([]);
    const rest = named(positional.length);
    const all = fieldsOf(make(named(0)));
    for (let count = 1; count <= positional.length; count++) {
      const before = positional.slice(0, count).map((each) => sampleOf(each.name, name));
      const after = { ...named(count, positional.length), ...rest };
      expect(fieldsOf(make(...before, ...(Object.keys(after).length > 0 ? [after] : [])))).toEqual(all);
    }
    // Each by itself: as its default by position, and by name.
    const required = parameters.filter(({ byDefault }) => byDefault === undefined).length;
    // Made anew for each: a schedule changes its optimiser.
    const first = (): unknown[] => positional.slice(0, required).map((each) => sampleOf(each.name, name));
    parameters.slice(required).forEach((parameter, i) => {
      const alone = fieldsOf(make(...first(), { [parameter.name]: sampleOf(parameter.name, name) }));
      if (parameter.keywordOnly) return;
      const skipped = positional.slice(required, required + i).map(() => undefined);
      expect([parameter.name, fieldsOf(make(...first(), ...skipped, sampleOf(parameter.name, name)))]).toEqual([parameter.name, alone]);
    });
  });

  it.each(constructed)('%s refuses what it does not know, twice the same, and too much', (_, namespace, name) => {
    const make = maker(namespace, name);
    const declared = signatures.get(keyOf(namespace, name))!;
    const positional = declared.parameters.filter(({ keywordOnly }) => !keywordOnly);
    const required = positional.filter(({ byDefault }) => byDefault === undefined).map((each) => sampleOf(each.name, name));
    expect(() => make(...required, { bogus: 1 })).toThrow(`${declared.name}() got an unexpected keyword argument 'bogus'`);
    const all = positional.map((each) => sampleOf(each.name, name));
    const self = keyOf(namespace, name).endsWith('__') ? 1 : 0;
    expect(() => make(...all, 1)).toThrow(new RegExp(`takes .*positional arguments? but ${all.length + 1 + self} (were|was) given`));
    if (positional.length > 0) {
      const [{ name: doubled }] = positional;
      expect(() => make(...all, { [doubled]: sampleOf(doubled, name) })).toThrow(`got multiple values for argument '${doubled}'`);
    }
    const isBuiltin = namespace === 'torch.nn.functional' && name in fixtures[`${namespace} (built in)`];
    if (required.length > 0) {
      // Some of those that are built in there speak as Python's functions do.
      const missing = isBuiltin ? /missing \d+ required positional arguments?: ['"]/ : /missing \d+ required positional arguments?: '/;
      expect(() => make()).toThrow(missing);
    }
  });
});
