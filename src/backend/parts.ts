import type { Kernels } from './kernels.ts';

/**
 * The CPU's kernels that come with the ops that name them: programs without the ops go without them. As with `present.ts`, the sources
 * have none until `runtime/start.ts` is imported, and in the package what the build made of the folders in `wasm/kernels` stands here.
 */

/** Kernels under their ops' names. */
export type KernelPart = Partial<Kernels>;

/** Fourier transforms. */
export const fft: KernelPart = {};
/** Convolutions and poolings. */
export const convolutions: KernelPart = {};
/** Decompositions of matrices. */
export const linalg: KernelPart = {};
/** The same without their module, for what calls them only in programs that have it. */
export const fftKernels: KernelPart = {};
export const convolutionsKernels: KernelPart = {};
export const linalgKernels: KernelPart = {};
