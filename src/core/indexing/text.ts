import { IndexError } from '../errors.ts';
import type { IndexItem } from './items.ts';

const number = '[+-]?\\d+';
const bound = `(${number}|None)?\\s*`;
const integerPattern = new RegExp(`^${number}$`);
const slicePattern = new RegExp(`^${bound}:\\s*${bound}(?::\\s*${bound})?$`);
const newAxes = new Set(['None', 'newaxis', 'np.newaxis', 'null']);

function integerOf(text: string): number | bigint {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : BigInt(text.replace('+', ''));
}

function boundOf(text: string | undefined): number | null {
  // Beyond every extent a bound's exact value does not matter.
  return text === undefined || text === 'None' ? null : clampBound(Number(text));
}

export function clampBound(value: number): number {
  return Math.min(Math.max(value, -Number.MAX_SAFE_INTEGER), Number.MAX_SAFE_INTEGER);
}

function parsePiece(piece: string, whole: string): IndexItem {
  if (integerPattern.test(piece)) return { kind: 'integer', value: integerOf(piece) };
  const match = slicePattern.exec(piece);
  if (match) return { kind: 'slice', start: boundOf(match[1]), stop: boundOf(match[2]), step: boundOf(match[3]) };
  if (piece === '...' || piece === 'Ellipsis') return { kind: 'ellipsis' };
  if (newAxes.has(piece)) return { kind: 'newaxis' };
  if (piece === 'True' || piece === 'true') return { kind: 'truth', value: true };
  if (piece === 'False' || piece === 'false') return { kind: 'truth', value: false };
  const where = piece === whole ? `'${piece}'` : `'${piece}' in '${whole}'`;
  throw new IndexError(
    `${where} is not an index: a string holds integers, slices such as '1:' or '::-1', '...' and 'None', `
    + 'separated by commas');
}

const known = new Map<string, readonly IndexItem[]>();
const mostKnown = 500;

/** What stands between the brackets in Python: `'1:, ::-1'`, `'...'`, `':, None'`. */
export function parseText(text: string): readonly IndexItem[] {
  const before = known.get(text);
  if (before !== undefined) return before;
  const pieces = text.split(',').map((piece) => piece.trim());
  if (pieces.length > 1 && pieces[pieces.length - 1] === '') pieces.pop();
  const items = pieces.map((piece) => parsePiece(piece, text.trim()));
  // Programs index with few different strings; one that makes them up by the thousand must not fill memory.
  if (known.size >= mostKnown) known.clear();
  known.set(text, items);
  return items;
}
