import * as extremes from '../../src/torch/functions/orderStatistics.ts';
import * as indexing from '../../src/torch/functions/indexing.ts';
import * as joining from '../../src/torch/functions/joining.ts';
import * as contraction from '../../src/torch/functions/contraction.ts';
import * as products from '../../src/torch/functions/blas.ts';
import * as rearrange from '../../src/torch/functions/rearranging.ts';
import * as reductions from '../../src/torch/functions/reductions.ts';
import * as searching from '../../src/torch/functions/sorting.ts';
import * as shape from '../../src/torch/functions/shape.ts';
import * as sizes from '../../src/torch/arguments/sizes.ts';
import * as tensorOnly from '../../src/torch/tensor/tensorOnly.ts';
import type { Area } from './gradientCalls.ts';
import { indices, mask, real, vector } from './gradientCalls.ts';

/** The gradients of everything that is not element by element: reductions, order, products, shapes and indices. */

const v = real([4]);
const w = real([4], 1);
const table = real([3, 4], 2);
const other = real([3, 4], 3);
const block = real([2, 3, 2], 4);
const scalar = real([], 5);
const withZeros = vector(1.5, 0, -0.7, 2);

const reductionsArea: Area = {
  modules: { reductions },
  calls: {
    sum: [[table], [table, 1], [table, [0, 1], true], [table, { dim: -1, keepdim: true }], [scalar]],
    mean: [[table], [table, 1], [block, [0, 2], true], [scalar]],
    prod: [[table], [table, 1], [table, 0, true], [withZeros], [vector(0, 1.5, 0, 2)], [scalar]],
    var: [[table], [table, 1], [table, { dim: [0, 1], correction: 0, keepdim: true }], [table, { dim: 0, unbiased: false }]],
    std: [[table], [table, 1], [table, { dim: [0, 1], correction: 0, keepdim: true }], [table, { dim: 0, unbiased: false }]],
    var_mean: [[table], [table, { dim: 1, correction: 0, keepdim: true }]],
    std_mean: [[table], [table, { dim: 1, correction: 0, keepdim: true }]],
    cumsum: [[table, 0], [table, -1], [scalar, 0]],
    cumprod: [[table, 0], [table, -1], [withZeros, 0], [scalar, 0]],
    logsumexp: [[table, 1], [table, [0, 1], true], [scalar, 0]],
    softmax: [[table, 1], [table, 0], [block, 1], [scalar, 0]],
    log_softmax: [[table, 1], [table, 0], [block, 1], [scalar, 0]],
    norm: [
      [table], [table, 'fro', 1], [table, 1], [table, 3, 0, true], [table, 1.5, 1], [table, 0.5], [table, -1], [table, Infinity],
      [table, -Infinity, 1], [table, 0], [scalar],
    ],
    dist: [[table, other], [v, w, 1], [v, w, 3], [v, w, Infinity], [table, v]],
    nansum: [[vector(1, NaN, 2)], [table, 1, true]],
    nanmean: [[vector(1, NaN, 2)], [table, 1, true]],
  },
  complex: ['sum', 'mean', 'prod', 'var', 'std', 'var_mean', 'std_mean', 'cumsum', 'cumprod', 'norm', 'dist'],
  without: { 'boolean and integer results': ['any', 'all', 'count_nonzero'] },
};

