import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

/** What `package.json` promises is there, and each entry point is there for every place. */

const root = join(import.meta.dirname, '../..');
const { exports, files, imports } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
  readonly exports: Readonly<Record<string, string | Readonly<Record<string, string>>>>;
  readonly files: readonly string[];
  readonly imports: Readonly<Record<string, Readonly<Record<string, string>>>>;
};
const entries = Object.entries(exports).filter((entry): entry is [string, Record<string, string>] => typeof entry[1] === 'object');

test('every file that the package names exists', () => {
  const named = [...entries.flatMap(([, places]) => Object.values(places)), ...Object.values(imports).flatMap(Object.values)];
  expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
});

/** What the sources import of others becomes part of the package, and its licence must travel. */
test('the licences of what is bundled are there, and nothing is left to be imported', () => {
  const filesOf = (folder: string, ending: string): string[] => readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith(ending)).map((path) => readFileSync(join(root, folder, path), 'utf8'));
  const namesIn = (texts: string[]): string[] => [...new Set(texts.flatMap((text) =>
    Array.from(text.matchAll(/^\s*(?:import|export)\b[^'";]*\bfrom\s*['"]([^.#'"][^'"]*)['"]/gm), ([, name]) => name)))];
  const bundled = namesIn(filesOf('src', '.ts'));
  expect(bundled).toEqual(['fflate']);
  expect(files).toContain('THIRD-PARTY.md');
  const licences = readFileSync(join(root, 'THIRD-PARTY.md'), 'utf8').replaceAll(/\s+/g, ' ');
  for (const name of bundled) {
    expect(licences).toContain(`## ${name} `);
    expect(licences).toContain(readFileSync(join(root, 'node_modules', name, 'LICENSE'), 'utf8').replaceAll(/\s+/g, ' ').trim());
  }
  for (const ending of ['.js', '.d.ts']) for (const text of filesOf('dist', ending)) expect(text).not.toMatch(/['"]fflate['"]/);
});

test('an entry point has the same name in every place', () => {
  const [slim, others] = [true, false].map((wanted) => entries.filter(([name]) => name.startsWith('./slim') === wanted));
  const files = others.map(([name]) => `${name === '.' ? 'index' : name.slice(2)}.js`);
  expect(others.map(([, { types: _, ...places }]) => places)).toEqual(files.map((file) => (
    { workerd: `./dist/edge/${file}`, 'edge-light': `./dist/edge/${file}`, node: `./dist/node/${file}`, default: `./dist/${file}` })));
  expect(slim.map(([name, { default: path }]) => [name.replace('/slim', ''), path])).toEqual(
    others.map(([name], i) => [name, `./dist/slim/${files[i]}`]));
});

/** What an entry point has is what the namespace of that name has. */
test.each(entries.map(([name]) => name).filter((name) => /^\.\/(numpy|torch)\//.test(name)))('%s is its namespace', async (name) => {
  const [, facade, ...path] = name.split('/');
  let namespace = await import(/* @vite-ignore */ `flambeau/${facade}`) as Record<string, unknown>;
  for (const part of path) namespace = namespace[part] as Record<string, unknown>;
  const entry = await import(/* @vite-ignore */ `flambeau/${[facade, ...path].join('/')}`) as Record<string, unknown>;
  expect(Object.keys(entry)).toEqual(Object.keys(namespace));
  for (const key of Object.keys(entry)) expect(entry[key]).toBe(namespace[key]);
});
