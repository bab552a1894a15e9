import { Printed } from '../../core/printed.ts';
import { KeyError, ValueError, refuseWrites } from '../../core/errors.ts';
import { isByColumns } from '../../core/layout.ts';
import type { StridedArray } from '../../core/strided.ts';
import { pythonRepr } from '../../core/printing/index.ts';
import { isReadOnly, repeatsElements } from '../../ops/indexing/assign.ts';

const names = ['C_CONTIGUOUS', 'F_CONTIGUOUS', 'OWNDATA', 'WRITEABLE', 'ALIGNED', 'WRITEBACKIFCOPY'] as const;

/**
 * How an array lies in memory, and whether it may be written: what `x.flags` is. Source: numpy.ndarray.flags.
 * @example
 * const x = np.zeros([2, 3]);
 * x.T.flags.c_contiguous // → false
 * x.T.flags.f_contiguous // → true
 * x.T.flags.owndata // → false
 * x.flags.writeable = false;
 * x.fill(1) // → ValueError: assignment destination is read-only
 */
class FlagsOfArray extends Printed {
  private readonly array: StridedArray;

  constructor(array: StridedArray) {
    super();
    this.array = array;
    // Names that it does not know are refused.
    Object.freeze(this);
  }

  /** Whether the elements lie row by row without gaps. */
  get c_contiguous(): boolean {
    return this.array.geometry.contiguous;
  }

  /** Whether the elements lie column by column without gaps. */
  get f_contiguous(): boolean {
    return isByColumns(this.array.geometry);
  }

  /**
   * As c_contiguous.
   * @example
   * np.zeros([2, 3]).flags.contiguous // → true
   */
  get contiguous(): boolean {
    return this.c_contiguous;
  }

  /**
   * Whether the elements lie column by column, and not row by row.
   * @example
   * np.zeros([2, 3]).T.flags.fnc // → true
   */
  get fnc(): boolean {
    return this.f_contiguous && !this.c_contiguous;
  }

  /**
   * Whether the elements lie row by row or column by column.
   * @example
   * np.zeros([2, 3]).at(':', '::2').flags.forc // → false
   */
  get forc(): boolean {
    return this.f_contiguous || this.c_contiguous;
  }

  /** Whether the memory is this array's own, and not that of one that it is a view of. */
  get owndata(): boolean {
    return !(this.array.access?.isView ?? false);
  }

  /** Whether elements may be overwritten. Set to false it holds for all views that are made from then on. */
  get writeable(): boolean {
    return !isReadOnly(this.array);
  }

  set writeable(value: boolean) {
    const { array } = this;
    const { isView = false, counter = null, owner = null, guessed = false } = array.access ?? {};
    if (value && (repeatsElements(array.geometry) || (owner !== null && owner !== array && isReadOnly(owner)))) {
      throw new ValueError('cannot set WRITEABLE flag to True of this array');
    }
    array.access = { isView, readOnly: !value, counter, owner: isView || value ? owner : array, guessed };
  }

  /**
   * Whether each element lies at a multiple of its size: always.
   * @example
   * np.zeros(3).flags.aligned // → true
   */
  get aligned(): boolean {
    return true;
  }

  /**
   * Whether a copy is to be written back: never.
   * @example
   * np.zeros(3).flags.writebackifcopy // → false
   */
  get writebackifcopy(): boolean {
    return false;
  }

  /**
   * What `x.flags[name]` is in Python. Throws a KeyError for a name that it does not know.
   * @example
   * np.zeros([2, 3]).flags.at('WRITEABLE') // → true
   */
  at(name: string): boolean {
    if (!names.includes(name as 'ALIGNED')) throw new KeyError('Unknown flag');
    return this[name.toLowerCase() as 'aligned'];
  }

  override toString(): string {
    return names.map((name) => `  ${name} : ${pythonRepr(this.at(name))}\n`).join('');
  }
}

refuseWrites(FlagsOfArray, 'numpy._core.multiarray.flagsobj');

/** A view that must not be written. */
export function frozen<A extends StridedArray>(view: A): A {
  new FlagsOfArray(view).writeable = false;
  return view;
}

export { FlagsOfArray as Flags };
