import { arrayStr, defaultPrintOptions } from '../../core/printing/index.ts';
import type { PrintOptions } from '../../core/printing/index.ts';
import type { StridedArray } from '../../core/strided.ts';
import { printSource } from '../../ops/host.ts';

/** How arrays are written, under the options that src/numpy/io/printing.ts changes. */

let current: PrintOptions = defaultPrintOptions;

export function currentOptions(): PrintOptions {
  return current;
}

export function useOptions(options: PrintOptions): void {
  current = options;
}

/** What Python's `print` shows. */
export function array_str(a: StridedArray, options = current): string {
  return arrayStr(printSource(a), options);
}
