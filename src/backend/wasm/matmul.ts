import type { DTypeName } from '../../core/dtype.ts';
import { broadcastLayout } from '../../core/layout.ts';
import type { StridedArray } from '../../core/strided.ts';
import { fusedExports } from './module.ts';
import { staged } from './staging.ts';

const suffixes: Readonly<Record<Exclude<DTypeName, 'float16' | 'bfloat16'>, string>> = {
  bool: 'bool', int8: 'i8', int16: 'i16', int32: 'i32', int64: 'i64', uint8: 'u8', uint16: 'u16', uint32: 'u32', uint64: 'u64',
  float32: 'f32', float64: 'f64', complex64: 'c64', complex128: 'c128',
};

/** One product per element of the batch axes, any strides: packing absorbs them. */
export function matmul(a: StridedArray, b: StridedArray, out: StridedArray): void {
  if (out.geometry.size === 0) return;
  const dtype = out.dtypeCore;
  const batch = out.geometry.shape.slice(0, -2);
  const [m, n] = out.geometry.shape.slice(-2);
  const k = a.geometry.shape[a.geometry.shape.length - 1];
  const [layoutA, layoutB, layoutOut] = [a, b, out].map(({ geometry }) =>
    broadcastLayout(geometry, [...batch, ...geometry.shape.slice(-2)]));
  const { itemsize } = dtype;
  const suffix = suffixes[dtype.name as keyof typeof suffixes];
  const exports = fusedExports();
  const gemm = exports[`gemm_${suffix}`];
  staged((stage) => {
    const addresses = [stage.address(a), stage.address(b), stage.address(out, true)];
    const bytes = exports[`gemmWorkspace_${suffix}`](m, n, k);
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
