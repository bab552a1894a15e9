import { bfloat16 } from '../core/dtype.ts';
import { RuntimeError } from '../core/errors.ts';
import { ndarray } from '../numpy/array.ts';
import '../numpy/methods.ts';
import { describe } from './operands.ts';
import { Tensor } from './tensor.ts';

/** The one place where the two façades meet: arrays and tensors on the same memory. */

/**
 * A tensor on the array's memory: writing into one changes the other. Source: torch.from_numpy.
 * @example
 * const a = np.ones(3);
 * const t = torch.from_numpy(a);
 * a.add_(1);
 * t; // → tensor([2., 2., 2.], dtype=torch.float64)
 */
export function from_numpy(array: ndarray): Tensor {
  if (!(array instanceof ndarray)) {
    throw new TypeError(`expected np.ndarray (got ${describe(array)})`);
  }
  return new Tensor(array.storage, array.dtypeCore, array.layout);
}

/**
 * An array on the tensor's memory: writing into one changes the other. Source: torch.Tensor.numpy.
 * @example
 * torch.ones(2).numpy(); // → [1. 1.]
 */
export function numpy(input: Tensor): ndarray {
  if (input.requires_grad) {
    throw new RuntimeError("Can't call numpy() on Tensor that requires grad. Use tensor.detach().numpy() instead.");
  }
  if (input.storage.device.type !== 'cpu') {
    throw new TypeError(
      `can't convert ${String(input.device)} device type tensor to numpy. `
      + 'Use (await tensor.cpu()).numpy() to copy the tensor to host memory first.');
  }
  if (input.dtypeCore === bfloat16) throw new TypeError('Got unsupported ScalarType BFloat16');
  return new ndarray(input.storage, input.dtypeCore, input.layout);
}
