import * as ops from '../../ops/pointwise/index.ts';
import type { Unary } from '../../ops/pointwise/row.ts';
import { ofOne, pureUnary } from '../functions/pointwiseFactories.ts';

/** Bessel functions and their kin. */

const named = (name: string, op: Unary) => pureUnary(ofOne(op, name), `special_${name}`);

/**
 * exp(−|x|) times the modified Bessel function of the first kind of order 0. Source: torch.special.i0e.
 * @example
 * torch.special.i0e(torch.tensor([0, 1.5])); // → tensor([1.0000, 0.3674])
 */
export const i0e = named('i0e', ops.i0e);
/**
 * The modified Bessel function of the first kind of order 1. Source: torch.special.i1.
 * @example
 * torch.special.i1(torch.tensor([0, 1.5])); // → tensor([0.0000, 0.9817])
 */
export const i1 = named('i1', ops.i1);
/**
 * exp(−|x|) times the modified Bessel function of the first kind of order 1. Source: torch.special.i1e.
 * @example
 * torch.special.i1e(torch.tensor([0, 1.5])); // → tensor([0.0000, 0.2190])
 */
export const i1e = named('i1e', ops.i1e);
/**
 * As i0. Source: torch.special.modified_bessel_i0.
 * @example
 * torch.special.modified_bessel_i0(torch.tensor([0, 1.5])); // → tensor([1.0000, 1.6467])
 */
export const modified_bessel_i0 = named('modified_bessel_i0', ops.i0);
/**
 * As i1. Source: torch.special.modified_bessel_i1.
 * @example
 * torch.special.modified_bessel_i1(torch.tensor([0, 1.5])); // → tensor([0.0000, 0.9817])
 */
export const modified_bessel_i1 = named('modified_bessel_i1', ops.i1);
/**
 * The modified Bessel function of the second kind of order 0; NaN below 0. Source: torch.special.modified_bessel_k0.
 * @example
 * torch.special.modified_bessel_k0(torch.tensor([0, 1.5])); // → tensor([   inf, 0.2138])
 */
export const modified_bessel_k0 = named('modified_bessel_k0', ops.k0);
/**
 * The modified Bessel function of the second kind of order 1; NaN below 0. Source: torch.special.modified_bessel_k1.
 * @example
 * torch.special.modified_bessel_k1(torch.tensor([0, 1.5])); // → tensor([   inf, 0.2774])
 */
export const modified_bessel_k1 = named('modified_bessel_k1', ops.k1);
/**
 * exp(x) times modified_bessel_k0. Source: torch.special.scaled_modified_bessel_k0.
 * @example
 * torch.special.scaled_modified_bessel_k0(torch.tensor([0, 1.5])); // → tensor([   inf, 0.9582])
 */
export const scaled_modified_bessel_k0 = named('scaled_modified_bessel_k0', ops.k0e);
/**
 * exp(x) times modified_bessel_k1. Source: torch.special.scaled_modified_bessel_k1.
 * @example
 * torch.special.scaled_modified_bessel_k1(torch.tensor([0, 1.5])); // → tensor([   inf, 1.2432])
 */
export const scaled_modified_bessel_k1 = named('scaled_modified_bessel_k1', ops.k1e);
/**
 * The Bessel function of the first kind of order 0. Source: torch.special.bessel_j0.
 * @example
 * torch.special.bessel_j0(torch.tensor([0, 1.5])); // → tensor([1.0000, 0.5118])
 */
export const bessel_j0 = named('bessel_j0', ops.besselJ0);
/**
 * The Bessel function of the first kind of order 1. Source: torch.special.bessel_j1.
 * @example
 * torch.special.bessel_j1(torch.tensor([0, 1.5])); // → tensor([0.0000, 0.5579])
 */
export const bessel_j1 = named('bessel_j1', ops.besselJ1);
/**
 * The Bessel function of the second kind of order 0; NaN below 0. Source: torch.special.bessel_y0.
 * @example
 * torch.special.bessel_y0(torch.tensor([0, 1.5])); // → tensor([  -inf, 0.3824])
 */
export const bessel_y0 = named('bessel_y0', ops.besselY0);
/**
 * The Bessel function of the second kind of order 1; NaN below 0. Source: torch.special.bessel_y1.
 * @example
 * torch.special.bessel_y1(torch.tensor([0, 1.5])); // → tensor([   -inf, -0.4123])
 */
export const bessel_y1 = named('bessel_y1', ops.besselY1);
/**
 * The spherical Bessel function of the first kind of order 0: sin(x) / x. Source: torch.special.spherical_bessel_j0.
 * @example
 * torch.special.spherical_bessel_j0(torch.tensor([0, 1.5])); // → tensor([1.0000, 0.6650])
 */
export const spherical_bessel_j0 = named('spherical_bessel_j0', ops.sphericalJ0);
/**
 * The Airy function Ai. Source: torch.special.airy_ai.
 * @example
 * torch.special.airy_ai(torch.tensor([0, 1.5])); // → tensor([0.3550, 0.0717])
 */
export const airy_ai = named('airy_ai', ops.airyAi);
