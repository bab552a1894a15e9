import { afterAll, describe, expect, it } from 'vitest';
import type { Backend, Operand } from '../../src/backend/backend.ts';
import type { ArgReduction, Reduction, Scan } from '../../src/backend/families.ts';
import { CpuStorage, storageBytes, storageOf } from '../../src/backend/cpu/storage.ts';
import { positionsOf } from '../../src/backend/reference/elements.ts';
import { referenceBackend as reference } from '../../src/backend/reference/index.ts';
import { wasmBackend } from '../../src/backend/wasm/index.ts';
import { kernelsOf } from './kernels.ts';
import type { Scalar } from '../../src/core/complex.ts';
import { Complex } from '../../src/core/complex.ts';
import type { DType } from '../../src/core/dtype.ts';
import { bool, componentType, dtypes, float32, int64, integerRange, isHalf, isInteger } from '../../src/core/dtype.ts';
import { contiguousLayout, sizeOf } from '../../src/core/layout.ts';
import { writeElement } from '../../src/core/scalar.ts';
import { StridedArray } from '../../src/core/strided.ts';
import { pointwiseOps } from '../../src/ops/pointwise/row.ts';
import '../../src/ops/pointwise/index.ts';
import { leastScale, opClass, referenceTolerance } from '../tolerances.ts';
import type { LayoutKind } from './arrays.ts';
import { Chance, empty, fromBytes, laidOut, layoutKinds, relaid } from './arrays.ts';
import type { Agreement } from './compare.ts';
import { difference } from './compare.ts';

/** The WebAssembly kernels against the plain reference, on seeded random arrays of random layouts. */

const seed = 20240607;
const exact: Agreement = { tolerance: 0, signedZeros: true };
const writable = layoutKinds.filter((kind) => kind !== 'broadcast');
let cases = 0;

/** What kind of numbers an operation can take without its result depending on the order of its roundings. */
type Numbers = 'any' | 'moderate' | 'summable' | 'powers';

// oxlint-disable-next-line flambeau/tolerances -- operands
const special = [0, -0, 1, -1, 0.5, -2, Infinity, -Infinity, NaN, 1e-310, 1e-42, 6e-8, 65504, 3.4e38, 1.7e308];

function randomReal(chance: Chance, numbers: Numbers): number {
  switch (numbers) {
    case 'summable': return (chance.below(65) - 32) / 4;
    case 'powers': return chance.pick([1, -1, 2, -2, 0.5, -0.5, 1, 1]);
    case 'moderate': return (chance.fraction() - 0.5) * 6;
    case 'any':
      switch (chance.below(4)) {
        case 0: return chance.pick(special);
        case 1: return chance.below(17) - 8;
        case 2: return (chance.fraction() - 0.5) * 4;
        default: return (chance.fraction() - 0.5) * 10 ** (chance.below(24) - 12);
      }
  }
}

function randomElement(chance: Chance, dtype: DType, numbers: Numbers): Scalar {
  if (dtype.kind === 'bool') return chance.below(2) === 1;
  if (isInteger(dtype)) {
    if (chance.below(2) === 0) return chance.below(9) - (dtype.kind === 'int' ? 4 : 0);
    if (chance.below(4) === 0) return chance.pick(integerRange(dtype));
    const bits = dtype.itemsize * 8;
    return dtype.kind === 'int' ? BigInt.asIntN(bits, chance.word()) : BigInt.asUintN(bits, chance.word());
  }
  if (dtype.kind === 'complex') {
    const [re, im] = [randomReal(chance, numbers), randomReal(chance, numbers)];
    // Powers of 2 and of i: their products are exact.
    if (numbers === 'powers') return chance.below(2) === 0 ? new Complex(re, 0) : new Complex(0, im);
    return new Complex(re, im);
  }
  return randomReal(chance, numbers);
}

/** The array again, in an ordinary buffer outside the heap, where the heap's budget would have sent it. */
function overflowed({ storage, dtypeCore, geometry: layout }: StridedArray): StridedArray {
  const bytes = storageBytes(storage as CpuStorage).slice();
  return new StridedArray(new CpuStorage(bytes.length, null, 0, bytes.buffer as ArrayBuffer), dtypeCore, layout);
}

