import { byId, make } from './dom.ts';
import type { Part } from './digits.ts';
import { paint, pixels } from './ink.ts';

/** Test digits and what the model takes them for. Choosing one puts it on the pad. */

const shown = 60;

interface Cell {
  readonly item: HTMLLIElement;
  readonly button: HTMLButtonElement;
  readonly canvas: HTMLCanvasElement;
  readonly said: HTMLSpanElement;
  readonly truth: HTMLSpanElement;
  /** Which test digit it shows; null where there are fewer. */
  digit: number | null;
}

export class DigitGrid {
  private readonly test: Part;
  private readonly cells: Cell[];
  private readonly list = byId('digits');
  private predictions: readonly number[] = [];
  private mistakesOnly = false;

  constructor(test: Part, choose: (image: Uint8Array) => void) {
    this.test = test;
    this.cells = Array.from({ length: Math.min(shown, test.count) }, (_, i) => this.makeCell(i, choose));
    this.list.replaceChildren(...this.cells.map(({ item }) => item));
    this.list.addEventListener('keydown', (event) => this.walk(event));
    for (const each of document.querySelectorAll<HTMLInputElement>('input[name=digits]')) {
      each.addEventListener('change', () => {
        this.mistakesOnly = each.value === 'mistakes';
        this.draw();
      });
    }
    this.draw();
  }

  private makeCell(i: number, choose: (image: Uint8Array) => void): Cell {
    const item = make('li', 'digit');
    const button = make('button', 'digit-button');
    button.type = 'button';
    // One stop for the tabulator; arrows go on from there.
    button.tabIndex = i === 0 ? 0 : -1;
    const canvas = make('canvas', 'ink');
    canvas.width = canvas.height = 28;
    const [said, truth] = [make('span', 'said'), make('span', 'truth')];
    const words = make('span', 'words');
    words.append(said, truth);
    button.append(canvas, words);
    item.append(button);
    const cell: Cell = { item, button, canvas, said, truth, digit: null };
    button.addEventListener('click', () => {
      if (cell.digit !== null) choose(this.imageOf(cell.digit));
    });
    return cell;
  }

  private imageOf(digit: number): Uint8Array {
    return this.test.images.subarray(digit * pixels, (digit + 1) * pixels);
  }

  /** Arrow keys move through the grid, by as many cells as a row has. */
  private walk(event: KeyboardEvent): void {
    const from = this.cells.findIndex(({ button }) => button === document.activeElement);
    if (from < 0) return;
    const top = this.cells[0].item.offsetTop;
    const beyond = this.cells.findIndex(({ item }) => item.offsetTop > top);
    const row = beyond < 0 ? this.cells.length : beyond;
    const moves: Readonly<Record<string, number>> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -row, ArrowDown: row };
    const to = from + (moves[event.key] ?? 0);
    if (to === from || this.cells[to] === undefined || this.cells[to].item.hidden) return;
    event.preventDefault();
    this.cells[from].button.tabIndex = -1;
    this.cells[to].button.tabIndex = 0;
    this.cells[to].button.focus();
  }

  /** What the model takes each test digit for. */
  show(predictions: readonly number[]): void {
    this.predictions = predictions;
    this.draw();
  }

  private draw(): void {
    const { predictions, test: { labels, count } } = this;
    const isWrong = (digit: number): boolean => predictions.length > 0 && predictions[digit] !== labels[digit];
    const digits: number[] = [];
    for (let digit = 0; digit < count && digits.length < this.cells.length; digit++) {
      if (!this.mistakesOnly || isWrong(digit)) digits.push(digit);
    }
    this.cells.forEach((cell, i) => this.drawCell(cell, digits[i] ?? null));
    const wrong = Array.from(labels.keys()).filter(isWrong).length;
    byId('verdict').textContent = predictions.length === 0 ? ''
      : `${(count - wrong).toLocaleString('en')} of ${count.toLocaleString('en')} right, ${wrong.toLocaleString('en')} wrong`;
    byId('flawless').hidden = !this.mistakesOnly || digits.length > 0;
  }

  private drawCell(cell: Cell, digit: number | null): void {
    cell.item.hidden = digit === null;
    if (cell.digit !== digit) {
      cell.digit = digit;
      paint(cell.canvas, digit === null ? null : this.imageOf(digit));
    }
    if (digit === null) {
      delete cell.item.dataset.right;
      return;
    }
    const truth = this.test.labels[digit];
    const said = this.predictions[digit];
    if (said === undefined) {
      delete cell.item.dataset.right;
      cell.said.textContent = '–';
      cell.truth.textContent = '';
      cell.button.setAttribute('aria-label', `a ${truth}, not read yet`);
      return;
    }
    const right = said === truth;
    cell.item.dataset.right = String(right);
    cell.said.textContent = String(said);
    cell.truth.textContent = right ? '' : `for ${truth}`;
    cell.button.setAttribute('aria-label', right ? `a ${truth}, read rightly` : `a ${truth}, read as ${said}`);
  }
}
