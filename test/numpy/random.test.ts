import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import type { Call, Encoded, Kind, Raw } from './randomCalls.ts';
import { decode, expectArray, expectGiven, expectRefusal, make, nameOf } from './randomCalls.ts';

const { random } = np;

/** The whole façade of np.random against what the real NumPy returned, call by call. */

interface Fixture {
  readonly cases: readonly { kind: Kind; seed: Raw; calls: readonly (Call & { result: Raw | Encoded })[] }[];
  readonly errors: readonly (Call & { kind: Kind; error: string; message: string })[];
  readonly bits: readonly { name: 'PCG64' | 'MT19937'; seed: Raw; raw: Encoded; children: Encoded }[];
  readonly sequences: readonly {
    entropy: Raw; named: Record<string, Raw>; words: Encoded; wide: Encoded; pool: Encoded; text: string; children: Encoded;
  }[];
}
const fixture = JSON.parse(readFileSync(new URL('../fixtures/nprandom/facade.json', import.meta.url), 'utf8')) as Fixture;

describe('np.random equals NumPy to the bit', () => {
  for (const { kind, seed, calls } of fixture.cases) {
    test(`${kind}, seed ${JSON.stringify(seed)}`, () => {
      const rng = make(kind, seed);
      for (const call of calls) expectGiven(rng, call);
    });
  }

  test('bit generators and their children', () => {
    for (const { name, seed, raw, children } of fixture.bits) {
      const bits = new random[name](decode(seed) as number);
      expectArray(bits.random_raw(700), raw, `${name} ${JSON.stringify(seed)}`);
      const first = bits.spawn(3).map((child) => child.random_raw());
      expectArray(np.array(first, { dtype: 'uint64' }), children, `${name} children`);
    }
  });

  test('seed sequences', () => {
    for (const { entropy, named, words, wide, pool, text, children } of fixture.sequences) {
      const sequence = new random.SeedSequence(entropy as number, named as { pool_size?: number });
      expect(String(sequence)).toBe(text);
      expectArray(sequence.generate_state(9), words, text);
      expectArray(sequence.generate_state(5, np.uint64), wide, text);
      expectArray(sequence.pool, pool, text);
      const first = sequence.spawn(2).map((child) => child.generate_state(1).item() as number);
      expectArray(np.array(first, { dtype: 'uint32' }), children, text);
    }
  });
});

/** What NumPy's messages say about Python's own parsing of an argument is not ours to repeat. */
describe("NumPy's errors", () => {
  test.each(fixture.errors.map((each) => [`${each.kind} ${nameOf(each)}`, each] as const))('%s', (_, wanted) => expectRefusal(wanted));
});

