import type { Scalar } from '../../core/complex.ts';
import { Complex } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { bool, dtypes, float32, int32, int64, isComplex, isHalf, uint32 } from '../../core/dtype.ts';
import { OverflowError } from '../../core/errors.ts';
import { broadcastLayout, isContiguous, sameShape, stridedLayout } from '../../core/layout.ts';
import type { PointwiseKernel } from '../../core/pointwise.ts';
import { writeElement } from '../../core/scalar.ts';
import { StridedArray } from '../../core/strided.ts';
import type { Axes } from '../axes.ts';
import { mergeAxes, orderAxes } from '../axes.ts';
import type { Operand } from '../backend.ts';
import { withTemporariesOn } from '../temporaries.ts';
import type { KernelSource } from './assemble.ts';
import type { Binding, Gpu } from './gpu.ts';
import { bytesOf, computeType, loadElement, packElement, perWord, wordType } from './elements.ts';
import { largestRank, locateParameters, locateSource } from './places.ts';
import { broadcastWalk, splitLarge, windowOf } from './windows.ts';
import { emitWgslFunction, wgslName } from './wgsl.ts';

/** Kernels that compute every element of the result from the elements at the same place: gpu/map.wgsl. */

/** An input as the kernel's text knows it. */
export interface Lane {
  /** The dtype of its elements in memory; of a scalar, that it is computed in. */
  readonly dtype: DType;
  readonly source: 'array' | 'scalar' | 'result';
}

/** What one kernel computes: functions that its text needs, and the expression of a result in terms of its inputs. */
export interface MapProgram {
  readonly key: string;
  readonly functions: () => string;
  readonly call: (inputs: readonly string[]) => string;
}

/** What a scalar or an element is. */
export const identity: MapProgram = { key: 'identity', functions: () => '', call: ([x]) => x };

const scalarBytes = new ArrayBuffer(4);
const scalarViews = new Map<DType, Float32Array | Int32Array | Uint32Array>([
  [float32, new Float32Array(scalarBytes)], [int32, new Int32Array(scalarBytes)], [uint32, new Uint32Array(scalarBytes)],
]);
const scalarWord = new Int32Array(scalarBytes);

/** A scalar as 32-bit parameters, in the type that `dtype` is computed in: one, or the two parts of a complex one. */
export function scalarParameters(value: Scalar, dtype: DType): readonly number[] {
  const type = computeType(dtype);
  if (type === 'c64') {
    const [re, im] = value instanceof Complex ? [value.re, value.im] : [value, 0];
    return [...scalarParameters(re, float32), ...scalarParameters(im, float32)];
  }
  if (type === 'bool') return [(value instanceof Complex ? value.re !== 0 || value.im !== 0 : Boolean(value)) ? 1 : 0];
  if (type === 'i64') {
    const number = Number(value instanceof Complex ? value.re : value);
    if (!(Math.trunc(number) >= -(2 ** 31) && number < 2 ** 31)) {
      throw new OverflowError(`${String(value)} does not fit the 32 bits that int64 has on the GPU: compute with it on the CPU`);
    }
  }
  const held = type === 'f32' ? float32 : type === 'u32' ? uint32 : int32;
  writeElement(scalarViews.get(held)!, 0, held, value);
  return [scalarWord[0]];
}

/** How many parameters the scalars among lanes take. */
const scalarWords = (lanes: readonly Lane[]): number =>
  lanes.reduce((words, { dtype, source }) => words + (source === 'scalar' ? dtype.components : 0), 0);

/** The expression of a scalar parameter. */
function scalarText(dtype: DType, index: number): string {
  const type = computeType(dtype);
  const word = `param(${index}u)`;
  if (type === 'c64') return `bitcast<vec2f>(vec2i(${word}, param(${index + 1}u)))`;
  return type === 'bool' ? `(${word} != 0)` : type === 'f32' || type === 'u32' ? `bitcast<${type}>(${word})` : word;
}

/** How elements are found: all of them one after the other, the results so and their inputs anywhere, or all anywhere. */
export type Form = 'flat' | 'gathered' | 'strided';

