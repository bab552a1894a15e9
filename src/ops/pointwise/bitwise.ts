import { e } from '../../core/expression.ts';
import { integers, integersAndBool, binary, unary } from './row.ts';

export const bitwiseAnd = binary({
  name: 'bitwiseAnd', args: ['x', 'y'], dtypes: integersAndBool, vjp: null,
  eval: ({ x, y }) => e.bitwiseAnd(x, y),
  evalBool: ({ x, y }) => e.both(x, y),
});
export const bitwiseOr = binary({
  name: 'bitwiseOr', args: ['x', 'y'], dtypes: integersAndBool, vjp: null,
  eval: ({ x, y }) => e.bitwiseOr(x, y),
  evalBool: ({ x, y }) => e.either(x, y),
});
export const bitwiseXor = binary({
  name: 'bitwiseXor', args: ['x', 'y'], dtypes: integersAndBool, vjp: null,
  eval: ({ x, y }) => e.bitwiseXor(x, y),
  evalBool: ({ x, y }) => e.differ(x, y),
});
export const bitwiseNot = unary({
  name: 'bitwiseNot', args: ['x'], dtypes: integersAndBool, vjp: null,
  eval: ({ x }) => e.bitwiseNot(x),
  evalBool: ({ x }) => e.not(x),
});
/** Shifting by the width or more gives 0, as in NumPy. */
export const leftShift = binary({
  name: 'leftShift', args: ['x', 'y'], dtypes: integers, vjp: null,
  eval: ({ x, y }) => e.shiftLeft(x, y),
});
/** Arithmetic for signed types; shifting by the width or more leaves only the sign. */
export const rightShift = binary({
  name: 'rightShift', args: ['x', 'y'], dtypes: integers, vjp: null,
  eval: ({ x, y }) => e.shiftRight(x, y),
});
