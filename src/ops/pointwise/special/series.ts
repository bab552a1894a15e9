import type { Expression } from '../../../core/expression.ts';
import { e } from '../../../core/expression.ts';

/** Polynomials as expressions: what special functions are approximated by. */

/** A polynomial by its coefficients from the highest power on. */
export function polynomial(x: Expression, coefficients: readonly number[]): Expression {
  const [first, second, ...rest] = coefficients;
  return rest.reduce((sum, each) => e.add(e.mul(sum, x), each), e.add(e.mul(x, first), second));
}

/** A quotient of two polynomials. */
export const quotient = (x: Expression, above: readonly number[], below: readonly number[]): Expression =>
  e.div(polynomial(x, above), polynomial(x, below));

/** A Chebyshev series of x / 2, from the last coefficient on, by Clenshaw's recurrence. */
export function chebyshev(x: Expression, coefficients: readonly number[]): Expression {
  let before: Expression = e.mul(x, 0);
  let last = before;
  let now = e.add(before, coefficients[0]);
  for (const each of coefficients.slice(1)) {
    [last, before] = [before, now];
    now = e.add(e.sub(e.mul(x, before), last), each);
  }
  return e.mul(e.sub(now, last), 0.5);
}

/** sin(πx) and cos(πx) of the part of x that is left beside the nearest whole number. */
export function turned(x: Expression): { readonly sin: Expression; readonly cos: Expression } {
  const rest = e.mul(e.sub(x, e.rint(x)), Math.PI);
  return { sin: e.sin(rest), cos: e.cos(rest) };
}
