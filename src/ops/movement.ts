import { checkInPlace, record, recordView } from '../autograd/tape.ts';
import { backendOf } from '../backend/select.ts';
import type { Scalar } from '../core/complex.ts';
import { AxisError, RuntimeError, ValueError, pythonTypeName, shapeText } from '../core/errors.ts';
import {
  broadcastLayout, broadcastPair, contiguousLayout, reshapedStrides, sameShape, sizeOf, stridedLayout,
} from '../core/layout.ts';
import type { Layout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { viewOf } from '../core/strided.ts';
import { emptyLike } from './dispatch.ts';
import { transfer } from './transfer.ts';

/** Ops that only show the same elements differently, and the copies that some of them need. */

export function normalizeAxis(axis: number, ndim: number): number {
  if (!Number.isInteger(axis)) throw new TypeError(`'${pythonTypeName(axis)}' object cannot be interpreted as an integer`);
  if (axis < -ndim || axis >= ndim) throw new AxisError(`axis ${axis} is out of bounds for array of dimension ${ndim}`);
  return axis < 0 ? axis + ndim : axis;
}

/** Sorted distinct axes; all of them where none are named. */
export function normalizeAxes(axes: readonly number[] | undefined, ndim: number): number[] {
  if (axes === undefined) return Array.from({ length: ndim }, (_, axis) => axis);
  const result = axes.map((axis) => normalizeAxis(axis, ndim)).sort((a, b) => a - b);
  if (new Set(result).size !== result.length) throw new ValueError("duplicate value in 'axis'");
  return result;
}

/** A contiguous copy in fresh memory. */
export function clone<A extends StridedArray>(x: A): A {
  const out = emptyLike(x, contiguousLayout(x.geometry.shape));
  backendOf(x.storage.device).cast(x, out);
  return record(out, 'CloneBackward0', [x], [(g) => g]);
}

/** The array itself where it is contiguous, else a contiguous copy. */
export function contiguous<A extends StridedArray>(x: A): A {
  return x.geometry.contiguous ? x : clone(x);
}

/** Fills in the one -1 of a new shape and checks that it holds the same number of elements. */
export function inferShape(shape: readonly number[], size: number, refuse: (shape: readonly number[]) => Error): readonly number[] {
  const unknown = shape.indexOf(-1);
  if (unknown >= 0) {
    if (shape.indexOf(-1, unknown + 1) >= 0) throw new ValueError('can only specify one unknown dimension');
    const known = sizeOf(shape.filter((extent) => extent !== -1));
    if (known === 0 || size % known !== 0 || shape.some((extent) => extent < -1)) throw refuse(shape);
    return shape.map((extent) => (extent === -1 ? size / known : extent));
  }
  if (shape.some((extent) => extent < 0 || !Number.isInteger(extent)) || sizeOf(shape) !== size) throw refuse(shape);
  return shape;
}

/** The same elements under another shape, without a copy; null where the strides do not allow it. */
export function tryView<A extends StridedArray>(x: A, shape: readonly number[], name = 'ViewBackward0'): A | null {
  const strides = reshapedStrides(x.geometry, shape);
  if (strides === null) return null;
  const original = x.geometry.shape;
  return recordView(viewOf(x, stridedLayout(shape, strides, x.geometry.offset)), name, x, (g) => reshapeTo(g, original));
}

/** A view where the strides allow it, else a copy. The shape must hold the same number of elements. */
export function reshapeTo<A extends StridedArray>(x: A, shape: readonly number[], name = 'ViewBackward0'): A {
  if (sameShape(x.geometry.shape, shape)) return x;
  const view = tryView(x, shape, name);
  if (view !== null) return view;
  const original = x.geometry.shape;
  const copy = emptyLike(x, contiguousLayout(x.geometry.shape));
  backendOf(x.storage.device).cast(x, copy);
  const out = viewOf(copy, contiguousLayout(shape));
  return record(out, 'UnsafeViewBackward0', [x], [(g) => reshapeTo(g, original)]);
}

/** Axes in a new order; `order` is a permutation of them all. */
export function permute<A extends StridedArray>(x: A, order: readonly number[], name = 'PermuteBackward0'): A {
  const { shape, strides, offset } = x.geometry;
  const inverse = new Array<number>(order.length);
  order.forEach((axis, i) => {
    inverse[axis] = i;
  });
  const layout = stridedLayout(order.map((axis) => shape[axis]), order.map((axis) => strides[axis]), offset);
  return recordView(viewOf(x, layout), name, x, (g) => permute(g, inverse));
}

export function swapAxes<A extends StridedArray>(x: A, a: number, b: number, name = 'TransposeBackward0'): A {
  const order = x.geometry.shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis));
  return permute(x, order, name);
}

/** Repeats axes of extent 1 (and new leading axes) without a copy. */
export function broadcastTo<A extends StridedArray>(x: A, shape: readonly number[], name = 'ExpandBackward0'): A {
  if (sameShape(x.geometry.shape, shape)) return x;
  const common = broadcastPair(x.geometry.shape, shape);
  if (common === null || !sameShape(common, shape)) {
    throw new ValueError(
      'operands could not be broadcast together with remapped shapes [original->remapped]: '
      + `${shapeText(x.geometry.shape)} and requested shape ${shapeText(shape)}`);
  }
  // The tape sums every gradient to its operand's shape.
  return recordView(viewOf(x, broadcastLayout(x.geometry, shape)), name, x, (g) => g);
}

