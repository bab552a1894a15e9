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
import { elementAt } from '../../ops/host.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes, any } from '../../ops/reduce.ts';
import { scalarType, scalarTypeName } from '../dtypes/dtypes.ts';
import { checkOptions } from '../arguments/options.ts';
import type { TensorLike } from '../arguments/operands.ts';
import {
  checkBroadcast, checkInPlaceShape, checkWritable, checkOperand, checkTensor, commonType, floatingType, inPlaceSource, intoOut,
  renamed, toType, writeInPlace,
} from '../arguments/operands.ts';
import { Tensor } from '../tensor/tensor.ts';

/** Makes the namespace's functions, with their in-place forms, out of registry rows. */

export interface OutOptions {
  readonly out?: Tensor;
}

export interface UnaryFunction {
  (input: Tensor, options?: OutOptions): Tensor;
  readonly inPlace: (input: Tensor) => Tensor;
  readonly op: PointwiseOp;
}

export interface BinaryFunction {
  (input: TensorLike, other: TensorLike, options?: OutOptions): Tensor;
  readonly inPlace: (input: Tensor, other: TensorLike) => Tensor;
  readonly op: PointwiseOp;
}

export interface TernaryFunction {
  (input: TensorLike, second: TensorLike, third: TensorLike, options?: OutOptions): Tensor;
  readonly inPlace: (input: Tensor, second: TensorLike, third: TensorLike) => Tensor;
  readonly op: PointwiseOp;
}

/** The dtype that the op computes in for operands of the common dtype `type`. */
function computeType(op: PointwiseOp, name: string, type: DType): DType {
  const wanted = op.floatResult ? floatingType(type) : type;
  if (!op.supports(wanted)) {
    throw new NotImplementedError(`"${name}" not implemented for '${scalarTypeName(wanted)}'`);
  }
  return wanted;
}

function finish(name: string, result: Tensor, options: OutOptions | undefined, operands: readonly unknown[]): Tensor {
  if (options === undefined) return result;
  checkOptions(name, options, ['out']);
  return options.out === undefined ? result : intoOut(name, result, options.out, operands);
}

export function unary(op: Unary, name = op.op.name): UnaryFunction {
  const compute = (input: Tensor): Tensor => {
    checkTensor(name, 'input', input);
    const type = input.dtypeCore;
    return type.kind === 'float' && op.op.supports(type) ? op(input) : op(cast(input, computeType(op.op, name, type)));
  };
  return Object.assign(
    (input: Tensor, options?: OutOptions): Tensor => finish(name, compute(input), options, [input]),
    {
      op: op.op,
      inPlace: (input: Tensor): Tensor =>
        (op.op.result === 'same' && op.op.supports(input.dtypeCore) && !(op.op.floatResult && input.dtypeCore.kind !== 'float')
          ? op(input, input) : writeInPlace(input, compute(inPlaceSource(input)))),
    });
}

export function binary(op: Binary, name = op.op.name): BinaryFunction {
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
    checkOperand(name, 'input', input);
    checkOperand(name, 'other', other);
    const operands = withTensor([input, other]);
    checkBroadcast(operands);
    const [x, y] = toType(operands, computeType(op.op, name, commonType([input, other])));
    return x instanceof Tensor ? op(x, y) : op.reversed(x, y as Tensor);
  };
  return Object.assign(
    (input: TensorLike, other: TensorLike, options?: OutOptions): Tensor =>
      finish(name, compute(input, other), options, [input, other]),
    {
      op: op.op,
      inPlace: (input: Tensor, other: TensorLike): Tensor => {
        const type = input.dtypeCore;
        checkWritable(input);
        const direct = op.op.result === 'same' && op.op.supports(type) && (other instanceof Tensor
          ? other.dtypeCore === type && fitsInto(other, input) : type.kind === 'float' && typeof other === 'number');
        if (direct) return op(input, other, input);
        const result = compute(inPlaceSource(input), other);
        checkInPlaceShape(input, result.geometry.shape);
        return writeInPlace(input, result);
      },
    });
}

/** The op for fewer dtypes than it has kernels for; `allowed` may also throw with what is wrong. */
export function narrowed(op: Binary, allowed: (type: DType) => boolean): Binary {
  const narrow: PointwiseOp = { ...op.op, floatResult: false, supports: (type) => allowed(type) && op.op.supports(type) };
  return Object.assign(<A extends StridedArray>(x: A, y: A | Operand, out?: A): A => op(x, y, out), { op: narrow, reversed: op.reversed });
}

