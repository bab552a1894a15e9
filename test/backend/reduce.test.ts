import { readFileSync } from 'node:fs';
import { afterEach, describe, expect, test } from 'vitest';
import '../../src/runtime/start.ts';
import type { ArgReduction, Reduction, Scan } from '../../src/backend/families.ts';
import { pool } from '../../src/backend/cpu/pool.ts';
import { allocate, hostAccess, storageBytes } from '../../src/backend/cpu/storage.ts';
import type { CpuStorage } from '../../src/backend/cpu/storage.ts';
import { wasmBackend } from '../../src/backend/wasm/index.ts';
import { kernelsOf } from './kernels.ts';
import { Complex } from '../../src/core/complex.ts';
import type { Scalar } from '../../src/core/complex.ts';
import type { DType } from '../../src/core/dtype.ts';
import { bool, dtypes, float32, float64, int64, isInexact } from '../../src/core/dtype.ts';
import type { Layout } from '../../src/core/layout.ts';
import { contiguousLayout, stridedLayout } from '../../src/core/layout.ts';
import { readElement } from '../../src/core/scalar.ts';
import { StridedArray } from '../../src/core/strided.ts';
import { accumulationTolerance } from '../tolerances.ts';

const { reduce, argReduce, scan } = kernelsOf(wasmBackend);

// Reductions, positions of extremes and scans against NumPy's results, and against plain loops where it has none.

interface View {
  shape: number[];
  strides: number[];
  offset: number;
  axes: number[][];
  scans: boolean;
  /** Whether sums must agree with NumPy's to the bit. */
  exact: boolean;
}

interface Fixture {
  pool: number;
  samples: number;
  starts: Record<string, number>;
  views: View[];
  long: Record<string, string | number>[];
}

const folder = new URL('../fixtures/reduce/', import.meta.url);
const fixture = JSON.parse(readFileSync(new URL('reduce.json', folder), 'utf8')) as Fixture;
const file = new Uint8Array(readFileSync(new URL('reduce.bin', folder)));

const budget = pool.budget;
afterEach(() => { pool.budget = budget; });

/** A fresh array whose bytes are all set, so that an element left unwritten is seen. */
function empty(layout: Layout, dtype: DType): StridedArray {
  const [, high] = layout.size === 0 ? [0, 0] : layout.range;
  const storage = allocate((high + 1) * dtype.itemsize);
  storageBytes(storage).fill(0x5a);
  return new StridedArray(storage, dtype, layout);
}

/** A layout with gaps, the axes in reverse order and every other one backwards. */
function awkwardLayout(shape: readonly number[]): Layout {
  const strides: number[] = [];
  let offset = 2;
  let step = 2;
  shape.forEach((extent, axis) => {
    const backwards = axis % 2 === 0;
    strides.push(backwards ? -step : step);
    if (backwards) offset += step * Math.max(extent - 1, 0);
    step *= Math.max(extent, 1) + 1;
  });
  return stridedLayout(shape, strides, offset);
}

/** Elements in row-major order, as JavaScript sees them. */
function elements(array: StridedArray): Scalar[] {
  const { data, base } = hostAccess(array.storage as CpuStorage, array.dtypeCore);
  const result: Scalar[] = [];
  const visit = (axis: number, position: number): void => {
    if (axis === array.geometry.shape.length) {
      result.push(readElement(data, base + position * array.dtypeCore.components, array.dtypeCore));
      return;
    }
    for (let i = 0; i < array.geometry.shape[axis]; i++) visit(axis + 1, position + i * array.geometry.strides[axis]);
  };
  visit(0, array.geometry.offset);
  return result;
}

function sampled(values: readonly Scalar[]): Scalar[] {
  const { samples } = fixture;
  if (values.length <= samples) return [...values];
  return Array.from({ length: samples }, (_, i) => values[Math.floor(i * (values.length - 1) / (samples - 1))]);
}

