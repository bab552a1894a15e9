import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { chai, describe, expect, test, vi } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import * as torch from '../../src/torch/index.ts';

/** What vitest and node:assert say of arrays by themselves, without a tester of ours. */

type Pair = readonly [name: string, a: unknown, b: unknown];

const large = np.arange(1000).div(7);

const equal: readonly Pair[] = [
  ['vectors', np.arange(3), np.arange(3)],
  ['no dimensions', np.array(5), np.array(5)],
  ['NaN', np.array([NaN, 1]), np.array([NaN, 1])],
  ['a view and a copy', np.arange(10).at('::2'), np.array([0, 2, 4, 6, 8])],
  ['another order in memory', np.arange(6).reshape(2, 3).T, np.array([[0, 3], [1, 4], [2, 5]])],
  ['one that is read-only', np.broadcast_to(1, [2, 2]), np.array([[1, 1], [1, 1]])],
  ['none at all', np.zeros([0, 3]), np.zeros([0, 3])],
  ['complex numbers', np.array([new np.Complex(1, NaN)]), np.array([new np.Complex(1, NaN)])],
  ['half floats', np.zeros(3, { dtype: 'float16' }), np.zeros(3, { dtype: 'float16' })],
  ['many elements', large, large.copy()],
  ['many in another order', np.arange(400).reshape(20, 20).T, np.arange(400).reshape(20, 20).T.copy()],
  ['NaN among many', large.mul(NaN), np.full(1000, NaN)],
  ['tensors', torch.arange(3), torch.arange(3)],
  ['one that needs a gradient', torch.ones(2, { requires_grad: true }), torch.ones(2)],
  ['parameters', torch.nn.Parameter(torch.ones(2)), torch.nn.Parameter(torch.ones(2))],
  ['within lists and objects', { a: [np.arange(2), torch.ones(1)] }, { a: [np.arange(2), torch.ones(1)] }],
  ['state_dicts', torch.nn.PReLU().state_dict(), torch.nn.PReLU().state_dict()],
];

const almost = large.copy();
almost.set([999], 3);

const different: readonly Pair[] = [
  ['elements', np.arange(3), np.array([0, 1, 3])],
  ['elements of no dimensions', np.array(5), np.array(6)],
  ['one of many', large, almost],
  ['dtypes', np.zeros(2), np.zeros(2, { dtype: 'float32' })],
  ['dtypes of none', np.zeros(0), np.zeros(0, { dtype: 'float32' })],
  ['shapes', np.zeros([2, 1]), np.zeros([1, 2])],
  ['shapes of none', np.zeros([0, 3]), np.zeros([0, 2])],
  ['an array and a tensor', np.arange(3), torch.arange(3)],
  ['an array and a list', np.arange(3), [0, 1, 2]],
  ['zeros of both signs', np.array([0, 1.5]), np.array([-0, 1.5])],
  ['large integers', np.array([2n ** 62n]), np.array([2n ** 62n + 1n])],
  ['tensors', torch.ones(2), torch.zeros(2)],
];

describe.each(equal)('%s', (_, a, b) => {
  test('are equal', () => {
    expect(a).toEqual(b);
    expect(a).toStrictEqual(b);
    expect(() => expect(a).not.toEqual(b)).toThrow();
    assert.deepEqual(a, b);
  });
});

describe.each(different)('different %s', (_, a, b) => {
  test('are not equal', () => {
    expect(a).not.toEqual(b);
    expect(() => expect(a).toEqual(b)).toThrow();
    assert.notDeepEqual(a, b);
  });
});

test('calls of mocks, members of lists and chai compare arrays as well', () => {
  const mock = vi.fn();
  mock(np.arange(3));
  expect(mock).toHaveBeenCalledWith(np.arange(3));
  expect(() => expect(mock).toHaveBeenCalledWith(np.array([0, 1, 3]))).toThrow();
  expect([np.arange(3)]).toContainEqual(np.arange(3));
  expect([np.arange(3)]).not.toContainEqual(np.array([0, 1, 3]));
  expect({ a: np.arange(3) }).not.toEqual(expect.objectContaining({ a: np.array([0, 1, 3]) }));
  chai.expect(np.arange(3)).to.deep.equal(np.arange(3));
  chai.expect(np.arange(3)).to.not.deep.equal(np.array([0, 1, 3]));
});

test('what differs is shown', () => {
  expect(() => assert.deepEqual(np.arange(3), np.arange(3).add(1))).toThrow('ndarray [ndarray int64 (3,): 0 1 2]');
  expect(() => expect(np.arange(2)).toEqual(np.arange(2).add(1))).toThrow('expected [0 1] to deeply equal [1 2]');
});

test('the tag tells dtype, shape and elements, and never throws', () => {
  const tag = (value: unknown): string => Object.prototype.toString.call(value);
  expect(tag(np.array([1.5, -0]))).toBe('[object ndarray float64 (2,): 1.5 -0]');
  expect(tag(np.array([new np.Complex(1, -2)]))).toBe('[object ndarray complex128 (1,): 1-2j]');
  expect(tag(torch.tensor([true]))).toBe('[object Tensor bool (1,): true]');
  const freed = np.zeros(3);
  freed[Symbol.dispose]();
  expect(tag(freed)).toMatch(/^\[object ndarray float64 \(3,\), freed: memory \d+/);
  expect(tag(Object.create(np.ndarray.prototype))).toBe('[object array]');
  expect(tag(np.ndarray.prototype)).toBe('[object array]');
});

test('a proxy around an array has none of its memory, and says so', () => {
  const proxy = new Proxy(np.zeros(2), {});
  const words = 'not an array: a Proxy around one has none of its memory, so give the array itself';
  expect(() => np.add(proxy, 1)).toThrow(new TypeError(words));
  expect((np.zeros(2) as unknown as { __v_skip: boolean }).__v_skip).toBe(true);
});

test('what an array shows of itself is nothing that may differ between equal ones', () => {
  expect(Object.keys(np.zeros(2))).toEqual(['dtypeCore', 'geometry']);
  expect(inspect(np.arange(3))).toBe('[0 1 2]');
});
