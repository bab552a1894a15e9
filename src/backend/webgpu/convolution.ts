import { float32, isHalf } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import type { KernelSource } from './assemble.ts';
import type { Gpu } from './gpu.ts';
import { sum } from './kernels/reductions.ts';
import { withTemporaries } from './temporaries.ts';
import { fits, windowOf } from './windows.ts';

/** Convolutions as products that read images and weights where they lie: gpu/convolution.wgsl. */

interface Windows {
  readonly stride: readonly number[];
  readonly padding: readonly number[];
  readonly dilation: readonly number[];
  readonly groups: number;
}

/** Which of the three ops. */
export type Direction = 'forward' | 'transposed' | 'weight';

/** What is particular to a call. Arrays are contiguous; a is the weight, or the gradient where the weight is the result. */
export interface Call extends Windows {
  readonly direction: Direction;
  readonly a: StridedArray;
  readonly b: StridedArray;
  readonly bias: StridedArray | null;
  readonly out: StridedArray;
  /** Extents of a window, and how many there are along each dimension. */
  readonly kernel: readonly number[];
  readonly places: readonly number[];
}

const side = 64;
/** A depth beyond this is split where there are few tiles. */
const longestPart = 1024;
const wantedGroups = 256;

/** The driver's parameters by name: 9 and on. */
const names = [
  'startA', 'startB', 'startOut', 'startBias', 'channelsA', 'channelsB', 'channelsOut', 'kernelSize', 'placesSize',
  ...['kernel', 'places', 'image', 'stride', 'padding', 'dilation'].flatMap((name) => [0, 1, 2].map((axis) => `${name}${axis}`)),
] as const;
const dimension = (prefix: string, start: string): string => [0, 1, 2].map((axis) => `${start}${prefix}${axis}`).join(', ');
const triple = (prefix: string): string => `vec3i(${dimension(prefix, '')})`;

/** A place among extents, the last one varying fastest; where a window's place lies in an image; and what is there. */
const shared = `fn split(index: u32, extents: vec3i) -> vec3i {
  let i = i32(index);
  let line = i / extents.z;
  return vec3i(line / extents.y, line % extents.y, i % extents.z);
}
fn far(index: u32) -> vec3i { return split(index % kernelSize, ${triple('kernel')}) * ${triple('dilation')} - ${triple('padding')}; }
fn met(window: u32, place: u32) -> vec3i { return split(window % placesSize, ${triple('places')}) * ${triple('stride')} + far(place); }
fn seen(plane: u32, at: vec3i, extents: vec3i) -> f32 {
  if (any(at < vec3i(0)) || any(at >= extents)) { return 0.0; }
  return b[startB + u32(((i32(plane) * extents.x + at.x) * extents.y + at.y) * extents.z + at.z)];
}`;

/** How each direction finds its factors: rows, depth and columns are what gpu/convolution.wgsl multiplies. */
const factors: Readonly<Record<Direction, string>> = {
  forward: `fn factorA(row: u32, depth: u32) -> f32 { return a[startA + (group * rows() + row) * depthOf() + depth]; }
fn factorB(depth: u32, column: u32) -> f32 {
  let plane = column / placesSize * channelsB + group * (depthOf() / kernelSize) + depth / kernelSize;
  return seen(plane, met(column, depth), ${triple('image')});
}
fn resultPlace(row: u32, column: u32) -> u32 {
  return startOut + (column / placesSize * channelsOut + group * rows() + row) * placesSize + column % placesSize;
}`,
  transposed: `fn factorA(row: u32, depth: u32) -> f32 {
  let channel = group * (depthOf() / kernelSize) + depth / kernelSize;
  return a[startA + (channel * rows() + row) * kernelSize + depth % kernelSize];
}
fn factorB(depth: u32, column: u32) -> f32 {
  let away = split(column % imageSize(), ${triple('image')}) - far(depth);
  let at = away / ${triple('stride')};
  if (any(away < vec3i(0)) || any(at * ${triple('stride')} != away)) { return 0.0; }
  return seen(column / imageSize() * channelsB + group * (depthOf() / kernelSize) + depth / kernelSize, at, ${triple('places')});
}
fn resultPlace(row: u32, column: u32) -> u32 {
  return startOut + (column / imageSize() * channelsOut + group * rows() + row) * imageSize() + column % imageSize();
}`,
  weight: `fn factorA(row: u32, depth: u32) -> f32 {
  return a[startA + (depth / placesSize * channelsA + group * rows() + row) * placesSize + depth % placesSize];
}
fn factorB(depth: u32, column: u32) -> f32 {
  let plane = depth / placesSize * channelsB + group * (columns() / kernelSize) + column / kernelSize;
  return seen(plane, met(depth, column), ${triple('image')});
}
fn resultPlace(row: u32, column: u32) -> u32 { return startOut + (group * rows() + row) * columns() + column; }`,
};

