import { isScalar } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import type { Scalar } from '../../core/complex.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { asArray, asOperand } from '../ndarray/conversion.ts';
import { commonDType } from '../dtypes/promotion.ts';

/** Operands of functions that are no ufuncs, under NumPy's promotion. */

/** The dtype that operands have together; numbers are weak. */
export function commonType(values: readonly ArrayLike[]): DType {
  const types: DType[] = [];
  const scalars: Scalar[] = [];
  for (const value of values) {
    const operand = asOperand(value);
    if (isScalar(operand)) scalars.push(operand);
    else types.push(operand.dtypeCore);
  }
  return commonDType(types, scalars);
}

/** The operands as arrays of their common dtype. */
export function promoteAll(values: readonly ArrayLike[]): ndarray[] {
  const operands = values.map(asOperand);
  const common = commonType(operands as readonly ArrayLike[]);
  return operands.map((operand) => asArray(operand, common));
}
