import type { ndarray } from '../ndarray/ndarray.ts';
import { convolve } from '../routines/differences.ts';
import * as ufuncs from '../ufuncs.ts';
import { convolved } from './arithmetic.ts';
import type { Basis } from './basis.ts';
import { at, part, subtractInto, trimmed } from './series.ts';

/** Long division, from the highest power down. */
function dividePowers(c1: ndarray, c2: ndarray): [ndarray, ndarray] {
  const width = c2.size - 1;
  const leading = at(c2, -1);
  const rest = ufuncs.divide(part(c2, 0, width), leading);
  const remainder = c1;
  for (let i = c1.size - c2.size; i >= 0; i--) {
    subtractInto(part(remainder, i, width), ufuncs.multiply(rest, at(remainder, i + width)));
  }
  return [ufuncs.divide(part(remainder, width), leading), trimmed(part(remainder, 0, width))];
}

/** Powers of x. */
export const powers: Basis = {
  module: 'polynomial', letter: null, domain: [-1, 1], maxpower: null,
  recurrence: { weight: () => 1, shift: () => 0, slope: 1, back: () => 0, divisor: () => 1 },
  derivative: { factor: (n) => n },
  integral: { up: (n) => n + 1 },
  companion: { beside: (n) => new Array<number>(n - 1).fill(1), column: (c, last) => ufuncs.divide(c, last), symmetric: false },
  multiply: (c1, c2) => trimmed(convolve(c1, c2)),
  divide: dividePowers,
  power: convolved,
};
