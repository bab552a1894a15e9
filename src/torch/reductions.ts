import { isRecorded, record } from '../autograd/tape.ts';
import { withGradMode } from '../autograd/mode.ts';
import type { DType } from '../core/dtype.ts';
import { bool, int64, isComplex, isInexact } from '../core/dtype.ts';
import { IndexError, RuntimeError } from '../core/errors.ts';
import { cast } from '../ops/cast.ts';
import { reshapeTo } from '../ops/movement.ts';
import * as ops from '../ops/pointwise/index.ts';
import * as reduce from '../ops/reduce.ts';
import { scatterAlong, gatherAlong } from '../ops/indexing.ts';
import { full, zerosLike } from '../ops/creation.ts';
import { defaultDType, scalarTypeName } from './dtypes.ts';
import type { dtype } from './dtypes.ts';
import { checkOptions, isOptions } from './options.ts';
import { checkTensor, intoOut } from './operands.ts';
import * as pointwise from './pointwise.ts';
import { Tensor, wrapDimension } from './tensor.ts';

/** Functions that take dimensions together. `dim` is a dimension, a list of them, or nothing for all. */

export type Dim = number | readonly number[] | null;

export interface ReductionOptions {
  readonly dim?: Dim;
  readonly keepdim?: boolean;
  readonly dtype?: dtype;
  readonly out?: Tensor;
}

interface Request {
  readonly axes: number[];
  readonly whole: boolean;
  readonly keepdim: boolean;
  readonly options: ReductionOptions;
}

export function dimensions(dim: Dim | undefined, ndim: number): number[] {
  const all = Array.from({ length: ndim }, (_, axis) => axis);
  if (dim === undefined || dim === null) return all;
  const list = typeof dim === 'number' ? [dim] : dim;
  if (list.length === 0 || ndim === 0) {
    list.forEach((each) => wrapDimension(each, ndim));
    return all;
  }
  const axes = list.map((each) => wrapDimension(each, ndim)).sort((a, b) => a - b);
  const repeated = axes.find((axis, i) => axis === axes[i + 1]);
  if (repeated !== undefined) throw new RuntimeError(`dim ${repeated} appears multiple times in the list of dims`);
  return axes;
}

/** Reads `(input, dim?, keepdim?, options?)` and `(input, options)`. */
function request(name: string, input: Tensor, dim: Dim | ReductionOptions | undefined, keepdim: boolean | ReductionOptions | undefined,
  options: ReductionOptions | undefined, known: readonly string[]): Request {
  checkTensor(name, 'input', input);
  const given = options ?? (isOptions(keepdim) ? keepdim : isOptions(dim) ? dim : {}) as ReductionOptions;
  checkOptions(name, given, known);
  const asked = isOptions(dim) || dim === undefined ? given.dim : dim as Dim;
  const keep = typeof keepdim === 'boolean' ? keepdim : given.keepdim ?? false;
  const axes = dimensions(asked, input.layout.shape.length);
  const whole = asked === undefined || asked === null || (Array.isArray(asked) && asked.length === 0);
  return { axes, whole, keepdim: keep, options: given };
}

function deliver(name: string, result: Tensor, { options }: Request, input: Tensor): Tensor {
  return options.out ? intoOut(name, result, options.out, [input]) : result;
}

const summing = ['dim', 'keepdim', 'dtype', 'out'];
const plain = ['dim', 'keepdim', 'out'];

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

