/** NumPy's `format_float_positional` and `format_float_scientific`. */

import { decimalDigits, exponentText, roundToFormat } from './digits.ts';
import type { FloatFormat } from './digits.ts';
import { ValueError, shown } from '../errors.ts';

/** What becomes of trailing zeros: 'k' kept, '.' cut up to the point, '0' one is left, '-' cut with the point. */
export type TrimMode = 'k' | '.' | '0' | '-';

interface CommonOptions {
  /** The format of the number, whose neighbours decide how many digits identify it; default float64. */
  format?: FloatFormat;
  /** At most so many digits; null (default) for as many as needed, which requires `unique`. */
  precision?: number | null;
  /** Shortest digits that identify the number (default), or else the exact value rounded. */
  unique?: boolean;
  trim?: TrimMode;
  /** Show '+' too. */
  sign?: boolean;
  /** Characters left of the point, at least. */
  pad_left?: number | null;
  /** Digits at least, where `unique` would stop sooner. */
  min_digits?: number | null;
}

export interface PositionalOptions extends CommonOptions {
  /** Precision counts from the point (default), or from the first significant digit. */
  fractional?: boolean;
  /** Characters right of the point, at least. */
  pad_right?: number | null;
}

export interface ScientificOptions extends CommonOptions {
  /** Digits of the exponent, at least; default 2. */
  exp_digits?: number | null;
}

const commonKeys = ['format', 'precision', 'unique', 'trim', 'sign', 'pad_left', 'min_digits'];
const positionalKeys = new Set([...commonKeys, 'fractional', 'pad_right']);
const scientificKeys = new Set([...commonKeys, 'exp_digits']);

function checkKeys(options: object, known: ReadonlySet<string>, name: string): void {
  for (const key of Object.keys(options)) {
    if (!known.has(key)) throw new TypeError(`${name}() got an unexpected keyword argument '${key}'`);
  }
}

/** A count or -1 for "not given", with NumPy's error for negative ones. */
function count(value: number | null | undefined, name: string): number {
  if (value === null || value === undefined) return -1;
  if (value < 0) throw new ValueError(`${name} must be >= 0`);
  if (!Number.isInteger(value)) throw new TypeError(`${name} must be an integer`);
  return value;
}

interface CheckedOptions {
  format: FloatFormat;
  precision: number;
  unique: boolean;
  trim: TrimMode;
  sign: boolean;
  padLeft: number;
  minDigits: number;
}

function checkCommon(options: CommonOptions): CheckedOptions {
  const { format = 'float64', unique = true, trim = 'k', sign = false } = options;
  const precision = count(options.precision, 'precision');
  const padLeft = count(options.pad_left, 'pad_left');
  const minDigits = count(options.min_digits, 'min_digits');
  if (minDigits > 0 && precision > 0 && minDigits > precision) {
    throw new ValueError('min_digits must be less than or equal to precision');
  }
  if (!unique && precision < 0) throw new TypeError('in non-unique mode `precision` must be supplied');
  if (trim !== 'k' && trim !== '.' && trim !== '0' && trim !== '-') {
    throw new TypeError(`if supplied, trim must be 'k', '.', '0' or '-' found \`${shown(trim)}\``);
  }
  return { format, precision, unique, trim, sign, padLeft, minDigits };
}

function signText(value: number, always: boolean): string {
  if (value < 0 || Object.is(value, -0)) return '-';
  return always ? '+' : '';
}

function nonFiniteText(value: number, sign: boolean): string {
  return Number.isNaN(value) ? 'nan' : `${signText(value, sign)}inf`;
}

function trimZeros(fraction: string): string {
  let end = fraction.length;
  while (end > 0 && fraction[end - 1] === '0') end -= 1;
  return fraction.slice(0, end);
}

/** `np.format_float_positional`: the number without an exponent. */
export function formatFloatPositional(x: number, options: PositionalOptions = {}): string {
  checkKeys(options, positionalKeys, 'format_float_positional');
  const { format, precision, unique, trim, sign, padLeft, minDigits } = checkCommon(options);
  const { fractional = true } = options;
  const padRight = count(options.pad_right, 'pad_right');
  if (!fractional && precision === 0) throw new ValueError('precision must be greater than 0 if fractional=False');
  const value = roundToFormat(x, format);
  if (!Number.isFinite(value)) return nonFiniteText(value, sign);

  const cutoffMode = fractional ? 'fraction' : 'significant';
  const { digits, exponent } = decimalDigits(value, { format, unique, cutoffMode, most: precision, least: minDigits });
  const whole = exponent >= 0 ? digits.slice(0, exponent + 1).padEnd(exponent + 1, '0') : '0';
  let fraction = exponent >= 0 ? digits.slice(exponent + 1) : '0'.repeat(-exponent - 1) + digits;
  const wanted = unique ? minDigits : precision;
  if (trim === 'k') fraction = fraction.padEnd(fractional ? wanted : wanted - whole.length, '0');
  else fraction = trimZeros(fraction);
  if (trim === '0' && fraction === '') fraction = '0';

  const prefix = signText(value, sign) + whole;
  let text = prefix + (trim === '-' && fraction === '' ? '' : '.') + fraction;
  if (padRight >= fraction.length) {
    // A trimmed point leaves its column to a space.
    if (trim === '-' && fraction === '') text += ' ';
    text += ' '.repeat(padRight - fraction.length);
  }
  return ' '.repeat(Math.max(0, padLeft - prefix.length)) + text;
}

/** `np.format_float_scientific`: one digit, a point, the others, and a power of ten. */
export function formatFloatScientific(x: number, options: ScientificOptions = {}): string {
  checkKeys(options, scientificKeys, 'format_float_scientific');
  const { format, precision, unique, trim, sign, padLeft, minDigits } = checkCommon(options);
  const expDigits = count(options.exp_digits, 'exp_digits');
  const value = roundToFormat(x, format);
  if (!Number.isFinite(value)) return nonFiniteText(value, sign);

  const { digits, exponent } = decimalDigits(value, {
    format,
    unique,
    cutoffMode: 'significant',
    most: precision < 0 ? -1 : precision + 1,
    least: minDigits < 0 ? -1 : minDigits + 1,
  });
  const wanted = unique ? minDigits : precision;
  const produced = digits.slice(1);
  let fraction = trim === 'k' ? produced.padEnd(wanted, '0') : trimZeros(produced);
  if (trim === '0' && fraction === '') fraction = '0';
  // With '-' the point goes only where there never was a fraction: NumPy keeps it where rounding left zeros.
  const point = trim === '-' && produced === '' ? '' : '.';

  const prefix = signText(value, sign) + digits[0];
  // NumPy's exponents have two digits unless told, never more than five by padding, and none at all for 0 if told so.
  const exponentPart =
    exponent === 0 && expDigits === 0 ? 'e+' : exponentText(exponent, expDigits < 0 ? 2 : Math.min(expDigits, 5));
  return ' '.repeat(Math.max(0, padLeft - prefix.length)) + prefix + point + fraction + exponentPart;
}
