import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { NotImplementedError, ValueError, iterable, lengthOf, listOf, pythonTypeName } from '../../core/errors.ts';
import { broadcastShapes, sizeOf } from '../../core/layout.ts';
import { isPlain } from '../../core/realms.ts';
import { cast } from '../../ops/cast.ts';
import { elements, exactScalar } from '../../ops/host.ts';
import { fullLike } from '../../ops/creation.ts';
import { broadcastTo, concatenate, reshapeTo } from '../../ops/movement.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { any } from '../../ops/reduce.ts';
import { parsed, routine } from '../arguments/routine.ts';
import type { DTypeLike, dtype } from '../dtypes/dtype.ts';
import { coreOf, dtypeOf } from '../dtypes/dtype.ts';
import type { ArrayLike, Item } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { GufuncSignature } from './gufuncSignature.ts';
import { DimensionSizes, parseSignature } from './gufuncSignature.ts';
import { expand_dims } from './manipulation.ts';

/** Functions of the language on arrays, element by element or part by part. */

type Values = readonly unknown[];
type Named = Readonly<Record<string, unknown>>;

/** Results of a function, which may be numbers or arrays of no dimensions, as an array of a shape. */
export function collected(results: Values, shape: readonly number[], dtype: DType | undefined, operands: readonly ndarray[]): ndarray {
  let made = asArray(results as ArrayLike, dtype);
  if (made.size !== results.length) throw new ValueError('setting an array element with a sequence.');
  // A fraction that is 0 cannot be seen in JavaScript: whole results of floats are floats, as arithmetic gives them in Python.
  if (dtype === undefined && made.dtypeCore === core.int64 && operands.some((each) => core.isFloating(each.dtypeCore))
    && !results.some((each) => each instanceof ndarray || typeof each === 'bigint')) {
    made = cast(made, core.float64);
  }
  return reshapeTo(made, shape);
}

/** The elements of operands that belong together, one list for each place. */
export function tuples(operands: readonly ndarray[], shape: readonly number[]): Item[][] {
  const columns = operands.map((each) => elements(broadcastTo<ndarray>(each, shape)));
  return Array.from({ length: sizeOf(shape) }, (_, i) => columns.map((column) => exactScalar(column[i])));
}

const outOfScope = /^[OSUVMma]$/;

function outputTypes(otypes: unknown): readonly DType[] | null {
  if (otypes === undefined || otypes === null) return null;
  const read = (each: unknown): DType => {
    if (typeof each === 'string' && outOfScope.test(each)) {
      throw new NotImplementedError(`otypes: there are no arrays of dtype '${each}' here, only of booleans and numbers`);
    }
    return coreOf(each as DTypeLike) ?? core.float64;
  };
  if (typeof otypes !== 'string') {
    if (!Array.isArray(otypes)) throw new ValueError('Invalid otype specification');
    return otypes.map(read);
  }
  return [...otypes].map((each) => {
    if (!/[?bhilqnpBHILQNPefdgFDGSUVOMm]/.test(each)) throw new ValueError(`Invalid otype specified: ${each}`);
    return read(each);
  });
}

interface Vectorizing {
  readonly call: (...values: never) => unknown;
  readonly otypes: readonly DType[] | null;
  readonly excluded: ReadonlySet<unknown>;
  readonly signature: GufuncSignature | null;
  readonly cache: boolean;
}

/** Parts of the results by output, of results that are lists where there are several. */
function outputsOf(results: readonly Values[], count: number): unknown[][] {
  return Array.from({ length: count }, (_, k) => results.map((each) => each[k]));
}