describe('what JavaScript adds', () => {
  test('the shared stream is a RandomState that seed starts anew', () => {
    random.seed(7);
    const state = new random.RandomState(7);
    expect(random.rand(3).tolist()).toEqual(state.rand(3).tolist());
    expect(random.normal(1, 2)).toBe(state.normal(1, 2));
    expect(random.randint(1000)).toBe(state.randint(1000));
    expect(random.choice(9, { size: 4, replace: false }).tolist()).toEqual(state.choice(9, 4, false).tolist());
    expect(random.sample(2).tolist()).toEqual(state.random_sample(2).tolist());
    random.seed(np.array([1, 2, 3]));
    expect(random.rand()).toBe(new random.RandomState([1, 2, 3]).rand());
    random.seed();
    const first = random.rand();
    random.seed();
    expect(random.rand()).not.toBe(first);
  });

  test('get_state and set_state continue a stream, half-used pairs of normal numbers included', () => {
    const state = new random.RandomState(3);
    state.randn(5);
    const tuple = state.get_state();
    const record = state.get_state({ legacy: false });
    expect([tuple[0], tuple[1].shape, tuple[2], tuple[3]]).toEqual(['MT19937', [624], record.state.pos, 1]);
    const wanted = state.randn(4).tolist();
    const other = new random.RandomState(99);
    other.set_state(tuple);
    expect(other.randn(4).tolist()).toEqual(wanted);
    other.set_state(record);
    expect(other.randn(4).tolist()).toEqual(wanted);
    const bad = [['MT19937', [1, 2], 0], ['MT19937', tuple[1], 625], ['MT19937', tuple[1]], { bit_generator: 'MT19937' }];
    for (const each of bad) expect(() => other.set_state(each as never)).toThrow(np.exceptions.ValueError);
  });

  test("bit generators' states are read and written; advance and jumped move on", () => {
    for (const Bits of [random.PCG64, random.MT19937]) {
      const bits = new Bits(4);
      const rng = new random.Generator(bits);
      rng.integers(5, { size: 3, dtype: 'int32' });
      const { state } = bits;
      const wanted = rng.random(4).tolist();
      bits.state = state as never;
      expect(rng.random(4).tolist()).toEqual(wanted);
      expect(() => { bits.state = { ...state, bit_generator: 'SFC64' } as never; }).toThrow(np.exceptions.ValueError);
    }
    const moved = new random.PCG64(1).advance(3);
    expect(moved.random_raw()).toBe((new random.PCG64(1).random_raw(4).toBigInt() as bigint[])[3]);
    expect(moved.advance(-4).random_raw()).toBe(new random.PCG64(1).random_raw());
    expect(new random.PCG64(1).jumped().state.state.state).toBe(271889992655881058428515020946639284357n);
  });

  test('default_rng passes generators through and takes bit generators and seed sequences', () => {
    const rng = random.default_rng(1);
    expect(random.default_rng(rng)).toBe(rng);
    expect(random.default_rng(new random.PCG64(1)).random()).toBe(rng.random());
    expect(random.default_rng(new random.SeedSequence(1)).random()).toBe(random.default_rng(1).random());
    expect(random.default_rng(np.array([1, 2])).random()).toBe(random.default_rng([1, 2]).random());
    expect(random.default_rng().random()).not.toBe(random.default_rng().random());
    expect(String(rng)).toBe('Generator(PCG64)');
    expect(() => new random.Generator(3 as never)).toThrow(/takes a bit generator/);
    expect(() => random.default_rng('a' as never)).toThrow('SeedSequence expects int or sequence of ints for entropy not a');
    expect(() => random.default_rng(-1)).toThrow('expected non-negative integer');
    expect(() => random.default_rng(np.array([1.5]))).toThrow(TypeError);
  });

  test('out is filled in memory order, returned, and counted as a write', () => {
    const out = np.zeros([2, 3], { order: 'F' });
    const { version } = out.storage;
    expect(random.default_rng(1).random({ out })).toBe(out);
    expect(out.storage.version).toBe(version + 1);
    expect(out.T.copy({ order: 'C' }).toTypedArray()).toEqual(random.default_rng(1).random(6).toTypedArray());
    const narrow = np.zeros(4, { dtype: 'float32' });
    random.default_rng(1).standard_normal({ out: narrow, dtype: np.float32, size: 4 });
    expect(narrow.tolist()).toEqual(random.default_rng(1).standard_normal(4, 'float32').tolist());
    expect(() => random.default_rng(1).random({ out: np.zeros([4, 4]).at('::2', '::2') as np.ndarray })).toThrow(
      'Supplied output array must be contiguous, writable, aligned, and in machine byte-order.');
  });

  test('views, lists and typed arrays are shuffled in place; a shuffle counts as a write', () => {
    const x = np.arange(20).reshape(10, 2);
    const { version } = x.storage;
    const wanted = new random.RandomState(1).permutation(5).tolist() as number[];
    new random.RandomState(1).shuffle(x.at('::2'));
    expect(x.at('::2', 0).tolist()).toEqual(wanted.map((row) => 4 * row));
    expect(x.at('1::2', 0).tolist()).toEqual([2, 6, 10, 14, 18]);
    expect(x.storage.version).toBeGreaterThan(version);
    const list = ['a', 'b', 'c', 'd', 'e'];
    random.default_rng(1).shuffle(list);
    expect(list).toEqual((random.default_rng(1).permutation(5).tolist() as number[]).map((i) => 'abcde'[i]));
    const typed = Float32Array.of(1, 2, 3, 4);
    random.default_rng(2).shuffle(typed);
    expect([...typed].sort()).toEqual([1, 2, 3, 4]);
    for (const bad of [3, 'text', null, {}]) expect(() => random.shuffle(bad as never)).toThrow(TypeError);
  });

  test('bigint bounds give bigints, and numbers are refused where they would not be exact', () => {
    const rng = random.default_rng(1);
    expect(typeof rng.integers(0n, 10n)).toBe('bigint');
    const wide: bigint = rng.integers(0n, 1n << 63n);
    expect(wide > 2n ** 53n).toBe(true);
    expect(() => rng.integers(2 ** 63)).toThrow(np.exceptions.OverflowError);
    expect(rng.integers(1 - 2 ** 53, 2 ** 53 - 1)).toBeTypeOf('number');
    expect(new random.RandomState(0).randint(0, 2, null, 'bool')).toBe(false);
  });

  test('sizes are checked before anything is allocated, and arguments are never ignored', () => {
    const rng = random.default_rng(1);
    const state = new random.RandomState(1);
    for (const size of [2 ** 40, [2 ** 20, 2 ** 20], 2.5, [3, NaN], 'x']) {
      expect(() => rng.random(size as number), String(size)).toThrow();
      expect(() => state.normal(0, 1, size as number), String(size)).toThrow();
      expect(() => rng.integers(0, 9, size as number), String(size)).toThrow();
      expect(() => state.choice(3, size as number), String(size)).toThrow();
    }
    expect(() => rng.permutation(1e13)).toThrow();
    expect(() => rng.choice(3e9, 2)).toThrow('a must not be greater than 2147483647');
    expect(() => state.rand([2, 3] as never)).toThrow("'list' object cannot be interpreted as an integer");
    expect(() => state.rand({ size: 3 } as never)).toThrow("rand() got an unexpected keyword argument 'size'");
    expect(() => rng.random(3, 'float64', null as never, 5 as never)).toThrow('takes at most');
    expect(() => rng.normal(0, { loc: 3 } as never)).toThrow("got multiple values for keyword argument 'loc'");
    expect(() => rng.shuffle([1], { foo: 1 } as never)).toThrow("shuffle() got an unexpected keyword argument 'foo'");
    expect(() => rng.standard_exponential({ method: 'x' as never })).toThrow(np.exceptions.ValueError);
    expect(() => rng.bytes(-1)).toThrow(np.exceptions.ValueError);
    expect(() => (rng.choice as (a?: unknown) => unknown)()).toThrow("takes at least 1 positional argument (0 given)");
    expect(rng.random()).toBe(random.default_rng(1).random());
  });
});