function sourceOf(program: MapProgram, lanes: readonly Lane[], out: DType, form: Form): KernelSource {
  const packed = perWord(out) > 1;
  const atomic = packed && form === 'strided';
  const scalars = scalarWords(lanes);
  const arrays = lanes.filter(({ source }) => source !== 'scalar').length;
  const buffers = lanes.flatMap(({ source, dtype }, k) =>
    (source === 'array' ? [{ name: `a${k}`, access: 'read', type: wordType(dtype) } as const] : []));
  let array = 0;
  let scalar = 0;
  // Parameters: the count, how many arrays, the result's offset, scalars, then offsets (flat) or what locate reads.
  const places = 3 + scalars;
  const loads = lanes.map(({ dtype, source }, k): string => {
    if (source === 'scalar') {
      scalar += dtype.components;
      return scalarText(dtype, 3 + scalar - dtype.components);
    }
    const position = form === 'flat' ? `(index + u32(param(${places + array}u)))` : `place${array}`;
    array++;
    const name = source === 'result' ? 'result' : `a${k}`;
    return loadElement(dtype, position, (word) =>
      (source === 'result' && atomic ? `atomicLoad(&result[${word}])` : `${name}[${word}]`));
  });
  const type = wgslName(computeType(out));
  const names = loads.map((_, k) => `x${k}`);
  const lets = loads.map((load, k) => `  let x${k} = ${load};`);
  // The place of a result is found with those of its inputs.
  const destination = form === 'strided' ? `place${arrays}` : 'index + u32(param(2u))';
  const code = [
    `const LANES = ${perWord(out)}u;`,
    program.functions(),
    form === 'flat' ? '' : locateSource(arrays + 1, places),
    `fn element(index: u32) -> ${type} {`,
    ...(form === 'flat' ? [] : ['  locate(index);']),
    ...lets,
    `  return ${program.call(names)};`,
    '}',
    `fn destination(index: u32) -> u32 { return ${destination}; }`,
    packed ? `fn packed(index: u32) -> u32 { return ${packElement(out, 'element(index)')}; }` : '',
  ].join('\n');
  return {
    buffers: [...buffers, { name: 'result', access: 'write', type: atomic ? 'atomic<u32>' : wordType(out) }],
    skeletons: [atomic ? 'mapScattered' : packed ? 'mapPacked' : 'map'],
    code,
  };
}

/** How long the text of functions may be that a kernel has four times: drivers take minutes to compile four copies of the longest. */
const longestCopied = 4000;

/** Four elements at a time: every array is of single words and flat, and begins at a multiple of four. */
function wideSource(program: MapProgram, lanes: readonly Lane[], out: DType): KernelSource {
  const scalars = lanes.filter(({ source }) => source === 'scalar').length;
  let array = 0;
  let scalar = 0;
  const loads = lanes.map(({ dtype, source }, k): string => {
    if (source === 'scalar') return `let x${k} = ${scalarText(dtype, 3 + scalar++)};`;
    return `let x${k} = ${source === 'result' ? 'result' : `a${k}`}[index + u32(param(${3 + scalars + array++}u))];`;
  });
  const part = (place: string): string =>
    program.call(lanes.map(({ source }, k) => (source === 'scalar' ? `x${k}` : `x${k}${place}`)));
  const functions = program.functions();
  const type = `vec4<${wordType(out)}>`;
  const results = functions.length <= longestCopied ? [`  return vec4(${['.x', '.y', '.z', '.w'].map(part).join(', ')});`] : [
    `  var values: ${type};`,
    `  for (var k = 0u; k < 4u; k++) { values[k] = ${part('[k]')}; }`,
    '  return values;',
  ];
  return {
    buffers: [
      ...lanes.flatMap(({ source, dtype }, k) =>
        (source === 'array' ? [{ name: `a${k}`, access: 'read', type: `vec4<${wordType(dtype)}>` } as const] : [])),
      { name: 'result', access: 'write', type },
    ],
    skeletons: ['mapWide'],
    code: [
      functions,
      `fn elements(index: u32) -> ${type} {`,
      ...loads.map((load) => `  ${load}`),
      ...results,
      '}',
    ].join('\n'),
  };
}

