import type { Backend } from '../../src/backend/backend.ts';
import type { KernelName } from '../../src/backend/kernels.ts';
import type { ArgReduction, Reduction, Scan } from '../../src/backend/families.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import type { Found } from '../../src/ops/indexing/kernels.ts';
import '../../src/ops/indexing.ts';
import '../../src/ops/matmul.ts';
import '../../src/ops/reduce.ts';
import type { Operands, StructuralOp } from '../../src/ops/registry/op.ts';
import { structuralOps } from '../../src/ops/registry/op.ts';
import { kernelOf, launch } from '../../src/ops/registry/run.ts';
import '../../src/ops/sort.ts';

/** Kernels of one backend, called as the ops' runner calls them. */

export function runKernel(
  backend: Backend, name: KernelName, operands: Operands, params: unknown, results: readonly StridedArray[],
): void {
  const op = structuralOps.get(name) as StructuralOp;
  const kernel = kernelOf(backend, op);
  if (typeof kernel !== 'function') throw new Error(`${backend.name} has no kernel ${name}`);
  launch(op, backend, kernel, operands, params, results);
}

/** The same by what their results are. */
export const kernelsOf = (backend: Backend) => ({
  reduce: (kind: Reduction, x: StridedArray, axes: readonly number[], out: StridedArray): void =>
    runKernel(backend, kind, [x], { axes, keepdims: false }, [out]),
  argReduce: (kind: ArgReduction, x: StridedArray, axis: number, out: StridedArray): void =>
    runKernel(backend, kind, [x], { axis, keepdims: false }, [out]),
  scan: (kind: Scan, x: StridedArray, axis: number, out: StridedArray): void => runKernel(backend, kind, [x], { axis }, [out]),
  sort: (x: StridedArray, values: StridedArray | null, indices: StridedArray | null, descending: boolean): void => runKernel(
    backend, values === null ? 'argsort' : indices === null ? 'sortedValues' : 'sort', [x],
    { axis: Math.max(x.geometry.shape.length - 1, 0), descending }, [values, indices].filter((result) => result !== null)),
  gather: (table: StridedArray, positions: StridedArray, out: StridedArray): void =>
    runKernel(backend, 'gatherRows', [table, positions], null, [out]),
  scatter: (target: StridedArray, positions: StridedArray, values: StridedArray, accumulate: boolean): void =>
    runKernel(backend, 'scatterRows', [positions, values], { accumulate }, [target]),
  matmul: (a: StridedArray, b: StridedArray, out: StridedArray): void => runKernel(backend, 'matmul', [a, b], null, [out]),
  nonzero: (x: StridedArray): Found => (backend.kernels.nonzero as (x: StridedArray) => Found)(x),
});
