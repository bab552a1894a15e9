import type { Scalar } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { bool, componentType, dtypes, isInteger } from '../../core/dtype.ts';
import { UFuncTypeError, ValueError, shapeText } from '../../core/errors.ts';
import { broadcastPair, broadcastShapes, sameShape } from '../../core/layout.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { zerosLike } from '../../ops/creation.ts';
import { runAlike, runPointwise } from '../../ops/dispatch.ts';
import { broadcastTo, reshapeTo } from '../../ops/movement.ts';
import { where as select } from '../../ops/pointwise/comparison.ts';
import type { PointwiseOp } from '../../ops/pointwise/op.ts';
import type { Binary, Unary } from '../../ops/pointwise/row.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, asOperand, checkWritable, fromScalar, writeInto } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf, dtypeRepr, loopOrder } from '../dtypes/dtype.ts';
import { checkOptions, isOptions } from '../arguments/options.ts';
import type { Casting } from '../dtypes/promotion.ts';
import {
  castAllowed, checkCasting, convertScalar, defaultDType, firstSafe, isIntegerLiteral, promote, weakDType,
} from '../dtypes/promotion.ts';

/** Universal functions: NumPy's promotion, casting, `out` and `where` around the ops of the registry. */

export interface UfuncOptions {
  /** Where the result goes; its shape may be larger than the operands' broadcast. */
  out?: ndarray | null;
  /** Where to compute; elsewhere `out` keeps its elements, and a fresh result has zeros. */
  where?: ArrayLike;
  /** The dtype to compute in. */
  dtype?: DTypeLike | null;
  /** How operands and result may be converted; 'same_kind' if left out. */
  casting?: Casting;
}
const known = ['out', 'where', 'dtype', 'casting'];

export type Operands = readonly (ndarray | Scalar)[];
/** Computes on operands of one dtype; where its fresh result goes is not its concern. */
export type Loop = (operands: Operands) => ndarray;

export interface UfuncRules {
  /** NumPy's name where the registry's differs. */
  readonly name?: string;
  /** The only dtypes computed in, where the registry has more. */
  readonly types?: readonly DType[];
  /** Loops for dtypes that the registry's op does not have. */
  readonly loops?: ReadonlyMap<DType, Loop>;
  /** Integers alone are computed in this dtype. */
  readonly integersTo?: DType;
  /** NumPy's own error for a dtype that it refuses. */
  readonly refuse?: (dtype: DType) => Error | undefined;
  /** Cases that are settled before dtypes are promoted. */
  readonly special?: (operands: Operands, types: readonly DType[]) => ndarray | undefined;
  /** Throws for operands that cannot be computed with. */
  readonly check?: (operands: Operands, dtype: DType) => void;
}

export interface UnaryUfunc {
  (x: ArrayLike, options?: UfuncOptions | ndarray): ndarray;
  readonly nin: 1;
  readonly nout: 1;
}

export interface BinaryUfunc {
  (x1: ArrayLike, x2: ArrayLike, options?: UfuncOptions | ndarray): ndarray;
  readonly nin: 2;
  readonly nout: 1;
  /** The function of every pair of elements: shape `a.shape + b.shape`. */
  outer(a: ArrayLike, b: ArrayLike, options?: UfuncOptions): ndarray;
}

const noOptions: UfuncOptions = {};

/** What is settled about a ufunc when it is made. */
class Resolver {
  readonly name: string;
  readonly op: PointwiseOp | null;
  readonly rules: UfuncRules;
  /** Dtypes that it computes in, in NumPy's order. */
  readonly candidates: readonly DType[];
  /** By dtype code: whether operands of that dtype go straight to the op. */
  readonly direct: readonly boolean[];
  private readonly resolved: (DType | null | undefined)[] = [];

  constructor(op: PointwiseOp | null, rules: UfuncRules) {
    this.name = rules.name ?? op!.name;
    this.op = op;
    this.rules = rules;
    this.candidates = loopOrder.filter((dtype) =>
      (rules.types === undefined || rules.types.includes(dtype)) && (op?.supports(dtype) || rules.loops?.has(dtype)));
    this.direct = dtypes.map((dtype) => this.candidates.includes(dtype) && op?.supports(dtype) === true && !rules.loops?.has(dtype)
      && !(isInteger(dtype) && (rules.integersTo !== undefined || rules.check !== undefined)) && rules.refuse?.(dtype) === undefined);
  }

