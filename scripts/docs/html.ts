import { dirname, join, normalize, relative } from 'node:path/posix';
import { addAnchor, isRelative } from './links.ts';

/** Pages of the documentation as HTML: of Markdown what they use. */

const escape = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

/** Code, in which neither stars nor brackets mean anything. */
const codeOf = (text: string): string =>
  `<code>${escape(text.replaceAll('\\|', '|')).replaceAll('*', '&#42;').replaceAll('[', '&#91;')}</code>`;

/** Text with code, links and bold words; `link` says where the target of a link lies. */
function inline(text: string, link: (target: string) => string): string {
  const parts = text.split(/(``[^]+?``|`[^`]*`)/);
  return parts.map((part, i) => (i % 2 === 1 ? codeOf(part.replace(/^(`+) ?([^]*?) ?\1$/, '$2')) : escape(part))).join('')
    .replaceAll(/\[([^[\]]*)\]\(([^()\s]+)\)/g, (_, words: string, target: string) => `<a href="${link(target)}">${words}</a>`)
    .replaceAll(/\*\*(.*?)\*\*/g, '<strong>$1</strong>');
}

/** The body of a page; `link` says where the targets of its links lie. */
export function toHtml(text: string, link: (target: string) => string): string {
  const lines = text.replaceAll(/<!--.*?-->\n*/gs, '').split('\n');
  const html: string[] = [];
  const anchors = new Set<string>();
  const write = (text: string): string => inline(text, link);
  let i = 0;
  const take = (test: (line: string) => boolean): string[] => {
    const from = i;
    while (i < lines.length && test(lines[i])) i++;
    return lines.slice(from, i);
  };
  const cells = (row: string): string[] =>
    row.replaceAll(/^\||\|$/g, '').split(/(?<!\\)\|(?=(?:[^`]*`[^`]*`)*[^`]*$)/).map((cell) => cell.trim());
  while (i < lines.length) {
    const line = lines[i];
    const [, level, heading] = /^(#{1,6}) (.*)$/.exec(line) ?? [];
    if (line.trim() === '') {
      i++;
    } else if (line.startsWith('```')) {
      i++;
      html.push(`<pre tabindex="0"><code>${escape(take((each) => !each.startsWith('```')).join('\n'))}\n</code></pre>`);
      i++;
    } else if (level !== undefined) {
      html.push(`<h${level.length} id="${addAnchor(anchors, heading)}">${write(heading)}</h${level.length}>`);
      i++;
    } else if (line.startsWith('|')) {
      const [head, , ...rows] = take((each) => each.startsWith('|')).map(cells);
      const row = (each: string[], tag: 'th' | 'td'): string =>
        `<tr>${each.map((cell) => `<${tag}>${write(cell)}</${tag}>`).join('')}</tr>`;
      const shown = head.some((cell) => cell !== '') ? `<thead>${row(head, 'th')}</thead>` : '';
      html.push(`<div class="table"><table>${shown}<tbody>${rows.map((each) => row(each, 'td')).join('\n')}</tbody></table></div>`);
    } else if (line.startsWith('- ')) {
      const items = take((each) => /^(?:- |  )/.test(each)).join('\n').split(/^- /m).slice(1);
      html.push(`<ul>${items.map((item) => `<li>${write(item.trim().replaceAll(/\n\s*/g, ' '))}</li>`).join('\n')}</ul>`);
    } else {
      const paragraph = take((each) => each.trim() !== '' && !/^(?:```|#{1,6} |\||- )/.test(each));
      html.push(`<p>${write(paragraph.join('\n')).replaceAll(/ {2}\n/g, '<br>\n')}</p>`);
    }
  }
  return html.join('\n');
}

/** Where a page lies among the site's files; null for what is no page of it. */
export function placeOf(page: string): string | null {
  if (page === 'README.md') return 'docs/index.html';
  if (page === 'CHANGELOG.md') return 'docs/changes.html';
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
