import { TooHardError } from '../../core/errors.ts';
import type { ndarray } from '../ndarray/ndarray.ts';

/**
 * Whether arrays have a byte in common, exactly. Their bytes are sums of strides times indices, so that the question is whether an
 * equation Σ aᵢ xᵢ = b has a solution of whole numbers 0 ≤ xᵢ ≤ uᵢ: a search over all terms but two, of which each leaves those that
 * the greatest common divisor of the others and their bounds allow. `max_work` limits those that fail.
 */

interface Term {
  /** Above 0. */
  readonly factor: bigint;
  readonly most: bigint;
}

/** Two terms as one: x₁ a₁ + x₂ a₂ is a multiple of the divisor, of which the divisor itself is with x₁ = first and x₂ = second. */
interface Joined extends Term {
  readonly first: bigint;
  readonly second: bigint;
}

const floorDivide = (x: bigint, y: bigint): bigint => (x < 0n && x % y !== 0n ? x / y - 1n : x / y);
const ceilDivide = (x: bigint, y: bigint): bigint => -floorDivide(-x, y);

/** By Euclid's algorithm. */
function joined(one: Term, other: Term): Joined {
  let [a, b] = [one.factor, other.factor];
  let [first, nextFirst, second, nextSecond] = [1n, 0n, 0n, 1n];
  while (b > 0n) {
    const quotient = a / b;
    [a, b] = [b, a % b];
    [first, nextFirst] = [nextFirst, first - quotient * nextFirst];
    [second, nextSecond] = [nextSecond, second - quotient * nextSecond];
  }
  return { factor: a, most: one.most * (one.factor / a) + other.most * (other.factor / a), first, second };
}

/** The terms of an array: one for each axis, and one for the bytes of an element. */
function termsOf({ shape, strides, itemsize }: ndarray): Term[] {
  const terms = shape.map((extent, axis): Term => ({ factor: BigInt(Math.abs(strides[axis])), most: BigInt(extent - 1) }));
  return [...terms, { factor: 1n, most: BigInt(itemsize - 1) }].filter(({ factor, most }) => factor > 0n && most > 0n);
}

/** Terms of one factor together, and none that goes beyond the sum. */
function simplified(terms: readonly Term[], sum: bigint): Term[] {
  const byFactor = new Map<bigint, bigint>();
  for (const { factor, most } of terms) byFactor.set(factor, (byFactor.get(factor) ?? 0n) + most);
  return [...byFactor].map(([factor, most]): Term => ({ factor, most: most < sum / factor ? most : sum / factor }))
    .filter(({ most }) => most > 0n).sort((x, y) => (x.factor > y.factor ? -1 : 1));
}

/** Bytes from the first to behind the last, in the storage. */
function bounds(x: ndarray): readonly [low: bigint, high: bigint] {
  const [low, high] = x.geometry.range;
  return [BigInt(low * x.itemsize), BigInt((high + 1) * x.itemsize)];
}

/**
 * Whether two arrays of one memory, neither of them empty, share bytes. Throws a TooHardError after `work` steps; below 0 stands for any
 * number.
 */
export function sharesBytes(a: ndarray, b: ndarray, work: number): boolean {
  const [[lowA, highA], [lowB, highB]] = [bounds(a), bounds(b)];
  if (lowA >= highB || lowB >= highA) return false;
  if (work === 0) throw new TooHardError('Exceeded max_work');
  // The first bytes of both are where one's indices, and the other's counted from its end, are all 0.
  const sum = highB - 1n - lowA < highA - 1n - lowB ? highB - 1n - lowA : highA - 1n - lowB;
  const terms = simplified([...termsOf(a), ...termsOf(b)], sum);
  if (terms.length === 0) return sum === 0n;
  if (terms.length === 1) return sum % terms[0].factor === 0n && sum / terms[0].factor <= terms[0].most;
  // At each place what all terms up to the next make together.
  const together: Joined[] = [];
  for (let i = 1; i < terms.length; i++) together.push(joined(together[i - 2] ?? terms[0], terms[i]));
  // Only what came to nothing counts as work, as in NumPy.
  let steps = 0;
  const isSolvable = (last: number, rest: bigint): boolean => {
    if (work > 0 && steps >= work) throw new TooHardError('Exceeded max_work');
    const [before, own, { factor, first, second }] = [together[last - 2] ?? terms[0], terms[last], together[last - 1]];
    if (rest % factor === 0n) {
      const [multiple, stepBefore, stepOwn] = [rest / factor, own.factor / factor, before.factor / factor];
      const [startBefore, startOwn] = [first * multiple, second * multiple];
      const [from, otherFrom] = [ceilDivide(-startBefore, stepBefore), ceilDivide(startOwn - own.most, stepOwn)];
      const [to, otherTo] = [floorDivide(before.most - startBefore, stepBefore), floorDivide(startOwn, stepOwn)];
      const end = to < otherTo ? to : otherTo;
      for (let t = from > otherFrom ? from : otherFrom; t <= end; t++) {
        if (last === 1 || isSolvable(last - 1, rest - own.factor * (startOwn - stepOwn * t))) return true;
      }
    }
    steps++;
    return false;
  };
  return isSolvable(terms.length - 1, sum);
}
