import { describe, expect, it } from 'vitest';
import { bool, dtypes, float64, int64 } from '../../src/core/dtype.ts';
import { slice } from '../../src/core/indexing/index.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import { runBackward } from '../../src/autograd/backward.ts';
import '../../src/ops/algebra.ts';
import { cast } from '../../src/ops/cast.ts';
import { assign, gatherAlong, index, scatterAlong, take } from '../../src/ops/indexing.ts';
import { broadcastTo, clone } from '../../src/ops/movement.ts';
import { Chance, fromValues } from '../backend/arrays.ts';
import { backward, counted, failureOf, numbers, requiringGrad } from './support.ts';

const at = (x: StridedArray, ...items: unknown[]): number[] => numbers(index(x, items, 'numpy'));

describe('the grammar', () => {
  const x = counted([3, 4]);

  it('takes one string for several items, and one item for several kinds of words', () => {
    expect(at(x, '1:, 1:')).toEqual([5, 6, 7, 9, 10, 11]);
    expect(at(x, '1:', '1:')).toEqual([5, 6, 7, 9, 10, 11]);
    expect(at(x, ' 1 : 3 , -1 ')).toEqual([7, 11]);
    expect(at(x, '::-1,0,')).toEqual([8, 4, 0]);
    expect(at(x, 'None:2:None, 3')).toEqual([3, 7]);
    for (const word of ['None', 'newaxis', 'np.newaxis', null]) {
      expect(index(x, ['...', word], 'numpy').geometry.shape).toEqual([3, 4, 1]);
    }
  });

  it('takes bigints, typed arrays and slice objects', () => {
    expect(at(x, 1n, 2n)).toEqual([6]);
    expect(at(x, ':', new Int32Array([3, 0]))).toEqual([3, 0, 7, 4, 11, 8]);
    expect(at(x, new BigInt64Array([2n, -3n]), 0)).toEqual([8, 0]);
    expect(at(x, slice(2), slice(null, null, 2))).toEqual([0, 2, 4, 6]);
    expect(at(x, slice(1n, 2), 0)).toEqual([4]);
  });

  it('says what it did not understand', () => {
    const refused = (...items: unknown[]) => failureOf(() => index(x, items, 'numpy'));
    const explanation =
      "a string holds integers, slices such as '1:' or '::-1', '...' and 'None', separated by commas";
    expect(refused('1:x')).toEqual({ type: 'IndexError', message: `'1:x' is not an index: ${explanation}` });
    expect(refused('0, one')?.message).toBe(`'one' in '0, one' is not an index: ${explanation}`);
    for (const text of ['', ',', '1:2:3:4', '1.5', '1 2', '0x1', '1,,2', '[0]']) {
      expect(refused(text)?.type, text).toBe('IndexError');
    }
    for (const nothing of [undefined, {}, Number.NaN, Infinity, () => 0, new Date(0)]) {
      expect(refused(nothing)).toEqual({
        type: 'IndexError',
        message: 'only integers, slices (`:`), ellipsis (`...`), numpy.newaxis (`None`) and integer or boolean arrays '
          + 'are valid indices',
      });
    }
    expect(failureOf(() => index(x, [undefined], 'torch'))?.message).toBe(
      'only integers, slices (`:`), ellipsis (`...`), None and long or byte Variables are valid indices '
      + '(got undefined)');
    expect(refused(slice(0.5))).toEqual({
      type: 'TypeError', message: 'slice indices must be integers or None or have an __index__ method',
    });
    expect(failureOf(() => slice())?.type).toBe('TypeError');
    expect(failureOf(() => slice(1, 2, 3, 4))?.type).toBe('TypeError');
    expect(refused(new Float64Array([1]))?.message).toBe('arrays used as indices must be of integer (or boolean) type');
  });

  it('refuses ragged lists', () => {
    expect(failureOf(() => index(x, [[[0], [1, 2]]], 'numpy'))).toEqual({
      type: 'ValueError',
      message: 'setting an array element with a sequence. The requested array has an inhomogeneous shape after '
        + '1 dimensions. The detected shape was (2,) + inhomogeneous part.',
    });
    expect(failureOf(() => index(x, [[[0], [1, 2]]], 'torch'))).toEqual({
      type: 'ValueError', message: 'expected sequence of length 1 at dim 1 (got 2)',
    });
    expect(failureOf(() => index(x, [[0, [1]]], 'numpy'))?.type).toBe('ValueError');
    expect(failureOf(() => index(x, [[[0], 1]], 'numpy'))?.type).toBe('ValueError');
  });

  it('takes no fractions in PyTorch\'s lists', () => {
    expect(failureOf(() => index(x, [[0.5]], 'torch'))).toEqual({
      type: 'IndexError', message: 'tensors used as indices must be long, int, byte or bool tensors',
    });
  });
});

