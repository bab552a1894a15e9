import * as special from './specialFunctions.ts';

/** In-place forms of special functions that are functions of the namespace as well. */

/** As deg2rad, in place. Source: torch.deg2rad_. */
export const deg2rad_ = special.deg2rad.inPlace;
/** As frac, in place. Source: torch.frac_. */
export const frac_ = special.frac.inPlace;
/** As gcd, in place. Source: torch.gcd_. */
export const gcd_ = special.gcd.inPlace;
/** As i0, in place. Source: torch.i0_. */
export const i0_ = special.i0.inPlace;
/** As lcm, in place. Source: torch.lcm_. */
export const lcm_ = special.lcm.inPlace;
/** As ldexp, in place. Source: torch.ldexp_. */
export const ldexp_ = special.ldexp.inPlace;
/** As logit, in place. Source: torch.logit_. */
export const logit_ = special.logit.inPlace;
/** As nan_to_num, in place. Source: torch.nan_to_num_. */
export const nan_to_num_ = special.nan_to_num.inPlace;
/** As rad2deg, in place. Source: torch.rad2deg_. */
export const rad2deg_ = special.rad2deg.inPlace;
/** As rsqrt, in place. Source: torch.rsqrt_. */
export const rsqrt_ = special.rsqrt.inPlace;
/** As sinc, in place. Source: torch.sinc_. */
export const sinc_ = special.sinc.inPlace;
/** As xlogy, in place. Source: torch.xlogy_. */
export const xlogy_ = special.xlogy.inPlace;
