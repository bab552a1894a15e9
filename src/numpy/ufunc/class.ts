/** What all universal functions are instances of. */

/** What they have in common. */
export interface ufunc extends Function {
  readonly nin: number;
  readonly nout: number;
  readonly nargs: number;
  readonly ntypes: number;
  readonly types: readonly string[];
}

interface UfuncClass {
  new (): ufunc;
  readonly prototype: ufunc;
}

function makeClass(): UfuncClass {
  class Ufunc {
    static readonly name = 'ufunc';

    constructor() {
      throw new TypeError("cannot create 'numpy.ufunc' instances");
    }

    toString(this: Function): string {
      return `<ufunc '${this.name}'>`;
    }

    [Symbol.for('nodejs.util.inspect.custom')](this: Function): string {
      return this.toString();
    }
  }
  Object.setPrototypeOf(Ufunc.prototype, Function.prototype);
  return Ufunc as unknown as UfuncClass;
}

/**
 * Universal functions: those that go through arrays element by element, or by vectors and matrices. There is no making one by this class:
 * `np.frompyfunc` does. Source: numpy.ufunc.
 * @example
 * [np.add, np.matmul, np.sum].map((each) => (each as object) instanceof np.ufunc) // → [true, true, false]
 */
export const ufunc = makeClass();

/** A function that is one of them. */
export function asUfunc<F extends object>(call: F): F {
  return Object.setPrototypeOf(call, ufunc.prototype) as F;
}
