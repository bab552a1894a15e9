import type { Rule } from '../../autograd/node.ts';
import type { DType } from '../../core/dtype.ts';
import type { PointwiseKernel } from '../../core/pointwise.ts';

/** A pointwise op as the rest of the ops sees it, made from its row. */
export interface PointwiseOp extends PointwiseKernel {
  readonly gradName: string;
  /** Per operand the names that its rule needs. */
  readonly saves: readonly (readonly string[])[];
  readonly rules: readonly (Rule<never> | null)[];
  /** Per operand the kernel of its gradient, where the row gave its slope. */
  readonly slopes: readonly (PointwiseOp | null)[];
  readonly differentiable: boolean;
  readonly floatResult: boolean;
  supports(dtype: DType): boolean;
}
