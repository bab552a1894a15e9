import { describe, expect, it } from 'vitest';
import * as continuous from '../../src/random/continuous.ts';
import type { IntegerName, IntegerOutput } from '../../src/random/boundedIntegers.ts';
import type { Generator } from '../../src/random/generator.ts';
import { defaultRng } from '../../src/random/generator.ts';
import { LegacyRandomState } from '../../src/random/legacy.ts';
import type { LegacySeed } from '../../src/random/legacy.ts';
import { Pcg64 } from '../../src/random/pcg64.ts';
import { SeedSequence } from '../../src/random/seedSequence.ts';
import type { EntropyInput } from '../../src/random/seedSequence.ts';
import { exponentialZiggurat, normalZiggurat } from '../../src/random/ziggurat.ts';
import { arrayFor, bytesOf, decode, expectError, expectResult, hash, nameOf, readFixture } from './fixtures.ts';
import type { Argument, DtypeName, FixtureFile, RawArgument } from './fixtures.ts';

type Integer = number | bigint;

function filled(size: number, fill: (out: Float64Array) => void): Float64Array {
  const out = new Float64Array(size);
  fill(out);
  return out;
}

const each = (size: number, draw: () => number): Float64Array => Float64Array.from({ length: size }, draw);

function integersFor(
  dtype: DtypeName, size: number, fill: (out: IntegerOutput, start: number) => void,
): ArrayBufferView {
  // One element of slack on each side shows a fill that leaves its range.
  const out = arrayFor(dtype, size + 2) as IntegerOutput;
  fill(out, 1);
  expect([Number(out[0]), Number(out[size + 1])]).toEqual([0, 0]);
  return out.subarray(1, size + 1);
}

/** Parameters of distributions are refused by the façade, which the tests of np.random see to. */
const isOwn = ({ op }: { readonly op: string }): boolean => !['normal', 'uniform', 'exponential'].includes(op);

function runLegacy(rng: LegacyRandomState, op: string, args: Argument[]): ArrayBufferView {
  const [a, b, c] = args as [number, number, number];
  switch (op) {
    case 'rand': return filled(a, (out) => rng.randomSample(out));
    case 'randn': return filled(a, (out) => rng.standardNormal(out));
    case 'normal': return each(c, () => continuous.normal(rng, a, b));
    case 'uniform': return each(c, () => continuous.uniform(rng, a, b - a));
    case 'standard_exponential': return filled(a, (out) => rng.standardExponential(out));
    case 'exponential': return each(b, () => continuous.exponential(rng, a));
    case 'permutation': return rng.permutation(a);
    case 'shuffle': {
      const items = Int32Array.from({ length: a }, (_, index) => index);
      rng.shuffle(items);
      return items;
    }
    case 'choice': return rng.choice(a, b, args[2] as boolean, (args[3] ?? undefined) as number[] | undefined);
    case 'randint': {
      const [low, high, dtype, size] = args as [Integer, Integer, IntegerName, number];
      return integersFor(dtype, size, (out, start) => rng.randint(low, high, dtype, out, start, size));
    }
    case 'bytes': return rng.bytes(a);
    case 'state': {
      const state = rng.get_state();
      const bytes = new Uint8Array(624 * 4 + 16);
      bytes.set(bytesOf(state.key));
      const view = new DataView(bytes.buffer, 624 * 4);
      view.setInt32(0, state.pos, true);
      view.setInt32(4, state.has_gauss, true);
      view.setFloat64(8, state.cached_gaussian, true);
      return bytes;
    }
    default: throw new Error(`no such call: ${op}`);
  }
}

