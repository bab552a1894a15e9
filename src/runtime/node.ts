import './start.ts';
import { provideCollector } from '../backend/garbage.ts';
import { provideBinaries } from '../backend/wasm/binaries.ts';
import { JobCollector } from './collector.ts';
import { findEngine, mayCollect } from './engine.ts';
import { packedBinaries } from './packed.ts';

/** Node, Deno and Bun: the kernels are read from the package, and the engine is asked to collect. */

const file = 'runtime/node.js';

/** A module of the package; null where the program was bundled, or may not read files. */
function readModule(name: string): Uint8Array<ArrayBuffer> | null {
  try {
    if (!import.meta.url.endsWith(file)) return null;
    const { readFileSync } = process.getBuiltinModule('node:fs');
    return new Uint8Array(readFileSync(new URL(`../wasm/${name}.wasm`, import.meta.url)));
  } catch {
    return null;
  }
}

provideBinaries({
  kernels: () => readModule('kernels') ?? packedBinaries.kernels(),
  fma: (relaxedSimd) => readModule(relaxedSimd ? 'fmaRelaxed' : 'fma') ?? packedBinaries.fma(relaxedSimd),
});

if (mayCollect()) provideCollector(new JobCollector(findEngine));
