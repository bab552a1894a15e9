import type { Scalar } from '../../core/complex.ts';
import type { Device } from '../../core/device.ts';
import type { DType, TypedArray } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { integerRange, isInexact, isInteger } from '../../core/dtype.ts';
import { RuntimeError, ValueError } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import type { Literal, Nested } from '../../core/literal.ts';
import { RaggedError, packLiteral, readLiteral } from '../../core/literal.ts';
import { StridedArray } from '../../core/strided.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import * as create from '../../ops/creation.ts';
import { hostValues, toNested } from '../../ops/host.ts';
import { eye as identity } from '../../ops/matrices.ts';
import { clone, copyFrom } from '../../ops/movement.ts';
import { convertTo } from '../../ops/transfer.ts';
import type { DeviceLike } from '../device.ts';
import { openGpus, toDevice } from '../device.ts';
import type { dtype } from '../dtypes/dtypes.ts';
import { defaultDType } from '../dtypes/dtypes.ts';
import { checkOptions, splitShape } from '../arguments/options.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Functions that make tensors. */

export interface FactoryOptions {
  readonly dtype?: dtype;
  readonly device?: DeviceLike;
  readonly requires_grad?: boolean;
  readonly pin_memory?: boolean;
  readonly out?: Tensor;
}

const factoryOptions = ['dtype', 'device', 'requires_grad', 'pin_memory', 'out'];

