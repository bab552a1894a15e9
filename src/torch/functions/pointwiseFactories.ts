import { withGradMode } from '../../autograd/mode.ts';
import type { Operand } from '../../ops/devices.ts';
import type { Scalar } from '../../core/complex.ts';
import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { broadcastPair, sameShape } from '../../core/layout.ts';
import type { PointwiseOp } from '../../ops/pointwise/op.ts';
import type { Binary, Ternary, Unary } from '../../ops/pointwise/row.ts';
import type { StridedArray } from '../../core/strided.ts';
import { cast } from '../../ops/cast.ts';
import { full } from '../../ops/creation.ts';
import { elementAt, isDeferred } from '../../ops/host.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes, any } from '../../ops/reduce.ts';
import { scalarType, scalarTypeName } from '../dtypes/dtypes.ts';
import type { BothForms, Keyed, KeyedOut } from '../arguments/keyed.ts';
import { builtinSignature, delivered, selfOf, withOut } from '../arguments/keyed.ts';
import type { TensorLike } from '../arguments/operands.ts';
import {
  checkBroadcast, checkInPlaceShape, checkWritable, commonType, floatingType, inPlaceSource, renamed, toType, writeInPlace,
} from '../arguments/operands.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Makes the namespace's functions, with their in-place forms, out of registry rows. */

export interface OutOptions {
  readonly out?: Tensor | null;
}

/** How a function and its in-place form compute, once their arguments are read. */
export interface Computation<P extends readonly unknown[], First = Tensor> {
  readonly op: PointwiseOp;
  readonly compute: (input: First, ...rest: P) => Tensor;
  readonly inPlace: (input: Tensor, ...rest: P) => Tensor;
}
export type OfOne = Computation<[]>;
export type OfTwo = Computation<[other: TensorLike], TensorLike>;

/** The dtype that the op computes in for operands of the common dtype `type`. */
function computeType(op: PointwiseOp, name: string, type: DType): DType {
  const wanted = op.floatResult ? floatingType(type) : type;
  if (!op.supports(wanted)) {
    throw new NotImplementedError(`"${name}" not implemented for '${scalarTypeName(wanted)}'`);
  }
  return wanted;
}

export function ofOne(op: Unary, name = op.op.name): OfOne {
  const compute = (input: Tensor): Tensor => {
    const type = input.dtypeCore;
    return type.kind === 'float' && op.op.supports(type) ? op(input) : op(cast(input, computeType(op.op, name, type)));
  };
  return {
    op: op.op,
    compute,
    inPlace: (input) =>
      (op.op.result === 'same' && op.op.supports(input.dtypeCore) && !(op.op.floatResult && input.dtypeCore.kind !== 'float')
        ? op(input, input) : writeInPlace(input, compute(inPlaceSource(input)))),
  };
}

export function ofTwo(op: Binary, name = op.op.name): OfTwo {
  const compute = (input: TensorLike, other: TensorLike): Tensor => {
    // The common case first: equal dtypes, or a number that does not lift a floating tensor's.
    if (input instanceof Tensor) {
      const type = input.dtypeCore;
      if (other instanceof Tensor) {
        if (type === other.dtypeCore && op.op.supports(type)
          && (input.geometry === other.geometry || broadcastPair(input.geometry.shape, other.geometry.shape) !== null)) {
          return op(input, other);
        }
      } else if (type.kind === 'float' && typeof other === 'number') {
        return op(input, other);
      }
    }
    const operands = withTensor([input, other]);
    checkBroadcast(operands);
    const [x, y] = toType(operands, computeType(op.op, name, commonType([input, other])));
    return x instanceof Tensor ? op(x, y) : op.reversed(x, y as Tensor);
  };
  return {
    op: op.op,
    compute,
    inPlace: (input, other) => {
      const type = input.dtypeCore;
      checkWritable(input);
      const direct = op.op.result === 'same' && op.op.supports(type) && (other instanceof Tensor
        ? other.dtypeCore === type && fitsInto(other, input) : type.kind === 'float' && typeof other === 'number');
      if (direct) return op(input, other, input);
      const result = compute(inPlaceSource(input), other);
      checkInPlaceShape(input, result.geometry.shape);
      return writeInPlace(input, result);
    },
  };
}

