import type { DType } from './dtype.ts';
import type { ComplexExpression, Expression } from './expression.ts';

/** The part of a pointwise op that backends read: what it computes, for which dtypes. */
export interface PointwiseKernel {
  readonly name: string;
  /** Position in the registry; kernel tables are indexed by it. */
  readonly id: number;
  readonly args: readonly string[];
  /** Arguments that are boolean whatever the dtype of the others, as a condition is. */
  readonly conditions: readonly string[];
  /** The dtypes of the computation; half floats are computed in float32. */
  readonly dtypes: readonly DType[];
  /** Those of them that have kernels of their own where kernels are compiled ahead. The rest are put together from other ops there. */
  readonly compiled: readonly DType[];
  /** The result's dtype: the operands' own, bool, or the real type of a complex one. */
  readonly result: 'same' | 'bool' | 'component';
  /** For bool the arguments are logical values and so is the result. */
  readonly expression: (dtype: DType) => Expression | ComplexExpression;
}

export function isComplexExpression(expression: Expression | ComplexExpression): expression is ComplexExpression {
  return 're' in expression;
}
