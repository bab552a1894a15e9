import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import type { Encoded, Raw } from './randomCalls.ts';
import { decode, expectArray } from './randomCalls.ts';

const { random } = np;

/** Bit generators against the real NumPy's: numbers, states both ways, steps and jumps. */

type Name = 'PCG64' | 'PCG64DXSM' | 'MT19937' | 'Philox' | 'SFC64';
type Named = Readonly<Record<string, Raw>>;
interface Move {
  readonly call: 'advance' | 'jumped';
  readonly by: Raw;
  readonly state: Raw;
  readonly raw: Encoded;
}
interface Fixture {
  readonly generators: readonly {
    name: Name; seed: Raw; state: Raw; raw: Encoded; children: Encoded; steps: (Encoded | Raw)[]; moves: Move[]; legacy: Encoded;
  }[];
  readonly counters: readonly { named: Named; state: Raw; raw: Encoded; after: Raw }[];
  readonly refusals: readonly { named: Named; error: string; message: string }[];
}

const fixture = JSON.parse(readFileSync(new URL('../fixtures/nprandom/bits.json', import.meta.url), 'utf8')) as Fixture;
const make = (name: Name, seed: Raw): np.random.BitGenerator => new random[name](decode(seed) as number);

interface Movable {
  advance(by: number): np.random.BitGenerator;
  jumped(by: number): np.random.BitGenerator;
}

/** An array as the fixture writes it where it is one's state. */
function encoded(array: np.ndarray, like: Encoded | { readonly array: Raw }): unknown {
  const data = array.toTypedArray();
  if ('array' in like) {
    const numbers = Array.from(data as BigUint64Array, (each) => (each >= 2 ** 53 ? { int: String(each) } : Number(each)));
    return { dtype: array.dtype.name, array: numbers };
  }
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  const short = like.bytes === undefined
    ? { sha256: createHash('sha256').update(bytes).digest('hex') } : { bytes: bytes.toString('base64') };
  return { dtype: array.dtype.name, shape: array.shape, ...short };
}

/** A state as the fixture writes it. */
function written(value: unknown, like: unknown): unknown {
  if (value instanceof np.ndarray) return encoded(value, like as Encoded);
  if (typeof value === 'bigint') return value >= 2n ** 53n ? { int: String(value) } : Number(value);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, written(each, (like as Record<string, unknown>)[key])]));
}

/** A state made of what the fixture has. */
function read(value: Raw): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || 'array' in value || 'int' in value) return decode(value);
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, read(each)]));
}

function expectState(bits: np.random.BitGenerator, wanted: Raw): void {
  expect(written(bits.state, wanted)).toEqual(wanted);
}

