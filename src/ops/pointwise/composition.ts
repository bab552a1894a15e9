import type { Operand } from '../../backend/backend.ts';
import { float32, isHalf } from '../../core/dtype.ts';
import type { Expression, Intrinsic } from '../../core/expression.ts';
import { StridedArray } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { full } from '../creation.ts';
import { runPointwise, setComposition } from '../dispatch.ts';
import { abs, acos, acosh, asin, asinh, atan, atan2, atanh, cbrt, ceil, copysign, cos, cosh, erf, erfc, exp, exp2, expm1, floor, hypot,
  log, log10, log1p, log2, logaddexp, nextafter, pow, rint, sigmoid, sign, sin, sinh, sqrt, tan, tanh } from './elementary.ts';
import { add, div, floorDivide, fmod, mul, neg, remainder, sub, truncate } from './arithmetic.ts';
import { bitwiseAnd, bitwiseNot, bitwiseOr, bitwiseXor, leftShift, rightShift } from './bitwise.ts';
import { eq, fmax, fmin, ge, gt, isfinite, isinf, isnan, le, logicalAnd, logicalNot, logicalOr, logicalXor, lt, maximum, minimum, ne,
  signbit, where } from './comparison.ts';
import type { PointwiseOp } from './op.ts';

/** The interpreter of expressions whose values are arrays: for each intrinsic the op that computes it, with that op's gradients. */
const ops: { readonly [K in Intrinsic]: { readonly op: PointwiseOp } } = {
  add, sub, mul, div, neg, abs, sign, minimum, maximum, fmin, fmax, floor, ceil, trunc: truncate, rint, floorDivide, floorMod: remainder,
  fmod, pow, sqrt, cbrt, exp, exp2, expm1, log, log2, log10, log1p, sin, cos, tan, asin, acos, atan, atan2, hypot, sinh, cosh, tanh,
  asinh, acosh, atanh, sigmoid, erf, erfc, logaddexp, copysign, nextafter, bitwiseAnd, bitwiseOr, bitwiseXor, bitwiseNot,
  shiftLeft: leftShift, shiftRight: rightShift, select: where, eq, ne, lt, le, gt, ge, isnan, isinf, isfinite, signbit,
  both: logicalAnd, either: logicalOr, differ: logicalXor, not: logicalNot,
  // Its second operand is the 0 that stands in for one that is not there.
  truthy: ne,
};

/** The value of an expression, each shared part computed once. `like` gives numbers that meet each other a class, dtype and device. */
function evaluate(expression: Expression, operands: ReadonlyMap<string, Operand>, like: StridedArray): Operand {
  const known = new Map<Expression, Operand>();
  const valueOf = (node: Expression): Operand => {
    if (node.kind === 'constant') return node.value;
    if (node.kind === 'argument') return operands.get(node.name)!;
    let value = known.get(node);
    if (value === undefined) {
      const { op } = ops[node.intrinsic];
      const terms = op.args.map((_, i) => (i < node.args.length ? valueOf(node.args[i]) : 0));
      const isValue = (i: number): boolean => !op.conditions.includes(op.args[i]);
      if (!terms.some((term, i) => isValue(i) && term instanceof StridedArray)) {
        const first = terms.findIndex((_, i) => isValue(i));
        terms[first] = full(like.species, [], terms[first] as number, like.dtypeCore, like.storage.device);
      }
      value = runPointwise(op, terms);
      known.set(node, value);
    }
    return value;
  };
  return valueOf(expression);
}

/** What the op's kernel computes, by other ops. Half floats are computed in float32 and rounded once, as there. */
export function composed(op: PointwiseOp, operands: readonly Operand[]): StridedArray {
  const isValue = (operand: Operand, i: number): operand is StridedArray =>
    operand instanceof StridedArray && !op.conditions.includes(op.args[i]);
  const { dtypeCore: type } = operands.find(isValue)!;
  const wide = operands.map((operand, i) => (isValue(operand, i) && isHalf(type) ? cast(operand, float32) : operand));
  const like = wide.find(isValue)!;
  const named = new Map(op.args.map((name, i) => [name, wide[i]]));
  const value = evaluate(op.expression(like.dtypeCore) as Expression, named, like) as StridedArray;
  return op.result === 'bool' ? value : cast(value, type);
}

setComposition(composed);
