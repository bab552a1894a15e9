import * as ops from '../../ops/pointwise/index.ts';
import { keyedOut } from '../arguments/keyed.ts';
import { ofOne, pureUnary } from '../functions/pointwiseFactories.ts';
import { inFloats } from '../functions/specialFunctions.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** The normal distribution, and the error function's kin. */

/**
 * exp(x²) times the complement of the error function, which does not underflow. Source: torch.special.erfcx.
 * @example
 * torch.special.erfcx(torch.tensor([0, 1.5, 30])); // → tensor([1.0000, 0.3216, 0.0188])
 */
export const erfcx = pureUnary(ofOne(ops.erfcx, 'erfcx'), 'special_erfcx');
/**
 * Where the normal distribution's function is each element: infinite at 0 and 1, NaN beyond. Source: torch.special.ndtri.
 * @example
 * torch.special.ndtri(torch.tensor([0, 0.25, 1])); // → tensor([   -inf, -0.6745,     inf])
 */
export const ndtri = pureUnary(ofOne(ops.ndtri, 'ndtri'), 'special_ndtri');
/**
 * The logarithm of the normal distribution's function, also where that underflows. Source: torch.special.log_ndtr.
 * @example
 * torch.special.log_ndtr(torch.tensor([0, -1.5, -30])); // → tensor([  -0.6931,   -2.7059, -454.3213])
 */
export const log_ndtr = pureUnary(ofOne(ops.logNdtr, 'log_ndtr'), 'special_log_ndtr');
/**
 * The normal distribution's function: how much of it lies below each element. Source: torch.special.ndtr.
 * @example
 * torch.special.ndtr(torch.tensor([0, -1.5, 3])); // → tensor([0.5000, 0.0668, 0.9987])
 */
export const ndtr = keyedOut('special_ndtr', 'input, *, out=None', (input: Tensor): Tensor => ops.ndtr(inFloats('ndtr', input)));
