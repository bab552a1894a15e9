import { readFileSync } from 'node:fs';
import { complex128, complex64, componentType, float32, float64 } from '../../src/core/dtype.ts';
import type { DType } from '../../src/core/dtype.ts';
import { epsilon } from '../ulps.ts';
import { Dense } from './dense.ts';

/** What LAPACK says of matrices, and how far results are from it. */

/** Texts of bytes: of doubles, or of pairs of them where the matrix is complex. */
interface Entry {
  readonly rows: number;
  readonly columns: number;
  /** Singular values. */
  readonly s: string;
  /** r's diagonal, and the pivots of lu and which rows they were in. */
  readonly diagonal?: string;
  readonly pivot?: string;
  readonly pivots?: string;
  readonly qr?: string;
  readonly tau?: string;
  readonly lu?: string;
  /** Eigenvalues, and those of the Hermitian part. */
  readonly values?: string;
  readonly hermitian?: string;
  readonly factor?: string;
}

export interface Fixtures {
  readonly shapes: readonly (Entry & { readonly kind: 'real' | 'complex' })[];
  readonly special: readonly (Entry & { readonly name: string; readonly matrix: string })[];
}

export const fixtures = JSON.parse(readFileSync(new URL('../fixtures/linalg/linalg.json', import.meta.url), 'utf8')) as Fixtures;

export const doubles = (text: string): Float64Array =>
  new Float64Array(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer);

export const places = (text: string): Int32Array =>
  new Int32Array(Uint8Array.from(atob(text), (character) => character.charCodeAt(0)).buffer);

const numbers = (count: number, salt: number): number[] =>
  Array.from({ length: count }, (_, k) => (((k * k % 2003) * k * 7919 + k * 104729 + salt * 1299709) % 2003 - 1001) / 1024);

/** The matrices of test/fixtures/linalg/generate.py. */
export const matrix = (rows: number, columns: number, complex: boolean, salt = 0): Dense =>
  new Dense(rows, columns, numbers(rows * columns, salt), complex ? numbers(rows * columns, salt + 7) : undefined);

/** A matrix, or a row of numbers, that a fixture has. */
export function kept(text: string, rows: number, columns: number, complex: boolean): Dense {
  const values = doubles(text);
  const part = (of: number): number[] => Array.from({ length: rows * columns }, (_, i) => values[complex ? 2 * i + of : i]);
  return new Dense(rows, columns, part(0), complex ? part(1) : undefined);
}

export const dtypesOf = (complex: boolean): readonly DType[] => (complex ? [complex64, complex128] : [float32, float64]);
export const everyDType = [float32, float64, complex64, complex128] as const;

/** The matrix as the dtype rounds it. */
export const rounded = (a: Dense, dtype: DType): Dense => Dense.of(a.array(dtype))[0];

/** An error in units of the dtype's precision, of a scale, and of how many steps there were. */
export const unitsOf = (error: number, scale: number, steps: number, dtype: DType): number =>
  error === 0 ? 0 : error / Math.max(epsilon(componentType(dtype)) * scale * Math.max(steps, 1), Number.MIN_VALUE * Math.max(steps, 1));
