import type { Kernel } from '../backend/kernels.ts';
import { convolutions as part } from '../backend/parts.ts';
import { bfloat16, complex128, complex64, float16, float32, float64, int64 } from '../core/dtype.ts';
import { contiguousLayout, contiguousStrides, stridedLayout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { viewOf } from '../core/strided.ts';
import { copyInto, emptyLike, fillInto } from './dispatch.ts';
import { matrixProduct } from './matmul.ts';
import { contiguous, permute, reshapeTo, sliceAxis, swapAxes } from './movement.ts';
import { add, conj } from './pointwise/arithmetic.ts';
import { sum } from './reduce.ts';
import type { ResultSpec } from './registry/op.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/**
 * Convolutions of images (n, channels, ...extents) with weights (out channels, channels of a group, ...extents), in any number of
 * dimensions. Along each of them, place k of the weight meets place o · stride − padding + k · dilation of the image for place o of the
 * result; beyond its edges an image is zero. Three ops, each linear in both operands, and gradients of one another: an image and a weight
 * give an image; that turned round; and two images give a weight.
 */

export interface ConvolutionParams {
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
  /** Extents of the result: of an image, or of a weight. */
  readonly size: readonly number[];
}

declare module '../backend/kernels.ts' {
  interface Kernels {
    convolution: Kernel<ConvolutionParams, WithBias>;
    convolutionTransposed: Kernel<ConvolutionParams, WithBias>;
    convolutionWeight: Kernel<ConvolutionParams>;
  }
}

type WithBias = readonly [image: StridedArray, weight: StridedArray, bias: StridedArray | null];
type Images = readonly [x: StridedArray, g: StridedArray];

const dtypes = [float32, float64, float16, bfloat16, complex64, complex128, int64];
const extentsOf = ({ geometry: { shape } }: StridedArray): readonly number[] => shape.slice(2);
const count = (extents: readonly number[]): number => extents.reduce((product, extent) => product * extent, 1);
const perGroup = (channels: number, { groups }: ConvolutionParams): number => channels / groups;

/** How far the windows of a result with `outer` places reach along each dimension. */
const reach = (outer: readonly number[], kernel: readonly number[], { stride, dilation }: ConvolutionParams): number[] =>
  outer.map((extent, i) => (extent - 1) * stride[i] + (kernel[i] - 1) * dilation[i] + 1);

/** A part of each dimension after the second. */
function cropped(x: StridedArray, starts: readonly number[], extents: readonly number[]): StridedArray {
  return extents.reduce((view, extent, i) => sliceAxis(view, i + 2, starts[i], extent), x);
}

/** The image from `padding` before its start on, as far as windows reach, zero beyond its edges. */
function padded(x: StridedArray, extents: readonly number[], padding: readonly number[]): StridedArray {
  const known = extentsOf(x);
  if (padding.every((each, i) => each === 0 && extents[i] <= known[i])) return x;
  const out = emptyLike(x, contiguousLayout([...x.geometry.shape.slice(0, 2), ...extents]));
  fillInto(out, 0);
  const kept = known.map((extent, i) => Math.max(Math.min(extent, extents[i] - padding[i]), 0));
  copyInto(cropped(x, padding.map(() => 0), kept), cropped(out, padding, kept));
  return out;
}

/** A view (n, groups, channels of a group, ...kernel, ...places) of the padded image. */
function windowsOf(x: StridedArray, places: readonly number[], kernel: readonly number[], params: ConvolutionParams): StridedArray {
  const { stride, padding, dilation, groups } = params;
  const image = padded(x, reach(places, kernel, params), padding);
  const { shape: [n, channels], strides, offset } = image.geometry;
  const group = channels / groups;
  const along = strides.slice(2);
  return viewOf(image, stridedLayout(
    [n, groups, group, ...kernel, ...places],
    [strides[0], group * strides[1], strides[1], ...[dilation, stride].flatMap((steps) => along.map((each, i) => each * steps[i]))],
    offset));
}

/** The weight as matrices (groups, out channels of a group, the rest). */
function weightMatrices(weight: StridedArray, { groups }: ConvolutionParams): StridedArray {
  const [out, group, ...kernel] = weight.geometry.shape;
  return reshapeTo(contiguous(weight), [groups, out / groups, group * count(kernel)]);
}

/** An image as (n, groups, channels of a group, places). */
function byGroups(x: StridedArray, { groups }: ConvolutionParams): StridedArray {
  const [n, channels, ...extents] = x.geometry.shape;
  return reshapeTo(contiguous(x), [n, groups, channels / groups, count(extents)]);
}

function withBias(out: StridedArray, bias: StridedArray | null): StridedArray {
  return bias === null ? out : add(out, reshapeTo(bias, [bias.geometry.shape[0], ...extentsOf(out).map(() => 1)]), out);
}

const ofBias = (g: StridedArray): StridedArray => sum(g, [0, ...extentsOf(g).map((_, i) => i + 2)]);

const forwardOp = structural({
  name: 'convolution', args: ['image', 'weight', 'bias'], optional: ['bias'], dtypes, part, gradName: 'ConvolutionBackward0',
  results: ([image, weight]: WithBias, { size }: ConvolutionParams): readonly ResultSpec[] =>
    [{ shape: [image.geometry.shape[0], weight.geometry.shape[0], ...size], dtype: image.dtypeCore }],
  composite: ([image, weight, bias], params) => {
    const { size, groups } = params;
    const kernel = extentsOf(weight);
    const n = image.geometry.shape[0];
    const columns = reshapeTo(
      windowsOf(image, size, kernel, params), [n, groups, weight.geometry.shape[1] * count(kernel), count(size)]);
    const product = matrixProduct(weightMatrices(weight, params), columns);
    return [withBias(reshapeTo(product, [n, weight.geometry.shape[0], ...size]), bias)];
  },
  saves: { image: ['weight'], weight: ['image', 'weight'], bias: [] },
  vjp: {
    image: (g, { weight, shapes }, params) => convolutionTransposed(g, conj(weight), null, { ...params, size: shapes[0].slice(2) }),
    weight: (g, { image, weight }, params) => convolutionWeight(conj(image), g, { ...params, size: extentsOf(weight) }),
    bias: (g) => ofBias(g),
  },
});

const transposedOp = structural({
  name: 'convolutionTransposed', args: ['image', 'weight', 'bias'], optional: ['bias'], dtypes, part, gradName: 'ConvolutionBackward0',
  results: ([image, weight]: WithBias, { size, groups }: ConvolutionParams): readonly ResultSpec[] =>
    [{ shape: [image.geometry.shape[0], weight.geometry.shape[1] * groups, ...size], dtype: image.dtypeCore }],
  composite: ([image, weight, bias], params) => {
    const { size, groups, stride, padding, dilation } = params;
    const kernel = extentsOf(weight);
    const places = extentsOf(image);
    const [n, group] = [image.geometry.shape[0], weight.geometry.shape[1]];
    const columns = reshapeTo(
      matrixProduct(swapAxes(weightMatrices(weight, params), 1, 2), byGroups(image, params)),
      [n, groups * group, count(kernel), ...places]);
    const extents = reach(places, kernel, params).map((each, i) => Math.max(each, size[i] + padding[i]));
    const out = emptyLike(image, contiguousLayout([n, groups * group, ...extents]));
    fillInto(out, 0);
    const steps = contiguousStrides(kernel);
    for (let place = 0; place < count(kernel); place++) {
      const starts = kernel.map((extent, i) => Math.floor(place / steps[i]) % extent * dilation[i]);
      const to = places.reduce((view, extent, i) => sliceAxis(view, i + 2, starts[i], extent, stride[i]), out);
      add(to, reshapeTo(sliceAxis(columns, 2, place, 1), to.geometry.shape), to);
    }
    return [withBias(contiguous(cropped(out, padding, size)), bias)];
  },
  saves: { image: ['weight'], weight: ['image', 'weight'], bias: [] },
  vjp: {
    image: (g, { weight, shapes }, params) => convolution(g, conj(weight), null, { ...params, size: shapes[0].slice(2) }),
    weight: (g, { image, weight }, params) => convolutionWeight(g, conj(image), { ...params, size: extentsOf(weight) }),
    bias: (g) => ofBias(g),
  },
});

const weightOp = structural({
  name: 'convolutionWeight', args: ['x', 'g'], dtypes, part, gradName: 'ConvolutionWeightBackward0',
  results: ([x, g]: Images, params: ConvolutionParams): readonly ResultSpec[] =>
    [{ shape: [g.geometry.shape[1], perGroup(x.geometry.shape[1], params), ...params.size], dtype: x.dtypeCore }],
  composite: ([x, g], params) => {
    const { size, groups } = params;
    const dimensions = size.length;
    const [n, channels, ...places] = g.geometry.shape;
    const group = perGroup(x.geometry.shape[1], params);
    // (groups, channels of a group, ...kernel, n, ...places)
    const order = [1, 2, ...size.map((_, i) => i + 3), 0, ...places.map((_, i) => i + 3 + dimensions)];
    const columns = reshapeTo(permute(windowsOf(x, places, size, params), order), [groups, group * count(size), n * count(places)]);
    const rows = reshapeTo(
      swapAxes(reshapeTo(contiguous(g), [n, channels, count(places)]), 0, 1), [groups, channels / groups, n * count(places)]);
    return [reshapeTo(matrixProduct(rows, swapAxes(columns, 1, 2)), [channels, group, ...size])];
  },
  saves: { x: ['x', 'g'], g: ['x', 'g'] },
  vjp: {
    x: (g, { x, g: image }, params) => convolutionTransposed(conj(image), g, null, { ...params, size: extentsOf(x) }),
    g: (g, { x, g: image }, params) => convolution(conj(x), g, null, { ...params, size: extentsOf(image) }),
  },
});

/** The result has `size` places, as many as there are windows or fewer. */
export function convolution<A extends StridedArray>(image: A, weight: A, bias: A | null, params: ConvolutionParams): A {
  return run(forwardOp, [image, weight, bias], params)[0];
}

/** What every place of an image adds to an image of `size` places, of which it was the result. */
export function convolutionTransposed<A extends StridedArray>(image: A, weight: A, bias: A | null, params: ConvolutionParams): A {
  return run(transposedOp, [image, weight, bias], params)[0];
}

/** The weight of `size` whose places are products of what they meet in x with what that gave in g. */
export function convolutionWeight<A extends StridedArray>(x: A, g: A, params: ConvolutionParams): A {
  return run(weightOp, [x, g], params)[0];
}
