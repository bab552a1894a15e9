import { RuntimeError } from '../../core/errors.ts';

/** What an instance of one of the kernels' modules offers: functions of numbers. */
export type Exports<Name extends string> = Readonly<Record<Name, (...args: number[]) => number>>;

/** A module's bytes, or the compiled module where compiling at run time is forbidden. */
export type Binary = Uint8Array<ArrayBuffer> | WebAssembly.Module;

/** Where the kernels come from; asked once, when the first kernel runs. */
export interface Binaries {
  kernels(): Binary;
  /** The matrix products; `relaxedSimd` tells whether the engine takes the build with fused multiply-add. */
  fma(relaxedSimd: boolean): Binary;
}

let source: Binaries | undefined;
let taken = false;

/** Inlined binaries give way to those that the program configures itself, whichever comes first. */
export function provideBinaries(binaries: Binaries, configured = false): void {
  if (!configured) {
    source ??= binaries;
    return;
  }
  if (taken) throw new RuntimeError('configure() was called after the kernels had started: call it before the first operation');
  source = binaries;
}

export function hasBinaries(): boolean {
  return source !== undefined;
}

export function takeBinaries(): Binaries {
  if (!source) {
    throw new RuntimeError("the kernels are not loaded: call await configure({ kernels, fma }) of 'flambeau/slim' first, "
      + "or import 'flambeau/numpy' or 'flambeau/torch', which bring them along");
  }
  taken = true;
  return source;
}
