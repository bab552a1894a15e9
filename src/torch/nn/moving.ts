import { backendOf } from '../../backend/select.ts';
import type { Device } from '../../core/device.ts';
import { contiguousLayout } from '../../core/layout.ts';
import { contiguous } from '../../ops/movement.ts';
import { Tensor } from '../tensor.ts';

/** The tensor on a device: itself where it already is there. */
export function moveTo(tensor: Tensor, device: Device): Tensor {
  if (tensor.storage.device === device) return tensor;
  const bytes = backendOf(tensor.storage.device).toHost(contiguous(tensor));
  const { shape, size } = tensor.layout;
  const backend = backendOf(device);
  const moved = new Tensor(backend.allocate(size * tensor.dtypeCore.itemsize), tensor.dtypeCore, contiguousLayout(shape));
  backend.upload(moved.storage, new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength));
  return moved;
}
