import { complex64 } from '../../core/dtype.ts';
import { contiguousLayout, stridedLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import { rootsOf, stageSource, usualRadix } from './fourierStage.ts';
import type { Gpu } from './gpu.ts';
import { cast } from './move.ts';
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

/** Beyond this a prime factor is better a convolution, which is put together from other ops. */
const largestRadix = 255;

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

/** So many tables of roots stay on a GPU, those that were asked for last. */
const keptTables = 16;
const tables = new WeakMap<Gpu, Map<number, StridedArray>>();

/** The numbers e^(2πi·k/length). */
function rootsOn(gpu: Gpu, length: number): StridedArray {
  let known = tables.get(gpu);
  if (known === undefined) tables.set(gpu, known = new Map());
  let roots = known.get(length);
  known.delete(length);
  if (roots === undefined) {
    roots = new StridedArray(gpu.pool.allocate(length * 8, true), complex64, contiguousLayout([length]));
    upload(gpu, roots, new Uint8Array(rootsOf(length).buffer));
    const [oldest] = known;
    if (known.size === keptTables) {
      oldest[1].storage.free();
      known.delete(oldest[0]);
    }
  }
  known.set(length, roots);
  return roots;
}

/** Whether a transform of such a length, of arrays of this shape, can be computed here. */
export function canTransform(gpu: Gpu, like: StridedArray, shape: readonly number[], axes: readonly number[]): boolean {
  const bytes = contiguousLayout(shape).size * 8;
  return fits(gpu, like) && bytes <= gpu.bindingLimit && axes.every((axis) => radicesOf(shape[axis]) !== null);
}

/** Complex transforms along axes, one after the other. */
export function transform(gpu: Gpu, x: StridedArray, axes: readonly number[], { forward, scale }: Manner, out: StridedArray): void {
  const { shape, size } = out.geometry;
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

const conjugate: MapProgram = { key: 'conjugate', functions: () => '', call: ([z]) => `vec2f((${z}).x, -(${z}).y)` };

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
