/** Tensors as PyTorch prints them: `repr(tensor)`, which is also their `str`. */

import { formatExponential, formatFixed } from './digits.ts';
import { defaultTorchPrintOptions } from './torchOptions.ts';
import type { TorchPrintOptions } from './torchOptions.ts';
import { edgeIndices, elementCount, gather, shapeText } from './source.ts';
import type { PrintSource, PrintableValue } from './source.ts';

export interface TensorReprOptions {
  /** Shown as `device='cuda:0'`; leave it out for the default device. */
  device?: string;
  /** Shown as `requires_grad=True`, unless there is a `gradFn` to show. */
  requiresGrad?: boolean;
  /** The class of the node that made the tensor: `AddBackward0`. */
  gradFn?: string;
  /** An `nn.Parameter`. */
  parameter?: boolean;
  /** The floating dtype that needs no `dtype=`; default float32. */
  defaultDtype?: string;
  print?: TorchPrintOptions;
}

interface WordFormatter<Value> {
  /** Columns of one element, without what separates it from the next. */
  readonly width: number;
  readonly format: (value: Value) => string;
}

/** Words as wide as the widest of the given values. */
function wordFormatter<Value>(values: readonly Value[], text: (value: Value) => string): WordFormatter<Value> {
  const width = values.reduce((longest, value) => Math.max(longest, text(value).length), 1);
  return { width, format: (value) => text(value).padStart(width) };
}

/** Only finite values other than zero decide on the notation and the width. */
function floatFormatter(values: readonly number[], options: TorchPrintOptions): WordFormatter<number> {
  const { precision, sci_mode: sciMode } = options;
  const decisive = values.filter((value) => Number.isFinite(value) && value !== 0);
  let smallest = Infinity;
  let largest = 0;
  for (const value of decisive) {
    smallest = Math.min(smallest, Math.abs(value));
    largest = Math.max(largest, Math.abs(value));
  }
  const integral = decisive.every(Number.isInteger);
  const automatic = largest / smallest > 1000 || largest > 1e8 || smallest < 1e-4;
  const scientific = decisive.length > 0 && (sciMode ?? automatic);

  let text: (value: number) => string;
  if (scientific) text = (value) => formatExponential(value, precision);
  else if (integral) text = (value) => formatFixed(value, 0) + (Number.isFinite(value) ? '.' : '');
  else text = (value) => formatFixed(value, precision);
  return wordFormatter(decisive, text);
}

function elementFormatter(
  source: PrintSource,
  values: readonly PrintableValue[],
  options: TorchPrintOptions,
): WordFormatter<PrintableValue> {
  switch (source.kind) {
    case 'bool':
      return wordFormatter(values, (value) => (value ? 'True' : 'False'));
    case 'int':
    case 'uint':
      return wordFormatter(values, String);
    case 'float': {
      const { width, format } = floatFormatter(values as readonly number[], options);
      return { width, format: (value) => format(value as number) };
    }
    case 'complex': {
      const pairs = values as readonly (readonly [number, number])[];
      const real = floatFormatter(pairs.map(([re]) => re), options);
      const imaginary = floatFormatter(pairs.map(([, im]) => im), options);
      return {
        width: real.width + imaginary.width + 1,
        format: (value) => {
          const [re, im] = value as readonly [number, number];
          const word = `${imaginary.format(im).trimStart()}j`;
          return real.format(re) + (word.startsWith('-') ? word : `+${word}`);
        },
      };
    }
  }
}

interface Page {
  readonly source: PrintSource;
  readonly formatter: WordFormatter<PrintableValue>;
  readonly options: TorchPrintOptions;
  readonly summarized: boolean;
}

/** The words or blocks along an axis, with the gap of a summary among them. */
function alongAxis(page: Page, length: number, gap: string, text: (position: number) => string): string[] {
  const { edgeitems } = page.options;
  const cut = page.summarized && length > 2 * edgeitems;
  const parts = edgeIndices(length, cut ? edgeitems : Infinity).map(text);
  if (cut) parts.splice(edgeitems, 0, gap);
  return parts;
}

