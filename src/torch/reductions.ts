import { withGradMode } from '../autograd/mode.ts';
import { record } from '../autograd/tape.ts';
import type { DType } from '../core/dtype.ts';
import { bool, int64, isComplex, isInexact } from '../core/dtype.ts';
import { RuntimeError } from '../core/errors.ts';
import { cast } from '../ops/cast.ts';
import { reshapeTo } from '../ops/movement.ts';
import * as ops from '../ops/pointwise/index.ts';
import * as reduce from '../ops/reduce.ts';
import type { dtype } from './dtypes.ts';
import { defaultDType, scalarTypeName } from './dtypes.ts';
import { intoOut } from './operands.ts';
import { checkOptions, isOptions } from './options.ts';
import type { Dim, ReductionOptions, Request } from './reduceArguments.ts';
import { deliver, dimensions, plain, refuseIntegers, request, summing } from './reduceArguments.ts';
import type { Tensor } from './tensor.ts';
import { wrapDimension } from './tensor.ts';

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
export function prod(input: Tensor, dim?: number | null | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions): Tensor {
  const asked = request('prod', input, dim, keepdim, options, summing);
  const typed = cast(input, sumType(input, asked.options));
  return deliver('prod', reduce.prod(typed, asked.axes, asked.keepdim), asked, input);
}

/** The mean over dimensions, of floating or complex tensors. Source: torch.mean. */
export function mean(input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions): Tensor {
  const asked = request('mean', input, dim, keepdim, options, summing);
  const type = asked.options.dtype?.core ?? input.dtypeCore;
  refuseIntegers('mean', type);
  return deliver('mean', reduce.mean(cast(input, type), asked.axes, asked.keepdim), asked, input);
}

export interface VarianceOptions extends ReductionOptions {
  readonly correction?: number;
  readonly unbiased?: boolean;
}

function varianceOf(name: string, input: Tensor, dim: Dim | VarianceOptions | undefined, keepdim: boolean | VarianceOptions | undefined,
  options: VarianceOptions | undefined): { asked: Request; result: Tensor } {
  const asked = request(name, input, dim, keepdim, options, ['dim', 'keepdim', 'out', 'correction', 'unbiased']);
  if (!isInexact(input.dtypeCore)) throw new RuntimeError(`${name}(): only support floating point and complex dtypes`);
  const { correction, unbiased } = asked.options as VarianceOptions;
  return { asked, result: reduce.variance(input, asked.axes, asked.keepdim, correction ?? (unbiased === false ? 0 : 1)) };
}

// Named var_ here because var is a word of the language; the namespace and the methods call it var.
/** The variance, with `correction` (1 unless said) taken off the count. Source: torch.var. */
function var_(input: Tensor, dim?: Dim | VarianceOptions, keepdim?: boolean | VarianceOptions, options?: VarianceOptions): Tensor {
  const { asked, result } = varianceOf('var', input, dim, keepdim, options);
  return deliver('var', result, asked, input);
}
export { var_ as var };

/** The square root of the variance. Source: torch.std. */
export function std(input: Tensor, dim?: Dim | VarianceOptions, keepdim?: boolean | VarianceOptions, options?: VarianceOptions): Tensor {
  const { asked, result } = varianceOf('std', input, dim, keepdim, options);
  return deliver('std', ops.sqrt(result), asked, input);
}

/** Source: torch.var_mean. */
export function var_mean(input: Tensor, dim?: Dim | VarianceOptions, keepdim?: boolean | VarianceOptions): [Tensor, Tensor] {
  const { asked, result } = varianceOf('var_mean', input, dim, keepdim, undefined);
  return [result, reduce.mean(input, asked.axes, asked.keepdim)];
}

/** Source: torch.std_mean. */
export function std_mean(input: Tensor, dim?: Dim | VarianceOptions, keepdim?: boolean | VarianceOptions): [Tensor, Tensor] {
  const [variance, average] = var_mean(input, dim, keepdim);
  return [ops.sqrt(variance), average];
}

