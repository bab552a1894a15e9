import type { StridedArray } from '../core/strided.ts';

/** What a kernel gives back where it leaves the work to the op's composite: for shapes that it is not made for. */
export const declined = Symbol('declined');
export type Declined = typeof declined;

/**
 * Computes an op: from operands to results of the shapes and dtypes that the op has settled, all on one device, in any layouts. An
 * operand that the op may go without is null.
 */
export type Kernel<Params = null, Operands extends readonly (StridedArray | null)[] = readonly StridedArray[]> =
  (operands: Operands, params: Params, results: readonly StridedArray[]) => void | Declined;

/** Signatures of the ops' kernels, under the ops' names. Each op's file merges its own in. */
export interface Kernels {}
export type KernelName = keyof Kernels;

/** Stands for a kernel that comes with a module, which a program may have left out. */
export interface Unloaded {
  /** What has to be imported. */
  readonly module: string;
}

/**
 * What a device has for each name: a kernel, the op's composite in its stead, one that comes with the op's own part, the module that
 * would bring one, or none.
 */
export type KernelTable = { readonly [K in KernelName]: Kernels[K] | 'composite' | 'part' | 'none' | Unloaded };
