import type { Call, Mixed, NamesOf, Values } from '../../../core/signature.ts';
import { declare } from '../../../core/signature.ts';
import { ValueError } from '../../../core/errors.ts';
import type { Dimensions, Extents } from '../../arguments/windows.ts';
import { checkExtents } from '../../arguments/windows.ts';
import type { AveragePooling, Pair } from '../../functions/pooling.ts';
import {
  adaptiveAveraged, adaptiveLargest, averaged, maxPooled, maxPooledWithIndices,
} from '../../functions/pooling.ts';
import type { Tensor } from '../../tensor/tensor.ts';

/** What windows of images hold, at most or on average. */

const largestText = 'input, kernel_size, stride=None, padding: Any = 0, dilation: Any = 1, ceil_mode=False, return_indices=False';
type Largest = [
  input: Tensor, kernel_size: Extents, stride?: Extents | null, padding?: Extents, dilation?: Extents, ceil_mode?: boolean,
];
type LargestNames = NamesOf<typeof largestText>;

interface Wanted {
  readonly return_indices: true;
}

/** A maximum of windows: values alone, or with their places where they are asked for. */
export interface MaxPoolFunction {
  (input: Tensor, kernel_size: Extents, stride: Extents | null | undefined, padding: Extents | undefined, dilation: Extents | undefined,
    ceil_mode: boolean | undefined, return_indices: true): Pair;
  (...given: Mixed<LargestNames, Largest, Wanted>): Pair;
  (...given: Call<LargestNames, [...Largest, return_indices?: boolean]>): Tensor;
}

type LargestValues = Values<LargestNames, [...Largest, return_indices?: boolean], unknown>;

function largest(name: string, dimensions: Dimensions, always: boolean) {
  return ({ input, return_indices, ...options }: LargestValues): Tensor | Pair => {
    const inner = always || return_indices ? `max_pool${dimensions}d_with_indices` : name;
    checkExtents(inner, 'kernel_size', 2, options.kernel_size);
    if (options.stride !== null) checkExtents(inner, 'stride', 3, options.stride);
    checkExtents(inner, 'padding', 4, options.padding);
    checkExtents(inner, 'dilation', 5, options.dilation);
    return always || return_indices ? maxPooledWithIndices(dimensions, input, options) : maxPooled(dimensions, input, options);
  };
}

const maxPool = (dimensions: Dimensions): MaxPoolFunction => {
  const name = `max_pool${dimensions}d`;
  return declare<[...Largest, return_indices?: boolean]>()(
    `nn.functional.${name}`, largestText, largest(name, dimensions, false)) as unknown as MaxPoolFunction;
};

const maxPoolWithIndices = (dimensions: Dimensions) => {
  const name = `max_pool${dimensions}d_with_indices`;
  return declare<[...Largest, return_indices?: boolean]>()(
    `nn.functional.${name}`, largestText, (values) => largest(name, dimensions, true)(values) as Pair);
};

/**
 * The largest of each window along the last dimension of (C, L) or (N, C, L); with `return_indices` and where in the line it was.
 * Source: torch.nn.functional.max_pool1d.
 * @example
 * nn.functional.max_pool1d(torch.tensor([[1.5, 3, 2, 4]]), 2); // → tensor([[3., 4.]])
 */
export const max_pool1d: MaxPoolFunction = maxPool(1);
/**
 * The largest of each window of images (C, H, W) or (N, C, H, W); with `return_indices` and its place in the image, read in rows.
 * Source: torch.nn.functional.max_pool2d.
 * @example
 * const image = torch.arange(16).float().reshape(1, 4, 4);
 * nn.functional.max_pool2d(image, 3, { stride: 2, padding: 1 }); // → tensor([[[ 5.,  7.],
 *                                                                //            [13., 15.]]])
 */
export const max_pool2d: MaxPoolFunction = maxPool(2);
/**
 * The largest of each window of volumes (C, D, H, W) or (N, C, D, H, W); with `return_indices` and its place in the volume.
 * Source: torch.nn.functional.max_pool3d.
 * @example
 * nn.functional.max_pool3d(torch.arange(16).float().reshape(1, 2, 2, 4), 2); // → tensor([[[[13., 15.]]]])
 */
export const max_pool3d: MaxPoolFunction = maxPool(3);
/**
 * As max_pool1d, always with indices. Source: torch.nn.functional.max_pool1d.
 * @example
 * nn.functional.max_pool1d_with_indices(torch.tensor([[1.5, 3, 2, 4]]), 2)[1]; // → tensor([[1, 3]])
 */
export const max_pool1d_with_indices = maxPoolWithIndices(1);
/**
 * As max_pool2d, always with indices. Source: torch.nn.functional.max_pool2d.
 * @example
 * nn.functional.max_pool2d_with_indices(torch.eye(4).unsqueeze(0), 2)[1]; // → tensor([[[ 0,  2],
 *                                                                         //            [ 8, 10]]])
 */
