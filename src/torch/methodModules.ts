import * as arithmetic from './arithmetic.ts';
import { numpy } from './bridge.ts';
import { adjoint, angle, conj, resolve_conj } from './components.ts';
import * as comparing from './comparing.ts';
import * as converting from './converting.ts';
import * as extremes from './extremes.ts';
import * as indexing from './indexing.ts';
import * as pointwise from './pointwise.ts';
import * as powers from './powers.ts';
import * as products from './products.ts';
import * as randomFills from './randomFills.ts';
import * as rearrange from './rearrange.ts';
import * as reductions from './reductions.ts';
import * as sampling from './sampling.ts';
import * as searching from './searching.ts';
import * as shape from './shape.ts';
import * as tensorOnly from './tensorOnly.ts';

/** Which functions are methods as well: x.f(...) is f(x, ...). */

/** Of few and fixed parameters: these are called by the million, and a rest array would cost more than the small ones' kernels. */
export const fixedMethods = { ...pointwise, ...powers, ...arithmetic };

const { einsum: _einsum, tensordot: _tensordot, ...productMethods } = products;
const { var_mean: _var_mean, std_mean: _std_mean, ...reductionMethods } = reductions;

/** Of any parameters. */
export const methods = {
  ...shape, ...rearrange, ...tensorOnly, ...indexing, ...productMethods, ...reductionMethods, ...extremes, ...comparing,
  ...searching, ...converting, ...randomFills, ...sampling,
  adjoint, angle, conj, numpy, resolve_conj,
};
