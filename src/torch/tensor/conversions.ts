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
import { keyed, overloaded } from '../arguments/keyed.ts';
import type { MemoryFormat } from '../constants.ts';
import type { Tensor } from './tensor.ts';

/** Other dtypes and devices. These are methods only, as in PyTorch. */

/** What `to` takes by name. */
export interface ToOptions {
  readonly dtype?: dtype | null;
  readonly device?: DeviceLike | null;
  readonly copy?: boolean;
  /** Of no effect: the GPU copies on its own time anyway, and reading from it is `await x.cpu()`. */
  readonly non_blocking?: boolean;
  readonly memory_format?: MemoryFormat | null;
}

/** How a tensor is converted: to a dtype, to a device and dtype, or as another tensor has them. */
export type ToFunction = (input: Tensor, ...target:
  [dtype: dtype, non_blocking?: boolean | Omit<ToOptions, 'dtype' | 'device'>, copy?: boolean]
  | [device: DeviceLike | null, dtype?: dtype | null | Omit<ToOptions, 'device'>,
    non_blocking?: boolean | Omit<ToOptions, 'dtype' | 'device'>, copy?: boolean]
  | [other: Tensor, non_blocking?: boolean | Omit<ToOptions, 'dtype' | 'device'>, copy?: boolean]
  | [options: ToOptions & { readonly other?: Tensor }]) => Tensor;

function converted(input: Tensor, type: DType, place: Device, copy: boolean): Tensor {
  if (place !== input.storage.device) return convertTo(input, type, place);
  if (type !== input.dtypeCore) return castCopy(input, type);
  return copy ? clone(input) : input;
}

const toText = 'non_blocking=False, copy=False, *, memory_format=None';

/**
 * The tensor in another dtype, on another device, or like another tensor; itself where it is so already, unless `copy` is
 * true. Source: torch.Tensor.to.
 * @example
 * torch.tensor([1.5, 2]).to(torch.int32); // → tensor([1, 2], dtype=torch.int32)
 */
export const to: ToFunction = overloaded('to',
  [`self, dtype, ${toText}`, (self: Tensor, type: dtype, _non_blocking?: boolean, copy: boolean = false): Tensor =>
    converted(self, type.core, self.storage.device, copy)],
  [`self, device=None, dtype=None, ${toText}`, (
    self: Tensor, place?: DeviceLike | null, type?: dtype | null, _non_blocking?: boolean, copy: boolean = false,
  ): Tensor => converted(self, type?.core ?? self.dtypeCore, place ? toDevice(place) : self.storage.device, copy)],
  [`self, other, ${toText}`, (self: Tensor, other: Tensor, _non_blocking?: boolean, copy: boolean = false): Tensor =>
    converted(self, other.dtypeCore, other.storage.device, copy)]);

/**
 * The name of the tensor's legacy class; with a dtype or such a name the tensor in that dtype. Source: torch.Tensor.type.
 * @example
 * torch.ones(2).type(); // → torch.FloatTensor
 * torch.ones(2).type(torch.int32); // → tensor([1, 1], dtype=torch.int32)
 */
export const type = keyed('type', 'self, dtype: torch.dtype | str = None, non_blocking=False', (
  self: Tensor, wanted?: dtype | string | null, _non_blocking?: boolean,
): string | Tensor => {
  if (wanted === undefined || wanted === null) return `torch.${legacyNameOf(self.dtypeCore)}`;
  if (wanted instanceof dtype) return cast(self, wanted.core);
  const named = typeOfLegacyName(wanted);
  if (named === undefined) throw new ValueError(`invalid type: '${wanted}'`);
  return cast(self, named);
});

/**
 * In the dtype of another tensor. Source: torch.Tensor.type_as.
 * @example
 * torch.tensor([1.5, 2]).type_as(torch.tensor([0])); // → tensor([1, 2])
 */
export const type_as = keyed('type_as', 'self, other', (self: Tensor, other: Tensor): Tensor => cast(self, other.dtypeCore));

const into = (name: string, type: DType) => keyed(name, 'self, memory_format=None',
  (self: Tensor, _memory_format?: MemoryFormat | null): Tensor => cast(self, type));

