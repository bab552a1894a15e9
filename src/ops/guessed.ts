import { StridedArray } from '../core/strided.ts';
import { warn } from '../core/warnings.ts';
import { elements, isDeferred } from './host.ts';

/** Arrays whose integer dtype was guessed: JavaScript writes 1. no differently from 1. */

/** Marks an array of whole numbers that were in a list without a dtype. */
export function markGuessed<A extends StridedArray>(array: A): A {
  array.access = { isView: false, readOnly: false, counter: null, owner: null, guessed: true };
  return array;
}

function hasFraction(value: unknown): boolean {
  if (typeof value === 'number') return Number.isFinite(value) && !Number.isInteger(value);
  if (Array.isArray(value)) return value.some(hasFraction);
  return value instanceof StridedArray && value.dtypeCore.kind === 'float' && !isDeferred(value) && elements(value).some(hasFraction);
}

let told = false;

/** Says once that a fraction loses itself where it is written into such an array. */
export function noticeFraction(target: StridedArray, value: unknown): void {
  if (target.access === null || !target.access.guessed || told || !hasFraction(value)) return;
  told = true;
  warn('A fraction was written into an array of int64 and is lost. The dtype was guessed from a list of whole numbers: '
    + 'name one where the array is made. (This is said once.)');
}
