import type { Scalar } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { bool, componentType, dtypes, int64, isInteger } from '../../core/dtype.ts';
import { UFuncTypeError, ValueError, pythonTypeName, shapeText } from '../../core/errors.ts';
import { broadcastPair, broadcastShapes, sameShape } from '../../core/layout.ts';
import { isPlain } from '../../core/realms.ts';
import { isTrue } from '../../core/scalar.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { zerosLike } from '../../ops/creation.ts';
import { runAlike, runPointwise } from '../../ops/dispatch.ts';
import { broadcastTo, clone } from '../../ops/movement.ts';
import { where as select } from '../../ops/pointwise/comparison.ts';
import type { PointwiseOp } from '../../ops/pointwise/op.ts';
import { quietly } from '../../ops/registry/quietly.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray, asOperand, checkWritable, fromScalar, writeInto } from '../ndarray/conversion.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf, dtypeRepr, loopOrder } from '../dtypes/dtype.ts';
import type { Watcher } from './errorState.ts';
import { watcher } from './errorState.ts';
import type { AnySignature } from '../arguments/routine.ts';
import { checkRest, ufuncSignature } from '../arguments/routine.ts';
import type { Casting } from '../dtypes/promotion.ts';
import {
  castAllowed, checkCast, convertScalar, defaultDType, firstSafe, isIntegerLiteral, promote, weakDType,
} from '../dtypes/promotion.ts';

/** Universal functions: NumPy's promotion, casting, `out` and `where` around the ops of the registry. */

/** Where a result goes, by name: an array, or a list of it alone. */
export type Out = ndarray | readonly [ndarray | null] | null;

export interface UfuncOptions {
  /** Its shape may be larger than the operands' broadcast. */
  out?: Out;
  /** Where to compute; elsewhere `out` keeps its elements, and a fresh result has zeros. */
  where?: ArrayLike | null;
  /** How operands and result may be converted; 'same_kind' if left out. */
  casting?: Casting;
  /** How a fresh result lies in memory: row-major but for 'F', and for 'A' where all operands are column-major. */
  order?: 'C' | 'F' | 'A' | 'K' | null;
  /** The dtype to compute in. */
  dtype?: DTypeLike | null;
  /** There are no subclasses, so that it makes no difference. */
  subok?: boolean;
  /** The dtypes of the loop, `'dd->d'`, or in a list with null for any. */
  signature?: string | readonly (DTypeLike | null)[] | null;
}
type InPlaceOptions = Omit<UfuncOptions, 'out'>;

/** What may follow the operands of a ufunc. */
export type UfuncArguments = [options?: UfuncOptions] | [out: ndarray | null, options?: InPlaceOptions];
/** What may follow them in place. */
export type InPlaceArguments = [options?: InPlaceOptions];

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
  readonly refuse?: (dtype: DType, types?: readonly (DType | undefined)[], result?: DType) => Error | undefined;
  /** The dtype of all results, where it is neither the operands' nor what the registry's op says. */
  readonly result?: DType;
  /** The second operand is a whole number whose dtype does not count. */
  readonly exponent?: true;
  /** Only the truth of operands counts, so that none of them is cast. */
  readonly truths?: true;
  /** Cases that are settled before dtypes are promoted. */
  readonly special?: (operands: Operands, types: readonly DType[]) => ndarray | undefined;
  /** Throws for operands that cannot be computed with. */
  readonly check?: (operands: Operands, dtype: DType) => void;
}

export interface UnaryUfunc {
  (x: ArrayLike, ...rest: UfuncArguments): ndarray;
  readonly nin: 1;
  readonly nout: 1;
}

export interface BinaryUfunc {
  (x1: ArrayLike, x2: ArrayLike, ...rest: UfuncArguments): ndarray;
  readonly nin: 2;
  readonly nout: 1;
}

/** What is settled about a ufunc when it is made. */
export class Resolver {
  readonly name: string;
  readonly op: PointwiseOp | null;
  readonly rules: UfuncRules;
  /** Dtypes that it computes in, in NumPy's order. */
  readonly candidates: readonly DType[];
  /** By dtype code: whether operands of that dtype go straight to the op. */
  readonly direct: readonly boolean[];
  readonly declared: AnySignature;
  private readonly resolved: (DType | null | undefined)[] = [];

