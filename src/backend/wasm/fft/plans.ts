import type { FourierPlan } from '../../../core/fourier/plan.ts';
import { halfPlanOf, planOf } from '../../../core/fourier/plan.ts';
import { MemoryError } from '../../../core/errors.ts';
import type { FftExport } from '../../../generated/wasmExports.ts';
import { heapBytes } from '../../cpu/heap.ts';
import type { Block } from '../../cpu/pool.ts';
import { bytesOfClass, returnBlock, takeBlock } from '../../cpu/pool.ts';
import type { Exports } from '../binaries.ts';

/** Plans of Fourier transforms in the heap, as wasm/fft/transform.ts reads them. The latest are kept, since programs repeat lengths. */

type Fft = Exports<FftExport>;
export type Component = 'f32' | 'f64';

/** Words of a plan: what it says of itself, and from where on its radices are. */
const words = { length: 0, stages: 1, padded: 2, chirp: 3, spectrum: 4, unfolding: 5, twiddles: 6, radices: 8 };
const headerBytes = 192;

const mostPlans = 16;
const mostBytes = 2 ** 26;

/** From the one that was used the longest ago to the latest. */
const kept = new Map<string, Block>();

function take(bytes: number): Block {
  const block = takeBlock(bytes, true);
  if (block === null) throw new MemoryError(`Unable to allocate ${bytes} bytes of WebAssembly memory`);
  return block;
}

/** The chirp from its middle on and up to it, as the convolution has it, transformed. */
function writeSpectrum({ convolution }: FourierPlan, component: Component, at: number, fft: Fft): void {
  const { length, chirp } = convolution!;
  const inner = place(`${length}`, component, fft, () => ({ plan: planOf(length), unfolding: null }));
  const values = new Float64Array(2 * length);
  for (let j = 0; j < chirp.length / 2; j++) {
    for (const row of j === 0 ? [0] : [j, length - j]) {
      values[2 * row] = chirp[2 * j];
      values[2 * row + 1] = -chirp[2 * j + 1];
    }
  }
  write(values, component, at);
  const step = component === 'f32' ? 8 : 16;
  const work = take(fft[`complexWork_${component}`](inner.address, 1));
  fft[`complexToComplex_${component}`](inner.address, at, step, 0, at, step, 0, 1, 1, work.address, 1, 1 / length);
  returnBlock(work);
}

function write(values: Float64Array, component: Component, at: number): void {
  const { buffer } = heapBytes();
  if (component === 'f64') new Float64Array(buffer, at, values.length).set(values);
  else new Float32Array(buffer, at, values.length).set(values);
}

interface Placed {
  readonly plan: FourierPlan;
  readonly unfolding: Float64Array | null;
}

function place(name: string, component: Component, fft: Fft, make: () => Placed): Block {
  const key = `${component} ${name}`;
  const known = kept.get(key);
  if (known !== undefined) {
    kept.delete(key);
    kept.set(key, known);
    return known;
  }
  const { plan, unfolding } = make();
  const { length, radices, twiddles, convolution } = plan;
  const itemsize = component === 'f32' ? 4 : 8;
  let bytes = headerBytes;
  const room = (count: number): number => {
    const start = bytes;
    bytes += Math.ceil(count * itemsize / 16) * 16;
    return start;
  };
  const at = {
    twiddles: room(twiddles.length), unfolding: room(unfolding?.length ?? 0), chirp: room(convolution?.chirp.length ?? 0),
    spectrum: room(2 * (convolution?.length ?? 0)),
  };
  const block = take(bytes);
  const header = new Int32Array(heapBytes().buffer, block.address, headerBytes / 4);
  header[words.length] = length;
  header[words.stages] = radices.length;
  header[words.padded] = convolution?.length ?? 0;
  for (const part of ['twiddles', 'unfolding', 'chirp', 'spectrum'] as const) header[words[part]] = at[part];
  header.set(radices, words.radices);
  write(twiddles, component, block.address + at.twiddles);
  if (unfolding !== null) write(unfolding, component, block.address + at.unfolding);
  if (convolution !== null) {
    write(convolution.chirp, component, block.address + at.chirp);
    writeSpectrum(plan, component, block.address + at.spectrum, fft);
  }
  kept.set(key, block);
  forgetOldest(key);
  return block;
}

/** Gives back what is too much, but for the latest. */
function forgetOldest(latest: string): void {
  let bytes = 0;
  for (const { sizeClass } of kept.values()) bytes += bytesOfClass(sizeClass);
  for (const [key, block] of kept) {
    if (key === latest || (kept.size <= mostPlans && bytes <= mostBytes)) return;
    kept.delete(key);
    bytes -= bytesOfClass(block.sizeClass);
    returnBlock(block);
  }
}

/** Where the plan of a complex transform is. */
export const planAt = (length: number, component: Component, fft: Fft): number =>
  place(`${length}`, component, fft, () => ({ plan: planOf(length), unfolding: null })).address;

/** Where that of a real transform is: of half the length where that is even. */
export const realPlanAt = (length: number, component: Component, fft: Fft): number =>
  (length % 2 === 1 ? planAt(length, component, fft) : place(`real ${length}`, component, fft, () => halfPlanOf(length)).address);
