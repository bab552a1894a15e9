import { torchShape as listText } from '../../core/indexing/index.ts';
import { RuntimeError, pythonTypeName } from '../../core/errors.ts';
import { sizeOf } from '../../core/layout.ts';
import { broadcastView } from '../../ops/movement.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { isOptions } from './options.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Reading sizes, and PyTorch's refusals of those that do not fit. */

/** Sizes one by one or in a list, or in a list by the name of their parameter. */
export type Sizes<Name extends string> = (number | readonly number[])[] | [options: { readonly [N in Name]: readonly number[] }];

/** Reads sizes that were given one by one, in a list, or by name. */
export function sizeList(name: string, parameter: string, args: readonly unknown[]): number[] {
  const last = args.at(-1);
  const options = isOptions(last) ? last : null;
  for (const key of Object.keys(options ?? {})) {
    if (key !== parameter) throw new TypeError(`${name}() got an unexpected keyword argument '${key}'`);
    if (args.length > 1) throw new TypeError(`${name}() got multiple values for argument '${key}'`);
  }
  const given = options === null ? args : [...args.slice(0, -1), ...parameter in options ? [options[parameter]] : []];
  if (given.length === 0) throw new TypeError(`${name}() missing 1 required positional arguments: "${parameter}"`);
  const [first] = given;
  const inList = given.length === 1 && Array.isArray(first);
  return (inList ? first as unknown[] : given).map((value, i) => {
    const size = typeof value === 'bigint' ? Number(value) : value;
    if (Number.isSafeInteger(size)) return size as number;
    const wanted = `${name}(): argument '${parameter}'`;
    const type = pythonTypeName(value);
    throw new TypeError(inList ? `${wanted} must be tuple of ints, but found element of type ${type} at pos ${i}`
      : given.length === 1 ? `${wanted} (position 2) must be tuple of ints, not ${type}`
        : `${wanted} failed to unpack the object at pos ${i + 1} with error "type must be tuple of ints,but got ${type}"`);
  });
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
