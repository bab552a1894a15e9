import { contiguousLayout } from '../../core/layout.ts';
import type { StridedArray } from '../../core/strided.ts';
import { copyInto, emptyLike, fillInto } from '../dispatch.ts';
import { sliceAxis } from '../movement.ts';
import { structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';

/** Elements of one value around arrays. */

/** How many are added before and after, for each axis; fewer than none take away as many. */
export type Widths = readonly (readonly [before: number, after: number])[];

interface PaddingParams {
  readonly widths: Widths;
  readonly value: number;
}

const paddedShape = ({ geometry: { shape } }: StridedArray, { widths }: PaddingParams): number[] =>
  shape.map((extent, axis) => extent + widths[axis][0] + widths[axis][1]);

const padOp = structural({
  name: 'padConstant', args: ['x'], moves: true,
  results: ([x]: readonly [StridedArray], params: PaddingParams) => [{ shape: paddedShape(x, params), dtype: x.dtypeCore }],
  composite: ([x], params) => {
    const out = emptyLike(x, contiguousLayout(paddedShape(x, params)));
    fillInto(out, params.value);
    let [source, target] = [x, out];
    params.widths.forEach(([before, after], axis) => {
      const count = Math.max(x.geometry.shape[axis] + Math.min(before, 0) + Math.min(after, 0), 0);
      source = sliceAxis(source, axis, Math.max(-before, 0), count);
      target = sliceAxis(target, axis, Math.max(before, 0), count);
    });
    copyInto(source, target);
    return [out];
  },
  vjp: { x: (g, _, { widths }) => padConstant(g, widths.map(([before, after]) => [0 - before, 0 - after]), 0) },
  gradName: 'ConstantPadNdBackward0',
});

/** The array with `value` around it. */
export function padConstant<A extends StridedArray>(x: A, widths: Widths, value: number): A {
  return run(padOp, [x], { widths, value })[0];
}
