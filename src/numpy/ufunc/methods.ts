import { isScalar } from '../../core/complex.ts';
import { contentsOf } from '../../core/contents.ts';
import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { IndexError, NotImplementedError, ValueError, noIdentity } from '../../core/errors.ts';
import { isOptions } from '../../core/options.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { empty } from '../../ops/creation.ts';
import * as indexing from '../../ops/indexing.ts';
import { broadcastTo, clone, concatenate, permute, reshapeTo, sliceAxis } from '../../ops/movement.ts';
import type { Binary, Unary } from '../../ops/pointwise/row.ts';
import type { Reduction } from '../../ops/reduce.ts';
import { keptShape, otherAxes } from '../../ops/reduce.ts';
import { selectAxis } from '../../ops/views.ts';
import type { RoutineOf } from '../arguments/routine.ts';
import { compiledSignature } from '../arguments/routine.ts';
import { checkVector } from '../arguments/shapes.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf, dtypeRepr } from '../dtypes/dtype.ts';
import { promote, safelyCasts } from '../dtypes/promotion.ts';
import { asArray, checkWritable, checkedElement, fromNumbers, numbersOf, writeInto } from '../ndarray/conversion.ts';
import type { Index } from '../ndarray/indexing.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import type { Refusing, Resolving } from './description.ts';
import { refusals, withDescription } from './description.ts';
import { watcher } from './errorState.ts';
import type { Axis, ReduceOptions } from './reduce.ts';
import { finish, identityOf, reducedAxes, reduction, reductionType, scan } from './reduce.ts';
import type { BinaryUfunc as BinaryCall, Loop, Out, UfuncOptions, UfuncRules, UnaryUfunc as UnaryCall } from './ufunc.ts';
import { Resolver, makeBinary, makeUnary, maskOf } from './ufunc.ts';

/** What ufuncs do beside computing element by element: reduce, accumulate, reduceat, outer and at. */

const reduceText = 'array, axis: ints | None=0, dtype=None, out: tuple=None, keepdims=False, initial=None, where: array_like=True';
const accumulateText = 'array, axis: ints | None=0, dtype=None, out: tuple=None';
const reduceatText = 'array, indices, axis: ints | None=0, dtype=None, out: tuple=None';
type OneAxis = number | readonly [number];

export interface UnaryUfunc extends UnaryCall, Resolving, Refusing {
  readonly nin: 1;
  readonly nout: 1;
  /** Throws, since there is but one operand. */
  outer(...args: readonly unknown[]): never;
  /** The function of an array's elements at an index, in place; once for every time an element is named. */
  at(a: ndarray, indices: Index | readonly Index[]): void;
}

/** What universal functions of two operands do besides computing element by element; those of one have `at` alone. Source: numpy.ufunc. */
export interface BinaryUfunc extends BinaryCall, Resolving {
  /**
   * How many operands it has. Source: numpy.ufunc.nin.
   * @example
   * np.add.nin // → 2
   */
  readonly nin: 2;
  /**
   * How many results it has. Source: numpy.ufunc.nout.
   * @example
   * np.add.nout // → 1
   */
  readonly nout: 1;
  /**
   * The function between all elements along an axis, the first if none is named.
   * @example
   * np.add.reduce([[1, 2], [3, 4]], { axis: 1 }) // → [3 7]
   */
  readonly reduce: RoutineOf<typeof reduceText, [
    array: ArrayLike, axis?: Axis, dtype?: DTypeLike | null, out?: Out, keepdims?: boolean, initial?: ArrayLike | null,
    where?: ArrayLike | null,
  ], ndarray>;
  /**
   * The function between each element and all before it.
   * @example
   * np.multiply.accumulate([1, 2, 3, 4]) // → [ 1  2  6 24]
   */
  readonly accumulate: RoutineOf<typeof accumulateText, [array: ArrayLike, axis?: OneAxis, dtype?: DTypeLike | null, out?: Out], ndarray>;
  /**
   * reduce of the elements from each index to the next; the element alone where the next is not larger.
   * @example
   * np.add.reduceat([1, 2, 3, 4], [0, 2]) // → [3 7]
   */
  readonly reduceat: RoutineOf<typeof reduceatText, [
    array: ArrayLike, indices: ArrayLike, axis?: OneAxis, dtype?: DTypeLike | null, out?: Out,
  ], ndarray>;
  /**
   * The function of every pair of elements: shape `A.shape + B.shape`.
   * @example
   * np.multiply.outer([1, 2], [3, 4]) // → [[3 4]
   *                                   //    [6 8]]
   */
  outer(A: ArrayLike, B: ArrayLike, options?: UfuncOptions): ndarray;
  /**
   * The function of an array's elements at an index and of others, in place; once for every time an element is named.
   * @example
   * const x = np.zeros(2);
   * np.add.at(x, [0, 0, 1], 1);
   * x // → [2. 1.]
   */
  at(a: ndarray, indices: Index | readonly Index[], b: ArrayLike): void;
}

