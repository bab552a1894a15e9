import { ValueError } from '../../../core/errors.ts';
import { PythonTuple, pythonRepr } from '../../../core/printing/index.ts';
import { asTensor } from '../../arguments/operands.ts';
import type { Tensor } from '../../tensor/tensor.ts';
import type { PaddingMode } from '../functional/padding.ts';
import { pad } from '../functional/padding.ts';
import { FunctionLayer, computed, layerOf } from './functionLayer.ts';

/** Elements around tensors: a class for each mode and number of dimensions. */

interface Fields {
  padding: readonly number[];
}

class Padding extends FunctionLayer {
  /** Before and after, of the last dimension first. */
  declare padding: readonly number[];

  override forward(input: Tensor): Tensor {
    return computed(this, input);
  }

  override extra_repr(): string {
    return pythonRepr(new PythonTuple(this.padding));
  }
}

class ConstantPadding extends Padding {
  /** What the elements are. */
  declare value: number;

  override extra_repr(): string {
    return `padding=${super.extra_repr()}, value=${pythonRepr(this.value)}`;
  }
}

type Given = [padding: number | readonly number[]];

/** Widths for all sides of so many dimensions. */
function widthsOf(padding: number | readonly number[], spatial: number): readonly number[] {
  return Array.isArray(padding) ? [...padding as readonly number[]] : new Array<number>(2 * spatial).fill(padding as number);
}

function padded(mode: Exclude<PaddingMode, 'constant'>, spatial: number) {
  return (input: Tensor, { padding }: Fields): Tensor => {
    const { length } = asTensor(input, 'dim').geometry.shape;
    if (mode === 'circular' && length !== spatial + 1 && length !== spatial + 2) {
      throw new ValueError(`expected ${spatial + 1}D or ${spatial + 2}D input (got ${length}D input)`);
    }
    return pad(input, padding, mode);
  };
}

const edge = layerOf<Padding, Given>(Padding);
const widths = (spatial: number) => ({
  fields: ({ padding }: { readonly padding: number | readonly number[] }) => ({ padding: widthsOf(padding, spatial) }),
});

const zeros = (spatial: number) => ({
  fields: ({ padding }: { readonly padding: number | readonly number[] }) => ({ padding: widthsOf(padding, spatial), value: 0 }),
});
const constant = layerOf<ConstantPadding, [...Given, value: number]>(ConstantPadding);
const withValue = (spatial: number) => ({
  fields: ({ padding, value }: { readonly padding: number | readonly number[]; readonly value: number }) =>
    ({ padding: widthsOf(padding, spatial), value }),
});

const filled = (input: Tensor, { padding, value }: Fields & { value: number }): Tensor => pad(input, padding, 'constant', value);

/**
 * `value` around the last dimension: `padding` on every side, or before and after each, the last first.
 * Source: torch.nn.ConstantPad1d.
 * @example
 * nn.ConstantPad1d([1, 2], 3.5)(torch.tensor([1.5])); // → tensor([3.5000, 1.5000, 3.5000, 3.5000])
 */
export const ConstantPad1d = constant('ConstantPad1d', 'padding, value: float', filled, withValue(1));

/**
 * `value` around the last two dimensions: `padding` on every side, or before and after each, the last first.
 * Source: torch.nn.ConstantPad2d.
 * @example
 * nn.ConstantPad2d(1, 3.5)(torch.zeros(1, 2, 2)).shape; // → torch.Size([1, 4, 4])
 */
export const ConstantPad2d = constant('ConstantPad2d', 'padding, value: float', filled, withValue(2));

/**
 * `value` around the last three dimensions: `padding` on every side, or before and after each, the last first.
 * Source: torch.nn.ConstantPad3d.
 * @example
 * nn.ConstantPad3d(1, 3.5)(torch.zeros(1, 2, 2, 2)).shape; // → torch.Size([1, 4, 4, 4])
 */
export const ConstantPad3d = constant('ConstantPad3d', 'padding, value: float', filled, withValue(3));

/**
 * As ConstantPad1d, of 0. Source: torch.nn.ZeroPad1d.
 * @example
 * nn.ZeroPad1d(1)(torch.tensor([1.5])); // → tensor([0.0000, 1.5000, 0.0000])
 */
export const ZeroPad1d = edge('ZeroPad1d', 'padding', filled, zeros(1));

/**
 * As ConstantPad2d, of 0. Source: torch.nn.ZeroPad2d.
 * @example
 * nn.ZeroPad2d(1); // → ZeroPad2d((1, 1, 1, 1))
 */
export const ZeroPad2d = edge('ZeroPad2d', 'padding', filled, zeros(2));

/**
 * As ConstantPad3d, of 0. Source: torch.nn.ZeroPad3d.
 * @example
 * nn.ZeroPad3d(1); // → ZeroPad3d((1, 1, 1, 1, 1, 1))
 */