  computeDType(types: readonly DType[]): DType {
    const { rules } = this;
    const refusal = rules.refuse?.(types.reduce(promote));
    if (refusal !== undefined) throw refusal;
    const key = types.length === 1 ? types[0].code : types[0].code * dtypes.length + types[1].code;
    let found = this.resolved[key];
    if (found === undefined) {
      found = rules.integersTo !== undefined && types.every((type) => isInteger(type) || type === bool)
        ? rules.integersTo : firstSafe(this.candidates, types);
      this.resolved[key] = found;
    }
    if (found === null) {
      throw new TypeError(
        `ufunc '${this.name}' not supported for the input types, and the inputs could not be safely coerced to any supported `
        + "types according to the casting rule ''safe''");
    }
    return found;
  }

  resultDType(dtype: DType): DType {
    const result = this.op?.result ?? 'same';
    return result === 'same' ? dtype : result === 'bool' ? bool : componentType(dtype);
  }

  /** The dtype that `dtype=` asks to compute in: the one whose result it is. */
  requestedDType(wanted: DType, types: readonly DType[]): DType {
    const refusal = this.rules.refuse?.(wanted);
    if (refusal !== undefined) throw refusal;
    const result = this.op?.result ?? 'same';
    if (result === 'bool' && wanted === bool) return this.computeDType(types);
    const found = result === 'component' && types.some((type) => type.kind === 'complex')
      ? this.candidates.find((candidate) => candidate.kind === 'complex' && componentType(candidate) === wanted)
      : result !== 'bool' && this.candidates.includes(wanted)
        && !(this.rules.integersTo !== undefined && isInteger(wanted)) ? wanted : undefined;
    if (found === undefined) {
      throw new TypeError(`No loop matching the specified signature and casting was found for ufunc ${this.name}`);
    }
    return found;
  }

  run(operands: Operands, dtype: DType, out?: ndarray): ndarray {
    const loop = this.rules.loops?.get(dtype);
    if (loop === undefined) return runPointwise<ndarray>(this.op!, operands, out);
    const result = loop(operands);
    // A loop may give an operand itself, as powers of 1 do.
    const isOperand = operands.some((operand) => operand instanceof ndarray && operand.storage === result.storage);
    if (out === undefined) return isOperand ? castCopy(result, result.dtypeCore) : result;
    writeInto(out, result);
    if (!isOperand) result.storage.free();
    return out;
  }
}

function castError(name: string, what: string, from: DType, to: DType, casting: Casting): UFuncTypeError {
  return new UFuncTypeError(
    `Cannot cast ufunc '${name}' ${what} from ${dtypeRepr(from)} to ${dtypeRepr(to)} with casting rule '${casting}'`);
}

/** The dtypes of operands, scalars having taken that of the arrays beside them. */
function typesOf(operands: Operands): DType[] {
  let common: DType | undefined;
  for (const operand of operands) {
    if (operand instanceof ndarray) common = common === undefined ? operand.dtypeCore : promote(common, operand.dtypeCore);
  }
  return operands.map((operand) => (operand instanceof ndarray
    ? operand.dtypeCore : common === undefined ? defaultDType(operand) : weakDType(operand, common)));
}

function release(made: readonly ndarray[]): void {
  for (const each of made) each.storage.free();
}

type Shapes = readonly (readonly number[])[];

function checkOut(
  name: string, out: ndarray, shape: readonly number[], from: DType, casting: Casting, shapes: Shapes = [shape],
): void {
  const full = broadcastPair(shape, out.shape);
  if (full === null) {
    throw new ValueError(
      `operands could not be broadcast together with shapes ${[...shapes, out.shape].map(shapeText).join(' ')} `);
  }
  if (!sameShape(full, out.shape)) {
    throw new ValueError(
      `non-broadcastable output operand with shape ${shapeText(out.shape)} doesn't match the broadcast shape ${shapeText(full)}`);
  }
  if (!castAllowed(from, out.dtypeCore, casting)) throw castError(name, 'output', from, out.dtypeCore, casting);
}

