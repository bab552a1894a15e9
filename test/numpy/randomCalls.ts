import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import * as np from '../../src/numpy/index.ts';

/** Calls of np.random's generators as fixtures write them down, and what they must give. */

const { random } = np;

export type Raw = number | string | boolean | null | Raw[] | { readonly [key: string]: Raw };

export interface Call {
  readonly op: string;
  readonly args: Raw[];
  readonly named: Record<string, Raw>;
}
export interface Encoded {
  readonly dtype: string;
  readonly shape: number[];
  readonly bytes?: string;
  readonly sha256?: string;
}
export type Kind = 'legacy' | 'generator' | 'twister';

export type Rng = np.random.RandomState | np.random.Generator;

export function decode(value: Raw): unknown {
  if (Array.isArray(value)) return value.map(decode);
  if (typeof value !== 'object' || value === null) return value;
  if ('array' in value) return np.array(decode(value.array) as np.ArrayLike, { dtype: value.dtype as string });
  if ('int' in value) return BigInt(value.int as string);
  return Number(String(value.float).replace('inf', 'Infinity'));
}

export function make(kind: Kind, seed: Raw): Rng {
  const value = decode(seed) as number;
  switch (kind) {
    case 'legacy': return new random.RandomState(value);
    case 'generator': return random.default_rng(value);
    case 'twister': return new random.Generator(new random.MT19937(value));
  }
}

export function run(rng: Rng, { op, args, named }: Call): unknown {
  const values = args.map(decode);
  const keywords = Object.fromEntries(Object.entries(named).map(([key, value]) => [key, decode(value)]));
  const method = (rng as unknown as Record<string, (...all: unknown[]) => unknown>)[op];
  const result = method.apply(rng, Object.keys(named).length > 0 ? [...values, keywords] : values);
  return op === 'shuffle' ? values[0] : result;
}

export function expectArray(actual: unknown, wanted: Encoded, where: string): void {
  const array = actual instanceof Uint8Array ? np.array(actual) : actual as np.ndarray;
  expect(array, where).toBeInstanceOf(np.ndarray);
  expect([array.dtype.name, array.shape], where).toEqual([wanted.dtype, wanted.shape]);
  const data = array.toTypedArray();
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  if (wanted.bytes === undefined) expect(createHash('sha256').update(bytes).digest('hex'), where).toBe(wanted.sha256);
  else expect(bytes.toString('hex'), where).toBe(Buffer.from(wanted.bytes, 'base64').toString('hex'));
}

export const nameOf = ({ op, args, named }: Call): string => `${op}(${JSON.stringify(args)}, ${JSON.stringify(named)})`;

/** What a call gives is what NumPy gave. */
export function expectGiven(rng: Rng, call: Call & { readonly result: Raw | Encoded }): void {
  const actual = run(rng, call);
  const wanted = call.result;
  if (typeof wanted === 'object' && wanted !== null && 'dtype' in wanted) expectArray(actual, wanted as Encoded, nameOf(call));
  else expect(actual, nameOf(call)).toBe(typeof actual === 'number' ? Number(decode(wanted as Raw)) : decode(wanted as Raw));
}

/** A call is refused in NumPy's words, and draws nothing. */
export function expectRefusal(wanted: Call & { readonly kind: Kind; readonly error: string; readonly message: string }): void {
  const rng = make(wanted.kind, 1);
  let thrown: unknown;
  try {
    run(rng, wanted);
  } catch (error) {
    thrown = error;
  }
  expect(thrown).toBeInstanceOf(Error);
  expect(`${(thrown as Error).name}: ${(thrown as Error).message}`).toBe(`${wanted.error}: ${wanted.message}`);
  const untouched = make(wanted.kind, 1);
  const after = (each: Rng): unknown => each.random() as number;
  if (!/^(seed|set_state)$/.test(wanted.op)) expect(after(rng)).toBe(after(untouched));
}
