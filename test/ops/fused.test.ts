import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Backend } from '../../src/backend/backend.ts';
import type { Kernel } from '../../src/backend/kernels.ts';
import { declined } from '../../src/backend/kernels.ts';
import { positionsOf, readValue, writeValue } from '../../src/backend/reference/elements.ts';
import { referenceBackend } from '../../src/backend/reference/index.ts';
import { wasmBackend } from '../../src/backend/wasm/index.ts';
import { cpu } from '../../src/core/device.ts';
import { float16, float64 } from '../../src/core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../src/core/errors.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import { add, mul } from '../../src/ops/pointwise/index.ts';
import { floats } from '../../src/ops/pointwise/row.ts';
import type { StructuralOp } from '../../src/ops/registry/op.ts';
import { structural } from '../../src/ops/registry/op.ts';
import { run, runInto } from '../../src/ops/registry/run.ts';
import { dtypeOf, fromValues, valuesOf } from '../backend/arrays.ts';
import { structuralTolerance } from '../tolerances.ts';
import { bothWays, ownOp, pairsOn, served, unregistered, withKernels } from './fused.ts';
import { gradientFailures } from './numericGradient.ts';
import { place } from './placement.ts';
import { worst } from './pointwiseFixtures.ts';
import type { StructuralFixtures } from './structuralFixtures.ts';
import { casesOf, decode, layouts, operandsOf, placementOf } from './structuralFixtures.ts';

/** Kernels against composites on the CPU, and what the runner makes of a table's entries. */

const file = new URL('../fixtures/ops/structural.json', import.meta.url);
const cases = casesOf(JSON.parse(readFileSync(file, 'utf8')) as StructuralFixtures);

/** The own op's kernel, element by element. */
const plainKernel: Kernel<null> = ([x, y], _, [out]) => {
  const [ofX, ofY] = [positionsOf(x.geometry), positionsOf(y.geometry)];
  positionsOf(out.geometry).forEach((position, i) => {
    const first = readValue(x, ofX[i]) as number;
    writeValue(out, position, first * (readValue(y, ofY[i]) as number) + first);
  });
};

const backends = [wasmBackend, referenceBackend].map((backend) => withKernels(backend, { [ownOp.name]: plainKernel }));

