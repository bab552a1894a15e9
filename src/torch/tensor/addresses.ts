import type { Storage } from '../../core/storage.ts';

/** Addresses of memory, for `data_ptr`. */

const addresses = new WeakMap<Storage, number>();
let next = 4096;

/** A place in an address space of our own: JavaScript shows no addresses, and memory may move out of the heap. */
export function addressOf(storage: Storage): number {
  let address = addresses.get(storage);
  if (address === undefined) {
    address = next;
    addresses.set(storage, address);
    next += Math.ceil((storage.byteLength + 1) / 64) * 64;
  }
  return address;
}
