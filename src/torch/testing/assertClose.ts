import { Signature } from '../../core/signature.ts';
import { Failure, pairsOf } from './pairs.ts';

/** What `assert_close` takes by name. */
export interface AssertCloseArguments {
  /** Whether a tensor may be compared with a parameter, say. */
  readonly allow_subclasses?: boolean;
  /** The relative tolerance; both or none are given. That of the dtype unless said. */
  readonly rtol?: number | null;
  /** The absolute tolerance. */
  readonly atol?: number | null;
  /** Whether NaN is close to NaN. */
  readonly equal_nan?: boolean;
  readonly check_device?: boolean;
  readonly check_dtype?: boolean;
  /** All tensors have one layout. */
  readonly check_layout?: boolean;
  readonly check_stride?: boolean;
  /** What is said instead, or what makes it of what would be said. */
  readonly msg?: string | ((message: string) => string) | null;
}

const parameters = new Signature('testing.assert_close', [
  'actual: object, expected: object, *, allow_subclasses=True, rtol: float=None, atol: float=None, equal_nan=False, check_device=True',
  'check_dtype=True, check_layout=True, check_stride=False, msg: Any=None',
]);

/**
 * Throws an AssertionError unless two values are close: tensors of one shape, dtype and device whose elements differ by at most
 * atol + rtol · |expected|, numbers, and lists, plain objects and maps of them. Tolerances are those of the dtype: 1.3e-6 and 1e-5 for
 * float32, 1e-7 and 1e-7 for float64, 1e-3 and 1e-5 for float16, none for integers. JavaScript writes 1.0 as 1, so that numbers are ints
 * where both are whole and floats where not. Source: torch.testing.assert_close.
 * @example
 * torch.testing.assert_close(torch.tensor([1.5, 2]), torch.tensor([1.5, 2.000001])); // → undefined
 */
export function assert_close(actual: unknown, expected: unknown, options?: AssertCloseArguments): void;
export function assert_close(options: AssertCloseArguments & { readonly actual: unknown; readonly expected: unknown }): void;
export function assert_close(...given: readonly unknown[]): void {
  const { actual, expected, msg, ...options } = parameters.read(given) as unknown as
    Required<AssertCloseArguments> & { readonly actual: unknown; readonly expected: unknown };
  let compare: (() => void)[];
  try {
    compare = pairsOf(actual, expected, options);
  } catch (failure) {
    throw failure instanceof Failure ? failure.toError() : failure;
  }
  for (const each of compare) {
    try {
      each();
    } catch (failure) {
      throw failure instanceof Failure ? failure.toError(msg) : failure;
    }
  }
}
