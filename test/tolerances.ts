import type { DType } from '../src/core/dtype.ts';
import { bfloat16, componentType, dtypes, float32, float64, isHalf, isInexact } from '../src/core/dtype.ts';
import type { Expression, Intrinsic } from '../src/core/expression.ts';
import type { PointwiseKernel } from '../src/core/pointwise.ts';
import { isComplexExpression } from '../src/core/pointwise.ts';
import { epsilon } from './ulps.ts';

/**
 * How far results may be from the real thing: the one table of tolerances, for which a rule of the linter looks after. They count
 * units in the last place where a result is one step or a few, else multiples of the dtype's precision, of a scale that is said.
 */

/** Ops that take one correctly rounded step, or none: nothing but equality will do. */
const exact = new Set([
  'conj', 'neg', 'add', 'sub', 'mul', 'div', 'addScaled', 'addcmul', 'addcdiv', 'reciprocal', 'square', 'floorDivide', 'remainder',
  'fmod', 'trunc', 'where', 'maximum', 'minimum', 'fmax', 'fmin', 'clamp', 'relu', 'abs', 'sign', 'sqrt', 'floor', 'ceil', 'rint',
  'copysign', 'nextafter', 'reluSlope', 'hardtanh', 'hardtanhSlope', 'threshold', 'thresholdSlope', 'prelu', 'preluSlopeX', 'preluSlopeY',
  'hardsigmoid', 'hardsigmoidSlope', 'hardswish', 'hardswishSlope', 'softshrink', 'softshrinkSlope', 'hardshrink', 'hardshrinkSlope',
]);

/** Activations that take several rounded steps, in float32 and float64. */
const activationsInSteps: ReadonlyMap<string, number> = new Map([
  // The operand of an exponential is rounded itself, which counts as often as it is large: up to 50 times in the fixture.
  ['eluSlope', 32], ['softplus', 8], ['softplusSlope', 8],
  // The same of exp(−x² / 2): x² halves of a unit, at −20 and −50 in float64 only, since float32 has no such results.
  ['gelu', 32], ['geluSlope', 256], ['geluTanh', 64],
  // Slopes that cross 0, and x − tanh(x), which cancels: the sum counts in units of its terms.
  ['geluTanhSlope', 128], ['siluSlope', 16], ['mishSlope', 256], ['tanhshrink', 16],
  // Squares of a function.
  ['softsignSlope', 4], ['tanhshrinkSlope', 4],
]);

/**
 * Special functions, in float32 and float64: series of up to thirty terms, and products with exponentials, whose operands count as often
 * as they are large. Beside a zero of its own a function counts in units of what cancels there: calls of the façade hold it to units of 1.
 */
const special: ReadonlyMap<string, number> = new Map([
  ['rsqrt', 2], ['i0', 64], ['i1', 64], ['i0e', 16], ['i1e', 16], ['k0', 64], ['k1', 64], ['k0e', 16], ['k1e', 16], ['besselJ0', 4096],
  ['besselJ1', 4096], ['besselY0', 4096], ['besselY1', 4096], ['sphericalJ0', 4], ['airyAi', 4096], ['lgamma', 4096], ['digamma', 4096],
  ['trigamma', 256], ['erfinv', 64], ['ndtri', 16], ['erfcx', 64], ['logNdtr', 64], ['sinc', 4],
]);

/** Elementary functions: float64 within 2 of NumPy, float32 within 2 of the correctly rounded value; complex ones by modulus. */
export function pointwiseTolerance(op: string, dtype: string): number {
  // exp(y · log(x)): the error of the logarithm grows with the exponent.
  if (dtype.startsWith('complex') && op === 'pow') return 32;
  if (dtype.startsWith('complex')) return exact.has(op) && !complexInSteps.has(op) ? 0 : 8;
  if (exact.has(op)) return 0;
  // PyTorch fuses the multiplication and addition where the CPU can, and the difference of near operands magnifies that.
  if (op === 'lerp') return 8;
  if (dtype === 'float32' || dtype === 'float64') return activationsInSteps.get(op) ?? special.get(op) ?? 2;
  return dtype === 'float16' || dtype === 'bfloat16' ? 1 : 0;
}

