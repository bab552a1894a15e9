import { coveragePage } from '../coverage/library.ts';
import { numpy } from '../coverage/numpy.ts';
import type { Example } from '../examples/extract.ts';
import type { Entry, Page } from './entries.ts';
import { textOf } from './entries.ts';
import { moduleOf } from './sources.ts';

/** The reference as Markdown: a file for each page, and one that lists them. */

const note = '<!-- Written by scripts/reference.ts from the sources; do not edit. -->';

/** Sections whose file has another name than they. */
const titles: Readonly<Record<string, string>> = {
  'src/core/complex.ts': 'Complex numbers', 'src/core/errors.ts': 'Errors', 'src/core/indexing/items.ts': 'Indexing',
  'src/numpy/dtypes/dtype.ts': 'Dtypes', 'src/numpy/dtypes/limits.ts': 'Dtypes', 'src/numpy/io/index.ts': 'Files',
  'src/numpy/io/npy.ts': 'Files', 'src/numpy/ndarray/flat.ts': 'Arrays', 'src/numpy/ndarray/ndarray.ts': 'Arrays',
  'src/numpy/routines/einsum.ts': 'Products', 'src/numpy/ufuncs.ts': 'Universal functions',
  'src/torch/autograd/gradients.ts': 'Gradients', 'src/torch/bridge.ts': 'Creation', 'src/torch/dtypes/limits.ts': 'Dtypes',
  'src/numpy/random/bits/bitGenerator.ts': 'Bit generators', 'src/numpy/random/bits/mt19937.ts': 'Bit generators',
  'src/numpy/random/bits/pcg64.ts': 'Bit generators', 'src/numpy/random/bits/philox.ts': 'Bit generators',
  'src/numpy/random/bits/seedSequence.ts': 'Bit generators', 'src/numpy/random/bits/sfc64.ts': 'Bit generators',
  'src/numpy/random/sharedDistributions.ts': 'Distributions',
  'src/torch/functions/blas.ts': 'Products of vectors and matrices', 'src/torch/functions/complex.ts': 'Complex numbers',
  'src/torch/functions/contraction.ts': 'Products of vectors and matrices',
  'src/torch/functions/orderStatistics.ts': 'Extremes and medians', 'src/torch/functions/powers.ts': 'Arithmetic',
  'src/torch/functions/random/generator.ts': 'Random numbers', 'src/torch/functions/random/random.ts': 'Random numbers',
  'src/torch/functions/random/sampling.ts': 'Random numbers', 'src/torch/functions/tensors.ts': 'Tensors',
  'src/torch/functions/utilities.ts': 'Dtypes', 'src/torch/optim/sgd.ts': 'Stochastic gradient descent',
  'src/torch/pointwise.ts': 'Element by element', 'src/torch/tensor/legacy.ts': 'Tensors', 'src/torch/tensor/returnTypes.ts': 'Tensors',
  'src/torch/tensor/size.ts': 'Tensors', 'src/torch/utils/data/dataloader.ts': 'Data loader',
  'src/torch/fft/helpers.ts': 'Frequencies', 'src/torch/fft/real.ts': 'Real transforms', 'src/torch/fft/standard.ts': 'Complex transforms',
  'src/torch/functions/copies.ts': 'Views as copies', 'src/torch/functions/distribution.ts': 'Quantiles and histograms',
  'src/torch/functions/enumerations.ts': 'Creation', 'src/torch/functions/inPlaceSpecial.ts': 'In place',
  'src/torch/functions/incompleteGamma.ts': 'Special functions', 'src/torch/functions/polygamma.ts': 'Special functions',
  'src/torch/functions/segments.ts': 'Indexing', 'src/torch/tensor/questions.ts': 'Tensors',
  'src/torch/linalg/lowRank.ts': 'Linear algebra', 'src/torch/linalg/older.ts': 'Linear algebra', 'src/torch/linalg/operands.ts': 'Errors',
  'src/torch/nn/functional/ctcLoss.ts': 'Loss', 'src/torch/nn/functional/likelihoodLoss.ts': 'Loss',
  'src/torch/nn/functional/multiHeadAttention.ts': 'Attention', 'src/torch/nn/modules/rnn.ts': 'Recurrent layers',
  'src/torch/nn/modules/rnnCells.ts': 'Recurrent layers', 'src/torch/nn/modules/transformerStacks.ts': 'Transformer',
  'src/torch/nn/init/deprecated.ts': 'Older names', 'src/torch/nn/init/fills.ts': 'First values',
  'src/torch/nn/init/shaped.ts': 'First values', 'src/torch/optim/lbfgs.ts': 'LBFGS', 'src/torch/optim/matrices.ts': 'For matrices',
  'src/torch/optim/resilient.ts': 'Rprop and ASGD',
  'src/torch/serialization/load.ts': 'Files', 'src/torch/serialization/save.ts': 'Files',
  'src/torch/special/bessel.ts': 'Bessel functions', 'src/torch/special/normal.ts': 'Normal distribution',
  'src/torch/special/products.ts': 'Logarithms and zeta',
};

