/**
 * Two copies of the package in one program (two versions, or one that is bundled and one that is not) have a memory and classes each.
 * Their arrays look alike and know nothing of each other, so each copy signs its own.
 */

export const signature = Symbol.for('flambeau.copy');
export const thisCopy: object = Object.freeze({});

export function isFromAnotherCopy(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const signed = (value as { readonly [signature]?: object })[signature];
  return signed !== undefined && signed !== thisCopy;
}

export function refuseAnotherCopy(value: unknown): void {
  if (!isFromAnotherCopy(value)) return;
  throw new TypeError('this array comes from another copy of flambeau: the program holds the package twice (two versions, or one in a '
    + 'bundle and one beside it), and an array belongs to the memory of the copy that made it; see that there is one, or pass a.tolist()');
}
