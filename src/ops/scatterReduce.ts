import { isInteger } from '../core/dtype.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { fullLike, zerosLike } from './creation.ts';
import { gatherAlong, scatterAlong, scatterMultiplied } from './indexing.ts';
import { sliceAxis } from './movement.ts';
import { roundedQuotient } from './arithmetic.ts';
import * as ops from './pointwise/index.ts';
import { structural } from './registry/op.ts';
import { run } from './registry/run.ts';

/** Elements that an index sends to the same places, gathered there: sums, products, means, and the largest and smallest. */

export type Reduction = 'sum' | 'prod' | 'mean' | 'amax' | 'amin';

/** The number of those that come, from as many ones as the index has. */
function countsOf<A extends StridedArray>(x: A, src: A, index: StridedArray, axis: number): A {
  return scatterAlong(zerosLike(x), axis, index, fullLike(src, 1), 'torch', { accumulate: true });
}

interface ExtremeParams {
  readonly axis: number;
  readonly largest: boolean;
}
type Three = readonly [x: StridedArray, src: StridedArray, index: StridedArray];

/** The part of a source that an index of its own shape reads. */
const corner = <A extends StridedArray>(x: A, index: StridedArray): A =>
  index.geometry.shape.reduce((part, extent, axis) =>
    (part.geometry.shape[axis] === extent ? part : sliceAxis(part, axis, 0, extent)), x);

const extremeOp = structural({
  name: 'scatterExtreme', args: ['x', 'src', 'index'], apart: ['index'], moves: true, widensRules: true,
  results: ([x]: Three, _: ExtremeParams) => [{ shape: x.geometry.shape, dtype: x.dtypeCore }],
  composite: ([x, src, index], { axis, largest }) => {
    const better = largest ? ops.maximum : ops.minimum;
    const scalar = x.geometry.shape.length === 0;
    let out = x;
    const extent = scalar ? 1 : index.geometry.shape[axis];
    const part = corner(src, index);
    // In one slice no place comes twice.
    for (let k = 0; k < extent; k++) {
      const [here, given] = scalar ? [index, part] : [sliceAxis(index, axis, k, 1), sliceAxis(part, axis, k, 1)];
      out = scatterAlong(out, axis, here, better(gatherAlong(out, axis, here, 'torch'), given), 'torch');
    }
    return [out];
  },
  saves: ['x', 'src', 'index', 'out'],
  // All that are as large share the gradient.
  vjp: ([g], { x, src, index, out }, { axis }) => {
    const values = gatherAlong(out!, axis, index!, 'torch');
    const own = cast(ops.eq(x!, out!), g!.dtypeCore);
    const theirs = cast(ops.eq(corner(src!, index!), values), g!.dtypeCore);
    const count = scatterAlong(own, axis, index!, theirs, 'torch', { accumulate: true });
    const share = ops.div(g!, count);
    const gathered = ops.mul(theirs, gatherAlong(share, axis, index!, 'torch'));
    const given = src!.geometry.shape.every((extent, i) => extent === index!.geometry.shape[i])
      ? gathered : scatterAlong(zerosLike(src!), axis, index!, gathered, 'torch');
    return [ops.mul(own, share), given, null];
  },
  gradName: 'ScatterReduceBackward0',
});

function extremes<A extends StridedArray>(x: A, src: A, index: StridedArray, axis: number, largest: boolean): A {
  return run(extremeOp, [x, src, index], { axis, largest })[0] as A;
}

/** x with the elements of `src` that come to each place gathered there, with its own or, if it is not included, in its stead. */
export function scatterReduced<A extends StridedArray>(
  x: A, src: A, index: StridedArray, axis: number, how: Reduction, includeSelf: boolean,
): A {
  const counts = countsOf(x, corner(src, index), index, axis);
  const neutral = { sum: 0, mean: 0, prod: 1, amax: -Infinity, amin: Infinity }[how];
  const start = includeSelf ? x : Number.isFinite(neutral) || x.dtypeCore.kind === 'float'
    ? ops.where(ops.gt(counts, 0), neutral, x) as A
    // Of integers, which have no infinities, any that comes replaces what is there.
    : scatterAlong(x, axis, index, corner(src, index), 'torch');
  switch (how) {
    case 'sum': return scatterAlong(start, axis, index, src, 'torch', { accumulate: true });
    case 'prod': return scatterMultiplied(start, axis, index, src, false);
    case 'mean': {
      const total = scatterAlong(start, axis, index, src, 'torch', { accumulate: true });
      const divisor = ops.maximum(includeSelf ? ops.add(counts, 1) : counts, 1);
      return isInteger(x.dtypeCore) ? roundedQuotient(total, divisor, 'floor') : ops.div(total, divisor);
    }
    default: return extremes(start, src, index, axis, how === 'amax');
  }
}
