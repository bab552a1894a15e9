import * as core from '../../core/dtype.ts';
import { composedBinary, composedUnary } from './methods.ts';
import * as numbers from './numbers.ts';

/** Universal functions that several ops make up, and that arrays do not have as methods: who uses none of them carries none. */

/**
 * log2(2^x1 + 2^x2), without overflow. Source: numpy.logaddexp2.
 * @example
 * np.logaddexp2(0, 0) // → 1.0
 */
export const logaddexp2 = composedBinary('logaddexp2', numbers.logaddexp2Loops);

/**
 * x1 · 2^x2, for whole x2. Source: numpy.ldexp.
 * @example
 * np.ldexp(5, [0, 1, 2]) // → [ 5. 10. 20.]
 */
export const ldexp = composedBinary('ldexp', numbers.ldexpLoops, { exponent: true });

/**
 * The greatest common divisor of |x1| and |x2|; only whole numbers have one. Source: numpy.gcd.
 * @example
 * np.gcd([12, 20], 8) // → [4 4]
 */
export const gcd = composedBinary('gcd', numbers.gcdLoops, { refuse: numbers.refuseAllBut('gcd', core.isInteger) });

/**
 * The lowest common multiple of |x1| and |x2|; only whole numbers have one. Source: numpy.lcm.
 * @example
 * np.lcm(12, [8, 5]) // → [24 60]
 */
export const lcm = composedBinary('lcm', numbers.lcmLoops, { refuse: numbers.refuseAllBut('lcm', core.isInteger) });

/**
 * How many bits are set in |x|, as uint8. Source: numpy.bitwise_count.
 * @example
 * np.bitwise_count([7, -8, 1023]) // → [ 3  1 10]
 */
export const bitwise_count = composedUnary('bitwise_count', numbers.bitCounts, { result: core.uint8 });

/**
 * How far the next number is away from each, from 0 outwards. Source: numpy.spacing.
 * @example
 * np.spacing(1) // → 2.220446049250313e-16
 */
export const spacing = composedUnary('spacing', numbers.spacings);
