import { bool, complex128, float32, float64, isComplex, isFloating, isHalf, isInexact, isInteger } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { fullLike, rampOf } from '../../ops/creation.ts';
import { clone, detach, sliceAxis, concatenate, unsqueeze } from '../../ops/movement.ts';
import { fractionsAndExponents, greatestDivisor, logaddexp2 as sumOfPowers, sizeOf } from '../../ops/numbers.ts';
import * as parts from '../../ops/complex.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { polygamma as derivative } from '../../ops/pointwise/index.ts';
import { sum } from '../../ops/reduce.ts';
import { quietly } from '../../ops/registry/quietly.ts';
import { bothForms, keyed, keyedOut } from '../arguments/keyed.ts';
import type { BothForms, Keyed } from '../arguments/keyed.ts';
import type { TensorLike } from '../arguments/operands.ts';
import type { PairOut } from '../arguments/pairs.ts';
import { paired } from '../arguments/pairs.ts';
import {
  broadcastShape, checkBroadcast, commonType, floatingType, inPlaceSource, lifted, renamed, writeInPlace,
} from '../arguments/operands.ts';
import { cTypeName, scalarTypeName } from '../dtypes/dtypes.ts';
import { FrExp } from '../tensor/returnTypes.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';
import { pow } from './powers.ts';
import { either, unary } from './pointwiseFactories.ts';

/** Special functions, and functions of how numbers are made. Each is also a method. */

/** A function of one tensor in floating point, with its in-place form. */
function composed(name: string, f: (input: Tensor) => Tensor): BothForms<'input', []> {
  return bothForms(name, 'input', f, (input: Tensor): Tensor => writeInPlace(input, f(inPlaceSource(input))));
}

/** In the floating dtype that integers are computed in; complex numbers are refused. */
export function inFloats(name: string, input: Tensor): Tensor {
  const type = floatingType(input.dtypeCore);
  if (isComplex(type)) throw new NotImplementedError(`"${name}" not implemented for '${scalarTypeName(type)}'`);
  return cast(input, type);
}

/** Two operands in their common floating dtype. */
export function pairInFloats(name: string, input: TensorLike, other: TensorLike): [Tensor, Tensor] {
  checkBroadcast([input, other]);
  const type = floatingType(commonType([input, other]));
  if (isComplex(type)) throw new NotImplementedError(`"${name}" not implemented for '${scalarTypeName(type)}'`);
  const like = input instanceof Tensor ? input : other as Tensor;
  return [lifted(input, type, like), lifted(other, type, like)];
}

/**
 * 1 over the square root of each element. Source: torch.rsqrt.
 * @example
 * torch.rsqrt(torch.tensor([4, 0.25])); // → tensor([0.5000, 2.0000])
 */
export const rsqrt = unary(ops.rsqrt);
/**
 * The logarithm of the absolute value of the gamma function. Source: torch.lgamma.
 * @example
 * torch.lgamma(torch.tensor([0.5, 1, 5])); // → tensor([0.5724, 0.0000, 3.1781])
 */
export const lgamma = unary(ops.lgamma);
/**
 * The derivative of the logarithm of the gamma function. Source: torch.digamma.
 * @example
 * torch.digamma(torch.tensor([1, 0.5])); // → tensor([-0.5772, -1.9635])
 */
export const digamma = unary(ops.digamma);
/**
 * Where the error function is each element: infinite at ±1, NaN beyond. Source: torch.erfinv.
 * @example
 * torch.erfinv(torch.tensor([0, 0.5, -1])); // → tensor([0.0000, 0.4769,   -inf])
 */
export const erfinv = unary(ops.erfinv);
/**
 * The modified Bessel function of the first kind of order 0. Source: torch.i0.
 * @example
 * torch.i0(torch.tensor([0, 1, 2])); // → tensor([1.0000, 1.2661, 2.2796])
 */
export const i0 = unary(ops.i0);
/**
 * sin(πx) / (πx), and 1 at 0. Source: torch.sinc.
 * @example
 * torch.sinc(torch.tensor([0, 0.5])); // → tensor([1.0000, 0.6366])
 */
export const sinc = unary(ops.sinc);

