import { gradMode, withGradMode } from '../../autograd/mode.ts';
import { checkInPlace } from '../../autograd/tape.ts';
import { stateOf } from '../../autograd/viewHistory.ts';
import type { Scalar } from '../../core/complex.ts';
import { isScalar } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { isInexact } from '../../core/dtype.ts';
import { RuntimeError, noAttribute, pythonTypeName } from '../../core/errors.ts';
import { isDense, sameShape } from '../../core/layout.ts';
import { cast } from '../../ops/cast.ts';
import { full } from '../../ops/creation.ts';
import { repeatsElements, sharedMemoryError } from '../../ops/indexing/assign.ts';
import { clone, copyFrom } from '../../ops/movement.ts';
import { overlaps } from '../../ops/dispatch.ts';
import { canCast, cTypeName, defaultDType, resultType, scalarType, scalarTypeName } from '../dtypes/dtypes.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Operands of façade functions: tensors and numbers, brought to one dtype by PyTorch's rules. */

export type TensorLike = Tensor | Scalar;

export function checkOperand(name: string, argument: string, value: unknown): asserts value is TensorLike {
  if (!(value instanceof Tensor) && !isScalar(value)) {
    throw new TypeError(`${name}(): argument '${argument}' must be Tensor, not ${pythonTypeName(value)}`);
  }
}

export function checkTensor(name: string, argument: string, value: unknown): asserts value is Tensor {
  if (!(value instanceof Tensor)) throw new TypeError(`${name}(): argument '${argument}' must be Tensor, not ${pythonTypeName(value)}`);
}

/** A tensor; for what is none, the error that Python gives when it is asked for what tensors have. */
export function asTensor(value: Tensor, attribute: string): Tensor {
  if (value instanceof Tensor) return value;
  throw noAttribute(value, attribute);
}

/** The common dtype of tensors and numbers. */
export function commonType(operands: readonly TensorLike[]): DType {
  return resultType(operands.map((operand) => (operand instanceof Tensor
    ? { type: operand.dtypeCore, rank: operand.geometry.shape.length > 0 ? 2 : 1 } as const
    : { type: scalarType(operand), rank: 0 } as const)));
}

/** The shape that shapes broadcast to, with PyTorch's words where there is none. */
export function broadcastShape(shapes: readonly (readonly number[])[]): readonly number[] {
  let common: readonly number[] = [];
  for (const shape of shapes) {
    const ndim = Math.max(common.length, shape.length);
    const next = new Array<number>(ndim);
    for (let back = 1; back <= ndim; back++) {
      const a = back <= common.length ? common[common.length - back] : 1;
      const b = back <= shape.length ? shape[shape.length - back] : 1;
      if (a !== b && a !== 1 && b !== 1) {
        throw new RuntimeError(
          `The size of tensor a (${a}) must match the size of tensor b (${b}) at non-singleton dimension ${ndim - back}`);
      }
      next[ndim - back] = a === 1 ? b : a;
    }
    common = next;
  }
  return common;
}

/** Throws where the tensors among operands do not broadcast. */
export function checkBroadcast(operands: readonly TensorLike[]): void {
  broadcastShape(operands.filter((operand) => operand instanceof Tensor).map((operand) => operand.geometry.shape));
}

/** Casts the tensors among operands to `type`; numbers stay, since they are read in the dtype of the computation. */
export function toType(operands: readonly TensorLike[], type: DType): TensorLike[] {
  return operands.map((operand) => (operand instanceof Tensor ? cast(operand, type) : operand));
}

/** A number as a tensor without dimensions. */
export function lifted(value: TensorLike, type: DType, like: Tensor): Tensor {
  return value instanceof Tensor ? cast(value, type) : full(Tensor, [], value, type, like.storage.device);
}

/** The floating type that integers are computed in by ops such as exp and true division. */
export function floatingType(type: DType): DType {
  return isInexact(type) ? type : defaultDType();
}

/** What is said of a result of another dtype than that of the tensor it is to go to; `part` is its name where there are several. */
export type OutWords = (name: string, from: DType, to: DType, part: string) => string;
export const inC: OutWords = (_, from, to) => `Expected out tensor to have dtype ${cTypeName(from)}, but got ${cTypeName(to)} instead`;
const ofOneType: OutWords = (name) => `${name}(): self and result must have the same scalar type`;

/** The functions that write no other dtype than their own, and what they say of one. */
const ownType: Readonly<Record<string, OutWords | undefined>> = {
  gather: inC, take_along_dim: inC, diag: inC, tril: inC, triu: inC, index_select: ofOneType, masked_select: ofOneType,
  take: (_, from, to) => 'take(): self and out expected to have the same dtype, but got '
    + `self.dtype = ${scalarTypeName(from)} and out.dtype = ${scalarTypeName(to)}`,
  where: (_, from, to) => `Expected out type to be ${scalarTypeName(from)} but got ${scalarTypeName(to)}`,
  msort: inC, argsort: inC,
  nonzero: (_, from, to) =>
    `nonzero: Expected out tensor to have scalar type ${scalarTypeName(from)} but got scalar type${scalarTypeName(to)}`,
};

