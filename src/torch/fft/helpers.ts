import { vectorOf } from '../../ops/creation.ts';
import { roll } from '../../ops/copies.ts';
import { keyed } from '../arguments/keyed.ts';
import type { FactoryOptions } from '../functions/creation.ts';
import { checkPinned, factory, factoryText, finish, placeFor, typeFor } from '../functions/creation.ts';
import { Tensor, wrapDimension } from '../tensor/tensor.ts';
import { inFft } from './transform.ts';

/** The frequencies of a spectrum, and the order in which they stand. */

interface Frequencies {
  (n: number, d?: number | FactoryOptions, options?: FactoryOptions): Tensor;
  (options: FactoryOptions & { readonly n: number; readonly d?: number }): Tensor;
}

/** Places over n · d, the whole of them in the dtype of the result. */
function frequencies(name: string, countOf: (n: number) => number, placeOf: (i: number, n: number) => number): Frequencies {
  return factory<Frequencies, { readonly n: number; readonly d?: number }>(
    `fft.fft_${name}`, [`n: int, d: float = 1.0, *, out=None, ${factoryText}`, ({ n, d = 1, ...options }) => {
      checkPinned(options);
      const type = typeFor(options);
      const step = 1 / (n * d);
      return finish(vectorOf(Tensor, countOf(n), (i) => placeOf(i, n) * step, type, placeFor(options)), options);
    }]);
}

/**
 * The frequencies of a transform of n elements that are d apart: from 0 up, and then the negative ones. Source: torch.fft.fftfreq.
 * @example
 * torch.fft.fftfreq(5, 0.5); // → tensor([ 0.0000,  0.4000,  0.8000, -0.8000, -0.4000])
 */
export const fftfreq = frequencies('fftfreq', (n) => n, (i, n) => (i < Math.floor((n + 1) / 2) ? i : i - n));

/**
 * The frequencies of rfft for n elements that are d apart, from 0 up. Source: torch.fft.rfftfreq.
 * @example
 * torch.fft.rfftfreq(4); // → tensor([0.0000, 0.2500, 0.5000])
 */
export const rfftfreq = frequencies('rfftfreq', (n) => Math.floor(n / 2) + 1, (i) => i);

/** Dimensions moved round by half their extent, up or down. */
const shifted = (name: string, ceiling: boolean) => keyed(`fft.${name}`, 'input, dim: tuple of ints | int = None', (
  input: Tensor, dim?: number | readonly number[] | null,
): Tensor => {
  const { shape } = input.geometry;
  const axes = dim === undefined || dim === null ? shape.map((_, axis) => axis)
    : (typeof dim === 'number' ? [dim] : dim).map((each) => wrapDimension(each, shape.length));
  return roll(input, axes.map((axis) => Math.floor((shape[axis] + (ceiling ? 1 : 0)) / 2)), axes);
}, inFft);

/**
 * A spectrum with its frequencies in order, 0 in the middle: dimensions (all) moved round by half their extent. Source:
 * torch.fft.fftshift.
 * @example
 * torch.fft.fftshift(torch.tensor([0, 1, 2, -2, -1])); // → tensor([-2, -1,  0,  1,  2])
 */
export const fftshift = shifted('fftshift', false);

/**
 * The inverse of fftshift. Source: torch.fft.ifftshift.
 * @example
 * torch.fft.ifftshift(torch.tensor([-2, -1, 0, 1, 2])); // → tensor([ 0,  1,  2, -2, -1])
 */
export const ifftshift = shifted('ifftshift', true);

