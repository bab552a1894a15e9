import type { Device } from '../core/device.ts';
import { deviceText } from '../core/device.ts';
import { RuntimeError } from '../core/errors.ts';
import type { Backend } from './backend.ts';
import { present } from './present.ts';

/** Which implementation serves a device; the rest asks here and knows no backend by name. */
const serving = new Map<Device, Backend>(present);
let cached: Backend | undefined;
let cachedDevice: Device | undefined;

export function serve(device: Device, backend: Backend): Backend | undefined {
  const previous = serving.get(device);
  serving.set(device, backend);
  cached = cachedDevice = undefined;
  return previous;
}

/** The backends of all devices of a type, by index. */
export function backendsOf(type: Device['type']): Backend[] {
  return [...serving].filter(([device]) => device.type === type).sort(([a], [b]) => a.index - b.index).map(([, backend]) => backend);
}

export function backendOf(device: Device): Backend {
  if (device === cachedDevice) return cached!;
  const backend = serving.get(device);
  if (!backend) {
    throw new RuntimeError(
      `device ${deviceText(device)} is not available: await flambeau.init({ webgpu: true }) first, which opens the GPU `
      + '(webgpu:0, also called cuda:0) or says what it lacks');
  }
  cached = backend;
  cachedDevice = device;
  return backend;
}
