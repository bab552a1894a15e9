import * as np from '../../src/numpy/index.ts';
import { Series } from '../../src/numpy/polynomial/polybase.ts';

/** What a polynomial is made of, as the fixtures list it. */
export function parts(value: unknown): unknown {
  if (value instanceof Series) return ['series', value.constructor.name, value.coef, value.domain, value.window, value.symbol];
  if (value instanceof np.poly1d) return ['poly1d', value.coeffs, value.variable];
  return Array.isArray(value) ? value.map(parts) : value;
}