/** A binary function whose op has another name on the tape where its second operand is a tensor. */
export function namedForTensors(f: BinaryFunction, name: string): BinaryFunction {
  const rename = (result: Tensor, other: TensorLike): Tensor => (other instanceof Tensor ? renamed(result, name) : result);
  return Object.assign(
    (input: TensorLike, other: TensorLike, options?: OutOptions): Tensor => rename(f(input, other, options), other),
    { op: f.op, inPlace: (input: Tensor, other: TensorLike): Tensor => rename(f.inPlace(input, other), other) });
}

/** Refuses integer divisors that are 0, as PyTorch does. */
function checkDivisor(input: TensorLike, other: TensorLike): void {
  const type = commonType([input, other]);
  if (type.kind !== 'int' && type.kind !== 'uint') return;
  const zero = other instanceof Tensor
    ? withGradMode(false, () => elementAt(any(ops.eq(other, 0), allAxes(other)), 0)) === true : Number(other) === 0;
  if (zero) throw new RuntimeError('ZeroDivisionError');
}

/** A binary function that divides integers. */
export function dividing(f: BinaryFunction): BinaryFunction {
  return Object.assign(
    (input: TensorLike, other: TensorLike, options?: OutOptions): Tensor => {
      checkOperand(f.op.name, 'other', other);
      checkDivisor(input, other);
      return f(input, other, options);
    },
    {
      op: f.op,
      inPlace: (input: Tensor, other: TensorLike): Tensor => {
        checkOperand(f.op.name, 'other', other);
        checkDivisor(input, other);
        return f.inPlace(input, other);
      },
    });
}

export type PureUnaryFunction = Omit<UnaryFunction, 'inPlace'> & ((input: Tensor, options?: OutOptions) => Tensor);
export type PureBinaryFunction = Omit<BinaryFunction, 'inPlace'> & ((input: TensorLike, other: TensorLike, options?: OutOptions) => Tensor);

/** The function alone, where PyTorch has no in-place form of it. */
export function pureUnary(f: UnaryFunction): PureUnaryFunction {
  return Object.assign((input: Tensor, options?: OutOptions): Tensor => f(input, options), { op: f.op });
}

/** The same of two operands. */
export function pureBinary(f: BinaryFunction): PureBinaryFunction {
  return Object.assign((input: TensorLike, other: TensorLike, options?: OutOptions): Tensor => f(input, other, options), { op: f.op });
}

export function ternary(op: Ternary, name = op.op.name): TernaryFunction {
  const compute = (operands: readonly TensorLike[]): Tensor => {
    operands.forEach((operand, i) => checkOperand(name, op.op.args[i], operand));
    checkBroadcast(operands);
    const shaped = withTensor(operands);
    const [x, y, z] = toType(shaped, computeType(op.op, name, commonType(operands)));
    return op(x, y, z) as Tensor;
  };
  return Object.assign(
    (input: TensorLike, second: TensorLike, third: TensorLike, options?: OutOptions): Tensor =>
      finish(name, compute([input, second, third]), options, [input, second, third]),
    {
      op: op.op,
      inPlace: (input: Tensor, second: TensorLike, third: TensorLike): Tensor => {
        const type = input.dtypeCore;
        checkWritable(input);
        const direct = type.kind === 'float' && op.op.supports(type) && [second, third].every((operand) => (operand instanceof Tensor
          ? operand.dtypeCore === type && fitsInto(operand, input) : typeof operand === 'number'));
        return direct ? op(input, second, third, input) as Tensor : writeInPlace(input, compute([inPlaceSource(input), second, third]));
      },
    });
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

/** As `unary`, with exceptions for some dtypes. */
export function unaryExcept(op: Unary, exceptions: Exceptions, name = op.op.name): UnaryFunction {
  const plain = unary(op, name);
  const special = (input: Tensor): Tensor | null => {
    checkTensor(name, 'input', input);
    const { kind } = input.dtypeCore;
    const rule = kind === 'bool' ? exceptions.bool ?? exceptions.integer
      : kind === 'int' || kind === 'uint' ? exceptions.integer : kind === 'complex' ? exceptions.complex : exceptions.float;
    if (typeof rule === 'string') throw new NotImplementedError(rule);
    return rule === undefined ? null : rule(input);
  };
  return Object.assign(
    (input: Tensor, options?: OutOptions): Tensor => {
      const result = special(input);
      return result === null ? plain(input, options) : finish(name, result, options, [input]);
    },
    {
      op: op.op,
      inPlace: (input: Tensor): Tensor => {
        const result = special(inPlaceSource(input));
        return result === null ? plain.inPlace(input) : writeInPlace(input, result);
      },
    });
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

