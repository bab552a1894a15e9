import { gradMode } from '../autograd/mode.ts';
import { float32, isHalf } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { fullLike } from './creation.ts';
import { addmm, matrixProduct } from './matmul.ts';
import { clone, concatenate, sliceAxis, swapAxes } from './movement.ts';
import { relu } from './pointwise/activation.ts';
import { add, mul, sub } from './pointwise/arithmetic.ts';
import { gt, where } from './pointwise/comparison.ts';
import { sigmoid, tanh } from './pointwise/elementary.ts';
import { floats } from './pointwise/row.ts';
import { sum } from './reduce.ts';
import type { ResultSpec } from './registry/op.ts';
import { structural } from './registry/op.ts';
import { quietly } from './registry/quietly.ts';
import { run } from './registry/run.ts';

/**
 * Recurrent layers: all steps of one direction of one layer are one op, so that the gradients of the weights are one product and the
 * tape does not grow with the steps. Steps lie one after the other in the rows of the input, which is multiplied by its weights already.
 */

interface RecurrentParams {
  /** How many rows each step has: as many at each, or ever fewer where sequences have ended. */
  readonly sizes: readonly number[];
  /** Whether the last step is computed first. */
  readonly reverse: boolean;
}

/** The input's part in the gates, the states before the first step, and the weights of the states. */
type Operands = readonly [
  x: StridedArray, h: StridedArray, c: StridedArray | null, weight: StridedArray, bias: StridedArray | null,
  projection: StridedArray | null,
];

interface State {
  readonly h: StridedArray;
  /** What an LSTM remembers beside its output; null in others. */
  readonly c: StridedArray | null;
}

interface Step {
  readonly before: State;
  readonly after: State;
  /** What gradients need besides. */
  readonly kept: readonly StridedArray[];
}

interface Weights {
  readonly weight: StridedArray;
  readonly bias: StridedArray | null;
  readonly projection: StridedArray | null;
}

/** What a step's gradients are before they are multiplied by weights. */
interface Slopes {
  readonly x: StridedArray;
  /** Of the product of the state and its weights. */
  readonly product: StridedArray;
  /** What reaches the state before without that product. */
  readonly h: StridedArray | null;
  readonly c: StridedArray | null;
  /** The output before its projection, where there is one. */
  readonly raw: StridedArray | null;
}

interface Cell {
  readonly name: string;
  /** Names of what is kept, and how many times as wide as the state each is. */
  readonly kept: Readonly<Record<string, number>>;
  readonly remembers: boolean;
  step(x: StridedArray, before: State, weights: Weights): State & Pick<Step, 'kept'>;
  slopes(step: Step, h: StridedArray, c: StridedArray | null, weights: Weights): Slopes;
}

function rows(x: StridedArray, start: number, count: number): StridedArray {
  return start === 0 && count === x.geometry.shape[0] ? x : sliceAxis(x, 0, start, count);
}

/** One of the parts of equal width that lie side by side. */
function part(x: StridedArray, index: number, width: number, count = 1): StridedArray {
  return sliceAxis(x, 1, index * width, count * width);
}

const widthOf = ({ geometry: { shape } }: StridedArray): number => shape[1];
const transposed = (x: StridedArray): StridedArray => swapAxes(x, 0, 1);
const joined = (parts: readonly StridedArray[], axis = 0): StridedArray => (parts.length === 1 ? parts[0] : concatenate(parts, axis));

/** The slope of a sigmoid and of a hyperbolic tangent, by their results. */
const sigmoidSlope = (s: StridedArray): StridedArray => mul(s, sub.reversed(1, s));
const tanhSlope = (t: StridedArray): StridedArray => sub.reversed(1, mul(t, t));

