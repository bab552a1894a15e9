import * as arithmetic from './arithmetic.ts';
import * as pointwise from './pointwise.ts';
import { Tensor } from './tensor.ts';

/** Gives Tensor its methods: every function of these modules, with the tensor as its first argument. */

type Method = (this: Tensor, ...args: unknown[]) => unknown;
type AnyFunction = ((...args: unknown[]) => unknown) & { readonly inPlace?: (...args: unknown[]) => unknown };

function install(name: string, method: Method): void {
  if (Object.hasOwn(Tensor.prototype, name)) throw new Error(`Tensor has two methods named ${name}`);
  Object.defineProperty(Tensor.prototype, name, { value: method, writable: true, configurable: true });
}

/** Few and fixed parameters: these are called by the million, and a rest array would cost more than the small ones' kernels. */
function fixed(f: AnyFunction): Method {
  return function (a, b, c, d) {
    return d !== undefined ? f(this, a, b, c, d) : c !== undefined ? f(this, a, b, c) : f(this, a, b);
  };
}

for (const [name, value] of [...Object.entries(pointwise), ...Object.entries(arithmetic)]) {
  const f = value as unknown as AnyFunction;
  install(name, fixed(f));
  if (f.inPlace) install(`${name}_`, fixed(f.inPlace));
}
