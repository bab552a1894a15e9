import { describe, expect, it, test } from 'vitest';
import * as np from '../../src/numpy/index.ts';

/** Every ufunc in every dtype leaves its result where it was asked to, whatever its loop is made of. */

type Call = ((...args: unknown[]) => np.ndarray) & { readonly nin?: number };

const names = ['bool', 'int8', 'int16', 'int32', 'int64', 'uint8', 'uint16', 'uint32', 'uint64', 'float16', 'float32', 'float64',
  'complex64', 'complex128'];
const ufuncs = Object.entries(np as unknown as Record<string, Call>)
  .filter(([, value]) => typeof value === 'function' && 'resolve_dtypes' in value);

const first = [1, 0, 2, 3, 1, 5];
const second = [2, 1, 1, 3, 0, 2];
const operand = (values: readonly number[], dtype: string): np.ndarray => np.array(values.map(Number)).astype(dtype);

/** An array of ones, or zeros, that lies with gaps: what is not written shows. */
function spaced(like: np.ndarray, fill: number): np.ndarray {
  const whole = np.full([...like.shape, 2], fill, { dtype: like.dtype });
  return whole.at('...', 1) as np.ndarray;
}

const attempt = (body: () => np.ndarray): np.ndarray | null => {
  try {
    return body();
  } catch (error) {
    if (error instanceof TypeError || error instanceof np.exceptions.UFuncTypeError) return null;
    throw error;
  }
};

it('finds the ufuncs', () => {
  expect(ufuncs.length).toBeGreaterThan(80);
});

describe.each(ufuncs)('%s', (name, call) => {
  const operandsOf = (dtype: string): np.ndarray[] => [first, second].slice(0, call.nin).map((values) => operand(values, dtype));
  const accepted = names.flatMap((dtype) => {
    const result = attempt(() => call(...operandsOf(dtype)));
    return result === null ? [] : [[dtype, result] as const];
  });

  it('is computed in some dtype', () => {
    expect(accepted.length).toBeGreaterThan(0);
  });

  // Results of any dtype that fits, each operand and the result beginning anywhere in the same memory.
  test.each(accepted.filter(([dtype, result]) => result.dtype.name === dtype))('%s over its own operands', (dtype) => {
    const starts = [0, 1];
    for (const [x, y, target] of starts.flatMap((i) => starts.flatMap((j) => starts.map((k) => [i, j, k] as const)))) {
      const memory = operand([...first, ...second], dtype);
      const part = (start: number): np.ndarray => memory.at(`${start}:${start + 4}`) as np.ndarray;
      const operands = [part(x), part(y)].slice(0, call.nin);
      const wanted = attempt(() => call(...operands.map((each) => each.copy())));
      if (wanted === null) continue;
      call(...operands, { out: part(target) });
      expect(String(part(target))).toBe(String(wanted));
    }
  });

  test.each(accepted)('%s', (dtype, result) => {
    const wanted = String(result);
    for (const fill of [0, 1]) {
      const outs = [np.full(result.shape, fill, { dtype: result.dtype }), spaced(result, fill)];
      for (const out of outs) {
        expect(call(...operandsOf(dtype), { out })).toBe(out);
        expect(String(out)).toBe(wanted);
      }
      const positional = np.full(result.shape, fill, { dtype: result.dtype });
      expect(call(...operandsOf(dtype), positional)).toBe(positional);
      expect(String(positional)).toBe(wanted);
      const rows = np.full([2, ...result.shape], fill, { dtype: result.dtype });
      call(...operandsOf(dtype), { out: rows });
      expect([0, 1].map((i) => String(rows.at(i)))).toEqual([wanted, wanted]);
      const masked = np.full(result.shape, fill, { dtype: result.dtype });
      call(...operandsOf(dtype), { out: masked, where: [true, false, true, false, true, false] });
      for (let i = 0; i < 6; i++) {
        expect(String(masked.at(i))).toBe(String((i % 2 === 0 ? result : np.full(result.shape, fill, { dtype: result.dtype })).at(i)));
      }
    }
    if (result.dtype !== operand(first, dtype).dtype) return;
    // Onto an operand, as it lies and turned round.
    for (const slice of [':', '::-1']) {
      const [x, ...others] = operandsOf(dtype);
      call(x, ...others, { out: x.at(slice) });
      expect(String(x.at(slice))).toBe(wanted);
    }
    const [x, ...others] = operandsOf(dtype);
    const inPlace = (x as unknown as Record<string, ((...args: unknown[]) => np.ndarray) | undefined>)[`${name}_`];
    if (inPlace === undefined) return;
    expect(inPlace.apply(x, others)).toBe(x);
    expect(String(x)).toBe(wanted);
  });
});
