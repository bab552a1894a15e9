import type { Scalar } from '../../core/complex.ts';
import type { Device } from '../../core/device.ts';
import { cpu } from '../../core/device.ts';
import type { DType, TypedArray } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { integerRange, isInexact, isInteger } from '../../core/dtype.ts';
import { RuntimeError, ValueError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import type { Literal, Nested } from '../../core/literal.ts';
import { RaggedError, packLiteral, readLiteral } from '../../core/literal.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import { StridedArray } from '../../core/strided.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import * as create from '../../ops/creation.ts';
import { markGuessed } from '../../ops/guessed.ts';
import { hostValues, toNested } from '../../ops/host.ts';
import { eye as identity } from '../../ops/matrices.ts';
import { copyFrom } from '../../ops/movement.ts';
import { convertTo } from '../../ops/transfer.ts';
import type { DeviceLike } from '../device.ts';
import { deviceOf, openGpus, toDevice } from '../device.ts';
import type { Overload } from '../arguments/keyed.ts';
import { keyed, overloaded } from '../arguments/keyed.ts';
import type { strided } from '../constants.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import { defaultDType, dtypeOf, scalarTypeName } from '../dtypes/dtypes.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Functions that make tensors. */

export interface FactoryOptions {
  readonly dtype?: dtype | null;
  readonly device?: DeviceLike | null;
  readonly requires_grad?: boolean;
  readonly pin_memory?: boolean;
  readonly out?: Tensor | null;
  readonly layout?: typeof strided | null;
}

/** The parameters of what copies data. */
export const tensorText = 'data: object, *, dtype=None, device=None, requires_grad=False, pin_memory=False';

/** The parameters of FactoryOptions, in PyTorch's order. */
export const factoryText = 'dtype=None, layout=None, device=None, pin_memory=False, requires_grad=False';

export function checkPinned({ pin_memory }: FactoryOptions): void {
  // WebGPU copies from any memory alike, so with a GPU there is nothing to do.
  if (pin_memory && openGpus().length === 0) {
    throw new RuntimeError('Cannot access accelerator device when none is available: pinned memory needs one, leave pin_memory out');
  }
}

type Made<V> = readonly [text: string, compute: (values: V & FactoryOptions) => Tensor];

/** A function that makes tensors, of one signature or several; it computes from the values by name. */
export function factory<F extends (...args: never) => Tensor, V>(name: string, ...overloads: readonly Made<V>[]): F {
  return overloaded<F>(name, ...overloads.map(([text, compute]): Overload => {
    const names = text.split(', ').filter((piece) => piece !== '*').map((piece) => /\w+/.exec(piece)![0]);
    return [text, (...values: readonly unknown[]) =>
      compute(Object.fromEntries(names.map((each, i) => [each, values[i]])) as V & FactoryOptions)];
  }));
}

export function checkSize(shape: readonly number[]): void {
  for (const extent of shape) {
    if (extent < 0) throw new RuntimeError(`Trying to create tensor with negative dimension ${extent}: [${shape.join(', ')}]`);
  }
}

/** Turns recording on for a new tensor. */
export function requireGrad<T extends Tensor>(made: T): T {
  if (!isInexact(made.dtypeCore)) throw new RuntimeError('Only Tensors of floating point and complex dtype can require gradients');
  return made.requires_grad_();
}

/** The dtype that is asked for by itself or by `out`, which must agree. */
export function typeFor({ dtype, out }: FactoryOptions, byDefault: () => DType = defaultDType): DType {
  if (!out) return dtype?.core ?? byDefault();
  if (dtype && dtype.core !== out.dtypeCore) {
    throw new RuntimeError(
      `dtype ${scalarTypeName(dtype.core)} does not match dtype of out parameter (${scalarTypeName(out.dtypeCore)})`);
  }
  return out.dtypeCore;
}

/** The same of the device. */
export function placeFor({ device, out }: FactoryOptions): Device {
  if (!out) return toDevice(device);
  const place = out.storage.device;
  if (device && toDevice(device) !== place) {
    throw new RuntimeError(`device type ${toDevice(device).type} does not match device type of out parameter (${place.type})`);
  }
  return place;
}

export function finish(made: Tensor, { out, requires_grad }: FactoryOptions): Tensor {
  const result = out ? deliveredInto(out, made) : made;
  return requires_grad ? requireGrad(result) : result;
}

function deliveredInto(out: Tensor, result: Tensor): Tensor {
  if (!sameShape(out.geometry.shape, result.geometry.shape)) {
    throw new RuntimeError(`out has shape ${out.shape}, the result ${result.shape}: resizing out is not supported`);
  }
  return copyFrom(out, result);
}

/** The dtype that a literal has where none is given. */
function literalType(literal: Literal): DType {
  switch (literal.kind) {
    case 'bool': return core.bool;
    // Whole numbers beyond 64 bits are floats that happen to be whole.
    case 'int': {
      const beyond = literal.values.some((value) => typeof value === 'number' && Math.abs(value) >= 2 ** 63);
      return beyond ? defaultDType() : core.int64;
    }
    case 'float': return defaultDType();
    case 'complex': return core.complexTypeOf(defaultDType());
  }
}

function typedType(data: ArrayBufferView): DType {
  const type = core.typedArrayDType(data);
  if (!type) throw new TypeError(`can't convert a ${data.constructor.name} to a tensor`);
  return type;
}

/** What a literal holds besides numbers: arrays, and what has no dtype. */
function leaf(value: unknown): unknown {
  if (value instanceof StridedArray) return toNested(value, true);
  if (typeof value === 'string') throw new TypeError("new(): invalid data type 'str'");
  if (value === null || value === undefined) throw new RuntimeError('Could not infer dtype of NoneType');
  return value;
}

/** The dtype of the arrays in a list, which their elements as numbers do not show. */
function arrayType(data: unknown): DType | undefined {
  if (!Array.isArray(data)) return undefined;
  const first: unknown = data.flat(Infinity).find((value) => value instanceof StridedArray);
  return first instanceof StridedArray ? first.dtypeCore : undefined;
}

/** Refuses numbers that an integer type cannot hold; unsigned types take negatives down to minus their largest. */
function checkIntegers(values: Literal['values'], type: DType): void {
  if (!isInteger(type)) return;
  const [low, high] = integerRange(type);
  const lowest = type.kind === 'uint' ? -Number(high) : Number(low);
  for (const value of values) {
    const whole = typeof value === 'number' ? Math.trunc(value) : value;
    const fits = typeof whole === 'bigint' ? whole <= high && (type.kind === 'uint' ? -whole <= high : whole >= low)
      : typeof whole !== 'number' || (whole >= lowest && whole < Number(high) + 1);
    if (!fits) throw new RuntimeError(`value cannot be converted to type ${type.name} without overflow`);
  }
}

function readNested(data: unknown): Literal {
  try {
    return readLiteral(data, 'torch', leaf);
  } catch (error) {
    if (error instanceof RaggedError) {
      throw error.found === null
        ? new TypeError('not a sequence')
        : error.axis === error.shape.length && error.expected === 0
          ? new TypeError("'list' object cannot be interpreted as an integer")
          : new ValueError(`expected sequence of length ${error.expected} at dim ${error.axis} (got ${error.found})`);
    }
    throw error;
  }
}

export type TensorData = Nested | StridedArray | readonly (StridedArray | Nested)[];

export type TensorOptions = Omit<FactoryOptions, 'out' | 'layout'>;

function fromData(data: TensorData, options: TensorOptions): Tensor {
  const device = toDevice(options.device);
  if (data instanceof StridedArray) {
    // Arrays of either façade: a copy in the asked dtype.
    const view = new Tensor(data.storage, data.dtypeCore, data.geometry);
    const place = !options.device && data instanceof Tensor ? data.storage.device : device;
    const type = options.dtype?.core ?? view.dtypeCore;
    return place === data.storage.device ? castCopy(view, type) : convertTo(view, type, place);
  }
  if (ArrayBuffer.isView(data)) {
    const type = typedType(data);
    const made = create.fromTyped(Tensor, data as TypedArray, [(data as TypedArray).length], type, device);
    return options.dtype ? cast(made, options.dtype.core) : made;
  }
  const literal = readNested(data);
  let type = options.dtype?.core ?? arrayType(data) ?? literalType(literal);
  checkIntegers(literal.values, type);
  // Integer literals that are to carry gradients were meant as floats: JavaScript cannot write 1. differently from 1.
  if (!options.dtype && options.requires_grad && !isInexact(type)) type = defaultDType();
  const made = create.fromTyped(Tensor, packLiteral(literal.values, type), literal.shape, type, device);
  const guessed = !options.dtype && type === core.int64 && Array.isArray(data) && arrayType(data) === undefined
    && !literal.values.some((value) => typeof value === 'bigint');
  return guessed ? markGuessed(made) : made;
}

/**
 * A tensor with a copy of the data: numbers, nested lists, typed arrays, tensors. Integers become int64, fractions the
 * default dtype, booleans bool; a typed array keeps its dtype. Source: torch.tensor.
 * @example
 * torch.tensor([5.5, 3]); // → tensor([5.5000, 3.0000])
 */
export const tensor = factory<{
  (data: TensorData, options?: TensorOptions): Tensor;
  (options: TensorOptions & { readonly data: TensorData }): Tensor;
}, { readonly data: TensorData }>('tensor', [
  tensorText,
  ({ data, ...options }): Tensor => {
    checkPinned(options);
    const made = fromData(data, options);
    return options.requires_grad ? requireGrad(made) : made;
  },
]);

/**
 * As `tensor`, but a tensor that already has the dtype is returned itself, and a NumPy array's memory is shared.
 * Source: torch.as_tensor.
 * @example
 * const x = torch.ones(2);
 * torch.as_tensor(x) === x; // → true
 */
export const as_tensor = keyed('as_tensor', 'data: object, dtype=None, device=None', (
  data: TensorData, dtype?: dtype | null, device?: DeviceLike | null,
): Tensor => {
  if (data instanceof StridedArray) {
    const shared = data instanceof Tensor ? data : new Tensor(data.storage, data.dtypeCore, data.geometry);
    const place = !device && data instanceof Tensor ? data.storage.device : toDevice(device);
    return convertTo(shared, dtype?.core ?? shared.dtypeCore, place);
  }
  return fromData(data, { dtype, device });
});

/** A tensor of one value, or with null uninitialised. */
export function filled(
  shape: readonly number[], value: Scalar | null, options: FactoryOptions, byDefault: () => DType = defaultDType,
): Tensor {
  checkPinned(options);
  checkSize(shape);
  const [type, device] = [typeFor(options, byDefault), placeFor(options)];
  return finish(value === null ? create.empty(Tensor, shape, type, device) : create.full(Tensor, shape, value, type, device), options);
}

/** Sizes one by one or in a list, then options. */
export type ShapeArguments = (number | readonly number[] | FactoryOptions)[];
type OfSize = (...size: ShapeArguments | [options: FactoryOptions & { readonly size: readonly number[] }]) => Tensor;
interface Sized {
  readonly size: readonly number[];
}

/**
 * A tensor of the given sizes whose elements are whatever its memory holds. Source: torch.empty.
 * @example
 * torch.empty(2, 3).shape; // → torch.Size([2, 3])
 */
export const empty = factory<OfSize, Sized>('empty', [`*size: int, memory_format=None, out=None, ${factoryText}`, (
  { size, ...options },
): Tensor => filled(size, null, options)]);

/**
 * A tensor of the given sizes, filled with 0. Source: torch.zeros.
 * @example
 * torch.zeros(2, 3, { dtype: torch.long }); // → tensor([[0, 0, 0],
 *                                           //           [0, 0, 0]])
 */
export const zeros = factory<OfSize, Sized>('zeros', [`*size: int, out=None, ${factoryText}`, ({ size, ...options }): Tensor => {
  if (size.some((extent) => extent < 0)) throw new RuntimeError('zeros: Dimension size must be non-negative.');
  return filled(size, 0, options);
}]);

/**
 * A tensor of the given sizes, filled with 1. Source: torch.ones.
 * @example
 * torch.ones(2, 2); // → tensor([[1., 1.],
 *                   //           [1., 1.]])
 */
export const ones = factory<OfSize, Sized>('ones', [`*size: int, out=None, ${factoryText}`, ({ size, ...options }): Tensor =>
  filled(size, 1, options)]);

/**
 * Filled with one value, whose kind decides the dtype. Source: torch.full.
 * @example
 * torch.full([2], 1.5); // → tensor([1.5000, 1.5000])
 */
export const full = factory<{
  (size: readonly number[], fill_value: Scalar | Tensor, options?: FactoryOptions): Tensor;
  (size: readonly number[], options: FactoryOptions & { readonly fill_value: Scalar | Tensor }): Tensor;
  (options: FactoryOptions & Sized & { readonly fill_value: Scalar | Tensor }): Tensor;
}, Sized & { readonly fill_value: Scalar | Tensor }>('full', [
  `size: tuple of ints, fill_value: Number | Tensor, *, out=None, ${factoryText}`,
  ({ size, fill_value, ...options }): Tensor => filled(size, numberIn(fill_value), options, () =>
    (fill_value instanceof Tensor ? fill_value.dtypeCore : literalType(readNested(fill_value)))),
]);

/** A number, or the only element of a tensor. */
const numberIn = (value: Scalar | Tensor): Scalar => (value instanceof Tensor ? value.item() as Scalar : value);

const likeText = `input, *, memory_format=None, ${factoryText}`;

interface Like {
  readonly input: Tensor;
}
type LikeOptions = Omit<FactoryOptions, 'out'>;
type OfLike = ((options: LikeOptions & Like) => Tensor) & ((input: Tensor, options?: LikeOptions) => Tensor);

/** Options that say what a tensor has where they say nothing. */
export const besides = <O extends FactoryOptions>({ dtypeCore, storage }: Tensor, options: O): O =>
  ({ ...options, dtype: options.dtype ?? dtypeOf(dtypeCore), device: options.device ?? deviceOf(storage.device) });

const like = (name: string, value: Scalar | null): OfLike => factory<OfLike, Like>(name, [likeText, ({ input, ...options }): Tensor =>
  filled(input.geometry.shape, value, besides(input, options))]);

/**
 * A tensor of another's shape, dtype and device whose elements are whatever its memory holds. Source:
 * torch.empty_like.
 * @example
 * torch.empty_like(torch.ones(2, 3)).shape; // → torch.Size([2, 3])
 */
export const empty_like = like('empty_like', null);
/**
 * A tensor of another's shape, dtype and device, filled with 0. Source: torch.zeros_like.
 * @example
 * torch.zeros_like(torch.tensor([1, 2])); // → tensor([0, 0])
 */
export const zeros_like = like('zeros_like', 0);
/**
 * A tensor of another's shape, dtype and device, filled with 1. Source: torch.ones_like.
 * @example
 * torch.ones_like(torch.tensor([1, 2]), { dtype: torch.float32 }); // → tensor([1., 1.])
 */
export const ones_like = like('ones_like', 1);
/**
 * A tensor of another's shape, dtype and device, filled with one value. Source: torch.full_like.
 * @example
 * torch.full_like(torch.tensor([1, 2]), 7); // → tensor([7, 7])
 */
export const full_like = factory<{
  (options: LikeOptions & Like & { readonly fill_value: Scalar | Tensor }): Tensor;
  (input: Tensor, options: LikeOptions & { readonly fill_value: Scalar | Tensor }): Tensor;
  (input: Tensor, fill_value: Scalar | Tensor, options?: LikeOptions): Tensor;
}, Like & { readonly fill_value: Scalar | Tensor }>('full_like', [
  likeText.replace('*', 'fill_value: Number | Tensor, *'),
  ({ input, fill_value, ...options }): Tensor => filled(input.geometry.shape, numberIn(fill_value), besides(input, options)),
]);

/**
 * A matrix with 1 on its diagonal, else 0. Source: torch.eye.
 * @example
 * torch.eye(2); // → tensor([[1., 0.],
 *               //           [0., 1.]])
 */
export const eye = factory<{
  (n: number, m?: number | FactoryOptions | null, options?: FactoryOptions): Tensor;
  (options: FactoryOptions & { readonly n: number; readonly m?: number | null }): Tensor;
  (n: number, options: FactoryOptions & { readonly m?: number | null }): Tensor;
}, { readonly n: number; readonly m?: number }>('eye', [`n: int, m: int = None, *, out=None, ${factoryText}`, (
  { n, m, ...options },
): Tensor => {
  const columns = m ?? n;
  if (n < 0) throw new RuntimeError(`n must be greater or equal to 0, got ${n}`);
  if (columns < 0) throw new RuntimeError(`m must be greater or equal to 0, got ${columns}`);
  checkPinned(options);
  return finish(identity(Tensor, n, columns, 0, typeFor(options), placeFor(options)), options);
}]);

/**
 * Steps from `start` up to but without `end`. Source: torch.arange.
 * @example
 * torch.arange(1, 2, 0.25); // → tensor([1.0000, 1.2500, 1.5000, 1.7500])
 */
export const arange = factory<{
  (end: Num, options?: FactoryOptions): Tensor;
  (start: Num, end: Num, options?: FactoryOptions & { readonly step?: Num }): Tensor;
  (start: Num, end: Num, step: Num, options?: FactoryOptions): Tensor;
  (start: Num, options: FactoryOptions & { readonly end: Num; readonly step?: Num }): Tensor;
  (options: FactoryOptions & { readonly start?: Num; readonly end: Num; readonly step?: Num }): Tensor;
}, { readonly start?: Num; readonly end: Num; readonly step?: Num }>(
  'arange',
  [`end: Number | Tensor, *, out=None, ${factoryText}`, steps],
  [`start: Number | Tensor, end: Number | Tensor, step: Number | Tensor = 1, *, out=None, ${factoryText}`, steps]);

export type Num = number | bigint | Tensor;

function steps({ start = 0, end, step = 1, ...options }: { start?: Num; end: Num; step?: Num } & FactoryOptions): Tensor {
  checkPinned(options);
  const given = [start, end, step].map(numberIn);
  const [from, to, by] = given.map(Number);
  if (by === 0) throw new RuntimeError('step must be nonzero');
  if (!Number.isFinite(from) || !Number.isFinite(to)) {
    throw new RuntimeError(`unsupported range: ${pythonRepr(from)} -> ${pythonRepr(to)}`);
  }
  if (by > 0 !== to >= from && from !== to) throw new RuntimeError('upper bound and lower bound inconsistent with step sign');
  const whole = given.every((each) => typeof each === 'bigint' || Number.isInteger(each));
  const type = typeFor(options, () => (whole ? core.int64 : defaultDType()));
  const count = Math.ceil((to - from) / by);
  if (!Number.isSafeInteger(count)) throw new RuntimeError('invalid size, possible overflow?');
  // As in PyTorch, integers start and step by integers, though fractions count them.
  const [first, step_] = isInteger(type) ? [Math.trunc(from), Math.trunc(by)] : [from, by];
  return finish(create.rampOf(Tensor, count, first, step_, type, placeFor(options)), options);
}

const rangeText = 'start: Number | Tensor, end: Number | Tensor, steps: int';

/**
 * `steps` numbers from `start` to `end`, both included. Source: torch.linspace.
 * @example
 * torch.linspace(0, 1, 3); // → tensor([0.0000, 0.5000, 1.0000])
 */
export const linspace = factory<Spaced<unknown>, Range>('linspace', [`${rangeText}, *, out=None, ${factoryText}`, (range) => {
  const type = checkSteps(range);
  return finish(create.vectorOf(Tensor, range.steps, spacing(range, type), type, placeFor(range)), range);
}]);

interface Range {
  readonly start: Num;
  readonly end: Num;
  readonly steps: number;
}
interface Spaced<B> {
  (start: Num, end: Num, steps: number, options?: FactoryOptions & B): Tensor;
  (start: Num, end: Num, options: FactoryOptions & B & Pick<Range, 'steps'>): Tensor;
  (start: Num, options: FactoryOptions & B & Omit<Range, 'start'>): Tensor;
  (options: FactoryOptions & B & Range): Tensor;
}

/** Numbers at equal distances in a dtype's own precision; PyTorch steps from the nearer end, of integers between integers. */
function spacing({ start, end, steps }: Range, type: DType): (i: number) => number {
  const round = type === core.float32 ? Math.fround : (value: number): number => value;
  const [from, to] = [start, end].map((each) => (isInteger(type) ? Math.trunc : round)(Number(numberIn(each))));
  const step = round((to - from) / Math.max(steps - 1, 1));
  return (i) => (i < steps / 2 ? round(from + round(step * i)) : round(to - round(step * (steps - i - 1))));
}

function checkSteps(range: Range & FactoryOptions): DType {
  checkPinned(range);
  if (range.steps < 0) throw new RuntimeError('number of steps must be non-negative');
  return typeFor(range);
}

/**
 * 10 (or `base`) to the powers from `start` to `end`. Source: torch.logspace.
 * @example
 * torch.logspace(0, 2, 3); // → tensor([  1.,  10., 100.])
 */
export const logspace = factory<
  Spaced<{ readonly base?: number }> & ((start: Num, end: Num, steps: number, base: number, options?: FactoryOptions) => Tensor),
  Range & { readonly base?: number }
>('logspace', [`${rangeText}, base: float = 10, *, out=None, ${factoryText}`, ({ base = 10, ...range }) => {
  const type = checkSteps(range);
  const exponents = create.vectorOf(Tensor, range.steps, spacing(range, type), isInteger(type) ? core.float64 : type, cpu);
  const list = hostValues(cast(exponents, core.float64));
  return finish(create.vectorOf(Tensor, range.steps, (i) => base ** (list[i] as number), type, placeFor(range)), range);
}]);
