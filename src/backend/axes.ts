import { stridedLayout } from '../core/layout.ts';
import { StridedArray } from '../core/strided.ts';

/** Axes that several arrays step through together; whether strides count bytes or elements is the caller's choice. */

export interface Axes {
  readonly shape: readonly number[];
  /** Per operand its strides along `shape`. */
  readonly strides: readonly (readonly number[])[];
}

/** The same elements in the same order with as few axes as possible; extents of 1 vanish. */
export function mergeAxes({ shape, strides }: Axes): Axes {
  const extents: number[] = [];
  const steps: number[][] = strides.map(() => []);
  shape.forEach((extent, axis) => {
    if (extent === 1) return;
    const last = extents.length - 1;
    if (last >= 0 && strides.every((each, k) => steps[k][last] === each[axis] * extent)) {
      extents[last] *= extent;
      strides.forEach((each, k) => { steps[k][last] = each[axis]; });
    } else {
      extents.push(extent);
      strides.forEach((each, k) => { steps[k].push(each[axis]); });
    }
  });
  return { shape: extents, strides: steps };
}

/** The axes reordered from the slowest to the fastest of the array numbered `main`. */
export function orderAxes({ shape, strides }: Axes, main: number): Axes {
  const order = shape.map((_, axis) => axis)
    .sort((a, b) => Math.abs(strides[main][b]) - Math.abs(strides[main][a]) || a - b);
  return { shape: order.map((axis) => shape[axis]), strides: strides.map((each) => order.map((axis) => each[axis])) };
}

type Visit = (at: readonly number[]) => void;

/** Calls `visit` with the operands' addresses at every index of `shape`, in row-major order. The array is reused. */
export function visitAxes({ shape, strides }: Axes, addresses: readonly number[], visit: Visit): void {
  const at = [...addresses];
  const ndim = shape.length;
  if (ndim === 0) {
    visit(at);
    return;
  }
  if (shape.includes(0)) return;
  const index = new Array<number>(ndim).fill(0);
  const count = at.length;
  const last = ndim - 1;
  for (;;) {
    for (let i = 0; i < shape[last]; i++) {
      visit(at);
      for (let k = 0; k < count; k++) at[k] += strides[k][last];
    }
    let axis = last;
    index[axis] = shape[axis];
    while (index[axis] === shape[axis]) {
      for (let k = 0; k < count; k++) at[k] -= strides[k][axis] * shape[axis];
      index[axis] = 0;
      if (--axis < 0) return;
      index[axis]++;
      for (let k = 0; k < count; k++) at[k] += strides[k][axis];
    }
  }
}

/** A result without the axes of extent 1 that a reduction has left in it. */
export function withoutAxes(out: StridedArray, axes: readonly number[], keepdims: boolean): StridedArray {
  if (!keepdims) return out;
  const { shape, strides, offset } = out.geometry;
  const kept = <T>(values: readonly T[]): T[] => values.filter((_, axis) => !axes.includes(axis));
  return new StridedArray(out.storage, out.dtypeCore, stridedLayout(kept(shape), kept(strides), offset));
}
