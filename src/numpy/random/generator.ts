import type { Scalar } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { float32, float64 } from '../../core/dtype.ts';
import { ValueError, shown } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { writesOf } from '../../core/strided.ts';
import type { BitStream } from '../../random/bitSource.ts';
import type { FloatOutput } from '../../random/generator.ts';
import { Generator as Samplers } from '../../random/generator.ts';
import type { ArrayLike, Item } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf, dtypeRepr } from '../dtypes/dtype.ts';
import { cythonSignature } from '../arguments/routine.ts';
import type { ChoiceStyle, Shufflable } from './arrays.ts';
import { chosen, drawBytes, permutationAxisError, permuted, shuffleInPlace } from './arrays.ts';
import type { FactorMethod, MultivariateNormal } from './multivariateNormal.ts';
import { multivariateNormal, multivariateText } from './multivariateNormal.ts';
import { permutedLines } from './permuted.ts';
import { BitGenerator } from './bits/bitGenerator.ts';
import { PCG64 } from './bits/pcg64.ts';
import type { Entropy, NumpySeedSequence as SeedSequence } from './bits/seedSequence.ts';
import type { AnySignature } from '../arguments/routine.ts';
import type { Size } from './draw.ts';
import { fillFresh, shapeFrom } from './draw.ts';
import { GeneratorDistributions } from './generatorDistributions.ts';
import type { IntegersCaller } from './integers.ts';
import { drawGammas } from './gammas.ts';
import { drawIntegers } from './integers.ts';
import type { Dirichlet, Multinomial, MultivariateHypergeometric } from './multivariate.ts';
import { dirichlet, multinomial, multivariateHypergeometric } from './multivariate.ts';

export interface FloatOptions {
  size?: Size | null;
  /** float64 (the default) or float32. */
  dtype?: DTypeLike | null;
  /** A contiguous array of that dtype to fill. */
  out?: ndarray | null;
}
export interface ExponentialOptions extends FloatOptions {
  /** The ziggurat ('zig', the default) or the inverse of the distribution function ('inv'). */
  method?: 'zig' | 'inv';
}
/** A distribution that can be drawn as float64 or float32, also into an array. */
export interface FloatSampler<O extends FloatOptions> {
  (size?: null, dtype?: DTypeLike | null, out?: null): number;
  (options: O & { size?: null; out?: null }): number;
  (size: Size, dtype?: DTypeLike | null, out?: ndarray | null): ndarray;
  (size: Size, options: O): ndarray;
  (options: O & ({ size: Size } | { out: ndarray })): ndarray;
  (...args: readonly (Size | DTypeLike | ndarray | O | null | undefined)[]): number | ndarray;
}

/** A RandomState, whose bits are shared. */
interface HasBits {
  readonly _bit_generator: BitGenerator;
}
type GeneratorSeed = Entropy | SeedSequence | BitGenerator | NumpyGenerator | HasBits;

const hasBits = (value: unknown): value is HasBits => typeof value === 'object' && value !== null && '_bit_generator' in value;
type AlongAxis<X> = [x: X, axis?: number | bigint] | [x: X, options: { axis?: number | bigint }]
  | [options: { x: X; axis?: number | bigint }];

export interface IntegersOptions<S = Size | null> {
  high?: ArrayLike | null;
  size?: S;
  /** int64 unless given: an integer dtype or bool. */
  dtype?: DTypeLike | null;
  /** Whether high itself may come. */
  endpoint?: boolean;
}

export interface GeneratorChoiceOptions {
  size?: Size | null;
  /** Whether one element may come more than once; true unless given. */
  replace?: boolean;
  /** The probability of each; all the same unless given. */
  p?: ArrayLike | null;
  axis?: number;
  /** Whether the order of a choice without replacement is random too; false is faster. */
  shuffle?: boolean;
}

function requireFloat(name: string, dtype: DTypeLike | null | undefined): DType {
  const type = coreOf(dtype) ?? float64;
  if (type !== float64 && type !== float32) throw new TypeError(`Unsupported dtype ${dtypeRepr(type)} for ${name}`);
  return type;
}

