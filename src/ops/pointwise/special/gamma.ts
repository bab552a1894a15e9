import type { Expression } from '../../../core/expression.ts';
import { e } from '../../../core/expression.ts';
import type { StridedArray } from '../../../core/strided.ts';
import { mul } from '../arithmetic.ts';
import { floats, unary } from '../row.ts';
import { polynomial, quotient, turned } from './series.ts';
import { higherDerivative } from './zeta.ts';

/** The gamma function's logarithm, and its derivatives; coefficients are those of Cephes. */

const rare = { dtypes: floats, floatResult: true, compiled: [] } as const;

const stirling = [8.116141674705085e-4, -5.950619042843014e-4, 7.936503404577169e-4, -0.002777777777300997, 0.08333333333333319];
const aboveTwo = [
  -1378.2515256912086, -38801.631513463784, -331612.9927388712, -1162370.974927623, -1721737.0082083966, -853555.6642457654,
];
const belowTwo = [
  1, -351.81570143652345, -17064.210665188115, -220528.59055385445, -1139334.4436798252, -2532523.0717758294, -2018891.4143353277,
];
const halfLogTau = 0.9189385332046728;

/** Of positive numbers: from 2 to 3 a quotient, to which others below 13 are brought by products; beyond Stirling's series. */
function logOfPositive(x: Expression): Expression {
  // What lies below 2 goes up, one step from 1, two from 0.
  const [below1, below2] = [e.lt(x, 1), e.lt(x, 2)];
  let product = e.select(below1, e.div(1, e.mul(x, e.add(x, 1))), e.select(below2, e.div(1, x), 1));
  // What lies above 3 goes down: each step is a matter of x alone, as compilers take long for choices that follow from others.
  for (let step = 1; step <= 10; step++) product = e.mul(product, e.select(e.ge(x, step + 2), e.sub(x, step), 1));
  const steps = e.select(e.lt(x, 3), 0, e.sub(e.floor(x), 2));
  const beyond = e.select(below1, x, e.select(below2, e.sub(x, 1), e.sub(e.sub(x, 2), steps)));
  const small = e.add(e.log(product), e.mul(beyond, quotient(beyond, aboveTwo, belowTwo)));
  const inverse = e.div(1, x);
  const series = e.mul(polynomial(e.mul(inverse, inverse), stirling), inverse);
  const large = e.add(e.add(e.sub(e.mul(e.sub(x, 0.5), e.log(x)), x), halfLogTau), series);
  return e.select(e.lt(x, 13), small, large);
}

/** log |Γ(x)| */
export const lgamma = unary({
  name: 'lgamma', args: ['x'], ...rare,
  eval: ({ x }) => {
    const size = e.abs(x);
    const positive = logOfPositive(size);
    const negative = e.sub(e.sub(Math.log(Math.PI), e.log(e.mul(e.abs(turned(size).sin), size))), positive);
    const pole = e.both(e.le(x, 0), e.eq(x, e.floor(x)));
    return e.select(e.either(e.isinf(x), pole), Infinity, e.select(e.lt(x, 0), negative, positive));
  },
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => mul(g, digamma(x as StridedArray)) },
});

const tail = [
  0.08333333333333333, -0.021092796092796094, 0.007575757575757576, -0.004166666666666667, 0.003968253968253968, -0.008333333333333333,
  0.08333333333333333,
];

/** The derivative of log Γ(x). */
export const digamma = unary({
  name: 'digamma', args: ['x'], ...rare,
  eval: ({ x }) => {
    const negative = e.lt(x, 0);
    let at = e.select(negative, e.sub(1, x), x);
    let sum = e.mul(at, 0);
    for (let step = 0; step < 10; step++) {
      const below = e.lt(at, 10);
      sum = e.select(below, e.sub(sum, e.div(1, at)), sum);
      at = e.select(below, e.add(at, 1), at);
    }
    const inverse = e.div(1, e.mul(at, at));
    const series = e.mul(inverse, polynomial(inverse, tail));
    const positive = e.add(e.sub(e.sub(e.log(at), e.div(0.5, at)), series), e.select(e.isinf(at), 0, sum));
    const { sin, cos } = turned(x);
    const reflected = e.sub(positive, e.div(e.mul(cos, Math.PI), sin));
    const whole = e.eq(x, e.floor(x));
    return e.select(e.eq(x, 0), e.copysign(Infinity, e.neg(x)),
      e.select(negative, e.select(whole, NaN, reflected), positive));
  },
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => mul(g, polygamma(1, x as StridedArray)) },
});

/** The second derivative of log Γ(x), by as many terms as PyTorch takes. */
export const trigamma = unary({
  name: 'trigamma', gradName: 'PolygammaBackward0', args: ['x'], ...rare,
  eval: ({ x }) => {
    const low = e.lt(x, 0.5);
    // As there, of the product, which is not quite 0 at whole numbers.
    const sin = e.sin(e.mul(x, Math.PI));
    let at = e.select(low, e.sub(1, x), x);
    let sum = e.select(low, e.neg(e.div(Math.PI ** 2, e.mul(sin, sin))), 0);
    for (let step = 0; step < 6; step++) {
      sum = e.add(sum, e.div(1, e.mul(at, at)));
      at = e.add(at, 1);
    }
    const inverse = e.div(1, e.mul(at, at));
    const series = e.mul(inverse, e.sub(1 / 6, e.mul(inverse, e.sub(1 / 30, e.mul(inverse, 1 / 42)))));
    sum = e.add(sum, e.div(e.add(e.add(e.div(0.5, at), 1), series), at));
    return e.select(low, e.neg(sum), sum);
  },
  saves: { x: ['x'] },
  vjp: { x: (g, { x }) => mul(g, higherDerivative(2, x as StridedArray)) },
});

/** The derivative of order n of the digamma function. */
export function polygamma<A extends StridedArray>(n: number, x: A): A {
  if (n === 0) return digamma(x);
  return n === 1 ? trigamma(x) : higherDerivative(n, x);
}
