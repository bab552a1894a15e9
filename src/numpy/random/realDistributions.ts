import { OverflowError, ValueError } from '../../core/errors.ts';
import * as continuous from '../../random/continuous.ts';
import * as gammas from '../../random/gamma.ts';
import type { Distribution, Draw } from './distribution.ts';
import { real } from './distribution.ts';
import { nonNegative, positive } from './limits.ts';

/** Distributions of real numbers: those of both kinds of generators, and, where the older one draws in another way, `legacy...`. */

const locationAndScale = 'loc: array_like=0.0, scale: array_like=1.0';

/** The older generator takes bounds in any order; the newer one speaks of a single range in other words. */
function uniformOver(ordered: boolean): Distribution {
  const draw: Draw = (source, low, high) => continuous.uniform(source, low, high - low);
  return real('low: array_like=0.0, high: array_like=1.0', [null, null], draw, {
    together: ([low, high], several) => {
      const range = high.map((value, i) => value - low[i]);
      if (!range.every(Number.isFinite)) {
        throw new OverflowError(ordered && !several ? 'high - low range exceeds valid bounds' : 'Range exceeds valid bounds');
      }
      if (ordered) nonNegative('high - low', range, several);
    },
    fill: (source, out, [low, high]) => continuous.fillUniform(source, low, high - low, out),
  });
}

export const uniform = uniformOver(true);
export const legacyUniform = uniformOver(false);
export const normal = real(locationAndScale, [null, nonNegative], continuous.normal);
export const exponential = real('scale: array_like=1.0', [nonNegative], continuous.exponential);
export const laplace = real(locationAndScale, [null, nonNegative], continuous.laplace);
export const gumbel = real(locationAndScale, [null, nonNegative], continuous.gumbel);
export const logistic = real(locationAndScale, [null, nonNegative], continuous.logistic);
export const lognormal = real('mean: array_like=0.0, sigma: array_like=1.0', [null, nonNegative], continuous.lognormal);
export const standard_cauchy = real('', [], continuous.standardCauchy);
export const pareto = real('a: array_like', [positive], continuous.pareto);
export const legacyPareto = real('a: array_like', [positive], continuous.legacyPareto);
export const weibull = real('a: array_like', [nonNegative], continuous.weibull);
export const power = real('a: array_like', [positive], continuous.power);
export const legacyPower = real('a: array_like', [positive], continuous.legacyPower);
export const rayleigh = real('scale: array_like=1.0', [nonNegative], continuous.rayleigh);
export const legacyRayleigh = real('scale: array_like=1.0', [nonNegative], continuous.legacyRayleigh);
export const wald = real('mean: array_like, scale: array_like', [positive, positive], continuous.wald);
export const legacyWald = real('mean: array_like, scale: array_like', [positive, positive], continuous.legacyWald);
export const vonmises = real('mu: array_like, kappa: array_like', [null, nonNegative], continuous.vonmises);
export const legacyVonmises = real('mu: array_like, kappa: array_like', [null, nonNegative], continuous.legacyVonmises);

export const triangular = real('left: array_like, mode: array_like, right: array_like', [null, null, null], continuous.triangular, {
  together: ([left, mode, right]) => {
    if (left.some((value, i) => value > mode[i])) throw new ValueError('left > mode');
    if (mode.some((value, i) => value > right[i])) throw new ValueError('mode > right');
    if (left.some((value, i) => value === right[i])) throw new ValueError('left == right');
  },
});

/** Of the newer generator it has a dtype and an array to fill as well. */
export const standard_gamma = real('shape: array_like', [nonNegative], gammas.standardGamma);
export const gamma = real('shape: array_like, scale: array_like=1.0', [nonNegative, nonNegative], gammas.gamma);
export const beta = real('a: array_like, b: array_like', [positive, positive], gammas.beta);
export const legacyBeta = real('a: array_like, b: array_like', [positive, positive], gammas.legacyBeta);
export const chisquare = real('df: array_like', [positive], gammas.chisquare);
export const noncentral_chisquare = real('df: array_like, nonc: array_like', [positive, nonNegative], gammas.noncentralChisquare);
export const f = real('dfnum: array_like, dfden: array_like', [positive, positive], gammas.f);
export const noncentral_f = real(
  'dfnum: array_like, dfden: array_like, nonc: array_like', [positive, positive, nonNegative], gammas.noncentralF);
export const standard_t = real('df: array_like', [positive], gammas.standardT);
