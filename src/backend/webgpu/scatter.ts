import type { DType } from '../../core/dtype.ts';
import { bfloat16, float16, int32, int64, uint32 } from '../../core/dtype.ts';
import { contiguousLayout, contiguousStrides, layoutAt } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import { mergeAxes, orderAxes } from '../axes.ts';
import type { KernelSource } from './assemble.ts';
import { bitsOf, computeType, loadElement, packElement, perWord, wordType } from './elements.ts';
import { commonAxes } from './gather.ts';
import type { Gpu } from './gpu.ts';
import { cast, fill } from './move.ts';
import { largestRank, locateParameters, locateSource } from './places.ts';
import { sort } from './sort.ts';
import { withTemporaries } from './temporaries.ts';
import { wgslName } from './wgsl.ts';
import { splitLarge, windowOf } from './windows.ts';

/** Puts or adds rows where positions say: gpu/scatter*.wgsl. */

/** Statements that store packed bits at `place` of the target, whose words other invocations may be changing. */
function storePacked(dtype: DType, bits: string): string[] {
  const lanes = perWord(dtype);
  const width = 32 / lanes;
  return [
    `let shift = (place % ${lanes}u) * ${width}u;`,
    `let bits = ${bits};`,
    `atomicAnd(&table[place / ${lanes}u], ~(${2 ** width - 1}u << shift));`,
    `atomicOr(&table[place / ${lanes}u], bits << shift);`,
  ];
}

const loadTarget = (dtype: DType): string =>
  loadElement(dtype, 'place', (word) => (perWord(dtype) > 1 ? `atomicLoad(&table[${word}])` : `table[${word}]`));

type Movement = 'put' | 'putLast' | 'add';

function scatterSource(movement: Movement, dtype: DType): KernelSource {
  const packed = perWord(dtype) > 1;
  const value = loadElement(dtype, 'source', (word) => `values[${word}]`);
  const put = movement === 'add' ? [`atomicAdd(&table[place], ${value});`]
    : packed ? storePacked(dtype, packElement(dtype, value)) : [`table[place] = ${value};`];
  const last = movement === 'putLast';
  return {
    buffers: [
      { name: 'positions', access: 'read', type: 'u32' },
      { name: 'values', access: 'read', type: wordType(dtype) },
      ...(last ? [{ name: 'last', access: 'read', type: 'u32' } as const] : []),
      { name: 'table', access: 'write', type: packed || movement === 'add' ? 'atomic<u32>' : wordType(dtype) },
    ],
    skeletons: ['scatter'],
    code: [
      locateSource(4, 2),
      `fn wanted(row: u32, number: u32) -> bool { return ${last ? 'last[row] == number + 1u' : 'true'}; }`,
      'fn put(place: u32, source: u32) {',
      ...put.map((line) => `  ${line}`),
      '}',
    ].join('\n'),
  };
}

const lastSource: KernelSource = {
  buffers: [{ name: 'positions', access: 'read', type: 'u32' }, { name: 'last', access: 'write', type: 'atomic<u32>' }],
  skeletons: ['scatterLast'],
  code: locateSource(1, 1),
};

/** One sum after another, each rounded to the dtype; of int64 only a total that does not fit is reported. */
function sumSource(dtype: DType): string[] {
  const type = wgslName(computeType(dtype));
  if (dtype === int64) {
    return [
      'struct Sum { low: i32, high: i32 }',
      `fn begin(place: u32) -> Sum { return Sum(${loadTarget(dtype)}, 0); }`,
      'fn plus(sum: Sum, source: u32) -> Sum {',
      '  let x = values[source];',
      '  let low = sum.low + x;',
      '  let wrapped = ((sum.low ^ low) & (x ^ low)) < 0;',
      '  return Sum(low, sum.high + select(0, select(1, -1, x < 0), wrapped));',
      '}',
      'fn finish(place: u32, sum: Sum) {',
      '  if (sum.high != 0) { flambeau_fault(2u, sum.low, sum.high); }',
      '  table[place] = sum.low;',
      '}',
    ];
  }
  const x = loadElement(dtype, 'source', (word) => `values[${word}]`);
  const sum = type === 'bool' ? `sum || ${x}` : `sum + ${x}`;
  const rounded = dtype === float16 ? `flambeau_fromHalf(${packElement(dtype, sum)})`
    : dtype === bfloat16 ? `bitcast<f32>(${packElement(dtype, sum)} << 16u)` : sum;
  const finish = perWord(dtype) > 1 ? storePacked(dtype, packElement(dtype, 'sum')) : ['table[place] = sum;'];
  return [
    `alias Sum = ${type};`,
    `fn begin(place: u32) -> Sum { return ${loadTarget(dtype)}; }`,
    `fn plus(sum: Sum, source: u32) -> Sum { return ${rounded}; }`,
    'fn finish(place: u32, sum: Sum) {',
    ...finish.map((line) => `  ${line}`),
    '}',
  ];
}

function runsSource(dtype: DType): KernelSource {
  const packed = perWord(dtype) > 1;
  return {
    buffers: [
      { name: 'sorted', access: 'read', type: 'u32' },
      { name: 'order', access: 'read', type: 'u32' },
      { name: 'values', access: 'read', type: wordType(dtype) },
      { name: 'table', access: 'write', type: packed ? 'atomic<u32>' : wordType(dtype) },
    ],
    skeletons: ['scatterRuns'],
    code: [locateSource(2, 4), ...sumSource(dtype)].join('\n'),
  };
}

