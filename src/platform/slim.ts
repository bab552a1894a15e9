import type { Platform } from './platform.ts';
import { usualBudget } from './platform.ts';

/** Programs that say themselves where the kernels come from. */
export const platform: Platform = { binaries: null, budget: usualBudget, collector: null };
