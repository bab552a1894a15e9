import { withGradMode } from '../../autograd/mode.ts';
import { record } from '../../autograd/tape.ts';
import { int64 } from '../../core/dtype.ts';
import { full } from '../../ops/creation.ts';
import { gatherAlong, scatterAlong } from '../../ops/indexing.ts';
import { clone, reshapeTo } from '../../ops/movement.ts';
import { Tensor } from '../tensor/tensor.ts';

/**
 * The elements of one axis at `places`, recorded as one op; their gradient goes back to where they were. Where the axis is
 * not kept, `places` has extent 1 along it and both lose it.
 */
export function picked(input: Tensor, axis: number, places: Tensor, keepdim: boolean, name: string): { values: Tensor; places: Tensor } {
  const { shape } = input.geometry;
  const kept = places.geometry.shape;
  const shorter = keepdim ? kept : kept.filter((_, each) => each !== axis);
  const values = withGradMode(false, () => reshapeTo(gatherAlong(input, axis, places, 'torch'), shorter));
  record(values, name, [input], [
    (g, saved: { places: Tensor }) => scatterAlong(
      full(Tensor, shape, 0, g.dtypeCore, g.storage.device), axis, saved.places, reshapeTo(g as Tensor, kept), 'torch',
      { accumulate: true }),
  ], { places });
  return { values, places: withGradMode(false, () => reshapeTo(places, shorter)) };
}

/** The same of a tensor without axes: itself, at place 0. */
export function pickedAlone(input: Tensor, name: string): { values: Tensor; places: Tensor } {
  const values = record(withGradMode(false, () => clone(input)), name, [input], [(g) => g]);
  return { values, places: full(Tensor, [], 0, int64, input.storage.device) };
}