const maybeOverflowed = (chance: Chance, array: StridedArray): StridedArray =>
  (chance.below(8) === 0 ? overflowed(array) : array);

function randomArray(
  chance: Chance, shape: readonly number[], dtype: DType, numbers: Numbers = 'any',
  kind: LayoutKind = chance.pick(layoutKinds),
): StridedArray {
  const data = new dtype.array(sizeOf(shape) * dtype.components);
  for (let i = 0; i < data.length; i += dtype.components) {
    writeElement(data, i, dtype, randomElement(chance, dtype, numbers));
  }
  const plain = fromBytes(new Uint8Array(data.buffer), shape, dtype);
  return maybeOverflowed(chance, relaid(plain, kind));
}

/** Somewhere to write; most layouts have bytes beside their elements. */
function randomOut(chance: Chance, shape: readonly number[], dtype: DType): StridedArray {
  return maybeOverflowed(chance, laidOut(shape, dtype, chance.pick(writable)));
}

function randomShape(chance: Chance, least = 0): number[] {
  const ndim = least + chance.below(4 - least);
  return Array.from({ length: ndim }, (_, axis) =>
    (chance.below(25) === 0 ? 0 : 1 + chance.below(axis === ndim - 1 ? 19 : 4)));
}

/** A shape that broadcasts to the given one. */
function narrowed(chance: Chance, shape: readonly number[]): number[] {
  const lead = chance.below(3) === 0 ? chance.below(shape.length + 1) : 0;
  return shape.slice(lead).map((extent) => (chance.below(5) === 0 ? 1 : extent));
}

const positionsIn = (chance: Chance, shape: readonly number[], bound: number): StridedArray => {
  const data = BigInt64Array.from({ length: sizeOf(shape) }, () => BigInt(chance.below(bound)));
  const plain = fromBytes(new Uint8Array(data.buffer), shape, int64);
  return relaid(plain, chance.pick(writable));
};

const describeArray = (array: StridedArray): string =>
  `${array.dtypeCore.name}[${array.geometry.shape}] strides [${array.geometry.strides}] offset ${array.geometry.offset}`;

type Write = (backend: Backend, out: StridedArray) => void;

/** Whether a byte that belongs to no element is no longer what it was. */
function wroteBeside({ storage, dtypeCore: { itemsize }, geometry: layout }: StridedArray, filler: number): boolean {
  const bytes = storageBytes(storage as CpuStorage).slice();
  for (const position of positionsOf(layout)) bytes.fill(filler, position * itemsize, (position + 1) * itemsize);
  return bytes.some((byte) => byte !== filler);
}

/** Both backends write a result; the first difference fails the test with all that is needed to repeat it. */
function check(
  what: string, operands: readonly unknown[], got: StridedArray, write: Write, agreement: Agreement,
): void {
  const wanted = empty(got.geometry.shape, got.dtypeCore);
  write(reference, wanted);
  storageBytes(storageOf(got)).fill(0x33);
  write(wasmBackend, got);
  const found = wroteBeside(got, 0x33) ? 'bytes beside the elements were written' : difference(got, wanted, agreement);
  const texts = operands.map((operand) => (operand instanceof StridedArray ? describeArray(operand) : String(operand)));
  expect(found, `${what} (${texts.join('; ')}) → ${describeArray(got)}`).toBeNull();
  cases++;
}

