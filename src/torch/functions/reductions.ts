import type { DType } from '../../core/dtype.ts';
import { int64, isComplex, isInexact, uint8 } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError, shown } from '../../core/errors.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import { cast } from '../../ops/cast.ts';
import { reshapeTo } from '../../ops/movement.ts';
import { distance, vectorNorm } from '../../ops/norms.ts';
import * as reduce from '../../ops/reduce.ts';
import { logSoftmax, logSumExp, softmax as softmaxAlong } from '../../ops/softmax.ts';
import * as statistics from '../../ops/statistics.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import { cTypeName, scalarTypeName } from '../dtypes/dtypes.ts';
import { sub } from './arithmetic.ts';
import { bothForms, inPython, keyed, keyedOut, overloaded, withOut } from '../arguments/keyed.ts';
import type { NamedOf } from '../arguments/keyed.ts';
import { checkBroadcast, commonType, floatingType, inPlaceSource, intoOut, writeInPlace } from '../arguments/operands.ts';
import type { Dim } from '../arguments/reductions.ts';
import { dimensions, refuseIntegers } from '../arguments/reductions.ts';
import type { OutOptions } from './pointwiseFactories.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { wrapDimension } from '../tensor/tensor.ts';

/** Functions that take dimensions together. */

/** Integers and bools add up in int64. */
function sumType(input: Tensor, dtype?: dtype): DType {
  return dtype?.core ?? (isInexact(input.dtypeCore) ? input.dtypeCore : int64);
}

const axesOf = (input: Tensor, dim: Dim | undefined): number[] => dimensions(dim, input.geometry.shape.length);

/**
 * The sum over dimensions. Integers and bools give int64. Source: torch.sum.
 * @example
 * torch.tensor([[1, 2], [3, 4]]).sum(0); // → tensor([4, 6])
 */
export const sum = keyedOut('sum', 'input, dim: tuple of ints | int = None, keepdim=False, *, dtype=None, out=None', (
  input: Tensor, dim?: Dim, keepdim: boolean = false, dtype?: dtype,
): Tensor => {
  const name = dim === undefined ? 'SumBackward0' : 'SumBackward1';
  return reduce.sumAs(input, sumType(input, dtype), axesOf(input, dim), keepdim, name);
});

/**
 * The product over all elements or one dimension. Integers and bools give int64. Source: torch.prod.
 * @example
 * torch.prod(torch.tensor([[1, 2], [3, 4]]), 1); // → tensor([ 2, 12])
 */
export const prod = keyedOut('prod', 'input, dim: int = None, keepdim=False, *, dtype=None, out=None', (
  input: Tensor, dim?: number | null, keepdim: boolean = false, dtype?: dtype,
): Tensor => reduce.prodAs(input, sumType(input, dtype), axesOf(input, dim), keepdim));

/**
 * The mean over dimensions, of floating or complex tensors. Source: torch.mean.
 * @example
 * torch.tensor([[1, 2], [3, 5]]).float().mean(0); // → tensor([2.0000, 3.5000])
 */
export const mean = keyedOut('mean', 'input, dim: tuple of ints | int = None, keepdim=False, *, dtype=None, out=None', (
  input: Tensor, dim?: Dim, keepdim: boolean = false, dtype?: dtype,
): Tensor => {
  const type = dtype?.core ?? input.dtypeCore;
  refuseIntegers('mean', type);
  const name = dim === undefined ? 'MeanBackward0' : 'MeanBackward1';
  return reduce.meanAs(input, type, axesOf(input, dim), keepdim, name);
});

type Over = NamedOf<'dim', [dim?: Dim]>;
type Kept = NamedOf<'keepdim', [keepdim?: boolean]>;
interface Corrected {
  /** Taken off the number of elements to divide by; 1 unless said. */
  readonly correction?: number;
}
interface Unbiased {
  readonly unbiased: boolean;
}

/** As PyTorch has it: behind `dim` comes first whether the estimate is unbiased. */
export interface VarianceFunction<R, O = unknown> {
  (input: Tensor, options: Over & Kept & Corrected & O): R;
  (input: Tensor, options: Over & Kept & Unbiased & O): R;
  (input: Tensor, ...rest: [unbiased?: boolean] | [dim: Dim, unbiased?: boolean, keepdim?: boolean]
    | [dim: Dim, options: Kept & (Corrected | Unbiased) & O] | [options: Over & Kept & (Corrected | Unbiased) & O]): R;
}

