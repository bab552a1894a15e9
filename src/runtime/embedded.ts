import './start.ts';
import type { Binary } from '../backend/wasm/binaries.ts';
import { provideBinaries } from '../backend/wasm/binaries.ts';
import { inflate } from '../core/inflate.ts';
import { fma, fmaRelaxed, kernels } from '../generated/binaries.ts';
import type { Packed } from '../generated/binaries.ts';

/** Brings the kernels along as text, so that no path, fetch or asset file is needed. */

function unpack({ byteLength, deflated }: Packed): Binary {
  const text = atob(deflated);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return inflate(bytes, byteLength);
}

provideBinaries({
  kernels: () => unpack(kernels),
  fma: relaxedSimd => unpack(relaxedSimd ? fmaRelaxed : fma),
});
