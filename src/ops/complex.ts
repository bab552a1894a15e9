import { Complex } from '../core/complex.ts';
import { complexTypeOf, componentType, isComplex } from '../core/dtype.ts';
import { broadcastShapes, contiguousLayout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { imagView, realView } from './components.ts';
import { zerosLike } from './creation.ts';
import { copyInto, emptyLike } from './dispatch.ts';
import { conj, div, mul, square } from './pointwise/arithmetic.ts';
import { eq, isnan, lt, where } from './pointwise/comparison.ts';
import { abs, atan2, cos, sign, sin } from './pointwise/elementary.ts';
import { floats, inexact } from './pointwise/row.ts';
import type { ResultSpec } from './registry/op.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Complex arrays out of parts, and their angles. */

type Pair = readonly [StridedArray, StridedArray];

const joined = ([a, b]: Pair, _: null): readonly ResultSpec[] =>
  [{ shape: broadcastShapes([a.geometry.shape, b.geometry.shape]), dtype: complexTypeOf(a.dtypeCore) }];

const complexOp = structural({
  name: 'complex', args: ['re', 'im'], dtypes: floats, moves: true, results: joined,
  composite: (parts) => {
    const [{ shape, dtype }] = joined(parts, null);
    const out = emptyLike(parts[0], contiguousLayout(shape), dtype);
    copyInto(parts[0], realView(out));
    copyInto(parts[1], imagView(out));
    return [out];
  },
  vjp: { re: (g) => realView(g), im: (g) => imagView(g) },
});

/** A complex array out of real and imaginary parts, broadcast. */
export function complex<A extends StridedArray>(re: A, im: A): A {
  return run(complexOp, [re, im], null)[0];
}

/** The part of a complex gradient that points along a direction. */
const along = (g: StridedArray, direction: StridedArray): StridedArray => realView(mul(conj(g), direction));

const polarOp = structural({
  name: 'polar', args: ['abs', 'angle'], dtypes: floats, results: joined,
  composite: ([modulus, theta]) => [complex(mul(modulus, cos(theta)), mul(modulus, sin(theta)))],
  saves: { abs: ['out'], angle: ['out'] },
  // PyTorch's rules are of the result, which has no direction at 0.
  vjp: { abs: (g, { out }) => along(g, sign(out)), angle: (g, { out }) => along(g, mul(out, new Complex(0, 1))) },
});

/** A complex array out of moduli and angles, broadcast. */
export function polar<A extends StridedArray>(modulus: A, theta: A): A {
  return run(polarOp, [modulus, theta], null)[0];
}

const angleOp = structural({
  name: 'angle', args: ['x'], dtypes: inexact,
  results: ([x]: readonly [StridedArray], _: null) => [{ shape: x.geometry.shape, dtype: componentType(x.dtypeCore) }],
  composite: ([x]) => [isComplex(x.dtypeCore)
    ? atan2(imagView(x), realView(x)) : where(isnan(x), x, where(lt(x, 0), Math.PI, zerosLike(x)))],
  saves: ['x'],
  vjp: {
    x: (g, { x }) => {
      if (!isComplex(x.dtypeCore)) return zerosLike(g);
      // d angle = (x dy − y dx) / |z|², as i·z·g / |z|²; 0 at 0.
      const size = square(abs(x));
      const scale = where(eq(size, 0), 0, div(g, size));
      return mul(mul(x, new Complex(0, 1)), cast(scale, x.dtypeCore));
    },
  },
});

/** The angle of each element in radians: of real ones π where negative, else 0. */
export function angle<A extends StridedArray>(x: A): A {
  return run(angleOp, [x], null)[0];
}
