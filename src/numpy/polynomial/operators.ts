import { isScalar } from '../../core/complex.ts';
import { float64 } from '../../core/dtype.ts';
import { NotImplementedError, ValueError, ZeroDivisionError, pythonTypeName } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { Printed } from '../../core/printed.ts';
import type { Call } from '../../core/signature.ts';
import { Signature } from '../../core/signature.ts';
import { fromNumbers } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import * as ufuncs from '../ufuncs.ts';
import { divide, multiply, power } from './arithmetic.ts';
import type { Basis } from './basis.ts';
import { mapParameters, mapped } from './domains.ts';
import { composed, valuesAt } from './evaluation.ts';
import { add, asSeries, subtract } from './series.ts';

/** What series are made of, their values, and Python's operators of them as methods. */

export type Integer = number | bigint | ndarray;
export type Interval = ArrayLike | null;
/** Another series of the class, or coefficients. */
type Other = OperableSeries | ArrayLike;

/** A class of series. */
export interface SeriesClass<S extends OperableSeries = OperableSeries> {
  new (coef: ArrayLike, domain?: Interval, window?: Interval, symbol?: string): S;
  /** @internal */
  readonly descriptor: Basis;
  readonly domain: ndarray;
  readonly window: ndarray;
}

export const declare = (method: string, text: string): Signature<readonly string[], readonly unknown[], unknown> =>
  new Signature(`ABCPolyBase.${method}`, text) as never;
const signatures = {
  call: declare('__call__', 'arg'),
  create: declare('__init__', "coef, domain: Any=None, window: Any=None, symbol: Any='x'"),
};

const classOf = <S extends OperableSeries>(series: S): SeriesClass<S> => series.constructor as unknown as SeriesClass<S>;

/** Two ends of an interval, as floats or complex numbers. */
function interval(given: ArrayLike, name: string): ndarray {
  const [ends] = asSeries([given], false);
  if (ends.size !== 2) throw new ValueError(`${name} has wrong number of elements.`);
  return ends;
}

const isIdentifier = (text: string): boolean => /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text);
/** Whether intervals or coefficients are the same. */
export const equal = (a: ndarray, b: ndarray): boolean => ufuncs.equal(a, b).all().toBoolean();

/** Values at points, or the series whose variable is another series. */
function evaluated(series: OperableSeries, args: readonly (ArrayLike | OperableSeries)[]): ndarray | OperableSeries {
  const [arg] = signatures.call.list(args) as [ArrayLike | OperableSeries];
  const { domain, window, coef } = series;
  const { descriptor } = classOf(series);
  if (!(arg instanceof OperableSeries)) return valuesAt(descriptor, mapped(arg, domain, window), coef);
  const inner = classOf(arg);
  const [off, scl] = mapParameters(domain, window);
  const x = add(off, multiply(inner.descriptor, scl, arg.coef));
  return new inner(composed(descriptor, coef, inner.descriptor, x), arg.domain, arg.window, arg.symbol);
}

/** An operator that is not there for what stands beside a series. */
const unsupported = (operator: string, left: unknown, right: unknown): TypeError => {
  const [a, b] = [left, right].map((each) => (each instanceof OperableSeries ? each.constructor.name : pythonTypeName(each)));
  return new TypeError(`unsupported operand type(s) for ${operator}: '${a}' and '${b}'`);
};

export interface OperableSeries {
  /** Values at points, Python's `p(x)`. */
  (arg: ArrayLike): ndarray;
  /** The series of which the argument is the variable. */
  <S extends OperableSeries>(arg: S): S;
}

/** A sum of coefficients times the polynomials of a basis, at a variable that is mapped from a domain to a window. */
export abstract class OperableSeries extends Printed {
  /** The coefficients, lowest first. */
  declare coef: ndarray;
  /** The interval that is mapped onto the window. */
  declare domain: ndarray;
  /** The interval that the domain is mapped onto. */
  declare window: ndarray;
  /** What the variable is called where the series is written. */
  declare readonly symbol: string;

