import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import { float64, int64 } from '../../core/dtype.ts';
import { contiguousLayout } from '../../core/layout.ts';
import { Storage } from '../../core/storage.ts';
import type { Species } from '../../core/strided.ts';
import { fromNumbers } from '../ndarray/conversion.ts';
import { ndarray } from '../ndarray/ndarray.ts';

/** Arrays that modules have ready: they are there before the engine is. */

class Unmade extends Storage {
  override get freed(): boolean {
    return false;
  }

  override free(): void {}
}

/** An array whose memory is taken when something first looks at it. */
class Constant extends ndarray {
  static override readonly name = 'ndarray';
  #values: readonly number[] | null;

  constructor(values: readonly number[], dtype: DType) {
    super(new Unmade(cpu, values.length * dtype.itemsize), dtype, contiguousLayout([values.length]));
    this.#values = values;
  }

  override get storage(): Storage {
    const values = this.#values;
    if (values !== null) {
      this.#values = null;
      const { storage } = fromNumbers(values, this.dtypeCore);
      // A scope in which it is first used does not end it.
      storage.pinned = true;
      super.storage = storage;
    }
    return super.storage;
  }

  override set storage(storage: Storage) {
    super.storage = storage;
  }

  override get species(): Species<this> {
    return ndarray as unknown as Species<this>;
  }
}

/** A constant of whole numbers, as Python writes them, or of floats. */
export const constant = (values: readonly number[], kind: 'whole' | 'float'): ndarray =>
  new Constant(values, kind === 'whole' ? int64 : float64);
