import '@tensorflow/tfjs-core/dist/register_all_gradients';

/** What the comparison uses of tfjs, as one file. */
export * from '@tensorflow/tfjs-core';
export { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
