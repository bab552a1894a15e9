import { Complex } from '../../core/complex.ts';
import { Slice } from '../../core/indexing/index.ts';
import { ValueError } from '../../core/errors.ts';

/** Slices of numbers rather than of places: what `np.r_` and `np.mgrid` have between their brackets in Python. */

/** A slice as text, `'0:1:5j'`, or as `np.slice(0, 1, new np.Complex(0, 5))`. */
export type GridSlice = string | Slice;

/** A bound of a slice; what is written with a point or an exponent is a float, be it whole or not. */
export interface SliceBound {
  readonly value: number | bigint;
  readonly isFloat: boolean;
}
export interface NumberSlice {
  readonly kind: 'slice';
  readonly start: SliceBound | null;
  readonly stop: SliceBound | null;
  /** The distance of numbers, or how many there are of them. */
  readonly step: SliceBound | null;
  readonly counts: boolean;
}
/** A part of a text that is no slice. */
export interface OtherText {
  readonly kind: 'other';
  readonly text: string;
}

const number = String.raw`[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?`;
const numberPattern = new RegExp(`^${number}$`);
const countPattern = new RegExp(`^(${number})[jJ]$`);

function boundOf(text: string): SliceBound | null {
  if (text === '' || text === 'None') return null;
  if (!numberPattern.test(text)) throw new ValueError(`'${text}' is no number: a slice has numbers, as '0:5', '0:1:0.25' or '0:1:5j'`);
  const value = Number(text);
  const isFloat = /[.eE]/.test(text);
  return { value: isFloat || Number.isSafeInteger(value) ? value : BigInt(text.replace('+', '')), isFloat };
}

function ofText(text: string): NumberSlice | OtherText {
  const pieces = text.split(':').map((piece) => piece.trim());
  if (pieces.length === 1) return { kind: 'other', text: pieces[0] };
  if (pieces.length > 3) throw new ValueError(`'${text.trim()}' is no slice: it has more than two colons`);
  const [start, stop, step = ''] = pieces;
  const count = countPattern.exec(step);
  if (count === null) return { kind: 'slice', start: boundOf(start), stop: boundOf(stop), step: boundOf(step), counts: false };
  const size = { value: Math.abs(Number(count[1])), isFloat: true };
  return { kind: 'slice', start: boundOf(start), stop: boundOf(stop), step: size, counts: true };
}

function ofSlice({ start, stop, step }: Slice): NumberSlice {
  const bound = (value: unknown): SliceBound | null => {
    if (value === null || value === undefined) return null;
    if (value instanceof Complex) return { value: Math.hypot(value.re, value.im), isFloat: true };
    if (typeof value !== 'number' && typeof value !== 'bigint') throw new TypeError('a slice has numbers as its bounds');
    return { value, isFloat: typeof value === 'number' && !Number.isInteger(value) };
  };
  return { kind: 'slice', start: bound(start), stop: bound(stop), step: bound(step), counts: step instanceof Complex };
}

/** What a text has between its commas, and whether Python would make a tuple of it. */
export function parseNumberSlices(text: string): { readonly parts: readonly (NumberSlice | OtherText)[]; readonly tuple: boolean } {
  const pieces = text.split(',');
  const open = pieces.length > 1 && pieces[pieces.length - 1].trim() === '';
  if (open) pieces.pop();
  return { parts: pieces.map(ofText), tuple: open || pieces.length > 1 };
}

/** The slice that an argument is, one of a text at most; undefined of anything else. */
export const numberSlice = (value: unknown): NumberSlice | undefined => (value instanceof Slice ? ofSlice(value) : undefined);
