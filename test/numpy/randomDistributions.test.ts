import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { float32, float64 } from '../../src/core/dtype.ts';
import * as np from '../../src/numpy/index.ts';
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

describe('types', () => {
  test('numbers come without a size, arrays with one, and what must be given is asked for', () => {
    const rng = np.random.default_rng(1);
    const state = new np.random.RandomState(1);
    const numbers: number[] = [
      rng.gamma(2), rng.gamma(2, 3), rng.gamma({ shape: 2 }), rng.poisson(), rng.binomial(10, 0.5),
      rng.triangular(0, 1, 2), rng.standard_cauchy(), state.beta(1, 2), state.hypergeometric({ ngood: 5, nbad: 3, nsample: 2 }),
      np.random.zipf(2), np.random.rayleigh(), rng.standard_gamma(2),
    ];
    const arrays: np.ndarray[] = [
      rng.gamma(2, 3, 4), rng.gamma(2, { size: 4 }), rng.gamma([1, 2], 3, [2, 2]), rng.poisson(3, 2), rng.binomial(10, [0.1, 0.5], 2),
      rng.triangular({ left: 0, mode: 1, right: 2, size: 3 }), state.chisquare({ df: 2, size: 3 }), np.random.wald(1, 2, 3),
      rng.multinomial(3, [0.5, 0.5]), rng.dirichlet({ alpha: [1, 2], size: 2 }),
      rng.multivariate_hypergeometric([3, 4], 2, { method: 'count' }), rng.permuted([1, 2, 3]),
      rng.standard_gamma(2, 3, 'float32'), state.multinomial(3, [1]), np.random.dirichlet([1, 2], 3),
    ];
    expect(numbers.every((each) => typeof each === 'number')).toBe(true);
    expect(arrays.every((each) => typeof each === 'object')).toBe(true);
    // @ts-expect-error -- the shape is missing
    expect(() => rng.chisquare()).toThrow(TypeError);
    // @ts-expect-error -- there is no such parameter
    expect(() => rng.gamma({ shape: 2, rate: 3 })).toThrow(TypeError);
    // @ts-expect-error -- one of them is missing
    expect(() => state.noncentral_f({ dfnum: 1, dfden: 2 })).toThrow(TypeError);
    // @ts-expect-error -- one argument too many
    expect(() => rng.weibull(1, 2, 3)).toThrow(TypeError);
  });
});
