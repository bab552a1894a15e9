import { runBackward } from '../../src/autograd/backward.ts';
import { newState } from '../../src/autograd/node.ts';
import type { Device } from '../../src/core/device.ts';
import { cpu } from '../../src/core/device.ts';
import type { DType } from '../../src/core/dtype.ts';
import { complex128, complex64, float32, float64 } from '../../src/core/dtype.ts';
import { sameShape, sizeOf } from '../../src/core/layout.ts';
import type { Species, StridedArray } from '../../src/core/strided.ts';
import { backendOf } from '../../src/backend/select.ts';
import '../../src/ops/algebra.ts';
import { fromTyped } from '../../src/ops/creation.ts';
import type { Differentiable, Input } from '../ops/numericGradient.ts';
import { curved, resultsOf, weights } from '../ops/numericGradient.ts';
import { gpuGradients } from '../tolerances.ts';
import { place } from './place.ts';

/** The gradients of a function on the GPU against those on the CPU, both in float32 or complex64, to second order. */

/** float32 stands in for float64, and complex64 for complex128. */
const dtypeHere = ({ dtype = float64 }: Input): DType => (dtype === float64 ? float32 : dtype === complex128 ? complex64 : dtype);

interface Result {
  readonly what: string;
  readonly tolerance: number;
  readonly array: StridedArray | null;
}

/** The function's values, its gradients, and what they have for gradients themselves. */
function results<A extends StridedArray>(
  Class: Species<A>, f: Differentiable<A>, inputs: readonly Input[], secondOrder: boolean, device: Device,
): Result[] {
  const make = (values: ArrayLike<number | bigint>, shape: readonly number[], dtype: DType): A => {
    const data = new dtype.array(values.length);
    for (let i = 0; i < data.length; i++) data[i] = values[i] as never;
    return fromTyped(Class, data, shape, dtype, device);
  };
  const build = (): A[] => inputs.map((input) => {
    const array = make(input.values, input.shape, dtypeHere(input));
    if (input.differentiable !== false) array.state = newState(true);
    return array;
  });
  const wantedOf = (arrays: readonly A[]): A[] => arrays.filter((_, i) => inputs[i].differentiable !== false);
  const seed = (out: StridedArray, salt: number): A =>
    make(weights(sizeOf(out.geometry.shape) * out.dtypeCore.components, salt), out.geometry.shape, out.dtypeCore);

  const arrays = build();
  const wanted = wantedOf(arrays);
  const values = resultsOf(f(...arrays));
  const first = runBackward(values, values.map(seed), { retainGraph: false, createGraph: false, inputs: wanted });
  const found: Result[] = [
    ...values.map((array, i) => ({ what: `value ${i}`, tolerance: gpuGradients.first, array })),
    ...first.map((array, i) => ({ what: `gradient ${i}`, tolerance: gpuGradients.first, array })),
  ];
  if (!secondOrder) return found;
  const again = build();
  const wantedAgain = wantedOf(again);
  const bent = resultsOf(curved(f)(...again));
  const options = { retainGraph: true, createGraph: true, inputs: wantedAgain };
  const slopes = runBackward(bent, bent.map(seed), options);
  const roots = slopes.flatMap((gradient, k) => (gradient?.state?.requiresGrad ? [{ gradient, salt: k + 1 }] : []));
  if (roots.length === 0) return found;
  const second = runBackward(roots.map(({ gradient }) => gradient), roots.map(({ gradient, salt }) => seed(gradient, salt)),
    { retainGraph: false, createGraph: false, inputs: wantedAgain });
  return [...found, ...second.map((array, i) => ({ what: `second gradient ${i}`, tolerance: gpuGradients.second, array }))];
}

/** How the first of two lists of numbers differs from the second; errors count against the largest number. */
function difference(got: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number): string | null {
  let scale = 1;
  for (let i = 0; i < expected.length; i++) if (Number.isFinite(expected[i])) scale = Math.max(scale, Math.abs(expected[i]));
  for (let i = 0; i < expected.length; i++) {
    if (Object.is(got[i], expected[i]) || Math.abs(got[i] - expected[i]) <= tolerance * scale) continue;
    return `element ${i} is ${got[i]}, on the CPU ${expected[i]}`;
  }
  return null;
}

/** Everything in which the GPU's gradients of a function differ from the CPU's. */
export async function deviceFailures<A extends StridedArray>(
  Class: Species<A>, f: Differentiable<A>, inputs: readonly Input[], secondOrder = true,
): Promise<string[]> {
  const here = results(Class, f, inputs, secondOrder, place);
  const there = results(Class, f, inputs, secondOrder, cpu);
  if (here.length !== there.length) return [`${here.length} results, on the CPU ${there.length}`];
  const failures = await Promise.all(here.map(async ({ what, tolerance, array }, i) => {
    const expected = there[i].array;
    if (array === null || expected === null) return array === expected ? null : `${what} is missing on one device`;
    if (array.storage.device !== place) return `${what} is not on the GPU`;
    if (array.dtypeCore !== expected.dtypeCore || !sameShape(array.geometry.shape, expected.geometry.shape)) {
      return `${what} is ${array.dtypeCore.name} (${array.geometry.shape.join()}), on the CPU ${expected.dtypeCore.name} `
        + `(${expected.geometry.shape.join()})`;
    }
    const numbers = await backendOf(place).download(array) as ArrayLike<number>;
    const text = difference(numbers, backendOf(cpu).toHost(expected) as ArrayLike<number>, tolerance);
    return text && `${what}: ${text}`;
  }));
  return failures.filter((text) => text !== null);
}
