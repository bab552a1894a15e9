import { readFileSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { deadLinks, linksOf } from '../scripts/docs/links.ts';

/** Every relative link of the documentation leads to something, in a clone and in the package that is installed. */

const root = join(import.meta.dirname, '..');
const apart = new Set(['node_modules', 'dist', 'build', '.git', '.cache']);

/** The files under a folder of the project. */
function filesUnder(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (!entry.isDirectory()) return [path];
    return apart.has(entry.name) ? [] : filesUnder(path);
  });
}

/** Files and the folders that they lie in. */
function withFolders(files: readonly string[]): Set<string> {
  const paths = new Set(files);
  for (const file of files) for (let folder = dirname(file); folder !== '.'; folder = dirname(folder)) paths.add(folder);
  return paths;
}

function pagesAmong(files: readonly string[]): Map<string, string> {
  return new Map(files.filter((file) => file.endsWith('.md')).map((file) => [file, readFileSync(join(root, file), 'utf8')]));
}

const files = filesUnder('');
const { files: shipped } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { files: string[] };
/** npm packs these whatever `files` says. */
const always = ['README.md', 'LICENSE', 'package.json'];

test('what is found are relative links and images outside of programs', () => {
  const text = '# Title\n[a](b.md) `[no](c.md)` [web](https://example.org) <img src="d.png">\n```ts\nx[0](e)\n```\n[f](#title "g")';
  expect(linksOf('p.md', text)).toEqual([
    { page: 'p.md', line: 2, target: 'b.md' }, { page: 'p.md', line: 2, target: 'd.png' }, { page: 'p.md', line: 6, target: '#title' },
  ]);
});

describe('dead links', () => {
  const pages = new Map([
    ['README.md', '# `np.any(x)`, or not\n[here](#npanyx-or-not) [there](docs/guide/a.md#twice-1) [folder](docs/) [file](src/x.ts)'],
    ['docs/guide/a.md', '## Twice\n## Twice\n[up](../../README.md)\n[lost](b.md) [lost](a.md#thrice) [lost](#no)'],
  ]);

  test('are told with their lines', () => {
    expect(deadLinks(pages, new Set(['docs', 'src/x.ts']))).toEqual([
      'docs/guide/a.md:4 b.md', 'docs/guide/a.md:4 a.md#thrice', 'docs/guide/a.md:4 #no',
    ]);
    expect(deadLinks(pages, new Set(['docs']))).toContain('README.md:2 src/x.ts');
  });

  test('are not in the project', () => {
    const pages = pagesAmong(files);
    expect(pages.size).toBeGreaterThan(40);
    expect([...pages].flatMap(([page, text]) => linksOf(page, text)).length).toBeGreaterThan(1000);
    expect(deadLinks(pages, withFolders(files))).toEqual([]);
  });

  test('are not in the package', () => {
    const packed = files.filter((file) => always.includes(file) || shipped.some((each) => file === each || file.startsWith(`${each}/`)));
    expect(packed).toContain('docs/guide/README.md');
    expect(deadLinks(pagesAmong(packed), withFolders(packed))).toEqual([]);
  });
});

test('every guide is in the index of guides', () => {
  const linked = linksOf('docs/guide/README.md', readFileSync(join(root, 'docs/guide/README.md'), 'utf8')).map(({ target }) => target);
  const guides = readdirSync(join(root, 'docs/guide')).filter((name) => name !== 'README.md');
  expect(guides.filter((name) => !linked.includes(name))).toEqual([]);
});
