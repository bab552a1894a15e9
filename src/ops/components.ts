import { recordView } from '../autograd/tape.ts';
import { Complex } from '../core/complex.ts';
import { componentType, complexTypeOf } from '../core/dtype.ts';
import { stridedLayout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { mul } from './pointwise/arithmetic.ts';

/** The parts of complex arrays, as views: every other component of the same memory. */

function componentView<A extends StridedArray>(x: A, part: 0 | 1): A {
  const { shape, strides, offset } = x.geometry;
  const layout = stridedLayout(shape, strides.map((stride) => 2 * stride), 2 * offset + part);
  return new x.species(x.storage, componentType(x.dtypeCore), layout);
}

export function realView<A extends StridedArray>(x: A): A {
  return recordView(componentView(x, 0), 'RealBackward0', x, (g) => cast(g, complexTypeOf(g.dtypeCore)));
}

export function imagView<A extends StridedArray>(x: A): A {
  return recordView(componentView(x, 1), 'ImagBackward0', x, (g) => mul(cast(g, complexTypeOf(g.dtypeCore)), new Complex(0, 1)));
}