const extremesAndOrderArea: Area = {
  modules: { extremes, searching },
  calls: {
    max: [[table], [table, 1], [table, 0, true], [table, other], [scalar], [scalar, 0]],
    min: [[table], [table, 1], [table, 0, true], [table, other], [scalar], [scalar, 0]],
    amax: [[table], [table, 1], [table, [0, 1], true]],
    amin: [[table], [table, 1], [table, [0, 1], true]],
    aminmax: [[table], [table, { dim: 1, keepdim: true }]],
    cummax: [[table, 0], [table, 1], [scalar, 0]],
    cummin: [[table, 0], [table, 1], [scalar, 0]],
    median: [[table], [table, 1], [table, 0, true], [scalar, 0]],
    nanmedian: [[vector(1, NaN, 2, 3)], [table, 1], [real([2, 3]), 0, true]],
    mode: [[table, 1], [table, 0, true]],
    sort: [[table, 1], [table, 0, true], [scalar, 0]],
    msort: [[table]],
    topk: [[table, 2], [table, 2, 0, false], [scalar, 1]],
    kthvalue: [[table, 2], [table, 2, 0, true], [scalar, 1]],
  },
  without: {
    'integer results': ['argmax', 'argmin', 'argsort', 'argwhere', 'nonzero'],
    'not differentiable in PyTorch': ['unique', 'unique_consecutive', 'bincount'],
  },
};

const square = real([3, 3], 6);
const batch = real([2, 2, 3], 7);
const batch2 = real([2, 3, 2], 8);

const productsArea: Area = {
  modules: { contraction, products },
  calls: {
    mm: [[table, real([4, 2], 1)]],
    mv: [[table, v]],
    bmm: [[batch, batch2]],
    dot: [[v, w]],
    vdot: [[v, w]],
    matmul: [
      [v, w], [table, v], [real([3]), table], [table, real([4, 2])], [batch, batch2], [batch, real([3])], [batch, real([3, 2])],
      [real([3]), batch2], [real([2, 1, 2, 3]), real([3, 3, 2], 1)],
    ],
    inner: [[v, w], [table, v], [table, other], [scalar, v]],
    outer: [[v, real([3])]],
    addmm: [
      [real([3, 2]), table, real([4, 2], 1)], [real([2]), table, real([4, 2], 1), { beta: 0.5, alpha: 2 }],
      [real([3, 2]), table, real([4, 2], 1), { beta: 0 }],
    ],
    addmv: [[real([3]), table, v], [real([1]), table, v, { beta: 0.5, alpha: 2 }], [scalar, table, v]],
    addr: [[real([4, 3]), v, real([3], 1)], [real([3]), v, real([3], 1), { beta: 0.5, alpha: 2 }]],
    baddbmm: [[real([2, 2, 2]), batch, batch2], [real([2, 1]), batch, batch2, { beta: 0.5, alpha: 2 }]],
    einsum: [
      ['ij,jk->ik', table, real([4, 2])], ['ij->ji', table], ['ij->j', table], ['ii->', square], ['ii->i', square], ['i,j->ij', v, w],
      ['bij,bjk->bik', batch, batch2], ['ij,ij,ij->i', table, other, table], ['...i,i', batch, real([3])],
    ],
    tensordot: [[table, real([4, 2]), 1], [batch, batch2, [[2, 0], [1, 0]]], [real([1, 4]), table, [[0, 1], [0, 1]]], [v, w, 0]],
    trace: [[square], [table], [real([4, 3])]],
    cross: [[real([2, 3]), real([2, 3], 1)], [real([3, 2]), real([3, 1], 1), 0]],
    kron: [[real([2, 2]), real([2, 3], 1)], [v, table]],
  },
  complex: [
    'mm', 'mv', 'bmm', 'dot', 'vdot', 'matmul', 'inner', 'outer', 'addmm', 'addmv', 'addr', 'baddbmm', 'einsum', 'tensordot', 'trace',
    'cross', 'kron',
  ],
  without: {},
};

