import type { DType } from '../../core/dtype.ts';
import { bool, int64, uint32 } from '../../core/dtype.ts';
import { contiguousLayout, layoutAt } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import type { Axes } from '../axes.ts';
import { mergeAxes } from '../axes.ts';
import type { ArgReduction, Reduction } from '../families.ts';
import type { KernelSource } from './assemble.ts';
import { computeType, convertElement, loadElement, wordDtype, wordType } from './elements.ts';
import type { Gpu } from './gpu.ts';
import { fill } from './move.ts';
import { locateParameters, locateSource } from './places.ts';
import { withTemporaries } from './temporaries.ts';
import type { WgslType } from './wgsl.ts';
import { wgslName } from './wgsl.ts';
import { fits, splitLarge, windowOf } from './windows.ts';

/** Folds along axes: gpu/reduce.wgsl. */

const least: Readonly<Record<string, string>> = {
  f32: 'flambeau_infinity()', c64: 'flambeau_infinity()', i32: '2147483647', i64: '2147483647', u32: '4294967295u',
};
const greatest: Readonly<Record<string, string>> = {
  f32: '(-flambeau_infinity())', c64: '(-flambeau_infinity())', i32: '(-2147483647 - 1)', i64: '(-2147483647 - 1)', u32: '0u',
};

interface Fold {
  readonly begin: (type: WgslType) => string;
  readonly combine: (type: WgslType) => string;
}

/** A function of gpu/ for those types that have one, else WGSL's own way. */
const helper = (name: string, types: string, own: string) => (type: WgslType): string =>
  (types.includes(type) ? `flambeau_${name}${type === 'f32' ? '' : `_${type}`}(a, b)` : own);

const folds: Readonly<Record<Reduction, Fold>> = {
  sum: { begin: () => '0', combine: helper('add', 'i64', 'a + b') },
  prod: { begin: (type) => (type === 'c64' ? '1, 0' : '1'), combine: helper('mul', 'i64 c64', 'a * b') },
  min: { begin: (type) => least[type], combine: helper('minimum', 'f32 c64', 'min(a, b)') },
  max: { begin: (type) => greatest[type], combine: helper('maximum', 'f32 c64', 'max(a, b)') },
  any: { begin: () => '0u', combine: () => 'a | b' },
  all: { begin: () => '1u', combine: () => 'a & b' },
};

/** An input's axes apart: those that stay, with the result's strides beside its own, and those that are folded. */
interface Split {
  readonly kept: Axes;
  readonly folded: Axes;
  readonly results: number;
  readonly count: number;
}

function splitAxes(input: StridedArray, axes: readonly number[], out: StridedArray): Split {
  const { shape, strides } = input.geometry;
  const stay = shape.map((_, axis) => axis).filter((axis) => !axes.includes(axis));
  const pick = (values: readonly number[], which: readonly number[]): number[] => which.map((axis) => values[axis]);
  const count = axes.reduce((product, axis) => product * shape[axis], 1);
  return {
    kept: mergeAxes({ shape: pick(shape, stay), strides: [pick(strides, stay), out.geometry.strides] }),
    folded: mergeAxes({ shape: pick(shape, axes), strides: [pick(strides, axes)] }),
    results: out.geometry.size,
    count,
  };
}

/** Where the parameters of the two `locate` functions begin; those of the second follow those of the first. */
const firstPlace = 4;

/** The text that finds a result's elements: `seek` and `at(i)`, the place of element i. */
function seekSource(simple: boolean): string {
  const keptEnd = `${firstPlace}u + 3u + 3u * u32(param(${firstPlace}u))`;
  return [
    locateSource(2, firstPlace),
    simple ? '' : locateSource(1, keptEnd, 'Folded'),
    'var<private> step: i32;',
    `fn seek(owner: u32) { locate(owner); step = param(${keptEnd} + 3u); }`,
    simple ? 'fn at(i: u32) -> u32 { return u32(i32(place0) + i32(i) * step); }'
      : 'fn at(i: u32) -> u32 { locateFolded(i); return place0 + placeFolded0; }',
  ].join('\n');
}

/** What `seekSource` reads. A fold over one run of elements has one axis; a step of 0 does for none. */
function seekParameters(split: Split, inputOffset: number, outOffset: number): number[] {
  const { shape: extents, strides } = split.folded;
  return [
    ...locateParameters(split.kept, [inputOffset, outOffset]),
    ...(extents.length === 0 ? [0, 0, 1, 0] : locateParameters({ shape: extents, strides }, [0])),
  ];
}

