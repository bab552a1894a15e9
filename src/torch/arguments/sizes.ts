import { torchShape as listText } from '../../core/indexing/index.ts';
import { RuntimeError } from '../../core/errors.ts';
import { sizeOf } from '../../core/layout.ts';
import { broadcastView } from '../../ops/movement.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { splitShape } from './options.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Reading sizes, and PyTorch's refusals of those that do not fit. */

/** Sizes one by one or in a list. */
export type Sizes = (number | readonly number[])[];

/** Reads sizes that were given one by one or in a list. */
export function sizeList(name: string, args: Sizes): number[] {
  const { shape, options } = splitShape<object>(name, args);
  const [unknown] = Object.keys(options);
  if (unknown !== undefined) throw new TypeError(`${name}() got an unexpected keyword argument '${unknown}'`);
  return shape;
}

/** Numbers as PyTorch shows a list of them. */
export { listText };

/** A shape with its -1 filled in, with PyTorch's refusals. */
export function inferSize(shape: readonly number[], size: number): readonly number[] {
  let unknown = -1;
  shape.forEach((extent, axis) => {
    if (extent === -1) {
      if (unknown >= 0) throw new RuntimeError('only one dimension can be inferred');
      unknown = axis;
    } else if (extent < 0) {
      throw new RuntimeError(`invalid shape dimension ${extent} at index ${axis} of shape ${listText(shape)}`);
    }
  });
  const known = sizeOf(shape.filter((extent) => extent !== -1));
  if (unknown < 0 ? known !== size : known === 0 ? size !== 0 : size % known !== 0) {
    throw new RuntimeError(`shape '${listText(shape)}' is invalid for input of size ${size}`);
  }
  if (unknown < 0) return shape;
  if (known === 0) {
    throw new RuntimeError(
      `cannot reshape tensor of 0 elements into shape ${listText(shape)} because the unspecified dimension size -1 can be any `
      + 'value and is ambiguous');
  }
  return shape.map((extent) => (extent === -1 ? size / known : extent));
}

/** The shape that `expand` asks for, -1 keeping an extent. */
function expandedShape(input: Tensor, sizes: readonly number[]): number[] {
  const { shape } = input.geometry;
  const lead = sizes.length - shape.length;
  if (lead < 0) {
    throw new RuntimeError(
      `expand(torch.${scalarTypeName(input.dtypeCore)}Tensor{${listText(shape)}}, size=${listText(sizes)}): the number of sizes `
      + `provided (${sizes.length}) must be greater or equal to the number of dimensions in the tensor (${shape.length})`);
  }
  return sizes.map((extent, axis) => {
    if (axis < lead) {
      if (extent < 0) {
        throw new RuntimeError(`The expanded size of the tensor (${extent}) isn't allowed in a leading, non-existing dimension ${axis}`);
      }
      return extent;
    }
    const own = shape[axis - lead];
    if (extent === -1) return own;
    if (extent < -1) throw new RuntimeError(`invalid shape dimension ${extent}`);
    if (own !== 1 && own !== extent) {
      throw new RuntimeError(
        `The expanded size of the tensor (${extent}) must match the existing size (${own}) at non-singleton dimension ${axis}.  `
        + `Target sizes: ${listText(sizes)}.  Tensor sizes: ${listText(shape)}`);
    }
    return extent;
  });
}

/** Dimensions of extent 1 (and new leading ones) repeated without a copy. */
export function expanded(input: Tensor, sizes: readonly number[]): Tensor {
  return broadcastView(input, expandedShape(input, sizes));
}
