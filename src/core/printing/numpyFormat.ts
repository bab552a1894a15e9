/** How NumPy turns the elements of one array into words of one width. */

import { formatTraits, roundToFormat } from './digits.ts';
import type { FloatFormat } from './digits.ts';
import { ValueError } from '../errors.ts';
import type { PrintOptions, SignMode } from './numpyOptions.ts';
import { formatFloatPositional, formatFloatScientific } from './shortest.ts';
import type { PrintSource, PrintableValue } from './source.ts';

export type ElementFormatter = (value: PrintableValue) => string;

/** The format of a floating dtype, or of the components of a complex one. */
export function floatFormatOf(source: PrintSource): FloatFormat {
  if (source.dtypeName === 'bfloat16') return 'bfloat16';
  switch (source.itemBits) {
    case 16:
      return 'float16';
    case 32:
      return 'float32';
    case 64:
      return 'float64';
    default:
      throw new TypeError(`cannot print ${source.dtypeName} with ${source.itemBits}-bit floats`);
  }
}

function longest(words: readonly string[]): number {
  return words.reduce((length, word) => Math.max(length, word.length), 0);
}

function isNegative(value: number): boolean {
  return value < 0 || Object.is(value, -0);
}

/** Exponents are used where plain digits would be long or would hide the small numbers beside the large ones. */
function wantsExponents(finite: readonly number[], format: FloatFormat, suppress: boolean): boolean {
  let smallest = Infinity;
  let largest = 0;
  for (const value of finite) {
    const magnitude = Math.abs(value);
    if (magnitude === 0) continue;
    smallest = Math.min(smallest, magnitude);
    largest = Math.max(largest, magnitude);
  }
  if (largest === 0) return false;
  if (largest >= 10 ** Math.min(8, formatTraits[format].decimalPrecision)) return true;
  // NumPy compares in the array's own precision, bounds included.
  return (
    !suppress && (smallest < roundToFormat(0.0001, format) || roundToFormat(largest / smallest, format) > 1000)
  );
}

interface Layout {
  readonly padLeft: number;
  readonly padRight: number;
  readonly write: (value: number, padLeft: number) => string;
}

/** "12.5" as ["12", "5"]. */
function split(word: string): [string, string] {
  const point = word.indexOf('.');
  return [word.slice(0, point), word.slice(point + 1)];
}

function exponentLayout(finite: readonly number[], format: FloatFormat, options: PrintOptions): Layout {
  const unique = options.floatmode !== 'fixed';
  const sign = options.sign === '+';
  const words = finite.map((value) =>
    formatFloatScientific(value, {
      format,
      precision: options.floatmode === 'unique' ? null : options.precision,
      unique,
      trim: unique ? '.' : 'k',
      sign,
    }),
  );
  const expDigits = longest(words.map((word) => word.slice(word.indexOf('e') + 1))) - 1;
  const parts = words.map((word) => split(word.slice(0, word.indexOf('e'))));
  const precision = longest(parts.map(([, fraction]) => fraction));
  return {
    padLeft: longest(parts.map(([whole]) => whole)),
    padRight: expDigits + 2 + precision,
    write: (value, padLeft) =>
      formatFloatScientific(value, {
        format,
        precision,
        min_digits: precision,
        unique,
        trim: 'k',
        sign,
        pad_left: padLeft,
        exp_digits: expDigits,
      }),
  };
}

function positionalLayout(finite: readonly number[], format: FloatFormat, options: PrintOptions): Layout {
  const { floatmode } = options;
  const unique = floatmode !== 'fixed';
  const sign = options.sign === '+';
  const precision = floatmode === 'unique' ? null : options.precision;
  const parts = finite.map((value) =>
    split(formatFloatPositional(value, { format, precision, unique, trim: unique ? '.' : 'k', sign })),
  );
  const padRight = longest(parts.map(([, fraction]) => fraction));
  const equal = floatmode === 'fixed' || floatmode === 'maxprec_equal';
  return {
    padLeft: longest(parts.map(([whole]) => whole)),
    padRight,
    write: (value, padLeft) =>
      formatFloatPositional(value, {
        format,
        precision: equal ? padRight : precision,
        min_digits: equal ? padRight : 0,
        unique,
        trim: equal ? 'k' : '.',
        sign,
        pad_left: padLeft,
        pad_right: padRight,
      }),
  };
}

