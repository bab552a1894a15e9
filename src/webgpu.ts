import { openBackend } from './backend/webgpu/index.ts';
import { gpuPart } from './runtime/gpuPart.ts';

/**
 * `import 'flambeau/webgpu'` makes the GPU's code a part of the program, so that `init({ webgpu: true })` imports nothing on demand:
 * in Service Workers, which may not, and where one file is wanted.
 */
gpuPart.open = openBackend;
