import type { DType } from '../../core/dtype.ts';
import { UFuncTypeError, ValueError, mismatchError, remappedError, shapeText } from '../../core/errors.ts';
import { broadcastPair, sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { matmul as matmulOf } from '../../ops/matmul.ts';
import { normalizeAxis, reshapeTo } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import * as products from '../../ops/products.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf, dtypeRepr } from '../dtypes/dtype.ts';
import { checkRest, index, routine, ufunc } from '../arguments/routine.ts';
import { axisWithin, namedAxis } from '../arguments/shapes.ts';
import type { Casting } from '../dtypes/promotion.ts';
import { castAllowed, promote } from '../dtypes/promotion.ts';
import { commonType } from '../arguments/operands.ts';
import { checkSubtract } from '../ufunc/loops.ts';
import { described } from '../ufunc/description.ts';
import { deliver } from '../ufunc/ufunc.ts';
import type { MemoryOrder } from './creation.ts';
import { asfortranarray, zeros_like } from './creation.ts';
import { concatenate } from './joining.ts';
import { moveaxis } from './manipulation.ts';
import * as ufuncs from '../ufuncs.ts';

/** Products of vectors and matrices. Operands are promoted to their common dtype. */

function promotedPair(a: ArrayLike, b: ArrayLike, dtype?: DType): [ndarray, ndarray] {
  // Numbers are arrays of their own dtype here.
  const [x, y] = [asArray(a), asArray(b)];
  const common = dtype ?? promote(x.dtypeCore, y.dtypeCore);
  return [cast(x, common), cast(y, common)];
}

/** Which axes of operands and result are those of vectors and matrices. */
export type CoreAxes = readonly (number | readonly number[])[];
type GufuncArguments = [
  x1: ArrayLike, x2: ArrayLike, out?: ndarray | null, casting?: Casting, order?: MemoryOrder, dtype?: DTypeLike | null, subok?: boolean,
  signature?: null, axes?: CoreAxes | null, axis?: number | null, keepdims?: boolean,
];
const gufunc = [
  'x1, x2, /, out: tuple = None, *', "casting='same_kind', order='K', dtype=None, subok: Any = True, signature: none = None",
  'axes: array_like = None, axis: int = None, keepdims: boolean = False',
] as const;

/** Operands of a ufunc of vectors or matrices in the dtype that they have together, or that was asked for. */
function castPair(name: string, x1: ArrayLike, x2: ArrayLike, dtype: DTypeLike | null | undefined, casting: Casting): [ndarray, ndarray] {
  const common = coreOf(dtype) ?? commonType([x1, x2]);
  return [x1, x2].map((each, i) => {
    const x = asArray(each);
    if (castAllowed(x.dtypeCore, common, casting)) return cast(x, common);
    throw new UFuncTypeError(`Cannot cast ufunc '${name}' input ${i} from ${dtypeRepr(x.dtypeCore)} to ${dtypeRepr(common)} `
      + `with casting rule '${casting}'`);
  }) as [ndarray, ndarray];
}

/** The dtypes that products are of. */
const allLetters = '?bBhHiIlLefdFD';

/** The named axes of an operand as its last ones. */
function last(x: ndarray, axes: number | readonly number[] | undefined): ndarray {
  const list = ([axes ?? []].flat() as number[]).map((each) => normalizeAxis(each, x.ndim));
  return list.length === 0 ? x : moveaxis(x, list, list.map((_, i) => i - list.length));
}

/** A result whose last axes belong where `axes` says, in `out` where there is one. */
function placed(
  name: string, result: ndarray, axes: number | readonly number[] | undefined, ...[, , out, casting, order]: GufuncArguments
): ndarray {
  const list = [axes ?? []].flat() as number[];
  const turned = list.length === 0 ? result : moveaxis(result, list.map((_, i) => i - list.length), list);
  return deliver(name, order === 'F' && turned.ndim > 1 ? asfortranarray(turned) : turned, out ?? undefined, undefined, casting);
}

function checkAxes(axes: CoreAxes | null | undefined, least: number): void {
  if (axes === undefined || axes === null) return;
  if (!Array.isArray(axes)) throw new TypeError('axes should be a list.');
  if (axes.length < least || axes.length > 3) {
    throw new ValueError('axes should be a list with an entry for all 3 inputs and outputs; entries for outputs can only be omitted if '
      + 'none of them has core axes.');
  }
}

function checkCores(name: string, signature: string, operands: readonly ndarray[]): void {
  const operand = operands.findIndex(({ ndim }) => ndim === 0);
  if (operand < 0) return;
  throw new ValueError(
    `${name}: Input operand ${operand} does not have enough dimensions (has 0, gufunc core with signature ${signature} requires 1)`);
}

/**
 * The matrix product, over leading axes broadcast as ufuncs are; vectors count as a row or a column. Throws a ValueError where
 * the inner extents differ. Source: numpy.matmul.
 * @example
 * np.matmul([[1, 2], [3, 4]], [1, 1]) // → [3 7]
 */
export const matmul = described(routine('matmul', gufunc, (...given: GufuncArguments): ndarray => {
  const [x1, x2, , casting = 'same_kind', order, dtype, subok, , axes, axis, keepdims] = given;
  checkRest(casting, order, subok);
  const signature = '(n?,k),(k,m?)->(n?,m?)';
  if (axis !== undefined && axis !== null) {
    throw new TypeError('matmul: axis can only be used with a single shared core dimension, not with the 3 distinct ones implied by '
      + `signature ${signature}.`);
  }
  if (keepdims) {
    throw new TypeError(`matmul does not support keepdims: its signature ${signature} requires output 0 to have 2 core dimensions, but `
      + 'keepdims can only be used when all inputs have the same number of core dimensions and all outputs have no core dimensions.');
  }
  checkAxes(axes, 3);
  const [a, b] = castPair('matmul', x1, x2, dtype, casting).map((each, i) => last(each, axes?.[i]));
  checkCores('matmul', signature, [a, b]);
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
    throw remappedError(
      `${mapped.map(([x, batch]) => `${shapeText(x.shape)}->(${[...batch, 'newaxis', 'newaxis'].join(',')})`).join(' ')}  `
      + `and requested shape (${[a.shape[a.ndim - 2], b.shape[b.ndim - 1]].join(',')})`);
  }
  return placed('matmul', matmulOf<ndarray>(a, b), axes?.[2], ...given);
}, ufunc), 2, 1, allLetters, '(n?,k),(k,m?)->(n?,m?)');