function varianceFunction<F extends (...args: never) => unknown>(
  name: string, out: boolean, f: (input: Tensor, axes: readonly number[], keepdim: boolean, correction: number) => unknown,
): F {
  const compute = (input: Tensor, dim: Dim | undefined, keepdim: boolean, correction: number): unknown => {
    if (!isInexact(input.dtypeCore)) throw new NotImplementedError('std and var only support floating point and complex dtypes');
    return f(input, axesOf(input, dim), keepdim, correction);
  };
  const into = (result: unknown, into_: Tensor | undefined, input: Tensor): unknown =>
    (into_ === undefined ? result : intoOut(name, result as Tensor, into_, [input]));
  const text = (line: string): string => (out ? withOut(line) : line);
  return overloaded<F>(name,
    [text('input, dim: tuple of ints | int | None, unbiased=True, keepdim=False'),
      (input: Tensor, dim: Dim, unbiased: boolean = true, keepdim: boolean = false, to?: Tensor) =>
        into(compute(input, dim, keepdim, Number(unbiased)), to, input)],
    [text('input, dim: tuple of ints | int = None, *, correction: float = None, keepdim=False'),
      (input: Tensor, dim?: Dim, correction: number = 1, keepdim: boolean = false, to?: Tensor) =>
        into(compute(input, dim, keepdim, correction), to, input)],
    ['input, unbiased=True', (input: Tensor, unbiased: boolean = true) => compute(input, undefined, false, Number(unbiased))]);
}

// Named var_ here because var is a word of the language; the namespace and the methods call it var.
/**
 * The variance over dimensions, with `correction` (1 unless said) taken off the count; integers are refused. Source:
 * torch.var.
 * @example
 * torch.var(torch.tensor([1.5, 2.5, 4.5]), { correction: 0 }); // → tensor(1.5556)
 */
const var_: VarianceFunction<Tensor, OutOptions> = varianceFunction('var', true, (...values) => reduce.variance(...values));
export { var_ as var };

/**
 * The square root of the variance; integers are refused. Source: torch.std.
 * @example
 * torch.std(torch.tensor([1.5, 2.5, 4.5])); // → tensor(1.5275)
 */
export const std: VarianceFunction<Tensor, OutOptions> =
  varianceFunction('std', true, (...values) => reduce.standardDeviation(...values));

/**
 * The variance and the mean over dimensions. Source: torch.var_mean.
 * @example
 * torch.var_mean(torch.tensor([1.5, 2.5, 4.5])); // → [tensor(2.3333), tensor(2.8333)]
 */
export const var_mean: VarianceFunction<[Tensor, Tensor]> = varianceFunction('var_mean', false, (input, ...rest) =>
  reduce.moments('varianceMean', input, ...rest));

/**
 * The standard deviation and the mean over dimensions. Source: torch.std_mean.
 * @example
 * torch.std_mean(torch.tensor([1.5, 2.5, 4.5])); // → [tensor(1.5275), tensor(2.8333)]
 */
export const std_mean: VarianceFunction<[Tensor, Tensor]> = varianceFunction('std_mean', false, (input, ...rest) =>
  reduce.moments('deviationMean', input, ...rest));

/** Bytes stay bytes, as in PyTorch; the rest becomes bool. */
function truth(input: Tensor, result: Tensor): Tensor {
  return input.dtypeCore === uint8 ? cast(result, uint8) : result;
}

/**
 * Whether any element is true (not 0). Source: torch.any.
 * @example
 * torch.tensor([0, 1]).any(); // → tensor(True)
 */
export const any = keyedOut('any', 'input, dim: tuple of ints | int = None, keepdim=False, *, out=None',
  (input: Tensor, dim?: Dim, keepdim: boolean = false): Tensor => truth(input, reduce.any(input, axesOf(input, dim), keepdim)));
/**
 * Whether all elements are true (not 0), or all along dimensions. Source: torch.all.
 * @example
 * torch.all(torch.tensor([[true, false], [true, true]]), 1); // → tensor([False,  True])
 */