describe('pointwise', () => {
  // minimum and maximum of both zeros may be either, in NumPy and C too.
  const eitherZero = new Set(['minimum', 'maximum', 'fmin', 'fmax', 'clamp', 'relu']);
  it.each(pointwiseOps().map((op) => [op.name, op] as const))('%s', (_, op) => {
    const chance = new Chance(seed + op.id);
    // Elsewhere there is no kernel to compare.
    for (const dtype of op.dtypes.filter((each) => op.compiled.includes(isHalf(each) ? float32 : each))) {
      const kind = opClass(op, dtype);
      const numbers = kind === 'compound' ? 'moderate' : 'any';
      const agreement: Agreement = {
        tolerance: referenceTolerance(op, dtype), signedZeros: !eitherZero.has(op.name),
        byModulus: kind === 'compound', leastScale: leastScale(op, dtype),
      };
      const result = op.result === 'same' ? dtype : op.result === 'bool' ? bool : componentType(dtype);
      for (let round = 0; round < 12; round++) {
        const shape = randomShape(chance);
        const whole = chance.below(op.args.length);
        const operands: Operand[] = op.args.map((name, i) => {
          const type = op.conditions.includes(name) ? bool : dtype;
          if (i !== whole && chance.below(4) === 0) return randomElement(chance, type, numbers);
          return randomArray(chance, i === whole ? shape : narrowed(chance, shape), type, numbers);
        });
        check(`${op.name} ${dtype.name}`, operands, randomOut(chance, shape, result),
          (backend, out) => backend.pointwise(op, operands, dtype, out), agreement);
      }
    }
  });
});

describe('cast and fill', () => {
  it.each(dtypes.map((dtype) => [dtype.name, dtype] as const))('from %s', (_, from) => {
    const chance = new Chance(seed + from.code);
    for (const to of dtypes) {
      for (let round = 0; round < 12; round++) {
        const shape = randomShape(chance);
        const input = randomArray(chance, round === 0 ? narrowed(chance, shape) : shape, from);
        check('cast', [input], randomOut(chance, shape, to), (backend, out) => backend.cast(input, out), exact);
      }
      const value = randomElement(chance, from, 'any');
      // A JavaScript number out of an integer's range is refused before it comes this far.
      if (isInteger(to) && from !== to && from !== bool) continue;
      const plain = to.kind === 'complex' || !(value instanceof Complex) ? value : value.re;
      check('fill', [plain], randomOut(chance, randomShape(chance), to), (backend, out) => backend.fill(out, plain),
        exact);
    }
  });
});

describe('reduce, argReduce and scan', () => {
  const numbersOf = (name: Reduction | Scan): Numbers =>
    (name === 'sum' || name === 'cumsum' ? 'summable' : name === 'prod' || name === 'cumprod' ? 'powers' : 'any');
  // Zeros of either sign are equal extremes, and a product's zero parts may come from either order.
  const loose: Agreement = { tolerance: 0, signedZeros: false };
  it.each(dtypes.map((dtype) => [dtype.name, dtype] as const))('%s', (_, dtype) => {
    const chance = new Chance(seed + 100 + dtype.code);
    for (const reduction of ['sum', 'prod', 'min', 'max', 'any', 'all'] as Reduction[]) {
      for (let round = 0; round < 24; round++) {
        const shape = randomShape(chance, round % 2);
        const axes = shape.map((__, axis) => axis).filter(() => chance.below(2) === 0);
        if ((reduction === 'min' || reduction === 'max') && axes.some((axis) => shape[axis] === 0)) continue;
        // Of several complex NaNs the first one met is the extreme, and over several axes the order of meeting is free.
        const ordered = dtype.kind === 'complex' && (reduction === 'min' || reduction === 'max') && axes.length > 1;
        const input = randomArray(chance, shape, dtype, ordered ? 'summable' : numbersOf(reduction));
        const kept = shape.filter((__, axis) => !axes.includes(axis));
        const result = reduction === 'any' || reduction === 'all' ? bool : dtype;
        check(`${reduction} over ${axes}`, [input], randomOut(chance, kept, result),
          (backend, out) => kernelsOf(backend).reduce(reduction, input, axes, out), loose);
      }
    }
    for (const reduction of ['argmin', 'argmax'] as ArgReduction[]) {
      for (let round = 0; round < 24; round++) {
        const shape = randomShape(chance, 1);
        const axis = chance.below(shape.length);
        if (shape[axis] === 0) continue;
        const input = randomArray(chance, shape, dtype);
        check(`${reduction} along ${axis}`, [input], randomOut(chance, shape.filter((__, i) => i !== axis), int64),
          (backend, out) => kernelsOf(backend).argReduce(reduction, input, axis, out), exact);
      }
    }
    for (const kind of ['cumsum', 'cumprod', 'cummax', 'cummin'] as Scan[]) {
      for (let round = 0; round < 18; round++) {
        const shape = randomShape(chance, 1);
        const axis = chance.below(shape.length);
        const input = randomArray(chance, shape, dtype, numbersOf(kind));
        check(`${kind} along ${axis}`, [input], randomOut(chance, shape, dtype),
          (backend, out) => kernelsOf(backend).scan(kind, input, axis, out), loose);
      }
    }
  });
});

