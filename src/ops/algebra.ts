import type { GradientAlgebra } from '../autograd/backward.ts';
import { withGradMode } from '../autograd/mode.ts';
import type { Storage } from '../core/storage.ts';
import { trackAllocations } from '../core/storage.ts';
import { castGradient } from './cast.ts';
import { clone } from './movement.ts';
import { add } from './pointwise/arithmetic.ts';
import { sumTo } from './reduce.ts';

/** What the tape's engine asks of the ops: the arithmetic on gradients that is its own. */
export const gradientAlgebra: GradientAlgebra = {
  add: (a, b) => add(a, b),
  addInto: (target, b) => void withGradMode(false, () => add(target, b, target)),
  sumTo,
  cast: castGradient,
  clone: (array) => withGradMode(false, () => clone(array)),
  track: (body) => {
    const allocated = new Set<Storage>();
    const result = trackAllocations((storage) => allocated.add(storage), body);
    return { result, allocated };
  },
};
