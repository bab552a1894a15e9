import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { float32, float64 } from '../../src/core/dtype.ts';
import type * as np from '../../src/numpy/index.ts';
import { distributionTolerance } from '../tolerances.ts';
import { ulpDistance } from '../ulps.ts';
import type { Call, Encoded, Kind, Raw } from './randomCalls.ts';
import { expectGiven, expectRefusal, make, nameOf, run } from './randomCalls.ts';

/** Every distribution of np.random through every branch of its algorithm, the forms of its calls, and what it refuses. */

interface Stream extends Call {
  readonly kind: Kind;
  readonly seed: number;
  readonly dtype: string;
  readonly shape: number[];
  readonly hash: string;
  readonly some: string;
}
interface Fixture {
  readonly streams: readonly Stream[];
  readonly forms: readonly { kind: Kind; seed: Raw; calls: readonly (Call & { result: Raw | Encoded })[] }[];
  readonly errors: readonly (Call & { kind: Kind; error: string; message: string })[];
}

const fixture = JSON.parse(readFileSync(new URL('../fixtures/nprandom/distributions.json', import.meta.url), 'utf8')) as Fixture;

const draws = 1000;
const bytesOf = (array: np.ndarray): Buffer => {
  const data = array.toTypedArray();
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength);
};

describe('a thousand numbers of each distribution equal NumPy’s', () => {
  test.each(fixture.streams.map((each) => [`${each.kind} ${nameOf(each)}`, each] as const))('%s', (_, wanted) => {
    const call = { ...wanted, named: { ...wanted.named, size: draws } };
    const array = run(make(wanted.kind, wanted.seed), call) as np.ndarray;
    expect([array.dtype.name, array.shape]).toEqual([wanted.dtype, wanted.shape]);
    const tolerance = distributionTolerance(wanted.op, wanted.dtype, wanted.args[0]);
    if (tolerance === 0) {
      expect(createHash('sha256').update(bytesOf(array)).digest('hex').slice(0, 16)).toBe(wanted.hash);
      return;
    }
    const bytes = Uint8Array.from(Buffer.from(wanted.some, 'base64'));
    const type = wanted.dtype === 'float32' ? float32 : float64;
    const some = new type.array(bytes.buffer);
    const flat = array.flatten().toTypedArray();
    const step = 50 * (array.size / draws);
    some.forEach((value: number | bigint, i: number) => {
      expect(ulpDistance(Number(flat[i * step]), Number(value), type), String(i)).toBeLessThanOrEqual(tolerance);
    });
  });
});

describe('calls of every form', () => {
  test.each(fixture.forms.map((each) => [each.kind, each] as const))('%s', (_, { kind, seed, calls }) => {
    const rng = make(kind, seed);
    for (const call of calls) expectGiven(rng, call);
  });
});

describe('what is refused', () => {
  test.each(fixture.errors.map((each) => [`${each.kind} ${nameOf(each)}`, each] as const))('%s', (_, wanted) => expectRefusal(wanted));
});
