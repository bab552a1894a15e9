import type { DType } from '../../core/dtype.ts';
import { bool, int32, int64, isInteger, uint64 } from '../../core/dtype.ts';
import { RuntimeError, ValueError } from '../../core/errors.ts';
import { reshapeTo } from '../../ops/movement.ts';
import type { RoutineOf } from '../arguments/routine.ts';
import { compiledSignature } from '../arguments/routine.ts';
import type { DTypeLike, dtype } from '../dtypes/dtype.ts';
import { coreOf, dtypeOf } from '../dtypes/dtype.ts';
import type { Casting } from '../dtypes/promotion.ts';
import { castAllowed, promote } from '../dtypes/promotion.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { asUfunc } from './class.ts';
import { accumulatorDType } from './reduce.ts';
import type { Resolver } from './ufunc.ts';
import { castError } from './ufunc.ts';

/** What ufuncs say of themselves, worked out from their loops when somebody asks. */

const resolveText = 'dtypes, *, signature=None, casting: Any=None, reduction=False';
type Dtypes = readonly (DTypeLike | null)[];

export interface Description {
  readonly nin: number;
  readonly nout: number;
  /** How many operands and results there are. */
  readonly nargs: number;
  /** How many loops there are. */
  readonly ntypes: number;
  /**
   * The dtypes of the loops, by their letters: those of NumPy's that are of dtypes that are here. Source: numpy.ufunc.types.
   * @example
   * np.invert.types[1] // → b->b
   */
  readonly types: readonly string[];
  /** What a reduction of no elements gives; null where there is nothing. */
  readonly identity: number | boolean | null;
  /** The axes of operands and results that belong together; null where elements are taken one by one. */
  readonly signature: string | null;
}

const letterOf = (type: DType): string => dtypeOf(type).char;

/** The loops of a ufunc of one result. */
function loopsOf(resolver: Resolver, nin: number): string[] {
  const { candidates, rules } = resolver;
  const results = candidates.map((type) => letterOf(resolver.resultDType(type)));
  if (!rules.exponent) return candidates.map((type, i) => `${letterOf(type).repeat(nin)}->${results[i]}`);
  // NumPy added the doubles later.
  return [results.slice(0, 2), results.slice(2)].flatMap((letters) =>
    ['i', 'l'].flatMap((exponent) => letters.map((letter) => `${letter}${exponent}->${letter}`)));
}

const resolveSignature = compiledSignature('ufunc.resolve_dtypes', resolveText);

/** The dtype that operands are computed in; null where a comparison takes integers of both kinds as they are. */
function commonOf(resolver: Resolver, types: readonly DType[]): DType | null {
  const { rules } = resolver;
  if (rules.truths && types.some((type) => type !== types[0])) return bool;
  if (rules.special && types.every(isInteger) && !isInteger(types.reduce(promote))) return null;
  return resolver.computeDType(types);
}

/** The dtypes that operands and results would have. */
function resolveDTypes(resolver: Resolver, nin: number, args: readonly unknown[]): dtype[] {
  const [given, signature, casting = 'same_kind', reduction] = resolveSignature.list(args) as [Dtypes, unknown, Casting?, boolean?];
  if (!Array.isArray(given) || given.length !== nin + 1) {
    throw new TypeError('resolve_dtypes: The dtypes must be a tuple of `ufunc.nargs` length.');
  }
  const types = (given as Dtypes).map(coreOf);
  const own = types.slice(reduction ? 1 : 0, nin) as DType[];
  const summing = resolver.name === 'add' || resolver.name === 'multiply';
  const operands = reduction ? new Array<DType>(2).fill(types[0] ?? (summing ? accumulatorDType(own[0]) : own[0])) : own;
  const common = signature === undefined ? commonOf(resolver, operands) : resolver.signedDType(signature, operands);
  operands.forEach((type, i) => {
    if (common === null || resolver.rules.truths || castAllowed(type, common, casting)) return;
    throw castError(resolver.name, nin === 1 ? 'input' : `input ${i}`, type, common, casting);
  });
  const result = common === null ? bool : resolver.resultDType(common);
  const out = types[nin] ?? result;
  if (!castAllowed(result, out, casting)) throw castError(resolver.name, 'output', result, out, casting);
  const loop = operands.map(({ kind }) => common ?? (kind === 'uint' ? uint64 : int64));
  if (resolver.rules.exponent) loop[1] = castAllowed(operands[1], int32, 'safe') ? int32 : int64;
  return [...loop, result].map(dtypeOf);
}

