import { IndexError, KeyError, RuntimeError, ValueError, iterable, notAnInteger, pythonTypeName } from '../../core/errors.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import type { PythonValue } from '../../core/printing/index.ts';
import { index } from '../arguments/routine.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import type { Contraction, Extents } from './einsumPath.ts';
import { flopCount, greedyPath, optimalPath, sizeOfLabels, stepOf } from './einsumPath.ts';

/** The sum of products of many arrays as steps of a few at a time, along a path that is found or given. */

/** How a path is found, with or without how many elements an intermediate array may have; or the path itself. */
export type EinsumPath = readonly [word: 'einsum_path', ...contractions: (readonly number[])[]];
export type Optimize = boolean | 'greedy' | 'optimal' | readonly [method: string, memory_limit: number] | EinsumPath | null;

const symbols = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

function symbolsOf(sublist: unknown): string {
  return [...iterable(sublist as Iterable<unknown>)].map((label) => {
    if (label === '...') return label;
    let number: number;
    try {
      number = index(label);
    } catch {
      throw new TypeError('For this input type lists must contain either int or Ellipsis');
    }
    if (number >= 52 || number < -52) throw new IndexError('string index out of range');
    return symbols[number < 0 ? number + 52 : number];
  }).join('');
}

interface Parsed {
  /** The labels of the operands, one letter each. */
  readonly inputs: readonly string[];
  readonly output: string;
  readonly operands: readonly ndarray[];
}

/** The letters that occur once, in their order. */
const singles = (letters: string): string => [...new Set(letters)].sort()
  .filter((letter) => letters.indexOf(letter) === letters.lastIndexOf(letter)).join('');

function checkSymbols(text: string, allowed: string): void {
  for (const character of text) {
    if (!allowed.includes(character) && !symbols.includes(character)) throw new ValueError(`Character ${character} is not a valid symbol.`);
  }
}

/** Letters for the axes of ellipses. */
function withoutEllipses(text: string, operands: readonly ndarray[]): string {
  const free = [...symbols].filter((letter) => !text.includes(letter)).join('');
  const lastOf = (count: number): string => (count === 0 ? '' : free.slice(-count));
  const [inputs, output] = text.split('->') as [string, string?];
  let longest = 0;
  const parts = inputs.split(',').map((part, i) => {
    if (!part.includes('.')) return part;
    if (part.split('.').length !== 4 || !part.includes('...')) throw new ValueError('Invalid Ellipses.');
    if (i >= operands.length) throw new IndexError('list index out of range');
    const { ndim } = operands[i];
    const count = ndim === 0 ? 0 : ndim - (part.length - 3);
    if (count < 0) throw new ValueError('Ellipses lengths do not match.');
    longest = Math.max(longest, count);
    return part.replace('...', lastOf(count));
  });
  const ellipsis = lastOf(longest);
  const result = output === undefined
    ? ellipsis + [...singles(parts.join(''))].filter((letter) => !ellipsis.includes(letter)).join('')
    : output.replaceAll('...', ellipsis);
  return `${parts.join(',')}->${result}`;
}

function parse(given: readonly unknown[]): Parsed {
  if (given.length === 0) throw new ValueError('No input operands');
  const [first, ...rest] = given;
  let text: string;
  let arrays: readonly unknown[];
  if (typeof first === 'string') {
    text = first.replaceAll(' ', '');
    arrays = rest;
    checkSymbols(text, '.,->');
  } else {
    const count = given.length >> 1;
    arrays = Array.from({ length: count }, (_, i) => given[2 * i]);
    text = arrays.map((_, i) => symbolsOf(given[2 * i + 1])).join();
    if (given.length % 2 === 1) text += `->${symbolsOf(given[2 * count])}`;
  }
  const operands = arrays.map((each) => asArray(each as ArrayLike));
  const arrows = /^[^->]*->[^->]*$/;
  if (/[->]/.test(text) && !arrows.test(text)) throw new ValueError("Subscripts can only contain one '->'.");
  if (text.includes('.')) text = withoutEllipses(text, operands);
  const [inputs, output = singles(text.replaceAll(',', ''))] = text.split('->') as [string, string?];
  for (const letter of output) {
    if (output.indexOf(letter) !== output.lastIndexOf(letter)) {
      throw new ValueError(`Output character ${letter} appeared more than once in the output.`);
    }
    if (!inputs.includes(letter)) throw new ValueError(`Output character ${letter} did not appear in the input`);
  }
  const list = inputs.split(',');
  if (list.length !== operands.length) {
    throw new ValueError('Number of einsum subscripts must be equal to the number of operands.');
  }
  return { inputs: list, output, operands };
}

