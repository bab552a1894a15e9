import { isComplex } from '../../../core/dtype.ts';
import { pythonGeneral } from '../../../core/printing/index.ts';
import { elements } from '../../../ops/host.ts';
import type { ndarray } from '../../ndarray/ndarray.ts';
import { withoutLeading } from './coefficients.ts';

/** How polynomials are written: powers in a line above the others. */

const widest = 70;

/** A number with four digits. */
function coefficientText(value: unknown): string {
  if (typeof value !== 'object') return pythonGeneral(Number(value), 4);
  const { re, im } = value as { readonly re: number; readonly im: number };
  if (im === 0) return pythonGeneral(re, 4);
  return re === 0 ? `${pythonGeneral(im, 4)}j` : `(${pythonGeneral(re, 4)} + ${pythonGeneral(im, 4)}j)`;
}

function termText(text: string, power: number, variable: string, isFirst: boolean): string {
  if (power === 0) return text !== '0' || isFirst ? text : '';
  if (text === '0') return '';
  return power === 1 ? `${text} ${variable}` : `${text} ${variable}**${power}`;
}

/** Powers above the line of what they belong to, both broken where one is too long. */
function raised(text: string): string {
  let [above, below, output] = ['', '', ' '];
  let end = 0;
  for (const { 0: whole, 1: power, index } of text.matchAll(/\*\*(\d*)/g)) {
    const piece = text.slice(end, index);
    end = index + whole.length;
    const nextBelow = piece + ' '.repeat(Math.max(power.length - 1, 0));
    const nextAbove = ' '.repeat(Math.max(piece.length - 1, 0)) + power;
    if (below.length + nextBelow.length > widest || above.length + nextAbove.length > widest) {
      output += `${above}\n${below}\n `;
      [above, below] = [nextAbove, nextBelow];
    } else {
      above += nextAbove;
      below += nextBelow;
    }
  }
  return `${output}${above}\n${below}${text.slice(end)}`;
}

/** What Python's `print` shows of a polynomial. */
export function polynomialText(coeffs: ndarray, variable: string): string {
  const c = withoutLeading(coeffs);
  const values = elements(isComplex(c.dtypeCore) || c.dtypeCore.kind !== 'bool' ? c : c.astype('int64'));
  let text = '0';
  values.forEach((value, k) => {
    const term = termText(coefficientText(value), values.length - 1 - k, variable, k === 0);
    if (k === 0) text = term;
    else if (term !== '') text += term.startsWith('-') ? ` - ${term.slice(1)}` : ` + ${term}`;
  });
  return raised(text);
}
