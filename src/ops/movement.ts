import { withGradMode } from '../autograd/mode.ts';
import { checkInPlace, record } from '../autograd/tape.ts';
import { requiresGrad } from '../autograd/viewHistory.ts';
import type { Scalar } from '../core/complex.ts';
import { AxisError, RuntimeError, ValueError, notAnInteger, remappedError, shapeText } from '../core/errors.ts';
import { broadcastLayout, broadcastPair, contiguousLayout, reshapedStrides, sameShape, sizeOf, stridedLayout } from '../core/layout.ts';
import type { Layout } from '../core/layout.ts';
import { StridedArray, viewOf, writesOf } from '../core/strided.ts';
import { zerosLike } from './creation.ts';
import { copyInto, emptyLike, fillInto } from './dispatch.ts';
import { elementAt, isDeferred } from './host.ts';
import type { AxisParams } from './registry/op.ts';
import { register, structural } from './registry/op.ts';
import { reported } from './registry/listener.ts';
import { run } from './registry/run.ts';
import type { View } from './registry/view.ts';
import { view } from './registry/view.ts';
import { transfer } from './transfer.ts';

/** Ops that only show the same elements differently, and the copies that some of them need. */

export function normalizeAxis(axis: number, ndim: number): number {
  if (!Number.isInteger(axis)) throw notAnInteger(axis);
  if (axis < -ndim || axis >= ndim) throw new AxisError(`axis ${axis} is out of bounds for array of dimension ${ndim}`);
  return axis < 0 ? axis + ndim : axis;
}

/** Sorted distinct axes; all of them where none are named. */
export function normalizeAxes(axes: readonly number[] | undefined, ndim: number): number[] {
  if (axes === undefined) {
    const all: number[] = [];
    for (let axis = 0; axis < ndim; axis++) all.push(axis);
    return all;
  }
  const result = axes.map((axis) => normalizeAxis(axis, ndim)).sort((a, b) => a - b);
  if (new Set(result).size !== result.length) throw new ValueError("duplicate value in 'axis'");
  return result;
}

const cloneOp = register({ name: 'clone', differentiable: 1 });