/** Complex forms that take several rounded steps, in units of the modulus. */
const complexInSteps = new Set(['mul', 'div', 'addScaled', 'addcmul', 'addcdiv', 'reciprocal', 'square', 'abs', 'sign', 'sqrt']);

/**
 * Against the plain reference, which takes the same steps in the same order. exact: IEEE 754 or integer arithmetic
 * settles every step, so results are the same to the bit. elementary: one function such as exp. compound: such a
 * function among other steps, whose errors grow; complex results count in units of their modulus.
 */
export type OpClass = 'exact' | 'elementary' | 'compound';
type FloatName = 'float16' | 'bfloat16' | 'float32' | 'float64';

const referenceTolerances: Readonly<Record<FloatName, Readonly<Record<OpClass, number>>>> = {
  // Half floats are computed in float32 and rounded once: an error there can only move a tie.
  float16: { exact: 0, elementary: 1, compound: 1 },
  bfloat16: { exact: 0, elementary: 1, compound: 1 },
  // 2 of the kernel's own, and what Math's functions, in float64, are off by themselves.
  float32: { exact: 0, elementary: 2 + 1, compound: 32 },
  float64: { exact: 0, elementary: 2 + 2, compound: 32 },
};

const elementary: ReadonlySet<Intrinsic> = new Set<Intrinsic>([
  'pow', 'cbrt', 'exp', 'exp2', 'expm1', 'log', 'log2', 'log10', 'log1p', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan',
  'atan2',
  'hypot', 'sinh', 'cosh', 'tanh', 'asinh', 'acosh', 'atanh', 'sigmoid', 'erf', 'erfc', 'logaddexp',
]);

function expressionClass(expression: Expression): OpClass {
  if (expression.kind !== 'call') return 'exact';
  if (expression.args.some((arg) => expressionClass(arg) !== 'exact')) return 'compound';
  return elementary.has(expression.intrinsic) ? 'elementary' : 'exact';
}

export function opClass(op: PointwiseKernel, dtype: DType): OpClass {
  if (dtype.kind !== 'float' && dtype.kind !== 'complex') return 'exact';
  const expression = op.expression(dtype);
  if (!isComplexExpression(expression)) return expressionClass(expression);
  return [expression.re, expression.im].every((part) => expressionClass(part) === 'exact') ? 'exact' : 'compound';
}

export function referenceTolerance(op: PointwiseKernel, dtype: DType): number {
  const type = opClass(op, dtype);
  return type === 'exact' ? 0 : referenceTolerances[componentType(dtype).name as FloatName][type];
}

/** Ops whose terms cancel where the result is near 0. */
const cancelling = new Set([
  'besselJ0', 'besselJ1', 'besselY0', 'besselY1', 'airyAi', 'lgamma', 'digamma', 'sinc', 'k0', 'k1', 'logaddexp',
  'geluSlope', 'geluTanhSlope', 'siluSlope', 'mishSlope', 'tanhshrink',
]);

/**
 * Results smaller than this count in units of this: where NumPy's and PyTorch's formulas lose relative precision too.
 */
export function leastScale(op: PointwiseKernel, dtype: DType): number {
  if (cancelling.has(op.name)) return 1;
  switch (op.name) {
    // 1 / (1 + exp(−x)) is 0 once exp(−x) overflows, before the result itself would underflow.
    case 'sigmoid': return componentType(dtype).name === 'float64' ? 1e-290 : 1e-30;
    default: return 0;
  }
}

/** The kernels of elementary functions in units of the correctly rounded result: those of float64 have no wider type behind them. */
export function kernelTolerance(name: string): number {
  if (exact.has(name) || name === 'floatMod') return 0;
  return name === 'lgamma' || name === 'digamma' ? 4 : 2;
}

/**
 * The magnitude that an error of a kernel is measured against, where that is not the result itself: near the zeros of these
 * functions other than at 0, the terms they are made of, not the result, set the attainable error.
 */
