import { refuseWrites } from './errors.ts';

/** Classes that are also called without `new`, as Python's are. */

type AnyClass = abstract new (...args: never) => unknown;

/** A class that can be called without `new`. */
export type Callable<C extends AnyClass> = C & ((...args: ConstructorParameters<C>) => InstanceType<C>);

/**
 * `Linear(2, 3)` and `new Linear(2, 3)` make the same; `extends` and `instanceof` work on the result. The name is given in
 * words because modules print it, also where a bundler has shortened the class's own.
 */
export function callable<C extends AnyClass>(name: string, original: C): Callable<C> {
  Object.defineProperty(original, 'name', { value: name, configurable: true });
  refuseWrites(original as unknown as { readonly prototype: object }, name);
  const both = new Proxy(original as unknown as new (...args: unknown[]) => object, {
    apply: (target, _this, args: unknown[]) => Reflect.construct(target, args, both) as object,
  });
  Object.defineProperty(original.prototype as object, 'constructor', { value: both, writable: true, configurable: true });
  return both as unknown as Callable<C>;
}
