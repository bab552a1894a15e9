import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { createContext, runInContext } from 'node:vm';
import { afterAll, describe, expect, test } from 'vitest';
import { surroundings } from '../../src/core/surroundings.ts';
import * as flambeau from '../../src/index.ts';
import * as np from '../../src/numpy/index.ts';
import { configure } from '../../src/slim.ts';
import * as torch from '../../src/torch/index.ts';

/** Objects of other realms, other copies of the package, and the names of the surroundings. */

const dist = join(import.meta.dirname, '../../dist');
const context = createContext({ URL: undefined });
/** A value whose classes are not the classes here. */
const elsewhere = <T = never>(code: string): NoInfer<T> => runInContext(`(${code})`, context) as NoInfer<T>;

describe('objects of another realm', () => {
  test.each([
    ['Float64Array', 'float64'], ['Float32Array', 'float32'], ['BigInt64Array', 'int64'], ['BigUint64Array', 'uint64'],
    ['Int32Array', 'int32'], ['Uint32Array', 'uint32'], ['Int16Array', 'int16'], ['Uint16Array', 'uint16'], ['Int8Array', 'int8'],
    ['Uint8Array', 'uint8'],
    ['Uint8ClampedArray', 'uint8'],
  ])('%s', (name, dtype) => {
    const values = elsewhere<Float64Array>(`${name}.from([1, 2, 3].map(${name.startsWith('Big') ? 'BigInt' : 'Number'}))`);
    expect(values).not.toBeInstanceOf((globalThis as unknown as Record<string, new () => object>)[name]);
    const expected = np.array([1, 2, 3]).astype(dtype);
    expect(np.array(values)).toEqual(expected);
    expect(np.array([values])).toEqual(expected.reshape(1, 3));
    expect(torch.tensor(values)).toEqual(torch.from_numpy(expected));
    if (!name.startsWith('Float')) expect(np.arange(4).at(values)).toEqual(np.array([1, 2, 3]));
    else expect(() => np.arange(4).at(values)).toThrow('arrays used as indices must be of integer (or boolean) type');
  });

  test('lists, and arguments by name', () => {
    expect(np.array(elsewhere('[[1, 2], [3, 4]]'))).toEqual(np.array([[1, 2], [3, 4]]));
    expect(np.zeros(2, elsewhere('{ dtype: "int32" }'))).toEqual(np.zeros(2, { dtype: 'int32' }));
    expect(torch.ones(2, elsewhere('{ requires_grad: true }')).requires_grad).toBe(true);
    expect(np.arange(4).sum(elsewhere('{ axis: 0 }'))).toEqual(np.array(6));
    expect(() => np.zeros(2, elsewhere('{ dtipe: "int32" }'))).toThrow("zeros() got an unexpected keyword argument 'dtipe'");
    const out = np.zeros(2);
    expect(np.add(1, 2, Object.assign(elsewhere<object>('{}'), { out }) as { out: np.ndarray })).toBe(out);
  });

  test('files as buffers', () => {
    const file = np.save(np.arange(3));
    const copy = elsewhere<(bytes: Uint8Array) => ArrayBuffer>('(bytes) => Uint8Array.from(bytes).buffer')(file);
    expect(np.load(copy)).toEqual(np.arange(3));
    expect(np.load(elsewhere<(bytes: Uint8Array) => Uint8Array>('(bytes) => Uint8Array.from(bytes)')(file))).toEqual(np.arange(3));
  });

  test('promises where there must be none', () => {
    const promise = elsewhere<() => Promise<number>>('() => Promise.resolve(1)');
    expect(() => flambeau.scope(promise)).toThrow('scope takes a synchronous function');
    expect(() => torch.no_grad(promise)).toThrow('no_grad and enable_grad take a synchronous function');
    expect(() => torch.profiler.profile(promise)).toThrow('profile takes a synchronous function');
  });

  test('what a scope returns, and messages', () => {
    const map = elsewhere<() => Map<string, unknown>>('() => new Map()');
    const kept = flambeau.scope(() => map().set('x', np.ones(2)));
    expect(kept.get('x')).toEqual(np.ones(2));
    const sent = flambeau.unpack(flambeau.pack(map().set('x', kept.get('x'))));
    expect(sent.get('x')).toEqual(np.ones(2));
  });

  test('sources of kernels', async () => {
    const bytes = elsewhere<Uint8Array>('Uint8Array.from([0, 1, 2])');
    await expect(configure({ kernels: bytes, fma: bytes })).rejects.toThrow('kernels is not a WebAssembly module that this engine takes');
    await expect(configure({ kernels: bytes.buffer, fma: bytes })).rejects.toThrow('kernels is not a WebAssembly module');
    const module = elsewhere<WebAssembly.Module>('new WebAssembly.Module(Uint8Array.from([0, 0x61, 0x73, 0x6d, 1, 0, 0, 0]))');
    expect(module).not.toBeInstanceOf(WebAssembly.Module);
    // The module is taken; the other argument is what is refused.
    await expect(configure({ kernels: module, fma: 1 as never })).rejects.toThrow('fma must be a WebAssembly.Module, bytes');
  });

  test('memos of modules', () => {
    const memo = elsewhere<Set<torch.nn.Module>>('new Set()');
    torch.nn.ReLU().named_modules(memo);
    expect(memo.size).toBe(1);
  });
});

