import { Complex } from '../../../core/complex.ts';

/** Numbers in texts, by the grammar of Python's float(), int() and complex(), without slicing the text where that can be helped. */

const powers = Float64Array.from({ length: 23 }, (_, i) => Number(`1e${i}`));
const [zero, nine, plus, minus, point] = [48, 57, 43, 45, 46];

/** What Python strips off a text. */
export function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13) || (code >= 28 && code <= 31) || code === 0x85 || code === 0xa0
    || (code > 0xff && /\s/.test(String.fromCharCode(code)) && code !== 0xfeff);
}

function special(text: string, start: number, end: number): number | undefined {
  const sign = text.charCodeAt(start);
  const from = sign === plus || sign === minus ? start + 1 : start;
  const word = end - from > 8 ? '' : text.slice(from, end).toLowerCase();
  if (word === 'nan') return NaN;
  if (word !== 'inf' && word !== 'infinity') return undefined;
  return sign === minus ? -Infinity : Infinity;
}

/** The number between two places of a text, spaces around it left out; undefined where there is none. */
export function readFloat(text: string, from: number, to: number): number | undefined {
  let [start, end] = [from, to];
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  let i = start;
  const negative = text.charCodeAt(i) === minus;
  if (negative || text.charCodeAt(i) === plus) i++;
  // Up to 15 digits are exact in a double, and so is a power of ten up to 22.
  let [mantissa, digits, scale, seen] = [0, 0, 0, false];
  let fraction = false;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code >= zero && code <= nine) {
      seen = true;
      if (digits > 0 || code !== zero) digits++;
      if (digits <= 15) mantissa = mantissa * 10 + (code - zero);
      if (fraction) scale--;
    } else if (code === point && !fraction) {
      fraction = true;
    } else {
      break;
    }
  }
  if (!seen) return special(text, start, end);
  if (i < end) {
    if ((text.charCodeAt(i++) | 32) !== 101) return undefined;
    let exponent = 0;
    const down = text.charCodeAt(i) === minus;
    if (down || text.charCodeAt(i) === plus) i++;
    if (i >= end) return undefined;
    for (; i < end; i++) {
      const code = text.charCodeAt(i);
      if (code < zero || code > nine) return undefined;
      exponent = Math.min(exponent * 10 + (code - zero), 99999);
    }
    scale += down ? -exponent : exponent;
  }
  if (digits > 15 || scale > 22 || scale < -22) return Number(text.slice(start, end));
  const size = scale < 0 ? mantissa / powers[-scale] : mantissa * powers[scale];
  return negative ? -size : size;
}

/** The whole number between two places, a bigint beyond those that are exact; undefined where there is none. */
export function readInteger(text: string, from: number, to: number): number | bigint | undefined {
  let [start, end] = [from, to];
  while (start < end && isSpace(text.charCodeAt(start))) start++;
  while (end > start && isSpace(text.charCodeAt(end - 1))) end--;
  let i = start;
  const negative = text.charCodeAt(i) === minus;
  if (negative || text.charCodeAt(i) === plus) i++;
  if (i === end) return undefined;
  let value = 0;
  const first = i;
  for (; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code < zero || code > nine) return undefined;
    value = value * 10 + (code - zero);
  }
  if (value <= Number.MAX_SAFE_INTEGER) return negative ? 0 - value : value;
  const exact = BigInt(text.slice(first, end));
  return negative ? -exact : exact;
}

const real = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[+-]?(?:nan|inf(?:inity)?)`;
const imaginary = String.raw`[+-](?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?|[+-](?:nan|inf(?:inity)?)`;
const unit = '[+-]?';
const complexPattern = new RegExp(`^(?:(${real})(${imaginary})[jJ]|(${real})[jJ]|(${real}))$`, 'i');
const withUnits = new RegExp(`^(?:(${real})?([+-])|(${unit}))[jJ]$`, 'i');

const numberIn = (text: string): number => readFloat(text, 0, text.length) ?? NaN;

/** The complex number that a text is, in parentheses or not; with `units` also `1+j`, as Python's own complex(). */
export function readComplex(text: string, units: boolean): Complex | undefined {
  const bare = text.trim();
  const inner = bare.startsWith('(') && bare.endsWith(')') ? bare.slice(1, -1).trim() : bare;
  const found = complexPattern.exec(inner);
  if (found !== null) {
    const [, re, im, imaginaryAlone, realAlone] = found as (string | undefined)[];
    if (re !== undefined) return new Complex(numberIn(re), numberIn(im ?? ''));
    return imaginaryAlone === undefined ? new Complex(numberIn(realAlone ?? ''), 0) : new Complex(0, numberIn(imaginaryAlone));
  }
  const unitFound = units ? withUnits.exec(inner) : null;
  if (unitFound === null) return undefined;
  const [, re, sign, alone] = unitFound as (string | undefined)[];
  return new Complex(re === undefined ? 0 : numberIn(re), (sign ?? alone) === '-' ? -1 : 1);
}

const underscored = /^[\s+-]*\d[\d_.eE+-]*\s*$/;

/** A text without the underscores that Python allows between digits. */
export function withoutUnderscores(text: string): string {
  return text.includes('_') && underscored.test(text) && !/_(?!\d)|(?<!\d)_/.test(text) ? text.replaceAll('_', '') : text;
}
