import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import * as torch from '../../../src/torch/index.ts';
import type { Room } from '../../tolerances.ts';
import { expectWithin } from '../../within.ts';

/** Reads what the real PyTorch did (test/fixtures/nn, written by generate.py there). */

export interface Packed {
  readonly dtype: string;
  readonly shape: readonly number[];
  readonly values: readonly (number | boolean | string)[];
}

export function readCases<T>(name: string): T[] {
  const { cases } = JSON.parse(readFileSync(new URL(`../../fixtures/nn/${name}.json`, import.meta.url), 'utf8')) as { cases: T[] };
  expect(cases.length).toBeGreaterThan(0);
  return cases;
}

const dtypes = torch as unknown as Record<string, torch.dtype>;

const valueOf = (value: number | boolean | string): number => Number(value);

export function unpack(packed: Packed): torch.Tensor {
  const values = packed.values.map((value) => (typeof value === 'boolean' ? value : valueOf(value)));
  return torch.tensor(values, { dtype: dtypes[packed.dtype] }).reshape([...packed.shape]);
}

export function expectShape(actual: torch.Tensor, packed: Packed): void {
  expect(String(actual.dtype)).toBe(`torch.${packed.dtype}`);
  expect([...actual.shape]).toEqual(packed.shape);
}

/** Every element with some room. */
export function expectClose(actual: torch.Tensor | null, packed: Packed | null, room: Room, what: string): void {
  if (packed === null) {
    expect(actual, what).toBeNull();
    return;
  }
  expect(actual, what).not.toBeNull();
  expectShape(actual!, packed);
  const values = actual!.detach().reshape(-1).tolist() as number[];
  packed.values.forEach((value, i) => expectWithin(Number(values[i]), valueOf(value), room, `${what}[${i}]`));
}

/** Bit for bit. */
export function expectEqual(actual: torch.Tensor, packed: Packed, what: string): void {
  expectShape(actual, packed);
  const values = actual.detach().reshape(-1).tolist() as (number | boolean)[];
  const round = packed.dtype === 'float32' ? Math.fround : (value: number): number => value;
  expect(values.map(Number), what).toEqual(packed.values.map((value) => round(valueOf(value))));
}

/** Names of PyTorch's errors as ours have them: Python's AssertionErrors are others here. */
export function errorName(error: unknown): string {
  return (error as Error).name;
}

type Spec = [name: string, args: unknown[], kwargs: Record<string, unknown>];

const isPacked = (value: unknown): value is Packed => typeof value === 'object' && value !== null && 'dtype' in value;

/** A module from [name, arguments, keywords]; arguments may be modules or tensors. */
export function build([name, args, kwargs]: Spec): torch.nn.Module & ((...inputs: torch.Tensor[]) => torch.Tensor) {
  const read = (value: unknown): unknown => (typeof value === 'object' && value !== null && 'module' in value
    ? build(value.module as Spec) : isPacked(value) ? unpack(value) : value);
  const make = (torch.nn as unknown as Record<string, (...args: unknown[]) => unknown>)[name];
  const keywords = Object.fromEntries(Object.entries(kwargs).map(([key, value]) => [key, read(value)]));
  return make(...args.map(read), ...(Object.keys(keywords).length > 0 ? [keywords] : [])) as ReturnType<typeof build>;
}
