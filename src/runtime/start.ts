import { serve } from '../backend/select.ts';
import { wasmBackend } from '../backend/wasm/index.ts';
import { cpu } from '../core/device.ts';

/** Every entry point imports this first. Nothing is compiled here: the kernels start with the first operation. */
serve(cpu, wasmBackend);
