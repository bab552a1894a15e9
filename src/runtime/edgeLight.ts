import './start.ts';
import fma from '../wasm/fma.wasm?module';
import kernels from '../wasm/kernels.wasm?module';
import { pool } from '../backend/cpu/pool.ts';
import { provideBinaries } from '../backend/wasm/binaries.ts';

/** As for Workers, in the spelling of edge runtimes, and without relaxed SIMD, which not all of them are known to have. */
provideBinaries({ kernels: () => kernels, fma: () => fma });

/** An isolate has 128 MB for everything. */
pool.budget = 48 * 2 ** 20;