function eachElement(
  { otypes, cache }: Vectorizing, call: (values: Values) => unknown, args: readonly ArrayLike[],
): ndarray | ndarray[] {
  if (args.length === 0) throw new ValueError('args can not be empty');
  const operands = args.map((each) => asArray(each));
  if (otypes === null && operands.some(({ size }) => size === 0)) {
    throw new ValueError('cannot call `vectorize` on size 0 inputs unless `otypes` is set');
  }
  const shape = broadcastShapes(operands.map((each) => each.shape));
  const places = tuples(operands, shape);
  // As NumPy does it, the first elements are asked for what comes out, and once more with the rest unless `cache` says otherwise.
  const known: unknown[] = otypes === null ? [call(places[0])] : [];
  const results = places.map((values, i) => (i === 0 && cache && known.length > 0 ? known[0] : call(values)));
  const several = otypes === null ? Array.isArray(known[0]) : otypes.length !== 1;
  if (!several) return collected(results, shape, otypes?.[0], operands);
  const count = otypes?.length ?? lengthOf(known[0]);
  for (const each of results) {
    if (!Array.isArray(each)) throw new TypeError(`'${pythonTypeName(each)}' object is not iterable`);
    if (each.length !== count) throw new ValueError(`wrong number of outputs from pyfunc: expected ${count}, got ${each.length}`);
  }
  return outputsOf(results as readonly Values[], count).map((each, k) => collected(each, shape, otypes?.[k], operands));
}

function eachPart(
  { otypes }: Vectorizing, { inputs, outputs }: GufuncSignature, call: (values: Values) => unknown, args: readonly ArrayLike[],
): ndarray | ndarray[] {
  if (args.length !== inputs.length) {
    throw new TypeError(`wrong number of positional arguments: expected ${inputs.length}, got ${args.length}`);
  }
  const operands = args.map((each) => asArray(each));
  const sizes = new DimensionSizes();
  operands.forEach((each, i) => sizes.update(each.shape, inputs[i]));
  const loop = broadcastShapes(operands.map((each, i) => each.shape.slice(0, each.ndim - inputs[i].length)));
  const count = sizeOf(loop);
  const parts = operands.map((each, i) => {
    const rest = sizes.shape(inputs[i]);
    return reshapeTo(broadcastTo<ndarray>(each, [...loop, ...rest]), [count, ...rest]);
  });
  const results = Array.from({ length: count }, (_, i) => {
    const given = call(parts.map((each) => each.at(i)));
    const list: Values = outputs.length > 1 && Array.isArray(given) ? given : [given];
    if (list.length !== outputs.length) {
      throw new ValueError(`wrong number of outputs from pyfunc: expected ${outputs.length}, got ${list.length}`);
    }
    const arrays = list.map((each) => asArray(each as ArrayLike));
    if (i === 0) arrays.forEach((each, k) => sizes.update(each.shape, outputs[k]));
    return arrays;
  });
  if (count === 0 && otypes === null) throw new ValueError('cannot call `vectorize` on size 0 inputs unless `otypes` is set');
  if (count === 0 && outputs.flat().some((name) => !sizes.has(name))) {
    throw new ValueError('cannot call `vectorize` with a signature including new output dimensions on size 0 inputs');
  }
  const made = outputs.map((names, k) => {
    const shape = [...loop, ...sizes.shape(names)];
    const dtype = otypes?.[k] ?? results[0][k].dtypeCore;
    const out = fullLike<ndarray>(broadcastTo<ndarray>(asArray(0, dtype), [count, ...sizes.shape(names)]), 0);
    results.forEach((each, i) => out.set([i], each[k]));
    return reshapeTo(out, shape);
  });
  return outputs.length === 1 ? made[0] : made;
}

function run(vectorizing: Vectorizing, args: readonly unknown[]): unknown {
  const { excluded, signature } = vectorizing;
  const call = vectorizing.call as (...values: readonly unknown[]) => unknown;
  const last = args.at(-1);
  const isNamed = typeof last === 'object' && last !== null && isPlain(last) && !excluded.has(args.length - 1);
  const named = (isNamed ? last : {}) as Named;
  const positional = isNamed ? args.slice(0, -1) : args;
  const places = [...positional.keys()].filter((i) => !excluded.has(i));
  const names = Object.keys(named).filter((name) => !excluded.has(name));
  const compute = (values: Values): unknown => {
    if (places.length === args.length) return call(...values);
    const given = [...positional];
    places.forEach((place, i) => {
      given[place] = values[i];
    });
    const byName = Object.fromEntries(names.map((name, i) => [name, values[places.length + i]]));
    return isNamed ? call(...given, { ...named, ...byName }) : call(...given);
  };
  const operands = [...places.map((i) => positional[i]), ...names.map((name) => named[name])] as ArrayLike[];
  if (signature !== null) return eachPart(vectorizing, signature, compute, operands);
  return operands.length === 0 && args.length === 0 ? compute([]) : eachElement(vectorizing, compute, operands);
}