export const all = keyedOut('all', 'input, dim: tuple of ints | int = None, keepdim=False, *, out=None',
  (input: Tensor, dim?: Dim, keepdim: boolean = false): Tensor => truth(input, reduce.all(input, axesOf(input, dim), keepdim)));

/**
 * How many elements are not 0. Source: torch.count_nonzero.
 * @example
 * torch.count_nonzero(torch.tensor([[0, 1], [2, 3]]), 0); // → tensor([1, 2])
 */
export const count_nonzero = keyed('count_nonzero', 'input, dim: tuple of ints | int = None',
  (input: Tensor, dim?: Dim): Tensor => statistics.countNonzero(input, axesOf(input, dim)));

/** What is gathered on the way along a dimension; in place it keeps the dtype. */
function running(name: string, run: (x: Tensor, axis: number) => Tensor) {
  const text = 'input, dim: int, *, dtype=None';
  const compute = (input: Tensor, dim: number, dtype?: dtype): Tensor => {
    const axis = wrapDimension(dim, input.geometry.shape.length);
    return scanned(cast(input, sumType(input, dtype)), (x) => run(x, axis));
  };
  return bothForms(name, text, compute, (input: Tensor, dim: number, dtype?: dtype): Tensor => {
    if (dtype !== undefined && dtype.core !== input.dtypeCore) {
      throw new RuntimeError(`Bad in-place call: input tensor dtype ${cTypeName(input.dtypeCore)} and output tensor dtype `
        + `${cTypeName(dtype.core)} should match`);
    }
    return writeInPlace(input, compute(inPlaceSource(input), dim, dtype));
  });
}

/**
 * The sum of all elements so far along a dimension. Integers and bools give int64. Source: torch.cumsum.
 * @example
 * torch.cumsum(torch.tensor([1, 2, 3]), 0); // → tensor([1, 3, 6])
 */
export const cumsum = running('cumsum', reduce.cumsum);
/**
 * The product of all elements so far along a dimension. Integers and bools give int64. Source: torch.cumprod.
 * @example
 * torch.cumprod(torch.tensor([1, 2, 3, 4]), 0); // → tensor([ 1,  2,  6, 24])
 */
export const cumprod = running('cumprod', reduce.cumprod);

/** A 0-d tensor has no axis to run along: it is its own running value. */
function scanned(input: Tensor, run: (x: Tensor) => Tensor): Tensor {
  return input.geometry.shape.length === 0 ? reshapeTo(run(reshapeTo(input, [1])), []) : run(input);
}

/**
 * log(sum(exp(x))) over dimensions, without overflow. Source: torch.logsumexp.
 * @example
 * torch.logsumexp(torch.tensor([1000.5, 1000.5]), 0); // → tensor(1001.1932)
 */
export const logsumexp = keyedOut('logsumexp', 'input, dim: tuple of ints | int, keepdim=False, *, out=None', (
  input: Tensor, dim: Dim, keepdim: boolean = false,
): Tensor => {
  const x = cast(input, floatingType(input.dtypeCore));
  return logSumExp(x, axesOf(x, dim), keepdim);
});

function alongFloats(
  name: 'softmax' | 'log_softmax', op: (x: Tensor, axis: number) => Tensor, input: Tensor, dim: number, type: dtype | undefined,
): Tensor {
  const wanted = type?.core ?? input.dtypeCore;
  if (wanted.kind !== 'float') {
    throw new NotImplementedError(`"${name}_lastdim_kernel_impl" not implemented for '${scalarTypeName(wanted)}'`);
  }
  return op(cast(input, wanted), wrapDimension(dim, input.geometry.shape.length));
}

/**
 * exp(x) over its sum along a dimension, so that the sum is 1. Source: torch.softmax.
 * @example
 * torch.softmax(torch.tensor([1.5, 2.5]), 0); // → tensor([0.2689, 0.7311])
 */
export const softmax = keyedOut('softmax', 'input, dim: int, dtype=None, *, out=None',
  (input: Tensor, dim: number, dtype?: dtype): Tensor => alongFloats('softmax', softmaxAlong, input, dim, dtype));

/**
 * The logarithm of softmax, computed without overflow. Source: torch.log_softmax.
 * @example
 * torch.log_softmax(torch.tensor([1.5, 2.5]), 0); // → tensor([-1.3133, -0.3133])
 */
