import type { Device } from '../core/device.ts';
import { RuntimeError } from '../core/errors.ts';
import type { Backend } from './backend.ts';

/** Which implementation serves a device. Filled at start-up by the entry points; the rest asks here and knows no backend by name. */
const serving = new Map<Device, Backend>();
let cached: Backend | undefined;
let cachedDevice: Device | undefined;

export function serve(device: Device, backend: Backend): Backend | undefined {
  const previous = serving.get(device);
  serving.set(device, backend);
  cached = cachedDevice = undefined;
  return previous;
}

export function backendOf(device: Device): Backend {
  if (device === cachedDevice) return cached!;
  const backend = serving.get(device);
  if (!backend) {
    throw new RuntimeError(
      `device ${device.type}:${device.index} is not available: call and await flambeau.init({ webgpu: true }) first`);
  }
  cached = backend;
  cachedDevice = device;
  return backend;
}
