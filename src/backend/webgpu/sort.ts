import type { DType } from '../../core/dtype.ts';
import { isComplex, uint32 } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { mergeAxes, orderAxes } from '../axes.ts';
import type { BufferDeclaration, KernelSource } from './assemble.ts';
import { wordDtype, wordType } from './elements.ts';
import type { Gpu, Kernel } from './gpu.ts';
import { largestRank, locateParameters, locateSource } from './places.ts';
import { withTemporaries } from './temporaries.ts';
import { isSpread, splitAlong, splitLarge, windowOf } from './windows.ts';

/** Stable sorts of rows: gpu/sortTile.wgsl sorts pieces, gpu/sortMerge.wgsl merges them. */

/** What a kernel takes and gives: pairs of a key and a position between the steps, else what was asked for. */
interface Step {
  readonly kind: 'tile' | 'merge';
  readonly last: boolean;
  readonly values: boolean;
  readonly indices: boolean;
}

function keySource(dtype: DType, descending: boolean): string {
  const type = wordType(dtype);
  const key = type === 'f32' ? 'floatKey(word)' : type === 'i32' ? '(word ^ 0x80000000u)' : 'word';
  return `fn keyOf(word: u32) -> u32 { return ${descending ? '~' : ''}${key}; }`;
}

function sourceOf({ kind, last, values, indices }: Step, dtype: DType, descending: boolean): KernelSource {
  const buffers: BufferDeclaration[] = [];
  if (kind === 'tile' || (last && values)) buffers.push({ name: 'input', access: 'read', type: 'u32' });
  if (kind === 'merge') buffers.push({ name: 'runs', access: 'read', type: 'vec2u' });
  const taken: string[] = [];
  if (!last) {
    buffers.push({ name: 'pairs', access: 'write', type: 'vec2u' });
    taken.push('pairs[row * bitcast<u32>(param(1u)) + rank] = vec2u(key, position);');
  } else {
    taken.push('locate(row);');
    if (values) {
      buffers.push({ name: 'result', access: 'write', type: 'u32' });
      taken.push('result[place1 + rank * bitcast<u32>(param(5u))] = input[place0 + position * bitcast<u32>(param(4u))];');
    }
    if (indices) {
      buffers.push({ name: 'order', access: 'write', type: 'u32' });
      taken.push('order[place2 + rank * bitcast<u32>(param(6u))] = position;');
    }
  }
  return {
    buffers,
    skeletons: kind === 'merge' ? ['sortMerge'] : wordType(dtype) === 'f32' ? ['sortKeys', 'sortTile'] : ['sortTile'],
    code: [
      kind === 'tile' ? keySource(dtype, descending) : '',
      kind === 'tile' || last ? locateSource(3, 7) : '',
      'fn deliver(row: u32, rank: u32, key: u32, position: u32) {',
      ...taken.map((line) => `  ${line}`),
      '}',
    ].join('\n'),
  };
}

function kernelOf(gpu: Gpu, step: Step, dtype: DType, descending: boolean): Kernel {
  const { kind, last, values, indices } = step;
  const gives = last ? `${values ? 'v' : ''}${indices ? 'i' : ''}` : 'pairs';
  const key = kind === 'tile' ? `sort ${dtype.name} ${descending ? 'descending' : 'ascending'} ${gives}` : `sort merge ${gives}`;
  return gpu.kernel(key, () => sourceOf(step, dtype, descending));
}

/** Elements that a workgroup sorts, and those that one invocation does, as the kernels have it. */
const tile = 512;
const items = 8;

