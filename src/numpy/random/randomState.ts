import { int64 } from '../../core/dtype.ts';
import { cythonSignature } from '../arguments/routine.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import type { BitGenerator } from './bits/bitGenerator.ts';
import { generatorOf } from './bits/mt19937.ts';
import * as counts from './countDistributions.ts';
import { methodsOf, signaturesOf } from './distribution.ts';
import type { Size } from './draw.ts';
import { fillFresh, shapeFrom } from './draw.ts';
import type { Dirichlet, Multinomial } from './multivariate.ts';
import { legacyDirichlet, legacyMultinomial } from './multivariate.ts';
import type { LegacyMultivariateNormal } from './multivariateNormal.ts';
import { legacyMultivariateNormal, legacyText } from './multivariateNormal.ts';
import * as reals from './realDistributions.ts';
import type { Samplers } from './samplers.ts';
import { StreamState } from './streamState.ts';

const distributions = {
  uniform: reals.legacyUniform, normal: reals.normal, exponential: reals.exponential, laplace: reals.laplace, gumbel: reals.gumbel,
  logistic: reals.logistic, lognormal: reals.lognormal, pareto: reals.legacyPareto, weibull: reals.weibull, power: reals.legacyPower,
  rayleigh: reals.legacyRayleigh, wald: reals.legacyWald, vonmises: reals.legacyVonmises, triangular: reals.triangular,
  standard_gamma: reals.standard_gamma, gamma: reals.gamma,
  beta: reals.legacyBeta, chisquare: reals.chisquare, noncentral_chisquare: reals.noncentral_chisquare, f: reals.f,
  noncentral_f: reals.noncentral_f, standard_t: reals.standard_t, standard_cauchy: reals.standard_cauchy, poisson: counts.poisson,
  binomial: counts.legacyBinomial, negative_binomial: counts.legacyNegativeBinomial, geometric: counts.legacyGeometric,
  zipf: counts.legacyZipf, logseries: counts.legacyLogseries, hypergeometric: counts.legacyHypergeometric,
};
const signatures = signaturesOf('RandomState', distributions);
const others = {
  multinomial: cythonSignature('random.RandomState.multinomial', 'n: array_like, pvals: array_like, size=None'),
  dirichlet: cythonSignature('random.RandomState.dirichlet', 'alpha: array_like, size=None'),
  multivariate_normal: cythonSignature('random.RandomState.multivariate_normal', legacyText),
  tomaxint: cythonSignature('random.RandomState.tomaxint', 'size=None'),
};

/**
 * NumPy's older generator: a Mersenne Twister with its own ways of making numbers, whose streams never change. Without a
 * size a number comes, else an array. Source: numpy.random.RandomState.
 * @example
 * new np.random.RandomState(0).rand(3) // → [0.5488135  0.71518937 0.60276338]
 */
