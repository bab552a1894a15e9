import * as arithmetic from './arithmetic.ts';
import { addmv } from './blas.ts';
import * as pointwise from '../pointwise.ts';
import * as tensorOnly from '../tensor/tensorOnly.ts';

/** In-place forms that are functions of the namespace as well. */

/** As abs, in place. Source: torch.abs_. */
export const abs_ = pointwise.abs.inPlace;
/** As acos, in place. Source: torch.acos_. */
export const acos_ = pointwise.acos.inPlace;
/** As acosh, in place. Source: torch.acosh_. */
export const acosh_ = pointwise.acosh.inPlace;
/** As arccos, in place. Source: torch.arccos_. */
export const arccos_ = pointwise.arccos.inPlace;
/** As arcsin, in place. Source: torch.arcsin_. */
export const arcsin_ = pointwise.arcsin.inPlace;
/** As arctan, in place. Source: torch.arctan_. */
export const arctan_ = pointwise.arctan.inPlace;
/** As asin, in place. Source: torch.asin_. */
export const asin_ = pointwise.asin.inPlace;
/** As asinh, in place. Source: torch.asinh_. */
export const asinh_ = pointwise.asinh.inPlace;
/** As atan, in place. Source: torch.atan_. */
export const atan_ = pointwise.atan.inPlace;
/** As atanh, in place. Source: torch.atanh_. */
export const atanh_ = pointwise.atanh.inPlace;
/** As ceil, in place. Source: torch.ceil_. */
export const ceil_ = pointwise.ceil.inPlace;
/** As cos, in place. Source: torch.cos_. */
export const cos_ = pointwise.cos.inPlace;
/** As cosh, in place. Source: torch.cosh_. */
export const cosh_ = pointwise.cosh.inPlace;
/** As erf, in place. Source: torch.erf_. */
export const erf_ = pointwise.erf.inPlace;
/** As erfc, in place. Source: torch.erfc_. */
export const erfc_ = pointwise.erfc.inPlace;
/** As exp, in place. Source: torch.exp_. */
export const exp_ = pointwise.exp.inPlace;
/** As exp2, in place. Source: torch.exp2_. */
export const exp2_ = pointwise.exp2.inPlace;
/** As expm1, in place. Source: torch.expm1_. */
export const expm1_ = pointwise.expm1.inPlace;
/** As fix, in place. Source: torch.fix_. */
export const fix_ = pointwise.fix.inPlace;
/** As floor, in place. Source: torch.floor_. */
export const floor_ = pointwise.floor.inPlace;
/** As log, in place. Source: torch.log_. */
export const log_ = pointwise.log.inPlace;
/** As log10, in place. Source: torch.log10_. */
export const log10_ = pointwise.log10.inPlace;
/** As log1p, in place. Source: torch.log1p_. */
export const log1p_ = pointwise.log1p.inPlace;
/** As log2, in place. Source: torch.log2_. */
export const log2_ = pointwise.log2.inPlace;
/** As neg, in place. Source: torch.neg_. */
export const neg_ = pointwise.neg.inPlace;
/** As negative, in place. Source: torch.negative_. */
export const negative_ = pointwise.negative.inPlace;
/** As reciprocal, in place. Source: torch.reciprocal_. */
export const reciprocal_ = pointwise.reciprocal.inPlace;
/** As relu, in place. Source: torch.relu_. */
export const relu_ = pointwise.relu.inPlace;
/** As sigmoid, in place. Source: torch.sigmoid_. */
export const sigmoid_ = pointwise.sigmoid.inPlace;
/** As sin, in place. Source: torch.sin_. */
export const sin_ = pointwise.sin.inPlace;
/** As sinh, in place. Source: torch.sinh_. */
export const sinh_ = pointwise.sinh.inPlace;
/** As sqrt, in place. Source: torch.sqrt_. */
export const sqrt_ = pointwise.sqrt.inPlace;
/** As square, in place. Source: torch.square_. */
export const square_ = pointwise.square.inPlace;
/** As tan, in place. Source: torch.tan_. */
export const tan_ = pointwise.tan.inPlace;
/** As tanh, in place. Source: torch.tanh_. */
export const tanh_ = pointwise.tanh.inPlace;
/** As trunc, in place. Source: torch.trunc_. */
export const trunc_ = pointwise.trunc.inPlace;
/** As conj_physical, in place. Source: torch.conj_physical_. */
export const conj_physical_ = pointwise.conj_physical.inPlace;
/** As clamp, in place. Source: torch.clamp_. */
export const clamp_ = arithmetic.clamp.inPlace;
/** As clip, in place. Source: torch.clip_. */
export const clip_ = arithmetic.clip.inPlace;
/** As round, in place. Source: torch.round_. */
export const round_ = arithmetic.round.inPlace;
/** As addmv, in place. Source: torch.addmv_. */
export const addmv_ = addmv.inPlace;
/** Overwrites every element with one value. Source: torch.fill_. */
export const fill_ = tensorOnly.fill_;
/** As arccosh, in place. Source: torch.arccosh_. */
export const arccosh_ = pointwise.arccosh.inPlace;
/** As arcsinh, in place. Source: torch.arcsinh_. */
export const arcsinh_ = pointwise.arcsinh.inPlace;
/** As arctanh, in place. Source: torch.arctanh_. */
export const arctanh_ = pointwise.arctanh.inPlace;
