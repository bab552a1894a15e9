import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { extractExamples } from '../scripts/examples/extract.ts';
import { instrument } from '../scripts/examples/instrument.ts';
import type { Entry, Page } from '../scripts/reference/entries.ts';
import { lacking, referencePages } from '../scripts/reference/entries.ts';
import { Reference } from '../scripts/reference/pages.ts';
import { shown } from '../scripts/reference/signatures.ts';
import { signatures } from '../src/core/signature.ts';
import * as flambeau from '../src/index.ts';
import * as np from '../src/numpy/index.ts';
import * as torch from '../src/torch/index.ts';

/** Everything that is exported has an entry with a line and an example, and the pages are those that would be written now. */

const folder = join(import.meta.dirname, '../docs/reference');

const pages = referencePages();
const entriesOf = (page: Page): readonly Entry[] => page.entries.flatMap((entry) => [entry, ...entry.members]);
const entries = pages.flatMap(entriesOf);
const written = new Set(entries.map((entry) => entry.written));

/** Every name that a namespace exports, those of its namespaces too. */
function exportsOf(path: string, names: object): string[] {
  return Object.entries(names).flatMap(([name, value]: [string, unknown]) => {
    const isNamespace = typeof value === 'object' && value !== null
      && [null, Object.prototype].includes(Object.getPrototypeOf(value) as object | null);
    return isNamespace ? exportsOf(`${path}.${name}`, value) : [`${path}.${name}`];
  });
}

const exported = [...exportsOf('numpy', np), ...exportsOf('torch', torch), ...exportsOf('flambeau', flambeau)]
  // Another name of torch.webgpu.
  .filter((name) => !name.startsWith('torch.cuda.'));

/** Names that the prototypes of classes have, but that are of use to the library alone. */
const internal: Readonly<Record<string, readonly string[]>> = {
  'numpy.ndarray': ['positionOf'], 'torch.Tensor': ['species'], 'numpy.random.Generator': ['floats'],
  'torch.nn.Module': ['childLines', 'memberAt'], 'torch.optim.Optimizer': ['checkGroup', 'name', 'updateAndTidy'],
  'torch.optim.lr_scheduler.LRScheduler': ['advance', 'begin'],
};
const ofJavaScript = new Set(['constructor', 'toString', 'toJSON']);

function membersOf(type: { readonly prototype: object }): string[] {
  return Object.getOwnPropertyNames(type.prototype).filter((name) => !ofJavaScript.has(name) && !/^(_|-?\d)/.test(name));
}

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

describe('the reference', () => {
  test('has every name that is exported', () => {
    expect(torch.webgpu).toBe(torch.cuda);
    expect(exported.filter((name) => !written.has(name))).toEqual([]);
    const counted = new Set(exported);
    expect(entries.map((entry) => entry.written).filter((name) => pages.some((page) => name === `${page.name}.${name.split('.').at(-1)}`)
      && !/^(numpy\.(ndarray|ufunc|dtype)|torch\.Tensor)\./.test(name) && !counted.has(name))).toEqual([]);
  });

  test.each([['numpy.ndarray', np.ndarray], ['torch.Tensor', torch.Tensor]] as const)('has every method of %s', (name, type) => {
    const missing = membersOf(type).filter((member) => !written.has(`${name}.${member}`));
    expect(missing.sort()).toEqual(internal[name]);
  });

  test.each([
    ['numpy.random.Generator', np.random.Generator], ['numpy.random.RandomState', np.random.RandomState],
    ['torch.Generator', torch.Generator], ['torch.nn.Module', torch.nn.Module], ['torch.nn.ModuleDict', torch.nn.ModuleDict],
    ['torch.optim.Optimizer', torch.optim.Optimizer], ['torch.optim.lr_scheduler.LRScheduler', torch.optim.lr_scheduler.LRScheduler],
    ['torch.webgpu.Event', torch.webgpu.Event],
  ] as const)('has every method of %s', (name, type) => {
    const missing = membersOf(type as { readonly prototype: object }).filter((member) => !written.has(`${name}.${member}`));
    expect(missing.sort()).toEqual(internal[name] ?? []);
  });

  test('shows every signature that is declared', () => {
    expect([...signatures.keys()].filter((name) => !shown.has(name))).toEqual([]);
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
