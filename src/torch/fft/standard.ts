import { alongOne, alongSeveral, alongTwo, complexAlong, transformsOf } from './transform.ts';
import type { Norm, Sizes } from './transform.ts';
import type { Tensor } from '../tensor/tensor.ts';

/** Complex transforms. */

const one = (name: string, forward: boolean) =>
  alongOne(name, (extent) => extent, (input, axis, n, norm) => complexAlong(input, [axis], [n], forward, norm));

const several = (forward: boolean) => (input: Tensor, s: readonly number[] | null, dim: Sizes, norm?: Norm | null): Tensor => {
  const { axes, lengths } = transformsOf(input, s, dim);
  return complexAlong(input, axes, lengths, forward, norm);
};

/**
 * The discrete Fourier transform along a dimension (the last) of its first `n` elements, or with zeros after them. `norm`: 'backward'
 * (None), 'ortho' or 'forward', which divides by n. Source: torch.fft.fft.
 * @example
 * torch.fft.fft(torch.tensor([1, 2, 3, 4])); // → tensor([10.+0.j, -2.+2.j, -2.+0.j, -2.-2.j])
 */
export const fft = one('fft', true);

/**
 * What has the given discrete Fourier transform: the inverse of fft, which divides by n unless `norm` says otherwise. Source:
 * torch.fft.ifft.
 * @example
 * torch.fft.ifft(torch.tensor([10, -2, -2, -2])).real; // → tensor([1., 3., 3., 3.])
 */
export const ifft = one('ifft', false);

/**
 * The transform along two dimensions (the last two), trimmed or padded with zeros to the extents `s`. Source: torch.fft.fft2.
 * @example
 * torch.fft.fft2(torch.tensor([[1, 2], [3, 4]])); // → tensor([[10.+0.j, -2.+0.j],
 *                                                 //           [-4.+0.j,  0.+0.j]])
 */
export const fft2 = alongTwo('fft2', several(true));

/**
 * The inverse of fft2. Source: torch.fft.ifft2.
 * @example
 * torch.fft.ifft2(torch.tensor([[10, -2], [-4, 0]])); // → tensor([[1.+0.j, 2.+0.j],
 *                                                     //           [3.+0.j, 4.+0.j]])
 */
export const ifft2 = alongTwo('ifft2', several(false));

/**
 * The transform along dimensions (all, or as many of the last as `s` has extents), trimmed or padded with zeros to the extents `s`.
 * Throws a RuntimeError for one that is named twice. Source: torch.fft.fftn.
 * @example
 * torch.fft.fftn(torch.ones(2, 2)); // → tensor([[4.+0.j, 0.+0.j],
 *                                   //           [0.+0.j, 0.+0.j]])
 */
export const fftn = alongSeveral('fftn', several(true));

/**
 * The inverse of fftn. Source: torch.fft.ifftn.
 * @example
 * torch.fft.ifftn(torch.tensor([[4, 0], [0, 0]])); // → tensor([[1.+0.j, 1.+0.j],
 *                                                  //           [1.+0.j, 1.+0.j]])
 */
export const ifftn = alongSeveral('ifftn', several(false));