export const kernelScale: Readonly<Record<string, (expected: number, x: number, y: number) => number>> = {
  logaddexp: (expected, x, y) => Math.max(Math.abs(expected), Math.abs(x), Math.abs(y)),
  lgamma: (expected, x) => (x < 0 ? Math.max(Math.abs(expected), 4, Math.abs(Math.log(-x)) * -x) : Math.abs(expected)),
  digamma: (expected, x) => Math.max(Math.abs(expected), x < 0 ? 4 : 1),
};

/** A kernel's result that is infinite, or should be, may be off where the finite one of the two is this near to the largest number. */
export const overflowMargin = 2 ** -22;

/** Ops that are several rounded steps, in units in the last place. Those that move, add and multiply small integers are exact. */
const inSteps: Readonly<Record<string, number>> = {
  variance: 2, standardDeviation: 2, binaryCrossEntropy: 2, binaryCrossEntropyWithLogits: 2, layerNorm: 2, batchNorm: 2,
  batchNormGiven: 2, rmsNorm: 2, polar: 2, varianceMean: 2, deviationMean: 2, softmax: 2, logSoftmax: 2, logSumExp: 2, vectorNorm: 2,
  distance: 2, lstm: 8, gru: 8, elman: 8, elmanRelu: 8, averagePool: 2, averagePoolTurned: 2,
  // Series and products of exponentials of what is rounded.
  incompleteGamma: 64, zeta: 64,
  // Sums whose terms cancel in part.
  fftC2C: 16, fftR2C: 16, fftC2R: 16, gridSample: 16,
  // A bias that cancels.
  groupNorm: 32,
};

export const structuralTolerance = (op: string): number => inSteps[op] ?? 0;

/** Sums of many numbers, relative, which NumPy takes in another order; it may fuse products of complex numbers. The others are exact. */
export function accumulationTolerance(op: 'sum' | 'product', dtype: DType): number {
  return op === 'sum' || dtype.kind === 'complex' ? 64 * epsilon(dtype) : 0;
}

/** Room around an expected value: `relative` to its size, and `absolute`. */
export interface Room {
  readonly relative: number;
  readonly absolute: number;
}

/** So many times a dtype's precision, of the expected value's size and of 1. */
const room = (dtype: DType, relative: number, absolute: number): Room =>
  ({ relative: relative * epsilon(dtype), absolute: absolute * epsilon(dtype) });

/** A few roundings of a number of the dtype, by another way than the expected one's. */
export const roundings = { float32: room(float32, 2, 0), float64: room(float64, 2, 0) } as const;

/** Layers in float32 against PyTorch's, which adds and fuses in another order: inputs and weights are about 1. */
export const layers = {
  outputs: room(float32, 4, 1),
  /** Written with 14 digits. */
  doubles: room(float64, 4096, 4096),
  doubleGradients: room(float64, 1024, 1024),
  /** Each step is rounded, as in PyTorch, but not always the same steps. */
  narrow: room(bfloat16, 2, 2),
  /** PyTorch's vectorised 1 + erf is off by some units of 1. */
  gelu: room(float32, 4, 8),
  /** Sums over the batch of products of rounded numbers. */
  gradients: room(float32, 8, 8),
  /** Sums of up to a hundred such products, where numbers of the size of 10 cancel; over small integers they are equal to the bit. */
  convolutionOutputs: room(float32, 4, 8),
  convolutionGradients: room(float32, 8, 32),
  runningStatistics: room(float32, 2, 0.5),
} as const;

/** Layers of sequences, whose sums are long and of several steps; in float64 closer than this. */
export const sequences = {
  states: room(float32, 1, 0),
  outputs: room(float32, 16, 16),
  gradients: room(float32, 64, 64),
} as const;

/** Normal numbers of 16 elements and more come from PyTorch's vector unit, which differs by machine. */
export const normalDraws = room(float32, 2, 0.5);

/** Optimisers after a few steps in float32: each goes on from the rounding of the one before, and moments are sums of squares. */
export const optimisers = {
  losses: room(float32, 8, 0),
  parameters: room(float32, 16, 8),
  state: room(float32, 256, 8),
} as const;

/** The same in float64, where line searches compare losses. */
export const optimisersOfDoubles = {
  losses: room(float64, 4096, 64), parameters: room(float64, 65536, 4096), state: room(float64, 2 ** 24, 2 ** 16),
} as const;

