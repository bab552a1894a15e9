import { callable } from '../../../core/callable.ts';
import type { Scalar } from '../../../core/complex.ts';
import { isScalar } from '../../../core/complex.ts';
import { AttributeError, ValueError } from '../../../core/errors.ts';
import { sameShape } from '../../../core/layout.ts';
import { Printed } from '../../../core/printed.ts';
import type { Call } from '../../../core/signature.ts';
import { Signature, python } from '../../../core/signature.ts';
import type { ArrayLike } from '../../ndarray/ndarray.ts';
import { ndarray } from '../../ndarray/ndarray.ts';
import { asArray, fromNumbers } from '../../ndarray/conversion.ts';
import { array_repr } from '../../io/printing.ts';
import { checkedJoin } from '../../routines/joining.ts';
import * as ufuncs from '../../ufuncs.ts';
import { zerosOf } from '../series.ts';
import { combined, composed, derivativeOf, integralOf, product, quotient, valuesAt, withoutLeading } from './coefficients.ts';
import { polynomialText } from './printing.ts';
import { fromRoots, rootsOf } from './roots.ts';

/** The class of polynomials that NumPy had before it had series. */

type Integer = number | bigint | ndarray;
/** A polynomial, or its coefficients. */
type Other = Polynomial1d | ArrayLike;

const declare = (method: string, text: string): Signature<readonly string[], readonly unknown[], unknown> =>
  new Signature(`poly1d.${method}`, text, python, true) as never;
const signatures = {
  create: declare('__init__', 'c_or_r, r: bool=False, variable: Any=None'),
  call: declare('__call__', 'val'),
  integ: declare('integ', 'm: Any=1, k: Any=0'),
  deriv: declare('deriv', 'm: Any=1'),
};

/** Numbers, be they arrays of no dimensions. */
const isNumber = (value: unknown): value is Scalar | ndarray => isScalar(value) || (value instanceof ndarray && value.ndim === 0);

export interface Polynomial1d {
  /** The polynomial of another. */
  (val: Polynomial1d): Polynomial1d;
  /** Values at points, Python's `p(x)`. */
  (val: ArrayLike): ndarray;
}

export class Polynomial1d extends Printed {
  static override readonly name = 'poly1d';
  /** The coefficients, the highest power's first. */
  declare coeffs: ndarray;
  /** What the variable is called. */
  declare readonly variable: string;

  constructor(...args: Call<['c_or_r', 'r', 'variable'], [c_or_r: Other, r?: boolean, variable?: string | null]>) {
    super();
    const [given, fromZeros = false, named] = signatures.create.list(args) as [Other, boolean?, string?];
    const self = ((...inputs: readonly unknown[]) => {
      const [x] = signatures.call.list(inputs) as [Other];
      return x instanceof Polynomial1d ? new Polynomial1d(composed(held, x.coeffs)) : valuesAt(held, x);
    }) as unknown as this;
    Object.setPrototypeOf(self, new.target.prototype as object);
    Reflect.deleteProperty(self, 'name');
    Reflect.deleteProperty(self, 'length');
    let held = given instanceof Polynomial1d ? given.coeffs : withoutLeading(fromZeros ? fromRoots(given) : given);
    Object.defineProperty(self, 'coeffs', {
      enumerable: true,
      get: () => held,
      set(value: ndarray) {
        if (value !== held) throw new AttributeError('Cannot set attribute');
      },
    });
    Object.defineProperty(self, 'variable', {
      value: named ?? (given instanceof Polynomial1d ? given.variable : 'x'), enumerable: true,
    });
    longer.set(self, (coefficients) => {
      held = coefficients;
    });
    return self;
  }

  /**
   * Another name of coeffs. Source: numpy.poly1d.c.
   * @example
   * new np.poly1d([1, 2, 3]).c // → [1 2 3]
   */
  get c(): ndarray {
    return this.coeffs;
  }

  /**
   * Another name of coeffs. Source: numpy.poly1d.coef.
   * @example
   * new np.poly1d([1, 2, 3]).coef // → [1 2 3]
   */
  get coef(): ndarray {
    return this.coeffs;
  }

  /**
   * Another name of coeffs. Source: numpy.poly1d.coefficients.
   * @example
   * new np.poly1d([1, 2, 3]).coefficients // → [1 2 3]
   */
  get coefficients(): ndarray {
    return this.coeffs;
  }

