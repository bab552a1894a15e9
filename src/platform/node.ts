import { findEngine, mayCollect } from './engine.ts';
import { JobCollector } from './jobCollector.ts';
import { packedBinaries } from './packed.ts';
import type { Platform } from './platform.ts';
import { usualBudget } from './platform.ts';

/** Node, Deno and Bun: the kernels are read from the package, and the engine is asked to collect. */

/** Where the build puts what has this module in it, and the modules of kernels beside it. */
const here = '/dist/node/';
const kernels = '/dist/wasm/';

/** A module of the package; null where the program was bundled, or may not read files. */
function readModule(name: string): Uint8Array<ArrayBuffer> | null {
  try {
    const end = import.meta.url.lastIndexOf(here);
    if (end < 0) return null;
    const { readFileSync } = process.getBuiltinModule('node:fs');
    return new Uint8Array(readFileSync(new URL(`${import.meta.url.slice(0, end)}${kernels}${name}.wasm`)));
  } catch {
    return null;
  }
}

export const platform: Platform = {
  binaries: {
    kernels: () => readModule('kernels') ?? packedBinaries.kernels(),
    fma: (relaxedSimd) => readModule(relaxedSimd ? 'fmaRelaxed' : 'fma') ?? packedBinaries.fma(relaxedSimd),
    part: readModule,
  },
  budget: usualBudget,
  collector: mayCollect() ? new JobCollector(findEngine) : null,
};
