import { structuralOps } from '../../src/ops/registry/op.ts';
import type { Placement } from './placement.ts';

/** What NumPy and PyTorch say of every op that is not pointwise, and the layouts that operands are tried in. */

export interface Encoded {
  readonly shape: readonly number[];
  readonly dtype: string;
  readonly bytes: string;
}

/** An operand whose values follow the dtype: small integers, or in a range. */
export interface Following {
  readonly shape: readonly number[];
  readonly low?: number;
  readonly high?: number;
  /** It has no gradient. */
  readonly constant?: boolean;
}

interface Row {
  /** Bytes of the operands that follow the dtype. */
  readonly inputs: readonly string[];
  readonly results: readonly Encoded[];
}

interface Entry {
  /** Null where the op goes without. */
  readonly operands: readonly (Following | Encoded | null)[];
  readonly params: unknown;
  /** By dtype. */
  readonly rows: Readonly<Record<string, Row>>;
}

export interface StructuralFixtures {
  readonly cases: Readonly<Record<string, Entry>>;
}

/** A line of test/fixtures/ops/structural.py. */
export interface StructuralCase extends Entry {
  readonly name: string;
  /** Its first word: the op's name. */
  readonly op: string;
}

export const casesOf = ({ cases }: StructuralFixtures): readonly StructuralCase[] =>
  Object.entries(cases).map(([name, entry]) => ({ ...entry, name, op: name.split(' ')[0] }));

/** Says of every op without a case where to add it. */
export function opsWithout(cases: readonly StructuralCase[]): string[] {
  const covered = new Set(cases.map(({ op }) => op));
  return [...structuralOps.keys()].filter((name) => !covered.has(name))
    .map((name) => `${name} has no fixture: add its line to test/fixtures/ops/structural.py`);
}

/** A case's operands in a dtype. */
export function operandsOf({ operands, rows }: StructuralCase, dtype: string): (Encoded | null)[] {
  const bytes = rows[dtype].inputs.values();
  return operands.map((operand) =>
    (operand === null || 'bytes' in operand ? operand : { shape: operand.shape, dtype, bytes: bytes.next().value! }));
}

export function decode({ bytes }: Encoded): Uint8Array {
  return Uint8Array.from(atob(bytes), (character) => character.charCodeAt(0));
}

function placementsOf(shape: readonly number[]): Placement[] {
  const forward = shape.map((_, axis) => axis);
  const backward = [...forward].reverse();
  return [
    { name: 'contiguous', shape, order: forward, step: 1, offset: 0, reversed: [] },
    { name: 'offset', shape, order: forward, step: 1, offset: 3, reversed: [] },
    { name: 'transposed', shape, order: backward, step: 1, offset: 0, reversed: [] },
    { name: 'reversed', shape, order: forward, step: 1, offset: 2, reversed: forward },
    { name: 'transposed, reversed, spaced', shape, order: backward, step: 3, offset: 1, reversed: forward.slice(0, 1) },
  ];
}

export const layouts = [0, 1, 2, 3, 4] as const;

/** How operand `k` lies in the layout of that number: each operand differently. */
export const placementOf = (shape: readonly number[], layout: number, k: number): Placement =>
  placementsOf(shape)[(layout + k) % layouts.length];
