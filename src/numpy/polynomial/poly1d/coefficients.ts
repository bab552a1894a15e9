import { cpu } from '../../../core/device.ts';
import { float64, isInexact } from '../../../core/dtype.ts';
import { ValueError } from '../../../core/errors.ts';
import { castCopy } from '../../../ops/cast.ts';
import { full } from '../../../ops/creation.ts';
import { elements } from '../../../ops/host.ts';
import { asArray, fromNumbers } from '../../ndarray/conversion.ts';
import { checkShape } from '../../../core/layout.ts';
import type { ArrayLike } from '../../ndarray/ndarray.ts';
import { ndarray } from '../../ndarray/ndarray.ts';
import { arange } from '../../routines/ranges.ts';
import { convolve } from '../../routines/differences.ts';
import { checkedJoin } from '../../routines/joining.ts';
import { flatnonzero } from '../../routines/sorting.ts';
import type { BinaryUfunc } from '../../ufunc/methods.ts';
import * as ufuncs from '../../ufuncs.ts';
import { inPortions } from '../evaluation.ts';
import { toInt } from '../integers.ts';
import { at, atLeastVector, part, subtractInto, zerosOf } from '../series.ts';

/** Polynomials as vectors of coefficients, the highest power's first. */

/** The coefficients without zeros in front; of nothing a 0. */
export function withoutLeading(given: ArrayLike): ndarray {
  const c = atLeastVector(given);
  if (c.ndim > 1) throw new ValueError('Polynomial must be 1d only.');
  const places = flatnonzero(ufuncs.not_equal(c, 0));
  return places.size === 0 ? full(ndarray, [1], 0, c.dtypeCore, cpu) : part(c, at(places, 0).item());
}

/** Sum or difference, zeros in front of the shorter. */
export function combined(ufunc: BinaryUfunc, a1: ArrayLike, a2: ArrayLike): ndarray {
  const [a, b] = [atLeastVector(a1), atLeastVector(a2)];
  const longest = Math.max(a.length, b.length);
  const [first, second] = [a, b].map((each) => (each.length === longest ? each
    : checkedJoin([zerosOf([longest - each.length], each.dtypeCore), each], { axis: 0 })));
  return ufunc(first, second);
}

export const product = (a1: ArrayLike, a2: ArrayLike): ndarray => convolve(withoutLeading(a1), withoutLeading(a2));

const floating = (x: ndarray): ndarray => (isInexact(x.dtypeCore) ? x : castCopy(x, float64));

/** Quotient and remainder, the latter without what is nearly 0 in front. */
export function quotient(u: ArrayLike, v: ArrayLike): [ndarray, ndarray] {
  const [dividend, divisor] = [floating(atLeastVector(u)), floating(atLeastVector(v))];
  const type = ufuncs.add(at(dividend, 0), at(divisor, 0)).dtypeCore;
  const [m, n] = [dividend.length - 1, divisor.length - 1];
  const scale = ufuncs.divide(1, at(divisor, 0));
  const q = zerosOf([Math.max(m - n + 1, 1)], type);
  const r = castCopy<ndarray>(dividend, type);
  for (let k = 0; k <= m - n; k++) {
    const d = ufuncs.multiply(scale, at(r, k));
    q.set([k], d);
    subtractInto(part(r, k, n + 1), ufuncs.multiply(d, divisor));
  }
  const close = elements(ufuncs.less_equal(ufuncs.absolute(r), 1e-8));
  const first = close.slice(0, -1).findIndex((each) => !each);
  return [q, part(r, first < 0 ? Math.max(r.size - 1, 0) : first)];
}

/** Python's `int` of an order. */
function orderOf(m: unknown, what: string): number {
  const order = toInt(m);
  if (order < 0) throw new ValueError(what);
  return order;
}

export function derivativeOf(p: ArrayLike, m: unknown): ndarray {
  let c = asArray(p);
  for (let order = orderOf(m, 'Order of derivative must be positive (see polyint)'); order > 0 && c.length > 0; order--) {
    const n = c.length - 1;
    c = ufuncs.multiply(part(c, 0, Math.max(n, 0)), arange(n, 0, -1));
  }
  return c;
}

export function integralOf(p: ArrayLike, m: unknown, k: ArrayLike | null | undefined): ndarray {
  const order = orderOf(m, 'Order of integral must be positive (see polyder)');
  // What grows by one coefficient at a time would never come to its end.
  checkShape([order, order], float64);
  let constants = k === null || k === undefined ? zerosOf([order], float64) : atLeastVector(k);
  if (constants.length === 1 && order > 1) {
    constants = ufuncs.multiply(at(constants, 0), fromNumbers(new Array<number>(order).fill(1), float64));
  }
  if (constants.length < order) throw new ValueError('k must be a scalar or a rank-1 array of length 1 or >m.');
  let c = asArray(p);
  for (let i = 0; i < order; i++) {
    c = checkedJoin([ufuncs.divide(c, arange(c.length, 0, -1)), part(constants, i, 1)], { axis: 0 });
  }
  return c;
}

/** Values at points, by Horner's rule in the points' own dtype and that of the coefficients. */
export function valuesAt(p: ArrayLike, places: ArrayLike): ndarray {
  const c = asArray(p);
  const values = (x: ndarray): ndarray => {
    let y = zerosOf(x.shape, x.dtypeCore);
    for (let i = 0; i < c.length; i++) y = ufuncs.add(ufuncs.multiply(y, x), at(c, i));
    return y;
  };
  const x = asArray(places);
  return c.ndim === 1 ? inPortions(x, values) : values(x);
}

/** A polynomial of another, by the same rule. */
export function composed(p: ArrayLike, x: ndarray): ndarray {
  const c = asArray(p);
  let y = withoutLeading(ufuncs.multiply(0, x));
  for (let i = 0; i < c.length; i++) {
    const raised = i === 0 ? y : withoutLeading(product(y, x));
    y = withoutLeading(combined(ufuncs.add, raised, at(c, i)));
  }
  return y;
}
