import type { StridedArray } from '../../../core/strided.ts';
import type { FftExport } from '../../../generated/wasmExports.ts';
import type { Axes } from '../../axes.ts';
import { mergeAxes, visitAxes } from '../../axes.ts';
import { partModule } from '../module.ts';
import type { Component } from './plans.ts';

/** How the lines of an array lie along which a Fourier transform runs, and the calls that take many of them at once. */

export const fftExports = partModule<FftExport>('fft');

export const componentOf = ({ dtypeCore: { itemsize, components } }: StridedArray): Component =>
  (itemsize / components === 4 ? 'f32' : 'f64');

/** Bytes that lie next to one another in a row of lines side by side: a few cache lines. */
const rowBytes = 256;
/** The most bytes of lines side by side, unless so few would not fill a cache line. */
const blockBytes = 2 ** 22;

export interface Lines {
  /** From number to number of a line: where it is read and where it is written. */
  readonly steps: readonly [number, number];
  /** From line to line of one call. */
  readonly strides: readonly [number, number];
  /** How many lines one call takes, and how many of them lie side by side. */
  readonly count: number;
  readonly width: number;
  readonly rest: Axes;
}

const byteStrides = ({ geometry: { strides }, dtypeCore: { itemsize } }: StridedArray): number[] =>
  strides.map((stride) => stride * itemsize);

/** The lines of two arrays along an axis. `length` is that of the complex transform. */
export function linesOf(x: StridedArray, out: StridedArray, axis: number, length: number): Lines {
  const [from, to] = [byteStrides(x), byteStrides(out)];
  const without = <T>(values: readonly T[]): T[] => values.filter((_, each) => each !== axis);
  const { shape, strides } = mergeAxes({ shape: without(x.geometry.shape), strides: [without(from), without(to)] });
  const itemsizes = [x, out].map(({ dtypeCore: { itemsize } }) => itemsize);
  let batch = shape.findIndex((_, each) => strides.every((steps, k) => steps[each] === itemsizes[k]));
  const adjacent = batch >= 0;
  // Else as many as there can be.
  if (!adjacent) batch = shape.indexOf(Math.max(...shape));
  const complexBytes = Math.max(...itemsizes);
  const others = <T>(values: readonly T[]): T[] => values.filter((_, each) => each !== batch);
  const widest = Math.max(4, Math.min(rowBytes / complexBytes, Math.floor(blockBytes / (length * complexBytes))));
  return {
    steps: [from[axis], to[axis]],
    strides: batch < 0 ? [0, 0] : [strides[0][batch], strides[1][batch]],
    count: batch < 0 ? 1 : shape[batch],
    width: adjacent ? Math.min(widest, shape[batch]) : 1,
    rest: { shape: others(shape), strides: strides.map(others) },
  };
}

/** Calls `transform` with the addresses of every batch of lines. */
export function overLines({ rest }: Lines, x: number, out: number, transform: (x: number, out: number) => void): void {
  visitAxes(rest, [x, out], ([from, to]) => transform(from, to));
}