/**
 * The part of each element behind the point, with its sign; floating dtypes only. Source: torch.frac.
 * @example
 * torch.frac(torch.tensor([1, 2.5, -3.2])); // → tensor([ 0.0000,  0.5000, -0.2000])
 */
export const frac = composed('frac', (input) => {
  if (!isFloating(input.dtypeCore)) throw new NotImplementedError(`"frac_cpu" not implemented for '${scalarTypeName(input.dtypeCore)}'`);
  return renamed(ops.sub(input, ops.truncate(input)), 'FracBackward0');
});

const turning = (name: string, factor: number, gradName: string): BothForms<'input', []> => composed(name, (input) => {
  if (isComplex(input.dtypeCore)) throw new NotImplementedError(`${name} is not supported for complex tensors.`);
  return renamed(ops.mul(cast(input, floatingType(input.dtypeCore)), factor), gradName);
});
/**
 * Degrees to radians. Source: torch.deg2rad.
 * @example
 * torch.deg2rad(torch.tensor([180, -90])); // → tensor([ 3.1416, -1.5708])
 */
export const deg2rad = turning('deg2rad', 0.017453292519943295, 'Deg2RadBackward0');
/**
 * Radians to degrees. Source: torch.rad2deg.
 * @example
 * torch.rad2deg(torch.tensor([Math.PI, -1])); // → tensor([180.0000, -57.2958])
 */
export const rad2deg = turning('rad2deg', 57.29577951308232, 'Rad2DegBackward0');

function logOfOdds(input: Tensor, eps?: number | null): Tensor {
  const x = inFloats('logit', input);
  const odds = (z: Tensor): Tensor => renamed(ops.log(ops.div(z, ops.sub.reversed<Tensor>(1, z))), 'LogitBackward0');
  if (eps === undefined || eps === null) return odds(x);
  const raised = ops.where(ops.lt(x, eps), eps, x) as Tensor;
  return odds(ops.where(ops.gt(raised, 1 - eps), 1 - eps, raised) as Tensor);
}
/**
 * log(x / (1 − x)), of elements brought between `eps` and 1 − `eps` where it is given. Source: torch.logit.
 * @example
 * torch.logit(torch.tensor([0.5, 0.9, 1]), 1e-3); // → tensor([0.0000, 2.1972, 6.9068])
 */
export const logit = bothForms('logit', 'input, eps: float = None', logOfOdds,
  (input: Tensor, eps?: number | null): Tensor => writeInPlace(input, logOfOdds(inPlaceSource(input), eps)));

/** x · log(y) or x · log(1 + y), whose logarithm is 0 at `zero`; and 0 where x is, unless y is NaN. */
export function timesLogarithm(name: string, input: TensorLike, other: TensorLike, log: typeof ops.log, zero: number): Tensor {
  const [x, y] = pairInFloats(name, input, other);
  // Where x is 0 no infinite logarithm is taken, so that 0 times it, and gradients, are 0.
  const infinite = ops.logicalOr(ops.le(y, zero - 1), ops.isinf(y));
  const product = ops.mul(x, log(ops.where(ops.logicalAnd(ops.eq(x, 0), infinite), zero, y) as Tensor));
  // A minus sign of 0 is lost.
  return ops.where(ops.isnan(y), NaN, ops.add(product, 0)) as Tensor;
}
const xlogyNumbered = (input: TensorLike, other: TensorLike): Tensor =>
  renamed(timesLogarithm('xlogy', input, other, ops.log, 1),
    `XlogyBackward${input instanceof Tensor ? other instanceof Tensor ? 0 : 2 : 1}`);
/**
 * input · log(other), and 0 where input is 0. Source: torch.xlogy.
 * @example
 * torch.xlogy(torch.tensor([0, 2]), torch.tensor([0, 3])); // → tensor([0.0000, 2.1972])
 */
export const xlogy = Object.assign(keyedOut('xlogy', `input: ${either}, other: ${either}, *, out=None`, xlogyNumbered), {
  inPlace: keyed('xlogy_', `input, other: ${either}`, (input: Tensor, other: TensorLike): Tensor =>
    writeInPlace(input, xlogyNumbered(inPlaceSource(input), other))),
});

