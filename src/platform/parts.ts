/**
 * Modules of kernels that come with the ops that use them, each in a folder of its name in `wasm`: in AssemblyScript, or built already.
 */
export const partNames = ['convolutions', 'fft', 'linalg'] as const;
export type PartName = (typeof partNames)[number];
