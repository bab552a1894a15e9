import type { Device } from '../core/device.ts';
import { acceleratorType, cpu, parseDevice } from '../core/device.ts';
import { refuseWrites, shown } from '../core/errors.ts';
import type { Backend } from '../ops/devices.ts';
import { backendsOf } from '../ops/devices.ts';
import { checkDevice } from '../ops/transfer.ts';

/**
 * Where a tensor lies: `torch.device('cpu')`, `torch.device('cuda', 0)`. Source: torch.device.
 * @example
 * torch.device('cuda', 1); // → webgpu:1
 * torch.device('cpu').index; // → null
 */
export class device {
  /** The device itself. @internal */
  readonly core: Device;

  constructor(type: string | device, index?: number) {
    this.core = index !== undefined ? parseDevice(`${shown(type)}:${shown(index)}`)
      : type instanceof device ? type.core : parseDevice(type);
  }

  /**
   * 'cpu', or 'webgpu' whichever name was used.
   * @example
   * torch.device('cuda:0').type; // → webgpu
   */
  get type(): string {
    return this.core.type;
  }

  /** Null for the CPU, as in PyTorch. */
  get index(): number | null {
    return this.core.type === 'cpu' ? null : this.core.index;
  }

  /**
   * Whether both are the same device: JavaScript's `===` compares objects.
   * @example
   * torch.device('cpu').equals(torch.ones(2).device); // → true
   */
  equals(other: device): boolean {
    return this.core === (other as Partial<device> | null | undefined)?.core;
  }

  toString(): string {
    return this.core.type === 'cpu' ? 'cpu' : `${this.core.type}:${this.core.index}`;
  }

  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.index === null ? `device(type='${this.type}')` : `device(type='${this.type}', index=${this.index})`;
  }
}

refuseWrites(device, 'torch.device');

const cpuDevice = new device('cpu');

export function deviceOf(core: Device): device {
  return core === cpu ? cpuDevice : new device(core.type, core.index);
}

/** The GPUs that were opened and not lost. */
export const openGpus = (): Backend[] => backendsOf(acceleratorType).filter(({ available }) => available);

export type DeviceLike = string | device;

let defaultDevice: Device = cpu;

/**
 * The device that tensors are made on where none is named. Those that are like another tensor lie beside it, and NumPy's arrays stay
 * on the CPU. Source: torch.set_default_device.
 * @example
 * torch.set_default_device('cpu');
 * torch.get_default_device(); // → cpu
 */
export function set_default_device(device: DeviceLike | null): void {
  const wanted = device === null ? cpu : toDevice(device);
  checkDevice(wanted);
  defaultDevice = wanted;
}

/** Source: torch.get_default_device. */
export function get_default_device(): device {
  return deviceOf(defaultDevice);
}

/** The device that is named, or the default. */
export function toDevice(value: DeviceLike | null | undefined): Device {
  if (value === undefined || value === null) return defaultDevice;
  return value instanceof device ? value.core : parseDevice(value);
}