/** The memory of an array to fill, which may be row- or column-major. */
function memoryOf(out: unknown, type: DType, size: Size | undefined, order: '' | 'C-' = ''): FloatOutput {
  if (!(out instanceof ndarray) || !(order === '' ? out.flags.forc : out.flags.c_contiguous) || !out.flags.writeable) {
    throw new ValueError(`Supplied output array must be ${order}contiguous, writable, aligned, and in machine byte-order.`);
  }
  if (out.dtypeCore !== type) {
    throw new TypeError(`Supplied output array has the wrong type. Expected ${type.name}, got ${out.dtypeCore.name}`);
  }
  if (size !== undefined && !sameShape(shapeFrom(size), out.shape)) {
    throw new ValueError('size must match out.shape when used together');
  }
  return (out.flags.c_contiguous ? out : out.T).data as FloatOutput;
}

const declare = (name: string, text: string): AnySignature => cythonSignature(`random.Generator.${name}`, text);
const signatures = {
  create: cythonSignature('random.__init__#Generator', 'bit_generator'),
  random: declare('random', "size=None, dtype: Any='float64', out: Any=None"),
  standard_normal: declare('standard_normal', "size=None, dtype: Any='float64', out: Any=None"),
  standard_exponential: declare('standard_exponential', "size=None, dtype: Any='float64', method='zig', out: Any=None"),
  integers: declare('integers', "low, high=None, size=None, dtype: Any='int64', endpoint=False"),
  bytes: declare('bytes', 'length: int'),
  permutation: declare('permutation', 'x, axis: int=0'),
  shuffle: declare('shuffle', 'x, axis: int=0'),
  choice: declare('choice', 'a, size=None, replace=True, p=None, axis: int=0, shuffle=True'),
  standard_gamma: declare('standard_gamma', "shape: array_like, size=None, dtype: Any='float64', out: Any=None"),
  multinomial: declare('multinomial', 'n: array_like, pvals: array_like, size=None'),
  dirichlet: declare('dirichlet', 'alpha: array_like, size=None'),
  multivariate_hypergeometric: declare(
    'multivariate_hypergeometric', "colors: array_like, nsample: Any, size=None, method: Any='marginals'"),
  multivariate_normal: declare('multivariate_normal', multivariateText),
  permuted: declare('permuted', 'x, *, axis: int=None, out: Any=None'),
  spawn: declare('spawn', 'n_children: int'),
  default_rng: cythonSignature('random.default_rng', 'seed=None'),
};

/**
 * Random numbers of many distributions from a bit generator; default_rng makes one. Without a size a number comes, else
 * an array. Source: numpy.random.Generator.
 * @example
 * new np.random.Generator(new np.random.PCG64(1)).random() // → 0.5118216247002567
 */
class NumpyGenerator extends GeneratorDistributions {
  static override readonly name = 'Generator';
  /** Where the random bits come from. */
  readonly bit_generator: BitGenerator;
  private readonly samplers: Samplers<BitStream>;
  private readonly integersCaller: IntegersCaller;
  private readonly choiceStyle: (shuffle: boolean) => ChoiceStyle;

  /**
   * Uniform on [0, 1), in float64 or float32. Source: numpy.random.Generator.random.
   * @example
   * np.random.default_rng(1).random(3) // → [0.51182162 0.9504637  0.14415961]
   */
  readonly random: FloatSampler<FloatOptions>;
  /**
   * Normal with mean 0 and standard deviation 1. Source: numpy.random.Generator.standard_normal.
   * @example
   * np.random.default_rng(1).standard_normal(3, { dtype: 'float32' }) // → [ 1.7291036 -1.4284534  1.0277448]
   */
  readonly standard_normal: FloatSampler<FloatOptions>;
  /**
   * Exponential with mean 1. Source: numpy.random.Generator.standard_exponential.
   * @example
   * np.random.default_rng(1).standard_exponential(3, { method: 'inv' }) // → [0.71707442 3.00504947 0.15567138]
   */
  readonly standard_exponential: FloatSampler<ExponentialOptions>;

