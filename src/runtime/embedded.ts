import './start.ts';
import { provideBinaries } from '../backend/wasm/binaries.ts';
import { packedBinaries } from './packed.ts';

/** Brings the kernels along. */
provideBinaries(packedBinaries);
