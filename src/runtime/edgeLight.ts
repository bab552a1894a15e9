import './start.ts';
import fma from '../wasm/fma.wasm?module';
import kernels from '../wasm/kernels.wasm?module';
import { provideBinaries } from '../backend/wasm/binaries.ts';

/** As for Workers, in the spelling of edge runtimes, and without relaxed SIMD, which not all of them are known to have. */
provideBinaries({ kernels: () => kernels, fma: () => fma });
