import type { Complex } from '../../core/complex.ts';
import { PythonError } from '../../core/errors.ts';

/** What a pickle holds, as Python has it: before it becomes what JavaScript has, or after. */

/**
 * A file that is not what it should be, or holds what is not loaded. Source: pickle.UnpicklingError.
 * @example
 * try {
 *   torch.load(new Uint8Array([0x80, 2, 0x63, 0x2e]));
 * } catch (error) {
 *   console.log((error as Error).name);
 * } // → UnpicklingError
 */
export class UnpicklingError extends PythonError {}

/** A function, class or value that a pickle names. */
export class Global {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }
}

export class Tuple {
  readonly items: readonly Value[];

  constructor(items: readonly Value[]) {
    this.items = items;
  }
}

export class Dict {
  readonly entries: Map<Value, Value> = new Map();
}

export class PythonSet {
  readonly items: Set<Value>;

  constructor(items: Iterable<Value>) {
    this.items = new Set(items);
  }
}

/** What a call in a pickle makes of its arguments: a tensor, a dtype, an object of a class that the user gave. */
export class Made {
  readonly path: string;
  readonly args: readonly Value[];
  /** What the object is to be filled with. */
  state: Value | undefined;

  constructor(path: string, args: readonly Value[]) {
    this.path = path;
    this.args = args;
  }
}

/** A block of numbers in a record of its own. */
export class StorageReference {
  readonly key: string;
  /** The name of the class, as `FloatStorage`. */
  readonly type: string;
  readonly location: string;
  /** Elements; bytes of an untyped one. */
  readonly length: number;

  constructor(key: string, type: string, location: string, length: number) {
    this.key = key;
    this.type = type;
    this.location = location;
    this.length = length;
  }
}

export type Value =
  | null | boolean | number | bigint | string | Uint8Array | Complex
  | Value[] | Tuple | Dict | PythonSet | Global | Made | StorageReference;

export function typeName(value: Value): string {
  if (value === null) return 'NoneType';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'string') return 'str';
  if (typeof value === 'bigint') return 'int';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  if (Array.isArray(value)) return 'list';
  if (value instanceof Uint8Array) return 'bytes';
  if (value instanceof Tuple) return 'tuple';
  if (value instanceof Dict) return 'dict';
  if (value instanceof PythonSet) return 'set';
  if (value instanceof Global || value instanceof Made) return value.path;
  return 'object';
}
