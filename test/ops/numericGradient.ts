import { runBackward } from '../../src/autograd/backward.ts';
import { newState } from '../../src/autograd/node.ts';
import type { DType } from '../../src/core/dtype.ts';
import { float64 } from '../../src/core/dtype.ts';
import { sizeOf } from '../../src/core/layout.ts';
import type { Species } from '../../src/core/strided.ts';
import { StridedArray } from '../../src/core/strided.ts';
import '../../src/ops/algebra.ts';
import { add, mul } from '../../src/ops/pointwise/index.ts';
import { fromValues, valuesOf } from '../backend/arrays.ts';
import { differences } from '../tolerances.ts';
import { isWithin } from '../within.ts';

/**
 * Gradients against central differences, to second order. Components of complex arrays count as real numbers: with
 * L = sum of v · out over components, the gradient's components are the derivatives of L.
 */

export interface Input {
  readonly shape: readonly number[];
  readonly values: readonly number[];
  readonly dtype?: DType;
  readonly differentiable?: boolean;
}

/** With one result or several. */
export type Differentiable<A extends StridedArray = StridedArray> = (...inputs: A[]) => A | readonly A[];

export const resultsOf = <A extends StridedArray>(out: A | readonly A[]): readonly A[] => (out instanceof StridedArray ? [out] : out);

/** An array as the tested functions take it: of their class. */
export type Wrap<A> = (array: StridedArray) => A;

function build<A extends StridedArray>(wrap: Wrap<A>, input: Input, requiresGrad: boolean): A {
  const array = wrap(fromValues(input.values, input.shape, input.dtype ?? float64));
  if (requiresGrad && input.differentiable !== false) array.state = newState(true);
  return array;
}

/** Weights that make every component of a result count differently. */
export function weights(count: number, salt: number): number[] {
  return Array.from({ length: count }, (_, i) => Math.sin(1.7 * i + salt) + 0.3);
}

/** The weighted sum of an array's components. */
function weigh(array: StridedArray, salt: number): number {
  const values = valuesOf(array) as ArrayLike<number>;
  const factors = weights(values.length, salt);
  let total = 0;
  for (let i = 0; i < values.length; i++) total += values[i] * factors[i];
  return total;
}

function seed(out: StridedArray, salt: number): StridedArray {
  return fromValues(weights(sizeOf(out.geometry.shape) * out.dtypeCore.components, salt), out.geometry.shape, out.dtypeCore);
}

interface Gradients {
  readonly arrays: StridedArray[];
  readonly grads: (StridedArray | null)[];
}

function gradients<A extends StridedArray>(f: Differentiable<A>, wrap: Wrap<A>, inputs: readonly Input[], createGraph: boolean): Gradients {
  const arrays = inputs.map((input) => build(wrap, input, true));
  const results = resultsOf(f(...arrays));
  const wanted = arrays.filter((_, i) => inputs[i].differentiable !== false);
  const grads = runBackward(
    results, results.map((out, i) => wrap(seed(out, i))), { retainGraph: createGraph, createGraph, inputs: wanted });
  return { arrays: wanted, grads };
}

/**
 * At second order a third of the components, others in turn, unless FLAMBEAU_THOROUGH=1 asks for all: each takes two backward passes. A
 * browser, which has no environment, takes the third: the same kernels give all of them under Node.
 */
const oneOf = (globalThis as { process?: NodeJS.Process }).process?.env.FLAMBEAU_THOROUGH === '1' ? 1 : 3;
let turn = 0;

/** Compares derivatives of `scalar` by each component, or one of several, with `analytic`; returns what disagrees. */
function compare(
  what: string, scalar: (inputs: readonly Input[]) => number, inputs: readonly Input[], analytic: readonly (StridedArray | null)[],
  every = 1,
): string[] {
  turn++;
  const failures: string[] = [];
  let place = 0;
  inputs.forEach((input, which) => {
    if (input.differentiable === false) return;
    const gradient = analytic[place++];
    const found = gradient ? valuesOf(gradient) as ArrayLike<number> : null;
    input.values.forEach((value, i) => {
      if ((i + turn) % every !== 0) return;
      const at = (shifted: number): number => scalar(inputs.map((each, k) =>
        (k === which ? { ...each, values: each.values.map((old, j) => (j === i ? shifted : old)) } : each)));
      const numeric = (at(value + differences.step) - at(value - differences.step)) / (2 * differences.step);
      const got = found ? found[i] : 0;
      if (!isWithin(got, numeric, differences)) {
        failures.push(`${what}: operand ${which}, component ${i} at ${value}: gradient ${got}, central difference ${numeric}`);
      }
    });
  });
  return failures;
}

/** Everything in which the gradients of `f` at `inputs` disagree with differences, at first and second order. */
export function gradientFailures(f: Differentiable, inputs: readonly Input[], secondOrder = true): string[] {
  return gradientFailuresOf(StridedArray, f, inputs, secondOrder);
}

/** Bent, so that the gradients of a linear function depend on its inputs too, and their own rules are passed again. */
export function curved<A extends StridedArray>(f: Differentiable<A>): Differentiable<A> {
  return (...inputs) => resultsOf(f(...inputs)).map((out) => mul(out, add(out, 1)));
}

/** The same for a function of arrays of another class. */
export function gradientFailuresOf<A extends StridedArray>(
  Class: Species<A>, f: Differentiable<A>, inputs: readonly Input[], secondOrder = true,
): string[] {
  const wrap: Wrap<A> = (array) => new Class(array.storage, array.dtypeCore, array.geometry);
  const value = (at: readonly Input[]): number =>
    resultsOf(f(...at.map((input) => build(wrap, input, false)))).reduce((total, out, i) => total + weigh(out, i), 0);
  const first = compare('first order', value, inputs, gradients(f, wrap, inputs, false).grads);
  if (!secondOrder) return first;
  const bent = curved(f);
  const slope = (at: readonly Input[]): number =>
    gradients(bent, wrap, at, false).grads.reduce((total, gradient, k) => total + (gradient ? weigh(gradient, k + 1) : 0), 0);
  const { arrays, grads } = gradients(bent, wrap, inputs, true);
  // Gradients that do not depend on the inputs are constants: their second derivative is zero, and so must the difference be.
  const roots = grads.flatMap((gradient, k) => (gradient?.state?.requiresGrad ? [{ gradient, salt: k + 1 }] : []));
  const second = roots.length === 0 ? arrays.map(() => null) : runBackward(
    roots.map(({ gradient }) => gradient), roots.map(({ gradient, salt }) => wrap(seed(gradient, salt))),
    { retainGraph: false, createGraph: false, inputs: arrays });
  return [...first, ...compare('second order', slope, inputs, second, oneOf)];
}
