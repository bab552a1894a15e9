import { contiguousLayout } from '../../core/layout.ts';
import type { StridedArray } from '../../core/strided.ts';
import { emptyLike, fillInto } from '../dispatch.ts';
import { clone, permute, reshapeTo, sliceAxis } from '../movement.ts';
import { add } from '../pointwise/arithmetic.ts';
import { logicalOr } from '../pointwise/comparison.ts';
import { structural } from '../registry/op.ts';
import { run } from '../registry/run.ts';
import { selectAxis, slidingWindows } from '../views.ts';
import { padConstant } from './padding.ts';

/** Windows of images as columns: (N, C, H, W) and (N, C · window, windows), one the adjoint of the other. */

/** Each for rows and columns. */
export interface Windows {
  readonly kernel: readonly number[];
  readonly dilation: readonly number[];
  readonly padding: readonly number[];
  readonly stride: readonly number[];
}

interface FoldParams extends Windows {
  readonly size: readonly number[];
}

type One = readonly [StridedArray];

/** How many windows there are along each axis of an image. */
export const windowCounts = (size: readonly number[], { kernel, dilation, padding, stride }: Windows): number[] =>
  size.map((extent, i) => Math.floor((extent + 2 * padding[i] - dilation[i] * (kernel[i] - 1) - 1) / stride[i]) + 1);

const product = (numbers: readonly number[]): number => numbers.reduce((total, each) => total * each, 1);

const unfoldOp = structural({
  name: 'unfoldWindows', args: ['x'], moves: true,
  results: ([{ geometry: { shape: [batch, channels, ...size] }, dtypeCore }]: One, windows: Windows) =>
    [{ shape: [batch, channels * product(windows.kernel), product(windowCounts(size, windows))], dtype: dtypeCore }],
  composite: ([x], { kernel, dilation, padding, stride }) => {
    let view = padConstant(x, [[0, 0], [0, 0], ...padding.map((each) => [each, each] as const)], 0);
    kernel.forEach((extent, i) => {
      view = slidingWindows(view, 2 + i, dilation[i] * (extent - 1) + 1, stride[i]);
      view = sliceAxis(view, 4 + i, 0, extent, dilation[i]);
    });
    const { shape: [batch, channels, rows, columns] } = view.geometry;
    return [reshapeTo(clone(permute(view, [0, 1, 4, 5, 2, 3])), [batch, channels * product(kernel), rows * columns])];
  },
  vjp: { x: (g, { shapes: [[, , ...size]] }, windows) => foldWindows(g, size, windows) },
  gradName: 'Im2ColBackward0',
});

const foldOp = structural({
  name: 'foldWindows', args: ['columns'],
  results: ([{ geometry: { shape: [batch, rows] }, dtypeCore }]: One, { size, kernel }: FoldParams) =>
    [{ shape: [batch, rows / product(kernel), ...size], dtype: dtypeCore }],
  composite: ([columns], { size, ...windows }) => {
    const { kernel, dilation, padding, stride } = windows;
    const [batch, rows] = columns.geometry.shape;
    const counts = windowCounts(size, windows);
    const channels = rows / product(kernel);
    const apart = reshapeTo(columns, [batch, channels, ...kernel, ...counts]);
    const out = emptyLike(columns, contiguousLayout([batch, channels, ...size.map((extent, i) => extent + 2 * padding[i])]));
    fillInto(out, 0);
    // Booleans add as logic does.
    const join = columns.dtypeCore.kind === 'bool' ? logicalOr : add;
    for (let i = 0; i < kernel[0]; i++) {
      for (let k = 0; k < kernel[1]; k++) {
        const part = selectAxis(selectAxis(apart, 2, i), 2, k);
        const place = [i, k].reduce((view, at, axis) =>
          sliceAxis(view, 2 + axis, at * dilation[axis], counts[axis], stride[axis]), out);
        join(place, part, place);
      }
    }
    return [padConstant(out, [[0, 0], [0, 0], ...padding.map((each) => [-each, -each] as const)], 0)];
  },
  vjp: { columns: (g, _, { size: _size, ...windows }) => unfoldWindows(g, windows) },
  gradName: 'Col2ImBackward0',
});

/** (N, C, H, W) as columns, a window in each. */
export function unfoldWindows<A extends StridedArray>(x: A, windows: Windows): A {
  return run(unfoldOp, [x], windows)[0];
}

/** Columns added up to images of `size`, each where its window was. */
export function foldWindows<A extends StridedArray>(columns: A, size: readonly number[], windows: Windows): A {
  return run(foldOp, [columns], { ...windows, size })[0];
}
