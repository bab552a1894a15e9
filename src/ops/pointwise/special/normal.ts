import type { Expression } from '../../../core/expression.ts';
import { e } from '../../../core/expression.ts';
import type { StridedArray } from '../../../core/strided.ts';
import { add, div, mul, square, sub } from '../arithmetic.ts';
import { erf, exp } from '../elementary.ts';
import { floats, unary } from '../row.ts';
import { normalQuantile } from './quotients.ts';
import { quotient } from './series.ts';

/** The error function's inverse and scaled complement, and the normal distribution's quantiles and probabilities. */

const rare = { dtypes: floats, floatResult: true, compiled: [] } as const;

/** An approximation by quotients, and two steps of Newton's method. */
export const erfinv = unary({
  name: 'erfinv', args: ['x'], ...rare,
  eval: ({ x }) => {
    const size = e.abs(x);
    const z = e.mul(x, x);
    const central = e.mul(x, quotient(z, [-0.140543331, 0.914624893, -1.645349621, 0.886226899],
      [0.012229801, -0.329097515, 1.442710462, -2.118377725, 1]));
    const far = e.sqrt(e.neg(e.log(e.mul(e.sub(1, size), 0.5))));
    const outer = e.copysign(quotient(far, [1.641345311, 3.429567803, -1.624906493, -1.970840454], [1.6370678, 3.5438892, 1]), x);
    let root = e.select(e.le(size, 0.7), central, outer);
    for (let step = 0; step < 2; step++) {
      const slope = e.mul(e.exp(e.neg(e.mul(root, root))), 2 / Math.sqrt(Math.PI));
      root = e.sub(root, e.div(e.sub(e.erf(root), x), slope));
    }
    return e.select(e.gt(size, 1), NaN, e.select(e.eq(size, 1), e.copysign(Infinity, x), root));
  },
  saves: { x: ['out'] },
  vjp: { x: (g, { out }) => mul(mul(g, exp(square(out))), Math.sqrt(Math.PI) / 2) },
});

const edge = Math.exp(-2);

/** Where the normal distribution's function is x. */
export const ndtri = unary({
  name: 'ndtri', gradName: 'SpecialNdtriBackward0', args: ['x'], ...rare,
  eval: ({ x }) => {
    const { p0, q0, p1, q1, p2, q2 } = normalQuantile;
    const upper = e.gt(x, 1 - edge);
    const y = e.select(upper, e.sub(1, x), x);
    const middle = e.sub(y, 0.5);
    const z = e.mul(middle, middle);
    const central = e.mul(e.add(middle, e.mul(middle, e.mul(z, quotient(z, p0, q0)))), Math.sqrt(2 * Math.PI));
    const root = e.sqrt(e.mul(e.log(y), -2));
    const inverse = e.div(1, root);
    const less = e.mul(inverse, e.select(e.lt(root, 8), quotient(inverse, p1, q1), quotient(inverse, p2, q2)));
    const size = e.sub(e.sub(root, e.div(e.log(root), root)), less);
    const inside = e.select(e.gt(y, edge), central, e.select(upper, size, e.neg(size)));
    return e.select(e.eq(x, 0), -Infinity, e.select(e.eq(x, 1), Infinity, e.select(e.either(e.lt(x, 0), e.gt(x, 1)), NaN, inside)));
  },
  saves: { x: ['out'] },
  vjp: { x: (g, { out }) => mul(mul(g, exp(mul(square(out), 0.5))), Math.sqrt(2 * Math.PI)) },
});

/** W. J. Cody's quotients for exp(x²) erfc(x): from 0.46875 to 4, and beyond. */
const middleAbove = [
  2.1531153547440383e-8, 0.5641884969886701, 8.883149794388377, 66.11919063714163, 298.6351381974001, 881.952221241769, 1712.0476126340707,
  2051.0783778260716, 1230.3393547979972,
];
const middleBelow = [
  1, 15.744926110709835, 117.6939508913125, 537.1811018620099, 1621.3895745666903, 3290.7992357334597, 4362.619090143247,
  3439.3676741437216, 1230.3393548037495,
];
const farAbove = [
  0.016315387137302097, 0.30532663496123236, 0.36034489994980445, 0.12578172611122926, 0.016083785148742275, 6.587491615298378e-4,
];
const farBelow = [1, 2.568520192289822, 1.8729528499234604, 0.5279051029514285, 0.06051834131244132, 0.0023352049762686918];

/** exp(x²) erfc(x) of what is not negative. */
function scaledComplement(x: Expression): Expression {
  const inverse = e.div(1, e.mul(x, x));
  const far = e.div(e.sub(1 / Math.sqrt(Math.PI), e.mul(inverse, quotient(inverse, farAbove, farBelow))), x);
  const near = e.mul(e.exp(e.mul(x, x)), e.sub(1, e.erf(x)));
  return e.select(e.le(x, 0.46875), near, e.select(e.le(x, 4), quotient(x, middleAbove, middleBelow), far));
}

/** exp(x²) erfc(x) */
export const erfcx = unary({
  name: 'erfcx', gradName: 'SpecialErfcxBackward0', args: ['x'], ...rare,
  eval: ({ x }) => {
    const positive = scaledComplement(e.abs(x));
    return e.select(e.lt(x, 0), e.sub(e.mul(e.exp(e.mul(x, x)), 2), positive), positive);
  },
  saves: { x: ['x', 'out'] },
  vjp: { x: (g, { x, out }) => mul(g, sub(mul(mul(out, x), 2), 2 / Math.sqrt(Math.PI))) },
});

/** The logarithm of the normal distribution's function. */
export const logNdtr = unary({
  name: 'logNdtr', gradName: 'SpecialLogNdtrBackward0', args: ['x'], ...rare,
  eval: ({ x }) => {
    const t = e.mul(x, Math.SQRT1_2);
    const low = e.sub(e.log(e.mul(scaledComplement(e.abs(t)), 0.5)), e.mul(t, t));
    return e.select(e.lt(x, -1), low, e.log1p(e.neg(e.mul(e.erfc(t), 0.5))));
  },
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => mul(div(g, erfcx(mul(x as StridedArray, -Math.SQRT1_2))), Math.sqrt(2 / Math.PI)) },
});

/** The normal distribution's function, in PyTorch's steps. */
export const ndtr = <A extends StridedArray>(x: A): A => mul(add(erf(mul(x, Math.SQRT1_2)), 1), 0.5);