export const max_pool2d_with_indices = maxPoolWithIndices(2);
/**
 * As max_pool3d, always with indices. Source: torch.nn.functional.max_pool3d.
 * @example
 * nn.functional.max_pool3d_with_indices(torch.arange(16).float().reshape(1, 2, 2, 4), 2)[1]; // → tensor([[[[13, 15]]]])
 */
export const max_pool3d_with_indices = maxPoolWithIndices(3);

const lineText = 'input, kernel_size, stride=None, padding: Any = 0, ceil_mode=False, count_include_pad=True';
const averageText = [lineText, 'divisor_override: int | None = None'] as const;

type Average = [
  input: Tensor, kernel_size: Extents, stride?: Extents | null, padding?: Extents, ceil_mode?: boolean, count_include_pad?: boolean,
];

function checkedAverage(dimensions: Dimensions, { input, ...options }: AveragePooling & { readonly input: Tensor }): Tensor {
  const name = `avg_pool${dimensions}d`;
  checkExtents(name, 'kernel_size', 2, options.kernel_size);
  if (options.stride !== null) checkExtents(name, 'stride', 3, options.stride);
  checkExtents(name, 'padding', 4, options.padding);
  return averaged(dimensions, input, options);
}

const average = (dimensions: Dimensions) => declare<[...Average, divisor_override?: number | null]>()(
  `nn.functional.avg_pool${dimensions}d`, averageText, (values): Tensor => checkedAverage(dimensions, values));

/**
 * The mean of each window along the last dimension of (C, L) or (N, C, L). Source: torch.nn.functional.avg_pool1d.
 * @example
 * nn.functional.avg_pool1d(torch.tensor([[1.5, 3, 2, 4]]), 2); // → tensor([[2.2500, 3.0000]])
 */
export const avg_pool1d = declare<Average>()('nn.functional.avg_pool1d', lineText,
  (values): Tensor => checkedAverage(1, { ...values, divisor_override: null }));
/**
 * The mean of each window of images (C, H, W) or (N, C, H, W). Source: torch.nn.functional.avg_pool2d.
 * @example
 * const image = torch.arange(16).float().reshape(1, 4, 4);
 * nn.functional.avg_pool2d(image, 2); // → tensor([[[ 2.5000,  4.5000],
 *                                     //            [10.5000, 12.5000]]])
 */
export const avg_pool2d = average(2);
/**
 * The mean of each window of volumes (C, D, H, W) or (N, C, D, H, W). Source: torch.nn.functional.avg_pool3d.
 * @example
 * nn.functional.avg_pool3d(torch.arange(16).float().reshape(1, 2, 2, 4), 2); // → tensor([[[[6.5000, 8.5000]]]])
 */
export const avg_pool3d = average(3);

/** Counts along dimensions, None being the image's own extent. */
export type OutputSize = number | readonly (number | null)[];

/** The counts in full. */
function countsFor(name: string, input: Tensor, output_size: OutputSize): Extents {
  if (typeof output_size === 'number') {
    if (!Number.isSafeInteger(output_size)) throw new TypeError("object of type 'float' has no len()");
    return output_size;
  }
  if (!Array.isArray(output_size)) throw new TypeError("object of type 'NoneType' has no len()");
  const { shape } = input.geometry;
  const given = output_size as readonly (number | null)[];
  if (shape.length <= given.length) throw new ValueError(`Input dimension should be at least ${given.length + 1}`);
  const counts = given.map((each, i) => each ?? shape[shape.length - given.length + i]);
  checkExtents(name, 'output_size', 2, counts);
  return counts;
}

const meansText = 'input, output_size';

/**
 * Means of `output_size` windows that share the last dimension of (C, L) or (N, C, L).
 * Source: torch.nn.functional.adaptive_avg_pool1d.
 * @example
 * nn.functional.adaptive_avg_pool1d(torch.tensor([[1.5, 3, 2, 4]]), 2); // → tensor([[2.2500, 3.0000]])
 */
export const adaptive_avg_pool1d = declare<[input: Tensor, output_size: Extents]>()('nn.functional.adaptive_avg_pool1d',
  'input, output_size', ({ input, output_size }): Tensor => {
    checkExtents('adaptive_avg_pool1d', 'output_size', 2, output_size);
    return adaptiveAveraged(1, input, output_size);
  });
/**
 * Means of windows that share images (C, H, W) or (N, C, H, W), `output_size` of them along each dimension, None being all.
 * Source: torch.nn.functional.adaptive_avg_pool2d.
 * @example
 * nn.functional.adaptive_avg_pool2d(torch.arange(16).float().reshape(1, 4, 4), [1, 2]); // → tensor([[[6.5000, 8.5000]]])
 */
export const adaptive_avg_pool2d = declare<[input: Tensor, output_size: OutputSize]>()('nn.functional.adaptive_avg_pool2d', meansText,
  ({ input, output_size }): Tensor => adaptiveAveraged(2, input, countsFor('adaptive_avg_pool2d', input, output_size)));