function stepAt(input: Tensor, values: Tensor): Tensor {
  if ([input, values].some(({ dtypeCore }) => isComplex(dtypeCore))) {
    throw new NotImplementedError('heaviside is not yet implemented for complex tensors.');
  }
  if (input.dtypeCore !== values.dtypeCore) {
    throw new RuntimeError('heaviside is not yet implemented for tensors with different dtypes.');
  }
  checkBroadcast([input, values]);
  const [x, y] = [detach(input), detach(values)];
  return ops.where(ops.eq(x, 0), y, cast(ops.gt(x, 0), x.dtypeCore)) as Tensor;
}
/**
 * 0 where elements are negative, 1 where they are positive, and of `values` where they are 0. Source: torch.heaviside.
 * @example
 * torch.heaviside(torch.tensor([-1.5, 0, 2]), torch.tensor([0.5])); // → tensor([0.0000, 0.5000, 1.0000])
 */
export const heaviside = bothForms('heaviside', 'input, values: Tensor', stepAt,
  (input: Tensor, values: Tensor): Tensor => writeInPlace(input, stepAt(input, values)));

/** What only integers have. */
function ofIntegers(name: string, f: (x: Tensor, y: Tensor) => Tensor) {
  const compute = (input: Tensor, other: Tensor): Tensor => {
    checkBroadcast([input, other]);
    const type = commonType([input, other]);
    if (!isInteger(type)) throw new NotImplementedError(`"${name}_cpu" not implemented for '${scalarTypeName(type)}'`);
    const shape = broadcastShape([input, other].map(({ geometry }) => geometry.shape));
    const [x, y] = [input, other].map((each) => sizeOf(cast(each, type)).expand(shape));
    return cast(f(x, y), type);
  };
  return bothForms(name, 'input, other', compute, (input: Tensor, other: Tensor): Tensor => writeInPlace(input, compute(input, other)));
}
/**
 * The greatest common divisor of each pair of integers. Source: torch.gcd.
 * @example
 * torch.gcd(torch.tensor([12, 18]), torch.tensor([8, 27])); // → tensor([4, 9])
 */
export const gcd = ofIntegers('gcd', greatestDivisor);
/**
 * The lowest common multiple of each pair of integers. Source: torch.lcm.
 * @example
 * torch.lcm(torch.tensor([4, 6]), torch.tensor([6, 8])); // → tensor([12, 24])
 */
export const lcm = ofIntegers('lcm', (x, y) => {
  const divisor = greatestDivisor(x, y);
  const none = ops.eq(divisor, 0);
  return ops.where(none, 0, ops.mul(ops.floorDivide(x, ops.where(none, 1, divisor) as Tensor), y)) as Tensor;
});

const timesPower = (input: Tensor, other: Tensor): Tensor =>
  input.mul(pow(2, isInexact(other.dtypeCore) ? other : cast(other, floatingType(other.dtypeCore))));
/**
 * input · 2^other. Source: torch.ldexp.
 * @example
 * torch.ldexp(torch.tensor([1.5, 2]), torch.tensor([1, 3])); // → tensor([ 3., 16.])
 */
export const ldexp = bothForms('ldexp', 'input, other', timesPower,
  (input: Tensor, other: Tensor): Tensor => writeInPlace(input, timesPower(inPlaceSource(input), other)));

function widePower(input: TensorLike, exponent: TensorLike): Tensor {
  const type = isComplex(commonType([input, exponent])) ? complex128 : float64;
  const [x, y] = [input, exponent].map((each) => (each instanceof Tensor ? cast(each, type) : each));
  return pow(x, y);
}
/**
 * The power in float64, or in complex128. Source: torch.float_power.
 * @example
 * torch.float_power(torch.tensor([1, 2, 3]), 2); // → tensor([1., 4., 9.], dtype=torch.float64)
 */
export const float_power = Object.assign(
  keyedOut('float_power', `input: ${either}, exponent: ${either}, *, out=None`, widePower), {
    inPlace: keyed('float_power_', `input, exponent: ${either}`, (input: Tensor, exponent: TensorLike): Tensor => {
      const result = widePower(inPlaceSource(input), exponent);
      if (result.dtypeCore !== input.dtypeCore) {
        throw new RuntimeError(`the base given to float_power_ has dtype ${scalarTypeName(input.dtypeCore)} but the operation's result `
          + `requires dtype ${scalarTypeName(result.dtypeCore)}`);
      }
      return writeInPlace(input, result);
    }),
  });

