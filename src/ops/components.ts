import { Complex } from '../core/complex.ts';
import { componentType, complexTypeOf } from '../core/dtype.ts';
import type { Layout } from '../core/layout.ts';
import { stridedLayout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { mul } from './pointwise/arithmetic.ts';
import { view } from './registry/view.ts';

/** The parts of complex arrays, as views: every other component of the same memory. */

const everyOther = (part: 0 | 1) => ({ shape, strides, offset }: Layout): Layout =>
  stridedLayout(shape, strides.map((stride) => 2 * stride), 2 * offset + part);

const real = view<null>({
  name: 'realView', dtype: componentType, layout: everyOther(0),
  vjp: (g) => cast(g, complexTypeOf(g.dtypeCore)), gradName: 'RealBackward0',
});

const imag = view<null>({
  name: 'imagView', dtype: componentType, layout: everyOther(1),
  vjp: (g) => mul(cast(g, complexTypeOf(g.dtypeCore)), new Complex(0, 1)), gradName: 'ImagBackward0',
});

export function realView<A extends StridedArray>(x: A): A {
  return real(x, null);
}

export function imagView<A extends StridedArray>(x: A): A {
  return imag(x, null);
}
