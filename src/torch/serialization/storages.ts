import * as core from '../../core/dtype.ts';
import type { DType } from '../../core/dtype.ts';
import type { Device } from '../../core/device.ts';
import { acceleratorType, cpu } from '../../core/device.ts';
import { NotImplementedError, RuntimeError } from '../../core/errors.ts';
import { stridedLayout } from '../../core/layout.ts';
import { empty, overwrite } from '../../ops/creation.ts';
import type { DeviceLike } from '../device.ts';
import { device, deviceOf, openGpus, toDevice } from '../device.ts';
import { scalarTypeName } from '../dtypes/dtypes.ts';
import { Tensor } from '../tensor/tensor.ts';
import type { StorageReference } from './python.ts';

/** Blocks of numbers, and where they are put. */

/** What a function for `map_location` is given: a storage that lies where it was read, and is sent elsewhere by naming a device. */
export class LoadedStorage {
  readonly nbytes: number;
  readonly device: device;

  constructor(nbytes: number, place: device) {
    this.nbytes = nbytes;
    this.device = place;
  }

  /** The same on the CPU. */
  cpu(): LoadedStorage {
    return new LoadedStorage(this.nbytes, deviceOf(cpu));
  }

  /** The same on a GPU. */
  cuda(index = 0): LoadedStorage {
    return new LoadedStorage(this.nbytes, new device('cuda', index));
  }
}

/** Where storages go: one device for all, one for each by where they lay, or what a function says. */
export type MapLocation =
  | DeviceLike | Readonly<Record<string, DeviceLike>> | ReadonlyMap<string, DeviceLike>
  | ((storage: LoadedStorage, location: string) => LoadedStorage | DeviceLike | null | undefined);

function usual(location: string): Device {
  const [type] = location.split(':');
  if (type === 'cpu' || type === 'meta') return cpu;
  if (type !== 'cuda' && type !== acceleratorType) {
    throw new RuntimeError(`don't know how to restore data location of torch.storage.UntypedStorage (tagged with ${location})`);
  }
  if (openGpus().length === 0) {
    throw new RuntimeError('Attempting to deserialize object on a CUDA device but torch.cuda.is_available() is False. If you are running '
      + "on a CPU-only machine, please use torch.load with map_location=torch.device('cpu') to map your storages to the CPU.");
  }
  return toDevice(location);
}

/** The device of a storage that lay at `location`. */
export function placeOf(map: MapLocation | null, location: string, nbytes: number): Device {
  if (map === null) return usual(location);
  if (typeof map === 'string' || map instanceof device) return toDevice(map);
  if (typeof map === 'function') {
    const chosen = map(new LoadedStorage(nbytes, deviceOf(cpu)), location);
    if (chosen === null || chosen === undefined) return usual(location);
    return chosen instanceof LoadedStorage ? chosen.device.core : toDevice(chosen);
  }
  const mapped = map instanceof Map ? map.get(location) as DeviceLike | undefined
    : Object.hasOwn(map, location) ? (map as Readonly<Record<string, DeviceLike>>)[location] : undefined;
  return mapped === undefined ? usual(location) : toDevice(mapped);
}

/** The dtype of a typed storage; null of one that has only bytes. */
export function typeOfStorage({ type }: StorageReference): DType | null {
  if (type === 'UntypedStorage') return null;
  const found = core.dtypes.find((each) => `${scalarTypeName(each)}Storage` === type);
  if (found === undefined) throw new NotImplementedError(`tensors of torch.${type} cannot be loaded: there is no such dtype here`);
  return found;
}

const swapped = (bytes: Uint8Array, size: number): Uint8Array => {
  const out = new Uint8Array(bytes.length);
  for (let i = 0; i < bytes.length; i++) out[i] = bytes[i - i % size + size - 1 - i % size];
  return out;
};

/** A storage that is filled as its bytes come. */
export class Block {
  readonly tensor: Tensor;
  private readonly isSwapped: boolean;

  constructor(dtype: DType, length: number, place: Device, isSwapped = false) {
    this.tensor = empty(Tensor, [length], dtype, place);
    this.tensor.storage.pinned = true;
    this.isSwapped = isSwapped;
  }

  /** Bytes from `at` on, whole elements. */
  write(bytes: Uint8Array, at: number): void {
    const { dtypeCore: dtype, storage } = this.tensor;
    const count = bytes.length / dtype.itemsize;
    if (count === 0) return;
    const part = new Tensor(storage, dtype, stridedLayout([count], [1], at / dtype.itemsize));
    overwrite(part, this.isSwapped ? swapped(bytes, dtype.itemsize / dtype.components) : bytes);
  }
}
