import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { Sampler, Sampler1, Sampler2, Sampler3 } from './draw.ts';

/** How each distribution is called, by a generator of either kind and by np.random. */
export interface Samplers {
  readonly uniform: Sampler2<'low', 'high', [low?: number, high?: number], [low: ArrayLike | undefined, high: ArrayLike | undefined]>;
  readonly normal: Sampler2<'loc', 'scale', [loc?: number, scale?: number], [loc: ArrayLike | undefined, scale: ArrayLike | undefined]>;
  readonly exponential: Sampler1<'scale', [scale?: number], [scale: ArrayLike | undefined]>;
  readonly laplace: Sampler2<'loc', 'scale', [loc?: number, scale?: number], [loc: ArrayLike | undefined, scale: ArrayLike | undefined]>;
  readonly gumbel: Sampler2<'loc', 'scale', [loc?: number, scale?: number], [loc: ArrayLike | undefined, scale: ArrayLike | undefined]>;
  readonly logistic: Sampler2<'loc', 'scale', [loc?: number, scale?: number], [loc: ArrayLike | undefined, scale: ArrayLike | undefined]>;
  readonly lognormal: Sampler2<
    'mean', 'sigma', [mean?: number, sigma?: number], [mean: ArrayLike | undefined, sigma: ArrayLike | undefined]>;
  readonly pareto: Sampler1<'a', [a: number], [a: ArrayLike], 'a'>;
  readonly weibull: Sampler1<'a', [a: number], [a: ArrayLike], 'a'>;
  readonly power: Sampler1<'a', [a: number], [a: ArrayLike], 'a'>;
  readonly rayleigh: Sampler1<'scale', [scale?: number], [scale: ArrayLike | undefined]>;
  readonly wald: Sampler2<'mean', 'scale', [mean: number, scale: number], [mean: ArrayLike, scale: ArrayLike], 'mean' | 'scale'>;
  readonly vonmises: Sampler2<'mu', 'kappa', [mu: number, kappa: number], [mu: ArrayLike, kappa: ArrayLike], 'mu' | 'kappa'>;
  readonly triangular: Sampler3<
    'left', 'mode', 'right', [left: number, mode: number, right: number], [left: ArrayLike, mode: ArrayLike, right: ArrayLike]>;
  readonly standard_gamma: Sampler1<'shape', [shape: number], [shape: ArrayLike], 'shape'>;
  readonly gamma: Sampler2<'shape', 'scale', [shape: number, scale?: number], [shape: ArrayLike, scale: ArrayLike | undefined], 'shape'>;
  readonly beta: Sampler2<'a', 'b', [a: number, b: number], [a: ArrayLike, b: ArrayLike], 'a' | 'b'>;
  readonly chisquare: Sampler1<'df', [df: number], [df: ArrayLike], 'df'>;
  readonly noncentral_chisquare: Sampler2<'df', 'nonc', [df: number, nonc: number], [df: ArrayLike, nonc: ArrayLike], 'df' | 'nonc'>;
  readonly f: Sampler2<'dfnum', 'dfden', [dfnum: number, dfden: number], [dfnum: ArrayLike, dfden: ArrayLike], 'dfnum' | 'dfden'>;
  readonly noncentral_f: Sampler3<
    'dfnum', 'dfden', 'nonc', [dfnum: number, dfden: number, nonc: number], [dfnum: ArrayLike, dfden: ArrayLike, nonc: ArrayLike]>;
  readonly standard_t: Sampler1<'df', [df: number], [df: ArrayLike], 'df'>;
  readonly standard_cauchy: Sampler;
  readonly poisson: Sampler1<'lam', [lam?: number], [lam: ArrayLike | undefined]>;
  readonly binomial: Sampler2<'n', 'p', [n: number, p: number], [n: ArrayLike, p: ArrayLike], 'n' | 'p'>;
  readonly negative_binomial: Sampler2<'n', 'p', [n: number, p: number], [n: ArrayLike, p: ArrayLike], 'n' | 'p'>;
  readonly geometric: Sampler1<'p', [p: number], [p: ArrayLike], 'p'>;
  readonly zipf: Sampler1<'a', [a: number], [a: ArrayLike], 'a'>;
  readonly logseries: Sampler1<'p', [p: number], [p: ArrayLike], 'p'>;
  readonly hypergeometric: Sampler3<
    'ngood', 'nbad', 'nsample', [ngood: number, nbad: number, nsample: number], [ngood: ArrayLike, nbad: ArrayLike, nsample: ArrayLike]>;
}
