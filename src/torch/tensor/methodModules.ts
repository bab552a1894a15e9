import * as arithmetic from '../functions/arithmetic.ts';
import { numpy } from '../bridge.ts';
import { adjoint, angle, conj, resolve_conj } from '../functions/complex.ts';
import * as comparing from '../functions/comparison.ts';
import * as converting from './conversions.ts';
import * as extremes from '../functions/orderStatistics.ts';
import * as indexing from '../functions/indexing.ts';
import * as pointwise from '../pointwise.ts';
import * as powers from '../functions/powers.ts';
import * as products from '../functions/blas.ts';
import * as randomFills from '../functions/random/inPlace.ts';
import * as rearrange from '../functions/rearranging.ts';
import * as reductions from '../functions/reductions.ts';
import * as sampling from '../functions/random/sampling.ts';
import * as searching from '../functions/sorting.ts';
import * as shape from '../functions/shape.ts';
import { narrow_copy, unsafe_chunk, unsafe_split } from '../functions/copies.ts';
import { corrcoef, cov, diff } from '../functions/differences.ts';
import { histc, histogram, nanquantile, quantile } from '../functions/distribution.ts';
import * as incompleteGamma from '../functions/incompleteGamma.ts';
import * as questions from './questions.ts';
import * as segments from '../functions/segments.ts';
import { as_strided, as_strided_scatter, diagonal_scatter, select_scatter, slice_scatter } from '../functions/slices.ts';
import * as specialFunctions from '../functions/specialFunctions.ts';
import * as tensorOnly from './tensorOnly.ts';

/** Which functions are methods as well: x.f(...) is f(x, ...). */

const { rsub: _rsub, ...arithmeticMethods } = arithmetic;

/** Of few and fixed parameters: these are called by the million, and a rest array would cost more than the small ones' kernels. */
export const fixedMethods = { ...pointwise, ...powers, ...arithmeticMethods };

const { var_mean: _var_mean, std_mean: _std_mean, ...reductionMethods } = reductions;

const { inFloats: _inFloats, pairInFloats: _pairInFloats, timesLogarithm: _timesLogarithm, orderOf: _orderOf, ...specialMethods } =
  specialFunctions;

/** Of any parameters. */
export const methods = {
  ...shape, ...rearrange, ...tensorOnly, ...indexing, ...products, ...reductionMethods, ...extremes, ...comparing,
  ...searching, ...converting, ...randomFills, ...sampling,
  ...specialMethods, ...incompleteGamma, ...segments, ...questions,
  as_strided, as_strided_scatter, corrcoef, cov, diagonal_scatter, diff, histc, histogram, nanquantile, narrow_copy, quantile,
  select_scatter, slice_scatter, unsafe_chunk, unsafe_split,
  adjoint, angle, conj, numpy, resolve_conj,
};
