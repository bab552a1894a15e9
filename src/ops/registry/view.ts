import { recordView } from '../../autograd/tape.ts';
import type { DType } from '../../core/dtype.ts';
import type { Layout } from '../../core/layout.ts';
import type { StridedArray } from '../../core/strided.ts';
import { viewOf } from '../../core/strided.ts';
import { listener, reported } from './listener.ts';
import { gradNameOf, register } from './op.ts';

/** Ops that only show the same memory differently. */

export interface ViewRow<Params> {
  readonly name: string;
  /** Where the result's elements lie. */
  readonly layout: (from: Layout, params: Params) => Layout;
  /** The result's dtype; the array's own, unless said. */
  readonly dtype?: (dtype: DType) => DType;
  /** The adjoint: from the view's gradient that of the array, which lies `from`. */
  readonly vjp: (g: StridedArray, from: Layout, params: Params) => StridedArray;
  readonly gradName?: string;
}

/** A view of an array; `gradName` stands for the op's own name in `grad_fn`. */
export type View<Params> = <A extends StridedArray>(x: A, params: Params, gradName?: string) => A;

export function view<Params>(row: ViewRow<Params>): View<Params> {
  const { name, layout, vjp } = row;
  const ownName = row.gradName ?? gradNameOf(name);
  const unrecorded = <A extends StridedArray>(x: A, params: Params): A =>
    viewOf(x, layout(x.geometry, params), row.dtype?.(x.dtypeCore));
  const show: View<Params> = (x, params, gradName = ownName) => {
    const out = listener === null ? unrecorded(x, params) : reported(name, [x], params, () => [unrecorded(x, params)])[0];
    const { geometry } = x;
    return recordView(out, gradName, x, (g) => vjp(g, geometry, params));
  };
  return register({ name, differentiable: 1, show }).show;
}
