import { asking, inPython, keyed } from '../arguments/keyed.ts';
import * as places from '../device.ts';
import type { DeviceLike, device } from '../device.ts';
import * as dtypes from '../dtypes/dtypes.ts';
import type { dtype } from '../dtypes/dtypes.ts';

/** What holds where a call says nothing. */

/**
 * The dtype of tensors made from fractions. Source: torch.get_default_dtype.
 * @example
 * torch.get_default_dtype(); // → torch.float32
 */
export const get_default_dtype = asking('get_default_dtype', (): dtype => dtypes.get_default_dtype());

/**
 * Sets the dtype of tensors made from fractions; floating types only. Source: torch.set_default_dtype.
 * @example
 * torch.set_default_dtype(torch.float64);
 * torch.tensor([0.5]).dtype; // → torch.float64
 */
export const set_default_dtype = keyed('set_default_dtype', 'd: torch.dtype, /', (d: dtype): void => {
  dtypes.set_default_dtype(d);
}, inPython);

/**
 * The device of tensors for which none is named. Source: torch.get_default_device.
 * @example
 * torch.get_default_device(); // → cpu
 */
export const get_default_device = asking('get_default_device', (): device => places.get_default_device(), inPython);

/**
 * The device that tensors are made on where none is named. Those that are like another tensor lie beside it, and NumPy's arrays stay
 * on the CPU. Source: torch.set_default_device.
 * @example
 * torch.set_default_device('cpu');
 * torch.get_default_device(); // → cpu
 */
export const set_default_device = keyed('set_default_device', 'device: torch.device | None', (device: DeviceLike | null): void => {
  places.set_default_device(device);
}, inPython);
