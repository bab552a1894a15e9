import { describe, expect, it } from 'vitest';
import { bfloat16Value, float16Value } from '../../src/random/halfBits.ts';
import { multinomial } from '../../src/random/torchMultinomial.ts';
import { TorchGenerator } from '../../src/random/torchGenerator.ts';
import type { TorchName, TorchOutput } from '../../src/random/torchGenerator.ts';
import { roundTo, streamText } from '../../src/random/torchDtypes.ts';
import { arrayFor, decode, expectError, expectResult, nameOf, readFixture } from './fixtures.ts';
import type { Argument } from './fixtures.ts';

type Integer = number | bigint;

/** Fills the middle of a longer array, and checks that the ends stay. */
function filled(dtype: TorchName, size: number, fill: (out: TorchOutput, start: number) => void): ArrayBufferView {
  const out = arrayFor(dtype, size + 2) as TorchOutput;
  fill(out, 1);
  expect([Number(out[0]), Number(out[size + 1])]).toEqual([0, 0]);
  return out.subarray(1, size + 1);
}

function held(dtype: TorchName, values: number[]): number[] {
  return dtype.includes('float') ? values.map((value) => roundTo(dtype as 'float32', value)) : values;
}

function run(rng: TorchGenerator, op: string, args: Argument[]): ArrayBufferView {
  const [dtype, size, a, b] = args as [TorchName, number, number, number];
  switch (op) {
    case 'uniform': return filled(dtype, size, (out, start) => rng.uniform(out, dtype, start, size, a, b));
    case 'normal':
      return filled(dtype, size, (out, start) => rng.normal(out, dtype, start, size, a, b, args[4] as boolean));
    case 'exponential': return filled(dtype, size, (out, start) => rng.exponential(out, dtype, start, size, a));
    case 'random': return filled(dtype, size, (out, start) => rng.random(out, dtype, start, size));
    case 'bernoulli': return filled(dtype, size, (out, start) => rng.bernoulli(out, dtype, start, size, a));
    case 'bernoulli_each': {
      const p = held(dtype, args[1] as number[]);
      return filled(dtype, p.length, (out, start) => rng.bernoulliEach(p, dtype, out, dtype, start, p.length));
    }
    case 'random_from_to': {
      const [low, high, name, count] = args as [Integer, Integer | null, TorchName, number];
      return filled(name, count, (out, start) => rng.randomFromTo(low, high, out, name, start, count));
    }
    case 'randperm': return rng.randperm(args[0] as number);
    case 'multinomial': {
      const weights = args[1] as number[] | number[][];
      const rows = Array.isArray(weights[0]) ? weights.length : 1;
      const flat = held(dtype, (weights as number[]).flat());
      return multinomial(rng, flat, dtype, rows, flat.length / rows, a, args[3] as boolean);
    }
    case 'state': return rng.getState();
    default: throw new Error(`no such call: ${op}`);
  }
}

const fixture = readFixture('torch');

describe(`CPU stream of PyTorch ${fixture.versions.torch}`, () => {
  it.each(fixture.cases.map((one, index) => [index, one] as const))('case %i', (_, { seed, calls }) => {
    const rng = new TorchGenerator().manualSeed(decode(seed) as Integer);
    for (const call of calls) {
      expectResult(run(rng, call.op, call.args.map(decode)), call, nameOf(seed, call));
    }
  });

  it('raises what PyTorch raises', () => {
    for (const wrong of fixture.errors) {
      const seed = decode(wrong.seed) as Integer;
      expectError(() => run(new TorchGenerator().manualSeed(seed), wrong.op, wrong.args.map(decode)), wrong);
    }
  });

  it('resumes from a saved state', () => {
    const rng = new TorchGenerator().manualSeed(3);
    run(rng, 'normal', ['float32', 3, 0, 1, true]);
    const state = rng.getState();
    const other = rng.clone();
    const third = new TorchGenerator().setState(state);
    const expected = run(rng, 'normal', ['float64', 1001, 0, 1, false]);
    expect(run(other, 'normal', ['float64', 1001, 0, 1, false])).toEqual(expected);
    expect(run(third, 'normal', ['float64', 1001, 0, 1, false])).toEqual(expected);
    expect(third.initialSeed()).toBe(3n);
    const fresh = new TorchGenerator().manualSeed(9);
    expect(new TorchGenerator().setState(fresh.getState()).getState()).toEqual(fresh.getState());
    // 624 words drawn: the state is as full as a fresh one, but counts otherwise.
    run(fresh, 'randperm', [625]);
    expect(new TorchGenerator().setState(fresh.getState()).getState()).toEqual(fresh.getState());
    expect(new TorchGenerator().setState(fresh.getState()).random32()).toBe(fresh.random32());
  });

  it('refuses a state that is none', () => {
    expect(() => new TorchGenerator().setState(new Uint8Array(3))).toThrow(
      'Expected a CPUGeneratorImplState of size 5056 but found the input RNG state size to be 3',
    );
    expect(() => new TorchGenerator().setState(new Uint8Array(5056))).toThrow('Invalid mt19937 state');
  });

  it('has the seed of PyTorch until it is seeded', () => {
    expect(new TorchGenerator().initialSeed()).toBe(67280421310721n);
    expect(new TorchGenerator().manualSeed(-1).initialSeed()).toBe(2n ** 64n - 1n);
    const rng = new TorchGenerator();
    expect(rng.seed()).toBe(rng.initialSeed());
    expect(new TorchGenerator().seed()).not.toBe(rng.initialSeed());
  });

  it('fills words as it fills 64-bit integers', () => {
    for (const [low, high] of [[-5, 100], [-5, 2 ** 40], [2 ** 33, 2 ** 33 + 7]]) {
      const integers = new BigInt64Array(50);
      new TorchGenerator().manualSeed(1).randintInt64(low, high, integers);
      const words = new Int32Array(100);
      new TorchGenerator().manualSeed(1).randomFromTo(low, high, words, 'int64', 0, 50);
      expect(new Int32Array(integers.buffer)).toEqual(words);
    }
  });

  it('reads half precision bits', () => {
    expect([0x3c00, 0xc000, 0x0001, 0x7c00, 0x83ff].map(float16Value)).toEqual(
      // oxlint-disable-next-line flambeau/tolerances -- halves as they are stored
      [1, -2, 2 ** -24, Infinity, -1023 * 2 ** -24],
    );
    expect([0x3f80, 0xc000, 0x7f80].map(bfloat16Value)).toEqual([1, -2, Infinity]);
    // oxlint-disable-next-line flambeau/tolerances -- numbers to round
    expect([1e-8, 2049, 65519, 65520, -1e-5, NaN].map((value) => roundTo('float16', value))).toEqual(
      // oxlint-disable-next-line flambeau/tolerances -- numbers to round
      [0, 2048, 65504, Infinity, -168 * 2 ** -24, NaN],
    );
    expect([257, 259, NaN].map((value) => roundTo('bfloat16', value))).toEqual([256, 260, NaN]);
  });

  it('writes numbers in messages as C++ does', () => {
    // oxlint-disable-next-line flambeau/tolerances -- numbers to write
    expect([1, 0.5, -1e-7, 123456789, 1.23456789, 0.0001, 1e5, 3e38, NaN].map(streamText)).toEqual(
      ['1', '0.5', '-1e-07', '1.23457e+08', '1.23457', '0.0001', '100000', '3e+38', 'nan'],
    );
  });
});
