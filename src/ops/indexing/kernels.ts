import type { Kernel } from '../../backend/kernels.ts';
import { backendOf } from '../../backend/select.ts';
import type { Storage } from '../../core/storage.ts';
import type { StridedArray } from '../../core/strided.ts';
import { register, structural } from '../registry/op.ts';
import { reported } from '../registry/listener.ts';
import { kernelOf, runInto } from '../registry/run.ts';

/** What devices do with rows that are found by their numbers. All that indexes stands on it, and records in its own terms. */

interface ScatterParams {
  readonly accumulate: boolean;
}

/** Where elements are not zero: row-major flat positions as a fresh int64 storage, and their number. */
export interface Found {
  readonly storage: Storage;
  readonly count: number;
}

declare module '../../backend/kernels.ts' {
  interface Kernels {
    /**
     * out[i..., :] = table[positions[i...], :]. The table is (n, ...row), positions int64 of any shape with values in 0..n-1, the
     * result (...positions.shape, ...row).
     */
    gatherRows: Kernel;
    /** target[positions[i...], :] = values[i..., :], or += where `accumulate`; later positions win. The result is the target. */
    scatterRows: Kernel<ScatterParams>;
    /** Its result's shape is not known before, so it makes the result itself. */
    nonzero: (x: StridedArray) => Found;
  }
}

const gatherOp = structural({
  name: 'gatherRows', args: ['table', 'positions'], apart: ['positions'], moves: true,
  results: ([table, positions]: readonly [StridedArray, StridedArray], _: null) =>
    [{ shape: [...positions.geometry.shape, ...table.geometry.shape.slice(1)], dtype: table.dtypeCore }],
  vjp: null,
});

const scatterOp = structural({
  name: 'scatterRows', args: ['positions', 'values'], apart: ['positions'], moves: true,
  results: ([, values]: readonly [StridedArray, StridedArray], _: ScatterParams) =>
    [{ shape: values.geometry.shape, dtype: values.dtypeCore }],
  vjp: null,
});

const nonzeroOp = register({ name: 'nonzero', differentiable: 0 });

/** Fills `out` with the rows of a table that `positions` numbers. */
export function gatherInto(table: StridedArray, positions: StridedArray, out: StridedArray): void {
  runInto(gatherOp, [table, positions], null, [out]);
}

/** Overwrites the rows of a target that `positions` numbers, or adds to them. */
export function scatterInto(target: StridedArray, positions: StridedArray, values: StridedArray, accumulate: boolean): void {
  runInto(scatterOp, [positions, values], { accumulate }, [target]);
}

export function findNonzero(x: StridedArray): Found {
  const kernel = kernelOf(backendOf(x.storage.device), nonzeroOp) as unknown as (x: StridedArray) => Found;
  return reported('nonzero', [x], null, () => [kernel(x)] as const)[0];
}

