import { dirname, join, normalize, relative } from 'node:path/posix';
import { Marked } from 'marked';
import type { Tokens } from 'marked';
import { addAnchor, isRelative } from './links.ts';

/** Pages of the documentation as HTML. */

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** The body of a page; `link` says where the targets of its links lie. Comments are left out. */
export function toHtml(text: string, link: (target: string) => string): string {
  const anchors = new Set<string>();
  const marked = new Marked({
    walkTokens(token) {
      if (token.type === 'link' || token.type === 'image') token.href = link(token.href as string);
    },
    renderer: {
      heading({ depth, tokens, text }) {
        return `<h${depth} id="${addAnchor(anchors, text)}">${this.parser.parseInline(tokens)}</h${depth}>\n`;
      },
      code: ({ text }) => `<pre tabindex="0"><code>${escape(text)}\n</code></pre>\n`,
      table({ header, rows }) {
        const row = (cells: readonly Tokens.TableCell[]): string =>
          `<tr>${cells.map((cell) => this.tablecell(cell).trim()).join('')}</tr>`;
        const head = header.some((cell) => cell.text !== '') ? `<thead>${row(header)}</thead>` : '';
        return `<div class="table"><table>${head}<tbody>${rows.map(row).join('\n')}</tbody></table></div>\n`;
      },
      html: ({ text }) => (text.startsWith('<!--') ? '' : text),
    },
  });
  return (marked.parse(text) as string).trim();
}

/** Where a page lies among the site's files; null for what is no page of it. */
export function placeOf(page: string): string | null {
  if (page === 'README.md') return 'docs/index.html';
  if (page === 'CHANGELOG.md') return 'docs/changes.html';
  if (page === 'THIRD-PARTY.md') return 'docs/third-party.html';
  return /^docs\/(?:guide|reference)\/.*\.md$/.test(page) ? page.replace(/README\.md$/, 'index.html').replace(/\.md$/, '.html') : null;
}

/** A page of the documentation as a file of the site, in the site's own clothes. */
export function documentOf(page: string, text: string): string {
  const place = placeOf(page)!;
  const to = (file: string): string => relative(dirname(place), file);
  const link = (target: string): string => {
    if (!isRelative(target) || target.startsWith('#')) return target;
    const [path, anchor] = target.split('#');
    const file = placeOf(normalize(join(dirname(page), path)));
    if (file === null) throw new Error(`${page} links to ${target}, which is no page of the documentation`);
    return to(file) + (anchor === undefined ? '' : `#${anchor}`);
  };
  const [, title] = /^# (.*)$/m.exec(text) ?? [];
  return `<!doctype html>
<html lang="en">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  <meta name="color-scheme" content="light dark">
  <title>${escape(title)}${title === 'Flambeau' ? '' : ', Flambeau'}</title>
  <link rel="icon" href="${to('icon.svg')}" type="image/svg+xml">
  <link rel="stylesheet" href="${to('style.css')}">
</head>
<body class="document">
<nav aria-label="Documentation"><a href="${to('index.html')}">The page</a> <a href="${to('docs/index.html')}">Flambeau</a>
<a href="${to('docs/guide/index.html')}">Guides</a> <a href="${to('docs/reference/index.html')}">Reference</a></nav>
<main class="prose">
${toHtml(text, link)}
</main>
</body>
</html>
`;
}
