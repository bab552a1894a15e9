import type { Device } from '../../core/device.ts';
import { cpu as cpuDevice } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { clone } from '../../ops/movement.ts';
import { convertTo, fetchTo } from '../../ops/transfer.ts';
import type { DeviceLike } from '../device.ts';
import { device, toDevice } from '../device.ts';
import { dtype, legacyNameOf, typeOfLegacyName } from '../dtypes/dtypes.ts';
import { checkTensor } from '../arguments/operands.ts';
import { checkOptions, isOptions } from '../arguments/options.ts';
import { Tensor } from './tensor.ts';

/** Other dtypes and devices. These are methods only, as in PyTorch. */

export interface ToOptions {
  readonly dtype?: dtype;
  readonly device?: DeviceLike;
  readonly copy?: boolean;
  /** Of no effect: the GPU copies on its own time anyway, and reading from it is `await x.cpu()`. */
  readonly non_blocking?: boolean;
}

function converted(input: Tensor, type: DType, place: Device, copy: boolean): Tensor {
  if (place !== input.storage.device) return convertTo(input, type, place);
  if (type !== input.dtypeCore) return castCopy(input, type);
  return copy ? clone(input) : input;
}

/**
 * The tensor in another dtype, on another device, or like another tensor; itself where it is so already, unless `copy` is
 * true. Source: torch.Tensor.to.
 * @example
 * torch.tensor([1.5, 2]).to(torch.int32); // → tensor([1, 2], dtype=torch.int32)
 */
export function to(input: Tensor, ...targets: (dtype | DeviceLike | Tensor | ToOptions)[]): Tensor {
  let type = input.dtypeCore;
  let place = input.storage.device;
  let copy = false;
  for (const target of targets) {
    if (target instanceof Tensor) {
      type = target.dtypeCore;
      place = target.storage.device;
    } else if (target instanceof dtype) {
      type = target.core;
    } else if (typeof target === 'string' || target instanceof device) {
      place = toDevice(target);
    } else if (isOptions(target)) {
      const options = target as ToOptions;
      checkOptions('to', options, ['dtype', 'device', 'copy', 'non_blocking']);
      type = options.dtype?.core ?? type;
      if (options.device !== undefined) place = toDevice(options.device);
      copy = options.copy ?? false;
    } else {
      throw new TypeError(`to() takes a dtype, a device or a tensor, then options; got ${String(target)}`);
    }
  }
  return converted(input, type, place, copy);
}

/** The name of the tensor's legacy class; with a dtype or such a name the tensor in that dtype. Source: torch.Tensor.type. */
export function type(input: Tensor): string;
export function type(input: Tensor, dtype: dtype | string): Tensor;
export function type(input: Tensor, wanted?: dtype | string): string | Tensor;
export function type(input: Tensor, wanted?: dtype | string): string | Tensor {
  if (wanted === undefined) return `torch.${legacyNameOf(input.dtypeCore)}`;
  if (wanted instanceof dtype) return cast(input, wanted.core);
  const named = typeOfLegacyName(wanted);
  if (named === undefined) throw new ValueError(`invalid type: '${String(wanted)}'`);
  return cast(input, named);
}

/** In the dtype of another tensor. Source: torch.Tensor.type_as. */
export function type_as(input: Tensor, other: Tensor): Tensor {
  checkTensor('type_as', 'other', other);
  return to(input, other);
}

const into = (type: DType) => (input: Tensor): Tensor => cast(input, type);

/** In float32. Source: torch.Tensor.float. */
export const float = into(core.float32);
/** In float64. Source: torch.Tensor.double. */
export const double = into(core.float64);
/** In float16. Source: torch.Tensor.half. */
export const half = into(core.float16);
/** In bfloat16. Source: torch.Tensor.bfloat16. */
export const bfloat16 = into(core.bfloat16);
/**
 * In int64. Source: torch.Tensor.long.
 * @example
 * torch.tensor([1.5, 2]).long(); // → tensor([1, 2])
 */
export const long = into(core.int64);
/** In int32. Source: torch.Tensor.int. */
export const int = into(core.int32);
/** In int16. Source: torch.Tensor.short. */
export const short = into(core.int16);
/** In int8. Source: torch.Tensor.char. */
export const char = into(core.int8);
/** In uint8. Source: torch.Tensor.byte. */
export const byte = into(core.uint8);
/** In bool: whether each element is not 0. Source: torch.Tensor.bool. */
export const bool = into(core.bool);
/** In complex64. Source: torch.Tensor.cfloat. */
export const cfloat = into(core.complex64);
/** In complex128. Source: torch.Tensor.cdouble. */
export const cdouble = into(core.complex128);

/**
 * On the CPU, once its values are known: the only way to read a GPU's tensor. One that is there already is returned itself.
 * Source: torch.Tensor.cpu.
 * @example
 * const x = await torch.ones(2).cpu();
 * x; // → tensor([1., 1.])
 */
export function cpu(input: Tensor): Promise<Tensor> {
  return fetchTo(input, cpuDevice);
}
/** On the GPU, the first one unless said. Throws where there is none. Source: torch.Tensor.cuda. */
export function cuda(input: Tensor, index: number | DeviceLike = 0): Tensor {
  return converted(input, input.dtypeCore, toDevice(typeof index === 'number' ? `cuda:${index}` : index), false);
}
