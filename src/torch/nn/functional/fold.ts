import type { DType } from '../../../core/dtype.ts';
import { isInteger } from '../../../core/dtype.ts';
import { NotImplementedError, RuntimeError, tupleText } from '../../../core/errors.ts';
import { sizeOf } from '../../../core/layout.ts';
import { declare } from '../../../core/signature.ts';
import { squeeze, unsqueeze } from '../../../ops/movement.ts';
import type { Windows } from '../../../ops/spatial/windows.ts';
import { foldWindows, unfoldWindows, windowCounts } from '../../../ops/spatial/windows.ts';
import { listText } from '../../arguments/sizes.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { wrapDimension } from '../../tensor/tensor.ts';
import type { PerDimension } from './interpolation.ts';

/** Windows of images as columns, and back. */

interface Given {
  readonly kernel_size: PerDimension;
  readonly dilation: PerDimension;
  readonly padding: PerDimension;
  readonly stride: PerDimension;
}

function pairOf(name: string, value: PerDimension): readonly number[] {
  if (!Array.isArray(value)) return [value as number, value as number];
  if (value.length !== 2) throw new RuntimeError(`It is expected ${name} equals to 2, but got size ${value.length}`);
  return value;
}

function windowsOf({ kernel_size, dilation, padding, stride }: Given): Windows {
  const windows = {
    kernel: pairOf('kernel_size', kernel_size), dilation: pairOf('dilation', dilation), padding: pairOf('padding', padding),
    stride: pairOf('stride', stride),
  };
  const check = ([rows, columns]: readonly number[], least: number, what: string, name: string): void => {
    if (rows >= least && columns >= least) return;
    throw new RuntimeError(`${what} should be ${least === 0 ? 'non-negative' : 'greater than zero'}, but got ${name}_height: ${rows} `
      + `${name}_width: ${columns}`);
  };
  check(windows.kernel, 1, 'kernel size', 'kernel');
  check(windows.dilation, 1, 'dilation', 'dilation');
  check(windows.padding, 0, 'padding', 'pad');
  check(windows.stride, 1, 'stride', 'stride');
  return windows;
}

function checkElements(kernel: string, type: DType): void {
  if (!isInteger(type)) return;
  throw new NotImplementedError(`"${kernel}" not implemented for '${scalarTypeName(type)}'`);
}

/** Runs on a batch, of one where there is none. */
function batched(input: Tensor, rank: number, name: string, compute: (batch: Tensor) => Tensor): Tensor {
  return input.geometry.shape.length === rank ? compute(input) : squeeze(compute(unsqueeze(input, 0)), [0], name);
}

type Parameters = [kernel_size: PerDimension, dilation?: PerDimension, padding?: PerDimension, stride?: PerDimension];
const text = 'kernel_size, dilation: int | list = 1, padding: int | list = 0, stride: int | list = 1';

/**
 * Windows of (N, C, H, W), or of one image, as columns (N, C · window, windows): what a convolution multiplies.
 * Source: torch.nn.functional.unfold.
 * @example
 * nn.functional.unfold(torch.tensor([[[[1, 2, 3], [4, 5, 6]]]]).float(), 2); // → tensor([[[1., 2.],
 *                                                                            //            [2., 3.],
 *                                                                            //            [4., 5.],
 *                                                                            //            [5., 6.]]])
 */
export const unfold = declare<[input: Tensor, ...Parameters]>()('nn.functional.unfold', ['input', text], ({ input, ...given }): Tensor => {
  const windows = windowsOf(given);
  const { shape } = input.geometry;
  wrapDimension(2, shape.length);
  const spatial = shape.slice(-2);
  const whole = shape.slice(shape.length === 4 ? 1 : 0);
  if ((shape.length !== 3 && shape.length !== 4) || whole.includes(0)) {
    throw new RuntimeError('Expected 3D or 4D (batch mode) tensor with possibly 0 batch size and other non-zero dimensions for input, but '
      + `got: ${listText(shape)}`);
  }
  const counts = windowCounts(spatial, windows);
  if (counts.some((count) => count < 1)) {
    const { kernel, dilation, padding } = windows;
    throw new RuntimeError(`Given input with spatial size ${tupleText(spatial)}, kernel_size=${tupleText(kernel)}, `
      + `dilation=${tupleText(dilation)}, padding=${tupleText(padding)}, calculated shape of the array of sliding blocks as `
      + `${tupleText(counts)}, but its components must be at least one.`);
  }
  checkElements('im2col_out_cpu', input.dtypeCore);
  return batched(input, 4, 'Im2ColBackward0', (batch) => unfoldWindows(batch, windows));
});

/**
 * Columns (N, C · window, windows), as unfold gives them, added up to images (N, C, ...output_size) where windows overlap.
 * Source: torch.nn.functional.fold.
 * @example
 * nn.functional.fold(torch.ones(1, 4, 2), [2, 3], 2); // → tensor([[[[1., 2., 1.],
 *                                                     //             [1., 2., 1.]]]])
 */
export const fold = declare<[input: Tensor, output_size: PerDimension, ...Parameters]>()('nn.functional.fold',
  ['input, output_size', text], ({ input, output_size, ...given }): Tensor => {
  const size = pairOf('output_size', output_size);
  const windows = windowsOf(given);
  const { shape } = input.geometry;
  const rank = shape.length;
  if ((rank !== 2 && rank !== 3) || shape.slice(rank - 2).includes(0)) {
    throw new RuntimeError('Expected 2D or 3D (batch mode) tensor for input with possibly 0 batch size and non-zero dimensions for input, '
      + `but got: ${listText(shape)}`);
  }
  const [rows, count] = shape.slice(-2);
  const { kernel, dilation, padding, stride } = windows;
  if (rows % sizeOf(kernel) !== 0) {
    throw new RuntimeError(`Expected size of input's dimension 1 to be divisible by the product of kernel_size, but got `
      + `input.size(1)=${rows} and kernel_size=${tupleText(kernel)}.`);
  }
  const counts = windowCounts(size, windows);
  if (counts[0] * counts[1] !== count || counts.some((each) => each < 1)) {
    throw new RuntimeError(`Given output_size=${tupleText(size)}, kernel_size=${tupleText(kernel)}, dilation=${tupleText(dilation)}, `
      + `padding=${tupleText(padding)}, stride=${tupleText(stride)}, expected size of input's dimension 2 to match the calculated number `
      + `of sliding blocks ${counts.join(' * ')} = ${counts[0] * counts[1]}, but got input.size(2)=${count}.`);
  }
  checkElements('col2im_out_cpu', input.dtypeCore);
  return batched(input, 3, 'Col2ImBackward0', (batch) => foldWindows(batch, size, windows));
});
