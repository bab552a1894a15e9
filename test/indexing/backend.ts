import { serve } from '../../src/backend/select.ts';
import { gather, nonzero, scatter } from '../../src/backend/wasm/gather.ts';
import { wasmBackend } from '../../src/backend/wasm/index.ts';
import { toHost } from '../../src/backend/wasm/move.ts';
import { argReduce, reduce } from '../../src/backend/wasm/reduce.ts';
import { scan } from '../../src/backend/wasm/scan.ts';
import { sort } from '../../src/backend/wasm/sort.ts';
import { cpu } from '../../src/core/device.ts';

serve(cpu, { ...wasmBackend, gather, nonzero, scatter, toHost, reduce, argReduce, scan, sort });
