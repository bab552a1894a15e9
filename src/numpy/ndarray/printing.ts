import {
  array2string as formatArray, arrayRepr, arrayStr, defaultPrintOptions, mergePrintOptions,
} from '../../core/printing/index.ts';
import type { Array2StringLayout, PrintOptionChanges, PrintOptions } from '../../core/printing/index.ts';
import type { StridedArray } from '../../core/strided.ts';
import { printSource } from '../../ops/host.ts';
import { isOptions } from '../arguments/options.ts';

/** How arrays are written. */

let current: PrintOptions = defaultPrintOptions;

/**
 * Changes how arrays print from now on; an unknown option is a TypeError. Source: numpy.set_printoptions.
 * @example
 * np.set_printoptions({ precision: 3 })
 */
export function set_printoptions(options: PrintOptionChanges): void {
  if (!isOptions(options)) throw new TypeError('set_printoptions() takes its arguments by name, in an object');
  current = mergePrintOptions(current, options);
}

/**
 * The options in force. Source: numpy.get_printoptions.
 * @example
 * np.get_printoptions().edgeitems // → 3
 */
export function get_printoptions(): PrintOptions {
  return { ...current };
}

/**
 * Runs a function with other print options, or, without one, changes them until the returned object is disposed
 * (`using _ = np.printoptions({ precision: 2 })`). Source: numpy.printoptions.
 * @example
 * np.printoptions({ precision: 2 }, () => String(np.array([0.123456]))) // → [0.12]
 */
export function printoptions<T>(options: PrintOptionChanges, body: () => T): T;
export function printoptions(options: PrintOptionChanges): Disposable;
export function printoptions<T>(options: PrintOptionChanges, body?: () => T): T | Disposable {
  const previous = current;
  const restore = (): void => {
    current = previous;
  };
  current = mergePrintOptions(current, options);
  if (body === undefined) return { [Symbol.dispose]: restore };
  try {
    return body();
  } finally {
    restore();
  }
}

export interface Array2StringOptions extends PrintOptionChanges, Array2StringLayout {
  /** `linewidth` for this call. */
  max_line_width?: number | null;
  /** `suppress` for this call. */
  suppress_small?: boolean | null;
}

/**
 * An array of any shape as text, with options for this call. Source: numpy.array2string.
 * @example
 * np.array2string(np.array([1, 2]), { separator: ', ' }) // → [1, 2]
 */
export function array2string(a: StridedArray, options: Array2StringOptions = {}): string {
  const { separator, prefix, suffix, max_line_width, suppress_small, ...rest } = options;
  const changes: PrintOptionChanges = {
    ...(typeof max_line_width === 'number' ? { linewidth: max_line_width } : {}),
    ...(typeof suppress_small === 'boolean' ? { suppress: suppress_small } : {}),
    ...rest,
  };
  return formatArray(printSource(a), mergePrintOptions(current, changes, 'array2string'), { separator, prefix, suffix });
}

/**
 * What Python's `repr` shows. Source: numpy.array_repr.
 * @example
 * np.array_repr(np.array([1, 2])) // → array([1, 2])
 */
export function array_repr(a: StridedArray, options: PrintOptionChanges = {}): string {
  return arrayRepr(printSource(a), mergePrintOptions(current, options, 'array_repr'));
}

/**
 * What Python's `print` shows. Source: numpy.array_str.
 * @example
 * np.array_str(np.array([1, 2])) // → [1 2]
 */
export function array_str(a: StridedArray, options: PrintOptionChanges = {}): string {
  return arrayStr(printSource(a), mergePrintOptions(current, options, 'array_str'));
}
