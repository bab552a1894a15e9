import * as core from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { stridedLayout } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { empty } from '../../ops/creation.ts';
import { normalizeAxis, reshapeTo, sliceAxis } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes } from '../../ops/reduce.ts';
import { correlation, covariance } from '../../ops/statistics.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, writeInto } from '../ndarray/conversion.ts';
import { checkedJoin } from './joining.ts';
import { bind, checkOptions } from '../arguments/options.ts';
import { promoteAll } from '../arguments/operands.ts';
import { matmul } from './products.ts';
import { reduction } from '../ufunc/reduce.ts';
import * as ufuncs from '../ufuncs.ts';

/** Sums over neighbours and over pairs: convolution, slopes, areas, covariances. */

/**
 * The sums of products of one vector with the other reversed at every offset. `mode`: 'full' (all), 'same' (as long as the
 * longer) or 'valid' (where they overlap wholly). Source: numpy.convolve.
 * @example
 * np.convolve([1, 2, 3], [0, 1, 0.5]) // → [0.  1.  2.5 4.  1.5]
 */
export function convolve(
  a: ArrayLike, v: ArrayLike, ...args: [mode?: ConvolveMode] | [options: { mode?: ConvolveMode }]
): ndarray {
  const { mode = 'full' } = bind<{ mode?: ConvolveMode }>('convolve', ['mode'], args);
  const [x, y] = promoteAll([asArray(a), asArray(v)]);
  if (x.size === 0) throw new ValueError('a cannot be empty');
  if (y.size === 0) throw new ValueError('v cannot be empty');
  if (x.ndim > 1 || y.ndim > 1) throw new ValueError('object too deep for desired array');
  const [long, short] = (x.size >= y.size ? [x, y] : [y, x]).map((each) => reshapeTo(each, [each.size]));
  const [n, m] = [long.size, short.size];
  const edge = empty(ndarray, [m - 1], long.dtypeCore, long.storage.device);
  edge.fill(0);
  const padded = checkedJoin([edge, long, edge], { axis: 0 });
  // Every offset is a row of one matrix that is a view of the padded vector.
  const rows = new ndarray(padded.storage, padded.dtypeCore, stridedLayout([n + m - 1, m], [1, 1], 0));
  const full = matmul(rows, sliceAxis<ndarray>(short, 0, m - 1, m, -1));
  switch (mode) {
    case 'full': return full;
    case 'same': return sliceAxis<ndarray>(full, 0, (m - 1) >> 1, n);
    case 'valid': return sliceAxis<ndarray>(full, 0, m - 1, n - m + 1);
    default: throw new ValueError(`mode must be one of 'valid', 'same', or 'full' (got '${String(mode)}')`);
  }
}
export type ConvolveMode = 'full' | 'same' | 'valid';

/**
 * The area under points by trapezia along an axis (the last), `dx` (1) apart or at the places `x`. Source: numpy.trapezoid.
 * @example
 * np.trapezoid([1, 2, 3]) // → 4.0
 */
export function trapezoid(
  y: ArrayLike, ...args: [options?: TrapezoidOptions] | [x?: ArrayLike | null, options?: TrapezoidOptions]
): ndarray {
  const { x, dx = 1, axis = -1 } = bind<TrapezoidOptions>('trapezoid', ['x', 'dx', 'axis'], args);
  const values = asArray(y);
  const along = normalizeAxis(axis, values.ndim);
  const pairs = (of: ndarray, on: number): [ndarray, ndarray] => {
    const count = Math.max(of.shape[on] - 1, 0);
    return [sliceAxis<ndarray>(of, on, 1, count), sliceAxis<ndarray>(of, on, 0, count)];
  };
  let widths: ArrayLike = dx;
  if (x !== undefined && x !== null) {
    const places = asArray(x);
    const on = places.ndim === 1 ? 0 : along;
    const steps = ufuncs.subtract(...pairs(places, on));
    widths = places.ndim === 1 ? reshapeTo(steps, values.shape.map((_, each) => (each === along ? steps.size : 1))) : steps;
  }
  const areas = ufuncs.divide(ufuncs.multiply(widths, ufuncs.add(...pairs(values, along))), 2);
  return reduction('sum', areas, { axis: along });
}

export interface TrapezoidOptions {
  x?: ArrayLike | null;
  dx?: ArrayLike;
  axis?: number;
}

/**
 * The slope at each element along an axis: central differences inside, one-sided at the ends; elements `spacing` (1) apart.
 * Without an axis one array for each, or the only one. Source: numpy.gradient.
 * @example
 * np.gradient([1, 2, 4, 7]) // → [1.  1.5 2.5 3. ]
 */
