import { stridedLayout } from '../../src/core/layout.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import { fullLike } from '../../src/ops/creation.ts';
import * as indexing from '../../src/ops/indexing.ts';
import { scatterInto } from '../../src/ops/indexing/kernels.ts';
import { matmul } from '../../src/ops/matmul.ts';
import { trace } from '../../src/ops/matrices.ts';
import * as movement from '../../src/ops/movement.ts';
import { bernoulli, normalDraw } from '../../src/ops/random.ts';
import { sumTo } from '../../src/ops/reduce.ts';
import type { Operands } from '../../src/ops/registry/op.ts';
import { structuralOps } from '../../src/ops/registry/op.ts';
import { run } from '../../src/ops/registry/run.ts';
import * as sets from '../../src/ops/sets.ts';
import * as views from '../../src/ops/views.ts';
import type { StructuralCase } from './structuralFixtures.ts';

/** How the cases of ops that are not pointwise are run: by the op's row, or as it is called where it has none. */

declare global {
  interface ImportMeta {
    /** Vite's, which the tests run in, under Node and in browsers. */
    glob(pattern: string, options: { readonly eager: true }): Readonly<Record<string, unknown>>;
  }
}

// Every file registers its ops.
import.meta.glob('../../src/ops/**/*.ts', { eager: true });

type Results = readonly StridedArray[];
// A method, so that calls say what their own params are.
type Call = { call(operands: readonly StridedArray[], params: unknown): Results }['call'];

function onCopy(target: StridedArray, write: (copy: StridedArray) => void): Results {
  const copy = movement.clone(target);
  write(copy);
  return [copy];
}

const groupsOf = ({ values, firsts, inverse, counts }: sets.Groups<StridedArray>): Results => [values, firsts(), inverse(), counts()];

interface AlongParams {
  readonly axis: number;
  readonly accumulate: boolean;
}

interface DiagonalParams {
  readonly offset: number;
  readonly axis1: number;
  readonly axis2: number;
}

const refuse = (index: number | bigint): Error => new RangeError(`index ${index}`);

type Items = readonly unknown[];

interface Strided {
  readonly shape: readonly number[];
  readonly strides: readonly number[];
  readonly offset: number;
}

/**
 * Calls of ops that record by themselves, that have params of a kind that a fixture cannot hold, or that run only on some layouts; and
 * of functions around ops. By the case's name or the op's.
 */
