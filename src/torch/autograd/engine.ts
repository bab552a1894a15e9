import { algebra } from '../../autograd/algebra.ts';
import { checkRoots, runBackward } from '../../autograd/backward.ts';
import { ensureState } from '../../autograd/tape.ts';
import { isComplex } from '../../core/dtype.ts';
import { AssertionError, RuntimeError, listOf, pythonTypeName } from '../../core/errors.ts';
import { sameShape } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import '../../ops/algebra.ts';
import { fullLike } from '../../ops/creation.ts';
import { detach } from '../../ops/movement.ts';
import { dtypeOf } from '../dtypes/dtypes.ts';
import { Size } from '../tensor/size.ts';

/** Backward passes with PyTorch's checks. */

export interface PassOptions<A extends StridedArray> {
  readonly retainGraph: boolean;
  readonly createGraph: boolean;
  readonly inputs?: readonly A[] | undefined;
}

/** One tensor or several; None is one that is not there. */
export const tensorsOf = <T extends StridedArray | null>(value: T | readonly T[]): readonly T[] =>
  (value === null || value instanceof StridedArray ? [value as T] : listOf(value as readonly T[]));

/** Throws for what is no tensor among those whose gradients are wanted. */
export function checkInputs(inputs: readonly unknown[]): void {
  for (const input of inputs) {
    if (!(input instanceof StridedArray)) throw new TypeError(`expected Tensor, but got ${pythonTypeName(input)}`);
  }
}

function seedOf<A extends StridedArray>(root: A, gradient: A | null, i: number): A {
  const { shape, size } = root.geometry;
  if (gradient === null) {
    if (size !== 1) throw new RuntimeError('grad can be implicitly created only for scalar outputs');
    if (isComplex(root.dtypeCore)) {
      throw new RuntimeError(`grad can be implicitly created only for real scalar outputs but got ${String(dtypeOf(root.dtypeCore))}`);
    }
    return fullLike(root, 1);
  }
  if (!(gradient instanceof StridedArray)) {
    throw new TypeError(`gradients can be either Tensors or None, but got ${pythonTypeName(gradient)}`);
  }
  if (!sameShape(gradient.geometry.shape, shape)) {
    throw new RuntimeError(
      `Mismatch in shape: grad_output[${i}] has a shape of ${Size.ofShape(gradient.geometry.shape)} and output[${i}] has a shape of `
      + `${Size.ofShape(shape)}.`);
  }
  return gradient;
}

/** The gradients of `inputs`, null where there is none; without inputs they are added to the leaves' own. */
export function backwardFrom<A extends StridedArray>(
  roots: readonly A[], gradients: readonly (A | null)[], { retainGraph, createGraph, inputs }: PassOptions<A>,
): (A | null)[] {
  if (!roots.every((root) => root instanceof StridedArray)) throw new AssertionError('Expected output to be a torch.Tensor');
  checkRoots(roots);
  const seeds = roots.map((root, i) => seedOf(root, gradients[i] ?? null, i));
  return runBackward(roots, seeds, { retainGraph, createGraph, ...(inputs ? { inputs } : {}) }) as (A | null)[];
}

/** As backwardFrom, adding the gradients to `grad`: of the leaves, or of `inputs` alone where they are named. */
export function accumulateFrom<A extends StridedArray>(
  roots: readonly A[], gradients: readonly (A | null)[], options: PassOptions<A>,
): void {
  const { createGraph, inputs } = options;
  checkInputs(inputs ?? []);
  if (inputs?.length === 0) throw new RuntimeError("'inputs' argument to backward cannot be empty.");
  const found = backwardFrom(roots, gradients, options);
  inputs?.forEach((input, i) => {
    const gradient = found[i];
    if (gradient === null) return;
    const state = ensureState(input);
    const sum = state.grad === null ? algebra.clone(gradient) : algebra.add(state.grad, gradient);
    state.grad = createGraph ? sum : detach(sum);
    state.grad.storage.pinned = true;
  });
}
