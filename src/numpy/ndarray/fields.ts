import { NotImplementedError, ValueError } from '../../core/errors.ts';
import { contiguousLayout, stridedLayout } from '../../core/layout.ts';
import { viewOf } from '../../core/strided.ts';
import { compiledSignature, method, parsed } from '../arguments/routine.ts';
import type { DTypeLike } from '../dtypes/dtype.ts';
import { coreOf, float64_ } from '../dtypes/dtype.ts';
import { asArray, checkWritable, writeInto } from './conversion.ts';
import type { ArrayLike, ndarray } from './ndarray.ts';

/** Parts of the bytes of elements, and what is behind a view. */

function fieldOf(x: ndarray, dtype: DTypeLike | null, offset: number): ndarray {
  const type = coreOf(dtype) ?? float64_.core;
  const { itemsize } = x.dtypeCore;
  if (offset < 0) throw new ValueError('offset is negative');
  if (type.itemsize > itemsize) throw new ValueError('new type is larger than original type');
  if (offset > itemsize - type.itemsize) throw new ValueError('new type plus offset is larger than original type');
  const { shape, strides, offset: start } = x.geometry;
  const [scale, skip] = [itemsize / type.itemsize, offset / type.itemsize];
  if (!Number.isInteger(scale) || !Number.isInteger(skip)) {
    throw new NotImplementedError(
      `elements of ${type.itemsize} bytes lie at multiples of their size here, so that offset ${offset} is none`);
  }
  return viewOf<ndarray>(x, stridedLayout(shape, strides.map((stride) => stride * scale), start * scale + skip), type);
}

export const getfield = method('getfield', 'dtype, offset: int=0', (x: ndarray, dtype: DTypeLike | null, offset: number = 0): ndarray =>
  fieldOf(x, dtype, offset), parsed);

export const setfield = method('setfield', 'val, dtype, offset: int=0', (
  x: ndarray, val: ArrayLike, dtype: DTypeLike | null, offset: number = 0,
): void => {
  checkWritable(x);
  const field = fieldOf(x, dtype, offset);
  writeInto(field, asArray(val, field.dtypeCore));
}, parsed);

/** The whole memory behind a view in one axis, null of an array that has its own. */
export function baseOf(x: ndarray): ndarray | null {
  if (!(x.access?.isView ?? false)) return null;
  const size = Math.floor(x.storage.byteLength / x.dtypeCore.itemsize);
  return viewOf<ndarray>(x, contiguousLayout([size]));
}

const dumped = compiledSignature('ndarray.dump', 'file');
const dumpedText = compiledSignature('ndarray.dumps', '');
const refusal = "Python's pickles are neither written nor read: np.save(file, x) writes an array, x.tobytes() gives its bytes";

export function dump(...args: readonly unknown[]): never {
  dumped.list(args);
  throw new NotImplementedError(refusal);
}

export function dumps(...args: readonly unknown[]): never {
  dumpedText.list(args);
  throw new NotImplementedError(refusal);
}
