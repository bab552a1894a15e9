import type { DType } from '../../core/dtype.ts';
import { complex64, float32 } from '../../core/dtype.ts';
import { contiguousLayout, stridedLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import { rootsOf, stageSource, usualRadix } from './fourierStage.ts';
import type { Gpu } from './gpu.ts';
import { cast, fill } from './move.ts';
import type { MapProgram } from './pointwise.ts';
import { runMap } from './pointwise.ts';
import { withTemporaries } from './temporaries.ts';
import { upload } from './transfer.ts';
import { fits, windowOf } from './windows.ts';

/** Fourier transforms, stage by stage: gpu/fourier.wgsl. */

/** The direction, and what sums are multiplied by. */
interface Manner {
  readonly forward: boolean;
  readonly scale: number;
}

/** With a larger prime factor a transform is rather a convolution (Bluestein). */
const largestRadix = 127;

/** The radices of a length, one after the other; null where a prime factor is too large. */
function radicesOf(length: number): number[] | null {
  const radices: number[] = [];
  for (let rest = length; rest > 1;) {
    let radix = Math.min(usualRadix, rest);
    while (rest % radix > 0) radix--;
    if (radix === 1) for (radix = usualRadix + 1; radix <= largestRadix && rest % radix > 0;) radix++;
    if (radix > largestRadix) return null;
    radices.push(radix);
    rest /= radix;
  }
  return radices.length === 0 ? [1] : radices;
}

/** So many tables stay on a GPU, those that were asked for last. */
const keptTables = 16;
const tables = new WeakMap<Gpu, Map<string, StridedArray>>();

/** The table of a name, of so many numbers. */
function tableOn(gpu: Gpu, name: string, length: number, write: (table: StridedArray) => void): StridedArray {
  let known = tables.get(gpu);
  if (known === undefined) tables.set(gpu, known = new Map());
  let table = known.get(name);
  known.delete(name);
  if (table === undefined) {
    table = new StridedArray(gpu.pool.allocate(length * 8, true), complex64, contiguousLayout([length]));
    write(table);
    const [oldest] = known;
    if (known.size >= keptTables) {
      oldest[1].storage.free();
      known.delete(oldest[0]);
    }
  }
  known.set(name, table);
  return table;
}

const uploadParts = (gpu: Gpu, table: StridedArray, parts: Float32Array<ArrayBuffer>): void =>
  upload(gpu, table, new Uint8Array(parts.buffer));

/** The numbers e^(2πi·k/length). */
const rootsOn = (gpu: Gpu, length: number): StridedArray =>
  tableOn(gpu, `roots ${length}`, length, (table) => uploadParts(gpu, table, rootsOf(length)));

/** The least length of a convolution of `n` numbers with as many on both sides. */
function paddedLength(n: number): number {
  let length = 2 * n - 1;
  while (radicesOf(length)?.every((radix) => radix <= usualRadix) !== true) length++;
  return length;
}

/** Whether transforms of arrays of this shape along these axes can be computed here. */
export function canTransform(gpu: Gpu, like: StridedArray, shape: readonly number[], axes: readonly number[]): boolean {
  const { size } = contiguousLayout(shape);
  const growth = Math.max(1, ...axes.map((axis) => (radicesOf(shape[axis]) === null ? paddedLength(shape[axis]) / shape[axis] : 1)));
  return fits(gpu, like) && size * growth * 8 <= gpu.bindingLimit;
}

/** Complex transforms along axes, one after the other. */
export function transform(gpu: Gpu, x: StridedArray, axes: readonly number[], { forward, scale }: Manner, out: StridedArray): void {
  const { shape, size } = out.geometry;
  const hard = axes.findIndex((axis) => radicesOf(shape[axis]) === null);
  if (hard >= 0) {
    // By itself, after those before it and before those that follow.
    withTemporaries(gpu, (temporaries) => {
      const parts = [axes.slice(0, hard), axes.slice(hard + 1)];
      let from = x;
      const step = (last: boolean, compute: (manner: Manner, to: StridedArray) => void): void => {
        const to = last ? out : temporaries.make(shape, complex64);
        compute({ forward, scale: last ? scale : 1 }, to);
        from = to;
      };
      if (parts[0].length > 0) step(false, (manner, to) => transform(gpu, from, parts[0], manner, to));
      step(parts[1].length === 0, (manner, to) => convolve(gpu, from, axes[hard], manner, to));
      if (parts[1].length > 0) step(true, (manner, to) => transform(gpu, from, parts[1], manner, to));
    });
    return;
  }
  const stages = axes.flatMap((axis) => {
    let before = 1;
    return radicesOf(shape[axis])!.map((radix) => {
      const stage = { axis, before, radix };
      before *= radix;
      return stage;
    });
  });
  const words = new Int32Array(Float32Array.of(1, scale).buffer);
  withTemporaries(gpu, (temporaries) => {
    if (!out.geometry.contiguous) {
      temporaries.apart(out, complex64, (apart) => transform(gpu, x, axes, { forward, scale }, apart));
      return;
    }
    let from = x.geometry.contiguous ? x : temporaries.converted(x, complex64);
    const between: StridedArray[] = [];
    stages.forEach(({ axis, before, radix }, i) => {
      const last = i === stages.length - 1;
      const to = last ? out : between[i % 2] ??= temporaries.make(shape, complex64);
      const length = shape[axis];
      const width = shape.slice(axis + 1).reduce((product, extent) => product * extent, 1);
      const arrays = [from, rootsOn(gpu, length), to];
      const windows = arrays.map((array) => windowOf(gpu, array));
      const [start, , goal] = arrays.map(({ geometry }, k) => geometry.offset - windows[k].start);
      const kernel = gpu.kernel(`fourier ${radix} ${forward ? 'forward' : 'inverse'}`, () => stageSource(radix, forward));
      const count = size / radix;
      gpu.dispatch(kernel, windows.map(({ binding }) => binding), [
        count, width, length, before, length / before / radix, start, goal, words[last ? 1 : 0],
      ], Math.ceil(count / 64));
      from = to;
    });
  });
}

/** So many places of an axis from a start on, which may be read backwards. */
function part({ storage, dtypeCore, geometry }: StridedArray, axis: number, start: number, extent: number, step: 1 | -1 = 1): StridedArray {
  const { shape, strides, offset } = geometry;
  return new StridedArray(storage, dtypeCore, stridedLayout(
    shape.map((each, i) => (i === axis ? extent : each)), strides.map((each, i) => (i === axis ? each * step : each)),
    offset + start * strides[axis]));
}

const conjugate: MapProgram = { key: 'conjugate', functions: () => '', call: ([z]) => `vec2f((${z}).x, -(${z}).y)` };
const turn: MapProgram = { key: 'turn', functions: () => '', call: ([z, w, scale]) => `flambeau_mul_c64(${z}, ${w}) * ${scale}` };

/** A transform along an axis as a convolution with a chirp, e^(∓πi·j²/n). */
function convolve(gpu: Gpu, x: StridedArray, axis: number, { forward, scale }: Manner, out: StridedArray): void {
  const { shape } = out.geometry;
  const n = shape[axis];
  const padded = paddedLength(n);
  const sign = forward ? -1 : 1;
  const chirp = tableOn(gpu, `chirp ${n} ${sign}`, n, (table) => {
    const roots = rootsOf(2 * n);
    uploadParts(gpu, table, Float32Array.from({ length: 2 * n }, (_, i) => {
      const j = i >> 1;
      return i % 2 === 0 ? roots[2 * (j * j % (2 * n))] : sign * roots[2 * (j * j % (2 * n)) + 1];
    }));
  });
  const along = (table: StridedArray): StridedArray => new StridedArray(table.storage, complex64, stridedLayout(
    shape.slice(axis).map((_, i) => (i === 0 ? table.geometry.size : 1)), shape.slice(axis).map((_, i) => (i === 0 ? 1 : 0)), 0));
  const numbers: readonly DType[] = [complex64, complex64, float32];
  withTemporaries(gpu, (temporaries) => {
    const filter = tableOn(gpu, `filter ${n} ${sign}`, padded, (table) => {
      const around = temporaries.make([padded], complex64);
      fill(gpu, around, 0);
      runMap(gpu, conjugate, [chirp], [], part(around, 0, 0, n));
      runMap(gpu, conjugate, [part(chirp, 0, n - 1, n - 1, -1)], [], part(around, 0, padded - n + 1, n - 1));
      transform(gpu, around, [0], { forward: true, scale: 1 / padded }, table);
    });
    const [wide, other] = [0, 1].map(() => temporaries.make(shape.map((extent, i) => (i === axis ? padded : extent)), complex64));
    fill(gpu, wide, 0);
    runMap(gpu, turn, [x, along(chirp), 1], numbers, part(wide, axis, 0, n));
    transform(gpu, wide, [axis], { forward: true, scale: 1 }, other);
    runMap(gpu, turn, [other, along(filter), 1], numbers, wide);
    transform(gpu, wide, [axis], { forward: false, scale: 1 }, other);
    runMap(gpu, turn, [part(other, axis, 0, n), along(chirp), scale], numbers, out);
  });
}

/** The spectrum of real numbers, or as much of it as `out` has places for. */
export function transformReal(gpu: Gpu, x: StridedArray, axis: number, manner: Manner, out: StridedArray): void {
  withTemporaries(gpu, (temporaries) => {
    const { shape } = x.geometry;
    const wide = temporaries.converted(x, complex64);
    const extent = out.geometry.shape[axis];
    if (extent === shape[axis]) {
      transform(gpu, wide, [axis], manner, out);
      return;
    }
    const whole = temporaries.make(shape, complex64);
    transform(gpu, wide, [axis], manner, whole);
    cast(gpu, part(whole, axis, 0, extent), out);
  });
}

/** The real numbers whose spectrum begins with x. */
export function transformToReal(gpu: Gpu, x: StridedArray, axis: number, manner: Manner, out: StridedArray): void {
  withTemporaries(gpu, (temporaries) => {
    const { shape } = out.geometry;
    const extent = x.geometry.shape[axis];
    const others = shape[axis] - extent;
    const [whole, result] = [0, 1].map(() => temporaries.make(shape, complex64));
    cast(gpu, x, part(whole, axis, 0, extent));
    if (others > 0) runMap(gpu, conjugate, [part(x, axis, others, others, -1)], [], part(whole, axis, extent, others));
    transform(gpu, whole, [axis], manner, result);
    cast(gpu, result, out);
  });
}
