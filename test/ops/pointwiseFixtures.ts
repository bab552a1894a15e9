import type { DType, TypedArray } from '../../src/core/dtype.ts';
import { bool, componentType, isComplex } from '../../src/core/dtype.ts';
import type { PointwiseOp } from '../../src/ops/pointwise/op.ts';
import { componentValue, epsilon, ulpDistance } from '../ulps.ts';
import type { Placement } from './placement.ts';

/** What NumPy and PyTorch say of every pointwise op, and the layouts that operands are tried in. */

export interface Entry {
  readonly op: string;
  readonly dtype: string;
  readonly args: readonly number[];
  readonly out: number;
  /** With the last operand's element 5 in place of that operand. */
  readonly broadcast: number;
}

export interface Manifest {
  readonly sha256: string;
  readonly entries: readonly Entry[];
}

/** Elements of each operand. */
export const entryLength = 129;

export class PointwiseFixtures {
  private readonly blob: Uint8Array;
  readonly entries: ReadonlyMap<string, Entry>;

  constructor(blob: Uint8Array, manifest: Manifest) {
    this.blob = blob;
    this.entries = new Map(manifest.entries.map((entry) => [`${entry.op} ${entry.dtype}`, entry]));
  }

  entryOf(op: string, dtype: string): Entry {
    const entry = this.entries.get(`${op} ${dtype}`);
    if (!entry) throw new Error(`${op} has no fixture for ${dtype}: add its line to test/fixtures/ops/generate.py`);
    return entry;
  }

  slice(offset: number, count: number, dtype: DType): Uint8Array {
    return this.blob.subarray(offset, offset + count * dtype.itemsize);
  }
}

const plain = { step: 1, offset: 0, reversed: [] } as const;

/** 128 elements each. */
export const placements: readonly Placement[] = [
  { ...plain, name: 'offset', shape: [128], order: [0], offset: 3 },
  { ...plain, name: 'every third', shape: [128], order: [0], step: 3 },
  { ...plain, name: 'reversed', shape: [128], order: [0], reversed: [0] },
  { ...plain, name: 'matrix', shape: [8, 16], order: [0, 1] },
  { ...plain, name: 'transposed', shape: [8, 16], order: [1, 0] },
  { ...plain, name: 'transposed, reversed, spaced', shape: [8, 16], order: [1, 0], step: 2, offset: 5, reversed: [0] },
  { ...plain, name: 'permuted', shape: [4, 2, 16], order: [2, 0, 1] },
  { ...plain, name: 'rows of one', shape: [128, 1], order: [1, 0] },
];

export function resultDType(op: PointwiseOp, dtype: DType): DType {
  return op.result === 'bool' ? bool : op.result === 'component' ? componentType(dtype) : dtype;
}

/** How far apart two elements are, in units in the last place. */
export type Distance = (got: number, expected: number, dtype: DType) => number;

/** The worst distance between the elements of a result, of dtype `type`, and the expected bytes, and where that is. */
export function worst(
  label: string, got: TypedArray | ArrayLike<number> | ArrayLike<bigint>, expectedBytes: Uint8Array, type: DType,
  apart: Distance = ulpDistance,
): { distance: number; text: string; at: number } {
  const copy = new Uint8Array(expectedBytes);
  const expected = new type.array(copy.buffer, 0, got.length);
  let distance = 0;
  let text = '';
  let at = -1;
  const note = (d: number, i: number, a: unknown, b: unknown): void => {
    if (d > distance) {
      distance = d;
      at = i;
      text = `${label}: element ${i} is ${String(a)}, expected ${String(b)}, off by ${d}`;
    }
  };
  for (let i = 0; i < got.length; i++) {
    if (isComplex(type)) {
      if (i % 2) continue;
      const [re, im, wantRe, wantIm] = [got[i], got[i + 1], expected[i], expected[i + 1]] as number[];
      const error = Math.hypot(re - wantRe, im - wantIm) / Math.max(Math.hypot(wantRe, wantIm), Number.MIN_VALUE);
      const same = Object.is(re, wantRe) && Object.is(im, wantIm);
      note(same || error === 0 ? 0 : Number.isNaN(error) ? Infinity : error / epsilon(type), i / 2, `${re} ${im}`, `${wantRe} ${wantIm}`);
    } else if (type.kind === 'float') {
      const [a, b] = [componentValue(got[i], type), componentValue(expected[i], type)];
      note(apart(a, b, type), i, a, b);
    } else {
      note(got[i] === expected[i] ? 0 : Infinity, i, got[i], expected[i]);
    }
  }
  return { distance, text, at };
}
