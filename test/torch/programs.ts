import * as np from '../../src/numpy/index.ts';
import { StridedArray } from '../../src/core/strided.ts';
import * as torch from '../../src/torch/index.ts';
import type { TensorOptions } from '../../src/torch/functions/creation.ts';

/** Runs one-line programs as text and shows their value as fixtures/programs/generate.py shows it. */

export interface Program {
  readonly python: string;
  readonly code: string;
  readonly shown: string;
}

const real = (value: number): string => {
  if (!Number.isFinite(value)) return String(value);
  const [digits, exponent] = value.toExponential(5).split('e');
  const power = Number(exponent);
  if (power < -4 || power >= 6) {
    return `${String(Number(digits))}e${power < 0 ? '-' : '+'}${String(Math.abs(power)).padStart(2, '0')}`;
  }
  return Object.is(Number(value.toPrecision(6)), -0) ? '-0' : String(Number(value.toPrecision(6)));
};

export function show(value: unknown): string {
  if (value === null || value === undefined) return 'null';
  if (value instanceof torch.Tensor) return `${String(value)} ${String(value.dtype)} [${value.shape.join(', ')}]`;
  if (value instanceof StridedArray) return np.array_repr(value as np.ndarray);
  if (typeof value === 'boolean' || typeof value === 'string') return String(value);
  if (typeof value === 'number') return real(value);
  if (typeof value === 'bigint') return real(Number(value));
  if (value instanceof torch.Complex) return `${real(value.re)} ${real(value.im)}j`;
  if (value instanceof torch.Size) return `[${value.join(', ')}]`;
  if (typeof value === 'object' && Symbol.iterator in value && !(value instanceof torch.nn.Module)) {
    return value instanceof Map
      ? `{${[...value].map(([key, each]) => `${key}: ${show(each)}`).join(', ')}}`
      : `[${[...value as Iterable<unknown>].map(show).join(', ')}]`;
  }
  if (typeof value === 'object' && Object.getPrototypeOf(value) === Object.prototype) {
    return `{${Object.entries(value).map(([key, each]) => `${key}: ${show(each)}`).join(', ')}}`;
  }
  return String(value);
}

const f = (data: torch.Tensor | number | number[], options: TensorOptions = {}): torch.Tensor =>
  torch.tensor(data, { dtype: torch.float32, ...options });

const names: Record<string, unknown> = {
  torch, np, nn: torch.nn, F: torch.nn.functional, optim: torch.optim, data: torch.utils.data, f,
  g: (data: number[], options: TensorOptions = {}) => f(data, { requires_grad: true, ...options }),
  i: (data: number[]) => torch.tensor(data, { dtype: torch.int64 }),
  d: (data: number[], options: TensorOptions = {}) => torch.tensor(data, { dtype: torch.float64, ...options }),
  nograd: torch.no_grad, inf: Infinity, nan: NaN,
  list: (values: Iterable<unknown>) => [...values], len: (value: { length: number }) => value.length,
  str: String, size: (x: torch.Tensor) => [...x.shape],
};

export function run(code: string): string {
  torch.manual_seed(0);
  np.random.seed(0);
  const before = new Set(Object.keys(globalThis));
  try {
    // The programs assign to names that nothing declares, which loose mode allows.
    return show(new Function(...Object.keys(names), code)(...Object.values(names)));
  } catch (error) {
    return `${(error as Error).name}: ${(error as Error).message}`.split(' Hint: ')[0];
  } finally {
    for (const key of Object.keys(globalThis)) if (!before.has(key)) Reflect.deleteProperty(globalThis, key);
  }
}
