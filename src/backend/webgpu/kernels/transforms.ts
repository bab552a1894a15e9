import type { Kernels } from '../../kernels.ts';
import { declined } from '../../kernels.ts';
import { canTransform, transform, transformReal, transformToReal } from '../fourier.ts';
import { gpuOf } from '../gpu.ts';

export const fftC2C: Kernels['fftC2C'] = ([x], { axes, ...manner }, [out]) => {
  const gpu = gpuOf(out);
  const { shape, size } = out.geometry;
  if (axes.length === 0 || !canTransform(gpu, x, shape, axes)) return declined;
  if (size > 0) transform(gpu, x, axes, manner, out);
  return undefined;
};

export const fftR2C: Kernels['fftR2C'] = ([x], { axis, ...manner }, [out]) => {
  const gpu = gpuOf(out);
  if (!canTransform(gpu, x, x.geometry.shape, [axis])) return declined;
  if (out.geometry.size > 0) transformReal(gpu, x, axis, manner, out);
  return undefined;
};

export const fftC2R: Kernels['fftC2R'] = ([x], { axis, ...manner }, [out]) => {
  const gpu = gpuOf(out);
  const { shape, size } = out.geometry;
  if (!canTransform(gpu, x, shape, [axis])) return declined;
  if (size > 0) transformToReal(gpu, x, axis, manner, out);
  return undefined;
};
