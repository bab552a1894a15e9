import type { DType } from '../../core/dtype.ts';
import * as core from '../../core/dtype.ts';
import { cast, castCopy } from '../../ops/cast.ts';
import { elementAt } from '../../ops/host.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { allAxes, any } from '../../ops/reduce.ts';
import { asArray } from '../ndarray/conversion.ts';
import type { ArrayLike, ndarray } from '../ndarray/ndarray.ts';
import type { Watcher } from './errorState.ts';
import { tell, wantedBits } from './errorState.ts';

/** Which floating-point conditions a computation met, found from its operands and its result: WebAssembly has no flags for them. */

const [divide, over, under, invalid] = [1, 2, 4, 8];

const some = (mask: ndarray): boolean => mask.size > 0 && elementAt(any<ndarray>(mask, allAxes(mask)), 0) === true;
const both = (a: ndarray, b: ndarray): ndarray => ops.logicalAnd<ndarray>(a, b);
const not = (a: ndarray): ndarray => ops.logicalNot<ndarray>(a);
const isZero = (x: ndarray): ndarray => ops.eq<ndarray>(x, 0);
const inexactOnes = (operands: readonly ndarray[]): readonly ndarray[] => operands.filter(({ dtypeCore }) => core.isInexact(dtypeCore));

/** Whole numbers have no infinity to tell of a division by zero. */
const wholeDivisions = new Set(['floor_divide', 'remainder', 'fmod']);
/** Functions that are infinite at a point alone, and otherwise finite. */
const withPoles = new Set(['log', 'log2', 'log10', 'log1p', 'arctanh']);

/** Where an infinite result is exact: at a pole. */
function pole(name: string, operands: readonly ndarray[]): ndarray | boolean {
  if (withPoles.has(name)) return true;
  if (name === 'divide' || name === 'floor_divide') return isZero(operands[1]);
  return name === 'reciprocal' || name === 'power' || name === 'float_power' ? isZero(operands[0]) : false;
}

const smallestNormal: Readonly<Record<string, number>> = { float64: 2 ** -1022, float32: 2 ** -126, float16: 2 ** -14 };
const wide = (x: ndarray): ndarray => cast(x, core.float64);

/** Whether a tiny result is not what it should be; undefined of functions that are not looked at. */
function rounded(name: string, [x, y]: readonly ndarray[], result: ndarray): ndarray | undefined {
  const [a, r] = [wide(x), wide(result)];
  const b = y === undefined ? a : wide(y);
  const nonzero = not(isZero(a));
  switch (name) {
    case 'multiply':
    case 'square': {
      // Products of narrower numbers are exact in 53 bits.
      const exact = result.dtypeCore === core.float64 ? ops.div<ndarray>(r, a) : ops.mul<ndarray>(a, b);
      return both(both(nonzero, not(isZero(b))), ops.ne<ndarray>(exact, result.dtypeCore === core.float64 ? b : r));
    }
    case 'divide': return both(both(nonzero, ops.isfinite<ndarray>(b)), ops.ne<ndarray>(ops.mul<ndarray>(r, b), a));
    case 'reciprocal': return both(ops.isfinite<ndarray>(a), ops.ne<ndarray>(ops.mul<ndarray>(r, a), 1));
    case 'power':
    case 'float_power': return both(nonzero, both(ops.isfinite<ndarray>(a), ops.isfinite<ndarray>(b)));
    case 'exp':
    case 'exp2': return ops.isfinite<ndarray>(a);
    case 'deg2rad': return nonzero;
    default: return undefined;
  }
}

