import { readFileSync } from 'node:fs';
import { ensureState } from '../../src/autograd/tape.ts';
import { runBackward } from '../../src/autograd/backward.ts';
import type { DType } from '../../src/core/dtype.ts';
import { int64 } from '../../src/core/dtype.ts';
import { sizeOf } from '../../src/core/layout.ts';
import { Slice } from '../../src/core/indexing/index.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import '../../src/ops/algebra.ts';
import { dtypeOf, fromValues, valuesOf } from '../backend/arrays.ts';

export interface SlicePart {
  readonly slice: readonly (number | null)[];
}
export interface ListPart {
  readonly list: readonly unknown[];
}
export interface ArrayPart {
  readonly array: readonly (number | boolean)[];
  readonly dtype: string;
  readonly shape: readonly number[];
}
/** One part of an index as the fixtures write it. */
export type Part = number | boolean | null | '...' | SlicePart | ListPart | ArrayPart;

export interface Failure {
  readonly type: string;
  readonly message: string;
}

export function load<T>(name: string): T[] {
  return JSON.parse(readFileSync(new URL(`../fixtures/indexing/${name}.json`, import.meta.url), 'utf8')) as T[];
}

/** start, start + 1, ... under a shape. */
export function counted(shape: readonly number[], dtype: DType = int64, start = 0): StridedArray {
  const values = Array.from({ length: sizeOf(shape) }, (_, i) => i + start);
  return fromValues(dtype === int64 ? values.map(BigInt) : values, shape, dtype);
}

export function arrayOf(part: ArrayPart): StridedArray {
  const dtype = dtypeOf(part.dtype);
  const wide = dtype === int64;
  return fromValues(part.array.map((value) => (wide ? BigInt(value) : Number(value))) as number[], part.shape, dtype);
}

export function numbers(array: StridedArray): number[] {
  return Array.from(valuesOf(array) as ArrayLike<number>, Number);
}

function sliceText({ slice: bounds }: SlicePart): string {
  const [start, stop, step] = bounds.map((bound) => (bound === null ? '' : String(BigInt(bound))));
  return step ? `${start}:${stop ?? ''}:${step}` : `${start}:${stop ?? ''}`;
}

/** How a program may write the same index. */
export type Spelling = 'values' | 'strings' | 'one string';

function argument(part: Part, spelling: Spelling): unknown {
  if (part === null) return spelling === 'values' ? null : 'None';
  if (typeof part === 'boolean') return spelling === 'values' ? part : part ? 'True' : 'False';
  if (typeof part === 'number') return spelling === 'values' || !Number.isInteger(part) ? part : String(BigInt(part));
  if (part === '...') return part;
  if ('slice' in part) {
    const [start, stop, step] = part.slice;
    return spelling === 'values' ? new Slice(start ?? null, stop ?? null, step ?? null) : sliceText(part);
  }
  return 'list' in part ? part.list : arrayOf(part);
}

/** The arguments of x.at(...) for a fixture's index; neighbouring strings are joined for 'one string'. */
export function argumentsOf(index: readonly Part[], spelling: Spelling): unknown[] {
  const separate = index.map((part) => argument(part, spelling));
  if (spelling !== 'one string') return separate;
  const joined: unknown[] = [];
  for (const each of separate) {
    const last = joined.length - 1;
    if (typeof each === 'string' && typeof joined[last] === 'string') joined[last] = `${joined[last]}, ${each}`;
    else joined.push(each);
  }
  return joined;
}

export function describeIndex(index: readonly Part[]): string {
  return index.map((part) => JSON.stringify(part)).join(', ');
}

/** What went wrong, as a fixture records it; null where nothing did. */
export function failureOf(body: () => unknown): Failure | null {
  try {
    body();
  } catch (error) {
    return { type: (error as Error).name, message: (error as Error).message };
  }
  return null;
}

export function requiringGrad<A extends StridedArray>(array: A): A {
  ensureState(array).requiresGrad = true;
  return array;
}

export function gradientName(array: StridedArray): string | undefined {
  return ensureState(array).node?.name;
}

/** Runs backward with the seed 1, 2, 3, ... */
export function backward(root: StridedArray, inputs: readonly StridedArray[]): (StridedArray | null)[] {
  const seed = counted(root.geometry.shape, root.dtypeCore, 1);
  return runBackward([root], [seed], { retainGraph: false, createGraph: false, inputs });
}
