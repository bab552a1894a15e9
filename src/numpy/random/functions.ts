import { RandomState } from './randomState.ts';

/** The functions of `np.random` that share one stream. */

let shared: RandomState | undefined;

/** A method of the shared stream, which is made when it is first needed: not every platform has entropy before that. */
function ofShared<K extends keyof RandomState>(name: K): RandomState[K] {
  const call = (...args: unknown[]): unknown => {
    const state = (shared ??= new RandomState());
    return (state[name] as (...values: unknown[]) => unknown).apply(state, args);
  };
  return call as RandomState[K];
}

/**
 * Starts the shared stream anew: the same numbers follow the same seed, an integer below 2^32 or several. Source:
 * numpy.random.seed.
 * @example
 * np.random.seed(0);
 * np.random.rand() // → 0.5488135039273248
 */
export const seed: RandomState['seed'] = ofShared('seed');

/**
 * The shared stream's state. Source: numpy.random.get_state.
 * @example
 * np.random.get_state()[0] // → MT19937
 */
export const get_state: RandomState['get_state'] = ofShared('get_state');

/**
 * Goes on from a state that get_state gave. Source: numpy.random.set_state.
 * @example
 * const state = np.random.get_state();
 * const first = np.random.rand();
 * np.random.set_state(state);
 * np.random.rand() === first // → true
 */
export const set_state: RandomState['set_state'] = ofShared('set_state');

/**
 * Uniform on [0, 1) in an array of the given extents; a number without any. Source: numpy.random.rand.
 * @example
 * np.random.seed(0);
 * np.random.rand(2, 2) // → [[0.5488135  0.71518937]
 * //    [0.60276338 0.54488318]]
 */
export const rand: RandomState['rand'] = ofShared('rand');

/**
 * Standard normal in an array of the given extents; a number without any. Source: numpy.random.randn.
 * @example
 * np.random.seed(0);
 * np.random.randn(3) // → [1.76405235 0.40015721 0.97873798]
 */
export const randn: RandomState['randn'] = ofShared('randn');

/**
 * Integers from low up to, but without, high; from 0 to low where high is left out. Throws a ValueError where there are none.
 * Source: numpy.random.randint.
 * @example
 * np.random.seed(0);
 * np.random.randint(10, { size: 5 }) // → [5 0 3 3 7]
 */
export const randint: RandomState['randint'] = ofShared('randint');

/**
 * Uniform on [0, 1). Source: numpy.random.random.
 * @example
 * np.random.random([2, 3]).shape // → [2, 3]
 */
export const random: RandomState['random'] = ofShared('random');

/**
 * Uniform on [0, 1). Source: numpy.random.random_sample.
 * @example
 * np.random.random_sample(4).size // → 4
 */
export const random_sample: RandomState['random_sample'] = ofShared('random_sample');

/**
 * Another name of random_sample. Source: numpy.random.ranf.
 * @example
 * np.random.ranf(4).size // → 4
 */
export const ranf: RandomState['random_sample'] = random_sample;

/**
 * Another name of random_sample. Source: numpy.random.sample.
 * @example
 * np.random.sample(4).size // → 4
 */
export const sample: RandomState['random_sample'] = random_sample;

/**
 * Uniform on [low, high), by default [0, 1); bounds may be arrays. Source: numpy.random.uniform.
 * @example
 * np.random.seed(0);
 * np.random.uniform(-1, 1, 3) // → [0.09762701 0.43037873 0.20552675]
 */
export const uniform: RandomState['uniform'] = ofShared('uniform');

/**
 * Normal around loc (0) with standard deviation scale (1), which may be arrays. Throws a ValueError where scale is negative.
 * Source: numpy.random.normal.
 * @example
 * np.random.seed(0);
 * np.random.normal([0, 100], { scale: 2 }) // → [  3.52810469 100.80031442]
 */
export const normal: RandomState['normal'] = ofShared('normal');

/**
 * Normal with mean 0 and standard deviation 1. Source: numpy.random.standard_normal.
 * @example
 * np.random.seed(0);
 * np.random.standard_normal() // → 1.764052345967664
 */
export const standard_normal: RandomState['standard_normal'] = ofShared('standard_normal');

/**
 * Exponential with mean scale (1), which may be an array. Source: numpy.random.exponential.
 * @example
 * np.random.seed(0);
 * np.random.exponential(2, 3) // → [1.59174902 2.51186153 1.84644629]
 */
export const exponential: RandomState['exponential'] = ofShared('exponential');

/**
 * Exponential with mean 1. Source: numpy.random.standard_exponential.
 * @example
 * np.random.seed(0);
 * np.random.standard_exponential(2) // → [0.79587451 1.25593076]
 */
export const standard_exponential: RandomState['standard_exponential'] = ofShared('standard_exponential');

/**
 * The numbers below an integer in a random order, or an array with its rows in a random order. Source:
 * numpy.random.permutation.
 * @example
 * np.random.seed(0);
 * np.random.permutation(5) // → [2 0 1 3 4]
 */
export const permutation: RandomState['permutation'] = ofShared('permutation');

/**
 * Puts the rows of an array, or a list's items, in a random order, in place. Source: numpy.random.shuffle.
 * @example
 * const x = np.arange(5);
 * np.random.seed(0);
 * np.random.shuffle(x);
 * x // → [2 0 1 3 4]
 */
export const shuffle: RandomState['shuffle'] = ofShared('shuffle');

/**
 * Elements picked from an array of one axis, or from the numbers below an integer. Source: numpy.random.choice.
 * @example
 * np.random.seed(0);
 * np.random.choice(5, 3, { replace: false }) // → [2 0 1]
 */
export const choice: RandomState['choice'] = ofShared('choice');

/**
 * Random bytes. Source: numpy.random.bytes.
 * @example
 * np.random.bytes(4).length // → 4
 */
export const bytes: RandomState['bytes'] = ofShared('bytes');
