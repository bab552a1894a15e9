import { isScalar } from '../../core/complex.ts';
import { NotImplementedError } from '../../core/errors.ts';
import { castCopy } from '../../ops/cast.ts';
import { fillWith } from '../../ops/movement.ts';
import type { ArrayLike } from './ndarray.ts';
import { ndarray } from './ndarray.ts';
import { asArray, checkWritable, checkedElement, writeInto } from './conversion.ts';
import * as composites from '../routines/math.ts';
import * as creation from '../routines/creation.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf, dtypeRepr } from '../dtypes/dtype.ts';
import type { Index } from './indexing.ts';
import { readIndex, writeIndex } from './indexing.ts';
import * as joining from '../routines/joining.ts';
import * as manipulation from '../routines/manipulation.ts';
import type { ReshapeOrder } from '../routines/manipulation.ts';
import { checkOptions } from '../arguments/options.ts';
import type { Method } from '../arguments/routine.ts';
import { routine } from '../arguments/routine.ts';
import * as ordering from '../routines/sorting.ts';
import * as products from '../routines/products.ts';
import type { Casting } from '../dtypes/promotion.ts';
import { castAllowed, checkCasting } from '../dtypes/promotion.ts';
import * as reductions from '../routines/reductions.ts';
import type { BinaryUfunc, UnaryUfunc } from '../ufunc/methods.ts';
import type { InPlaceArguments, UfuncArguments } from '../ufunc/ufunc.ts';
import * as ufuncs from '../ufuncs.ts';

/**
 * The methods of arrays that are functions elsewhere: every ufunc as `x.exp()` and, in place, `x.exp_()`, and the functions
 * that take an array first. In place means NumPy's `out=x`, with its casting rule 'same_kind'.
 */

type Ufuncs = typeof ufuncs;
type UnaryName = { [K in keyof Ufuncs]: Ufuncs[K] extends UnaryUfunc ? K : never }[keyof Ufuncs];
type BinaryName = { [K in keyof Ufuncs]: Ufuncs[K] extends BinaryUfunc ? K : never }[keyof Ufuncs];

const shortNames = {
  sub: 'subtract', mul: 'multiply', div: 'divide', eq: 'equal', ne: 'not_equal', lt: 'less', le: 'less_equal', gt: 'greater',
  ge: 'greater_equal',
} as const satisfies Record<string, BinaryName>;
type ShortName = keyof typeof shortNames;

type UnaryMethods =
  & { [K in UnaryName | 'neg']: (...rest: UfuncArguments) => ndarray }
  & { [K in UnaryName | 'neg' as `${K}_`]: (...rest: InPlaceArguments) => ndarray };
type BinaryMethods =
  & { [K in BinaryName | ShortName]: (other: ArrayLike, ...rest: UfuncArguments) => ndarray }
  & { [K in BinaryName | ShortName as `${K}_`]: (other: ArrayLike, ...rest: InPlaceArguments) => ndarray };

/** Options of `astype`. */
export interface AstypeOptions {
  /** False to return the array itself where it has the dtype already. */
  copy?: boolean;
  casting?: Casting;
}

interface ReshapeOptions {
  readonly order?: ReshapeOrder;
  readonly copy?: boolean | null;
}
/** A shape as one list or as several numbers, and what is named after it. */
type ShapeArguments =
  | [shape: number | readonly number[], options?: ReshapeOptions]
  | [...extents: number[]]
  | [...extents: number[], options: ReshapeOptions];