  constructor(...args: Call<['coef', 'domain', 'window', 'symbol'], [
    coef: ArrayLike, domain?: Interval, window?: Interval, symbol?: string,
  ]>) {
    super();
    const [given, domain, window, symbol = 'x'] = signatures.create.list(args) as [ArrayLike, ArrayLike?, ArrayLike?, string?];
    const [coef] = asSeries([given], false);
    const type = new.target as unknown as SeriesClass;
    const ends = [
      domain === undefined ? type.domain : interval(domain, 'Domain'), window === undefined ? type.window : interval(window, 'Window'),
    ];
    if (typeof symbol !== 'string') throw new TypeError('Symbol must be a non-empty string');
    if (!isIdentifier(symbol)) throw new ValueError('Symbol string must be a valid Python identifier');
    // A function whose prototype is the class's, so that it can be called.
    const self = ((...inputs: readonly (ArrayLike | OperableSeries)[]) => evaluated(self, inputs)) as unknown as this;
    Object.setPrototypeOf(self, type.prototype as object);
    Reflect.deleteProperty(self, 'name');
    Reflect.deleteProperty(self, 'length');
    self.coef = coef;
    [self.domain, self.window] = ends;
    Object.defineProperty(self, 'symbol', { value: symbol, enumerable: true });
    return self;
  }

  /**
   * The largest power that a series can be raised to. Source: numpy.polynomial.Polynomial.maxpower.
   * @example
   * np.polynomial.Polynomial.maxpower // → 100
   */
  static get maxpower(): number {
    return 100;
  }

  /** What differs between the bases. @internal */
  static get descriptor(): Basis {
    throw new NotImplementedError('a series has a basis');
  }

  /**
   * The domain of series that are given none. Source: numpy.polynomial.Polynomial.domain.
   * @example
   * np.polynomial.Polynomial.domain // → [-1.  1.]
   */
  static get domain(): ndarray {
    return fromNumbers(this.descriptor.domain, float64);
  }

  /**
   * The window of series that are given none. Source: numpy.polynomial.Polynomial.window.
   * @example
   * np.polynomial.Polynomial.window // → [-1.  1.]
   */
  static get window(): ndarray {
    return fromNumbers(this.descriptor.domain, float64);
  }

  /**
   * What is written before the index of a polynomial of the basis; null for powers. Source: numpy.polynomial.Polynomial.basis_name.
   * @example
   * np.polynomial.HermiteE.basis_name // → He
   */
  static get basis_name(): string | null {
    return this.descriptor.letter;
  }

  get basis_name(): string | null {
    return this.type.descriptor.letter;
  }

  protected get type(): SeriesClass<this> {
    return classOf(this);
  }

  /** What Python calls the class. */
  protected get fullName(): string {
    return `numpy.polynomial.${this.type.descriptor.module}.${this.constructor.name}`;
  }

  /** Other coefficients with the same domain, window and symbol. */
  protected like(coef: ArrayLike): this {
    return new this.type(coef, this.domain, this.window, this.symbol);
  }

  /** The coefficients of what fits to this series, and others as they are. */
  private coefficientsOf(other: Other): ArrayLike {
    if (!(other instanceof OperableSeries)) return other;
    if (!this.has_sametype(other)) throw new TypeError('Polynomial types differ');
    if (!this.has_samedomain(other)) throw new TypeError('Domains differ');
    if (!this.has_samewindow(other)) throw new TypeError('Windows differ');
    if (this.symbol !== other.symbol) throw new ValueError('Polynomial symbols differ');
    return other.coef;
  }

  /** What an operator gives, or Python's error where the other operand is none. */
  private operated<T>(operator: string, other: Other, compute: (coef: ArrayLike) => T, reflected = false): T {
    const coef = this.coefficientsOf(other);
    try {
      return compute(coef);
    } catch (error) {
      if (error instanceof ZeroDivisionError) throw error;
      throw reflected ? unsupported(operator, other, this) : unsupported(operator, this, other);
    }
  }

