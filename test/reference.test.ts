import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { extractExamples } from '../scripts/examples/extract.ts';
import { instrument } from '../scripts/examples/instrument.ts';
import type { Entry, Page } from '../scripts/reference/entries.ts';
import { lacking, referencePages } from '../scripts/reference/entries.ts';
import { Reference } from '../scripts/reference/pages.ts';
import { shown, undeclared } from '../scripts/reference/signatures.ts';
import { signatures } from '../src/core/signature.ts';
import * as flambeau from '../src/index.ts';
import * as np from '../src/numpy/index.ts';
import * as torch from '../src/torch/index.ts';
import * as safetensors from '../src/torch/safetensors/index.ts';

/** Everything that is exported has an entry with a line and an example, and the pages are those that would be written now. */

const root = join(import.meta.dirname, '..');
const folder = join(root, 'docs/reference');

const pages = referencePages();
const entriesOf = (page: Page): readonly Entry[] => page.entries.flatMap((entry) => [entry, ...entry.members]);
const entries = pages.flatMap(entriesOf);
const written = new Set(entries.map((entry) => entry.written));

/** Every name that a namespace exports, those of its namespaces too, and what it stands for. */
function exportsOf(path: string, names: object): (readonly [name: string, value: unknown])[] {
  return Object.entries(names).flatMap(([name, value]: [string, unknown]) => {
    // What is frozen is a dict of values.
    const isNamespace = typeof value === 'object' && value !== null && !Object.isFrozen(value)
      && [null, Object.prototype].includes(Object.getPrototypeOf(value) as object | null);
    return isNamespace ? exportsOf(`${path}.${name}`, value) : [[`${path}.${name}`, value] as const];
  });
}

const exported = [...exportsOf('numpy', np), ...exportsOf('torch', torch), ...exportsOf('flambeau', flambeau),
  ...exportsOf('safetensors', safetensors)]
  // Another name of torch.webgpu.
  .filter(([name]) => !name.startsWith('torch.cuda.'));

const prototypeOf = (value: unknown): object | null => (value as { readonly prototype?: object } | null)?.prototype ?? null;
const parentOf = (value: object): object | null => Object.getPrototypeOf(value) as object | null;

/** The first name of each prototype. */
const prototypes = new Map(exported.filter(([, value]) => typeof value === 'function' && !(value instanceof np.dtype))
  .flatMap(([name, value]) => (prototypeOf(value) === null ? [] : [[prototypeOf(value)!, name] as const])).reverse());
const classes = [...prototypes].map(([prototype, name]) => ({ name, prototype }))
  .filter(({ prototype }) => Object.getOwnPropertyNames(prototype).length > 1 || parentOf(prototype) !== Object.prototype);

const ofJavaScript = new Set(['constructor', 'toString', 'toJSON']);

/** What instances of a class have by its prototypes, up to one that has a name of its own. */
function membersOf(prototype: object): string[] {
  const names = new Set<string>();
  let at: object | null = prototype;
  const ofLanguage = (each: object): boolean => [Object, Array, Error, Function].some((type) => type.prototype === each);
  for (; at !== null && (at === prototype || !prototypes.has(at)) && !ofLanguage(at);
    at = parentOf(at)) {
    for (const name of Object.getOwnPropertyNames(at)) if (!ofJavaScript.has(name) && !/^(_|-?\d)/.test(name)) names.add(name);
  }
  // What overrides is described above.
  for (; at !== null; at = parentOf(at)) for (const name of Object.getOwnPropertyNames(at)) names.delete(name);
  return [...names].sort();
}

/** What stands before members that nobody else may use, as the sources say. */
const hiding = /\b(?:private|protected) (?:(?:abstract|override|static|async|get|set) )*\*? ?(\w+)|@internal \*\/\n +(?:\w+ )?(\w+)/g;
const hidden = new Set(readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' })
  .filter((path) => /^(core|numpy|torch)\b.*\.ts$/.test(path))
  .flatMap((path) => [...readFileSync(join(root, 'src', path), 'utf8').matchAll(hiding)])
  .map(([, name, internal]) => name ?? internal));