export class RandomState extends StreamState {
  /** Uniform on [low, high), by default [0, 1). Source: numpy.random.RandomState.uniform. */
  declare readonly uniform: Samplers['uniform'];
  /**
   * Normal around loc (0) with standard deviation scale (1). Throws a ValueError where scale is negative. Source:
   * numpy.random.RandomState.normal.
   */
  declare readonly normal: Samplers['normal'];
  /** Exponential with mean scale (1). Source: numpy.random.RandomState.exponential. */
  declare readonly exponential: Samplers['exponential'];
  /** Laplace's, two exponential distributions back to back around loc (0), with scale (1). Source: numpy.random.RandomState.laplace. */
  declare readonly laplace: Samplers['laplace'];
  /** Gumbel's, of extreme values, with mode loc (0) and scale (1). Source: numpy.random.RandomState.gumbel. */
  declare readonly gumbel: Samplers['gumbel'];
  /** Logistic around loc (0) with scale (1). Source: numpy.random.RandomState.logistic. */
  declare readonly logistic: Samplers['logistic'];
  /** Numbers whose logarithms are normal around mean (0) with standard deviation sigma (1). Source: numpy.random.RandomState.lognormal. */
  declare readonly lognormal: Samplers['lognormal'];
  /** Pareto's second kind (Lomax) with shape a above 0. Source: numpy.random.RandomState.pareto. */
  declare readonly pareto: Samplers['pareto'];
  /** Weibull's with shape a, at least 0, and scale 1. Source: numpy.random.RandomState.weibull. */
  declare readonly weibull: Samplers['weibull'];
  /** On [0, 1] with the density a · x^(a - 1), a above 0. Source: numpy.random.RandomState.power. */
  declare readonly power: Samplers['power'];
  /** Rayleigh's with mode scale (1). Source: numpy.random.RandomState.rayleigh. */
  declare readonly rayleigh: Samplers['rayleigh'];
  /** Wald's, the inverse Gaussian, with a mean and a scale above 0. Source: numpy.random.RandomState.wald. */
  declare readonly wald: Samplers['wald'];
  /**
   * Von Mises', normal on a circle, on [-π, π] around mu with concentration kappa, at least 0. Source:
   * numpy.random.RandomState.vonmises.
   */
  declare readonly vonmises: Samplers['vonmises'];
  /**
   * Of a density that rises from left to mode and falls to right. Throws a ValueError where they are in another order. Source:
   * numpy.random.RandomState.triangular.
   */
  declare readonly triangular: Samplers['triangular'];
  /** Gamma with a shape, at least 0, and scale 1. Source: numpy.random.RandomState.standard_gamma. */
  declare readonly standard_gamma: Samplers['standard_gamma'];
  /** Gamma with a shape and a scale (1), at least 0 both. Source: numpy.random.RandomState.gamma. */
  declare readonly gamma: Samplers['gamma'];
  /** Beta on [0, 1] with shapes a and b above 0. Source: numpy.random.RandomState.beta. */
  declare readonly beta: Samplers['beta'];
  /** The sum of the squares of df normal numbers; df may be a fraction, above 0. Source: numpy.random.RandomState.chisquare. */
  declare readonly chisquare: Samplers['chisquare'];
  /**
   * Chi-square of df degrees of freedom, above 0, and noncentrality nonc, at least 0. Source:
   * numpy.random.RandomState.noncentral_chisquare.
   */
  declare readonly noncentral_chisquare: Samplers['noncentral_chisquare'];
  /** The quotient of two chi-square numbers, each by its degrees of freedom: Fisher's. Source: numpy.random.RandomState.f. */
  declare readonly f: Samplers['f'];
  /** Fisher's with the noncentrality nonc of its numerator. Source: numpy.random.RandomState.noncentral_f. */
  declare readonly noncentral_f: Samplers['noncentral_f'];
  /** Student's t of df degrees of freedom, above 0. Source: numpy.random.RandomState.standard_t. */
  declare readonly standard_t: Samplers['standard_t'];
  /** Cauchy's around 0 with scale 1. Source: numpy.random.RandomState.standard_cauchy. */
  declare readonly standard_cauchy: Samplers['standard_cauchy'];
  /**
   * Counts of independent events of which lam (1) are expected. Throws a ValueError where lam is negative. Source:
   * numpy.random.RandomState.poisson.
   */
  declare readonly poisson: Samplers['poisson'];
  /**
   * How many of n trials succeed, each with probability p. Throws a ValueError where p is not in [0, 1]. Source:
   * numpy.random.RandomState.binomial.
   */
  declare readonly binomial: Samplers['binomial'];
  /**
   * How many trials of success p fail before n of them succeed; n may be a fraction, above 0. Source:
   * numpy.random.RandomState.negative_binomial.
   */
  declare readonly negative_binomial: Samplers['negative_binomial'];
  /** How many trials it takes until one succeeds, each with probability p above 0. Source: numpy.random.RandomState.geometric. */
  declare readonly geometric: Samplers['geometric'];
  /** Zipf's: k with a probability in proportion to k^-a, a above 1. Source: numpy.random.RandomState.zipf. */
  declare readonly zipf: Samplers['zipf'];
  /** The logarithmic series': k with a probability in proportion to p^k / k, p in [0, 1). Source: numpy.random.RandomState.logseries. */
  declare readonly logseries: Samplers['logseries'];
  /**
   * How many of nsample things are good, picked from ngood good ones and nbad bad ones. Source:
   * numpy.random.RandomState.hypergeometric.
   */
  declare readonly hypergeometric: Samplers['hypergeometric'];

  constructor(...args: ConstructorParameters<typeof StreamState>) {
    super(...args);
    Object.assign(this, methodsOf(distributions, signatures, this.stream));
  }

  /** @internal Where the bits come from, which a Generator may share. */
  get _bit_generator(): BitGenerator {
    return generatorOf(this);
  }

  /**
   * How many of n things are of each kind, whose probabilities are a list; the last is what the others leave of 1. Source:
   * numpy.random.RandomState.multinomial.
   */
  multinomial(...args: Parameters<Multinomial>): ndarray {
    const [n, pvals, size] = others.multinomial.list(args) as [ArrayLike, ArrayLike, Size?];
    return legacyMultinomial(this.stream, n, pvals, size);
  }

  /** Rows of positive numbers that sum to 1, of the Dirichlet distribution. Source: numpy.random.RandomState.dirichlet. */
  dirichlet(...args: Parameters<Dirichlet>): ndarray {
    const [alpha, size] = others.dirichlet.list(args) as [ArrayLike, Size?];
    return legacyDirichlet(this.stream, alpha, size);
  }

  /**
   * Rows of numbers that are normal around a list of means and go together as a matrix of covariances says. Source:
   * numpy.random.RandomState.multivariate_normal.
   */
  multivariate_normal(...args: Parameters<LegacyMultivariateNormal>): ndarray {
    const [mean, cov, size, check, tol] =
      others.multivariate_normal.list(args) as [ArrayLike, ArrayLike, unknown, unknown?, number?];
    return legacyMultivariateNormal(this.stream, mean, cov, size, check, tol);
  }

  /**
   * Integers of 63 bits: a bigint, or an array of int64. Source: numpy.random.RandomState.tomaxint.
   * @example
   * new np.random.RandomState(0).tomaxint() // → 5061911111874532631
   */
  tomaxint(size?: null): bigint;
  tomaxint(size: Size): ndarray;
  tomaxint(options: { size: Size }): ndarray;
  tomaxint(...args: readonly (Size | { size?: Size | null } | null | undefined)[]): bigint | ndarray;
  tomaxint(...args: readonly unknown[]): bigint | ndarray {
    const [size] = others.tomaxint.list(args) as [Size?];
    const bits = this.stream.bit_generator;
    const fill = (out: BigInt64Array): void => {
      const words = new Int32Array(out.buffer, out.byteOffset, 2 * out.length);
      for (let i = 0; i < words.length; i += 2) {
        bits.next64();
        words[i] = bits.low >>> 1 | bits.high << 31;
        words[i + 1] = bits.high >>> 1;
      }
    };
    if (size !== undefined) return fillFresh<BigInt64Array>(shapeFrom(size, int64), int64, fill);
    const one = new BigInt64Array(1);
    fill(one);
    return one[0];
  }
}