function runGenerator(rng: Generator, op: string, args: Argument[]): ArrayBufferView {
  const [a, b, c] = args as [number, number, number];
  const floats = (): Float64Array | Float32Array => arrayFor(args[1] as DtypeName, a) as Float64Array | Float32Array;
  switch (op) {
    case 'random': {
      const out = floats();
      rng.random(out);
      return out;
    }
    case 'standard_normal': {
      const out = floats();
      rng.standardNormal(out);
      return out;
    }
    case 'standard_exponential': {
      const out = floats();
      rng.standardExponential(out, 0, a, args[2] as 'zig' | 'inv');
      return out;
    }
    case 'normal': return each(c, () => continuous.normal(rng, a, b));
    case 'uniform': return each(c, () => continuous.uniform(rng, a, b - a));
    case 'exponential': return each(b, () => continuous.exponential(rng, a));
    case 'permutation': return rng.permutation(a);
    case 'shuffle':
    case 'shuffle_columns': {
      const items = Int32Array.from({ length: a }, (_, index) => index);
      rng.shuffle(items);
      return items;
    }
    case 'choice': {
      const p = (args[3] ?? undefined) as number[] | undefined;
      return rng.choice(a, b, args[2] as boolean, p, args[4] as boolean);
    }
    case 'integers': {
      const [low, high, dtype, endpoint, size] = args as [Integer, Integer, IntegerName, boolean, number];
      return integersFor(dtype, size, (out, start) => rng.integers(low, high, dtype, endpoint, out, start, size));
    }
    case 'bytes': return rng.bytes(a);
    case 'spawn': {
      const out = new Float64Array(3 * a);
      rng.bit_generator.spawn(a).forEach((child, index) => defaultRng(child).random(out, 3 * index, 3));
      return out;
    }
    case 'advance':
      rng.bit_generator.advance(BigInt(a));
      return new Uint8Array(0);
    case 'state': {
      const state = rng.bit_generator.getState();
      const bytes = new Uint8Array(40);
      const view = new DataView(bytes.buffer);
      for (let index = 0; index < 2; index++) {
        view.setBigUint64(8 * index, BigInt.asUintN(64, state.state >> BigInt(64 * index)), true);
        view.setBigUint64(16 + 8 * index, BigInt.asUintN(64, state.inc >> BigInt(64 * index)), true);
      }
      view.setUint32(32, Number(state.hasUint32), true);
      view.setUint32(36, state.uinteger, true);
      return bytes;
    }
    default: throw new Error(`no such call: ${op}`);
  }
}

interface GeneratorFixture extends FixtureFile {
  sequences: {
    entropy: RawArgument;
    spawn_key: RawArgument[];
    words: number;
    state: number[];
    state64: string[];
    children: number[][];
  }[];
  ziggurat: Record<string, string>;
}

const legacy = readFixture('legacy');
const generator = readFixture<GeneratorFixture>('generator');

describe(`legacy stream of NumPy ${legacy.versions.numpy}`, () => {
  it.each(legacy.cases.map((one, index) => [index, one] as const))('case %i', (_, { seed, calls }) => {
    const rng = new LegacyRandomState(decode(seed) as LegacySeed);
    for (const call of calls) {
      expectResult(runLegacy(rng, call.op, call.args.map(decode)), call, nameOf(seed, call));
    }
  });

  it('raises what NumPy raises', () => {
    for (const wrong of legacy.errors.filter(isOwn)) {
      const seed = decode(wrong.seed) as LegacySeed;
      expectError(() => runLegacy(new LegacyRandomState(seed), wrong.op, wrong.args.map(decode)), wrong);
    }
  });

  it('resumes from a saved state', () => {
    const rng = new LegacyRandomState(5);
    filled(3, (out) => rng.standardNormal(out));
    const state = rng.get_state();
    const expected = filled(2000, (out) => rng.standardNormal(out));
    const other = new LegacyRandomState();
    other.set_state(state);
    expect(filled(2000, (out) => other.standardNormal(out))).toEqual(expected);
    expect(() => other.set_state({ ...state, pos: 625 })).toThrow('pos must be between 0 and 624');
    expect(() => other.set_state({ ...state, key: new Uint32Array(3) })).toThrow('state must contain 624 words');
  });

  it('seeds from the system when no seed is given', () => {
    const first = filled(4, (out) => new LegacyRandomState().randomSample(out));
    expect(filled(4, (out) => new LegacyRandomState(null).randomSample(out))).not.toEqual(first);
  });

  it('fills a part of an array only', () => {
    const out = new Float64Array(40).fill(9);
    new LegacyRandomState(1).randomSample(out, 5, 30);
    expect([...out.subarray(0, 5), ...out.subarray(35)]).toEqual(Array(10).fill(9));
    expect(out.subarray(5, 35)).toEqual(filled(30, (whole) => new LegacyRandomState(1).randomSample(whole)));
  });
});

