import { complex128, float64, isComplex } from '../../core/dtype.ts';
import { ValueError, pythonTypeName } from '../../core/errors.ts';
import { sizeOf } from '../../core/layout.ts';
import type { Call } from '../../core/signature.ts';
import { warn } from '../../core/warnings.ts';
import { cast } from '../../ops/cast.ts';
import { elementAt } from '../../ops/host.ts';
import { hermitianParts, lowerFactor, singularParts } from '../../ops/linalg/factors.ts';
import { matrixProduct } from '../../ops/matmul.ts';
import { reshapeTo, swapAxes, unsqueeze } from '../../ops/movement.ts';
import { add, mul, sub } from '../../ops/pointwise/arithmetic.ts';
import { le, lt } from '../../ops/pointwise/comparison.ts';
import { abs, sqrt } from '../../ops/pointwise/elementary.ts';
import { all, allAxes, any } from '../../ops/reduce.ts';
import type { Deviates } from '../../random/deviates.ts';
import { checkConverged, checkInfo } from '../linalg/operands.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { castError } from '../ufunc/ufunc.ts';
import type { Size } from './draw.ts';
import { fillFresh, shapeFrom } from './draw.ts';

/** Normal numbers that go together as a matrix of covariances says: products of independent ones with a factor of that matrix. */

export type Validity = 'warn' | 'raise' | 'ignore';
export type FactorMethod = 'svd' | 'eigh' | 'cholesky';
type Parameters = [mean: ArrayLike, cov: ArrayLike, size?: Size | null, check_valid?: Validity, tol?: number];

export type LegacyMultivariateNormal = (...args: Call<['mean', 'cov', 'size', 'check_valid', 'tol'], Parameters>) => ndarray;
export type MultivariateNormal = (...args: Call<
  ['mean', 'cov', 'size', 'check_valid', 'tol'], Parameters, { method?: FactorMethod }
>) => ndarray;

export const legacyText = "mean: array_like, cov: array_like, size: Any=None, check_valid: Any='warn', tol: float=1e-08";
export const multivariateText = `${legacyText}, *, method: Any='svd'`;

function sizeFrom(size: unknown): readonly number[] {
  if (size === undefined || size === null) return [];
  if (typeof size === 'number' && !Number.isInteger(size)) throw new TypeError("'float' object is unsliceable");
  if (typeof size === 'number' || Array.isArray(size)) return shapeFrom(size as Size);
  if (typeof size === 'bigint') return [Number(size)];
  throw new TypeError(`'${pythonTypeName(size)}' object is unsliceable`);
}

const invalid = 'covariance is not symmetric positive-semidefinite.';
const isTrue = (mask: ndarray): boolean => elementAt(mask, mask.geometry.offset) === true;

/** Whether a matrix is within what rounding may do to it. */
function isNear(a: ndarray, b: ndarray, tol: number): boolean {
  const room = add<ndarray>(mul<ndarray>(abs<ndarray>(b), tol), tol);
  return isTrue(all<ndarray>(le<ndarray>(abs<ndarray>(sub<ndarray>(a, b)), room), allAxes(a)));
}

const turned = (x: ndarray): ndarray => swapAxes<ndarray>(x, 0, 1);

/** What rows of independent numbers are multiplied by, and whether the matrix is that of covariances. */
interface Factor {
  readonly factor: ndarray;
  readonly isValid: () => boolean;
}

function factorOf(cov: ndarray, method: FactorMethod, legacy: boolean, tol: number): Factor {
  if (method === 'cholesky') {
    const { factor, info } = lowerFactor(cov);
    checkInfo(info, 'Matrix is not positive definite');
    return { factor: turned(factor), isValid: () => true };
  }
  if (method === 'eigh') {
    const { values, vectors, info } = hermitianParts(cov);
    checkConverged(cov, info, 'Eigenvalues did not converge');
    // Those that should be 0 may be a little less.
    return {
      factor: turned(mul<ndarray>(vectors, sqrt<ndarray>(abs<ndarray>(values)))),
      isValid: () => !isTrue(any<ndarray>(lt<ndarray>(values, -tol), allAxes(values))),
    };
  }
  const { u, s, vh, info } = singularParts(cov);
  checkConverged(cov, info, 'SVD did not converge', true);
  const scales = sqrt<ndarray>(s);
  return {
    factor: legacy ? mul<ndarray>(unsqueeze<ndarray>(scales, 1), vh) : turned(mul<ndarray>(u, scales)),
    isValid: () => isNear(matrixProduct<ndarray>(mul<ndarray>(turned(vh), s), vh), cov, tol),
  };
}

function drawRows(
  source: Deviates, legacy: boolean, mean: ArrayLike, cov: ArrayLike, size: unknown, check_valid: unknown, tol: number,
  method: FactorMethod,
): ndarray {
  const [centre, given] = [asArray(mean), asArray(cov)];
  if (!legacy && [centre, given].some(({ dtypeCore }) => isComplex(dtypeCore))) throw new TypeError('mean and cov must not be complex');
  const outer = sizeFrom(size);
  if (centre.ndim !== 1) throw new ValueError('mean must be 1 dimensional');
  if (given.ndim !== 2 || given.shape[0] !== given.shape[1]) throw new ValueError('cov must be 2 dimensional and square');
  const [count] = centre.shape;
  if (count !== given.shape[0]) throw new ValueError('mean and cov must have same length');
  const shape = shapeFrom([...outer, count], float64);
  if (count === 0) throw new ValueError('cannot reshape array of size 0 into shape (0)');
  const normals = fillFresh<Float64Array>([sizeOf(outer), count], float64, (out) => {
    for (let i = 0; i < out.length; i++) out[i] = source.nextNormal();
  });
  const complex = isComplex(given.dtypeCore);
  if (complex) warn('ComplexWarning: Casting complex values to real discards the imaginary part');
  const { factor, isValid } = factorOf(cast(complex ? given.real : given, float64), method, legacy, tol);
  if (check_valid !== 'ignore' && method !== 'cholesky') {
    if (check_valid !== 'warn' && check_valid !== 'raise') throw new ValueError("check_valid must equal 'warn', 'raise', or 'ignore'");
    if (!isValid()) {
      if (check_valid === 'raise') throw new ValueError(invalid);
      warn(`RuntimeWarning: ${invalid}`);
    }
  }
  if (isComplex(centre.dtypeCore)) throw castError('add', 'output', complex128, float64, 'same_kind');
  return reshapeTo(add<ndarray>(cast(centre, float64), matrixProduct<ndarray>(normals, factor)), shape);
}

export function multivariateNormal(
  source: Deviates, mean: ArrayLike, cov: ArrayLike, size: unknown, check_valid: unknown = 'warn', tol: number = 1e-8,
  method: unknown = 'svd',
): ndarray {
  if (method !== 'svd' && method !== 'eigh' && method !== 'cholesky') {
    throw new ValueError("method must be one of {'eigh', 'svd', 'cholesky'}");
  }
  return drawRows(source, false, mean, cov, size, check_valid, tol, method);
}

/** That of the older generator, whose factor is another one of the same decomposition. */
export function legacyMultivariateNormal(
  source: Deviates, mean: ArrayLike, cov: ArrayLike, size: unknown, check_valid: unknown = 'warn', tol: number = 1e-8,
): ndarray {
  return drawRows(source, true, mean, cov, size, check_valid, tol, 'svd');
}
