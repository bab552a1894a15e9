import { torchShape as listText } from '../../core/indexing/index.ts';
import { RuntimeError } from '../../core/errors.ts';
import { sizeOf } from '../../core/layout.ts';
import { broadcastView } from '../../ops/movement.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { Tensor } from '../tensor/tensor.ts';
import { builtinSignature, selfOf } from './keyed.ts';

/** Reading sizes, and PyTorch's refusals of those that do not fit. */

/** Sizes one by one or in a list, or in a list by the name of their parameter. */
export type Sizes<Name extends string> = (number | readonly number[])[] | [options: { readonly [N in Name]: readonly number[] }];

type OfSizes = (input: Tensor, sizes: readonly number[]) => Tensor;
type Call = (this: unknown, ...given: unknown[]) => unknown;

/** Whole numbers by position are nearly every call, and are not read. */
export const quicklySized = <F>(f: OfSizes, read: Call): F => function (this: unknown, ...given: unknown[]) {
  const [input, ...sizes] = given;
  const direct = sizes.length > 0 && sizes.every(Number.isSafeInteger) && input instanceof Tensor;
  return direct ? f(input, sizes as number[]) : read.apply(this, given);
} as F;

/** A function of a tensor and of sizes one by one, in a list, or by name. */
export function sized<Name extends string>(
  name: string, parameter: Name, f: OfSizes, others = '',
): (input: Tensor, ...sizes: Sizes<Name>) => Tensor {
  const declared = builtinSignature(name, `input, *${parameter}: int${others}`);
  return quicklySized(f, function (...given) {
    return f(...declared.list(given, selfOf(this)) as [Tensor, number[]]);
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
