import { ValueError } from '../../core/errors.ts';
import { contiguousStrides, sizeOf, stridedLayout } from '../../core/layout.ts';
import { asStrided, normalizeAxis } from '../../ops/movement.ts';
import { slidingWindows } from '../../ops/views.ts';
import { routine, shape as shapeOf } from '../arguments/routine.ts';
import { asArray } from '../ndarray/conversion.ts';
import { frozen } from '../ndarray/flags.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';

/** Views by shapes and strides: numpy.lib.stride_tricks. */

/**
 * A view of an array's memory under any shape and strides, which are in bytes. Throws a ValueError for one that would leave the memory.
 * Source: numpy.lib.stride_tricks.as_strided.
 * @example
 * np.lib.stride_tricks.as_strided(np.arange(5), [3, 2], [8, 8]) // → [[0 1]
 *                                                               //    [1 2]
 *                                                               //    [2 3]]
 */
export const as_strided = routine('lib.stride_tricks.as_strided', 'x, shape=None, strides: iterable=None, subok=False, writeable=True', (
  x: ArrayLike, shape?: readonly number[] | null, strides?: readonly number[] | null, _subok?: boolean, writeable: boolean = true,
): ndarray => {
  const given = asArray(x);
  const { geometry, itemsize, storage } = given;
  const extents = shape ?? given.shape;
  const steps = strides?.map((each) => each / itemsize) ?? (given.flags.c_contiguous ? contiguousStrides(extents) : geometry.strides);
  if (steps.length !== extents.length) throw new ValueError('mismatch in length of strides and shape');
  if (!steps.every(Number.isInteger)) throw new ValueError(`strides must be multiples of ${itemsize}, the size of an element`);
  const layout = stridedLayout(extents, steps, geometry.offset);
  const [low, high] = layout.range;
  if (sizeOf(extents) > 0 && (low < 0 || (high + 1) * itemsize > storage.byteLength)) {
    throw new ValueError('strides is not compatible with shape of requested array and size of buffer');
  }
  const view = asStrided<ndarray>(given, layout);
  return writeable ? view : frozen(view);
});

/**
 * Every window of a shape in an array, as a view whose last axes are those of the window: read-only unless `writeable`.
 * Source: numpy.lib.stride_tricks.sliding_window_view.
 * @example
 * np.lib.stride_tricks.sliding_window_view(np.arange(5), 3) // → [[0 1 2]
 *                                                           //    [1 2 3]
 *                                                           //    [2 3 4]]
 */
export const sliding_window_view = routine('lib.stride_tricks.sliding_window_view', [
  'x, window_shape: ints, axis=None, *', 'subok=False, writeable=False',
], (
  x: ArrayLike, window_shape: number | readonly number[], axis?: number | readonly number[] | null, _subok?: boolean,
  writeable: boolean = false,
): ndarray => {
  const given = asArray(x);
  const sizes = shapeOf(window_shape);
  if (sizes.some((size) => size < 0)) throw new ValueError('`window_shape` cannot contain negative values');
  const named = axis !== undefined && axis !== null;
  const axes = named ? ([axis].flat() as number[]).map((each) => normalizeAxis(each, given.ndim)) : given.shape.map((_, i) => i);
  if (sizes.length !== axes.length) {
    throw new ValueError(named
      ? `Must provide matching length window_shape and axis; got ${sizes.length} window_shape elements and ${axes.length} axes elements.`
      : `Since axis is \`None\`, must provide window_shape for all dimensions of \`x\`; got ${sizes.length} window_shape elements and `
        + `\`x.ndim\` is ${given.ndim}.`);
  }
  const view = sizes.reduce((windows, size, i) => {
    if (windows.shape[axes[i]] < size) throw new ValueError('window shape cannot be larger than input array shape');
    return slidingWindows<ndarray>(windows, axes[i], size, 1);
  }, given);
  return writeable ? view : frozen(view);
});