const largest: Readonly<Record<string, number>> = {
  float16: 65504, bfloat16: 3.3895313892515355e38, float32: 3.4028234663852886e38, float64: Number.MAX_VALUE,
};

type Stands = [nan?: number | null, posinf?: number | null, neginf?: number | null];

function numbersOf(input: Tensor, ...[nan, posinf, neginf]: Stands): Tensor {
  const type = input.dtypeCore;
  if (isComplex(type)) {
    return parts.complex(numbersOf(input.real, nan, posinf, neginf), numbersOf(input.imag, nan, posinf, neginf));
  }
  if (!isFloating(type)) return clone(input);
  const limit = largest[type.name];
  const below = ops.where(ops.eq(input, -Infinity), neginf ?? -limit, input) as Tensor;
  const bounded = ops.where(ops.eq(input, Infinity), posinf ?? limit, below) as Tensor;
  return renamed(ops.where(ops.isnan(input), nan ?? 0, bounded) as Tensor, 'NanToNumBackward0');
}
/**
 * NaN as 0 and infinities as the largest numbers of the dtype, or as given. Source: torch.nan_to_num.
 * @example
 * torch.nan_to_num(torch.tensor([NaN, Infinity, 1.5]), { posinf: 9 }); // → tensor([0.0000, 9.0000, 1.5000])
 */
export const nan_to_num = bothForms('nan_to_num', 'input, nan: float = None, posinf: float = None, neginf: float = None', numbersOf,
  (input: Tensor, ...stands: Stands): Tensor => writeInPlace(input, numbersOf(inPlaceSource(input), ...stands)));

export function orderOf(n: number, input: Tensor): Tensor {
  if (n < 0) throw new RuntimeError('polygamma(n, x) does not support negative n.');
  return renamed(derivative(n, inFloats('polygamma', input)), 'PolygammaBackward0');
}
/** As torch.polygamma, of the tensor. Source: torch.Tensor.polygamma. */
export const polygamma = Object.assign(
  keyed('Tensor.polygamma', 'input, n: int', (input: Tensor, n: number): Tensor => orderOf(n, input)), {
    inPlace: keyed('polygamma_', 'input, n: int', (input: Tensor, n: number): Tensor =>
      writeInPlace(input, orderOf(n, inPlaceSource(input)))),
  });
function ofDimension(input: Tensor, p: number): Tensor {
  if (p < 1) throw new RuntimeError('p has to be greater than or equal to 1');
  const x = inFloats('mvlgamma', input);
  const { dtypeCore, geometry: { shape: { length } }, storage } = x;
  const terms = ops.lgamma(ops.add(unsqueeze(x, length), rampOf(Tensor, p, 0, -0.5, dtypeCore, storage.device)));
  return renamed(ops.add(sum(terms, [length]), p * (p - 1) / 4 * Math.log(Math.PI)), 'MvlgammaBackward0');
}
/**
 * The logarithm of the gamma function of `p` dimensions. Source: torch.mvlgamma.
 * @example
 * torch.mvlgamma(torch.tensor([1.5, 4]), 2); // → tensor([0.4516, 3.5651])
 */
export const mvlgamma = bothForms('mvlgamma', 'input, p: int', ofDimension,
  (input: Tensor, p: number): Tensor => writeInPlace(input, ofDimension(inPlaceSource(input), p)));

/**
 * log2(2^input + 2^other), without overflow. Source: torch.logaddexp2.
 * @example
 * torch.logaddexp2(torch.tensor([1.5, 1000]), torch.tensor([1.5, 1000])); // → tensor([   2.5000, 1001.0000])
 */
export const logaddexp2 = keyedOut('logaddexp2', 'input, other, *, out=None', (input: Tensor, other: Tensor): Tensor => {
  const type = commonType([input, other]);
  if (!isFloating(type)) throw new NotImplementedError(`"logaddexp2_cpu" not implemented for '${scalarTypeName(type)}'`);
  checkBroadcast([input, other]);
  // Half floats are rounded once.
  const wide = isHalf(type) ? float32 : type;
  return renamed(cast(sumOfPowers(cast(input, wide), cast(other, wide)), type), 'Logaddexp2Backward0');
});

