import './start.ts';
import type { Binary } from '../backend/wasm/binaries.ts';
import { provideBinaries } from '../backend/wasm/binaries.ts';
import { unpack } from '../core/unpack.ts';
import type { Packed } from '../generated/binaries.ts';
import { fmaBuilds, kernels } from '../generated/binaries.ts';

/** Brings the kernels along as text, so that no path, fetch or asset file is needed. */

function unpackModules({ byteLengths, packed }: Packed): Binary[] {
  const text = atob(packed);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  const unpacked = unpack(bytes, byteLengths.reduce((sum, length) => sum + length));
  let end = 0;
  return byteLengths.map(length => unpacked.slice(end, end += length));
}

provideBinaries({
  kernels: () => unpackModules(kernels)[0],
  fma: relaxedSimd => unpackModules(fmaBuilds)[relaxedSimd ? 0 : 1],
});
