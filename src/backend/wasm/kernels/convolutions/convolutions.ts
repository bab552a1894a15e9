import { stridedLayout } from '../../../../core/layout.ts';
import { StridedArray } from '../../../../core/strided.ts';
import type { Kernels } from '../../../kernels.ts';
import { declined } from '../../../kernels.ts';
import type { Temporaries } from '../../../temporaries.ts';
import type { Gathered } from '../../gathered.ts';
import { byteStrides, gatheredProducts, offsets } from '../../gathered.ts';
import { cast, fill } from '../../move.ts';
import { withTemporaries } from '../../temporaries.ts';

/** Convolutions as products of matrices that are gathered from where the images lie. */

type ConvolutionParams = Parameters<Kernels['convolution']>[1];

/** Places and bytes of images that are taken at once: their offsets stand in tables, and they may be copied for their edges. */
const mostPlaces = 2 ** 18;
const mostBytes = 2 ** 25;

/** Calls `body` with views of some images at a time. */
function overImages(arrays: readonly StridedArray[], body: (parts: readonly StridedArray[], isFirst: boolean) => void): void {
  const n = arrays[0].geometry.shape[0];
  const largest = Math.max(...arrays.map(({ geometry: { size } }) => size)) / n;
  // Not by division: there may be no channels.
  const places = Math.max(...arrays.map(({ geometry: { shape } }) => shape.slice(2).reduce((product, extent) => product * extent, 1)));
  const step = Math.max(1, Math.floor(Math.min(mostPlaces / places, mostBytes / (largest * arrays[0].dtypeCore.itemsize))));
  for (let from = 0; from < n; from += step) {
    const images = Math.min(step, n - from);
    body(arrays.map(({ storage, dtypeCore, geometry: { shape, strides, offset } }) => new StridedArray(
      storage, dtypeCore, stridedLayout([images, ...shape.slice(1)], strides, offset + from * strides[0]))), from === 0);
  }
}

/** A part of each dimension after the second. */
function inner({ storage, dtypeCore, geometry }: StridedArray, starts: readonly number[], extents: readonly number[]): StridedArray {
  const { shape, strides, offset } = geometry;
  return new StridedArray(storage, dtypeCore, stridedLayout(
    [...shape.slice(0, 2), ...extents], strides, starts.reduce((sum, start, i) => sum + start * strides[i + 2], offset)));
}

/** The image with `before` zeros in front of it along each dimension, and as many behind as `extents` ask for. */
function padded(x: StridedArray, before: readonly number[], extents: readonly number[], temporaries: Temporaries): StridedArray {
  const known = x.geometry.shape.slice(2);
  if (before.every((each, i) => each === 0 && extents[i] <= known[i])) return x;
  const out = temporaries.make([...x.geometry.shape.slice(0, 2), ...extents], x.dtypeCore);
  fill(out, 0);
  const kept = known.map((extent, i) => Math.max(Math.min(extent, extents[i] - before[i]), 0));
  cast(inner(x, before.map(() => 0), kept), inner(out, before, kept));
  return out;
}

const reach = (places: readonly number[], kernel: readonly number[], { stride, dilation }: ConvolutionParams): number[] =>
  places.map((extent, i) => (extent - 1) * stride[i] + (kernel[i] - 1) * dilation[i] + 1);

const times = (steps: readonly number[], factors: readonly number[]): number[] => steps.map((step, i) => step * factors[i]);

const isReal = ({ dtypeCore: { kind } }: StridedArray): boolean => kind === 'float';

export const convolution: Kernels['convolution'] = ([image, weight, bias], params, [out]) => {
  if (!isReal(image)) return declined;
  if (out.geometry.size === 0) return undefined;
  const { stride, padding, dilation, groups } = params;
  const [channels, group, ...kernel] = weight.geometry.shape;
  overImages([image, out], ([x, to]) => withTemporaries((temporaries) => {
    const [n, , ...places] = to.geometry.shape;
    const from = padded(x, padding, reach(places, kernel, params), temporaries);
    const [xSteps, wSteps, outSteps] = [byteStrides(from), byteStrides(weight), byteStrides(to)];
    const rows = channels / groups;
    const biasStep = bias === null ? 0 : byteStrides(bias)[0];
    gatheredProducts(to, weight, from, bias, Array.from({ length: groups }, (_, g): Gathered => ({
      a: g * rows * wSteps[0], b: g * group * xSteps[1], c: g * rows * outSteps[1], bias: g * rows * biasStep,
    })), {
      aRows: offsets([rows], [wSteps[0]]), cRows: offsets([rows], [outSteps[1]]), biasRows: offsets([rows], [biasStep]),
      aDepth: offsets([group, ...kernel], wSteps.slice(1)),
      bDepth: offsets([group, ...kernel], [xSteps[1], ...times(xSteps.slice(2), dilation)]),
      bColumns: offsets([n, ...places], [xSteps[0], ...times(xSteps.slice(2), stride)]),
      cColumns: offsets([n, ...places], [outSteps[0], ...outSteps.slice(2)]),
    }, false);
  }));
  return undefined;
};

/** Along one dimension those places of the result that are `phase` beyond a multiple of the stride, and what they are made of. */
interface Phase {
  readonly start: number;
  readonly places: number;
  /** Places of the weight, and how far from the result's place, counted in strides, the image's place is that each of them meets. */
  readonly kernel: readonly number[];
  readonly shifts: readonly number[];
}