/** Sorts along the last axis, stably, NaN last, or first where descending. `out` may be the input itself. */
export function sort(
  gpu: Gpu, input: StridedArray, out: StridedArray | null, indices: StridedArray | null, descending: boolean,
): void {
  const { shape, size } = input.geometry;
  if (size === 0) return;
  if (isComplex(input.dtypeCore)) {
    throw new TypeError('complex numbers cannot be sorted on the GPU: sort on the CPU (await x.cpu()), or by a key such as x.abs()');
  }
  const dtype = wordDtype(input.dtypeCore);
  if (out !== null && dtype !== out.dtypeCore) {
    withTemporaries(gpu, (temporaries) =>
      temporaries.apart(out, dtype, (apart) => sort(gpu, input, apart, indices, descending)));
    return;
  }
  const shared = (array: StridedArray | null): boolean => array !== null && array.storage === input.storage;
  if (dtype !== input.dtypeCore || shared(out) || shared(indices)) {
    withTemporaries(gpu, (temporaries) => sort(gpu, temporaries.converted(input, dtype), out, indices, descending));
    return;
  }
  const n = shape.at(-1) ?? 1;
  const results = [out, indices].filter((array) => array !== null);
  if ([input, ...results].some((array) => isSpread(gpu, array, shape.length - 1))) {
    sortDense(gpu, input, out, indices, descending);
    return;
  }
  const axes = shape.map((_, i) => i);
  const outer = axes.slice(0, -1);
  const walked = [input, ...results].map((array) => ({ array, axes }));
  const again = ([x, ...to]: readonly StridedArray[]): void =>
    sort(gpu, x, out === null ? null : to[0], indices === null ? null : to.at(-1)!, descending);
  if (splitLarge(gpu, walked, outer, again)) return;
  if (n > tile && size * 8 > gpu.bindingLimit && splitAlong(walked, walked[0], outer, again)) return;
  // Results that are not wanted take no steps.
  const arrays = [input, out, indices];
  const strides = arrays.map((array) => (array === null ? shape.map(() => 0) : array.geometry.strides));
  const steps = mergeAxes(orderAxes(
    { shape: shape.slice(0, -1), strides: strides.map((each) => each.slice(0, -1)) }, out !== null ? 1 : 2));
  if (steps.shape.length > largestRank) {
    sortDense(gpu, input, out, indices, descending);
    return;
  }
  const rows = size / n;
  const windows = arrays.map((array) => (array === null ? null : windowOf(gpu, array)));
  const offsets = arrays.map((array, k) => (array === null ? 0 : array.geometry.offset - windows[k]!.start));
  const places = [...strides.map((each) => each.at(-1) ?? 0), ...locateParameters(steps, offsets)];
  const [from, ...to] = windows.map((window) => (window === null ? [] : [window.binding]));
  const asked = { values: out !== null, indices: indices !== null };
  if (n <= tile) {
    const room = Math.max(items, 2 ** Math.ceil(Math.log2(n)));
    const kernel = kernelOf(gpu, { kind: 'tile', last: true, ...asked }, dtype, descending);
    gpu.dispatch(kernel, [...from, ...to.flat()], [rows, n, room, 1, ...places], Math.ceil(rows * room / tile));
    return;
  }
  const runs = Math.ceil(n / tile);
  withTemporaries(gpu, (temporaries) => {
    const pairs = [0, 1].map(() => windowOf(gpu, temporaries.make([size * 2], uint32)).binding);
    const first = kernelOf(gpu, { kind: 'tile', last: false, ...asked }, dtype, descending);
    gpu.dispatch(first, [...from, pairs[0]], [rows, n, tile, runs, ...places], rows * runs);
    for (let length = tile; length < n; length *= 2) {
      const last = length * 2 >= n;
      const merge = kernelOf(gpu, { kind: 'merge', last, ...asked }, dtype, descending);
      const bindings = last ? [...(out === null ? [] : from), pairs[0], ...to.flat()] : [pairs[0], pairs[1]];
      const parts = Math.ceil(n / items);
      gpu.dispatch(merge, bindings, [rows, n, length, parts, ...places], Math.ceil(rows * parts / 64));
      pairs.reverse();
    }
  });
}

/** Through arrays without gaps: where rows reach too far, or there are more axes than a kernel walks. */
function sortDense(
  gpu: Gpu, input: StridedArray, out: StridedArray | null, indices: StridedArray | null, descending: boolean,
): void {
  withTemporaries(gpu, (temporaries) => {
    const dense = temporaries.converted(input, input.dtypeCore);
    const withValues = (values: StridedArray | null): void => {
      if (indices === null) sort(gpu, dense, values, null, descending);
      else temporaries.apart(indices, indices.dtypeCore, (order) => sort(gpu, dense, values, order, descending));
    };
    if (out === null) withValues(null);
    else temporaries.apart(out, out.dtypeCore, withValues);
  });
}