function refuseIntegers(name: string, type: DType): void {
  if (!isInexact(type)) {
    throw new RuntimeError(
      `${name}(): could not infer output dtype. Input dtype must be either a floating point or complex dtype. Got: ${scalarTypeName(type)}`);
  }
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

/** Values with the places that they came from: named, and in order, as PyTorch's named tuples are. */
export class ValuesIndices {
  readonly values: Tensor;
  readonly indices: Tensor;
  private readonly name: string;

  constructor(name: string, values: Tensor, indices: Tensor) {
    this.name = name;
    this.values = values;
    this.indices = indices;
  }

  * [Symbol.iterator](): IterableIterator<Tensor> {
    yield this.values;
    yield this.indices;
  }

  toString(): string {
    return `torch.return_types.${this.name}(\nvalues=${this.values},\nindices=${this.indices})`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }
}

function checkNotEmpty(name: string, input: Tensor): void {
  if (input.layout.size === 0) {
    throw new RuntimeError(`${name}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`);
  }
}

/** The selected elements of one dimension; their gradient goes back to where they were. */
export function pick(input: Tensor, axis: number, indices: Tensor, name: string): Tensor {
  const values = withGradMode(false, () => gatherAlong(input, axis, indices, 'torch'));
  if (!isRecorded([input])) return values;
  const { shape } = input.layout;
  return record(values, name, [input], [
    (g, saved: { indices: Tensor }) => scatterAlong(
      full(Tensor, shape, 0, g.dtypeCore, g.storage.device), axis, saved.indices, g, 'torch', { accumulate: true }),
  ], { indices });
}

function extremeAlong(kind: 'min' | 'max', input: Tensor, dim: number, keepdim: boolean): ValuesIndices {
  const ndim = input.layout.shape.length;
  const axis = wrapDimension(dim, ndim);
  if (ndim === 0) return new ValuesIndices(kind, input.clone(), cast(zerosLike(input).detach(), int64));
  if (input.layout.shape[axis] === 0) {
    throw new IndexError(`${kind}(): Expected reduction dim ${axis} to have non-zero size.`);
  }
  const kept = reduce.argExtreme(kind === 'max' ? 'argmax' : 'argmin', input.detach(), axis, true);
  const values = pick(input, axis, kept, kind === 'max' ? 'MaxBackward0' : 'MinBackward0');
  if (keepdim) return new ValuesIndices(kind, values, kept);
  const shape = input.layout.shape.filter((_, each) => each !== axis);
  return new ValuesIndices(kind, reshapeTo(values, shape, 'SqueezeBackward1'), reshapeTo(kept, shape));
}

interface ExtremeFunction {
  (input: Tensor): Tensor;
  (input: Tensor, other: Tensor): Tensor;
  (input: Tensor, dim: number, keepdim?: boolean): ValuesIndices;
  (input: Tensor, options: { readonly dim: number; readonly keepdim?: boolean }): ValuesIndices;
}

function extremeFunction(kind: 'min' | 'max'): ExtremeFunction {
  return ((input: Tensor, dim?: number | Tensor | { readonly dim?: number; readonly keepdim?: boolean }, keepdim = false): Tensor | ValuesIndices => {
    checkTensor(kind, 'input', input);
    if (dim instanceof Tensor) return kind === 'max' ? pointwise.maximum(input, dim) : pointwise.minimum(input, dim);
    if (isOptions(dim)) {
      checkOptions(kind, dim, ['dim', 'keepdim']);
      if (dim.dim !== undefined) return extremeAlong(kind, input, dim.dim as number, (dim.keepdim as boolean) ?? false);
    } else if (dim !== undefined) return extremeAlong(kind, input, dim as number, keepdim);
    checkNotEmpty(kind, input);
    return reduce.extreme(kind, input, dimensions(undefined, input.layout.shape.length), false, kind === 'max' ? 'MaxBackward1' : 'MinBackward1');
  }) as ExtremeFunction;
}

/** The largest element; with `dim` the largest along it and their indices; with a tensor the larger of each pair. Source: torch.max. */
export const max: ExtremeFunction = extremeFunction('max');
/** The smallest element; with `dim` the smallest along it and their indices; with a tensor the smaller of each pair. Source: torch.min. */
export const min: ExtremeFunction = extremeFunction('min');

/** The largest over dimensions; equal ones share the gradient. Source: torch.amax. */
export function amax(input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions): Tensor {
  const asked = request('amax', input, dim, keepdim, options, plain);
  return deliver('amax', reduce.extreme('max', input, asked.axes, asked.keepdim), asked, input);
}
/** The smallest over dimensions; equal ones share the gradient. Source: torch.amin. */
export function amin(input: Tensor, dim?: Dim | ReductionOptions, keepdim?: boolean | ReductionOptions, options?: ReductionOptions): Tensor {
  const asked = request('amin', input, dim, keepdim, options, plain);
  return deliver('amin', reduce.extreme('min', input, asked.axes, asked.keepdim), asked, input);
}

function argument(kind: 'argmax' | 'argmin', input: Tensor, dim: number | null | ReductionOptions | undefined, keepdim: boolean | ReductionOptions | undefined): Tensor {
  const asked = request(kind, input, dim, keepdim, undefined, ['dim', 'keepdim']);
  const flat = input.detach();
  if (asked.whole || input.layout.shape.length === 0) {
    if (input.layout.size === 0) throw new IndexError(`${kind}(): Expected reduction dim to be specified for input.numel() == 0. Specify the reduction dim with the 'dim' argument.`);
    const place = reduce.argExtreme(kind, reshapeTo(flat, [input.layout.size]), 0);
    return asked.keepdim ? reshapeTo(place, input.layout.shape.map(() => 1)) : place;
  }
  if (input.layout.shape[asked.axes[0]] === 0) throw new IndexError(`${kind}(): Expected reduction dim ${asked.axes[0]} to have non-zero size.`);
  return reduce.argExtreme(kind, flat, asked.axes[0], asked.keepdim);
}

/** The index of the largest element, of all or along one dimension. Source: torch.argmax. */
export function argmax(input: Tensor, dim?: number | null | ReductionOptions, keepdim?: boolean | ReductionOptions): Tensor {
  return argument('argmax', input, dim, keepdim);
}
/** The index of the smallest element, of all or along one dimension. Source: torch.argmin. */
export function argmin(input: Tensor, dim?: number | null | ReductionOptions, keepdim?: boolean | ReductionOptions): Tensor {
  return argument('argmin', input, dim, keepdim);
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