const lstmCell: Cell = {
  name: 'lstm', kept: { gates: 4, candidates: 1 }, remembers: true,
  step: (x, { h, c }, { weight, projection }) => {
    const width = widthOf(c!);
    const sums = addmm(x, h, transposed(weight));
    // That of the candidates is not used, but one pass over all is quicker than three.
    const gates = sigmoid(sums);
    const candidates = tanh(part(sums, 2, width));
    const memory = add(mul(part(gates, 1, width), c!), mul(part(gates, 0, width), candidates));
    const raw = mul(part(gates, 3, width), tanh(memory));
    return { h: projection === null ? raw : matrixProduct(raw, transposed(projection)), c: memory, kept: [gates, candidates] };
  },
  slopes: ({ before, after, kept: [gates, candidates] }, h, c, { projection }) => {
    const width = widthOf(candidates);
    const [input, forget, , output] = [0, 1, 2, 3].map((index) => part(gates, index, width));
    const slope = sigmoidSlope(gates);
    const shown = tanh(after.c!);
    const ofRaw = projection === null ? h : matrixProduct(h, projection);
    const ofMemory = add(mul(ofRaw, mul(output, tanhSlope(shown))), c!);
    const ofSums = joined([
      mul(mul(ofMemory, candidates), part(slope, 0, width)), mul(mul(ofMemory, before.c!), part(slope, 1, width)),
      mul(mul(ofMemory, input), tanhSlope(candidates)), mul(mul(ofRaw, shown), part(slope, 3, width)),
    ], 1);
    return { x: ofSums, product: ofSums, h: null, c: mul(ofMemory, forget), raw: projection === null ? null : mul(output, shown) };
  },
};

const gruCell: Cell = {
  name: 'gru', kept: { gates: 2, candidates: 1, products: 1 }, remembers: false,
  step: (x, { h }, { weight, bias }) => {
    const width = widthOf(h);
    const product = bias === null ? matrixProduct(h, transposed(weight)) : addmm(bias, h, transposed(weight));
    const gates = sigmoid(add(part(x, 0, width, 2), part(product, 0, width, 2)));
    const products = part(product, 2, width);
    const candidates = tanh(add(part(x, 2, width), mul(part(gates, 0, width), products)));
    return { h: add(candidates, mul(part(gates, 1, width), sub(h, candidates))), c: null, kept: [gates, candidates, products] };
  },
  slopes: ({ before, kept: [gates, candidates, products] }, h) => {
    const width = widthOf(h);
    const [reset, update] = [0, 1].map((index) => part(gates, index, width));
    const slope = sigmoidSlope(gates);
    const ofCandidates = mul(mul(h, sub.reversed(1, update)), tanhSlope(candidates));
    const ofReset = mul(mul(ofCandidates, products), part(slope, 0, width));
    const ofUpdate = mul(mul(h, sub(before.h, candidates)), part(slope, 1, width));
    return {
      x: joined([ofReset, ofUpdate, ofCandidates], 1), product: joined([ofReset, ofUpdate, mul(ofCandidates, reset)], 1),
      h: mul(h, update), c: null, raw: null,
    };
  },
};

const plainCell = (
  name: string, activation: (x: StridedArray) => StridedArray, slope: (g: StridedArray, out: StridedArray) => StridedArray,
): Cell => ({
  name, kept: {}, remembers: false,
  step: (x, { h }, { weight }) => ({ h: activation(addmm(x, h, transposed(weight))), c: null, kept: [] }),
  slopes: ({ after }, g) => {
    const ofSums = slope(g, after.h);
    return { x: ofSums, product: ofSums, h: null, c: null, raw: null };
  },
});

/**
 * A state from step to step. Rows whose sequences have ended are put aside, and rows of sequences that begin later are taken from `all`
 * then.
 */
class Carried {
  private state: StridedArray | null = null;
  private readonly all: StridedArray;
  private readonly ended: StridedArray[] = [];

  constructor(all: StridedArray) {
    this.all = all;
  }

  at(count: number): StridedArray {
    const { state, all } = this;
    if (state === null) return rows(all, 0, count);
    const present = state.geometry.shape[0];
    if (count > present) return joined([state, rows(all, present, count - present)]);
    if (count < present) this.ended.unshift(rows(state, count, present - count));
    return rows(state, 0, count);
  }

