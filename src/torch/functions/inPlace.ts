import * as arithmetic from './arithmetic.ts';
import { addmv } from './blas.ts';
import * as pointwise from '../pointwise.ts';
import * as tensorOnly from '../tensor/tensorOnly.ts';

/** In-place forms that are functions of the namespace as well. */

/**
 * As abs, in place. Source: torch.abs_.
 * @example
 * torch.abs_(torch.tensor([-1.5, 2])); // → tensor([1.5000, 2.0000])
 */
export const abs_ = pointwise.abs.inPlace;
/**
 * As acos, in place. Source: torch.acos_.
 * @example
 * torch.acos_(torch.tensor([0.5, 1])); // → tensor([1.0472, 0.0000])
 */
export const acos_ = pointwise.acos.inPlace;
/**
 * As acosh, in place. Source: torch.acosh_.
 * @example
 * torch.acosh_(torch.tensor([1, 2.5])); // → tensor([0.0000, 1.5668])
 */
export const acosh_ = pointwise.acosh.inPlace;
/**
 * As arccos, in place. Source: torch.arccos_.
 * @example
 * torch.arccos_(torch.tensor([0.5, 1])); // → tensor([1.0472, 0.0000])
 */
export const arccos_ = pointwise.arccos.inPlace;
/**
 * As arcsin, in place. Source: torch.arcsin_.
 * @example
 * torch.arcsin_(torch.tensor([0.5, 1])); // → tensor([0.5236, 1.5708])
 */
export const arcsin_ = pointwise.arcsin.inPlace;
/**
 * As arctan, in place. Source: torch.arctan_.
 * @example
 * torch.arctan_(torch.tensor([0.5, 1])); // → tensor([0.4636, 0.7854])
 */
export const arctan_ = pointwise.arctan.inPlace;
/**
 * As asin, in place. Source: torch.asin_.
 * @example
 * torch.asin_(torch.tensor([0.5, 1])); // → tensor([0.5236, 1.5708])
 */
export const asin_ = pointwise.asin.inPlace;
/**
 * As asinh, in place. Source: torch.asinh_.
 * @example
 * torch.asinh_(torch.tensor([0.5, 1])); // → tensor([0.4812, 0.8814])
 */
export const asinh_ = pointwise.asinh.inPlace;
/**
 * As atan, in place. Source: torch.atan_.
 * @example
 * torch.atan_(torch.tensor([0.5, 1])); // → tensor([0.4636, 0.7854])
 */
export const atan_ = pointwise.atan.inPlace;
/**
 * As atanh, in place. Source: torch.atanh_.
 * @example
 * torch.atanh_(torch.tensor([0.5, 0])); // → tensor([0.5493, 0.0000])
 */
export const atanh_ = pointwise.atanh.inPlace;
/**
 * As ceil, in place. Source: torch.ceil_.
 * @example
 * torch.ceil_(torch.tensor([-1.5, 1.2])); // → tensor([-1.,  2.])
 */
export const ceil_ = pointwise.ceil.inPlace;
/**
 * As cos, in place. Source: torch.cos_.
 * @example
 * torch.cos_(torch.tensor([0, 1.5])); // → tensor([1.0000, 0.0707])
 */
export const cos_ = pointwise.cos.inPlace;
/**
 * As cosh, in place. Source: torch.cosh_.
 * @example
 * torch.cosh_(torch.tensor([0, 1.5])); // → tensor([1.0000, 2.3524])
 */
export const cosh_ = pointwise.cosh.inPlace;
/**
 * As erf, in place. Source: torch.erf_.
 * @example
 * torch.erf_(torch.tensor([0, 0.5])); // → tensor([0.0000, 0.5205])
 */
export const erf_ = pointwise.erf.inPlace;
/**
 * As erfc, in place. Source: torch.erfc_.
 * @example
 * torch.erfc_(torch.tensor([0, 0.5])); // → tensor([1.0000, 0.4795])
 */
export const erfc_ = pointwise.erfc.inPlace;
/**
 * As exp, in place. Source: torch.exp_.
 * @example
 * torch.exp_(torch.tensor([0, 1.5])); // → tensor([1.0000, 4.4817])
 */
export const exp_ = pointwise.exp.inPlace;
/**
 * As exp2, in place. Source: torch.exp2_.
 * @example
 * torch.exp2_(torch.tensor([3, 0.5])); // → tensor([8.0000, 1.4142])
 */
export const exp2_ = pointwise.exp2.inPlace;
/**
 * As expm1, in place. Source: torch.expm1_.
 * @example
 * torch.expm1_(torch.tensor([0, 0.5])); // → tensor([0.0000, 0.6487])
 */
export const expm1_ = pointwise.expm1.inPlace;
/**
 * As fix, in place. Source: torch.fix_.
 * @example
 * torch.fix_(torch.tensor([-1.5, 1.7])); // → tensor([-1.,  1.])
 */
export const fix_ = pointwise.fix.inPlace;
/**
 * As floor, in place. Source: torch.floor_.
 * @example
 * torch.floor_(torch.tensor([-1.5, 1.7])); // → tensor([-2.,  1.])
 */
export const floor_ = pointwise.floor.inPlace;
/**
 * As log, in place. Source: torch.log_.
 * @example
 * torch.log_(torch.tensor([1, 2.5])); // → tensor([0.0000, 0.9163])
 */
export const log_ = pointwise.log.inPlace;
/**
 * As log10, in place. Source: torch.log10_.
 * @example
 * torch.log10_(torch.tensor([100, 0.1])); // → tensor([ 2., -1.])
 */
