import type { Deviates } from '../../random/deviates.ts';
import * as counts from './countDistributions.ts';
import { methodsOf, signaturesOf } from './distribution.ts';
import * as reals from './realDistributions.ts';
import type { Samplers } from './samplers.ts';

const distributions = {
  uniform: reals.uniform, normal: reals.normal, exponential: reals.exponential, laplace: reals.laplace, gumbel: reals.gumbel,
  logistic: reals.logistic, lognormal: reals.lognormal, pareto: reals.pareto, weibull: reals.weibull, power: reals.power,
  rayleigh: reals.rayleigh, wald: reals.wald, vonmises: reals.vonmises, triangular: reals.triangular, gamma: reals.gamma, beta: reals.beta,
  chisquare: reals.chisquare, noncentral_chisquare: reals.noncentral_chisquare, f: reals.f, noncentral_f: reals.noncentral_f,
  standard_t: reals.standard_t, standard_cauchy: reals.standard_cauchy, poisson: counts.poisson, binomial: counts.binomial,
  negative_binomial: counts.negative_binomial, geometric: counts.geometric, zipf: counts.zipf, logseries: counts.logseries,
  hypergeometric: counts.hypergeometric,
};
const signatures = signaturesOf('Generator', distributions);

/** The distributions of a Generator that have a number for each number of their parameters, which may be arrays. */
export abstract class GeneratorDistributions {
  /**
   * Uniform on [low, high), by default [0, 1). Source: numpy.random.Generator.uniform.
   * @example
   * np.random.default_rng(1).uniform(-1, 1, 3) // → [ 0.02364325  0.90092739 -0.71168077]
   */
  declare readonly uniform: Samplers['uniform'];
  /**
   * Normal around loc (0) with standard deviation scale (1). Throws a ValueError where scale is negative. Source:
   * numpy.random.Generator.normal.
   * @example
   * np.random.default_rng(1).normal([0, 100], { scale: 2 }) // → [  0.69116838 101.64323629]
   */
  declare readonly normal: Samplers['normal'];
  /**
   * Exponential with mean scale (1). Source: numpy.random.Generator.exponential.
   * @example
   * np.random.default_rng(1).exponential({ scale: 2, size: 3 }) // → [ 2.14605805  0.61690629 10.75087375]
   */
  declare readonly exponential: Samplers['exponential'];
  /**
   * Laplace's, two exponential distributions back to back around loc (0), with scale (1). Source: numpy.random.Generator.laplace.
   * @example
   * np.random.default_rng(1).laplace(0, 2, 3) // → [ 0.04785447  4.62380458 -2.48737398]
   */
  declare readonly laplace: Samplers['laplace'];
  /**
   * Gumbel's, of extreme values, with mode loc (0) and scale (1). Source: numpy.random.Generator.gumbel.
   * @example
   * np.random.default_rng(1).gumbel(0, 2, 3) // → [ 0.66515131 -2.20058806  3.72001602]
   */
  declare readonly gumbel: Samplers['gumbel'];
  /**
   * Logistic around loc (0) with scale (1). Source: numpy.random.Generator.logistic.
   * @example
   * np.random.default_rng(1).logistic(10, 1, 3) // → [10.04729531 12.95424416  8.21883721]
   */
  declare readonly logistic: Samplers['logistic'];
  /**
   * Numbers whose logarithms are normal around mean (0) with standard deviation sigma (1). Source: numpy.random.Generator.lognormal.
   * @example
   * np.random.default_rng(1).lognormal(0, 1, 3) // → [1.41281503 2.27417681 1.39157622]
   */
  declare readonly lognormal: Samplers['lognormal'];
  /**
   * Pareto's second kind (Lomax) with shape a above 0. Source: numpy.random.Generator.pareto.
   * @example
   * np.random.default_rng(1).pareto(3, 3) // → [0.43000271 0.10828937 5.00031694]
   */
  declare readonly pareto: Samplers['pareto'];
  /**
   * Weibull's with shape a, at least 0, and scale 1. Source: numpy.random.Generator.weibull.
   * @example
   * np.random.default_rng(1).weibull([0.5, 2]) // → [1.15139129 0.55538558]
   */
  declare readonly weibull: Samplers['weibull'];
  /**
   * On [0, 1] with the density a · x^(a - 1), a above 0. Source: numpy.random.Generator.power.
   * @example
   * np.random.default_rng(1).power(5, 3) // → [0.91970594 0.76698338 0.9990725 ]
   */
  declare readonly power: Samplers['power'];
  /**
   * Rayleigh's with mode scale (1). Source: numpy.random.Generator.rayleigh.
   * @example
   * np.random.default_rng(1).rayleigh(2, 3) // → [2.92988604 1.57086764 6.55770501]
   */
  declare readonly rayleigh: Samplers['rayleigh'];
  /**
   * Wald's, the inverse Gaussian, with a mean and a scale above 0. Source: numpy.random.Generator.wald.
   * @example
   * np.random.default_rng(1).wald(3, 2, 3) // → [4.56659342 4.48438466 1.04072924]
   */
  declare readonly wald: Samplers['wald'];
  /**
   * Von Mises', normal on a circle, on [-π, π] around mu with concentration kappa, at least 0. Source: numpy.random.Generator.vonmises.
   * @example
   * np.random.default_rng(1).vonmises(0, 4, 3) // → [-0.50678383 -0.38640032  0.56777366]
   */
  declare readonly vonmises: Samplers['vonmises'];
  /**
   * Of a density that rises from left to mode and falls to right. Throws a ValueError where they are in another order. Source:
   * numpy.random.Generator.triangular.
   * @example
   * np.random.default_rng(1).triangular(0, 1, 4, 3) // → [1.57964042 3.22900347 0.75936714]
   */
  declare readonly triangular: Samplers['triangular'];
  /**
   * Gamma with a shape and a scale (1), at least 0 both. Source: numpy.random.Generator.gamma.
   * @example
   * np.random.default_rng(1).gamma(2, 1, 3) // → [2.15380748 2.13069041 3.12998886]
   */
  declare readonly gamma: Samplers['gamma'];
  /**
   * Beta on [0, 1] with shapes a and b above 0. Source: numpy.random.Generator.beta.
   * @example
   * np.random.default_rng(1).beta(2, 3, 3) // → [0.39905349 0.62444794 0.44584483]
   */
  declare readonly beta: Samplers['beta'];
  /**
   * The sum of the squares of df normal numbers; df may be a fraction, above 0. Source: numpy.random.Generator.chisquare.
   * @example
   * np.random.default_rng(1).chisquare(4, 3) // → [4.30761495 4.26138082 6.25997772]
   */
  declare readonly chisquare: Samplers['chisquare'];
  /**
   * Chi-square of df degrees of freedom, above 0, and noncentrality nonc, at least 0. Source:
   * numpy.random.Generator.noncentral_chisquare.
   * @example
   * np.random.default_rng(1).noncentral_chisquare(3, 1, 3) // → [5.46435071 0.23871991 2.82485363]
   */
  declare readonly noncentral_chisquare: Samplers['noncentral_chisquare'];
  /**
   * The quotient of two chi-square numbers, each by its degrees of freedom: Fisher's. Source: numpy.random.Generator.f.
   * @example
   * np.random.default_rng(1).f(2, 10, 3) // → [0.80363551 3.89050503 1.49040265]
   */
  declare readonly f: Samplers['f'];
  /**
   * Fisher's with the noncentrality nonc of its numerator. Source: numpy.random.Generator.noncentral_f.
   * @example
   * np.random.default_rng(1).noncentral_f(2, 10, 1, 3) // → [0.2229595  1.87334127 0.86687106]
   */
  declare readonly noncentral_f: Samplers['noncentral_f'];
  /**
   * Student's t of df degrees of freedom, above 0. Source: numpy.random.Generator.standard_t.
   * @example
   * np.random.default_rng(1).standard_t(5, 3) // → [ 0.28738752 -1.05822475 -0.47915116]
   */
  declare readonly standard_t: Samplers['standard_t'];
  /**
   * Cauchy's around 0 with scale 1. Source: numpy.random.Generator.standard_cauchy.
   * @example
   * np.random.default_rng(1).standard_cauchy(3) // → [ 0.42061412 -0.25356654  2.02824247]
   */
  declare readonly standard_cauchy: Samplers['standard_cauchy'];
  /**
   * Counts of independent events of which lam (1) are expected. Throws a ValueError where lam is negative. Source:
   * numpy.random.Generator.poisson.
   * @example
   * np.random.default_rng(1).poisson(4, 5) // → [5 3 5 2 6]
   */
  declare readonly poisson: Samplers['poisson'];
  /**
   * How many of n trials succeed, each with probability p. Throws a ValueError where p is not in [0, 1]. Source:
   * numpy.random.Generator.binomial.
   * @example
   * np.random.default_rng(1).binomial(10, [0.1, 0.5, 0.9]) // → [ 1  8 10]
   */
  declare readonly binomial: Samplers['binomial'];
  /**
   * How many trials of success p fail before n of them succeed; n may be a fraction, above 0. Source:
   * numpy.random.Generator.negative_binomial.
   * @example
   * np.random.default_rng(1).negative_binomial(3, 0.5, 5) // → [3 1 3 1 5]
   */
  declare readonly negative_binomial: Samplers['negative_binomial'];
  /**
   * How many trials it takes until one succeeds, each with probability p above 0. Source: numpy.random.Generator.geometric.
   * @example
   * np.random.default_rng(1).geometric(0.2, 5) // → [ 5  2 25  2  1]
   */
  declare readonly geometric: Samplers['geometric'];
  /**
   * Zipf's: k with a probability in proportion to k^-a, a above 1. Source: numpy.random.Generator.zipf.
   * @example
   * np.random.default_rng(1).zipf(2, 5) // → [1 1 5 2 4]
   */
  declare readonly zipf: Samplers['zipf'];
  /**
   * The logarithmic series': k with a probability in proportion to p^k / k, p in [0, 1). Source: numpy.random.Generator.logseries.
   * @example
   * np.random.default_rng(1).logseries(0.7, 5) // → [2 6 2 1 2]
   */
  declare readonly logseries: Samplers['logseries'];
  /**
   * How many of nsample things are good, picked from ngood good ones and nbad bad ones. Source: numpy.random.Generator.hypergeometric.
   * @example
   * np.random.default_rng(1).hypergeometric(7, 3, 5, 6) // → [3 3 4 4 4 3]
   */
  declare readonly hypergeometric: Samplers['hypergeometric'];

  constructor(source: Deviates) {
    Object.assign(this, methodsOf(distributions, signatures, source));
  }
}
