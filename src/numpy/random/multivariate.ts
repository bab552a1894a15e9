import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import { float16, float32, float64, int64 } from '../../core/dtype.ts';
import { MemoryError, ValueError, pythonTypeName } from '../../core/errors.ts';
import { sizeOf } from '../../core/layout.ts';
import type { Call } from '../../core/signature.ts';
import { castCopy } from '../../ops/cast.ts';
import { empty } from '../../ops/creation.ts';
import { broadcastTo } from '../../ops/movement.ts';
import { multinomial as drawMultinomial } from '../../random/binomial.ts';
import { compensatedSum } from '../../random/choice.ts';
import type { Deviates } from '../../random/deviates.ts';
import { dirichlet as drawDirichlet, dirichletOfSmall } from '../../random/gamma.ts';
import { multivariateByCount, multivariateByMarginals } from '../../random/hypergeometric.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { storeInteger, wholeParameter, wordsOf } from './distribution.ts';
import type { Size } from './draw.ts';
import { indexArray, resultShape, shapeFrom } from './draw.ts';
import { chance, nonNegative } from './limits.ts';

/** Distributions whose numbers come in rows. */

export type Multinomial = (...args: Call<['n', 'pvals', 'size'], [n: ArrayLike, pvals: ArrayLike, size?: Size | null]>) => ndarray;
export type Dirichlet = (...args: Call<['alpha', 'size'], [alpha: ArrayLike, size?: Size | null]>) => ndarray;
export type MultivariateHypergeometric = (...args: Call<
  ['colors', 'nsample', 'size', 'method'],
  [colors: ArrayLike, nsample: number | bigint, size?: Size | null, method?: 'marginals' | 'count']
>) => ndarray;

/** The extents of rows, of a size or of one row alone. */
const rowsOf = (size: Size | undefined, columns: number, dtype: DType): readonly number[] =>
  shapeFrom([...(size === undefined ? [] : shapeFrom(size)), columns], dtype);

/** An array of counts that were worked out as float64. */
function countsOf(counts: Float64Array, shape: readonly number[]): ndarray {
  const out = empty(ndarray, shape, int64, cpu);
  const words = wordsOf(out);
  for (let i = 0; i < counts.length; i++) storeInteger(words, i, counts[i]);
  return out;
}

const tooDeep = (): ValueError => new ValueError(
  'setting an array element with a sequence. The requested array would exceed the maximum number of dimension of 1.');

/** Refuses probabilities that are none, or of which all but the last are more than 1 together. */
function checkProbabilities(pvals: ArrayLike, values: Float64Array, kinds: number, ndim: number): void {
  chance('pvals', values, true);
  for (let row = 0; row < values.length; row += kinds) {
    if (compensatedSum(values.subarray(row, row + kinds - 1)) <= 1 + 1e-12) continue;
    const slice = ndim === 1 ? '[:-1]' : '[...,:-1]';
    const narrow = pvals instanceof ndarray && (pvals.dtypeCore === float32 || pvals.dtypeCore === float16)
      && Number(pvals.sum()) < 1.0001;
    throw new ValueError(narrow
      ? `sum(pvals${slice}.astype(np.float64)) > 1.0. The pvals array is cast to 64-bit floating point prior to checking the sum. `
        + 'Precision changes when casting may cause problems even if the sum of the original pvals is valid.'
      : `sum(pvals${slice}) > 1.0`);
  }
}

/** Counts of n things of each kind, from probabilities along the last axis. */
export function multinomial(source: Deviates, n: ArrayLike, pvals: ArrayLike, size: Size | undefined): ndarray {
  const counts = wholeParameter(n);
  const probabilities = asArray(pvals, float64);
  const { ndim } = probabilities;
  const kinds = ndim > 0 ? probabilities.shape[ndim - 1] : 0;
  if (kinds === 0) throw new ValueError('pvals must have at least 1 dimension and the last dimension of pvals must be greater than 0.');
  const values = probabilities.toTypedArray() as Float64Array;
  checkProbabilities(pvals, values, kinds, ndim);
  const single = typeof counts === 'number';
  if (single && ndim === 1) return multinomialRows(source, counts, values, size);
  nonNegative('n', single ? [counts] : counts.toTypedArray() as Float64Array, true);
  const outer = probabilities.shape.slice(0, -1);
  const rows = Int32Array.from({ length: sizeOf(outer) }, (_, row) => row);
  const shape = resultShape([single ? [] : counts.shape, outer], size, true);
  const wanted = single ? null : broadcastTo<ndarray>(counts, shape).toTypedArray() as Float64Array;
  const places = broadcastTo<ndarray>(indexArray(rows, outer), shape).toTypedArray() as Int32Array;
  const out = new Float64Array(sizeOf(shapeFrom([...shape, kinds], int64)));
  for (let i = 0; i < places.length; i++) {
    drawMultinomial(source, wanted === null ? counts as number : wanted[i], values, places[i] * kinds, kinds, out, i * kinds);
  }
  return countsOf(out, [...shape, kinds]);
}

