import { sameShape } from '../../../core/layout.ts';
import type { StridedArray } from '../../../core/strided.ts';
import type { Declined, Kernels } from '../../kernels.ts';
import { declined } from '../../kernels.ts';
import { plainExports } from '../module.ts';
import { elements, kernelDType } from '../names.ts';
import { staged } from '../staging.ts';

/** Kernels of whole rows: along the last axes of arrays without gaps. What lies otherwise is put together from other ops. */

type FloatElement = 'f32' | 'f64';
const elementOf = (x: StridedArray): FloatElement => elements[kernelDType(x).name] as FloatElement;

export const layerNorm: Kernels['layerNorm'] = ([x, weight, bias], { axes, eps }, [out, means, variances, scales]) => {
  const { geometry: { shape, size, contiguous } } = x;
  const over = shape.slice(shape.length - axes.length);
  const fits = (operand: StridedArray | null): boolean =>
    operand === null || (operand.geometry.contiguous && sameShape(operand.geometry.shape, over));
  if (size === 0 || !contiguous || !fits(weight) || !fits(bias)) return declined;
  const rows = means.geometry.size;
  return staged((stage) => {
    const address = (array: StridedArray | null): number => (array === null ? 0 : stage.address(array));
    plainExports()[`layerNorm_${elementOf(x)}`](
      address(x), address(weight), address(bias), stage.address(out, 'write'), stage.address(means, 'write'),
      stage.address(variances, 'write'), stage.address(scales, 'write'), rows, size / rows, eps);
  });
};

function alongRows(kernel: 'softmax' | 'logSoftmax', x: StridedArray, axis: number, out: StridedArray): void | Declined {
  const { geometry: { shape, size, contiguous } } = x;
  if (size === 0 || !contiguous || axis < shape.length - 1) return declined;
  const n = shape.at(-1) ?? 1;
  return staged((stage) => {
    plainExports()[`${kernel}_${elementOf(x)}`](stage.address(x), stage.address(out, 'write'), size / n, n);
  });
}

export const softmax: Kernels['softmax'] = ([x], { axis }, [out]) => alongRows('softmax', x, axis, out);

/** Sums of half floats are rounded on the way, which this does not do. */
export const logSoftmax: Kernels['logSoftmax'] = ([x], { axis, sums }, [out]) =>
  (sums === null ? alongRows('logSoftmax', x, axis, out) : declined);