function shapesOf(operands: Operands): Shapes {
  return operands.map((operand) => (operand instanceof ndarray ? operand.shape : []));
}

/** Puts a result into `out`, or a fresh array, where a mask holds. */
export function deliver(
  name: string, result: ndarray, out: ndarray | undefined, where: ArrayLike | undefined, casting: Casting = 'same_kind',
  shapes?: Shapes,
): ndarray {
  if (out !== undefined) checkWritable(out, 'output array');
  if (where === undefined || where === true) {
    if (out === undefined) return result;
    checkOut(name, out, result.shape, result.dtypeCore, casting, shapes);
    writeInto(out, result);
    return out;
  }
  // Lists are read as booleans, arrays have to hold them.
  const mask = Array.isArray(where) ? asArray(where, bool) : asArray(where);
  if (mask.dtypeCore !== bool) {
    throw new TypeError(
      `Cannot cast array data from ${dtypeRepr(mask.dtypeCore)} to dtype('bool') according to the rule 'safe'`);
  }
  const shape = broadcastShapes([result.shape, mask.shape]);
  if (out !== undefined) checkOut(name, out, shape, result.dtypeCore, casting);
  const target = out ?? zerosLike(broadcastTo(result, shape));
  select<ndarray>(mask, cast(result, target.dtypeCore), target, target);
  return target;
}

function execute(resolver: Resolver, given: readonly ArrayLike[], options: UfuncOptions): ndarray {
  const { name, rules } = resolver;
  if (options !== noOptions) checkOptions(name, options, known);
  const out = options.out ?? undefined;
  if (out !== undefined && !(out instanceof ndarray)) throw new TypeError('return arrays must be of ArrayType');
  if (out !== undefined) checkWritable(out, 'output array');
  const { casting = 'same_kind' } = options;
  if (casting !== 'same_kind') checkCasting(casting);
  const operands = given.map(asOperand);
  const types = typesOf(operands);
  const wanted = coreOf(options.dtype);
  if (wanted === undefined) {
    const special = rules.special?.(operands, types);
    if (special !== undefined) return deliver(name, special, out, options.where, casting);
  }
  const dtype = wanted === undefined ? resolver.computeDType(types) : resolver.requestedDType(wanted, types);
  const made: ndarray[] = [];
  const inputs = operands.map((operand, i): ndarray | Scalar => {
    // A whole number beside another operand has the dtype that is computed in, if that holds it.
    const isWeak = operands.length > 1 && typeof operand === 'number' && isIntegerLiteral(operand) && isInteger(dtype);
    const from = operand instanceof ndarray ? operand.dtypeCore : isWeak ? dtype : defaultDType(operand);
    if (!castAllowed(isWeak ? dtype : types[i], dtype, casting) || (wanted !== undefined && !castAllowed(from, dtype, casting))) {
      throw castError(name, operands.length === 1 ? 'input' : `input ${i}`, from, dtype, casting);
    }
    if (!(operand instanceof ndarray)) return convertScalar(operand, dtype);
    const converted = cast(operand, dtype);
    if (converted !== operand) made.push(converted);
    return converted;
  });
  if (!inputs.some((input) => input instanceof ndarray)) inputs[0] = fromScalar(inputs[0] as Scalar, dtype);
  const resultType = resolver.resultDType(dtype);
  // Dtypes are settled before shapes and elements are looked at.
  if (out !== undefined && !castAllowed(resultType, out.dtypeCore, casting)) {
    throw castError(name, 'output', resultType, out.dtypeCore, casting);
  }
  rules.check?.(inputs, dtype);
  const plain = options.where === undefined || options.where === true;
  if (out === undefined && plain) {
    const result = resolver.run(inputs, dtype);
    release(made);
    return result;
  }
  if (out !== undefined && plain && out.dtypeCore === resultType) {
    const shape = broadcastShapes(inputs.filter((input) => input instanceof ndarray).map((input) => input.shape));
    if (sameShape(shape, out.shape)) {
      resolver.run(inputs, dtype, out);
      release(made);
      return out;
    }
  }
  const result = resolver.run(inputs, dtype);
  release(made);
  const delivered = deliver(name, result, out, options.where, casting, shapesOf(operands));
  result.storage.free();
  return delivered;
}