  constructor(...args: [bit_generator: BitGenerator] | [options: { readonly bit_generator: BitGenerator }]) {
    const [bitGenerator] = signatures.create.list(args) as [BitGenerator];
    if (!(bitGenerator instanceof BitGenerator)) {
      throw new TypeError('a Generator takes a bit generator: new Generator(new PCG64(seed)), or default_rng(seed)');
    }
    const samplers = new Samplers<BitStream>(bitGenerator.stream);
    super(samplers);
    this.bit_generator = bitGenerator;
    this.samplers = samplers;
    this.integersCaller = {
      declared: signatures.integers, masked: false,
      fill: (low, high, dtype, out, start, count) => samplers.integers(low, high, dtype, true, out, start, count),
    };
    this.choiceStyle = (shuffle) => ({
      anyDimension: true,
      notInteger: (type) => `a must be a sequence or an integer, not <class '${type}'>`,
      empty: 'a cannot be empty unless no samples are taken',
      probabilities: 'p must be 1-dimensional',
      pick: (population, count, replace, p, tolerance) => samplers.choice(population, count, replace, p, shuffle, tolerance),
    });
    this.random = ((...args: unknown[]) => this.floats('random', args, (out) => samplers.random(out))) as never;
    this.standard_normal = ((...args: unknown[]) =>
      this.floats('standard_normal', args, (out) => samplers.standardNormal(out))) as never;
    this.standard_exponential = ((...args: unknown[]) =>
      this.floats('standard_exponential', args, (out, method) => samplers.standardExponential(out, 0, out.length, method))) as never;
  }

  /**
   * Gamma with a shape, at least 0, and scale 1, in float64 or float32. Source: numpy.random.Generator.standard_gamma.
   * @example
   * np.random.default_rng(1).standard_gamma([0.5, 2]) // → [0.26210675 0.48688128]
   */
  standard_gamma(shape: number, size?: null): number;
  standard_gamma(shape: ArrayLike, size: Size, dtype?: DTypeLike | null, out?: ndarray | null): ndarray;
  standard_gamma(shape: ArrayLike, size: Size, options: FloatOptions): ndarray;
  standard_gamma(shape: ArrayLike, options: FloatOptions & ({ size: Size } | { out: ndarray })): ndarray;
  standard_gamma(options: FloatOptions & { shape: ArrayLike } & ({ size: Size } | { out: ndarray })): ndarray;
  standard_gamma(
    shape: ArrayLike | FloatOptions & { shape: ArrayLike },
    ...args: readonly (Size | DTypeLike | ndarray | FloatOptions | null | undefined)[]
  ): number | ndarray;
  standard_gamma(...args: readonly unknown[]): number | ndarray {
    const [shape, size, dtype, out] = signatures.standard_gamma.list(args) as [ArrayLike, Size?, DTypeLike?, ndarray?];
    const type = requireFloat('standard_gamma', dtype);
    return drawGammas(this.samplers, shape, size, type, out === undefined ? undefined : memoryOf(out, type, size, 'C-') && out);
  }

  /**
   * How many of n things are of each kind, whose probabilities lie along the last axis; the last is what the others leave of 1.
   * Source: numpy.random.Generator.multinomial.
   * @example
   * np.random.default_rng(1).multinomial(20, [0.2, 0.3, 0.5], 2) // → [[ 4  9  7]
   *                                                              //    [ 2 10  8]]
   */
  multinomial(...args: Parameters<Multinomial>): ndarray {
    const [n, pvals, size] = signatures.multinomial.list(args) as [ArrayLike, ArrayLike, Size?];
    return multinomial(this.samplers, n, pvals, size);
  }

  /**
   * Rows of positive numbers that sum to 1, of the Dirichlet distribution with parameters alpha. Throws a ValueError where one is
   * negative. Source: numpy.random.Generator.dirichlet.
   * @example
   * np.random.default_rng(1).dirichlet([1, 2, 3]) // → [0.21056999 0.58249616 0.20693385]
   */
  dirichlet(...args: Parameters<Dirichlet>): ndarray {
    const [alpha, size] = signatures.dirichlet.list(args) as [ArrayLike, Size?];
    return dirichlet(this.samplers, alpha, size);
  }

  /**
   * Rows of numbers that are normal around a list of means and go together as a matrix of covariances says, of which `method` 'svd', 'eigh'
   * or 'cholesky' makes a factor. Where the matrix is none of covariances, `check_valid` says whether that is told: 'warn', 'raise' or
   * 'ignore'. In bundles for browsers it takes a program that uses np.linalg, too, and throws a RuntimeError otherwise. Source:
   * numpy.random.Generator.multivariate_normal.
   * @example
   * np.random.default_rng(1).multivariate_normal([0, 10], [[4, 1], [1, 2]], 2) // → [[-1.06674679 10.67803329]
   *                                                                            //    [-0.01340388  8.21819903]]
   */
  multivariate_normal(...args: Parameters<MultivariateNormal>): ndarray {
    const [mean, cov, size, check, tol, method] =
      signatures.multivariate_normal.list(args) as [ArrayLike, ArrayLike, unknown, unknown?, number?, FactorMethod?];
    return multivariateNormal(this.samplers, mean, cov, size, check, tol, method);
  }

