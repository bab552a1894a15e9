import './tensor/methods.ts';
import { device as deviceClass } from './device.ts';
import { Generator as GeneratorClass } from './functions/random/random.ts';
import { callable } from '../core/callable.ts';

/** PyTorch: tensors that record how they were computed, and the functions on them. */

export { Complex } from '../core/complex.ts';
export { slice } from '../core/indexing/index.ts';
export * from './functions/arithmetic.ts';
export { from_numpy } from './bridge.ts';
export * as autograd from './autograd/index.ts';
export { enable_grad, inference_mode, is_grad_enabled, no_grad, set_grad_enabled } from './autograd/gradients.ts';
export * from './functions/comparison.ts';
export * from './functions/complex.ts';
export * from './constants.ts';
export * from './functions/convolution.ts';
export * from './functions/copies.ts';
export * from './functions/differences.ts';
export * from './functions/distribution.ts';
export * from './functions/enumerations.ts';
export * from './functions/incompleteGamma.ts';
export * from './functions/inPlace.ts';
export * from './functions/inPlaceSpecial.ts';
export { polygamma } from './functions/polygamma.ts';
export { addbmm, index_reduce, nonzero_static, renorm, scatter_reduce } from './functions/segments.ts';
export {
  as_strided, as_strided_copy, as_strided_scatter, diagonal_scatter, select_scatter, slice_scatter,
} from './functions/slices.ts';
export {
  deg2rad, digamma, erfinv, float_power, frac, frexp, gcd, heaviside, i0, isneginf, isposinf, isreal, lcm, ldexp, lgamma, logaddexp2,
  logcumsumexp, logit, mvlgamma, nan_to_num, positive, rad2deg, rsqrt, sinc, xlogy,
} from './functions/specialFunctions.ts';
export * as special from './special/index.ts';
export { is_conj, is_neg, is_signed, resolve_neg } from './tensor/questions.ts';
export {
  arange, as_tensor, empty, empty_like, eye, full, full_like, linspace, logspace, ones, ones_like, tensor, zeros, zeros_like,
} from './functions/creation.ts';
export type { FactoryOptions, TensorData, TensorOptions } from './functions/creation.ts';
export {
  bfloat16, bool, cdouble, cfloat, complex128, complex64, double, dtype, float, float16, float32, float64, half,
  int, int16, int32, int64, int8, long, short, uint16, uint32, uint64, uint8,
} from './dtypes/dtypes.ts';
export * from './functions/defaults.ts';
export * from './functions/distances.ts';
export * from './functions/orderStatistics.ts';
export * from './functions/parallelism.ts';
export * from './functions/searching.ts';
export * from './functions/tensors.ts';
export * from './functions/utilities.ts';
export { cuda, webgpu } from './gpu.ts';
export {
  gather, index_add, index_copy, index_fill, index_put, index_select, masked_fill, masked_scatter, masked_select, scatter,
  scatter_add, take, take_along_dim,
} from './functions/indexing.ts';
export * from './functions/joining.ts';
export * from './tensor/legacy.ts';
export * as fft from './fft/index.ts';
export * as linalg from './linalg/index.ts';
export { istft, stft } from './fft/frames.ts';
export * from './linalg/lowRank.ts';
export * from './linalg/older.ts';
export * as signal from './signal/index.ts';
export * from './functions/windows.ts';
export { finfo, iinfo } from './dtypes/limits.ts';
export * as nn from './nn/index.ts';
export * as optim from './optim/index.ts';
export * from './pointwise.ts';
export {
  adaptive_avg_pool1d, adaptive_max_pool1d, avg_pool1d, max_pool1d, max_pool1d_with_indices, max_pool2d, max_pool3d,
} from './functions/pooling.ts';
export * from './functions/powers.ts';
export { set_printoptions } from './tensor/printing.ts';
export * from './functions/blas.ts';
export * from './functions/contraction.ts';
export * as profiler from './profiler/index.ts';
export {
  default_generator, get_rng_state, initial_seed, manual_seed, normal, rand, rand_like, randint, randint_like, randn,
  randn_like, randperm, seed, set_rng_state,
} from './functions/random/random.ts';
export * from './functions/rearranging.ts';
export * from './functions/reductions.ts';
export { FrExp, Histogram, Histograms, MinMax, ValuesIndices } from './tensor/returnTypes.ts';
export { bernoulli, multinomial } from './functions/random/sampling.ts';
export * from './functions/sorting.ts';
export * from './functions/shape.ts';
export { load } from './serialization/load.ts';
export { save } from './serialization/save.ts';
export { Size } from './tensor/size.ts';
export * as testing from './testing/index.ts';
export * as utils from './utils/index.ts';

/** Where a tensor lies: `torch.device('cpu')`, `torch.device('cuda', 0)`. Source: torch.device. */
export const device = callable('device', deviceClass);
export type device = deviceClass;

/** A stream of random numbers of its own: `torch.Generator().manual_seed(0)`. Source: torch.Generator. */
export const Generator = callable('Generator', GeneratorClass);
export type Generator = GeneratorClass;