const shapesArea: Area = {
  modules: { shape, sizes, tensorOnly },
  calls: {
    reshape: [[table, 2, -1], [table, [12]]],
    flatten: [[block], [block, 1], [block, 0, 1], [scalar]],
    unflatten: [[table, 1, [2, -1]]],
    ravel: [[block]],
    clone: [[table]],
    transpose: [[table, 0, 1], [block, 0, 2]],
    t: [[table], [v]],
    permute: [[block, 2, 0, 1], [block, [1, 0, 2]]],
    movedim: [[block, 0, 2], [block, [0, 1], [2, 0]]],
    squeeze: [[real([1, 3, 1])], [real([1, 3, 1]), 0], [real([1, 3, 1]), [0, 2]]],
    unsqueeze: [[table, 1], [table, -1]],
    broadcast_to: [[real([3, 1]), [2, 3, 4]], [scalar, [2]]],
    select: [[table, 1, 2], [table, 0, -1]],
    narrow: [[table, 1, 1, 2]],
    unbind: [[table], [table, 1]],
    diagonal: [[table], [table, 1], [block, -1, 1, 2]],
    split: [[table, 3, 1], [table, [1, 3], 1], [table, 2]],
    chunk: [[table, 2, 1], [table, 2]],
    tensor_split: [[table, 3, 1], [table, [1, 3], 1]],
    hsplit: [[table, 2]],
    vsplit: [[table, [1, 2]]],
    dsplit: [[block, 2]],
    expanded: [[real([3, 1]), [2, 3, 4]]],
    view: [[table, 2, 6]],
    view_as: [[table, real([2, 6]).constant]],
    reshape_as: [[table, real([2, 6]).constant]],
    expand: [[real([3, 1]), 2, -1, 4]],
    expand_as: [[real([3, 1]), real([2, 3, 4]).constant]],
    contiguous: [[table]],
    unfold: [[table, 1, 2, 1], [v, 0, 3, 1], [v, 0, 2, 2], [scalar, 0, 1, 1]],
    repeat: [[table, 2, 1], [v, 2, 3]],
    'tensorOnly.repeat_interleave': [[table, 2], [table, 2, 1]], 'tensorOnly.split': [[table, 2]],
    'tensorOnly.where': [[table, mask([1, 0, 1, 0]), other], [table, mask([1, 0, 1, 0]), 2]],
    copy_: [[table, other], [table, v], [table, scalar]],
    fill_: [[table, 2], [table, scalar], [table, scalar.constant]],
    zero_: [[table]],
  },
  complex: ['diagonal', 'unfold', 'copy_', 'fill_', 'reshape', 'transpose', 'broadcast_to', 'repeat'],
  writers: ['copy_', 'fill_', 'zero_'],
  without: {
    'no tensor': ['sized', 'quicklySized', 'listText', 'inferSize'],
    'creation': ['new_zeros', 'new_ones', 'new_empty', 'new_full', 'new_tensor'],
    'refused where a gradient is wanted': ['fill_diagonal_'],
    'refused, as shapes do not change': [
      't_', 'transpose_', 'squeeze_', 'unsqueeze_', 'resize_', 'resize_as_', 'set_', 'swapaxes_', 'swapdims_',
    ],
  },
};

const copiesInOtherPlacesArea: Area = {
  modules: { rearrange, joining },
  calls: {
    flip: [[table, 0], [block, [0, 2]]],
    fliplr: [[table]],
    flipud: [[table]],
    roll: [[table, 1], [table, 1, 1], [table, [1, 2], [0, 1]]],
    rot90: [[table], [table, 2], [table, -1], [block, 1, [1, 2]]],
    tile: [[table, 2], [v, 2, 3]],
    repeat_interleave: [[table, 2], [table, 2, 1], [table, indices([1, 0, 2]), 0], [scalar, 3]],
    diag_embed: [[v], [table, 1, 0, 2]],
    diag: [[v], [v, -1], [table], [table, 1]],
    diagflat: [[v], [real([2, 2]), 1]],
    tril: [[table], [table, 1], [block, -1]],
    triu: [[table], [table, 1], [block, -1]],
    cat: [[[table, other]], [[table, real([3, 1]), table], 1]],
    stack: [[[v, w]], [[v, w, v], 1]],
    hstack: [[[v, real([2])]], [[table, other]]],
    vstack: [[[v, table]]],
    dstack: [[[table, other]], [[v, w]]],
    column_stack: [[[real([3]), table]]],
    atleast_1d: [[scalar], [v]],
    atleast_2d: [[scalar], [v]],
    atleast_3d: [[scalar], [v], [table]],
    broadcast_tensors: [[v, real([3, 1])]],
    meshgrid: [[v, real([3])], [v, real([3]), { indexing: 'xy' }]],
    cartesian_prod: [[real([2]), real([3], 1)], [v]],
    block_diag: [[table, scalar, v]],
  },
  complex: ['flip', 'roll', 'rot90', 'diag_embed', 'diag', 'tril', 'cat', 'stack', 'block_diag', 'repeat_interleave'],
  without: { 'no tensor': ['broadcast_shapes'] },
};

