import type { Kernels } from '../../kernels.ts';
import { declined } from '../../kernels.ts';
import { canConvolve, convolve } from '../convolution.ts';
import { gpuOf } from '../gpu.ts';
import { fill } from '../move.ts';

export const convolution: Kernels['convolution'] = ([image, weight, bias], { size, ...params }, [out]) => {
  const gpu = gpuOf(out);
  if (!canConvolve(gpu, [image, weight, bias, out], size.length) || image.geometry.size * weight.geometry.size === 0) return declined;
  if (out.geometry.size > 0) {
    convolve(gpu, {
      ...params, direction: 'forward', a: weight, b: image, bias, out, kernel: weight.geometry.shape.slice(2), places: size,
    });
  }
  return undefined;
};

export const convolutionTransposed: Kernels['convolutionTransposed'] = ([image, weight, bias], { size, ...params }, [out]) => {
  const gpu = gpuOf(out);
  if (!canConvolve(gpu, [image, weight, bias, out], size.length) || image.geometry.size * weight.geometry.size === 0) return declined;
  if (out.geometry.size > 0) {
    convolve(gpu, {
      ...params, direction: 'transposed', a: weight, b: image, bias, out, kernel: weight.geometry.shape.slice(2),
      places: image.geometry.shape.slice(2),
    });
  }
  return undefined;
};

export const convolutionWeight: Kernels['convolutionWeight'] = ([x, g], { size, ...params }, [out]) => {
  const gpu = gpuOf(out);
  if (!canConvolve(gpu, [x, g, out], size.length)) return declined;
  if (x.geometry.size * g.geometry.size === 0) fill(gpu, out, 0);
  else if (out.geometry.size > 0) {
    convolve(gpu, { ...params, direction: 'weight', a: g, b: x, bias: null, out, kernel: size, places: g.geometry.shape.slice(2) });
  }
  return undefined;
};
