import { backendOf, serve } from '../../src/backend/select.ts';
import type { Backend } from '../../src/backend/backend.ts';
import type { Gpu } from '../../src/backend/webgpu/gpu.ts';
import { openBackend } from '../../src/backend/webgpu/index.ts';
import type { Device } from '../../src/core/device.ts';
import { webgpu } from '../../src/core/device.ts';

/** A second device beside that of the other suites, for what would hurt those. */

export interface OwnDevice {
  readonly place: Device;
  readonly name: string;
  readonly gpu: Gpu;
  readonly backend: Backend;
}

/** Opens one as webgpu:1, where whatever was there before has ended. */
export async function openOwn(): Promise<OwnDevice> {
  const place = webgpu(1);
  const { backend, gpu } = await openBackend(place);
  serve(place, backend);
  return { place, name: 'webgpu:1', gpu, backend };
}

/** Runs a test on a device of its own. */
export async function withOwn(body: (own: OwnDevice) => Promise<void>): Promise<void> {
  const own = await openOwn();
  try {
    await body(own);
  } finally {
    own.gpu.destroy();
    await own.gpu.device.lost;
  }
}

/** Puts another device in the place of the suites' own for a while. */
export async function inPlaceOf(place: Device, other: Backend, body: () => Promise<void>): Promise<void> {
  const previous = backendOf(place);
  serve(place, other);
  try {
    await body();
  } finally {
    serve(place, previous);
  }
}
