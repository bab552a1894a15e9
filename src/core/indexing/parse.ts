import { refuseAnotherCopy } from '../copies.ts';
import { isTypedArray, uint8 } from '../dtype.ts';
import type { TypedArray } from '../dtype.ts';
import { typedArrayName } from '../realms.ts';
import { StridedArray } from '../strided.ts';
import type { Dialect, IndexItem } from './items.ts';
import { Slice } from './items.ts';
import { fitsIndex, parseList } from './lists.ts';
import { indexMessages } from './messages.ts';
import { clampBound, parseText } from './text.ts';

/** Everything that may stand between an index's brackets. */
export type IndexArgument =
  | number | bigint | boolean | string | null | Slice | StridedArray | TypedArray | readonly IndexList[];
export type IndexList = number | bigint | boolean | readonly IndexList[];

export function sliceBound(value: unknown): number | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'bigint') return clampBound(Number(value));
  if (typeof value === 'number' && Number.isInteger(value)) return clampBound(value);
  throw new TypeError('slice indices must be integers or None or have an __index__ method');
}

function arrayItem(array: StridedArray, dialect: Dialect): IndexItem {
  const { kind, itemsize } = array.dtypeCore;
  if (kind === 'bool') return { kind: 'array', array, mask: true };
  if (kind !== 'int' && kind !== 'uint') throw indexMessages[dialect].arrayDType();
  if (dialect === 'numpy') return { kind: 'array', array, mask: false };
  // PyTorch: bytes are masks, and other narrow or unsigned integers may only stand alone.
  if (array.dtypeCore === uint8) return { kind: 'array', array, mask: true };
  if (array.geometry.shape.length > 0 && (kind === 'uint' || itemsize < 4)) throw indexMessages.torch.arrayDType();
  return { kind: 'array', array, mask: false };
}


/** Reads one argument, which may stand for several items, onto `items`. */
function parseArgument(argument: unknown, dialect: Dialect, items: IndexItem[]): void {
  const messages = indexMessages[dialect];
  if (typeof argument === 'number' || typeof argument === 'bigint') {
    if (typeof argument === 'number' && !Number.isInteger(argument)) throw messages.invalid(argument);
    if (!fitsIndex(argument)) throw messages.tooLarge(argument);
    items.push({ kind: 'integer', value: argument });
  } else if (typeof argument === 'boolean') {
    items.push({ kind: 'truth', value: argument });
  } else if (typeof argument === 'string') {
    for (const item of parseText(argument)) {
      if (item.kind === 'integer' && !fitsIndex(item.value)) throw messages.tooLarge(item.value);
      items.push(item);
    }
  } else if (argument === null) {
    items.push({ kind: 'newaxis' });
  } else if (argument instanceof StridedArray) {
    items.push(arrayItem(argument, dialect));
  } else if (argument instanceof Slice) {
    const [start, stop, step] = [argument.start, argument.stop, argument.step].map(sliceBound);
    items.push({ kind: 'slice', start, stop, step });
  } else if (Array.isArray(argument)) {
    items.push(parseList(argument, dialect));
  } else if (isTypedArray(argument)) {
    if (typedArrayName(argument)!.startsWith('Float')) throw messages.arrayDType();
    items.push({ kind: 'integers', shape: [argument.length], values: argument });
  } else {
    refuseAnotherCopy(argument);
    throw messages.invalid(argument);
  }
}

/** The arguments of `x.at(...)`, or the list of `x.set([...], value)`, as items. */
export function parseIndex(index: readonly unknown[], dialect: Dialect): IndexItem[] {
  const items: IndexItem[] = [];
  for (const argument of index) parseArgument(argument, dialect, items);
  return items;
}