/** Steps whose matrices are products of five in bfloat16, times a rate of 0.1 at most. */
export const muon = room(bfloat16, 1, 0.5);

/** Learning rates, which are below 1 and computed in float64 by the same formulas. */
export const learningRates = room(float64, 0, 4);

/**
 * Gradients in float64 against central differences, which are off by the square of their step times a third derivative, and by
 * the rounding of the function over the step.
 */
export const differences: Room & { readonly step: number } = { step: 1e-5, relative: 1e-6, absolute: 1e-6 };

/**
 * Losses of the ported programs, relative. After hundreds of steps in float32 the residue of the fit is rounding that training
 * magnifies, so the end is held to the loss that PyTorch's own run had at most so many steps apart.
 */
export const programLosses = {
  firstSteps: 5e-5, endSteps: 3, float64End: 1e-9,
  /** Three significant digits over the first steps on the GPU, whose sums are in another order. */
  onGpu: 5e-4,
} as const;

/** Values of whole calls of the façades, relative: a few units of the dtype, more where float32 sums and functions follow each other. */
export const numpyValues: Readonly<Record<string, number>> = {
  float16: 2 * 2 ** -10, float32: 5e-7, complex64: 5e-7, float64: 1e-15, complex128: 1e-15,
};
/** Coefficients and values of polynomials, in units of the largest of an array: sums of products in another order. */
export const polynomialValues: Readonly<Record<string, number>> = {
  float16: 4 * 2 ** -10, float32: 4 * 2 ** -23, complex64: 4 * 2 ** -23, float64: 4 * 2 ** -52, complex128: 4 * 2 ** -52,
};
/** Roots, quadratures and fits, in the same units: of eigenvalues and singular values by other steps than LAPACK's. */
export const polynomialSolutions: Readonly<Record<string, number>> = {
  float32: 1024 * 2 ** -23, complex64: 1024 * 2 ** -23, float64: 1024 * 2 ** -52, complex128: 1024 * 2 ** -52,
};
export const torchValues: Readonly<Record<string, number>> = {
  float16: 2 * 2 ** -10, bfloat16: 2 * 2 ** -7, float32: 3e-6, complex64: 3e-6, float64: 1e-12, complex128: 1e-12,
};

/** The same of what comes out of many steps, as decompositions do, and their gradients, which are written with fewer digits. */
export const linalgValues: Readonly<Record<string, number>> = {
  float64: 2e-9, complex128: 2e-9, float32: 2e-4, complex64: 2e-4, bfloat16: 2 ** -8,
};

/**
 * Linear algebra, of the largest element: NumPy computes in doubles and rounds once, `own` things in the result's precision. The
 * magnification is what the matrix does to errors, its condition; sums and other orders of them cost some units beside it.
 */
export const linalgRoom = (dtype: DType, magnification: number, own: boolean): number => {
  if (dtype.kind !== 'float' && dtype.kind !== 'complex') return 0;
  return Math.max(epsilon(dtype), 16 * magnification * (own ? epsilon(dtype) : epsilon(float64)));
};

/** What is left of a product of factors, each element of which is rounded, and of the products that say so. */
export const linalgResidue = (dtype: DType, magnification: number): number => 4 * linalgRoom(dtype, magnification, false);

/** Where a GPU's float32 is further from the real thing than the CPU's. */
const gpuExceptions: ReadonlyMap<string, number> = new Map([
  // The GPU's own quotients and roots, some units off, are corrected by what they leave; where the real thing lies within 2^-22 of the
  // middle between two numbers, that may still choose the other one.
  ['div', 1], ['reciprocal', 1], ['addcdiv', 1], ['sqrt', 1], ['floorDivide', 1],
  // x + log1p(exp(y − x)) cancels near 0, and there is no wider type to compute it in. Results are within a unit of 1, or of their own
  // where they are larger: see leastScale. The fixture has one of 2^-12.
  ['logaddexp', 256],
]);