describe('writing', () => {
  it('reads a value that lies in the array as it was before', () => {
    const x = counted([6]);
    assign(x, ['1:'], index(x, [':-1'], 'numpy'), 'numpy');
    expect(numbers(x)).toEqual([0, 0, 1, 2, 3, 4]);
    const y = counted([6]);
    assign(y, ['::-1'], y, 'numpy');
    expect(numbers(y)).toEqual([5, 4, 3, 2, 1, 0]);
    const z = counted([6]);
    assign(z, [[5, 4, 3]], index(z, ['2:5'], 'numpy'), 'numpy');
    expect(numbers(z)).toEqual([0, 1, 2, 4, 3, 2]);
  });

  it('reads a mask or an index that lies in the array as it was before', () => {
    const mask = fromValues([1, 0, 1, 1], [4], bool);
    assign(mask, [index(mask, ['::-1'], 'numpy')], false, 'numpy');
    expect(numbers(mask)).toEqual([0, 0, 1, 0]);
    const order = fromValues([3n, 2n, 1n, 0n], [4], int64);
    assign(order, [order], order, 'numpy');
    expect(numbers(order)).toEqual([0, 1, 2, 3]);
  });

  it('keeps the last of several values for one place, or adds them all', () => {
    const x = counted([4], float64);
    assign(x, [[1, 1, 3]], counted([3], float64, 10), 'numpy');
    expect(numbers(x)).toEqual([0, 11, 2, 12]);
    assign(x, [[1, 1, 3]], 1, 'numpy', { accumulate: true });
    expect(numbers(x)).toEqual([0, 13, 2, 13]);
    assign(x, ['::2'], counted([2], float64, 1), 'numpy', { accumulate: true });
    expect(numbers(x)).toEqual([1, 13, 4, 13]);
  });

  it('counts as a change of the storage, and only where it happens', () => {
    const x = counted([4], float64);
    assign(x, [0], 5, 'torch');
    assign(x, [[1]], 5, 'torch');
    assign(x, [fromValues([1, 0, 0, 0], [4], bool)], 5, 'torch');
    expect(x.storage.version).toBe(3);
    expect(failureOf(() => assign(x, [9], 5, 'torch'))?.type).toBe('IndexError');
    expect(failureOf(() => assign(x, [[0, 9]], counted([2], float64), 'torch'))?.type).toBe('IndexError');
    expect(x.storage.version).toBe(3);
    expect(numbers(x)).toEqual([5, 5, 2, 3]);
  });

  it('refuses a leaf that wants a gradient, before it writes', () => {
    const x = requiringGrad(counted([4], float64));
    const mask = fromValues([1, 0, 0, 0], [4], bool);
    for (const item of [0, '1:', [0, 1], mask]) {
      expect(failureOf(() => assign(x, [item], 5, 'torch'))?.message)
        .toBe('a leaf Variable that requires grad is being used in an in-place operation.');
    }
    expect(numbers(x)).toEqual([0, 1, 2, 3]);
  });

  it('makes what an earlier op saved stale', () => {
    const x = requiringGrad(counted([4], float64));
    const places = fromValues([0n, 3n], [2], int64);
    const y = gatherAlong(x, 0, places, 'torch');
    assign(places, [0], 1, 'torch');
    expect(failureOf(() => backward(y, [x]))?.message).toContain('has been modified by an inplace operation');
  });

  it('refuses memory that several elements share', () => {
    const x = broadcastTo(counted([1], float64), [3]);
    const readOnly = { type: 'ValueError', message: 'assignment destination is read-only' };
    expect(failureOf(() => assign(x, [0], 1, 'numpy'))).toEqual(readOnly);
    const place = fromValues([0n], [1], int64);
    expect(failureOf(() => scatterAlong(x, 0, place, 1, 'numpy', { inPlace: true }))).toEqual(readOnly);
    const shared = 'more than one element of the written-to tensor refers to a single memory location';
    expect(failureOf(() => assign(x, [':'], counted([3], float64), 'torch'))?.message).toContain(shared);
    expect(numbers(x)).toEqual([0, 0, 0]);
    assign(x, [0], 1, 'torch');
    expect(numbers(x)).toEqual([1, 1, 1]);
  });

  it('refuses a value of another dtype', () => {
    expect(failureOf(() => assign(counted([4], float64), [0], counted([], int64), 'numpy'))?.type).toBe('TypeError');
  });
});