  /**
   * How many things of each colour are among nsample of them, none put back, from how many there are of each. Source:
   * numpy.random.Generator.multivariate_hypergeometric.
   * @example
   * np.random.default_rng(1).multivariate_hypergeometric([16, 8, 4], 6) // → [2 2 2]
   */
  multivariate_hypergeometric(...args: Parameters<MultivariateHypergeometric>): ndarray {
    const [colors, nsample, size, method] = signatures.multivariate_hypergeometric.list(args) as [ArrayLike, unknown, Size?, unknown?];
    return multivariateHypergeometric(this.samplers, colors, nsample, size, method);
  }

  /**
   * A copy whose elements along an axis are in random orders, each line's its own; of all elements without an axis. Source:
   * numpy.random.Generator.permuted.
   * @example
   * np.random.default_rng(1).permuted([[1, 2, 3], [4, 5, 6]], { axis: 1 }) // → [[1 2 3]
   *                                                                        //    [6 4 5]]
   */
  permuted(
    ...args: [x: ArrayLike, options?: { axis?: number | bigint | null; out?: ndarray | null }]
    | [options: { x: ArrayLike; axis?: number | bigint | null; out?: ndarray | null }]
  ): ndarray {
    const [x, axis, out] = signatures.permuted.list(args) as [ArrayLike, number?, unknown?];
    return permutedLines(this.samplers, x, axis, out);
  }

  private floats(
    name: 'random' | 'standard_normal' | 'standard_exponential', args: readonly unknown[],
    fill: (out: FloatOutput, method: 'zig' | 'inv') => void,
  ): number | ndarray {
    const [size, dtype, ...rest] = signatures[name].list(args) as [Size?, DTypeLike?, ...unknown[]];
    const out = rest.pop();
    const [method = 'zig'] = rest as ['zig'?];
    const type = requireFloat(name, dtype);
    if (method !== 'zig' && method !== 'inv') throw new ValueError(`method must be 'zig' or 'inv', not '${shown(method)}'`);
    if (out !== undefined) {
      fill(memoryOf(out, type, size), method);
      writesOf(out as ndarray).version++;
      return out as ndarray;
    }
    if (size === undefined) {
      const one = type === float32 ? new Float32Array(1) : new Float64Array(1);
      fill(one, method);
      return one[0];
    }
    return fillFresh<FloatOutput>(shapeFrom(size, type), type, (data) => fill(data, method));
  }

  /**
   * Integers from low up to, but without, high (with it where `endpoint`); from 0 to low where high is left out. Bounds may
   * be arrays; where one is a bigint, a single number comes as a bigint. Throws a ValueError where the range is empty or
   * the dtype too small. Source: numpy.random.Generator.integers.
   * @example
   * np.random.default_rng(1).integers(1, 6, { size: 5, endpoint: true }) // → [3 4 5 6 1]
   */
  integers(low: number, high?: number | null, size?: null): number;
  integers(low: bigint, high?: bigint | null, size?: null): bigint;
  integers(low: number, options: { high?: number | null; size?: null; endpoint?: boolean; dtype?: null }): number;
  integers(low: number, high: number, options: { size?: null; endpoint?: boolean; dtype?: null }): number;
  integers(low: ArrayLike, high: ArrayLike | null | undefined, size: Size, dtype?: DTypeLike | null, endpoint?: boolean): ndarray;
  integers(low: ArrayLike, high: ArrayLike | null | undefined, size: Size, options: IntegersOptions): ndarray;
  integers(low: ArrayLike, high: ArrayLike, options: IntegersOptions<Size> & { size: Size }): ndarray;
  integers(low: ArrayLike, options: IntegersOptions<Size> & { size: Size }): ndarray;
  integers(
    ...args: readonly (ArrayLike | Size | DTypeLike | boolean | IntegersOptions | { low: ArrayLike } | null | undefined)[]
  ): Item | bigint | ndarray;
  integers(...args: readonly unknown[]): Item | bigint | ndarray {
    return drawIntegers(this.integersCaller, args);
  }