export const ZeroPad3d = edge('ZeroPad3d', 'padding', filled, zeros(3));

/**
 * As ConstantPad1d, but with the others in a mirror. Source: torch.nn.ReflectionPad1d.
 * @example
 * nn.ReflectionPad1d(1)(torch.tensor([[1.5, 2, 3]])); // → tensor([[2.0000, 1.5000, 2.0000, 3.0000, 2.0000]])
 */
export const ReflectionPad1d = edge('ReflectionPad1d', 'padding', padded('reflect', 1), widths(1));

/**
 * As ConstantPad2d, but with the others in a mirror. Source: torch.nn.ReflectionPad2d.
 * @example
 * nn.ReflectionPad2d(1)(torch.zeros(1, 2, 2)).shape; // → torch.Size([1, 4, 4])
 */
export const ReflectionPad2d = edge('ReflectionPad2d', 'padding', padded('reflect', 2), widths(2));

/**
 * As ConstantPad3d, but with the others in a mirror. Source: torch.nn.ReflectionPad3d.
 * @example
 * nn.ReflectionPad3d(1)(torch.zeros(1, 2, 2, 2)).shape; // → torch.Size([1, 4, 4, 4])
 */
export const ReflectionPad3d = edge('ReflectionPad3d', 'padding', padded('reflect', 3), widths(3));

/**
 * As ConstantPad1d, but with the outermost one. Source: torch.nn.ReplicationPad1d.
 * @example
 * nn.ReplicationPad1d(1)(torch.tensor([[1.5, 2, 3]])); // → tensor([[1.5000, 1.5000, 2.0000, 3.0000, 3.0000]])
 */
export const ReplicationPad1d = edge('ReplicationPad1d', 'padding', padded('replicate', 1), widths(1));

/**
 * As ConstantPad2d, but with the outermost one. Source: torch.nn.ReplicationPad2d.
 * @example
 * nn.ReplicationPad2d(1)(torch.zeros(1, 2, 2)).shape; // → torch.Size([1, 4, 4])
 */
export const ReplicationPad2d = edge('ReplicationPad2d', 'padding', padded('replicate', 2), widths(2));

/**
 * As ConstantPad3d, but with the outermost one. Source: torch.nn.ReplicationPad3d.
 * @example
 * nn.ReplicationPad3d(1)(torch.zeros(1, 2, 2, 2)).shape; // → torch.Size([1, 4, 4, 4])
 */
export const ReplicationPad3d = edge('ReplicationPad3d', 'padding', padded('replicate', 3), widths(3));

/**
 * As ConstantPad1d, but with those of the other end. Source: torch.nn.CircularPad1d.
 * @example
 * nn.CircularPad1d(1)(torch.tensor([[1.5, 2, 3]])); // → tensor([[3.0000, 1.5000, 2.0000, 3.0000, 1.5000]])
 */
export const CircularPad1d = edge('CircularPad1d', 'padding', padded('circular', 1), widths(1));

/**
 * As ConstantPad2d, but with those of the other end. Source: torch.nn.CircularPad2d.
 * @example
 * nn.CircularPad2d(1)(torch.zeros(1, 2, 2)).shape; // → torch.Size([1, 4, 4])
 */
export const CircularPad2d = edge('CircularPad2d', 'padding', padded('circular', 2), widths(2));

/**
 * As ConstantPad3d, but with those of the other end. Source: torch.nn.CircularPad3d.
 * @example
 * nn.CircularPad3d(1)(torch.zeros(1, 2, 2, 2)).shape; // → torch.Size([1, 4, 4, 4])
 */
export const CircularPad3d = edge('CircularPad3d', 'padding', padded('circular', 3), widths(3));

export type ConstantPad1d = InstanceType<typeof ConstantPad1d>;
export type ConstantPad2d = InstanceType<typeof ConstantPad2d>;
export type ConstantPad3d = InstanceType<typeof ConstantPad3d>;
export type ZeroPad1d = InstanceType<typeof ZeroPad1d>;
export type ZeroPad2d = InstanceType<typeof ZeroPad2d>;
export type ZeroPad3d = InstanceType<typeof ZeroPad3d>;
export type ReflectionPad1d = InstanceType<typeof ReflectionPad1d>;
export type ReflectionPad2d = InstanceType<typeof ReflectionPad2d>;
export type ReflectionPad3d = InstanceType<typeof ReflectionPad3d>;
export type ReplicationPad1d = InstanceType<typeof ReplicationPad1d>;
export type ReplicationPad2d = InstanceType<typeof ReplicationPad2d>;
export type ReplicationPad3d = InstanceType<typeof ReplicationPad3d>;
export type CircularPad1d = InstanceType<typeof CircularPad1d>;
export type CircularPad2d = InstanceType<typeof CircularPad2d>;
export type CircularPad3d = InstanceType<typeof CircularPad3d>;
