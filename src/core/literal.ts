import { Complex } from './complex.ts';
import { refuseAnotherCopy } from './copies.ts';
import type { DType, TypedArray } from './dtype.ts';
import { isTypedArray } from './dtype.ts';
import { ValueError } from './errors.ts';
import { sizeOf } from './layout.ts';
import { writeElement } from './scalar.ts';

/** Nested JavaScript data, read as Python would read the same literals. */

export type Nested = number | bigint | boolean | Complex | TypedArray | readonly Nested[];

/** Elements in nested lists, as `tolist()` gives them: an element itself where there are no dimensions. */
export type NestedList = number | bigint | boolean | Complex | readonly NestedList[];

/** What the elements of a literal call for: the widest of them. */
export type LiteralKind = 'bool' | 'int' | 'float' | 'complex';
const ranks: readonly LiteralKind[] = ['bool', 'int', 'float', 'complex'];

export interface Literal {
  readonly shape: readonly number[];
  readonly kind: LiteralKind;
  /** All elements in row-major order. */
  readonly values: readonly (number | bigint | boolean | Complex)[];
}

/** How many axes nested lists may have. Cyclic ones have no end, so none is followed further. */
export const deepest = { numpy: 64, torch: 128 } as const;

export const tooDeep = {
  numpy: (): Error => new ValueError('setting an array element with a sequence. '
    + `The requested array would exceed the maximum number of dimension of ${deepest.numpy}.`),
  torch: (): Error => new ValueError("too many dimensions 'list'"),
} as const;

/** Says where a literal is not rectangular; the façades word it. */
export class RaggedError extends Error {
  readonly shape: readonly number[];
  readonly axis: number;
  readonly expected: number;
  readonly found: number | null;

  constructor(shape: readonly number[], axis: number, expected: number, found: number | null) {
    super(`ragged literal at axis ${axis}`);
    this.shape = shape;
    this.axis = axis;
    this.expected = expected;
    this.found = found;
  }
}

function isSequence(value: unknown): value is readonly unknown[] {
  return Array.isArray(value) || isTypedArray(value);
}

function nameOf(value: unknown): string {
  return value === null ? 'null' : typeof value;
}

function kindOf(value: unknown): LiteralKind {
  switch (typeof value) {
    case 'boolean': return 'bool';
    case 'bigint': return 'int';
    // -0 is written only by who wants a float's zero.
    case 'number': return Number.isInteger(value) && !Object.is(value, -0) ? 'int' : 'float';
    default:
      if (value instanceof Complex) return 'complex';
      refuseAnotherCopy(value);
      throw new TypeError(`cannot make an array element of ${typeof value === 'string' ? `the string '${value}'` : nameOf(value)}`);
  }
}

/** Reads nested arrays; `leaf` may turn objects (arrays of a façade) into nested data first. */
export function readLiteral(
  data: unknown, dialect: 'numpy' | 'torch', leaf: (value: unknown) => unknown = (value) => value,
): Literal {
  const shape: number[] = [];
  for (let level = leaf(data); isSequence(level); level = leaf(level[0])) {
    if (shape.length === deepest[dialect]) throw tooDeep[dialect]();
    // A proxy may say any length; one that is none differs from the list's own.
    shape.push(level.length >>> 0);
    if (level.length === 0) break;
  }
  // PyTorch reads no further where the first elements say that there are none.
  if (dialect === 'torch' && shape.at(-1) === 0) return { shape, kind: 'float', values: [] };
  const values: (number | bigint | boolean | Complex)[] = [];
  let rank = 0;
  const visit = (raw: unknown, axis: number): void => {
    const value = leaf(raw);
    if (axis === shape.length) {
      if (isSequence(value)) throw new RaggedError(shape.slice(0, axis), axis, 0, value.length);
      rank = Math.max(rank, ranks.indexOf(kindOf(value)));
      values.push(value as number);
      return;
    }
    if (!isSequence(value)) throw new RaggedError(shape.slice(0, axis), axis, shape[axis], null);
    if (value.length !== shape[axis]) throw new RaggedError(shape.slice(0, axis), axis, shape[axis], value.length);
    for (let i = 0; i < value.length; i++) visit(value[i], axis + 1);
  };
  visit(data, 0);
  return { shape, kind: values.length === 0 ? 'float' : ranks[rank], values };
}

/** The elements in a dtype's own components. */
export function packLiteral(values: Literal['values'], dtype: DType): TypedArray {
  const packed = new dtype.array(values.length * dtype.components);
  for (let i = 0; i < values.length; i++) writeElement(packed, i * dtype.components, dtype, values[i]);
  return packed;
}

/** Nested lists of `shape` from elements in row-major order. */
export function nest<T>(values: readonly T[], shape: readonly number[]): T | unknown[] {
  if (shape.length === 0) return values[0];
  const [extent, ...rest] = shape;
  const step = sizeOf(rest);
  return Array.from({ length: extent }, (_, i) =>
    (rest.length === 0 ? values[i] : nest(values.slice(i * step, (i + 1) * step), rest)));
}