function titleOf(file: string): string {
  const [folder, name] = file.split('/').slice(-2);
  const word = name === 'index.ts' ? folder : name.slice(0, -3);
  const text = word.replaceAll(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).replaceAll('_', ' ');
  return titles[file] ?? `${text[0].toUpperCase()}${text.slice(1)}`;
}

/** Prose as Markdown shows it as it stands. */
const prose = (text: string): string => text.split('`').map((part, i) =>
  (i % 2 === 1 ? part : part.replaceAll(/[*<]/g, (sign) => (sign === '<' ? '&lt;' : `\\${sign}`)))).join('`');

const fenced = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\``;

/** How something is called, in lines that fit. */
function call(name: string, parameters: string): string {
  const lines = [''];
  for (const piece of `${name}(${parameters})`.split(/(?<=, )/)) {
    if (lines.at(-1)!.length + piece.trimEnd().length > 100) lines.push('    ');
    lines.push(`${lines.pop()!}${piece}`);
  }
  return lines.map((each) => each.trimEnd()).join('\n');
}

/** An example as it stands in its docstring, without what it may leave unsaid. */
const shown = ({ code }: Example): string => fenced('ts', code.slice(code.indexOf('\n') + 1));

/** The anchors that GitHub gives to the headings of a page. */
class Anchors {
  private readonly used = new Map<string, number>();

  /** The anchor of the next heading. */
  next(heading: string): string {
    const slug = heading.toLowerCase().replaceAll(/[^\w\- ]/g, '').replaceAll(' ', '-');
    const count = this.used.get(slug) ?? 0;
    this.used.set(slug, count + 1);
    return count === 0 ? slug : `${slug}-${count}`;
  }
}

interface Section {
  readonly title: string;
  readonly files: readonly string[];
  readonly entries: readonly Entry[];
}

function sectionsOf(entries: readonly Entry[]): Section[] {
  const sections = new Map<string, { title: string; files: string[]; entries: Entry[] }>();
  for (const entry of entries) {
    const title = titleOf(entry.file!);
    const section = sections.get(title) ?? { title, files: [], entries: [] };
    if (!section.files.includes(entry.file!)) section.files.push(entry.file!);
    section.entries.push(entry);
    sections.set(title, section);
  }
  return [...sections.values()].toSorted((a, b) => (a.title < b.title ? -1 : 1));
}

/** Every page in Markdown by the name of its file. */
export class Reference {
  private readonly pages: readonly Page[];
  /** Where a name is described, as a link from another page. */
  private readonly places = new Map<string, string>();

  constructor(pages: readonly Page[]) {
    this.pages = pages;
    // The anchors are known when a page is written; links to it are written then.
    for (const page of pages) this.write(page);
  }

  files(): ReadonlyMap<string, string> {
    return new Map([
      ['README.md', this.index()], ...this.pages.map((page): [string, string] => [`${page.name}.md`, this.write(page)]),
      ['numpy-coverage.md', coveragePage(numpy)],
    ]);
  }

  private link(name: string, from: string): string {
    const place = this.places.get(name) ?? '';
    const [file, anchor] = place.split('#');
    return `[${name.replace(/^numpy\./, 'np.')}](${file === `${from}.md` ? '' : file}#${anchor})`;
  }

