/** What the benchmark uses of tfjs; its builds for Node lack the gradients. */
import '@tensorflow/tfjs-core/dist/register_all_gradients';
import '@tensorflow/tfjs-backend-webgpu';
export * from '@tensorflow/tfjs-core';