/** What was asked for: letters as a text, a list as dtypes. */
const shownTypes = (otypes: unknown): string | readonly dtype[] | null =>
  (Array.isArray(otypes) ? otypes.map((each) => dtypeOf(coreOf(each as DTypeLike) ?? core.float64)) : otypes as string | undefined ?? null);

/**
 * What a vectorized function gives, an array, or one for each of the values that the function gives in a list; and how it was made.
 * @example
 * const power = np.vectorize((x, p) => x ** p, { otypes: 'd', excluded: [1] });
 * [power.otypes, power.cache, power.signature]; // → ['d', false, null]
 * power.excluded.has(1) // → true
 */
export interface Vectorized<R> {
  (...args: readonly unknown[]): R extends readonly unknown[] ? ndarray[] : ndarray;
  /** The function itself. */
  readonly pyfunc: (...values: never) => R;
  /** The dtypes of the results as they were asked for: letters, or a list. */
  readonly otypes: string | readonly dtype[] | null;
  /** Whether the first result is kept. */
  readonly cache: boolean;
  /** The places and names of arguments that are handed on as they are. */
  readonly excluded: ReadonlySet<number | string>;
  /** The axes that the function itself takes and gives. */
  readonly signature: string | null;
}

export interface VectorizeOptions {
  /** The dtypes of the results, as one text of typecodes or in a list. */
  readonly otypes?: string | readonly DTypeLike[] | null;
  /** What the function is for, which nothing here shows. */
  readonly doc?: string | null;
  /** Arguments that are handed on as they are, by their places or names. */
  readonly excluded?: Iterable<number | string> | null;
  /** Keeps the first result, so that the function is not called once more for it. */
  readonly cache?: boolean;
  /** The axes that the function itself takes and gives: `'(m),(n)->(m,n)'`. */
  readonly signature?: string | null;
}

/**
 * A function of numbers as one of arrays, which is called for every element of their broadcast, or with `signature` for every part; a
 * list that it gives is several results. Named arguments come to it in a last object. Without `otypes` the dtype is that of all results
 * together, where NumPy asks the first alone, and whole results of float operands are floats. Source: numpy.vectorize.
 * @example
 * const distance = np.vectorize((a, b) => (a > b ? a - b : a + b));
 * distance([1, 2, 3, 4], 2) // → [3 4 1 2]
 */
export const vectorize = routine('vectorize', [
  'pyfunc: Any=None, otypes: Any=None, doc: Any=None, excluded: Any=None, cache=False, signature: Any=None',
], (
  pyfunc: unknown, otypes: unknown, _doc: unknown, excluded: unknown, cache: boolean = false, signature: unknown,
): unknown => {
  if (pyfunc !== undefined && typeof pyfunc !== 'function') {
    throw new TypeError('When used as a decorator, only accepts keyword arguments.');
  }
  if (signature !== undefined && typeof signature !== 'string') {
    throw new TypeError(`expected string or bytes-like object, got '${pythonTypeName(signature)}'`);
  }
  const settings = {
    otypes: outputTypes(otypes), excluded: new Set(excluded === undefined ? [] : iterable(excluded as Iterable<unknown>)), cache,
    signature: signature === undefined ? null : parseSignature(signature),
  };
  const vectorized = (call: Vectorizing['call']): unknown => {
    const callable = (...args: readonly unknown[]): unknown => run({ call, ...settings }, args);
    return Object.defineProperties(callable, {
      name: { value: call.name }, pyfunc: { value: call }, otypes: { value: shownTypes(otypes) }, cache: { value: cache },
      excluded: { value: settings.excluded }, signature: { value: signature ?? null },
    });
  };
  return pyfunc === undefined ? vectorized : vectorized(pyfunc as Vectorizing['call']);
}) as unknown as {
  <R>(pyfunc: (...values: number[]) => R, options?: VectorizeOptions): Vectorized<R>;
  <R>(pyfunc: (...values: never) => R, options?: VectorizeOptions): Vectorized<R>;
  <R>(
    pyfunc: (...values: never) => R, otypes?: VectorizeOptions['otypes'], doc?: string | null, excluded?: VectorizeOptions['excluded'],
    cache?: boolean, signature?: string | null,
  ): Vectorized<R>;
  (options: VectorizeOptions): <R>(pyfunc: (...values: never) => R) => Vectorized<R>;
};