function extentsOf({ inputs, operands }: Parsed): Extents {
  const extents = new Map<string, number>();
  inputs.forEach((labels, i) => {
    const { shape } = operands[i];
    if (shape.length !== labels.length) {
      // The character of the text that has the operand's number: so it is in NumPy.
      const shown = inputs.join()[i] ?? '';
      throw new ValueError(`Einstein sum subscript ${shown} does not contain the correct number of indices for operand ${i}.`);
    }
    [...labels].forEach((label, axis) => {
      const [known, extent] = [extents.get(label), shape[axis]];
      if (known === undefined || known === 1) extents.set(label, extent);
      else if (extent !== 1 && extent !== known) {
        throw new ValueError(`Size of label '${label}' for operand ${i} (${known}) does not match previous terms (${extent}).`);
      }
    });
  });
  return extents;
}

/** What was asked for: a name, a limit, or the path itself. */
interface Asked {
  readonly method: string | false;
  readonly limit: number | null;
  readonly given: readonly unknown[] | null;
}

function asked(optimize: unknown): Asked {
  if (optimize === true) return { method: 'greedy', limit: null, given: null };
  if (optimize === false || optimize === null || optimize === undefined) return { method: false, limit: null, given: null };
  if (typeof optimize === 'string') return { method: optimize, limit: null, given: null };
  if (!Array.isArray(optimize)) throw new TypeError(`object of type '${pythonTypeName(optimize)}' has no len()`);
  const [first, second] = optimize as readonly unknown[];
  if (first === 'einsum_path') return { method: false, limit: null, given: optimize.slice(1) };
  if (optimize.length === 2 && typeof first === 'string' && (typeof second === 'number' || typeof second === 'boolean')) {
    return { method: first, limit: Math.trunc(Number(second)), given: null };
  }
  throw new TypeError(`Did not understand the path: ${pythonRepr(optimize as unknown as PythonValue)}`);
}

/** One step: which of the arrays that are left, from the last, by which subscripts, and what is left then. */
export interface EinsumStep {
  readonly positions: readonly number[];
  readonly subscripts: string;
  readonly left: readonly string[];
  readonly cost: number;
  readonly scaling: number;
  readonly size: number;
}

export interface Plan extends Parsed {
  readonly extents: Extents;
  readonly path: readonly unknown[];
  readonly steps: readonly EinsumStep[];
}

function found({ inputs, output, operands }: Parsed, extents: Extents, { method, limit, given }: Asked): readonly unknown[] {
  if (given !== null) return given;
  const sets = inputs.map((labels) => new Set(labels));
  const result = new Set(output);
  const whole = operands.map((_, i) => i);
  if (method === false || inputs.length <= 2 || new Set(inputs.join('')).size === result.size) return [whole];
  const most = limit ?? Math.max(...[...inputs, output].map((labels) => sizeOfLabels(labels, extents)));
  if (method === 'greedy') return greedyPath(sets, result, extents, most);
  if (method === 'optimal') return optimalPath(sets, result, extents, most);
  throw new KeyError(`('Path name %s not found', '${method}')`);
}

