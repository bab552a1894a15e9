import { expect, test } from 'vitest';
import * as np from '../../src/numpy/index.ts';
import { equalArrays, testers } from '../../src/testing.ts';
import * as torch from '../../src/torch/index.ts';

/** The tester that vitest and jest are given; it counts here how often it is asked. */
let asked = 0;
expect.addEqualityTesters(testers.map((tester) => (a: unknown, b: unknown): boolean | undefined => {
  asked++;
  return tester(a, b);
}));

test.each([
  ['arrays', np.arange(6).reshape(2, 3), np.arange(6).reshape(3, 2).reshape(2, 3).copy()],
  ['NaN', np.array([NaN]), np.array([NaN])], ['no dimensions', np.array(5), np.array(5)],
  ['tensors within objects', { x: [torch.ones(2)] }, { x: [torch.ones(2)] }],
  ['a matcher', { x: np.ones(2) }, { x: expect.anything() as unknown }],
])('%s are equal', (_, a, b) => {
  expect(a).toEqual(b);
  expect(a).toStrictEqual(b);
});

test.each([
  ['elements', np.arange(3), np.arange(3).add(1)], ['dtypes', np.zeros(2), np.zeros(2, { dtype: 'float32' })],
  ['dtypes of none', np.zeros(0), np.zeros(0, { dtype: 'float32' })], ['shapes of none', np.zeros([0, 2]), np.zeros([0, 3])],
  ['shapes', np.zeros([1, 2]), np.zeros([2, 1])], ['classes', np.zeros(2), torch.zeros(2)],
  ['an array and a list', np.zeros(2), [0, 0]], ['a parameter and a tensor', torch.nn.Parameter(torch.ones(1)), torch.ones(1)],
])('%s are not', (_, a, b) => expect(a).not.toEqual(b));

test('a large array is compared in one step', () => {
  const before = asked;
  expect(np.zeros([1000, 1000])).toEqual(np.zeros([1000, 1000]));
  expect(asked - before).toBeLessThan(5);
});

test('toMatchObject, which without the tester looks at own properties alone', () => {
  expect({ a: np.arange(3), loss: np.array(5), b: 1 }).toMatchObject({ a: np.arange(3), loss: np.array(5) });
  expect(() => expect({ a: np.arange(3), b: 1 }).toMatchObject({ a: np.array([0, 1, 3]) })).toThrow();
  expect({ loss: np.array(5) }).not.toMatchObject({ loss: np.array(6) });
});

test('what is no array is left to others', () => {
  expect(equalArrays([1], [1])).toBeUndefined();
  expect(equalArrays(null, 1)).toBeUndefined();
});