/** Relative error that a result may have; 0 asks for the same number, zeros being equal but for sums. */
type Tolerance = number | 'bits';

function agree(got: Scalar, expected: Scalar, tolerance: Tolerance): boolean {
  if (got instanceof Complex && expected instanceof Complex) {
    if (tolerance === 'bits' || tolerance === 0) return agree(got.re, expected.re, tolerance) && agree(got.im, expected.im, tolerance);
    if (![expected.re, expected.im].every(Number.isFinite)) return agree(got.re, expected.re, 0) && agree(got.im, expected.im, 0);
    return Math.hypot(got.re - expected.re, got.im - expected.im) <= tolerance * Math.hypot(expected.re, expected.im);
  }
  if (Object.is(got, expected)) return true;
  if (tolerance === 'bits' || typeof got !== 'number' || typeof expected !== 'number') return false;
  return got === expected || Math.abs(got - expected) <= tolerance * Math.abs(expected);
}

/** Reads the fixture of one dtype from front to back. */
class Part {
  readonly dtype: DType;
  readonly source: StridedArray;
  private at: number;

  constructor(dtype: DType) {
    this.dtype = dtype;
    const start = fixture.starts[dtype.name];
    const bytes = fixture.pool * dtype.itemsize;
    const storage = allocate(bytes);
    storageBytes(storage).set(file.subarray(start, start + bytes));
    this.source = new StridedArray(storage, dtype, contiguousLayout([fixture.pool]));
    this.at = start + bytes;
  }

  next(dtype: DType, count: number): Scalar[] {
    const bytes = file.slice(this.at, this.at + count * dtype.itemsize);
    this.at += bytes.length;
    const data = new dtype.array(bytes.buffer);
    return Array.from({ length: count }, (_, i) => readElement(data, i * dtype.components, dtype));
  }
}

const failures: string[] = [];

function check(part: Part, name: string, out: StridedArray, tolerance: Tolerance): void {
  const got = sampled(elements(out));
  const expected = part.next(out.dtypeCore, got.length);
  for (let i = 0; i < got.length; i++) {
    if (!agree(got[i], expected[i], tolerance)) {
      failures.push(`${name} [${i}]: ${show(got[i])}, not ${show(expected[i])}`);
      return;
    }
  }
}

function show(value: Scalar): string {
  if (value instanceof Complex) return `${show(value.re)}+${show(value.im)}i`;
  return Object.is(value, -0) ? '-0' : String(value);
}

const reductions: Reduction[] = ['sum', 'prod', 'min', 'max', 'any', 'all'];
const scans: Scan[] = ['cumsum', 'cumprod', 'cummax', 'cummin'];

function toleranceOf(name: Reduction | Scan, dtype: DType, exact: boolean): Tolerance {
  if (name === 'sum') return exact || !isInexact(dtype) ? 'bits' : accumulationTolerance('sum', dtype);
  if (name === 'cumsum') return 'bits';
  // Extremes of -0 and 0 may be either, in NumPy too.
  return name === 'prod' || name === 'cumprod' ? accumulationTolerance('product', dtype) : 0;
}

