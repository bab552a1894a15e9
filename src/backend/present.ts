import type { Device } from '../core/device.ts';
import type { Backend } from './backend.ts';

/**
 * The backends that are there without being opened. The sources have none until `runtime/start.ts` is imported, since the build loads
 * ops before there is a kernel. In the package `wasm/present.ts` stands here, so that whoever uses an op carries the kernels, and
 * nobody else does.
 */
export const present: readonly (readonly [Device, Backend])[] = [];