  /**
   * Random bytes. Source: numpy.random.Generator.bytes.
   * @example
   * np.random.default_rng(1).bytes(3) // → 255,228,34
   */
  bytes(...args: [length: number | bigint] | [options: { length: number | bigint }]): Uint8Array {
    return drawBytes(this.samplers, signatures.bytes.list(args)[0] as number);
  }

  /**
   * The numbers below an integer in a random order, or an array whose rows are in a random order. Source:
   * numpy.random.Generator.permutation.
   * @example
   * np.random.default_rng(1).permutation(5) // → [4 0 1 2 3]
   */
  permutation(...args: AlongAxis<ArrayLike>): ndarray {
    const [x, axis = 0] = signatures.permutation.list(args) as [ArrayLike, number?];
    return permuted(this.samplers, x, axis, permutationAxisError(axis));
  }

  /**
   * Puts the rows of an array, or what lies along another axis, or a list's items, in a random order, in place. Source:
   * numpy.random.Generator.shuffle.
   * @example
   * const x = np.arange(5);
   * np.random.default_rng(1).shuffle(x);
   * x // → [4 0 1 2 3]
   */
  shuffle(...args: AlongAxis<Shufflable>): void {
    const [x, axis = 0] = signatures.shuffle.list(args) as [Shufflable, number?];
    shuffleInPlace(this.samplers, x, axis);
  }

  /**
   * Elements picked from an array (rows, or slices of another axis), or from the numbers below an integer. Source:
   * numpy.random.Generator.choice.
   * @example
   * np.random.default_rng(1).choice(5, 3, { replace: false }) // → [2 1 3]
   */
  choice(a: number, size?: null): number;
  choice(a: ArrayLike, size: Size, replace?: boolean, p?: ArrayLike | null, axis?: number, shuffle?: boolean): ndarray;
  choice(a: ArrayLike, size: Size, options: GeneratorChoiceOptions): ndarray;
  choice(a: ArrayLike, options: GeneratorChoiceOptions & { size: Size }): ndarray;
  choice(options: GeneratorChoiceOptions & { a: ArrayLike; size: Size }): ndarray;
  choice(a: ArrayLike, ...args: readonly (Size | boolean | ArrayLike | GeneratorChoiceOptions | null | undefined)[]): Scalar | ndarray;
  choice(...args: readonly unknown[]): Scalar | ndarray {
    const [a, size, replace, p, axis, shuffle = true] = signatures.choice.list(args) as [
      ArrayLike, Size?, boolean?, ArrayLike?, number?, boolean?,
    ];
    return chosen(this.choiceStyle(shuffle), a, size, replace, p, axis);
  }

  /**
   * Independent generators, whose numbers do not depend on how many were drawn here. Source:
   * numpy.random.Generator.spawn.
   * @example
   * const [first, second] = np.random.default_rng(1).spawn(2);
   * first.random(2) // → [0.69903455 0.17433552]
   * second.random(2) // → [0.47576452 0.6005884 ]
   */
  spawn(...args: [n_children: number | bigint] | [options: { n_children: number | bigint }]): NumpyGenerator[] {
    const [count] = signatures.spawn.list(args) as [number];
    return this.bit_generator.spawn(count).map((child) => new NumpyGenerator(child));
  }

  override toString(): string {
    return `Generator(${this.bit_generator.constructor.name})`;
  }
}

/**
 * A Generator over PCG64, seeded by integers, by a SeedSequence or, without a seed, by the system's entropy; a bit generator
 * or a RandomState's is taken as it is, and a Generator returned. Source: numpy.random.default_rng.
 * @example
 * np.random.default_rng(0).standard_normal(3) // → [ 0.12573022 -0.13210486  0.64042265]
 */
export function default_rng(
  ...args: [seed?: GeneratorSeed | null] | [options: { seed?: GeneratorSeed | null }]
): NumpyGenerator {
  const [seed] = signatures.default_rng.list(args) as [GeneratorSeed?];
  if (seed instanceof NumpyGenerator) return seed;
  if (seed instanceof BitGenerator) return new NumpyGenerator(seed);
  if (hasBits(seed)) return new NumpyGenerator(seed._bit_generator);
  return new NumpyGenerator(new PCG64(seed));
}

export { NumpyGenerator as Generator };
