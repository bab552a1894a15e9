import './start.ts';
import fma from '../wasm/fmaRelaxed.wasm';
import kernels from '../wasm/kernels.wasm';
import { pool } from '../backend/cpu/pool.ts';
import { provideBinaries } from '../backend/wasm/binaries.ts';

/** Workers forbid compiling from bytes inside a request, so the modules are imported statically; the build puts them there. */
provideBinaries({ kernels: () => kernels, fma: () => fma });

/** An isolate has 128 MB for everything. */
pool.budget = 48 * 2 ** 20;