  set(state: StridedArray): void {
    this.state = state;
  }

  end(): StridedArray {
    return joined([this.state!, ...this.ended]);
  }
}

/** The steps in the order of their computing, with the first row of each. */
function orderOf({ sizes, reverse }: RecurrentParams): { readonly index: number; readonly start: number; readonly count: number }[] {
  let start = 0;
  const steps = sizes.map((count, index) => {
    const step = { index, start, count };
    start += count;
    return step;
  });
  return reverse ? steps.reverse() : steps;
}

interface Unrolled {
  /** In the order of the rows. */
  readonly steps: readonly Step[];
  readonly last: State;
}

function unrolled(cell: Cell, [x, h, c, weight, bias, projection]: Operands, params: RecurrentParams): Unrolled {
  const [hs, cs] = [new Carried(h), c && new Carried(c)];
  const steps: Step[] = [];
  for (const { index, start, count } of orderOf(params)) {
    const before = { h: hs.at(count), c: cs?.at(count) ?? null };
    const after = cell.step(rows(x, start, count), before, { weight, bias, projection });
    hs.set(after.h);
    if (after.c !== null) cs?.set(after.c);
    steps[index] = { before, after, kept: after.kept };
  }
  return { steps, last: { h: hs.end(), c: cs?.end() ?? null } };
}

type Kept = Readonly<Record<string, StridedArray | null>>;

/** The steps as a pass has kept them. */
function remembered(cell: Cell, [, h, c]: Operands, saved: Kept, params: RecurrentParams): Step[] {
  const [hs, cs] = [new Carried(h), c && new Carried(c)];
  const steps: Step[] = [];
  for (const { index, start, count } of orderOf(params)) {
    const before = { h: hs.at(count), c: cs?.at(count) ?? null };
    const after = { h: rows(saved.out!, start, count), c: cs && rows(saved.cells!, start, count) };
    hs.set(after.h);
    if (after.c !== null) cs?.set(after.c);
    steps[index] = { before, after, kept: Object.keys(cell.kept).map((name) => rows(saved[name]!, start, count)) };
  }
  return steps;
}

/** From the gradients of all outputs and of the last states those of all operands. */
function backwards(
  cell: Cell, steps: readonly Step[], [, h0, c0, weight, bias, projection]: Operands, params: RecurrentParams,
  [ofOut, ofLast, ofLastMemory]: readonly (StridedArray | null)[],
  [wantsX, , , wantsWeight, wantsBias, wantsProjection]: readonly boolean[],
): (StridedArray | null)[] {
  const zeros = (like: StridedArray): StridedArray => fullLike(like, 0);
  const hs = new Carried(ofLast ?? zeros(h0));
  const cs = c0 && new Carried(ofLastMemory ?? zeros(c0));
  const ofX: StridedArray[] = [];
  const ofProducts: StridedArray[] = [];
  const ofOutputs: StridedArray[] = [];
  const raws: StridedArray[] = [];
  for (const { index, start, count } of orderOf(params).reverse()) {
    const carried = hs.at(count);
    const h = ofOut === null ? carried : add(carried, rows(ofOut, start, count));
    const slopes = cell.slopes(steps[index], h, cs?.at(count) ?? null, { weight, bias, projection });
    const before = matrixProduct(slopes.product, weight);
    hs.set(slopes.h === null ? before : add(before, slopes.h));
    if (slopes.c !== null) cs?.set(slopes.c);
    ofX[index] = slopes.x;
    ofProducts[index] = slopes.product;
    if (slopes.raw !== null) {
      ofOutputs[index] = h;
      raws[index] = slopes.raw;
    }
  }
  const products = wantsWeight || wantsBias ? joined(ofProducts) : null;
  return [
    wantsX ? joined(ofX) : null, hs.end(), cs?.end() ?? null,
    wantsWeight ? matrixProduct(transposed(products!), joined(steps.map(({ before }) => before.h))) : null,
    bias !== null && wantsBias ? sum(products!, [0]) : null,
    projection !== null && wantsProjection ? matrixProduct(transposed(joined(ofOutputs)), joined(raws)) : null,
  ];
}