describe(`Generator of NumPy ${generator.versions.numpy}`, () => {
  it.each(generator.cases.map((one, index) => [index, one] as const))('case %i', (_, { seed, calls }) => {
    const rng = defaultRng(decode(seed) as EntropyInput);
    for (const call of calls) {
      expectResult(runGenerator(rng, call.op, call.args.map(decode)), call, nameOf(seed, call));
    }
  });

  it('raises what NumPy raises', () => {
    for (const wrong of generator.errors.filter(isOwn)) {
      const seed = decode(wrong.seed) as EntropyInput;
      expectError(() => runGenerator(defaultRng(seed), wrong.op, wrong.args.map(decode)), wrong);
    }
  });

  it.each(generator.sequences.map((one, index) => [index, one] as const))('seed sequence %i', (_, one) => {
    const spawnKey = decode(one.spawn_key) as Integer[];
    const sequence = new SeedSequence(decode(one.entropy) as EntropyInput, { spawn_key: spawnKey });
    const children = [...sequence.spawn(2), ...sequence.spawn(1)];
    expect(children.map((child) => [...child.generateState(2)])).toEqual(one.children);
    expect([...sequence.generateState(one.words)]).toEqual(one.state);
    expect(sequence.generateState64(3).map(String)).toEqual(one.state64);
  });

  it('has the ziggurat tables of NumPy', () => {
    const asUint64 = (values: Float64Array): Uint8Array => bytesOf(BigUint64Array.from(values, BigInt));
    const normal = normalZiggurat();
    const exponential = exponentialZiggurat();
    const tables: Record<string, Uint8Array> = {
      wi_double: bytesOf(normal.w), fi_double: bytesOf(normal.f), ki_double: asUint64(normal.k),
      wi_float: bytesOf(normal.wFloat), fi_float: bytesOf(normal.fFloat), ki_float: bytesOf(normal.kFloat),
      we_double: bytesOf(exponential.w), fe_double: bytesOf(exponential.f), ke_double: asUint64(exponential.k),
      we_float: bytesOf(exponential.wFloat), fe_float: bytesOf(exponential.fFloat),
      ke_float: bytesOf(exponential.kFloat),
    };
    for (const [name, bytes] of Object.entries(tables)) expect(hash(bytes), name).toBe(generator.ziggurat[name]);
    expect(Object.keys(tables).sort()).toEqual(Object.keys(generator.ziggurat).sort());
  });

  it('resumes from a saved state in the middle of a block and of a 64-bit draw', () => {
    const source = new Pcg64(3);
    for (let count = 0; count < 77; count++) source.nextInt32();
    const state = source.getState();
    expect(state.hasUint32).toBe(true);
    const expected = Array.from({ length: 500 }, () => source.nextInt32());
    const other = new Pcg64();
    other.setState(state);
    expect(Array.from({ length: 500 }, () => other.nextInt32())).toEqual(expected);
    expect(() => other.setState({ ...state, inc: 1n << 128n })).toThrow('smaller than 2**128');
  });

  it('passes a generator through and seeds from the system when no seed is given', () => {
    const rng = defaultRng(1);
    expect(defaultRng(rng)).toBe(rng);
    const source = new Pcg64(1);
    expect(defaultRng(source).bit_generator).toBe(source);
    expect(new Pcg64().getState().state).not.toBe(new Pcg64(null).getState().state);
  });
});
