import { numpyArray } from '../core/arrays.ts';
import { bfloat16 } from '../core/dtype.ts';
import { RuntimeError, ValueError, pythonTypeName } from '../core/errors.ts';
import type { ndarray } from '../numpy/ndarray/ndarray.ts';
import { keyed } from './arguments/keyed.ts';
import { Tensor } from './tensor/tensor.ts';

/** The one place where the two façades meet: arrays and tensors on the same memory. */

/**
 * A tensor on the array's memory: writing into one changes the other. Source: torch.from_numpy.
 * @example
 * const a = np.ones(3);
 * const t = torch.from_numpy(a);
 * a.add_(1);
 * t; // → tensor([2., 2., 2.], dtype=torch.float64)
 */
export const from_numpy = keyed('from_numpy', 'ndarray', (array: ndarray): Tensor => {
  if (numpyArray === null || !(array instanceof numpyArray)) {
    throw new TypeError(`expected np.ndarray (got ${pythonTypeName(array)})`);
  }
  if (array.geometry.strides.some((stride, axis) => stride < 0 && array.geometry.shape[axis] > 1)) {
    throw new ValueError(
      'At least one stride in the given numpy array is negative, and tensors with negative strides are not currently supported. '
      + '(You can probably work around this by making a copy of your array  with array.copy().) ');
  }
  return new Tensor(array.storage, array.dtypeCore, array.geometry);
});

/**
 * An array on the tensor's memory: writing into one changes the other. Bundles carry NumPy where they import it.
 * Source: torch.Tensor.numpy.
 * @example
 * torch.ones(2).numpy(); // → [1. 1.]
 */
export const numpy = keyed('numpy', 'self, *, force=False', (input: Tensor, force: boolean = false): ndarray => {
  if (input.requires_grad && !force) {
    throw new RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.");
  }
  if (input.storage.device.type !== 'cpu') {
    throw new TypeError(
      `can't convert ${String(input.device)} device type tensor to numpy. `
      + 'Use (await tensor.cpu()).numpy() to copy the tensor to host memory first.');
  }
  if (input.dtypeCore === bfloat16) throw new TypeError('Got unsupported ScalarType BFloat16');
  if (numpyArray === null) throw new RuntimeError("Numpy is not available: import 'flambeau/numpy' beside 'flambeau/torch'");
  return new numpyArray(input.storage, input.dtypeCore, input.geometry) as ndarray;
});
