import { ValueError } from '../../core/errors.ts';
import * as binomials from '../../random/binomial.ts';
import * as counts from '../../random/counts.ts';
import * as hypergeometrics from '../../random/hypergeometric.ts';
import * as poissons from '../../random/poisson.ts';
import { count } from './distribution.ts';
import { aboveOne, atLeastOne, chance, chanceBelowOne, mean, nonNegative, positive, positiveChance, positiveNumber } from './limits.ts';

/** Distributions of integers: those of both kinds of generators, and, where the older one draws or checks in another way, `legacy...`. */

export const poisson = count('lam: array_like=1.0', [mean], poissons.poisson);

const parametersOfBinomial = 'n: array_like, p: array_like';
// NumPy looks at the probability first.
const ofBinomial = { whole: [true, false], order: [1, 0] };
export const binomial = count(parametersOfBinomial, [nonNegative, chance], binomials.binomial, ofBinomial);
export const legacyBinomial = count(parametersOfBinomial, [nonNegative, chance], binomials.legacyBinomial, ofBinomial);

export const negative_binomial = count(parametersOfBinomial, [positiveNumber, positiveChance], counts.negativeBinomial, {
  together: ([n, p]) => {
    if (n.some((value, i) => (1 - p[i]) / p[i] * (value + 10 * Math.sqrt(value)) > poissons.largestMean)) {
      throw new ValueError('n too large or p too small, see Generator.negative_binomial Notes');
    }
  },
});
export const legacyNegativeBinomial = count(parametersOfBinomial, [positive, chance], counts.negativeBinomial);

export const geometric = count('p: array_like', [positiveChance], counts.geometric);
export const legacyGeometric = count('p: array_like', [positiveChance], counts.legacyGeometric);
export const zipf = count('a: array_like', [aboveOne], counts.zipf);
export const legacyZipf = count('a: array_like', [aboveOne], counts.legacyZipf);
export const logseries = count('p: array_like', [chanceBelowOne], counts.logseries);
export const legacyLogseries = count('p: array_like', [chanceBelowOne], counts.legacyLogseries);

const parametersOfUrn = 'ngood: array_like, nbad: array_like, nsample: array_like';
const whole = [true, true, true];

function checkUrn([good, bad, sample]: readonly Float64Array[]): void {
  if (sample.some((value, i) => good[i] + bad[i] < value)) throw new ValueError('ngood + nbad < nsample');
}

export const hypergeometric = count(parametersOfUrn, [nonNegative, nonNegative, nonNegative], hypergeometrics.hypergeometric, {
  whole, togetherFirst: true,
  together: (columns) => {
    if (columns.slice(0, 2).some((column) => column.some((value) => value >= 1e9))) {
      throw new ValueError('both ngood and nbad must be less than 1000000000');
    }
    checkUrn(columns);
  },
});
export const legacyHypergeometric = count(
  parametersOfUrn, [nonNegative, nonNegative, atLeastOne], hypergeometrics.legacyHypergeometric,
  { whole, togetherFirst: true, together: checkUrn });
