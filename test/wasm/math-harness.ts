/**
 * Compiles the elementary functions with one loop per function and width, and calls those loops from JavaScript.
 * The loops are written here as text because they differ by nothing but the names in them.
 */
import { readFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import asc from 'assemblyscript/asc';

export const unaryNames = [
  'exp', 'exp2', 'expm1', 'log', 'log2', 'log10', 'log1p', 'sin', 'cos', 'tan', 'asin', 'acos', 'atan', 'sinh', 'cosh',
  'tanh', 'asinh', 'acosh', 'atanh', 'cbrt', 'erf', 'erfc', 'sigmoid', 'lgamma', 'digamma', 'rint', 'trunc', 'floor',
  'ceil', 'sqrt', 'reciprocal', 'sign', 'abs', 'square',
] as const;

export const binaryNames = [
  'pow', 'atan2', 'hypot', 'fmod', 'floatMod', 'floorDivide', 'copysign', 'nextafter', 'logaddexp', 'maximum',
  'minimum', 'fmax', 'fmin',
] as const;

export type UnaryName = (typeof unaryNames)[number];
export type BinaryName = (typeof binaryNames)[number];
export type MathName = UnaryName | BinaryName;

export const forms = ['f64', 'f64x2', 'f32', 'f32x4'] as const;
export type Form = (typeof forms)[number];

export const isBinary = (name: MathName): name is BinaryName => (binaryNames as readonly string[]).includes(name);

const formTraits = {
  f64: { bytes: 8, step: 8, load: 'load<f64>', store: 'store<f64>' },
  f64x2: { bytes: 8, step: 16, load: 'v128.load', store: 'v128.store' },
  f32: { bytes: 4, step: 4, load: 'load<f32>', store: 'store<f32>' },
  f32x4: { bytes: 4, step: 16, load: 'v128.load', store: 'v128.store' },
} as const;

/** Elements are processed in whole vectors, so callers pad the length to this multiple. */
const BLOCK = 4;

function loopSource(name: MathName, form: Form): string {
  const { bytes, step, load, store } = formTraits[form];
  const second = isBinary(name) ? `, ${load}(y + i)` : '';
  return `export function ${name}_${form}(x: usize, y: usize, out: usize, n: usize): void {
  for (let i: usize = 0, end: usize = n * ${bytes}; i < end; i += ${step}) {
    ${store}(out + i, math.${name}_${form}(${load}(x + i)${second}));
  }
}`;
}

function harnessSource(): string {
  const loops = [...unaryNames, ...binaryNames].flatMap((name) => forms.map((form) => loopSource(name, form)));
  const powers = ['i32', 'i64', 'u8'].map(
    (type) => `export function ipow_${type}(base: ${type}, exponent: ${type}): ${type} {
  return math.ipow<${type}>(base, exponent);
}`,
  );
  return ["import * as math from '../../wasm/math/index';", ...loops, ...powers].join('\n');
}

type Loop = (x: number, y: number, out: number, count: number) => void;

export interface MathModule {
  evaluate(name: MathName, form: Form, x: Float32Array, y?: Float32Array): Float32Array;
  evaluate(name: MathName, form: Form, x: Float64Array, y?: Float64Array): Float64Array;
  /** Seconds for one pass over the operands, the best of several. */
  time(name: MathName, form: Form, x: Float32Array | Float64Array, y?: Float32Array | Float64Array): number;
  readonly exports: WebAssembly.Exports;
  readonly binarySize: number;
}

export async function compileMath(): Promise<MathModule> {
  const entry = 'test/wasm/math-loops.ts';
  const root = fileURLToPath(new URL('../..', import.meta.url));
  let binary: Uint8Array | undefined;
  const result = await asc.main(
    [
      entry, '--baseDir', root, '--outFile', 'math.wasm', '-O3', '--noAssert', '--runtime', 'stub', '--enable', 'simd',
      '--enable', 'threads', '--importMemory', '--sharedMemory', '--initialMemory', '2', '--maximumMemory', '65536',
      '--disableWarning', '112', // v128 in exports, which only WebAssembly itself calls
    ],
    {
      readFile: async (path: string) =>
        path === entry ? harnessSource() : await readFile(new URL(path, `file://${root}`), 'utf8').catch(() => null),
      writeFile: (_path: string, contents: Uint8Array | string) => {
        if (typeof contents !== 'string') binary = contents;
      },
      listFiles: () => [],
    },
  );
  if (result.error || !binary) throw new Error(`AssemblyScript: ${result.error?.message}\n${result.stderr.toString()}`);

  const memory = new WebAssembly.Memory({ initial: 1024, maximum: 65536, shared: true });
  const module = await WebAssembly.compile(binary as BufferSource);
  const { exports } = await WebAssembly.instantiate(module, { env: { memory } });
  const heap = 1 << 20; // above the module's static data

  function place(form: Form, x: Float32Array | Float64Array, y = x) {
    const { bytes } = formTraits[form];
    const padded = Math.ceil(x.length / BLOCK) * BLOCK;
    const size = padded * bytes;
    const missing = heap + 3 * size - memory.buffer.byteLength;
    if (missing > 0) memory.grow(Math.ceil(missing / 65536));
    const TypedArray = bytes === 8 ? Float64Array : Float32Array;
    const at = (index: number) => new TypedArray(memory.buffer, heap + index * size, padded);
    at(0).fill(0.5).set(x);
    at(1).fill(0.5).set(y);
    return { pointers: [heap, heap + size, heap + 2 * size, padded] as const, out: at(2) };
  }

  function evaluate(name: MathName, form: Form, x: Float32Array | Float64Array, y?: Float32Array | Float64Array) {
    const { pointers, out } = place(form, x, y);
    (exports[`${name}_${form}`] as Loop)(...pointers);
    return out.slice(0, x.length);
  }

  function time(name: MathName, form: Form, x: Float32Array | Float64Array, y?: Float32Array | Float64Array): number {
    const { pointers } = place(form, x, y);
    const loop = exports[`${name}_${form}`] as Loop;
    let best = Infinity;
    for (let run = 0; run < 25; run++) {
      const start = performance.now();
      loop(...pointers);
      best = Math.min(best, performance.now() - start);
    }
    return best / 1000;
  }

  return { evaluate: evaluate as MathModule['evaluate'], time, exports, binarySize: binary.length };
}
