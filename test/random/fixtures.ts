import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';

/** A JSON argument of a fixture: strings of digits are integers beyond 2**53, `{ float }` is NaN or an infinity. */
export type RawArgument = number | string | boolean | null | { float: string } | RawArgument[];
export type Argument = number | bigint | string | boolean | null | Argument[];

export interface Call {
  op: string;
  args: RawArgument[];
  bytes?: string;
  length?: number;
  sha256?: string;
}

export interface Case {
  kind: string;
  seed: RawArgument;
  calls: Call[];
}

export interface ErrorCase {
  kind: string;
  seed: RawArgument;
  op: string;
  args: RawArgument[];
  error: string;
  message: string;
}

export interface FixtureFile {
  versions: Record<string, string>;
  cases: Case[];
  errors: ErrorCase[];
}

export function readFixture<T extends FixtureFile = FixtureFile>(name: string): T {
  return JSON.parse(readFileSync(new URL(`../fixtures/random/${name}.json`, import.meta.url), 'utf8')) as T;
}

export function decode(value: RawArgument): Argument {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value === 'string' && /^-?\d+$/.test(value)) return BigInt(value);
  if (typeof value === 'object' && value !== null) return Number(value.float.replace('inf', 'Infinity'));
  return value;
}

export function bytesOf(view: ArrayBufferView): Uint8Array {
  return new Uint8Array(view.buffer, view.byteOffset, view.byteLength);
}

/** What a failure is reported as. */
export function nameOf(seed: RawArgument, call: Call): string {
  return `seed ${JSON.stringify(seed)} ${call.op} ${JSON.stringify(call.args)}`;
}

/** Compares bytes with the fixture's bytes or their hash. */
export function expectResult(view: ArrayBufferView, call: Call, where: string): void {
  const bytes = bytesOf(view);
  if (call.bytes !== undefined) {
    expect(Buffer.from(bytes).toString('hex'), where).toBe(Buffer.from(call.bytes, 'base64').toString('hex'));
  } else {
    expect(bytes.length, where).toBe(call.length);
    expect(hash(bytes), where).toBe(call.sha256);
  }
}

export function hash(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** Runs `action` and checks the class and the message of what it throws. */
export function expectError(action: () => void, wanted: ErrorCase): void {
  let thrown: unknown;
  try {
    action();
  } catch (error) {
    thrown = error;
  }
  const where = `${wanted.op}(${JSON.stringify(wanted.args)}) seed ${JSON.stringify(wanted.seed)}`;
  expect(thrown, where).toBeInstanceOf(Error);
  expect(`${(thrown as Error).name}: ${(thrown as Error).message}`, where).toBe(`${wanted.error}: ${wanted.message}`);
}

const arrays = {
  bool: Uint8Array, uint8: Uint8Array, int8: Int8Array, int16: Int16Array, uint16: Uint16Array, int32: Int32Array,
  uint32: Uint32Array, int64: BigInt64Array, uint64: BigUint64Array, float16: Uint16Array, bfloat16: Uint16Array,
  float32: Float32Array, float64: Float64Array,
} as const;

export type DtypeName = keyof typeof arrays;
export type AnyArray = InstanceType<(typeof arrays)[DtypeName]>;

/** The array that holds `size` values of a dtype. */
export function arrayFor(dtype: DtypeName, size: number): AnyArray {
  return new arrays[dtype](size);
}