/** Everything that the fixture holds for one dtype, into results laid out by `layoutOf`. */
function runAll(dtype: DType, layoutOf: (shape: readonly number[]) => Layout): number {
  const part = new Part(dtype);
  let results = 0;
  for (const view of fixture.views) {
    const { shape, axes } = view;
    const input = new StridedArray(part.source.storage, dtype, stridedLayout(shape, view.strides, view.offset));
    for (const along of axes) {
      const kept = shape.filter((_, axis) => !along.includes(axis));
      const none = along.some((axis) => shape[axis] === 0);
      const title = `${dtype.name} ${JSON.stringify(view)} over ${along.join()}`;
      for (const reduction of reductions) {
        if (none && (reduction === 'min' || reduction === 'max')) continue;
        const out = empty(layoutOf(kept), reduction === 'any' || reduction === 'all' ? bool : dtype);
        reduce(reduction, input, along, out);
        check(part, `${reduction} ${title}`, out, toleranceOf(reduction, dtype, view.exact));
        results++;
      }
      if (along.length !== 1 || none) continue;
      for (const reduction of ['argmin', 'argmax'] as ArgReduction[]) {
        const out = empty(layoutOf(kept), int64);
        argReduce(reduction, input, along[0], out);
        check(part, `${reduction} ${title}`, out, 'bits');
        results++;
      }
    }
    if (!view.scans) continue;
    for (let axis = 0; axis < shape.length; axis++) {
      for (const kind of scans) {
        const out = empty(layoutOf(shape), dtype);
        scan(kind, input, axis, out);
        check(part, `${kind} ${dtype.name} ${JSON.stringify(view)} along ${axis}`, out, toleranceOf(kind, dtype, true));
        results++;
      }
    }
  }
  return results;
}

function expectNoFailures(): void {
  const seen = failures.splice(0);
  expect(seen.length, seen.slice(0, 10).join('\n')).toBe(0);
}

describe.each(dtypes.map((dtype) => [dtype.name, dtype] as const))('%s', (_, dtype) => {
  test('agrees with NumPy', () => {
    expect(runAll(dtype, contiguousLayout)).toBeGreaterThan(1400);
    expectNoFailures();
  });

  test('writes results of any layout', () => {
    expect(runAll(dtype, awkwardLayout)).toBeGreaterThan(1400);
    expectNoFailures();
  });

  test('works on arrays that overflowed the heap', () => {
    pool.budget = 0;
    expect(allocate(2 ** 20).lease).toBe(null);
    runAll(dtype, awkwardLayout);
    expectNoFailures();
  });
});

/** The fixture generator's multiplicative sequence. */
function longSequence(dtype: DType): StridedArray {
  const n = 100003;
  const storage = allocate(n * dtype.itemsize);
  const { data, base } = hostAccess(storage, dtype);
  for (let k = 0; k < n; k++) data[base + k] = Number((BigInt(k) * 2654435761n) % (1n << 24n)) / 2 ** 20 - 8;
  return new StridedArray(storage, dtype, contiguousLayout([n]));
}

function sumOver(input: StridedArray, layout: Layout, axes: number[]): StridedArray {
  const out = empty(contiguousLayout(layout.shape.filter((_, axis) => !axes.includes(axis))), input.dtypeCore);
  reduce('sum', new StridedArray(input.storage, input.dtypeCore, layout), axes, out);
  return out;
}

test.each([float32, float64])('long sums of $name are those of NumPy to the bit', (dtype) => {
  const expected = fixture.long.find((each) => each.dtype === dtype.name)!;
  const x = longSequence(dtype);
  const rows = contiguousLayout([100, 1000]);
  expect({
    dtype: dtype.name,
    dense: elements(sumOver(x, x.geometry, [0]))[0],
    strided: elements(sumOver(x, stridedLayout([33335], [3], 0), [0]))[0],
    reversed: elements(sumOver(x, stridedLayout([100003], [-1], 100002), [0]))[0],
    'sum of rows': elements(sumOver(sumOver(x, rows, [1]), contiguousLayout([100]), [0]))[0],
    'sum of columns': elements(sumOver(sumOver(x, rows, [0]), contiguousLayout([1000]), [0]))[0],
  }).toEqual(expected);
});

/** A seeded sequence of integers below `limit`. */
function randomIntegers(seed: number): (limit: number) => number {
  let state = seed;
  return (limit) => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return Math.floor(state / 2 ** 32 * limit);
  };
}

