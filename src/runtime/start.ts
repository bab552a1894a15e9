import { present } from '../backend/wasm/present.ts';
import { serve } from '../backend/select.ts';

/** For programs that run the sources: in the package the CPU's backend is there already. */
for (const [device, backend] of present) serve(device, backend);
