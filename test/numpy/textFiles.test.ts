import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { afterAll, describe, expect, test, vi } from 'vitest';
import * as np from '../../src/numpy/index.ts';

/** Texts and bare bytes in files; what is read of them is compared with NumPy in test/fixtures/numpy/text.txt. */

const folder = mkdtempSync(join(tmpdir(), 'flambeau-text-'));
const at = (name: string): string => join(folder, name);
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const matrix = (): np.ndarray => np.array([[1.5, -2, 1e300], [np.nan, np.inf, 0.1]]);
const same = (a: np.ndarray, b: np.ndarray): void => np.testing.assert_array_equal(a, b);

describe('texts', () => {
  test('come from a path, a URL, bytes and lines alike', () => {
    np.savetxt(at('m.txt'), matrix());
    same(np.loadtxt(at('m.txt')), matrix());
    same(np.loadtxt(pathToFileURL(at('m.txt'))), matrix());
    const bytes = readFileSync(at('m.txt'));
    same(np.loadtxt(bytes), matrix());
    same(np.loadtxt(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.length)), matrix());
    same(np.loadtxt(bytes.toString().split('\n')), matrix());
    same(np.loadtxt((function * () {
      yield bytes;
    })()), matrix());
    same(np.genfromtxt(at('m.txt')), matrix());
    expect(np.savetxt(matrix())).toEqual(new Uint8Array(bytes));
    expect(() => np.loadtxt(at('none.txt'))).toThrow(/ENOENT/);
  });

  test('are compressed where the path says so', () => {
    np.savetxt(at('m.txt.gz'), matrix(), { fmt: '%.17g' });
    expect(gunzipSync(readFileSync(at('m.txt.gz'))).toString()).toBe('1.5 -2 1.0000000000000001e+300\nnan inf 0.10000000000000001\n');
    same(np.loadtxt(at('m.txt.gz')), matrix());
    writeFileSync(at('g.txt.gz'), gzipSync('1,2\n3,'));
    expect(String(np.genfromtxt(at('g.txt.gz'), { delimiter: ',' }))).toBe('[[ 1.  2.]\n [ 3. nan]]');
    expect(() => np.loadtxt(at('m.txt.xz'))).toThrow(/ENOENT/);
  });

  test('go to what writes, and are decoded as was said', () => {
    const pieces: string[] = [];
    np.savetxt({ write: (text) => pieces.push(text) }, [1, 2], { fmt: '%d', header: 'é' });
    expect(pieces.join('')).toBe('# é\n1\n2\n');
    same(np.loadtxt(Uint8Array.of(0xe9, 0x31, 0x20, 0x32), { encoding: 'latin1', converters: (field) => Number(field.replace('é', '')) }),
      np.array([1, 2]).astype('float64'));
    expect(() => np.loadtxt(Uint8Array.of(0x31), { encoding: 'foo' })).toThrow(new np.exceptions.ValueError('unknown encoding: foo'));
  });

  test('without a number say so', () => {
    const spy = vi.spyOn(console, 'warn').mockImplementation(() => {});
    expect(np.loadtxt(['# nothing']).shape).toEqual([0]);
    expect(np.genfromtxt(['# nothing']).shape).toEqual([0]);
    expect(spy.mock.calls.flat().map((text) => String(text).slice(0, 35))).toEqual([
      'loadtxt: input contained no data: "', 'genfromtxt: Empty input file: "list',
    ]);
    np.genfromtxt(['1 2', '3'], { invalid_raise: false });
    expect(spy.mock.lastCall![0]).toBe('ConversionWarning: Some errors were detected !\n    Line #2 (got 1 columns instead of 2)');
    spy.mockRestore();
  });

  test('with names, masks or several dtypes are refused', () => {
    const refused = np.exceptions.NotImplementedError;
    expect(() => np.genfromtxt(['a b', '1 2'], { names: true } as never)).toThrow(refused);
    expect(() => np.genfromtxt(['1 2'], { usemask: true } as never)).toThrow(refused);
    expect(() => np.genfromtxt(['1 x'], { dtype: null })).toThrow('a column holds texts');
    expect(() => np.genfromtxt(['1 2.5'], { dtype: null })).toThrow('the columns are of several dtypes (int64, float64)');
    expect(() => np.genfromtxt(['1 2'], { usecols: 'a' } as never)).toThrow("columns have no names here, so that 'a' is none");
    expect(() => np.loadtxt(['1 2'], { dtype: 'U5' })).toThrow(TypeError);
    expect(() => np.fromregex()).toThrow(refused);
  });

  test('every double comes back from its text', () => {
    const bits = new BigUint64Array(4000);
    let state = 0x9e3779b97f4a7c15n;
    for (let i = 0; i < bits.length; i++) {
      state = BigInt.asUintN(64, state * 6364136223846793005n + 1442695040888963407n);
      bits[i] = state;
    }
    const x = np.array(new Float64Array(bits.buffer));
    same(np.loadtxt(np.savetxt(x)), x);
    same(np.loadtxt(np.savetxt(x, { fmt: '%.17g' })), x);
    const short = np.array(Array.from({ length: 4000 }, (_, i) => (i - 2000) / 64 * 10 ** (i % 23 - 11)));
    same(np.loadtxt(short.tolist().map(String)), short);
  });

  test('of ten megabytes are read in a moment', () => {
    const line = `${Array.from({ length: 10 }, (_, i) => (i * 1.2345678).toFixed(7)).join(' ')}\n`;
    const bytes = new TextEncoder().encode(line.repeat(Math.ceil(1e7 / line.length)));
    const start = performance.now();
    expect(np.loadtxt(bytes).shape).toEqual([Math.ceil(1e7 / line.length), 10]);
    expect(performance.now() - start).toBeLessThan(5000);
  });
});

