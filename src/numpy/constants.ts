/** NumPy's constants. */

/**
 * The ratio of a circle's circumference to its diameter. Source: numpy.pi.
 * @example
 * np.pi // → 3.141592653589793
 */
export const pi: number = Math.PI;
/**
 * The base of the natural logarithm. Source: numpy.e.
 * @example
 * np.log(np.e) // → 1.0
 */
export const e: number = Math.E;
/**
 * The Euler–Mascheroni constant. Source: numpy.euler_gamma.
 * @example
 * np.euler_gamma // → 0.5772156649015329
 */
export const euler_gamma: number = 0.5772156649015329;
/**
 * Positive infinity. Source: numpy.inf.
 * @example
 * np.array([1, np.inf]) // → [ 1. inf]
 */
export const inf: number = Infinity;
/**
 * Not a number, which is not even equal to itself. Source: numpy.nan.
 * @example
 * np.equal(np.nan, np.nan) // → False
 */
export const nan: number = NaN;
/**
 * A new axis in an index. Source: numpy.newaxis.
 * @example
 * np.arange(3).at(':', np.newaxis).shape // → [3, 1]
 */
export const newaxis: null = null;
/**
 * NumPy's true, a plain one here. Source: numpy.True_.
 * @example
 * np.array([np.True_]) // → [ True]
 */
export const True_: true = true;
/**
 * NumPy's false, a plain one here. Source: numpy.False_.
 * @example
 * np.array([np.False_]) // → [False]
 */
export const False_: false = false;
