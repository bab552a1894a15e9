import type { ndarray } from '../ndarray/ndarray.ts';

/** What differs between the bases. All that is done with series is written once over these descriptions. */

/** Each polynomial from the two before it: P(n) = (weight · (shift + slope · x) · P(n−1) − back · P(n−2)) / divisor. */
export interface Recurrence {
  weight(n: number): number;
  shift(n: number): number;
  readonly slope: 1 | -1;
  back(n: number): number;
  divisor(n: number): number;
  /** Whether values are computed from quotients of these numbers, which are rounded first. */
  readonly quotientsFirst?: true;
}

export interface Basis {
  /** The module of its functions. */
  readonly module: string;
  /** What is written before the index and the argument; nothing for powers, which are written as such. */
  readonly letter: string | null;
  readonly domain: readonly [number, number];
  readonly recurrence: Recurrence;
  /** P′(n) = factor(n) · P(n−1) + carry(n) · P′(n−step), the carry as a quotient; none at and below the step. */
  readonly derivative: {
    factor(n: number): number;
    readonly carry?: { readonly step: 1 | 2; times(n: number): number; over(n: number): number };
    /** Whether the derivative of what vanishes is left with its axis in front, as NumPy does for one basis. */
    readonly leavesAxis?: true;
  };
  /** ∫P(n) = P(n+1) / up(n) − P(n−1) / down(n), from the second on, and + P(n) where it says so. */
  readonly integral: { up(n: number): number; down?(n: number): number; readonly itself?: true };
  readonly companion: {
    /** The numbers below the diagonal of an n × n matrix, n − 1 of them, and those on it. */
    beside(n: number): number[];
    on?(n: number): number[];
    /** What the last column has besides: from all coefficients but the last, and the last. */
    column(c: ndarray, last: ndarray, n: number): ndarray;
    /** Whether the numbers stand on both sides of the diagonal, and roots are looked for in the matrix turned by half. */
    readonly symmetric: boolean;
  };
  /** Where there is a shorter way than the recurrence. Operands are series of their own that may be overwritten. */
  readonly multiply?: (c1: ndarray, c2: ndarray) => ndarray;
  readonly divide?: (c1: ndarray, c2: ndarray) => [ndarray, ndarray];
  /** The product of n ≥ 2 equal factors. */
  readonly power?: (c: ndarray, n: number) => ndarray;
  /** The largest power that is computed, unless a call says otherwise. */
  readonly maxpower: number | null;
}

/** The elements of some algebra that a recurrence is followed in: values, series of one basis or of another. */
export interface Algebra<T> {
  add(a: T, b: T): T;
  subtract(a: T, b: T): T;
  scale(a: T, times: number, over: number): T;
  /** a times x, or a times (shift − x). */
  along(a: T, shift: number, slope: 1 | -1): T;
}

/** The sum of coefficients times polynomials, of which there are two or more, by Clenshaw's recurrence from the highest down. */
export function clenshaw<T>(
  { weight, shift, slope, back, divisor }: Recurrence, count: number, coefficient: (place: number) => T, algebra: Algebra<T>,
): T {
  const raised = (a: T, n: number): T => algebra.scale(algebra.along(a, shift(n), slope), weight(n), divisor(n));
  let [c0, c1] = [coefficient(count - 2), coefficient(count - 1)];
  for (let n = count - 1; n > 1; n--) {
    const lower = coefficient(n - 2);
    const next = back(n) === 0 ? lower : algebra.subtract(lower, algebra.scale(c1, back(n), divisor(n)));
    c1 = algebra.add(c0, raised(c1, n));
    c0 = next;
  }
  return algebra.add(c0, raised(c1, 1));
}