/** Units in the last place that a result on the GPU may be off; subnormal numbers count as zeros, see equalUpToFlushing. */
export function gpuTolerance(op: string, dtype: string): number {
  return dtype === 'float32' && gpuExceptions.get(op) || pointwiseTolerance(op, dtype);
}

/** The same of ops that are not pointwise: an angle is an arc tangent. */
export const gpuStructuralTolerance = (op: string): number => (op === 'angle' ? 2 : structuralTolerance(op));

/** Whether two values are the same on a GPU, which may take what is smaller than 2^-126 for a zero of its sign. */
export function equalUpToFlushing(a: number, b: number): boolean {
  const flush = (value: number): number => (Math.abs(value) < 2 ** -126 ? Math.trunc(value) : value);
  return Object.is(flush(a), flush(b));
}

/** Gradients of small operands on the GPU against the CPU's, both in float32, in units of the largest of them or of 1. */
export const gpuGradients = { first: 1e-5, second: 1e-4 } as const;

/** Poolings of numbers below 14: means are sums in some order, and sums of powers have a power and a root besides. */
export function poolingRoom(name: string, dtype: DType): Room {
  const steps = /^lp_?pool/i.test(name) ? 16 : /max/i.test(name) ? 0 : 2;
  return { relative: steps * epsilon(dtype), absolute: steps * 14 * epsilon(dtype) };
}

/** A float32 product over k terms on the GPU, relative to the sum of their sizes: sums of parts of k, which add up in order. */
export const productTolerance = (k: number): number => Math.max(2, k / 8) * epsilon(float32);

/** Transforms on the GPU, in float32 of the largest result: errors of sums over the factors of the length add up. */
export const gpuTransformRoom = (size: number): number => 4 * transformRoom('complex64', size);

/** The kernels' products over k terms, relative to the sum of their sizes: every term may be rounded twice, in any order. */
export const kernelProductTolerance = (terms: number, dtype: 'float32' | 'float64'): number =>
  (terms + 2) * epsilon(dtype === 'float32' ? float32 : float64);

/** Sums of differences of a clock's readings, whose precision is that of the time since the process began. */
export const clockReadings: Room = { relative: 2 ** -22, absolute: 0 };

/** The centre of a drawing's ink, in pixels: ink is whole numbers up to 255. */
export const inkCentre: Room = { relative: 0, absolute: 0.05 };

/**
 * Random programs against NumPy, statement by statement. Elementary functions: as above, and what NumPy's vectors are off by themselves.
 * Complex results count in units of their modulus.
 */
export const programSteps = { float16: 1, float32: 2 + 4, float64: 2 + 4, complex: 32 } as const;

/** Sums of products in any order, relative to the sum of the terms' moduli. */
export const programRoom = (epsilon: number, terms: number): number => epsilon * (terms + 8);

/** Fourier transforms, of the largest of the sums: a rounding of each of the stages, whose number grows with the logarithm. */
export function transformRoom(dtype: string, size: number): number {
  const type = dtypes.find(({ name }) => name === dtype)!;
  return isInexact(type) ? epsilon(componentType(type)) * (isHalf(type) ? 1 : 2 + 0.5 * Math.log2(Math.max(size, 1))) : 0;
}

/**
 * Decompositions, in units of the dtype's precision × the largest element × the matrix's larger extent: how far their product is from the
 * matrix, and values from LAPACK's; and, without the second factor, how far vectors are from orthogonal ones. Balancing gives up
 * the first for badly scaled matrices: LAPACK's vectors are 916 off where ours are 2,055.
 */
export const decompositions = { product: 8, orthogonal: 8, values: 8, factors: 32, balanced: 4096 } as const;
/**
 * Numbers of a distribution: NumPy's to the bit, but for those that take an arc cosine, which engines round in their own ways, and for
 * float32 gammas of small shapes, powers of what C rounds to float32 in its own way.
 */
export function distributionTolerance(op: string, dtype: string, parameter: unknown): number {
  if (op === 'standard_gamma' && dtype === 'float32' && Number(parameter) < 0.1) return 16;
  return op === 'vonmises' ? 8 : 0;
}

/** Multivariate normal numbers, in units at the largest of a result, for each column: a decomposition's error and that of a product. */
export const multivariateNormalRoom = 4;
