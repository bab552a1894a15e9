import * as standIns from '../backend/parts.ts';
import { present } from '../backend/wasm/present.ts';
import { serve } from '../backend/select.ts';
import * as parts from '../generated/wasmParts.ts';

/** For programs that run the sources: in the package the CPU's backend and its parts are there already. */
for (const [device, backend] of present) serve(device, backend);
const byName: Readonly<Record<string, object>> = standIns;
for (const [name, part] of Object.entries(parts)) Object.assign(byName[name], part);
