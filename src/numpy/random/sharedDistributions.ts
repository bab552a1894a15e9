import * as counts from './countDistributions.ts';
import type { Dirichlet, Multinomial } from './multivariate.ts';
import { legacyDirichlet, legacyMultinomial } from './multivariate.ts';
import type { LegacyMultivariateNormal } from './multivariateNormal.ts';
import { legacyMultivariateNormal, legacyText } from './multivariateNormal.ts';
import * as reals from './realDistributions.ts';
import type { Samplers } from './samplers.ts';
import { drawing, drawingRows } from './shared.ts';

/** The distributions of `np.random`, drawn from the stream that its functions share. */

/**
 * Uniform on [low, high), by default [0, 1). Source: numpy.random.uniform.
 * @example
 * np.random.seed(0);
 * np.random.uniform(-1, 1, 3) // → [0.09762701 0.43037873 0.20552675]
 */
export const uniform: Samplers['uniform'] = drawing('uniform', reals.legacyUniform);

/**
 * Normal around loc (0) with standard deviation scale (1). Throws a ValueError where scale is negative. Source: numpy.random.normal.
 * @example
 * np.random.seed(0);
 * np.random.normal([0, 100], { scale: 2 }) // → [  3.52810469 100.80031442]
 */
export const normal: Samplers['normal'] = drawing('normal', reals.normal);

/**
 * Exponential with mean scale (1). Source: numpy.random.exponential.
 * @example
 * np.random.seed(0);
 * np.random.exponential({ scale: 2, size: 3 }) // → [1.59174902 2.51186153 1.84644629]
 */
export const exponential: Samplers['exponential'] = drawing('exponential', reals.exponential);

/**
 * Laplace's, two exponential distributions back to back around loc (0), with scale (1). Source: numpy.random.laplace.
 * @example
 * np.random.seed(0);
 * np.random.laplace(0, 2, 3) // → [0.20545466 1.12556716 0.46015193]
 */
export const laplace: Samplers['laplace'] = drawing('laplace', reals.laplace);

/**
 * Gumbel's, of extreme values, with mode loc (0) and scale (1). Source: numpy.random.gumbel.
 * @example
 * np.random.seed(0);
 * np.random.gumbel(0, 2, 3) // → [ 0.45662752 -0.45575388  0.15976862]
 */
export const gumbel: Samplers['gumbel'] = drawing('gumbel', reals.gumbel);

/**
 * Logistic around loc (0) with scale (1). Source: numpy.random.logistic.
 * @example
 * np.random.seed(0);
 * np.random.logistic(10, 1, 3) // → [10.19587791 10.92072284 10.41699258]
 */
export const logistic: Samplers['logistic'] = drawing('logistic', reals.logistic);

/**
 * Numbers whose logarithms are normal around mean (0) with standard deviation sigma (1). Source: numpy.random.lognormal.
 * @example
 * np.random.seed(0);
 * np.random.lognormal(0, 1, 3) // → [5.83603919 1.49205924 2.66109578]
 */
export const lognormal: Samplers['lognormal'] = drawing('lognormal', reals.lognormal);

/**
 * Pareto's second kind (Lomax) with shape a above 0. Source: numpy.random.pareto.
 * @example
 * np.random.seed(0);
 * np.random.pareto(3, 3) // → [0.30381098 0.51989855 0.36034868]
 */
export const pareto: Samplers['pareto'] = drawing('pareto', reals.legacyPareto);

/**
 * Weibull's with shape a, at least 0, and scale 1. Source: numpy.random.weibull.
 * @example
 * np.random.seed(0);
 * np.random.weibull([0.5, 2]) // → [0.63341623 1.12068317]
 */
export const weibull: Samplers['weibull'] = drawing('weibull', reals.weibull);

/**
 * On [0, 1] with the density a · x^(a - 1), a above 0. Source: numpy.random.power.
 * @example
 * np.random.seed(0);
 * np.random.power(5, 3) // → [0.88692104 0.93515631 0.90371059]
 */
export const power: Samplers['power'] = drawing('power', reals.legacyPower);

/**
 * Rayleigh's with mode scale (1). Source: numpy.random.rayleigh.
 * @example
 * np.random.seed(0);
 * np.random.rayleigh(2, 3) // → [2.52329072 3.16977067 2.71768011]
 */