const places = indices([0, 3, 3, 1, 2, 0], [3, 2]);
const repeated = indices([0, 0, 3, 1, 2, 2], [3, 2]);
const source = real([3, 2], 9);

const indicesArea: Area = {
  modules: { indexing },
  calls: {
    at: [
      [table, 1], [table, '1:', '::2'], [table, [0, 2, 0], [1, 1, 3]], [table, mask([1, 0, 1])], [table, '...', null, 1],
      [table, ':', indices([0, 0, 2])],
    ],
    set: [
      [table, ['1:', 0], real([2], 1)], [table, [[0, 2]], real([2, 4], 1)], [table, [mask([1, 0, 1])], 0],
      [table, [0], scalar], [table, [1, 2], 5],
    ],
    index_select: [[table, 1, indices([3, 0, 3])], [scalar, 0, indices([0])]],
    masked_select: [[table, mask([1, 0, 1, 0])], [v, mask([1, 0, 1, 1])], [real([3, 1]), mask([1, 0, 1, 0])]],
    masked_fill: [[table, mask([1, 0, 1, 0]), 2], [table, mask([1, 0, 1, 0]), scalar]],
    masked_scatter: [[table, mask([1, 0, 1, 0]), real([7])], [table, mask([1, 0, 1], [3, 1]), other]],
    gather: [[table, 1, places], [v, 0, indices([2, 2, 0])]],
    scatter: [[table, 1, places, source], [table, 1, places, 2], [table, 1, repeated, source, { reduce: 'add' }]],
    scatter_add: [[table, 1, repeated, source]],
    index_add: [[table, 1, indices([0, 0, 3]), real([3, 3])], [table, 0, indices([2, 1]), real([2, 4]), { alpha: 2.5 }]],
    index_copy: [[table, 1, indices([0, 3]), real([3, 2])], [table, 0, indices([2, 1]), real([2, 4])]],
    index_fill: [[table, 1, indices([0, 3]), 2], [table, 0, indices([2, 1]), scalar], [table, 0, indices([1, 1]), scalar]],
    index_put: [
      [table, [indices([0, 2]), indices([1, 1])], real([2])], [table, [indices([0, 2, 0]), indices([1, 1, 1])], real([3]), true],
      [table, [mask([1, 0, 1])], v],
    ],
    take: [[table, indices([3, 0, 3])], [table, indices([3, 0, 3, 11], [2, 2])]],
    take_along_dim: [[table, indices([3, 0, 3]), null], [table, indices([0, 3, 1], [3, 1]), 1], [table, indices([0, 2, 1, 1], [1, 4]), 0]],
  },
  complex: ['at', 'set', 'gather', 'scatter', 'index_add', 'index_put', 'masked_fill', 'masked_scatter', 'take'],
  writers: ['set'],
  without: {},
};

export const areas: Readonly<Record<string, Area>> = {
  reductions: reductionsArea,
  'extremes and order': extremesAndOrderArea,
  products: productsArea,
  shapes: shapesArea,
  'copies in other places': copiesInOtherPlacesArea,
  indices: indicesArea,
};
