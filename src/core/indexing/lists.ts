import { deepest, tooDeep } from '../literal.ts';
import type { Dialect, IndexItem } from './items.ts';
import { indexMessages } from './messages.ts';

/** The largest magnitude that an index may have: that of a 64-bit integer. */
const limit = 2n ** 63n;

export function fitsIndex(value: number | bigint): boolean {
  return typeof value === 'bigint' ? value >= -limit && value < limit : value >= -(2 ** 63) && value < 2 ** 63;
}

/** Positions of the true elements of host data. */
export function truePositions(values: ArrayLike<unknown>): Int32Array {
  let count = 0;
  for (let i = 0; i < values.length; i++) if (values[i]) count++;
  const positions = new Int32Array(count);
  let next = 0;
  for (let i = 0; i < values.length; i++) if (values[i]) positions[next++] = i;
  return positions;
}

export function maskItem(shape: readonly number[], values: ArrayLike<unknown>): IndexItem {
  const positions = truePositions(values);
  return { kind: 'mask', shape, positions: { count: positions.length, device: null, values: () => positions } };
}

/** A nested list of integers, or of booleans: then a mask. Booleans among integers count as 0 and 1. */
export function parseList(list: readonly unknown[], dialect: Dialect): IndexItem {
  const messages = indexMessages[dialect];
  const shape: number[] = [];
  for (let level: unknown = list; Array.isArray(level); level = level[0]) {
    if (shape.length === deepest[dialect]) throw tooDeep[dialect]();
    shape.push(level.length >>> 0);
  }
  const leaves: (number | bigint | boolean)[] = [];
  const visit = (value: unknown, depth: number): void => {
    if (Array.isArray(value) !== depth < shape.length) {
      const [expected, found] = [shape[depth] ?? 0, Array.isArray(value) ? value.length : 0];
      throw messages.ragged(expected, found, depth, shape.slice(0, depth));
    }
    if (Array.isArray(value)) {
      const [expected, found] = [shape[depth], value.length];
      if (found !== expected) throw messages.ragged(expected, found, depth, shape.slice(0, depth));
      for (const each of value) visit(each, depth + 1);
    } else if (typeof value === 'boolean') {
      leaves.push(value);
    } else if ((typeof value === 'bigint' || Number.isInteger(value)) && fitsIndex(value as number)) {
      leaves.push(value as number);
    } else if (typeof value === 'number' && dialect === 'torch') {
      throw messages.arrayDType();
    } else {
      throw messages.invalid(value);
    }
  };
  visit(list, 0);
  if (leaves.length > 0 && leaves.every((leaf) => typeof leaf === 'boolean')) return maskItem(shape, leaves);
  return { kind: 'integers', shape, values: leaves.map((leaf) => (typeof leaf === 'boolean' ? Number(leaf) : leaf)) };
}
