import { Complex } from '../../core/complex.ts';
import type { Value } from './elements.ts';

/**
 * NumPy's order of sorting: NaN after all numbers. Complex numbers go by their parts, those with a NaN after those
 * without: first a NaN imaginary part, then a NaN real part, then both.
 */
export function compareValues(a: Value, b: Value): number {
  if (a instanceof Complex && b instanceof Complex) {
    return nanRank(a) - nanRank(b) || compareReal(a.re, b.re) || compareReal(a.im, b.im);
  }
  return compareReal(a as number, b as number);
}

function nanRank({ re, im }: Complex): number {
  return 2 * Number(Number.isNaN(re)) + Number(Number.isNaN(im));
}

function compareReal(a: number | bigint | boolean, b: number | bigint | boolean): number {
  const nanA = Number.isNaN(a);
  const nanB = Number.isNaN(b);
  if (nanA || nanB) return Number(nanA) - Number(nanB);
  return a < b ? -1 : a > b ? 1 : 0;
}
