import type { DType } from '../../core/dtype.ts';
import { int64, isComplex, isInexact, uint8 } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import { reshapeTo } from '../../ops/movement.ts';
import { distance, vectorNorm } from '../../ops/norms.ts';
import * as reduce from '../../ops/reduce.ts';
import { logSoftmax, logSumExp, softmax as softmaxAlong } from '../../ops/softmax.ts';
import * as statistics from '../../ops/statistics.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { sub } from './arithmetic.ts';
import { keyedOut } from '../arguments/keyed.ts';
import { checkBroadcast, checkTensor, commonType, floatingType, intoOut } from '../arguments/operands.ts';
import { checkOptions, isOptions } from '../arguments/options.ts';
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

// Named var_ here because var is a word of the language; the namespace and the methods call it var.
/** The variance, with `correction` (1 unless said) taken off the count. Source: torch.var. */
function var_(input: Tensor, dim?: Dim | VarianceOptions, keepdim?: boolean | VarianceOptions, options?: VarianceOptions): Tensor {
  const { asked, correction } = varianceRequest('var', input, dim, keepdim, options);
  return deliver('var', reduce.variance(input, asked.axes, asked.keepdim, correction), asked, input);
}
export { var_ as var };

/** The square root of the variance. Source: torch.std. */
export function std(input: Tensor, dim?: Dim | VarianceOptions, keepdim?: boolean | VarianceOptions, options?: VarianceOptions): Tensor {
  const { asked, correction } = varianceRequest('std', input, dim, keepdim, options);
  return deliver('std', reduce.standardDeviation(input, asked.axes, asked.keepdim, correction), asked, input);
}

/** The variance and the mean. Source: torch.var_mean. */
export function var_mean(input: Tensor, dim?: Dim | VarianceOptions, keepdim?: boolean | VarianceOptions): [Tensor, Tensor] {
  const { asked, correction } = varianceRequest('var_mean', input, dim, keepdim, undefined);
  return reduce.moments('varianceMean', input, asked.axes, asked.keepdim, correction);
}

/** The standard deviation and the mean. Source: torch.std_mean. */
export function std_mean(input: Tensor, dim?: Dim | VarianceOptions, keepdim?: boolean | VarianceOptions): [Tensor, Tensor] {
  const { asked, correction } = varianceRequest('std_mean', input, dim, keepdim, undefined);
  return reduce.moments('deviationMean', input, asked.axes, asked.keepdim, correction);
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
  return statistics.countNonzero(input, dimensions(dim, input.geometry.shape.length));
}

/**
 * The running sum along a dimension. Source: torch.cumsum.
 * @example
 * torch.cumsum(torch.tensor([1, 2, 3]), 0); // → tensor([1, 3, 6])
 */
export const cumsum = keyedOut('cumsum', 'input, dim: int, *, dtype=None, out=None', (
  input: Tensor, dim: number, dtype?: dtype,
): Tensor => {
  const axis = wrapDimension(dim, input.geometry.shape.length);
  return scanned(cast(input, sumType(input, { dtype })), (x) => reduce.cumsum(x, axis));
});
/** The running product along a dimension. Source: torch.cumprod. */
export const cumprod = keyedOut('cumprod', 'input, dim: int, *, dtype=None, out=None', (
  input: Tensor, dim: number, dtype?: dtype,
): Tensor => {
  const axis = wrapDimension(dim, input.geometry.shape.length);
  return scanned(cast(input, sumType(input, { dtype })), (x) => reduce.cumprod(x, axis));
});

/** A 0-d tensor has no axis to run along: it is its own running value. */
function scanned(input: Tensor, run: (x: Tensor) => Tensor): Tensor {
  return input.geometry.shape.length === 0 ? reshapeTo(run(reshapeTo(input, [1])), []) : run(input);
}

/** log(sum(exp(x))) over dimensions, without overflow. Source: torch.logsumexp. */
export const logsumexp = keyedOut('logsumexp', 'input, dim, keepdim=False, *, out=None', (
  input: Tensor, dim: Dim, keepdim: boolean = false,
): Tensor => {
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
export const softmax = keyedOut('softmax', 'input, dim: int, dtype=None, *, out=None',
  (input: Tensor, dim: number, dtype?: dtype): Tensor => alongFloats('softmax', softmaxAlong, input, dim, dtype));

/** The logarithm of softmax, computed without overflow. Source: torch.log_softmax. */
export const log_softmax = keyedOut('log_softmax', 'input, dim: int, dtype=None, *, out=None',
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
  const result = vectorNorm(cast(input, type), order === 'fro' ? 2 : order, axes, keep);
  return options.out ? intoOut('norm', result, options.out, [input]) : result;
}

/** The p-norm of the difference of two tensors. Source: torch.dist. */
export const dist = keyedOut('dist', 'input, other, p=2.0, *, out=None', (input: Tensor, other: Tensor, p: number = 2): Tensor => {
  checkTensor('dist', 'input', input);
  checkTensor('dist', 'other', other);
  const type = commonType([input, other]);
  if (!isInexact(type)) {
    throw new NotImplementedError(
      `norm(): input dtype should be either floating point or complex. Got ${scalarTypeName(sub(input, other).dtypeCore)} instead.`);
  }
  checkBroadcast([input, other]);
  return distance(cast(input, type), cast(other, type), p);
});

function refuseComplexNaN(input: Tensor): void {
  if (isComplex(input.dtypeCore)) throw new NotImplementedError('nansum on CPU does not support complex inputs');
}

/** The sum over dimensions with NaN as 0. Source: torch.nansum. */
export function nansum(
  input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions,
): Tensor {
  const asked = request('nansum', input, dim, keepdim, options, summing);
  refuseComplexNaN(input);
  const type = sumType(input, asked.options);
  const total = isInexact(type) ? statistics.nanSum(cast(input, type), asked.axes, asked.keepdim)
    : reduce.sum(cast(isInexact(input.dtypeCore) ? statistics.withoutNaN(input, 0) : input, type), asked.axes, asked.keepdim);
  return deliver('nansum', total, asked, input);
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
  refuseComplexNaN(input);
  const type = asked.options.dtype?.core ?? input.dtypeCore;
  if (!isInexact(type)) {
    throw new RuntimeError(
      'nanmean(): could not infer output dtype. Optional dtype must be either a floating point or complex dtype. '
      + `Got: ${scalarTypeName(type)}`);
  }
  return deliver('nanmean', statistics.nanMean(cast(input, type), asked.axes, asked.keepdim), asked, input);
}