function checkFactory(name: string, options: FactoryOptions): void {
  checkOptions(name, options, factoryOptions);
  // WebGPU copies from any memory alike, so with a GPU there is nothing to do.
  if (options.pin_memory && openGpus().length === 0) {
    throw new RuntimeError('Cannot access accelerator device when none is available: pinned memory needs one, leave pin_memory out');
  }
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

function finish(result: Tensor, options: FactoryOptions): Tensor {
  if (options.out !== undefined) {
    if (!sameShape(options.out.geometry.shape, result.geometry.shape)) {
      throw new RuntimeError(`out has shape ${options.out.shape}, the result ${result.shape}: resizing out is not supported`);
    }
    return copyFrom(options.out, result);
  }
  return options.requires_grad ? requireGrad(result) : result;
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

const typedTypes = new Map<unknown, DType>([
  [Int8Array, core.int8], [Int16Array, core.int16], [Int32Array, core.int32], [BigInt64Array, core.int64],
  [Uint8Array, core.uint8], [Uint8ClampedArray, core.uint8], [Uint16Array, core.uint16], [Uint32Array, core.uint32],
  [BigUint64Array, core.uint64], [Float32Array, core.float32], [Float64Array, core.float64],
]);

function typedType(data: ArrayBufferView): DType {
  const type = typedTypes.get(data.constructor);
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

export interface TensorOptions {
  readonly dtype?: dtype;
  readonly device?: DeviceLike;
  readonly requires_grad?: boolean;
  readonly pin_memory?: boolean;
}

function fromData(data: TensorData, options: TensorOptions): Tensor {
  const device = toDevice(options.device);
  if (data instanceof StridedArray) {
    // Arrays of either façade: a copy in the asked dtype.
    const view = new Tensor(data.storage, data.dtypeCore, data.geometry);
    const place = options.device === undefined && data instanceof Tensor ? data.storage.device : device;
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
  if (options.dtype === undefined && options.requires_grad && !isInexact(type)) type = defaultDType();
  return create.fromTyped(Tensor, packLiteral(literal.values, type), literal.shape, type, device);
}

/**
 * A tensor with a copy of the data: numbers, nested lists, typed arrays, tensors. Integers become int64, fractions the
 * default dtype, booleans bool; a typed array keeps its dtype. Source: torch.tensor.
 * @example
 * torch.tensor([5.5, 3]); // → tensor([5.5000, 3.0000])
 */
export function tensor(data: TensorData, options: TensorOptions = {}): Tensor {
  checkOptions('tensor', options, ['dtype', 'device', 'requires_grad', 'pin_memory']);
  checkFactory('tensor', options);
  const made = fromData(data, options);
  return options.requires_grad ? requireGrad(made) : made;
}

/**
 * As `tensor`, but a tensor that already has the dtype is returned itself, and a NumPy array's memory is shared.
 * Source: torch.as_tensor.
 */
export function as_tensor(data: TensorData, options: { readonly dtype?: dtype; readonly device?: DeviceLike } = {}): Tensor {
  checkOptions('as_tensor', options, ['dtype', 'device']);
  if (data instanceof StridedArray) {
    const shared = data instanceof Tensor ? data : new Tensor(data.storage, data.dtypeCore, data.geometry);
    const place = options.device === undefined && data instanceof Tensor ? data.storage.device : toDevice(options.device);
    return convertTo(shared, options.dtype?.core ?? shared.dtypeCore, place);
  }
  return fromData(data, options);
}

function filled(name: string, args: readonly unknown[], value: Scalar | null): Tensor {
  const { shape, options } = splitShape<FactoryOptions>(name, args);
  checkFactory(name, options);
  if (name === 'zeros' && shape.some((extent) => extent < 0)) throw new RuntimeError('zeros: Dimension size must be non-negative.');
  checkSize(shape);
  const type = options.dtype?.core ?? options.out?.dtypeCore ?? defaultDType();
  return fresh(shape, value, type, toDevice(options.device), options);
}

/** A new tensor of one value, or with null uninitialised. */
function fresh(shape: readonly number[], value: Scalar | null, type: DType, device: Device, options: FactoryOptions): Tensor {
  return finish(value === null ? create.empty(Tensor, shape, type, device) : create.full(Tensor, shape, value, type, device), options);
}

/** Sizes one by one or in a list, then options. */
export type ShapeArguments = (number | readonly number[] | FactoryOptions)[];

/** Uninitialised. Source: torch.empty. */
export function empty(...size: ShapeArguments): Tensor {
  return filled('empty', size, null);
}

/**
 * Filled with 0. Source: torch.zeros.
 * @example
 * torch.zeros(2, 3, { dtype: torch.long }); // → tensor([[0, 0, 0],
 *                                           //           [0, 0, 0]])
 */
export function zeros(...size: ShapeArguments): Tensor {
  return filled('zeros', size, 0);
}

/**
 * Filled with 1. Source: torch.ones.
 * @example
 * torch.ones(2, 2); // → tensor([[1., 1.],
 *                   //           [1., 1.]])
 */
export function ones(...size: ShapeArguments): Tensor {
  return filled('ones', size, 1);
}

/**
 * Filled with one value, whose kind decides the dtype. Source: torch.full.
 * @example
 * torch.full([2], 1.5); // → tensor([1.5000, 1.5000])
 */
export function full(size: readonly number[] | number, fill_value: Scalar, options: FactoryOptions = {}): Tensor {
  checkFactory('full', options);
  const shape = typeof size === 'number' ? [size] : [...size];
  checkSize(shape);
  const type = options.dtype?.core ?? literalType(readNested(fill_value));
  return fresh(shape, fill_value, type, toDevice(options.device), options);
}

function like(name: string, input: Tensor, value: Scalar | null, options: FactoryOptions): Tensor {
  checkFactory(name, options);
  const type = options.dtype?.core ?? input.dtypeCore;
  const device = options.device === undefined ? input.storage.device : toDevice(options.device);
  return fresh(input.geometry.shape, value, type, device, options);
}

/** Source: torch.empty_like. */
export function empty_like(input: Tensor, options: FactoryOptions = {}): Tensor {
  return like('empty_like', input, null, options);
}
/** Source: torch.zeros_like. */
export function zeros_like(input: Tensor, options: FactoryOptions = {}): Tensor {
  return like('zeros_like', input, 0, options);
}
/** Source: torch.ones_like. */
export function ones_like(input: Tensor, options: FactoryOptions = {}): Tensor {
  return like('ones_like', input, 1, options);
}
/** Source: torch.full_like. */
export function full_like(input: Tensor, fill_value: Scalar, options: FactoryOptions = {}): Tensor {
  return like('full_like', input, fill_value, options);
}

/**
 * Ones on the diagonal. Source: torch.eye.
 * @example
 * torch.eye(2); // → tensor([[1., 0.],
 *               //           [0., 1.]])
 */
export function eye(n: number, m?: number | FactoryOptions, options?: FactoryOptions): Tensor {
  const given = options ?? (typeof m === 'object' ? m : {});
  checkFactory('eye', given);
  const columns = typeof m === 'number' ? m : n;
  if (n < 0) throw new RuntimeError(`n must be greater or equal to 0, got ${n}`);
  if (columns < 0) throw new RuntimeError(`m must be greater or equal to 0, got ${columns}`);
  return finish(identity(Tensor, n, columns, 0, given.dtype?.core ?? defaultDType(), toDevice(given.device)), given);
}

/**
 * Steps from `start` up to but without `end`. Source: torch.arange.
 * @example
 * torch.arange(1, 2, 0.25); // → tensor([1.0000, 1.2500, 1.5000, 1.7500])
 */
export function arange(...args: (number | FactoryOptions)[]): Tensor {
  const options = (typeof args.at(-1) === 'object' ? args.at(-1) : {}) as FactoryOptions;
  const numbers = args.filter((arg) => typeof arg === 'number');
  checkFactory('arange', options);
  if (numbers.length === 0 || numbers.length > 3) throw new TypeError('arange() takes end, or start and end, or start, end and step');
  const [start, end] = numbers.length === 1 ? [0, numbers[0]] : numbers;
  const step = numbers[2] ?? 1;
  if (step === 0) throw new RuntimeError('step must be nonzero');
  if (step > 0 !== end >= start && start !== end) throw new RuntimeError('upper bound and lower bound inconsistent with step sign');
  const type = options.dtype?.core ?? (numbers.every(Number.isInteger) ? core.int64 : defaultDType());
  const count = Math.ceil((end - start) / step);
  return finish(create.vectorOf(Tensor, count, (i) => start + i * step, type, toDevice(options.device)), options);
}

/**
 * `steps` numbers from `start` to `end`, both included. Source: torch.linspace.
 * @example
 * torch.linspace(0, 1, 3); // → tensor([0.0000, 0.5000, 1.0000])
 */
export function linspace(start: number, end: number, steps: number, options: FactoryOptions = {}): Tensor {
  checkFactory('linspace', options);
  if (!Number.isInteger(steps) || steps < 0) throw new RuntimeError('number of steps must be non-negative');
  const type = options.dtype?.core ?? defaultDType();
  const round = type === core.float32 ? Math.fround : (value: number): number => value;
  const step = round((round(end) - round(start)) / Math.max(steps - 1, 1));
  // PyTorch steps from the nearer end, in the tensor's own precision.
  return finish(create.vectorOf(Tensor, steps, (i) =>
    (i < steps / 2 ? round(round(start) + round(step * i)) : round(round(end) - round(step * (steps - i - 1)))),
  type, toDevice(options.device)), options);
}

/** 10 (or `base`) to the powers from `start` to `end`. Source: torch.logspace. */
export function logspace(start: number, end: number, steps: number, options: FactoryOptions & { readonly base?: number } = {}): Tensor {
  const { base = 10, ...rest } = options;
  const exponents = linspace(start, end, steps, { dtype: undefined, ...rest, device: 'cpu', out: undefined });
  const list = hostValues(cast(exponents, core.float64));
  return finish(create.vectorOf(
    Tensor, steps, (i) => base ** (list[i] as number), exponents.dtypeCore, toDevice(rest.device)), rest);
}

/** A copy that gradients pass through. Source: torch.clone. */
export function cloneTensor(input: Tensor): Tensor {
  return clone(input);
}
