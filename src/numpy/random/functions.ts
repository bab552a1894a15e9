import { cythonSignature } from '../arguments/routine.ts';
import { BitGenerator } from './bits/bitGenerator.ts';
import { generatorOf } from './bits/mt19937.ts';
import { ofShared, shareState, sharedState } from './shared.ts';
import { StreamState } from './streamState.ts';

/** The functions of `np.random` that share one stream. */

/**
 * Starts the shared stream anew: the same numbers follow the same seed, an integer below 2^32 or several. Source:
 * numpy.random.seed.
 * @example
 * np.random.seed(0);
 * np.random.rand() // → 0.5488135039273248
 */
export function seed(...args: Parameters<StreamState['seed']>): void {
  const state = sharedState();
  const { generator } = state;
  if (generator === null || state.stream.bit_generator.rawBits === 32) {
    state.seed(...args);
    return;
  }
  // NumPy gives another generator the state of a new one of its kind, and leaves the normal number that is left over.
  const Kind = generator.constructor as new (...seeds: readonly unknown[]) => BitGenerator;
  generator.state = new Kind(...args).state;
}

/**
 * The shared stream's state. Source: numpy.random.get_state.
 * @example
 * np.random.get_state()[0] // → MT19937
 */
export const get_state: StreamState['get_state'] = ofShared('get_state');

/**
 * Goes on from a state that get_state gave. Source: numpy.random.set_state.
 * @example
 * const state = np.random.get_state();
 * const first = np.random.rand();
 * np.random.set_state(state);
 * np.random.rand() === first // → true
 */
export const set_state: StreamState['set_state'] = ofShared('set_state');

/**
 * Uniform on [0, 1) in an array of the given extents; a number without any. Source: numpy.random.rand.
 * @example
 * np.random.seed(0);
 * np.random.rand(2, 2) // → [[0.5488135  0.71518937]
 *                      //    [0.60276338 0.54488318]]
 */
export const rand: StreamState['rand'] = ofShared('rand');

/**
 * Standard normal in an array of the given extents; a number without any. Source: numpy.random.randn.
 * @example
 * np.random.seed(0);
 * np.random.randn(3) // → [1.76405235 0.40015721 0.97873798]
 */
export const randn: StreamState['randn'] = ofShared('randn');

/**
 * Integers from low up to, but without, high; from 0 to low where high is left out. Throws a ValueError where there are none.
 * Source: numpy.random.randint.
 * @example
 * np.random.seed(0);
 * np.random.randint(10, { size: 5 }) // → [5 0 3 3 7]
 */
export const randint: StreamState['randint'] = ofShared('randint');

/**
 * Integers from low up to high itself; from 1 to low where high is left out. Randint is the newer name. Source:
 * numpy.random.random_integers.
 * @example
 * np.random.seed(0);
 * np.random.random_integers(1, 6, 5) // → [5 6 1 4 4]
 */
export const random_integers: StreamState['random_integers'] = ofShared('random_integers');

/**
 * Uniform on [0, 1). Source: numpy.random.random.
 * @example
 * np.random.random([2, 3]).shape // → [2, 3]
 */
export const random: StreamState['random'] = ofShared('random');

/**
 * Uniform on [0, 1). Source: numpy.random.random_sample.
 * @example
 * np.random.random_sample(4).size // → 4
 */
export const random_sample: StreamState['random_sample'] = ofShared('random_sample');

/**
 * Another name of random_sample. Source: numpy.random.ranf.
 * @example
 * np.random.ranf(4).size // → 4
 */
export const ranf: StreamState['random_sample'] = random_sample;

/**
 * Another name of random_sample. Source: numpy.random.sample.
 * @example
 * np.random.sample(4).size // → 4
 */
export const sample: StreamState['random_sample'] = random_sample;

/**
 * Normal with mean 0 and standard deviation 1. Source: numpy.random.standard_normal.
 * @example
 * np.random.seed(0);
 * np.random.standard_normal() // → 1.764052345967664
 */
export const standard_normal: StreamState['standard_normal'] = ofShared('standard_normal');

/**
 * Exponential with mean 1. Source: numpy.random.standard_exponential.
 * @example
 * np.random.seed(0);
 * np.random.standard_exponential(2) // → [0.79587451 1.25593076]
 */
export const standard_exponential: StreamState['standard_exponential'] = ofShared('standard_exponential');

/**
 * The numbers below an integer in a random order, or an array with its rows in a random order. Source:
 * numpy.random.permutation.
 * @example
 * np.random.seed(0);
 * np.random.permutation(5) // → [2 0 1 3 4]
 */
export const permutation: StreamState['permutation'] = ofShared('permutation');

/**
 * Puts the rows of an array, or a list's items, in a random order, in place. Source: numpy.random.shuffle.
 * @example
 * const x = np.arange(5);
 * np.random.seed(0);
 * np.random.shuffle(x);
 * x // → [2 0 1 3 4]
 */
export const shuffle: StreamState['shuffle'] = ofShared('shuffle');

/**
 * Elements picked from an array of one axis, or from the numbers below an integer. Source: numpy.random.choice.
 * @example
 * np.random.seed(0);
 * np.random.choice(5, 3, { replace: false }) // → [2 0 1]
 */
export const choice: StreamState['choice'] = ofShared('choice');

/**
 * Random bytes. Source: numpy.random.bytes.
 * @example
 * np.random.bytes(4).length // → 4
 */
export const bytes: StreamState['bytes'] = ofShared('bytes');

const getting = cythonSignature('random.get_bit_generator', '');
const setting = cythonSignature('random.set_bit_generator', 'bitgen');

/**
 * The bit generator of the shared stream. Source: numpy.random.get_bit_generator.
 * @example
 * np.random.get_bit_generator() instanceof np.random.MT19937 // → true
 */
export function get_bit_generator(...args: readonly []): BitGenerator {
  getting.list(args);
  return generatorOf(sharedState());
}

/**
 * Lets the functions of np.random draw from another bit generator. Throws a TypeError for what is none. Source:
 * numpy.random.set_bit_generator.
 * @example
 * const before = np.random.get_bit_generator();
 * np.random.set_bit_generator(new np.random.PCG64(1));
 * np.random.rand() // → 0.5118216247002567
 * np.random.set_bit_generator(before);
 */
export function set_bit_generator(...args: [bitgen: BitGenerator] | [options: { readonly bitgen: BitGenerator }]): void {
  const [bitgen] = setting.list(args);
  if (!(bitgen instanceof BitGenerator)) throw new TypeError('bitgen must be a bit generator, as new PCG64(seed) makes one');
  shareState(new StreamState(bitgen));
}
