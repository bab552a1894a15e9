import { Complex } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import { bool, componentType, float32, float64, isHalf } from '../../core/dtype.ts';
import type { Expression } from '../../core/expression.ts';
import type { PointwiseKernel } from '../../core/pointwise.ts';
import { isComplexExpression } from '../../core/pointwise.ts';
import { StridedArray } from '../../core/strided.ts';
import type { Operand } from '../backend.ts';
import type { Value } from './elements.ts';
import { positionsOf, positionsOver, readValue, rounding, scalarValue, wrapping, writeValue } from './elements.ts';
import type { Arithmetic, Term } from './intrinsics.ts';
import { intrinsics } from './intrinsics.ts';

function evaluate(expression: Expression, terms: ReadonlyMap<string, Term>, dtype: DType,
  arithmetic: Arithmetic): Term {
  switch (expression.kind) {
    case 'argument': {
      const term = terms.get(expression.name);
      if (term === undefined) throw new Error(`the expression names ${expression.name}, which is no operand`);
      return term;
    }
    case 'constant':
      return dtype.kind === 'int' || dtype.kind === 'uint' ? BigInt(expression.value)
        : arithmetic.round(expression.value);
    case 'call':
      return intrinsics[expression.intrinsic](
        expression.args.map((arg) => evaluate(arg, terms, dtype, arithmetic)), arithmetic);
  }
}

/** Half floats are computed in float32 and rounded once, at the end. */
export function pointwise(op: PointwiseKernel, operands: readonly Operand[], dtype: DType, out: StridedArray): void {
  const compute = isHalf(dtype) ? float32 : dtype;
  const component = componentType(compute);
  const arithmetic: Arithmetic = {
    round: rounding(component), wrap: wrapping(compute), bits: compute.itemsize * 8, single: component !== float64,
  };
  const expression = op.expression(compute);
  const { shape } = out.geometry;
  const sources = operands.map((operand, i): ((index: number) => Value) => {
    if (operand instanceof StridedArray) {
      const positions = positionsOver(operand.geometry, shape);
      return (index) => readValue(operand, positions[index]);
    }
    const value = scalarValue(operand, op.conditions.includes(op.args[i]) ? bool : compute);
    return () => value;
  });
  positionsOf(out.geometry).forEach((position, index) => {
    const terms = new Map<string, Term>();
    op.args.forEach((name, i) => {
      const value = sources[i](index);
      if (value instanceof Complex) terms.set(`${name}Re`, value.re).set(`${name}Im`, value.im);
      else terms.set(name, value);
    });
    const term = (part: Expression): Term => evaluate(part, terms, compute, arithmetic);
    writeValue(out, position, isComplexExpression(expression)
      ? new Complex(term(expression.re) as number, term(expression.im) as number) : term(expression));
  });
}