/** Whether any element is true (not 0). Source: torch.any. */
export function any(input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions): Tensor {
  const asked = request('any', input, dim, keepdim, options, plain);
  return deliver('any', reduce.any(input, asked.axes, asked.keepdim), asked, input);
}
/** Whether all elements are true (not 0). Source: torch.all. */
export function all(input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions): Tensor {
  const asked = request('all', input, dim, keepdim, options, plain);
  return deliver('all', reduce.all(input, asked.axes, asked.keepdim), asked, input);
}

/** How many elements are not 0. Source: torch.count_nonzero. */
export function count_nonzero(input: Tensor, dim?: Dim): Tensor {
  return reduce.sum(cast(cast(input.detach(), bool), int64), dimensions(dim, input.layout.shape.length));
}

/** The running sum along a dimension. Source: torch.cumsum. */
export function cumsum(input: Tensor, dim: number, options: { readonly dtype?: dtype; readonly out?: Tensor } = {}): Tensor {
  checkOptions('cumsum', options, ['dtype', 'out']);
  const axis = wrapDimension(dim, input.layout.shape.length);
  const result = scanned(cast(input, sumType(input, options)), axis, (x) => reduce.cumsum(x, axis));
  return options.out ? intoOut('cumsum', result, options.out, [input]) : result;
}
/** The running product along a dimension. Source: torch.cumprod. */
export function cumprod(input: Tensor, dim: number, options: { readonly dtype?: dtype; readonly out?: Tensor } = {}): Tensor {
  checkOptions('cumprod', options, ['dtype', 'out']);
  const axis = wrapDimension(dim, input.layout.shape.length);
  const result = scanned(cast(input, sumType(input, options)), axis, (x) => reduce.cumprod(x, axis));
  return options.out ? intoOut('cumprod', result, options.out, [input]) : result;
}

/** A 0-d tensor has no axis to run along: it is its own running value. */
function scanned(input: Tensor, _axis: number, run: (x: Tensor) => Tensor): Tensor {
  return input.layout.shape.length === 0 ? reshapeTo(run(reshapeTo(input, [1])), []) : run(input);
}

/** log(sum(exp(x))) without overflow. Source: torch.logsumexp. */
export function logsumexp(input: Tensor, dim: number | readonly number[], keepdim = false): Tensor {
  const x = isInexact(input.dtypeCore) ? input : cast(input, defaultDType());
  const axes = dimensions(dim, x.layout.shape.length);
  const peak = withGradMode(false, () => {
    const largest = reduce.extreme('max', x, axes, true);
    // An infinite peak would give inf − inf.
    return ops.where(ops.isinf(largest), 0, largest) as Tensor;
  });
  const logs = ops.add(ops.log(reduce.sum(ops.exp(ops.sub(x, peak)), axes, true)), peak);
  return keepdim ? logs : reshapeTo(logs, reduce.keptShape(x.layout.shape, axes, false));
}

function softmaxInput(input: Tensor, type: dtype | undefined, name: string): Tensor {
  const wanted = type?.core ?? input.dtypeCore;
  if (wanted.kind !== 'float') throw new RuntimeError(`"${name}_lastdim_kernel_impl" not implemented for '${scalarTypeName(wanted)}'`);
  return cast(input, wanted);
}

/** exp(x) over its sum along a dimension. Source: torch.softmax. */
export function softmax(input: Tensor, dim: number, options: { readonly dtype?: dtype } = {}): Tensor {
  checkOptions('softmax', options, ['dtype']);
  const x = softmaxInput(input, options.dtype, 'softmax');
  const axis = wrapDimension(dim, x.layout.shape.length);
  const axes = x.layout.shape.length === 0 ? [] : [axis];
  const out = withGradMode(false, () => {
    const shifted = ops.exp(ops.sub(x, reduce.extreme('max', x, axes, true)));
    const total = reduce.sum(shifted, axes, true);
    const result = ops.div(shifted, total, shifted);
    total.storage.free();
    return result;
  });
  return record(out, 'SoftmaxBackward0', [x], [
    (g, saved: { out: Tensor }) => {
      const weighted = ops.mul(g as Tensor, saved.out);
      return ops.sub(weighted, ops.mul(saved.out, reduce.sum(weighted, axes, true)));
    },
  ], { out });
}

