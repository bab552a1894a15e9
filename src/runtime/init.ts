import { backendsOf, serve } from '../backend/select.ts';
import { acceleratorType, webgpu } from '../core/device.ts';
import { RuntimeError } from '../core/errors.ts';
import { checkOptions, refuseSurplus } from '../core/options.ts';
import type { Info } from './info.ts';
import { info } from './info.ts';
import { gpuInUse } from './gpuInUse.ts';
import type { OpenGpu } from './gpuPart.ts';
import { gpuPart } from './gpuPart.ts';

export interface InitOptions {
  /** Opens the GPU. Under Node this takes the package `webgpu`, an optional peer dependency. */
  readonly webgpu?: boolean;
}

let opening: Promise<void> | null = null;

/** A part of its own, fetched by those alone who ask for the GPU. */
async function loadOpen(): Promise<OpenGpu> {
  try {
    return (await import('../backend/webgpu/index.ts')).openBackend;
  } catch (cause) {
    throw new RuntimeError(
      "the GPU's part of Flambeau could not be loaded; where nothing may be imported on demand, as in Service Workers, "
      + `import 'flambeau/webgpu' beside 'flambeau' (${String(cause)})`, { cause });
  }
}

async function openGpu(): Promise<void> {
  if (backendsOf(acceleratorType).some(({ available }) => available)) return;
  const open = gpuPart.open ?? await loadOpen();
  const { backend, gpu } = await open(webgpu(0));
  serve(webgpu(0), backend);
  gpuInUse.name = gpu.name;
}

/**
 * Opens what takes waiting for: the GPU, with `{ webgpu: true }`. The CPU needs no initialisation. Throws an error that says what to
 * install or enable where there is no GPU, and opens a lost one anew. Calling it again is harmless. The GPU's code is imported on
 * demand; where that is not allowed, as in Service Workers, `import 'flambeau/webgpu'` brings it with the program.
 * @example
 * await flambeau.init();
 * flambeau.info().gpu; // → null
 */
export async function init(options: InitOptions = {}, ...surplus: readonly never[]): Promise<Info> {
  refuseSurplus('init', 0, surplus);
  checkOptions('init', options, ['webgpu']);
  if (options.webgpu) {
    opening ??= openGpu().finally(() => {
      opening = null;
    });
    await opening;
  }
  return info();
}
