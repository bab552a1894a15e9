import type { StridedArray } from './strided.ts';

/** What an array is sent with, besides its elements. */
export interface SentFlags {
  readonly requiresGrad: boolean;
  /** Whether a module saves it. */
  readonly persistent: boolean;
}

/** A class of arrays that can be made anew elsewhere, of a plain array over the same memory. */
export interface ArrayKind {
  /** The module that has the class: who receives such arrays imports it. */
  readonly module: string;
  is(array: StridedArray): boolean;
  make(array: StridedArray, flags: SentFlags): StridedArray;
  /** What an array of the kind is sent with; throws where it cannot be sent. */
  flags(array: StridedArray): SentFlags;
}

const kinds = new Map<string, ArrayKind>();

/** Façades announce their classes, those that extend others after these. */
export function announceKind(name: string, kind: ArrayKind): void {
  kinds.set(name, kind);
}

export const kindNamed = (name: string): ArrayKind | undefined => kinds.get(name);

/** The narrowest kind of an array. */
export function kindOf(array: StridedArray): readonly [name: string, kind: ArrayKind] | undefined {
  return [...kinds].reverse().find(([, kind]) => kind.is(array));
}
