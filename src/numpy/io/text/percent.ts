import { NotImplementedError, ValueError, pythonTypeName, wholePart } from '../../../core/errors.ts';
import { formatExponential, formatFixed } from '../../../core/printing/digits.ts';

/** Python's `format % values`, of numbers and texts. */

/** A value to write: `text` is what str() makes of it. */
export interface Shown {
  readonly value: number | bigint | boolean | string;
  readonly text: string;
}

interface Directive {
  readonly before: string;
  readonly flags: string;
  readonly width: number;
  readonly precision: number;
  readonly letter: string;
}

const pattern = /%([-+ #0]*)(\d*)(?:\.(\d*))?[hlL]?(.)/gs;

/** A format taken apart once for all lines that it writes. */
export class PercentFormat {
  private readonly directives: Directive[] = [];
  private readonly end: string;

  constructor(format: string) {
    let at = 0;
    let literal = '';
    for (const match of format.matchAll(pattern)) {
      const [whole, flags, width, precision, letter] = match as unknown as [string, string, string, string | undefined, string];
      literal += format.slice(at, match.index);
      at = match.index + whole.length;
      if (letter === '%') {
        literal += '%';
        continue;
      }
      if (!/[diouxXeEfFgGcrsa]/.test(letter)) {
        throw new ValueError(`unsupported format character '${letter}' (0x${letter.charCodeAt(0).toString(16)}) at index ${at - 1}`);
      }
      const places = precision === undefined ? -1 : Number(precision);
      this.directives.push({ before: literal, flags, width: Number(width), precision: places, letter });
      literal = '';
    }
    const rest = format.slice(at);
    if (rest.includes('%')) throw new ValueError('incomplete format');
    this.end = literal + rest;
  }

  get count(): number {
    return this.directives.length;
  }

  write(values: readonly Shown[]): string {
    let text = '';
    for (let i = 0; i < this.directives.length; i++) text += this.directives[i].before + written(this.directives[i], values[i]);
    return text + this.end;
  }
}

/** Exponential notation, mostly by the engine, which rounds halves away from zero where Python rounds them to even. */
function exponential(value: number, places: number): string {
  const size = Math.abs(value);
  if (!Number.isFinite(value) || places > 79) return formatExponential(value, places);
  const longer = size.toExponential(places + 1);
  const fraction = longer.slice(0, longer.indexOf('e'));
  if (fraction.endsWith('5') && /^[^e]*50*e/.test(size.toExponential(places + 20))) return formatExponential(value, places);
  const [digits, exponent] = size.toExponential(places).split('e');
  const padded = exponent.length < 3 ? `${exponent[0]}0${exponent.slice(1)}` : exponent;
  return `${value < 0 || Object.is(value, -0) ? '-' : ''}${digits}e${padded}`;
}

function general(value: number, precision: number, alternate: boolean): string {
  if (!Number.isFinite(value)) return formatFixed(value, 0);
  const places = precision < 0 ? 6 : Math.max(precision, 1);
  const long = exponential(value, places - 1);
  const exponent = value === 0 ? 0 : Number(long.slice(long.indexOf('e') + 1));
  const short = exponent < places && exponent >= -4;
  const text = short ? formatFixed(value, places - 1 - exponent) : long;
  if (alternate || !text.includes('.')) return text;
  return short ? text.replace(/\.?0+$/, '') : text.replace(/\.?0+e/, 'e');
}

function floating(letter: string, value: number, precision: number, alternate: boolean): string {
  const places = precision < 0 ? 6 : precision;
  switch (letter) {
    case 'e': return exponential(value, places);
    case 'f': return formatFixed(value, places) + (alternate && places === 0 && Number.isFinite(value) ? '.' : '');
    default: return general(value, precision, alternate);
  }
}

function integer({ value, text }: Shown, letter: string): bigint {
  if (typeof value === 'string') throw new TypeError(`%${letter} format: a real number is required, not ${pythonTypeName(value)}`);
  if ((/[oxX]/.test(letter) && typeof value === 'number' && (!Number.isInteger(value) || text.includes('.')))
    || (/[oxX]/.test(letter) && typeof value === 'boolean')) {
    throw new TypeError(`%${letter} format: an integer is required, not float`);
  }
  return typeof value === 'bigint' ? value : BigInt(wholePart(Number(value)));
}

function written({ flags, width, precision, letter }: Directive, shown: Shown): string {
  const [left, zeros, alternate] = [flags.includes('-'), flags.includes('0'), flags.includes('#')];
  let sign = '';
  let body: string;
  let numeric = true;
  const lower = letter.toLowerCase();
  if (/[efg]/.test(lower)) {
    if (typeof shown.value === 'string') throw new TypeError('must be real number, not str');
    const number = Number(shown.value);
    body = floating(lower, number, precision, alternate);
    if (letter !== lower) body = body.toUpperCase();
  } else if (/[dioux]/.test(lower)) {
    const whole = integer(shown, letter);
    const base = lower === 'o' ? 8 : lower === 'x' ? 16 : 10;
    const size = (whole < 0n ? -whole : whole).toString(base).padStart(Math.max(precision, 0), '0');
    const prefix = !alternate || base === 10 ? '' : base === 8 ? '0o' : '0x';
    body = (whole < 0n ? '-' : '') + prefix + size;
    if (letter === 'X') body = body.toUpperCase();
  } else if (letter === 'c') {
    throw new NotImplementedError('fmt: numbers are written by %d, %f, %e, %g and %s, not as characters');
  } else {
    numeric = false;
    body = precision < 0 ? shown.text : shown.text.slice(0, precision);
  }
  if (numeric) {
    if (body.startsWith('-')) [sign, body] = ['-', body.slice(1)];
    else if (flags.includes('+')) sign = '+';
    else if (flags.includes(' ')) sign = ' ';
  }
  const missing = width - sign.length - body.length;
  if (missing <= 0) return sign + body;
  if (left) return sign + body + ' '.repeat(missing);
  if (zeros && numeric) return sign + '0'.repeat(missing) + body;
  return ' '.repeat(missing) + sign + body;
}
