import { elementAt } from '../../ops/host.ts';
import * as ops from '../../ops/pointwise/index.ts';
import { extreme } from '../../ops/reduce.ts';
import { innerProduct } from '../../ops/vectors.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** How far to go along a direction: Wolfe's strong conditions, by cubics through two points. */

/** A loss with its gradient. */
export interface Evaluated {
  readonly loss: number;
  readonly gradient: Tensor;
}

/** A place along the direction: how far, what is there, and the slope. */
interface Place extends Evaluated {
  readonly t: number;
  readonly slope: number;
}

/** Where the cubic through two places, of their losses and slopes, is lowest. */
function lowest(a: Place, b: Place, low = Math.min(a.t, b.t), high = Math.max(a.t, b.t)): number {
  const d1 = a.slope + b.slope - (3 * (a.loss - b.loss)) / (a.t - b.t);
  const square = d1 ** 2 - a.slope * b.slope;
  if (!(square >= 0)) return (low + high) / 2;
  const d2 = Math.sqrt(square);
  const at = a.t <= b.t ? b.t - (b.t - a.t) * ((b.slope + d2 - d1) / (b.slope - a.slope + 2 * d2))
    : a.t - (a.t - b.t) * ((a.slope + d2 - d1) / (a.slope - b.slope + 2 * d2));
  return Math.min(Math.max(at, low), high);
}

const sufficient = 1e-4;
const flatter = 0.9;
const least = 1e-9;

/** The place where the search ends, and how many evaluations it took. */
export function strongWolfe(
  evaluate: (t: number) => Evaluated, first: number, direction: Tensor, start: Evaluated, slope: number, most: number,
): Place & { readonly evaluations: number } {
  const length = elementAt(extreme('max', ops.abs(direction), [0]), 0) as number;
  let evaluations = 0;
  const at = (t: number): Place => {
    const found = evaluate(t);
    evaluations++;
    return { ...found, t, slope: elementAt(innerProduct(found.gradient, direction), 0) as number };
  };
  const tooHigh = (place: Place): boolean => place.loss > start.loss + sufficient * place.t * slope;
  const flat = (place: Place): boolean => Math.abs(place.slope) <= -flatter * slope;

  let place = at(first);
  let before: Place = { ...start, t: 0, slope };
  let bracket: readonly [Place, Place] | null = null;
  let rounds = 0;
  for (; rounds < most && bracket === null; rounds++) {
    if (tooHigh(place) || (rounds > 1 && place.loss >= before.loss)) bracket = [before, place];
    else if (flat(place)) return { ...place, evaluations };
    else if (place.slope >= 0) bracket = [before, place];
    if (bracket !== null) break;
    const t = lowest(before, place, place.t + 0.01 * (place.t - before.t), place.t * 10);
    before = place;
    place = at(t);
  }
  bracket ??= [{ ...start, t: 0, slope }, place];

  const ends = [...bracket];
  let low = ends[0].loss <= ends[1].loss ? 0 : 1;
  let tooLittle = false;
  for (; rounds < most && Math.abs(ends[1].t - ends[0].t) * length >= least; rounds++) {
    const [left, right] = [Math.min(ends[0].t, ends[1].t), Math.max(ends[0].t, ends[1].t)];
    let t = lowest(ends[0], ends[1]);
    const margin = 0.1 * (right - left);
    const near = Math.min(right - t, t - left) < margin;
    // Twice so near to an end, or beyond it: a step away from there.
    if (near && (tooLittle || t >= right || t <= left)) {
      t = Math.abs(t - right) < Math.abs(t - left) ? right - margin : left + margin;
      tooLittle = false;
    } else {
      tooLittle = near;
    }
    place = at(t);
    if (tooHigh(place) || place.loss >= ends[low].loss) {
      ends[1 - low] = place;
      low = ends[0].loss <= ends[1].loss ? 0 : 1;
    } else {
      const done = flat(place);
      if (!done && place.slope * (ends[1 - low].t - ends[low].t) >= 0) ends[1 - low] = ends[low];
      ends[low] = place;
      if (done) break;
    }
  }
  return { ...ends[low], evaluations };
}
