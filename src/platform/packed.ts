import type { Binaries } from './platform.ts';
import { joinExports } from './exports.ts';
import { unpack } from './unpack.ts';
import type { Packed } from '../generated/binaries.ts';
import { fmaBuilds, kernels } from '../generated/binaries.ts';

/** The kernels as text, so that no path, fetch or asset file is needed. */

function unpackModules({ modules, packed }: Packed): Uint8Array<ArrayBuffer>[] {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const unpacked = unpack(bytes, modules.reduce((sum, [length]) => sum + length, 0));
  let end = 0;
  return modules.map(([length, start, count]) => joinExports(unpacked.subarray(end, end += length), start, count));
}

export const unpackModule = (packed: Packed): Uint8Array<ArrayBuffer> => unpackModules(packed)[0];

export const packedBinaries: Binaries = {
  kernels: () => unpackModule(kernels),
  fma: relaxedSimd => unpackModules(fmaBuilds)[relaxedSimd ? 0 : 1],
  part: () => null,
};
