import { Complex } from '../../../src/core/complex.ts';
import { StridedArray } from '../../../src/core/strided.ts';
import * as np from '../../../src/numpy/index.ts';

/** Shows values as test/fixtures/docstrings/generate.py does: numbers with 12 digits, lists and tuples alike, arrays as Python does. */

function real(value: number): string {
  if (!Number.isFinite(value)) return Number.isNaN(value) ? 'nan' : value > 0 ? 'inf' : '-inf';
  if (Number.isSafeInteger(value) && !Object.is(value, -0)) return String(value);
  const [digits, exponent] = value.toExponential(11).split('e');
  const power = Number(exponent);
  const fixed = power < -4 || power >= 12 ? null : String(Number(value.toFixed(Math.max(11 - power, 0))));
  if (fixed !== null && !fixed.includes('e')) return Object.is(value, -0) ? '-0' : fixed;
  return `${String(Number(digits))}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
}

export function show(value: unknown): string {
  if (value === null || value === undefined) return 'None';
  if (value instanceof StridedArray) {
    const array = value as np.ndarray;
    return array.ndim === 0 ? show(array.item()) : np.array_repr(array);
  }
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return real(value);
  if (typeof value === 'bigint' || typeof value === 'string') return String(value);
  if (value instanceof Complex) return `${real(value.re)} ${real(value.im)}j`;
  if (value instanceof np.dtype) return String(value);
  if (value instanceof Map) return `{${[...value].map(([key, each]) => `${String(key)}: ${show(each)}`).sort().join(', ')}}`;
  const described = value as { __repr__?(): string };
  if (typeof described.__repr__ === 'function') return described.__repr__();
  if (typeof value === 'object' && 'value' in value && Object.keys(value).length === 1) return show(value.value);
  if (typeof value === 'object' && Symbol.iterator in value && !('coef' in value)) {
    return `[${[...value as Iterable<unknown>].map(show).join(', ')}]`;
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return `{${Object.entries(value).map(([key, each]) => `${key}: ${show(each)}`).sort().join(', ')}}`;
  }
  return String(value);
}

/** As `print` shows it. */
export function text(value: unknown): string {
  const isPrinted = (typeof value === 'object' || typeof value === 'function') && value !== null && '__repr__' in value;
  return isPrinted || (value instanceof StridedArray && value.geometry.shape.length > 0) ? String(value) : show(value);
}
