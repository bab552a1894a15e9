import type { StridedArray } from '../../core/strided.ts';
import { mergeAxes } from '../axes.ts';

/**
 * How a reduction runs: `n` elements to each of `m` results in one kernel call, at every position of the outer axes.
 * Rows run along `n`, columns along `m` in the inner loop. Strides are in bytes.
 */
export interface Planes {
  readonly form: 'rows' | 'columns';
  readonly n: number;
  readonly sn: number;
  readonly m: number;
  readonly sm: number;
  readonly so: number;
  /** The outer axes, slowest first, with the strides of input and result; a stride 0 of the result marks a reduced axis. */
  readonly extents: readonly number[];
  readonly strides: readonly [readonly number[], readonly number[]];
}

/**
 * Axes from the slowest to the fastest as NumPy's iterator orders them: by the size of the stride, each axis moving past
 * those before it; an axis that repeats one element (stride 0) neither moves another nor stops it. Sums depend on this order.
 */
function axesInOrder(axes: readonly number[], strides: readonly number[]): number[] {
  const order = [...axes].reverse();
  for (let from = 1; from < order.length; from++) {
    const axis = order[from];
    let to = from;
    for (let i = from - 1; i >= 0 && strides[axis] !== 0; i--) {
      const other = Math.abs(strides[order[i]]);
      if (other === 0) continue;
      if (other <= Math.abs(strides[axis])) break;
      to = i;
    }
    order.splice(from, 1);
    order.splice(to, 0, axis);
  }
  return order.reverse();
}

/** Byte strides of the result along the input's axes: 0 along the reduced ones. */
export function resultStrides(ndim: number, axes: readonly number[], out: StridedArray): number[] {
  const strides = new Array<number>(ndim).fill(0);
  let kept = 0;
  for (let axis = 0; axis < ndim; axis++) {
    if (!axes.includes(axis)) strides[axis] = out.geometry.strides[kept++] * out.dtypeCore.itemsize;
  }
  return strides;
}

export function byteStrides({ geometry: layout, dtypeCore }: StridedArray): number[] {
  return layout.strides.map((stride) => stride * dtypeCore.itemsize);
}

interface Axis {
  readonly extent: number;
  readonly x: number;
  readonly out: number;
}

/** Takes the last axis whose stride in the result is `wanted` out of `axes`. */
function takeLast(axes: Axis[], wanted: (stride: number) => boolean): Axis {
  for (let i = axes.length - 1; i >= 0; i--) if (wanted(axes[i].out)) return axes.splice(i, 1)[0];
  return { extent: 1, x: 0, out: 0 };
}

/** Contiguous arrays that lose all their first or all their last axes are one plane. */
function contiguousPlane(input: StridedArray, axes: readonly number[], out: StridedArray): Planes | null {
  if (!input.geometry.contiguous || !out.geometry.contiguous || axes.length === 0) return null;
  const { shape, size } = input.geometry;
  const { itemsize } = input.dtypeCore;
  const m = out.geometry.size;
  const n = size / m;
  const so = out.dtypeCore.itemsize;
  if (axes[0] === shape.length - axes.length || m === 1) {
    return { form: 'rows', n, sn: itemsize, m, sm: n * itemsize, so, extents: [], strides: [[], []] };
  }
  if (axes[axes.length - 1] !== axes.length - 1) return null;
  return { form: 'columns', n, sn: m * itemsize, m, sm: itemsize, so, extents: [], strides: [[], []] };
}

/** `out` must not be empty. */
export function planPlanes(input: StridedArray, axes: readonly number[], out: StridedArray): Planes {
  const { shape, size } = input.geometry;
  if (size > 0) {
    const plane = contiguousPlane(input, axes, out);
    if (plane !== null) return plane;
  }
  const inputStrides = byteStrides(input);
  const outStrides = resultStrides(shape.length, axes, out);
  const present: number[] = [];
  for (let axis = 0; axis < shape.length; axis++) {
    // With nothing to reduce, the kept axes remain, each result the identity.
    if (shape[axis] !== 1 && (size > 0 || !axes.includes(axis))) present.push(axis);
  }
  const order = axesInOrder(present, inputStrides);
  const pick = (values: readonly number[]): number[] => order.map((axis) => values[axis]);
  const merged = mergeAxes({ shape: pick(shape), strides: [pick(inputStrides), pick(outStrides)] });
  const outer = merged.shape.map((extent, i) => ({ extent, x: merged.strides[0][i], out: merged.strides[1][i] }));
  const form = outer.length > 0 && outer[outer.length - 1].out !== 0 ? 'columns' : 'rows';
  const reduced = takeLast(outer, (stride) => stride === 0);
  const kept = takeLast(outer, (stride) => stride !== 0);
  return {
    form, n: size > 0 ? reduced.extent : 0, sn: reduced.x, m: kept.extent, sm: kept.x, so: kept.out,
    extents: outer.map(({ extent }) => extent),
    strides: [outer.map(({ x }) => x), outer.map((each) => each.out)],
  };
}
