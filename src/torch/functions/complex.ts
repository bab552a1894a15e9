import { isComplex } from '../../core/dtype.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { cast } from '../../ops/cast.ts';
import * as parts from '../../ops/complex.ts';
import { conj as conjugated } from '../../ops/pointwise/index.ts';
import { complexView, partsView } from '../../ops/views.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { keyed, keyedOut } from '../arguments/keyed.ts';
import { checkBroadcast, floatingType } from '../arguments/operands.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Complex tensors and their parts. */

/**
 * The real parts, as a view; a real tensor itself. Source: torch.real.
 * @example
 * torch.real(torch.tensor([new torch.Complex(1, 2)])); // → tensor([1.])
 */
export const real = keyed('real', 'input', (input: Tensor): Tensor => input.real);

/**
 * The imaginary parts, as a view. Throws a RuntimeError for real tensors. Source: torch.imag.
 * @example
 * torch.imag(torch.tensor([new torch.Complex(1, 2)])); // → tensor([2.])
 */
export const imag = keyed('imag', 'input', (input: Tensor): Tensor => input.imag);

/**
 * A complex tensor as a real one with a last dimension of the two parts, as a view. Source: torch.view_as_real.
 * @example
 * torch.view_as_real(torch.tensor([new torch.Complex(1, 2)])); // → tensor([[1., 2.]])
 */
export const view_as_real = keyed('view_as_real', 'input', (input: Tensor): Tensor => {
  if (!isComplex(input.dtypeCore)) throw new TypeError('view_as_real is only supported for complex tensors');
  return partsView(input);
});

/**
 * A real tensor whose last dimension holds two parts as a complex one, as a view. Source: torch.view_as_complex.
 * @example
 * torch.view_as_complex(torch.tensor([[1.5, 2.5]])); // → tensor([1.5000+2.5000j])
 */
export const view_as_complex = keyed('view_as_complex', 'input', (input: Tensor): Tensor => {
  const type = input.dtypeCore;
  const { shape, strides, offset } = input.geometry;
  if (type.kind !== 'float' || type.itemsize < 4) {
    throw new NotImplementedError(
      `view_as_complex is only supported for half, float and double tensors, but got a tensor of scalar type: ${scalarTypeName(type)}`);
  }
  const last = shape.length - 1;
  if (last < 0) throw new RuntimeError('Input tensor must have one or more dimensions');
  if (shape[last] !== 2) throw new RuntimeError('Tensor must have a last dimension of size 2');
  if (strides[last] !== 1) throw new RuntimeError('Tensor must have a last dimension with stride 1');
  if (strides.some((stride, axis) => axis < last && stride % 2 !== 0)) {
    throw new RuntimeError('Tensor must have a stride divisible by 2 for all but last dimension');
  }
  if (offset % 2 !== 0) throw new RuntimeError('Tensor must have a storage_offset divisible by 2');
  return complexView(input);
});

/** Parts of one floating dtype that broadcast. */
function checkParts(a: Tensor, b: Tensor): void {
  const types = [a.dtypeCore, b.dtypeCore];
  if (types.some((type) => type.kind !== 'float' || type.itemsize < 4)) {
    throw new NotImplementedError(
      `Expected both inputs to be Half, Float or Double tensors but got ${scalarTypeName(types[0])} and ${scalarTypeName(types[1])}`);
  }
  if (types[0] !== types[1]) {
    throw new RuntimeError(
      `Expected object of scalar type ${scalarTypeName(types[0])} but got scalar type ${scalarTypeName(types[1])} for second argument`);
  }
  checkBroadcast([a, b]);
}

/**
 * A complex tensor out of real and imaginary parts. Source: torch.complex.
 * @example
 * torch.complex(torch.tensor([1.5]), torch.tensor([2.5])); // → tensor([1.5000+2.5000j])
 */
export const complex = keyedOut('complex', 'real: Tensor, imag: Tensor, *, out=None', (real: Tensor, imag: Tensor): Tensor => {
  checkParts(real, imag);
  return parts.complex(real, imag);
});

/**
 * A complex tensor out of moduli and angles. Source: torch.polar.
 * @example
 * torch.polar(torch.tensor([2.5]), torch.tensor([Math.PI / 2])); // → tensor([-1.0928e-07+2.5000j])
 */
export const polar = keyedOut('polar', 'abs: Tensor, angle: Tensor, *, out=None', (abs: Tensor, angle: Tensor): Tensor => {
  checkParts(abs, angle);
  return parts.polar(abs, angle);
});

/**
 * The angle of each element in radians: of real ones π where negative, else 0. Source: torch.angle.
 * @example
 * torch.angle(torch.tensor([-1.5, 2])); // → tensor([3.1416, 0.0000])
 */
export const angle = keyedOut('angle', 'input, *, out=None',
  (input: Tensor): Tensor => parts.angle(cast(input, floatingType(input.dtypeCore))));

/**
 * The complex conjugate, as a copy; a real tensor itself. Source: torch.conj.
 * @example
 * torch.conj(torch.tensor([new torch.Complex(1, 2)])); // → tensor([1.-2.j])
 */
export const conj = keyed('conj', 'input', (input: Tensor): Tensor => conjugated(input));
/**
 * The tensor itself: conjugation is never pending. Source: torch.resolve_conj.
 * @example
 * torch.resolve_conj(torch.tensor([new torch.Complex(1, 2)])); // → tensor([1.+2.j])
 */
export const resolve_conj = keyed('resolve_conj', 'input', (input: Tensor): Tensor => input);
/**
 * A matrix transposed and conjugated. Source: torch.adjoint.
 * @example
 * torch.adjoint(torch.tensor([[new torch.Complex(1, 2), 3]])); // → tensor([[1.-2.j],
 *                                                              //           [3.-0.j]])
 */
export const adjoint = keyed('adjoint', 'input', (input: Tensor): Tensor => conj(input.mT));
