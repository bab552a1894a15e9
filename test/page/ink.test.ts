import { describe, expect, test } from 'vitest';
import type { Stroke } from '../../examples/browser/ink.ts';
import { side, toImage } from '../../examples/browser/ink.ts';
import { inkCentre } from '../tolerances.ts';
import { expectWithin } from '../within.ts';

/** What the drawing pad makes of strokes. */

const seven: Stroke[] = [[{ x: 0.3, y: 0.25 }, { x: 0.7, y: 0.25 }, { x: 0.45, y: 0.8 }]];
const change = (strokes: readonly Stroke[], scale: number, x: number, y: number): Stroke[] =>
  strokes.map((stroke) => stroke.map((point) => ({ x: x + scale * point.x, y: y + scale * point.y })));

/** The ink's centre of mass, and the rows and columns that it spans. */
function measure(image: Uint8Array): { x: number; y: number; width: number; height: number } {
  const inked = Array.from(image.keys()).filter((i) => image[i] > 0);
  const mass = inked.reduce((sum, i) => sum + image[i], 0);
  const columns = inked.map((i) => i % side);
  const rows = inked.map((i) => Math.floor(i / side));
  const extent = (places: number[]): number => Math.max(...places) - Math.min(...places) + 1;
  return {
    x: inked.reduce((sum, i) => sum + image[i] * (i % side), 0) / mass,
    y: inked.reduce((sum, i) => sum + image[i] * Math.floor(i / side), 0) / mass,
    width: extent(columns),
    height: extent(rows),
  };
}

describe('a drawing', () => {
  test('has its centre of mass in the middle', () => {
    const { x, y } = measure(toImage(seven)!);
    for (const place of [x, y]) expectWithin(place, 13.5, inkCentre);
  });

  test('is 20 pixels long, but for the soft edge', () => {
    const { width, height } = measure(toImage(seven)!);
    expect(height).toBeGreaterThanOrEqual(19);
    expect(height).toBeLessThanOrEqual(22);
    expect(width).toBeLessThan(height);
  });

  test('is the same wherever and however large it was drawn', () => {
    const small = toImage(change(seven, 0.2, 0.6, 0.1))!;
    const large = toImage(seven)!;
    expect(Math.max(...small.map((ink, i) => Math.abs(ink - large[i])))).toBeLessThanOrEqual(1);
  });

  test('has full ink in its strokes and soft edges', () => {
    const image = toImage(seven)!;
    expect(Math.max(...image)).toBe(255);
    expect(image.filter((ink) => ink > 20 && ink < 235).length).toBeGreaterThan(20);
  });

  test('may be a dot, or nothing', () => {
    const { x, y, width, height } = measure(toImage([[{ x: 0.1, y: 0.9 }]])!);
    for (const place of [x, y]) expectWithin(place, 13.5, inkCentre);
    expect(Math.max(width, height)).toBeLessThanOrEqual(5);
    expect(toImage([])).toBeNull();
  });
});