function phasesOf(size: number, kernel: number, stride: number, padding: number, dilation: number): Phase[] {
  return Array.from({ length: Math.min(stride, size) }, (_, start) => {
    const met = Array.from({ length: kernel }, (_, k) => k).filter((k) => (start + padding - k * dilation) % stride === 0);
    return {
      start, places: Math.ceil((size - start) / stride), kernel: met, shifts: met.map((k) => (start + padding - k * dilation) / stride),
    };
  });
}

function combinations<T>(lists: readonly (readonly T[])[]): T[][] {
  return lists.reduce<T[][]>((found, list) => found.flatMap((each) => list.map((item) => [...each, item])), [[]]);
}

/** Sums of one entry of each list, the last one varying fastest. */
const sumsOf = (lists: readonly (readonly number[])[]): Int32Array =>
  Int32Array.from(combinations(lists), (each) => each.reduce((sum, value) => sum + value, 0));

export const convolutionTransposed: Kernels['convolutionTransposed'] = ([image, weight, bias], params, [out]) => {
  if (!isReal(image)) return declined;
  if (out.geometry.size === 0) return undefined;
  const { stride, padding, dilation, groups, size } = params;
  const [channels, rows, ...kernel] = weight.geometry.shape;
  const depth = channels / groups;
  const phases = size.map((extent, i) => phasesOf(extent, kernel[i], stride[i], padding[i], dilation[i]));
  const places = image.geometry.shape.slice(2);
  const shifts = phases.map((each) => each.flatMap((phase) => phase.shifts));
  const before = shifts.map((each) => Math.max(0, ...each.map((shift) => -shift)));
  const extents = phases.map((each, i) => before[i] + Math.max(
    places[i], ...each.flatMap(({ places: count, shifts: own }) => own.map((shift) => count + shift))));
  overImages([image, out], ([x, to]) => withTemporaries((temporaries) => {
    const n = x.geometry.shape[0];
    const from = padded(x, before, extents, temporaries);
    const [xSteps, wSteps, outSteps] = [byteStrides(from), byteStrides(weight), byteStrides(to)];
    const [xAlong, wAlong, outAlong] = [xSteps, wSteps, outSteps].map((steps) => steps.slice(2));
    const origin = before.reduce((sum, each, i) => sum + each * xAlong[i], 0);
    const biasStep = bias === null ? 0 : byteStrides(bias)[0];
    const channelsOf = (step: number): number[] => Array.from({ length: depth }, (_, c) => c * step);
    for (const each of combinations(phases)) {
      const start = each.reduce((sum, phase, i) => sum + phase.start * outAlong[i], 0);
      const counts = each.map((phase) => phase.places);
      gatheredProducts(to, weight, from, bias, Array.from({ length: groups }, (_, g): Gathered => ({
        a: g * depth * wSteps[0], b: origin + g * depth * xSteps[1], c: start + g * rows * outSteps[1], bias: g * rows * biasStep,
      })), {
        aRows: offsets([rows], [wSteps[1]]), cRows: offsets([rows], [outSteps[1]]), biasRows: offsets([rows], [biasStep]),
        aDepth: sumsOf([channelsOf(wSteps[0]), ...each.map((phase, i) => phase.kernel.map((k) => k * wAlong[i]))]),
        bDepth: sumsOf([channelsOf(xSteps[1]), ...each.map((phase, i) => phase.shifts.map((shift) => shift * xAlong[i]))]),
        bColumns: offsets([n, ...counts], [xSteps[0], ...xAlong]),
        cColumns: offsets([n, ...counts], [outSteps[0], ...times(outAlong, stride)]),
      }, false);
    }
  }));
  return undefined;
};

export const convolutionWeight: Kernels['convolutionWeight'] = ([x, g], params, [out]) => {
  if (!isReal(x)) return declined;
  if (out.geometry.size === 0) return undefined;
  const { stride, padding, dilation, groups, size: kernel } = params;
  if (g.geometry.size === 0) fill(out, 0);
  else overImages([x, g], ([images, gradients], isFirst) => withTemporaries((temporaries) => {
    const [n, channels, ...places] = gradients.geometry.shape;
    const group = out.geometry.shape[1];
    const rows = channels / groups;
    const from = padded(images, padding, reach(places, kernel, params), temporaries);
    const [xSteps, gSteps, outSteps] = [byteStrides(from), byteStrides(gradients), byteStrides(out)];
    gatheredProducts(out, gradients, from, null, Array.from({ length: groups }, (_, i): Gathered => ({
      a: i * rows * gSteps[1], b: i * group * xSteps[1], c: i * rows * outSteps[0], bias: 0,
    })), {
      aRows: offsets([rows], [gSteps[1]]), cRows: offsets([rows], [outSteps[0]]), biasRows: offsets([rows], [0]),
      aDepth: offsets([n, ...places], [gSteps[0], ...gSteps.slice(2)]),
      bDepth: offsets([n, ...places], [xSteps[0], ...times(xSteps.slice(2), stride)]),
      bColumns: offsets([group, ...kernel], [xSteps[1], ...times(xSteps.slice(2), dilation)]),
      cColumns: offsets([group, ...kernel], outSteps.slice(1)),
    }, !isFirst);
  }));
  return undefined;
};