  /**
   * The largest power that a series can be raised to.
   * @example
   * new np.polynomial.Polynomial([1]).maxpower // → 100
   */
  get maxpower(): number {
    return OperableSeries.maxpower;
  }

  /**
   * How many coefficients there are, Python's `len(p)`.
   * @example
   * new np.polynomial.Polynomial([1, 2, 3]).length // → 3
   */
  get length(): number {
    return this.coef.size;
  }

  /** The coefficients one by one. */
  [Symbol.iterator](): Iterator<ndarray> {
    return this.coef[Symbol.iterator]();
  }

  /**
   * The sum, Python's `p + other`: another series of the same kind, or coefficients.
   * @example
   * new np.polynomial.Polynomial([1, 2]).add([0, 0, 3]) // → 1.0 + 2.0·x + 3.0·x²
   */
  add(other: Other): this {
    return this.operated('+', other, (coef) => this.like(add(this.coef, coef)));
  }

  /**
   * The difference, Python's `p - other`.
   * @example
   * new np.polynomial.Polynomial([1, 2]).sub(new np.polynomial.Polynomial([0, 1])) // → 1.0 + 1.0·x
   */
  sub(other: Other): this {
    return this.operated('-', other, (coef) => this.like(subtract(this.coef, coef)));
  }

  /**
   * The difference from another, Python's `other - p`.
   * @example
   * new np.polynomial.Polynomial([1, 2]).rsub(5) // → 4.0 - 2.0·x
   */
  rsub(other: Other): this {
    return this.operated('-', other, (coef) => this.like(subtract(coef, this.coef)), true);
  }

  /**
   * The product, Python's `p * other`.
   * @example
   * new np.polynomial.Polynomial([1, 2]).mul(new np.polynomial.Polynomial([1, -2])) // → 1.0 + 0.0·x - 4.0·x²
   */
  mul(other: Other): this {
    return this.operated('*', other, (coef) => this.like(multiply(this.type.descriptor, this.coef, coef)));
  }

  /**
   * The series over a number, Python's `p / other`; series are divided by floor_divide.
   * @example
   * new np.polynomial.Polynomial([1, 2]).div(4) // → 0.25 + 0.5·x
   */
  div(other: ArrayLike): this {
    if (typeof other === 'boolean' || !(isScalar(other) || (other instanceof ndarray && other.ndim === 0))) {
      const name = (other as unknown) instanceof OperableSeries ? (other as unknown as OperableSeries).fullName : pythonTypeName(other);
      throw new TypeError(`unsupported types for true division: '<class '${this.fullName}'>', '<class '${name}'>'`);
    }
    return this.floor_divide(other);
  }

  /**
   * The quotient, Python's `p // other`.
   * @example
   * new np.polynomial.Polynomial([1, 2, 3]).floor_divide([3, 2]) // → -1.25 + 1.5·x
   */
  floor_divide(other: Other): this {
    return this.operated('//', other, (coef) => this.divided(this.coef, coef)[0]);
  }

  /**
   * The quotient of another by this one, Python's `other // p`.
   * @example
   * new np.polynomial.Polynomial([3, 2]).rfloor_divide([1, 2, 3]) // → -1.25 + 1.5·x
   */
  rfloor_divide(other: Other): this {
    return this.operated('//', other, (coef) => this.divided(coef, this.coef)[0], true);
  }

  /**
   * What a division leaves, Python's `p % other`.
   * @example
   * new np.polynomial.Polynomial([1, 2, 3]).mod([3, 2]) // → 4.75
   */
  mod(other: Other): this {
    return this.operated('%', other, (coef) => this.divided(this.coef, coef)[1]);
  }

  /**
   * What the division of another by this one leaves, Python's `other % p`.
   * @example
   * new np.polynomial.Polynomial([3, 2]).rmod([1, 2, 3]) // → 4.75
   */
  rmod(other: Other): this {
    return this.operated('%', other, (coef) => this.divided(coef, this.coef)[1], true);
  }

