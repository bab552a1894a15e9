/** Arrays as NumPy prints them: `np.array2string`, `str(array)` and `repr(array)`. */

import { Complex } from '../complex.ts';
import { elementFormatter } from './numpyFormat.ts';
import type { ElementFormatter } from './numpyFormat.ts';
import { defaultPrintOptions } from './numpyOptions.ts';
import type { PrintOptions } from './numpyOptions.ts';
import { scalarStr } from './numpyScalar.ts';
import { edgeIndices, elementCount, gather, shapeText } from './source.ts';
import type { PrintSource } from './source.ts';

export interface Array2StringLayout {
  /** Between elements; default a space. */
  separator?: string;
  /** Text that the caller puts before: its length indents the lines. */
  prefix?: string;
  /** Text that the caller puts after: its length shortens the lines. */
  suffix?: string;
}

const dtypesOfLiterals: ReadonlySet<string> = new Set(['int64', 'float64', 'complex128', 'bool']);

interface Page {
  readonly source: PrintSource;
  readonly format: ElementFormatter;
  readonly separator: string;
  readonly edgeItems: number;
  readonly summarized: boolean;
}

/** Which indices of an axis are written, and whether '...' stands between the leading and the trailing ones. */
function shownIndices(length: number, page: Page): { leading: number[]; trailing: number[]; gap: boolean } {
  const { edgeItems } = page;
  if (!page.summarized || 2 * edgeItems >= length) {
    return { leading: [], trailing: edgeIndices(length, Infinity), gap: false };
  }
  const indices = edgeIndices(length, edgeItems);
  // NumPy always writes the last one, even where edgeitems is 0.
  const trailing = edgeItems > 0 ? indices.slice(edgeItems) : [length - 1];
  return { leading: indices.slice(0, edgeItems), trailing, gap: true };
}

/** The innermost axis: words in a row, wrapped at the width. */
function writeRow(page: Page, index: number[], axis: number, indent: string, width: number): string {
  const { source, format, separator } = page;
  const { leading, trailing, gap } = shownIndices(source.shape[axis], page);
  const lineWidth = width - Math.max(separator.trimEnd().length, 1);
  const word = (position: number): string => {
    index[axis] = position;
    return format(source.at(index));
  };
  const words = [...leading.map(word), ...(gap ? ['...'] : []), ...trailing.map(word)];
  let done = '';
  let line = indent;
  words.forEach((text, i) => {
    // A line that holds nothing yet is not wrapped: it would not help.
    if (line.length + text.length > lineWidth && line.length > indent.length) {
      done += `${line.trimEnd()}\n`;
      line = indent;
    }
    line += text;
    if (i < words.length - 1) line += separator;
  });
  return `[${(done + line).slice(indent.length)}]`;
}

function write(page: Page, index: number[], axis: number, indent: string, width: number): string {
  const { source, separator } = page;
  const axesLeft = source.shape.length - axis;
  if (axesLeft === 0) return page.format(source.at(index));
  if (axesLeft === 1) return writeRow(page, index, axis, indent, width);
  const { leading, trailing, gap } = shownIndices(source.shape[axis], page);
  const nested = (position: number): string => {
    index[axis] = position;
    return write(page, index, axis + 1, `${indent} `, width - 1);
  };
  const parts = [...leading.map(nested), ...(gap ? ['...'] : []), ...trailing.map(nested)];
  return `[${parts.join(`${separator.trimEnd()}${'\n'.repeat(axesLeft - 1)}${indent}`)}]`;
}

const typeNames = { bool: 'bool', int: 'int', uint: 'int', float: 'float', complex: 'complexfloat' } as const;

/** The caller's own function for elements of a kind. */
function formatterOf({ kind }: PrintSource, { formatter }: PrintOptions): ElementFormatter | undefined {
  const write = formatter?.[typeNames[kind]] ?? formatter?.[`${kind === 'uint' ? 'int' : kind}_kind`] ?? formatter?.all;
  return write && ((value) =>
    write((kind === 'bool' ? value !== 0 : kind === 'complex' ? new Complex(...value as [number, number]) : value) as never));
}

/** `np.array2string`. */
export function array2string(
  source: PrintSource,
  options: PrintOptions = defaultPrintOptions,
  { separator = ' ', prefix = '', suffix = '' }: Array2StringLayout = {},
): string {
  const size = elementCount(source.shape);
  if (size === 0) return '[]';
  const summarized = size > options.threshold;
  // With edgeitems 0 NumPy measures all elements: a[-0:] is a whole.
  const edgeItems = summarized && options.edgeitems > 0 ? options.edgeitems : Infinity;
  const values = gather(source, source.shape.map((length) => edgeIndices(length, edgeItems)));
  const page: Page = {
    source,
    format: formatterOf(source, options) ?? elementFormatter(source, values, options),
    separator,
    edgeItems: options.edgeitems,
    summarized,
  };
  const index = source.shape.map(() => 0);
  return write(page, index, 0, ' '.repeat(prefix.length + 1), options.linewidth - suffix.length);
}

/** `str(array)`. A 0-d array prints as its element does. */
export function arrayStr(source: PrintSource, options: PrintOptions = defaultPrintOptions): string {
  return source.shape.length === 0 ? scalarStr(source) : array2string(source, options);
}

/** `repr(array)`. */
export function arrayRepr(source: PrintSource, options: PrintOptions = defaultPrintOptions): string {
  const prefix = 'array(';
  const { shape, dtypeName } = source;
  const size = elementCount(shape);
  const body = array2string(source, options, { separator: ', ', prefix, suffix: ')' });

  const extras: string[] = [];
  if ((size === 0 && !(shape.length === 1 && shape[0] === 0)) || size > options.threshold) {
    extras.push(`shape=${shapeText(shape)}`);
  }
  if (!dtypesOfLiterals.has(dtypeName) || size === 0) extras.push(`dtype=${dtypeName}`);
  if (extras.length === 0) return `${prefix}${body})`;

  const text = `${prefix}${body},`;
  const ending = `${extras.join(', ')})`;
  const lastLine = text.length - (text.lastIndexOf('\n') + 1);
  const spacer = lastLine + ending.length + 1 > options.linewidth ? `\n${' '.repeat(prefix.length)}` : ' ';
  return text + spacer + ending;
}
