import { readFileSync } from 'node:fs';
import { inflateSync } from 'node:zlib';
import { describe, expect, it, test } from 'vitest';
import type { Tensor } from '../../src/torch/index.ts';
import * as torch from '../../src/torch/index.ts';
import { pointwiseOps } from '../../src/ops/pointwise/row.ts';
import { structuralOps } from '../../src/ops/registry/op.ts';
import { torchValues } from '../tolerances.ts';

/** Values and gradients at infinities, NaN, zeros, ties and kinks against PyTorch, for every op that has a gradient. */

interface Entry {
  readonly op: string;
  readonly call: string;
  readonly dtype: 'float32' | 'float64';
  readonly shape: readonly number[];
  readonly operands: readonly number[];
  readonly resultShape: readonly number[];
  readonly result: number;
  readonly gradients: readonly (number | null)[];
}
const folder = new URL('../fixtures/gradients/', import.meta.url);
const { entries } = JSON.parse(readFileSync(new URL('special.json', folder), 'utf8')) as { readonly entries: readonly Entry[] };
const blob = inflateSync(readFileSync(new URL('special.bin', folder)));

function numbersAt(offset: number, shape: readonly number[]): Float64Array {
  const size = shape.reduce((product, extent) => product * extent, 1);
  return new Float64Array(Uint8Array.from(blob.subarray(offset, offset + 8 * size)).buffer);
}

const names = ['torch', 'F', 'targets', 'ignored', 'x', 'y', 'z'];
const targets = torch.tensor([1, 0, 2, 2]);
const ignored = torch.full([4], -100);

function evaluate(call: string, operands: readonly Tensor[]): Tensor {
  // oxlint-disable-next-line typescript/no-implied-eval -- the calls are the fixture's
  const body = new Function(...names, `return ${call}`) as (...args: unknown[]) => Tensor;
  return body(torch, torch.nn.functional, targets, ignored, ...operands);
}

const shown = (value: number): string => (Object.is(value, -0) ? '-0' : String(value));

/** One line for each element that differs. The sign of a gradient of zero is that of one factor or another, and not compared. */
function differences(what: string, got: Tensor, wanted: Float64Array, entry: Entry, signs: boolean): string[] {
  const values = (got.detach().to(torch.float64).flatten().tolist() as number[]);
  if (values.length !== wanted.length) return [`${what} has ${values.length} elements, not ${wanted.length}`];
  const room = torchValues[entry.dtype];
  return values.flatMap((value, i) => {
    const want = wanted[i];
    const same = Object.is(value, want) || (!signs && value === want) || (Number.isFinite(want) && value !== want
      && Math.abs(value - want) <= room * Math.max(Math.abs(want), 1));
    if (same) return [];
    const width = entry.shape.at(-1) ?? 1;
    const at = entry.operands.map((offset) => {
      const operand = numbersAt(offset, entry.shape);
      if (entry.shape.length === 1) return shown(operand[i] ?? operand[0]);
      const row = wanted.length === operand.length ? Math.floor(i / width) : i;
      return `[${Array.from(operand.subarray(row * width, (row + 1) * width), shown).join(' ')}]`;
    });
    return [`${what} at ${at.join(', ')} is ${shown(value)}, not ${shown(want)}`];
  });
}

