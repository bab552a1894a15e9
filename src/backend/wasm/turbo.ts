import { float32 } from '../../core/dtype.ts';
import { heapView } from '../cpu/heap.ts';
import { returnBlock, takeBlock } from '../cpu/pool.ts';
import type { FusedExport } from '../../generated/wasmExports.ts';
import type { Exports } from './binaries.ts';

/**
 * Turbo: V8 pairs neighbouring 128-bit operations into 256-bit ones behind an experimental flag, which Node can set while it
 * runs as long as the modules are not compiled yet. The matrix products have a kernel shaped for it, which is kept only
 * where it computes the same and takes less time; without the flag it would be slower than the ordinary one.
 */

/** The first V8 of a Node release line that knows the flag; an older one would complain on stderr. */
const firstV8 = 12;
const flag = 'experimental-wasm-revectorize';

interface NodeProcess {
  readonly versions?: { readonly node?: string; readonly v8?: string; readonly bun?: string };
  readonly arch?: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  getBuiltinModule?(name: 'node:v8'): { setFlagsFromString(flags: string): void };
}

let requested = false;
let prepared = false;
let flagSet = false;
let state = 'off';

function nodeProcess(): NodeProcess | undefined {
  const global = globalThis as { process?: NodeProcess; Deno?: unknown };
  const versions = global.process?.versions;
  return versions?.node && versions.bun === undefined && global.Deno === undefined ? global.process : undefined;
}

function setFlag(process: NodeProcess, on: boolean): void {
  process.getBuiltinModule!('node:v8').setFlagsFromString(on ? `--${flag}` : `--no-${flag}`);
}

/** Called by `import 'flambeau/turbo'`. */
export function requestTurbo(): void {
  if (requested) return;
  requested = true;
  state = prepared
    ? "off: the kernels were compiled before 'flambeau/turbo' was imported"
    : 'requested, decided when the first kernel runs';
}

/** Sets the flag where turbo is asked for; to be called before a module is compiled. */
export function prepareTurbo(): void {
  if (prepared) return;
  const process = nodeProcess();
  if (process?.env.FLAMBEAU_TURBO === '1') requestTurbo();
  prepared = true;
  if (!requested) return;
  if (!process) {
    state = 'off: only Node can set the flag of V8 that it needs';
  } else if (process.arch !== 'x64') {
    state = `off: V8 has it on x64 only, this is ${process.arch}`;
  } else if (!(parseInt(process.versions!.v8!, 10) >= firstV8) || !process.getBuiltinModule) {
    state = `off: this V8 (${process.versions!.v8}) does not know it, Node 22 or later does`;
  } else {
    setFlag(process, true);
    flagSet = true;
    state = 'requested, decided at the first matrix product';
  }
}

const size = 96;
/** Both kernels start in the engine's baseline tier, and their optimised code arrives in the background within this time. */
const warmUpMilliseconds = 100;

/** Fills A and B with small integers, whose products every kernel must get exactly. */
function fillOperands(data: Float32Array, start: number): void {
  for (let i = 0; i < 2 * size * size; i++) data[start + i] = (i * 7919 >> 3) % 17 - 8;
}

/** Runs the same product both ways and keeps the wide kernel where it is right and faster. */
export function settleTurbo(exports: Exports<FusedExport>): void {
  if (!flagSet) return;
  const bytes = size * size * 4;
  exports.setWideKernel(1);
  const wideWorkspace = exports.gemmWorkspace_f32(size, size, size);
  exports.setWideKernel(0);
  const block = takeBlock(4 * bytes + Math.max(wideWorkspace, exports.gemmWorkspace_f32(size, size, size)), true);
  if (!block) {
    state = 'off: no memory for its self-test';
    return;
  }
  const a = block.address;
  const data = heapView(float32) as Float32Array;
  fillOperands(data, a / 4);
  const out = [a + 2 * bytes, a + 3 * bytes];
  const best = [Infinity, Infinity];
  const run = (wide: number): void => {
    exports.setWideKernel(wide);
    const start = performance.now();
    exports.gemm_f32(size, size, size, a, size * 4, 4, a + bytes, size * 4, 4, out[wide], size * 4, 4, a + 4 * bytes);
    best[wide] = Math.min(best[wide], performance.now() - start);
  };
  const start = performance.now();
  while (performance.now() - start < warmUpMilliseconds) {
    run(0);
    run(1);
  }
  const count = size * size;
  const [narrow, wide] = out.map(address => data.subarray(address / 4, address / 4 + count));
  const equal = narrow.every((value, i) => value === wide[i]);
  returnBlock(block);
  const gain = best[0] / best[1];
  const kept = equal && gain > 1.1;
  exports.setWideKernel(kept ? 1 : 0);
  if (!equal) setFlag(nodeProcess()!, false);
  state = !equal
    ? 'off: the wide kernel failed its self-test on this V8'
    : kept ? `on (${gain.toFixed(1)} times the ordinary kernel in its self-test)` : 'off: the wide kernel is not faster here';
}

/** `on ...`, or `off` and why. */
export function turboState(): string {
  return state;
}
