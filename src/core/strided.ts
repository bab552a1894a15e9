import { contentsOf } from './contents.ts';
import { signature, thisCopy } from './copies.ts';
import type { DType } from './dtype.ts';
import { RuntimeError, refuseWrites } from './errors.ts';
import type { Layout } from './layout.ts';
import type { Storage } from './storage.ts';

/** What the tape keeps on an array; only `src/autograd` looks inside. */
export interface DifferentiationState {
  readonly requiresGrad: boolean;
}

/** What an array's views have to know of how it is written to; null of an array that owns its memory and is like others. */
export interface Access {
  readonly isView: boolean;
  readonly readOnly: boolean;
  /** Counts the in-place writes where the storage's own count does not. */
  readonly counter: { version: number } | null;
  /** The array from which being read-only comes, where that one owns the memory. */
  readonly owner: StridedArray | null;
  /** Whether the dtype is integer only because a list had no fraction in it. */
  readonly guessed: boolean;
}

const ordinaryView: Access = { isView: true, readOnly: false, counter: null, owner: null, guessed: false };

/** How a façade's class is made: ops give results the class of their first operand. */
export type Species<A extends StridedArray> = new (storage: Storage, dtype: DType, layout: Layout) => A;

/** A typed, strided view of a storage: what both façades' arrays are. */
export class StridedArray {
  /** The element type. @internal */
  readonly dtypeCore: DType;
  /** Shape, strides and offset; not called layout, since that is a public name of tensors. @internal */
  readonly geometry: Layout;
  // What follows may differ between arrays that are equal, and so is not among the properties that programs compare.
  #storage: Storage;
  #state: DifferentiationState | null = null;
  #access: Access | null = null;

  constructor(storage: Storage, dtype: DType, layout: Layout) {
    // Floats, integers and their pairs take as many bytes wherever they lie; a device that holds some in fewer is asked.
    if (!layout.isWithin(storage.byteLength / dtype.itemsize) && !layout.isWithin(storage.roomFor(dtype))) {
      throw outOfBounds(storage, dtype, layout);
    }
    this.#storage = storage;
    this.dtypeCore = dtype;
    this.geometry = layout;
  }

  /** The memory. @internal */
  get storage(): Storage {
    if (!(#storage in this)) throw hollow(this);
    return this.#storage;
  }

  set storage(storage: Storage) {
    if (!(#storage in this)) throw hollow(this);
    this.#storage = storage;
  }

  /** What the tape keeps. @internal */
  get state(): DifferentiationState | null {
    if (!(#storage in this)) throw hollow(this);
    return this.#state;
  }

  set state(state: DifferentiationState | null) {
    if (!(#storage in this)) throw hollow(this);
    this.#state = state;
  }

  /** How it is written to. @internal */
  get access(): Access | null {
    if (!(#storage in this)) throw hollow(this);
    return this.#access;
  }

  set access(access: Access | null) {
    if (!(#storage in this)) throw hollow(this);
    this.#access = access;
  }

  /** The class of results; a subclass that must not breed (a Parameter) names its parent. @internal */
  get species(): Species<this> {
    return this.constructor as Species<this>;
  }

  /** As in Printed, which costs every array a constructor more. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return this.toString();
  }

  /**
   * What `Object.prototype.toString` shows: class, dtype, shape and elements, exactly. Testing tools compare objects by it and by their
   * own properties, so that equal arrays are equal for them and others are not.
   */
  get [Symbol.toStringTag](): string {
    return #storage in this ? `${this.constructor.name} ${contentsOf(this)}` : 'array';
  }
}

/** An object that was only given the class's prototype has none of the fields of an array, and a proxy does not hand them on. */
function hollow(value: object): TypeError {
  return new TypeError(Object.hasOwn(value, 'geometry')
    ? 'not an array: a Proxy around one has none of its memory, so give the array itself'
    : 'not an array: no constructor made it');
}

function outOfBounds({ byteLength }: Storage, { itemsize }: DType, { shape, strides, offset, range }: Layout): RuntimeError {
  return new RuntimeError(
    `setStorage: sizes [${shape.join(', ')}], strides [${strides.join(', ')}], storage offset ${offset}, and itemsize ${itemsize} `
    + `requiring a storage size of ${(range[1] + 1) * itemsize} are out of bounds for storage of size ${byteLength}`);
}

refuseWrites(StridedArray, 'array');

// Vue asks every object that it meets for its tag, and makes a proxy of it, unless it says this; a proxy has none of an array's memory.
Object.defineProperty(StridedArray.prototype, '__v_skip', { value: true });
Object.defineProperty(StridedArray.prototype, signature, { value: thisCopy });

/** The same memory under another layout, and perhaps as another dtype. */
export function viewOf<A extends StridedArray>(array: A, layout: Layout, dtype: DType = array.dtypeCore): A {
  const view = new array.species(array.storage, dtype, layout);
  const { access } = array;
  view.access = access === null ? ordinaryView : access.isView ? access : { ...access, isView: true };
  return view;
}

/** What counts the in-place writes that concern an array: the tape compares it to know whether a saved array is still what it was. */
export function writesOf(array: StridedArray): { version: number } {
  return array.access?.counter ?? array.storage;
}

function refuse(key: PropertyKey, error: (array: object) => TypeError): void {
  function get(this: object): never {
    throw error(this);
  }
  Object.defineProperty(StridedArray.prototype, key, { get, set: get, configurable: true });
}

for (const field of ['dtypeCore', 'geometry']) refuse(field, hollow);
// Brackets reach no element, so they say what does. There is no end to the numbers, but these are the ones that are written.
for (let place = -16; place < 256; place++) {
  refuse(place, () => new TypeError(`write a.at(${place}) for a[${place}], and a.set([${place}], value) to assign`));
}
