import type { DType } from '../../core/dtype.ts';
import { bool, int32, uint32 } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import type { Gpu } from './gpu.ts';
import type { MapProgram } from './pointwise.ts';
import { runMap } from './pointwise.ts';
import { withTemporaries } from './temporaries.ts';

/** What stands in for reading: kernels that report what the host would have refused. */

/** Of the type that the indices are computed in: beyond 31 bits an unsigned one is out of bounds anyhow. */
function rowProgram(indices: DType, wrap: boolean): MapProgram {
  const unsigned = indices.kind === 'uint';
  const number = unsigned ? 'bitcast<i32>(index)' : 'index';
  const wraps = wrap && !unsigned;
  return {
    key: `rows ${unsigned ? 'u32' : 'i32'} ${wraps ? 'wrapping' : 'as they are'}`,
    functions: () => [
      `fn rowOf(index: ${unsigned ? 'u32' : 'i32'}, extent: i32) -> i32 {`,
      `  let number = ${number};`,
      `  let row = ${wraps ? 'select(number, number + extent, number < 0)' : 'number'};`,
      '  if (row >= 0 && row < extent) { return row; }',
      '  flambeau_fault(1u, number, extent);',
      '  return 0;',
      '}',
    ].join('\n'),
    call: ([index, extent]) => `rowOf(${index}, ${extent})`,
  };
}

const refusal: MapProgram = {
  key: 'refuse',
  functions: () => 'fn refused(wrong: bool, message: i32) -> bool { if (wrong) { flambeau_fault(3u, message, 0); } return wrong; }',
  call: ([wrong, message]) => `refused(${wrong}, ${message})`,
};

/** Reports a message where any element is true. */
export function refuse(gpu: Gpu, wrong: StridedArray, message: string): void {
  withTemporaries(gpu, (temporaries) => {
    runMap(gpu, refusal, [wrong, gpu.refusal(message)], [bool, int32], temporaries.make(wrong.geometry.shape, bool));
  });
}

/** The rows that indices name along an axis; one out of bounds is reported, and stands for row 0. */
export function rows(gpu: Gpu, indices: StridedArray, extent: number, wrap: boolean, out: StridedArray): void {
  const unsigned = indices.dtypeCore.kind === 'uint';
  runMap(gpu, rowProgram(indices.dtypeCore, wrap), [indices, extent], [unsigned ? uint32 : int32, int32], out);
}