const folder = mkdtempSync(join(tmpdir(), 'flambeau-copy-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** What a program prints: a process of its own, since it changes globals or loads the package twice. */
const printed = (code: string, ...flags: string[]): string =>
  execFileSync(process.execPath, [...flags, '--input-type=module', '-e', code], { encoding: 'utf8', cwd: folder });
const url = (path: string): string => JSON.stringify(pathToFileURL(path).href);

test('another copy of the package is named as what it is', () => {
  cpSync(dist, join(folder, 'dist'), { recursive: true });
  const lines = printed(`
    const load = async (root) => [await import(root + 'numpy.js'), await import(root + 'torch.js')];
    const [np, torch] = await load(${url(join(dist, 'node/'))});
    const [otherNp, otherTorch] = await load(${url(join(folder, 'dist/node/'))});
    const [x, t] = [otherNp.ones(2), otherTorch.ones(2)];
    const model = torch.nn.Linear(2, 1);
    const calls = [
      () => np.add(x, 1), () => np.ones(2).add(x), () => np.array([x]), () => np.sum(x), () => np.sort(x), () => np.ones(2).at(x),
      () => np.add(1, 2, { out: x }), () => torch.from_numpy(x), () => torch.tensor(x), () => torch.tensor([t]), () => torch.add(t, 1),
      () => torch.ones(2).add(t), () => torch.sum(t), () => model.forward(t), () => torch.cat([t]), () => torch.nn.Parameter(t),
      () => torch.optim.SGD([t]), () => np.concatenate([x]), () => np.where(x, 1, 2), () => torch.nn.functional.relu(t),
      () => np.linspace(x, 2), () => torch.stack([torch.ones(2), t]), () => model.load_state_dict({ weight: t, bias: t }),
    ];
    for (const call of calls) {
      try {
        console.log(String(call), String(call()));
      } catch (error) {
        const named = error instanceof TypeError && error.message.startsWith('this array comes from another copy of flambeau: ');
        console.log(named ? 'named' : String(call) + ' ' + error);
      }
    }
    console.log(String(np.array(x.tolist())));`).trim().split('\n');
  expect(lines.pop()).toBe('[1 1]');
  expect(lines.filter((line) => line !== 'named')).toEqual([]);
  expect(lines).toHaveLength(23);
});

test('what structuredClone says of an array of the built package is whole', () => {
  expect(printed(`
    const np = await import(${url(join(dist, 'node/numpy.js'))});
    try { structuredClone({ x: np.arange(3) }); } catch (error) { console.log(error.message); }`))
    .toBe('()=>/arrays of Flambeau are sent as flambeau.pack(array) and received by flambeau.unpack(message)/ could not be cloned.\n');
});

test('a policy that forbids WebAssembly is named, with what to write', () => {
  const program = (message: string): string => printed(`
    WebAssembly.Module = class { constructor() { throw new WebAssembly.CompileError(${JSON.stringify(message)}); } };
    const np = await import(${url(join(dist, 'node/numpy.js'))});
    try { np.ones(2).add(1); } catch (error) { console.log(error.name, error.message, error.cause?.message); }`);
  for (const words of [
    'WebAssembly.Module(): Refused to compile or instantiate WebAssembly module because neither \'wasm-eval\' nor \'unsafe-eval\' is an '
    + 'allowed source of script in the following Content Security Policy directive: "script-src \'self\'"',
    'call to WebAssembly.Module() blocked by CSP', 'WebAssembly.Module(): Wasm code generation disallowed by embedder',
  ]) {
    expect(program(words)).toMatch(/^RuntimeError the Content-Security-Policy forbids WebAssembly: add .wasm-unsafe-eval. to its/);
    expect(program(words)).toContain(words);
  }
  expect(program('expected magic word')).toMatch(/^CompileError expected magic word/);
});

test('the package works within a context of its own, as test runners load it', () => {
  expect(printed(`
    import { readFileSync } from 'node:fs';
    import vm from 'node:vm';
    const context = vm.createContext({
      atob, console, performance, process, TextDecoder, URL, queueMicrotask, setTimeout, structuredClone, outer: Float64Array.of(1, 2),
    });
    const modules = new Map();
    function load(address) {
      const known = modules.get(address);
      if (known) return known;
      const module = new vm.SourceTextModule(readFileSync(new URL(address), 'utf8'), {
        context, identifier: address, initializeImportMeta(meta) { meta.url = address; },
      });
      modules.set(address, module);
      return module;
    }
    const root = ${url(join(dist, 'node/torch.js'))};
    for (const address of [root, ${url(join(dist, 'node/numpy.js'))}]) {
      await load(address).link((specifier, from) => load(new URL(specifier, from.identifier).href));
      await load(address).evaluate();
    }
    Object.assign(context, { torch: load(root).namespace, np: load(${url(join(dist, 'node/numpy.js'))}).namespace });
    const { torch, np } = context;
    console.log(String(np.array(Float64Array.of(1, 2)).add(np.array([1, 2]), { dtype: 'float32' })));
    console.log(vm.runInContext('String(np.matmul(np.array(outer), np.array([[1, 2], [3, 4]])))', context));
    console.log(String(torch.nn.Linear(2, 1).weight.numel()), String(np.load(np.save(np.ones(2)))));`, '--experimental-vm-modules',
  '--no-warnings')).toBe('[2. 4.]\n[ 7. 10.]\n2 [1. 1.]\n');
});

test.each([
  [{ process: { versions: { node: '22.1.0' } }, navigator: { userAgent: 'Node.js/22' } }, 'node', '22.1.0'],
  [{ process: { versions: { node: '22.1.0' } }, Deno: { version: { deno: '2.1.0' } } }, 'deno', '2.1.0'],
  [{ process: { versions: { node: '22.1.0' } }, Bun: { version: '1.2.0' } }, 'bun', '1.2.0'],
  [{ process: { versions: { node: '22.1.0' } }, navigator: { userAgent: 'Cloudflare-Workers' } }, 'workerd', null],
  [{ EdgeRuntime: 'edge-runtime', process: { versions: {} } }, 'edge-light', null],
  [{ document: {}, navigator: { userAgent: 'Mozilla/5.0' } }, 'browser page', null],
  [{ document: {}, process: { versions: { node: '22.1.0' }, type: 'renderer' } }, 'browser page', null],
  [{ WorkerGlobalScope: class {} }, 'worker', null],
  [{ WorkerGlobalScope: class {}, ServiceWorkerGlobalScope: class {} }, 'service worker', null],
  [{}, 'unknown', null],
] as const)('%j is %s', (globals, kind, version) => {
  expect(surroundings(globals)).toEqual({ kind, version });
});

test('info tells where it is', () => {
  expect(flambeau.info().runtime).toBe(`node ${process.versions.node}`);
  expect(String(flambeau.info())).toContain(`runtime       node ${process.versions.node}\n`);
});
