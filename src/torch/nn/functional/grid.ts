import { isFloating } from '../../../core/dtype.ts';
import { NotImplementedError, RuntimeError, ValueError } from '../../../core/errors.ts';
import { declare } from '../../../core/signature.ts';
import type { SamplingParams } from '../../../ops/spatial/grids.ts';
import { affineGrid, gridSample } from '../../../ops/spatial/grids.ts';
import { listText } from '../../arguments/sizes.ts';
import { warn } from '../../arguments/warnings.ts';
import { scalarTypeName } from '../../dtypes/dtypes.ts';
import { Size } from '../../tensor/size.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import { checkFloating } from './support.ts';

/** Images read at coordinates. */

function cornersOf(align_corners: boolean | null): boolean {
  if (align_corners === null) {
    warn('Default grid_sample and affine_grid behavior has changed to align_corners=False since 1.3.0. Please specify align_corners=True '
      + 'if the old behavior is desired. See the documentation of grid_sample for details.');
  }
  return align_corners ?? false;
}

function checkGrid({ geometry: { shape }, dtypeCore }: Tensor, grid: Tensor, mode: SamplingParams['mode']): void {
  const places = grid.geometry.shape;
  if (shape[0] !== places[0]) {
    throw new RuntimeError(`grid_sampler(): expected grid and input to have same batch size, but got input with sizes ${listText(shape)} `
      + `and grid with sizes ${listText(places)}`);
  }
  if (places.at(-1) !== shape.length - 2) {
    throw new RuntimeError(`grid_sampler(): expected grid to have size ${shape.length - 2} in last dimension, but got grid with sizes `
      + listText(places));
  }
  const empty = shape.findIndex((extent, axis) => axis >= 2 && extent === 0);
  if (empty >= 0) {
    throw new RuntimeError(`grid_sampler(): expected input to have non-empty spatial dimensions, but input has sizes ${listText(shape)} `
      + `with dimension ${empty} being empty`);
  }
  if ((shape.length !== 4 && shape.length !== 5) || shape.length !== places.length) {
    throw new RuntimeError(`grid_sampler(): expected ${shape.length === 5 ? 5 : 4}D input and grid with same number of dimensions, but got `
      + `input with sizes ${listText(shape)} and grid with sizes ${listText(places)}`);
  }
  if (shape.length === 5 && mode === 'bicubic') {
    throw new NotImplementedError('grid_sampler(): bicubic interpolation is for 4D input here');
  }
  checkFloating(shape.length === 4 ? 'grid_sampler_2d_cpu_kernel_impl' : 'grid_sampler3d_cpu', dtypeCore);
  if (grid.dtypeCore !== dtypeCore) {
    throw new RuntimeError(`expected scalar type ${scalarTypeName(dtypeCore)} but found ${scalarTypeName(grid.dtypeCore)}`);
  }
}

/**
 * (N, C, H, W) at the places that a grid (N, ..., 2) of x and y from −1 to 1 names, or volumes at (N, ..., 3).
 * Source: torch.nn.functional.grid_sample.
 * @example
 * const image = torch.tensor([[[[1.5, 2], [3, 4]]]]);
 * nn.functional.grid_sample(image, torch.zeros(1, 1, 1, 2), { align_corners: true }).item(); // → 2.625
 */
export const grid_sample = declare<[
  input: Tensor, grid: Tensor, mode?: SamplingParams['mode'], padding_mode?: SamplingParams['padding'], align_corners?: boolean | null,
]>()('nn.functional.grid_sample', "input, grid: Tensor, mode='bilinear', padding_mode='zeros', align_corners: bool | None = None",
  ({ input, grid, mode, padding_mode, align_corners }): Tensor => {
  if (!['bilinear', 'nearest', 'bicubic'].includes(mode)) {
    throw new ValueError(
      `nn.functional.grid_sample(): expected mode to be 'bilinear', 'nearest' or 'bicubic', but got: '${mode}'`);
  }
  if (!['zeros', 'border', 'reflection'].includes(padding_mode)) {
    throw new ValueError('nn.functional.grid_sample(): expected padding_mode to be \'zeros\', \'border\', or \'reflection\', '
      + `but got: '${padding_mode}'`);
  }
  const alignCorners = cornersOf(align_corners);
  checkGrid(input, grid, mode);
  return gridSample(input, grid, { mode, padding: padding_mode, alignCorners });
});

/**
 * The grid, for grid_sample, by which matrices (N, 2, 3) move images of `size`, or (N, 3, 4) volumes.
 * Source: torch.nn.functional.affine_grid.
 * @example
 * const turned = torch.tensor([[[0, -1, 0], [1, 0, 0]]]).float();
 * nn.functional.affine_grid(turned, [1, 1, 1, 2], { align_corners: false }).tolist(); // → [[[[0, -0.5], [0, 0.5]]]]
 */
export const affine_grid = declare<[theta: Tensor, size: readonly number[], align_corners?: boolean | null]>()(
  'nn.functional.affine_grid', 'theta: Tensor, size: list, align_corners: bool | None = None',
  ({ theta, size, align_corners }): Tensor => {
  const alignCorners = cornersOf(align_corners);
  if (!isFloating(theta.dtypeCore)) {
    throw new ValueError(`Expected theta to have floating point type, but got torch.${theta.dtypeCore.name}`);
  }
  const { shape } = theta.geometry;
  const shown = size instanceof Size ? String(size) : listText(size);
  if (size.length !== 4 && size.length !== 5) {
    throw new NotImplementedError('affine_grid only supports 4D and 5D sizes, for 2D and 3D affine transforms, respectively. '
      + `Got size ${shown}.`);
  }
  const axes = size.length - 2;
  if (shape.length !== 3 || shape[1] !== axes || shape[2] !== axes + 1) {
    throw new ValueError(`Expected a batch of ${axes}D affine matrices of shape Nx${axes}x${axes + 1} for size ${shown}. `
      + `Got ${theta.shape}.`);
  }
  const spatial = size.slice(2);
  if (alignCorners && Math.min(...spatial) === 1) {
    warn('Since version 1.3.0, affine_grid behavior has changed for unit-size grids when align_corners=True. This is not an intended use '
      + 'case of affine_grid. See the documentation of affine_grid for details.');
  } else if (Math.min(...size) <= 0) {
    throw new ValueError(`Expected non-zero, positive output size. Got ${shown}`);
  }
  if (shape[0] !== size[0]) {
    throw new RuntimeError(`Expected size for first two dimensions of batch2 tensor to be: ${listText([size[0], axes + 1])} but got: `
      + `${listText([shape[0], axes + 1])}.`);
  }
  return affineGrid(theta, spatial, alignCorners);
});
