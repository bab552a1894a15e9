import { ValueError, remappedError, shapeText, tupleText } from '../../core/errors.ts';
import { broadcastPair } from '../../core/layout.ts';
import { index as integerOf } from '../arguments/routine.ts';
import type { ndarray } from '../ndarray/ndarray.ts';

/** The axes along which several arrays are gone through. */

/** For each axis of the iteration the axis of one operand, -1 for none. */
export type OperandAxes = readonly number[];

/** One axis of the iteration, from the slowest to the fastest. */
export interface IterAxes {
  /** Which axis of the operands together it is; of several that were put together the fastest. */
  readonly axis: number;
  readonly extent: number;
  /** Whether it is gone through backwards, which is forwards in memory. */
  readonly flipped: boolean;
  /** By operand, in elements, as it is gone through. */
  readonly strides: readonly number[];
}

type Given = readonly (ndarray | null)[];

const listOf = (value: unknown, what: string): readonly unknown[] => {
  if (Array.isArray(value)) return value;
  throw new ValueError(`${what} must be a tuple/list`);
};

/** An axis of `op_axes[i][k]` that operand i has not. */
const notAnAxis = (i: number, k: number, axis: number, { ndim }: ndarray): ValueError =>
  new ValueError(`Iterator input op_axes[${i}][${k}] (==${axis}) is not a valid axis of op[${i}], which has ${ndim} dimensions `);

export function axesOfOperands(given: Given, op_axes: unknown, itershape: unknown): OperandAxes[] {
  if (op_axes === undefined || op_axes === null) {
    const asked = itershape === undefined || itershape === null ? 0 : listOf(itershape, 'itershape').length;
    const ndim = Math.max(asked, ...given.map((each) => each?.ndim ?? 0));
    return given.map((each) => Array.from({ length: ndim }, (_, axis) =>
      (each === null ? axis : Math.max(axis - ndim + each.ndim, -1))));
  }
  const lists = listOf(op_axes, 'op_axes');
  if (lists.length !== given.length) throw new ValueError('op_axes must be a tuple/list matching the number of ops');
  const first = lists.find((each) => each !== null && each !== undefined);
  const ndim = first === undefined ? Math.max(...given.map((each) => each?.ndim ?? 0)) : listOf(first, 'each element of op_axes').length;
  return lists.map((list, i) => {
    const array = given[i];
    if (list === null || list === undefined) {
      return Array.from({ length: ndim }, (_, axis) => (array === null ? axis : Math.max(axis - ndim + array.ndim, -1)));
    }
    const axes = listOf(list, 'each element of op_axes').map((each) => (each === null ? -1 : integerOf(each)));
    if (axes.length !== ndim) throw new ValueError('Each entry of op_axes must have the same size');
    axes.forEach((axis, k) => {
      if (axis >= 0 && axes.indexOf(axis) !== k) {
        throw new ValueError(`The 'op_axes' provided to the iterator constructor for operand ${i} contained duplicate value ${axis}`);
      }
      if (array !== null && axis >= array.ndim) {
        throw notAnAxis(i, k, axis, array);
      }
    });
    return axes;
  });
}

/** The shape of all operands together. */
export function broadcastAxes(given: Given, mapping: readonly OperandAxes[], itershape: unknown): readonly number[] {
  const ndim = mapping[0].length;
  const asked = itershape === undefined || itershape === null ? null : listOf(itershape, 'itershape').map(integerOf);
  if (asked !== null && asked.length !== ndim) throw new ValueError("'op_axes' and 'itershape' must have the same number of entries");
  let shape: readonly number[] = (asked ?? []).map((extent) => (extent < 0 ? 1 : extent));
  if (asked === null) shape = new Array<number>(ndim).fill(1);
  const fixed = asked?.map((extent) => extent >= 0);
  given.forEach((each, i) => {
    if (each === null) return;
    const own = mapping[i].map((axis) => (axis < 0 ? 1 : each.shape[axis]));
    const both = broadcastPair(shape, own);
    const known = shape;
    if (both === null || both.some((extent, axis) => fixed?.[axis] && extent !== known[axis])) throw shapesError(given, mapping, asked);
    shape = both;
  });
  return shape;
}

