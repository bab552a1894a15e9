import { RuntimeError } from '../../core/errors.ts';
import type { Tensor } from '../tensor/tensor.ts';
import { alongOne, alongSeveral, alongTwo, checkReal, halfAlong, realAlong, realTransformsOf, transformsOf } from './transform.ts';
import type { Norm, Sizes } from './transform.ts';

/** Transforms from real numbers and to them, and the same of what mirrors itself, whose spectrum is real. */

const half = (name: string, forward: boolean) =>
  alongOne(name, (extent) => extent, (input, axis, n, norm) => halfAlong(name, input, [axis], [n], forward, norm));

const real = (name: string, forward: boolean) =>
  alongOne(name, (extent) => 2 * (extent - 1), (input, axis, n, norm) => realAlong(input, [axis], [n], forward, norm));

const halves = (name: string, forward: boolean) =>
  (input: Tensor, s: readonly number[] | null, dim: Sizes, norm?: Norm | null): Tensor => {
    checkReal(name, input, 'real-valued');
    const { axes, lengths } = transformsOf(input, s, dim);
    if (axes.length === 0) throw new RuntimeError(`${name} must transform at least one axis`);
    return halfAlong(name, input, axes, lengths, forward, norm);
  };

const reals = (name: string, forward: boolean) =>
  (input: Tensor, s: readonly number[] | null, dim: Sizes, norm?: Norm | null): Tensor => {
    const { axes, lengths } = realTransformsOf(name, input, s, dim);
    return realAlong(input, axes, lengths, forward, norm);
  };

/**
 * The transform of real numbers along a dimension (the last) of `n` elements, as far as number n / 2: the others are conjugates of these.
 * Throws a RuntimeError for complex numbers. Source: torch.fft.rfft.
 * @example
 * torch.fft.rfft(torch.tensor([1, 2, 3, 4])); // → tensor([10.+0.j, -2.+2.j, -2.+0.j])
 */
export const rfft = half('rfft', true);

/**
 * The inverse of rfft: `n` real numbers, twice as many as there are beside the first and the last if left out. Source: torch.fft.irfft.
 * @example
 * torch.fft.irfft(torch.tensor([10, -2, -2])); // → tensor([1., 3., 3., 3.])
 */
export const irfft = real('irfft', false);

/**
 * rfft along the last of two dimensions (the last two), and fft along the other. Source: torch.fft.rfft2.
 * @example
 * torch.fft.rfft2(torch.tensor([[1, 2], [3, 4]])); // → tensor([[10.+0.j, -2.+0.j],
 *                                                  //           [-4.+0.j,  0.+0.j]])
 */
export const rfft2 = alongTwo('rfft2', halves('rfft2', true));

/**
 * The inverse of rfft2. Source: torch.fft.irfft2.
 * @example
 * torch.fft.irfft2(torch.tensor([[10, -2], [-4, 0]])); // → tensor([[1., 2.],
 *                                                      //           [3., 4.]])
 */
export const irfft2 = alongTwo('irfft2', reals('irfft2', false));

/**
 * rfft along the last of the dimensions (all, or as many of the last as `s` has extents), and fft along the others. Source:
 * torch.fft.rfftn.
 * @example
 * torch.fft.rfftn(torch.ones(2, 2)); // → tensor([[4.+0.j, 0.+0.j],
 *                                    //           [0.+0.j, 0.+0.j]])
 */
export const rfftn = alongSeveral('rfftn', halves('rfftn', true));

/**
 * The inverse of rfftn. Source: torch.fft.irfftn.
 * @example
 * torch.fft.irfftn(torch.tensor([[4, 0], [0, 0]])); // → tensor([[1., 1.],
 *                                                   //           [1., 1.]])
 */
export const irfftn = alongSeveral('irfftn', reals('irfftn', false));

/**
 * The real spectrum of `n` numbers that are given as far as half of them, the others being their conjugates. Source: torch.fft.hfft.
 * @example
 * torch.fft.hfft(torch.tensor([1, 2, 3])); // → tensor([ 8., -2.,  0., -2.])
 */
export const hfft = real('hfft', true);

/**
 * The inverse of hfft: what has a real spectrum, as far as half of it. Source: torch.fft.ihfft.
 * @example
 * torch.fft.ihfft(torch.tensor([8, -2, 0, -2])).real; // → tensor([1., 2., 3.])
 */
export const ihfft = half('ihfft', false);

/**
 * hfft along the last of two dimensions (the last two), and fft along the other. Source: torch.fft.hfft2.
 * @example
 * torch.fft.hfft2(torch.tensor([[1, 2], [3, 4]])); // → tensor([[10., -2.],
 *                                                  //           [-4.,  0.]])
 */
export const hfft2 = alongTwo('hfft2', reals('hfft2', true));

/**
 * The inverse of hfft2. Source: torch.fft.ihfft2.
 * @example
 * torch.fft.ihfft2(torch.tensor([[10, -2], [-4, 0]])).real; // → tensor([[1., 2.],
 *                                                           //           [3., 4.]])
 */
export const ihfft2 = alongTwo('ihfft2', halves('ihfft2', false));

/**
 * hfft along the last of the dimensions (all, or as many of the last as `s` has extents), and fft along the others. Source:
 * torch.fft.hfftn.
 * @example
 * torch.fft.hfftn(torch.ones(2, 2)); // → tensor([[4., 0.],
 *                                    //           [0., 0.]])
 */
export const hfftn = alongSeveral('hfftn', reals('hfftn', true));

/**
 * The inverse of hfftn. Source: torch.fft.ihfftn.
 * @example
 * torch.fft.ihfftn(torch.tensor([[4, 0], [0, 0]])).real; // → tensor([[1., 1.],
 *                                                        //           [1., 1.]])
 */
export const ihfftn = alongSeveral('ihfftn', halves('ihfftn', false));