  /**
   * The degree. Source: numpy.poly1d.order.
   * @example
   * new np.poly1d([1, 2, 3]).order // → 2
   */
  get order(): number {
    return this.coeffs.length - 1;
  }

  /**
   * Another name of order. Source: numpy.poly1d.o.
   * @example
   * new np.poly1d([1, 2, 3]).o // → 2
   */
  get o(): number {
    return this.order;
  }

  /**
   * The degree, Python's `len(p)`.
   * @example
   * new np.poly1d([1, 2, 3]).length // → 2
   */
  get length(): number {
    return this.order;
  }

  /**
   * The roots. Source: numpy.poly1d.roots.
   * @example
   * np.sort(new np.poly1d([1, -3, 2]).roots).round(4) // → [1. 2.]
   */
  get roots(): ndarray {
    return rootsOf(this.coeffs);
  }

  /**
   * Another name of roots. Source: numpy.poly1d.r.
   * @example
   * np.sort(new np.poly1d([1, -3, 2]).r).round(4) // → [1. 2.]
   */
  get r(): ndarray {
    return this.roots;
  }

  /** The coefficients one by one, the highest power's first. */
  [Symbol.iterator](): Iterator<ndarray> {
    return this.coeffs[Symbol.iterator]();
  }

  /**
   * The coefficient of a power, Python's `p[power]`; 0 where there is none.
   * @example
   * new np.poly1d([1, 2, 3]).at(2) // → 1
   */
  at(power: number): ndarray {
    return power < 0 || power > this.order ? fromNumbers([0], this.coeffs.dtypeCore, []) : this.coeffs.at(this.order - power);
  }

  /**
   * Writes the coefficient of a power, Python's `p[power] = value`. Throws a ValueError for negative powers.
   * @example
   * const p = new np.poly1d([1, 2, 3]);
   * p.set(0, 7);
   * p.coeffs // → [1 2 7]
   */
  set(power: number, value: ArrayLike): void {
    if (power < 0) throw new ValueError('Does not support negative powers.');
    const missing = power - this.order;
    if (missing > 0) longer.get(this)!(checkedJoin([zerosOf([missing], this.coeffs.dtypeCore), this.coeffs], { axis: 0 }));
    this.coeffs.set([this.order - power], value);
  }

  /**
   * The sum, Python's `p + other`.
   * @example
   * new np.poly1d([1, 2]).add([3, 0, 0]).coeffs // → [3 1 2]
   */
  add(other: Other): Polynomial1d {
    return new Polynomial1d(combined(ufuncs.add, this.coeffs, ownOf(other)));
  }

  /**
   * The difference, Python's `p - other`.
   * @example
   * new np.poly1d([1, 2]).sub(new np.poly1d([1, 0])).coeffs // → [2]
   */
  sub(other: Other): Polynomial1d {
    return new Polynomial1d(combined(ufuncs.subtract, this.coeffs, ownOf(other)));
  }

  /**
   * The difference from another, Python's `other - p`.
   * @example
   * new np.poly1d([1, 2]).rsub(5).coeffs // → [-1  3]
   */
  rsub(other: Other): Polynomial1d {
    return new Polynomial1d(combined(ufuncs.subtract, ownOf(other), this.coeffs));
  }

  /**
   * The product, Python's `p * other`.
   * @example
   * new np.poly1d([1, 2]).mul(new np.poly1d([1, -2])).coeffs // → [ 1  0 -4]
   */
  mul(other: Other): Polynomial1d {
    return new Polynomial1d(isNumber(other) ? ufuncs.multiply(this.coeffs, other) : product(this.coeffs, coefficientsOf(other)));
  }

  /**
   * The polynomial over a number, or quotient and remainder of two polynomials: Python's `p / other`.
   * @example
   * new np.poly1d([1, 2]).div(4).coeffs // → [0.25 0.5 ]
   */
  div(other: Scalar): Polynomial1d;
  div(other: Other): Polynomial1d | [quotient: Polynomial1d, remainder: Polynomial1d];
  div(other: Other): Polynomial1d | [quotient: Polynomial1d, remainder: Polynomial1d] {
    return isNumber(other) ? new Polynomial1d(ufuncs.divide(this.coeffs, other)) : divided(this.coeffs, ownOf(other));
  }

