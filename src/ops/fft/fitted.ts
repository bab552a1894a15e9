import type { StridedArray } from '../../core/strided.ts';
import { embed, sliceAxis } from '../movement.ts';

/** The first elements of an axis, and zeros where there are too few. */
export function fitted<A extends StridedArray>(x: A, axis: number, extent: number): A {
  const given = x.geometry.shape[axis];
  if (given === extent) return x;
  if (given > extent) return sliceAxis(x, axis, 0, extent);
  const shape = x.geometry.shape.map((each, i) => (i === axis ? extent : each));
  return embed(x, shape, (zeros) => sliceAxis(zeros, axis, 0, given));
}
