import type { DType } from '../../core/dtype.ts';
import { IndexError, ValueError, shapeText } from '../../core/errors.ts';
import { broadcastPair, checkInteger, sameShape } from '../../core/layout.ts';
import { matmul as matmulOf } from '../../ops/matmul.ts';
import { normalizeAxis, reshapeTo } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import * as products from '../../ops/products.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import { bind, checkOptions } from '../arguments/options.ts';
import { commonType } from '../arguments/operands.ts';
import { refuseBoolSubtract } from '../ufunc/loops.ts';
import { deliver } from '../ufunc/ufunc.ts';

/** Products of vectors and matrices. Operands are promoted to their common dtype. */

function promotedPair(a: ArrayLike, b: ArrayLike, dtype?: DType): [ndarray, ndarray] {
  const common = dtype ?? commonType([a, b]);
  return [asArray(a, common), asArray(b, common)];
}

export interface MatmulOptions {
  out?: ndarray | null;
  dtype?: DTypeLike | null;
}

/**
 * The matrix product, over leading axes broadcast as ufuncs are; vectors count as a row or a column. Throws a ValueError where
 * the inner extents differ. Source: numpy.matmul.
 * @example
 * np.matmul([[1, 2], [3, 4]], [1, 1]) // → [3 7]
 */
export function matmul(x1: ArrayLike, x2: ArrayLike, options: MatmulOptions | ndarray = {}): ndarray {
  const given = options instanceof ndarray ? { out: options } : options;
  checkOptions('matmul', given, ['out', 'dtype']);
  const [a, b] = promotedPair(x1, x2, coreOf(given.dtype));
  const operand = a.ndim === 0 ? 0 : b.ndim === 0 ? 1 : -1;
  if (operand >= 0) {
    throw new ValueError(
      `matmul: Input operand ${operand} does not have enough dimensions `
      + '(has 0, gufunc core with signature (n?,k),(k,m?)->(n?,m?) requires 1)');
  }
  const inner = a.shape[a.ndim - 1];
  const outer = b.shape[Math.max(b.ndim - 2, 0)];
  if (inner !== outer) {
    throw new ValueError(
      'matmul: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n?,k),(k,m?)->(n?,m?) '
      + `(size ${outer} is different from ${inner})`);
  }
  const [batchA, batchB] = [a.shape.slice(0, -2), b.shape.slice(0, -2)];
  if (broadcastPair(batchA, batchB) === null) {
    const mapped = [[a, batchA, 'n', 'k'], [b, batchB, 'k', 'm']] as const;
    throw new ValueError(
      'operands could not be broadcast together with remapped shapes [original->remapped]: '
      + `${mapped.map(([x, batch]) => `${shapeText(x.shape)}->(${[...batch, 'newaxis', 'newaxis'].join(',')})`).join(' ')}  `
      + `and requested shape (${[a.shape[a.ndim - 2], b.shape[b.ndim - 1]].join(',')})`);
  }
  const result = matmulOf<ndarray>(a, b);
  return deliver('matmul', result, given.out ?? undefined, undefined);
}

/**
 * The dot product: of vectors their inner product, of matrices matmul, of higher arrays over a's last and b's last but one axis.
 * Source: numpy.dot.
 * @example
 * np.dot([1, 2], [3, 4]) // → 11
 */
export function dot(
  a: ArrayLike, b: ArrayLike, ...args: [out?: ndarray | null] | [options: { out?: ndarray | null }]
): ndarray {
  const options = bind<{ out?: ndarray | null }>('dot', ['out'], args);
  const [x, y] = promotedPair(a, b);
  const result = dotOf(x, y);
  const { out } = options;
  if (out === undefined || out === null) return result;
  if (!(out instanceof ndarray) || out.dtypeCore !== result.dtypeCore || !sameShape(out.shape, result.shape) || !out.geometry.contiguous) {
    throw new ValueError('output array is not acceptable (must have the right datatype, number of dimensions, and be a C-Array)');
  }
  return deliver('dot', result, out, undefined);
}

function dotOf(x: ndarray, y: ndarray): ndarray {
  if (x.ndim === 0 || y.ndim === 0) return ops.mul<ndarray>(x, y);
  const last = x.ndim - 1;
  const row = Math.max(y.ndim - 2, 0);
  if (x.shape[last] !== y.shape[row]) {
    throw new ValueError(
      `shapes ${shapeText(x.shape)} and ${shapeText(y.shape)} not aligned: ${x.shape[last]} (dim ${last}) != ${y.shape[row]} (dim ${row})`);
  }
  return products.tensordot(x, y, [last], [row]);
}

/**
 * The inner product of the flattened operands, the first conjugated. Source: numpy.vdot.
 * @example
 * np.vdot([1, 2], [3, 4]) // → 11
 */
export function vdot(a: ArrayLike, b: ArrayLike): ndarray {
  const [x, y] = promotedPair(a, b).map((each) => reshapeTo(each, [each.size]));
  if (x.size !== y.size) {
    throw new ValueError(
      `cannot reshape array of size ${y.size} into shape ${shapeText([x.size])}`);
  }
  return products.vdot(x, y);
}

