import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, test } from 'vitest';
import { binaryNames, compileMath, forms, unaryNames } from './math-harness.ts';
import { kernelScale, kernelTolerance, overflowMargin } from '../tolerances.ts';
import type { Form, MathModule, MathName } from './math-harness.ts';

interface Case {
  name: MathName;
  width: 'f32' | 'f64';
  offset: number;
  operands: number;
  count: number;
}

type Floats = Float32Array | Float64Array;

const folder = new URL('../fixtures/math/', import.meta.url);
const { cases } = JSON.parse(readFileSync(new URL('math.json', folder), 'utf8')) as { cases: Case[] };
const file = readFileSync(new URL('math.bin', folder));
const data = file.buffer.slice(file.byteOffset, file.byteOffset + file.byteLength);

function unitInLastPlace(magnitude: number, width: 'f32' | 'f64'): number {
  const [precision, lowest] = width === 'f32' ? [24, -149] : [53, -1074];
  let exponent = Math.floor(Math.log2(magnitude));
  if (2 ** exponent > magnitude) exponent--;
  return 2 ** Math.max(exponent - precision + 1, lowest);
}

/** The error in ulp; infinite where a special value or the sign of a zero is wrong. */
function errorInUlp(name: MathName, width: 'f32' | 'f64', got: number, expected: number, x: number, y: number): number {
  if (Object.is(got, expected)) return 0;
  const signedZeros = !['maximum', 'minimum', 'fmax', 'fmin'].includes(name);
  if (got === expected && !signedZeros) return 0;
  if (Number.isNaN(got) || Number.isNaN(expected)) return Infinity;
  const largest = width === 'f32' ? 2 ** 128 : 2 ** 1023 * (2 - 2 ** -52);
  if (Math.abs(expected) === Infinity || Math.abs(got) === Infinity) {
    // Overflow one step early or late is an error of one unit.
    const finite = Math.abs(got) === Infinity ? expected : got;
    const sameSign = Math.sign(got) === Math.sign(expected);
    return sameSign && Math.abs(finite) >= largest * (1 - overflowMargin) ? 1 : Infinity;
  }
  if (got === 0 && expected === 0) return Infinity;
  const scale = kernelScale[name]?.(expected, x, y) ?? Math.abs(expected);
  return Math.abs(got - expected) / unitInLastPlace(scale, width);
}

let math: MathModule;
beforeAll(async () => {
  math = await compileMath();
}, 60_000);

function measure(testCase: Case, form: Form, reorder: (column: Floats) => Floats = (column) => column) {
  const { name, width, offset, operands, count } = testCase;
  const TypedArray = width === 'f32' ? Float32Array : Float64Array;
  const columns = Array.from(
    { length: operands + 1 },
    (_, index) => reorder(new TypedArray(data, offset + index * count * TypedArray.BYTES_PER_ELEMENT, count)),
  );
  const [x, y, expected] = operands === 2 ? columns : [columns[0], undefined, columns[1]];
  const got = math.evaluate(name, form, x as Float64Array, y as Float64Array | undefined) as Floats;
  let worst = 0;
  let where = '';
  for (let index = 0; index < count; index++) {
    const error = errorInUlp(name, width, got[index], expected[index], x[index], y?.[index] ?? NaN);
    if (error > worst) {
      worst = error;
      where = `at (${x[index]}${y ? `, ${y[index]}` : ''}): ${got[index]} for ${expected[index]}`;
    }
  }
  return { worst, where, got };
}

describe.each(cases)('$name $width', (testCase) => {
  const { name, width } = testCase;
  const limit = kernelTolerance(name);
  test.each(forms.filter((form) => form.startsWith(width)))('%s', (form) => {
    const { worst, where } = measure(testCase, form);
    expect(worst, `${name}_${form}: ${worst} ulp ${where}`).toBeLessThanOrEqual(limit);
  });

  test('a lane gives what the scalar form gives, whatever its neighbours are', () => {
    const scalar = measure(testCase, width).got;
    const vector = width === 'f32' ? 'f32x4' : 'f64x2';
    expect(measure(testCase, vector).got).toEqual(scalar);
    expect(measure(testCase, vector, (column) => column.toReversed()).got.toReversed()).toEqual(scalar);
  });
});

test('every function has fixtures in both widths', () => {
  const covered = cases.map(({ name, width }) => `${name} ${width}`).toSorted();
  const wanted = [...unaryNames, ...binaryNames].flatMap((name) => [`${name} f32`, `${name} f64`]).toSorted();
  expect(covered).toEqual(wanted);
});

describe('ipow', () => {
  type Integer = number | bigint;
  const call = (type: string, base: Integer, exponent: Integer) =>
    (math.exports[`ipow_${type}`] as (base: Integer, exponent: Integer) => Integer)(base, exponent);

  test('wraps as the type does', () => {
    expect(call('i32', 3, 20)).toBe(Number(BigInt.asIntN(32, 3n ** 20n)));
    expect(call('i32', -7, 33)).toBe(Number(BigInt.asIntN(32, (-7n) ** 33n)));
    expect(call('i64', 3n, 60n)).toBe(BigInt.asIntN(64, 3n ** 60n));
    expect(call('u8', 7, 5)).toBe(7 ** 5 % 256);
  });

  test('exponents zero and below', () => {
    expect(call('i32', 0, 0)).toBe(1);
    expect(call('i64', 5n, -1n)).toBe(0n);
    expect(call('i64', -1n, -3n)).toBe(-1n);
    expect(call('i32', -1, -2)).toBe(1);
    expect(call('i32', 1, -9)).toBe(1);
  });
});
