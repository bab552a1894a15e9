import * as allActivations from '../../src/torch/nn/functional/activation.ts';
import * as convolution from '../../src/torch/functions/convolution.ts';
import * as functional from '../../src/torch/nn/functional/index.ts';
import * as torch from '../../src/torch/index.ts';
import type { Area } from './gradientCalls.ts';
import { indices, real, vector } from './gradientCalls.ts';

/** The gradients of torch.nn.functional: layers, activations and losses. */

const x = real([3, 4]);
const target = real([3, 4], 1);
const weight = real([4], 2, [0.4, 1.6]);
const bias = real([4], 3);
const probabilities = real([3, 4], 4, [0.1, 0.9]);
const wanted = real([3, 4], 5, [0.1, 0.9]);
const classes = indices([2, 0, 3]);
const images = real([2, 3, 2, 2], 6);
const pixels = indices([0, 2, 1, 1, 0, 2, 2, 0], [2, 2, 2]);
const large = vector(-30, -3.5, -0.7, 0.2, 1.9, 3.5, 30);
const reductions = ['none', 'mean', 'sum'];

const seeded = (f: (...args: never[]) => unknown) => (...args: unknown[]): unknown => {
  torch.manual_seed(3);
  return f(...args as never[]);
};

const layers = {
  threshold: functional.threshold, prelu: functional.prelu, softmax: functional.softmax, softmin: functional.softmin,
  log_softmax: functional.log_softmax, linear: functional.linear, flatten: functional.flatten,
  dropout: seeded(functional.dropout), feature_dropout: seeded(functional.feature_dropout), embedding: functional.embedding,
  normalize: functional.normalize, cosine_similarity: functional.cosine_similarity, layer_norm: functional.layer_norm,
  batch_norm: functional.batch_norm,
};

const activations = Object.fromEntries(Object.entries(allActivations).filter(([name]) => !Object.hasOwn(layers, name)));

const activationsArea: Area = {
  modules: { activations },
  calls: {
    relu: [[x]],
    hardtanh: [[x], [x, -0.5, 1.5]],
    relu6: [[vector(-1, 2, 7)]],
    leaky_relu: [[x], [x, 0.3]],
    elu: [[x], [x, 1.7]],
    celu: [[x], [x, 1.7]],
    selu: [[x]],
    gelu: [[x], [large], [x, { approximate: 'tanh' }]],
    silu: [[x], [large]],
    mish: [[x], [large]],
    softplus: [[x], [large], [x, 2, 1.5]],
    softsign: [[x]],
    tanhshrink: [[x]],
    tanh: [[x]],
    sigmoid: [[x]],
    hardsigmoid: [[large]],
    hardswish: [[large]],
    logsigmoid: [[x], [large]],
    softshrink: [[x], [x, 0.9]],
    hardshrink: [[x], [x, 0.9]],
  },
  without: {},
};

const inPlace = {
  threshold_: (input: torch.Tensor) => functional.threshold(input, 0.1, 20, true),
  dropout_: seeded((input: torch.Tensor) => functional.dropout(input, { p: 0.4, inplace: true })),
};

const layersArea: Area = {
  modules: { layers, inPlace },
  calls: {
    threshold: [[x, 0.1, 20]],
    threshold_: [[x]],
    dropout_: [[x]],
    prelu: [[x, vector(0.3)], [x, weight], [images, real([3], 7)], [real([5]), vector(0.3)]],
    softmax: [[x, 1], [images, 1]],
    softmin: [[x, 1]],
    log_softmax: [[x, 1], [images, 1]],
    linear: [
      [x, real([2, 4], 2)], [x, real([2, 4], 2), real([2], 3)], [real([4]), real([2, 4], 2), real([2], 3)], [real([4]), real([2, 4], 2)],
      [real([2, 3, 4]), real([2, 4], 2), real([2], 3)],
    ],
    flatten: [[images], [images, 1], [images, 1, 2]],
    dropout: [[x, 0.4], [x, 1], [x, { p: 0.4, training: false }]],
    feature_dropout: [[images, 0.4]],
    embedding: [
      [indices([1, 0, 1, 2], [2, 2]), real([3, 2])], [indices([2, 0, 2]), real([3, 2]), { padding_idx: 1 }],
    ],
    normalize: [[x], [x, { p: 3, dim: 0 }], [x, { p: 1 }]],
    cosine_similarity: [[x, target], [x, target, { dim: 0 }]],
    layer_norm: [
      [x, [4]], [x, [4], { weight, bias }], [x, [3, 4], { eps: 0.1 }],
      [real([2, 3, 2]), [3, 2], { weight: real([3, 2], 1), bias: real([3, 2], 2) }],
    ],
    batch_norm: [
      [x, null, null, { training: true }], [images, null, null, { weight: real([3], 7), bias: real([3], 8), training: true, eps: 0.1 }],
      [x, bias.constant, weight.constant, { weight, bias }], [images, real([3], 1).constant, real([3], 2, [0.5, 2]).constant],
    ],
  },
  writers: ['threshold_', 'dropout_'],
  without: {},
};