export const reduceSignature = compiledSignature('ufunc.reduce', reduceText);
export const accumulateSignature = compiledSignature('ufunc.accumulate', accumulateText);
export const reduceatSignature = compiledSignature('ufunc.reduceat', reduceatText);

/** Functions with reductions of their own. */
const kinds = { add: 'sum', multiply: 'prod', minimum: 'min', maximum: 'max', logical_and: 'all', logical_or: 'any' } as const;
const scans = { add: 'cumsum', multiply: 'cumprod', minimum: 'cummin', maximum: 'cummax' } as const;

/** The values of no elements. Functions with one, fmax and fmin go along several axes. */
const identities: Readonly<Record<string, number | boolean>> = {
  bitwise_and: -1, bitwise_or: 0, bitwise_xor: 0, logical_xor: false, logaddexp: -Infinity,
  logaddexp2: -Infinity, hypot: 0, gcd: 0,
};
/** Functions whose results do not depend at all on the order of their operands. */
const exact = /^(bitwise_|fmax|fmin|logical_xor)/;

/** The methods of one ufunc. */
class Methods {
  private readonly resolver: Resolver;
  private readonly call: BinaryCall;
  /** The function between what was computed before and the next elements. */
  private readonly step: BinaryCall;

  constructor(resolver: Resolver, call: BinaryCall) {
    this.resolver = resolver;
    this.call = call;
    const ofExponents = (x: ArrayLike, n: ArrayLike, options?: UfuncOptions): ndarray => call(x, cast(asArray(n), core.int64), options);
    this.step = resolver.rules.exponent ? ofExponents as BinaryCall : call;
  }

  /** Refuses what would have to be the operand and the exponent of one function. */
  private checkAlike(caller: string, given: ndarray, type: DType): void {
    if (!this.resolver.rules.exponent) return;
    const exponent = safelyCasts(given.dtypeCore, core.int32) ? core.int32 : core.int64;
    throw new TypeError(`the resolved dtypes are not compatible with ${this.resolver.name}.${caller}. `
      + `Resolved (${[type, exponent, type].map(dtypeRepr).join(', ')})`);
  }

  /** The elements in the dtype that two of them give one of. */
  private prepared(array: ArrayLike, dtype: DTypeLike | null | undefined, out?: ndarray | null): ndarray {
    const { resolver } = this;
    const given = asArray(array);
    const types = [out instanceof ndarray ? out.dtypeCore : given.dtypeCore, given.dtypeCore];
    const summing = resolver.name === 'add' || resolver.name === 'multiply';
    const wanted = coreOf(dtype) ?? (summing ? reductionType(given.dtypeCore, out, true) : undefined);
    const refusal = resolver.rules.refuse?.(wanted ?? types.reduce(promote), [wanted, given.dtypeCore], wanted);
    if (refusal !== undefined) throw refusal;
    const logical = resolver.name.startsWith('logical_');
    // Asked for booleans, what compares takes its operands as such, too.
    const boolean = wanted === undefined ? logical : wanted === core.bool && (logical || resolver.op?.result === 'bool');
    const type = boolean ? core.bool
      : wanted === undefined ? resolver.computeDType(types) : resolver.requestedDType(wanted, types);
    if (resolver.resultDType(type) !== type) throw resolver.noLoop();
    return cast(given, type);
  }

