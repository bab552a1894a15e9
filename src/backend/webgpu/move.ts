import type { Scalar } from '../../core/complex.ts';
import type { DType } from '../../core/dtype.ts';
import type { StridedArray } from '../../core/strided.ts';
import { convertElement } from './elements.ts';
import type { Gpu } from './gpu.ts';
import type { MapProgram } from './pointwise.ts';
import { identity, runMap } from './pointwise.ts';

/** Copies and conversions. */

const casts = new Map<string, MapProgram>();

function castProgram(from: DType, to: DType): MapProgram {
  const key = `cast ${from.name} ${to.name}`;
  let program = casts.get(key);
  if (program === undefined) {
    program = { key, functions: () => '', call: ([x]) => convertElement(from, to, x) };
    casts.set(key, program);
  }
  return program;
}

/** Converts, or copies where the dtypes are equal; `input` may be broadcast. */
export function cast(gpu: Gpu, input: StridedArray, out: StridedArray): void {
  runMap(gpu, castProgram(input.dtypeCore, out.dtypeCore), [input], [], out);
}

export function fill(gpu: Gpu, out: StridedArray, value: Scalar): void {
  runMap(gpu, identity, [value], [out.dtypeCore], out);
}