/** The op for fewer dtypes than it has kernels for; `allowed` may also throw with what is wrong. */
export function narrowed(op: Binary, allowed: (type: DType) => boolean): Binary {
  const narrow: PointwiseOp = { ...op.op, floatResult: false, supports: (type) => allowed(type) && op.op.supports(type) };
  return Object.assign(<A extends StridedArray>(x: A, y: A | Operand, out?: A): A => op(x, y, out), { op: narrow, reversed: op.reversed });
}

/** With another name of the op on the tape where the second operand is a tensor. */
export function namedForTensors({ op, compute, inPlace }: OfTwo, name: string): OfTwo {
  const rename = (result: Tensor, other: TensorLike): Tensor => (other instanceof Tensor ? renamed(result, name) : result);
  return {
    op, compute: (input, other) => rename(compute(input, other), other), inPlace: (input, other) => rename(inPlace(input, other), other),
  };
}

/** Refuses integer divisors that are 0, as PyTorch does; a GPU's are not read, there as here. */
function checkDivisor(input: TensorLike, other: TensorLike): void {
  const type = commonType([input, other]);
  if ((type.kind !== 'int' && type.kind !== 'uint') || (other instanceof Tensor && isDeferred(other))) return;
  const zero = other instanceof Tensor
    ? withGradMode(false, () => elementAt(any(ops.eq(other, 0), allAxes(other)), 0)) === true : Number(other) === 0;
  if (zero) throw new RuntimeError('ZeroDivisionError');
}

/** What divides integers. */
export function dividing({ op, compute, inPlace }: OfTwo): OfTwo {
  return {
    op,
    compute: (input, other) => {
      checkDivisor(input, other);
      return compute(input, other);
    },
    inPlace: (input, other) => {
      checkDivisor(input, other);
      return inPlace(input, other);
    },
  };
}

/** What a function does for dtypes that its op has no kernel for. */
export interface Exceptions {
  /** The result for booleans, or what is wrong with them. */
  readonly bool?: ((input: Tensor) => Tensor) | string;
  /** The result for integers. */
  readonly integer?: (input: Tensor) => Tensor;
  /** The result for complex elements, or what is wrong with them. */
  readonly complex?: ((input: Tensor) => Tensor) | string;
  readonly float?: (input: Tensor) => Tensor;
}

/** As `ofOne`, with exceptions for some dtypes. */
export function except(op: Unary, exceptions: Exceptions, name = op.op.name): OfOne {
  const plain = ofOne(op, name);
  const special = (input: Tensor): Tensor | null => {
    const { kind } = input.dtypeCore;
    const rule = kind === 'bool' ? exceptions.bool ?? exceptions.integer
      : kind === 'int' || kind === 'uint' ? exceptions.integer : kind === 'complex' ? exceptions.complex : exceptions.float;
    if (typeof rule === 'string') throw new NotImplementedError(rule);
    return rule === undefined ? null : rule(input);
  };
  return {
    op: op.op,
    compute: (input) => special(input) ?? plain.compute(input),
    inPlace: (input) => {
      const result = special(inPlaceSource(input));
      return result === null ? plain.inPlace(input) : writeInPlace(input, result);
    },
  };
}

// --- callables: operands alone, by position, are nearly every call, and are not read ---

type UnaryCall = KeyedOut<'input', []>;
export interface UnaryFunction extends BothForms<'input', []> {
  readonly op: PointwiseOp;
}

function callOfOne(name: string, text: string, f: (input: Tensor) => Tensor): UnaryCall {
  const declared = builtinSignature(name, text);
  return function (this: unknown, ...given: unknown[]): Tensor {
    if (given.length === 1 && given[0] instanceof Tensor) return f(given[0]);
    const values = declared.list(given, selfOf(this));
    return text === 'input' ? f(...values as [Tensor]) : delivered(name, values, f);
  } as UnaryCall;
}

/** A function of one tensor, by its computation. */
export function pureUnary({ op, compute }: OfOne, name = op.name): UnaryCall & { readonly op: PointwiseOp } {
  return Object.assign(callOfOne(name, 'input, *, out=None', compute), { op });
}

/** One whose result has no place of its own: PyTorch composes it. */
export interface Composed extends Keyed<'input', [], Tensor> {
  readonly op: PointwiseOp;
}
export const composed = ({ op, compute }: OfOne, name = op.name): Composed => Object.assign(callOfOne(name, 'input', compute), { op });
export const composedToo = (computation: OfOne, name = computation.op.name): Composed & Pick<UnaryFunction, 'inPlace'> =>
  Object.assign(composed(computation, name), { inPlace: callOfOne(`${name}_`, 'input', computation.inPlace) });