  constructor(nin: 1 | 2, op: PointwiseOp | null, rules: UfuncRules) {
    this.name = rules.name ?? op!.name;
    this.declared = ufuncSignature(this.name, nin);
    this.op = op;
    this.rules = rules;
    this.candidates = loopOrder.filter((dtype) =>
      (rules.types === undefined || rules.types.includes(dtype)) && (op?.supports(dtype) || rules.loops?.has(dtype)));
    this.direct = dtypes.map((dtype) => this.candidates.includes(dtype) && op?.supports(dtype) === true && !rules.loops?.has(dtype)
      && !(isInteger(dtype) && (rules.integersTo !== undefined || rules.check !== undefined)) && rules.refuse?.(dtype) === undefined);
  }

  computeDType(given: readonly DType[]): DType {
    const { rules } = this;
    const types = rules.exponent && castAllowed(given[1], int64, 'safe') ? [given[0], given[0]] : given;
    if (rules.exponent && types === given) throw unsupported(this.name);
    const refusal = rules.refuse?.(types.reduce(promote), types);
    if (refusal !== undefined) throw refusal;
    const key = types.length === 1 ? types[0].code : types[0].code * dtypes.length + types[1].code;
    let found = this.resolved[key];
    if (found === undefined) {
      found = rules.integersTo !== undefined && types.every((type) => isInteger(type) || type === bool)
        ? rules.integersTo : firstSafe(this.candidates, types);
      this.resolved[key] = found;
    }
    if (found === null) {
      throw unsupported(this.name);
    }
    return found;
  }

  resultDType(dtype: DType): DType {
    if (this.rules.result !== undefined) return this.rules.result;
    const result = this.op?.result ?? 'same';
    return result === 'same' ? dtype : result === 'bool' ? bool : componentType(dtype);
  }

  /** The dtype that `dtype=` asks to compute in: the one whose result it is. */
  requestedDType(wanted: DType, types: readonly DType[]): DType {
    const refusal = this.rules.refuse?.(wanted, types, wanted);
    if (refusal !== undefined) throw refusal;
    if (this.rules.exponent && !(castAllowed(types[0], wanted, 'safe') && castAllowed(types[1], int64, 'safe'))) throw this.noLoop();
    const result = this.op?.result ?? 'same';
    if (wanted === this.rules.result || (result === 'bool' && wanted === bool)) return this.computeDType(types);
    if (this.rules.result !== undefined) throw this.noLoop();
    if (result === 'component') {
      if (wanted.kind === 'complex') throw types[0].kind === 'complex' ? this.noLoop() : loopError(this.name, types, wanted);
      const found = this.candidates.find((candidate) => candidate.kind === 'complex' && componentType(candidate) === wanted);
      if (found !== undefined && types[0].kind === 'complex' && castAllowed(types[0], found, 'safe')) return found;
    }
    if (result === 'bool' || !this.candidates.includes(wanted) || (this.rules.integersTo !== undefined && isInteger(wanted))) {
      throw this.noLoop();
    }
    return wanted;
  }

  noLoop(): TypeError {
    return new TypeError(`No loop matching the specified signature and casting was found for ufunc ${this.name}`);
  }