/** target[positions[i...], :] = values[i..., :], or += where `accumulate`; later positions win. */
export function scatter(
  gpu: Gpu, target: StridedArray, positions: StridedArray, values: StridedArray, accumulate: boolean,
): void {
  if (values.geometry.size === 0) return;
  // What lies in the target's own storage is read before it changes.
  const shared = [positions, values].map((array) => array.storage === target.storage);
  if (shared[0] || shared[1]) {
    withTemporaries(gpu, (temporaries) => {
      const [at, from] = [positions, values].map((array, k) =>
        (shared[k] ? temporaries.converted(array, array.dtypeCore) : array));
      scatter(gpu, target, at, from, accumulate);
    });
    return;
  }
  const { walked, steps } = commonAxes(target, positions, values);
  const lead = positions.geometry.shape.length;
  // The positions' axes must stay in order: of them only the first that has an extent can be halved.
  const first = positions.geometry.shape.findIndex((extent) => extent > 1);
  const among = steps.shape.map((_, axis) => axis).filter((axis) => axis === first || axis >= lead);
  if (splitLarge(gpu, walked, among, ([at, table, rows]) => scatter(gpu, table, at, rows, accumulate))) return;
  const dtype = target.dtypeCore;
  const atomic = dtype === int32 || dtype === uint32;
  if (accumulate && !atomic) addRuns(gpu, target, positions, values);
  else if (accumulate) move(gpu, 'add', target, positions, values);
  else move(gpu, positions.geometry.size > 1 ? 'putLast' : 'put', target, positions, values);
}

/** One invocation for each value. */
function move(gpu: Gpu, movement: Movement, target: StridedArray, positions: StridedArray, values: StridedArray): void {
  const { steps: { shape: extents, strides } } = commonAxes(target, positions, values);
  const { shape } = positions.geometry;
  const numbers = [...contiguousStrides(shape), ...shape.slice(shape.length).map(() => 0)];
  const steps = mergeAxes(orderAxes({ shape: extents, strides: [...strides, numbers] }, 2));
  const lone = mergeAxes({ shape: shape, strides: [positions.geometry.strides] });
  if (steps.shape.length > largestRank || lone.shape.length > largestRank) {
    // More axes than a kernel walks: through arrays without gaps.
    withTemporaries(gpu, (temporaries) => {
      const [at, rows, copy] = [positions, values, target].map((array) => temporaries.converted(array, array.dtypeCore));
      scatter(gpu, copy, at, rows, movement === 'add');
      cast(gpu, copy, target);
    });
    return;
  }
  const [table, rows] = [bitsOf(target), bitsOf(values)];
  const arrays = [positions, table, rows];
  const windows = arrays.map((array) => windowOf(gpu, array));
  const offsets = arrays.map(({ geometry }, k) => geometry.offset - windows[k].start);
  const kernel = gpu.kernel(`scatter ${movement} ${table.dtypeCore.name}`, () => scatterSource(movement, table.dtypeCore));
  withTemporaries(gpu, (temporaries) => {
    const bindings = [windows[0].binding, windows[2].binding];
    if (movement === 'putLast') {
      const last = temporaries.make([target.geometry.shape[0]], uint32);
      fill(gpu, last, 0);
      const { binding } = windowOf(gpu, last);
      const count = positions.geometry.size;
      gpu.dispatch(
        gpu.kernel('scatter last', () => lastSource), [windows[0].binding, binding],
        [count, ...locateParameters(lone, [offsets[0]])], Math.ceil(count / 256));
      bindings.push(binding);
    }
    gpu.dispatch(
      kernel, [...bindings, windows[1].binding],
      [values.geometry.size, target.geometry.strides[0], ...locateParameters(steps, [...offsets, 0])],
      Math.ceil(values.geometry.size / 256));
  });
}

/** In the order of the positions, which are sorted for that: a run of equal ones is one row of the target. */
function addRuns(gpu: Gpu, target: StridedArray, positions: StridedArray, values: StridedArray): void {
  const lead = positions.geometry.shape.length;
  const count = positions.geometry.size;
  const rowsOf = (array: StridedArray): readonly number[] => array.geometry.strides.slice(lead);
  const leads = mergeAxes({ shape: positions.geometry.shape, strides: [values.geometry.strides.slice(0, lead)] });
  const extents = values.geometry.shape.slice(lead);
  const steps = mergeAxes({ shape: extents, strides: [target.geometry.strides.slice(1), rowsOf(values)] });
  withTemporaries(gpu, (temporaries) => {
    if (leads.shape.length > 1) {
      // Values are found by their number, and so must lie evenly.
      scatter(gpu, target, positions, temporaries.converted(values, values.dtypeCore), true);
      return;
    }
    if (steps.shape.length > largestRank) {
      const [rows, copy] = [values, target].map((array) => temporaries.converted(array, array.dtypeCore));
      scatter(gpu, copy, positions, rows, true);
      cast(gpu, copy, target);
      return;
    }
    const even = positions.geometry.contiguous ? positions : temporaries.converted(positions, int64);
    const flat = new StridedArray(even.storage, int64, layoutAt(contiguousLayout([count]), even.geometry.offset));
    const [sorted, order] = [0, 1].map(() => temporaries.make([count], int64));
    sort(gpu, flat, sorted, order, false);
    const windows = [sorted, order, values, target].map((array) => windowOf(gpu, array));
    const offsets = [target.geometry.offset - windows[3].start, values.geometry.offset - windows[2].start];
    const dtype = target.dtypeCore;
    gpu.dispatch(
      gpu.kernel(`scatter runs ${dtype.name}`, () => runsSource(dtype)), windows.map(({ binding }) => binding),
      [count, values.geometry.size / count, target.geometry.strides[0], leads.strides[0][0] ?? 0, ...locateParameters(steps, offsets)],
      Math.ceil(values.geometry.size / 256));
  });
}
