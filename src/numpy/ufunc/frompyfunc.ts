import { NotImplementedError, ValueError, noIdentity } from '../../core/errors.ts';
import { broadcastShapes, sizeOf } from '../../core/layout.ts';
import { isOptions } from '../../core/options.ts';
import { cast } from '../../ops/cast.ts';
import { elements, exactScalar } from '../../ops/host.ts';
import { broadcastTo, permute, reshapeTo } from '../../ops/movement.ts';
import { keptShape, otherAxes } from '../../ops/reduce.ts';
import { parsed, pythonSignature, routine } from '../arguments/routine.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf } from '../dtypes/dtype.ts';
import type { Casting } from '../dtypes/promotion.ts';
import { asArray, checkWritable } from '../ndarray/conversion.ts';
import type { Index } from '../ndarray/indexing.ts';
import { readIndex, writeIndex } from '../ndarray/indexing.ts';
import type { ArrayLike, Item } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { collected, tuples } from '../routines/functional.ts';
import { asUfunc } from './class.ts';
import { accumulateSignature, reduceSignature, reduceatSignature } from './methods.ts';
import type { Axis } from './reduce.ts';
import { finish, reducedAxes } from './reduce.ts';
import type { Out } from './ufunc.ts';
import { deliver, maskOf } from './ufunc.ts';

/**
 * Universal functions from functions of the language. Where NumPy gives arrays of objects, these give arrays of the dtype that
 * `np.array` would give what the function returned: there are no arrays of objects here.
 */

type Function = (...values: readonly unknown[]) => unknown;

const callText = "*operands, out: Any=None, where: array_like=True, casting='same_kind', order='K', dtype=None, subok: Any=True";
const called = pythonSignature('frompyfunc#call', callText);

/** What a call may say beside its operands. */
export interface PyfuncOptions {
  /** Where the results go: an array, or a list of one for each. */
  readonly out?: ndarray | readonly (ndarray | null)[] | null;
  /** Where to call the function; elsewhere `out` keeps its elements, and a fresh result has zeros. */
  readonly where?: ArrayLike | null;
  readonly casting?: Casting;
  /** The dtype of the results, instead of that which they call for. */
  readonly dtype?: DTypeLike | null;
}

interface Folding {
  readonly axis?: Axis;
  readonly dtype?: DTypeLike | null;
  readonly out?: Out;
  readonly keepdims?: boolean;
  readonly initial?: Item | bigint | null;
  readonly where?: ArrayLike | null;
}

/** A function of numbers that takes arrays. Source: numpy.ufunc. */
export interface PyfuncUfunc {
  (...args: readonly (ArrayLike | PyfuncOptions)[]): ndarray | ndarray[];
  readonly nin: number;
  readonly nout: number;
  readonly nargs: number;
  readonly ntypes: number;
  readonly types: readonly string[];
  readonly identity: Item | bigint | null;
  /** The function between all elements along an axis, the first if none is named. */
  reduce(array: ArrayLike, axis?: Axis | Folding, ...rest: readonly unknown[]): ndarray;
  /** The function between each element and all before it. */
  accumulate(array: ArrayLike, axis?: Axis | Folding, ...rest: readonly unknown[]): ndarray;
  /** reduce of the elements from each index to the next. */
  reduceat(array: ArrayLike, indices: ArrayLike, axis?: Axis | Folding, ...rest: readonly unknown[]): ndarray;
  /** The function of every pair of elements. */
  outer(A: ArrayLike, B: ArrayLike, options?: PyfuncOptions): ndarray | ndarray[];
  /** The function of an array's elements at an index, in place; once for every time an element is named. */
  at(a: ndarray, indices: Index | readonly Index[], b?: ArrayLike): void;
}

class Pyfunc {
  readonly name: string;
  readonly nin: number;
  readonly nout: number;
  readonly identity: Item | bigint | null;
  private readonly function: Function;

