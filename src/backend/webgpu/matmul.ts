import type { DType } from '../../core/dtype.ts';
import { complex64, float32 } from '../../core/dtype.ts';
import { broadcastLayout, stridedLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import type { Axes } from '../axes.ts';
import { mergeAxes, orderAxes } from '../axes.ts';
import type { Temporaries } from '../temporaries.ts';
import { bytesOf, computeType, perWord, wordDtype } from './elements.ts';
import type { Pattern, Tile, VectorTile } from './gemm.ts';
import { partsSource, productSource, tileColumns, tileRows, workgroupBytes } from './gemm.ts';
import type { Binding, Gpu } from './gpu.ts';
import { cast, fill } from './move.ts';
import { largestRank, locateParameters } from './places.ts';
import type { MapProgram } from './pointwise.ts';
import { runMap } from './pointwise.ts';
import { withTemporaries } from './temporaries.ts';
import type { Walked } from './windows.ts';
import { splitLarge, windowOf } from './windows.ts';

/** Matrix products. The kernels are gpu/gemm*.wgsl; gemm.ts writes what is particular to a tile. */

/** A matrix of a or b as a kernel reads it: lines (rows of a, columns of b) of length k. */
interface Matrix {
  readonly binding: Binding;
  readonly offset: number;
  readonly line: number;
  readonly depth: number;
}

/** Products that one dispatch computes: the strides of `batch` are those of a, b and the result. */
interface Product {
  readonly dtype: DType;
  readonly m: number;
  readonly n: number;
  readonly k: number;
  readonly a: Matrix;
  readonly b: Matrix;
  readonly out: { readonly binding: Binding; readonly offset: number; readonly row: number; readonly column: number };
  readonly batch: Axes;
  /** Whether to add to what the result holds. */
  readonly accumulate: boolean;
}

/**
 * What kernels are chosen for. A processor that plays a GPU, as SwiftShader does, has few cores, and its workgroup
 * memory is as far away as any: reading twice costs it less.
 */
export type Target = 'gpu' | 'processor';

const targetOf = (gpu: Gpu): Target => (/swiftshader/i.test(gpu.name) ? 'processor' : 'gpu');

// --- which kernel ---

const panels = (rows: number, columns: number, each: number, depth: number): Tile =>
  ({ kind: 'panels', threads: [rows / each, columns / each], each: [each, each], depth });

const largePanels = panels(128, 128, 8, 8);
const mediumPanels = panels(64, 64, 8, 8);
const smallPanels = panels(32, 32, 4, 16);
const flatPanels = panels(16, 64, 4, 16);
const tallPanels = panels(64, 16, 4, 16);

const directTile: Tile = { kind: 'direct', threads: [2, 4], each: [8, 8], depth: 1 };
const smallDirectTile: Tile = { kind: 'direct', threads: [4, 4], each: [4, 4], depth: 1 };

/** Workgroups that keep a device busy. */
const wantedGroups: Readonly<Record<Target, number>> = { gpu: 512, processor: 4 };

/** Few enough vectors that reading the matrix is what takes the time. */
const mostVectors = 4;

const tilesOf = (tile: Tile, m: number, n: number): number =>
  Math.ceil(m / tileRows(tile)) * Math.ceil(n / tileColumns(tile));

/** The tile for `count` products of m by n, of depth k. */
function chooseTile(gpu: Gpu, target: Target, { m, n, k, dtype }: Product, count: number): Tile {
  // Checked arithmetic is long: few sums, so that the kernel stays short.
  const checked = computeType(dtype) === 'i64';
  const groups = (tile: Tile): number => tilesOf(tile, m, n) * count;
  if (target === 'processor') {
    if (checked) return smallDirectTile;
    return groups(directTile) >= wantedGroups[target] ? directTile : smallDirectTile;
  }
  if (checked) return smallPanels;
  // The larger the tile, the less is read; but every multiprocessor wants several workgroups.
  const room = gpu.device.limits.maxComputeWorkgroupStorageSize;
  if (m > 64 && n > 64 && groups(largePanels) >= 192 && workgroupBytes(largePanels) <= room) return largePanels;
  if (m > 32 && n > 32 && groups(mediumPanels) * Math.max(1, Math.floor(k / 256)) >= 128) return mediumPanels;
  if (m <= 16) return flatPanels;
  return n <= 16 ? tallPanels : smallPanels;
}

function chooseVectorTile(target: Target, { m, n, k }: Product, alongK: boolean): VectorTile {
  const tile = (threads: number, lanes: number): VectorTile =>
    ({ kind: 'vectors', lanes, lines: threads / lanes, vectors: n });
  if (target === 'processor') return tile(16, 1);
  if (!alongK) return tile(256, m >= 4096 ? 8 : 32);
  return tile(256, k >= 4096 && m < 1024 ? 256 : k >= 96 ? 32 : 8);
}

/**
 * How many parts k is split into, and their depth: enough that the device is busy, none so short that adding them up
 * costs more.
 */
function chooseParts(
  gpu: Gpu, target: Target, { m, n, k, dtype }: Product, groups: number, count: number, shortest: number,
): readonly [number, number] {
  const size = m * n * count;
  const most = Math.min(Math.floor(k / shortest), Math.floor(gpu.bindingLimit / (size * bytesOf(dtype))), 256);
  const wanted = Math.min(Math.floor(wantedGroups[target] / groups), most);
  if (wanted <= 1) return [1, k];
  // A multiple of what any tile takes at once.
  const depth = Math.ceil(k / wanted / 32) * 32;
  return [Math.ceil(k / depth), depth];
}

// --- one dispatch ---

const quadFits = (...numbers: readonly number[]): boolean => numbers.every((each) => each % 4 === 0);

/** How the lines of a matrix are best read. */
function patternOf(matrix: Matrix, extent: number, k: number, batch: readonly number[]): Pattern {
  const { offset, depth } = matrix;
  const line = extent === 1 ? 0 : matrix.line;
  const alongK = line !== 1 && (depth === 1 || extent === 1 || Math.abs(depth) <= Math.abs(line));
  const aligned = alongK ? depth === 1 && quadFits(k, line, offset, ...batch)
    : line === 1 && quadFits(extent, depth, offset, ...batch);
  return { alongK, aligned };
}

const patternKey = ({ alongK, aligned }: Pattern): string => `${alongK ? 'k' : 'x'}${aligned ? 4 : 1}`;

/** The transposed product: bᵀ · aᵀ. */
function transposed({ dtype, m, n, k, a, b, out, batch, accumulate }: Product): Product {
  const [first, second, last] = batch.strides;
  return {
    dtype, m: n, n: m, k, a: b, b: a, out: { ...out, row: out.column, column: out.row },
    batch: { shape: batch.shape, strides: [second, first, last] }, accumulate,
  };
}

/** Axes of the batch along which b repeats while the rows of a and the result go on become rows: one large product. */
function foldRows(product: Product): Product {
  const { batch, a, b, out } = product;
  for (let axis = batch.shape.length - 1; axis >= 0; axis--) {
    const [stepA, stepB, stepOut] = batch.strides.map((each) => each[axis]);
    const single = product.m === 1;
    if (stepB !== 0 || (!single && (stepA !== product.m * a.line || stepOut !== product.m * out.row))) continue;
    const others = <T>(each: readonly T[]): T[] => each.filter((_, i) => i !== axis);
    return foldRows({
      ...product, m: product.m * batch.shape[axis],
      a: single ? { ...a, line: stepA } : a, b, out: single ? { ...out, row: stepOut } : out,
      batch: { shape: others(batch.shape), strides: batch.strides.map(others) },
    });
  }
  return product;
}

function run(gpu: Gpu, given: Product, target: Target, temporaries: Temporaries): void {
  const folded = transposed(foldRows(transposed(foldRows(given))));
  // Vectors go to the right; else the columns of the result should be neighbours.
  const few = Math.min(folded.m, folded.n) <= mostVectors;
  const turn = few ? folded.m < folded.n : folded.out.column !== 1 && folded.out.row === 1;
  const product = turn ? transposed(folded) : folded;
  const { dtype, m, n, k, a, b, out, batch } = product;
  const count = batch.shape.reduce((total, extent) => total * extent, 1);
  const type = computeType(dtype);
  const patternA = patternOf(a, m, k, batch.strides[0]);
  let patternB = patternOf(b, n, k, batch.strides[1]);
  let tile: Tile | VectorTile;
  let rows: number;
  let shortest: number;
  if (few) {
    tile = chooseVectorTile(target, product, patternA.alongK);
    rows = tile.lines * (patternA.alongK ? 1 : 4);
    // Vectors are read by quads only beside a matrix that is.
    patternB = { alongK: true, aligned: patternA.alongK && patternB.alongK && patternB.aligned };
    shortest = tile.lanes * 32;
  } else {
    tile = chooseTile(gpu, target, product, count);
    rows = tileRows(tile);
    shortest = 16 * tile.each[0];
  }
  const tilesM = Math.ceil(m / rows);
  const tilesN = tile.kind === 'vectors' ? 1 : Math.ceil(n / tileColumns(tile));
  const [parts, depth] = chooseParts(gpu, target, product, tilesM * tilesN * count, count, shortest);
  const groups = tilesM * tilesN * count * parts;
  const scratch = parts > 1 ? temporaries.make([parts, ...batch.shape, m, n], dtype) : null;
  const result = scratch === null ? out : { binding: windowOf(gpu, scratch).binding, offset: 0, row: n, column: 1 };
  const steps = scratch === null ? batch
    : { shape: batch.shape, strides: [batch.strides[0], batch.strides[1], scratch.geometry.strides.slice(1, -2)] };
  const reads = tile.kind === 'direct' ? { alongK: true, aligned: false } : null;
  const aligned = tile.kind === 'panels' && result.column === 1
    && quadFits(n, result.row, result.offset, ...steps.strides[2]);
  const writing = { aligned, accumulate: scratch === null && product.accumulate };
  const name = tile.kind === 'vectors' ? `vectors ${tile.lines} ${tile.lanes} ${tile.vectors}`
    : `${tile.kind} ${tile.threads.join('x')} ${tile.each.join('x')} ${tile.depth}`;
  const patterns = [reads ?? patternA, reads ?? patternB] as const;
  const ending = `${aligned ? 4 : 1}${writing.accumulate ? '+' : ''}`;
  const key = `gemm ${type} ${name} ${patterns.map(patternKey).join()} ${ending}`;
  const kernel = gpu.kernel(key, () => productSource(tile, type, ...patterns, writing));
  gpu.dispatch(kernel, [a.binding, b.binding, result.binding], [
    groups, m, n, k, a.line, a.depth, b.line, b.depth, result.row, result.column, tilesM, tilesN, count, depth,
    m * n * count, ...locateParameters(steps, [a.offset, b.offset, result.offset]),
  ], groups);
  if (scratch === null) return;
  const sum = gpu.kernel(`gemm parts ${type}`, () => partsSource(type));
  const elements = { shape: [...batch.shape, m, n], strides: [[...batch.strides[2], out.row, out.column]] };
  gpu.dispatch(sum, [result.binding, out.binding], [
    m * n * count, parts, Number(product.accumulate), ...locateParameters(mergeAxes(elements), [out.offset]),
  ], Math.ceil(m * n * count / 256));
}

// --- any operands ---

/** a, b and the result, over the same batch. */
type Operands = readonly [StridedArray, StridedArray, StridedArray];

/** An array over the whole batch of the result, 0 strides where it repeats. */
function over({ storage, dtypeCore, geometry }: StridedArray, batch: readonly number[]): StridedArray {
  return new StridedArray(storage, dtypeCore, broadcastLayout(geometry, [...batch, ...geometry.shape.slice(-2)]));
}

/** The common axes of operands: those of the batch, then m, n and k. */
function walkedOf([a, b, out]: Operands): readonly Walked[] {
  const [m, n] = [out.geometry.shape.length - 2, out.geometry.shape.length - 1];
  const batch = out.geometry.shape.slice(0, -2).map((_, axis) => axis);
  return [
    { array: a, axes: [...batch, m, -1, n] },
    { array: b, axes: [...batch, -1, n, m] },
    { array: out, axes: [...batch, m, n, -1] },
  ];
}

/** Operands that fit no binding are halved until they do: along rows, columns, the batch, or k, whose halves add up. */
function multiply(gpu: Gpu, arrays: Operands, accumulate: boolean, target: Target): void {
  const walked = walkedOf(arrays);
  let adds = accumulate;
  if (splitLarge(gpu, walked, walked[0].axes.map((_, axis) => axis), ([a, b, out]) => {
    multiply(gpu, [a, b, out], adds, target);
    // Halves that have the result in common are those of k.
    adds ||= out === arrays[2];
  })) return;
  multiplyBound(gpu, arrays, accumulate, target);
}

function multiplyBound(gpu: Gpu, arrays: Operands, accumulate: boolean, target: Target): void {
  const [a, , out] = arrays;
  const windows = arrays.map((array) => windowOf(gpu, array));
  const offsets = arrays.map(({ geometry }, i) => geometry.offset - windows[i].start);
  const [[aLine, aDepth], [bDepth, bLine], [row, column]] = arrays.map(({ geometry }) => geometry.strides.slice(-2));
  const { shape } = out.geometry;
  const [m, n] = shape.slice(-2);
  const k = a.geometry.shape[a.geometry.shape.length - 1];
  const all = mergeAxes(orderAxes(
    { shape: shape.slice(0, -2), strides: arrays.map(({ geometry }) => geometry.strides.slice(0, -2)) }, 2));
  // The result's two axes are walked with the batch where parts are added up.
  const outer = Math.max(all.shape.length - (largestRank - 2), 0);
  const batch = { shape: all.shape.slice(outer), strides: all.strides.map((each) => each.slice(outer)) };
  const walk = (axis: number, starts: readonly number[]): void => {
    if (axis < outer) {
      for (let i = 0; i < all.shape[axis]; i++) {
        walk(axis + 1, starts.map((start, each) => start + i * all.strides[each][axis]));
      }
      return;
    }
    withTemporaries(gpu, (temporaries) => run(gpu, {
      dtype: out.dtypeCore, m, n, k, batch, accumulate,
      a: { binding: windows[0].binding, offset: starts[0], line: aLine, depth: aDepth },
      b: { binding: windows[1].binding, offset: starts[1], line: bLine, depth: bDepth },
      out: { binding: windows[2].binding, offset: starts[2], row, column },
    }, target, temporaries));
  };
  walk(0, offsets);
}

/** One product per element of the batch axes, any strides. Tests give another `target` to run its kernels. */
export function matmul(gpu: Gpu, a: StridedArray, b: StridedArray, out: StridedArray, target = targetOf(gpu)): void {
  const { shape, size } = out.geometry;
  if (size === 0) return;
  if (a.geometry.shape[a.geometry.shape.length - 1] === 0) {
    fill(gpu, out, 0);
    return;
  }
  const dtype = out.dtypeCore;
  if (perWord(dtype) > 1) {
    // Sums of bool are counts.
    withTemporaries(gpu, (temporaries) => {
      const [x, y] = [a, b].map((array) => temporaries.converted(array, wordDtype(dtype)));
      temporaries.apart(out, wordDtype(dtype), (product) => matmul(gpu, x, y, product, target));
    });
    return;
  }
  if (dtype === complex64) {
    multiplyComplex(gpu, a, b, out, target);
    return;
  }
  const batch = shape.slice(0, -2);
  multiply(gpu, [over(a, batch), over(b, batch), out], false, target);
}

const timesI: MapProgram = { key: 'times i', functions: () => '', call: ([z]) => `vec2f(-(${z}).y, (${z}).x)` };

/** Complex rows that follow one another as real ones of twice as many columns. */
function realRows({ storage, geometry: { shape, strides, offset } }: StridedArray): StridedArray {
  const last = shape.length - 1;
  const layout = stridedLayout(
    [...shape.slice(0, last), shape[last] * 2], [...strides.slice(0, last).map((stride) => stride * 2), 1], offset * 2);
  return new StridedArray(storage, float32, layout);
}

/** One real product: a row of numbers, part by part, times a matrix that has each row of b followed by i times that. */
function multiplyComplex(gpu: Gpu, a: StridedArray, b: StridedArray, out: StridedArray, target: Target): void {
  const isRun = ({ geometry: { strides } }: StridedArray): boolean => strides.at(-1) === 1;
  withTemporaries(gpu, (temporaries) => {
    if (!isRun(out)) {
      temporaries.apart(out, complex64, (apart) => multiplyComplex(gpu, a, b, apart, target));
      return;
    }
    const rows = isRun(a) ? a : temporaries.converted(a, complex64);
    const { shape } = b.geometry;
    const [k, n] = shape.slice(-2);
    const outer = shape.slice(0, -2);
    const both = temporaries.make([...outer, 2 * k, n], complex64);
    // Every other row.
    const half = (part: 0 | 1): StridedArray => {
      const { strides } = both.geometry;
      return new StridedArray(both.storage, complex64, stridedLayout(
        shape, [...strides.slice(0, -2), 2 * n, 1], part * n));
    };
    cast(gpu, b, half(0));
    runMap(gpu, timesI, [b], [], half(1));
    matmul(gpu, realRows(rows), realRows(both), realRows(out), target);
  });
}
