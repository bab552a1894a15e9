import type { DType } from '../../core/dtype.ts';
import { isContiguous } from '../../core/layout.ts';
import type { StridedArray } from '../../core/strided.ts';
import type { Axes } from '../axes.ts';
import { mergeAxes, orderAxes } from '../axes.ts';
import type { KernelSource } from './assemble.ts';
import { bitsOf, loadElement, packElement, perWord, wordType } from './elements.ts';
import type { Gpu } from './gpu.ts';
import { largestRank, locateParameters, locateSource } from './places.ts';
import { withTemporaries } from './temporaries.ts';
import type { Walked } from './windows.ts';
import { splitLarge, windowOf } from './windows.ts';

/** Rows by their positions: gpu/gather.wgsl. */

/** Elements as bits, so that a dtype's width is all that matters. */
function gatherSource(bits: DType, flat: boolean): KernelSource {
  const packed = perWord(bits) > 1;
  const atomic = packed && !flat;
  const word = wordType(bits);
  return {
    buffers: [
      { name: 'table', access: 'read', type: word },
      { name: 'positions', access: 'read', type: 'u32' },
      { name: 'result', access: 'write', type: atomic ? 'atomic<u32>' : word },
    ],
    skeletons: ['gather', atomic ? 'mapScattered' : packed ? 'mapPacked' : 'map'],
    code: [
      `const LANES = ${perWord(bits)}u;`,
      locateSource(3, 4),
      `fn element(index: u32) -> ${word} {`,
      '  let place = chosen(index);',
      `  return ${loadElement(bits, 'place', (word) => `table[${word}]`)};`,
      '}',
      `fn destination(index: u32) -> u32 { return ${flat ? 'index + bitcast<u32>(param(2u))' : 'place2'}; }`,
      packed ? `fn packed(index: u32) -> u32 { return ${packElement(bits, 'element(index)')}; }` : '',
    ].join('\n'),
  };
}

/** The common axes of rows named by positions: those of the positions, then those of a row, which in a table come after one. */
export function commonAxes(
  table: StridedArray, positions: StridedArray, rows: StridedArray,
): { readonly walked: readonly [Walked, Walked, Walked]; readonly steps: Axes } {
  const lead = positions.geometry.shape.length;
  const { shape } = rows.geometry;
  const walked = [
    { array: positions, axes: shape.map((_, axis) => (axis < lead ? axis : -1)) },
    { array: table, axes: shape.map((_, axis) => (axis < lead ? -1 : axis - lead + 1)) },
    { array: rows, axes: shape.map((_, axis) => axis) },
  ] as const;
  const strides = walked.map(({ array, axes }) => axes.map((own) => (own < 0 ? 0 : array.geometry.strides[own])));
  return { walked, steps: { shape: shape, strides } };
}

/** out[i..., :] = input[positions[i...], :] */
export function gather(gpu: Gpu, input: StridedArray, positions: StridedArray, out: StridedArray): void {
  const { size } = out.geometry;
  if (size === 0) return;
  if (out.storage === input.storage || out.storage === positions.storage) {
    withTemporaries(gpu, (temporaries) => temporaries.apart(out, out.dtypeCore, (apart) => gather(gpu, input, positions, apart)));
    return;
  }
  const { walked, steps: all } = commonAxes(input, positions, out);
  if (splitLarge(gpu, walked, all.shape.map((_, axis) => axis), ([at, table, rows]) => gather(gpu, table, at, rows))) return;
  const steps = mergeAxes(orderAxes(all, 2));
  if (steps.shape.length > largestRank) {
    withTemporaries(gpu, (temporaries) => {
      const [dense, at] = [input, positions].map((array) => temporaries.converted(array, array.dtypeCore));
      temporaries.apart(out, out.dtypeCore, (apart) => gather(gpu, dense, at, apart));
    });
    return;
  }
  const [table, rows] = [bitsOf(input), bitsOf(out)];
  const flat = isContiguous(steps.shape, steps.strides[2]);
  const arrays = [positions, table, rows];
  const windows = arrays.map((array) => windowOf(gpu, array));
  const offsets = arrays.map(({ geometry }, k) => geometry.offset - windows[k].start);
  const kernel = gpu.kernel(`gather ${rows.dtypeCore.name} ${flat ? 'flat' : 'strided'}`, () => gatherSource(rows.dtypeCore, flat));
  const lanes = perWord(rows.dtypeCore);
  const invocations = flat ? Math.floor((offsets[2] + size - 1) / lanes) - Math.floor(offsets[2] / lanes) + 1 : size;
  gpu.dispatch(
    kernel, [windows[1].binding, windows[0].binding, windows[2].binding],
    [size, 0, offsets[2], input.geometry.strides[0], ...locateParameters(steps, offsets)], Math.ceil(invocations / 256));
}