function found(name: string, operands: readonly ndarray[], result: ndarray, mask: ndarray | null): number {
  const { dtypeCore: dtype } = result;
  const holds = (condition: ndarray): boolean => some(mask === null ? condition : both(condition, mask));
  if (core.isInteger(dtype)) {
    if (wholeDivisions.has(name) && holds(isZero(operands[1]))) return divide;
    return name === 'reciprocal' && holds(isZero(operands[0])) ? divide | invalid : 0;
  }
  if (!core.isInexact(dtype)) return 0;
  const wanted = wantedBits();
  const floats = inexactOnes(operands);
  let bits = 0;
  if ((wanted & invalid) !== 0) {
    if (holds(floats.reduce((fresh, each) => both(fresh, not(ops.isnan<ndarray>(each))), ops.isnan<ndarray>(result)))) bits |= invalid;
  }
  if ((wanted & (divide | over)) !== 0 || name === 'floor_divide') {
    // Where to go is no number to compute with, nor is the exponent of 0.
    const counted = name === 'nextafter' ? floats.slice(0, 1) : floats;
    const made = ops.isinf<ndarray>(result);
    const finite = counted.reduce((fresh, each) => both(fresh, ops.isfinite<ndarray>(each)), made);
    const infinite = name.endsWith('power') ? ops.logicalOr<ndarray>(finite, both(made, isZero(operands[0]))) : finite;
    if (holds(infinite)) {
      const where = pole(name, operands);
      if (typeof where === 'boolean') {
        bits |= where ? divide : over;
      } else {
        if (holds(both(infinite, where))) bits |= divide;
        // The remainder that the quotient is found from has no value then.
        if (holds(both(infinite, not(where)))) bits |= name === 'floor_divide' ? over | invalid : over;
      }
    }
  }
  const smallest = smallestNormal[dtype.name] as number | undefined;
  if ((wanted & under) !== 0 && smallest !== undefined) {
    const tiny = ops.lt<ndarray>(ops.abs<ndarray>(result), smallest);
    if (holds(tiny)) {
      const off = rounded(name, operands, result);
      if (off !== undefined && holds(both(tiny, off))) bits |= under;
    }
  }
  return bits;
}

/** The bounds beyond which processors have no integer for a number. */
function wholeLimit({ kind, itemsize }: DType): readonly [low: number, high: number] {
  if (itemsize < 8 && !(kind === 'uint' && itemsize === 4)) return [-(2 ** 31), 2 ** 31];
  return [-(2 ** 63), kind === 'uint' && itemsize === 8 ? 2 ** 64 : 2 ** 63];
}

function converting(given: ndarray, result: ndarray): number {
  const { dtypeCore: to } = result;
  if (!core.isFloating(given.dtypeCore)) return 0;
  if (core.isInteger(to)) {
    const [low, high] = wholeLimit(to);
    const inside = both(ops.gt<ndarray>(wide(given), low - 1), ops.lt<ndarray>(wide(given), high));
    return some(not(inside)) ? invalid : 0;
  }
  const smallest = smallestNormal[to.name] as number | undefined;
  if (smallest === undefined || to.itemsize >= given.itemsize) return 0;
  let bits = some(both(ops.isinf<ndarray>(result), ops.isfinite<ndarray>(given))) ? over : 0;
  const tiny = ops.lt<ndarray>(ops.abs<ndarray>(wide(given)), smallest);
  if (some(both(tiny, ops.ne<ndarray>(wide(result), wide(given))))) bits |= under;
  return bits;
}

let context: string | null = null;

export const watching: Watcher = {
  computed(name, values, compute) {
    const nin = values.length - 7;
    const out = values[nin] as ndarray | undefined;
    const where = values[nin + 1] as ArrayLike | undefined;
    // What the result overwrites is kept to be looked at.
    const operands = (values.slice(0, nin) as ArrayLike[]).map((each) => {
      const operand = asArray(each);
      return operand.storage === out?.storage ? castCopy<ndarray>(operand, operand.dtypeCore) : operand;
    });
    const result = compute();
    const mask = where === undefined || where === true ? null : asArray(where, core.bool);
    tell(found(name, operands, result, mask), context ?? name);
    return result;
  },
  folded(name, given, result, axes) {
    if (!core.isInexact(result.dtypeCore)) return;
    const x = cast(given, result.dtypeCore);
    // A running result is held against the whole line.
    const among = (mask: ndarray): ndarray => not(any<ndarray>(mask, axes, name === 'accumulate' || result.ndim === x.ndim));
    let bits = 0;
    if (some(both(ops.isnan<ndarray>(result), among(ops.isnan<ndarray>(x))))) bits |= invalid;
    if (some(both(ops.isinf<ndarray>(result), among(not(ops.isfinite<ndarray>(x)))))) bits |= over;
    tell(bits, context ?? name);
  },
  converted(given, result) {
    tell(converting(given, result), context ?? 'cast');
  },
  within(name, body) {
    const before = context;
    context = name;
    try {
      return body();
    } finally {
      context = before;
    }
  },
};