const nothingFinite: Layout = {
  padLeft: 0,
  padRight: 0,
  write: (value) => {
    throw new RangeError(`${value} was not among the values that the width was computed from`);
  },
};

function floatFormatter(
  values: readonly number[],
  format: FloatFormat,
  options: PrintOptions,
): (value: number) => string {
  if (options.floatmode !== 'unique' && options.precision < 0) throw new ValueError('precision must be >= 0');
  const finite = values.filter(Number.isFinite);
  let layout = nothingFinite;
  if (finite.length > 0) {
    const makeLayout = wantsExponents(finite, format, options.suppress) ? exponentLayout : positionalLayout;
    layout = makeLayout(finite, format, options);
  }

  let { padLeft } = layout;
  if (options.sign === ' ' && !finite.some(isNegative)) padLeft += 1;
  if (finite.length < values.length) {
    const afterWhole = layout.padRight + 1;
    const signed = options.sign !== '-' || values.includes(-Infinity);
    padLeft = Math.max(
      padLeft,
      options.nanstr.length - afterWhole,
      options.infstr.length + Number(signed) - afterWhole,
    );
  }
  const width = padLeft + layout.padRight + 1;
  const plus = options.sign === '+' ? '+' : '';
  return (value) => {
    if (Number.isNaN(value)) return (plus + options.nanstr).padStart(width);
    if (!Number.isFinite(value)) return ((value < 0 ? '-' : plus) + options.infstr).padStart(width);
    return layout.write(value, padLeft);
  };
}

function complexFormatter(
  values: readonly (readonly [number, number])[],
  format: FloatFormat,
  options: PrintOptions,
): ElementFormatter {
  const real = floatFormatter(values.map(([re]) => re), format, options);
  const imaginary = floatFormatter(values.map(([, im]) => im), format, { ...options, sign: '+' });
  return (value) => {
    const [re, im] = value as readonly [number, number];
    const word = imaginary(im);
    // The j comes before the padding.
    const end = word.trimEnd().length;
    return `${real(re)}${word.slice(0, end)}j${word.slice(end)}`;
  };
}

function integerText(value: number | bigint, sign: SignMode): string {
  const text = value.toString();
  return sign !== '-' && value >= 0 ? sign + text : text;
}

function integerFormatter(values: readonly (number | bigint)[], sign: SignMode): ElementFormatter {
  let smallest = values[0];
  let largest = values[0];
  for (const value of values) {
    if (value < smallest) smallest = value;
    if (value > largest) largest = value;
  }
  const shownSign = sign === ' ' && smallest < 0 ? '-' : sign;
  const width = Math.max(integerText(largest, shownSign).length, smallest.toString().length);
  return (value) => integerText(value as number | bigint, shownSign).padStart(width);
}

/** The formatter of the elements, from the values that will be shown. */
export function elementFormatter(
  source: PrintSource,
  values: readonly PrintableValue[],
  options: PrintOptions,
): ElementFormatter {
  switch (source.kind) {
    case 'bool': {
      // All words have the length of "False", except that a 0-d array has nothing to align with.
      const yes = source.shape.length > 0 ? ' True' : 'True';
      return (value) => (value ? yes : 'False');
    }
    case 'int':
    case 'uint':
      return integerFormatter(values as readonly (number | bigint)[], options.sign);
    case 'float': {
      const format = floatFormatter(values as readonly number[], floatFormatOf(source), options);
      return (value) => format(value as number);
    }
    case 'complex':
      return complexFormatter(values as readonly (readonly [number, number])[], floatFormatOf(source), options);
  }
}