/** A contiguous copy in fresh memory. */
export function clone<A extends StridedArray>(x: A): A {
  const [out] = reported(cloneOp.name, [x], null, () => {
    const copy = emptyLike(x, contiguousLayout(x.geometry.shape));
    copyInto(x, copy);
    return [copy] as const;
  });
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

interface ReshapeParams {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
}

const reshapeView = view<ReshapeParams>({
  name: 'view', layout: ({ offset }, { shape, strides }) => stridedLayout(shape, strides, offset),
  vjp: (g, { shape }) => reshapeTo(g, shape),
});

/** The same elements under another shape, without a copy; null where the strides do not allow it. */
export function tryView<A extends StridedArray>(x: A, shape: readonly number[], name?: string): A | null {
  const strides = reshapedStrides(x.geometry, shape);
  return strides === null ? null : reshapeView(x, { shape, strides }, name);
}

const reshapeOp = structural({
  name: 'reshape', args: ['x'], moves: true,
  results: ([x]: readonly [StridedArray], { shape }: { readonly shape: readonly number[] }) => [{ shape, dtype: x.dtypeCore }],
  composite: ([x], { shape }) => [viewOf(clone(x), contiguousLayout(shape))],
  vjp: { x: (g, { shapes: [shape] }) => reshapeTo(g, shape) },
  gradName: 'UnsafeViewBackward0',
});

/** A view where the strides allow it, else a copy. The shape must hold the same number of elements. */
export function reshapeTo<A extends StridedArray>(x: A, shape: readonly number[], name?: string): A {
  if (sameShape(x.geometry.shape, shape)) return x;
  return tryView(x, shape, name) ?? run(reshapeOp, [x], { shape })[0];
}

const permuteView = view<readonly number[]>({
  name: 'permute',
  layout: ({ shape, strides, offset }, order) =>
    stridedLayout(order.map((axis) => shape[axis]), order.map((axis) => strides[axis]), offset),
  vjp: (g, _, order) => permute(g, order.map((__, axis) => order.indexOf(axis))),
});

/** Axes in a new order; `order` is a permutation of them all. */
export function permute<A extends StridedArray>(x: A, order: readonly number[], name?: string): A {
  return permuteView(x, order, name);
}

export function swapAxes<A extends StridedArray>(x: A, a: number, b: number, name = 'TransposeBackward0'): A {
  const order = x.geometry.shape.map((_, axis) => (axis === a ? b : axis === b ? a : axis));
  return permuteView(x, order, name);
}

/** The same elements under a shape that they are repeated to; always a view of its own. */
export const broadcastView = view<readonly number[]>({
  // The tape sums every gradient to its operand's shape.
  name: 'broadcastTo', layout: broadcastLayout, vjp: (g) => g, gradName: 'ExpandBackward0',
});

/** Repeats axes of extent 1 (and new leading axes) without a copy. */
export function broadcastTo<A extends StridedArray>(x: A, shape: readonly number[], name?: string): A {
  if (sameShape(x.geometry.shape, shape)) return x;
  const common = broadcastPair(x.geometry.shape, shape);
  if (common === null || !sameShape(common, shape)) {
    throw remappedError(`${shapeText(x.geometry.shape)} and requested shape ${shapeText(shape)}`);
  }
  return broadcastView(x, shape, name);
}

const unsqueezeView = view<number>({
  name: 'unsqueeze',
  layout: ({ shape, strides, offset }, axis) => {
    const step = axis < shape.length ? shape[axis] * strides[axis] : 1;
    return stridedLayout(
      [...shape.slice(0, axis), 1, ...shape.slice(axis)], [...strides.slice(0, axis), step, ...strides.slice(axis)], offset);
  },
  vjp: (g, _, axis) => squeeze(g, [axis]),
});

/** Inserts an axis of extent 1 before `axis`. */
export function unsqueeze<A extends StridedArray>(x: A, axis: number): A {
  return unsqueezeView(x, axis);
}

const squeezeView = view<readonly number[]>({
  name: 'squeeze',
  layout: ({ shape, strides, offset }, axes) => {
    const keep = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
    return stridedLayout(keep.map((axis) => shape[axis]), keep.map((axis) => strides[axis]), offset);
  },
  vjp: (g, { shape }) => reshapeTo(g, shape),
  gradName: 'SqueezeBackward1',
});

/** Drops the named axes, which must have extent 1. */
export function squeeze<A extends StridedArray>(x: A, axes: readonly number[], name?: string): A {
  if (axes.some((axis) => x.geometry.shape[axis] !== 1)) {
    throw new ValueError('cannot select an axis to squeeze out which has size not equal to one');
  }
  return squeezeView(x, axes, name);
}

interface SliceParams extends AxisParams {
  readonly start: number;
  readonly count: number;
  readonly step: number;
}

const sliceView: View<SliceParams> = view({
  name: 'sliceAxis',
  layout: ({ shape, strides, offset }, { axis, start, count, step }) => stridedLayout(
    shape.map((extent, i) => (i === axis ? count : extent)),
    strides.map((stride, i) => (i === axis ? stride * step : stride)),
    count > 0 ? offset + start * strides[axis] : offset),
  vjp: (g, { shape }, params) => embed(g, shape, (zeros) => sliceView(zeros, params)),
  gradName: 'SliceBackward0',
});

/** Elements start, start + step, ... of one axis: `count` of them. */
export function sliceAxis<A extends StridedArray>(x: A, axis: number, start: number, count: number, step = 1, name?: string): A {
  return sliceView(x, { axis, start, count, step }, name);
}

/** Elements in reverse order along axes, without a copy. */
export function reverse<A extends StridedArray>(x: A, axes: readonly number[]): A {
  return axes.reduce((view, axis) => {
    const extent = x.geometry.shape[axis];
    return sliceAxis(view, axis, extent - 1, extent, -1, 'FlipBackward0');
  }, x);
}

interface EmbedParams {
  readonly shape: readonly number[];
  readonly view: (zeros: StridedArray) => StridedArray;
}

const embedOp = structural({
  name: 'embed', args: ['g'], moves: true,
  results: ([g]: readonly [StridedArray], { shape }: EmbedParams) => [{ shape, dtype: g.dtypeCore }],
  composite: ([g], { shape, view: place }) => {
    const out = emptyLike(g, contiguousLayout(shape));
    fillInto(out, 0);
    copyInto(g, place(out));
    return [out];
  },
  vjp: { g: (gg, _, { view: place }) => place(gg) },
});

/** Zeros of `shape` with `g` written into a view of them: the gradient of every view that leaves elements out. */
export function embed<A extends StridedArray>(g: A, shape: readonly number[], place: (zeros: A) => A): A {
  return run(embedOp, [g], { shape, view: place as unknown as EmbedParams['view'] })[0];
}

/** Where each shape starts along an axis when they are joined, and where the last one ends. */
function startsOf(shapes: readonly (readonly number[])[], axis: number): number[] {
  const starts = [0];
  for (const shape of shapes) starts.push(starts[starts.length - 1] + shape[axis]);
  return starts;
}

const joinedShape = (arrays: readonly StridedArray[], axis: number): number[] => {
  const extent = startsOf(arrays.map(({ geometry }) => geometry.shape), axis)[arrays.length];
  return arrays[0].geometry.shape.map((each, i) => (i === axis ? extent : each));
};

const concatenateOp = structural({
  name: 'concatenate', args: ['arrays'], moves: true,
  results: (arrays: readonly StridedArray[], { axis }: AxisParams) =>
    [{ shape: joinedShape(arrays, axis), dtype: arrays[0].dtypeCore }],
  composite: (arrays, { axis }) => {
    const out = emptyLike(arrays[0], contiguousLayout(joinedShape(arrays, axis)));
    const { strides } = out.geometry;
    const starts = startsOf(arrays.map(({ geometry }) => geometry.shape), axis);
    arrays.forEach((array, i) => {
      copyInto(array, viewOf(out, stridedLayout(array.geometry.shape, strides, starts[i] * strides[axis])));
    });
    return [out];
  },
  vjp: ([g], { shapes }, { axis }, wanted) => {
    const starts = startsOf(shapes, axis);
    return shapes.map((shape, i) => (wanted[i] ? sliceAxis(g!, axis, starts[i], shape[axis]) : null));
  },
  gradName: 'CatBackward0',
});

/** Joins arrays of one dtype along an existing axis. */
export function concatenate<A extends StridedArray>(arrays: readonly A[], axis: number, name?: string): A {
  if (arrays.length === 0) throw new ValueError('need at least one array to concatenate');
  return run(concatenateOp, arrays, { axis }, name)[0];
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

register({ name: 'copyFrom', differentiable: 1 });
register({ name: 'fillWith', differentiable: 1 });

/**
 * Overwrites `target` with an array, converted and broadcast to it and from whatever device, as a recorded in-place op. Both are
 * checked by the caller.
 */
export function copyFrom<A extends StridedArray>(target: A, given: A): A {
  const source = transfer(given, target.storage.device);
  checkInPlace(target, [source]);
  const from = target.storage === source.storage ? detach(clone(source)) : source;
  reported('copyFrom', [target, from], null, () => {
    copyInto(from, target);
    return [target];
  });
  writesOf(target).version++;
  return record(target, 'CopyBackwards', [target, source], [(g) => zerosLike(g), (g) => g]);
}

/** Overwrites every element with one value, or that of an array without axes, as a recorded in-place op. */
export function fillWith<A extends StridedArray>(target: A, value: Scalar | A, name = 'FillBackward0'): A {
  checkInPlace(target);
  const { device } = target.storage;
  // One that wants a gradient, or that cannot be read at once, is copied where it lies.
  if (value instanceof StridedArray && (requiresGrad(value) || (value.storage.device === device && isDeferred(value)))) {
    withGradMode(false, () => copyFrom(target, value));
  } else {
    const element = value instanceof StridedArray ? elementAt(value, value.geometry.offset) : value;
    reported('fillWith', [target], element, () => {
      fillInto(target, element);
      return [target];
    });
    writesOf(target).version++;
  }
  const operands = value instanceof StridedArray ? [target, value] : [target];
  return record(target, name, operands, [(g) => zerosLike(g), (g) => g]);
}
