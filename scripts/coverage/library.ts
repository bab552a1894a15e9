import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../build/stamp.ts';

/** Which public names of a Python library are there, by the namespace or class that has them, and why others are not. */

export interface Coverage {
  readonly owner: string;
  readonly present: readonly string[];
  /** Names that are left out, by the reason. */
  readonly excluded: ReadonlyMap<string, readonly string[]>;
  readonly missing: readonly string[];
}

export interface LibraryCoverage {
  /** What it is called, and the version that has these names. */
  readonly title: string;
  readonly owners: readonly Coverage[];
}

export type Named = Readonly<Record<string, unknown>>;

/** By the namespace or class, the reason, and names. What ends in a point stands for all that begins so. */
export type Excluded = Readonly<Record<string, Readonly<Record<string, string>>>>;

export interface Library {
  readonly title: string;
  /** The file of test/fixtures/names that the real library wrote. */
  readonly names: string;
  readonly namespace: object;
  readonly excluded: Excluded;
  /** Objects that have the members of classes, which fields show only on. */
  readonly instances: Readonly<Record<string, () => unknown>>;
}

interface Names {
  readonly version: string;
  readonly names: Readonly<Record<string, readonly string[]>>;
}

/** What a dotted path leads to, from the namespace that its first part stands for. */
export function find(namespace: object, path: string): unknown {
  const [, ...parts] = path.split('.');
  return parts.reduce<unknown>((owner, part) => (owner as Named | undefined)?.[part], namespace);
}

function membersOf({ namespace, instances }: Library, path: string): object | undefined {
  const make = instances[path];
  if (make !== undefined) return make() as object | undefined;
  const found = find(namespace, path);
  if (typeof found !== 'function' || found.prototype === undefined) return found as object | undefined;
  return Reflect.construct(found, []) as object;
}

/** Python finds a class's own methods on its instances too. */
function isClassMethod({ namespace, instances }: Library, owner: string, name: string): boolean {
  const found = find(namespace, owner);
  return typeof found === 'function' && typeof (found as unknown as Named)[name] === 'function' && Object.hasOwn(instances, owner);
}

function reasonFor(excluded: Excluded, owner: string, name: string): string | null {
  for (const [place, reasons] of Object.entries(excluded)) {
    if (place.endsWith('.') ? !owner.startsWith(place) : owner !== place) continue;
    for (const [reason, names] of Object.entries(reasons)) if (names.split(' ').includes(name)) return reason;
  }
  return null;
}

export function coverageOf(library: Library): LibraryCoverage {
  const python = JSON.parse(readFileSync(join(root, 'test/fixtures/names', library.names), 'utf8')) as Names;
  const owners = Object.entries(python.names).map(([owner, names]) => {
    const members = membersOf(library, owner);
    const present: string[] = [];
    const missing: string[] = [];
    const excluded = new Map<string, string[]>();
    for (const name of names) {
      const reason = reasonFor(library.excluded, owner, name);
      if (reason !== null) excluded.set(reason, [...excluded.get(reason) ?? [], name]);
      else if ((members !== undefined && name in members) || isClassMethod(library, owner, name)) present.push(name);
      else missing.push(name);
    }
    return { owner, present, excluded, missing };
  });
  return { title: `${library.title} ${python.version}`, owners };
}

const quoted = (names: readonly string[]): string => names.map((name) => `\`${name}\``).join(', ');

/** The page of the reference. */
export function coveragePage(library: Library): string {
  const { title, owners } = coverageOf(library);
  const lines = [
    '<!-- Written by scripts/reference.ts; do not edit. -->', '', `# ${library.title}, by name`, '',
    `What ${title} has of public names, and what of it is here.`,
    '', '| of | here | left out | missing |', '| --- | ---: | ---: | ---: |',
  ];
  for (const { owner, present, excluded, missing } of owners) {
    lines.push(`| \`${owner}\` | ${present.length} | ${[...excluded.values()].flat().length || ''} | ${missing.length || ''} |`);
  }
  for (const { owner, excluded, missing } of owners) {
    if (excluded.size + missing.length === 0) continue;
    lines.push('', `## ${owner}`, '');
    for (const [reason, names] of excluded) lines.push(`- Left out (${reason}): ${quoted(names)}.`);
    if (missing.length > 0) lines.push(`- Missing: ${quoted(missing)}.`);
  }
  return `${lines.join('\n')}\n`;
}
