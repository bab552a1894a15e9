import type { Scalar } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { bool, dtypes, float32, isHalf } from '../../core/dtype.ts';
import type { PointwiseKernel } from '../../core/pointwise.ts';
import { sameShape } from '../../core/layout.ts';
import { partLimits } from '../../core/parts.ts';
import { writeElement } from '../../core/scalar.ts';
import { StridedArray } from '../../core/strided.ts';
import type { PlainExport } from '../../generated/wasmExports.ts';
import type { Operand } from '../backend.ts';
import type { Declined } from '../kernels.ts';
import { declined } from '../kernels.ts';
import { heapView } from '../cpu/heap.ts';
import type { RowKernel } from './module.ts';
import { rowKernel, scratch } from './module.ts';
import type { KernelDType } from './names.ts';
import { pointwiseName } from './names.ts';
import type { Lane } from './rows.ts';
import { callRow, lane, runRows } from './rows.ts';
import { inPieces } from './pieces.ts';
import { isResident, residentAddress, staged } from './staging.ts';
import { withTemporaries } from './temporaries.ts';

const table: (RowKernel | null | undefined)[] = [];

/**
 * An op's kernel, null where none is compiled. The one place whose names the compiler cannot check: an op has its own at run time, in the
 * row that its kernels are written from.
 */
function kernelOf(op: PointwiseKernel, dtype: KernelDType): RowKernel | null {
  const index = op.id * dtypes.length + dtype.code;
  const known = table[index];
  if (known !== undefined) return known;
  return (table[index] = op.compiled.includes(dtype) ? rowKernel(pointwiseName(op, dtype) as PlainExport) : null);
}

/** Writes a scalar where kernels read it as an element that repeats. */
export function scalarAddress(slot: number, dtype: DType, value: Scalar): number {
  const address = scratch.scalars + slot * 16;
  writeElement(heapView(dtype), address / (dtype.itemsize / dtype.components), dtype, value);
  return address;
}

function operandDType(op: PointwiseKernel, index: number, dtype: DType): DType {
  return op.conditions.length > 0 && op.conditions.includes(op.args[index]) ? bool : dtype;
}

const fastRow: number[] = [];

/** One row without any bookkeeping, where every array lies in the heap, contiguous and of the result's shape. */
function runContiguous(
  kernel: RowKernel, op: PointwiseKernel, operands: readonly Operand[], dtype: KernelDType, out: StridedArray,
): boolean {
  if (!out.geometry.contiguous || !isResident(out)) return false;
  const count = operands.length;
  for (let i = 0; i < count; i++) {
    const operand = operands[i];
    if (operand instanceof StridedArray) {
      const { geometry: layout } = operand;
      if (layout !== out.geometry && !(layout.contiguous && sameShape(layout.shape, out.geometry.shape))) return false;
      if (!isResident(operand)) return false;
      fastRow[2 * i] = residentAddress(operand);
      fastRow[2 * i + 1] = operand.dtypeCore.itemsize;
    } else {
      fastRow[2 * i] = scalarAddress(i, operandDType(op, i, dtype), operand);
      fastRow[2 * i + 1] = 0;
    }
  }
  fastRow[2 * count] = residentAddress(out);
  fastRow[2 * count + 1] = out.dtypeCore.itemsize;
  fastRow[2 * count + 2] = out.geometry.size;
  callRow(kernel, count, fastRow);
  return true;
}

/** Half floats are widened, computed in float32 and rounded back. */
function runHalf(op: PointwiseKernel, operands: readonly Operand[], out: StridedArray): void {
  withTemporaries((temporaries) => {
    const wide = operands.map((operand, i) =>
      (operand instanceof StridedArray && operandDType(op, i, float32) === float32
        ? temporaries.converted(operand, float32) : operand));
    temporaries.writing(out, isHalf(out.dtypeCore) ? float32 : out.dtypeCore, (result) => pointwise(op, wide, float32, result));
  });
}

/** Piece by piece where arrays lie beyond the heap, or half floats are widened; false where that is not needed. */
function runPieces(op: PointwiseKernel, operands: readonly Operand[], dtype: DType, out: StridedArray): boolean {
  return inPieces<Operand>(out.geometry.shape, [out, ...operands], isHalf(dtype) ? 4 : 0, ([result, ...parts]) => {
    pointwise(op, parts, dtype, result as StridedArray);
  });
}

export function pointwise(op: PointwiseKernel, operands: readonly Operand[], dtype: DType, out: StridedArray): void | Declined {
  if (out.geometry.size === 0) return;
  if (isHalf(dtype)) {
    if (!op.compiled.includes(float32)) return declined;
    if (out.geometry.size > partLimits.staged / 4 && runPieces(op, operands, dtype, out)) return;
    runHalf(op, operands, out);
    return;
  }
  const kernel = kernelOf(op, dtype);
  if (kernel === null) return declined;
  if (runContiguous(kernel, op, operands, dtype, out) || runPieces(op, operands, dtype, out)) return;
  staged((stage) => {
    const lanes: Lane[] = operands.map((operand, i) => (operand instanceof StridedArray
      ? lane(stage.address(operand), operand.geometry, operand.dtypeCore)
      : lane(scalarAddress(i, operandDType(op, i, dtype), operand), null, operandDType(op, i, dtype))));
    lanes.push(lane(stage.address(out, 'write'), out.geometry, out.dtypeCore));
    runRows(kernel, out.geometry.shape, lanes);
  });
}