/**
 * Means of windows that share volumes (C, D, H, W) or (N, C, D, H, W), `output_size` of them along each dimension, None being all.
 * Source: torch.nn.functional.adaptive_avg_pool3d.
 * @example
 * nn.functional.adaptive_avg_pool3d(torch.arange(16).float().reshape(1, 2, 2, 4), [1, 1, 2]); // → tensor([[[[6.5000, 8.5000]]]])
 */
export const adaptive_avg_pool3d = declare<[input: Tensor, output_size: OutputSize]>()('nn.functional.adaptive_avg_pool3d', meansText,
  ({ input, output_size }): Tensor => adaptiveAveraged(3, input, countsFor('adaptive_avg_pool3d', input, output_size)));

const sharedText = 'input, output_size, return_indices=False';
type SharedNames = NamesOf<typeof sharedText>;
type Shared = [input: Tensor, output_size: OutputSize];

/** A maximum of windows that share an image: values alone, or with their places where they are asked for. */
export interface AdaptiveMaxPoolFunction {
  (input: Tensor, output_size: OutputSize, return_indices: true): Pair;
  (...given: Mixed<SharedNames, Shared, Wanted>): Pair;
  (...given: Call<SharedNames, [...Shared, return_indices?: boolean]>): Tensor;
}

function sharedLargest(name: string, dimensions: Dimensions, input: Tensor, output_size: OutputSize): Pair {
  if (dimensions === 1) checkExtents('adaptive_max_pool1d', 'output_size', 2, output_size);
  return adaptiveLargest(dimensions, input, dimensions === 1 ? output_size as Extents : countsFor(name, input, output_size));
}

const adaptiveMaxPool = (dimensions: Dimensions): AdaptiveMaxPoolFunction => {
  const name = `adaptive_max_pool${dimensions}d`;
  return declare<[...Shared, return_indices?: boolean]>()(`nn.functional.${name}`, sharedText,
    ({ input, output_size, return_indices }): Tensor | Pair => {
    const found = sharedLargest(name, dimensions, input, output_size);
    return return_indices ? found : found[0];
  }) as unknown as AdaptiveMaxPoolFunction;
};

const adaptiveMaxPoolWithIndices = (dimensions: Dimensions) =>
  declare<[...Shared, return_indices?: boolean]>()(`nn.functional.adaptive_max_pool${dimensions}d_with_indices`, sharedText,
    ({ input, output_size }): Pair => sharedLargest(`adaptive_max_pool${dimensions}d`, dimensions, input, output_size));

/**
 * The largest of each of `output_size` windows that share the last dimension of (C, L) or (N, C, L).
 * Source: torch.nn.functional.adaptive_max_pool1d.
 * @example
 * nn.functional.adaptive_max_pool1d(torch.tensor([[1.5, 3, 2, 4]]), 2); // → tensor([[3., 4.]])
 */
export const adaptive_max_pool1d: AdaptiveMaxPoolFunction = adaptiveMaxPool(1);
/**
 * The largest of each of windows that share images (C, H, W) or (N, C, H, W), `output_size` of them along each dimension, None being all.
 * Source: torch.nn.functional.adaptive_max_pool2d.
 * @example
 * nn.functional.adaptive_max_pool2d(torch.arange(16).float().reshape(1, 4, 4), [1, 2]); // → tensor([[[13., 15.]]])
 */
export const adaptive_max_pool2d: AdaptiveMaxPoolFunction = adaptiveMaxPool(2);
/**
 * The largest of each of windows that share volumes (C, D, H, W) or (N, C, D, H, W), `output_size` of them along each dimension.
 * Source: torch.nn.functional.adaptive_max_pool3d.
 * @example
 * nn.functional.adaptive_max_pool3d(torch.arange(16).float().reshape(1, 2, 2, 4), [1, 1, 2]); // → tensor([[[[13., 15.]]]])
 */
export const adaptive_max_pool3d: AdaptiveMaxPoolFunction = adaptiveMaxPool(3);
/**
 * As adaptive_max_pool1d, always with indices. Source: torch.nn.functional.adaptive_max_pool1d.
 * @example
 * nn.functional.adaptive_max_pool1d_with_indices(torch.tensor([[1.5, 3, 2, 4]]), 2)[1]; // → tensor([[1, 3]])
 */
export const adaptive_max_pool1d_with_indices = adaptiveMaxPoolWithIndices(1);
/**
 * As adaptive_max_pool2d, always with indices. Source: torch.nn.functional.adaptive_max_pool2d.
 * @example
 * nn.functional.adaptive_max_pool2d_with_indices(torch.eye(4).unsqueeze(0), 2)[1]; // → tensor([[[ 0,  2],
 *                                                                                  //            [ 8, 10]]])
 */
export const adaptive_max_pool2d_with_indices = adaptiveMaxPoolWithIndices(2);
/**
 * As adaptive_max_pool3d, always with indices. Source: torch.nn.functional.adaptive_max_pool3d.
 * @example
 * nn.functional.adaptive_max_pool3d_with_indices(torch.arange(4).float().reshape(1, 1, 2, 2), 1)[1]; // → tensor([[[[3]]]])
 */
export const adaptive_max_pool3d_with_indices = adaptiveMaxPoolWithIndices(3);
