import * as core from '../../core/dtype.ts';
import { ValueError, noAttribute } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { elementAt } from '../../ops/host.ts';
import * as solver from '../../ops/linalg/eigen.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes, any } from '../../ops/reduce.ts';
import { routine } from '../arguments/routine.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import type { Types } from './operands.ts';
import { asReal, checkConverged, checkFinite, checkInfo, checkSquare, typesOf } from './operands.ts';
import { EigResult, EighResult } from './results.ts';

/** Eigenvalues and eigenvectors of square matrices, or of stacks of them. */

const unfinished = 'Eigenvalues did not converge';

/** Which triangle of a Hermitian matrix is read. */
export type Triangle = 'L' | 'U' | 'l' | 'u';

function isUpper(given: unknown): boolean {
  if (typeof given !== 'string') throw noAttribute(given, 'upper');
  const triangle = given.toUpperCase();
  if (triangle !== 'L' && triangle !== 'U') throw new ValueError("UPLO argument must be 'L' or 'U'");
  return triangle === 'U';
}

/** The dtype of results: complex, unless the matrices are real and so are all their eigenvalues. */
function resultType(x: ndarray, values: ndarray, { result }: Types): core.DType {
  if (core.isComplex(x.dtypeCore)) return result;
  const unreal = any<ndarray>(ops.ne<ndarray>(values.imag, 0), allAxes(values));
  return elementAt(unreal, unreal.geometry.offset) === true ? core.complexTypeOf(result) : result;
}

/** Complex results in a dtype, which may be real where they are. */
const within = (x: ndarray, dtype: core.DType): ndarray => cast(core.isComplex(dtype) ? x : x.real, dtype);

/** Square matrices without infinities and NaN, as they are computed with. */
function general(a: ArrayLike): [x: ndarray, types: Types] {
  const x = asArray(a);
  checkSquare(x);
  checkFinite(x);
  return [x, typesOf(x)];
}

/**
 * The eigenvalues of a square matrix and, as columns, its eigenvectors, both real where all eigenvalues of a real matrix are. Throws a
 * LinAlgError for infinities and NaN. Source: numpy.linalg.eig.
 * @example
 * const { eigenvalues, eigenvectors } = np.linalg.eig([[2, 0], [0, 3]]);
 * eigenvalues // → [2. 3.]
 * eigenvectors // → [[1. 0.]
 *              //    [0. 1.]]
 */
export const eig = routine('linalg.eig', 'a', (a: ArrayLike): EigResult => {
  const [x, types] = general(a);
  const { values, vectors, info } = solver.eig<ndarray>(cast(x, types.work));
  checkInfo(info, unfinished);
  const dtype = resultType(x, values, types);
  return new EigResult(within(values, dtype), within(vectors, dtype));
});

/**
 * The eigenvalues of a square matrix, real where all of a real matrix are. Source: numpy.linalg.eigvals.
 * @example
 * np.linalg.eigvals([[0, -1], [1, 0]]) // → [0.+1.j 0.-1.j]
 */
export const eigvals = routine('linalg.eigvals', 'a', (a: ArrayLike): ndarray => {
  const [x, types] = general(a);
  const { values, info } = solver.eigvals<ndarray>(cast(x, types.work));
  checkInfo(info, unfinished);
  return within(values, resultType(x, values, types));
});

/** Square matrices, as they are computed with. */
function hermitian(a: ArrayLike): [x: ndarray, types: Types] {
  const x = asArray(a);
  checkSquare(x);
  const types = typesOf(x);
  return [cast(x, types.work), types];
}

/**
 * The eigenvalues of a symmetric or Hermitian matrix, in ascending order, and as columns its eigenvectors; one triangle is read, the lower
 * one unless UPLO is 'U'. Source: numpy.linalg.eigh.
 * @example
 * np.linalg.eigh([[2, 1], [1, 2]]).eigenvalues // → [1. 3.]
 */
export const eigh = routine('linalg.eigh', "a, UPLO: Any = 'L'", (a: ArrayLike, UPLO: Triangle = 'L'): EighResult => {
  const upper = isUpper(UPLO);
  const [x, types] = hermitian(a);
  const { values, vectors, info } = solver.eigh<ndarray>(x, upper);
  checkConverged(x, info, unfinished);
  return new EighResult(asReal(values, types), cast(vectors, types.result));
});

/**
 * The eigenvalues of a symmetric or Hermitian matrix, in ascending order. Source: numpy.linalg.eigvalsh.
 * @example
 * np.linalg.eigvalsh([[2, 1], [1, 2]]) // → [1. 3.]
 */
export const eigvalsh = routine('linalg.eigvalsh', "a, UPLO: Any = 'L'", (a: ArrayLike, UPLO: Triangle = 'L'): ndarray => {
  const upper = isUpper(UPLO);
  const [x, types] = hermitian(a);
  const { values, info } = solver.eigvalsh<ndarray>(x, upper);
  checkConverged(x, info, unfinished);
  return asReal(values, types);
});