function source(direction: Direction, hasBias: boolean): KernelSource {
  // Functions that read parameters under their names: those of each dimension are signed.
  const reading = (text: string): string => names.reduce((found, name, i) =>
    found.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), /\d$/.test(name) ? `param(${9 + i}u)` : `u32(param(${9 + i}u))`), text);
  return {
    buffers: [
      { name: 'a', access: 'read', type: 'f32' }, { name: 'b', access: 'read', type: 'f32' },
      ...(hasBias ? [{ name: 'bias', access: 'read', type: 'f32' } as const] : []), { name: 'result', access: 'write', type: 'f32' },
    ],
    skeletons: ['convolution'],
    code: reading(`fn rows() -> u32 { return u32(param(1u)); }
fn columns() -> u32 { return u32(param(2u)); }
fn depthOf() -> u32 { return u32(param(3u)); }
fn imageSize() -> u32 { return u32(image0 * image1 * image2); }
${shared}
${factors[direction]}
fn addend(row: u32) -> f32 { return ${hasBias ? 'bias[startBias + group * rows() + row]' : '0.0'}; }`),
  };
}

/** Three extents, of which the first ones that are not there are 1. */
const three = (values: readonly number[], missing: number): readonly number[] =>
  [...Array.from({ length: 3 - values.length }, () => missing), ...values];
const product = (extents: readonly number[]): number => extents.reduce((total, extent) => total * extent, 1);

function compute(gpu: Gpu, call: Call): void {
  const { direction, a, b, bias, out, kernel, places, groups } = call;
  const [outShape, shapeB] = [out.geometry.shape, b.geometry.shape];
  const image = (direction === 'transposed' ? outShape : shapeB).slice(2);
  const batch = shapeB[0];
  const channels = direction === 'weight' ? outShape[0] : outShape[1];
  const rows = channels / groups;
  const [depth, columns] = direction === 'weight'
    ? [batch * product(places), outShape[1] * product(kernel)]
    : [shapeB[1] / groups * product(kernel), batch * product(outShape.slice(2))];
  const [tileRows, tileColumns] = [Math.ceil(rows / side), Math.ceil(columns / side)];
  const tiles = tileRows * tileColumns * groups;
  // Sums of parts are added up by an op of its own, which has no bias.
  const parts = bias !== null || depth <= longestPart ? 1
    : Math.min(Math.ceil(depth / longestPart), Math.ceil(wantedGroups / tiles));
  const partDepth = Math.ceil(depth / parts / 8) * 8;
  withTemporaries(gpu, (temporaries) => {
    const target = parts === 1 ? out : temporaries.make([parts, ...outShape], float32);
    const arrays = bias === null ? [a, b, target] : [a, b, bias, target];
    const windows = arrays.map((array) => windowOf(gpu, array));
    const starts = arrays.map(({ geometry }, i) => geometry.offset - windows[i].start);
    const key = `convolution ${direction}${bias === null ? '' : ' bias'}`;
    gpu.dispatch(gpu.kernel(key, () => source(direction, bias !== null)), windows.map(({ binding }) => binding), [
      tiles * parts, rows, columns, depth, tileRows, tileColumns, groups, partDepth, out.geometry.size,
      starts[0], starts[1], starts[starts.length - 1], bias === null ? 0 : starts[2],
      a.geometry.shape[1], shapeB[1], outShape[1], product(kernel), product(places),
      ...three(kernel, 1), ...three(places, 1), ...three(image, 1),
      ...three(call.stride, 1), ...three(call.padding, 0), ...three(call.dilation, 1),
    ], tiles * parts);
    if (parts > 1) sum([target], { axes: [0], keepdims: false }, [out]);
  });
}

/** Whether the kernel computes these arrays. */
export function canConvolve(gpu: Gpu, arrays: readonly (StridedArray | null)[], dimensions: number): boolean {
  return dimensions <= 3 && arrays.every((array) =>
    array === null || ((array.dtypeCore === float32 || isHalf(array.dtypeCore)) && fits(gpu, array)));
}

/** Half floats are computed in float32, and what does not lie row by row is copied first. */
export function convolve(gpu: Gpu, call: Call): void {
  withTemporaries(gpu, (temporaries) => {
    const ready = (array: StridedArray): StridedArray =>
      (array.dtypeCore === float32 && array.geometry.contiguous ? array : temporaries.converted(array, float32));
    const { a, b, bias } = call;
    temporaries.writing(call.out, float32, (out) =>
      compute(gpu, { ...call, a: ready(a), b: ready(b), bias: bias === null ? null : ready(bias), out }));
  });
}