  /** Where to read on, if something has a page of its own. */
  private ownPage(name: string): string {
    return this.pages.some((each) => each.name === name) ? `Its attributes and methods: [${name}](${name}.md).` : '';
  }

  private write(page: Page): string {
    const anchors = new Anchors();
    anchors.next(page.name);
    const { name, intro, aliases, entries } = page;
    const own = entries.some(({ file }) => file === null);
    // What stands at the head of a section is not said twice.
    const isHead = entries.some(({ file }) => file !== null && intro !== null && moduleOf(file).loose.includes(intro));
    const said = intro === null || (isHead && intro.examples.length > 0) ? [] : [prose(textOf(intro)), ...intro.examples.map(shown)];
    const also = aliases.filter((each) => intro?.summary.includes(each) !== true).map((each) => `\`${each}\` is another name of it.`);
    const rest = own ? this.classPage(page, anchors) : this.namespacePage(page, anchors);
    return `${[`# ${name}`, note, ...said, ...also, ...rest].join('\n\n')}\n`;
  }

  private namespacePage(page: Page, anchors: Anchors): string[] {
    const sections = sectionsOf(page.entries);
    const parts: string[] = [];
    const lines: string[] = [];
    for (const { title, files, entries } of sections) {
      const heading = sections.length > 1 && page.entries.length >= 10;
      if (heading) {
        anchors.next(title);
        parts.push(`## ${title}`);
      }
      for (const each of files.flatMap((file) => moduleOf(file).loose)) {
        if (each.examples.length > 0) parts.push(prose(textOf(each)), ...each.examples.map(shown));
        }
      const links: string[] = [];
      for (const entry of entries) {
        const anchor = anchors.next(entry.name);
        this.places.set(entry.written, `${page.name}.md#${anchor}`);
        links.push(`[${entry.name}](#${anchor})`);
        parts.push(...this.described(page.name, entry, '###', anchors));
      }
      lines.push(`${heading ? `**${title}**: ` : ''}${links.join(' · ')}`);
    }
    return [lines.join(page.entries.length >= 10 ? '  \n' : ' · '), ...parts];
  }

  private described(page: string, entry: Entry, level: string, anchors: Anchors): string[] {
    const { name, written, signatures, forward = [], summary, examples, sameAs, members, isClass } = entry;
    const [, owner] = /(\w+\.\w+)$/.exec(written)!;
    const called = (level === '###' ? written : owner).replace(/^numpy\./, 'np.');
    // What is only held needs no heading.
    const held = members.filter((member) => member.signatures.length === 0 && member.examples.length === 0);
    for (const member of held) this.places.set(member.written, this.places.get(written)!);
    const links = members.filter((member) => !held.includes(member)).map((member): [Entry, string] => {
      const anchor = anchors.next(/(\w+\.\w+)$/.exec(member.written)![0]);
      this.places.set(member.written, `${page}.md#${anchor}`);
      return [member, anchor];
    });
    const said = sameAs === null ? prose(summary) : this.sameText(entry, this.link(sameAs, page));
    return [
      `${level} ${level === '###' ? name : owner}`,
      ...signatures.length === 0 ? []
        : [fenced('python', [
          ...signatures.map((each) => call(`${isClass ? 'class ' : ''}${called}`, each)),
          ...forward.map((each) => call(`${name}.forward`, each)),
        ].join('\n'))],
      said,
      ...examples.map(shown),
      this.ownPage(written),
      held.map((member) => `- \`${member.name}\`: ${prose(member.summary)}`).join('\n'),
      links.map(([member, anchor]) => `[${member.name}](#${anchor})`).join(' · '),
      ...links.flatMap(([member]) => this.described(page, member, '####', anchors)),
    ].filter((each) => each !== '');
  }

