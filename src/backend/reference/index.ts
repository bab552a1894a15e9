import type { Scalar } from '../../core/complex.ts';
import type { TypedArray } from '../../core/dtype.ts';
import { readElement } from '../../core/scalar.ts';
import type { StridedArray } from '../../core/strided.ts';
import { referenceKernels } from '../../generated/referenceKernels.ts';
import type { Backend } from '../backend.ts';
import { cpuDevice } from '../cpu/device.ts';
import { hostAccess, storageBytes, storageOf } from '../cpu/storage.ts';
import { convert } from './convert.ts';
import { positionsOf, positionsOver, readValue, scalarValue, writeValue } from './elements.ts';
import { pointwise } from './pointwise.ts';

/**
 * The CPU's operations once more, element by element in plain JavaScript: slow, and nothing but what each operation
 * means. Tests hold the other backends against it, so it shares no code with their kernels.
 */

function fill(out: StridedArray, value: Scalar): void {
  const element = scalarValue(value, out.dtypeCore);
  for (const position of positionsOf(out.geometry)) writeValue(out, position, element);
}

function cast(input: StridedArray, out: StridedArray): void {
  const sources = positionsOver(input.geometry, out.geometry.shape);
  const values = sources.map((position) => convert(readValue(input, position), out.dtypeCore));
  positionsOf(out.geometry).forEach((position, i) => writeValue(out, position, values[i]));
}

function toHost(array: StridedArray): TypedArray {
  const { dtypeCore: dtype, geometry: layout } = array;
  const { data, base } = hostAccess(storageOf(array), dtype);
  const result = new dtype.array(layout.size * dtype.components);
  positionsOf(layout).forEach((position, i) => {
    for (let part = 0; part < dtype.components; part++) {
      result[i * dtype.components + part] = data[base + position * dtype.components + part] as never;
    }
  });
  return result;
}

export const referenceBackend: Backend = {
  ...cpuDevice,
  name: 'reference',
  kernels: referenceKernels, computesHalves: true, fill, cast, pointwise, toHost, direct: null,
  read(array, position) {
    const { data, base } = hostAccess(storageOf(array), array.dtypeCore);
    return readElement(data, base + position * array.dtypeCore.components, array.dtypeCore);
  },
  download: async (array) => toHost(array),
  upload(out, bytes) {
    storageBytes(storageOf(out)).set(bytes, out.geometry.offset * out.dtypeCore.itemsize);
  },
};
