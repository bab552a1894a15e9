import * as differences from '../../src/torch/functions/differences.ts';
import * as distribution from '../../src/torch/functions/distribution.ts';
import * as incompleteGamma from '../../src/torch/functions/incompleteGamma.ts';
import * as segments from '../../src/torch/functions/segments.ts';
import * as slices from '../../src/torch/functions/slices.ts';
import * as special from '../../src/torch/special/index.ts';
import * as specialFunctions from '../../src/torch/functions/specialFunctions.ts';
import type { Tensor } from '../../src/torch/index.ts';
import type { Area } from './gradientCalls.ts';
import { indices, real, vector } from './gradientCalls.ts';

/** The gradients of special functions, of parts of tensors, and of what is gathered from them. */

const x = real([5]);
const positive = real([5], 0, [0.3, 2.8]);
const small = real([5], 0, [-0.8, 0.8]);
const inside = real([5], 0, [0.1, 0.9]);
const table = real([2, 3], 2);
const square = real([3, 3], 1);

// In place they would write into what has no gradient.
const ofGamma = {
  igamma: (input: Tensor, other: Tensor) => incompleteGamma.igamma(input, other),
  igammac: (input: Tensor, other: Tensor) => incompleteGamma.igammac(input, other),
};
const { sliceOf: _slice, ...ofSlices } = slices;
const { inFloats: _in, pairInFloats: _pair, timesLogarithm: _times, orderOf: _order, ...elements } = specialFunctions;

const ofElements: Area = {
  modules: { elements, ofGamma },
  calls: {
    rsqrt: [[positive]], lgamma: [[positive], [vector(-0.4, -1.3, 12, 14)]], digamma: [[positive], [vector(-0.4, -1.3, 11)]],
    erfinv: [[small]], i0: [[x], [vector(9, -10)]], sinc: [[x]], frac: [[x]], deg2rad: [[x]], rad2deg: [[x]],
    logit: [[inside], [inside, 0.2], [inside, { eps: 0.25 }]],
    xlogy: [[x, positive], [2.5, positive], [x, 2.5]], ldexp: [[x, real([5], 1)]], float_power: [[positive, 2.5], [2.5, x], [positive, x]],
    nan_to_num: [[x], [vector(1.5, -2, 0.3), 1, 2, 3]], polygamma: [[positive, 0], [positive, 1], [positive, 2], [positive, 3]],
    mvlgamma: [[real([4], 0, [2.1, 4]), 1], [real([4], 0, [2.1, 4]), 3]], logaddexp2: [[x, real([5], 1)], [table, real([3], 3)]],
    logcumsumexp: [[x, 0], [table, 1], [table, { dim: 0 }]], positive: [[x]], frexp: [[x]],
    igamma: [[real([5], 0, [0.4, 3]).constant, positive]], igammac: [[real([5], 0, [0.4, 3]).constant, positive]],
  },
  complex: ['rsqrt'],
  without: {
    'boolean results': ['isposinf', 'isneginf', 'isreal'], 'integers only': ['gcd', 'lcm'], 'not differentiable in PyTorch': ['heaviside'],
  },
};

const {
  airy_ai, bessel_j0, bessel_j1, bessel_y0, bessel_y1, i0e, i1, i1e, modified_bessel_i0, modified_bessel_i1, modified_bessel_k0,
  modified_bessel_k1, scaled_modified_bessel_k0, scaled_modified_bessel_k1, spherical_bessel_j0, erfcx, ndtri, log_ndtr, ndtr, xlog1py,
  entr, zeta,
} = special;