function writeVector(page: Page, index: number[], axis: number, indent: number): string {
  const { source, formatter, options } = page;
  const perLine = Math.max(1, Math.floor((options.linewidth - indent) / (formatter.width + 2)));
  // The gap carries its own space, except where nothing else is shown.
  const words = alongAxis(page, source.shape[axis], options.edgeitems > 0 ? ' ...' : '...', (position) => {
    index[axis] = position;
    return formatter.format(source.at(index));
  });
  const lines: string[] = [];
  for (let i = 0; i < words.length; i += perLine) lines.push(words.slice(i, i + perLine).join(', '));
  return `[${lines.join(`,\n${' '.repeat(indent + 1)}`)}]`;
}

function write(page: Page, index: number[], axis: number, indent: number): string {
  const { shape } = page.source;
  const axesLeft = shape.length - axis;
  if (axesLeft === 0) return page.formatter.format(page.source.at(index));
  if (axesLeft === 1) return writeVector(page, index, axis, indent);
  const blocks = alongAxis(page, shape[axis], '...', (position) => {
    index[axis] = position;
    return write(page, index, axis + 1, indent + 1);
  });
  return `[${blocks.join(`,${'\n'.repeat(axesLeft - 1)}${' '.repeat(indent + 1)}`)}]`;
}

function contents(source: PrintSource, indent: number, options: TorchPrintOptions): string {
  const size = elementCount(source.shape);
  if (size === 0) return '[]';
  const summarized = size > options.threshold;
  const edgeItems = summarized ? options.edgeitems : Infinity;
  const values = gather(source, source.shape.map((length) => edgeIndices(length, edgeItems)));
  const page: Page = { source, formatter: elementFormatter(source, values, options), options, summarized };
  return write(page, source.shape.map(() => 0), 0, indent);
}

function needsDtype(source: PrintSource, defaultDtype: string): boolean {
  const { dtypeName } = source;
  // Without elements nothing tells integers, booleans or complex numbers from the default.
  if (elementCount(source.shape) === 0) return dtypeName !== defaultDtype;
  const defaultComplex = defaultDtype === 'float64' ? 'complex128' : 'complex64';
  return ![defaultDtype, defaultComplex, 'int64', 'bool'].includes(dtypeName);
}

/** `repr(tensor)`. */
export function tensorRepr(source: PrintSource, options: TensorReprOptions = {}): string {
  const { print = defaultTorchPrintOptions, defaultDtype = 'float32' } = options;
  const prefix = 'tensor(';
  const { shape } = source;
  const empty = elementCount(shape) === 0;

  const suffixes: string[] = [];
  if (options.device !== undefined) suffixes.push(`device='${options.device}'`);
  if (empty ? shape.length !== 1 : print.edgeitems === 0) suffixes.push(`size=${shapeText(shape)}`);
  if (needsDtype(source, defaultDtype)) suffixes.push(`dtype=torch.${source.dtypeName}`);
  if (options.gradFn !== undefined) suffixes.push(`grad_fn=<${options.gradFn}>`);
  else if (options.requiresGrad) suffixes.push('requires_grad=True');

  let text = prefix + contents(source, prefix.length, print);
  // PyTorch counts two columns more than the last line has.
  let lastLine = text.length - text.lastIndexOf('\n') + 1;
  for (const suffix of suffixes) {
    if (lastLine + suffix.length + 2 > print.linewidth) {
      text += `,\n${' '.repeat(prefix.length)}${suffix}`;
      lastLine = prefix.length + suffix.length;
    } else {
      text += `, ${suffix}`;
      lastLine += suffix.length + 2;
    }
  }
  return `${options.parameter ? 'Parameter containing:\n' : ''}${text})`;
}