/** Whether four elements may be taken at a time; what lies behind the result in its own buffer is nobody's. */
function isWide(arrays: readonly StridedArray[], out: StridedArray): boolean {
  const { offset, size } = out.geometry;
  const whole = size % 4 === 0 || (offset + size === out.storage.byteLength / 4 && out.dtypeCore !== int64);
  return size >= 4 && whole && [...arrays, out].every(({ dtypeCore, geometry }) => bytesOf(dtypeCore) === 4 && geometry.offset % 4 === 0);
}

/** Whether arrays lie as the result does, all of them flat and none too large to bind: nearly every call. */
function lieFlat(gpu: Gpu, arrays: readonly StridedArray[], { geometry, storage }: StridedArray): boolean {
  return geometry.contiguous && storage.byteLength <= gpu.bindingLimit && arrays.every((array) =>
    (array.geometry === geometry || (array.geometry.contiguous && sameShape(array.geometry.shape, geometry.shape)))
    && array.storage.byteLength <= gpu.bindingLimit);
}

const formCode: Readonly<Record<Form, number>> = { flat: 0, gathered: 1, strided: 2 };
const sourceCode: Readonly<Record<Lane['source'], number>> = { array: 0, scalar: 1, result: 2 };
const laneCodes = dtypes.length * 3;

const laneCode = ({ dtype, source }: Lane): number => dtype.code * 3 + sourceCode[source];

/**
 * A key for what a program's kernels differ in: a number whose digits are the lanes, after a 1 that tells how many they are.
 * More than the eight lanes that a double holds exactly make a text.
 */
export function variantOf(lanes: readonly Lane[], out: DType, form: Form, wide: boolean): number | string {
  const rest = (out.code * 3 + formCode[form]) * 2 + Number(wide);
  let code = 1;
  for (const lane of lanes) code = code * laneCodes + laneCode(lane);
  code = code * laneCodes * 2 + rest;
  return code <= Number.MAX_SAFE_INTEGER ? code : `${lanes.map(laneCode).join()} ${rest}`;
}

/**
 * Runs a program over every element of `out`. Inputs are broadcast to it; one that shares memory with it lies just as it
 * does, or apart from it. Scalars are read in `scalarTypes`.
 */