/**
 * log of the sum of exp of all elements so far along a dimension, without overflow. Source: torch.logcumsumexp.
 * @example
 * torch.logcumsumexp(torch.tensor([0.5, 1000, 1000]), 0); // → tensor([5.0000e-01, 1.0000e+03, 1.0007e+03])
 */
export const logcumsumexp = keyedOut('logcumsumexp', 'input, dim: int, *, out=None', (input: Tensor, dim: number): Tensor => {
  const axis = wrapDimension(dim, input.geometry.shape.length);
  if (!isFloating(input.dtypeCore)) {
    throw new NotImplementedError(`"logcumsumexp_out_cpu" not implemented for '${scalarTypeName(input.dtypeCore)}'`);
  }
  if (input.geometry.shape.length === 0) return clone(input);
  const extent = input.geometry.shape[axis];
  // Each step joins sums of twice as many neighbours.
  let sums = clone(input);
  for (let reach = 1; reach < extent; reach *= 2) {
    const joined = ops.logaddexp(sliceAxis(sums, axis, reach, extent - reach), sliceAxis(sums, axis, 0, extent - reach));
    sums = concatenate([sliceAxis(sums, axis, 0, reach), joined], axis);
  }
  return renamed(sums, 'LogcumsumexpBackward0');
});

const infinite = (name: string, value: number) => keyedOut(name, 'input, *, out=None', (input: Tensor): Tensor => {
  if (isComplex(input.dtypeCore)) throw new TypeError(`${name} does not support complex inputs.`);
  return isFloating(input.dtypeCore) ? ops.eq(detach(input), value) : fullLike(input, false, bool);
});
/**
 * Whether each element is positive infinity. Source: torch.isposinf.
 * @example
 * torch.isposinf(torch.tensor([Infinity, -Infinity, 1])); // → tensor([ True, False, False])
 */
export const isposinf = infinite('isposinf', Infinity);
/**
 * Whether each element is negative infinity. Source: torch.isneginf.
 * @example
 * torch.isneginf(torch.tensor([Infinity, -Infinity, 1])); // → tensor([False,  True, False])
 */
export const isneginf = infinite('isneginf', -Infinity);
/**
 * Whether each element has no imaginary part but 0. Source: torch.isreal.
 * @example
 * torch.isreal(torch.tensor([new torch.Complex(1, 2), 3])); // → tensor([False,  True])
 */
export const isreal = keyed('isreal', 'input', (input: Tensor): Tensor =>
  (isComplex(input.dtypeCore) ? ops.eq(detach(input.imag), 0) : fullLike(input, true, bool)));
/**
 * The tensor itself; bools are refused. Source: torch.positive.
 * @example
 * torch.positive(torch.tensor([1, -2])); // → tensor([ 1, -2])
 */
export const positive = keyed('positive', 'input', (input: Tensor): Tensor => {
  if (input.dtypeCore === bool) throw new NotImplementedError('The `+` operator, on a bool tensor is not supported.');
  return input;
});

/**
 * Fractions from a half to 1, and the powers of 2, as int32, that they are times. Source: torch.frexp.
 * @example
 * torch.frexp(torch.tensor([6, 0.5])); // → torch.return_types.frexp(
 *                                      //   mantissa=tensor([0.7500, 0.5000]),
 *                                      //   exponent=tensor([3, 0], dtype=torch.int32))
 */
export const frexp: Keyed<'input', [], FrExp, PairOut> = paired('frexp', 'input', {
  make: (mantissa, exponent) => new FrExp(mantissa, exponent), parts: ['mantissa', 'exponent'],
  words: (_, from, to, part) => `torch.frexp() expects ${part} to have dtype ${cTypeName(from)} but got ${cTypeName(to)}`,
}, (input: Tensor): FrExp => {
  if (!isFloating(input.dtypeCore)) throw new RuntimeError('torch.frexp() only supports floating-point dtypes');
  const [fraction, exponent] = quietly(() => fractionsAndExponents(detach(input))) as [Tensor, Tensor];
  if (!input.requires_grad) return new FrExp(fraction, exponent);
  const scale = ops.exp2(ops.neg(cast(exponent, input.dtypeCore)));
  return new FrExp(renamed(ops.mul(input, scale), 'FrexpBackward0'), exponent);
});
