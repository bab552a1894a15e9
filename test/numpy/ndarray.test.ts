import { inspect } from 'node:util';
import { describe, expect, test } from 'vitest';
import { ValueError } from '../../src/core/errors.ts';
import * as np from '../../src/numpy/index.ts';

/** What arrays are to JavaScript: printing, iteration, conversion, memory. */

describe('printing', () => {
  test('String, console.log and a 0-d result show what print shows', () => {
    const x = np.array([[1, 2], [3, 4.5]]);
    expect(String(x)).toBe('[[1.  2. ]\n [3.  4.5]]');
    expect(inspect(x)).toBe(String(x));
    expect(inspect(np.sum([1, 2, 3]))).toBe('6');
    expect(`${np.mean([1, 2])}`).toBe('1.5');
    expect(inspect({ dtype: x.dtype })).toBe('{ dtype: float64 }');
  });

  test('options change it until they are put back', () => {
    const x = np.array([0.123456789]);
    expect(np.printoptions({ precision: 3 }, () => String(x))).toBe('[0.123]');
    expect(String(x)).toBe('[0.12345679]');
    expect(() => np.set_printoptions({ precison: 3 } as never))
      .toThrow("set_printoptions() got an unexpected keyword argument 'precison'");
    const scope = np.printoptions({ precision: 1 });
    expect(String(x)).toBe('[0.1]');
    scope[Symbol.dispose]();
    expect(String(x)).toBe('[0.12345679]');
  });
});

