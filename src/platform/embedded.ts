import { packedBinaries } from './packed.ts';
import type { Platform } from './platform.ts';
import { usualBudget } from './platform.ts';

/** Browsers and bundles: the kernels travel along. */
export const platform: Platform = { binaries: packedBinaries, budget: usualBudget, collector: null };
