import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { root } from '../build/stamp.ts';

/** A program of the documentation and where it stands. */
export interface Example {
  readonly file: string;
  /** The line, counted from 1, of its first line of code. */
  readonly line: number;
  readonly code: string;
  /** Whether it opens the GPU: a ```ts gpu block, or an `@example gpu`. */
  readonly gpu?: boolean;
}

/**
 * The ```ts blocks of a page. A block without imports goes on where the one before it stopped; blank lines between them keep
 * the line numbers right.
 */
function blocksOf(file: string, text: string): Example[] {
  const examples: Example[] = [];
  const lines = text.split('\n');
  for (let i = 0; i < lines.length; i++) {
    const opened = /^```ts( gpu)?\s*$/.exec(lines[i]);
    if (!opened) continue;
    const gpu = opened[1] !== undefined;
    const start = i + 1;
    while (++i < lines.length && !/^```\s*$/.test(lines[i]));
    if (i === lines.length) throw new Error(`${file}:${start}: a code block without an end`);
    const code = lines.slice(start, i).join('\n');
    const previous = examples.at(-1);
    if (previous && previous.gpu === gpu && !/^\s*import\b/m.test(code)) {
      const end = previous.line + previous.code.split('\n').length;
      examples[examples.length - 1] = { ...previous, code: previous.code + '\n'.repeat(start + 1 - end + 1) + code };
    } else {
      examples.push({ file, line: start + 1, code, gpu });
    }
  }
  return examples;
}

/** What docstrings may use without saying where it comes from. */
const customary: readonly (readonly [RegExp, string])[] = [
  [/\bflambeau\./, "import * as flambeau from 'flambeau';"],
  [/\bnp\./, "import * as np from 'flambeau/numpy';"],
  [/\btorch\./, "import * as torch from 'flambeau/torch';"],
  [/\bnn\./, "import { nn } from 'flambeau/torch';"],
  [/\boptim\./, "import { optim } from 'flambeau/torch';"],
  [/\bsafetensors\./, "import * as safetensors from 'flambeau/safetensors';"],
];

/** A comment that documents what follows it. */
export interface Docstring {
  /** Where it begins and ends in the file's text. */
  readonly start: number;
  readonly end: number;
  /** What stands before the first tag, in one line. */
  readonly summary: string;
  /** Whether it is of something that only the library itself uses. */
  readonly internal: boolean;
  /** Its `@example` parts, each a program of its own. */
  readonly examples: readonly Example[];
}

/** The docstrings of a source file. */
export function docstringsOf(file: string, text: string): Docstring[] {
  const docstrings: Docstring[] = [];
  for (const { type, value, start, end } of parseSync(file, text).comments) {
    if (type !== 'Block' || !value.startsWith('*')) continue;
    const examples: Example[] = [];
    const first = text.slice(0, start).split('\n').length;
    const internal = value.includes('@internal');
    const lines = value.replace('@internal', '').split('\n').map(line => line.replace(/^\s*\*? ?/, ''));
    const summary: string[] = [];
    let tagged = false;
    for (let i = 0; i < lines.length; i++) {
      if (!lines[i].startsWith('@example')) {
        if (lines[i].includes('@example')) throw new Error(`${file}:${first + i}: @example must begin its line, or it does not run`);
        if (!tagged && !/^@[a-z]/.test(lines[i])) summary.push(lines[i].trim());
        else tagged = true;
        continue;
      }
      tagged = true;
      const gpu = lines[i].trim() === '@example gpu';
      const from = i + 1;
      while (i + 1 < lines.length && !/^@[a-z]/.test(lines[i + 1])) i++;
      const code = lines.slice(from, i + 1).filter(line => !line.startsWith('```')).join('\n').trimEnd();
      // On the line before the code, so that line numbers stay right.
      const imports = customary.filter(([use, line]) => use.test(code) && !code.includes(line.split(' from')[0])).map(([, line]) => line);
      examples.push({ file, line: first + from - 1, code: `${imports.join(' ')}\n${code}`, ...gpu ? { gpu } : {} });
    }
    docstrings.push({ start, end, summary: summary.join(' ').trim(), internal, examples });
  }
  return docstrings;
}

async function filesUnder(folder: string, extension: string): Promise<string[]> {
  const names = await readdir(join(root, folder), { recursive: true }).catch(() => []);
  return names.filter(name => name.endsWith(extension)).sort().map(name => `${folder}/${name}`);
}

/** Every example of README.md, docs/guide and the docstrings of src. */
export async function extractExamples(): Promise<Example[]> {
  const pages = ['README.md', ...await filesUnder('docs/guide', '.md')];
  const sources = (await filesUnder('src', '.ts')).filter(path => !path.startsWith('src/generated/'));
  const read = (file: string): Promise<string> => readFile(join(root, file), 'utf8');
  return [
    ...(await Promise.all(pages.map(async file => blocksOf(file, await read(file))))).flat(),
    ...(await Promise.all(sources.map(async file => docstringsOf(file, await read(file)).flatMap(({ examples }) => examples)))).flat(),
  ];
}