describe('as JavaScript values', () => {
  test('iteration and destructuring give arrays, views all of them', () => {
    const x = np.array([1.5, 2]);
    const [first, second] = x;
    expect([first, second].map((each) => [each.ndim, each.item()])).toEqual([[0, 1.5], [0, 2]]);
    first.fill(7);
    expect(String(x)).toBe('[7. 2.]');
    expect([...np.array([1.5, 2])].map(Number)).toEqual([1.5, 2]);
    expect([...np.array([[1, 2], [3, 4]])].map(String)).toEqual(['[1 2]', '[3 4]']);
    expect([...np.array([[1, 2], [3, 4]]).T.flat]).toEqual([1, 3, 2, 4]);
    expect(() => [...np.array(5)]).toThrow(TypeError);
    expect(() => np.array(5).length).toThrow(new TypeError('len() of unsized object'));
  });

  test('JSON and numbers', () => {
    expect(JSON.stringify({ x: np.array([[1, 2], [3, 4]]) })).toBe('{"x":[[1,2],[3,4]]}');
    expect(Number(np.array([2.5]))).toBe(2.5);
    expect(+np.sum([1, 2])).toBe(3);
    expect(() => Number(np.array([1, 2]))).toThrow('only 0-dimensional arrays can be converted to Python scalars');
    expect(() => Number(np.array(new np.Complex(1, 2)))).toThrow("not 'complex'");
  });

  test("operators of JavaScript work on one element, and say what to write for more", () => {
    const [one, more] = [np.array([2.5]), np.array([1, 2])];
    expect([Number(one) + 1, +one < 3, `${one}`]).toEqual([3.5, true, '[2.5]']);
    const unchecked = [one, more] as unknown as number[];
    expect([unchecked[0] + 1, unchecked[0] < 3, unchecked[0] * 2]).toEqual([3.5, true, 5]);
    for (const compute of [() => unchecked[1] + 1, () => unchecked[1] + unchecked[1], () => unchecked[1] < 3, () => -unchecked[1]]) {
      expect(compute).toThrow(TypeError);
      expect(compute).toThrow('write a.add(b) for a + b, a.lt(b) for a < b');
    }
    expect(`${more}`).toBe('[1 2]');
  });

  test('truth values and complex numbers by words of their own', () => {
    expect([np.any([0, 2]), np.array([0]), np.array(NaN), np.array([[new np.Complex(0, 1)]])].map((x) => x.toBoolean()))
      .toEqual([true, false, true, true]);
    expect(() => np.array([]).toBoolean())
      .toThrow(new ValueError('The truth value of an empty array is ambiguous. Use `array.size > 0` to check that an array is not empty.'));
    expect(() => np.array([1, 2]).toBoolean())
      .toThrow(new ValueError('The truth value of an array with more than one element is ambiguous. Use a.any() or a.all()'));
    expect([np.array(2).toComplex(), np.array([new np.Complex(1, 2)]).toComplex()])
      .toEqual([new np.Complex(2, 0), new np.Complex(1, 2)]);
    expect(() => np.array([1, 2]).toComplex()).toThrow('only 0-dimensional arrays can be converted to Python scalars');
  });

  test('64-bit integers are exact or an error that names the way', () => {
    const x = np.array([2n ** 60n + 1n, 1n]);
    expect(() => x.tolist()).toThrow(/toBigInt\(\) or tolist\({ bigint: true }\)/);
    expect(() => x.item(0)).toThrow(/1152921504606846977/);
    expect(x.toBigInt()).toEqual([2n ** 60n + 1n, 1n]);
    expect(np.array([2n ** 60n, -(2n ** 63n)]).tolist()).toEqual([2 ** 60, -(2 ** 63)]);
    expect(x.tolist({ bigint: true })).toEqual([2n ** 60n + 1n, 1n]);
    expect(String(x)).toBe('[1152921504606846977                   1]');
    expect(np.array(7).toBigInt()).toBe(7n);
    expect(() => np.array(1.5).toBigInt()).toThrow(TypeError);
  });

  test('whole numbers beyond 2^53 were floats', () => {
    expect(np.array([1e20]).dtype).toBe(np.float64);
    expect(np.array([-0]).dtype).toBe(np.float64);
    expect(np.array([1]).add(1e20).dtype).toBe(np.float64);
  });

  test('typed arrays keep their dtype and are copied', () => {
    const source = new Float32Array([1, 2, 3]);
    const x = np.array(source);
    source[0] = 9;
    expect(x.dtype).toBe(np.float32);
    expect(x.toTypedArray()).toEqual(new Float32Array([1, 2, 3]));
    expect(np.array(new BigUint64Array([2n ** 63n])).toBigInt()).toEqual([2n ** 63n]);
    expect(np.array([new Int8Array([1]), new Int16Array([300])]).dtype).toBe(np.int16);
  });

  test('things that are no array-likes are refused', () => {
    expect(() => np.array('abc' as never)).toThrow(TypeError);
    expect(() => np.array([null] as never)).toThrow(TypeError);
    expect(() => np.array({} as never)).toThrow(TypeError);
  });
});

describe('memory', () => {
  test('views share it, copies do not', () => {
    const x = np.arange(6).reshape(2, 3);
    const view = x.T;
    x.set([0, 1], 50);
    expect(view.item(1, 0)).toBe(50);
    expect(np.shares_memory(x, view)).toBe(true);
    expect(np.shares_memory(x, x.copy())).toBe(false);
    expect(np.shares_memory(x.at(':', '::2'), x.at(':', 1))).toBe(false);
    expect(np.may_share_memory(x.at(':', '::2'), x.at(':', 1))).toBe(true);
    x.data[0] = 9n;
    expect(x.item(0, 0)).toBe(9);
    expect(() => view.data).toThrow('not contiguous');
  });

  test('real and imaginary parts are views', () => {
    const z = np.array([new np.Complex(1, 2), new np.Complex(3, 4)]);
    z.imag.fill(7);
    z.real.set([0], -1);
    expect(String(z)).toBe('[-1.+7.j  3.+7.j]');
  });

  test('a freed array cannot be used', () => {
    const x = np.ones(3);
    x[Symbol.dispose]();
    expect(() => x.add(1)).toThrow('was freed');
  });

  test('in place is NumPy\'s out=', () => {
    const x = np.array([1.5, 2]);
    expect(x.add_(1).mul_(np.array([2, 2]))).toBe(x);
    expect(x.tolist()).toEqual([5, 6]);
    const part = np.arange(4);
    part.at('1:').add_(part.at(':-1'));
    expect(part.tolist()).toEqual([0, 1, 3, 5]);
    expect(() => np.zeros(3).add_(np.zeros([2, 3]))).toThrow(
      "non-broadcastable output operand with shape (3,) doesn't match the broadcast shape (2,3)");
    expect(() => np.arange(3).resize(5)).toThrow('cannot resize');
  });

  test('sort, put and fill write into the array', () => {
    const x = np.array([[3, 1], [2, 0]]);
    x.sort(0);
    expect(x.tolist()).toEqual([[2, 0], [3, 1]]);
    x.put([0, -1], [7, 8]);
    expect(x.tolist()).toEqual([[7, 0], [3, 8]]);
    x.T.at(0).fill(4);
    expect(x.tolist()).toEqual([[4, 0], [4, 8]]);
    expect(() => x.fill(NaN)).toThrow('cannot convert float NaN to integer');
  });
});