/** An array of small integers in a random layout, with axes permuted, reversed, spaced or repeated. */
function randomArray(dtype: DType, random: (limit: number) => number): StridedArray {
  const ndim = random(6);
  const shape = Array.from({ length: ndim }, () => [1, 2, 3, 4, 5, 9, 13][random(ndim > 3 ? 5 : 7)]);
  const order = shape.map((_, axis) => axis);
  for (let i = ndim - 1; i > 0; i--) {
    const j = random(i + 1);
    [order[i], order[j]] = [order[j], order[i]];
  }
  const strides = new Array<number>(ndim);
  let step = 1 + random(2);
  let offset = random(3);
  for (const axis of order) {
    const kind = random(6);
    strides[axis] = kind === 0 ? 0 : kind === 1 ? -step : step;
    if (kind === 1) offset += step * (shape[axis] - 1);
    if (kind !== 0) step *= shape[axis] + (random(3) === 0 ? 1 : 0);
  }
  const array = empty(stridedLayout(shape, strides, offset), dtype);
  const { data, base } = hostAccess(array.storage as CpuStorage, dtype);
  const count = array.storage.byteLength / dtype.itemsize;
  for (let i = 0; i < count; i++) (data as Float64Array)[base + i] = random(7) - 3;
  return array;
}

/** The elements' values at every index, over the axes in `axes`, grouped by the index along the others. */
function grouped(array: StridedArray, axes: readonly number[]): number[][] {
  const groups = new Map<string, number[]>();
  const values = elements(array) as number[];
  values.forEach((value, flat) => {
    let rest = flat;
    const index = new Array<number>(array.geometry.shape.length);
    for (let axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % array.geometry.shape[axis];
      rest = Math.floor(rest / array.geometry.shape[axis]);
    }
    const key = index.filter((_, axis) => !axes.includes(axis)).join();
    const group = groups.get(key);
    if (group) group.push(value);
    else groups.set(key, [value]);
  });
  return [...groups.values()];
}

test.each([dtypes[2], dtypes[3], float32, float64])('agrees with plain loops on random layouts of $name', (dtype) => {
  const random = randomIntegers(dtype.code + 1);
  for (let round = 0; round < 300; round++) {
    const input = randomArray(dtype, random);
    const { shape } = input.geometry;
    const axes = shape.map((_, axis) => axis).filter(() => random(2) === 0);
    const layoutOf = random(2) === 0 ? contiguousLayout : awkwardLayout;
    const context = `round ${round}: ${JSON.stringify(input.geometry)} over ${axes.join()}`;
    const groups = grouped(input, axes);
    const expected: Record<string, (group: number[]) => number> = {
      sum: (group) => group.reduce((a, b) => a + b, 0),
      max: (group) => Math.max(...group),
      min: (group) => Math.min(...group),
      any: (group) => Number(group.some((value) => value !== 0)),
      all: (group) => Number(group.every((value) => value !== 0)),
    };
    for (const [reduction, of] of Object.entries(expected)) {
      const truth = reduction === 'any' || reduction === 'all';
      const out = empty(layoutOf(shape.filter((_, axis) => !axes.includes(axis))), truth ? bool : dtype);
      reduce(reduction as Reduction, input, axes, out);
      expect(elements(out).map((value) => Number(value) + 0), `${reduction} ${context}`).toEqual(groups.map((group) => of(group) + 0));
    }
    if (shape.length === 0) continue;
    const axis = random(shape.length);
    const lines = grouped(input, [axis]);
    const positions = empty(layoutOf(shape.filter((_, i) => i !== axis)), int64);
    argReduce('argmax', input, axis, positions);
    expect(elements(positions), `argmax ${context}`).toEqual(lines.map((group) => group.indexOf(Math.max(...group))));
    const running = empty(layoutOf(shape), dtype);
    scan('cumsum', input, axis, running);
    const sums = lines.map((group) => group.map((_, i) => expected.sum(group.slice(0, i + 1))));
    expect(grouped(running, [axis]), `cumsum ${context}`).toEqual(sums);
  }
});