  constructor(call: Function, nin: number, nout: number, identity: Item | bigint | null) {
    this.name = `${call.name === '' ? '<lambda>' : call.name} (vectorized)`;
    [this.nin, this.nout, this.identity] = [nin, nout, identity];
    this.function = call;
  }

  call(args: readonly unknown[]): ndarray | ndarray[] {
    const [given, outs, where, casting, , dtype] = called.list(args) as [
      readonly ArrayLike[], unknown, (ArrayLike | null)?, Casting?, unknown?, (DTypeLike | null)?,
    ];
    const { nin, nout, name } = this;
    const operands = given.slice(0, nin).map((each) => asArray(each));
    const byPlace = given.slice(nin);
    if (given.length < nin || given.length > nin + nout) {
      throw new TypeError(`${name}() takes from ${nin} to ${nin + nout} positional arguments but ${given.length} were given`);
    }
    const targets = (outs === undefined ? byPlace : Array.isArray(outs) ? outs : [outs]) as (ndarray | null | undefined)[];
    if (targets.length > 0 && outs !== undefined && targets.length !== nout) {
      throw new ValueError("The 'out' tuple must have exactly one entry per ufunc output");
    }
    for (const each of targets) if (each && !(each instanceof ndarray)) throw new TypeError('return arrays must be of ArrayType');
    const mask = maskOf(where);
    const shape = broadcastShapes([...operands.map((each) => each.shape), ...(mask === null ? [] : [mask.shape])]);
    const chosen = mask === null ? null : elements(broadcastTo<ndarray>(mask, shape));
    const results = tuples(operands, shape).map((values, i): readonly unknown[] => (
      chosen === null || chosen[i] === true ? this.outputs(values) : new Array<number>(nout).fill(0)));
    const made = Array.from({ length: nout }, (_, k) =>
      deliver(name, collected(results.map((each) => each[k]), shape, coreOf(dtype), operands), targets[k] ?? undefined, where, casting));
    return nout === 1 ? made[0] : made;
  }

  /** What the function gives for some elements, in a list. */
  private outputs(values: readonly unknown[]): readonly unknown[] {
    const result = this.function(...values);
    if (this.nout === 1) return [result];
    if (this.nout === 0) return [];
    if (!Array.isArray(result)) throw new TypeError(`${this.name} is to give ${this.nout} values in a list`);
    if (result.length !== this.nout) {
      throw new ValueError(`${this.name} is to give ${this.nout} values in a list, and gave ${result.length}`);
    }
    return result;
  }

  private check(caller: string): void {
    if (this.nin !== 2) throw new ValueError(`${caller} only supported for binary functions`);
    if (this.nout !== 1) throw new ValueError(`${caller} only supported for functions returning a single value`);
  }

  /** The elements along the reduced axes, one list for each place of the others. */
  private columns(x: ndarray, axes: readonly number[]): { lines: Item[][]; shape: readonly number[] } {
    const rest = otherAxes(x, axes);
    const shape = rest.map((axis) => x.shape[axis]);
    const flat = elements(permute<ndarray>(x, [...rest, ...axes])).map(exactScalar);
    const count = axes.reduce((product, axis) => product * x.shape[axis], 1);
    return { lines: Array.from({ length: sizeOf(shape) }, (_, i) => flat.slice(i * count, (i + 1) * count)), shape };
  }