  /**
   * A number over each coefficient, or quotient and remainder: Python's `other / p`.
   * @example
   * new np.poly1d([1, 2]).rdiv(4).coeffs // → [4. 2.]
   */
  rdiv(other: Scalar): Polynomial1d;
  rdiv(other: Other): Polynomial1d | [quotient: Polynomial1d, remainder: Polynomial1d];
  rdiv(other: Other): Polynomial1d | [quotient: Polynomial1d, remainder: Polynomial1d] {
    return isNumber(other) ? new Polynomial1d(ufuncs.divide(other, this.coeffs)) : divided(ownOf(other), this.coeffs);
  }

  /**
   * A power, Python's `p ** n`. Throws a ValueError for what is no whole number from 0 on.
   * @example
   * new np.poly1d([1, 2]).pow(3).coeffs // → [ 1  6 12  8]
   */
  pow(val: Integer): Polynomial1d {
    const exponent = isNumber(val) ? Number(val) : NaN;
    if (!Number.isInteger(exponent) || exponent < 0) throw new ValueError('Power to non-negative integers only.');
    let result = asArray([1]);
    for (let i = 0; i < exponent; i++) result = product(this.coeffs, result);
    return new Polynomial1d(result);
  }

  /**
   * The polynomial with the opposite coefficients, Python's `-p`.
   * @example
   * new np.poly1d([1, -2]).neg().coeffs // → [-1  2]
   */
  neg(): Polynomial1d {
    return new Polynomial1d(ufuncs.negative(this.coeffs));
  }

  /**
   * Whether the coefficients are the same, Python's `p == other`.
   * @example
   * new np.poly1d([1, 2]).eq(new np.poly1d([1, 2])) ? 'same' : 'others' // → same
   */
  eq(other: unknown): boolean {
    return other instanceof Polynomial1d && sameShape(this.coeffs.shape, other.coeffs.shape)
      && ufuncs.equal(this.coeffs, other.coeffs).all().toBoolean();
  }

  /**
   * Whether a coefficient differs, Python's `p != other`.
   * @example
   * new np.poly1d([1, 2]).ne(new np.poly1d([2, 1])) // → true
   */
  ne(other: unknown): boolean {
    return !this.eq(other);
  }

  /**
   * The m-th integral, with constants k. Source: numpy.poly1d.integ.
   * @example
   * new np.poly1d([2, 2]).integ().coeffs // → [1. 2. 0.]
   */
  integ(...args: Call<['m', 'k'], [m?: Integer, k?: ArrayLike]>): Polynomial1d {
    const [m = 1, k = 0] = signatures.integ.list(args) as [Integer?, ArrayLike?];
    return new Polynomial1d(integralOf(this.coeffs, m, k));
  }

  /**
   * The m-th derivative. Source: numpy.poly1d.deriv.
   * @example
   * new np.poly1d([1, 2, 3]).deriv(2).coeffs // → [2]
   */
  deriv(...args: Call<['m'], [m?: Integer]>): Polynomial1d {
    const [m = 1] = signatures.deriv.list(args) as [Integer?];
    return new Polynomial1d(derivativeOf(this.coeffs, m));
  }

  /** What Python's `print(p)` shows. */
  override toString(): string {
    return polynomialText(this.coeffs, this.variable);
  }

  /** What Python's `repr(p)` shows. */
  __repr__(): string {
    return `poly1d(${array_repr(this.coeffs).slice(6, -1)})`;
  }
}

/** How polynomials take longer coefficients, which nobody else may give them. */
const longer = new WeakMap<Polynomial1d, (coefficients: ndarray) => void>();

/** The coefficients of a polynomial, and others as they are. */
export const coefficientsOf = (value: Other): ArrayLike => (value instanceof Polynomial1d ? value.coeffs : value);

/** The coefficients that a polynomial made of them has. */
const ownOf = (value: Other): ndarray => withoutLeading(coefficientsOf(value));

/** Quotient and remainder as polynomials. */
export function divided(u: ArrayLike, v: ArrayLike): [quotient: Polynomial1d, remainder: Polynomial1d] {
  const [q, r] = quotient(u, v);
  return [new Polynomial1d(q), new Polynomial1d(r)];
}

/**
 * A polynomial from its coefficients, the highest power's first, or with `r` from its roots. It is called for its values, and has methods
 * for Python's operators. Source: numpy.poly1d.
 * @example
 * const p = new np.poly1d([1, 2, 3]);
 * p(0.5) // → 4.25
 * p.mul(p).coeffs // → [ 1  4 10 12  9]
 * p.deriv().coeffs // → [2 2]
 */
export const poly1d = callable('poly1d', Polynomial1d);
export type poly1d = Polynomial1d;
