import { withGradMode } from '../../autograd/mode.ts';
import { record } from '../../autograd/tape.ts';
import type { DType } from '../../core/dtype.ts';
import { bool, int64, isComplex, isInexact, uint8 } from '../../core/dtype.ts';
import { NotImplementedError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { zerosLike } from '../../ops/creation.ts';
import { clone, reshapeTo } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import * as reduce from '../../ops/reduce.ts';
import { logSoftmax, logSumExp, softmax as softmaxAlong } from '../../ops/softmax.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { sub } from './arithmetic.ts';
import { keyedOut } from '../arguments/keyed.ts';
import { checkTensor, floatingType, intoOut } from '../arguments/operands.ts';
import { checkOptions, isOptions } from '../arguments/options.ts';
import * as pointwise from '../pointwise.ts';
import type { Dim, ReductionOptions, Request } from '../arguments/reductions.ts';
import { deliver, dimensions, plain, refuseIntegers, request, summing } from '../arguments/reductions.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { wrapDimension } from '../tensor/tensor.ts';

/** Functions that take dimensions together. */

/** Integers and bools add up in int64. */
function sumType(input: Tensor, options: ReductionOptions): DType {
  return options.dtype?.core ?? (isInexact(input.dtypeCore) ? input.dtypeCore : int64);
}

/**
 * The sum over dimensions. Integers and bools give int64. Source: torch.sum.
 * @example
 * torch.tensor([[1, 2], [3, 4]]).sum(0); // → tensor([4, 6])
 */
export function sum(input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions): Tensor {
  const asked = request('sum', input, dim, keepdim, options, summing);
  const typed = cast(input, sumType(input, asked.options));
  return deliver('sum', reduce.sum(typed, asked.axes, asked.keepdim, asked.whole ? 'SumBackward0' : 'SumBackward1'), asked, input);
}

/** The product over all elements or one dimension. Source: torch.prod. */
export function prod(
  input: Tensor, dim?: number | null | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions,
): Tensor {
  const asked = request('prod', input, dim, keepdim, options, summing);
  const typed = cast(input, sumType(input, asked.options));
  return deliver('prod', reduce.prod(typed, asked.axes, asked.keepdim), asked, input);
}

/**
 * The mean over dimensions, of floating or complex tensors. Source: torch.mean.
 * @example
 * torch.tensor([[1, 2], [3, 5]]).float().mean(0); // → tensor([2.0000, 3.5000])
 */
export function mean(
  input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions,
): Tensor {
  const asked = request('mean', input, dim, keepdim, options, summing);
  const type = asked.options.dtype?.core ?? input.dtypeCore;
  refuseIntegers('mean', type);
  const name = asked.whole ? 'MeanBackward0' : 'MeanBackward1';
  return deliver('mean', reduce.mean(cast(input, type), asked.axes, asked.keepdim, name), asked, input);
}

export interface VarianceOptions extends ReductionOptions {
  readonly correction?: number;
  readonly unbiased?: boolean;
}

function varianceRequest(
  name: string, input: Tensor, dim: Dim | VarianceOptions | undefined, keepdim: boolean | VarianceOptions | undefined,
  options: VarianceOptions | undefined,
): { asked: Request; correction: number } {
  const asked = request(name, input, dim, keepdim, options, ['dim', 'keepdim', 'out', 'correction', 'unbiased']);
  if (!isInexact(input.dtypeCore)) throw new NotImplementedError('std and var only support floating point and complex dtypes');
  const { correction, unbiased } = asked.options as VarianceOptions;
  return { asked, correction: correction ?? (unbiased === false ? 0 : 1) };
}

/** The variance, or with `root` its square root, as one recorded op. */
function spreadOf(input: Tensor, { axes, keepdim }: Request, correction: number, name: string, root: boolean): Tensor {
  const { shape } = input.geometry;
  const divisor = Math.max(reduce.countOf(shape, axes) - correction, 0);
  const out = withGradMode(false, () => {
    const variance = reduce.variance(input, axes, keepdim, correction);
    const value = isComplex(variance.dtypeCore) ? clone(variance.real) : variance;
    return root ? ops.sqrt(value) : value;
  });
  const long = reduce.keptShape(shape, axes, true);
  return record(out, name, [input], [(g, saved: { input: Tensor; out: Tensor }) => {
    const deviation = ops.sub(saved.input, reduce.mean(saved.input, axes, true));
    const slope = root ? ops.where(ops.eq(saved.out, 0), 0, ops.div(g as Tensor, ops.mul(saved.out, 2))) as Tensor : g as Tensor;
    const scaled = ops.mul(reshapeTo(slope, long), 2 / divisor);
    return ops.mul(deviation, cast(scaled, deviation.dtypeCore));
  }], { input, out });
}

// Named var_ here because var is a word of the language; the namespace and the methods call it var.
/** The variance, with `correction` (1 unless said) taken off the count. Source: torch.var. */
function var_(input: Tensor, dim?: Dim | VarianceOptions, keepdim?: boolean | VarianceOptions, options?: VarianceOptions): Tensor {
  const { asked, correction } = varianceRequest('var', input, dim, keepdim, options);
  return deliver('var', spreadOf(input, asked, correction, 'VarBackward0', false), asked, input);
}
export { var_ as var };

/** The square root of the variance. Source: torch.std. */
export function std(input: Tensor, dim?: Dim | VarianceOptions, keepdim?: boolean | VarianceOptions, options?: VarianceOptions): Tensor {
  const { asked, correction } = varianceRequest('std', input, dim, keepdim, options);
  return deliver('std', spreadOf(input, asked, correction, 'StdBackward0', true), asked, input);
}

/** The variance and the mean. Source: torch.var_mean. */
export function var_mean(input: Tensor, dim?: Dim | VarianceOptions, keepdim?: boolean | VarianceOptions): [Tensor, Tensor] {
  const { asked, correction } = varianceRequest('var_mean', input, dim, keepdim, undefined);
  return [spreadOf(input, asked, correction, 'VarMeanBackward0', false), reduce.mean(input, asked.axes, asked.keepdim, 'VarMeanBackward0')];
}

/** The standard deviation and the mean. Source: torch.std_mean. */
export function std_mean(input: Tensor, dim?: Dim | VarianceOptions, keepdim?: boolean | VarianceOptions): [Tensor, Tensor] {
  const { asked, correction } = varianceRequest('std_mean', input, dim, keepdim, undefined);
  return [spreadOf(input, asked, correction, 'StdMeanBackward0', true), reduce.mean(input, asked.axes, asked.keepdim, 'StdMeanBackward0')];
}

/** Bytes stay bytes, as in PyTorch; the rest becomes bool. */
function truth(input: Tensor, result: Tensor): Tensor {
  return input.dtypeCore === uint8 ? cast(result, uint8) : result;
}

/**
 * Whether any element is true (not 0). Source: torch.any.
 * @example
 * torch.tensor([0, 1]).any(); // → tensor(True)
 */
export function any(input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions): Tensor {
  const asked = request('any', input, dim, keepdim, options, plain);
  return deliver('any', truth(input, reduce.any(input, asked.axes, asked.keepdim)), asked, input);
}
/** Whether all elements are true (not 0). Source: torch.all. */
export function all(input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions): Tensor {
  const asked = request('all', input, dim, keepdim, options, plain);
  return deliver('all', truth(input, reduce.all(input, asked.axes, asked.keepdim)), asked, input);
}

/** How many elements are not 0. Source: torch.count_nonzero. */
export function count_nonzero(input: Tensor, dim?: Dim): Tensor {
  return reduce.sum(cast(cast(input.detach(), bool), int64), dimensions(dim, input.geometry.shape.length));
}

/**
 * The running sum along a dimension. Source: torch.cumsum.
 * @example
 * torch.cumsum(torch.tensor([1, 2, 3]), 0); // → tensor([1, 3, 6])
 */
export const cumsum = keyedOut('cumsum', ['dim', 'dtype'], (input: Tensor, dim: number, dtype?: dtype): Tensor => {
  const axis = wrapDimension(dim, input.geometry.shape.length);
  return scanned(cast(input, sumType(input, { dtype })), (x) => reduce.cumsum(x, axis));
});
/** The running product along a dimension. Source: torch.cumprod. */
export const cumprod = keyedOut('cumprod', ['dim', 'dtype'], (input: Tensor, dim: number, dtype?: dtype): Tensor => {
  const axis = wrapDimension(dim, input.geometry.shape.length);
  return scanned(cast(input, sumType(input, { dtype })), (x) => reduce.cumprod(x, axis));
});

/** A 0-d tensor has no axis to run along: it is its own running value. */
function scanned(input: Tensor, run: (x: Tensor) => Tensor): Tensor {
  return input.geometry.shape.length === 0 ? reshapeTo(run(reshapeTo(input, [1])), []) : run(input);
}

/** log(sum(exp(x))) over dimensions, without overflow. Source: torch.logsumexp. */
export const logsumexp = keyedOut('logsumexp', ['dim', 'keepdim'], (input: Tensor, dim: Dim, keepdim: boolean = false): Tensor => {
  checkTensor('logsumexp', 'input', input);
  const x = cast(input, floatingType(input.dtypeCore));
  return logSumExp(x, dimensions(dim, x.geometry.shape.length), keepdim);
});

function alongFloats(
  name: 'softmax' | 'log_softmax', op: (x: Tensor, axis: number) => Tensor, input: Tensor, dim: number, type: dtype | undefined,
): Tensor {
  checkTensor(name, 'input', input);
  const wanted = type?.core ?? input.dtypeCore;
  if (wanted.kind !== 'float') {
    throw new NotImplementedError(`"${name}_lastdim_kernel_impl" not implemented for '${scalarTypeName(wanted)}'`);
  }
  return op(cast(input, wanted), wrapDimension(dim, input.geometry.shape.length));
}

/** exp(x) over its sum along a dimension. Source: torch.softmax. */
export const softmax = keyedOut('softmax', ['dim', 'dtype'],
  (input: Tensor, dim: number, dtype?: dtype): Tensor => alongFloats('softmax', softmaxAlong, input, dim, dtype));

/** The logarithm of softmax, computed without overflow. Source: torch.log_softmax. */
export const log_softmax = keyedOut('log_softmax', ['dim', 'dtype'],
  (input: Tensor, dim: number, dtype?: dtype): Tensor => alongFloats('log_softmax', logSoftmax, input, dim, dtype));

export interface NormOptions {
  readonly p?: number | 'fro';
  readonly dim?: Dim;
  readonly keepdim?: boolean;
  readonly dtype?: dtype;
  readonly out?: Tensor;
}

/**
 * The p-norm (2 unless said) over dimensions. Source: torch.norm.
 * @example
 * torch.norm(torch.tensor([3, 4], { dtype: torch.float })); // → tensor(5.)
 */
export function norm(
  input: Tensor, p: number | 'fro' | NormOptions = 2, dim?: Dim | NormOptions, keepdim: boolean | NormOptions = false,
): Tensor {
  checkTensor('norm', 'input', input);
  const options: NormOptions = [p, dim, keepdim].find(isOptions) ?? {};
  checkOptions('norm', options, ['p', 'dim', 'keepdim', 'dtype', 'out']);
  const order = isOptions(p) ? options.p ?? 2 : p as number | 'fro';
  const wanted = isOptions(dim) || dim === undefined ? options.dim : dim as Dim;
  const keep = typeof keepdim === 'boolean' && options.keepdim === undefined ? keepdim : options.keepdim ?? false;
  if (order !== 'fro' && typeof order !== 'number') {
    throw new NotImplementedError(`norm() of order ${String(order)} is not supported: orders are numbers and 'fro'`);
  }
  const type = options.dtype?.core ?? input.dtypeCore;
  if (!isInexact(type)) {
    throw new NotImplementedError(
      `linalg.vector_norm: Expected a floating point or complex tensor as input. Got ${scalarTypeName(type)}`);
  }
  const axes = dimensions(wanted, input.geometry.shape.length);
  const result = vectorNorm(cast(input, type), order === 'fro' ? 2 : order, axes, keep, 'LinalgVectorNormBackward0');
  return options.out ? intoOut('norm', result, options.out, [input]) : result;
}

/** The p-norm of the difference of two tensors. Source: torch.dist. */
export const dist = keyedOut('dist', ['other', 'p'], (input: Tensor, other: Tensor, p: number = 2): Tensor => {
  checkTensor('dist', 'input', input);
  checkTensor('dist', 'other', other);
  const difference = sub(input, other);
  if (!isInexact(difference.dtypeCore)) {
    throw new NotImplementedError(
      `norm(): input dtype should be either floating point or complex. Got ${scalarTypeName(difference.dtypeCore)} instead.`);
  }
  return vectorNorm(difference, p, [...difference.geometry.shape.keys()], false, 'DistBackward0');
});

/** The norm over axes as one recorded op: its gradient is 0 where the norm is. */
function vectorNorm(x: Tensor, order: number, axes: readonly number[], keepdim: boolean, name: string): Tensor {
  const { shape } = x.geometry;
  const long = reduce.keptShape(shape, axes, true);
  const kept = withGradMode(false, () => normValue(x, order, axes));
  const out = reshapeTo(kept, reduce.keptShape(shape, axes, keepdim));
  return record(out, name, [x], [(g, saved: { x: Tensor; out: Tensor }) => {
    const [gradient, length] = [reshapeTo(g as Tensor, long), reshapeTo(saved.out, long)];
    const type = saved.x.dtypeCore;
    const safe = (value: Tensor, divisor: Tensor): Tensor => ops.where(ops.eq(divisor, 0), 0, ops.div(value, divisor)) as Tensor;
    if (order === 2) return ops.mul(saved.x, cast(safe(gradient, length), type));
    if (order === 0) return zerosLike(saved.x);
    const size = ops.abs(saved.x);
    const direction = isComplex(type) ? ops.div(saved.x, cast(ops.where(ops.eq(size, 0), 1, size) as Tensor, type)) : ops.sign(saved.x);
    const along = (weight: Tensor): Tensor => ops.mul(direction, cast(ops.mul(weight, gradient), type));
    if (order === 1) return ops.mul(direction, cast(gradient, type));
    if (Math.abs(order) === Infinity) {
      const hits = cast(ops.eq(size, length), size.dtypeCore);
      return along(ops.div(hits, reduce.sum(hits, axes, true)));
    }
    // |x|^(p−1) / norm^(p−1)
    return along(ops.where(ops.eq(size, 0), 0, ops.pow(safe(size, length), order - 1)) as Tensor);
  }], { x, out });
}

function normValue(x: Tensor, order: number, axes: readonly number[]): Tensor {
  const size = isComplex(x.dtypeCore) || order !== 2 ? ops.abs(x) : x;
  switch (order) {
    case Infinity: return reduce.extreme('max', size, axes, true);
    case -Infinity: return reduce.extreme('min', size, axes, true);
    case 0: return reduce.sum(cast(ops.ne(size, 0), size.dtypeCore), axes, true);
    case 1: return reduce.sum(size, axes, true);
    case 2: return ops.sqrt(reduce.sum(ops.mul(size, size), axes, true));
    default: return ops.pow(reduce.sum(ops.pow(size, order), axes, true), 1 / order);
  }
}

/** The sum over dimensions with NaN as 0. Source: torch.nansum. */
export function nansum(
  input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions,
): Tensor {
  const asked = request('nansum', input, dim, keepdim, options, summing);
  if (isComplex(input.dtypeCore)) throw new NotImplementedError('nansum on CPU does not support complex inputs');
  const x = cast(input, sumType(input, asked.options));
  const keep = (value: Tensor): Tensor => (isInexact(input.dtypeCore) ? ops.where(ops.isnan(input), 0, value) as Tensor : value);
  const total = withGradMode(false, () => reduce.sum(keep(x), asked.axes, asked.keepdim));
  if (!isInexact(x.dtypeCore)) return deliver('nansum', total, asked, input);
  const long = reduce.keptShape(x.geometry.shape, asked.axes, true);
  const out = record(total, 'NansumBackward0', [x], [
    (g, saved: { present: Tensor }) => ops.mul(cast(saved.present, g.dtypeCore), reshapeTo(g as Tensor, long)),
  ], { present: ops.logicalNot(ops.isnan(x.detach())) });
  return deliver('nansum', out, asked, input);
}

/** The mean over dimensions of the elements that are not NaN. Source: torch.nanmean. */
export function nanmean(
  input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions,
): Tensor {
  const asked = request('nanmean', input, dim, keepdim, options, summing);
  if (!isInexact(input.dtypeCore)) {
    throw new NotImplementedError(
      `nanmean(): expected input to have floating point or complex dtype but got ${scalarTypeName(input.dtypeCore)}`);
  }
  const { dtype: type } = asked.options;
  const total = nansum(input, asked.axes, asked.keepdim, type ? { dtype: type } : {});
  const count = reduce.sum(cast(ops.logicalNot(ops.isnan(input.detach())), total.dtypeCore), asked.axes, asked.keepdim);
  return deliver('nanmean', pointwise.true_divide(total, count), asked, input);
}
