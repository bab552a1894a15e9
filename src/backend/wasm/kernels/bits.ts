import type { StridedArray } from '../../../core/strided.ts';
import type { Declined, Kernels } from '../../kernels.ts';
import { declined } from '../../kernels.ts';
import { plainExports } from '../module.ts';
import { staged } from '../staging.ts';

/** Lines without gaps, as one where every bit of the bytes is one of theirs. */
function convert(name: 'packBits' | 'unpackBits', x: StridedArray, out: StridedArray, little: boolean): void | Declined {
  const { geometry: { shape, size, contiguous } } = x;
  if (!contiguous) return declined;
  if (size === 0) return undefined;
  const last = shape[shape.length - 1];
  const lines = name === 'unpackBits' || last % 8 === 0 ? 1 : size / last;
  return staged((stage) => {
    const [from, to] = [stage.address(x), stage.address(out, 'write')];
    for (let line = 0; line < lines; line++) {
      plainExports()[name](from + line * last, size / lines, to + line * (out.geometry.size / lines), little ? 1 : 0);
    }
  });
}

export const packBits: Kernels['packBits'] = ([x], { little }, [out]) => convert('packBits', x, out, little);
export const unpackBits: Kernels['unpackBits'] = ([x], { little }, [out]) => convert('unpackBits', x, out, little);