const isList = (value: unknown): boolean => Array.isArray(value) || value instanceof ndarray;

/**
 * Each element by the function, or the number, whose condition holds for it; one function more than conditions is for all others.
 * Functions get the elements that are theirs, and what follows the list. Source: numpy.piecewise.
 * @example
 * np.piecewise([-2.5, 1, 3.5], [[true, false, false]], [(x) => x.neg(), 0]) // → [2.5 0.  0. ]
 */
export const piecewise = routine('piecewise', 'x, condlist, funclist, *args', (
  x: ArrayLike, condlist: ArrayLike, funclist: readonly unknown[], args: readonly unknown[],
): ndarray => {
  const given = asArray(x);
  const count = lengthOf(funclist);
  const [first] = Array.isArray(condlist) ? condlist : condlist instanceof ndarray && condlist.ndim > 0 ? [condlist.at(0)] : [undefined];
  const nested = first instanceof ndarray ? first.ndim > 0 || given.ndim === 0 : isList(first);
  const single = !isList(condlist) || (!nested && given.ndim !== 0);
  let conditions = cast(asArray(single ? [condlist] as ArrayLike : condlist), core.bool);
  const known = conditions.shape[0];
  if (known === count - 1) {
    const otherwise = ops.logicalNot<ndarray>(any<ndarray>(conditions, [0]));
    conditions = concatenate<ndarray>([conditions, reshapeTo(otherwise, [1, ...otherwise.shape])], 0);
  } else if (known !== count) {
    throw new ValueError(`with ${known} condition(s), either ${known} or ${known + 1} functions are expected`);
  }
  const result = fullLike<ndarray>(given, 0);
  listOf(funclist).forEach((each, i) => {
    const condition = conditions.at(i);
    if (typeof each !== 'function') {
      result.set([condition], each as ArrayLike);
      return;
    }
    const values = given.at(condition);
    if (values.size > 0) result.set([condition], (each as (...values: readonly unknown[]) => ArrayLike)(values, ...args));
  });
  return result;
}) as unknown as (
  x: ArrayLike, condlist: ArrayLike, funclist: readonly (number | bigint | boolean | ((x: ndarray, ...args: never) => ArrayLike))[],
  ...args: readonly unknown[]
) => ndarray;

/**
 * What can be gone through as an array of one axis: all of it, or the first `count`; a ValueError where there are fewer.
 * Source: numpy.fromiter.
 * @example
 * np.fromiter([1, 2], 'float64') // → [1. 2.]
 */
export const fromiter = routine('fromiter', 'iter, dtype, count=-1, *, like=None', (
  iter: Iterable<Item | bigint>, dtype: DTypeLike | null, count: number = -1, _like?: ndarray | null,
): ndarray => {
  const type = coreOf(dtype) ?? core.float64;
  const values: unknown[] = [];
  if (count !== 0) {
    for (const each of iterable(iter)) {
      values.push(each);
      if (values.length === count) break;
    }
  }
  if (values.length < count) {
    throw new ValueError(`iterator too short: Expected ${count} but iterator had only ${values.length} items.`);
  }
  return collected(values, [values.length], type, []);
}, parsed);

/**
 * A function that takes an array and an axis, along several axes one after the other; an axis that it takes away comes back with extent 1.
 * Source: numpy.apply_over_axes.
 * @example
 * np.apply_over_axes(np.sum, np.arange(24).reshape(2, 3, 4), [0, 2]) // → [[[ 60]
 *                                                                    //     [ 92]
 *                                                                    //     [124]]]
 */
export const apply_over_axes = routine('apply_over_axes', 'func: callable, a, axes: ints', (
  func: (a: ndarray, axis: number) => ArrayLike, a: ArrayLike, axes: number | readonly number[],
): ndarray => {
  let value = asArray(a);
  const { ndim } = value;
  for (const each of [axes].flat() as number[]) {
    const axis = each < 0 ? ndim + each : each;
    const result = asArray(func(value, axis));
    if (result.ndim === value.ndim) {
      value = result;
    } else {
      const kept = expand_dims(result, axis);
      if (kept.ndim !== value.ndim) throw new ValueError('function is not returning an array of the correct shape');
      value = kept;
    }
  }
  return value;
});
