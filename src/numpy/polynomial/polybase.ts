import { isScalar } from '../../core/complex.ts';
import { NotImplementedError, ValueError, ZeroDivisionError, noAttribute, pythonTypeName } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { Printed } from '../../core/printed.ts';
import type { Call } from '../../core/signature.ts';
import { Signature } from '../../core/signature.ts';
import { float64 } from '../../core/dtype.ts';
import { asArray, fromNumbers } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { array_repr } from '../io/printing.ts';
import { linspace } from '../routines/ranges.ts';
import * as ufuncs from '../ufuncs.ts';
import { divide, fromRoots, line, multiply, power, wholeNumber } from './arithmetic.ts';
import type { Basis } from './basis.ts';
import { derivative, integral } from './calculus.ts';
import { domainOf, mapParameters, mapped } from './domains.ts';
import { composed, valuesAt } from './evaluation.ts';
import type { PrintStyle } from './printing.ts';
import { currentStyle, seriesTex, seriesText } from './printing.ts';
import { add, asSeries, part, subtract, trimmedBy } from './series.ts';
import type { FitStatus } from './solvers.ts';
import { fitted, rootsOf } from './solvers.ts';

/** The class that those of all bases extend. */

type Integer = number | bigint | ndarray;
type Interval = ArrayLike | null;
/** Another series of the class, or coefficients. */
type Other = Series | ArrayLike;

/** A class of series. */
export interface SeriesClass<S extends Series = Series> {
  new (coef: ArrayLike, domain?: Interval, window?: Interval, symbol?: string): S;
  /** @internal */
  readonly descriptor: Basis;
  readonly domain: ndarray;
  readonly window: ndarray;
}

const declare = (method: string, text: string): Signature<readonly string[], readonly unknown[], unknown> =>
  new Signature(`ABCPolyBase.${method}`, text) as never;
const signatures = {
  call: declare('__call__', 'arg'),
  create: declare('__init__', 'coef, domain: Any=None, window: Any=None, symbol: Any=\'x\''),
  trim: declare('trim', 'tol: Any=0'),
  truncate: declare('truncate', 'size'),
  cutdeg: declare('cutdeg', 'deg'),
  convert: declare('convert', 'domain: Any=None, kind: Any=None, window: Any=None'),
  integ: declare('integ', 'm: Any=1, k: Any=[], lbnd: Any=None'),
  deriv: declare('deriv', 'm: Any=1'),
  linspace: declare('linspace', 'n: Any=100, domain: Any=None'),
  fit: declare('fit', "x, y, deg, domain: Any=None, rcond: Any=None, full: bool=False, w: Any=None, window: Any=None, symbol: Any='x'"),
  fromroots: declare('fromroots', "roots, domain: Any=[], window: Any=None, symbol: Any='x'"),
  identity: declare('identity', "domain: Any=None, window: Any=None, symbol: Any='x'"),
  basis: declare('basis', "deg, domain: Any=None, window: Any=None, symbol: Any='x'"),
  cast: declare('cast', 'series, domain: Any=None, window: Any=None'),
};

const classOf = <S extends Series>(series: S): SeriesClass<S> => series.constructor as unknown as SeriesClass<S>;

/** Two ends of an interval, as floats or complex numbers. */
function interval(given: ArrayLike, name: string): ndarray {
  const [ends] = asSeries([given], false);
  if (ends.size !== 2) throw new ValueError(`${name} has wrong number of elements.`);
  return ends;
}

const isIdentifier = (text: string): boolean => /^[\p{XID_Start}_]\p{XID_Continue}*$/u.test(text);
const equal = (a: ndarray, b: ndarray): boolean => ufuncs.equal(a, b).all().toBoolean();
/** The series whose values are its arguments. */
function identityOf<S extends Series>(kind: SeriesClass<S>, domain: ArrayLike, window: ArrayLike, symbol?: string): S {
  const [off, scl] = mapParameters(window, domain);
  return new kind(line(kind.descriptor, off, scl), domain, window, symbol);
}

/** An interval that is none as one of 1 to either side. */
function roomAround(ends: ndarray): ndarray {
  return equal(ends.at(0), ends.at(1)) ? ufuncs.add(ends, [-1, 1]) : ends;
}