describe('bare bytes', () => {
  test('are written by tofile and read by fromfile', () => {
    for (const dtype of ['bool', 'int8', 'int16', 'int64', 'uint32', 'float16', 'float32', 'float64', 'complex64', 'complex128']) {
      const x = np.array([[1, 0, 3], [4, 5, 6]]).astype(dtype);
      x.T.tofile(at('x.bin'));
      same(np.fromfile(at('x.bin'), dtype), x.T.ravel());
      expect(new Uint8Array(readFileSync(at('x.bin')))).toEqual(new Uint8Array(x.T.tobytes()));
    }
    np.arange(5).tofile(at('x.bin'));
    same(np.fromfile(at('x.bin'), 'int64', 2), np.arange(2));
    same(np.fromfile(at('x.bin'), { dtype: 'int64', offset: 24 }), np.array([3, 4]));
    same(np.fromfile(at('x.bin'), { dtype: 'int64', offset: 25 }).astype('int64').at(':0'), np.array([], 'int64'));
    same(np.fromfile(readFileSync(at('x.bin')), { dtype: 'int64', count: 99 }), np.arange(5));
    expect(() => np.fromfile(3 as never)).toThrow(TypeError);
  });

  test('or as texts', () => {
    np.array([[1, 2.5], [np.nan, -3]]).tofile(at('x.txt'), ',');
    expect(readFileSync(at('x.txt'), 'utf8')).toBe('1.0,2.5,nan,-3.0');
    same(np.fromfile(at('x.txt'), { sep: ',' }), np.array([1, 2.5, np.nan, -3]));
    np.array([1, 2, 3]).tofile(at('x.txt'), { sep: ' ', format: '%04d' });
    expect(readFileSync(at('x.txt'), 'utf8')).toBe('0001 0002 0003');
    same(np.fromfile(at('x.txt'), 'int64', 2, ' '), np.array([1, 2]));
    expect(() => np.fromfile(at('x.txt'), { sep: ' ', offset: 1 })).toThrow("'offset' argument only permitted for binary files");
    writeFileSync(at('x.txt'), '1 2 x');
    expect(() => np.fromfile(at('x.txt'), { sep: ' ' })).toThrow('string or file could not be read to its end due to unmatched data');
    expect(() => np.arange(3).tofile({ write: () => 0 })).toThrow(np.exceptions.NotImplementedError);
    expect(() => np.arange(3).tofile(3 as never)).toThrow(TypeError);
  });
});
