import { NotImplementedError, checkCallable, noAttribute } from '../../core/errors.ts';
import { array2string as formatArray, arrayRepr, mergePrintOptions } from '../../core/printing/index.ts';
import type { FloatMode, Formatter, PrintOptionChanges, PrintOptions, SignMode } from '../../core/printing/index.ts';
import { StridedArray } from '../../core/strided.ts';
import { printSource } from '../../ops/host.ts';
import { pythonSignature, routine } from '../arguments/routine.ts';
import { currentOptions, array_str as textOf, useOptions } from '../ndarray/printing.ts';

/** How arrays are written: the options, and functions with some of their own. */

const optionNames = [
  'precision', 'threshold', 'edgeitems', 'linewidth', 'suppress', 'nanstr', 'infstr', 'formatter', 'sign', 'floatmode', 'legacy',
  'override_repr',
] as const;
const optionsText = `${optionNames.slice(0, 10).map((name) => `${name}: Any=None`).join(', ')}, *, legacy=None, override_repr: Any=None`;

/** Changes of print options; those that earlier versions had are not there. */
export type PrintOptionArguments = PrintOptionChanges & { readonly legacy?: false | null };
type OptionList = [
  precision?: number | null, threshold?: number | null, edgeitems?: number | null, linewidth?: number | null, suppress?: boolean | null,
  nanstr?: string | null, infstr?: string | null, formatter?: Formatter | null, sign?: SignMode | null, floatmode?: FloatMode | null,
  options?: Pick<PrintOptionArguments, 'legacy' | 'override_repr'>,
];

function refuseLegacy(legacy: unknown): void {
  if (legacy !== undefined && legacy !== false) throw new NotImplementedError('arrays print as in NumPy now, not as in earlier versions');
}

const declared = pythonSignature('set_printoptions', optionsText);

/** The options after those of a call; functions that write elements or arrays are always set anew. */
function changed(args: readonly unknown[]): PrintOptions {
  const { legacy, ...given } = Object.fromEntries(declared.list(args).map((value, i) => [optionNames[i], value]));
  refuseLegacy(legacy);
  return mergePrintOptions({ ...currentOptions(), formatter: null, override_repr: null }, given);
}

/**
 * Changes how arrays print from now on; an unknown option is a TypeError. Source: numpy.set_printoptions.
 * @example
 * np.set_printoptions({ precision: 3 });
 * np.array([Math.PI]) // → [3.142]
 */
export function set_printoptions(options: PrintOptionArguments): void;
export function set_printoptions(...args: OptionList): void;
export function set_printoptions(...args: readonly unknown[]): void {
  useOptions(changed(args));
}

/**
 * How arrays are printed: the options in force, by name. Source: numpy.get_printoptions.
 * @example
 * np.get_printoptions().edgeitems // → 3
 */
export const get_printoptions = routine('get_printoptions', '', (): PrintOptions & { readonly legacy: false } =>
  ({ formatter: null, override_repr: null, ...currentOptions(), legacy: false }));

/**
 * Runs a function with other print options, or, without one, changes them until the returned object is disposed
 * (`using _ = np.printoptions({ precision: 2 })`). Source: numpy.printoptions.
 * @example
 * np.printoptions({ precision: 2 }, () => String(np.array([0.123456]))) // → [0.12]
 */
export function printoptions<T>(options: PrintOptionArguments, body: () => T): T;
export function printoptions(options: PrintOptionArguments): Disposable;
export function printoptions(...args: OptionList): Disposable;
export function printoptions<T>(...args: readonly unknown[]): T | Disposable {
  const body = args.at(-1);
  if (typeof body === 'function') checkCallable(body);
  const previous = currentOptions();
  const restore = (): void => useOptions(previous);
  useOptions(changed(typeof body === 'function' ? args.slice(0, -1) : args));
  if (typeof body !== 'function') return { [Symbol.dispose]: restore };
  try {
    return (body as () => T)();
  } finally {
    restore();
  }
}

function checkArray(a: unknown, attribute: string): asserts a is StridedArray {
  if (!(a instanceof StridedArray)) throw noAttribute(a, attribute);
}

type Width = number | null;

/**
 * An array of any shape as text, with options for this call. Source: numpy.array2string.
 * @example
 * np.array2string(np.array([1, 2]), { separator: ', ' }) // → [1, 2]
 */
export const array2string = routine('array2string', [
  "a, max_line_width: Any=None, precision: Any=None, suppress_small: Any=None, separator=' ', prefix=''",
  "*, formatter: Any=None, threshold: Any=None, edgeitems: Any=None, sign: Any=None, floatmode: Any=None, suffix='', legacy: Any=None",
], (
  a: StridedArray, max_line_width?: Width, precision?: number | null, suppress_small?: boolean | null, separator?: string, prefix?: string,
  formatter?: Formatter | null, threshold?: number | null, edgeitems?: number | null, sign?: SignMode | null, floatmode?: FloatMode | null,
  suffix?: string, legacy?: false | null,
): string => {
  checkArray(a, 'size');
  refuseLegacy(legacy);
  const changes = { linewidth: max_line_width, precision, suppress: suppress_small, formatter, threshold, edgeitems, sign, floatmode };
  return formatArray(printSource(a), mergePrintOptions(currentOptions(), changes), { separator, prefix, suffix });
});

const fewOptions = 'max_line_width: Any=None, precision: Any=None, suppress_small: Any=None';

/**
 * What Python's `repr` shows of an array. Source: numpy.array_repr.
 * @example
 * np.array_repr(np.array([1, 2])) // → array([1, 2])
 */
export const array_repr = routine('array_repr', ['arr', fewOptions], (
  arr: StridedArray, max_line_width?: Width, precision?: number | null, suppress_small?: boolean | null,
): string => {
  checkArray(arr, 'size');
  const options = mergePrintOptions(currentOptions(), { linewidth: max_line_width, precision, suppress: suppress_small });
  return options.override_repr?.(arr as never) ?? arrayRepr(printSource(arr), options);
});

/**
 * What Python's `print` shows of an array. Source: numpy.array_str.
 * @example
 * np.array_str(np.array([1, 2])) // → [1 2]
 */
export const array_str = routine('array_str', ['a', fewOptions], (
  a: StridedArray, max_line_width?: Width, precision?: number | null, suppress_small?: boolean | null,
): string => {
  checkArray(a, 'shape');
  return textOf(a, mergePrintOptions(currentOptions(), { linewidth: max_line_width, precision, suppress: suppress_small }));
});