interface OwnMethods {
  /**
   * The elements that an index names, Python's `x[...]`: a view for numbers, slices, `'...'` and null (a new axis), a copy
   * for masks and integer arrays.
   * @example
   * np.arange(6).reshape(2, 3).at(':', 1) // → [1 4]
   */
  at(...index: readonly Index[]): ndarray;
  /**
   * Writes a value, broadcast and cast to the array's dtype, where an index says: Python's `x[...] = value`.
   * @example
   * const x = np.zeros(3);
   * x.set(['1:'], 7);
   * x // → [0. 7. 7.]
   */
  set(index: readonly Index[] | Index, value: ArrayLike): void;
  /** The elements in another dtype. Throws a TypeError where `casting` forbids it. Source: numpy.ndarray.astype. */
  astype(dtype: DTypeLike, options?: AstypeOptions): ndarray;
  /** Limited to [min, max]; either may be null. Source: numpy.ndarray.clip. */
  clip: Method<typeof clip>;
  /** A copy in fresh memory. Source: numpy.ndarray.copy. */
  copy(options?: { order?: 'C' | 'F' | 'K' }): ndarray;
  /** Writes one value everywhere. Source: numpy.ndarray.fill. */
  fill(value: ArrayLike): void;
  /** The elements in one axis, always a copy. Source: numpy.ndarray.flatten. */
  flatten(options?: { order?: ReshapeOrder }): ndarray;
  /**
   * The same elements under another shape, of which one extent may be -1; a view where memory allows. Source: numpy.ndarray.reshape.
   * @example
   * np.arange(6).reshape(2, -1).shape // → [2, 3]
   */
  reshape(...args: ShapeArguments): ndarray;
  /** The axes in another order, reversed if none is given; a view. Source: numpy.ndarray.transpose. */
  transpose(...axes: readonly number[] | readonly [axes?: readonly number[] | null]): ndarray;
  /** Sorts in place along an axis, the last if none is named. Source: numpy.ndarray.sort. */
  sort: Method<typeof ordering.sortInPlace>;
  /** Overwrites elements by their row-major positions. Source: numpy.ndarray.put. */
  put: Method<typeof ordering.put>;
  /** The elements' bytes in row-major order. Source: numpy.ndarray.tobytes. */
  tobytes(): Uint8Array;
  /** Always throws: memory is shared by views, so an array cannot change its size in place. */
  resize(...shape: number[]): never;
}

/** Functions whose first argument is the array. */
const functions = {
  all: reductions.all, any: reductions.any, argmax: reductions.argmax, argmin: reductions.argmin, argsort: ordering.argsort,
  cumprod: reductions.cumprod, cumsum: reductions.cumsum, diagonal: manipulation.diagonal,
  dot: products.dot, matmul: products.matmul, max: reductions.max, mean: reductions.mean, min: reductions.min,
  nonzero: ordering.nonzero, prod: reductions.prod, ptp: reductions.ptp, ravel: manipulation.ravel, repeat: joining.repeat,
  round: composites.round, searchsorted: ordering.searchsorted, squeeze: manipulation.squeeze,
  std: reductions.std, sum: reductions.sum, swapaxes: manipulation.swapaxes, take: ordering.take, trace: manipulation.trace,
  var: reductions.var_,
} as const;
type Functions = typeof functions;
type FunctionMethods = { [K in keyof Functions]: Method<Functions[K]> };

type Methods = UnaryMethods & BinaryMethods & FunctionMethods & OwnMethods;

declare module './ndarray.ts' {
  interface ndarray extends Methods {}
}

const { prototype } = ndarray;

function define(name: string, value: (this: ndarray, ...args: never) => unknown): void {
  if (Object.hasOwn(prototype, name)) throw new Error(`ndarray.${name} is defined twice`);
  Object.defineProperty(prototype, name, { value, writable: true, configurable: true });
}

function defineUnary(name: string, ufunc: UnaryUfunc): void {
  define(name, function (this: ndarray, ...rest: UfuncArguments): ndarray {
    return ufunc(this, ...rest);
  });
  define(`${name}_`, function (this: ndarray, ...rest: InPlaceArguments): ndarray {
    return ufunc(this, this, ...rest);
  });
}

function defineBinary(name: string, ufunc: (x1: ArrayLike, x2: ArrayLike, ...rest: UfuncArguments) => ndarray): void {
  define(name, function (this: ndarray, other: ArrayLike, ...rest: UfuncArguments): ndarray {
    return ufunc(this, other, ...rest);
  });
  define(`${name}_`, function (this: ndarray, other: ArrayLike, ...rest: InPlaceArguments): ndarray {
    return ufunc(this, other, this, ...rest);
  });
}

/** Python's `x ** y` takes the short way for the powers that have one. */
function powerOf(x: ArrayLike, y: ArrayLike, ...rest: UfuncArguments): ndarray {
  // For booleans too: their square is int8, while their power is taken in int64.
  if (x instanceof ndarray && y === 2 && x.dtypeCore.kind === 'bool') return ufuncs.square(x, ...rest);
  if (x instanceof ndarray && typeof y === 'number' && (x.dtypeCore.kind === 'float' || x.dtypeCore.kind === 'complex')) {
    switch (y) {
      case 1: return ufuncs.positive(x, ...rest);
      case 2: return ufuncs.square(x, ...rest);
      case 0.5: return ufuncs.sqrt(x, ...rest);
      case -1: return ufuncs.reciprocal(x, ...rest);
    }
  }
  return ufuncs.power(x, y, ...rest);
}

