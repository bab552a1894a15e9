import { componentType, isComplex } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import type { ArgReduction, Reduction } from '../families.ts';
import type { RowKernel } from './module.ts';
import { fill } from './move.ts';
import { plainExports, rowKernel, scratch, tableIndex } from './module.ts';
import type { KernelDType } from './names.ts';
import { elements, foldName, foldOf, kernelDType, truthElement } from './names.ts';
import type { Planes } from './planes.ts';
import { planPlanes } from './planes.ts';
import { writeDescriptor } from './rows.ts';
import { staged } from './staging.ts';

type Kernels = Record<Planes['form'], RowKernel>;
const reductions: Readonly<Record<Reduction, (Kernels | undefined)[]>> = { sum: [], prod: [], min: [], max: [], any: [], all: [] };
const argReductions: Readonly<Record<ArgReduction, (Kernels | undefined)[]>> = { argmin: [], argmax: [] };

function reductionKernels(reduction: Reduction, dtype: KernelDType): Kernels {
  if (reduction === 'any' || reduction === 'all') {
    const element = truthElement(dtype);
    // Across columns of bools there is nothing to stop early for, and the extremes of bytes are vectorised.
    const columns = dtype.kind !== 'bool' ? `${reduction}_columns_${element}` as const
      : reduction === 'any' ? 'max_columns_u8' : 'min_columns_u8';
    return { rows: rowKernel(`${reduction}_rows_${element}`), columns: rowKernel(columns) };
  }
  const fold = foldOf(reduction, dtype);
  if (isComplex(dtype)) {
    const element = elements[dtype.name];
    return { rows: rowKernel(`${fold}_rows_${element}`), columns: rowKernel(`${fold}_columns_${element}`) };
  }
  return { rows: rowKernel(foldName(fold, 'rows', dtype)), columns: rowKernel(foldName(fold, 'columns', dtype)) };
}

/** One call of a kernel at every position of the outer axes. */
function runPlanes(kernel: RowKernel, plan: Planes, x: number, out: number, n: number, last: number): void {
  const { sn, m, sm, so, extents, strides } = plan;
  if (extents.length === 0) {
    kernel(x, n, sn, out, m, sm, so, last);
    return;
  }
  writeDescriptor(extents, strides, extents.length);
  plainExports().reduceOver(tableIndex(kernel), x, n, sn, out, m, sm, so, last, scratch.descriptor);
}

/** Columns of complex numbers that lie side by side are twice as many columns of real numbers. */
function overComponents(plan: Planes, itemsize: number): Planes | null {
  if (plan.form !== 'columns' || plan.sm !== itemsize || plan.so !== itemsize) return null;
  return { ...plan, m: plan.m * 2, sm: itemsize / 2, so: itemsize / 2 };
}

/** The plan without its reduced outer axes. */
function keptAxes(plan: Planes): Planes {
  const kept = plan.extents.map((_, i) => i).filter((i) => plan.strides[1][i] !== 0);
  const pick = (values: readonly number[]): number[] => kept.map((i) => values[i]);
  return { ...plan, extents: pick(plan.extents), strides: [pick(plan.strides[0]), pick(plan.strides[1])] };
}

/** Over `axes` (sorted, distinct). Sums come in NumPy's order, pairwise along the fastest axis. */
export function reduce(asked: Reduction, input: StridedArray, axes: readonly number[], out: StridedArray): void {
  if (out.geometry.size === 0) return;
  const dtype = kernelDType(input);
  // Arithmetic on bool is logic.
  const reduction = dtype.kind === 'bool' && asked === 'sum' ? 'any' : dtype.kind === 'bool' && asked === 'prod' ? 'all' : asked;
  if (input.geometry.size === 0) {
    fill(out, reduction === 'prod' || reduction === 'all' ? 1 : 0);
    return;
  }
  let plan = planPlanes(input, axes, out);
  const components = reduction === 'sum' && isComplex(dtype) ? overComponents(plan, dtype.itemsize) : null;
  const element = components === null ? dtype : componentType(dtype);
  plan = components ?? plan;
  const kernel = (reductions[reduction][element.code] ??= reductionKernels(reduction, element));
  staged((stage) => {
    const x = stage.address(input);
    const to = stage.address(out, 'write');
    if (plan.strides[1].includes(0)) {
      // Results are met more than once: they start as the identity, which a call without elements leaves.
      runPlanes(kernel[plan.form], keptAxes(plan), x, to, 0, 1);
      runPlanes(kernel[plan.form], plan, x, to, plan.n, 0);
    } else {
      runPlanes(kernel[plan.form], plan, x, to, plan.n, 1);
    }
  });
}

function argKernels(reduction: ArgReduction, dtype: KernelDType): Kernels {
  const rows = rowKernel(`${reduction}_rows_${elements[dtype.name]}`);
  return { rows, columns: isComplex(dtype) ? rows : rowKernel(`${reduction}_columns_${elements[dtype.name]}`) };
}

/** Position of the first extreme along `axis`; the first NaN beats all. `axis` is 0 for an array without axes. */
export function argReduce(reduction: ArgReduction, input: StridedArray, axis: number, out: StridedArray): void {
  if (out.geometry.size === 0) return;
  const dtype = kernelDType(input);
  const kernels = (argReductions[reduction][dtype.code] ??= argKernels(reduction, dtype));
  const plan = planPlanes(input, [axis], out);
  staged((stage) => {
    const best = plan.form === 'columns' ? stage.workspace(plan.m * dtype.itemsize) : 0;
    runPlanes(kernels[plan.form], plan, stage.address(input), stage.address(out, 'write'), plan.n, best);
  });
}
