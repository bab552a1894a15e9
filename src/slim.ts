import { configureBinaries } from './backend/wasm/binaries.ts';
import { RuntimeError } from './core/errors.ts';
import { checkOptions, refuseSurplus } from './core/options.ts';
import type { ResponseLike, UrlLike } from './core/realms.ts';
import { isArrayBuffer, isCompiledModule, isResponse, isUrl } from './core/realms.ts';
import type { PartName } from './platform/parts.ts';
import { partNames } from './platform/parts.ts';
import type { Binary } from './platform/platform.ts';

export * from './index.ts';

/** A WebAssembly.Module, of which types see no more than an object. */
export type CompiledModule = object;

/** A compiled module, its bytes, a response that holds them, or the address to fetch them from. */
export type BinarySource = CompiledModule | ArrayBuffer | ArrayBufferView | ResponseLike | UrlLike | string;

async function fetchBytes(address: UrlLike | string): Promise<Response> {
  const text = typeof address === 'string' ? address : address.href;
  const response = await fetch(text);
  if (!response.ok) throw new RuntimeError(`fetching ${text} failed: ${response.status} ${response.statusText}`);
  return response;
}

function copyBytes(source: ArrayBuffer | ArrayBufferView): Uint8Array<ArrayBuffer> {
  return ArrayBuffer.isView(source)
    ? new Uint8Array(source.buffer, source.byteOffset, source.byteLength).slice()
    : new Uint8Array(source).slice();
}

async function load(name: string, source: BinarySource): Promise<Binary> {
  if (isCompiledModule(source)) return source as WebAssembly.Module;
  let bytes: Uint8Array<ArrayBuffer>;
  if (typeof source === 'string' || isUrl(source)) {
    bytes = new Uint8Array(await (await fetchBytes(source)).arrayBuffer());
  } else if (ArrayBuffer.isView(source) || isArrayBuffer(source)) {
    bytes = copyBytes(source);
  } else if (isResponse(source)) {
    bytes = new Uint8Array(await source.arrayBuffer());
  } else {
    throw new TypeError(`configure(): ${name} must be a WebAssembly.Module, bytes, a Response or a URL`);
  }
  if (!WebAssembly.validate(bytes)) throw new RuntimeError(`configure(): ${name} is not a WebAssembly module that this engine takes`);
  return bytes;
}

type Sources = Readonly<Record<'kernels' | 'fma', BinarySource> & Partial<Record<PartName, BinarySource>>>;

/**
 * Says where the kernels come from; to be awaited before the first operation. `kernels` is `flambeau/wasm/kernels.wasm`,
 * `fma` is `flambeau/wasm/fma.wasm` or, where the engine has relaxed SIMD, the faster `flambeau/wasm/fmaRelaxed.wasm`. What only some
 * programs use is asked for by its name, `flambeau/wasm/<name>.wasm`, where it is used.
 */
export async function configure(options: Sources, ...surplus: readonly never[]): Promise<void> {
  refuseSurplus('configure', 0, surplus);
  checkOptions('configure', options, ['kernels', 'fma', ...partNames]);
  const given = partNames.filter((name) => options[name] !== undefined);
  const [kernels, fma, ...parts] = await Promise.all([
    load('kernels', options.kernels), load('fma', options.fma), ...given.map((name) => load(name, options[name]!)),
  ]);
  configureBinaries({ kernels: () => kernels, fma: () => fma, part: (name) => parts[given.indexOf(name)] ?? null });
}
