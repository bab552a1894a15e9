import { isScalar } from '../../core/complex.ts';
import { ValueError } from '../../core/errors.ts';
import { checkList } from '../../core/layout.ts';
import { castCopy } from '../../ops/cast.ts';
import { normalizeAxis } from '../../ops/movement.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { moveaxis } from '../routines/manipulation.ts';
import * as ufuncs from '../ufuncs.ts';
import type { Basis } from './basis.ts';
import { valuesAt } from './evaluation.ts';
import { asInteger } from './integers.ts';
import { addInto, at, atLeastVector, emptyOf, inexact, part, put, scaled, subtractInto } from './series.ts';

/** Derivatives and integrals of series along an axis. */

/** A copy of the coefficients that can be computed with in place. */
function ownCopy(c: ArrayLike): ndarray {
  const given = atLeastVector(c);
  const floating = inexact(given);
  return floating === given ? castCopy<ndarray>(given, given.dtypeCore) : floating;
}

/** The m-th derivative of series whose coefficients lie along an axis, by a variable of which x is `scl` times. */
export function derivative(basis: Basis, series: ArrayLike, m: unknown, scl: ArrayLike, axis: unknown): ndarray {
  const own = ownCopy(series);
  const count = asInteger(m, 'the order of derivation');
  const axisAsked = asInteger(axis, 'the axis');
  if (count < 0) throw new ValueError('The order of derivation must be non-negative');
  const along = normalizeAxis(axisAsked, own.ndim);
  if (count === 0) return own;
  const { factor, carry, leavesAxis } = basis.derivative;
  let c = moveaxis(own, along, 0);
  if (count >= c.shape[0]) {
    const nothing = ufuncs.multiply(part(c, 0, Math.min(c.shape[0], 1)), 0);
    return leavesAxis === true ? nothing : moveaxis(nothing, 0, along);
  }
  for (let i = 0; i < count; i++) {
    ufuncs.multiply(c, scl, c);
    if (carry !== undefined) {
      for (let n = c.shape[0] - 1; n > carry.step; n--) {
        addInto(part(c, n - carry.step, 1), ufuncs.divide(ufuncs.multiply(part(c, n, 1), carry.times(n)), carry.over(n)));
      }
    }
    c = scaled(part(c, 1), (place) => factor(place + 1), () => 1);
  }
  return moveaxis(c, 0, along);
}

/** The constants of integration: one, or a list of them. */
function constantsOf(k: unknown): ArrayLike[] {
  if (k instanceof ndarray && k.ndim > 0) return [...k];
  const several = typeof k === 'object' && k !== null && !isScalar(k) && !(k instanceof ndarray) && Symbol.iterator in k;
  return several ? [...k as Iterable<ArrayLike>] : [k as ArrayLike];
}

/** Adds into the first entry: what is one number takes what it can hold of a wider one. */
function addFirst(c: ndarray, value: ArrayLike): void {
  if (c.ndim > 1) addInto(at(c, 0), value);
  else c.set([0], ufuncs.add(at(c, 0), value));
}

/** The m-th integral along an axis: each is `scl` times as large, and has at `lbnd` the value of its constant in k. */
export function integral(
  basis: Basis, series: ArrayLike, m: unknown, k: unknown, lbnd: ArrayLike, scl: ArrayLike, axis: unknown,
): ndarray {
  const own = ownCopy(series);
  const constants = constantsOf(k);
  const count = asInteger(m, 'the order of integration');
  const axisAsked = asInteger(axis, 'the axis');
  if (count < 0) throw new ValueError('The order of integration must be non-negative');
  if (constants.length > count) throw new ValueError('Too many integration constants');
  if (asArray(lbnd).ndim !== 0) throw new ValueError('lbnd must be a scalar.');
  if (asArray(scl).ndim !== 0) throw new ValueError('scl must be a scalar.');
  const along = normalizeAxis(axisAsked, own.ndim);
  if (count === 0) return own;
  checkList(count);
  let c = moveaxis(own, along, 0);
  if (c.shape[0] === 0) at(c, 0);
  for (let i = 0; i < count; i++) {
    const constant = constants[i] ?? 0;
    ufuncs.multiply(c, scl, c);
    if (c.shape[0] === 1 && !asArray(ufuncs.not_equal(at(c, 0), 0)).any().toBoolean()) {
      addFirst(c, constant);
    } else {
      const raised = integrated(basis, c);
      addFirst(raised, ufuncs.subtract(constant, valuesAt(basis, lbnd, raised)));
      c = raised;
    }
  }
  return moveaxis(c, 0, along);
}

/** One integral, whatever its constant. */
function integrated({ integral: { up, down, itself } }: Basis, c: ndarray): ndarray {
  const n = c.shape[0];
  const result = emptyOf([n + 1, ...c.shape.slice(1)], c.dtypeCore);
  put(result, 0, itself === true ? part(c, 0, 1) : ufuncs.multiply(part(c, 0, 1), 0));
  put(result, 1, scaled(c, () => 1, up));
  if (itself === true && n > 1) addInto(part(result, 1, n - 1), part(c, 1));
  if (down !== undefined && n > 2) subtractInto(part(result, 1, n - 2), scaled(part(c, 2), () => 1, (place) => down(place + 2)));
  return result;
}
