import { contentsOf } from './core/contents.ts';
import { refuseAnotherCopy } from './core/copies.ts';
import { deviceText } from './core/device.ts';
import { RuntimeError } from './core/errors.ts';
import { sameShape } from './core/layout.ts';
import { StridedArray } from './core/strided.ts';
import { isDeferred } from './ops/host.ts';

/** What test runners are told of arrays. */

/** What `expect.addEqualityTesters` takes, in vitest and jest: undefined for values that are not the tester's. */
export type EqualityTester = (a: unknown, b: unknown) => boolean | undefined;

function checkReadable(array: StridedArray): void {
  if (!isDeferred(array)) return;
  throw new RuntimeError(`a tensor on ${deviceText(array.storage.device)} cannot be compared: compare await x.cpu()`);
}

/**
 * Whether two arrays are equal: of one class, dtype and shape, with the same elements, NaN among them and zeros of one sign. Undefined
 * where neither is an array. Tensors on the GPU are an error, since their elements cannot be read at once.
 */
export function equalArrays(a: unknown, b: unknown): boolean | undefined {
  refuseAnotherCopy(a);
  refuseAnotherCopy(b);
  if (!(a instanceof StridedArray) || !(b instanceof StridedArray)) {
    return a instanceof StridedArray || b instanceof StridedArray ? false : undefined;
  }
  if (a.constructor !== b.constructor || a.dtypeCore !== b.dtypeCore || !sameShape(a.geometry.shape, b.geometry.shape)) return false;
  checkReadable(a);
  checkReadable(b);
  return contentsOf(a) === contentsOf(b);
}

/** For `expect.addEqualityTesters(testers)` in a setup file: arrays are compared whole, in one step instead of row by row. */
export const testers: EqualityTester[] = [equalArrays];
