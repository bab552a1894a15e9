import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import { ValueError } from '../../core/errors.ts';
import { isByColumns } from '../../core/layout.ts';
import { castCopy } from '../../ops/cast.ts';
import * as make from '../../ops/creation.ts';
import { clone, permute } from '../../ops/movement.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { writeInto } from '../ndarray/conversion.ts';

/** Orders of memory that arguments name. */

export type Order = 'C' | 'F';
/** 'A': as the operand where that is column-major alone; 'K': as its elements lie. */
export type MemoryOrder = Order | 'A' | 'K';

/** An uninitialised array whose memory runs in the asked-for order. */
export function blank(shape: readonly number[], dtype: DType, order: Order = 'C'): ndarray {
  if (order !== 'C' && order !== 'F') throw new ValueError("only 'C' or 'F' order is permitted");
  if (order !== 'F' || shape.length < 2) return make.empty(ndarray, shape, dtype, cpu);
  const reversed = make.empty(ndarray, [...shape].reverse(), dtype, cpu);
  return permute<ndarray>(reversed, shape.map((_, axis) => shape.length - 1 - axis));
}

/** A copy in the order of memory that was asked for. */
export function arrangedAs(x: ndarray, order: Order): ndarray {
  const result = blank(x.shape, x.dtypeCore, order);
  writeInto(result, x);
  return result;
}

/** An array in the order that was asked for, in memory of its own where a copy was; `object` is what it was made of. */
export function arranged(object: ArrayLike, x: ndarray, order: MemoryOrder | null | undefined, copying: boolean | null): ndarray {
  const rows = x.geometry.contiguous;
  const columns = isByColumns(x.geometry);
  const byColumns = order === 'F' || (order === 'A' && columns && !rows);
  const fits = order === 'F' ? columns : order === 'C' ? rows : order !== 'A' || rows || columns;
  const shared = object instanceof ndarray && x.storage === object.storage;
  if (copying === false && !(shared && fits)) {
    throw new ValueError('Unable to avoid copy while creating an array as requested.\nIf using `np.array(obj, copy=False)` replace it '
      + 'with `np.asarray(obj)` to allow a copy when needed (no behavior change in NumPy 1.x).\n'
      + 'For more details, see https://numpy.org/devdocs/numpy_2_0_migration_guide.html'
      + '#adapting-to-changes-in-the-copy-keyword.');
  }
  if (fits && !(shared && copying === true)) return x;
  return byColumns ? arrangedAs(x, 'F') : order === 'K' || !order ? castCopy(x, x.dtypeCore) : clone<ndarray>(x);
}
