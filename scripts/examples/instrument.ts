import { parseSync } from 'oxc-parser';
import type { Example } from './extract.ts';

/** What a `// →` comment promises, and the line of the page on which it does. */
export interface Expectation {
  readonly line: number;
  readonly text: string;
}

export interface Instrumented {
  /** The program, its promises turned into calls of `$value(index, f)`, `$name(index, value)` and `$printed(index)`. */
  readonly code: string;
  readonly expectations: readonly Expectation[];
}

interface Node {
  readonly type: string;
  readonly start: number;
  readonly end: number;
}

interface Declaration extends Node {
  readonly declarations: readonly { readonly id: Node & { readonly name?: string } }[];
}

/**
 * The text after the arrow, and the comments right below it that go on at the arrow's text (`//` and three spaces). A comment
 * with nothing in it is a blank line if the text goes on after it.
 */
function readPromise(lines: readonly string[], index: number): string {
  const text = [lines[index].slice(lines[index].indexOf('// →') + 4).replace(/^ /, '')];
  let blank = 0;
  for (let i = index + 1; i < lines.length; i++) {
    const line = lines[i].trim();
    if (line === '//') {
      blank++;
    } else if (line.startsWith('//   ')) {
      for (; blank > 0; blank--) text.push('');
      text.push(line.slice(5));
    } else {
      break;
    }
  }
  return text.map(line => line.trimEnd()).join('\n');
}

/** Puts the checks of its promises into a program. */
export function instrument({ file, line: firstLine, code }: Example): Instrumented {
  const { program, comments, errors } = parseSync('example.ts', code);
  if (errors.length > 0) throw new Error(`${file}:${firstLine}: ${errors[0].message}`);
  const statements = program.body as unknown as readonly Node[];
  const lines = code.split('\n');
  const expectations: Expectation[] = [];
  const replacements: { start: number; end: number; text: string }[] = [];
  for (const comment of comments) {
    if (comment.type !== 'Line' || !comment.value.startsWith(' →')) continue;
    const lineIndex = code.slice(0, comment.start).split('\n').length - 1;
    const line = firstLine + lineIndex;
    const statement = statements.findLast(node => node.start < comment.start);
    if (!statement || statement.end > comment.start) throw new Error(`${file}:${line}: an arrow must follow a whole statement`);
    if (replacements.at(-1)?.start === statement.start) throw new Error(`${file}:${line}: two arrows for one statement`);
    const index = expectations.push({ line, text: readPromise(lines, lineIndex) }) - 1;
    const { start, end } = statement;
    const text = code.slice(start, end);
    if (statement.type === 'ExpressionStatement') {
      replacements.push({ start, end, text: `;await $value(${index}, async () => (${text.replace(/;\s*$/, '')}));` });
    } else if (statement.type === 'VariableDeclaration') {
      const { name } = (statement as Declaration).declarations.at(-1)!.id;
      if (name === undefined) throw new Error(`${file}:${line}: an arrow after a declaration shows one name`);
      replacements.push({ start, end, text: `${text} $name(${index}, ${name});` });
    } else if (/^(For|While|DoWhile|If|Switch|Try|Block)/.test(statement.type)) {
      replacements.push({ start, end, text: `$start(); ${text} $printed(${index});` });
    } else {
      throw new Error(`${file}:${line}: an arrow shows a value or what a statement prints, not a ${statement.type}`);
    }
  }
  let out = code;
  for (const { start, end, text } of replacements.toReversed()) out = out.slice(0, start) + text + out.slice(end);
  return { code: out, expectations };
}