export function gradient(
  f: ArrayLike, ...args: [options?: GradientOptions] | [spacing?: number, options?: GradientOptions]
): ndarray | ndarray[] {
  const { spacing = 1, axis, edge_order = 1 } = bind<GradientOptions>('gradient', ['spacing', 'axis', 'edge_order'], args);
  const given = asArray(f);
  const x = core.isInexact(given.dtypeCore) ? given : cast(given, core.float64);
  if (edge_order !== 1) throw new ValueError('gradient() here takes edge_order 1 only');
  const axes = axis === undefined || axis === null
    ? allAxes(x) : [axis].flat().map((each) => normalizeAxis(each, x.ndim));
  const slopes = axes.map((each) => slopeAlong(x, each, spacing));
  return slopes.length === 1 ? slopes[0] : slopes;
}

export interface GradientOptions {
  spacing?: number;
  axis?: number | number[] | null;
  edge_order?: 1 | 2;
}

function slopeAlong(x: ndarray, axis: number, spacing: number): ndarray {
  const n = x.shape[axis];
  if (n < 2) {
    throw new ValueError(
      'Shape of array too small to calculate a numerical gradient, at least (edge_order + 1) elements are required.');
  }
  const between = (late: number, early: number, count: number, width: number): ndarray =>
    ops.div<ndarray>(ops.sub<ndarray>(sliceAxis<ndarray>(x, axis, late, count), sliceAxis<ndarray>(x, axis, early, count)), width);
  return checkedJoin([between(1, 0, 1, spacing), between(2, 0, n - 2, 2 * spacing), between(n - 1, n - 2, 1, spacing)], { axis });
}

export interface CovOptions {
  /** Whether each row is a variable; else each column. */
  rowvar?: boolean;
  /** Divide by the number of observations, not by one less. */
  bias?: boolean;
  ddof?: number | null;
}

/**
 * The covariance matrix of variables in rows. Source: numpy.cov.
 * @example
 * np.cov([[1, 2, 3], [3, 2, 1]]) // → [[ 1. -1.]
 * //    [-1.  1.]]
 */
export function cov(
  m: ArrayLike, ...args: [options?: CovOptions] | [y?: ArrayLike | null, options?: CovOptions]
): ndarray {
  const { y, rowvar = true, bias = false, ddof } = bind<CovOptions & { y?: ArrayLike | null }>(
    'cov', ['y', 'rowvar', 'bias', 'ddof'], args);
  const given = asArray(m);
  if (given.ndim > 2) throw new ValueError('m has more than 2 dimensions');
  const rowsOf = (each: ndarray): ndarray => (each.ndim < 2 ? reshapeTo(each, [1, each.size]) : rowvar ? each : each.T);
  const parts = [rowsOf(given)];
  if (y !== undefined && y !== null) {
    const second = asArray(y);
    if (second.ndim > 2) throw new ValueError('y has more than 2 dimensions');
    parts.push(rowsOf(second));
  }
  const joined = checkedJoin(parts, { axis: 0 });
  const x = core.isInexact(joined.dtypeCore) && joined.dtypeCore.itemsize >= 8 ? joined : cast(joined, core.float64);
  const result = covariance<ndarray>(x, ddof ?? (bias ? 0 : 1));
  return parts.length === 1 && x.shape[0] === 1 ? reshapeTo(result, []) : result;
}

/**
 * The matrix of correlation coefficients. Source: numpy.corrcoef.
 * @example
 * np.corrcoef([[1, 2, 3], [3, 2, 1]]) // → [[ 1. -1.]
 * //    [-1.  1.]]
 */
export function corrcoef(
  x: ArrayLike, ...args: [options?: { rowvar?: boolean }] | [y?: ArrayLike | null, options?: { rowvar?: boolean }]
): ndarray {
  const { y, rowvar } = bind<{ y?: ArrayLike | null; rowvar?: boolean }>('corrcoef', ['y', 'rowvar'], args);
  const c = cov(x, y, { rowvar });
  if (c.ndim === 0) return ufuncs.divide(c, c);
  return correlation<ndarray>(c);
}

/**
 * NaN as 0 and infinities as the largest numbers, or as given. Source: numpy.nan_to_num.
 * @example
 * np.nan_to_num([NaN, 1.5]) // → [0.  1.5]
 */
export function nan_to_num(
  x: ArrayLike, options: { nan?: number; posinf?: number | null; neginf?: number | null } = {},
): ndarray {
  checkOptions('nan_to_num', options, ['nan', 'posinf', 'neginf']);
  const given = asArray(x);
  if (core.isComplex(given.dtypeCore)) {
    const result = given.copy({ order: 'K' });
    for (const part of [result.real, result.imag]) writeInto(part, nan_to_num(part, options));
    return result;
  }
  if (!core.isFloating(given.dtypeCore)) return given.copy({ order: 'K' });
  const largest = { 2: 65504, 4: 3.4028234663852886e38, 8: Number.MAX_VALUE }[given.itemsize]!;
  const { nan = 0, posinf, neginf } = options;
  const numbers = ops.where(ops.isnan<ndarray>(given), nan, given) as ndarray;
  const bounded = ops.where(ops.eq<ndarray>(given, Infinity), posinf ?? largest, numbers) as ndarray;
  return ops.where(ops.eq<ndarray>(given, -Infinity), neginf ?? -largest, bounded) as ndarray;
}