const isSimple = ({ folded }: Split): boolean => folded.shape.length <= 1;

function sourceOf(reduction: Reduction, from: DType, total: DType, lanes: number, simple: boolean, slices: boolean): KernelSource {
  const logical = reduction === 'any' || reduction === 'all';
  const type = logical ? 'u32' : computeType(total);
  const own = wgslName(type);
  const element = loadElement(from, 'at(i)', (word) => `x[${word}]`);
  const value = logical ? convertElement(bool, uint32, convertElement(from, bool, element)) : convertElement(from, total, element);
  return {
    buffers: [
      { name: 'x', access: 'read', type: wordType(from) },
      { name: 'result', access: 'write', type: own },
    ],
    skeletons: ['reduce'],
    code: [
      `alias Total = ${own};`,
      `const LANES = ${lanes}u;`,
      `fn begin() -> Total { return Total(${folds[reduction].begin(type)}); }`,
      `fn combine(a: Total, b: Total) -> Total { return ${folds[reduction].combine(type)}; }`,
      `fn fetch(i: u32) -> Total { return ${value}; }`,
      `fn finish(owner: u32, slice: u32, total: Total) { result[${slices ? 'owner * u32(param(2u)) + slice' : 'place1'}] = total; }`,
      seekSource(simple),
    ].join('\n'),
  };
}

/** Elements that one invocation folds: more cost accuracy, and fewer are not worth sharing. */
const longestRun = 1024;
const shortestRun = 64;
/** Invocations that keep a GPU busy. */
const manyInvocations = 2 ** 15;

/**
 * Invocations that share a result: one where results lie closer together than the elements of each, so that neighbours read
 * neighbours, or where there is little to fold; else as many as keep a GPU busy.
 */
function lanesOf({ folded, kept, results, count }: Split): 1 | 16 | 256 {
  const [foldStep] = folded.strides[0].slice(-1);
  const [keptStep] = kept.strides[0].slice(-1);
  const near = kept.shape.length === 0 || Math.abs(foldStep ?? 0) <= Math.abs(keptStep ?? 0);
  if (count <= 32 || (!near && results >= 64)) return 1;
  return results >= 64 && count <= 16 * longestRun ? 16 : 256;
}

/** Folds into `out`, whose elements are words. */
function fold(gpu: Gpu, reduction: Reduction, input: StridedArray, axes: readonly number[], total: DType, out: StridedArray): void {
  const split = splitAxes(input, axes, out);
  const { results, count } = split;
  const lanes = lanesOf(split);
  const slices = Math.max(
    Math.ceil(count / (lanes * longestRun)),
    Math.min(Math.ceil(count / (lanes * shortestRun)), Math.ceil(manyInvocations / (lanes * results))));
  const simple = isSimple(split);
  const source = windowOf(gpu, input);
  const sliced = slices > 1;
  const key = `${reduction} ${input.dtypeCore.name} ${total.name} ${lanes} ${simple} ${sliced}`;
  const kernel = gpu.kernel(key, () => sourceOf(reduction, input.dtypeCore, total, lanes, simple, sliced));
  const into = (result: StridedArray): void => {
    const target = windowOf(gpu, result);
    gpu.dispatch(kernel, [source.binding, target.binding], [
      results, count, slices, Math.ceil(count / slices),
      ...seekParameters(split, input.geometry.offset - source.start, out.geometry.offset - target.start),
    ], Math.ceil(results * slices * lanes / 256));
  };
  if (!sliced) {
    into(out);
    return;
  }
  withTemporaries(gpu, (temporaries) => {
    const partial = temporaries.make([...out.geometry.shape, slices], total);
    into(partial);
    fold(gpu, reduction, partial, [out.geometry.shape.length], total, out);
  });
}

/** Where an input is too large to bind: parts of a kept axis, or else folds of parts of a folded one. */
function foldParts(gpu: Gpu, reduction: Reduction, input: StridedArray, axes: readonly number[], out: StridedArray): void {
  const every = input.geometry.shape.map((_, axis) => axis);
  const stay = every.filter((axis) => !axes.includes(axis));
  const walked = [{ array: input, axes: every }, { array: out, axes: every.map((axis) => stay.indexOf(axis)) }];
  if (splitLarge(gpu, walked, stay, ([x, result]) => reduce(gpu, reduction, x, axes, result))) return;
  const single = contiguousLayout(out.geometry.shape);
  withTemporaries(gpu, (temporaries) => {
    const halves = temporaries.make([2, ...single.shape], out.dtypeCore);
    let half = 0;
    const split = splitLarge(gpu, [walked[0]], axes, ([x]) => {
      const result = new StridedArray(halves.storage, out.dtypeCore, layoutAt(single, half++ * single.size));
      reduce(gpu, reduction, x, axes, result);
    });
    // One element that lies beyond what can be bound is refused there.
    if (!split) windowOf(gpu, input);
    reduce(gpu, reduction, halves, [0], out);
  });
}