/** The attributes of a ufunc of one result. */
export interface Resolving extends Description {
  /**
   * The dtypes that operands and result would have, of those given, null for a result that may have any.
   * Source: numpy.ufunc.resolve_dtypes.
   * @example
   * np.add.resolve_dtypes([np.dtype('int32'), np.dtype('float32'), null]) // → [float64, float64, float64]
   */
  readonly resolve_dtypes: RoutineOf<typeof resolveText, [
    dtypes: Dtypes, signature?: string | readonly (DTypeLike | null)[] | null, casting?: Casting | null, reduction?: boolean,
  ], dtype[]>;
}

/** A ufunc of one result with what it says of itself. */
export function withDescription<F extends object>(
  call: F, resolver: Resolver, nin: number, identity: number | boolean | null,
): F & Resolving {
  Object.defineProperties(asUfunc(call), {
    nargs: { value: nin + 1 }, identity: { value: identity }, signature: { value: null },
    types: { get: () => loopsOf(resolver, nin) }, ntypes: { get: () => loopsOf(resolver, nin).length },
    resolve_dtypes: { value: (...args: readonly unknown[]) => resolveDTypes(resolver, nin, args) },
  });
  return call as F & Resolving;
}

/** Methods that only ufuncs of two operands and one result have. */
export interface Refusing {
  /** Throws, since there is nothing that two elements give. */
  reduce(...args: readonly unknown[]): never;
  accumulate(...args: readonly unknown[]): never;
  reduceat(...args: readonly unknown[]): never;
}

/** The refusal of what goes over several elements, by the number of operands and results. */
export function refusals(nin: number, signature: string | null): Refusing & { outer(...args: readonly unknown[]): never } {
  const refuse = (name: string) => (): never => {
    if (signature !== null) throw new RuntimeError('Reduction not defined on ufunc with signature');
    throw new ValueError(`${name} only supported for ${nin === 2 ? 'functions returning a single value' : 'binary functions'}`);
  };
  const outer = (): never => {
    if (signature !== null) throw new TypeError('method outer is not allowed in ufunc with non-trivial signature');
    throw new ValueError('outer product only supported for binary functions');
  };
  return { reduce: refuse('reduce'), accumulate: refuse('accumulate'), reduceat: refuse('reduceat'), outer };
}

type Outer = (A: ArrayLike, B: ArrayLike) => unknown;

/** A ufunc of two results, or of vectors and matrices, with what it says of itself: a loop for each letter. */
export function described<F extends (...args: never[]) => unknown>(
  call: F, nin: number, nout: number, letters: string, signature: string | null = null,
): F & Description & Refusing & { at(...args: readonly unknown[]): never; outer: Outer } {
  const types = (): string[] => Array.from(letters, (letter) => {
    const results = call.name === 'frexp' ? `${letter}i` : letter.repeat(nout);
    return `${letter.repeat(nin)}->${results}`;
  });
  const outer: Outer = (A, B) => {
    const [left, right] = [asArray(A), asArray(B)];
    return (call as unknown as Outer)(reshapeTo(left, [...left.shape, ...right.shape.map(() => 1)]), right);
  };
  const methods = refusals(nin, signature);
  return Object.defineProperties(asUfunc(call), {
    nin: { value: nin }, nout: { value: nout }, nargs: { value: nin + nout }, identity: { value: null }, signature: { value: signature },
    types: { get: types }, ntypes: { value: letters.length },
    ...Object.fromEntries(Object.entries(methods).map(([name, value]) => [name, { value }])),
    ...(nin === 2 && signature === null ? { outer: { value: outer } } : {}),
    at: {
      value: (): never => {
        if (signature === null) throw new ValueError('Only single output ufuncs supported at this time');
        throw new TypeError(
          `${call.name}.at does not support ufunc with non-trivial signature: ${call.name} has signature ${signature}.`);
      },
    },
  }) as never;
}
