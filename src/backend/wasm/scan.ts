import type { ComplexDType } from '../../core/dtype.ts';
import { componentType, isComplex } from '../../core/dtype.ts';
import { stridedLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import type { Scan } from '../families.ts';
import { mergeAxes } from '../axes.ts';
import type { RowKernel } from './module.ts';
import { plainExports, rowKernel, scratch, tableIndex } from './module.ts';
import type { Fold, RealKernelDType } from './names.ts';
import { elements, foldName, foldOf, kernelDType } from './names.ts';
import { byteStrides } from './planes.ts';
import { writeDescriptor } from './rows.ts';
import { staged } from './staging.ts';

const folds = { cumsum: 'sum', cumprod: 'prod', cummax: 'max', cummin: 'min' } as const satisfies Record<Scan, Fold>;

interface Kernels {
  readonly rows: RowKernel;
  readonly columns: RowKernel;
}

const tables: Readonly<Record<Scan, (Kernels | undefined)[]>> = { cumsum: [], cumprod: [], cummax: [], cummin: [] };

function realKernels(scan: Scan, dtype: RealKernelDType): Kernels {
  const fold = foldOf(folds[scan], dtype);
  return { rows: rowKernel(foldName(fold, 'scanRows', dtype)), columns: rowKernel(foldName(fold, 'scanColumns', dtype)) };
}

function complexKernels(scan: Exclude<Scan, 'cumsum'>, dtype: ComplexDType): Kernels {
  const rows = rowKernel(`${folds[scan]}_scanRows_${elements[dtype.name]}`);
  return { rows, columns: rows };
}

/** Fewer lines are faster one after the other. */
const fewestColumns = 8;

/** Complex numbers as pairs of real ones along one more axis. */
function overComponents({ storage, dtypeCore, geometry: { shape, strides, offset } }: StridedArray): StridedArray {
  const pairs = stridedLayout([...shape, 2], [...strides.map((stride) => stride * 2), 1], offset * 2);
  // An array without axes gets its one element's axis, so that the pairs are not mistaken for it.
  const layout = shape.length > 0 ? pairs : stridedLayout([1, 2], [2, 1], offset * 2);
  return new StridedArray(storage, componentType(dtypeCore), layout);
}

/** Running results along `axis`, each from the one before in the dtype itself. */
export function scan(kind: Scan, input: StridedArray, axis: number, out: StridedArray): void {
  if (out.geometry.size === 0) return;
  const dtype = kernelDType(input);
  const table = tables[kind];
  if (!isComplex(dtype)) {
    runLines(table[dtype.code] ??= realKernels(kind, dtype), input, axis, out);
  } else if (kind === 'cumsum') {
    scan(kind, overComponents(input), axis, overComponents(out));
  } else {
    runLines(table[dtype.code] ??= complexKernels(kind, dtype), input, axis, out);
  }
}

/** All lines along `axis`, whichever way round they lie. */
function runLines(kernels: Kernels, input: StridedArray, axis: number, out: StridedArray): void {
  const { shape } = out.geometry;
  const x = byteStrides(input);
  const to = byteStrides(out);
  const along = { n: shape[axis] ?? 1, x: x[axis] ?? 0, out: to[axis] ?? 0 };
  const others = shape.map((_, i) => i).filter((i) => i !== axis)
    .sort((a, b) => Math.abs(to[b]) - Math.abs(to[a]) || a - b);
  const pick = (values: readonly number[]): number[] => others.map((i) => values[i]);
  const merged = mergeAxes({ shape: pick(shape), strides: [pick(x), pick(to)] });
  const last = merged.shape.length - 1;
  const line = last < 0 ? { m: 1, x: 0, out: 0 }
    : { m: merged.shape[last], x: merged.strides[0][last], out: merged.strides[1][last] };
  const kernel = line.m >= fewestColumns && Math.abs(line.out) < Math.abs(along.out) ? kernels.columns : kernels.rows;
  staged((stage) => {
    const from = stage.address(input);
    const result = stage.address(out, 'write');
    if (last <= 0) {
      kernel(from, along.x, result, along.out, along.n, line.m, line.x, line.out);
      return;
    }
    writeDescriptor(merged.shape, merged.strides, last);
    plainExports().scanOver(
      tableIndex(kernel), from, along.x, result, along.out, along.n, line.m, line.x, line.out, scratch.descriptor);
  });
}