  private fold(array: ArrayLike, { axis, dtype, out, keepdims = false, initial, where }: ReduceOptions): ndarray {
    const { resolver: { name }, step } = this;
    coreOf(dtype);
    const axes = reducedAxes(axis, asArray(array).ndim);
    const x = this.prepared(array, dtype, out);
    // All bits set are the largest of the numbers without a sign.
    const identity = name === 'bitwise_and' && x.dtypeCore.kind === 'uint'
      ? core.integerRange(x.dtypeCore)[1] : identities[name] as number | boolean | undefined;
    if (axes.length > 1 && identity === undefined && !exact.test(name)) {
      throw new ValueError(`reduction operation '${name}' is not reorderable, so at most one axis may be specified`);
    }
    const mask = maskOf(where);
    if (mask !== null && identity === undefined && initial === undefined) {
      throw new ValueError(
        `reduction operation '${name}' does not have an identity, so to use a where mask one has to specify 'initial'`);
    }
    const rest = otherAxes(x, axes);
    const shape = rest.map((each) => x.shape[each]);
    // The reduced axes as one in front.
    const inFront = (each: ndarray): ndarray => {
      const front = permute<ndarray>(each, [...axes, ...rest]);
      return reshapeTo<ndarray>(front, [axes.reduce((count, axis) => count * x.shape[axis], 1), ...shape]);
    };
    let parts = inFront(x);
    const chosen = mask === null ? null : inFront(broadcastTo<ndarray>(mask, x.shape));
    let [count] = parts.shape;
    let result: ndarray | undefined;
    const combine = (part: ndarray): void => {
      result = result === undefined ? part : step(result, part);
    };
    const start = initial ?? (mask !== null || count === 0 || name === 'hypot' ? identity : undefined);
    if (start !== undefined) {
      const value = asArray(isScalar(start) ? checkedElement(start, x.dtypeCore) : start, x.dtypeCore);
      if (value.ndim > 0) throw new ValueError('setting an array element with a sequence.');
      result = clone<ndarray>(broadcastTo<ndarray>(value, shape));
    } else if (count === 0) {
      throw noIdentity(name);
    }
    if (chosen === null) {
      // Of many elements halves are combined where the order does not matter, or only for rounding.
      const least = exact.test(name) ? 1 : identity !== undefined ? 512 : Infinity;
      for (; count > least; count >>= 1) {
        if (count % 2 === 1) combine(selectAxis(parts, 0, count - 1));
        parts = step(sliceAxis(parts, 0, 0, count >> 1), sliceAxis(parts, 0, count >> 1, count >> 1));
      }
    }
    for (let i = 0; i < count; i++) {
      const part = selectAxis(parts, 0, i);
      if (chosen === null) combine(part);
      else step(result!, part, { out: result, where: selectAxis(chosen, 0, i) });
    }
    result ??= empty(ndarray, shape, x.dtypeCore, x.storage.device);
    return reshapeTo(result.storage === x.storage ? clone(result) : result, keptShape(x.shape, axes, keepdims));
  }

  private reduced(array: ArrayLike, options: ReduceOptions): ndarray {
    const { name } = this.resolver;
    const kind = kinds[name as keyof typeof kinds] as Reduction | undefined;
    const logical = kind === 'any' || kind === 'all';
    if (kind !== undefined && (!logical || (coreOf(options.dtype) ?? core.bool) === core.bool)) return reduction(kind, array, options);
    const result = this.fold(array, options);
    const { shape } = asArray(array);
    return finish(name, result, options.out, options.keepdims ? undefined : { shape, axes: reducedAxes(options.axis, shape.length) });
  }

  /** The axis of accumulate and reduceat. */
  private axisOf(axis: Axis | undefined, caller: string, ndim: number): number {
    const axes = reducedAxes(axis === undefined ? 0 : axis, ndim);
    if (ndim === 0) throw new TypeError(`cannot ${caller} on a scalar`);
    if (axes.length !== 1) throw new ValueError(`${caller} does not allow multiple axes`);
    return axes[0];
  }

  reduce(args: readonly unknown[]): ndarray {
    const [array, axis = 0, dtype, out, keepdims, initial, where] = (reduceSignature.fits(args) ? args : reduceSignature.list(args)) as [
      ArrayLike, Axis?, DTypeLike?, ndarray?, boolean?, ArrayLike?, (ArrayLike | null)?,
    ];
    return this.reduced(array, { axis, dtype, out, keepdims, initial, where });
  }

  accumulate(args: readonly unknown[]): ndarray {
    const [array, given, dtype, out] = accumulateSignature.list(args) as [ArrayLike, Axis?, DTypeLike?, ndarray?];
    const { name } = this.resolver;
    const source = asArray(array);
    coreOf(dtype);
    const axis = this.axisOf(given, 'accumulate', source.ndim);
    if (name in scans) return scan(scans[name as keyof typeof scans], source, { axis, dtype, out });
    const operand = this.prepared(source, dtype, out);
    this.checkAlike('accumulate', source, operand.dtypeCore);
    const result = castCopy<ndarray>(operand, operand.dtypeCore);
    let before: ndarray | null = null;
    for (let i = 0; i < result.shape[axis]; i++) {
      const now = selectAxis(result, axis, i);
      if (before !== null) this.step(before, now, { out: now });
      before = now;
    }
    return finish(name, result, out);
  }

