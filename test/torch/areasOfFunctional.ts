import * as allActivations from '../../src/torch/nn/functional/activation.ts';
import * as convolution from '../../src/torch/functions/convolution.ts';
import * as functional from '../../src/torch/nn/functional/index.ts';
import * as torch from '../../src/torch/index.ts';
import type { Area } from './gradientCalls.ts';
import { indices, mask, real, vector } from './gradientCalls.ts';

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
const queries = real([3, 3, 2], 7);
const tokens = real([3, 2, 2], 6);
const keys = real([3, 4, 2], 8);
const values = real([3, 4, 3], 9);
const signs = indices([1, -1, 1, 1, -1, -1, 1, -1, 1, -1, 1, 1], [3, 4]);
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
  batch_norm: functional.batch_norm, scaled_dot_product_attention: seeded(functional.scaled_dot_product_attention),
  multi_head_attention_forward: functional.multi_head_attention_forward,
  glu: functional.glu, gumbel_softmax: seeded(functional.gumbel_softmax), rrelu: seeded(functional.rrelu), bilinear: functional.bilinear,
  pairwise_distance: functional.pairwise_distance, pdist: functional.pdist, cdist: torch.cdist,
  dropout1d: seeded(functional.dropout1d), dropout2d: seeded(functional.dropout2d), dropout3d: seeded(functional.dropout3d),
  alpha_dropout: seeded(functional.alpha_dropout), feature_alpha_dropout: seeded(functional.feature_alpha_dropout),
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
    scaled_dot_product_attention: [
      [queries, keys, values], [queries, keys, values, { is_causal: true, scale: 0.7 }], [queries, keys, values, real([3, 4], 4)],
      [queries, keys, values, mask([1, 0, 1, 1, 0, 0, 0, 0, 1, 1, 1, 1], [3, 4])], [queries, keys, values, { dropout_p: 0.4 }],
      [real([4, 2, 3]), real([2, 3, 3], 1), real([1, 3, 2], 2), { enable_gqa: true }],
    ],
    multi_head_attention_forward: [
      [
        tokens, tokens, tokens, 2, 2, real([6, 2], 4), real([6], 5), null, null, false, 0, real([2, 2], 6), real([2], 7),
        { attn_mask: real([3, 3], 8) },
      ],
      [
        tokens, tokens, tokens, 2, 1, null, real([6], 5), real([1, 1, 2], 9), real([1, 1, 2], 10), true, 0, real([2, 2], 6), null,
        {
          use_separate_proj_weight: true, q_proj_weight: real([2, 2], 1), k_proj_weight: real([2, 2], 2), v_proj_weight: real([2, 2], 3),
          need_weights: false, key_padding_mask: mask([0, 1, 0, 0, 0, 1], [2, 3]),
        },
      ],
    ],
    glu: [[x], [images, 3]],
    gumbel_softmax: [[x], [x, 0.5, { dim: 0 }]],
    rrelu: [[x], [x, { training: true }]],
    bilinear: [[x, real([3, 2], 1), real([2, 4, 2], 2)], [x, real([3, 2], 1), real([2, 4, 2], 2), real([2], 3)]],
    pairwise_distance: [[x, target], [x, target, 3, 0.1, true]],
    pdist: [[x], [x, 3]],
    cdist: [[x, real([2, 4], 1)], [x, real([2, 4], 1), 3], [x, real([2, 4], 1), 2, 'use_mm_for_euclid_dist']],
    dropout1d: [[x, 0.4], [real([2, 3, 4]), 0.4]], dropout2d: [[images, 0.4]], dropout3d: [[images, 0.4]],
    alpha_dropout: [[x, 0.4, true]], feature_alpha_dropout: [[images, 0.4, true]],
    batch_norm: [
      [x, null, null, { training: true }], [images, null, null, { weight: real([3], 7), bias: real([3], 8), training: true, eps: 0.1 }],
      [x, bias.constant, weight.constant, { weight, bias }], [images, real([3], 1).constant, real([3], 2, [0.5, 2]).constant],
    ],
  },
  writers: ['threshold_', 'dropout_'],
  without: {},
};

const row = real([1, 2, 5]);
const image = real([1, 2, 3, 4], 1);
const volume = real([1, 1, 2, 3, 2], 2);
const channels = real([4], 3);
/** Between the middles of elements, where sampling has slopes. */
const places = real([1, 2, 2, 2], 2, [0.11, 0.83]);

const spatial = {
  pad: functional.pad, group_norm: functional.group_norm, instance_norm: functional.instance_norm, rms_norm: functional.rms_norm,
  local_response_norm: functional.local_response_norm, interpolate: functional.interpolate, upsample: functional.upsample,
  upsample_nearest: functional.upsample_nearest, upsample_bilinear: functional.upsample_bilinear,
  pixel_shuffle: functional.pixel_shuffle, pixel_unshuffle: functional.pixel_unshuffle, channel_shuffle: functional.channel_shuffle,
  grid_sample: functional.grid_sample, affine_grid: functional.affine_grid, unfold: functional.unfold, fold: functional.fold,
};

const paddings = ['zeros', 'border', 'reflection'];