  reduce(args: readonly unknown[]): ndarray {
    this.check('reduce');
    const [array, axis = 0, dtype, out, keepdims = false, initial, where] = reduceSignature.list(args) as [
      ArrayLike, Axis?, DTypeLike?, ndarray?, boolean?, Item?, (ArrayLike | null)?,
    ];
    const { name, identity } = this;
    const x = asArray(array);
    const axes = reducedAxes(axis, x.ndim);
    if (axes.length > 1 && identity === null) {
      throw new ValueError(`reduction operation '${name}' is not reorderable, so at most one axis may be specified`);
    }
    const mask = maskOf(where);
    if (mask !== null && identity === null && initial === undefined) {
      throw new ValueError(
        `reduction operation '${name}' does not have an identity, so to use a where mask one has to specify 'initial'`);
    }
    const { lines, shape } = this.columns(x, axes);
    const chosen = mask === null ? null : this.columns(broadcastTo<ndarray>(mask, x.shape), axes).lines;
    const results = lines.map((line, i) => {
      const taken = chosen === null ? line : line.filter((_, k) => chosen[i][k] === true);
      const start = initial ?? (taken.length === 0 || mask !== null ? identity : undefined);
      if (start === null || (start === undefined && taken.length === 0)) throw noIdentity(name);
      const all: unknown[] = start === undefined ? taken : [start, ...taken];
      return all.reduce((sum, each) => this.function(sum, each));
    });
    const result = reshapeTo(collected(results, shape, coreOf(dtype), [x]), keptShape(x.shape, axes, keepdims));
    return finish(name, result, out, keepdims ? undefined : { shape: x.shape, axes });
  }

  private axisOf(axis: Axis | undefined, caller: string, ndim: number): number {
    const axes = reducedAxes(axis === undefined ? 0 : axis, ndim);
    if (ndim === 0) throw new TypeError(`cannot ${caller} on a scalar`);
    if (axes.length !== 1) throw new ValueError(`${caller} does not allow multiple axes`);
    return axes[0];
  }

  accumulate(args: readonly unknown[]): ndarray {
    this.check('accumulate');
    const [array, given, dtype, out] = accumulateSignature.list(args) as [
      ArrayLike, Axis?, DTypeLike?, ndarray?,
    ];
    const x = asArray(array);
    const axis = this.axisOf(given, 'accumulate', x.ndim);
    const { lines, shape } = this.columns(x, [axis]);
    const results = lines.flatMap((line) => {
      let before: unknown;
      return line.map((each, i) => {
        before = i === 0 ? each : this.function(before, each);
        return before;
      });
    });
    return finish(this.name, back(collected(results, [...shape, x.shape[axis]], coreOf(dtype), [x]), axis), out);
  }

  reduceat(args: readonly unknown[]): ndarray {
    this.check('reduceat');
    const [array, places, given, dtype, out] = reduceatSignature.list(args) as [
      ArrayLike, ArrayLike, Axis?, DTypeLike?, ndarray?,
    ];
    const x = asArray(array);
    const axis = this.axisOf(given, 'reduceat', x.ndim);
    const starts = elements(asArray(places)).map((each) => Number(exactScalar(each)));
    const extent = x.shape[axis];
    for (const start of starts) {
      if (start < 0 || start >= extent) throw new ValueError(`index ${start} out-of-bounds in ${this.name}.reduceat [0, ${extent})`);
    }
    const { lines, shape } = this.columns(x, [axis]);
    const results = lines.flatMap((line) => starts.map((start, i) => {
      const part: unknown[] = line.slice(start, Math.max(starts[i + 1] ?? extent, start + 1));
      return part.reduce((sum, each) => this.function(sum, each));
    }));
    return finish(this.name, back(collected(results, [...shape, starts.length], coreOf(dtype), [x]), axis), out);
  }

  outer(args: readonly unknown[]): ndarray | ndarray[] {
    if (this.nin !== 2) throw new ValueError('outer product only supported for binary functions');
    const operands = isOptions(args.at(-1)) ? args.slice(0, -1) : args;
    if (operands.length !== 2) throw new TypeError('exactly two arguments expected');
    const [left, right] = operands.map((each) => asArray(each as ArrayLike));
    return this.call([reshapeTo(left, [...left.shape, ...right.shape.map(() => 1)]), right, ...args.slice(2)]);
  }