/** Ops without special points: they move elements, */
const moving = [
  'view', 'reshape', 'permute', 'broadcastTo', 'unsqueeze', 'squeeze', 'sliceAxis', 'embed', 'concatenate', 'copyFrom', 'fillWith', 'index',
  'assign', 'selectAxis', 'diagonalView', 'slidingWindows', 'partsView', 'complexView', 'realView', 'imagView', 'gatherAlong',
  'scatterAlong', 'take', 'indexSelect', 'maskedSelect', 'maskedFill', 'maskedScatter', 'indexCopy', 'indexAdd', 'indexFill', 'flip',
  'roll', 'rot90', 'triangle', 'tile', 'diagonalMatrix', 'stack', 'diagonal', 'blockDiagonal', 'embedding', 'embeddingGradient',
  'bernoulli', 'normalDraw', 'stridedView',
];
/** what pads, cuts, folds and samples only, */
const spatial = [
  'padConstant', 'unfoldWindows', 'foldWindows', 'gridSample', 'gridSampleNearest', 'affineGrid', 'resample', 'resampleAdjoint', 'regroup',
  'fractionalMaxPool',
];
/** or are sums of products, whose gradients are such products, or an op of the fixture under another name; PyTorch has no cube root. */
const others = [
  'trace', 'matmul', 'addmm', 'baddbmm', 'matrixVector', 'innerProduct', 'vdot', 'addmv', 'addr', 'varianceMean', 'deviationMean',
  'batchNormGiven', 'power', 'roundedQuotient', 'signedRemainder', 'cbrt',
  // Special functions, whose values there are calls of their own.
  'rsqrt', 'i0', 'i1', 'i0e', 'i1e', 'lgamma', 'digamma', 'trigamma', 'zeta', 'erfinv', 'ndtri', 'erfcx', 'logNdtr', 'sinc',
  'incompleteGamma', 'scatterExtreme',
  // Composed of factors, which are of a part.
  'solve', 'qr', 'determinant', 'matrixExp', 'pseudoInverse', 'matrixSqrth', 'polarFactors',
  // Held against PyTorch's modules and functions.
  'groupNorm', 'rmsNorm', 'lstm', 'gru', 'elman', 'elmanRelu', 'ctcLoss',
];

/** What differs from PyTorch, and why. */
const known: Readonly<Record<string, (line: string) => boolean>> = {
  // Its vector unit's polynomial gives NaN there, and Infinity is right, as its other code has it.
  'F.gelu(x) float32': (line) => line === 'result at Infinity is Infinity, not NaN',
  // Its sixth is a float32.
  'F.hardsigmoid(x) float64': (line) => line.includes('is 0.16666666666666666, not 0.1666666716337204'),
};
/** Where zeros of both signs are equal, which of them is given is up to PyTorch's vector unit. */
const ofEqualZeros = new Set([
  'maximum', 'minimum', 'fmax', 'fmin', 'clamp', 'median', 'nanMedian',
]);

it('has every op that has a gradient', () => {
  const held = new Set([...entries.map(({ op }) => op), ...moving, ...spatial, ...others]);
  const names = [
    ...pointwiseOps().filter((op) => op.differentiable).map(({ name }) => name),
    // Those of parts have suites of their own, transforms and linear algebra.
    ...[...structuralOps.values()].filter((op) => op.differentiable > 0 && !('part' in op && Object.keys(op.part).length > 0))
      .map(({ name }) => name),
  ];
  expect(names.filter((name) => !held.has(name))).toEqual([]);
});

const calls = [...new Set(entries.map(({ call }) => call))];

describe.each(calls)('%s', (call) => {
  const group = entries.filter((entry) => entry.call === call);
  test.each(group.map((entry) => [`${entry.dtype} ${entry.shape.join('x')}`, entry] as const))('%s', (_, entry) => {
    const dtype = entry.dtype === 'float32' ? torch.float32 : torch.float64;
    const operands = entry.operands.map((offset) => torch.tensor(numbersAt(offset, entry.shape), { dtype })
      .reshape([...entry.shape]).requires_grad_());
    const result = evaluate(call, operands);
    expect(result.shape).toEqual(entry.resultShape);
    const lines = differences('result', result, numbersAt(entry.result, entry.resultShape), entry, !ofEqualZeros.has(entry.op));
    const gradients = torch.autograd.grad(result, operands, { grad_outputs: torch.ones_like(result), allow_unused: true });
    gradients.forEach((gradient, k) => {
      const wanted = entry.gradients[k];
      if (gradient === null || wanted === null) {
        if (gradient !== wanted) lines.push(`gradient ${k} is ${gradient === null ? 'none' : 'some'}, and should not be so`);
      } else lines.push(...differences(`gradient ${k}`, gradient, numbersAt(wanted, entry.shape), entry, false));
    });
    expect(lines.filter((line) => !known[`${call} ${entry.dtype}`]?.(line))).toEqual([]);
  });
});
