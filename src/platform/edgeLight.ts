// Files of the package beside this one once it is built.
import fma from '../../wasm/fma.wasm?module';
import kernels from '../../wasm/kernels.wasm?module';
import type { Platform } from './platform.ts';
import { isolateBudget } from './platform.ts';

/** As for Workers, in the spelling of edge runtimes, and without relaxed SIMD, which not all of them are known to have. */
export const platform: Platform = {
  binaries: { kernels: () => kernels, fma: () => fma, part: () => null }, budget: isolateBudget, collector: null,
};