describe('second gradients', () => {
  // Reading and writing are linear: the gradient's gradient is the op itself again.
  const w = (shape: readonly number[]) => requiringGrad(counted(shape, float64, 1));
  const gradient = (y: StridedArray, seed: StridedArray, x: StridedArray): StridedArray =>
    runBackward([y], [seed], { retainGraph: true, createGraph: true, inputs: [x] })[0]!;

  it.each([
    ['a view', ['1:', '::2']], ['rows', [[0, 2, 0]]], ['a mixture', ['...', [3, 0], null]],
    ['a mask', [[true, false, true]]],
  ] as const)('go through %s', (_, items) => {
    const x = w([3, 4]);
    const y = index(x, items, 'torch');
    const seed = w(y.geometry.shape);
    const again = counted([3, 4], float64, 50);
    const second = gradient(gradient(y, seed, x), again, seed);
    expect(numbers(second)).toEqual(numbers(index(again, items, 'torch')));
  });

  it('go through writing', () => {
    const x = w([3, 4]);
    const y = clone(x);
    assign(y, [[0, 2], '1:'], 0, 'torch');
    const seed = w([3, 4]);
    const again = counted([3, 4], float64, 50);
    const second = gradient(gradient(y, seed, x), again, seed);
    const expected = counted([3, 4], float64, 50);
    assign(expected, [[0, 2], '1:'], 0, 'torch');
    expect(numbers(second)).toEqual(numbers(expected));
  });
});

describe('every dtype', () => {
  it.each(dtypes.map((dtype) => [dtype.name, dtype] as const))('%s', (_, dtype) => {
    const make = (values: readonly number[], shape: readonly number[]) =>
      cast(fromValues(values, shape, float64), dtype);
    const plain = (array: StridedArray) => numbers(cast(array, float64));
    // Zeros and ones, as bool is among them.
    const x = make([1, 0, 1, 0, 0, 1], [2, 3]);
    expect(plain(index(x, [':', [2, 0]], 'numpy'))).toEqual([1, 1, 1, 0]);
    expect(plain(index(x, [x.dtypeCore === bool ? x : cast(x, bool)], 'numpy'))).toEqual([1, 1, 1]);
    assign(x, [[1], [1]], make([1], []), 'numpy');
    assign(x, [0, '1:'], 1, 'numpy');
    assign(x, [fromValues([1, 0], [2], bool)], 0, 'numpy');
    expect(plain(x)).toEqual([0, 0, 0, 0, 1, 1]);
    assign(x, [[0, 0], [1, 2]], 1, 'numpy', { accumulate: true });
    expect(plain(x)).toEqual([0, 1, 1, 0, 1, 1]);
    expect(plain(gatherAlong(x, 1, fromValues([2n, 0n], [2, 1], int64), 'torch'))).toEqual([1, 0]);
  });
});

describe('large indices', () => {
  it('agree with a plain loop', () => {
    const chance = new Chance(11);
    const rows = 5000;
    const x = counted([rows, 7], float64);
    const chosen = Array.from({ length: 20_000 }, () => chance.below(2 * rows) - rows);
    const places = fromValues(chosen.map(BigInt), [chosen.length], int64);
    const got = numbers(index(x, [places, '2:4'], 'numpy'));
    const wrapped = chosen.map((row) => (row + rows) % rows);
    expect(got).toEqual(wrapped.flatMap((row) => [row * 7 + 2, row * 7 + 3]));
    const whole = wrapped.flatMap((row) => Array.from({ length: 7 }, (_, i) => row * 7 + i));
    expect(numbers(take(x, places, 0, 'numpy'))).toEqual(whole);
    const sums = new Array<number>(rows).fill(0);
    for (const row of wrapped) sums[row]++;
    const counts = fromValues(new Array<number>(rows).fill(0), [rows], float64);
    assign(counts, [places], 1, 'numpy', { accumulate: true });
    expect(numbers(counts)).toEqual(sums);
  });
});
