import type { Operand } from '../../backend/backend.ts';
import { Complex } from '../../core/complex.ts';
import { componentType, float32, isComplex, isHalf } from '../../core/dtype.ts';
import type { Expression, Intrinsic } from '../../core/expression.ts';
import { broadcastShapes, contiguousLayout } from '../../core/layout.ts';
import { isComplexExpression } from '../../core/pointwise.ts';
import { StridedArray } from '../../core/strided.ts';
import { cast } from '../cast.ts';
import { imagView, realView } from '../components.ts';
import { full } from '../creation.ts';
import { copyInto, emptyLike, runPointwise, setComposition } from '../dispatch.ts';
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

/** The values of expressions, each shared part computed once. `like` gives numbers that meet each other a class, dtype and device. */
function evaluate(expressions: readonly Expression[], operands: ReadonlyMap<string, Operand>, like: StridedArray): Operand[] {
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
  return expressions.map(valueOf);
}

type Parts = readonly [re: Operand, im: Operand];

/** The parts of a complex operand, in memory of their own, which loops take as it lies. */
function partsOf(operand: Operand): Parts {
  if (!(operand instanceof StridedArray)) return operand instanceof Complex ? [operand.re, operand.im] : [operand, 0];
  const [re, im] = [realView(operand), imagView(operand)].map((part) => {
    const copy = emptyLike(part, contiguousLayout(part.geometry.shape));
    copyInto(part, copy);
    return copy;
  });
  return [re, im];
}

/** What the op's kernel computes, by other ops: of complex operands by those of their parts. */
export function composed(op: PointwiseOp, operands: readonly Operand[]): StridedArray {
  const isCondition = (i: number): boolean => op.conditions.includes(op.args[i]);
  const first = operands.find((operand, i): operand is StridedArray => operand instanceof StridedArray && !isCondition(i))!;
  const { dtypeCore: type } = first;
  const named = new Map<string, Operand>();
  operands.forEach((operand, i) => {
    const name = op.args[i];
    if (isComplex(type) && !isCondition(i)) partsOf(operand).forEach((part, k) => named.set(`${name}${k === 0 ? 'Re' : 'Im'}`, part));
    // Half floats are computed in float32 and rounded once, as there.
    else named.set(name, operand instanceof StridedArray && !isCondition(i) && isHalf(type) ? cast(operand, float32) : operand);
  });
  const computing = isHalf(type) ? float32 : type;
  const expression = op.expression(computing);
  const like = isComplex(type) ? realView(first) : isHalf(type) ? cast(first, float32) : first;
  if (!isComplexExpression(expression)) {
    const [value] = evaluate([expression], named, like) as StridedArray[];
    return op.result === 'bool' ? value : cast(value, op.result === 'component' ? componentType(type) : type);
  }
  const parts = evaluate([expression.re, expression.im], named, like) as StridedArray[];
  const out = emptyLike(first, contiguousLayout(broadcastShapes(parts.map(({ geometry }) => geometry.shape))), type);
  [realView(out), imagView(out)].forEach((part, k) => copyInto(parts[k], part));
  return out;
}

setComposition(composed);
