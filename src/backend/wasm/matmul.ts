import { broadcastLayout } from '../../core/layout.ts';
import type { StridedArray } from '../../core/strided.ts';
import { fusedExports } from './module.ts';
import type { KernelDType } from './names.ts';
import { elements, kernelDType } from './names.ts';
import { staged } from './staging.ts';

interface Gemm {
  readonly multiply: (...args: number[]) => void;
  readonly workspace: (m: number, n: number, k: number) => number;
}

const gemms: (Gemm | undefined)[] = [];

function gemmOf(dtype: KernelDType): Gemm {
  const element = dtype.kind === 'bool' ? 'bool' : elements[dtype.name];
  const exports = fusedExports();
  return { multiply: exports[`gemm_${element}`], workspace: exports[`gemmWorkspace_${element}`] };
}

/** The byte stride along an axis counted from the last one, -1. */
const stride = ({ geometry: { strides }, dtypeCore: { itemsize } }: StridedArray, axis: number): number =>
  strides[strides.length + axis] * itemsize;

/** Calls `body` with the byte offsets of the operands' matrices, for each position of the result's batch axes. */
function overBatches(arrays: readonly StridedArray[], batch: readonly number[], body: (offsets: readonly number[]) => void): void {
  const steps = arrays.map(({ geometry, dtypeCore: { itemsize } }) =>
    broadcastLayout(geometry, [...batch, ...geometry.shape.slice(-2)]).strides.map((each) => each * itemsize));
  const offsets = arrays.map(() => 0);
  const counter = batch.map(() => 0);
  for (;;) {
    body(offsets);
    let axis = batch.length - 1;
    for (; axis >= 0; axis--) {
      if (++counter[axis] < batch[axis]) {
        steps.forEach((step, i) => { offsets[i] += step[axis]; });
        break;
      }
      steps.forEach((step, i) => { offsets[i] -= step[axis] * (batch[axis] - 1); });
      counter[axis] = 0;
    }
    if (axis < 0) return;
  }
}

/** One product per element of the batch axes, any strides: packing absorbs them. */
export function matmul(a: StridedArray, b: StridedArray, out: StridedArray): void {
  const { size, shape } = out.geometry;
  if (size === 0) return;
  const dtype = kernelDType(out);
  const { multiply, workspace } = (gemms[dtype.code] ??= gemmOf(dtype));
  const axes = shape.length;
  const [m, n, k] = [shape[axes - 2], shape[axes - 1], a.geometry.shape[a.geometry.shape.length - 1]];
  staged((stage) => {
    const [x, y, to] = [stage.address(a), stage.address(b), stage.address(out, 'write')];
    const bytes = workspace(m, n, k);
    const space = bytes > 0 ? stage.workspace(bytes) : 0;
    const run = (ofX: number, ofY: number, ofOut: number): void => multiply(
      m, n, k, x + ofX, stride(a, -2), stride(a, -1), y + ofY, stride(b, -2), stride(b, -1),
      to + ofOut, stride(out, -2), stride(out, -1), space);
    if (axes === 2) run(0, 0, 0);
    else overBatches([a, b, out], shape.slice(0, -2), ([ofX, ofY, ofOut]) => run(ofX, ofY, ofOut));
  });
}