function positionsOf(contraction: unknown): Contraction {
  const list = typeof contraction === 'object' && contraction !== null ? [...iterable(contraction as Iterable<unknown>)] : null;
  if (list === null) throw new TypeError(`'${pythonTypeName(contraction)}' object is not iterable`);
  return list.map((each) => {
    if (!Number.isInteger(each)) throw notAnInteger(each);
    return each as number;
  }).sort((a, b) => b - a);
}

/** The steps that a call is to take. */
export function planOf(given: readonly unknown[], optimize: unknown): Plan {
  const wanted = asked(optimize);
  const parsed = parse(given);
  const extents = extentsOf(parsed);
  const path = found(parsed, extents, wanted);
  const { output } = parsed;
  const left = [...parsed.inputs];
  let sets: readonly ReadonlySet<string>[] = left.map((labels) => new Set(labels));
  const steps = path.map((contraction, at): EinsumStep => {
    const positions = positionsOf(contraction);
    const step = stepOf(positions, sets, new Set(output));
    sets = step.left;
    const taken = positions.map((place) => {
      const real = place < 0 ? place + left.length : place;
      if (!(real >= 0 && real < left.length)) throw new IndexError(left.length === 0 ? 'pop from empty list' : 'pop index out of range');
      return left.splice(real, 1)[0];
    });
    const byExtent = [...step.result].sort((a, b) => (extents.get(a) ?? 1) - (extents.get(b) ?? 1) || (a < b ? -1 : 1)).join('');
    const result = at === path.length - 1 ? output : byExtent;
    left.push(result);
    return {
      positions, subscripts: `${taken.join()}->${result}`, left: [...left], scaling: step.all.size,
      cost: flopCount(step.all, step.removed, positions.length, extents), size: sizeOfLabels(step.result, extents),
    };
  });
  if (left.length !== 1) {
    throw new RuntimeError(`Invalid einsum_path is specified: ${left.length - 1} more operands has to be contracted.`);
  }
  return { ...parsed, extents, path, steps };
}

/** Python's `%.3e` of a positive number; of two that are equally near, the even one. */
function exponential(value: number): string {
  const [digits, exponent] = value.toExponential(3).split('e');
  const unit = 10 ** (Number(exponent) - 3);
  const last = Number(digits.at(-1));
  const tie = unit > 1 && last % 2 === 1 && value === Math.round(Number(digits) * 1000) * unit - unit / 2;
  const mantissa = tie ? (Number(digits) - 0.001).toFixed(3) : digits;
  return `${mantissa}e${exponent[0]}${exponent.slice(1).padStart(2, '0')}`;
}

/** The table that says what the steps are and cost. */
export function tableOf({ inputs, output, extents, steps }: Plan): string {
  if (steps.length === 0) throw new ValueError('max() arg is an empty sequence');
  const letters = new Set(inputs.join(''));
  const inner = inputs.reduce((sum, labels) => sum + new Set(labels).size, 0) > letters.size;
  const naive = flopCount(letters, inner, inputs.length, extents);
  const optimized = steps.reduce((sum, { cost }) => sum + cost, 0) + 1;
  const line = '-'.repeat(74);
  const row = (first: string, second: string, third: string): string => `${first}${second.padStart(24)} ${third.padStart(40)}`;
  return [
    `  Complete contraction:  ${inputs.join()}->${output}`, `         Naive scaling:  ${letters.size}`,
    `     Optimized scaling:  ${Math.max(...steps.map(({ scaling }) => scaling))}`, `      Naive FLOP count:  ${exponential(naive)}`,
    `  Optimized FLOP count:  ${exponential(optimized)}`, `   Theoretical speedup:  ${(naive / optimized).toFixed(3)}`,
    `  Largest intermediate:  ${exponential(Math.max(...steps.map(({ size }) => size)))} elements`, line,
    row('scaling'.padStart(6) + ' ', 'current', 'remaining'), line,
    ...steps.map(({ scaling, subscripts, left }) => row(`${String(scaling).padStart(4)}    `, subscripts, `${left.join()}->${output}`)),
  ].join('\n');
}
