import { requestTurbo } from './backend/wasm/turbo.ts';

/**
 * `import 'flambeau/turbo'` before the first operation asks for V8's experimental 256-bit code in matrix products (Node 22 or
 * later on x64; elsewhere nothing changes). `info()` says whether it is on. The environment variable FLAMBEAU_TURBO=1 does the same.
 */
requestTurbo();
