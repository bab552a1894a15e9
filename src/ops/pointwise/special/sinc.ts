import { e } from '../../../core/expression.ts';
import type { StridedArray } from '../../../core/strided.ts';
import { div, mul, square, sub } from '../arithmetic.ts';
import { eq, where } from '../comparison.ts';
import { cos, sin } from '../elementary.ts';
import { floats, unary } from '../row.ts';

/** sin(πx) / (πx), and 1 at 0. */
export const sinc = unary({
  name: 'sinc', args: ['x'], dtypes: floats, floatResult: true, compiled: [],
  eval: ({ x }) => {
    const angle = e.mul(x, Math.PI);
    return e.select(e.eq(x, 0), 1, e.div(e.sin(angle), angle));
  },
  saves: { x: ['x'] },
  vjp: {
    x: (g, { x }) => {
      const value = x as StridedArray;
      const zero = eq(value, 0);
      const safe = where(zero, 1, value) as StridedArray;
      const angle = mul(safe, Math.PI);
      const slope = div(sub(mul(angle, cos(angle)), sin(angle)), mul(square(safe), Math.PI));
      return mul(g, where(zero, 0, slope) as StridedArray);
    },
  },
});