/**
 * The dot product: of vectors their inner product, of matrices matmul, of higher arrays over a's last and b's last but one axis.
 * Source: numpy.dot.
 * @example
 * np.dot([1, 2], [3, 4]) // → 11
 */
export const dot = routine('dot', 'a, b, out=None', (a: ArrayLike, b: ArrayLike, out?: ndarray | null): ndarray => {
  const [x, y] = promotedPair(a, b);
  if (x.ndim === 0 || y.ndim === 0) return ufuncs.multiply(x, y, { out });
  const result = dotOf(x, y);
  if (out === undefined || out === null) return result;
  if (out.dtypeCore !== result.dtypeCore || out.ndim !== result.ndim || !out.geometry.contiguous) {
    throw new ValueError('output array is not acceptable (must have the right datatype, number of dimensions, and be a C-Array)');
  }
  if (!sameShape(out.shape, result.shape)) throw new ValueError('output array has wrong dimensions');
  return deliver('dot', result, out, undefined);
});

function dotOf(x: ndarray, y: ndarray): ndarray {
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
export const vdot = routine('vdot', 'a, b, /', (a: ArrayLike, b: ArrayLike): ndarray => {
  const [x, y] = promotedPair(a, b).map((each) => reshapeTo(each, [each.size]));
  if (x.size !== y.size) {
    throw new ValueError(
      `cannot reshape array of size ${y.size} into shape ${shapeText([x.size])}`);
  }
  return products.vdot(x, y);
});

/**
 * The sum of products over both last axes. Source: numpy.inner.
 * @example
 * np.inner([1, 2], [[3, 4], [5, 6]]) // → [11 17]
 */
export const inner = routine('inner', 'a, b, /', (a: ArrayLike, b: ArrayLike): ndarray => {
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
});

/**
 * Every product of an element of a with one of b; shape (a.size, b.size). Source: numpy.outer.
 * @example
 * np.outer([1, 2], [3, 4]) // → [[3 4]
 *                          //    [6 8]]
 */
export const outer = routine('outer', 'a, b, out=None', (a: ArrayLike, b: ArrayLike, out?: ndarray | null): ndarray => {
  const [x, y] = promotedPair(asArray(a), asArray(b));
  return deliver('multiply', products.outer(x, reshapeTo(y, [y.size])), out ?? undefined, undefined);
});

/**
 * The sum of products over axes: a's last n and b's first n, or those of a pair of lists. Source: numpy.tensordot.
 * @example
 * np.tensordot([[1, 2], [3, 4]], [[1, 0], [0, 1]], 2) // → 5
 */
export const tensordot = routine('tensordot', 'a, b, axes: array_like = 2', (
  a: ArrayLike, b: ArrayLike, given: TensordotAxes = 2,
): ndarray => {
  const axes = Array.isArray(given) ? given as readonly [number | readonly number[], number | readonly number[]] : index(given);
  const [x, y] = promotedPair(a, b);
  const list = (each: number | readonly number[]): readonly number[] => [each].flat().map(index);
  const [p, q] = typeof axes === 'number'
    // More than any array has are as wrong as many.
    ? [Array.from({ length: Math.min(axes, 128) }, (_, i) => i - axes), Array.from({ length: Math.min(axes, 128) }, (_, i) => i)]
    : [list(axes[0]), list(axes[1])];
  if (p.length !== q.length) throw new ValueError('shape-mismatch for sum');
  const [axesX, axesY] = [p.map((axis) => axisWithin(axis, x.ndim)), q.map((axis) => axisWithin(axis, y.ndim))];
  if (axesX.some((axis, i) => x.shape[axis] !== y.shape[axesY[i]])) throw new ValueError('shape-mismatch for sum');
  return products.tensordot(x, y, axesX, axesY);
});
export type TensordotAxes = number | readonly [number | readonly number[], number | readonly number[]];

/**
 * The Kronecker product: b scaled by every element of a, in blocks. Source: numpy.kron.
 * @example
 * np.kron([1, 10], [1, 2]) // → [ 1  2 10 20]
 */
export const kron = routine('kron', 'a, b', (a: ArrayLike, b: ArrayLike): ndarray => {
  const [x, y] = promotedPair(a, b);
  return products.kron(x, y);
});

/**
 * The sum of products of both last axes, the first conjugated, over broadcast leading axes. Source: numpy.vecdot.
 * @example
 * np.vecdot([1, 2], [3, 4]) // → 11
 */
export const vecdot = described(routine('vecdot', gufunc, (...given: GufuncArguments): ndarray => {
  const [x1, x2, , casting = 'same_kind', order, dtype, subok, , axes, axis, keepdims] = given;
  checkRest(casting, order, subok);
  const single = axis !== undefined && axis !== null;
  if (single && axes) throw new TypeError("cannot specify both 'axis' and 'axes'");
  checkAxes(axes, 2);
  const named = single ? [axis, axis] : axes;
  const operands = castPair('vecdot', x1, x2, dtype, casting);
  checkCores('vecdot', '(n),(n)->()', operands);
  const [x, y] = operands.map((each, i) => last(each, named?.[i]));
  const n = x.shape[x.ndim - 1];
  if (y.shape[y.ndim - 1] !== n) {
    throw new ValueError(
      'vecdot: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature (n),(n)->() '
      + `(size ${y.shape[y.ndim - 1]} is different from ${n})`);
  }
  const batches = [x, y].map(({ shape }) => shape.slice(0, -1));
  if (broadcastPair(batches[0], batches[1]) === null) {
    const mapped = [x, y].map(({ shape }, i) => `${shapeText(shape)}->${shapeText(batches[i])}`);
    throw remappedError(`${mapped.join(' ')}  and requested shape ()`);
  }
  const left = reshapeTo(ops.conj(x), [...batches[0], 1, n]);
  const result = matmulOf<ndarray>(left, reshapeTo(y, [...y.shape, 1]));
  const kept = keepdims ? reshapeTo(result, result.shape.slice(0, -1)) : reshapeTo(result, result.shape.slice(0, -2));
  return placed('vecdot', kept, keepdims ? named?.[2] ?? axis ?? undefined : undefined, ...given);
}, ufunc), 2, 1, allLetters, '(n),(n)->()');

/** The product of a matrix and a vector over broadcast leading axes; `place` says which operand is the vector. */
const withVector = (name: string, signature: string, place: 0 | 1) => described(routine(name, gufunc, (
  ...given: GufuncArguments
): ndarray => {
  const [x1, x2, , casting = 'same_kind', order, dtype, subok, , axes, axis, keepdims] = given;
  checkRest(casting, order, subok);
  if (axis !== undefined && axis !== null) {
    throw new TypeError(`${name}: axis can only be used with a single shared core dimension, not with the 2 distinct ones implied by `
      + `signature ${signature}.`);
  }
  if (keepdims) {
    throw new TypeError(`${name} does not support keepdims: its signature ${signature} requires input 1 to have ${2 - place} core `
      + 'dimensions, but keepdims can only be used when all inputs have the same number of core dimensions and all outputs have no core '
      + 'dimensions.');
  }
  checkAxes(axes, 3);
  const operands = castPair(name, x1, x2, dtype, casting).map((each, i) => last(each, axes?.[i]));
  operands.forEach(({ ndim }, i) => {
    const needed = i === place ? 1 : 2;
    if (ndim >= needed) return;
    throw new ValueError(`${name}: Input operand ${i} does not have enough dimensions (has ${ndim}, gufunc core with signature `
      + `${signature} requires ${needed})`);
  });
  const [vector, matrix] = [operands[place], operands[1 - place]];
  const [inner, extent] = [matrix.shape[matrix.ndim - 1 - (1 - place)], vector.shape[vector.ndim - 1]];
  if (inner !== extent) {
    const [found, wanted] = place === 1 ? [extent, inner] : [inner, extent];
    throw new ValueError(`${name}: Input operand 1 has a mismatch in its core dimension 0, with gufunc signature ${signature} `
      + `(size ${found} is different from ${wanted})`);
  }
  const batches = operands.map(({ shape }, i) => shape.slice(0, i === place ? -1 : -2));
  if (broadcastPair(batches[0], batches[1]) === null) {
    throw remappedError(`${operands.map(({ shape }, i) => `${shapeText(shape)}->(${[...batches[i], 'newaxis'].join(',')})`).join(' ')}  `
      + `and requested shape (${matrix.shape[matrix.ndim - 1 - place]})`);
  }
  const thin = [...vector.shape.slice(0, -1), ...(place === 0 ? [1, extent] : [extent, 1])];
  const long = reshapeTo(place === 0 ? ops.conj(vector) : vector, thin);
  const result = place === 0 ? matmulOf<ndarray>(long, matrix) : matmulOf<ndarray>(matrix, long);
  const axisOfOne = result.ndim - (place === 0 ? 2 : 1);
  return placed(name, reshapeTo(result, result.shape.filter((_, each) => each !== axisOfOne)), axes?.[2], ...given);
}, ufunc), 2, 1, allLetters, signature);

/**
 * The product of a matrix and a vector, over leading axes broadcast as ufuncs are. Source: numpy.matvec.
 * @example
 * np.matvec([[1, 2], [3, 4]], [1, 1]) // → [3 7]
 */
export const matvec = withVector('matvec', '(m,n),(n)->(m)', 1);

/**
 * The product of a vector, conjugated, and a matrix, over leading axes broadcast as ufuncs are. Source: numpy.vecmat.
 * @example
 * np.vecmat([1, 1], [[1, 2], [3, 4]]) // → [4 6]
 */
export const vecmat = withVector('vecmat', '(n),(n,m)->(m)', 0);

/**
 * The cross product of vectors of three elements, along the last axis unless others are named; of two, its last component.
 * Source: numpy.cross.
 * @example
 * np.cross([1, 0, 0], [0, 1, 0]) // → [0 0 1]
 */
export const cross = routine('cross', 'a, b, axisa: int = -1, axisb: int = -1, axisc: int = -1, axis: int = None', (
  a: ArrayLike, b: ArrayLike, axisa: number = -1, axisb: number = -1, axisc: number = -1, axis?: number | null,
): ndarray => {
  const [x, y] = promotedPair(a, b);
  if (x.ndim === 0 || y.ndim === 0) throw new ValueError('At least one array has zero dimension');
  const vectors = [
    moveaxis(x, namedAxis('axisa', axis ?? axisa, x.ndim), -1), moveaxis(y, namedAxis('axisb', axis ?? axisb, y.ndim), -1),
  ];
  const counts = vectors.map((each) => each.shape[each.ndim - 1]);
  if (counts.some((count) => count !== 2 && count !== 3)) {
    throw new ValueError('incompatible dimensions for cross product\n(dimension must be 2 or 3)');
  }
  const [left, right] = vectors.map(({ shape }) => shape.slice(0, -1));
  if (broadcastPair(left, right) === null) throw mismatchError(0, left, 1, right);
  checkSubtract(x.dtypeCore);
  const [p, q] = vectors.map((each, i) => (counts[i] === 3 ? each : concatenate(
    [each, zeros_like(each, { shape: [...each.shape.slice(0, -1), 1] })], -1)));
  const result = products.cross(p, q, -1);
  if (counts[0] === 2 && counts[1] === 2) return result.at('...', 2);
  return moveaxis(result, -1, namedAxis('axisc', axis ?? axisc, result.ndim));
});