export const rayleigh: Samplers['rayleigh'] = drawing('rayleigh', reals.legacyRayleigh);

/**
 * Wald's, the inverse Gaussian, with a mean and a scale above 0. Source: numpy.random.wald.
 * @example
 * np.random.seed(0);
 * np.random.wald(3, 2, 3) // → [0.46052439 1.84651223 0.42309369]
 */
export const wald: Samplers['wald'] = drawing('wald', reals.legacyWald);

/**
 * Von Mises', normal on a circle, on [-π, π] around mu with concentration kappa, at least 0. Source: numpy.random.vonmises.
 * @example
 * np.random.seed(0);
 * np.random.vonmises(0, 4, 3) // → [0.5664411  0.55977779 0.40406878]
 */
export const vonmises: Samplers['vonmises'] = drawing('vonmises', reals.legacyVonmises);

/**
 * Of a density that rises from left to mode and falls to right. Throws a ValueError where they are in another order. Source:
 * numpy.random.triangular.
 * @example
 * np.random.seed(0);
 * np.random.triangular(0, 1, 4, 3) // → [1.67314849 2.15129029 1.8166907 ]
 */
export const triangular: Samplers['triangular'] = drawing('triangular', reals.triangular);

/**
 * Gamma with a shape and a scale (1), at least 0 both. Source: numpy.random.gamma.
 * @example
 * np.random.seed(0);
 * np.random.gamma(2, 1, 3) // → [5.13882958 2.23848091 5.42713227]
 */
export const gamma: Samplers['gamma'] = drawing('gamma', reals.gamma);

/**
 * Beta on [0, 1] with shapes a and b above 0. Source: numpy.random.beta.
 * @example
 * np.random.seed(0);
 * np.random.beta(2, 3, 3) // → [0.60358975 0.79868334 0.31163262]
 */
export const beta: Samplers['beta'] = drawing('beta', reals.legacyBeta);

/**
 * The sum of the squares of df normal numbers; df may be a fraction, above 0. Source: numpy.random.chisquare.
 * @example
 * np.random.seed(0);
 * np.random.chisquare(4, 3) // → [10.27765915  4.47696182 10.85426455]
 */
export const chisquare: Samplers['chisquare'] = drawing('chisquare', reals.chisquare);

/**
 * Chi-square of df degrees of freedom, above 0, and noncentrality nonc, at least 0. Source: numpy.random.noncentral_chisquare.
 * @example
 * np.random.seed(0);
 * np.random.noncentral_chisquare(3, 1, 3) // → [4.62489081 8.09177078 1.12683271]
 */
export const noncentral_chisquare: Samplers['noncentral_chisquare'] = drawing('noncentral_chisquare', reals.noncentral_chisquare);

/**
 * The quotient of two chi-square numbers, each by its degrees of freedom: Fisher's. Source: numpy.random.f.
 * @example
 * np.random.seed(0);
 * np.random.f(2, 10, 3) // → [0.61609733 0.30994707 0.36101062]
 */
export const f: Samplers['f'] = drawing('f', reals.f);

/**
 * Fisher's with the noncentrality nonc of its numerator. Source: numpy.random.noncentral_f.
 * @example
 * np.random.seed(0);
 * np.random.noncentral_f(2, 10, 1, 3) // → [0.99421279 4.12902198 1.26341359]
 */
export const noncentral_f: Samplers['noncentral_f'] = drawing('noncentral_f', reals.noncentral_f);

/**
 * Student's t of df degrees of freedom, above 0. Source: numpy.random.standard_t.
 * @example
 * np.random.seed(0);
 * np.random.standard_t(5, 3) // → [ 1.66370595 -1.64009533  1.07537073]
 */
export const standard_t: Samplers['standard_t'] = drawing('standard_t', reals.standard_t);

/**
 * Cauchy's around 0 with scale 1. Source: numpy.random.standard_cauchy.
 * @example
 * np.random.seed(0);
 * np.random.standard_cauchy(3) // → [ 4.40839827  0.43676244 -1.9109795 ]
 */
export const standard_cauchy: Samplers['standard_cauchy'] = drawing('standard_cauchy', reals.standard_cauchy);

/**
 * Counts of independent events of which lam (1) are expected. Throws a ValueError where lam is negative. Source: numpy.random.poisson.
 * @example
 * np.random.seed(0);
 * np.random.poisson(4, 5) // → [6 7 1 8 4]
 */
