/** NumPy's constants. */

/** The ratio of a circle's circumference to its diameter. */
export const pi: number = Math.PI;
/** The base of the natural logarithm. */
export const e: number = Math.E;
/** The Euler–Mascheroni constant. */
export const euler_gamma: number = 0.5772156649015329;
/** Positive infinity. */
export const inf: number = Infinity;
/** Not a number. */
export const nan: number = NaN;
/** A new axis in an index: `x.at(np.newaxis, ':')`. */
export const newaxis: null = null;