const ofSpecial: Area = {
  modules: {
    special: {
      airy_ai, bessel_j0, bessel_j1, bessel_y0, bessel_y1, i0e, i1, i1e, modified_bessel_i0, modified_bessel_i1, modified_bessel_k0,
      modified_bessel_k1, scaled_modified_bessel_k0, scaled_modified_bessel_k1, spherical_bessel_j0, erfcx, ndtri, log_ndtr, ndtr, xlog1py,
      entr, zeta,
    },
  },
  calls: {
    i0e: [[x], [vector(9, -10)]], i1: [[x], [vector(9, -10)]], i1e: [[x], [vector(9, -10)]], modified_bessel_i0: [[x]],
    modified_bessel_i1: [[x]], erfcx: [[x], [vector(5, 6)]], ndtri: [[inside], [vector(0.05, 0.95)]], log_ndtr: [[x], [vector(-5, 3)]],
    ndtr: [[x]], xlog1py: [[x, positive], [2.5, positive], [x, 2.5]], entr: [[positive]],
    zeta: [[2.5, positive], [real([5], 0, [1.4, 3]).constant, positive]],
  },
  without: {
    'not differentiable in PyTorch': [
      'airy_ai', 'bessel_j0', 'bessel_j1', 'bessel_y0', 'bessel_y1', 'modified_bessel_k0', 'modified_bessel_k1',
      'scaled_modified_bessel_k0', 'scaled_modified_bessel_k1', 'spherical_bessel_j0',
    ],
  },
};

const { gradient, ...withoutLists } = differences;
const slopes = (...args: Parameters<typeof gradient>) => gradient(...args);

const ofParts: Area = {
  modules: { ofSlices, differences: { ...withoutLists, gradient: slopes }, distribution, segments },
  calls: {
    slice_scatter: [[x, real([2], 1), 0, 1, 3], [table, real([2, 2], 1), { dim: 1, step: 2 }]],
    select_scatter: [[table, real([3], 1), 0, 1]], diagonal_scatter: [[square, real([3])], [square, real([2]), 1]],
    as_strided: [[x, [3, 2], [1, 1]], [table, [2, 2], [1, 2], 1]], as_strided_copy: [[x, [2], [2]]],
    as_strided_scatter: [[x, real([2], 1), [2], [2], 1]],
    diff: [[x], [table, 2], [table, { dim: 0 }], [x, 1, 0, real([2], 1), real([1], 2)]],
    trapezoid: [[x], [table, { dx: 0.5, dim: 0 }], [x, real([5], 1)]], cumulative_trapezoid: [[table], [x, real([5], 1)]],
    gradient: [[x], [square], [square, { dim: 1, spacing: 2 }], [x, { edge_order: 2 }]],
    cov: [[table], [square, { correction: 0 }]], corrcoef: [[real([2, 4], 3)]],
    quantile: [[x, 0.3], [table, 0.4, 1], [table, vector(0.2, 0.7).constant, { dim: 0, keepdim: true }]],
    nanquantile: [[x, 0.3], [table, 0.4, 1]],
    scatter_reduce: ['sum', 'prod', 'mean', 'amax', 'amin'].flatMap((how) => [true, false].map((include_self) =>
      [table, 1, indices([0, 1, 0, 2, 2, 1], [2, 3]), real([2, 3], 5), how, { include_self }])),
    index_reduce: ['prod', 'mean', 'amax', 'amin'].map((how) => [square, 0, indices([0, 0]), real([2, 3], 5), how]),
    renorm: [[table, 2, 0, 1], [table, 1, 1, 2]],
    addbmm: [[real([2, 2]), real([2, 2, 3], 1), real([2, 3, 2], 2), { beta: 0.5, alpha: 2 }]],
    put: [[table, indices([0, 4]), real([2], 3)], [table, indices([0, 0]), real([2], 3), true]],
    sum_to_size: [[table, 1, 3], [table, 3]],
  },
  without: { 'counts and places': ['histc', 'histogram', 'histogramdd', 'nonzero_static'] },
};

export const areas: Readonly<Record<string, Area>> = {
  'special functions': ofElements, 'torch.special': ofSpecial, 'parts and what is gathered': ofParts,
};
