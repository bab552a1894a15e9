import { broadcastLayout } from '../../core/layout.ts';
import type { StridedArray } from '../../core/strided.ts';
import { fusedExports } from './module.ts';
import { elements, kernelDType } from './names.ts';
import { staged } from './staging.ts';


/** One product per element of the batch axes, any strides: packing absorbs them. */
export function matmul(a: StridedArray, b: StridedArray, out: StridedArray): void {
  if (out.geometry.size === 0) return;
  const dtype = kernelDType(out);
  const batch = out.geometry.shape.slice(0, -2);
  const [m, n] = out.geometry.shape.slice(-2);
  const k = a.geometry.shape[a.geometry.shape.length - 1];
  const [layoutA, layoutB, layoutOut] = [a, b, out].map(({ geometry }) =>
    broadcastLayout(geometry, [...batch, ...geometry.shape.slice(-2)]));
  const { itemsize } = dtype;
  const element = dtype.kind === 'bool' ? 'bool' : elements[dtype.name];
  const exports = fusedExports();
  const gemm = exports[`gemm_${element}`];
  staged((stage) => {
    const addresses = [stage.address(a), stage.address(b), stage.address(out, true)];
    const bytes = exports[`gemmWorkspace_${element}`](m, n, k);
    const workspace = bytes > 0 ? stage.workspace(bytes) : 0;
    const matrix = [layoutA, layoutB, layoutOut].map(({ strides }) => strides.slice(-2).map((stride) => stride * itemsize));
    const steps = [layoutA, layoutB, layoutOut].map(({ strides }) => strides.slice(0, -2).map((stride) => stride * itemsize));
    const counter = batch.map(() => 0);
    const [[aRow, aCol], [bRow, bCol], [outRow, outCol]] = matrix;
    for (;;) {
      gemm(m, n, k, addresses[0], aRow, aCol, addresses[1], bRow, bCol, addresses[2], outRow, outCol, workspace);
      let axis = batch.length - 1;
      for (; axis >= 0; axis--) {
        if (++counter[axis] < batch[axis]) {
          for (let i = 0; i < 3; i++) addresses[i] += steps[i][axis];
          break;
        }
        for (let i = 0; i < 3; i++) addresses[i] -= steps[i][axis] * (batch[axis] - 1);
        counter[axis] = 0;
      }
      if (axis < 0) return;
    }
  });
}
