/**
 * Drawn strokes as an image like MNIST's: fitted into 20×20 pixels, its centre of mass in the middle of 28×28, with soft
 * strokes of the usual width whatever the size of the drawing.
 */

export const side = 28;
export const pixels = side * side;

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Stroke = readonly Point[];

const box = 20;
/** Half the width of a stroke, and half the width of its soft edge, in pixels of the image. */
const radius = 1.15;
const softness = 0.75;

/** The square of the distance from a place to a stroke's segment. */
function distanceSquared(x: number, y: number, from: Point, to: Point): number {
  const dx = to.x - from.x;
  const dy = to.y - from.y;
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.min(1, Math.max(0, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return (x - from.x - along * dx) ** 2 + (y - from.y - along * dy) ** 2;
}

function rasterize(strokes: readonly Stroke[]): Float64Array {
  const nearest = new Float64Array(pixels).fill(Infinity);
  const reach = radius + softness;
  for (const stroke of strokes) {
    stroke.forEach((to, i) => {
      const from = stroke[Math.max(0, i - 1)];
      const range = (a: number, b: number): [number, number] =>
        [Math.max(0, Math.floor(Math.min(a, b) - reach)), Math.min(side - 1, Math.ceil(Math.max(a, b) + reach))];
      const [left, right] = range(from.x, to.x);
      const [top, bottom] = range(from.y, to.y);
      for (let row = top; row <= bottom; row++) {
        for (let column = left; column <= right; column++) {
          const place = row * side + column;
          nearest[place] = Math.min(nearest[place], distanceSquared(column, row, from, to));
        }
      }
    });
  }
  return nearest.map((square) => Math.min(1, Math.max(0, (reach - Math.sqrt(square)) / (2 * softness))));
}

/** How far the centre of mass is from the middle. */
function offset(ink: Float64Array): Point {
  let mass = 0;
  let x = 0;
  let y = 0;
  ink.forEach((value, i) => {
    mass += value;
    x += value * (i % side);
    y += value * Math.floor(i / side);
  });
  const middle = (side - 1) / 2;
  return { x: middle - x / mass, y: middle - y / mass };
}

/** The strokes as 28×28 bytes; null where there are none. */
export function toImage(strokes: readonly Stroke[]): Uint8Array | null {
  const points = strokes.flat();
  if (points.length === 0) return null;
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)];
  const [left, top] = [Math.min(...xs), Math.min(...ys)];
  const extent = Math.max(Math.max(...xs) - left, Math.max(...ys) - top);
  // The ink ends a radius beyond the points. A dot stays a dot.
  const scale = extent === 0 ? 0 : (box - 2 * radius) / extent;
  const fitted = strokes.map((stroke) => stroke.map(({ x, y }) => ({ x: (x - left) * scale + 4, y: (y - top) * scale + 4 })));
  const shift = offset(rasterize(fitted));
  const centred = fitted.map((stroke) => stroke.map(({ x, y }) => ({ x: x + shift.x, y: y + shift.y })));
  return Uint8Array.from(rasterize(centred), (value) => Math.round(255 * value));
}

/** Draws an image's ink on a canvas of 28×28, transparent where there is none. */
export function paint(canvas: HTMLCanvasElement, image: Uint8Array | null): void {
  const context = canvas.getContext('2d')!;
  const data = context.createImageData(side, side);
  if (image !== null) for (let i = 0; i < pixels; i++) data.data[4 * i + 3] = image[i];
  context.putImageData(data, 0, 0);
}
