import type { Complex } from '../complex.ts';
import type { StridedArray } from '../strided.ts';

/** Whose rules and messages apply where NumPy and PyTorch differ. */
export type Dialect = 'numpy' | 'torch';

export interface IntegerItem {
  readonly kind: 'integer';
  readonly value: number | bigint;
}

/** Bounds as written: null where they are left out. */
export interface SliceItem {
  readonly kind: 'slice';
  readonly start: number | null;
  readonly stop: number | null;
  readonly step: number | null;
}

export interface EllipsisItem {
  readonly kind: 'ellipsis';
}

export interface NewAxisItem {
  readonly kind: 'newaxis';
}

/** A boolean without axes: it indexes a new axis of extent 1, all of it or nothing. */
export interface TruthItem {
  readonly kind: 'truth';
  readonly value: boolean;
}

/** Index numbers that the host knows; negative ones still count from the end. Without axes it acts as one integer. */
export interface IntegersItem {
  readonly kind: 'integers';
  readonly shape: readonly number[];
  readonly values: ArrayLike<number | bigint>;
  /** The index array itself where its device cannot be read at once; `values` is empty then. */
  readonly unread?: StridedArray;
}

/** The true elements of a mask, as row-major positions. */
export interface MaskPositions {
  readonly count: number;
  /** The same positions on the array's device, where they were found there. */
  readonly device: StridedArray | null;
  values(): ArrayLike<number>;
}

export interface MaskItem {
  readonly kind: 'mask';
  readonly shape: readonly number[];
  readonly positions: MaskPositions;
}

/** An index array that has not been read yet. */
export interface ArrayItem {
  readonly kind: 'array';
  readonly array: StridedArray;
  readonly mask: boolean;
}

export type HostItem = IntegerItem | SliceItem | EllipsisItem | NewAxisItem | TruthItem | IntegersItem | MaskItem;
export type IndexItem = HostItem | ArrayItem;

/** A bound of a slice: places are whole numbers; `np.r_` and `np.mgrid` take any, and a complex step is how many there are. */
export type Bound = number | bigint | Complex | null;

/** Python's `slice(...)`, for bounds that are computed. */
export class Slice {
  readonly start: Bound;
  readonly stop: Bound;
  readonly step: Bound;

  constructor(start: Bound, stop: Bound, step: Bound) {
    this.start = start;
    this.stop = stop;
    this.step = step;
  }

  /** `slice(1, None, None)`, as Python shows it. */
  toString(): string {
    return `slice(${[this.start, this.stop, this.step].map((bound) => (bound === null ? 'None' : String(bound))).join(', ')})`;
  }
}

/**
 * A slice in an index: `slice(stop)`, `slice(start, stop)` or `slice(start, stop, step)`, null where a bound is left
 * out; a text such as `'1:5:2'` says the same. Source: slice.
 * @example
 * np.arange(6).at(np.slice(1, null, 2)) // → [1 3 5]
 */
export function slice(...bounds: readonly Bound[]): Slice {
  if (bounds.length < 1) throw new TypeError('slice expected at least 1 argument, got 0');
  if (bounds.length > 3) throw new TypeError(`slice expected at most 3 arguments, got ${bounds.length}`);
  return bounds.length === 1
    ? new Slice(null, bounds[0], null) : new Slice(bounds[0], bounds[1], bounds[2] ?? null);
}
