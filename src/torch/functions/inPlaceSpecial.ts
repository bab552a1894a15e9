import * as special from './specialFunctions.ts';

/** In-place forms of special functions that are functions of the namespace as well. */

/**
 * As deg2rad, in place. Source: torch.deg2rad_.
 * @example
 * torch.deg2rad_(torch.tensor([0, 90.5])); // → tensor([0.0000, 1.5795])
 */
export const deg2rad_ = special.deg2rad.inPlace;
/**
 * As frac, in place. Source: torch.frac_.
 * @example
 * torch.frac_(torch.tensor([1.25, -2.5])); // → tensor([ 0.2500, -0.5000])
 */
export const frac_ = special.frac.inPlace;
/**
 * As gcd, in place. Source: torch.gcd_.
 * @example
 * torch.gcd_(torch.tensor([12, 9]), torch.tensor([8, 6])); // → tensor([4, 3])
 */
export const gcd_ = special.gcd.inPlace;
/**
 * As i0, in place. Source: torch.i0_.
 * @example
 * torch.i0_(torch.tensor([0, 1.5])); // → tensor([1.0000, 1.6467])
 */
export const i0_ = special.i0.inPlace;
/**
 * As lcm, in place. Source: torch.lcm_.
 * @example
 * torch.lcm_(torch.tensor([4, 6]), torch.tensor([6, 9])); // → tensor([12, 18])
 */
export const lcm_ = special.lcm.inPlace;
/**
 * As ldexp, in place. Source: torch.ldexp_.
 * @example
 * torch.ldexp_(torch.ones(2), torch.tensor([2, 3])); // → tensor([4., 8.])
 */
export const ldexp_ = special.ldexp.inPlace;
/**
 * As logit, in place. Source: torch.logit_.
 * @example
 * torch.logit_(torch.tensor([0.5, 0.75])); // → tensor([0.0000, 1.0986])
 */
export const logit_ = special.logit.inPlace;
/**
 * As nan_to_num, in place. Source: torch.nan_to_num_.
 * @example
 * torch.nan_to_num_(torch.tensor([NaN, 1.5])); // → tensor([0.0000, 1.5000])
 */
export const nan_to_num_ = special.nan_to_num.inPlace;
/**
 * As rad2deg, in place. Source: torch.rad2deg_.
 * @example
 * torch.rad2deg_(torch.tensor([0, 0.5])); // → tensor([ 0.0000, 28.6479])
 */
export const rad2deg_ = special.rad2deg.inPlace;
/**
 * As rsqrt, in place. Source: torch.rsqrt_.
 * @example
 * torch.rsqrt_(torch.tensor([4, 0.25])); // → tensor([0.5000, 2.0000])
 */
export const rsqrt_ = special.rsqrt.inPlace;
/**
 * As sinc, in place. Source: torch.sinc_.
 * @example
 * torch.sinc_(torch.tensor([0, 0.5])); // → tensor([1.0000, 0.6366])
 */
export const sinc_ = special.sinc.inPlace;
/**
 * As xlogy, in place. Source: torch.xlogy_.
 * @example
 * torch.xlogy_(torch.tensor([0, 1.5]), torch.tensor([0, 2.5])); // → tensor([0.0000, 1.3744])
 */
export const xlogy_ = special.xlogy.inPlace;