  /** What is said of another name: its own words with the link in them, or before them. */
  private sameText({ name, written, sameAs, summary }: Entry, link: string): string {
    if (written.startsWith('numpy.random.RandomState.')) return `${prose(summary)} As ${link}, from a stream of its own.`;
    const naming = /another name of [\w.]+(?=[.,])/i;
    if (naming.test(summary)) return prose(summary).replace(naming, (text) => `${text.slice(0, 'another name of '.length)}${link}`);
    const isName = !sameAs!.endsWith(`.${name}`);
    const rest = prose(summary.replace(/^As [\w.]+\.\s*/, ''));
    return `${isName ? 'Another name of' : 'The same as'} ${link}.${rest === '' ? '' : ` ${rest}`}`;
  }

  /** The page of a class: what is its own at length, and the functions that are methods in lines. */
  private classPage({ name: page, entries }: Page, anchors: Anchors): string[] {
    const own = entries.filter(({ sameAs }) => sameAs === null);
    const groups = [
      ['Attributes', own.filter(({ signatures }) => signatures.length === 0)],
      ['Methods', own.filter(({ signatures }) => signatures.length > 0)],
    ] as const;
    const parts: string[] = [];
    const lines: string[] = [];
    for (const [title, members] of groups) {
      anchors.next(title);
      parts.push(`## ${title}`);
      const links: string[] = [];
      for (const { name, written, signatures, summary, examples } of members) {
        const anchor = anchors.next(name);
        this.places.set(written, `${page}.md#${anchor}`);
        links.push(`[${name}](#${anchor})`);
        parts.push(...[
          `### ${name}`, ...signatures.length === 0 ? [] : [fenced('python', signatures.map((each) => call(`x.${name}`, each)).join('\n'))],
          prose(summary), ...examples.map(shown), this.ownPage(written),
        ].filter((each) => each !== ''));
      }
      lines.push(`**${title}**: ${links.join(' · ')}`);
    }
    const namespace = page.slice(0, page.indexOf('.'));
    lines.push(`**[Functions of ${namespace} that are methods](#${anchors.next(`Functions of ${namespace} that are methods`)})**`);
    return [lines.join('  \n'), ...parts, `## Functions of ${namespace} that are methods`, ...this.functionMethods(page, entries)];
  }

  private functionMethods(page: string, entries: readonly Entry[]): string[] {
    const same = entries.filter(({ sameAs }) => sameAs !== null);
    const names = new Set(same.map(({ name }) => name));
    const brief = (text: string): string => text.replace(/, \*, where=True, casting='same_kind', order='K'.*/, ', …');
    const line = ({ name, sameAs, signatures, summary, written }: Entry): string => {
      this.places.set(written, `${page}.md#functions-of-${page.split('.')[0]}-that-are-methods`);
      const calls = signatures.map((each) => `\`x.${name}(${brief(each)})\``);
      if (names.has(`${name}_`)) calls.push(`in place \`x.${name}_(…)\``);
      return `- ${calls.join(', ')}: ${this.link(sameAs!, page)}. ${prose(summary)}`;
    };
    const lines = same.filter(({ name }) => !(name.endsWith('_') && names.has(name.slice(0, -1)))).map(line);
    for (const { name, written } of same) {
      if (name.endsWith('_')) this.places.set(written, `${page}.md#functions-of-${page.split('.')[0]}-that-are-methods`);
    }
    return [
      'What stands before the dot is the first argument. Methods whose names end in an underscore write their result into it.',
      lines.join('\n'),
    ];
  }

  private index(): string {
    const count = (entries: readonly Entry[]): number => entries.reduce((sum, { members }) => sum + 1 + members.length, 0);
    const lines = this.pages.map(({ name, intro, entries }) => {
      const sentence = /^.*?\.(?= |$)/.exec(textOf(intro))?.[0] ?? '';
      return `- [${name}](${name}.md), ${count(entries)} names. ${prose(sentence)}`;
    });
    return `${['# Reference', note,
      "Everything that Flambeau exports: how it is called, in Python's notation, what it does, and an example, which runs with the tests. "
      + 'Arguments by name come in one object at the end: `dim=1, keepdim=True` is `{ dim: 1, keepdim: true }`. '
      + '[devices.md](devices.md) lists what runs on which device, [numpy-coverage.md](numpy-coverage.md) what of NumPy is there.',
      lines.join('\n')].join('\n\n')}\n`;
  }
}