function multinomialRows(source: Deviates, n: number, values: Float64Array, size: Size | undefined): ndarray {
  const kinds = values.length;
  const shape = rowsOf(size, kinds, int64);
  nonNegative('n', [n], false);
  const out = new Float64Array(sizeOf(shape));
  for (let row = 0; row < out.length; row += kinds) drawMultinomial(source, n, values, 0, kinds, out, row);
  return countsOf(out, shape);
}

/** That of the older generator: of one number of things and one list of probabilities, which may be empty. */
export function legacyMultinomial(source: Deviates, n: ArrayLike, pvals: ArrayLike, size: Size | undefined): ndarray {
  const count = wholeParameter(n);
  if (typeof count !== 'number') {
    throw new TypeError(n instanceof ndarray ? 'only 0-dimensional arrays can be converted to Python scalars' : 'an integer is required');
  }
  const probabilities = asArray(pvals, float64);
  if (probabilities.ndim === 0) throw new TypeError('pvals must be a 1-d sequence');
  if (probabilities.ndim > 1) throw tooDeep();
  const values = probabilities.toTypedArray() as Float64Array;
  if (values.length > 0) checkProbabilities(pvals, values, values.length, 1);
  return multinomialRows(source, count, values, size);
}

/** The list of parameters of a Dirichlet distribution. */
function parametersOf(alpha: ArrayLike): Float64Array {
  const array = asArray(alpha, float64);
  if (array.ndim === 0) throw new TypeError(`object of type '${pythonTypeName(alpha)}' has no len()`);
  if (array.ndim > 1) throw tooDeep();
  return array.toTypedArray() as Float64Array;
}

function dirichletRows(
  source: Deviates, parameters: Float64Array, size: Size | undefined, draw: typeof drawDirichlet,
): ndarray {
  const shape = rowsOf(size, parameters.length, float64);
  const out = empty(ndarray, shape, float64, cpu);
  if (out.size > 0) draw(source, parameters, out.data as Float64Array);
  return out;
}

export function dirichlet(source: Deviates, alpha: ArrayLike, size: Size | undefined): ndarray {
  const parameters = parametersOf(alpha);
  if (parameters.some((value) => value < 0)) throw new ValueError('alpha < 0');
  const small = parameters.every((value) => value < 0.1);
  return dirichletRows(source, parameters, size, small ? dirichletOfSmall : drawDirichlet);
}

export function legacyDirichlet(source: Deviates, alpha: ArrayLike, size: Size | undefined): ndarray {
  const parameters = parametersOf(alpha);
  if (parameters.some((value) => value <= 0)) throw new ValueError('alpha <= 0');
  return dirichletRows(source, parameters, size, drawDirichlet);
}

const badColors = (): ValueError =>
  new ValueError('colors must be a one-dimensional sequence of nonnegative integers not exceeding 9223372036854775807.');

/** How many things of each colour are among nsample of them. */
export function multivariateHypergeometric(
  source: Deviates, colors: ArrayLike, nsample: unknown, size: Size | undefined, method: unknown = 'marginals',
): ndarray {
  if (method !== 'count' && method !== 'marginals') throw new ValueError('method must be "count" or "marginals".');
  const sample = typeof nsample === 'bigint' || typeof nsample === 'boolean' ? Number(nsample)
    : nsample instanceof ndarray && nsample.ndim === 0 && nsample.dtypeCore.kind !== 'float' ? Number(nsample.item()) : nsample;
  if (!Number.isInteger(sample)) throw new ValueError('nsample must be an integer');
  if ((sample as number) < 0) throw new ValueError('nsample must be nonnegative.');
  if ((sample as number) >= 2 ** 63) throw new ValueError('nsample must not exceed 9223372036854775807');
  const given = asArray(colors);
  const { kind } = given.dtypeCore;
  if (given.ndim !== 1 || (given.size > 0 && kind !== 'int' && kind !== 'uint')) throw badColors();
  const counts = castCopy(given, float64).toTypedArray() as Float64Array;
  if (counts.some((value) => value < 0 || value >= 2 ** 63)) throw badColors();
  const total = counts.reduce((sum, each) => sum + each, 0);
  if (total >= 2 ** 63) {
    throw new ValueError('sum(colors) must not exceed the maximum value of a 64 bit signed integer (9223372036854775807)');
  }
  if (method === 'marginals' && total >= 1e9) {
    throw new ValueError('When method is "marginals", sum(colors) must be less than 1000000000.');
  }
  if (method === 'count' && total > 2 ** 60) {
    throw new ValueError("When method is 'count', sum(colors) must not exceed 1152921504606846975");
  }
  if (total < (sample as number)) throw new ValueError('nsample > sum(colors)');
  const shape = rowsOf(size, counts.length, int64);
  const out = new Float64Array(sizeOf(shape));
  if (out.length === 0) return empty(ndarray, shape, int64, cpu);
  if (method === 'count' && total > 2 ** 31) {
    throw new MemoryError(`Insufficient memory for multivariate_hypergeometric with method='count' and sum(colors)=${total}`);
  }
  if (method === 'count') multivariateByCount(source, counts, total, sample as number, out);
  else multivariateByMarginals(source, counts, total, sample as number, out);
  return countsOf(out, shape);
}
