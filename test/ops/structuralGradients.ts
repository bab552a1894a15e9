import type { DType } from '../../src/core/dtype.ts';
import { complex128, float64 } from '../../src/core/dtype.ts';
import { sizeOf } from '../../src/core/layout.ts';
import type { StridedArray } from '../../src/core/strided.ts';
import * as casts from '../../src/ops/cast.ts';
import * as reduce from '../../src/ops/reduce.ts';
import { structuralOps } from '../../src/ops/registry/op.ts';
import { dtypeOf } from '../backend/arrays.ts';
import type { Differentiable, Input } from './numericGradient.ts';
import type { Following, StructuralCase } from './structuralFixtures.ts';
import { decode } from './structuralFixtures.ts';
import type { Refusal } from './structuralRuns.ts';
import { refusalOf, runCase } from './structuralRuns.ts';

/** Where the gradients of ops that are not pointwise are tried: at every fixture's shapes, and at some values beside. */

export interface GradientCase {
  readonly op: string;
  readonly name: string;
  readonly f: Differentiable;
  readonly inputs: readonly Input[];
  /** Why a GPU refuses it, where it does. */
  readonly refused: Refusal | null;
}

/** Numbers of which no two are near each other, and none is near zero or an end of its range. */
function smooth({ shape, low, high, constant = false }: Following, salt: number, dtype: DType): Input {
  const count = sizeOf(shape) * dtype.components;
  const value = (i: number): number => {
    const wave = Math.sin(2.399 * i + 1.3 * salt + 0.4);
    return low === undefined || high === undefined ? 1.6 * wave + 0.05 * i : low + (high - low) * (0.5 + 0.4 * wave);
  };
  return { shape, dtype, values: Array.from({ length: count }, (_, i) => value(i)), differentiable: !constant };
}

/** Whether an operand has a gradient: those of rows without a rule have none. */
function hasRule(op: string, k: number): boolean {
  const row = structuralOps.get(op)!;
  return !('rules' in row) || typeof row.rules !== 'object' || row.rules?.[k] !== null;
}

/** The op at a case's shapes: operands that follow the dtype become smooth numbers, and all others stay as they are. */
function casesAt(each: StructuralCase, dtype: DType): GradientCase[] {
  const { op, name, operands } = each;
  const { differentiable } = structuralOps.get(op)!;
  const inputs: Input[] = [];
  let salt = 0;
  operands.forEach((operand, k) => {
    if (operand === null) return;
    if (!('bytes' in operand)) {
      const input = smooth(operand, salt++, dtype);
      inputs.push(hasRule(op, k) ? input : { ...input, differentiable: false });
    } else {
      const type = dtypeOf(operand.dtype);
      const values = new type.array(decode(operand).buffer as ArrayBuffer) as ArrayLike<number>;
      inputs.push({ shape: operand.shape, dtype: type, values: Array.from(values), differentiable: false });
    }
  });
  const results = (arrays: readonly StridedArray[]): readonly StridedArray[] => {
    const given = arrays.values();
    return runCase(each, operands.map((operand) => (operand === null ? null : given.next().value!))).slice(0, differentiable);
  };
  const common = { op, inputs, refused: refusalOf(each, dtype.name) };
  const all: GradientCase = { ...common, name: `${name} ${dtype.name}`, f: (...arrays) => results(arrays) };
  // Rules for all results at once are given null for those that nobody uses.
  const alone = Array.from({ length: differentiable > 1 ? differentiable : 0 }, (_, i): GradientCase =>
    ({ ...common, name: `${all.name}, result ${i} alone`, f: (...arrays) => results(arrays)[i] }));
  return [all, ...alone];
}

const withZero: Input = { shape: [4], values: [1.5, 0, -0.7, 2] };
const matrix = smooth({ shape: [3, 4] }, 0, float64);

/** Values at which rules might fail, and conversions, which are in no registry. */
const beside: readonly GradientCase[] = [
  { op: 'prod', name: 'prod with a zero', f: (x) => reduce.prod(x, [0]), inputs: [withZero], refused: null },
  { op: 'cumprod', name: 'cumprod with a zero', f: (x) => reduce.cumprod(x, 0), inputs: [withZero], refused: null },
  { op: 'cast', name: 'cast', f: (x) => casts.cast(casts.cast(x, complex128), float64), inputs: [matrix], refused: 'dtype' },
  { op: 'cast', name: 'castCopy', f: (x) => casts.castCopy(x, float64), inputs: [matrix], refused: 'dtype' },
  { op: 'cast', name: 'castGradient', f: (x) => casts.castGradient(x, complex128), inputs: [matrix], refused: 'dtype' },
];

/** An element that is written twice: what is overwritten gets a gradient nonetheless, as in PyTorch. */
const overwriting: ReadonlySet<string> = new Set(['scatterAlong']);

/**
 * Ops whose matrices have to be chosen, and whose results mean less than they say: linalgGradients.test.ts and
 * test/torch/linalg.test.ts; and one whose gradient is
 * that of the softmax before it as well, as PyTorch's: test/torch/nn/losses.test.ts.
 */
const elsewhere: ReadonlySet<string> = new Set([
  'luFactor', 'luSolve', 'triangularSolve', 'solve', 'inverse', 'cholesky', 'qr', 'eigh', 'eig', 'svd', 'ctcLoss',
  'determinant', 'matrixExp', 'pseudoInverse', 'matrixSqrth', 'polarFactors', 'householderProduct',
]);

/** All cases in which gradients are tried. */
export function gradientCases(cases: readonly StructuralCase[]): readonly GradientCase[] {
  const tried = cases.filter(({ op, name }) => (structuralOps.get(op)?.differentiable ?? 0) > 0 && !overwriting.has(name)
    && !elsewhere.has(op));
  return [
    ...tried.flatMap((each) => [float64, complex128].flatMap((dtype) => (dtype.name in each.rows ? casesAt(each, dtype) : []))),
    ...beside,
  ];
}

/** Differentiable ops that have no case in which that could be tried. */
export function gradientsWithout(cases: readonly GradientCase[]): string[] {
  const covered = new Set(cases.map(({ op }) => op));
  return [...structuralOps.values()].filter(({ name, differentiable }) => differentiable > 0 && !covered.has(name) && !elsewhere.has(name))
    .map(({ name }) => `${name} has no fixture in float64 or complex128: see its line in test/fixtures/ops/structural.py`);
}
