import type { DType } from '../../core/dtype.ts';
import { bool, uint16, uint32, uint64 } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { cTypeName, scalarTypeName } from '../dtypes/dtypes.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** What products ask of their operands' dtypes. */

/** PyTorch multiplies no matrices of bools and of the wider unsigned integers. */
export function checkKind(kernel: string, type: DType): void {
  if (type === bool || type === uint16 || type === uint32 || type === uint64) {
    throw new NotImplementedError(`"${kernel}" not implemented for '${scalarTypeName(type)}'`);
  }
}

export function checkSame(a: Tensor, b: Tensor): void {
  if (a.dtypeCore !== b.dtypeCore) {
    throw new RuntimeError(`expected m1 and m2 to have the same dtype, but got: ${cTypeName(a.dtypeCore)} != ${cTypeName(b.dtypeCore)}`);
  }
  checkKind('addmm_impl_cpu_', a.dtypeCore);
}

export function checkFound(a: Tensor, b: Tensor): void {
  if (a.dtypeCore !== b.dtypeCore) {
    throw new RuntimeError(`expected scalar type ${scalarTypeName(a.dtypeCore)} but found ${scalarTypeName(b.dtypeCore)}`);
  }
  checkKind('baddbmm_with_gemm', a.dtypeCore);
}