/** The functions that do not write into what they read, even where it lies alike. */
const apart = new Set(['take', 'gather', 'take_along_dim', 'index_select', 'masked_select', 'cat', 'concat', 'concatenate', 'stack']);

/** Whether writing `out` would overwrite what is still to be read. */
function isInTheWay(name: string, out: Tensor, operand: unknown): boolean {
  if (Array.isArray(operand)) return operand.some((each) => isInTheWay(name, out, each));
  if (!(operand instanceof Tensor) || operand.storage !== out.storage) return false;
  // Which elements others share takes long to say, and PyTorch does not ask.
  if (!isDense(operand.geometry) || !isDense(out.geometry)) return false;
  return overlaps(out, operand) || (apart.has(name) && out.geometry.size > 0 && operand.geometry.offset === out.geometry.offset);
}

/** Puts a result where `out=` says, with PyTorch's refusals. */
export function intoOut(name: string, result: Tensor, out: Tensor, operands: readonly unknown[]): Tensor {
  checkOut(name, result, out, operands);
  return copyFrom(out, result);
}

/** The same of several results: either all or none are written. */
export function intoOuts(
  name: string, results: readonly Tensor[], out: readonly Tensor[], operands: readonly unknown[],
  { parts, words }: { readonly parts?: readonly string[]; readonly words?: OutWords } = {},
): Tensor[] {
  results.forEach((result, i) => {
    checkOut(name, result, out[i], operands, words, parts?.[i]);
  });
  return results.map((result, i) => copyFrom(out[i], result));
}

function checkOut(
  name: string, result: Tensor, out: Tensor, operands: readonly unknown[], words: OutWords | undefined = ownType[name], part = '',
): void {
  if (out.requires_grad || operands.some((operand) => operand instanceof Tensor && operand.requires_grad)) {
    throw new RuntimeError(
      `${name}(): functions with out=... arguments don't support automatic differentiation, but one of the arguments requires grad.`);
  }
  if (isInTheWay(name, out, operands)) throw sharedMemoryError(true);
  if (words !== undefined && out.dtypeCore !== result.dtypeCore) {
    throw new RuntimeError(words(name, result.dtypeCore, out.dtypeCore, part));
  }
  if (name === 'cat' && !canCast(result.dtypeCore, out.dtypeCore)) {
    throw new TypeError(`torch.cat(): input types can't be cast to the desired output type ${scalarTypeName(out.dtypeCore)}`);
  }
  checkResultType(result.dtypeCore, out.dtypeCore);
  if (!sameShape(out.geometry.shape, result.geometry.shape)) {
    throw new RuntimeError(
      `${name}(): out has shape ${out.shape}, the result ${result.shape}: resizing out is not supported, `
      + "make it with torch.empty of the result's shape");
  }
}

export function checkResultType(from: DType, to: DType): void {
  if (!canCast(from, to)) {
    throw new RuntimeError(`result type ${scalarTypeName(from)} can't be cast to the desired output type ${scalarTypeName(to)}`);
  }
}

/**
 * Writes the result of an in-place form into its tensor, which keeps dtype and shape. The tensor takes over the result's
 * history, as if the op had written into it.
 */
export function writeInPlace(target: Tensor, result: Tensor): Tensor {
  checkResultType(result.dtypeCore, target.dtypeCore);
  checkInPlaceShape(target, result.geometry.shape);
  checkWritable(target);
  const history = stateOf(result);
  if (!history?.node || result.dtypeCore !== target.dtypeCore || stateOf(target)?.isView) return copyFrom(target, result);
  checkInPlace(target);
  withGradMode(false, () => copyFrom(target, result));
  const previous = stateOf(target);
  if (previous !== null) {
    history.hooks = previous.hooks;
    history.retainsGrad = previous.retainsGrad;
  }
  target.state = history;
  return target;
}

/** What an in-place form computes from: a copy where a gradient will need what the write overwrites. */
export function inPlaceSource(input: Tensor): Tensor {
  return input.requires_grad && !input.is_leaf && gradMode.enabled ? clone(input) : input;
}

/** Refuses in-place writes into tensors whose elements share memory, as after expand. */
export function checkWritable({ geometry: layout }: Tensor): void {
  if (repeatsElements(layout)) throw sharedMemoryError();
}

export function checkInPlaceShape(target: Tensor, shape: readonly number[]): void {
  if (!sameShape(target.geometry.shape, shape)) {
    throw new RuntimeError(
      `output with shape [${target.geometry.shape.join(', ')}] doesn't match the broadcast shape [${shape.join(', ')}]`);
  }
}

/** The result with its op under the name that PyTorch gives this form of it. */
export function renamed(result: Tensor, name: string): Tensor {
  const node = stateOf(result)?.node;
  if (node) (node as { name: string }).name = name;
  return result;
}