export const log10_ = pointwise.log10.inPlace;
/**
 * As log1p, in place. Source: torch.log1p_.
 * @example
 * torch.log1p_(torch.tensor([0, 0.5])); // → tensor([0.0000, 0.4055])
 */
export const log1p_ = pointwise.log1p.inPlace;
/**
 * As log2, in place. Source: torch.log2_.
 * @example
 * torch.log2_(torch.tensor([8, 0.5])); // → tensor([ 3., -1.])
 */
export const log2_ = pointwise.log2.inPlace;
/**
 * As neg, in place. Source: torch.neg_.
 * @example
 * torch.neg_(torch.tensor([1, -2])); // → tensor([-1,  2])
 */
export const neg_ = pointwise.neg.inPlace;
/**
 * As negative, in place. Source: torch.negative_.
 * @example
 * torch.negative_(torch.tensor([1, -2])); // → tensor([-1,  2])
 */
export const negative_ = pointwise.negative.inPlace;
/**
 * As reciprocal, in place. Source: torch.reciprocal_.
 * @example
 * torch.reciprocal_(torch.tensor([4, 0.5])); // → tensor([0.2500, 2.0000])
 */
export const reciprocal_ = pointwise.reciprocal.inPlace;
/**
 * As relu, in place. Source: torch.relu_.
 * @example
 * torch.relu_(torch.tensor([-1.5, 2])); // → tensor([0., 2.])
 */
export const relu_ = pointwise.relu.inPlace;
/**
 * As sigmoid, in place. Source: torch.sigmoid_.
 * @example
 * torch.sigmoid_(torch.tensor([0, 1.5])); // → tensor([0.5000, 0.8176])
 */
export const sigmoid_ = pointwise.sigmoid.inPlace;
/**
 * As sin, in place. Source: torch.sin_.
 * @example
 * torch.sin_(torch.tensor([0, 1.5])); // → tensor([0.0000, 0.9975])
 */
export const sin_ = pointwise.sin.inPlace;
/**
 * As sinh, in place. Source: torch.sinh_.
 * @example
 * torch.sinh_(torch.tensor([0, 1.5])); // → tensor([0.0000, 2.1293])
 */
export const sinh_ = pointwise.sinh.inPlace;
/**
 * As sqrt, in place. Source: torch.sqrt_.
 * @example
 * torch.sqrt_(torch.tensor([9, 0.25])); // → tensor([3.0000, 0.5000])
 */
export const sqrt_ = pointwise.sqrt.inPlace;
/**
 * As square, in place. Source: torch.square_.
 * @example
 * torch.square_(torch.tensor([3, -0.5])); // → tensor([9.0000, 0.2500])
 */
export const square_ = pointwise.square.inPlace;
/**
 * As tan, in place. Source: torch.tan_.
 * @example
 * torch.tan_(torch.tensor([0, 0.5])); // → tensor([0.0000, 0.5463])
 */
export const tan_ = pointwise.tan.inPlace;
/**
 * As tanh, in place. Source: torch.tanh_.
 * @example
 * torch.tanh_(torch.tensor([0, 0.5])); // → tensor([0.0000, 0.4621])
 */
export const tanh_ = pointwise.tanh.inPlace;
/**
 * As trunc, in place. Source: torch.trunc_.
 * @example
 * torch.trunc_(torch.tensor([-1.5, 1.7])); // → tensor([-1.,  1.])
 */
export const trunc_ = pointwise.trunc.inPlace;
/**
 * As conj_physical, in place. Source: torch.conj_physical_.
 * @example
 * torch.conj_physical_(torch.complex(torch.ones(1), torch.ones(1))); // → tensor([1.-1.j])
 */
export const conj_physical_ = pointwise.conj_physical.inPlace;
/**
 * As clamp, in place. Source: torch.clamp_.
 * @example
 * torch.clamp_(torch.tensor([-1.5, 0.5, 3]), 0, 1); // → tensor([0.0000, 0.5000, 1.0000])
 */
export const clamp_ = arithmetic.clamp.inPlace;
/**
 * As clip, in place. Source: torch.clip_.
 * @example
 * torch.clip_(torch.tensor([-1.5, 0.5, 3]), 0, 1); // → tensor([0.0000, 0.5000, 1.0000])
 */
export const clip_ = arithmetic.clip.inPlace;
/**
 * As round, in place. Source: torch.round_.
 * @example
 * torch.round_(torch.tensor([0.5, 1.7])); // → tensor([0., 2.])
 */
export const round_ = arithmetic.round.inPlace;
/**
 * As addmv, in place. Source: torch.addmv_.
 * @example
 * torch.addmv_(torch.ones(2), torch.eye(2), torch.tensor([2, 0.5])); // → tensor([3.0000, 1.5000])
 */
export const addmv_ = addmv.inPlace;
/**
 * Overwrites every element with one value. Source: torch.fill_.
 * @example
 * torch.fill_(torch.zeros(2), 3); // → tensor([3., 3.])
 */
export const fill_ = tensorOnly.fill_;
/**
 * As arccosh, in place. Source: torch.arccosh_.
 * @example
 * torch.arccosh_(torch.tensor([1, 2.5])); // → tensor([0.0000, 1.5668])
 */
export const arccosh_ = pointwise.arccosh.inPlace;
/**
 * As arcsinh, in place. Source: torch.arcsinh_.
 * @example
 * torch.arcsinh_(torch.tensor([0.5, 1])); // → tensor([0.4812, 0.8814])
 */
export const arcsinh_ = pointwise.arcsinh.inPlace;
/**
 * As arctanh, in place. Source: torch.arctanh_.
 * @example
 * torch.arctanh_(torch.tensor([0.5, 0])); // → tensor([0.5493, 0.0000])
 */
export const arctanh_ = pointwise.arctanh.inPlace;
