import { SingleBar } from 'cli-progress';

/** What the examples print: as wide as the terminal, and plain lines where there is none. */

const { stdout } = process;

/** Columns of the terminal, or the customary 80. */
export const columns = Math.max(20, stdout.isTTY ? stdout.columns : 80);

/** Lines no longer than the terminal is wide, broken at spaces; what goes on is indented by `indent`. */
export function folded(text: string, indent = 0): string {
  return text.split('\n').flatMap((line) => {
    const lines: string[] = [];
    let rest = line;
    while (rest.length > columns) {
      const space = rest.lastIndexOf(' ', columns);
      const end = space > indent ? space : columns;
      lines.push(rest.slice(0, end).trimEnd());
      rest = ' '.repeat(indent) + rest.slice(end).trimStart();
    }
    return [...lines, rest];
  }).join('\n');
}

/** A bar that is there while something lasts; only a percentage in a narrow terminal, nothing where there is none. */
export class Progress {
  private readonly bar: SingleBar | null;

  constructor(title: string, total: number) {
    const words = ' {percentage}%  {note}  {eta_formatted} left';
    const room = columns - title.length - words.length - 2;
    const format = room < 5 ? `${title} {percentage}%` : `${title} [{bar}]${words}`;
    const look = { barsize: Math.max(1, Math.min(30, room)), barCompleteChar: '█', barIncompleteChar: '░' };
    this.bar = stdout.isTTY ? new SingleBar({ format, ...look, stream: stdout, hideCursor: true, clearOnComplete: true }) : null;
    this.bar?.start(total, 0, { note: '' });
  }

  /** So much is done; a short note stands beside it. */
  update(done: number, note: string): void {
    this.bar?.update(done, { note });
  }

  /** Clears the bar's line. */
  end(): void {
    this.bar?.stop();
  }
}