export function unaryOf(computation: OfOne, name = computation.op.name): UnaryFunction {
  return Object.assign(pureUnary(computation, name), { inPlace: callOfOne(`${name}_`, 'input', computation.inPlace) }) as UnaryFunction;
}

export const unary = (op: Unary, name = op.op.name): UnaryFunction => unaryOf(ofOne(op, name), name);

export const unaryExcept = (op: Unary, exceptions: Exceptions, name = op.op.name): UnaryFunction =>
  unaryOf(except(op, exceptions, name), name);

export const either = 'Tensor | Number';
type BinaryText = 'input, other';
type BinaryCall<First> = KeyedOut<BinaryText, [other: TensorLike], First>;
export interface BinaryFunction<First = TensorLike> extends BothForms<BinaryText, [other: TensorLike], First> {
  readonly op: PointwiseOp;
}

/** Which operands may be numbers: PyTorch has it differently for each function. */
export type Numbers = 'both' | 'other' | 'none';

function callOfTwo(name: string, text: string, numbers: Numbers, f: (input: never, other: TensorLike) => Tensor): BinaryCall<TensorLike> {
  const declared = builtinSignature(name, text);
  const isDirect = (given: readonly unknown[]): boolean => given.length === 2 && given[0] instanceof Tensor
    && (given[1] instanceof Tensor || (typeof given[1] === 'number' && numbers !== 'none'));
  return function (this: unknown, ...given: unknown[]): Tensor {
    if (isDirect(given)) return f(given[0] as never, given[1] as TensorLike);
    const values = declared.list(given, selfOf(this));
    return text.endsWith('out=None') ? delivered(name, values, f as () => Tensor) : f(...values as [never, TensorLike]);
  } as BinaryCall<TensorLike>;
}

const binaryText = (numbers: Numbers, inPlace: boolean): string =>
  `input${numbers === 'both' && !inPlace ? `: ${either}` : ''}, other${numbers === 'none' ? '' : `: ${either}`}`;

/** A function of two operands, by its computation. */
export function pureBinary(
  { op, compute }: OfTwo, numbers: Numbers = 'none', name = op.name,
): BinaryCall<TensorLike> & { readonly op: PointwiseOp } {
  return Object.assign(callOfTwo(name, withOut(binaryText(numbers, false)), numbers, compute), { op });
}

export function binaryOf(computation: OfTwo, numbers: Numbers = 'other', name = computation.op.name): BinaryFunction {
  const inPlace = callOfTwo(`${name}_`, binaryText(numbers, true), numbers, computation.inPlace);
  return Object.assign(pureBinary(computation, numbers, name), { inPlace }) as unknown as BinaryFunction;
}

export const binary = (op: Binary, numbers: Numbers = 'other', name = op.op.name): BinaryFunction =>
  binaryOf(ofTwo(op, name), numbers, name);

export type OfThree = Computation<[second: TensorLike, third: TensorLike], TensorLike>;

export function ofThree(op: Ternary, name = op.op.name): OfThree {
  const compute = (...operands: [TensorLike, TensorLike, TensorLike]): Tensor => {
    checkBroadcast(operands);
    const shaped = withTensor(operands);
    const [x, y, z] = toType(shaped, computeType(op.op, name, commonType(operands)));
    return op(x, y, z) as Tensor;
  };
  return {
    op: op.op,
    compute,
    inPlace: (input, second, third) => {
      const type = input.dtypeCore;
      checkWritable(input);
      const direct = type.kind === 'float' && op.op.supports(type) && [second, third].every((operand) => (operand instanceof Tensor
        ? operand.dtypeCore === type && fitsInto(operand, input) : typeof operand === 'number'));
      return direct ? op(input, second, third, input) as Tensor : writeInPlace(input, compute(inPlaceSource(input), second, third));
    },
  };
}

function fitsInto(operand: Tensor, target: Tensor): boolean {
  if (operand.geometry === target.geometry) return true;
  const common = broadcastPair(operand.geometry.shape, target.geometry.shape);
  return common !== null && sameShape(common, target.geometry.shape);
}

/** At least one operand must be a tensor to say what class the result has: the first, where all are numbers. */
function withTensor(operands: readonly TensorLike[]): readonly TensorLike[] {
  if (operands.some((operand) => operand instanceof Tensor)) return operands;
  const [first, ...rest] = operands as readonly Scalar[];
  return [full(Tensor, [], first, scalarType(first), cpu), ...rest];
}

