import { describe, expect, it } from 'vitest';
import { StridedArray } from '../../src/core/strided.ts';
import * as np from '../../src/numpy/index.ts';
import * as torch from '../../src/torch/index.ts';

/**
 * Every function of both façades, and every method, with numbers where they do not belong: fractions, negative and huge ones, alone and in
 * lists. It gives arrays of sound shapes or throws one of Python's errors; it never traps, never asks the engine for a list that cannot be,
 * and never takes long.
 */

const odd: readonly unknown[] = [
  0.5, -1, NaN, Infinity, 2 ** 31, 2 ** 53, 1e300, [0.5, 1], [-1, -1], [2 ** 31, 2 ** 31], [2 ** 20, 2 ** 20], [NaN],
];
const pythonErrors = new Set([
  'ValueError', 'IndexError', 'KeyError', 'AttributeError', 'RuntimeError', 'NotImplementedError', 'ZeroDivisionError', 'OverflowError',
  'MemoryError', 'AxisError', 'UFuncTypeError', 'LinAlgError', 'AssertionError', 'TypeError',
]);

/** All of them where FLAMBEAU_THOROUGH=1 asks for it; else of each function a third, another one than its neighbours'. */
let place = 0;
const oddOnes = (): readonly unknown[] => {
  place++;
  return process.env.FLAMBEAU_THOROUGH === '1' ? odd : odd.filter((_, i) => (i + place) % 3 === 0);
};

/** What changes the state of the library or the file system. */
const apart = new Set([
  'save', 'savez', 'savez_compressed', 'load', 'set_printoptions', 'manual_seed', 'set_default_dtype', 'set_num_threads',
  'set_grad_enabled', 'set_num_interop_threads', 'use_deterministic_algorithms', 'constructor', 'free', 'tofile', 'seed',
]);

const text = (value: unknown): string => (Array.isArray(value) ? `[${value.map(text).join()}]`
  : value instanceof StridedArray ? `array(${value.geometry.shape.join()})` : String(value));

/** What is wrong with a call, if anything is. */
function wrong(call: () => unknown): string | null {
  const start = performance.now();
  let outcome: string | null = null;
  try {
    const result = call();
    for (const each of Array.isArray(result) ? result.flat() as readonly unknown[] : [result]) {
      if (!(each instanceof StridedArray)) continue;
      const { shape, size } = each.geometry;
      if (!shape.every((extent) => Number.isSafeInteger(extent) && extent >= 0)) outcome = `shape ${shape.join()}`;
      else if (size < 100) String(each);
    }
  } catch (error) {
    const { name, message } = error as Error;
    if (!pythonErrors.has(name) || error instanceof WebAssembly.RuntimeError) outcome = `${name}: ${message}`;
  }
  return outcome ?? (performance.now() - start < 20_000 ? null : 'too slow');
}

type Callable = (...args: readonly unknown[]) => unknown;

/** Every call is judged, and what is wrong said at the end: an expectation for each would take longer than the calls. */
function tryAll(name: string, call: Callable, first: readonly unknown[]): void {
  const found: string[] = [];
  for (const value of oddOnes()) {
    const more = first.flatMap((x) => [[x, value], [x, 1, value], [x, value, 1], [x, 0, 1, value], [x, 0, value, 2]]);
    for (const args of [[value], ...more]) {
      const outcome = wrong(() => call(...args));
      if (outcome !== null) found.push(`${name}(${args.map(text).join(', ')}): ${outcome}`);
    }
  }
  expect(found).toEqual([]);
}

const isClass = (value: object): boolean => /^class\b/.test(Function.prototype.toString.call(value));

function functionsOf(library: object): [string, Callable][] {
  return Object.entries(library).filter(([name, value]) =>
    typeof value === 'function' && !apart.has(name) && !isClass(value as object)) as [string, Callable][];
}

describe('functions', () => {
  for (const [name, call] of functionsOf(np)) {
    it(`np.${name}`, () => tryAll(name, call, [np.arange(12).reshape(3, 4), np.ones(5), 3]));
  }
  for (const [name, call] of functionsOf(torch)) {
    it(`torch.${name}`, () => tryAll(name, call, [torch.arange(12).reshape(3, 4), torch.ones(5), 3]));
  }
});

function methodsOf(prototype: object): string[] {
  const names = new Set<string>();
  for (let each = prototype; each !== Object.prototype; each = Object.getPrototypeOf(each) as object) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(each))) {
      if (typeof value === 'function' && !apart.has(name)) names.add(name);
    }
  }
  return [...names];
}

describe('methods', () => {
  for (const [library, make] of [['ndarray', () => np.arange(12).reshape(3, 4)], ['Tensor', () => torch.ones(3, 4)]] as const) {
    for (const name of methodsOf(Object.getPrototypeOf(make()) as object)) {
      it(`${library}.${name}`, () => tryAll(name, (...args) => (make() as unknown as Record<string, Callable>)[name](...args), [0, 1]));
    }
  }
});
