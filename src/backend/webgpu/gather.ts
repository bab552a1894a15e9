import type { DType } from '../../core/dtype.ts';
import { bool, int32, uint32 } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import type { KernelSource } from './assemble.ts';
import { loadElement, packElement, perWord } from './elements.ts';
import type { Gpu } from './gpu.ts';
import type { Steps } from './places.ts';
import { consecutive, largestRank, locateParameters, locateSource, mergeSteps, orderSteps } from './places.ts';
import type { MapProgram } from './pointwise.ts';
import { runMap, temporary } from './pointwise.ts';
import { bitsOf, copyOf, withTemporaries, writingApart } from './structure.ts';
import type { Walked } from './windows.ts';
import { splitLarge, windowOf } from './windows.ts';

/** Rows by their positions: gpu/gather.wgsl. */

/** Elements as bits, so that a dtype's width is all that matters. */
function gatherSource(bits: DType, flat: boolean): KernelSource {
  const packed = perWord(bits) > 1;
  const atomic = packed && !flat;
  return {
    buffers: [
      { name: 'table', access: 'read', type: 'u32' },
      { name: 'positions', access: 'read', type: 'u32' },
      { name: 'result', access: 'write', type: atomic ? 'atomic<u32>' : 'u32' },
    ],
    skeletons: ['gather', atomic ? 'mapScattered' : packed ? 'mapPacked' : 'map'],
    code: [
      `const LANES = ${perWord(bits)}u;`,
      locateSource(3, 4),
      'fn element(index: u32) -> u32 {',
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
): { readonly walked: readonly [Walked, Walked, Walked]; readonly steps: Steps } {
  const lead = positions.geometry.shape.length;
  const { shape } = rows.geometry;
  const walked = [
    { array: positions, axes: shape.map((_, axis) => (axis < lead ? axis : -1)) },
    { array: table, axes: shape.map((_, axis) => (axis < lead ? -1 : axis - lead + 1)) },
    { array: rows, axes: shape.map((_, axis) => axis) },
  ] as const;
  const strides = walked.map(({ array, axes }) => axes.map((own) => (own < 0 ? 0 : array.geometry.strides[own])));
  return { walked, steps: { extents: shape, strides } };
}

/** out[i..., :] = input[positions[i...], :] */
export function gather(gpu: Gpu, input: StridedArray, positions: StridedArray, out: StridedArray): void {
  const { size } = out.geometry;
  if (size === 0) return;
  if (out.storage === input.storage || out.storage === positions.storage) {
    writingApart(gpu, out, out.dtypeCore, (apart) => gather(gpu, input, positions, apart));
    return;
  }
  const { walked, steps: all } = commonAxes(input, positions, out);
  if (splitLarge(gpu, walked, all.extents.map((_, axis) => axis), ([at, table, rows]) => gather(gpu, table, at, rows))) return;
  const steps = mergeSteps(orderSteps(all, 2));
  if (steps.extents.length > largestRank) {
    withTemporaries((temporaries) => {
      const dense = copyOf(gpu, input, input.dtypeCore, temporaries);
      const at = copyOf(gpu, positions, positions.dtypeCore, temporaries);
      writingApart(gpu, out, out.dtypeCore, (apart) => gather(gpu, dense, at, apart));
    });
    return;
  }
  const [table, rows] = [bitsOf(input), bitsOf(out)];
  const flat = consecutive(steps, 2);
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

/** Of the type that the indices are computed in: beyond 31 bits an unsigned one is out of bounds anyhow. */
function rowProgram(indices: DType, wrap: boolean): MapProgram {
  const unsigned = indices.kind === 'uint';
  const number = unsigned ? 'bitcast<i32>(index)' : 'index';
  const wraps = wrap && !unsigned;
  return {
    key: `rows ${unsigned ? 'u32' : 'i32'} ${wraps ? 'wrapping' : 'as they are'}`,
    functions: () => [
      `fn rowOf(index: ${unsigned ? 'u32' : 'i32'}, extent: i32) -> i32 {`,
      `  let number = ${number};`,
      `  let row = ${wraps ? 'select(number, number + extent, number < 0)' : 'number'};`,
      '  if (row >= 0 && row < extent) { return row; }',
      '  flambeau_fault(1u, number, extent);',
      '  return 0;',
      '}',
    ].join('\n'),
    call: ([index, extent]) => `rowOf(${index}, ${extent})`,
  };
}

const refusal: MapProgram = {
  key: 'refuse',
  functions: () => 'fn refused(wrong: bool, message: i32) -> bool { if (wrong) { flambeau_fault(3u, message, 0); } return wrong; }',
  call: ([wrong, message]) => `refused(${wrong}, ${message})`,
};

/** Reports a message where any element is true. */
export function refuse(gpu: Gpu, wrong: StridedArray, message: string): void {
  const seen = temporary(gpu, wrong.geometry.shape, bool);
  runMap(gpu, refusal, [wrong, gpu.refusal(message)], [bool, int32], seen);
  seen.storage.free();
}

/** The rows that indices name along an axis; one out of bounds is reported, and stands for row 0. */
export function rows(gpu: Gpu, indices: StridedArray, extent: number, wrap: boolean, out: StridedArray): void {
  const unsigned = indices.dtypeCore.kind === 'uint';
  runMap(gpu, rowProgram(indices.dtypeCore, wrap), [indices, extent], [unsigned ? uint32 : int32, int32], out);
}