export const poisson: Samplers['poisson'] = drawing('poisson', counts.poisson);

/**
 * How many of n trials succeed, each with probability p. Throws a ValueError where p is not in [0, 1]. Source: numpy.random.binomial.
 * @example
 * np.random.seed(0);
 * np.random.binomial(10, [0.1, 0.5, 0.9]) // → [1 6 9]
 */
export const binomial: Samplers['binomial'] = drawing('binomial', counts.legacyBinomial);

/**
 * How many trials of success p fail before n of them succeed; n may be a fraction, above 0. Source: numpy.random.negative_binomial.
 * @example
 * np.random.seed(0);
 * np.random.negative_binomial(3, 0.5, 5) // → [11  0  5  5  4]
 */
export const negative_binomial: Samplers['negative_binomial'] = drawing('negative_binomial', counts.legacyNegativeBinomial);

/**
 * How many trials it takes until one succeeds, each with probability p above 0. Source: numpy.random.geometric.
 * @example
 * np.random.seed(0);
 * np.random.geometric(0.2, 5) // → [4 6 5 4 3]
 */
export const geometric: Samplers['geometric'] = drawing('geometric', counts.legacyGeometric);

/**
 * Zipf's: k with a probability in proportion to k^-a, a above 1. Source: numpy.random.zipf.
 * @example
 * np.random.seed(0);
 * np.random.zipf(2, 5) // → [ 2  2  1  1 27]
 */
export const zipf: Samplers['zipf'] = drawing('zipf', counts.legacyZipf);

/**
 * The logarithmic series': k with a probability in proportion to p^k / k, p in [0, 1). Source: numpy.random.logseries.
 * @example
 * np.random.seed(0);
 * np.random.logseries(0.7, 5) // → [2 1 2 2 1]
 */
export const logseries: Samplers['logseries'] = drawing('logseries', counts.legacyLogseries);

/**
 * How many of nsample things are good, picked from ngood good ones and nbad bad ones. Source: numpy.random.hypergeometric.
 * @example
 * np.random.seed(0);
 * np.random.hypergeometric(7, 3, 5, 6) // → [4 3 3 2 3 4]
 */
export const hypergeometric: Samplers['hypergeometric'] = drawing('hypergeometric', counts.legacyHypergeometric);

/**
 * Gamma with a shape, at least 0, and scale 1. Source: numpy.random.standard_gamma.
 * @example
 * np.random.seed(0);
 * np.random.standard_gamma([0.5, 2]) // → [0.30400189 3.27641877]
 */
export const standard_gamma: Samplers['standard_gamma'] = drawing('standard_gamma', reals.standard_gamma);

/**
 * How many of n things are of each kind, whose probabilities are a list; the last is what the others leave of 1. Source:
 * numpy.random.multinomial.
 * @example
 * np.random.seed(0);
 * np.random.multinomial(20, [0.2, 0.3, 0.5], 2) // → [[ 4  7  9]
 *                                               //    [ 4  6 10]]
 */
export const multinomial: Multinomial = drawingRows('multinomial', 'n: array_like, pvals: array_like, size=None', legacyMultinomial);

/**
 * Rows of positive numbers that sum to 1, of the Dirichlet distribution with parameters alpha. Throws a ValueError where one is not
 * positive. Source: numpy.random.dirichlet.
 * @example
 * np.random.seed(0);
 * np.random.dirichlet([1, 2, 3]) // → [0.08199567 0.29043792 0.62756641]
 */
export const dirichlet: Dirichlet = drawingRows('dirichlet', 'alpha: array_like, size=None', legacyDirichlet);

/**
 * Rows of numbers that are normal around a list of means and go together as a matrix of covariances says. Where it is none of
 * covariances, `check_valid` says whether that is told: 'warn', 'raise' or 'ignore'. In bundles for browsers it takes a program that uses
 * np.linalg, too, and throws a RuntimeError otherwise. Source: numpy.random.multivariate_normal.
 * @example
 * np.random.seed(0);
 * np.random.multivariate_normal([0, 10], [[4, 1], [1, 2]], 2) // → [[-3.61699356  9.04722049]
 *                                                             //    [-2.97970159 11.82018302]]
 */
export const multivariate_normal: LegacyMultivariateNormal = drawingRows('multivariate_normal', legacyText, legacyMultivariateNormal);