export const log_softmax = keyedOut('log_softmax', 'input, dim: int, dtype=None, *, out=None',
  (input: Tensor, dim: number, dtype?: dtype): Tensor => alongFloats('log_softmax', logSoftmax, input, dim, dtype));

/**
 * The p-norm (2 unless said) over dimensions. Source: torch.norm.
 * @example
 * torch.norm(torch.tensor([3, 4], { dtype: torch.float })); // → tensor(5.)
 */
export const norm = keyed('norm', [
  "input, p: float | str | None = 'fro', dim: tuple of ints | int = None", 'keepdim=False, out=None, dtype=None',
], (
  input: Tensor, p: number | 'fro' | null = 2, dim?: Dim, keepdim: boolean = false, out?: Tensor | null, dtype?: dtype,
): Tensor => {
  if (p !== null && p !== 'fro' && typeof p !== 'number') {
    throw new NotImplementedError(`norm() of order ${shown(p)} is not supported: orders are numbers and 'fro'`);
  }
  const type = dtype?.core ?? input.dtypeCore;
  if (!isInexact(type)) {
    throw new NotImplementedError(
      `linalg.vector_norm: Expected a floating point or complex tensor as input. Got ${scalarTypeName(type)}`);
  }
  const order = typeof p === 'number' ? p : 2;
  const axes = axesOf(input, dim);
  const nothing = order < 0 || order === Infinity ? axes.find((axis) => input.geometry.shape[axis] === 0) : undefined;
  if (nothing !== undefined) {
    const where = dim === undefined || axes.length === 0 ? 'an empty tensor ' : `the dimension ${nothing}`;
    throw new RuntimeError(`linalg.vector_norm cannot compute the ${pythonRepr(order)} norm on ${where}because `
      + `${dim === undefined ? '' : 'this dimension is empty and '}the operation does not have an identity`);
  }
  const result = vectorNorm(cast(input, type), order, axes, keepdim);
  return out ? intoOut('norm', result, out, [input]) : result;
}, inPython);

/**
 * The p-norm of the difference of two tensors, 2 unless said. Source: torch.dist.
 * @example
 * torch.dist(torch.tensor([1.5, 2]), torch.tensor([4.5, 6])); // → tensor(5.)
 */
export const dist = keyed('dist', 'input, other, p=2.0', (input: Tensor, other: Tensor, p: number = 2): Tensor => {
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

/**
 * The sum over dimensions with NaN as 0. Source: torch.nansum.
 * @example
 * torch.nansum(torch.tensor([1.5, NaN, 2])); // → tensor(3.5000)
 */
export const nansum = keyedOut('nansum', 'input, dim: tuple of ints | int = None, keepdim=False, *, dtype=None, out=None', (
  input: Tensor, dim?: Dim, keepdim: boolean = false, dtype?: dtype,
): Tensor => {
  refuseComplexNaN(input);
  const axes = axesOf(input, dim);
  const type = sumType(input, dtype);
  return isInexact(type) ? statistics.nanSum(cast(input, type), axes, keepdim)
    : reduce.sum(cast(isInexact(input.dtypeCore) ? statistics.withoutNaN(input, 0) : input, type), axes, keepdim);
});

/**
 * The mean over dimensions of the elements that are not NaN. Source: torch.nanmean.
 * @example
 * torch.nanmean(torch.tensor([1.5, NaN, 2.5])); // → tensor(2.)
 */
export const nanmean = keyedOut('nanmean', 'input, dim: tuple of ints | int = None, keepdim=False, *, dtype=None, out=None', (
  input: Tensor, dim?: Dim, keepdim: boolean = false, dtype?: dtype,
): Tensor => {
  if (!isInexact(input.dtypeCore)) {
    throw new NotImplementedError(
      `nanmean(): expected input to have floating point or complex dtype but got ${scalarTypeName(input.dtypeCore)}`);
  }
  refuseComplexNaN(input);
  const type = dtype?.core ?? input.dtypeCore;
  if (!isInexact(type)) {
    throw new RuntimeError(
      'nanmean(): could not infer output dtype. Optional dtype must be either a floating point or complex dtype. '
      + `Got: ${scalarTypeName(type)}`);
  }
  return statistics.nanMean(cast(input, type), axesOf(input, dim), keepdim);
});
