import { RuntimeError } from '../../core/errors.ts';

/**
 * Methods whose functions come with kernels that not every program is to carry. They are there in programs that name the functions, or
 * that are not bundled; in others an error says what to name.
 */

type AnyFunction = (...args: unknown[]) => unknown;

const brought = new Map<string, AnyFunction>();

/** Makes a function a method too, in programs that have it. */
export function alsoMethod<F extends (...args: never) => unknown>(name: string, f: F): F {
  brought.set(name, f as unknown as AnyFunction);
  return f;
}

/** The function of a method. */
export function broughtMethod(name: string): AnyFunction {
  const f = brought.get(name);
  if (f === undefined) {
    throw new RuntimeError(`Tensor.${name} is not in this program, whose bundler found no use of torch.${name}: call that instead`);
  }
  return f;
}

export const broughtMethods = [
  'det', 'logdet', 'slogdet', 'inverse', 'pinverse', 'cholesky_inverse', 'cholesky_solve', 'lu', 'lu_solve', 'geqrf', 'orgqr', 'ormqr',
  'svd', 'triangular_solve', 'matrix_exp', 'matrix_power', 'stft', 'istft',
] as const;
