import { dirname, join, normalize } from 'node:path/posix';

/** The links of the documentation's pages, and which of them lead nowhere. */

export interface Link {
  readonly page: string;
  readonly line: number;
  readonly target: string;
}

export const isRelative = (target: string): boolean => !/^(?:[a-z][a-z\d+.-]*:|\/\/)/i.test(target);

/** The lines of a page without its programs, which are left empty so that numbers stay right. */
function proseOf(text: string): string[] {
  let fence = '';
  return text.split('\n').map((line) => {
    const [, mark] = /^\s*(```+|~~~+)/.exec(line) ?? [];
    if (mark !== undefined && (fence === '' || mark.startsWith(fence))) {
      fence = fence === '' ? mark : '';
      return '';
    }
    return fence === '' ? line : '';
  });
}

/** The relative links and images of a page, Markdown's and HTML's. */
export function linksOf(page: string, text: string): Link[] {
  return proseOf(text).flatMap((line, i) => {
    const plain = line.replaceAll(/`[^`]*`/g, '``');
    const found = [...plain.matchAll(/\]\(([^()\s]+)(?:\s+"[^"]*")?\)/g), ...plain.matchAll(/\b(?:src|href)="([^"]+)"/g)];
    return found.map(([, target]) => ({ page, line: i + 1, target })).filter(({ target }) => isRelative(target));
  });
}

/** The anchor of a heading, as hosts of repositories make it, on a page that has these already; it is added to them. */
export function addAnchor(anchors: Set<string>, heading: string): string {
  const words = heading.replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1');
  const slug = words.toLowerCase().replaceAll(/[^\p{L}\p{N}\s_-]/gu, '').replaceAll(/\s/g, '-');
  let anchor = slug;
  for (let again = 1; anchors.has(anchor); again++) anchor = `${slug}-${again}`;
  anchors.add(anchor);
  return anchor;
}

/** What links to a page may name behind `#`. */
export function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  for (const line of proseOf(text)) {
    const [, heading] = /^#{1,6}\s+(.*?)\s*#*$/.exec(line) ?? [];
    if (heading !== undefined) addAnchor(anchors, heading);
  }
  return anchors;
}

/** Every link of the pages to what is not among them, the other `paths` (files and folders), or a page's anchors; as `page:line target`. */
export function deadLinks(pages: ReadonlyMap<string, string>, paths: ReadonlySet<string>): string[] {
  const anchors = new Map([...pages].map(([page, text]) => [page, anchorsOf(text)]));
  return [...pages].flatMap(([page, text]) => linksOf(page, text)).filter(({ page, target }) => {
    const [path, anchor] = target.split('#');
    const file = path === '' ? page : normalize(join(dirname(page), path)).replace(/\/$/, '');
    if (!pages.has(file) && !paths.has(file)) return true;
    return anchor !== undefined && anchors.get(file)?.has(anchor) !== true;
  }).map(({ page, line, target }) => `${page}:${line} ${target}`);
}
