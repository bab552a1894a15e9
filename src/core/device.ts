import { RuntimeError, pythonTypeName } from './errors.ts';

export type DeviceType = 'cpu' | 'webgpu';

/** Where a storage lives. Equal devices are the same object. */
export interface Device {
  readonly type: DeviceType;
  readonly index: number;
}

export const cpu: Device = Object.freeze({ type: 'cpu', index: 0 });

/** The type of device that `cuda` stands for too. */
export const acceleratorType: DeviceType = 'webgpu';

const accelerators: Device[] = [];

export function webgpu(index: number): Device {
  return (accelerators[index] ??= Object.freeze({ type: 'webgpu', index }));
}

/** `cpu`, `webgpu:0`. */
export function deviceText({ type, index }: Device): string {
  return type === 'cpu' ? type : `${type}:${index}`;
}

/** PyTorch's refusal of operands that lie apart; `op` is named where it is known. */
export function differentDevices(a: Device, b: Device, op?: string): Error {
  return new RuntimeError(
    `${op === undefined ? '' : `${op}: `}Expected all tensors to be on the same device, but found at least two devices, `
    + `${deviceText(a)} and ${deviceText(b)}!`);
}

/** `'cpu'`, `'webgpu'`, `'webgpu:0'`, and `cuda` as another spelling of webgpu. */
export function parseDevice(text: string): Device {
  if (typeof text !== 'string') throw new TypeError(`device must be str, not ${pythonTypeName(text)}`);
  const match = /^(cpu|cuda|webgpu)(?::(\d+))?$/.exec(text);
  if (!match) {
    throw new RuntimeError(
      `Expected one of cpu, cuda, webgpu device type at start of device string: ${text}`);
  }
  const index = Number(match[2] ?? 0);
  return match[1] === 'cpu' ? cpu : webgpu(index);
}
