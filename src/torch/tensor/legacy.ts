import { pythonTypeName } from '../../core/errors.ts';
import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { cpu } from '../../core/device.ts';
import { empty } from '../../ops/creation.ts';
import { detach } from '../../ops/movement.ts';
import type { TensorData } from '../functions/creation.ts';
import { checkSize, tensor } from '../functions/creation.ts';
import { defaultDType, dtypeOf, scalarTypeName } from '../dtypes/dtypes.ts';
import { Size } from './size.ts';
import { Tensor as TensorClass } from './tensor.ts';

/** The constructors that PyTorch had before `torch.tensor`: of data in a list, or of an uninitialised tensor by its sizes. */

function construct(name: string, type: DType | null, args: readonly unknown[]): TensorClass {
  const wanted = type ?? defaultDType();
  const [first] = args;
  if (args.length === 1 && first instanceof TensorClass) {
    if (type !== null && first.dtypeCore !== type) {
      throw new TypeError(
        `torch.${name}() takes a tensor of ${type.name}, not ${first.dtypeCore.name}: convert it with to(dtype)`);
    }
    return detach(first);
  }
  const list = args.length === 1 && !(first instanceof Size) && (Array.isArray(first) || ArrayBuffer.isView(first));
  if (list) return tensor(first as TensorData, { dtype: dtypeOf(wanted) });
  const sizes = args.length === 1 && first instanceof Size ? [...first] : args.length === 0 ? [0] : args;
  for (const size of sizes) {
    if (typeof size !== 'number' || !Number.isInteger(size)) {
      throw new TypeError(`new(): data must be a sequence (got ${pythonTypeName(size)})`);
    }
  }
  checkSize(sizes as number[]);
  return empty(TensorClass, sizes as number[], wanted, cpu);
}

/** A constructor of data in a list, or of an uninitialised tensor by its sizes; called with `new` or without. */
export interface LegacyConstructor {
  /** A copy of data, in this constructor's dtype. */
  (data: TensorData): TensorClass;
  /** An uninitialised tensor of these sizes. */
  (...sizes: number[]): TensorClass;
  new (data: TensorData): TensorClass;
  new (...sizes: number[]): TensorClass;
  readonly prototype: TensorClass;
}

/** One name for the class and its constructor: `instanceof` and types mean the class, calls make a tensor. */
function legacy(name: string, type: DType | null): LegacyConstructor {
  return new Proxy(TensorClass, {
    apply: (_target, _this, args) => construct(name, type, args as unknown[]),
    // A subclass passes a storage, as the class itself wants it.
    construct: (target, args, newTarget) => (newTarget === constructors.get(name)
      ? construct(name, type, args as unknown[]) : Reflect.construct(target, args as unknown[], newTarget) as object),
  }) as unknown as LegacyConstructor;
}

const constructors = new Map<string, unknown>();

function register(name: string, type: DType | null): LegacyConstructor {
  const made = legacy(name, type);
  constructors.set(name, made);
  return made;
}

/**
 * The class of tensors. Called, it is PyTorch's legacy constructor: a tensor of the default dtype from a list, or an
 * uninitialised one of the given sizes. Source: torch.Tensor.
 * @example
 * torch.Tensor([1, 2]); // → tensor([1., 2.])
 */
export const Tensor = register('Tensor', null);
export type Tensor = TensorClass;

const typed = (type: DType): LegacyConstructor => register(`${scalarTypeName(type)}Tensor`, type);

/**
 * float32 tensors from a list or by sizes. Source: torch.FloatTensor.
 * @example
 * torch.FloatTensor([1, 2]); // → tensor([1., 2.])
 */
export const FloatTensor = typed(core.float32);
/**
 * float64 tensors from a list or by sizes. Source: torch.DoubleTensor.
 * @example
 * torch.DoubleTensor([1, 2]); // → tensor([1., 2.], dtype=torch.float64)
 */
export const DoubleTensor = typed(core.float64);
/**
 * float16 tensors from a list or by sizes. Source: torch.HalfTensor.
 * @example
 * torch.HalfTensor([1, 2]); // → tensor([1., 2.], dtype=torch.float16)
 */
export const HalfTensor = typed(core.float16);
/**
 * bfloat16 tensors from a list or by sizes. Source: torch.BFloat16Tensor.
 * @example
 * torch.BFloat16Tensor([1, 2]); // → tensor([1., 2.], dtype=torch.bfloat16)
 */
export const BFloat16Tensor = typed(core.bfloat16);
/**
 * int64 tensors from a list or by sizes. Source: torch.LongTensor.
 * @example
 * torch.LongTensor([1.7, 2]); // → tensor([1, 2])
 */
export const LongTensor = typed(core.int64);
/**
 * int32 tensors from a list or by sizes. Source: torch.IntTensor.
 * @example
 * torch.IntTensor([1.7, 2]); // → tensor([1, 2], dtype=torch.int32)
 */
export const IntTensor = typed(core.int32);
/**
 * int16 tensors from a list or by sizes. Source: torch.ShortTensor.
 * @example
 * torch.ShortTensor([1, 2]); // → tensor([1, 2], dtype=torch.int16)
 */
export const ShortTensor = typed(core.int16);
/**
 * int8 tensors from a list or by sizes. Source: torch.CharTensor.
 * @example
 * torch.CharTensor([1, 2]); // → tensor([1, 2], dtype=torch.int8)
 */
export const CharTensor = typed(core.int8);
/**
 * uint8 tensors from a list or by sizes. Source: torch.ByteTensor.
 * @example
 * torch.ByteTensor([1, 2]); // → tensor([1, 2], dtype=torch.uint8)
 */
export const ByteTensor = typed(core.uint8);
/**
 * bool tensors from a list or by sizes. Source: torch.BoolTensor.
 * @example
 * torch.BoolTensor([1, 0]); // → tensor([ True, False])
 */
export const BoolTensor = typed(core.bool);
