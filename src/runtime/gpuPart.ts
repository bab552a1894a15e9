import type { OpenedBackend } from '../backend/webgpu/index.ts';
import type { Device } from '../core/device.ts';

/** What opens a GPU. */
export type OpenGpu = (place: Device) => Promise<OpenedBackend>;

/** The GPU's code where the program imports it itself, by `flambeau/webgpu`; null where `init` is to fetch it. */
export const gpuPart: { open: OpenGpu | null } = { open: null };
