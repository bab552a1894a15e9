import './start.ts';
import fma from '../wasm/fmaRelaxed.wasm';
import kernels from '../wasm/kernels.wasm';
import { provideBinaries } from '../backend/wasm/binaries.ts';

/** Workers forbid compiling from bytes inside a request, so the modules are imported statically; the build puts them there. */
provideBinaries({ kernels: () => kernels, fma: () => fma });