const resultNames = ['out', 'last', 'lastMemory', 'cells'] as const;

const recurrent = (cell: Cell) => {
  const keptNames = Object.keys(cell.kept);
  const own = cell.remembers ? resultNames : resultNames.slice(0, 2);
  return structural({
    name: cell.name, args: ['x', 'h', 'c', 'weight', 'bias', 'projection'], optional: ['c', 'bias', 'projection'], dtypes: floats,
    names: [...own, ...keptNames] as string[], differentiable: cell.remembers ? 3 : 2,
    results: ([x, h, c]: Operands, _: RecurrentParams): readonly ResultSpec[] => {
      const { dtypeCore: dtype, geometry: { shape: [count] } } = x;
      const wide = isHalf(dtype) ? float32 : dtype;
      const width = widthOf(c ?? h);
      return [
        { shape: [count, widthOf(h)], dtype }, { shape: h.geometry.shape, dtype },
        ...(c === null ? [] : [{ shape: c.geometry.shape, dtype }, { shape: [count, width], dtype: wide }]),
        ...Object.values(cell.kept).map((times) => ({ shape: [count, times * width], dtype: wide })),
      ];
    },
    composite: (operands, params) => {
      const { steps, last } = unrolled(cell, operands, params);
      // What is joined from several steps has memory of its own.
      const apart = (state: StridedArray): StridedArray => (steps.length === 1 ? clone(state) : state);
      return [
        joined(steps.map(({ after }) => after.h)), apart(last.h),
        ...(last.c === null ? [] : [apart(last.c), joined(steps.map(({ after }) => after.c!))]),
        ...keptNames.map((_, i) => joined(steps.map(({ kept }) => kept[i]))),
      ];
    },
    saves: ['x', 'h', 'c', 'weight', 'bias', 'projection', 'out', ...(cell.remembers ? ['cells'] : []), ...keptNames] as 'x'[],
    vjp: (gradients, saved, params, wanted) => {
      const all = saved as unknown as Kept;
      const operands = [all.x, all.h, all.c, all.weight, all.bias, all.projection] as unknown as Operands;
      // To be differentiated again the steps must depend on the operands.
      if (gradMode.enabled) return backwards(cell, unrolled(cell, operands, params).steps, operands, params, gradients, wanted);
      const present: number[] = [];
      const found = quietly(() => backwards(cell, remembered(cell, operands, all, params), operands, params, gradients, wanted)
        .flatMap((each, i) => (each === null ? [] : (present.push(i), [each]))));
      return operands.map((_, i) => found[present.indexOf(i)] ?? null);
    },
  });
};

const cells = {
  lstm: recurrent(lstmCell),
  gru: recurrent(gruCell),
  tanh: recurrent(plainCell('elman', tanh, (g, out) => mul(g, tanhSlope(out)))),
  relu: recurrent(plainCell('elmanRelu', relu, (g, out) => where(gt(out, 0), g, 0) as StridedArray)),
};

export type RecurrentKind = keyof typeof cells;

export interface Recurrence<A> {
  /** The outputs of all steps. */
  readonly out: A;
  readonly last: A;
  /** What an LSTM remembers in the end. */
  readonly lastMemory: A | null;
}

/**
 * All steps of one direction. x is (rows, gates), with the input's biases; h and c are the first states, weight (gates, state), bias that
 * of a GRU's product, projection (output, state) of an LSTM.
 */
export function recur<A extends StridedArray>(
  kind: RecurrentKind, operands: readonly [x: A, h: A, c: A | null, weight: A, bias: A | null, projection: A | null],
  sizes: readonly number[], reverse: boolean,
): Recurrence<A> {
  const results = run(cells[kind], operands, { sizes, reverse });
  return { out: results[0], last: results[1], lastMemory: kind === 'lstm' ? results[2] : null };
}