describe.each(fixture.generators.map((each) => [each.name, JSON.stringify(each.seed), each] as const))('%s(%s)', (name, text, wanted) => {
  const fresh = (): np.random.BitGenerator => make(name, wanted.seed);

  test('makes the same numbers from the same state, and so do its children', () => {
    expectState(fresh(), wanted.state);
    expectArray(fresh().random_raw(1000), wanted.raw, text);
    expectArray(np.array(fresh().spawn(3).map((child) => child.random_raw()), { dtype: 'uint64' }), wanted.children, text);
    const bits = fresh();
    expect([bits.random_raw(2, false), bits.random_raw()]).toEqual([null, (fresh().random_raw(3).toBigInt() as bigint[])[2]]);
  });

  test('gives a Generator numbers of every width', () => {
    const bits = fresh();
    const rng = new random.Generator(bits);
    const [integers, first, doubles, normals, floats, wide, small, gammas, counts, last, raw] = wanted.steps;
    expectArray(rng.integers(0, 2 ** 32, 3, 'uint32'), integers as Encoded, 'uint32');
    expectState(bits, first as Raw);
    expectArray(rng.random(5), doubles as Encoded, 'float64');
    expectArray(rng.standard_normal(301), normals as Encoded, 'normal');
    expectArray(rng.random(4, 'float32'), floats as Encoded, 'float32');
    expectArray(rng.integers(0n, 2n ** 63n, { size: 3 }), wide as Encoded, 'int64');
    expectArray(rng.integers(0, 1000, 5, 'int16'), small as Encoded, 'int16');
    expectArray(rng.gamma([0.3, 2, 50]), gammas as Encoded, 'gamma');
    expectArray(rng.binomial(100, 0.4, 5), counts as Encoded, 'binomial');
    expectState(bits, last as Raw);
    expectArray(bits.random_raw(3), raw as Encoded, 'raw');
    expect(String(rng)).toBe(`Generator(${name})`);
  });

  test('moves on and jumps', () => {
    for (const { call, by, state, raw } of wanted.moves) {
      const bits = fresh() as np.random.BitGenerator & Movable;
      bits.random_raw(3);
      const before = written(bits.state, wanted.state);
      const other = bits[call](decode(by) as number);
      expect(other === bits).toBe(call === 'advance');
      if (call === 'jumped') expect(written(bits.state, wanted.state)).toEqual(before);
      expectState(other, state);
      expectArray(other.random_raw(3), raw, `${call} ${JSON.stringify(by)}`);
    }
  });

  test('goes on from a state of its own or of NumPy’s, and lends its bits to a RandomState', () => {
    const bits = fresh();
    new random.Generator(bits).integers(0, 9, 3, 'int32');
    const { state } = bits;
    const after = bits.random_raw(4).toBigInt();
    bits.state = state as never;
    expect(bits.random_raw(4).toBigInt()).toEqual(after);
    if (wanted.seed === 1) {
      bits.state = read(wanted.state) as never;
      expectArray(bits.random_raw(1000), wanted.raw, 'from its state');
    }
    expect(() => { bits.state = { ...state, bit_generator: 'Other' } as never; }).toThrow(`state must be for a ${name} `);
    expect(() => { bits.state = 3 as never; }).toThrow(TypeError);
    const lent = new random.RandomState(fresh());
    expectArray(name === 'MT19937' ? lent.standard_gamma(2, 5) : lent.normal(0, 1, 5), wanted.legacy, 'legacy');
    expect(String(lent)).toBe(`RandomState(${name})`);
    expect(lent._bit_generator).toBeInstanceOf(random[name]);
    expect(random.default_rng(lent).bit_generator).toBe(lent._bit_generator);
    if (name !== 'MT19937') expect(() => lent.seed(3)).toThrow('can only re-seed a MT19937 BitGenerator');
    lent.randn(1);
    const record = lent.get_state(false);
    expect(record.has_gauss).toBe(name === 'MT19937' ? record.has_gauss : 0);
    const numbers = lent.randn(3).tolist();
    lent.set_state(record);
    expect(lent.randn(3).tolist()).toEqual(numbers);
  });
});

describe('Philox', () => {
  test.each(fixture.counters.map((each) => [JSON.stringify(each.named), each] as const))('%s', (_, { named, state, raw, after }) => {
    const bits = new random.Philox(Object.fromEntries(Object.entries(named).map(([key, each]) => [key, decode(each)])));
    expectState(bits, state);
    expectArray(bits.random_raw(9), raw, 'raw');
    expectState(bits, after);
  });

  test.each(fixture.refusals.map((each) => [JSON.stringify(each.named), each] as const))('refuses %s', (_, { named, error, message }) => {
    const call = (): unknown => random.Philox(Object.fromEntries(Object.entries(named).map(([key, each]) => [key, decode(each)])));
    expect(call).toThrow(expect.objectContaining({ name: error, message }) as Error);
  });

  test('one of a key knows no seed', () => {
    const bits = new random.Philox({ key: 3 });
    expect(bits.seed_seq).toBe(null);
    expect(() => bits.spawn(1)).toThrow('The underlying SeedSequence does not implement spawning.');
  });
});

describe('the shared stream', () => {
  test('lends its bit generator, and takes another', () => {
    random.seed(5);
    const before = random.get_bit_generator();
    expect(before).toBeInstanceOf(random.MT19937);
    expect(random.get_bit_generator()).toBe(before);
    const wanted = random.rand(3).tolist();
    random.seed(5);
    expect(new random.RandomState(before).rand(3).tolist()).toEqual(wanted);
    random.set_bit_generator(new random.PCG64(1));
    expect(random.rand()).toBe(0.5118216247002567);
    random.seed(1);
    expect(random.rand()).toBe(0.5118216247002567);
    random.set_bit_generator(before);
    random.seed(5);
    expect(random.rand(3).tolist()).toEqual(wanted);
    expect(() => random.set_bit_generator(3 as never)).toThrow(TypeError);
    expect(() => new (random.BitGenerator as unknown as new () => object)()).toThrow('BitGenerator is a base class');
  });

  test('a Mersenne Twister takes the older form of a state', () => {
    const state = new random.RandomState(3);
    state.randn(1);
    const bits = new random.MT19937(1);
    bits.state = state.get_state() as never;
    expect(bits.random_raw()).toBe(BigInt(state.randint(0, 2 ** 32, null, 'uint32') as number));
    expect(() => { bits.state = ['PCG64', [1], 2] as never; }).toThrow('state is not a legacy MT19937 state');
  });
});
