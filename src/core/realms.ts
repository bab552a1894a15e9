/**
 * What a value is, wherever it was made: pages, `vm` contexts and test runners give programs objects of other realms, whose classes are
 * not the classes here, so that `instanceof` does not know them.
 */

const nameOfTypedArray = Object.getOwnPropertyDescriptor(Object.getPrototypeOf(Uint8Array.prototype) as object, Symbol.toStringTag)!.get!;

/** `'Float64Array'` and so on; undefined of everything else, which this cannot be told otherwise. */
export const typedArrayName = (value: unknown): string | undefined => nameOfTypedArray.call(value) as string | undefined;

/** Whether a getter that only objects of one class have takes the value. */
function isTaken(prototype: object, key: PropertyKey): (value: unknown) => boolean {
  const { get } = Object.getOwnPropertyDescriptor(prototype, key)!;
  return (value) => {
    if (typeof value !== 'object' || value === null) return false;
    try {
      get!.call(value);
      return true;
    } catch {
      return false;
    }
  };
}

export const isMap = isTaken(Map.prototype, 'size') as (value: unknown) => value is Map<unknown, unknown>;
export const isSet = isTaken(Set.prototype, 'size') as (value: unknown) => value is Set<unknown>;
const isUnshared = isTaken(ArrayBuffer.prototype, 'byteLength');
const isShared = typeof SharedArrayBuffer === 'undefined' ? () => false : isTaken(SharedArrayBuffer.prototype, 'byteLength');
export const isArrayBuffer = (value: unknown): value is ArrayBuffer => isUnshared(value) || isShared(value);

const hasTag = (value: unknown, tag: string): boolean =>
  typeof value === 'object' && value !== null && Object.prototype.toString.call(value) === `[object ${tag}]`;

/** A URL, for programs that are compiled without the types of a platform that has them. */
export interface UrlLike {
  readonly href: string;
  readonly pathname: string;
}

/** A Response, likewise. */
export interface ResponseLike {
  readonly ok: boolean;
  arrayBuffer(): Promise<ArrayBuffer>;
}

export const isUrl = (value: unknown): value is UrlLike => hasTag(value, 'URL');
export const isResponse = (value: unknown): value is ResponseLike => hasTag(value, 'Response');
export const isCompiledModule = (value: unknown): boolean => hasTag(value, 'WebAssembly.Module');

/** What `await` would wait for. */
export const isPromise = (value: unknown): value is Promise<unknown> =>
  typeof value === 'object' && value !== null && typeof (value as { readonly then?: unknown }).then === 'function';

/** An object that was written in braces, or has no prototype: no instance of a class. */
export function isPlain(value: object): boolean {
  const prototype = Object.getPrototypeOf(value) as object | null;
  return prototype === Object.prototype || prototype === null
    || (Object.getPrototypeOf(prototype) === null && Object.hasOwn(prototype, 'isPrototypeOf'));
}

/** What an error says, or what was thrown instead of one. */
export function messageOf(error: unknown): string {
  const message = typeof error === 'object' && error !== null ? (error as { readonly message?: unknown }).message : undefined;
  return typeof message === 'string' ? message : String(error);
}
