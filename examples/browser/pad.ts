import { byId, make, percent } from './dom.ts';
import type { Point } from './ink.ts';
import { paint, side, toImage } from './ink.ts';

/** The pad to draw on, and the bars that say what the model takes the drawing for. */

interface Bar {
  readonly row: HTMLLIElement;
  readonly fill: HTMLSpanElement;
  readonly value: HTMLSpanElement;
}

export class Pad {
  /** What the model sees: 28×28 bytes; null while the pad is empty. */
  image: Uint8Array | null = null;
  private readonly canvas = byId<HTMLCanvasElement>('pad');
  private readonly preview = byId<HTMLCanvasElement>('preview');
  private readonly bars: readonly Bar[];
  private strokes: Point[][] = [];
  private readonly active = new Map<number, Point[]>();
  private readonly changed: () => void;

  /** `changed` is called whenever the image is another. */
  constructor(changed: () => void) {
    this.changed = changed;
    this.bars = Array.from({ length: 10 }, (_, digit) => {
      const row = make('li', 'bar');
      const [fill, value, track] = [make('span', 'bar-fill'), make('span', 'bar-value'), make('span', 'bar-track')];
      track.append(fill);
      row.append(make('span', 'bar-digit', String(digit)), track, value);
      return { row, fill, value };
    });
    byId('bars').replaceChildren(...this.bars.map(({ row }) => row));
    this.canvas.addEventListener('pointerdown', (event) => this.press(event));
    this.canvas.addEventListener('pointermove', (event) => this.drag(event));
    for (const name of ['pointerup', 'pointercancel'] as const) {
      this.canvas.addEventListener(name, ({ pointerId }) => void this.active.delete(pointerId));
    }
    byId('clear').addEventListener('click', () => this.clear());
    new ResizeObserver(() => this.draw()).observe(this.canvas);
    this.show(null);
  }

  /** Places are kept as shares of the pad, so that it may change its size. */
  private place({ clientX, clientY }: MouseEvent): Point {
    const { left, top, width, height } = this.canvas.getBoundingClientRect();
    return { x: (clientX - left) / width, y: (clientY - top) / height };
  }

  private press(event: PointerEvent): void {
    if (event.pointerType === 'mouse' && event.button !== 0) return;
    event.preventDefault();
    this.canvas.setPointerCapture(event.pointerId);
    const stroke = [this.place(event)];
    this.active.set(event.pointerId, stroke);
    this.strokes.push(stroke);
    this.update();
  }

  private drag(event: PointerEvent): void {
    const stroke = this.active.get(event.pointerId);
    if (stroke === undefined) return;
    const between = event.getCoalescedEvents();
    for (const each of between.length > 0 ? between : [event]) stroke.push(this.place(each));
    this.update();
  }

  private update(): void {
    this.image = toImage(this.strokes);
    this.draw();
    this.changed();
  }

  clear(): void {
    this.strokes = [];
    this.active.clear();
    this.update();
    this.show(null);
  }

  /** Puts an image in place of a drawing. */
  load(image: Uint8Array): void {
    this.strokes = [];
    this.active.clear();
    this.image = image;
    this.draw();
    this.changed();
  }

  private draw(): void {
    const { canvas, strokes, image } = this;
    const size = Math.round(canvas.getBoundingClientRect().width * devicePixelRatio);
    canvas.width = canvas.height = size;
    paint(this.preview, image);
    byId('hint').hidden = image !== null;
    const context = canvas.getContext('2d')!;
    if (strokes.length === 0) {
      if (image !== null) context.drawImage(this.preview, 0, 0, side, side, 0, 0, size, size);
      return;
    }
    context.lineWidth = size * 0.075;
    context.lineCap = context.lineJoin = 'round';
    for (const stroke of strokes) {
      context.beginPath();
      context.moveTo(stroke[0].x * size, stroke[0].y * size);
      stroke.forEach(({ x, y }, i) => {
        // Through the middles of the segments, with the points as corners that are rounded off.
        const next = stroke[i + 1] ?? { x, y };
        context.quadraticCurveTo(x * size, y * size, (x + next.x) / 2 * size, (y + next.y) / 2 * size);
      });
      context.stroke();
    }
  }

  /** Shows ten probabilities, or none. */
  show(chances: readonly number[] | null): void {
    const best = chances === null ? -1 : chances.indexOf(Math.max(...chances));
    this.bars.forEach(({ row, fill, value }, digit) => {
      const chance = chances?.[digit] ?? 0;
      row.classList.toggle('best', digit === best);
      fill.style.transform = `scaleX(${chance})`;
      value.textContent = chances === null ? '' : percent(chance, 0);
    });
    byId('answer').textContent = chances === null ? '?' : String(best);
    byId('certainty').textContent = chances === null ? 'The model waits for a digit' : certainty(chances[best]);
  }
}

function certainty(chance: number): string {
  if (chance > 0.9) return `It is sure: ${percent(chance, 0)}`;
  return chance > 0.5 ? `It thinks so: ${percent(chance, 0)}` : `It guesses: ${percent(chance, 0)}`;
}
