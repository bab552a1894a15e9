import type { Action } from './program.ts';

/** How near a statement's inexact results have to be to NumPy's. */

export type Policy =
  /** The same bits, but for the bits of NaN. */
  | { readonly kind: 'exact' }
  /** Of two zeros NumPy takes the one that its vectors come across first. */
  | { readonly kind: 'eitherZero' }
  /** A few units in the last place; complex numbers by modulus. */
  | { readonly kind: 'steps' }
  /**
   * In units of what is summed: of the same call with the moduli of its operands, or of their largest modulus where the call
   * is no sum of products. `squared` compares the squares of results.
   */
  | { readonly kind: 'scaled'; readonly scale: 'call' | 'peak' | 'peakSquared'; readonly squared?: true };

const exact: Policy = { kind: 'exact' };
const eitherZero: Policy = { kind: 'eitherZero' };
const steps: Policy = { kind: 'steps' };
const sums: Policy = { kind: 'scaled', scale: 'call' };
const near: Policy = { kind: 'scaled', scale: 'peak' };

const methodsOf = (...names: readonly string[]): string[] =>
  names.flatMap((name) => ['reduce', 'accumulate', 'reduceat', 'outer', 'at'].map((method) => `${name}.${method}`));

const groups: readonly (readonly [Policy, readonly string[]])[] = [
  [eitherZero, [
    'maximum', 'minimum', 'fmax', 'fmin', 'max', 'min', 'amax', 'amin', 'nanmax', 'nanmin', 'clip', 'sort', 'unique', 'union1d',
    'intersect1d', 'setdiff1d', 'setxor1d', 'ptp', ...methodsOf('maximum', 'minimum', 'fmax', 'fmin'),
  ]],
  [steps, [
    'acos', 'acosh', 'arccos', 'arccosh', 'arcsin', 'arcsinh', 'arctan', 'arctanh', 'arctan2', 'asin', 'asinh', 'atan', 'atanh',
    'cbrt', 'cos', 'cosh', 'deg2rad',
    'degrees', 'exp', 'exp2', 'expm1', 'log', 'log10', 'log1p', 'log2', 'rad2deg', 'radians', 'sin', 'sinh', 'tan', 'tanh',
    'float_power', 'power', 'pow', 'hypot', 'logaddexp', 'angle', 'prod', 'cumprod', 'nanprod', 'vander', 'round', 'around',
    'logspace', 'geomspace', 'atan2',
    ...methodsOf('multiply', 'hypot', 'logaddexp', 'arctan2', 'atan2', 'power', 'pow', 'float_power', 'divide', 'true_divide'),
  ]],
  [sums, [
    'sum', 'mean', 'cumsum', 'trace', 'dot', 'matmul', 'inner', 'tensordot', 'vecdot', 'vdot', 'einsum', 'convolve', 'nansum',
    'nancumsum', 'nanmean', 'add.reduce', 'add.accumulate', 'add.reduceat', 'cov', 'correlate', 'cross',
  ]],
  [near, ['average', 'trapezoid', 'gradient', 'interp', 'median', 'percentile', 'quantile', 'histogram', 'linspace']],
  [{ kind: 'scaled', scale: 'peakSquared' }, ['var', 'nanvar']],
  [{ kind: 'scaled', scale: 'peakSquared', squared: true }, ['std', 'nanstd']],
];
const byName = new Map(groups.flatMap(([policy, names]) => names.map((name) => [name, policy] as const)));

/** Exact for real numbers and not for complex ones, whose steps NumPy's vectors fuse. */
const complexSteps = new Set([
  'multiply', 'mul', 'divide', 'div', 'true_divide', 'reciprocal', 'square', 'abs', 'absolute', 'sign', 'sqrt', 'outer', 'kron', 'diff',
]);

export function policyOf(action: Action, complex: boolean): Policy {
  const name = 'name' in action ? action.name : '';
  return byName.get(name) ?? (complex && complexSteps.has(name) ? steps : exact);
}

/** What the oracle measures a statement's errors against. */
export function scaleOf(action: Action): 'call' | 'peak' | 'peakSquared' | null {
  const policy = policyOf(action, false);
  return policy.kind === 'scaled' ? policy.scale : null;
}