/** The logarithm of softmax, computed without overflow. Source: torch.log_softmax. */
export function log_softmax(input: Tensor, dim: number, options: { readonly dtype?: dtype } = {}): Tensor {
  checkOptions('log_softmax', options, ['dtype']);
  const x = softmaxInput(input, options.dtype, 'log_softmax');
  const axis = wrapDimension(dim, x.layout.shape.length);
  const axes = x.layout.shape.length === 0 ? [] : [axis];
  const out = withGradMode(false, () => {
    const shifted = ops.sub(x, reduce.extreme('max', x, axes, true));
    const exponentials = ops.exp(shifted);
    const total = reduce.sum(exponentials, axes, true);
    exponentials.storage.free();
    return ops.sub(shifted, ops.log(total, total), shifted);
  });
  return record(out, 'LogSoftmaxBackward0', [x], [
    (g, saved: { out: Tensor }) =>
      ops.sub(g as Tensor, ops.mul(ops.exp(saved.out), reduce.sum(g as Tensor, axes, true))),
  ], { out });
}

export interface NormOptions {
  readonly p?: number | 'fro';
  readonly dim?: Dim;
  readonly keepdim?: boolean;
}

/** The p-norm (2 unless said) over dimensions. Source: torch.norm. */
export function norm(input: Tensor, p: number | 'fro' | NormOptions = 2, dim?: Dim, keepdim = false): Tensor {
  const given: NormOptions = isOptions(p) ? p as NormOptions : { p: p as number | 'fro', dim: dim ?? null, keepdim };
  checkOptions('norm', given, ['p', 'dim', 'keepdim']);
  refuseIntegers('linalg.vector_norm', input.dtypeCore);
  const order = given.p === 'fro' || given.p === undefined ? 2 : given.p;
  const axes = dimensions(given.dim, input.layout.shape.length);
  const keep = given.keepdim ?? false;
  const size = isComplex(input.dtypeCore) || order !== 2 ? ops.abs(input) : input;
  switch (order) {
    case Infinity: return reduce.extreme('max', size, axes, keep);
    case -Infinity: return reduce.extreme('min', size, axes, keep);
    case 0: return reduce.sum(cast(ops.ne(size, 0), size.dtypeCore), axes, keep);
    case 1: return reduce.sum(size, axes, keep);
    case 2: return euclidean(size, axes, keep);
    default: return ops.pow(reduce.sum(ops.pow(size, order), axes, keep), 1 / order);
  }
}

/** The Euclidean norm, whose gradient is x / norm, and 0 at 0. */
function euclidean(x: Tensor, axes: readonly number[], keepdim: boolean): Tensor {
  const kept = withGradMode(false, () => ops.sqrt(reduce.sum(ops.mul(x, x), axes, true)));
  const out = keepdim ? kept : withGradMode(false, () => reshapeTo(kept, reduce.keptShape(x.layout.shape, axes, false)));
  return record(out, 'LinalgVectorNormBackward0', [x], [
    (g, saved: { x: Tensor; out: Tensor }) => {
      const shape = reduce.keptShape(saved.x.layout.shape, axes, true);
      const length = reshapeTo(saved.out, shape);
      const direction = ops.div(saved.x, length);
      return ops.mul(reshapeTo(g as Tensor, shape), ops.where(ops.eq(length, 0), 0, direction) as Tensor);
    },
  ], { x, out });
}