  /** The dtype to compute in of a signature, which names some of the operands' dtypes and the result's. */
  signedDType(signature: unknown, types: readonly DType[]): DType {
    const parts = typeof signature === 'string' ? signature.split('->') : [];
    const named: unknown = parts.length === 2 ? [...parts[0], ...parts[1]] : parts.length === 1 ? parts : signature;
    if (!Array.isArray(named)) throw new TypeError('the signature object to ufunc must be a string or a tuple.');
    if (named.length === 1) throw new TypeError("Use `dtype` or  fill the tuple with more than one 'None'.");
    const wanted = named.map((each) => coreOf(each as DTypeLike | null));
    if (wanted.length !== types.length + 1 || (parts.length === 2 && parts[0].length !== types.length)) {
      throw new ValueError(parts.length === 2
        ? `a type-string for ${this.name}, ${types.length} typecode(s) before and 1 after the -> sign`
        : `The signature tuple must have exactly ${types.length + 1} entries for ufunc ${this.name}`);
    }
    const result = wanted.pop();
    if (result !== undefined && wanted.every((each) => each === undefined)) return this.requestedDType(result, types);
    const found = this.candidates.find((candidate) => (result === undefined || this.resultDType(candidate) === result)
      && !(this.rules.integersTo !== undefined && isInteger(candidate))
      && wanted.every((each, i) => (this.rules.exponent && i === 1 ? each === undefined || each.kind === 'int'
        : each === undefined ? castAllowed(types[i], candidate, 'safe') : each === candidate)));
    if (found === undefined) throw this.noLoop();
    return found;
  }

  run(operands: Operands, dtype: DType, out?: ndarray): ndarray {
    const loop = this.rules.loops?.get(dtype);
    if (loop === undefined) return runPointwise<ndarray>(this.op!, operands, out);
    const [result] = quietly(() => [loop(operands)]);
    // A loop may give an operand itself, as powers of 1 do.
    const isOperand = operands.some((operand) => operand instanceof ndarray && operand.storage === result.storage);
    if (out === undefined) return isOperand ? castCopy(result, result.dtypeCore) : result;
    writeInto(out, result);
    if (!isOperand) result.storage.free();
    return out;
  }
}

/** There is no loop for the operands' dtypes. */
export const unsupported = (name: string): TypeError => new TypeError(
  `ufunc '${name}' not supported for the input types, and the inputs could not be safely coerced to any supported types `
  + "according to the casting rule ''safe''");

export function castError(name: string, what: string, from: DType, to: DType, casting: Casting): UFuncTypeError {
  return new UFuncTypeError(
    `Cannot cast ufunc '${name}' ${what} from ${dtypeRepr(from)} to ${dtypeRepr(to)} with casting rule '${casting}'`);
}

const dtypeClass = ({ name }: DType): string => `<class 'numpy.dtypes.${name.replace(/^(ui|.)/, (start) => start.toUpperCase())}DType'>`;
const loopError = (name: string, types: readonly DType[], wanted: DType): UFuncTypeError => new UFuncTypeError(
  `ufunc '${name}' did not contain a loop with signature matching types ${types.map(dtypeClass).join(', ')} -> ${dtypeClass(wanted)}`);

/** The dtypes of operands, scalars having taken that of the arrays beside them. */
function typesOf(operands: Operands, { exponent }: UfuncRules): DType[] {
  if (exponent) return operands.map((operand) => (operand instanceof ndarray ? operand.dtypeCore : defaultDType(operand)));
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
  // Dtypes are settled before shapes are looked at.
  if (!castAllowed(from, out.dtypeCore, casting)) throw castError(name, 'output', from, out.dtypeCore, casting);
  const full = broadcastPair(shape, out.shape);
  if (full === null) {
    throw new ValueError(
      `operands could not be broadcast together with shapes ${[...shapes, out.shape].map(shapeText).join(' ')} `);
  }
  if (!sameShape(full, out.shape)) {
    throw new ValueError(
      `non-broadcastable output operand with shape ${shapeText(out.shape)} doesn't match the broadcast shape ${shapeText(full)}`);
  }
}

function shapesOf(operands: Operands): Shapes {
  return operands.map((operand) => (operand instanceof ndarray ? operand.shape : []));
}

/** Which elements take part, null for all of them: arrays have to hold booleans, anything else is read as true or false. */
export function maskOf(where: ArrayLike | null | undefined): ndarray | null {
  if (where === undefined || where === true) return null;
  if (where instanceof ndarray) checkCast(where.dtypeCore, bool, 'safe');
  return asArray(where ?? false, bool);
}