/** Values at points, or the series whose variable is another series. */
function evaluated(series: Series, args: readonly (ArrayLike | Series)[]): ndarray | Series {
  const [arg] = signatures.call.list(args) as [ArrayLike | Series];
  const { domain, window, coef } = series;
  const { descriptor } = classOf(series);
  if (!(arg instanceof Series)) return valuesAt(descriptor, mapped(arg, domain, window), coef);
  const inner = classOf(arg);
  const [off, scl] = mapParameters(domain, window);
  const x = add(off, multiply(inner.descriptor, scl, arg.coef));
  return new inner(composed(descriptor, coef, inner.descriptor, x), arg.domain, arg.window, arg.symbol);
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** An operator that is not there for what stands beside a series. */
const unsupported = (operator: string, left: unknown, right: unknown): TypeError => {
  const [a, b] = [left, right].map((each) => (each instanceof Series ? each.constructor.name : pythonTypeName(each)));
  return new TypeError(`unsupported operand type(s) for ${operator}: '${a}' and '${b}'`);
};

export interface Series {
  /** Values at points, Python's `p(x)`. */
  (arg: ArrayLike): ndarray;
  /** The series of which the argument is the variable. */
  <S extends Series>(arg: S): S;
}

/** A sum of coefficients times the polynomials of a basis, at a variable that is mapped from a domain to a window. */
export abstract class Series extends Printed {
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
    const self = ((...inputs: readonly (ArrayLike | Series)[]) => evaluated(self, inputs)) as unknown as this;
    Object.setPrototypeOf(self, type.prototype as object);
    Reflect.deleteProperty(self, 'name');
    Reflect.deleteProperty(self, 'length');
    self.coef = coef;
    [self.domain, self.window] = ends;
    Object.defineProperty(self, 'symbol', { value: symbol, enumerable: true });
    return self;
  }

  /** The largest power that a series can be raised to. */
  static get maxpower(): number {
    return 100;
  }

  /** What differs between the bases. @internal */
  static get descriptor(): Basis {
    throw new NotImplementedError('a series has a basis');
  }

  /** The domain of series that are given none. */
  static get domain(): ndarray {
    return fromNumbers(this.descriptor.domain, float64);
  }

  /** The window of series that are given none. */
  static get window(): ndarray {
    return fromNumbers(this.descriptor.domain, float64);
  }

  private get type(): SeriesClass<this> {
    return classOf(this);
  }

  /** What Python calls the class. */
  private get fullName(): string {
    return `numpy.polynomial.${this.type.descriptor.module}.${this.constructor.name}`;
  }

  /** Other coefficients with the same domain, window and symbol. */
  private like(coef: ArrayLike): this {
    return new this.type(coef, this.domain, this.window, this.symbol);
  }

  /** The coefficients of what fits to this series, and others as they are. */
  private coefficientsOf(other: Other): ArrayLike {
    if (!(other instanceof Series)) return other;
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

  /** The largest power that a series can be raised to. */
  get maxpower(): number {
    return Series.maxpower;
  }

  /** How many coefficients there are, Python's `len(p)`. */
  get length(): number {
    return this.coef.size;
  }

  /** The coefficients one by one. */
  [Symbol.iterator](): Iterator<ndarray> {
    return this.coef[Symbol.iterator]();
  }

  /** The sum, Python's `p + other`: another series of the same kind, or coefficients. */
  add(other: Other): this {
    return this.operated('+', other, (coef) => this.like(add(this.coef, coef)));
  }

  /** The difference, Python's `p - other`. */
  sub(other: Other): this {
    return this.operated('-', other, (coef) => this.like(subtract(this.coef, coef)));
  }

  /** The difference from another, Python's `other - p`. */
  rsub(other: Other): this {
    return this.operated('-', other, (coef) => this.like(subtract(coef, this.coef)), true);
  }

  /** The product, Python's `p * other`. */
  mul(other: Other): this {
    return this.operated('*', other, (coef) => this.like(multiply(this.type.descriptor, this.coef, coef)));
  }

  /** The series over a number, Python's `p / other`; series are divided by floor_divide. */
  div(other: ArrayLike): this {
    if (typeof other === 'boolean' || !(isScalar(other) || (other instanceof ndarray && other.ndim === 0))) {
      const name = (other as unknown) instanceof Series ? (other as unknown as Series).fullName : pythonTypeName(other);
      throw new TypeError(`unsupported types for true division: '<class '${this.fullName}'>', '<class '${name}'>'`);
    }
    return this.floor_divide(other);
  }

  /** The quotient, Python's `p // other`. */
  floor_divide(other: Other): this {
    return this.operated('//', other, (coef) => this.divided(this.coef, coef)[0]);
  }

  /** The quotient of another by this one, Python's `other // p`. */
  rfloor_divide(other: Other): this {
    return this.operated('//', other, (coef) => this.divided(coef, this.coef)[0], true);
  }

  /** What a division leaves, Python's `p % other`. */
  mod(other: Other): this {
    return this.operated('%', other, (coef) => this.divided(this.coef, coef)[1]);
  }

  /** What the division of another by this one leaves, Python's `other % p`. */
  rmod(other: Other): this {
    return this.operated('%', other, (coef) => this.divided(coef, this.coef)[1], true);
  }

  /** Quotient and remainder, Python's `divmod(p, other)`. */
  divmod(other: Other): [quotient: this, remainder: this] {
    return this.operated('divmod()', other, (coef) => this.divided(this.coef, coef));
  }

  /** Quotient and remainder of another by this one, Python's `divmod(other, p)`. */
  rdivmod(other: Other): [quotient: this, remainder: this] {
    return this.operated('divmod()', other, (coef) => this.divided(coef, this.coef), true);
  }

  private divided(a: ArrayLike, b: ArrayLike): [quotient: this, remainder: this] {
    const [quotient, remainder] = divide(this.type.descriptor, a, b);
    return [this.like(quotient), this.like(remainder)];
  }

  /** A power, Python's `p ** n`. Throws a ValueError for what is no whole number from 0 to `maxpower`. */
  pow(other: Integer): this {
    return this.like(power(this.type.descriptor, this.coef, other, Series.maxpower));
  }

  /** The series with the opposite coefficients, Python's `-p`. */
  neg(): this {
    return this.like(ufuncs.negative(this.coef));
  }

  /** Whether class, coefficients, domain, window and symbol are the same, Python's `p == other`. */
  eq(other: unknown): boolean {
    return other instanceof this.constructor && other instanceof Series && this.has_samedomain(other) && this.has_samewindow(other)
      && this.has_samecoef(other) && this.symbol === other.symbol;
  }

  /** Whether anything differs, Python's `p != other`. */
  ne(other: unknown): boolean {
    return !this.eq(other);
  }

  /** Whether the coefficients are the same. */
  has_samecoef(other: Series): boolean {
    return sameShape(this.coef.shape, other.coef.shape) && equal(this.coef, other.coef);
  }

  /** Whether the domains are the same. */
  has_samedomain(other: Series): boolean {
    return equal(this.domain, other.domain);
  }

  /** Whether the windows are the same. */
  has_samewindow(other: Series): boolean {
    return equal(this.window, other.window);
  }

  /** Whether another is of this series' class. */
  has_sametype(other: unknown): boolean {
    return other instanceof this.constructor;
  }

  /** A series of its own with the same coefficients. */
  copy(): this {
    return this.like(this.coef);
  }

  /** The number of coefficients less 1, be the last of them 0. */
  degree(): number {
    return this.length - 1;
  }

  /** The series without what is beyond a degree. */
  cutdeg(...args: Call<['deg'], [deg: Integer]>): this {
    const [deg] = signatures.cutdeg.list(args) as [Integer];
    return this.truncate(Number(deg) + 1);
  }

  /** The series without the coefficients at its end whose size is `tol` (0) or less. */
  trim(...args: Call<['tol'], [tol?: ArrayLike]>): this {
    const [tol = 0] = signatures.trim.list(args) as [ArrayLike?];
    return this.like(trimmedBy(this.coef, tol));
  }

  /** The first coefficients alone. Throws a ValueError where `size` is no positive whole number. */
  truncate(...args: Call<['size'], [size: Integer]>): this {
    const refuse = (): ValueError => new ValueError('size must be a positive integer');
    const size = wholeNumber(signatures.truncate.list(args)[0], refuse);
    if (size < 1) throw refuse();
    return this.like(size >= this.length ? this.coef : part(this.coef, 0, size));
  }

  /** The same polynomial as a series of another class, or with another domain and window. */
  convert<S extends Series = this>(...args: Call<['domain', 'kind', 'window'], [
    domain?: Interval, kind?: SeriesClass<S> | null, window?: Interval,
  ]>): S {
    const [domain, given, window] = signatures.convert.list(args) as [ArrayLike?, SeriesClass<S>?, ArrayLike?];
    const kind = given ?? (this.type as unknown as SeriesClass<S>);
    if (kind.descriptor === undefined) throw noAttribute(kind, 'domain');
    return this(identityOf(kind, domain ?? kind.domain, window ?? kind.window, this.symbol));
  }

  /** Offset and scale of the line from the domain to the window. */
  mapparms(): [off: ndarray, scl: ndarray] {
    return mapParameters(this.domain, this.window);
  }

  /** The m-th integral, with constants k, whose value at `lbnd` is 0 but for them. */
  integ(...args: Call<['m', 'k', 'lbnd'], [m?: Integer, k?: ArrayLike, lbnd?: ArrayLike | null]>): this {
    const [m = 1, k = [], lbnd] = signatures.integ.list(args) as [Integer?, ArrayLike?, ArrayLike?];
    const [off, scl] = this.mapparms();
    const start = lbnd === undefined ? 0 : ufuncs.add(off, ufuncs.multiply(scl, lbnd));
    return this.like(integral(this.type.descriptor, this.coef, m, k, start, ufuncs.divide(1, scl), 0));
  }

  /** The m-th derivative. */
  deriv(...args: Call<['m'], [m?: Integer]>): this {
    const [m = 1] = signatures.deriv.list(args) as [Integer?];
    return this.like(derivative(this.type.descriptor, this.coef, m, this.mapparms()[1], 0));
  }

  /** The roots, in rising order of their places in the window. */
  roots(): ndarray {
    return mapped(rootsOf(this.type.descriptor, this.coef), this.window, this.domain);
  }

  /** n evenly spaced points of an interval, the domain unless one is given, and the values there. */
  linspace(...args: Call<['n', 'domain'], [n?: Integer, domain?: Interval]>): [x: ndarray, y: ndarray] {
    const [n = 100, domain = this.domain] = signatures.linspace.list(args) as [Integer?, ArrayLike?];
    const ends = asArray(domain);
    const x = linspace(ends.at(0), ends.at(1), n);
    return [x, this(x)];
  }

  private get written() {
    const { coef, symbol } = this;
    return { coef, symbol, letter: this.type.descriptor.letter, line: this.mapparms() };
  }

  /** What Python's `print(p)` shows. */
  override toString(): string {
    return seriesText(this.written, currentStyle());
  }

  /** What Python's `format(p, style)` gives: 'unicode', 'ascii', or the usual style. */
  __format__(fmt_str: string): string {
    if (fmt_str === '') return this.toString();
    if (fmt_str !== 'ascii' && fmt_str !== 'unicode') {
      throw new ValueError(`Unsupported format string '${String(fmt_str)}' passed to <class '${this.fullName}'>.__format__. `
        + "Valid options are 'ascii' and 'unicode'");
    }
    return seriesText(this.written, fmt_str satisfies PrintStyle);
  }

  /** What Python's `repr(p)` shows. */
  __repr__(): string {
    const [coef, domain, window] = [this.coef, this.domain, this.window].map((each) => array_repr(each).slice(6, -1));
    return `${this.constructor.name}(${coef}, domain=${domain}, window=${window}, symbol='${this.symbol}')`;
  }

  /** The series as TeX. */
  _repr_latex_(): string {
    return seriesTex(this.written);
  }

  /** The series whose values at x are nearest to y, and with `full` what the solution of least squares says about it. */
  static fit<S extends Series>(this: SeriesClass<S>, x: ArrayLike, y: ArrayLike, deg: FitDegree, options: FitOptions & {
    readonly full: true;
  }): [series: S, status: FitStatus];
  static fit<S extends Series>(
    this: SeriesClass<S>, x: ArrayLike, y: ArrayLike, deg: FitDegree, domain?: Interval, rcond?: number | null, full?: false,
    w?: ArrayLike | null, window?: Interval, symbol?: string,
  ): S;
  static fit<S extends Series>(this: SeriesClass<S>, x: ArrayLike, y: ArrayLike, deg: FitDegree, options: FitOptions): S;
  static fit<S extends Series>(this: SeriesClass<S>, options: FitOptions & {
    readonly x: ArrayLike; readonly y: ArrayLike; readonly deg: FitDegree;
  }): S;
  static fit<S extends Series>(this: SeriesClass<S>, ...args: readonly unknown[]): S | [S, FitStatus] {
    const [x, y, deg, domain, rcond, full = false, w, window = this.window, symbol] = signatures.fit.list(args) as [
      ArrayLike, ArrayLike, ArrayLike, ArrayLike?, number?, boolean?, ArrayLike?, ArrayLike?, string?,
    ];
    const ends = domain === undefined ? roomAround(domainOf(x)) : isEmptyList(domain) ? this.domain : domain;
    const [coef, status] = fitted(this.descriptor, mapped(x, ends, window), y, deg, rcond, full, w);
    const series = new this(coef, ends, window, symbol);
    return full ? [series, status] : series;
  }

  /** The series with these roots. */
  static fromroots<S extends Series>(this: SeriesClass<S>, ...args: Call<['roots', 'domain', 'window', 'symbol'], [
    roots: ArrayLike, domain?: Interval, window?: Interval, symbol?: string,
  ]>): S {
    const values = signatures.fromroots.read(args) as { roots: ArrayLike; domain: Interval; window: Interval; symbol: string };
    const [roots] = asSeries([values.roots], false);
    const domain = values.domain === null ? domainOf(roots) : isEmptyList(values.domain) ? this.domain : values.domain;
    const window = values.window ?? this.window;
    const [off, scl] = mapParameters(domain, window);
    const coef = fromRoots(this.descriptor, ufuncs.add(off, ufuncs.multiply(scl, roots)));
    return new this(ufuncs.divide(coef, ufuncs.power(scl, roots.size)), domain, window, values.symbol);
  }

  /** The series whose values are its arguments. */
  static identity<S extends Series>(this: SeriesClass<S>, ...args: Call<['domain', 'window', 'symbol'], [
    domain?: Interval, window?: Interval, symbol?: string,
  ]>): S {
    const [domain = this.domain, window = this.window, symbol] = signatures.identity.list(args) as [ArrayLike?, ArrayLike?, string?];
    return identityOf(this, domain, window, symbol);
  }

  /** The polynomial of a degree alone. Throws a ValueError where that is no whole number from 0 on. */
  static basis<S extends Series>(this: SeriesClass<S>, ...args: Call<['deg', 'domain', 'window', 'symbol'], [
    deg: Integer, domain?: Interval, window?: Interval, symbol?: string,
  ]>): S {
    const [deg, domain, window, symbol] = signatures.basis.list(args) as [Integer, ArrayLike?, ArrayLike?, string?];
    const degree = wholeNumber(deg, () => new ValueError('deg must be non-negative integer'));
    return new this([...new Array<number>(degree).fill(0), 1], domain, window, symbol);
  }

  /** A series of another class as one of this. */
  static cast<S extends Series>(this: SeriesClass<S>, ...args: Call<['series', 'domain', 'window'], [
    series: Series, domain?: Interval, window?: Interval,
  ]>): S {
    const [series, domain, window] = signatures.cast.list(args) as [Series, ArrayLike?, ArrayLike?];
    if (!(series instanceof Series)) throw noAttribute(series, 'convert');
    return series.convert(domain, this, window);
  }
}

type FitDegree = Integer | readonly (number | bigint)[];
export interface FitOptions {
  readonly domain?: Interval;
  readonly rcond?: number | null;
  readonly full?: boolean;
  readonly w?: ArrayLike | null;
  readonly window?: Interval;
  readonly symbol?: string;
}
