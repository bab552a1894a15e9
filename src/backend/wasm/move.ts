import type { DTypeName, TypedArray } from '../../core/dtype.ts';
import type { Scalar } from '../../core/complex.ts';
import { readElement } from '../../core/scalar.ts';
import { contiguousLayout } from '../../core/layout.ts';
import { StridedArray } from '../../core/strided.ts';
import { heapView } from '../cpu/heap.ts';
import { allocate, hostAccess, storageBytes, storageOf } from '../cpu/storage.ts';
import { writeElement } from '../../core/scalar.ts';
import { rowKernel, scratch } from './module.ts';
import { lane, runRows } from './rows.ts';
import { inPieces } from './pieces.ts';
import { isResident, staged } from './staging.ts';
import { copyTransposed } from './transpose.ts';

/** A dtype's conversion to itself is a copy. That two dtypes differ is nothing that a template type can tell. */
type CastName = { [From in DTypeName]: `cast_${From}_${Exclude<DTypeName, From>}` }[DTypeName];

/** Converts, or copies where the dtypes are equal; `input` may be broadcast. */
export function cast(input: StridedArray, out: StridedArray): void {
  if (out.geometry.size === 0) return;
  const from = input.dtypeCore;
  const to = out.dtypeCore;
  const resident = isResident(input) && isResident(out);
  if (!resident && inPieces(out.geometry.shape, [input, out], 0, ([part, result]) => cast(part, result))) return;
  if (from === to && copyTransposed(input, out)) return;
  const kernel = rowKernel(from === to ? `copy_${to.itemsize}` : `cast_${from.name}_${to.name}` as CastName);
  staged((stage) => {
    runRows(kernel, out.geometry.shape, [
      lane(stage.address(input), input.geometry, from), lane(stage.address(out, 'write'), out.geometry, to),
    ]);
  });
}

export function fill(out: StridedArray, value: Scalar): void {
  if (out.geometry.size === 0) return;
  const dtype = out.dtypeCore;
  const access = hostAccess(storageOf(out), dtype);
  if (out.geometry.contiguous && dtype.components === 1) {
    // One element converted, then the engine's own fill.
    const start = access.base + out.geometry.offset;
    writeElement(access.data, start, dtype, value);
    (access.data as Float64Array).fill(access.data[start] as number, start, start + out.geometry.size);
    return;
  }
  if (!isResident(out) && inPieces(out.geometry.shape, [out], 0, ([part]) => fill(part, value))) return;
  const address = scratch.scalars;
  writeElement(heapView(dtype), address / (dtype.itemsize / dtype.components), dtype, value);
  staged((stage) => {
    runRows(rowKernel(`copy_${dtype.itemsize}`), out.geometry.shape,
      [lane(address, null, dtype), lane(stage.address(out, 'write'), out.geometry, dtype)]);
  });
}

export function read(array: StridedArray, position: number): Scalar {
  const { data, base } = hostAccess(storageOf(array), array.dtypeCore);
  return readElement(data, base + position * array.dtypeCore.components, array.dtypeCore);
}

export function toHost(array: StridedArray): TypedArray {
  const { dtypeCore: dtype, geometry: layout } = array;
  if (layout.size === 0) return new dtype.array(0);
  let source = array;
  if (!layout.contiguous) {
    source = new StridedArray(allocate(layout.size * dtype.itemsize), dtype, contiguousLayout(layout.shape));
    cast(array, source);
  }
  const { data, base } = hostAccess(storageOf(source), dtype);
  const start = base + source.geometry.offset * dtype.components;
  // `slice` of a view over shared memory gives ordinary memory.
  const copy = data.slice(start, start + layout.size * dtype.components);
  if (source !== array) source.storage.free();
  return copy;
}

export function upload(out: StridedArray, bytes: Uint8Array): void {
  storageBytes(storageOf(out)).set(bytes, out.geometry.offset * out.dtypeCore.itemsize);
}
