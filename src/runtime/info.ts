import { refuseSurplus } from '../core/options.ts';
import { Printed } from '../core/printed.ts';
import { getHeap, heapStart } from '../backend/cpu/heap.ts';
import { pool } from '../backend/cpu/pool.ts';
import { collector } from '../backend/garbage.ts';
import { hasBinaries } from '../backend/wasm/binaries.ts';
import { fusedExports, hasRelaxedSimd, hasSimd } from '../backend/wasm/module.ts';
import { turboState } from '../backend/wasm/turbo.ts';
import type { Surroundings } from '../core/surroundings.ts';
import { surroundings } from '../core/surroundings.ts';
import { gpuInUse } from './gpuInUse.ts';

/** What `info()` reports; `String(info())` is a table. */
export interface Info {
  /**
   * Where the program runs, with the version where there is one: `node 22.12.0`, `deno`, `bun`, `workerd`, `edge-light`, `browser page`,
   * `worker`, `service worker`.
   */
  readonly runtime: string;
  /** Whether the engine has WebAssembly SIMD, without which nothing runs. */
  readonly simd: boolean;
  /** Whether the kernels are at hand; false in a slim program before `configure()`. */
  readonly kernels: boolean;
  /** Whether matrix products use fused multiply-add. */
  readonly relaxedSimd: boolean;
  /** Whether the kernels' memory is shared, which threads need. */
  readonly sharedMemory: boolean;
  /** The number of threads that compute. */
  readonly threads: number;
  /** `on`, or `off` and why. */
  readonly turbo: string;
  readonly memory: {
    /** Bytes of living arrays in the kernels' memory. */
    readonly inUse: number;
    /** Bytes of it that are kept for reuse. */
    readonly free: number;
    /** Bytes of it above which new arrays overflow into ordinary ArrayBuffers. */
    readonly budget: number;
    /** The largest size that the engine lets it grow to. */
    readonly limit: number;
    /** Whether dropped arrays are found within a job; else only between jobs. */
    readonly collection: boolean;
  };
  /** The GPU in use, or null. */
  readonly gpu: string | null;
  toString(): string;
}

function size(bytes: number): string {
  const units = ['B', 'KiB', 'MiB', 'GiB'];
  let unit = 0;
  while (bytes >= 1024 && unit < units.length - 1) {
    bytes /= 1024;
    unit++;
  }
  return `${Number.isInteger(bytes) ? bytes : bytes.toFixed(1)} ${units[unit]}`;
}

function relaxedText(info: Info): string {
  if (info.relaxedSimd) return 'on';
  if (!hasRelaxedSimd()) return 'off: this engine does not have it; matrix products take about a third longer';
  return info.kernels ? 'off: the kernels that were loaded do not use it' : 'not known before configure()';
}

function table(info: Info): string {
  const { memory } = info;
  const rows: [string, string][] = [
    ['runtime', info.runtime],
    ['SIMD', info.simd ? 'on' : 'off: this engine has no WebAssembly SIMD, which Flambeau needs'],
    ['relaxed SIMD', relaxedText(info)],
    ['threads', `${info.threads}${info.sharedMemory ? '' : ' (this engine refuses shared memory)'}`],
    ['turbo', info.turbo],
    ['memory', `${size(memory.inUse)} in use, ${size(memory.free)} free, budget ${size(memory.budget)}, limit ${size(memory.limit)}`],
    ['collection', memory.collection ? 'within jobs' : 'between jobs'],
    ['GPU', info.gpu ?? 'none'],
  ];
  return rows.map(([name, value]) => `${name.padEnd(14)}${value}`).join('\n');
}

function runtimeText({ kind, version }: Surroundings): string {
  return version === null ? kind : `${kind} ${version}`;
}

class InfoTable extends Printed implements Info {
  readonly runtime = runtimeText(surroundings());
  readonly simd = hasSimd();
  readonly kernels = hasBinaries();
  /** The module itself is asked, and turbo is settled by then. */
  readonly relaxedSimd = this.simd && this.kernels && fusedExports().relaxed() === 1;
  readonly sharedMemory = getHeap().shared;
  readonly threads = 1;
  readonly turbo = turboState();
  readonly memory = {
    inUse: pool.bytesInUse,
    free: pool.bytesFree,
    budget: pool.budget,
    limit: getHeap().maximumBytes - heapStart,
    collection: collector?.enabled ?? false,
  };
  readonly gpu = gpuInUse.name;

  override toString(): string {
    return table(this);
  }
}

/**
 * What is active in this process: the runtime, SIMD, threads, turbo, memory and GPU.
 *
 * @example
 * const { simd, gpu } = flambeau.info();
 * simd // → true
 * gpu // → null
 * console.log(flambeau.info().turbo) // → off
 */
export function info(...surplus: readonly never[]): Info {
  refuseSurplus('info', 0, surplus);
  return new InfoTable();
}