/**
 * The sum of products over both last axes. Source: numpy.inner.
 * @example
 * np.inner([1, 2], [[3, 4], [5, 6]]) // → [11 17]
 */
export function inner(a: ArrayLike, b: ArrayLike): ndarray {
  const [x, y] = promotedPair(a, b);
  if (x.ndim === 0 || y.ndim === 0) return ops.mul<ndarray>(x, y);
  const [p, q] = [x.ndim - 1, y.ndim - 1];
  if (x.shape[p] !== y.shape[q]) {
    // NumPy takes the dot product with b's last two axes swapped, and says so.
    const turned = q > 0 ? [...y.shape.slice(0, -2), y.shape[q], y.shape[q - 1]] : y.shape;
    throw new ValueError(
      `shapes ${shapeText(x.shape)} and ${shapeText(turned)} not aligned: `
      + `${x.shape[p]} (dim ${p}) != ${y.shape[q]} (dim ${Math.max(q - 1, 0)})`);
  }
  return products.tensordot(x, y, [p], [q]);
}

/**
 * Every product of an element of a with one of b; shape (a.size, b.size). Source: numpy.outer.
 * @example
 * np.outer([1, 2], [3, 4]) // → [[3 4]
 * //    [6 8]]
 */
export function outer(a: ArrayLike, b: ArrayLike, options: { out?: ndarray | null } = {}): ndarray {
  checkOptions('outer', options, ['out']);
  const [x, y] = promotedPair(asArray(a), asArray(b));
  return deliver('multiply', products.outer(x, reshapeTo(y, [y.size])), options.out ?? undefined, undefined);
}

/**
 * The sum of products over axes: a's last n and b's first n, or those of a pair of lists. Source: numpy.tensordot.
 * @example
 * np.tensordot([[1, 2], [3, 4]], [[1, 0], [0, 1]], 2) // → 5
 */
export function tensordot(
  a: ArrayLike, b: ArrayLike, ...args: [axes?: TensordotAxes] | [options: { axes?: TensordotAxes }]
): ndarray {
  const { axes = 2 } = bind<{ axes?: TensordotAxes }>('tensordot', ['axes'], args);
  const [x, y] = promotedPair(a, b);
  const list = (each: number | readonly number[]): readonly number[] => (typeof each === 'number' ? [each] : each);
  if (typeof axes === 'number') {
    checkInteger(axes);
    if (axes > Math.min(x.ndim, y.ndim)) throw new IndexError('tuple index out of range');
  }
  const [p, q] = typeof axes === 'number'
    ? [Array.from({ length: axes }, (_, i) => i - axes), Array.from({ length: axes }, (_, i) => i)]
    : [list(axes[0]), list(axes[1])];
  if (p.length !== q.length) throw new ValueError('shape-mismatch for sum');
  const [axesX, axesY] = [p.map((axis) => normalizeAxis(axis, x.ndim)), q.map((axis) => normalizeAxis(axis, y.ndim))];
  if (axesX.some((axis, i) => x.shape[axis] !== y.shape[axesY[i]])) throw new ValueError('shape-mismatch for sum');
  return products.tensordot(x, y, axesX, axesY);
}
export type TensordotAxes = number | readonly [number | readonly number[], number | readonly number[]];

/**
 * The Kronecker product: b scaled by every element of a, in blocks. Source: numpy.kron.
 * @example
 * np.kron([1, 10], [1, 2]) // → [ 1  2 10 20]
 */
export function kron(a: ArrayLike, b: ArrayLike): ndarray {
  const [x, y] = promotedPair(a, b);
  return products.kron(x, y);
}

/**
 * The sum of products of both last axes, the first conjugated, over broadcast leading axes. Source: numpy.vecdot.
 * @example
 * np.vecdot([1, 2], [3, 4]) // → 11
 */
export function vecdot(x1: ArrayLike, x2: ArrayLike): ndarray {
  const [x, y] = promotedPair(x1, x2);
  const n = x.shape[x.ndim - 1];
  if (x.ndim === 0 || y.ndim === 0 || y.shape[y.ndim - 1] !== n) {
    throw new ValueError(
      'vecdot: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n),(n)->() '
      + `(size ${y.shape[y.ndim - 1]} is different from ${n})`);
  }
  const left = reshapeTo(ops.conj(x), [...x.shape.slice(0, -1), 1, n]);
  const result = matmulOf<ndarray>(left, reshapeTo(y, [...y.shape, 1]));
  return reshapeTo(result, result.shape.slice(0, -2));
}

/**
 * The cross product of vectors of three elements along the last axis. Source: numpy.cross.
 * @example
 * np.cross([1, 0, 0], [0, 1, 0]) // → [0 0 1]
 */
export function cross(a: ArrayLike, b: ArrayLike): ndarray {
  const [x, y] = promotedPair(a, b);
  for (const each of [x, y]) {
    if (each.ndim === 0 || each.shape[each.ndim - 1] !== 3) {
      throw new ValueError('incompatible dimensions for cross product\n(dimension must be 3)');
    }
  }
  const refusal = refuseBoolSubtract!(x.dtypeCore);
  if (refusal !== undefined) throw refusal;
  return products.cross(x, y, -1);
}