function readOptions(last: unknown): UfuncOptions {
  if (last === undefined) return noOptions;
  if (last instanceof ndarray) return { out: last };
  if (isOptions(last)) return last;
  if (last === null) return noOptions;
  throw new TypeError('return arrays must be of ArrayType');
}

function named<F extends object, P extends object>(call: F, name: string, fields: P): F & P {
  Object.defineProperty(call, 'name', { value: name });
  return Object.assign(call, fields);
}

function makeUnary(row: PointwiseOp | null, rules: UfuncRules): UnaryUfunc {
  const resolver = new Resolver(row, rules);
  const { direct } = resolver;
  const call = (x: ArrayLike, options?: UfuncOptions | ndarray): ndarray => {
    if (options === undefined && x instanceof ndarray && direct[x.dtypeCore.code]) return runPointwise<ndarray>(row!, [x]);
    if (x === undefined) {
      throw new TypeError(
        `${resolver.name}() takes from 1 to 2 positional arguments but 0 were given`);
    }
    return execute(resolver, [x], readOptions(options));
  };
  return named(call, resolver.name, { nin: 1, nout: 1 } as const);
}

/** Whether a number is an exact element of the dtype beside it, so that nothing has to be promoted or refused. */
function fitsDirectly(value: number, dtype: DType): boolean {
  // Half floats are computed in float32, so that a number must first be rounded to one.
  if (dtype.kind === 'float') return dtype.itemsize > 2;
  if (!isIntegerLiteral(value)) return false;
  return dtype.name === 'int64' || (dtype.name === 'int32' && value === (value | 0));
}

function makeBinary(row: PointwiseOp | null, rules: UfuncRules): BinaryUfunc {
  const resolver = new Resolver(row, rules);
  const { direct, name } = resolver;
  const call = (x: ArrayLike, y: ArrayLike, options?: UfuncOptions | ndarray): ndarray => {
    if (options === undefined && x instanceof ndarray && direct[x.dtypeCore.code]
      && (y instanceof ndarray ? x.dtypeCore === y.dtypeCore : typeof y === 'number' && fitsDirectly(y, x.dtypeCore))) {
      return (y instanceof ndarray ? runAlike(row!, x, y) : null) ?? runPointwise<ndarray>(row!, [x, y as ndarray | number]);
    }
    // In place, with nothing to convert.
    if (options === x && x instanceof ndarray && y instanceof ndarray && x.dtypeCore === y.dtypeCore && direct[x.dtypeCore.code]
      && row!.result === 'same' && sameShape(x.geometry.shape, y.geometry.shape)) {
      checkWritable(x, 'output array');
      return runPointwise<ndarray>(row!, [x, y], x);
    }
    if (y === undefined) {
      throw new TypeError(
        `${name}() takes from 2 to 3 positional arguments but ${x === undefined ? '0 were' : '1 was'} given`);
    }
    return execute(resolver, [x, y], readOptions(options));
  };
  const outer = (a: ArrayLike, b: ArrayLike, options?: UfuncOptions): ndarray => {
    const left = asArray(a);
    const right = asArray(b);
    return call(reshapeTo(left, [...left.shape, ...right.shape.map(() => 1)]), right, options);
  };
  return named(call, name, { nin: 2, nout: 1, outer } as const);
}

/** A ufunc of one operand from a row of the registry. */
export function unaryUfunc(op: Unary, rules: UfuncRules = {}): UnaryUfunc {
  return makeUnary(op.op, rules);
}

/** A ufunc of two operands from a row of the registry. */
export function binaryUfunc(op: Binary, rules: UfuncRules = {}): BinaryUfunc {
  return makeBinary(op.op, rules);
}

/** A ufunc of one operand that several ops make up: its loops by dtype. */
export function composedUnary(name: string, loops: ReadonlyMap<DType, Loop>, rules: UfuncRules = {}): UnaryUfunc {
  return makeUnary(null, { ...rules, name, loops });
}

/** A ufunc of two operands that several ops make up. */
export function composedBinary(name: string, loops: ReadonlyMap<DType, Loop>, rules: UfuncRules = {}): BinaryUfunc {
  return makeBinary(null, { ...rules, name, loops });
}