/** Puts a result into `out`, or a fresh array, where a mask holds; with `onlyChecked` it is but found out whether that can be. */
export function deliver(
  name: string, result: ndarray, out: ndarray | undefined, where: ArrayLike | null | undefined, casting: Casting = 'same_kind',
  shapes?: Shapes, onlyChecked = false,
): ndarray {
  if (out !== undefined) checkWritable(out, 'output array');
  const mask = maskOf(where);
  if (mask === null) {
    if (out === undefined) return result;
    checkOut(name, out, result.shape, result.dtypeCore, casting, shapes);
    if (!onlyChecked) writeInto(out, result);
    return out;
  }
  const shape = broadcastShapes([result.shape, mask.shape]);
  if (out !== undefined) checkOut(name, out, shape, result.dtypeCore, casting);
  if (onlyChecked) return result;
  const target = out ?? zerosLike(broadcastTo(result, shape));
  select<ndarray>(mask, cast(result, target.dtypeCore), target, target);
  return target;
}

/** A fresh result in the order that was asked for. */
export function arranged(result: ndarray, order: string | null | undefined, operands: Operands): ndarray {
  const columns = order === 'F'
    || (order === 'A' && operands.every((operand) => !(operand instanceof ndarray) || operand.flags.f_contiguous)
      && operands.some((operand) => operand instanceof ndarray && operand.flags.fnc));
  return columns && result.ndim > 1 ? clone(result.T).T : result;
}

/** An operand of which only the truth counts. */
function truthOf(value: ArrayLike): ndarray | Scalar {
  const operand = asOperand(value);
  return operand instanceof ndarray ? operand : isTrue(convertScalar(operand, defaultDType(operand)));
}

/** The dtype that an operand is cast from: a number that fits the dtype beside it has that, as an integer out of bounds shows at once. */
function sourceOf(operand: ndarray | Scalar, beside: boolean, dtype: DType, casting: Casting): DType {
  if (operand instanceof ndarray) return operand.dtypeCore;
  const own = defaultDType(operand);
  if (!beside || own === bool) return own;
  const weak = weakDType(operand, dtype);
  if (casting === 'equiv' && weak !== own) {
    throw new TypeError(`cannot cast Python ${pythonTypeName(operand)} to ${weak.name} under the casting rule 'equiv'`);
  }
  convertScalar(operand, weak);
  return weak;
}

