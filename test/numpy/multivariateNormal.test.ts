import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { float64 } from '../../src/core/dtype.ts';
import { withWarnings } from '../../src/core/warnings.ts';
import * as np from '../../src/numpy/index.ts';
import { multivariateNormalRoom } from '../tolerances.ts';
import { epsilon } from '../ulps.ts';

/** Rows of multivariate normal numbers, what is warned of and refused, and how far the stream has gone after it. */

interface Case {
  readonly maker: 'Generator' | 'RandomState' | 'shared';
  readonly mean: unknown;
  readonly cov: string;
  readonly rest: readonly unknown[];
  readonly named: Readonly<Record<string, unknown>>;
  readonly shape?: readonly number[];
  readonly values?: string;
  /** How far NumPy's own go where the last bits of the matrix change, in units of float64 at the largest. */
  readonly spread?: number;
  /** Where the last bits decide about signs. */
  readonly free?: boolean;
  readonly error?: string;
  readonly message?: string;
  readonly warnings: readonly string[];
  readonly after: number;
}
interface Fixture {
  readonly seed: number;
  readonly matrices: Readonly<Record<string, unknown>>;
  readonly cases: readonly Case[];
}
const file = new URL('../fixtures/nprandom/multivariateNormal.json.gz', import.meta.url);
const { seed, matrices, cases } = JSON.parse(gunzipSync(readFileSync(file)).toString()) as Fixture;

interface Drawing {
  random(): number;
  multivariate_normal(...args: readonly unknown[]): np.ndarray;
}

function make(maker: Case['maker']): Drawing {
  if (maker === 'Generator') return np.random.default_rng(seed) as unknown as Drawing;
  if (maker === 'RandomState') return new np.random.RandomState(seed) as unknown as Drawing;
  np.random.seed(seed);
  return np.random as unknown as Drawing;
}

const read = (value: unknown): unknown => (Array.isArray(value) ? value.map(read) : value === 'nan' ? NaN : value);

/** The largest difference of two lists, in units of float64's precision at the largest number. */
function distance(actual: Float64Array, expected: Float64Array): number {
  let [most, largest] = [0, 0];
  expected.forEach((each, i) => {
    if (!Object.is(actual[i], each) && !(Number.isFinite(actual[i]) && Number.isFinite(each))) most = Infinity;
    if (!Number.isFinite(each)) return;
    most = Math.max(most, Math.abs(actual[i] - each));
    largest = Math.max(largest, Math.abs(each));
  });
  return most === 0 ? 0 : most / largest / epsilon(float64);
}

const title = ({ maker, cov, rest, named }: Case): string => `${maker} ${cov} ${JSON.stringify(rest)} ${JSON.stringify(named)}`;

describe('multivariate_normal', () => {
  test.each(cases.map((each) => [title(each), each] as const))('%s', (_, each) => {
    const rng = make(each.maker);
    const call = (): unknown => {
      try {
        const named = Object.keys(each.named).length > 0 ? [each.named] : [];
        return rng.multivariate_normal(each.mean, read(matrices[each.cov]), ...each.rest, ...named);
      } catch (error) {
        return error;
      }
    };
    const { result, messages } = withWarnings(call);
    if (each.error !== undefined) {
      expect(result).toBeInstanceOf(Error);
      expect([(result as Error).name, (result as Error).message]).toEqual([each.error, each.message]);
    } else {
      expect(result).toBeInstanceOf(np.ndarray);
      const { shape, dtype } = result as np.ndarray;
      expect([dtype.name, shape]).toEqual(['float64', each.shape]);
      const { spread = 0, free = false } = each;
      const bytes = Uint8Array.from(Buffer.from(each.values ?? '', 'base64'));
      const room = free ? Infinity : multivariateNormalRoom * (shape[shape.length - 1] + spread);
      expect(distance((result as np.ndarray).toTypedArray() as Float64Array, new Float64Array(bytes.buffer))).toBeLessThanOrEqual(room);
    }
    expect(messages).toEqual(each.warnings);
    expect(rng.random()).toBe(each.after);
  });
});