const spatialArea: Area = {
  modules: { spatial },
  calls: {
    pad: [
      [x, [1, 2, 0, 1], { value: 1.5 }], [x, [-1, 2]],
      ...['reflect', 'replicate', 'circular'].flatMap((mode) => [[row, [1, 2], mode], [image, [1, 0, 2, 1], mode], [row, [2, -1], mode]]),
    ],
    group_norm: [[real([2, 4, 3]), 2], [real([2, 4]), 1, channels, real([4], 5), 0.1]],
    instance_norm: [
      [real([2, 4, 3])], [real([2, 4, 3]), { weight: channels, bias: real([4], 5), eps: 0.1 }],
      [real([2, 4, 3]), channels.constant, real([4], 2, [0.5, 2]).constant, { use_input_stats: false }],
    ],
    rms_norm: [[x, [4]], [x, [3, 4], { eps: 0.1 }], [x, [4], weight, 0.2]],
    local_response_norm: [[real([1, 4, 3]), 3, { alpha: 0.5 }], [image, 2, { alpha: 0.5, k: 2 }]],
    interpolate: [
      [row, 7], [row, 3, { mode: 'nearest-exact' }], [row, 7, { mode: 'linear' }], [row, 3, { mode: 'area' }],
      [image, [5, 3], { mode: 'bilinear' }], [image, { scale_factor: 1.5, mode: 'bicubic', align_corners: true }],
      [image, [2, 3], { mode: 'bicubic', antialias: true }], [volume, 3, { mode: 'trilinear' }],
    ],
    upsample: [[row, 7]],
    upsample_nearest: [[image, 5]],
    upsample_bilinear: [[image, 5]],
    pixel_shuffle: [[real([1, 4, 2, 1]), 2]],
    pixel_unshuffle: [[real([1, 1, 2, 4]), 2]],
    channel_shuffle: [[real([1, 4, 2]), 2]],
    grid_sample: [
      ...paddings.flatMap((padding) => ['bilinear', 'nearest', 'bicubic'].map((mode) => [image, places, mode, padding, false])),
      [image, real([1, 2, 2, 2], 3, [-1.9, 1.7]), 'bilinear', 'reflection', true],
      [volume, real([1, 1, 1, 2, 3], 4, [0.11, 0.45]), 'bilinear', 'zeros', false],
    ],
    affine_grid: [[real([2, 2, 3]), [2, 1, 2, 3], false], [real([1, 3, 4]), [1, 1, 2, 2, 1], true]],
    unfold: [[image, 2], [image, [2, 1], [1, 2], [1, 0], [2, 1]]],
    fold: [[real([1, 8, 6]), [3, 4], 2], [real([4, 8]), [3, 4], [2, 1], [1, 2], [1, 0], [2, 1]]],
  },
  complex: ['pixel_shuffle', 'pixel_unshuffle', 'channel_shuffle', 'rms_norm', 'unfold', 'fold', 'pad'],
  without: {},
};

const lossesArea: Area = {
  modules: { functional },
  calls: {
    margin_ranking_loss: reductions.map((reduction) => [x, target, signs, { margin: 0.3, reduction }]),
    hinge_embedding_loss: reductions.map((reduction) => [x, signs, { reduction }]),
    cosine_embedding_loss: reductions.map((reduction) => [x, target, indices([1, -1, 1]), { margin: -0.5, reduction }]),
    soft_margin_loss: reductions.map((reduction) => [x, wanted.constant, { reduction }]),
    multi_margin_loss: [
      ...reductions.map((reduction) => [x, classes, { reduction }]), [x, classes, { p: 2, weight: weight.constant }],
    ],
    multilabel_margin_loss: reductions.map((reduction) => [x, indices([3, 0, -1, 1, -1, 0, 0, 0, 2, 1, 0, 3], [3, 4]), { reduction }]),
    multilabel_soft_margin_loss: reductions.map((reduction) => [x, wanted, { weight: weight.constant, reduction }]),
    poisson_nll_loss: [
      ...reductions.map((reduction) => [x, wanted, { reduction }]), [probabilities, wanted.constant, { log_input: false, full: true }],
    ],
    gaussian_nll_loss: reductions.map((reduction) => [x, target, probabilities, { reduction }]),
    triplet_margin_loss: reductions.map((reduction) => [x, target, real([3, 4], 6), { margin: 3, reduction }]),
    triplet_margin_with_distance_loss: [[x, target, real([3, 4], 6), { margin: 3, swap: true }]],
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
    'tried above': [
      ...Object.keys(activations), ...Object.keys(layers).filter((name) => name in functional), ...Object.keys(spatial),
      ...Object.keys(convolution),
    ],
    'integer results': ['one_hot'],
    'held against PyTorch with their gradients: pooling.test.ts': Object.keys(functional).filter((name) => /pool/.test(name)),
    'of the softmax before it as well: losses.test.ts': ['ctc_loss'],
    'the functions without an underscore': [
      'relu_', 'elu_', 'celu_', 'selu_', 'leaky_relu_', 'hardtanh_', 'threshold_', 'rrelu_',
    ],
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
  spatial: spatialArea,
  losses: lossesArea,
  convolutions: convolutionsArea,
};
