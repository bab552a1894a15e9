import type { Layout } from '../../core/layout.ts';
import { broadcastLayout } from '../../core/layout.ts';
import type { StridedArray } from '../../core/strided.ts';
import { mergeAxes, visitAxes } from '../axes.ts';
import { rowKernel } from './module.ts';
import { staged } from './staging.ts';

/**
 * Copies in tiles where the input is dense along another axis than the result, as when a transposed array is made
 * contiguous. False where it is not so.
 */
export function copyTransposed(input: StridedArray, out: StridedArray): boolean {
  const { itemsize } = out.dtypeCore;
  if (itemsize === 16 || input.geometry.contiguous || out.geometry.shape.length < 2) return false;
  const inBytes = (layout: Layout): number[] => layout.strides.map((stride) => stride * itemsize);
  const { shape, strides: [from, to] } = mergeAxes({
    shape: out.geometry.shape, strides: [inBytes(broadcastLayout(input.geometry, out.geometry.shape)), inBytes(out.geometry)],
  });
  const row = from.indexOf(itemsize);
  const column = to.indexOf(itemsize);
  if (row < 0 || column < 0 || row === column || from[column] === itemsize) return false;
  const others = shape.map((_, axis) => axis).filter((axis) => axis !== row && axis !== column);
  const along = (values: readonly number[]): number[] => others.map((axis) => values[axis]);
  const kernel = rowKernel(`transpose_${itemsize}`);
  staged((stage) => {
    const addresses = [stage.address(input), stage.address(out, 'write')];
    visitAxes({ shape: along(shape), strides: [along(from), along(to)] }, addresses,
      ([x, target]) => kernel(x, from[column], target, to[row], shape[row], shape[column]));
  });
  return true;
}
