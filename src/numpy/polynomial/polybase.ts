import { ValueError, noAttribute } from '../../core/errors.ts';
import type { Call } from '../../core/signature.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { array_repr } from '../io/printing.ts';
import { linspace } from '../routines/ranges.ts';
import * as ufuncs from '../ufuncs.ts';
import { fromRoots, line } from './arithmetic.ts';
import { derivative, integral } from './calculus.ts';
import { domainOf, mapParameters, mapped } from './domains.ts';
import { wholeNumber } from './integers.ts';
import type { Integer, Interval, SeriesClass } from './operators.ts';
import { OperableSeries, declare, equal } from './operators.ts';
import type { PrintStyle, Written } from './printing.ts';
import { currentStyle, seriesTex, seriesText } from './printing.ts';
import { asSeries, part, trimmedBy, unitSeries } from './series.ts';
import type { FitStatus } from './solvers.ts';
import { fitted, rootsOf } from './solvers.ts';

/** The class that those of all bases extend. */

export type { SeriesClass };

const signatures = {
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

/** The series whose values are its arguments. */
function identityOf<S extends Series>(kind: SeriesClass<S>, domain: ArrayLike, window: ArrayLike, symbol?: string): S {
  const [off, scl] = mapParameters(window, domain);
  return new kind(line(kind.descriptor, off, scl), domain, window, symbol);
}

/** An interval that is none as one of 1 to either side. */
function roomAround(ends: ndarray): ndarray {
  return equal(ends.at(0), ends.at(1)) ? ufuncs.add(ends, [-1, 1]) : ends;
}

const isEmptyList = (value: unknown): boolean => Array.isArray(value) && value.length === 0;

/** A sum of coefficients times the polynomials of a basis, at a variable that is mapped from a domain to a window. */
export abstract class Series extends OperableSeries {
  /**
   * A series of its own with the same coefficients. Source: numpy.polynomial.Polynomial.copy.
   * @example
   * new np.polynomial.Polynomial([1, 2]).copy() // → 1.0 + 2.0·x
   */
  copy(): this {
    return this.like(this.coef);
  }

  /**
   * The number of coefficients less 1, be the last of them 0. Source: numpy.polynomial.Polynomial.degree.
   * @example
   * new np.polynomial.Polynomial([1, 2, 3]).degree() // → 2
   */
  degree(): number {
    return this.length - 1;
  }

  /**
   * The series without what is beyond a degree. Source: numpy.polynomial.Polynomial.cutdeg.
   * @example
   * new np.polynomial.Polynomial([1, 2, 3]).cutdeg(1) // → 1.0 + 2.0·x
   */
  cutdeg(...args: Call<['deg'], [deg: Integer]>): this {
    const [deg] = signatures.cutdeg.list(args) as [Integer];
    return this.truncate(ufuncs.add(deg, 1));
  }

  /**
   * The series without the coefficients at its end whose size is `tol` (0) or less. Source: numpy.polynomial.Polynomial.trim.
   * @example
   * new np.polynomial.Polynomial([1, 2, 1e-9]).trim(1e-6) // → 1.0 + 2.0·x
   */
  trim(...args: Call<['tol'], [tol?: ArrayLike]>): this {
    const [tol = 0] = signatures.trim.list(args) as [ArrayLike?];
    return this.like(trimmedBy(this.coef, tol));
  }

  /**
   * The first coefficients alone. Throws a ValueError where `size` is no positive whole number. Source:
   * numpy.polynomial.Polynomial.truncate.
   * @example
   * new np.polynomial.Polynomial([1, 2, 3]).truncate(2) // → 1.0 + 2.0·x
   */
  truncate(...args: Call<['size'], [size: Integer]>): this {
    const refuse = (): ValueError => new ValueError('size must be a positive integer');
    const size = wholeNumber(signatures.truncate.list(args)[0], refuse);
    if (size < 1) throw refuse();
    return this.like(size >= this.length ? this.coef : part(this.coef, 0, size));
  }

  /**
   * The same polynomial as a series of another class, or with another domain and window. Source:
   * numpy.polynomial.Polynomial.convert.
   * @example
   * new np.polynomial.Polynomial([1, 2, 3]).convert({ kind: np.polynomial.Chebyshev }) // → 2.5 + 2.0·T₁(x) + 1.5·T₂(x)
   */
  convert<S extends Series = this>(...args: Call<['domain', 'kind', 'window'], [
    domain?: Interval, kind?: SeriesClass<S> | null, window?: Interval,
  ]>): S {
    const [domain, given, window] = signatures.convert.list(args) as [ArrayLike?, SeriesClass<S>?, ArrayLike?];
    const kind = given ?? (this.type as unknown as SeriesClass<S>);
    if (kind.descriptor === undefined) throw noAttribute(kind, 'domain');
    return this(identityOf(kind, domain ?? kind.domain, window ?? kind.window, this.symbol));
  }

  /**
   * Offset and scale of the line from the domain to the window. Source: numpy.polynomial.Polynomial.mapparms.
   * @example
   * new np.polynomial.Polynomial([1, 2], [0, 4]).mapparms().map(String) // → ['-1.0', '0.5']
   */
  mapparms(): [off: ndarray, scl: ndarray] {
    return mapParameters(this.domain, this.window);
  }

  /**
   * The m-th integral, with constants k, whose value at `lbnd` is 0 but for them. Source: numpy.polynomial.Polynomial.integ.
   * @example
   * new np.polynomial.Polynomial([1, 2, 3]).integ(1, 5) // → 5.0 + 1.0·x + 1.0·x² + 1.0·x³
   */
  integ(...args: Call<['m', 'k', 'lbnd'], [m?: Integer, k?: ArrayLike, lbnd?: ArrayLike | null]>): this {
    const [m = 1, k = [], lbnd] = signatures.integ.list(args) as [Integer?, ArrayLike?, ArrayLike?];
    const [off, scl] = this.mapparms();
    const start = lbnd === undefined ? 0 : ufuncs.add(off, ufuncs.multiply(scl, lbnd));
    return this.like(integral(this.type.descriptor, this.coef, m, k, start, ufuncs.divide(1, scl), 0));
  }

  /**
   * The m-th derivative. Source: numpy.polynomial.Polynomial.deriv.
   * @example
   * new np.polynomial.Polynomial([1, 2, 3]).deriv() // → 2.0 + 6.0·x
   */
  deriv(...args: Call<['m'], [m?: Integer]>): this {
    const [m = 1] = signatures.deriv.list(args) as [Integer?];
    return this.like(derivative(this.type.descriptor, this.coef, m, this.mapparms()[1], 0));
  }

  /**
   * The roots, in rising order of their places in the window. Source: numpy.polynomial.Polynomial.roots.
   * @example
   * new np.polynomial.Polynomial([-1, 2]).roots() // → [0.5]
   */
  roots(): ndarray {
    return mapped(rootsOf(this.type.descriptor, this.coef), this.window, this.domain);
  }

  /**
   * n evenly spaced points of an interval, the domain unless one is given, and the values there. Source:
   * numpy.polynomial.Polynomial.linspace.
   * @example
   * new np.polynomial.Polynomial([1, 2]).linspace(3).map(String) // → ['[-1.  0.  1.]', '[-1.  1.  3.]']
   */
  linspace(...args: Call<['n', 'domain'], [n?: Integer, domain?: Interval]>): [x: ndarray, y: ndarray] {
    const [n = 100, domain = this.domain] = signatures.linspace.list(args) as [Integer?, ArrayLike?];
    const ends = asArray(domain);
    const x = linspace(ends.at(0), ends.at(1), n);
    return [x, this(x)];
  }

  private get written(): Written {
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

  /**
   * The series whose values at x are nearest to y, and with `full` what the solution of least squares says about it. Source:
   * numpy.polynomial.Polynomial.fit.
   * @example
   * np.polynomial.Polynomial.fit([0, 1, 2], [2, 3, 8], 2).coef.round(4) // → [3. 3. 2.]
   */
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

  /**
   * The series with these roots. Source: numpy.polynomial.Polynomial.fromroots.
   * @example
   * np.polynomial.Polynomial.fromroots([1, 2]) // → 2.0 - 3.0·x + 1.0·x²
   */
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

  /**
   * The series whose values are its arguments. Source: numpy.polynomial.Polynomial.identity.
   * @example
   * np.polynomial.Polynomial.identity() // → 0.0 + 1.0·x
   */
  static identity<S extends Series>(this: SeriesClass<S>, ...args: Call<['domain', 'window', 'symbol'], [
    domain?: Interval, window?: Interval, symbol?: string,
  ]>): S {
    const [domain = this.domain, window = this.window, symbol] = signatures.identity.list(args) as [ArrayLike?, ArrayLike?, string?];
    return identityOf(this, domain, window, symbol);
  }

  /**
   * The polynomial of a degree alone. Throws a ValueError where that is no whole number from 0 on. Source:
   * numpy.polynomial.Polynomial.basis.
   * @example
   * np.polynomial.Polynomial.basis(2) // → 0.0 + 0.0·x + 1.0·x²
   */
  static basis<S extends Series>(this: SeriesClass<S>, ...args: Call<['deg', 'domain', 'window', 'symbol'], [
    deg: Integer, domain?: Interval, window?: Interval, symbol?: string,
  ]>): S {
    const [deg, domain, window, symbol] = signatures.basis.list(args) as [Integer, ArrayLike?, ArrayLike?, string?];
    const degree = wholeNumber(deg, () => new ValueError('deg must be non-negative integer'));
    return new this(unitSeries(degree), domain, window, symbol);
  }

  /**
   * A series of another class as one of this. Source: numpy.polynomial.Polynomial.cast.
   * @example
   * np.polynomial.Polynomial.cast(new np.polynomial.Chebyshev([1, 2, 3])) // → -2.0 + 2.0·x + 6.0·x²
   */
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
