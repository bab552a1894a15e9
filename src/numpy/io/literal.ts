/** The literals that headers of .npy files are written in, read strictly: nothing is ever evaluated. */

export interface Sequence {
  readonly kind: 'tuple' | 'list';
  readonly items: readonly PythonValue[];
}
export interface Dictionary {
  readonly kind: 'dict';
  readonly entries: ReadonlyMap<string, PythonValue>;
}
/** Integers are bigints, floats numbers, None is null. */
export type PythonValue = string | bigint | number | boolean | null | Sequence | Dictionary;

/** Says that a text is no literal; the reader words it. */
export class LiteralError extends Error {}

/** Deeper nesting is no header, and recursion must end. */
const deepest = 32;

const escapes: Readonly<Record<string, string>> = { '\\': '\\', "'": "'", '"': '"', n: '\n', r: '\r', t: '\t' };
const words: ReadonlyMap<string, PythonValue> = new Map<string, PythonValue>([['True', true], ['False', false], ['None', null]]);

class Reader {
  private readonly text: string;
  private position = 0;

  constructor(text: string) {
    this.text = text;
  }

  whole(): PythonValue {
    const value = this.value(0);
    this.skipSpace();
    if (this.position < this.text.length) throw new LiteralError('more text after the literal');
    return value;
  }

  private skipSpace(): void {
    while (' \t\r\n\f'.includes(this.text[this.position] ?? 'x')) this.position++;
  }

  /** The next character that is no space. */
  private next(): string {
    this.skipSpace();
    return this.text[this.position] ?? '';
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.position;
    const found = pattern.exec(this.text);
    if (found !== null) this.position += found[0].length;
    return found;
  }

  private value(depth: number): PythonValue {
    if (depth > deepest) throw new LiteralError('nested too deeply');
    const character = this.next();
    if (character === '{') return this.dictionary(depth);
    if (character === '(') return this.tuple(depth);
    if (character === '[') {
      this.position++;
      return { kind: 'list', items: this.items(']', depth).items };
    }
    if (character === "'" || character === '"') return this.string();
    if (/^u['"]/.test(this.text.slice(this.position, this.position + 2))) {
      this.position++;
      return this.string();
    }
    const word = this.match(/[A-Za-z]+/y)?.[0];
    if (word !== undefined) {
      const value = words.get(word);
      if (value === undefined) throw new LiteralError(`the word ${word}`);
      return value;
    }
    return this.number();
  }

  private number(): number | bigint {
    const float = this.match(/[+-]?(?:\d+\.\d*|\.\d+)(?:[eE][+-]?\d+)?|[+-]?\d+[eE][+-]?\d+/y);
    if (float !== null) return Number(float[0]);
    // Python 2 wrote an L behind long integers.
    const found = this.match(/([+-]?)(0[xX][\da-fA-F]+|\d+)L?(?![\w.])/y);
    if (found === null || /^0\d*[1-9]/.test(found[2])) throw new LiteralError('no literal');
    const magnitude = BigInt(found[2]);
    return found[1] === '-' ? -magnitude : magnitude;
  }

  private string(): string {
    const quote = this.text[this.position++];
    let out = '';
    for (;;) {
      const character = this.text[this.position++];
      if (character === undefined || character === '\n') throw new LiteralError('a string without its end');
      if (character === quote) return out;
      if (character !== '\\') {
        out += character;
        continue;
      }
      const code = this.match(/x([\da-fA-F]{2})|u([\da-fA-F]{4})/y);
      if (code !== null) {
        out += String.fromCharCode(parseInt(code[1] ?? code[2], 16));
        continue;
      }
      const escaped = escapes[this.text[this.position++] ?? ''];
      if (escaped === undefined) throw new LiteralError('an unknown escape');
      out += escaped;
    }
  }

  /** Values up to a closing bracket, and whether a comma stood behind one. */
  private items(end: string, depth: number): { items: PythonValue[]; comma: boolean } {
    const items: PythonValue[] = [];
    let comma = false;
    while (this.next() !== end) {
      if (items.length > 0 && !comma) throw new LiteralError('a missing comma');
      items.push(this.value(depth + 1));
      comma = this.next() === ',';
      if (comma) this.position++;
    }
    this.position++;
    return { items, comma };
  }

  private tuple(depth: number): PythonValue {
    this.position++;
    const { items, comma } = this.items(')', depth);
    return items.length === 1 && !comma ? items[0] : { kind: 'tuple', items };
  }

  private dictionary(depth: number): Dictionary {
    this.position++;
    const entries = new Map<string, PythonValue>();
    let comma = true;
    while (this.next() !== '}') {
      if (!comma) throw new LiteralError('a missing comma');
      const key = this.value(depth + 1);
      if (typeof key !== 'string') throw new LiteralError('a key that is no string');
      if (this.next() !== ':') throw new LiteralError('a missing colon');
      this.position++;
      entries.set(key, this.value(depth + 1));
      comma = this.next() === ',';
      if (comma) this.position++;
    }
    this.position++;
    return { kind: 'dict', entries };
  }
}

/** The value of a text that is one Python literal; throws a LiteralError where it is anything else. */
export function parseLiteral(text: string): PythonValue {
  return new Reader(text).whole();
}

const named: Readonly<Record<string, string>> = { '\\': '\\\\', '\n': '\\n', '\r': '\\r', '\t': '\\t' };

function escaped(text: string, quote: string, ascii: boolean): string {
  return [...text].map((character) => {
    const code = character.codePointAt(0)!;
    if (character === quote) return `\\${quote}`;
    if (named[character] !== undefined) return named[character];
    const hidden = code < 0x20 || (code >= 0x7f && (ascii || code <= 0xa0 || code === 0xad));
    return hidden ? `\\x${code.toString(16).padStart(2, '0')}` : character;
  }).join('');
}

function quoted(text: string, ascii: boolean): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'";
  return `${quote}${escaped(text, quote, ascii)}${quote}`;
}

/** Python's `repr` of bytes. */
export function bytesRepr(bytes: Uint8Array): string {
  return `b${quoted(String.fromCharCode(...bytes), true)}`;
}

/** Python's `repr`. */
export function pythonRepr(value: PythonValue): string {
  if (value === null) return 'None';
  if (typeof value === 'string') return quoted(value, false);
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return Number.isInteger(value) && Math.abs(value) < 1e16 ? `${value}.0` : String(value);
  if (typeof value === 'bigint') return String(value);
  if (value.kind === 'dict') return `{${[...value.entries].map(([key, each]) => `${pythonRepr(key)}: ${pythonRepr(each)}`).join(', ')}}`;
  const inner = value.items.map(pythonRepr).join(', ');
  if (value.kind === 'list') return `[${inner}]`;
  return `(${inner}${value.items.length === 1 ? ',' : ''})`;
}
