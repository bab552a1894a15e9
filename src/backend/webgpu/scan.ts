import type { DType } from '../../core/dtype.ts';
import { float32, int64, isComplex, uint32 } from '../../core/dtype.ts';
import { stridedLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import { mergeAxes, orderAxes } from '../axes.ts';
import type { Scan } from '../families.ts';
import type { KernelSource } from './assemble.ts';
import { bytesOf, wordDtype, wordType } from './elements.ts';
import type { Gpu } from './gpu.ts';
import { largestRank, locateParameters, locateSource } from './places.ts';
import { withTemporaries } from './temporaries.ts';
import { isSpread, splitLarge, windowOf } from './windows.ts';

/** Running results along an axis: gpu/scan*.wgsl. */

/** Results joined with the next element or with results of later ones: floats' extremes as bits, by their order. */
interface Algebra {
  readonly word: string;
  readonly none: string;
  /** Of a and b. */
  readonly join: string;
  /** The same where what does not fit is reported. */
  readonly follow: string;
}

const least: Readonly<Record<string, string>> = { f32: '0xff800000u', i32: '(-2147483647 - 1)', u32: '0u' };
const greatest: Readonly<Record<string, string>> = { f32: '0x7f800000u', i32: '2147483647', u32: '0xffffffffu' };

function algebraOf(kind: Scan, dtype: DType): Algebra {
  const type = wordType(dtype);
  const one = type === 'f32' ? '1.0' : type === 'u32' ? '1u' : '1';
  switch (kind) {
    case 'cumsum': {
      // Nothing at all is -0: 0 would change a first -0.
      const none = type === 'vec2f' ? 'vec2f(-0.0)' : type === 'f32' ? '-0.0' : type === 'u32' ? '0u' : '0';
      return { word: type, none, join: 'a + b', follow: dtype === int64 ? 'flambeau_add_i64(a, b)' : 'a + b' };
    }
    case 'cumprod': {
      const join = type === 'vec2f' ? 'flambeau_mul_c64(a, b)' : 'a * b';
      return { word: type, none: one, join, follow: dtype === int64 ? 'flambeau_mul_i64(a, b)' : join };
    }
    case 'cummax': {
      const join = type === 'f32' ? 'select(a, b, floatKey(b) > floatKey(a))' : 'max(a, b)';
      return { word: type === 'f32' ? 'u32' : type, none: least[type], join, follow: join };
    }
    case 'cummin': {
      // One more turns NaN's key from the last into the first.
      const join = type === 'f32' ? 'select(a, b, floatKey(b) + 1u < floatKey(a) + 1u)' : 'min(a, b)';
      return { word: type === 'f32' ? 'u32' : type, none: greatest[type], join, follow: join };
    }
  }
}

type Part = 'lines' | 'totals' | 'blocks' | 'block';

/** Products of floats need more room than a word where they are joined out of order. */
const isWide = (kind: Scan, dtype: DType): boolean => kind === 'cumprod' && dtype === float32;

function sourceOf(kind: Scan, dtype: DType, part: Part): KernelSource {
  const { word, none, join, follow } = algebraOf(kind, dtype);
  const ordered = word === 'u32' && dtype === float32;
  const wide = isWide(kind, dtype) && part !== 'lines';
  const own = wide ? 'u32' : word;
  const x = { name: 'x', access: 'read', type: own } as const;
  const result = { name: 'result', access: 'write', type: own } as const;
  const code = [
    `alias Word = ${own};`,
    locateSource(2, part === 'lines' ? 4 : 6),
    ...(wide ? [] : [`fn follow(a: Word, b: Word) -> Word { return ${follow}; }`]),
  ];
  const skeletons: KernelSource['skeletons'] = ordered ? ['sortKeys'] : wide ? ['scanProduct'] : [];
  if (part === 'lines') return { buffers: [x, result], skeletons: [...skeletons, 'scanLines'], code: code.join('\n') };
  if (!wide) {
    code.push(
      'alias State = Word;',
      `fn none() -> State { return ${none}; }`,
      'fn stateOf(x: Word) -> State { return x; }',
      'fn resultOf(a: State) -> Word { return a; }',
      `fn join(a: State, b: State) -> State { return ${join}; }`);
  }
  const totals = (access: 'read' | 'write') => ({ name: 'totals', access, type: 'State' } as const);
  switch (part) {
    case 'totals': return { buffers: [x, totals('write')], skeletons: [...skeletons, 'scanTotals'], code: code.join('\n') };
    case 'blocks':
      return { buffers: [x, result, totals('read')], skeletons: [...skeletons, 'scanBefore', 'scan'], code: code.join('\n') };
    case 'block':
      code.push('fn before(block: u32, first: u32, local: u32) -> State { return none(); }');
      return { buffers: [x, result], skeletons: [...skeletons, 'scan'], code: code.join('\n') };
  }
}

/** Elements that a workgroup takes at a time, as gpu/scan.wgsl has it. */
const tile = 1024;
/** Lines up to this length are run along by single invocations. */
const shortLine = 32;
/** So many lines keep a GPU busy without being divided. */
const enoughLines = 512;
/** With so many lines side by side, single invocations read what lies together. */
const enoughColumns = 2048;
/** The most blocks of a line, whose totals every one of them reads, and the fewest tiles that are worth one. */
const mostBlocks = 1024;
const fewestTiles = 4;

/** Running results along `axis`; half floats run in float32. */
export function scan(gpu: Gpu, kind: Scan, input: StridedArray, axis: number, out: StridedArray): void {
  if (out.geometry.size === 0) return;
  const { shape } = out.geometry;
  const dtype = wordDtype(input.dtypeCore);
  const others = shape.map((_, i) => i).filter((i) => i !== axis);
  if (dtype !== out.dtypeCore) {
    withTemporaries(gpu, (temporaries) => temporaries.apart(out, dtype, (apart) => scan(gpu, kind, input, axis, apart)));
    return;
  }
  if (dtype !== input.dtypeCore || input.storage === out.storage) {
    withTemporaries(gpu, (temporaries) => scan(gpu, kind, temporaries.converted(input, dtype), axis, out));
    return;
  }
  const arrays = [input, out];
  if (arrays.some((array) => isSpread(gpu, array, axis))) {
    scanDense(gpu, kind, input, axis, out);
    return;
  }
  const axes = shape.map((_, i) => i);
  if (splitLarge(gpu, [{ array: input, axes }, { array: out, axes }], others, ([x, to]) => scan(gpu, kind, x, axis, to))) return;
  const pick = (values: readonly number[]): number[] => others.map((i) => values[i]);
  const steps = mergeAxes(orderAxes({ shape: pick(shape), strides: arrays.map(({ geometry }) => pick(geometry.strides)) }, 1));
  if (steps.shape.length > largestRank) {
    scanDense(gpu, kind, input, axis, out);
    return;
  }
  const n = shape[axis] ?? 1;
  const lines = out.geometry.size / n;
  const along = arrays.map(({ geometry }) => geometry.strides[axis] ?? 0);
  const windows = arrays.map((array) => windowOf(gpu, array));
  const bindings = windows.map(({ binding }) => binding);
  const places = locateParameters(steps, arrays.map(({ geometry }, k) => geometry.offset - windows[k].start));
  const kernel = (part: Part) => gpu.kernel(`${kind} ${dtype.name} ${part}`, () => sourceOf(kind, dtype, part));
  // The innermost other axis is the last one: lines beside one another there are read together.
  const beside = Math.abs(steps.strides[1].at(-1) ?? Infinity) < Math.abs(along[1]);
  // Products of complex numbers are not joined out of order, where parts of them may be too large or too small.
  if (n <= shortLine || (beside && lines >= enoughColumns) || (kind === 'cumprod' && isComplex(dtype))) {
    gpu.dispatch(kernel('lines'), bindings, [lines, n, ...along, ...places], Math.ceil(lines / 64));
    return;
  }
  const tiles = Math.ceil(n / tile);
  const wanted = lines >= enoughLines ? 1 : Math.min(mostBlocks, Math.ceil(tiles / fewestTiles));
  const tilesOfBlock = Math.ceil(tiles / wanted);
  const blocks = Math.ceil(tiles / tilesOfBlock);
  const parameters = [lines, n, ...along, blocks, tilesOfBlock, ...places];
  if (blocks === 1) {
    gpu.dispatch(kernel('block'), bindings, parameters, lines);
    return;
  }
  withTemporaries(gpu, (temporaries) => {
    const { binding } = windowOf(gpu, temporaries.make([lines * blocks * (isWide(kind, dtype) ? 2 : bytesOf(dtype) / 4)], uint32));
    gpu.dispatch(kernel('totals'), [bindings[0], binding], parameters, lines * blocks);
    gpu.dispatch(kernel('blocks'), [...bindings, binding], parameters, lines * blocks);
  });
}

/** Through arrays without gaps in which lines follow one another: where they reach too far, or there are more axes than a kernel walks. */
function scanDense(gpu: Gpu, kind: Scan, input: StridedArray, axis: number, out: StridedArray): void {
  const last = out.geometry.shape.length - 1;
  const moved = ({ storage, dtypeCore, geometry: { shape, strides, offset } }: StridedArray): StridedArray => {
    const order = [...shape.keys()].filter((i) => i !== axis).concat(axis);
    const layout = stridedLayout(order.map((i) => shape[i]), order.map((i) => strides[i]), offset);
    return new StridedArray(storage, dtypeCore, layout);
  };
  withTemporaries(gpu, (temporaries) => {
    const dense = temporaries.converted(moved(input), input.dtypeCore);
    temporaries.apart(moved(out), out.dtypeCore, (apart) => scan(gpu, kind, dense, last, apart));
  });
}