/** Inserts an axis of extent 1 before `axis`. */
export function unsqueeze<A extends StridedArray>(x: A, axis: number): A {
  const { shape, strides, offset } = x.geometry;
  const step = axis < shape.length ? shape[axis] * strides[axis] : 1;
  const layout = stridedLayout(
    [...shape.slice(0, axis), 1, ...shape.slice(axis)], [...strides.slice(0, axis), step, ...strides.slice(axis)], offset);
  return recordView(viewOf(x, layout), 'UnsqueezeBackward0', x, (g) => squeeze(g, [axis]));
}

/** Drops the named axes, which must have extent 1. */
export function squeeze<A extends StridedArray>(x: A, axes: readonly number[], name = 'SqueezeBackward1'): A {
  const { shape, strides, offset } = x.geometry;
  const keep = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  if (axes.some((axis) => shape[axis] !== 1)) {
    throw new ValueError('cannot select an axis to squeeze out which has size not equal to one');
  }
  const layout = stridedLayout(keep.map((axis) => shape[axis]), keep.map((axis) => strides[axis]), offset);
  return recordView(viewOf(x, layout), name, x, (g) => reshapeTo(g, shape));
}

/** Elements start, start + step, ... of one axis: `count` of them. */
export function sliceAxis<A extends StridedArray>(
  x: A, axis: number, start: number, count: number, step = 1, name = 'SliceBackward0',
): A {
  const { shape, strides, offset } = x.geometry;
  const layout = stridedLayout(
    shape.map((extent, i) => (i === axis ? count : extent)),
    strides.map((stride, i) => (i === axis ? stride * step : stride)),
    count > 0 ? offset + start * strides[axis] : offset);
  return recordView(viewOf(x, layout), name, x, (g) => embed(g, shape, (zeros) => sliceAxis(zeros, axis, start, count, step)));
}

/** Zeros of `shape` with `g` written into a view of them: the gradient of every view that leaves elements out. */
export function embed<A extends StridedArray>(g: A, shape: readonly number[], view: (zeros: A) => A): A {
  const out = emptyLike(g, contiguousLayout(shape));
  const backend = backendOf(g.storage.device);
  backend.fill(out, 0);
  const place = view(out);
  backend.cast(g, place);
  return record(out, 'EmbedBackward0', [g], [(gg) => view(gg as A)]);
}

/** Joins arrays of one dtype along an existing axis. */
export function concatenate<A extends StridedArray>(arrays: readonly A[], axis: number, name = 'CatBackward0'): A {
  if (arrays.length === 0) throw new ValueError('need at least one array to concatenate');
  const [first] = arrays;
  const starts: number[] = [];
  let extent = 0;
  for (const array of arrays) {
    starts.push(extent);
    extent += array.geometry.shape[axis];
  }
  const out = emptyLike(first, contiguousLayout(first.geometry.shape.map((each, i) => (i === axis ? extent : each))));
  const backend = backendOf(first.storage.device);
  const { strides } = out.geometry;
  arrays.forEach((array, i) => {
    backend.cast(array, viewOf(out, stridedLayout(array.geometry.shape, strides, starts[i] * strides[axis])));
  });
  return record(out, name, arrays,
    arrays.map((array, i) => (g: StridedArray) => sliceAxis(g, axis, starts[i], array.geometry.shape[axis])));
}

/** Any layout over the same storage, checked against its bounds. It cannot be differentiated. */
export function asStrided<A extends StridedArray>(x: A, layout: Layout): A {
  if (x.state?.requiresGrad) throw new RuntimeError('as_strided of a tensor that requires grad is not supported: use slices and permute');
  return viewOf(x, layout);
}

/** A view that the tape does not know of. */
export function detach<A extends StridedArray>(x: A): A {
  return viewOf(x, x.geometry);
}

/**
 * Overwrites `target` with an array, converted and broadcast to it and from whatever device, as a recorded in-place op. Both are
 * checked by the caller.
 */
export function copyFrom<A extends StridedArray>(target: A, given: A): A {
  const source = transfer(given, target.storage.device);
  checkInPlace(target, [source]);
  const from = target.storage === source.storage ? detach(clone(source)) : source;
  backendOf(target.storage.device).cast(from, target);
  target.storage.version++;
  return record(target, 'CopyBackwards', [target, source], [(g) => zerosOf(g), (g) => g]);
}

function zerosOf<A extends StridedArray>(like: A): A {
  const out = emptyLike(like, contiguousLayout(like.geometry.shape));
  backendOf(like.storage.device).fill(out, 0);
  return out;
}

/** Overwrites every element with one value, as a recorded in-place op. */
export function fillWith<A extends StridedArray>(target: A, value: Scalar, name = 'FillBackward0'): A {
  checkInPlace(target);
  backendOf(target.storage.device).fill(target, value);
  target.storage.version++;
  return record(target, name, [target], [(g) => zerosOf(g)]);
}
