import type * as arithmetic from './arithmetic.ts';
import type * as pointwise from './pointwise.ts';

/** The types of methods that are functions of the namespace: x.f(...) is f(x, ...). */

type MethodOf<F> = F extends (input: never, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;
type InPlaceOf<F> = F extends { readonly inPlace: (input: never, ...rest: infer Rest) => infer Result } ? (...rest: Rest) => Result : never;

type PointwiseModule = typeof pointwise & typeof arithmetic;

/** x.exp(), x.mul(y), ... */
export type Methods = { [K in keyof PointwiseModule]: MethodOf<PointwiseModule[K]> };

/** x.exp_(), x.mul_(y), ...: the names are derived, so none is missing. */
export type InPlaceMethods = {
  [K in keyof PointwiseModule as PointwiseModule[K] extends { readonly inPlace: unknown } ? `${K & string}_` : never]: InPlaceOf<PointwiseModule[K]>
};

export interface TensorMethods {
  at(...items: unknown[]): import('./tensor.ts').Tensor;
}
