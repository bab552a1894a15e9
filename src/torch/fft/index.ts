/** Discrete Fourier transforms. Source: torch.fft. */
export { fftfreq, fftshift, ifftshift, rfftfreq } from './helpers.ts';
export { hfft, hfft2, hfftn, ihfft, ihfft2, ihfftn, irfft, irfft2, irfftn, rfft, rfft2, rfftn } from './real.ts';
export { fft, fft2, fftn, ifft, ifft2, ifftn } from './standard.ts';
export type { Norm } from './transform.ts';