const all: Readonly<Record<string, UnaryUfunc | BinaryUfunc>> = { ...ufuncs };
for (const [name, ufunc] of Object.entries(all)) {
  if (name === 'pow') continue;
  if (ufunc.nin === 1) defineUnary(name, ufunc);
  else defineBinary(name, ufunc);
}
for (const [name, long] of Object.entries(shortNames)) defineBinary(name, all[long] as BinaryUfunc);
defineUnary('neg', ufuncs.negative);
defineBinary('pow', powerOf);

const reshape = routine('ndarray.reshape', "self, /, *shape: int, order='C', copy: bool = None", (
  x: ndarray, shape: readonly number[], order?: ReshapeOrder, copy?: boolean | null,
): ndarray => manipulation.reshape(x, shape, order, { copy }));
const clip = routine('ndarray.clip', [
  'self, /, min=None, max=None, out=None, *', "where: array_like = True, casting='same_kind', dtype=None",
], (
  x: ndarray, min: ArrayLike | null = null, max: ArrayLike | null = null, out?: ndarray | null, where?: ArrayLike,
  casting?: Casting, dtype?: DTypeLike | null,
): ndarray => composites.clip(x, min, max, out, { where, casting, dtype }));
const transpose = routine('ndarray.transpose', 'self, /, *axes: int | None', (x: ndarray, axes: readonly number[] | null): ndarray =>
  manipulation.transpose(x, axes));

const own: { [K in keyof OwnMethods]: (this: ndarray, ...args: Parameters<OwnMethods[K]>) => ReturnType<OwnMethods[K]> } = {
  at(...index) {
    return readIndex(this, index);
  },
  set(index, value) {
    writeIndex(this, index, value);
  },
  astype(dtype, options = {}) {
    if (dtype === undefined) throw new TypeError("astype() missing required argument 'dtype' (pos 0)");
    checkOptions('astype', options, ['copy', 'casting']);
    const { copy = true, casting = 'unsafe' } = options;
    const to = coreOf(dtype) ?? coreOf('float64')!;
    checkCasting(casting);
    if (!castAllowed(this.dtypeCore, to, casting)) {
      throw new TypeError(
        `Cannot cast array data from ${dtypeRepr(this.dtypeCore)} to ${dtypeRepr(to)} according to the rule '${casting}'`);
    }
    return !copy && to === this.dtypeCore ? this : castCopy<ndarray>(this, to);
  },
  copy(options) {
    return creation.copy(this, { order: 'C', ...options });
  },
  fill(value) {
    checkWritable(this);
    if (isScalar(value)) {
      fillWith(this, checkedElement(value, this.dtypeCore));
      return;
    }
    const array = asArray(value);
    if (array.ndim > 0) throw new TypeError('fill() takes a single value');
    writeInto(this, array);
  },
  flatten(options) {
    return creation.copy(manipulation.ravel(this, options), { order: 'C' });
  },
  clip(...args) {
    return clip(this, ...args);
  },
  reshape(...args) {
    if (args.length === 0) throw new TypeError('reshape() takes exactly 1 argument (0 given)');
    return args.every(Number.isSafeInteger) ? manipulation.reshaped(this, args as number[]) : reshape(this, ...args as never);
  },
  transpose(...args) {
    return (args as readonly unknown[]).length === 0 ? this.T : transpose(this, ...args as never);
  },
  sort(...args) {
    ordering.sortInPlace(this, ...args);
  },
  put(...args) {
    ordering.put(this, ...args);
  },
  tobytes() {
    const data = this.toTypedArray();
    return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  },
  resize() {
    throw new NotImplementedError(
      'cannot resize an array in place: other views may share its memory; use np.resize(x, shape) instead');
  },
};
for (const [name, method] of Object.entries(functions)) {
  define(name, function (this: ndarray, ...args: never[]): unknown {
    return (method as (a: ndarray, ...rest: never[]) => unknown)(this, ...args);
  });
}
for (const [name, method] of Object.entries(own)) define(name, method as never);