  /**
   * Quotient and remainder, Python's `divmod(p, other)`.
   * @example
   * new np.polynomial.Polynomial([1, 2, 3]).divmod([3, 2]).map(String) // → ['-1.25 + 1.5·x', '4.75']
   */
  divmod(other: Other): [quotient: this, remainder: this] {
    return this.operated('divmod()', other, (coef) => this.divided(this.coef, coef));
  }

  /**
   * Quotient and remainder of another by this one, Python's `divmod(other, p)`.
   * @example
   * new np.polynomial.Polynomial([3, 2]).rdivmod([1, 2, 3]).map(String) // → ['-1.25 + 1.5·x', '4.75']
   */
  rdivmod(other: Other): [quotient: this, remainder: this] {
    return this.operated('divmod()', other, (coef) => this.divided(coef, this.coef), true);
  }

  private divided(a: ArrayLike, b: ArrayLike): [quotient: this, remainder: this] {
    const [quotient, remainder] = divide(this.type.descriptor, a, b);
    return [this.like(quotient), this.like(remainder)];
  }

  /**
   * A power, Python's `p ** n`. Throws a ValueError for what is no whole number from 0 to `maxpower`.
   * @example
   * new np.polynomial.Polynomial([1, 2]).pow(3) // → 1.0 + 6.0·x + 12.0·x² + 8.0·x³
   */
  pow(other: Integer): this {
    return this.like(power(this.type.descriptor, this.coef, other, OperableSeries.maxpower));
  }

  /**
   * The series with the opposite coefficients, Python's `-p`.
   * @example
   * new np.polynomial.Polynomial([1, -2]).neg() // → -1.0 + 2.0·x
   */
  neg(): this {
    return this.like(ufuncs.negative(this.coef));
  }

  /**
   * Whether class, coefficients, domain, window and symbol are the same, Python's `p == other`.
   * @example
   * new np.polynomial.Polynomial([1, 2]).eq(new np.polynomial.Polynomial([1, 2])) // → true
   */
  eq(other: unknown): boolean {
    return other instanceof this.constructor && other instanceof OperableSeries && this.has_samedomain(other) && this.has_samewindow(other)
      && this.has_samecoef(other) && this.symbol === other.symbol;
  }

  /**
   * Whether anything differs, Python's `p != other`.
   * @example
   * new np.polynomial.Polynomial([1, 2]).ne(new np.polynomial.Polynomial([1, 2], { symbol: 't' })) // → true
   */
  ne(other: unknown): boolean {
    return !this.eq(other);
  }

  /**
   * Whether the coefficients are the same. Source: numpy.polynomial.Polynomial.has_samecoef.
   * @example
   * new np.polynomial.Polynomial([1, 2]).has_samecoef(new np.polynomial.Polynomial([1, 2], [0, 1])) ? 'same' : 'others' // → same
   */
  has_samecoef(other: OperableSeries): boolean {
    return sameShape(this.coef.shape, other.coef.shape) && equal(this.coef, other.coef);
  }

  /**
   * Whether the domains are the same. Source: numpy.polynomial.Polynomial.has_samedomain.
   * @example
   * new np.polynomial.Polynomial([1, 2]).has_samedomain(new np.polynomial.Polynomial([1, 2], [0, 1])) ? 'same' : 'others' // → others
   */
  has_samedomain(other: OperableSeries): boolean {
    return equal(this.domain, other.domain);
  }

  /**
   * Whether the windows are the same. Source: numpy.polynomial.Polynomial.has_samewindow.
   * @example
   * new np.polynomial.Polynomial([1, 2]).has_samewindow(new np.polynomial.Polynomial([3])) ? 'same' : 'others' // → same
   */
  has_samewindow(other: OperableSeries): boolean {
    return equal(this.window, other.window);
  }

  /**
   * Whether another is of this series' class. Source: numpy.polynomial.Polynomial.has_sametype.
   * @example
   * new np.polynomial.Polynomial([1, 2]).has_sametype(new np.polynomial.Chebyshev([1, 2])) // → false
   */
  has_sametype(other: unknown): boolean {
    return other instanceof this.constructor;
  }
}
