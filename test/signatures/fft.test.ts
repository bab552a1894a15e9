import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { signatures } from '../../src/core/signature.ts';
import * as np from '../../src/numpy/index.ts';

/** Declared signatures of np.fft against NumPy's own, and every parameter, by position and by name. */

const file = new URL('../fixtures/fft/cases.json', import.meta.url);
const originals = (JSON.parse(readFileSync(file, 'utf8')) as { readonly signatures: Readonly<Record<string, string>> }).signatures;

type Call = (...args: unknown[]) => np.ndarray;
const functions = np.fft as unknown as Readonly<Record<string, Call>>;
const names = Object.keys(originals);

function text(value: unknown): string {
  if (value === null) return 'None';
  if (Array.isArray(value)) return `(${value.map(text).join(', ')})`;
  // The only number that is not whole is written as one here.
  return String(value);
}

it('has what NumPy has', () => {
  expect(Object.keys(np.fft).sort()).toEqual(names);
});

const parametersOf = (name: string) => signatures.get(`numpy.fft.${name}`)!.parameters;

it.each(names)('np.fft.%s', (name) => {
  const written = parametersOf(name).map((each) => `${each.name}${each.byDefault === undefined ? '' : `=${text(each.byDefault)}`}`);
  expect(`(${written.join(', ')})`).toBe(originals[name].replace('d=1.0', 'd=1'));
});

/** What fits a parameter, and is not its default. */
const samples: Readonly<Record<string, unknown>> = { n: 3, axis: 0, axes: [0], norm: 'ortho', s: [3, 3], d: 0.5, device: 'cpu' };
/** Parameters that change nothing, as in NumPy. */
const idle: Readonly<Record<string, string>> = { device: 'there is one' };

const matrix = (): np.ndarray => np.array([[1, 2, 4, 8], [3, 5, 7, 11]]);

describe.each(names)('np.fft.%s', (name) => {
  const [first, ...rest] = parametersOf(name);
  const own = (): unknown => (first.name === 'n' ? 4 : matrix());
  const call = functions[name];

  it.each(rest.filter((each) => each.name !== 'out').map((each) => [each.name, rest.indexOf(each)] as const))('%s', (parameter, place) => {
    const before = rest.slice(0, place).map(({ byDefault }) => (byDefault === null ? undefined : byDefault));
    const named = String(call(own(), { [parameter]: samples[parameter] }));
    expect(String(call(own(), ...before, samples[parameter]))).toBe(named);
    if (parameter in idle) expect(named).toBe(String(call(own())));
    else expect(named).not.toBe(String(call(own())));
    expect(() => call(own(), ...before, samples[parameter], { [parameter]: samples[parameter] })).toThrow(TypeError);
  });

  it('takes no more, and nothing unknown', () => {
    expect(() => call()).toThrow(`${name}() missing 1 required positional argument: '${first.name}'`);
    expect(() => call(own(), ...rest.map(() => undefined), 1)).toThrow(TypeError);
    expect(() => call(own(), { surplus: 1 })).toThrow(`${name}() got an unexpected keyword argument 'surplus'`);
  });
});
