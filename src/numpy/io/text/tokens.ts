import { isSpace } from './numbers.ts';

/** The fields of a text, line by line. */

export interface Separators {
  /** What stands between fields; null for spaces. */
  readonly delimiter: string | null;
  /** What begins a comment. */
  readonly comments: readonly string[];
  readonly quote: string | null;
}

const [lineFeed, carriageReturn] = [10, 13];
const escaped = (text: string): string => text.replaceAll(/[$()*+.?[\\\]^{|}]/g, String.raw`\$&`);

export class Tokens {
  /** Where the fields of the present line are in the text. */
  readonly starts: number[] = [];
  readonly ends: number[] = [];
  /** Fields with quotes, as they read without them. */
  private readonly unquoted = new Map<number, string>();
  readonly text: string;
  private readonly delimiter: number;
  private readonly comment: number;
  private readonly quote: number;
  private at = 0;
  /** How many fields the present line has. */
  count = 0;

  constructor(text: string, { delimiter, comments, quote }: Separators) {
    const [only] = comments;
    const long = comments.length > 1 || (comments.length === 1 && only.length > 1);
    this.text = long ? text.replaceAll(new RegExp(`(?:${comments.map(escaped).join('|')})[^\\r\\n]*`, 'g'), '') : text;
    this.comment = comments.length === 1 && !long ? only.charCodeAt(0) : -1;
    this.delimiter = delimiter === null ? -1 : delimiter.charCodeAt(0);
    this.quote = quote === null ? -1 : quote.charCodeAt(0);
  }

  /** Leaves out a line, whatever is in it. */
  skip(): void {
    const { text } = this;
    while (this.at < text.length && text.charCodeAt(this.at) !== lineFeed && text.charCodeAt(this.at) !== carriageReturn) this.at++;
    this.endLine();
  }

  private endLine(): void {
    if (this.text.charCodeAt(this.at) === carriageReturn && this.text.charCodeAt(this.at + 1) === lineFeed) this.at++;
    this.at++;
  }

  /** Reads the next line that has fields; false where there is none. */
  next(): boolean {
    while (this.at < this.text.length) {
      this.readLine();
      // A line without anything is none.
      if (this.count > 1) return true;
      if (this.count === 1 && (this.delimiter < 0 || this.ends[0] > this.starts[0] || this.unquoted.has(0))) return true;
    }
    return false;
  }

  private readLine(): void {
    const { text, delimiter, comment, quote } = this;
    const { length } = text;
    this.count = 0;
    if (this.unquoted.size > 0) this.unquoted.clear();
    let i = this.at;
    let open = true;
    while (open) {
      if (delimiter < 0) while (i < length && isSpace(text.charCodeAt(i)) && !isNewline(text.charCodeAt(i))) i++;
      const start = i;
      let code = i < length ? text.charCodeAt(i) : lineFeed;
      if (code === quote && i < length) {
        i = this.readQuoted(i);
        code = i < length ? text.charCodeAt(i) : lineFeed;
      }
      while (!(code === lineFeed || code === carriageReturn || code === comment || (delimiter < 0 ? isSpace(code) : code === delimiter))) {
        code = ++i < length ? text.charCodeAt(i) : lineFeed;
      }
      if (this.unquoted.has(this.count)) this.unquoted.set(this.count, this.unquoted.get(this.count)! + text.slice(this.quotedEnd, i));
      const ended = i >= length || isNewline(code) || code === comment;
      if (!(delimiter < 0 && i === start && ended)) {
        this.starts[this.count] = start;
        this.ends[this.count] = i;
        this.count++;
      }
      open = !ended;
      if (open) i++;
    }
    this.at = i;
    if (i < length && text.charCodeAt(i) === comment) this.skip();
    else this.endLine();
  }

  private quotedEnd = 0;

  /** What stands between quotes, of which two are one, newlines and all; where it ends. */
  private readQuoted(from: number): number {
    const { text, quote } = this;
    let value = '';
    let i = from + 1;
    for (; i < text.length; i++) {
      if (text.charCodeAt(i) !== quote) value += text[i];
      else if (text.charCodeAt(i + 1) === quote) value += text[i++];
      else break;
    }
    this.unquoted.set(this.count, value);
    this.quotedEnd = Math.min(i + 1, text.length);
    return this.quotedEnd;
  }

  field(i: number): string {
    return this.unquoted.get(i) ?? this.text.slice(this.starts[i], this.ends[i]);
  }

  isQuoted(i: number): boolean {
    return this.unquoted.has(i);
  }
}

const isNewline = (code: number): boolean => code === lineFeed || code === carriageReturn;
