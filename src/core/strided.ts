import type { DType } from './dtype.ts';
import { RuntimeError } from './errors.ts';
import type { Layout } from './layout.ts';
import type { Storage } from './storage.ts';

/** What the tape keeps on an array; only `src/autograd` looks inside. */
export interface DifferentiationState {
  readonly requiresGrad: boolean;
}

/** How a façade's class is made: ops give results the class of their first operand. */
export type Species<A extends StridedArray> = new (storage: Storage, dtype: DType, layout: Layout) => A;

/** A typed, strided view of a storage: what both façades' arrays are. */
export class StridedArray {
  readonly storage: Storage;
  readonly dtypeCore: DType;
  /** Shape, strides and offset; not called layout, since that is a public name of tensors. */
  readonly geometry: Layout;
  state: DifferentiationState | null = null;

  constructor(storage: Storage, dtype: DType, layout: Layout) {
    // Floats, integers and their pairs take as many bytes wherever they lie; a device that holds some in fewer is asked.
    if (!layout.isWithin(storage.byteLength / dtype.itemsize) && !layout.isWithin(storage.roomFor(dtype))) {
      throw outOfBounds(storage, dtype, layout);
    }
    this.storage = storage;
    this.dtypeCore = dtype;
    this.geometry = layout;
  }

  /** The class of results; a subclass that must not breed (a Parameter) names its parent. */
  get species(): Species<this> {
    return this.constructor as Species<this>;
  }
}

function outOfBounds({ byteLength }: Storage, { itemsize }: DType, { shape, strides, offset, range }: Layout): RuntimeError {
  return new RuntimeError(
    `setStorage: sizes [${shape.join(', ')}], strides [${strides.join(', ')}], storage offset ${offset}, and itemsize ${itemsize} `
    + `requiring a storage size of ${(range[1] + 1) * itemsize} are out of bounds for storage of size ${byteLength}`);
}

export function viewOf<A extends StridedArray>(array: A, layout: Layout): A {
  return new array.species(array.storage, array.dtypeCore, layout);
}
