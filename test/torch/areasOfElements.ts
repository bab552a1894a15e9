import * as arithmetic from '../../src/torch/functions/arithmetic.ts';
import * as comparing from '../../src/torch/functions/comparison.ts';
import * as components from '../../src/torch/functions/complex.ts';
import * as converting from '../../src/torch/tensor/conversions.ts';
import * as parallelism from '../../src/torch/functions/parallelism.ts';
import * as searching from '../../src/torch/functions/searching.ts';
import * as tensors from '../../src/torch/functions/tensors.ts';
import * as utilities from '../../src/torch/functions/utilities.ts';
import * as torch from '../../src/torch/index.ts';
import * as pointwise from '../../src/torch/pointwise.ts';
import * as powers from '../../src/torch/functions/powers.ts';
import * as sampling from '../../src/torch/functions/random/sampling.ts';
import type { Area, Call } from './gradientCalls.ts';
import { mask, real, vector } from './gradientCalls.ts';

/** Element by element: the gradients of arithmetic, of the pointwise functions, and of conversions. */

const x = real([5]);
const y = real([5], 1);
const positive = real([5], 0, [0.3, 2.8]);
const other = real([5], 1, [0.5, 2]);
const small = real([5], 0, [-0.8, 0.8]);
const table = real([2, 3], 2);
const row = real([3], 3);
const number = new torch.Complex(0.5, -1.5);

const onAny = ['neg', 'abs', 'exp', 'exp2', 'expm1', 'square', 'sin', 'cos', 'atan', 'sinh', 'cosh', 'tanh', 'asinh',
  'sigmoid', 'relu', 'erf', 'erfc', 'sign', 'sgn', 'conj_physical', 'floor', 'ceil', 'trunc'];
const onPositive = ['log', 'log2', 'log10', 'sqrt', 'reciprocal', 'log1p'];
const onSmall = ['asin', 'acos', 'atanh', 'tan'];
const onPairs = ['mul', 'maximum', 'minimum', 'fmax', 'fmin', 'logaddexp', 'copysign'];
const onPositivePairs = ['remainder', 'fmod', 'true_divide', 'atan2', 'hypot'];

const each = (names: readonly string[], ...calls: Call[]): Record<string, readonly Call[]> =>
  Object.fromEntries(names.map((name) => [name, calls]));

const pointwiseArea: Area = {
  modules: { pointwise, powers },
  calls: {
    ...each(onAny, [x], [table]), ...each(onPositive, [positive]), ...each(onSmall, [small]), acosh: [[real([5], 0, [1.3, 3])]],
    ...each(onPairs, [x, y], [table, row], [real([1, 3]), real([2, 1], 1)]),
    ...each(onPositivePairs, [positive, other], [real([2, 3], 0, [1.1, 2.9]), real([3], 2, [0.5, 0.9])]),
    mul: [[x, y], [table, row], [row, table], [x, 2.5], [x.complex, number]],
    true_divide: [
      [x, other], [x, 2.5], [2.5, other], [x.complex, number], [number, other.complex],
      [row, real([2, 3], 4, [0.5, 2])],
    ],
    lerp: [[x, y, other], [x, y, 0.25], [table, row, real([2, 1], 1)]],
    pow: [
      ...[2, 3, 1, 0, -1, -2, 0.5, -0.5, 1.7, 4].map((exponent): Call => [positive, exponent]),
      ...[2, 3, 1, 4].map((exponent): Call => [x, exponent]), [vector(0, 1.5, -2), 2], [vector(0, 1.5), 3], [vector(0, 1.5), 0],
      [positive, other], [2.5, x], [positive.complex, number], [number, x.complex], [-2, x.complex],
      [real([2, 3], 1, [0.4, 2]), row],
    ],
  },
  complex: [
    'neg', 'exp', 'square', 'sin', 'cos', 'sinh', 'cosh', 'tanh', 'log', 'sqrt', 'reciprocal', 'mul', 'true_divide', 'abs', 'conj_physical',
    'sgn', 'pow',
  ],
  without: {
    'boolean results': [
      'isnan', 'isinf', 'isfinite', 'signbit', 'eq', 'ne', 'lt', 'le', 'gt', 'ge', 'logical_and', 'logical_or',
      'logical_xor', 'logical_not',
    ],
    'integers only': ['bitwise_not', 'bitwise_and', 'bitwise_or', 'bitwise_xor', 'bitwise_left_shift', 'bitwise_right_shift'],
    'not differentiable in PyTorch': ['floor_divide', 'nextafter'],
  },
};

