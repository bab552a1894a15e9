import { isMap } from '../realms.ts';
import { formatExponential } from './digits.ts';

/** `repr` of Python's own values: what `print(loss.item())` or `print(x.tolist())` shows. */

export interface PythonReprOptions {
  /** Numbers are floats: 1 prints as `1.0`. Left out, safe integers other than -0 print as ints. */
  float?: boolean;
}

/** A Python complex number. */
export interface PythonComplex {
  readonly re: number;
  readonly im: number;
}

export type PythonValue =
  | number
  | bigint
  | boolean
  | string
  | null
  | undefined
  | PythonComplex
  | PythonTuple
  | readonly PythonValue[]
  | ReadonlyMap<PythonValue, PythonValue>;

/** Marks values that print as a tuple, since a JavaScript array stands for a list. */
export class PythonTuple {
  readonly items: readonly PythonValue[];

  constructor(items: readonly PythonValue[]) {
    this.items = items;
  }
}

/** The shortest digits that read back as the same double, with exponents from 1e16 and below 1e-4. */
function floatText(value: number, wholeEnding: string): string {
  if (Number.isNaN(value)) return 'nan';
  const sign = value < 0 || Object.is(value, -0) ? '-' : '';
  const magnitude = Math.abs(value);
  if (magnitude === Infinity) return `${sign}inf`;
  if (magnitude !== 0 && (magnitude < 1e-4 || magnitude >= 1e16)) {
    const [digits, exponent] = magnitude.toExponential().split('e');
    return `${sign}${digits}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
  }
  // JavaScript's own text has no exponent in this range, and no point where the value is whole.
  return sign + String(magnitude) + (Number.isInteger(magnitude) ? wholeEnding : '');
}

/** `repr(complex(re, im))`: `(1+2j)`, `2j`. */
export function pythonComplex(re: number, im: number): string {
  const imaginary = floatText(im, '');
  if (Object.is(re, 0)) return `${imaginary}j`;
  return `(${floatText(re, '')}${imaginary.startsWith('-') ? '' : '+'}${imaginary}j)`;
}

const shortEscapes: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escape(character: string): string {
  if (Object.hasOwn(shortEscapes, character)) return shortEscapes[character];
  const code = character.codePointAt(0) ?? 0;
  if (code < 0x100) return `\\x${code.toString(16).padStart(2, '0')}`;
  if (code < 0x10000) return `\\u${code.toString(16).padStart(4, '0')}`;
  return `\\U${code.toString(16).padStart(8, '0')}`;
}

function stringText(value: string): string {
  const quote = value.includes("'") && !value.includes('"') ? '"' : "'";
  // Python escapes what is not printable: controls, unassigned code points, and every separator but the space.
  const body = value.replace(/[\\\p{C}\p{Z}]/gu, (character) => (character === ' ' ? character : escape(character)));
  return quote + (quote === "'" ? body.replaceAll("'", "\\'") : body) + quote;
}

function numberText(value: number, float: boolean): string {
  const integer = !float && Number.isSafeInteger(value) && !Object.is(value, -0);
  return integer ? String(value) : floatText(value, '.0');
}

/** `repr(value)`: null is None, an array a list, a Map a dict, `{ re, im }` a complex number. */
export function pythonRepr(value: PythonValue, options: PythonReprOptions = {}): string {
  switch (typeof value) {
    case 'number':
      return numberText(value, options.float ?? false);
    case 'bigint':
      return options.float ? floatText(Number(value), '.0') : value.toString();
    case 'boolean':
      return value ? 'True' : 'False';
    case 'string':
      return stringText(value);
    case 'undefined':
      return 'None';
    case 'object':
      return value === null ? 'None' : containerText(value, options);
    default:
      throw new TypeError(`a ${typeof value} has no Python spelling`);
  }
}

function containerText(value: Exclude<PythonValue, null> & object, options: PythonReprOptions): string {
  const list = (items: readonly PythonValue[]): string => items.map((item) => pythonRepr(item, options)).join(', ');
  if (value instanceof PythonTuple) return `(${list(value.items)}${value.items.length === 1 ? ',' : ''})`;
  if (Array.isArray(value)) return `[${list(value as readonly PythonValue[])}]`;
  if (isMap(value)) {
    const entries = [...(value as ReadonlyMap<PythonValue, PythonValue>)];
    return `{${entries.map(([key, item]) => `${pythonRepr(key, options)}: ${pythonRepr(item, options)}`).join(', ')}}`;
  }
  const { re, im } = value as PythonComplex;
  if (typeof re === 'number' && typeof im === 'number') return pythonComplex(re, im);
  throw new TypeError('an object without a Python spelling: expected an array, PythonTuple, Map or { re, im }');
}

/** `format(value, '.6g')`: so many significant digits, without zeros at the end. */
export function pythonGeneral(value: number, digits = 6): string {
  if (Number.isNaN(value)) return 'nan';
  if (!Number.isFinite(value)) return value < 0 ? '-inf' : 'inf';
  if (value === 0) return Object.is(value, -0) ? '-0' : '0';
  // Python rounds what lies between two decimals to the even one, which JavaScript's own methods do not.
  const text = formatExponential(value, digits - 1);
  const [mantissa, exponent] = text.split('e');
  const power = Number(exponent);
  return power >= -4 && power < digits ? String(Number(text)) : `${Number(mantissa)}e${exponent}`;
}
