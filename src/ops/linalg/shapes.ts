import type { DType } from '../../core/dtype.ts';
import { complex128, complex64, float32, float64 } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';

/** What the ops of linear algebra have in common: arrays of matrices, whose leading axes are batches. */

export const inexact: readonly DType[] = [float32, float64, complex64, complex128];

export type Matrices = readonly [StridedArray];

/** Batch axes, rows, columns, and the lesser of the two. */
export function extentsOf({ geometry: { shape } }: StridedArray): {
  readonly batch: readonly number[]; readonly rows: number; readonly columns: number; readonly least: number;
} {
  const [rows, columns] = shape.slice(-2);
  return { batch: shape.slice(0, -2), rows, columns, least: Math.min(rows, columns) };
}
