/** Special functions of mathematics, element by element. Source: torch.special. */

export { erf, erfc, exp2, expm1, log1p, sigmoid as expit } from '../pointwise.ts';
export { round } from '../functions/arithmetic.ts';
export { logsumexp, softmax, log_softmax } from '../functions/reductions.ts';
export {
  digamma, erfinv, i0, lgamma as gammaln, logit, mvlgamma as multigammaln, sinc, xlogy,
} from '../functions/specialFunctions.ts';
export { polygamma } from '../functions/polygamma.ts';
export { digamma as psi } from '../functions/specialFunctions.ts';
export { igamma as gammainc, igammac as gammaincc } from '../functions/incompleteGamma.ts';
export * from './bessel.ts';
export * from './normal.ts';
export * from './polynomials.ts';
export * from './products.ts';