const calls: Readonly<Record<string, Call>> = {
  'matmul row': ([a, b]) => [matmul(a, b)],
  'matmul column': ([a, b]) => [matmul(a, b)],
  'view': ([x], shape: readonly number[]) => [movement.tryView(movement.contiguous(x), shape)!],
  'complexView': ([x]) => [views.complexView(views.partsView(movement.contiguous(x)))],
  'detach': ([x]) => [movement.detach(x)],
  'asStrided': ([x]) => [movement.asStrided(movement.clone(x), stridedLayout([2, 2], [1, 5], 0))],
  'stridedView': ([x], { shape, strides, offset }: Strided) => [views.stridedView(movement.clone(x), shape, strides, offset)],
  'clone': ([x]) => [movement.clone(x)],
  'clone contiguous': ([x]) => [movement.contiguous(x)],
  'reshape of a view': ([x], shape: readonly number[]) => [movement.reshapeTo(movement.permute(x, [1, 0]), shape)],
  'embed': ([x], shape: readonly number[]) => [movement.embed(x, shape, (zeros) => movement.sliceAxis(zeros, 0, 1, 3))],
  'copyFrom': ([x, y]) => onCopy(x, (copy) => movement.copyFrom(copy, y)),
  'fillWith': ([x, y], value: number) => onCopy(x, (copy) => movement.fillWith(copy, y ?? value)),
  'trace': ([x], { offset, axis1, axis2 }: DiagonalParams) => [trace(x, offset, axis1, axis2, x.dtypeCore)],
  'sum to a shape': ([x], shape: readonly number[]) => [sumTo(x, shape)],
  'index': ([x, ...masks], items: Items) => [indexing.index(x, [...items, ...masks], 'torch')],
  'assign': ([x, y], items: Items) => onCopy(x, (copy) => indexing.assign(copy, items, y, 'torch')),
  'assign masked': ([x, mask]) => onCopy(x, (copy) => indexing.assign(copy, [mask], 0, 'torch')),
  'gatherAlong': ([x, index], axis: number) => [indexing.gatherAlong(x, axis, index, 'torch')],
  'scatterAlong': ([x, index, y], { axis, accumulate }: AlongParams) =>
    [indexing.scatterAlong(x, axis, index, y, 'torch', { accumulate })],
  'scatterRows': ([target, rows, values], { accumulate }: AlongParams) =>
    onCopy(target, (copy) => scatterInto(copy, rows, values, accumulate)),
  'indexSelect': ([x, rows], axis: number) => [indexing.indexSelect(x, axis, rows)],
  'indexCopy': ([x, rows, y], axis: number) => [indexing.indexCopy(x, axis, rows, y, refuse)],
  'indexAdd': ([x, rows, y], axis: number) => [indexing.indexAdd(x, axis, rows, y, refuse)],
  'indexFill': ([x, rows, y], axis: number) => [indexing.indexFill(x, axis, rows, y ?? 1, refuse)],
  'maskedSelect': ([x, mask]) => [indexing.maskedSelect(x, mask)],
  'maskedScatter': ([x, mask, y]) => [indexing.maskedScatter(x, mask, y)],
  'maskedFill': ([x, mask], value: number) => [indexing.maskedFill(x, mask, value)],
  'take': ([x, places], axis: number) => [indexing.take(x, places, axis, 'numpy')],
  'nonzero': ([x]) => [indexing.nonzero(x)],
  'bernoulli': ([x]) => [bernoulli(x, (like) => fullLike(like, 1))],
  'normalDraw': ([mean, deviation]) => [normalDraw(mean, deviation, () => fullLike(mean, 1))],
  'unique': ([x], axis: number) => groupsOf(sets.unique(x, axis, true)),
  'uniqueConsecutive': ([x], axis: number) => {
    const [values, , inverse, counts] = groupsOf(sets.uniqueConsecutive(x, axis));
    return [values, inverse, counts];
  },
};

/** Whether a case is run as its op's row says. */
export const runsByRow = ({ name, op }: StructuralCase): boolean => !(name in calls) && !(op in calls);

/** All results of a case's op. */
export function runCase({ name, op, params }: StructuralCase, operands: Operands): Results {
  const call = calls[name] ?? calls[op];
  if (call !== undefined) return call(operands as readonly StridedArray[], params);
  const row = structuralOps.get(op)!;
  if ('results' in row) return run(row, operands, params);
  if ('show' in row) return [row.show(operands[0]!, params)];
  throw new Error(`${op} has no row that says how it is called: add its call to test/ops/structuralRuns.ts`);
}

/** Ops that read values on the host, where a shape depends on them or JavaScript computes: a GPU does not give them at once. */
const readers: ReadonlySet<string> = new Set([
  'nonzero', 'maskedSelect', 'maskedScatter', 'index masked', 'modeWithIndices', 'unique', 'uniqueConsecutive',
]);

/** Ops that sort, which a GPU does by the bits of real numbers. */
const sorters: ReadonlySet<string> = new Set(['sort', 'sortedValues', 'argsort', 'unique']);

/** Why a GPU refuses a case: it reads values, makes arrays of a dtype that no GPU holds, or orders complex numbers. */
export type Refusal = 'read' | 'dtype' | 'order';

export function refusalOf({ name, op }: StructuralCase, dtype: string): Refusal | null {
  if (sorters.has(op) && dtype.startsWith('complex')) return 'order';
  return readers.has(op) || readers.has(name) ? 'read' : null;
}

/** Fixtures of no op or call, and calls and readers without a fixture. */
export function strayNames(cases: readonly StructuralCase[]): string[] {
  const named = new Set(cases.flatMap(({ name, op }) => [name, op]));
  const uncalled = cases.filter((each) => !structuralOps.has(each.op) && runsByRow(each));
  const given = [...Object.keys(calls), ...readers, ...sorters];
  return [...uncalled.map(({ name }) => name), ...given.filter((name) => !named.has(name))];
}
