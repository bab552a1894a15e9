import type { Backend } from '../../src/backend/backend.ts';
import { declined } from '../../src/backend/kernels.ts';
import { backendOf, serve } from '../../src/backend/select.ts';
import type { Device } from '../../src/core/device.ts';
import { contiguousLayout } from '../../src/core/layout.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import { emptyLike } from '../../src/ops/dispatch.ts';
import { add, mul } from '../../src/ops/pointwise/index.ts';
import { floats } from '../../src/ops/pointwise/row.ts';
import type { Operands, StructuralOp } from '../../src/ops/registry/op.ts';
import { structural, structuralOps } from '../../src/ops/registry/op.ts';
import { kernelOf, launch, run } from '../../src/ops/registry/run.ts';
import type { StructuralCase } from './structuralFixtures.ts';
import { runsByRow } from './structuralRuns.ts';

/** Kernels against the composites that they stand for. */

/** A backend with other entries in its table of kernels. */
export function withKernels(backend: Backend, entries: Readonly<Record<string, unknown>>): Backend {
  return Object.create(backend, { kernels: { value: { ...backend.kernels, ...entries } } }) as Backend;
}

/** Runs `body` while another backend serves a device. */
export function served<T>(device: Device, backend: Backend, body: () => T): T {
  const previous = serve(device, backend)!;
  try {
    return body();
  } finally {
    serve(device, previous);
  }
}

/** Takes an op out of the registry, where it would be taken for one of the library's. */
export function unregistered<O extends StructuralOp>(op: O): O {
  structuralOps.delete(op.name);
  return op;
}

/** x · y + x: an op of these tests' own, so that there always is one with a kernel and a composite. */
export const ownOp = unregistered(structural({
  name: 'productPlusFirst', args: ['x', 'y'], dtypes: floats,
  results: ([x]: readonly [StridedArray, StridedArray], _: null) => [{ shape: x.geometry.shape, dtype: x.dtypeCore }],
  composite: ([x, y]) => [add(mul(x, y), x)],
  vjp: 'composite',
}) as StructuralOp);

export interface Pair {
  readonly op: StructuralOp;
  readonly cases: readonly StructuralCase[];
}

/** The ops for which a backend has a kernel beside their composite, and where to compare the two; among them the tests' own. */
export function pairsOn(backend: Backend, cases: readonly StructuralCase[]): Pair[] {
  const own = cases.filter(({ name }) => name === 'stack');
  const ops = [...structuralOps.values()].filter((op): op is StructuralOp => 'composite' in op && op.composite !== null
    && typeof kernelOf(backend, op) === 'function');
  return [
    { op: ownOp, cases: own.map((each) => ({ ...each, name: ownOp.name, params: null })) },
    ...ops.map((op) => ({ op, cases: cases.filter((each) => each.op === op.name && runsByRow(each)) })),
  ];
}

export interface Compared {
  readonly kernel: readonly StridedArray[];
  readonly composite: readonly StridedArray[];
}

/** The results of both, on the device that `backend` serves; null where the kernel leaves the work to the composite. */
export function bothWays(backend: Backend, op: StructuralOp, operands: Operands, params: unknown): Compared | null {
  const kernel = kernelOf(backend, op);
  if (typeof kernel !== 'function') throw new Error(`${backend.name} has no kernel ${op.name}`);
  const main = operands.find((operand, k) => operand !== null && !op.apart[k])!;
  const { device } = main.storage;
  return served(device, withKernels(backend, { [op.name]: 'composite' }), () => {
    const results = op.results(operands, params).map(({ shape, dtype }) => emptyLike(main, contiguousLayout(shape), dtype));
    if (launch(op, backendOf(device), kernel, operands, params, results) === declined) return null;
    return { kernel: results, composite: run(op, operands, params) };
  });
}
