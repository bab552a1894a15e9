import { describe, expect, it } from 'vitest';
import { messageKind, wrongError } from '../../fuzz/misuse/findings.ts';
import type { Context } from '../../fuzz/programs/compare.ts';
import { difference } from '../../fuzz/programs/compare.ts';
import type { Policy } from '../../fuzz/programs/policies.ts';
import { policyOf } from '../../fuzz/programs/policies.ts';
import type { DTypeName, Snapshot } from '../../fuzz/programs/program.ts';
import { call } from '../../fuzz/programs/program.ts';
import { epsilon } from '../ulps.ts';
import { float64 } from '../../src/core/dtype.ts';
import { ValueError } from '../../src/core/errors.ts';

/** The fuzzers see what they are there to see. */

function doubles(values: readonly number[], shape: readonly number[] = [values.length], dtype: DTypeName = 'float64'): Snapshot {
  return { dtype, shape, bytes: Buffer.from(new Float64Array(values).buffer).toString('base64') };
}

const context = (policy: Policy, scale: Snapshot | null = null): Context =>
  ({ policy, scale, epsilon: epsilon(float64), terms: 3, wide: false, complex: false });
const exact = context({ kind: 'exact' });
const next = 1 + epsilon(float64);

describe('programs that differ', () => {
  it('differ by dtype, shape or elements', () => {
    expect(difference(doubles([1]), doubles([1], [1], 'int64'), exact)).toBe('dtype');
    expect(difference(doubles([1, 2]), doubles([1, 2], [2, 1]), exact)).toBe('shape');
    expect(difference(doubles([1, 2]), doubles([1, 3]), exact)).toBe('values');
    expect(difference(doubles([1, NaN]), doubles([1, NaN]), exact)).toBeNull();
  });

  it('differ by one step where the function is exact, and not where it takes several', () => {
    expect(difference(doubles([1]), doubles([next]), exact)).toBe('values');
    expect(difference(doubles([1]), doubles([next]), context({ kind: 'steps' }))).toBeNull();
    expect(difference(doubles([1]), doubles([1.5]), context({ kind: 'steps' }))).toBe('values');
    expect(difference(doubles([1]), doubles([NaN]), context({ kind: 'steps' }))).toBe('values');
  });

  it('may sum in any order, in proportion to the terms', () => {
    const sums: Policy = { kind: 'scaled', scale: 'call' };
    const terms = 1e16;
    expect(difference(doubles([0]), doubles([2]), context(sums, doubles([terms], [])))).toBeNull();
    expect(difference(doubles([0]), doubles([2]), context(sums, doubles([4], [])))).toBe('values');
    expect(difference(doubles([Infinity]), doubles([2]), context(sums, doubles([4], [])))).toBe('values');
  });

  it('may take either zero where NumPy does', () => {
    expect(difference(doubles([0]), doubles([-0]), exact)).toBe('values');
    expect(difference(doubles([0]), doubles([-0]), context(policyOf(call('maximum', []), false)))).toBeNull();
  });
});

describe('errors of misuse', () => {
  it.each([
    [new TypeError("Cannot read properties of undefined (reading 'shape')"), 'words of the engine'],
    [new TypeError('x.map is not a function'), 'words of the engine'],
    [new RangeError('Invalid typed array length: -1'), 'words of the engine'],
    [new SyntaxError('Unexpected token'), 'error of the engine'],
    [new WebAssembly.RuntimeError('unreachable'), 'trap'],
    ['text', 'error of the engine'],
  ])('%s is found', (error, kind) => {
    expect(wrongError(error, 'np.add(1)')?.kind).toBe(kind);
  });

  it.each([
    new ValueError('operands could not be broadcast together with shapes (2,) (3,)'),
    new TypeError("'float' object cannot be interpreted as an integer"),
  ])('%s is as it should be', (error) => {
    expect(wrongError(error, 'np.add(1)')).toBeNull();
  });

  it('may be of the caller\'s own proxies and memory', () => {
    const [ofProxy, ofMemory] = [
      new TypeError("Cannot perform 'get' on a proxy that has been revoked"),
      new TypeError('Cannot perform Construct on a detached ArrayBuffer'),
    ];
    expect(wrongError(ofProxy, 'np.add(a revoked proxy of {})')).toBeNull();
    expect(wrongError(ofProxy, 'np.add(1)')?.kind).toBe('words of the engine');
    expect(wrongError(ofMemory, 'np.add(a detached view)')).toBeNull();
    expect(wrongError(ofMemory, 'np.add(1)')?.kind).toBe('words of the engine');
  });

  it('are of one kind where only numbers and names differ', () => {
    expect(messageKind("index 3 of 'a'")).toBe(messageKind("index -17 of 'b'"));
    expect(messageKind('index 3')).not.toBe(messageKind('axis 3'));
  });
});
