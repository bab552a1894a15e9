import { einsum as contract } from '../../ops/einsum.ts';
import { contiguous } from '../../ops/movement.ts';
import { ValueError } from '../../core/errors.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import { coreOf, dtypeRepr } from '../dtypes/dtype.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import type { Casting } from '../dtypes/promotion.ts';
import { castAllowed, checkCasting } from '../dtypes/promotion.ts';
import { asArray } from '../ndarray/conversion.ts';
import { promoteAll } from '../arguments/operands.ts';
import { routine } from '../arguments/routine.ts';
import { deliver } from '../ufunc/ufunc.ts';
import type { MemoryOrder } from './creation.ts';
import { asfortranarray } from './creation.ts';
import type { EinsumPath, EinsumStep, Optimize } from './einsumSteps.ts';
import { planOf, tableOf } from './einsumSteps.ts';

export interface EinsumOptions {
  readonly out?: ndarray | null;
  /** The order in which operands are multiplied, or how it is found: as einsum_path takes it. One by one unless it is given. */
  readonly optimize?: Optimize;
  readonly dtype?: DTypeLike | null;
  readonly order?: MemoryOrder;
  readonly casting?: Casting;
}

/** The axes of an operand, each with a number for its label; '...' for those that are not named. */
export type Sublist = readonly (number | '...')[];

function letter(label: number | '...'): string {
  if (label === '...') return label;
  if (!Number.isInteger(label)) throw new TypeError('each subscript must be either an integer or an ellipsis');
  if (!(label >= 0 && label < 52)) throw new ValueError('subscript is not within the valid range [0, 52)');
  return String.fromCharCode(label < 26 ? 65 + label : 71 + label);
}

/** `einsum(a, [0, 1], b, [1, 2], [0, 2])` as a text and its operands. */
function fromSublists(given: readonly unknown[]): [string, readonly ArrayLike[]] {
  const text = (sublist: unknown): string => {
    if (!Array.isArray(sublist)) throw new TypeError('the subscripts for each operand must be a list or a tuple');
    return (sublist as Sublist).map(letter).join('');
  };
  const count = given.length >> 1;
  const operands = Array.from({ length: count }, (_, i) => given[2 * i] as ArrayLike);
  const labels = operands.map((_, i) => text(given[2 * i + 1])).join(',');
  return [given.length % 2 === 0 ? labels : `${labels}->${text(given[2 * count])}`, operands];
}

/** A few at a time, along a path. */
function inSteps(steps: readonly EinsumStep[], operands: readonly ndarray[]): ndarray {
  const left = [...operands];
  for (const { positions, subscripts } of steps) {
    const taken = positions.flatMap((place) => left.splice(place, 1));
    left.push(contract(subscripts, taken, 'numpy'));
  }
  return left[0];
}

/**
 * The sum of products over axes that a text names, as `ij,jk->ik`. Without `->` the result has the labels that occur once, in
 * alphabetical order. The axes may also be named by numbers, in a list after each operand. Source: numpy.einsum.
 * @example
 * np.einsum('ij,j->i', [[1, 2], [3, 4]], [1, 1]) // → [3 7]
 * np.einsum('ii', [[1, 2], [3, 4]]) // → 5
 * np.einsum('i,ij,jk', [1, 2], [[1, 2], [3, 4]], [[1], [1]], { optimize: true }) // → [17]
 */
export const einsum = routine('einsum', ['*operands, out=None', "optimize: array_like = False, dtype=None, order='K', casting='safe'"], (
  given: readonly unknown[], out?: ndarray | null, optimize: unknown = false, dtype?: DTypeLike | null, order?: MemoryOrder,
  givenCasting?: Casting,
): ndarray => {
  checkCasting(givenCasting ?? 'safe');
  if (optimize === false && given.length < 2) {
    throw new ValueError('must specify the einstein sum subscripts string and at least one operand');
  }
  const plan = optimize === false ? null : planOf(given, optimize);
  const [first, ...rest] = given;
  const [subscripts, operands] = plan !== null ? ['', plan.operands]
    : typeof first === 'string' ? [first, rest as readonly ArrayLike[]] : fromSublists(given);
  // Steps are products of matrices where they can be, which cast as ufuncs do.
  const casting = givenCasting ?? (plan === null ? 'safe' : 'same_kind');
  const wanted = coreOf(dtype);
  const promoted = promoteAll(operands);
  for (const { dtypeCore } of promoted) {
    if (wanted !== undefined && !castAllowed(dtypeCore, wanted, casting)) {
      throw new TypeError(
        `Cannot cast operand from ${dtypeRepr(dtypeCore)} to ${dtypeRepr(wanted)} according to the rule '${casting}'`);
    }
  }
  const cast = wanted === undefined ? promoted : promoted.map((operand) => asArray(operand, wanted));
  const result = plan === null ? contract(subscripts, cast, 'numpy') : inSteps(plan.steps, cast);
  // What one operand alone gives may be a view of it.
  const ordered = order === 'F' ? asfortranarray(result) : order === 'C' || operands.length > 1 ? contiguous<ndarray>(result) : result;
  return deliver('einsum', out ? result : ordered, out ?? undefined, undefined);
}) as unknown as {
  (subscripts: string, ...operands: readonly (ArrayLike | EinsumOptions)[]): ndarray;
  (operand: ArrayLike, sublist: Sublist, ...rest: readonly (ArrayLike | Sublist | EinsumOptions)[]): ndarray;
};

/**
 * The order in which einsum had best multiply its operands, as its `optimize` takes it: the positions of those that come together, after
 * which their product is the last. `optimize` is 'greedy', which takes what makes most smaller, 'optimal', which tries all orders, either
 * in a list with how many elements an intermediate array may have, a path, or false. With it comes a table of what it costs.
 * Source: numpy.einsum_path.
 * @example
 * const [path, table] = np.einsum_path('ij,jk,kl->il', np.ones([2, 2]), np.ones([2, 5]), np.ones([5, 2]));
 * path // → ['einsum_path', [1, 2], [0, 1]]
 * table.split('\n')[0] // →   Complete contraction:  ij,jk,kl->il
 */
export const einsum_path = routine('einsum_path', "*operands, optimize: Any='greedy', einsum_call=False", (
  given: readonly unknown[], optimize: unknown = 'greedy', einsum_call: boolean = false,
): unknown => {
  const plan = planOf(given, optimize);
  if (einsum_call) return [plan.operands, plan.steps.map(({ positions, subscripts, left }) => [positions, subscripts, left])];
  return [['einsum_path', ...plan.path], tableOf(plan)];
}) as unknown as {
  (subscripts: string, ...operands: readonly (ArrayLike | { readonly optimize?: Optimize })[]): [path: EinsumPath, table: string];
  (operand: ArrayLike, sublist: Sublist, ...rest: readonly (ArrayLike | Sublist | { readonly optimize?: Optimize })[]): [
    path: EinsumPath, table: string,
  ];
};
