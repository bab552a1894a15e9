import { float64, int64 } from '../../core/dtype.ts';
import { stridedLayout } from '../../core/layout.ts';
import type { StridedArray } from '../../core/strided.ts';
import { viewOf } from '../../core/strided.ts';
import type { Direct } from '../backend.ts';
import { plainExports } from './module.ts';
import { cast } from './move.ts';
import { staged } from './staging.ts';
import { withTemporaries } from './temporaries.ts';

/** Numbers that need not come from the host. */

/** How many are made at a time: while they are converted they stay in the cache. */
const portion = 2 ** 14;

const partOf = (vector: StridedArray, start: number, count: number): StridedArray =>
  viewOf(vector, stridedLayout([count], [1], vector.geometry.offset + start));

export const direct: Direct = {
  ramp(out, start, step) {
    const { size } = out.geometry;
    const { ramp_f64, ramp_i64 } = plainExports();
    const kernel = out.dtypeCore === int64 ? ramp_i64 : ramp_f64;
    const write = (part: StridedArray, from: number): void => staged((stage) => {
      kernel(stage.address(part, 'write'), part.geometry.size, start, step, from);
    });
    if (out.dtypeCore === float64 || out.dtypeCore === int64) {
      for (let from = 0; from < size; from += 2 ** 20) write(partOf(out, from, Math.min(2 ** 20, size - from)), from);
      return;
    }
    withTemporaries((temporaries) => {
      const numbers = temporaries.make([Math.min(portion, size)], float64);
      for (let from = 0; from < size; from += portion) {
        const count = Math.min(portion, size - from);
        const part = partOf(numbers, 0, count);
        write(part, from);
        cast(part, partOf(out, from, count));
      }
    });
  },
  rows: (indices, extent, wrap, out) => withTemporaries((temporaries) => {
    const { geometry: { contiguous, size }, dtypeCore } = indices;
    const numbers = contiguous && dtypeCore === int64 ? indices : temporaries.converted(indices, int64);
    const { rowNumbers } = plainExports();
    return staged((stage) => rowNumbers(stage.address(numbers), size, extent, wrap ? 1 : 0, stage.address(out, 'write'))) !== 0;
  }),
};
