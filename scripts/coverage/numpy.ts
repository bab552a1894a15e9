import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import '../../src/runtime/start.ts';
import * as np from '../../src/numpy/index.ts';
import { root } from '../build/stamp.ts';
import { reasonFor } from './excluded.ts';

/** Which of NumPy's public names are there, by the namespace or class that has them, and why others are not. */

export interface Coverage {
  readonly owner: string;
  readonly present: readonly string[];
  /** Names that are left out, by the reason. */
  readonly excluded: ReadonlyMap<string, readonly string[]>;
  readonly missing: readonly string[];
}

type Named = Readonly<Record<string, unknown>>;

interface Names {
  readonly version: string;
  readonly names: Readonly<Record<string, readonly string[]>>;
}

/** What the real NumPy has; written by test/fixtures/names/generate.py. */
const python = JSON.parse(readFileSync(join(root, 'test/fixtures/names/numpy.json'), 'utf8')) as Names;

export const { version } = python;

/** Objects that have the members of classes, which fields show only on. */
const instances: Readonly<Record<string, () => unknown>> = {
  'numpy.broadcast': () => call('broadcast', [1], [1]),
  'numpy.dtype': () => np.dtype('float64'),
  'numpy.finfo': () => np.finfo('float64'),
  'numpy.flatiter': () => np.array([1]).flat,
  'numpy.iinfo': () => np.iinfo('int64'),
  'numpy.ndarray': () => np.array([1]),
  'numpy.nditer': () => call('nditer', [1]),
  'numpy.poly1d': () => call('poly1d', [1]),
  'numpy.polynomial.Polynomial': () => (find('numpy.polynomial') as Named | undefined) && construct('numpy.polynomial.Polynomial', [1]),
  'numpy.random.Generator': () => np.random.default_rng(0),
  'numpy.random.SeedSequence': () => new np.random.SeedSequence(0),
  'numpy.ufunc': () => np.add,
  'numpy.vectorize': () => call('vectorize', Math.abs),
};

function find(path: string): unknown {
  const [, ...parts] = path.split('.');
  return parts.reduce<unknown>((owner, part) => (owner as Named | undefined)?.[part], np);
}

function construct(path: string, ...args: readonly unknown[]): unknown {
  const made = find(path);
  return typeof made === 'function' ? Reflect.construct(made, args) : undefined;
}

function call(name: string, ...args: readonly unknown[]): unknown {
  const found = (np as Named)[name];
  return typeof found === 'function' ? (found as (...each: readonly unknown[]) => unknown)(...args) : undefined;
}

function membersOf(path: string): object | undefined {
  const make = instances[path];
  if (make !== undefined) return make() as object | undefined;
  const found = find(path);
  if (typeof found !== 'function' || found.prototype === undefined) return found as object | undefined;
  return construct(path) as object;
}

/** Python finds a class's own methods on its instances too. */
function isClassMethod(owner: string, name: string): boolean {
  const found = find(owner);
  return typeof found === 'function' && typeof (found as unknown as Named)[name] === 'function' && Object.hasOwn(instances, owner);
}

export function numpyCoverage(): Coverage[] {
  return Object.entries(python.names).map(([owner, names]) => {
    const members = membersOf(owner);
    const present: string[] = [];
    const missing: string[] = [];
    const excluded = new Map<string, string[]>();
    for (const name of names) {
      const reason = reasonFor(owner, name);
      if (reason !== null) excluded.set(reason, [...excluded.get(reason) ?? [], name]);
      else if ((members !== undefined && name in members) || isClassMethod(owner, name)) present.push(name);
      else missing.push(name);
    }
    return { owner, present, excluded, missing };
  });
}

/** The page of the reference. */
export function coveragePage(): string {
  const found = numpyCoverage();
  const lines = [
    '<!-- Written by scripts/reference.ts; do not edit. -->', '', '# NumPy, by name', '',
    `What NumPy ${version} has of public names, and what of it is here.`,
    '', '| of | here | left out | missing |', '| --- | ---: | ---: | ---: |',
  ];
  for (const { owner, present, excluded, missing } of found) {
    lines.push(`| \`${owner}\` | ${present.length} | ${[...excluded.values()].flat().length || ''} | ${missing.length || ''} |`);
  }
  for (const { owner, excluded, missing } of found) {
    if (excluded.size + missing.length === 0) continue;
    lines.push('', `## ${owner}`, '');
    for (const [reason, names] of excluded) lines.push(`- Left out (${reason}): ${quoted(names)}.`);
    if (missing.length > 0) lines.push(`- Missing: ${quoted(missing)}.`);
  }
  return `${lines.join('\n')}\n`;
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');