  at(args: readonly unknown[]): void {
    const { nin, nout } = this;
    if (args.length < 2 || args.length > 3) throw new TypeError(`at() takes from 2 to 3 positional arguments (${args.length} given)`);
    const [a, given, b] = args as [unknown, Index | readonly Index[], ArrayLike?];
    if (!(a instanceof ndarray)) throw new TypeError('first operand must be array');
    if (nin > 2 || nout !== 1) throw new ValueError('Only unary and binary ufuncs with one output supported');
    if (nin === 2 && b === undefined) throw new ValueError('second operand needed for ufunc');
    if (nin === 1 && b !== undefined) throw new ValueError('second operand provided when ufunc is unary');
    checkWritable(a, 'operand array with iterator write flag set');
    const single = !Array.isArray(given) || given.every((each) => typeof each === 'number' || typeof each === 'boolean');
    const index = (single ? [given] : given) as readonly Index[];
    const numbers = reshapeTo(asArray(Array.from({ length: a.size }, (_, i) => i)), a.shape);
    const named = readIndex(numbers, index);
    const places = elements(named).map(Number);
    const values = elements(cast(a, a.dtypeCore)).map(exactScalar) as unknown[];
    const others = b === undefined ? null : elements(broadcastTo<ndarray>(asArray(b), named.shape)).map(exactScalar);
    places.forEach((place, i) => {
      values[place] = others === null ? this.function(values[place]) : this.function(values[place], others[i]);
    });
    writeIndex(a, ['...'], collected(values, a.shape, a.dtypeCore, []));
  }
}

/** The last axis at a place of its own. */
function back(x: ndarray, axis: number): ndarray {
  const order = Array.from({ length: x.ndim - 1 }, (_, i) => i);
  order.splice(axis, 0, x.ndim - 1);
  return permute<ndarray>(x, order);
}

/**
 * A function of `nin` numbers that gives `nout` of them, in a list where there are several, as one of arrays, with reduce, accumulate,
 * reduceat, outer and at. The results have the dtype that `np.array` gives them; whole results of float operands are floats.
 * Source: numpy.frompyfunc.
 * @example
 * const gcd = (a: number, b: number): number => (b === 0 ? a : gcd(b, a % b));
 * np.frompyfunc(gcd, 2, 1)([12, 18], 8) // → [4 2]
 */
export const frompyfunc = routine('frompyfunc', 'func, /, nin: int, nout: int, *, identity: Any=None', (
  func: (...values: never) => unknown, nin: number, nout: number, identity?: Item | bigint | null,
): PyfuncUfunc => {
  if (typeof func !== 'function') throw new TypeError('function must be callable');
  if (nin < 0 || nout < 0 || nin + nout > 64) {
    throw new ValueError(nin + nout > 64 ? 'Cannot construct a ufunc with more than 64 operands (requested number were: '
      + `inputs = ${nin} and outputs = ${nout})` : 'the numbers of operands and of results cannot be negative');
  }
  if (nin === 0) throw new NotImplementedError('frompyfunc: a function of no arguments is called as it is');
  const pyfunc = new Pyfunc(func as Function, nin, nout, identity ?? null);
  const call = (...args: readonly unknown[]): ndarray | ndarray[] => pyfunc.call(args);
  return Object.defineProperty(Object.assign(asUfunc(call), {
    nin, nout, nargs: nin + nout, ntypes: 1, types: [`${'O'.repeat(nin)}->${'O'.repeat(nout)}`], identity: pyfunc.identity,
    reduce: (...args: readonly unknown[]) => pyfunc.reduce(args),
    accumulate: (...args: readonly unknown[]) => pyfunc.accumulate(args),
    reduceat: (...args: readonly unknown[]) => pyfunc.reduceat(args),
    outer: (...args: readonly unknown[]) => pyfunc.outer(args),
    at: (...args: readonly unknown[]) => pyfunc.at(args),
  }), 'name', { value: pyfunc.name });
}, parsed);
