import type { fixedMethods, methods } from './methodModules.ts';

/** The types of methods that are functions of the namespace: x.f(...) is f(x, ...). */

type MethodOf<F> = F extends (input: never, ...rest: infer Rest) => infer Result ? (...rest: Rest) => Result : never;
type InPlaceOf<F> = F extends { readonly inPlace: (input: never, ...rest: infer Rest) => infer Result } ? (...rest: Rest) => Result : never;

type Functions = typeof fixedMethods & typeof methods;

/** Functions with overloads, whose methods are written out in `Tensor`. */
type Overloaded = 'max' | 'min' | 'median' | 'nanmedian' | 'nonzero' | 'type' | 'unique' | 'unique_consecutive';

/** x.exp(), x.mul(y), x.reshape(2, 3), ... */
export type Methods = { [K in Exclude<keyof Functions, Overloaded>]: MethodOf<Functions[K]> };

/** x.exp_(), x.mul_(y), ...: the names are derived, so none is missing. */
export type InPlaceMethods = {
  [K in keyof Functions as Functions[K] extends { readonly inPlace: unknown } ? `${K & string}_` : never]: InPlaceOf<Functions[K]>
};