describe('sort, gather, scatter and nonzero', () => {
  it.each(dtypes.map((dtype) => [dtype.name, dtype] as const))('%s', (_, dtype) => {
    const chance = new Chance(seed + 200 + dtype.code);
    for (let round = 0; round < 80; round++) {
      const shape = round % 4 === 0 ? [1 + chance.below(3), 30 + chance.below(200)] : randomShape(chance);
      const input = randomArray(chance, shape, dtype);
      const descending = chance.below(2) === 0;
      const order = randomOut(chance, shape, int64);
      check('argsort', [input, descending], order, (backend, out) => kernelsOf(backend).sort(input, null, out, descending), exact);
      check('sort', [input, descending], randomOut(chance, shape, dtype),
        (backend, out) => kernelsOf(backend).sort(input, out, round % 2 === 0 ? null : order, descending), exact);
    }
    for (let round = 0; round < 80; round++) {
      const row = randomShape(chance);
      const n = 1 + chance.below(6);
      const shape = randomShape(chance).slice(0, 2);
      const positions = positionsIn(chance, shape, n);
      const table = randomArray(chance, [n, ...row], dtype);
      check('gather', [table, positions], randomOut(chance, [...shape, ...row], dtype),
        (backend, out) => kernelsOf(backend).gather(table, positions, out), exact);
      const accumulate = chance.below(2) === 0;
      const values = randomArray(chance, [...shape, ...row], dtype);
      check('scatter', [table, positions, values, accumulate], randomOut(chance, [n, ...row], dtype), (backend,
        out) => {
        backend.cast(table, out);
        kernelsOf(backend).scatter(out, positions, values, accumulate);
      }, exact);
    }
    for (let round = 0; round < 30; round++) {
      const input = randomArray(chance, randomShape(chance), dtype);
      const [got, wanted] = [wasmBackend, reference].map((backend) => {
        const { storage, count } = kernelsOf(backend).nonzero(input);
        return new StridedArray(storage, int64, contiguousLayout([count]));
      });
      expect(difference(got, wanted, exact), describeArray(input)).toBeNull();
      cases++;
    }
  });
});

describe('matmul', () => {
  it.each(dtypes.map((dtype) => [dtype.name, dtype] as const))('%s', (_, dtype) => {
    const chance = new Chance(seed + 300 + dtype.code);
    for (let round = 0; round < 12; round++) {
      const [m, k, n] = [1 + chance.below(9), 1 + chance.below(9), 1 + chance.below(9)];
      const batch = randomShape(chance).slice(0, 2).map((extent) => Math.min(extent, 3));
      const a = randomArray(chance, [...narrowed(chance, batch), m, k], dtype, 'summable');
      const b = randomArray(chance, [...narrowed(chance, batch), k, n], dtype, 'summable');
      check('matmul', [a, b], randomOut(chance, [...batch, m, n], dtype), (backend, out) => kernelsOf(backend).matmul(a, b, out),
        { tolerance: 0, signedZeros: false });
    }
  });
});

describe('the comparison itself', () => {
  afterAll(() => expect(cases).toBeGreaterThan(20_000));
  it('sees a wrong result', () => {
    const chance = new Chance(1);
    const x = randomArray(chance, [5], dtypes[12], 'moderate', 'contiguous');
    expect(() => check('sum', [x], empty([], dtypes[12]), (backend, out) => {
      kernelsOf(backend).reduce(backend === wasmBackend ? 'prod' : 'sum', x, [0], out);
    }, exact)).toThrow('sum');
  });
});