  reduceat(args: readonly unknown[]): ndarray {
    const [array, places, given, dtype, out] = reduceatSignature.list(args) as [ArrayLike, ArrayLike, Axis?, DTypeLike?, ndarray?];
    const { name } = this.resolver;
    const source = asArray(array);
    const indices = asArray(places);
    checkVector(indices);
    coreOf(dtype);
    const axis = this.axisOf(given, 'reduceat', source.ndim);
    const starts = [...numbersOf(indices)].map(Math.trunc);
    const extent = source.shape[axis];
    for (const start of starts) {
      if (start < 0 || start >= extent) throw new IndexError(`index ${start} out-of-bounds in ${name}.reduceat [0, ${extent})`);
    }
    const x = this.prepared(source, dtype, out);
    this.checkAlike('reduceat', source, x.dtypeCore);
    const parts = starts.map((start, i) => {
      const end = i + 1 < starts.length ? starts[i + 1] : extent;
      const part = sliceAxis(x, axis, start, Math.max(end - start, 1));
      return end - start > 1 ? this.reduced(part, { axis, dtype, keepdims: true }) : part;
    });
    return finish(name, parts.length > 0 ? concatenate(parts, axis) : clone(sliceAxis(x, axis, 0, 0)), out);
  }

  outer(args: readonly unknown[]): ndarray {
    const operands = isOptions(args.at(-1)) ? args.slice(0, -1) : args;
    if (operands.length !== 2) throw new TypeError('exactly two arguments expected');
    const [left, right] = operands.map((each) => asArray(each as ArrayLike));
    const column = reshapeTo(left, [...left.shape, ...right.shape.map(() => 1)]);
    return this.call(column, right, ...args.slice(2) as [UfuncOptions?]);
  }
}

/** What has to fit the shape that an index names. */
function inShape<T>(write: () => T): T {
  try {
    return write();
  } catch (error) {
    throw error instanceof ValueError ? new ValueError('array is not broadcastable to correct shape') : error;
  }
}

/** How often one element may be named, each time a step of its own. */
const mostRounds = 2 ** 20;

/** Elements as often as an index names them: all that are named once, then those that are named again, and so on. */
function applyAt(
  name: string, args: readonly unknown[], apply: (elements: ndarray, operand: ndarray | undefined) => ndarray, nin: 1 | 2,
): void {
  if (args.length < 2) throw new TypeError(`at() takes at least 2 arguments (${args.length} given)`);
  if (isOptions(args.at(-1))) throw new TypeError('ufunc.at() takes no keyword arguments');
  if (args.length > 3) throw new TypeError(`at() takes at most 3 arguments (${args.length} given)`);
  const [a, given, b] = args as [unknown, Index | readonly Index[], ArrayLike?];
  if (!(a instanceof ndarray)) throw new TypeError('first operand must be array');
  if (nin === 2 && b === undefined) throw new ValueError('second operand needed for ufunc');
  if (nin === 1 && b !== undefined) throw new ValueError('second operand provided when ufunc is unary');
  checkWritable(a, 'operand array with iterator write flag set');
  // A list is one index array, as in Python; a tuple of indices is a list of arrays or texts.
  const single = !Array.isArray(given) || given.every((each) => typeof each === 'number' || typeof each === 'boolean');
  const index = (single ? [given] : given) as readonly Index[];
  const values = b === undefined ? undefined : asArray(b);
  // Sums do not depend on the order, and there is a kernel for them, where nothing is lost on the way that a wider dtype would keep.
  if (values !== undefined && values.ndim < 2 && (name === 'add' || name === 'subtract') && a.dtypeCore !== core.bool) {
    const addend = cast(values, a.dtypeCore);
    if (safelyCasts(values.dtypeCore, a.dtypeCore) || core.isInteger(promote(values.dtypeCore, a.dtypeCore))
      || (values.ndim === 0 && core.isFloating(values.dtypeCore) && addend.item() === values.item())) {
      const plus = name === 'add' ? addend : apply(asArray(-0, a.dtypeCore), addend);
      inShape(() => indexing.assign(a, index, plus, 'numpy', { accumulate: true }));
      return;
    }
  }
  const numbers = Float64Array.from({ length: a.size }, (_, i) => i);
  const named = indexing.index<ndarray>(fromNumbers(numbers, core.float64, a.shape), index, 'numpy');
  // Dtypes that do not suit are refused before shapes, and where there is nothing to compute.
  apply(fromNumbers([], a.dtypeCore), values && fromNumbers([], values.dtypeCore));
  const operands = values && inShape(() => reshapeTo<ndarray>(broadcastTo<ndarray>(values, named.shape), [named.size]));
  const sources = new Map<number, number[]>();
  numbersOf(named).forEach((place, i) => {
    const list = sources.get(place);
    if (list === undefined) sources.set(place, [i]);
    else list.push(i);
  });
  // Those that are named most often come first, so that each round goes on with the first of the round before.
  const often = [...sources].sort(([, x], [, y]) => y.length - x.length);
  const rounds = often[0]?.[1].length ?? 0;
  if (rounds > mostRounds) throw new NotImplementedError(`${name}.at() names one element at most ${mostRounds} times`);
  const places = often.map(([place]) => place);
  const flat = reshapeTo<ndarray>(clone<ndarray>(a), [a.size]);
  const inTurn = Array.from({ length: rounds }, (_, round) => {
    const those: number[] = [];
    for (const [, list] of often) {
      if (round >= list.length) break;
      those.push(list[round]);
    }
    return those;
  });
  const operand = operands && indexing.index<ndarray>(operands, [inTurn.flat()], 'numpy');
  let elements = indexing.index<ndarray>(flat, [places], 'numpy');
  let taken = 0;
  const put = (from: number): void => {
    if (from === elements.size) return;
    indexing.assign(flat, [places.slice(from, elements.size)], sliceAxis(elements, 0, from, elements.size - from), 'numpy');
  };
  for (const [round, { length }] of inTurn.entries()) {
    put(length);
    if (length < elements.size) elements = sliceAxis(elements, 0, 0, length);
    const before = elements;
    elements = cast(apply(elements, operand && sliceAxis(operand, 0, taken, length)), a.dtypeCore);
    // What a function of one operand leaves as it is, it leaves so however often.
    if (nin === 1 && round % 64 === 63 && contentsOf(elements) === contentsOf(before)) break;
    taken += length;
  }
  put(0);
  writeInto(a, reshapeTo<ndarray>(flat, a.shape));
}

