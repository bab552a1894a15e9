/** NumPy scalars on their own: `str(np.float32(0.1))` and `repr(np.float32(0.1))`. */

import { formatTraits } from './digits.ts';
import type { FloatFormat } from './digits.ts';
import { floatFormatOf } from './numpyFormat.ts';
import { formatFloatPositional, formatFloatScientific } from './shortest.ts';
import type { PrintSource } from './source.ts';

/** Where exponents begin: a double shows all digits that it has, narrower ones no more than they can tell apart. */
function usesExponent(value: number, format: FloatFormat): boolean {
  const magnitude = Math.abs(value);
  const limit = format === 'float64' ? 1e16 : 10 ** formatTraits[format].decimalPrecision;
  return magnitude !== 0 && (magnitude < 1e-4 || magnitude >= limit);
}

function floatText(value: number, format: FloatFormat): string {
  return usesExponent(value, format)
    ? formatFloatScientific(value, { format, trim: '-' })
    : formatFloatPositional(value, { format, trim: '0' });
}

/** A component of a complex number has no `.0`. */
function componentText(value: number, format: FloatFormat, sign: boolean): string {
  const text = usesExponent(value, format)
    ? formatFloatScientific(value, { format, trim: '-', sign })
    : formatFloatPositional(value, { format, trim: '-', sign });
  return sign && Number.isNaN(value) ? `+${text}` : text;
}

function complexText([re, im]: readonly [number, number], format: FloatFormat): string {
  if (Object.is(re, 0)) return `${componentText(im, format, false)}j`;
  return `(${componentText(re, format, false)}${componentText(im, format, true)}j)`;
}

/** `str` of the only element of a 0-d source. */
export function scalarStr(source: PrintSource): string {
  if (source.shape.length !== 0) throw new TypeError('a scalar has no dimensions');
  const value = source.at([]);
  switch (source.kind) {
    case 'bool':
      return value ? 'True' : 'False';
    case 'int':
    case 'uint':
      return value.toString();
    case 'float':
      return floatText(value as number, floatFormatOf(source));
    case 'complex':
      return complexText(value as readonly [number, number], floatFormatOf(source));
  }
}

/** `repr` of the only element of a 0-d source: `np.float64(1.5)`, `np.True_`. */
export function scalarRepr(source: PrintSource): string {
  const text = scalarStr(source);
  if (source.kind === 'bool') return `np.${text}_`;
  // The parentheses of a complex number merge with those of the call.
  return `np.${source.dtypeName}(${text.startsWith('(') ? text.slice(1, -1) : text})`;
}
