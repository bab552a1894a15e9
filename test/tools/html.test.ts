import { describe, expect, test } from 'vitest';
import { documentOf, placeOf, toHtml } from '../../scripts/docs/html.ts';

/** The documentation as pages of the site. */

const html = (...lines: string[]): string => toHtml(lines.join('\n'), (target) => `to-${target}`);

describe('Markdown becomes HTML:', () => {
  test('text, links, bold words, and code in which nothing means anything', () => {
    expect(html('a < b, **c** and [`d`](e.md)', 'and `x[0](y) ** 2 <`')).toBe(
      '<p>a &lt; b, <strong>c</strong> and <a href="to-e.md"><code>d</code></a>\nand <code>x[0](y) ** 2 &lt;</code></p>');
  });

  test('headings with their anchors', () => {
    expect(html('# `x.at()`', '## Twice', '## Twice')).toBe(
      '<h1 id="xat"><code>x.at()</code></h1>\n<h2 id="twice">Twice</h2>\n<h2 id="twice-1">Twice</h2>');
  });

  test('lists, also of several lines', () => {
    expect(html('- one', '  goes on', '- two', '', 'end')).toBe('<ul>\n<li>one\ngoes on</li>\n<li>two</li>\n</ul>\n<p>end</p>');
  });

  test('tables, with bars in code', () => {
    expect(html('| a | b |', '|---|---|', '| `x \\| y` | z |')).toBe(
      '<div class="table"><table><thead><tr><th>a</th><th>b</th></tr></thead>'
      + '<tbody><tr><td><code>x | y</code></td><td>z</td></tr></tbody></table></div>');
    expect(html('| | |', '|---|---|', '| a | b |')).not.toContain('thead');
  });

  test('programs as they are, comments not at all', () => {
    expect(html('<!-- not', 'shown -->', '```ts', '# a | [b](c)', '```', 'd')).toBe(
      '<pre tabindex="0"><code># a | [b](c)\n</code></pre>\n<p>d</p>');
  });
});

test('pages find each other and the style sheet', () => {
  expect(placeOf('docs/adr/0001-x.md')).toBeNull();
  const page = documentOf('docs/guide/a.md', '# A\n[up](../../README.md) [there](../reference/b.md#c) [here](#a)');
  expect(page).toContain('<title>A, Flambeau</title>');
  expect(page).toContain('href="../../style.css"');
  expect(page).toContain('<a href="../index.html">up</a> <a href="../reference/b.html#c">there</a> <a href="#a">here</a>');
  expect(() => documentOf('docs/guide/a.md', '# A\n[lost](../../src/x.ts)')).toThrow('docs/guide/a.md links to ../../src/x.ts');
});