function shapesError(given: Given, mapping: readonly OperandAxes[], asked: readonly number[] | null): ValueError {
  const arrays = given.filter((each) => each !== null);
  const plain = given.every((each, i) => each === null
    || mapping[i].every((axis, k) => axis === Math.max(k - mapping[i].length + each.ndim, -1)));
  if (plain && asked === null) {
    return new ValueError(`operands could not be broadcast together with shapes ${arrays.map((each) => shapeText(each.shape)).join(' ')} `);
  }
  const texts = given.flatMap((each, i) => (each === null ? []
    : [`${shapeText(each.shape)}->${shapeText(mapping[i].map((axis) => (axis < 0 ? 1 : each.shape[axis])))}`]));
  return remappedError(`${texts.join(' ')} ${asked === null ? '' : ` and requested shape ${tupleText(asked).replaceAll(' ', '')}`}`);
}

/** Elements from one step to the next along each axis of the iteration; 0 where an operand has none, or one that is repeated. */
export function stridesAlong(x: ndarray, mapping: OperandAxes, shape: readonly number[]): number[] {
  const { strides, shape: own } = x.geometry;
  return mapping.map((axis, k) => (axis < 0 || shape[k] === 1 || own[axis] === 1 ? 0 : strides[axis]));
}

/** The axes from the slowest to the fastest, and whether that was asked for. */
export function inMemoryOrder(
  given: Given, mapping: readonly OperandAxes[], shape: readonly number[], order: string,
): { readonly ordered: number[]; readonly forced: boolean } {
  const axes = [...shape.keys()];
  const arrays = given.flatMap((each, i) => (each === null ? [] : [{ each, axes: mapping[i] }]));
  if (order === 'C') return { ordered: axes, forced: true };
  if (order === 'F') return { ordered: axes.reverse(), forced: true };
  if (order === 'A') {
    const columns = arrays.length > 0 && arrays.every(({ each }) => each.flags.f_contiguous)
      && !arrays.every(({ each }) => each.flags.c_contiguous);
    return { ordered: columns ? axes.reverse() : axes, forced: true };
  }
  const strides = arrays.map(({ each, axes: own }) => stridesAlong(each, own, shape));
  // From the fastest on: an axis goes before those that all operands that can tell find to be slower; row-major wins where they differ.
  const sorted: number[] = [];
  for (const axis of [...axes].reverse()) {
    let place = sorted.length;
    for (let k = sorted.length - 1; k >= 0; k--) {
      let [told, before] = [false, false];
      for (const own of strides) {
        const [mine, other] = [Math.abs(own[axis]), Math.abs(own[sorted[k]])];
        if (mine === 0 || other === 0) continue;
        if (other <= mine) before = false;
        else if (!told) before = true;
        told = true;
      }
      if (!told) continue;
      if (!before) break;
      place = k;
    }
    sorted.splice(place, 0, axis);
  }
  return { ordered: sorted.reverse(), forced: false };
}

/** Axes along which no operand goes forwards, and one backwards, the other way round; and where the operands start then. */
export function flipped(axes: readonly IterAxes[], starts: readonly number[]): [axes: IterAxes[], starts: number[]] {
  const first = [...starts];
  const turned = axes.map((each): IterAxes => {
    const { strides, extent } = each;
    if (!strides.some((stride) => stride < 0) || strides.some((stride) => stride > 0)) return each;
    strides.forEach((stride, i) => {
      first[i] += stride * (extent - 1);
    });
    return { ...each, flipped: true, strides: strides.map((stride) => 0 - stride) };
  });
  return [turned, first];
}

/** Neighbouring axes that all operands, and the index where one is kept, go through as if they were one. */
export function coalesced(axes: readonly IterAxes[], indexSteps: readonly number[] | null): IterAxes[] {
  const result: IterAxes[] = [];
  const walks = ({ strides, extent, axis, flipped: turned }: IterAxes): number[] => {
    const step = extent === 1 ? 0 : indexSteps?.[axis] ?? 0;
    return [...strides, turned ? -step : step];
  };
  for (const slow of [...axes].reverse()) {
    const fast = result[0] as IterAxes | undefined;
    if (fast === undefined) {
      result.push(slow);
      continue;
    }
    const [inner, outer] = [walks(fast), walks(slow)];
    const joins = slow.extent === 1 || fast.extent === 1 || inner.every((step, i) => step * fast.extent === outer[i]);
    if (!joins) result.unshift(slow);
    else if (fast.extent === 1) result[0] = slow;
    else if (slow.extent !== 1) result[0] = { ...fast, extent: fast.extent * slow.extent };
  }
  return result;
}
