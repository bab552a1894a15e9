import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import { signatures } from '../../src/core/signature.ts';
import * as np from '../../src/numpy/index.ts';
import { polynomialValues } from '../tolerances.ts';
import { parts } from './polynomialParts.ts';
import type { Expected } from './support.ts';
import { check } from './support.ts';

/** np.polynomial against NumPy's: functions of every basis, classes, printing, errors. */

interface Case extends Expected {
  readonly python: string;
  readonly ts: string;
}
interface Fixture {
  readonly names: Readonly<Record<string, readonly string[]>>;
  readonly signatures: Readonly<Record<string, string>>;
  readonly groups: readonly { readonly name: string; readonly cases: readonly Case[] }[];
}
const fixture = JSON.parse(inflateSync(readFileSync(new URL('../fixtures/polynomial/cases.bin', import.meta.url))).toString()) as Fixture;

describe.each(fixture.groups)('$name', ({ cases }) => {
  test.each(cases)('$python', (each) => {
    expect(check(each.ts, each, {}, { shown: parts, room: polynomialValues })).toBeNull();
  });
});

const modules = np.polynomial as unknown as Readonly<Record<string, Readonly<Record<string, unknown>>>>;

describe.each(Object.entries(fixture.names))('np.polynomial.%s', (module, names) => {
  it('has the names of NumPy', () => {
    const own = Object.keys(modules[module]).filter((name) => name !== 'trimseq').sort();
    expect(own).toEqual(names.filter((name) => name !== 'trimseq'));
  });
});

it.each(Object.entries(fixture.signatures))('np.polynomial.%s is declared as NumPy has it', (name, text) => {
  const declared = signatures.get(`numpy.polynomial.${name}`)!.parameters;
  const written = declared.map(({ name, byDefault }) => (byDefault === undefined ? name
    : `${name}=${byDefault === null ? 'None' : byDefault === true ? 'True' : byDefault === false ? 'False'
      : Array.isArray(byDefault) ? (name === 'k' ? '[]' : '()') : String(byDefault)}`));
  expect(written.join(', ')).toBe(text);
});
