import type { DType } from '../../core/dtype.ts';
import { componentType, isComplex } from '../../core/dtype.ts';
import { stridedLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import type { Scan } from '../families.ts';
import { mergeAxes } from '../axes.ts';
import type { Fold } from './foldNames.ts';
import { foldElement, foldOf } from './foldNames.ts';
import type { RowKernel } from './module.ts';
import { plainExports, rowKernel, scratch, tableIndex } from './module.ts';
import { byteStrides } from './planes.ts';
import { writeDescriptor } from './rows.ts';
import { staged } from './staging.ts';

const folds: Readonly<Record<Scan, Fold>> = { cumsum: 'sum', cumprod: 'prod', cummax: 'max', cummin: 'min' };

interface Kernels {
  readonly rows: RowKernel;
  readonly columns: RowKernel;
}

const tables: Readonly<Record<Scan, (Kernels | undefined)[]>> = { cumsum: [], cumprod: [], cummax: [], cummin: [] };

function kernelsOf(scan: Scan, dtype: DType): Kernels {
  const fold = foldOf(folds[scan], dtype);
  const element = foldElement(fold, dtype);
  const rows = rowKernel(`${fold}_scanRows_${element}`);
  return { rows, columns: isComplex(dtype) ? rows : rowKernel(`${fold}_scanColumns_${element}`) };
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
  const { shape, size } = out.geometry;
  if (size === 0) return;
  const dtype = input.dtypeCore;
  if (kind === 'cumsum' && isComplex(dtype)) {
    scan(kind, overComponents(input), axis, overComponents(out));
    return;
  }
  const kernels = (tables[kind][dtype.code] ??= kernelsOf(kind, dtype));
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
    const result = stage.address(out, true);
    if (last <= 0) {
      kernel(from, along.x, result, along.out, along.n, line.m, line.x, line.out);
      return;
    }
    writeDescriptor(merged.shape, merged.strides, last);
    plainExports().scanOver(
      tableIndex(kernel), from, along.x, result, along.out, along.n, line.m, line.x, line.out, scratch.descriptor);
  });
}