const arithmeticArea: Area = {
  modules: { arithmetic, parallelism, searching, tensors, utilities, comparing },
  calls: {
    add: [
      [x, y], [table, row], [row, table], [x, 2], [x, y, { alpha: 2.5 }], [2, y, { alpha: -1.5 }], [x.complex, number],
    ],
    sub: [[x, y], [table, row], [row, table], [x, 2], [x, y, { alpha: 2.5 }], [2, y, { alpha: -1.5 }]],
    rsub: [[x, y], [table, row], [row, table], [x, 2], [x, y, { alpha: 2.5 }]],
    div: [[x, other], [x, 2], [2, other], [x, other, { rounding_mode: 'floor' }], [x, other, { rounding_mode: 'trunc' }]],
    clamp: [
      [x, -1, 1.2], [x, { min: -0.4 }], [x, { max: 0.4 }], [x, vector(-1, -0.5, -2, 0.2, -0.7), vector(-0.5, 1.1, 2.1, 0.9, 0.3)],
      [table, { min: row }], [table, { max: row }], [table, real([1, 1], 5), 1.5],
    ],
    clamp_min: [[x, -0.4], [table, row]],
    clamp_max: [[x, 0.4], [table, row]],
    addcmul: [[x, y, other], [x, y, other, { value: 2.5 }], [table, row, real([2, 1])]],
    addcdiv: [[x, y, other], [x, y, other, { value: 2.5 }], [table, row, real([2, 1], 0, [0.5, 2])]],
    round: [[x], [x, { decimals: 1 }], [x, { decimals: -1 }]],
    where: [
      [mask([1, 0, 1, 1, 0]), x, y], [mask([1, 0, 1]), table, 2], [mask([1, 0], [2, 1]), row, real([])],
    ],
  },
  complex: ['add', 'sub', 'rsub', 'addcmul', 'addcdiv', 'where'],
  without: {
    'boolean results': ['isin', 'isclose', 'allclose', 'equal', 'is_same_size', 'is_nonzero'],
    'integer results': ['searchsorted', 'bucketize'],
    'outside of the graph': ['detach'],
    'no tensor': [
      'is_tensor', 'numel', 'is_floating_point', 'is_complex', 'result_type', 'promote_types', 'can_cast', 'get_num_threads',
      'set_num_threads',
    ],
  },
};

const complex = real([2, 3]).complex;

const componentsAndConversionsArea: Area = {
  modules: { components, converting },
  calls: {
    real: [[x], [complex]],
    imag: [[complex]],
    view_as_real: [[complex]],
    view_as_complex: [[real([3, 2])]],
    complex: [[x, y], [table, row]],
    // PyTorch's gradient takes moduli for what they are, not negative.
    polar: [[positive, y], [real([2, 3], 2, [0.3, 2.8]), row]],
    angle: [[x], [complex]],
    conj: [[x], [complex]],
    resolve_conj: [[complex]],
    adjoint: [[table], [complex]],
    to: [[x, torch.float64], [x, torch.complex128], [x, { copy: true }]],
    type: [[x, torch.complex128]],
    type_as: [[x, complex.constant]],
    double: [[x]],
    cdouble: [[x], [complex]],
  },
  without: {
    'integer and boolean results': ['long', 'int', 'short', 'char', 'byte', 'bool'],
    'results too coarse for differences': ['float', 'half', 'bfloat16', 'cfloat'],
    'other devices, which have suites of their own': ['cuda', 'cpu'],
  },
};

const seededBernoulli = (input: torch.Tensor): torch.Tensor => {
  torch.manual_seed(3);
  return sampling.bernoulli(input);
};

const drawsArea: Area = {
  modules: { sampling: { ...sampling, bernoulli: seededBernoulli } },
  calls: { bernoulli: [[real([5], 0, [0.1, 0.9])]] },
  without: { 'integer results': ['multinomial'] },
};

export const areas: Readonly<Record<string, Area>> = {
  pointwise: pointwiseArea,
  arithmetic: arithmeticArea,
  'components and conversions': componentsAndConversionsArea,
  draws: drawsArea,
};