/** The anchors that a page on GitHub has: those of its headings, numbered where they are the same. */
function anchorsOf(text: string): ReadonlySet<string> {
  const counts = new Map<string, number>();
  return new Set([...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/^#+ (.*)$/gm)].map(([, heading]) => {
    const anchor = heading.toLowerCase().replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-');
    const count = counts.get(anchor) ?? 0;
    counts.set(anchor, count + 1);
    return count === 0 ? anchor : `${anchor}-${count}`;
  }));
}

/** What is called by no name, an attribute, and what all ufuncs have and one page describes. */
const typed = /^(poly1d|ABCPolyBase)\.__call__$|^numpy\.(ndarray\.shape|ufunc\.resolve_dtypes)$/;

describe('the reference', () => {
  test('has every name that is exported', () => {
    expect(torch.webgpu).toBe(torch.cuda);
    const names = exported.map(([name]) => name);
    expect(names.filter((name) => !written.has(name))).toEqual([]);
    const counted = new Set(names);
    expect(entries.map((entry) => entry.written).filter((name) => pages.some((page) => name === `${page.name}.${name.split('.').at(-1)}`)
      && !/^(numpy\.(ndarray|ufunc|dtype)|torch\.(Tensor|autograd\.graph))\./.test(name) && !counted.has(name))).toEqual([]);
  });

  test.each(classes)('has all of $name', ({ name, prototype }) => {
    const missing = membersOf(prototype).filter((member) => !written.has(`${name}.${member}`));
    expect(missing.filter((member) => !hidden.has(member))).toEqual([]);
  });

  test('shows every signature that is declared, and writes none that is not needed', () => {
    expect(Object.keys(undeclared).filter((name) => !written.has(name))).toEqual([]);
    expect([...signatures.keys()].filter((name) => !shown.has(name) && !typed.test(name))).toEqual([]);
  });

  test.each(pages)('$name says what each entry is, and shows it', (page) => {
    const names = new Set(entriesOf(page).map((entry) => entry.written));
    const missing = lacking(pages).filter((each) => names.has(each.split(' ')[0]));
    expect(missing).toEqual([]);
  });

  test('finds what lacks a line or an example', () => {
    const [page] = pages.filter(({ name }) => name === 'torch.nn.utils');
    const [first, ...rest] = page.entries;
    const changed = (entry: Entry): Page[] => [{ ...page, entries: [entry, ...rest] }];
    expect(lacking([page])).toEqual([]);
    expect(lacking(changed({ ...first, summary: '' }))).toEqual([`${first.written} has no line that says what it is`]);
    expect(lacking(changed({ ...first, examples: [] }))).toEqual([`${first.written} has no example`]);
    expect(lacking(changed({ ...first, examples: [], shownBy: 'torch.nowhere' }))).toEqual([`${first.written} has no example`]);
    const member = { ...first, written: `${first.written}.member`, examples: [] };
    expect(lacking(changed({ ...first, members: [member] }))).toEqual([`${member.written} has no example`]);
  });

  test('shows examples that run', async () => {
    const run = new Set((await extractExamples()).map(({ file, line, code }) => `${file}:${line}\n${code}`));
    const examples = entries.flatMap((entry) => entry.examples);
    expect(examples.length).toBeGreaterThan(500);
    expect(examples.filter(({ file, line, code }) => !run.has(`${file}:${line}\n${code}`))).toEqual([]);
    expect(examples.filter((example) => instrument(example).expectations.length === 0)).toEqual([]);
  });

  test('is what would be written now', () => {
    const files = new Reference(pages).files();
    expect(readdirSync(folder).sort()).toEqual(['devices.md', ...files.keys()].sort());
    const stale = [...files].filter(([name, text]) => readFileSync(join(folder, name), 'utf8') !== text).map(([name]) => name);
    expect(stale, 'run npm run reference').toEqual([]);
  });

  test('has no link to what is not there', () => {
    const files = new Reference(pages).files();
    const anchors = new Map([...files].map(([name, text]) => [name, anchorsOf(text)]));
    const dead = [...files].flatMap(([name, text]) => [...text.replaceAll(/^```[^]*?^```/gm, '').matchAll(/\]\(([\w.]*)#?([\w-]*)\)/g)]
      .filter(([, file, anchor]) => file !== 'devices.md' && (anchor === '' ? !files.has(file) : !anchors.get(file || name)?.has(anchor)))
      .map(([link]) => `${name}: ${link}`));
    expect(dead).toEqual([]);
  });
});