/**
 * In float32. Source: torch.Tensor.float.
 * @example
 * torch.tensor([1, 2]).float(); // → tensor([1., 2.])
 */
export const float = into('float', core.float32);
/**
 * In float64. Source: torch.Tensor.double.
 * @example
 * torch.tensor([1, 2]).double(); // → tensor([1., 2.], dtype=torch.float64)
 */
export const double = into('double', core.float64);
/**
 * In float16. Source: torch.Tensor.half.
 * @example
 * torch.tensor([0.1, 70000]).half(); // → tensor([0.1000,    inf], dtype=torch.float16)
 */
export const half = into('half', core.float16);
/**
 * In bfloat16. Source: torch.Tensor.bfloat16.
 * @example
 * torch.tensor([0.1, 70000]).bfloat16(); // → tensor([1.0010e-01, 7.0144e+04], dtype=torch.bfloat16)
 */
export const bfloat16 = into('bfloat16', core.bfloat16);
/**
 * In int64, fractions cut off. Source: torch.Tensor.long.
 * @example
 * torch.tensor([1.5, 2]).long(); // → tensor([1, 2])
 */
export const long = into('long', core.int64);
/**
 * In int32, fractions cut off. Source: torch.Tensor.int.
 * @example
 * torch.tensor([-1.5, 2]).int(); // → tensor([-1,  2], dtype=torch.int32)
 */
export const int = into('int', core.int32);
/**
 * In int16, fractions cut off. Source: torch.Tensor.short.
 * @example
 * torch.tensor([-1.5, 2]).short(); // → tensor([-1,  2], dtype=torch.int16)
 */
export const short = into('short', core.int16);
/**
 * In int8: numbers outside of it wrap around. Source: torch.Tensor.char.
 * @example
 * torch.tensor([127, 128]).char(); // → tensor([ 127, -128], dtype=torch.int8)
 */
export const char = into('char', core.int8);
/**
 * In uint8: numbers outside of it wrap around. Source: torch.Tensor.byte.
 * @example
 * torch.tensor([255, 256]).byte(); // → tensor([255,   0], dtype=torch.uint8)
 */
export const byte = into('byte', core.uint8);
/**
 * In bool: whether each element is not 0. Source: torch.Tensor.bool.
 * @example
 * torch.tensor([0, 0.5]).bool(); // → tensor([False,  True])
 */
export const bool = into('bool', core.bool);
/**
 * In complex64. Source: torch.Tensor.cfloat.
 * @example
 * torch.tensor([1.5, 2]).cfloat(); // → tensor([1.5000+0.j, 2.0000+0.j])
 */
export const cfloat = into('cfloat', core.complex64);
/**
 * In complex128. Source: torch.Tensor.cdouble.
 * @example
 * torch.tensor([1.5, 2]).cdouble(); // → tensor([1.5000+0.j, 2.0000+0.j], dtype=torch.complex128)
 */
export const cdouble = into('cdouble', core.complex128);

/**
 * On the CPU, once its values are known: the only way to read a GPU's tensor. One that is there already is returned itself.
 * Source: torch.Tensor.cpu.
 * @example
 * const x = await torch.ones(2).cpu();
 * x; // → tensor([1., 1.])
 */
export const cpu = keyed('cpu', 'self, memory_format=None', (self: Tensor, _memory_format?: MemoryFormat | null): Promise<Tensor> =>
  fetchTo(self, cpuDevice));
/**
 * On the GPU, the first one unless said; a RuntimeError where there is none. Source: torch.Tensor.cuda.
 * @example
 * const x = torch.cuda.is_available() ? torch.ones(2).cuda() : torch.ones(2);
 * x.is_cuda; // → false
 */
export const cuda = keyed('cuda', 'self, device: torch.device | int = None, non_blocking=False, memory_format=None', (
  self: Tensor, place?: DeviceLike | number | null, _non_blocking?: boolean, _memory_format?: MemoryFormat | null,
): Tensor => {
  const target = toDevice(typeof place === 'string' || place instanceof device ? place : `cuda:${place ?? 0}`);
  return converted(self, self.dtypeCore, target, false);
});
