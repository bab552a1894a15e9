import assert from 'node:assert/strict';
import * as flambeau from 'flambeau';
import * as np from 'flambeau/numpy';
import * as torch from 'flambeau/torch';

/* Under test runners, some of which give modules and tests a realm of their own. */

test('equal arrays are equal, and others are not', () => {
  expect(np.arange(3)).toEqual(np.arange(3));
  expect(np.arange(3)).toStrictEqual(np.arange(3));
  expect(np.arange(10).at('::2')).toEqual(np.array([0, 2, 4, 6, 8]));
  expect(np.array([NaN])).toEqual(np.array([NaN]));
  expect(np.array(5)).toEqual(np.array(5));
  expect({ a: [torch.ones(2)] }).toEqual({ a: [torch.ones(2)] });
  expect(torch.ones(2)).toEqual(expect.anything());
  expect(np.arange(3)).not.toEqual(np.arange(4));
  expect(np.arange(3)).not.toEqual(np.array([0, 1, 3]));
  expect(np.array(5)).not.toEqual(np.array(6));
  expect(np.zeros(0)).not.toEqual(np.zeros(0, { dtype: 'float32' }));
  expect(np.zeros([0, 2])).not.toEqual(np.zeros([0, 3]));
  expect(() => expect(np.arange(3)).toEqual(np.array([0, 1, 3]))).toThrow();
  assert.deepEqual(np.arange(3), np.arange(3));
  assert.notDeepEqual(np.arange(3), np.array([0, 1, 3]));
});

test('objects of either realm are data', () => {
  expect(np.array(Float32Array.of(1, 2)).dtype).toBe(np.float32);
  expect(np.array(Buffer.from([1, 2])).tolist()).toEqual([1, 2]);
  expect(np.load(Buffer.from(np.save(np.arange(3))))).toEqual(np.arange(3));
  const message = flambeau.pack({ x: np.arange(3) });
  expect(flambeau.unpack(structuredClone(message)).x).toEqual(np.arange(3));
});

test('assertions say what differs', () => {
  expect(() => np.testing.assert_equal(np.arange(2), [0, 2])).toThrow(/\[1\]: 1 \(ACTUAL\), 2 \(DESIRED\)/);
  expect(() => torch.testing.assert_close(torch.ones(1), torch.zeros(1))).toThrow('Greatest absolute difference: 1.0 at index (0,)');
});
