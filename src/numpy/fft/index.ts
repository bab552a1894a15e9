/** `np.fft`: discrete Fourier transforms. */
export { fft, fft2, fftn, ifft, ifft2, ifftn } from './standard.ts';
export { irfft, irfft2, irfftn, rfft, rfft2, rfftn } from './real.ts';
export { hfft, ihfft } from './hermitian.ts';
export { fftfreq, fftshift, ifftshift, rfftfreq } from './helpers.ts';
export type { Norm } from './transform.ts';
