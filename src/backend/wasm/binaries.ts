import { RuntimeError } from '../../core/errors.ts';
import { platform } from '../../platform/current.ts';
import type { PartName } from '../../platform/parts.ts';
import type { Binaries, Binary } from '../../platform/platform.ts';

/** What an instance of one of the kernels' modules offers: functions of numbers. */
export type Exports<Name extends string> = Readonly<Record<Name, (...args: number[]) => number>>;

let source = platform.binaries;
let taken = false;

/** The program says itself where they come from. */
export function configureBinaries(binaries: Binaries): void {
  if (taken) throw new RuntimeError('configure() was called after the kernels had started: call it before the first operation');
  source = binaries;
}

export function hasBinaries(): boolean {
  return source !== null;
}

export function takeBinaries(): Binaries {
  if (!source) {
    throw new RuntimeError("the kernels are not loaded: call await configure({ kernels, fma }) of 'flambeau/slim' first, "
      + "or import 'flambeau/numpy' or 'flambeau/torch', which bring them along");
  }
  taken = true;
  return source;
}

/** What the ops of a part brought along, where any of them is in the program. */
const brought = new Map<PartName, () => Binary>();

/** A part whose kernels come with their module: who uses the value has it brought along. */
export function bring<Part>(name: PartName, bytes: (() => Binary) | null, part: Part): Part {
  if (bytes !== null) brought.set(name, bytes);
  return part;
}

/** A part's module: from where the kernels come from, or else what its ops brought along. */
export function takePart(name: PartName): Binary {
  const module = takeBinaries().part(name) ?? brought.get(name)?.();
  if (!module) {
    throw new RuntimeError(`the kernels of ${name} are not loaded: call await configure({ kernels, fma, ${name} }) of 'flambeau/slim' `
      + `first, with flambeau/wasm/${name}.wasm; other bundles have them where the program calls what np.${name} computes by them`
      + `${name === 'linalg' ? ', as np.linalg.cholesky(cov)' : ''}`);
  }
  return module;
}