describe.each(backends.map((backend) => [backend.name, backend, pairsOn(backend, cases)] as const))('%s', (_, backend, pairs) => {
  it(`has ${pairs.length} ops with a kernel and a composite`, () => expect(pairs.length).toBeGreaterThan(0));

  it.each(pairs.map(({ op, cases: own }) => [op.name, op, own] as const))('%s', (name, op, own) => {
    let compared = 0;
    for (const each of own) {
      for (const dtypeName of Object.keys(each.rows).filter((known) => op.dtypes.has(dtypeOf(known)))) {
        for (const layout of layouts) {
          const operands = operandsOf(each, dtypeName).map((operand, k) =>
            (operand === null ? null : place(decode(operand), dtypeOf(operand.dtype), placementOf(operand.shape, layout, k))));
          const both = served(cpu, backend, () => bothWays(backend, op, operands, each.params));
          both?.kernel.forEach((got, i) => {
            const expected = both.composite[i];
            const label = `${each.name} ${dtypeName}, layout ${layout}, result ${i}`;
            expect([label, got.geometry.shape, got.dtypeCore]).toEqual([label, expected.geometry.shape, expected.dtypeCore]);
            const { buffer } = valuesOf(expected) as Uint8Array<ArrayBuffer>;
            const { distance, text } = worst(label, valuesOf(got), new Uint8Array(buffer), got.dtypeCore);
            if (distance > structuralTolerance(name)) throw new Error(text);
            compared++;
          });
        }
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
});

describe('an entry of the table', () => {
  const vector = (): StridedArray => fromValues([1, 2, 3], [3], float64);
  type Entries = Readonly<Record<string, unknown>>;
  const runWith = (entries: Entries, op = ownOp, x = vector(), y = vector()): readonly StridedArray[] =>
    served(cpu, withKernels(wasmBackend, entries), () => run(op, [x, y], null));
  const bare = unregistered(structural({
    name: 'bare', args: ['x', 'y'], vjp: null,
    results: ([x]: readonly [StridedArray, StridedArray], _: null) => [{ shape: x.geometry.shape, dtype: x.dtypeCore }],
  }) as StructuralOp);

  it('that is a kernel computes', () => {
    const [out] = runWith({ [ownOp.name]: (([, y], _, [result]) => wasmBackend.cast(y, result)) satisfies Kernel<null> });
    expect(valuesOf(out)).toEqual(Float64Array.of(1, 2, 3));
  });

  it('that declines leaves the work to the composite, and gives its results back', () => {
    const given: StridedArray[] = [];
    const kernel: Kernel<null> = (_, __, results) => {
      given.push(...results);
      return declined;
    };
    const [out] = runWith({ [ownOp.name]: kernel });
    expect(valuesOf(out)).toEqual(Float64Array.of(2, 6, 12));
    expect(given.map(({ storage }) => storage.freed)).toEqual([true]);
    const half = fromValues([0x3c00, 0x4000, 0x4200], [3], float16);
    const [rounded] = runWith({ [ownOp.name]: kernel }, ownOp, half, half);
    expect([rounded.dtypeCore, valuesOf(rounded)]).toEqual([float16, Uint16Array.of(0x4000, 0x4600, 0x4a00)]);
  });

  it('computes half floats in float32, unless the backend does so by itself', () => {
    const seen: string[] = [];
    const kernel: Kernel<null> = ([x], _, [out]) => {
      seen.push(x.dtypeCore.name, out.dtypeCore.name);
      wasmBackend.cast(x, out);
    };
    const half = fromValues([0x3c00], [1], float16);
    const [out] = runWith({ [ownOp.name]: kernel }, ownOp, half, half);
    expect([out.dtypeCore, valuesOf(out), seen]).toEqual([float16, Uint16Array.of(0x3c00), ['float32', 'float32']]);
    const itself: Backend = Object.create(withKernels(wasmBackend, { [ownOp.name]: kernel }), { computesHalves: { value: true } });
    served(cpu, itself, () => run(ownOp, [half, half], null));
    expect(seen.slice(2)).toEqual(['float16', 'float16']);
  });

  it('that is the composite runs it, as does none', () => {
    for (const entries of [{ [ownOp.name]: 'composite' }, {}]) expect(valuesOf(runWith(entries)[0])).toEqual(Float64Array.of(2, 6, 12));
  });

  it('that comes with a module names the import', () => {
    const entries = { [ownOp.name]: { module: 'flambeau/linalg' } };
    expect(() => runWith(entries)).toThrow(RuntimeError);
    expect(() => runWith(entries)).toThrow("productPlusFirst needs a module that is not loaded: import 'flambeau/linalg' first");
  });

  it('must be a kernel where there is no composite', () => {
    for (const entries of [{}, { bare: 'composite' }, { bare: (): typeof declined => declined }]) {
      expect(() => runWith(entries, bare)).toThrow(NotImplementedError);
      expect(() => runWith(entries, bare)).toThrow('bare is not there on this device');
    }
  });

  it('must be a kernel where the op writes into what is there', () => {
    for (const entries of [{}, { bare: (): typeof declined => declined }]) {
      expect(() => served(cpu, withKernels(wasmBackend, entries), () => runInto(bare, [vector()], null, [vector()])))
        .toThrow('bare is not there on this device');
    }
  });
});

describe("the composite's own gradients", () => {
  const both = unregistered(structural({
    name: 'sumAndProduct', args: ['x', 'y'], names: ['sum', 'product'], dtypes: floats,
    results: ([x]: readonly [StridedArray, StridedArray], _: null) =>
      [{ shape: x.geometry.shape, dtype: x.dtypeCore }, { shape: x.geometry.shape, dtype: x.dtypeCore }],
    composite: ([x, y]) => [add(x, y), mul(x, y)],
    vjp: 'composite',
  }) as StructuralOp);
  const inputs = [{ shape: [3], values: [0.5, -1.5, 2] }, { shape: [3], values: [1.25, 0.75, -0.5] }];

  it('are those of all results, together or alone', () => {
    expect(gradientFailures((x, y) => run(ownOp, [x, y], null), inputs)).toEqual([]);
    expect(gradientFailures((x, y) => run(both, [x, y], null), inputs)).toEqual([]);
    for (const i of [0, 1]) expect(gradientFailures((x, y) => run(both, [x, y], null)[i], inputs)).toEqual([]);
  });
});
