import { float32, isHalf } from '../../core/dtype.ts';
import type { Expression } from '../../core/expression.ts';
import { e } from '../../core/expression.ts';
import { floats, numeric, binary, quaternary, ternary, unary } from './row.ts';

/** Activation functions: their parameters are operands, their gradients are made from their slopes. */

/** Networks compute in float32, and halves too; what few of them use is put together from other ops. */
const compiled = [float32];

type X = Readonly<Record<'x', Expression>>;

/** 0 below 0; −0 and NaN stay, as in PyTorch. */
export const relu = unary({
  name: 'relu', args: ['x'], dtypes: numeric,
  eval: ({ x }, { kind }) => (kind === 'uint' ? x : e.select(e.lt(x, 0), 0, x)),
  slopes: { x: ({ out }) => e.select(e.le(out, 0), 0, 1) },
});

/** Between two bounds, as clamp, but without a gradient on them; −0 stays at a bound of 0. */
export const hardtanh = ternary({
  name: 'hardtanh', args: ['x', 'low', 'high'], dtypes: numeric, compiled,
  eval: ({ x, low, high }, { kind }) => (kind === 'float'
    ? e.select(e.lt(x, low), low, e.select(e.gt(x, high), high, x)) : e.minimum(e.maximum(x, low), high)),
  slopes: { x: ({ x, low, high }) => e.select(e.both(e.gt(x, low), e.lt(x, high)), 1, 0) },
});

/** x above the threshold, `value` elsewhere. */
export const threshold = ternary({
  name: 'threshold', args: ['x', 'threshold', 'value'], dtypes: numeric, compiled: [],
  eval: ({ x, threshold, value }) => e.select(e.le(x, threshold), value, x),
  slopes: { x: ({ x, threshold }) => e.select(e.le(x, threshold), 0, 1) },
});

/** x, or y · x below 0. */
export const prelu = binary({
  name: 'prelu', gradName: 'PreluKernelBackward0', args: ['x', 'y'], dtypes: floats, compiled,
  eval: ({ x, y }) => e.select(e.gt(x, 0), x, e.mul(x, y)),
  slopes: {
    x: ({ x, y }) => e.select(e.gt(x, 0), 1, y),
    y: ({ x }) => e.select(e.gt(x, 0), 0, x),
  },
});

/** scale · x above 0, and outer · (exp(inner · x) − 1) below. */
export const elu = quaternary({
  name: 'elu', args: ['x', 'outer', 'scale', 'inner'], dtypes: floats, compiled,
  eval: ({ x, outer, scale, inner }) => e.select(e.gt(x, 0), e.mul(x, scale), e.mul(e.expm1(e.mul(x, inner)), outer)),
  slopes: {
    x: ({ x, outer, scale, inner }) => e.select(e.gt(x, 0), scale, e.mul(e.exp(e.mul(x, inner)), e.mul(outer, inner))),
  },
});

/** Φ(x), by erfc: 1 + erf cancels far below 0. */
const normalDistribution = (x: Expression): Expression => e.mul(e.erfc(e.mul(x, -Math.SQRT1_2)), 0.5);

/** x · Φ(x) */
export const gelu = unary({
  name: 'gelu', args: ['x'], dtypes: floats, compiled,
  eval: ({ x }) => e.mul(x, normalDistribution(x)),
  slopes: {
    x: ({ x }) => {
      const density = e.mul(e.exp(e.mul(e.mul(x, x), -0.5)), 1 / Math.sqrt(2 * Math.PI));
      return e.add(normalDistribution(x), e.mul(x, density));
    },
  },
});

/** (1 + tanh(√(2/π) · (x + 0.044715 · x³))) / 2 as a sigmoid, which does not cancel, and how fast the sigmoid's operand grows. */
const tanhScale = Math.sqrt(8 / Math.PI);
const tanhCubic = 0.044715;
const tanhDistribution = ({ x }: X): Expression =>
  e.sigmoid(e.mul(e.add(x, e.mul(e.mul(e.mul(x, x), x), tanhCubic)), tanhScale));

/** x · Φ(x), Φ by its approximation through tanh. */
export const geluTanh = unary({
  name: 'geluTanh', gradName: 'GeluBackward0', args: ['x'], dtypes: floats, compiled,
  eval: ({ x }) => e.mul(x, tanhDistribution({ x })),
  slopes: {
    x: ({ x }) => {
      const s = tanhDistribution({ x });
      const growth = e.mul(e.add(e.mul(e.mul(x, x), 3 * tanhCubic), 1), tanhScale);
      return e.mul(s, e.add(e.mul(e.mul(x, e.sub(1, s)), growth), 1));
    },
  },
});

/** x · sigmoid(x) */
export const silu = unary({
  name: 'silu', args: ['x'], dtypes: floats, compiled,
  eval: ({ x }) => e.mul(x, e.sigmoid(x)),
  slopes: {
    x: ({ x }) => {
      const s = e.sigmoid(x);
      return e.mul(s, e.add(e.mul(x, e.sub(1, s)), 1));
    },
  },
});