/** What ufuncs of one operand refuse. */
const ofOne = refusals(1, null);

function withAt(resolver: Resolver): UnaryUfunc {
  const call = makeUnary(resolver);
  return Object.assign(withDescription(call, resolver, 1, null), ofOne, {
    at: (...args: unknown[]) => applyAt(resolver.name, args, (elements) => call(elements), 1),
  });
}

/** What is computed on the way is the method's, where somebody wants to know what it meets. */
const under = (name: string, compute: () => ndarray): ndarray => (watcher === null ? compute() : watcher.within(name, compute));

function withMethods(resolver: Resolver): BinaryUfunc {
  const call = makeBinary(resolver);
  const methods = new Methods(resolver, call);
  const kind = kinds[resolver.name as keyof typeof kinds] as Reduction | undefined;
  const identity = kind === undefined ? identities[resolver.name] ?? null : identityOf(kind);
  return Object.assign(withDescription(call, resolver, 2, identity), {
    reduce: (...args: unknown[]) => under('reduce', () => methods.reduce(args)),
    accumulate: (...args: unknown[]) => under('accumulate', () => methods.accumulate(args)),
    reduceat: (...args: unknown[]) => under('reduceat', () => methods.reduceat(args)),
    outer: (...args: unknown[]) => methods.outer(args),
    at: (...args: unknown[]) => applyAt(resolver.name, args, (elements, operand) => call(elements, operand!), 2),
  }) as BinaryUfunc;
}

/** A ufunc of one operand from a row of the registry. */
export function unaryUfunc(op: Unary, rules: UfuncRules = {}): UnaryUfunc {
  return withAt(new Resolver(1, op.op, rules));
}

/** A ufunc of two operands from a row of the registry. */
export function binaryUfunc(op: Binary, rules: UfuncRules = {}): BinaryUfunc {
  return withMethods(new Resolver(2, op.op, rules));
}

/** A ufunc of one operand that several ops make up: its loops by dtype. */
export function composedUnary(name: string, loops: ReadonlyMap<DType, Loop>, rules: UfuncRules = {}): UnaryUfunc {
  return withAt(new Resolver(1, null, { ...rules, name, loops }));
}

/** A ufunc of two operands that several ops make up. */
export function composedBinary(name: string, loops: ReadonlyMap<DType, Loop>, rules: UfuncRules = {}): BinaryUfunc {
  return withMethods(new Resolver(2, null, { ...rules, name, loops }));
}