const lossesArea: Area = {
  modules: { functional },
  calls: {
    mse_loss: [...reductions.map((reduction) => [x, target, { reduction }]), [x, bias]],
    l1_loss: reductions.map((reduction) => [x, target, { reduction }]),
    smooth_l1_loss: [...reductions.map((reduction) => [x, target, { reduction }]), [x, target, { beta: 2 }]],
    huber_loss: [...reductions.map((reduction) => [x, target, { reduction }]), [x, target, { delta: 2 }]],
    binary_cross_entropy: [
      ...reductions.map((reduction) => [probabilities, wanted, { reduction }]), [probabilities, wanted, { weight: weight.constant }],
    ],
    binary_cross_entropy_with_logits: [
      ...reductions.map((reduction) => [x, wanted, { reduction }]),
      ...reductions.map((reduction) => [x, wanted, { weight: weight.constant, pos_weight: weight.constant, reduction }]),
    ],
    kl_div: [
      ...[...reductions, 'batchmean'].map((reduction) => [x, wanted, { reduction }]),
      ...[...reductions, 'batchmean'].map((reduction) => [x, target, { reduction, log_target: true }]),
    ],
    nll_loss: [
      ...reductions.map((reduction) => [x, classes, { reduction }]), [x, classes, { weight: weight.constant }],
      [x, classes, { ignore_index: 0 }], [x, classes, { weight: weight.constant, ignore_index: 3 }], [real([4]), indices([2], [])],
      ...reductions.map((reduction) => [images, pixels, { reduction }]),
    ],
    cross_entropy: [
      ...reductions.map((reduction) => [x, classes, { reduction }]), [x, classes, { weight: weight.constant }],
      ...reductions.map((reduction) => [x, classes, { weight: weight.constant, ignore_index: 3, label_smoothing: 0.2, reduction }]),
      ...reductions.map((reduction) => [x, wanted, { reduction }]), [x, wanted, { weight, label_smoothing: 0.2 }],
      [images, pixels], [real([4]), indices([2], [])],
    ],
  },
  without: {
    'tried above': [...Object.keys(activations), ...Object.keys(layers), ...Object.keys(convolution)],
    'integer results': ['one_hot'],
  },
};

const convolutionsArea: Area = {
  modules: { convolution },
  calls: {
    conv1d: [[real([2, 2, 5]), real([3, 2, 3], 1), real([3], 2)], [real([2, 4, 5]), real([2, 2, 2], 1), null, 2, 1, 2, 2]],
    conv2d: [
      [real([1, 2, 3, 4]), real([2, 2, 2, 3], 1), real([2], 2), { padding: [1, 0], stride: [1, 2] }],
      [real([2, 3, 3]), real([2, 2, 2, 2], 1), { padding: 'same' }],
    ],
    conv3d: [[real([1, 2, 2, 3, 2]), real([2, 1, 2, 2, 1], 1), null, { groups: 2, dilation: [1, 2, 1] }]],
    conv_transpose1d: [[real([2, 2, 3]), real([2, 2, 3], 1), real([2], 2), 2, 1, 1]],
    conv_transpose2d: [
      [real([1, 2, 2, 3]), real([2, 1, 2, 2], 1), real([2], 2), { stride: 2, groups: 2 }],
      [real([2, 2, 2]), real([2, 2, 2, 2], 1), { dilation: 2 }],
    ],
    conv_transpose3d: [[real([1, 1, 2, 2, 2]), real([1, 2, 2, 1, 2], 1), null, { padding: [1, 0, 0] }]],
  },
  complex: ['conv1d', 'conv_transpose1d'],
  without: {},
};

export const areas: Readonly<Record<string, Area>> = {
  activations: activationsArea,
  layers: layersArea,
  losses: lossesArea,
  convolutions: convolutionsArea,
};