export function reduce(gpu: Gpu, reduction: Reduction, input: StridedArray, axes: readonly number[], out: StridedArray): void {
  if (out.geometry.size === 0) return;
  if (input.geometry.size === 0) {
    // Extremes of nothing are refused before they come here.
    fill(gpu, out, reduction === 'prod' || reduction === 'all' ? 1 : 0);
    return;
  }
  if (!fits(gpu, input)) {
    foldParts(gpu, reduction, input, axes, out);
    return;
  }
  const total = reduction === 'any' || reduction === 'all' ? uint32 : wordDtype(out.dtypeCore);
  withTemporaries(gpu, (temporaries) =>
    temporaries.writing(out, total, (result) => fold(gpu, reduction, input, axes, total, result)));
}

function argSource(reduction: ArgReduction, from: DType, lanes: number, simple: boolean): KernelSource {
  const wide = wordDtype(from);
  const type = computeType(wide);
  const own = wgslName(type);
  const larger = reduction === 'argmax';
  // Complex numbers are ordered by their parts.
  const better = type === 'c64' ? `flambeau_before_c64(${larger ? 'b.value, a.value' : 'a.value, b.value'})`
    : `a.value ${larger ? '>' : '<'} b.value`;
  const differ = type === 'c64' ? 'any(a.value != b.value)' : 'a.value != b.value';
  const isNaN = type === 'c64' ? 'flambeau_isnan_c64' : 'flambeau_isnan';
  // NaN is the most extreme value of all, and of equals the first wins.
  const beats = type === 'f32' || type === 'c64'
    ? `let n = ${isNaN}(a.value); let m = ${isNaN}(b.value);
  if (n != m) { return n; }
  if (!n && ${differ}) { return ${better}; }`
    : `if (${differ}) { return ${better}; }`;
  const value = convertElement(from, wide, loadElement(from, 'at(i)', (word) => `x[${word}]`));
  return {
    buffers: [{ name: 'x', access: 'read', type: wordType(from) }, { name: 'result', access: 'write', type: 'i32' }],
    skeletons: ['reduce'],
    code: [
      `struct Total { value: ${own}, index: u32 }`,
      `const LANES = ${lanes}u;`,
      `fn begin() -> Total { return Total(${own}(), 0xffffffffu); }`,
      'fn beats(a: Total, b: Total) -> bool {',
      '  if (a.index == 0xffffffffu) { return false; }',
      '  if (b.index == 0xffffffffu) { return true; }',
      `  ${beats}`,
      '  return a.index < b.index;',
      '}',
      'fn combine(a: Total, b: Total) -> Total { if (beats(b, a)) { return b; } return a; }',
      `fn fetch(i: u32) -> Total { return Total(${value}, i); }`,
      'fn finish(owner: u32, slice: u32, total: Total) { result[place1] = i32(total.index); }',
      seekSource(simple),
    ].join('\n'),
  };
}

export function argReduce(gpu: Gpu, reduction: ArgReduction, input: StridedArray, axis: number, out: StridedArray): void {
  if (out.geometry.size === 0) return;
  if (out.dtypeCore !== int64) throw new TypeError(`${reduction} writes int64, not ${out.dtypeCore.name}`);
  const split = splitAxes(input, [axis], out);
  const lanes = lanesOf(split);
  const simple = isSimple(split);
  const source = windowOf(gpu, input);
  const target = windowOf(gpu, out);
  const kernel = gpu.kernel(`${reduction} ${input.dtypeCore.name} ${lanes} ${simple}`, () =>
    argSource(reduction, input.dtypeCore, lanes, simple));
  gpu.dispatch(kernel, [source.binding, target.binding], [
    split.results, split.count, 1, split.count,
    ...seekParameters(split, input.geometry.offset - source.start, out.geometry.offset - target.start),
  ], Math.ceil(split.results * lanes / 256));
}