export function runMap(
  gpu: Gpu, program: MapProgram, inputs: readonly Operand[], scalarTypes: readonly DType[], out: StridedArray,
): void {
  const { shape, size } = out.geometry;
  if (size === 0) return;
  const arrays = inputs.filter((input) => input instanceof StridedArray);
  if (arrays.some((array) => array.storage === out.storage && isComplex(array.dtypeCore) !== isComplex(out.dtypeCore))) {
    // Complex numbers and their parts in one buffer, which cannot be bound as two types.
    withTemporariesOn({
      allocate: (count, dtype) => gpu.pool.allocate(count * bytesOf(dtype)),
      cast: (input, copy) => runMap(gpu, identity, [input], [], copy),
    }, (temporaries) => runMap(gpu, program, inputs.map((input) =>
      (input instanceof StridedArray ? temporaries.converted(input, input.dtypeCore) : input)), scalarTypes, out));
    return;
  }
  let steps: Axes | null = null;
  let form: Form = 'flat';
  if (!lieFlat(gpu, arrays, out)) {
    const all = [...arrays, out];
    if (splitLarge(gpu, broadcastWalk(all, shape), shape.map((_, axis) => axis), (parts) => {
      let next = 0;
      runMap(gpu, program, inputs.map((input) => (input instanceof StridedArray ? parts[next++] : input)), scalarTypes, parts.at(-1)!);
    })) return;
    const strides = all.map(({ geometry }) => broadcastLayout(geometry, shape).strides);
    steps = mergeAxes(orderAxes({ shape, strides }, arrays.length));
    if (steps.shape.length > largestRank) {
      runRanks(gpu, program, inputs, scalarTypes, out);
      return;
    }
    const flat = steps.strides.map((each) => isContiguous(steps!.shape, each));
    form = flat.every(Boolean) ? 'flat' : flat[arrays.length] ? 'gathered' : 'strided';
  }
  const target = windowOf(gpu, out, ...arrays.filter(({ storage }) => storage === out.storage));
  const offset = out.geometry.offset - target.start;
  const lanes: Lane[] = [];
  const bindings: Binding[] = [];
  const scalars: number[] = [];
  const offsets: number[] = [];
  inputs.forEach((input, k) => {
    if (!(input instanceof StridedArray)) {
      lanes.push({ dtype: scalarTypes[k], source: 'scalar' });
      scalars.push(...scalarParameters(input, scalarTypes[k]));
      return;
    }
    // A buffer that is written cannot be bound for reading beside it.
    const shared = input.storage === out.storage;
    lanes.push({ dtype: input.dtypeCore, source: shared ? 'result' : 'array' });
    const window = shared ? target : windowOf(gpu, input);
    if (!shared) bindings.push(window.binding);
    offsets.push(input.geometry.offset - window.start);
  });
  bindings.push(target.binding);
  const wide = form === 'flat' && isWide(arrays, out);
  const kernel = gpu.variant(program, variantOf(lanes, out.dtypeCore, form, wide), () => {
    const sources = lanes.map(({ dtype, source }) => `${dtype.name} ${source}`).join();
    return gpu.kernel(`${program.key}|${sources}|${out.dtypeCore.name} ${form}${wide ? ' wide' : ''}`, () =>
      (wide ? wideSource(program, lanes, out.dtypeCore) : sourceOf(program, lanes, out.dtypeCore, form)));
  });
  if (wide) {
    const fours = Math.ceil(size / 4);
    const starts = offsets.map((each) => each / 4);
    gpu.dispatch(kernel, bindings, [fours, arrays.length, offset / 4, ...scalars, ...starts], Math.ceil(fours / 64));
    return;
  }
  const places = form === 'flat' ? offsets : locateParameters(steps!, [...offsets, offset]);
  const lanesPerWord = perWord(out.dtypeCore);
  const invocations = lanesPerWord > 1 && form !== 'strided'
    ? Math.floor((offset + size - 1) / lanesPerWord) - Math.floor(offset / lanesPerWord) + 1 : size;
  gpu.dispatch(kernel, bindings, [size, arrays.length, offset, ...scalars, ...places], Math.ceil(invocations / 256));
}

/** More axes than a kernel walks: one dispatch for every index of the first. */
function runRanks(
  gpu: Gpu, program: MapProgram, inputs: readonly Operand[], scalarTypes: readonly DType[], out: StridedArray,
): void {
  const { shape } = out.geometry;
  const axis = shape.findIndex((extent) => extent > 1);
  const at = (array: StridedArray, i: number): StridedArray => {
    const { strides } = broadcastLayout(array.geometry, shape);
    const layout = stridedLayout(
      shape.filter((_, k) => k !== axis), strides.filter((_, k) => k !== axis), array.geometry.offset + i * strides[axis]);
    return new StridedArray(array.storage, array.dtypeCore, layout);
  };
  for (let i = 0; i < shape[axis]; i++) {
    runMap(gpu, program, inputs.map((input) => (input instanceof StridedArray ? at(input, i) : input)), scalarTypes, at(out, i));
  }
}

const programs: (MapProgram | undefined)[] = [];

function programOf(op: PointwiseKernel, dtype: DType): MapProgram {
  // Half floats are computed in float32.
  const held = isHalf(dtype) ? float32 : dtype;
  const index = op.id * dtypes.length + held.code;
  let program = programs[index];
  if (program === undefined) {
    const type = computeType(held);
    program = {
      key: `${op.name} ${held.name}`,
      functions: () => {
        const args = op.args.map((name) => ({ name, boolean: type === 'bool' || op.conditions.includes(name) }));
        return emitWgslFunction('compute', args, op.expression(held), type);
      },
      call: (inputs) => `compute(${inputs.join(', ')})`,
    };
    programs[index] = program;
  }
  return program;
}

export function pointwise(gpu: Gpu, op: PointwiseKernel, operands: readonly Operand[], dtype: DType, out: StridedArray): void {
  const types = op.args.map((name) => (op.conditions.includes(name) ? bool : dtype));
  runMap(gpu, programOf(op, dtype), operands, types, out);
}
