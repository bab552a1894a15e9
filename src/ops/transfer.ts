import { bytesOf } from '../core/dtype.ts';
import { gradMode, withGradMode } from '../autograd/mode.ts';
import { record } from '../autograd/tape.ts';
import { backendOf } from '../backend/select.ts';
import type { Device } from '../core/device.ts';
import { deviceText } from '../core/device.ts';
import { RuntimeError } from '../core/errors.ts';
import type { DType, TypedArray } from '../core/dtype.ts';
import { contiguousLayout } from '../core/layout.ts';
import type { StridedArray } from '../core/strided.ts';
import { cast } from './cast.ts';
import { hostValues, isDeferred } from './host.ts';

/** Copies of arrays on other devices. */

function placed<A extends StridedArray>(like: A, data: TypedArray, device: Device): A {
  const layout = contiguousLayout(like.geometry.shape);
  const backend = backendOf(device);
  const out = new like.species(backend.allocate(layout.size, like.dtypeCore), like.dtypeCore, layout);
  backend.upload(out, bytesOf(data));
  return out;
}

function recorded<A extends StridedArray>(out: A, x: A): A {
  const { device } = x.storage;
  return record(out, 'ToCopyBackward0', [x], [(g) => transfer(g, device)]);
}

/** The array on another device, at once: itself where it is there already. Throws where its own device cannot be read at once. */
export function transfer<A extends StridedArray>(x: A, device: Device): A {
  const { device: from } = x.storage;
  if (from === device) return x;
  const target = backendOf(device);
  if (isDeferred(x)) {
    throw new RuntimeError(
      `a tensor on ${deviceText(from)} cannot be moved to ${deviceText(device)} at once, since the GPU computes on its own time: `
      + 'await x.cpu() instead. Where a gradient was to flow to a leaf on the CPU, make the leaf on the GPU: '
      + `x.to('${deviceText(from)}').detach().requires_grad_()`);
  }
  // The dtype is refused before anything is read.
  target.allocate(0, x.dtypeCore).free();
  return recorded(placed(x, hostValues(x), device), x);
}

/** The array in another dtype on another device, converted where both dtypes are known: on the CPU. */
export function convertTo<A extends StridedArray>(x: A, dtype: DType, device: Device): A {
  return cast(transfer(isDeferred(x) ? x : cast(x, dtype), device), dtype);
}

/** Throws where a device is not there, and says what is missing. */
export function checkDevice(device: Device): void {
  backendOf(device);
}

/** The array on another device once its values are known. Gradients flow back. */
export async function fetchTo<A extends StridedArray>(x: A, device: Device): Promise<A> {
  if (x.storage.device === device) return x;
  // Whether it is recorded is settled by the call, not by what else runs until the values are there.
  const recording = gradMode.enabled;
  const data = await backendOf(x.storage.device).download(x);
  return withGradMode(recording, () => recorded(placed(x, data, device), x));
}
