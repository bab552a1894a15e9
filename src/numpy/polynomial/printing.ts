import { isFloating } from '../../core/dtype.ts';
import { formatFloatPositional, formatFloatScientific, scalarStr } from '../../core/printing/index.ts';
import type { FloatFormat } from '../../core/printing/index.ts';
import { ValueError, shown } from '../../core/errors.ts';
import { printSource } from '../../ops/host.ts';
import type { ndarray } from '../ndarray/ndarray.ts';
import { currentOptions } from '../ndarray/printing.ts';
import * as ufuncs from '../ufuncs.ts';
import { at, part } from './series.ts';

/** How series are written. */

export type PrintStyle = 'unicode' | 'ascii';
let defaultStyle: PrintStyle = 'unicode';

export function useStyle(style: PrintStyle): void {
  if (style !== 'unicode' && style !== 'ascii') {
    throw new ValueError(`Unsupported format string '${shown(style)}'. Valid options are 'ascii' and 'unicode'`);
  }
  defaultStyle = style;
}

export const currentStyle = (): PrintStyle => defaultStyle;

/** One number, with as many digits as arrays are written with; in parentheses where it has an exponent and they are asked for. */
export function floatText(x: ndarray, parens = false): string {
  if (!isFloating(x.dtypeCore)) return scalarStr(printSource(x));
  const { precision, nanstr, infstr, floatmode, sign } = currentOptions();
  const value = x.item();
  if (Number.isNaN(value)) return nanstr;
  if (!Number.isFinite(value)) return infstr;
  const size = Math.abs(value);
  const options = {
    format: x.dtypeCore.name as FloatFormat, precision, unique: floatmode !== 'fixed', sign: sign === '+',
    trim: floatmode === 'fixed' ? 'k' : '0',
  } as const;
  const exponent = value !== 0 && (size >= 1e8 || size < 10 ** Math.min(0, Math.floor(-(precision - 1) / 2)));
  if (!exponent) return formatFloatPositional(value, { ...options, fractional: true });
  const text = formatFloatScientific(value, options);
  return parens ? `(${text})` : text;
}

const digitsIn = (digits: string) => (index: number): string => Array.from(String(index), (digit) => digits[Number(digit)]).join('');
const raised = digitsIn('⁰¹²³⁴⁵⁶⁷⁸⁹');
const lowered = digitsIn('₀₁₂₃₄₅₆₇₈₉');

/** How the term of an index is written behind its coefficient: of powers, or of polynomials with a letter. */
type Term = (letter: string | null, index: number, argument: string) => string;

const terms: Readonly<Record<PrintStyle, Term>> = {
  unicode: (letter, index, argument) => (letter !== null ? `·${letter}${lowered(index)}(${argument})`
    : `·${argument}${index === 1 ? '' : raised(index)}`),
  ascii: (letter, index, argument) => (letter !== null ? ` ${letter}_${index}(${argument})`
    : ` ${argument}${index === 1 ? '' : `**${index}`}`),
};

/** What the polynomials are taken at: offset and scale are those of the line from the domain to the window. */
function argumentText(symbol: string, [off, scale]: readonly [ndarray, ndarray], text: (x: ndarray) => string): string {
  const [moved, stretched] = [ufuncs.not_equal(off, 0).toBoolean(), ufuncs.not_equal(scale, 1).toBoolean()];
  return `${moved ? `${text(off)} + ` : ''}${stretched ? text(scale) : ''}${symbol}`;
}

/** What is written of a series. */
export interface Written {
  readonly coef: ndarray;
  readonly letter: string | null;
  readonly symbol: string;
  readonly line: readonly [ndarray, ndarray];
}

/** Sum and sign of each term: complex numbers are compared by their real parts first. */
const isNegative = (x: ndarray): boolean => !ufuncs.greater_equal(x, 0).toBoolean();

/** Terms with their signs between them, in lines that are no longer than those of arrays. */
export function seriesText({ coef, letter, symbol, line }: Written, style: PrintStyle): string {
  const width = Math.max(currentOptions().linewidth, 1);
  const plain = argumentText(symbol, line, floatText);
  const argument = plain === symbol ? plain : `(${plain})`;
  let text = floatText(at(coef, 0));
  let lineStart = 0;
  for (let i = 1; i < coef.size; i++) {
    const c = at(coef, i);
    text += ' ';
    const negative = isNegative(c);
    let term = `${negative ? '-' : '+'} ${floatText(negative ? ufuncs.negative(c) : c, true)}${terms[style](letter, i, argument)}`;
    const length = text.length - lineStart + term.length + (i < coef.size - 1 ? 2 : 0);
    if (length >= width) {
      term = term.replace(' ', '\n');
      lineStart = text.length + term.indexOf('\n') + 1;
    }
    text += term;
  }
  return text;
}

/** The series as TeX; terms of the coefficient 0 in grey. */
export function seriesTex({ coef, letter, symbol, line }: Written): string {
  const text = (x: ndarray, parens = false): string => `\\text{${floatText(x, parens)}}`;
  const argument = argumentText(symbol, line, text);
  const isReal = isFloating(coef.dtypeCore);
  const written = Array.from({ length: coef.size }, (_, i) => {
    const [c] = [at(coef, i)];
    const negative = isReal && isNegative(c);
    const number = i === 0 ? text(c) : !isReal ? ` + (${text(c)})`
      : ` ${negative ? '-' : '+'} ${text(negative ? ufuncs.negative(c) : c, true)}`;
    const base = argument === symbol ? argument : `\\left(${argument}\\right)`;
    const term = letter !== null ? `{${letter}}_{${i}}(${argument})` : i === 0 ? '1' : i === 1 ? base : `${base}^{${i}}`;
    const whole = term === '1' ? number : `${number}\\,${term}`;
    return ufuncs.equal(part(coef, i, 1), 0).item() as unknown === true ? `\\color{LightGray}{${whole}}` : whole;
  });
  return `$${symbol} \\mapsto ${written.join('')}$`;
}
