import { cpu } from '../../core/device.ts';
import type { DType } from '../../core/dtype.ts';
import { float32, float64 } from '../../core/dtype.ts';
import { writesOf } from '../../core/strided.ts';
import { empty } from '../../ops/creation.ts';
import { broadcastTo } from '../../ops/movement.ts';
import { standardGamma, standardGammaFloat } from '../../random/gamma.ts';
import type { FloatOutput } from '../../random/generator.ts';
import type { Deviates, FloatDeviates } from '../../random/deviates.ts';
import type { ArrayLike } from '../ndarray/ndarray.ts';
import { ndarray } from '../ndarray/ndarray.ts';
import { realParameter } from './distribution.ts';
import type { Size } from './draw.ts';
import { resultShape, shapeFrom } from './draw.ts';
import { nonNegative } from './limits.ts';

/** Standard gamma numbers of either float dtype, also into an array that was checked to be one's own memory in order. */
export function drawGammas(
  source: Deviates & FloatDeviates, shape: ArrayLike, size: Size | undefined, type: DType, out: ndarray | undefined,
): number | ndarray {
  const given = realParameter(shape);
  const draw: (value: number) => number = type === float32
    ? (value) => standardGammaFloat(source, Math.fround(value)) : (value) => standardGamma(source, value);
  if (typeof given === 'number') {
    nonNegative('shape', [given], false);
    if (size === undefined && out === undefined) return draw(given);
    const result = out ?? empty(ndarray, shapeFrom(size!, float64), type, cpu);
    const numbers = result.data as FloatOutput;
    for (let i = 0; i < result.size; i++) numbers[i] = draw(given);
    return written(result, out);
  }
  nonNegative('shape', given.toTypedArray() as Float64Array, true);
  const extents = resultShape([given.shape], out?.shape ?? size);
  const values = broadcastTo<ndarray>(given, extents).toTypedArray() as Float64Array;
  const result = out ?? empty(ndarray, extents, type, cpu);
  const numbers = result.data as FloatOutput;
  for (let i = 0; i < values.length; i++) numbers[i] = draw(values[i]);
  return written(result, out);
}

function written(result: ndarray, out: ndarray | undefined): ndarray {
  if (out !== undefined) writesOf(out).version++;
  return result;
}