describe('methods', () => {
  test('short and long names are the same ufuncs', () => {
    const [x, y] = [np.array([7.5, -2]), np.array([2, 3])];
    const pairs = [['sub', 'subtract'], ['mul', 'multiply'], ['div', 'divide'], ['lt', 'less'], ['ge', 'greater_equal'], ['eq', 'equal'],
      ['mod', 'remainder']] as const;
    for (const [short, long] of pairs) expect(x[short](y).tolist()).toEqual(x[long](y).tolist());
    expect(x.neg().tolist()).toEqual(np.negative(x).tolist());
    expect(x.exp().tolist()).toEqual(np.exp(x).tolist());
    expect(x.copy().sqrt_().item(0)).toBe(Math.sqrt(7.5));
  });

  test('ufuncs have their names and numbers of operands', () => {
    expect([np.add.name, np.mod.name, np.arcsin.name, np.true_divide.name]).toEqual(['add', 'remainder', 'arcsin', 'divide']);
    expect([np.add.nin, np.exp.nin]).toEqual([2, 1]);
  });

  test('dtypes are callable, comparable and printable', () => {
    expect(np.float32(0.1).dtype).toBe(np.float32);
    expect(np.dtype('int')).toBe(np.int64);
    expect(np.float32 instanceof np.dtype).toBe(true);
    expect(String(np.float32)).toBe('float32');
    expect(() => np.dtype('bfloat16')).toThrow("data type 'bfloat16' not understood");
    expect(() => np.dtype('>f4')).toThrow('big-endian');
  });

  test('add.at and subtract.at count an element as often as it is named', () => {
    const x = np.zeros(4);
    np.add.at(x, [0, 1, 1, -1], 1);
    expect(x.tolist()).toEqual([1, 2, 0, 1]);
    np.subtract.at(x, np.array([1, 1]), [0.5, 0.25]);
    expect(x.tolist()).toEqual([1, 1.25, 0, 1]);
    const counts = np.zeros([2, 2], { dtype: 'int64' });
    np.add.at(counts, [[0, 1, 0], [1, 0, 1]], 1);
    expect(counts.tolist()).toEqual([[0, 2], [1, 0]]);
const truncated = np.array([1, 2, 3]);
    np.add.at(truncated, [0, 0], 1.5);
    expect(truncated.tolist()).toEqual([3, 2, 3]);
    expect(() => np.add.at(counts, [5], 1)).toThrow('index 5 is out of bounds for axis 0 with size 2');
  });

  test('unknown arguments are errors', () => {
    expect(() => np.sum([1], { axes: 0 } as never)).toThrow(new TypeError("sum() got an unexpected keyword argument 'axes'"));
    expect(() => np.array([1]).reshape(1, { ordr: 'F' } as never)).toThrow("reshape() got an unexpected keyword argument 'ordr'");
    expect(() => np.zeros(2, { dtyp: 'int8' } as never)).toThrow("zeros() got an unexpected keyword argument 'dtyp'");
  });
});
