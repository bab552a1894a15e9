// Files of the package beside this one once it is built.
import fma from '../../wasm/fmaRelaxed.wasm';
import kernels from '../../wasm/kernels.wasm';
import type { Platform } from './platform.ts';
import { isolateBudget } from './platform.ts';

/** Workers forbid compiling from bytes inside a request, so the modules are imported statically. */
export const platform: Platform = {
  binaries: { kernels: () => kernels, fma: () => fma, part: () => null }, budget: isolateBudget, collector: null,
};
