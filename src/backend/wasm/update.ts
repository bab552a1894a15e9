import type { StridedArray } from '../../core/strided.ts';
import { rowKernel } from './module.ts';
import type { KernelDType } from './names.ts';
import { kernelDType } from './names.ts';
import { scalarAddress } from './pointwise.ts';
import { callRow, lane, runRows } from './rows.ts';
import { staged } from './staging.ts';

/** Last steps of kernels that compute in their result's memory: pointwise loops from it to itself. */

/** out += operand, broadcast. */
export function addTo(out: StridedArray, operand: StridedArray): void {
  const dtype = kernelDType(out);
  staged((stage) => {
    const own = lane(stage.address(out, 'update'), out.geometry, dtype);
    runRows(rowKernel(`add_${dtype.name}`), out.geometry.shape, [own, lane(stage.address(operand), operand.geometry, dtype), own]);
  });
}

type Inexact = KernelDType & { readonly kind: 'float' | 'complex' };

/** out /= divisor, of floats or complex numbers without gaps. */
export function divideBy(out: StridedArray, divisor: number): void {
  const dtype = kernelDType(out) as Inexact;
  const { itemsize } = dtype;
  staged((stage) => {
    const address = stage.address(out, 'update');
    const row = [address, itemsize, scalarAddress(1, dtype, divisor), 0, address, itemsize, out.geometry.size];
    callRow(rowKernel(`div_${dtype.name}`), 2, row);
  });
}
