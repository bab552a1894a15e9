import { describe, expect, test } from 'vitest';
import {
  PythonTuple,
  formatExponential,
  formatFixed,
  formatFloatPositional,
  formatFloatScientific,
  pythonComplex,
  pythonRepr,
} from '../../src/core/printing/index.ts';
import type { FloatFormat, PythonValue } from '../../src/core/printing/index.ts';
import { roundToFormat } from '../../src/core/printing/digits.ts';
import { fixture, readNumber } from './support.ts';

type FormatCase = [FloatFormat, string, 'p' | 's', object, string, ('ValueError' | 'TypeError')?];

describe('format_float_positional and format_float_scientific', () => {
  const { cases } = fixture<{ cases: FormatCase[] }>('float-formats');
  test('there are cases', () => expect(cases.length).toBeGreaterThan(2000));
  for (const format of ['float64', 'float32', 'float16'] as const) {
    for (const kind of ['p', 's'] as const) {
      test(`${format} ${kind === 'p' ? 'positional' : 'scientific'}`, () => {
        const chosen = cases.filter((item) => item[0] === format && item[2] === kind);
        expect(chosen.length).toBeGreaterThan(300);
        for (const [, data, , options, text, error] of chosen) {
          const value = readNumber(data, format);
          const write = kind === 'p' ? formatFloatPositional : formatFloatScientific;
          const call = () => write(value, { format, ...options });
          const context = `${value} ${JSON.stringify(options)}`;
          if (error) expect(call, context).toThrow(expect.objectContaining({ name: error, message: text }));
          else expect(call(), context).toBe(text);
        }
      });
    }
  }
  test('a number is first rounded to its format', () => {
    expect(formatFloatPositional(0.1, { format: 'float32', min_digits: 12 })).toBe('0.100000001490');
    expect(formatFloatPositional(1e6, { format: 'float16' })).toBe('inf');
  });
  test('unknown options are refused', () => {
    expect(() => formatFloatPositional(1, { exp_digits: 2 } as object)).toThrow(
      "format_float_positional() got an unexpected keyword argument 'exp_digits'",
    );
    expect(() => formatFloatScientific(1, { trim: 'x' } as object)).toThrow("trim must be 'k', '.', '0' or '-'");
  });
});

test('rounding to a narrow format is to nearest, ties to even', () => {
  const halves: [number, number][] = [
    [2049, 2048], [2051, 2052], [2049.0000001, 2050], [65519.99, 65504], [65520, Infinity], [-65520, -Infinity],
    // oxlint-disable-next-line flambeau/tolerances -- numbers to round
    [2 ** -25, 0], [2 ** -25 * 1.001, 2 ** -24], [3 * 2 ** -25, 2 ** -23], [0.1, 0.0999755859375], [2 ** -14, 2 ** -14],
  ];
  for (const [value, expected] of halves) expect(roundToFormat(value, 'float16'), String(value)).toBe(expected);
  const brains: [number, number][] = [
    [257, 256], [259, 260], [1 / 3, 0.333984375], [3.3895e38, 3.3895313892515355e38], [3.4e38, Infinity],
    // oxlint-disable-next-line flambeau/tolerances -- numbers to round
    [5e-41, 9.183549615799121e-41], [-1e-45, -0],
  ];
  for (const [value, expected] of brains) expect(roundToFormat(value, 'bfloat16'), String(value)).toBe(expected);
  expect(roundToFormat(-0, 'float16')).toBe(-0);
});

test('bfloat16 has the shortest digits that lead back to it', () => {
  const view = new DataView(new ArrayBuffer(4));
  for (let bits = 1; bits < 0x7f80; bits += 13) {
    view.setUint16(0, bits);
    const value = view.getFloat32(0);
    const text = formatFloatScientific(value, { format: 'bfloat16' });
    expect(roundToFormat(Number(text), 'bfloat16')).toBe(value);
    const digits = text.indexOf('e') - 2;
    // The nearest decimal with one digit fewer is another number, or none exists. Powers of two have uneven neighbours.
    if (digits > 0 && bits & 0x7f) {
      expect(roundToFormat(Number(value.toExponential(digits - 1)), 'bfloat16')).not.toBe(value);
    }
  }
});

interface PythonFixture {
  floats: [string, string][];
  formats: [string, 'f' | 'e', number, string][];
  complexes: [string, string, string][];
  strings: [string, string][];
  values: [PythonValue, boolean, string][];
  tuples: [PythonValue[], string][];
}

describe('Python', () => {
  const python = fixture<PythonFixture>('python-values');
  const number = (data: string): number => readNumber(data, 'float64');

  test('repr of floats', () => {
    expect(python.floats.length).toBeGreaterThan(200);
    for (const [data, text] of python.floats) expect(pythonRepr(number(data), { float: true })).toBe(text);
  });
  test('fixed and exponential formats', () => {
    expect(python.formats.length).toBeGreaterThan(700);
    for (const [data, kind, places, text] of python.formats) {
      const write = kind === 'f' ? formatFixed : formatExponential;
      expect(write(number(data), places), `${number(data)} .${places}${kind}`).toBe(text);
    }
  });
  test('repr of complex numbers', () => {
    for (const [re, im, text] of python.complexes) {
      expect(pythonComplex(number(re), number(im))).toBe(text);
      expect(pythonRepr({ re: number(re), im: number(im) })).toBe(text);
    }
  });
  test('repr of strings', () => {
    for (const [value, text] of python.strings) expect(pythonRepr(value)).toBe(text);
  });
  test('repr of lists and tuples', () => {
    for (const [value, float, text] of python.values) expect(pythonRepr(value, { float })).toBe(text);
    for (const [items, text] of python.tuples) expect(pythonRepr(new PythonTuple(items))).toBe(text);
  });
  test('what tells integers from floats', () => {
    expect([1, -0, 0.5, NaN, 1e300, 2 ** 53].map((value) => pythonRepr(value))).toEqual([
      '1', '-0.0', '0.5', 'nan', '1e+300', '9007199254740992.0',
    ]);
    expect(pythonRepr(2n ** 70n)).toBe('1180591620717411303424');
    expect(pythonRepr(3n, { float: true })).toBe('3.0');
    expect(pythonRepr(new Map<PythonValue, PythonValue>([['a', 1], [new PythonTuple([1, 2]), null]]))).toBe(
      "{'a': 1, (1, 2): None}",
    );
    expect(() => pythonRepr({} as PythonValue)).toThrow(TypeError);
  });
});