/** exp(x) and with it n = exp(x) · (exp(x) + 2), of which tanh(log(1 + exp(x))) = n / (n + 2). Above 20 that is 1 in every precision. */
function mishParts(x: Expression): { power: Expression; n: Expression; above: Expression } {
  const power = e.exp(e.minimum(x, 20));
  const n = e.mul(power, e.add(power, 2));
  return { power, n, above: e.add(n, 2) };
}

/** x · tanh(softplus(x)) */
export const mish = unary({
  name: 'mish', args: ['x'], dtypes: floats, compiled: [],
  eval: ({ x }) => {
    const { n, above } = mishParts(x);
    return e.mul(x, e.div(n, above));
  },
  slopes: {
    x: ({ x }) => {
      const { power, n, above } = mishParts(x);
      const bend = e.div(e.mul(e.mul(power, e.add(power, 1)), 4), e.mul(above, above));
      // At infinity PyTorch's product of the two is NaN.
      return e.select(e.gt(x, 20), e.select(e.isinf(x), NaN, 1), e.add(e.div(n, above), e.mul(x, bend)));
    },
  },
});

/** log(1 + exp(beta · x)) / beta, and x itself where beta · x is above the threshold. */
export const softplus = ternary({
  name: 'softplus', args: ['x', 'beta', 'threshold'], dtypes: floats, compiled,
  eval: ({ x, beta, threshold }) => {
    const scaled = e.mul(x, beta);
    return e.select(e.gt(scaled, threshold), x, e.div(e.log1p(e.exp(scaled)), beta));
  },
  slopes: {
    x: ({ x, beta, threshold }) => {
      const scaled = e.mul(x, beta);
      return e.select(e.gt(scaled, threshold), 1, e.sigmoid(scaled));
    },
  },
});

/** log(sigmoid(x)), without overflow. */
export const logsigmoid = unary({
  name: 'logsigmoid', gradName: 'LogSigmoidBackward0', args: ['x'], dtypes: floats, compiled: [],
  eval: ({ x }) => e.sub(e.minimum(x, 0), e.log1p(e.exp(e.neg(e.abs(x))))),
  slopes: { x: ({ x }) => e.sigmoid(e.neg(x)) },
});

/** A straight line for the sigmoid, and x times it. */
const sixths = ({ x }: X): Expression => e.minimum(e.maximum(e.add(x, 3), 0), 6);
export const hardsigmoid = unary({
  name: 'hardsigmoid', args: ['x'], dtypes: floats, compiled: [],
  eval: (args) => e.div(sixths(args), 6),
  slopes: { x: ({ x }) => e.select(e.both(e.gt(x, -3), e.lt(x, 3)), 1 / 6, 0) },
});
export const hardswish = unary({
  name: 'hardswish', args: ['x'], dtypes: floats, compiled: [],
  eval: ({ x }) => e.div(e.mul(x, sixths({ x })), 6),
  slopes: { x: ({ x }) => e.select(e.ge(x, 3), 1, e.select(e.le(x, -3), 0, e.add(e.div(x, 3), 0.5))) },
});

/** x shortened by y, 0 where it is shorter; and x itself but for that. NaN stays. */
const beyond = ({ x, y }: Readonly<Record<'x' | 'y', Expression>>): Expression => e.select(e.gt(e.abs(x), y), 1, 0);
export const softshrink = binary({
  name: 'softshrink', args: ['x', 'y'], dtypes: floats, compiled: [],
  eval: ({ x, y }) => e.select(e.gt(x, y), e.sub(x, y), e.select(e.lt(x, e.neg(y)), e.add(x, y), e.select(e.isnan(x), x, 0))),
  slopes: { x: beyond },
});
export const hardshrink = binary({
  name: 'hardshrink', args: ['x', 'y'], dtypes: floats, compiled: [],
  eval: ({ x, y }) => e.select(e.le(e.abs(x), y), 0, x),
  slopes: { x: beyond },
});

/** PyTorch composes these two of other ops, so half floats are rounded between: they have no kernel here. */
const composite = floats.filter((dtype) => !isHalf(dtype));

/** x / (1 + |x|) */
export const softsign = unary({
  name: 'softsign', gradName: 'DivBackward0', args: ['x'], dtypes: composite, compiled: [],
  eval: ({ x }) => e.div(x, e.add(e.abs(x), 1)),
  slopes: {
    x: ({ x }) => {
      const size = e.add(e.abs(x), 1);
      // At infinity PyTorch's difference of quotients is NaN.
      return e.select(e.isinf(x), NaN, e.div(1, e.mul(size, size)));
    },
  },
});

/** x − tanh(x) */
export const tanhshrink = unary({
  name: 'tanhshrink', gradName: 'SubBackward0', args: ['x'], dtypes: composite, compiled: [],
  eval: ({ x }) => e.sub(x, e.tanh(x)),
  slopes: {
    x: ({ x }) => {
      const t = e.tanh(x);
      return e.mul(t, t);
    },
  },
});