/** The values of a call: the operands, then `out`, `where`, `casting`, `order`, `dtype`, `subok` and `signature`. */
function execute(resolver: Resolver, values: readonly unknown[]): ndarray {
  const { name, rules } = resolver;
  const nin = values.length - 7;
  const given = values.slice(0, nin) as ArrayLike[];
  const out = values[nin] as ndarray | undefined;
  const where = values[nin + 1] as ArrayLike | null | undefined;
  const casting = values[nin + 2] === undefined ? 'same_kind' : values[nin + 2] as Casting;
  const dtypeWanted = values[nin + 4] as DTypeLike | undefined;
  const signature = values[nin + 6];
  if (out !== undefined) checkWritable(out, 'output array');
  if (dtypeWanted !== undefined && signature !== undefined) throw new TypeError("cannot specify both 'signature' and 'dtype'");
  const wanted = coreOf(dtypeWanted);
  const bare = rules.truths === true && signature === undefined;
  const operands = bare ? given.map(truthOf) : given.map(asOperand);
  const order = checkRest(casting, values[nin + 3], values[nin + 5]);
  const types = typesOf(operands, rules);
  const free = wanted === undefined && signature === undefined;
  if (free) {
    const special = rules.special?.(operands, types);
    if (special !== undefined) return arranged(deliver(name, special, out, where, casting), order, operands);
  }
  const dtype = signature !== undefined ? resolver.signedDType(signature, types)
    : wanted === undefined ? resolver.computeDType(types) : resolver.requestedDType(wanted, types);
  const made: ndarray[] = [];
  const sources = operands.map((operand) => sourceOf(operand, operands.length > 1, dtype, casting));
  const inputs = operands.map((operand, i): ndarray | Scalar => {
    if (!bare && !(rules.exponent && i === 1) && !castAllowed(sources[i], dtype, casting)) {
      throw castError(name, operands.length === 1 ? 'input' : `input ${i}`, sources[i], dtype, casting);
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
  const plain = where === undefined || where === true;
  // What is not computed need not be fit for it.
  rules.check?.(plain ? inputs : inputs.map((each) => (each instanceof ndarray ? select<ndarray>(maskOf(where)!, each, 1) : each)), dtype);
  if (out === undefined && plain) {
    const result = resolver.run(inputs, dtype);
    release(made);
    return arranged(result, order, operands);
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
  const delivered = deliver(name, result, out, where, casting, shapesOf(operands));
  result.storage.free();
  return out === undefined ? arranged(delivered, order, operands) : out;
}

/** A call of which somebody wants to know what it meets. */
function watched(by: Watcher, resolver: Resolver, args: readonly unknown[]): ndarray {
  const values = resolver.declared.list(args);
  return by.computed(resolver.name, values, () => execute(resolver, values));
}

function named<F extends object, P extends object>(call: F, name: string, fields: P): F & P {
  Object.defineProperty(call, 'name', { value: name });
  return Object.assign(call, fields);
}

/** The array to write into of a call that gives nothing else after the operands. */
function outAlone(last: unknown): ndarray | undefined {
  if (last instanceof ndarray) return last;
  const out = (last as UfuncOptions | null | undefined)?.out;
  if (!(out instanceof ndarray) || !isPlain(last as object)) return undefined;
  for (const name in last as UfuncOptions) if (name !== 'out') return undefined;
  return out;
}

export function makeUnary(resolver: Resolver): UnaryUfunc {
  const { direct, declared, op } = resolver;
  const call = (...args: unknown[]): ndarray => {
    if (watcher !== null) return watched(watcher, resolver, args);
    const [x] = args;
    if (x instanceof ndarray && direct[x.dtypeCore.code]) {
      const out = args.length === 2 ? outAlone(args[1]) : undefined;
      if (args.length === 1 || (out !== undefined && fits(op!, x, out))) {
        return runAlike(op!, x, undefined, out) ?? runPointwise<ndarray>(op!, [x], out);
      }
    }
    return execute(resolver, declared.list(args));
  };
  return named(call, resolver.name, { nin: 1, nout: 1 } as const) as UnaryUfunc;
}

/** Whether an array takes an operand's result as it is; it must be writable. */
function fits(op: PointwiseOp, x: ndarray, out: ndarray): boolean {
  if (op.result !== 'same' || x.dtypeCore !== out.dtypeCore || !sameShape(x.geometry.shape, out.geometry.shape)) return false;
  checkWritable(out, 'output array');
  return true;
}

/** Whether a number is an exact element of the dtype beside it, so that nothing has to be promoted or refused. */
function fitsDirectly(value: number, dtype: DType): boolean {
  // Half floats are computed in float32, so that a number must first be rounded to one.
  if (dtype.kind === 'float') return dtype.itemsize > 2;
  if (!isIntegerLiteral(value)) return false;
  return dtype.name === 'int64' || (dtype.name === 'int32' && value === (value | 0));
}

export function makeBinary(resolver: Resolver): BinaryUfunc {
  const { direct, declared, op } = resolver;
  const call = (...args: unknown[]): ndarray => {
    if (watcher !== null) return watched(watcher, resolver, args);
    const [x, y] = args;
    if (x instanceof ndarray && direct[x.dtypeCore.code]
      && (y instanceof ndarray ? x.dtypeCore === y.dtypeCore : typeof y === 'number' && fitsDirectly(y, x.dtypeCore))) {
      // Into an array like the operands, with nothing to convert.
      const out = args.length === 3 ? outAlone(args[2]) : undefined;
      if (args.length === 2 || (out !== undefined && fits(op!, x, out)
        && (!(y instanceof ndarray) || sameShape(x.geometry.shape, y.geometry.shape)))) {
        return (y instanceof ndarray ? runAlike(op!, x, y, out) : null) ?? runPointwise<ndarray>(op!, [x, y as ndarray | number], out);
      }
    }
    return execute(resolver, declared.list(args));
  };
  return named(call, resolver.name, { nin: 2, nout: 1 } as const) as BinaryUfunc;
}
