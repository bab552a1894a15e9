import type { dtype } from '../dtypes/dtypes.ts';
import type { NamedOf } from '../arguments/keyed.ts';
import type { UniqueOptions } from '../functions/sorting.ts';
import type * as frames from '../fft/frames.ts';
import type * as older from '../linalg/older.ts';
import type { broughtMethods } from './brought.ts';
import type { fixedMethods, methods } from './methodModules.ts';
import type { ValuesIndices } from './returnTypes.ts';
import type { Tensor } from './tensor.ts';

/** The types of methods that are functions of the namespace: x.f(...) is f(x, ...). */

type MethodOf<F> = F extends (input: never, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;
type InPlaceOf<F> = F extends { readonly inPlace: (input: never, ...rest: infer Rest) => infer Result } ? (...rest: Rest) => Result : never;

type Functions = typeof fixedMethods & typeof methods & Pick<typeof older & typeof frames, (typeof broughtMethods)[number]>;

/** Functions with overloads, whose methods are written out in `Tensor`. */
type Overloaded = 'max' | 'min' | 'median' | 'nanmedian' | 'nonzero' | 'type' | 'unique' | 'unique_consecutive';

/** x.exp(), x.mul(y), x.reshape(2, 3), ... */
export type Methods = { [K in Exclude<keyof Functions, Overloaded>]: MethodOf<Functions[K]> };

/** x.exp_(), x.mul_(y), ...: the names are derived, so none is missing. */
export type InPlaceMethods = {
  [K in keyof Functions as Functions[K] extends { readonly inPlace: unknown } ? `${K & string}_` : never]: InPlaceOf<Functions[K]>
};

/** Methods whose result depends on how they are called. */
export interface OverloadedMethods {
  /** The largest element, the larger of each pair, or the largest along a dimension with their places. */
  max(): Tensor;
  max(other: Tensor): Tensor;
  max(dim: number, keepdim?: boolean): ValuesIndices;
  max(options: NamedOf<'dim, keepdim', [dim: number, keepdim?: boolean]>): ValuesIndices;
  /** The smallest element, the smaller of each pair, or the smallest along a dimension with their places. */
  min(): Tensor;
  min(other: Tensor): Tensor;
  min(dim: number, keepdim?: boolean): ValuesIndices;
  min(options: NamedOf<'dim, keepdim', [dim: number, keepdim?: boolean]>): ValuesIndices;
  /** The middle element in order, or those along a dimension with their places. */
  median(): Tensor;
  median(dim: number, keepdim?: boolean): ValuesIndices;
  median(options: NamedOf<'dim, keepdim', [dim: number, keepdim?: boolean]>): ValuesIndices;
  /** As median, NaN left out. */
  nanmedian(): Tensor;
  nanmedian(dim: number, keepdim?: boolean): ValuesIndices;
  nanmedian(options: NamedOf<'dim, keepdim', [dim: number, keepdim?: boolean]>): ValuesIndices;
  /** Where elements are not 0: one row of places each, or one tensor for each dimension. */
  nonzero(options?: { readonly as_tuple?: false }): Tensor;
  nonzero(options: { readonly as_tuple: true }): Tensor[];
  /** The distinct elements in order, with their places and counts where the options ask for them. */
  unique(options?: UniqueOptions & { readonly return_inverse?: false; readonly return_counts?: false }): Tensor;
  unique(options: UniqueOptions): Tensor[];
  /** One element of each run of equal neighbours, with places and counts where the options ask for them. */
  unique_consecutive(options?: UniqueOptions & { readonly return_inverse?: false; readonly return_counts?: false }): Tensor;
  unique_consecutive(options: UniqueOptions): Tensor[];
  /**
   * The name of the tensor's legacy class, or the tensor in another dtype. Source: torch.Tensor.type.
   * @example
   * torch.ones(2).type(); // → torch.FloatTensor
   * torch.ones(2).type(torch.int32); // → tensor([1, 1], dtype=torch.int32)
   */
  type(): string;
  type(dtype: dtype | string): Tensor;
}
